/** What an officer does with a conversation as a whole. What has consequences is asked once. */
import { useState } from 'preact/hooks'
import type { ChatView, ColleagueView } from '../../contract.ts'
import { charactersIn } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { OUTCOME_MAX } from '../limits.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, Trouble, When } from '../parts/page.tsx'
import { Area, Select } from '../parts/small.tsx'
import { useDeed } from '../use.ts'
import { DEEDS } from '../words.ts'
import { useColleagues } from './colleagues.ts'

interface Props {
  readonly chat: ChatView
  readonly onDone: () => Promise<void>
}

type Open = 'hand-back' | 'close' | 'assign'

export function Deeds({ chat, onDone }: Props) {
  const { me } = useHouse()
  const mayAct = useMay('chat.act')
  const mayTakeAway = useMay('case.hold')
  const [open, setOpen] = useState<Open>()
  if (!mayAct) return null
  // Only whoever answers for the office takes a conversation from a colleague.
  const mayAssign = chat.owner === 'waiting' || (chat.owner === 'staff' && (mayTakeAway || chat.officer?.id === me.id))
  const mine = chat.owner === 'staff' && chat.officer?.id === me.id
  const close = () => setOpen(undefined)
  return (
    <div class="deeds">
      {chat.owner !== 'staff' && <Take chat={chat} onDone={onDone} />}
      {mine && (
        <>
          <DeedButton label={DEEDS.handBack} onClick={() => setOpen('hand-back')} />
          <DeedButton label={DEEDS.close} onClick={() => setOpen('close')} />
        </>
      )}
      {mayAssign && <DeedButton label={DEEDS.assign} onClick={() => setOpen('assign')} />}
      {(open === 'hand-back' || open === 'close') && <Finish chat={chat} way={open} onDone={onDone} onClose={close} />}
      {open === 'assign' && <Assign chat={chat} onDone={onDone} onClose={close} />}
    </div>
  )
}

function DeedButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <button type="button" class="button" aria-haspopup="dialog" onClick={onClick}>
      {label}
    </button>
  )
}

const pathOf = (chat: ChatView) => `/chats/${encodeURIComponent(chat.id)}`

function Take({ chat, onDone }: Props) {
  const { api, say } = useHouse()
  const deed = useDeed()
  const take = async () => {
    await api.ask('POST', `${pathOf(chat)}/take`)
    say(DEEDS.taken)
    await onDone()
  }
  return (
    <>
      <button type="button" class="button strong" disabled={deed.busy} onClick={() => deed.run(take)}>
        {DEEDS.take}
      </button>
      <Trouble text={deed.trouble} />
    </>
  )
}

type WindowProps = Props & { readonly onClose: () => void }

const FINISH = {
  'hand-back': { title: DEEDS.handBack, lead: DEEDS.handBackLead, done: DEEDS.handedBack },
  close: { title: DEEDS.close, lead: DEEDS.closeLead, done: DEEDS.closed },
} as const

function Finish({ chat, way, onDone, onClose }: WindowProps & { readonly way: keyof typeof FINISH }) {
  const { api, say } = useHouse()
  const [outcome, setOutcome] = useState('')
  const { title, lead, done } = FINISH[way]
  const work = async () => {
    await api.ask('POST', `${pathOf(chat)}/${way}`, { outcome: outcome.trim() })
    say(done)
    await onDone()
  }
  const ready = outcome.trim() !== '' && charactersIn(outcome) <= OUTCOME_MAX
  return (
    <Ask title={title} lead={lead} submit={title} onClose={onClose} work={work} ready={ready}>
      <Area label={DEEDS.outcome} hint={DEEDS.outcomeHint} value={outcome} onValue={setOutcome} max={OUTCOME_MAX} required />
    </Ask>
  )
}

function Assign({ chat, onDone, onClose }: WindowProps) {
  const { api, say } = useHouse()
  const colleagues = useColleagues()
  const [officer, setOfficer] = useState('')
  const work = async () => {
    await api.ask('POST', `${pathOf(chat)}/assign`, { officer })
    say(DEEDS.assigned)
    await onDone()
  }
  return (
    <Ask title={DEEDS.assign} lead={DEEDS.assignLead} submit={DEEDS.assign} onClose={onClose} work={work} ready={officer !== ''}>
      <When loaded={colleagues}>{(list) => <Colleagues list={list} value={officer} onValue={setOfficer} />}</When>
    </Ask>
  )
}

interface ColleaguesProps {
  readonly list: readonly ColleagueView[]
  readonly value: string
  readonly onValue: (id: string) => void
}

function Colleagues({ list, value, onValue }: ColleaguesProps) {
  if (list.length === 0) return <Empty>{DEEDS.noColleague}</Empty>
  return (
    <Select label={DEEDS.assignTo} value={value} onValue={onValue} required>
      <option value="">…</option>
      {list.map(({ id, name, here }) => (
        <option key={id} value={id}>
          {here ? DEEDS.here(name) : name}
        </option>
      ))}
    </Select>
  )
}
