/** Words that wait for a supervisor, between what was said and the box: the person does not see them yet. */
import { useState } from 'preact/hooks'
import type { ChatView, ProposedView } from '../../contract.ts'
import { insertInto } from '../drafts.ts'
import { charactersIn } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { TEXT_MAX } from '../limits.ts'
import { Ask } from '../parts/dialog.tsx'
import { Trouble } from '../parts/page.tsx'
import { Area, Badge, Citations, Moment } from '../parts/small.tsx'
import { useDeed, useNow } from '../use.ts'
import { CHAT } from '../words.ts'
import { PROPOSED } from '../words-alerts.ts'

interface Props {
  readonly chat: ChatView
  readonly path: string
  readonly onDone: () => Promise<void>
  /** Words are in the box again. */
  readonly onTakenUp: () => void
}

export function Proposed({ chat, ...rest }: Props) {
  if (chat.proposed.length === 0) return null
  return (
    <section class="proposed" aria-label={PROPOSED.title}>
      {chat.proposed.map((words) => (
        <One key={words.id} words={words} chat={chat} {...rest} />
      ))}
    </section>
  )
}

type OneProps = Props & { readonly words: ProposedView }

function One(props: OneProps) {
  const { words } = props
  const { at, text, reason, citations } = words
  const now = useNow(60_000)
  return (
    <article class="proposal">
      <p class="hint">
        <Badge tone="warn">{PROPOSED.states[words.state]}</Badge> {stateOf(words)} <Moment at={at} now={now} />
      </p>
      <p class="message-text">{text}</p>
      <Citations list={citations} label={CHAT.basis} />
      {reason && <p>{PROPOSED.reason(reason)}</p>}
      <Deeds {...props} />
    </article>
  )
}

function stateOf({ state, mine, by, decidedBy }: ProposedView): string {
  if (state === 'overtaken') return PROPOSED.overtaken
  if (state === 'returned') return PROPOSED.returned(decidedBy ?? '')
  return mine ? PROPOSED.mine : PROPOSED.waiting(by)
}

type Open = 'edit' | 'return' | undefined

function Deeds(props: OneProps) {
  const { words, path, onDone } = props
  const { api, say } = useHouse()
  const mayApprove = useMay('chat.approve')
  const [open, setOpen] = useState<Open>()
  const deed = useDeed()
  const address = `${path}/proposed/${words.id}`
  const send = async (text: string) => {
    // Whoever was slower sees how it stands.
    await api.ask('POST', `${address}/send`, { text, citations: words.citations.map(({ pointer }) => pointer) }).finally(onDone)
    say(PROPOSED.sent)
  }
  const close = () => setOpen(undefined)
  return (
    <>
      <Trouble text={deed.trouble} />
      <div class="buttons">
        {mayApprove && words.state === 'waiting' && (
          <>
            <button type="button" class="button strong" disabled={deed.busy} onClick={() => deed.run(() => send(words.text))}>
              {PROPOSED.send}
            </button>
            <button type="button" class="button" aria-haspopup="dialog" onClick={() => setOpen('edit')}>
              {PROPOSED.edit}
            </button>
            <button type="button" class="button" aria-haspopup="dialog" onClick={() => setOpen('return')}>
              {PROPOSED.giveBack}
            </button>
          </>
        )}
        {words.mine && <Own {...props} address={address} />}
      </div>
      {open === 'edit' && <Edit text={words.text} onSend={send} onClose={close} />}
      {open === 'return' && <GiveBack address={address} onDone={onDone} onClose={close} />}
    </>
  )
}

/** What the writer may do with them. */
function Own({ words, chat, address, onDone, onTakenUp }: OneProps & { readonly address: string }) {
  const { api, drafts, say } = useHouse()
  const deed = useDeed()
  const drop = () => api.ask('POST', `${address}/drop`)
  const takeUp = async () => {
    await drop()
    drafts.write(chat.id, insertInto(drafts.read(chat.id), words.text, words.citations))
    onTakenUp()
    await onDone()
  }
  const forget = async () => {
    await drop()
    say(PROPOSED.dropped)
    await onDone()
  }
  return (
    <>
      <button type="button" class="button" disabled={deed.busy} onClick={() => deed.run(takeUp)}>
        {PROPOSED.takeUp}
      </button>
      {words.state !== 'waiting' && (
        <button type="button" class="button" disabled={deed.busy} onClick={() => deed.run(forget)}>
          {PROPOSED.drop}
        </button>
      )}
      <Trouble text={deed.trouble} />
    </>
  )
}

interface EditProps {
  readonly text: string
  readonly onSend: (text: string) => Promise<void>
  readonly onClose: () => void
}

function Edit({ text: before, onSend, onClose }: EditProps) {
  const [text, setText] = useState(before)
  const ready = text.trim() !== '' && charactersIn(text) <= TEXT_MAX
  return (
    <Ask title={PROPOSED.edit} lead={PROPOSED.editLead} submit={PROPOSED.send} onClose={onClose} work={() => onSend(text)} ready={ready}>
      <Area label={PROPOSED.text} value={text} onValue={setText} rows={6} max={TEXT_MAX} required />
    </Ask>
  )
}

interface GiveBackProps {
  readonly address: string
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

function GiveBack({ address, onDone, onClose }: GiveBackProps) {
  const { api, say } = useHouse()
  const [reason, setReason] = useState('')
  const work = async () => {
    await api.ask('POST', `${address}/return`, { reason: reason.trim() }).finally(onDone)
    say(PROPOSED.given)
  }
  const ready = reason.trim() !== '' && charactersIn(reason) <= TEXT_MAX
  return (
    <Ask title={PROPOSED.giveBack} lead={PROPOSED.giveBackLead} submit={PROPOSED.giveBack} onClose={onClose} work={work} ready={ready}>
      <Area label={PROPOSED.why} hint={PROPOSED.whyHint} value={reason} onValue={setReason} rows={3} max={TEXT_MAX} required />
    </Ask>
  )
}
