/** Who asked to be called back, until when, and who does it. */
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { CallBackOutcome } from '../../../../bot/handoff/call-back.ts'
import type { CallBacksView, CallBackView, CallBackWhole } from '../../papers-contract.ts'
import { useHouse } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, Page, Trouble, When } from '../parts/page.tsx'
import { Select, TextField } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { COMMON } from '../words.ts'
import { CALL_BACKS, OUTCOMES } from '../words-papers.ts'

export function CallBacksPage() {
  const loaded = useLoaded<CallBacksView>('/call-backs', ({ kind }) => kind === 'everything' || kind === 'call_backs')
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<CallBackView>()
  const add = (
    <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setAdding(true)}>
      {CALL_BACKS.add}
    </button>
  )
  return (
    <Page title={CALL_BACKS.title} lead={CALL_BACKS.lead} actions={add} wide>
      <When loaded={loaded}>{(view) => <List view={view} onChanged={loaded.reload} onEnd={setEnding} />}</When>
      {adding && <Add onChanged={loaded.reload} onClose={() => setAdding(false)} />}
      {ending && <End row={ending} onChanged={loaded.reload} onClose={() => setEnding(undefined)} />}
    </Page>
  )
}

interface ListProps {
  readonly view: CallBacksView
  readonly onChanged: () => Promise<void>
  readonly onEnd: (row: CallBackView) => void
}

function List({ view: { rows, open, overdue }, ...does }: ListProps) {
  if (rows.length === 0) return <Empty>{CALL_BACKS.empty}</Empty>
  return (
    <>
      <p class="counts">{CALL_BACKS.counts(open, overdue)}</p>
      <table class="table stacked">
        <thead>
          <tr>
            {Object.values(CALL_BACKS.columns).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} {...does} />
          ))}
        </tbody>
      </table>
    </>
  )
}

type RowProps = Omit<ListProps, 'view'> & { readonly row: CallBackView }

function Row({ row, onChanged, onEnd }: RowProps) {
  const { columns } = CALL_BACKS
  const { clock, hours, doneAt, outcome } = row
  return (
    <tr>
      <th scope="row">
        <Phone row={row} />
      </th>
      <td data-label={columns.hours}>{doneAt === null ? hours || CALL_BACKS.anyTime : '–'}</td>
      <td data-label={columns.of}>
        <Of row={row} />
      </td>
      <td data-label={columns.due} class={clock.state === 'late' ? 'late' : ''}>
        {clock.words}
      </td>
      <td data-label={columns.taken}>{row.mine ? CALL_BACKS.mine : (row.takenBy ?? CALL_BACKS.nobody)}</td>
      <td data-label={columns.deeds}>{outcome === null ? <Deeds row={row} onChanged={onChanged} onEnd={onEnd} /> : OUTCOMES[outcome]}</td>
    </tr>
  )
}

/** Shown whole only when somebody is about to dial it. */
function Phone({ row: { id, phone, doneAt } }: { readonly row: CallBackView }) {
  const { api } = useHouse()
  const [whole, setWhole] = useState<string>()
  const deed = useDeed()
  if (doneAt !== null) return <>{CALL_BACKS.gone}</>
  if (whole !== undefined) return <a href={`tel:${whole}`}>{whole}</a>
  const show = async () => setWhole((await api.get<CallBackWhole>(`/call-backs/${id}`)).phone)
  return (
    <>
      {phone}{' '}
      <button
        type="button"
        class="button"
        disabled={deed.busy}
        aria-label={`${CALL_BACKS.show}, ${CALL_BACKS.of(phone)}`}
        onClick={() => deed.run(show)}
      >
        {CALL_BACKS.show}
      </button>
      <Trouble text={deed.trouble} />
    </>
  )
}

function Of({ row: { conversation, number } }: { readonly row: CallBackView }) {
  if (number !== null) return <Link href={`/cases/${number}`}>{number}</Link>
  if (conversation !== null) return <Link href={`/chats/${encodeURIComponent(conversation)}`}>{CALL_BACKS.chat}</Link>
  return <>{CALL_BACKS.nothing}</>
}

function Deeds({ row, onChanged, onEnd }: RowProps) {
  const { api } = useHouse()
  const deed = useDeed()
  const take = async () => {
    await api.ask('POST', `/call-backs/${row.id}/take`).finally(onChanged)
  }
  const label = (what: string) => `${what}, ${CALL_BACKS.of(row.phone)}`
  return (
    <div class="buttons">
      {row.takenBy === null && (
        <button type="button" class="button strong" disabled={deed.busy} aria-label={label(CALL_BACKS.take)} onClick={() => deed.run(take)}>
          {CALL_BACKS.take}
        </button>
      )}
      <button type="button" class="button" aria-haspopup="dialog" aria-label={label(CALL_BACKS.done)} onClick={() => onEnd(row)}>
        {CALL_BACKS.done}
      </button>
      <Trouble text={deed.trouble} />
    </div>
  )
}

interface WindowProps {
  readonly onChanged: () => Promise<void>
  readonly onClose: () => void
}

function Add({ onChanged, onClose }: WindowProps) {
  const { api, say } = useHouse()
  const [phone, setPhone] = useState('')
  const [hours, setHours] = useState('')
  const [number, setNumber] = useState('')
  const work = async () => {
    await api.ask('POST', '/call-backs', { phone, hours, ...(number.trim() === '' ? {} : { number: number.trim() }) })
    say(CALL_BACKS.added)
    await onChanged()
  }
  return (
    <Ask title={CALL_BACKS.add} submit={COMMON.save} onClose={onClose} work={work} ready={phone.trim() !== ''}>
      <TextField label={CALL_BACKS.phone} hint={CALL_BACKS.phoneHint} value={phone} onValue={setPhone} inputMode="tel" autocomplete="off" required />
      <TextField label={CALL_BACKS.hours} hint={CALL_BACKS.hoursHint} value={hours} onValue={setHours} maxLength={200} />
      <TextField label={CALL_BACKS.number} value={number} onValue={setNumber} autocomplete="off" />
    </Ask>
  )
}

function End({ row, onChanged, onClose }: WindowProps & { readonly row: CallBackView }) {
  const { api, say } = useHouse()
  const [outcome, setOutcome] = useState<CallBackOutcome>('reached')
  const work = async () => {
    await api.ask('POST', `/call-backs/${row.id}/done`, { outcome })
    say(CALL_BACKS.saved)
    await onChanged()
  }
  return (
    <Ask title={CALL_BACKS.doneTitle} lead={CALL_BACKS.doneLead} submit={COMMON.save} onClose={onClose} work={work}>
      <Select label={CALL_BACKS.outcome} value={outcome} onValue={(one) => setOutcome(one as CallBackOutcome)}>
        {Object.entries(OUTCOMES).map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </Select>
    </Ask>
  )
}
