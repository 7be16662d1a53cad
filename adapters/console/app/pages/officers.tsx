/** Who may work here. */
import { useState } from 'preact/hooks'
import { ROLES, type Role } from '../../../../bot/officers/permissions.ts'
import type { LinkView, OfficerView } from '../../contract.ts'
import { momentOf, wholeMomentOf } from '../format.ts'
import { useHouse } from '../house.ts'
import { Ask, Dialog } from '../parts/dialog.tsx'
import { Page, When } from '../parts/page.tsx'
import { Badge, Select, TextField } from '../parts/small.tsx'
import { useLoaded, useNow } from '../use.ts'
import { COMMON, OFFICERS, ROLE_LEADS, ROLE_NAMES } from '../words.ts'
import { PROPOSED } from '../words-alerts.ts'

type Open = { readonly what: 'add' } | { readonly what: 'edit' | 'link'; readonly officer: OfficerView } | undefined

export function OfficersPage() {
  const loaded = useLoaded<{ readonly officers: readonly OfficerView[] }>('/officers')
  const [open, setOpen] = useState<Open>()
  const [link, setLink] = useState<LinkView>()
  const close = () => setOpen(undefined)
  const add = (
    <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setOpen({ what: 'add' })}>
      {OFFICERS.add}
    </button>
  )
  return (
    <Page title={OFFICERS.title} lead={OFFICERS.lead} actions={add} wide>
      <When loaded={loaded}>{({ officers }) => <List list={officers} onOpen={setOpen} />}</When>
      {open?.what === 'add' && <Add onLink={setLink} onChanged={loaded.reload} onClose={close} />}
      {open?.what === 'edit' && <Edit officer={open.officer} onChanged={loaded.reload} onClose={close} />}
      {open?.what === 'link' && <NewLink officer={open.officer} onLink={setLink} onChanged={loaded.reload} onClose={close} />}
      {link && !open && <ShowLink link={link} onClose={() => setLink(undefined)} />}
    </Page>
  )
}

function List({ list, onOpen }: { readonly list: readonly OfficerView[]; readonly onOpen: (open: Open) => void }) {
  const now = useNow(60_000)
  const heads = [OFFICERS.name, OFFICERS.login, OFFICERS.role, OFFICERS.state, OFFICERS.lastSeen, OFFICERS.actions]
  return (
    <table class="table stacked">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {list.map((officer) => (
          <Row key={officer.id} officer={officer} now={now} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly officer: OfficerView
  readonly now: number
  readonly onOpen: (open: Open) => void
}

function Row({ officer, now, onOpen }: RowProps) {
  const { name, login, role, active, ready, lastSeenAt, approval } = officer
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-label={OFFICERS.login}>{login}</td>
      <td data-label={OFFICERS.role}>{ROLE_NAMES[role]}</td>
      <td data-label={OFFICERS.state}>
        {!active ? (
          <Badge tone="warn">{OFFICERS.inactive}</Badge>
        ) : ready ? (
          <Badge tone="good">{OFFICERS.ready}</Badge>
        ) : (
          <Badge>{OFFICERS.notReady}</Badge>
        )}
        {active && approval && role === 'officer' && <span class="cell-note">{PROPOSED.flag}</span>}
      </td>
      <td data-label={OFFICERS.lastSeen}>{lastSeenAt === null ? OFFICERS.never : momentOf(lastSeenAt, now)}</td>
      <td data-label={OFFICERS.actions}>
        <div class="buttons">
          <button type="button" class="button" aria-label={`${COMMON.edit}: ${name}`} onClick={() => onOpen({ what: 'edit', officer })}>
            {COMMON.edit}
          </button>
          <button type="button" class="button" aria-label={`${OFFICERS.link}: ${name}`} onClick={() => onOpen({ what: 'link', officer })}>
            {OFFICERS.link}
          </button>
        </div>
      </td>
    </tr>
  )
}

interface WindowProps {
  readonly onChanged: () => Promise<void>
  readonly onClose: () => void
}
type WithLink = WindowProps & { readonly onLink: (link: LinkView) => void }

function Add({ onLink, onChanged, onClose }: WithLink) {
  const { api } = useHouse()
  const [login, setLogin] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('officer')
  const work = async () => {
    onLink(await api.ask<LinkView>('POST', '/officers', { login: login.trim(), name: name.trim(), role }))
    await onChanged()
  }
  return (
    <Ask title={OFFICERS.add} submit={OFFICERS.add} onClose={onClose} work={work} ready={login.trim() !== '' && name.trim() !== ''}>
      <TextField label={OFFICERS.login} hint={OFFICERS.loginHint} value={login} onValue={setLogin} autocomplete="off" required />
      <TextField label={OFFICERS.name} value={name} onValue={setName} autocomplete="off" required />
      <Roles value={role} onValue={setRole} />
    </Ask>
  )
}

function Roles({ value, onValue }: { readonly value: Role; readonly onValue: (role: Role) => void }) {
  return (
    <Select label={OFFICERS.role} hint={ROLE_LEADS[value]} value={value} onValue={(role) => onValue(ROLES.find((one) => one === role) ?? value)}>
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {ROLE_NAMES[role]}
        </option>
      ))}
    </Select>
  )
}

function Edit({ officer, onChanged, onClose }: WindowProps & { readonly officer: OfficerView }) {
  const { api, say } = useHouse()
  const [name, setName] = useState(officer.name)
  const [role, setRole] = useState(officer.role)
  const [active, setActive] = useState(officer.active)
  const [approval, setApproval] = useState(officer.approval)
  const work = async () => {
    await api.ask('PUT', `/officers/${officer.id}`, { name: name.trim(), role, active, approval })
    say(COMMON.saved)
    await onChanged()
  }
  return (
    <Ask title={officer.login} submit={COMMON.save} onClose={onClose} work={work} ready={name.trim() !== ''}>
      <TextField label={OFFICERS.name} value={name} onValue={setName} autocomplete="off" required />
      <Roles value={role} onValue={setRole} />
      <label class="choice">
        <input type="checkbox" checked={active} onChange={({ currentTarget }) => setActive(currentTarget.checked)} />
        {OFFICERS.active}
      </label>
      {role === 'officer' && (
        <label class="choice">
          <input type="checkbox" checked={approval} onChange={({ currentTarget }) => setApproval(currentTarget.checked)} />
          <span>
            {PROPOSED.flag}
            <span class="cell-note hint">{PROPOSED.flagHint}</span>
          </span>
        </label>
      )}
    </Ask>
  )
}

function NewLink({ officer, onLink, onChanged, onClose }: WithLink & { readonly officer: OfficerView }) {
  const { api } = useHouse()
  const work = async () => {
    onLink(await api.ask<LinkView>('POST', `/officers/${officer.id}/link`))
    await onChanged()
  }
  return <Ask title={OFFICERS.link} lead={OFFICERS.linkLead(officer.name)} submit={OFFICERS.link} onClose={onClose} work={work} />
}

function ShowLink({ link: { link, endsAt }, onClose }: { readonly link: LinkView; readonly onClose: () => void }) {
  const { say } = useHouse()
  const copy = () => void navigator.clipboard.writeText(link).then(() => say(OFFICERS.copied))
  return (
    <Dialog title={OFFICERS.linkTitle} onClose={onClose}>
      <p>{OFFICERS.linkIs(wholeMomentOf(endsAt))}</p>
      <p class="secret">{link}</p>
      <div class="buttons">
        <button type="button" class="button strong" onClick={copy}>
          {OFFICERS.copy}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {COMMON.close}
        </button>
      </div>
    </Dialog>
  )
}
