/** The box in which an officer answers. Nothing that was typed is ever lost, and nothing is sent twice. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChatView, CitationView, DraftView } from '../../contract.ts'
import { ApiTrouble, sentenceOf } from '../api.ts'
import { type Draft, departing, EMPTY_DRAFT, insertInto, returned, withCitations } from '../drafts.ts'
import { charactersIn } from '../format.ts'
import { useHouse } from '../house.ts'
import { TEXT_MAX } from '../limits.ts'
import { Icon } from '../parts/icons.tsx'
import { Trouble } from '../parts/page.tsx'
import { Left } from '../parts/small.tsx'
import { useDeed } from '../use.ts'
import { COMPOSE } from '../words.ts'
import { PROPOSED } from '../words-alerts.ts'
import { CitationPicker, ReplyPicker } from './pickers.tsx'

interface Props {
  readonly chat: ChatView
  readonly path: string
  readonly onSent: () => Promise<void>
  readonly onTyping: () => void
}

export function Composer({ chat, path, onSent, onTyping }: Props) {
  const { me } = useHouse()
  const { draft, change, send, drop, state } = useDraft(chat.id, path, onSent)
  const max = Math.min(chat.maxTextLength ?? TEXT_MAX, TEXT_MAX)
  const left = max - charactersIn(draft.text)
  const ready = draft.text.trim() !== '' && left >= 0 && !draft.outgoing
  const withOther = chat.owner === 'staff' && chat.officer !== null && chat.officer.id !== me.id
  if (withOther && draft === EMPTY_DRAFT) return null
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) send()
      }}
    >
      {draft.outgoing && <Outgoing text={draft.outgoing.text} state={state} onRetry={send} onTakeBack={drop} />}
      <Trouble text={state.refused} />
      <Chips list={draft.citations} onDrop={(pointer) => change({ ...draft, citations: draft.citations.filter((one) => one.pointer !== pointer) })} />
      <div class="box">
        <Box draft={draft} change={change} onTyping={onTyping} onSend={() => ready && send()} />
        <button type="submit" class="button strong send" disabled={!ready || withOther}>
          <Icon name="send" />
          {COMPOSE.send}
        </button>
      </div>
      <Left count={left} max={max} />
      <Tools draft={draft} change={change} path={path} />
      <p class="hint">
        {me.approval && <span>{PROPOSED.needs} </span>}
        {chat.owner !== 'staff' && <span>{COMPOSE.takes} </span>}
        <span class="keys">{COMPOSE.hint}</span>
      </p>
    </form>
  )
}

interface SendState {
  readonly busy: boolean
  /** Nobody knows whether it has arrived. */
  readonly unsure: string | undefined
  readonly refused: string | undefined
}
const IDLE: SendState = { busy: false, unsure: undefined, refused: undefined }

function useDraft(chat: string, path: string, onSent: () => Promise<void>) {
  const { api, drafts, say } = useHouse()
  const [draft, setDraft] = useState<Draft>(() => drafts.read(chat))
  // A message that was on its way when the page was left: nobody knows any more.
  const [state, setState] = useState<SendState>(() => (drafts.read(chat).outgoing ? { ...IDLE, unsure: COMPOSE.unsure } : IDLE))
  const latest = useRef(draft)
  const change = (next: Draft) => {
    latest.current = next
    drafts.write(chat, next)
    setDraft(next)
  }
  const send = async () => {
    const going = latest.current.outgoing ? { ...latest.current, outgoing: latest.current.outgoing } : departing(latest.current)
    change(going)
    setState({ ...IDLE, busy: true })
    const { id, text, citations } = going.outgoing
    try {
      const { proposed } = await api.ask<{ readonly proposed?: boolean }>('POST', `${path}/write`, {
        id,
        text,
        citations: citations.map(({ pointer }) => pointer),
      })
      change({ ...latest.current, outgoing: null })
      setState(IDLE)
      say(proposed ? PROPOSED.saved : COMPOSE.sent)
      await onSent()
    } catch (thrown) {
      const unsure = thrown instanceof ApiTrouble && (thrown.unsure || thrown.code === 'signed_out')
      if (!unsure) change(returned(latest.current))
      setState({ busy: false, unsure: unsure ? COMPOSE.unsure : undefined, refused: unsure ? undefined : sentenceOf(thrown) })
    }
  }
  const drop = () => {
    change(returned(latest.current))
    setState(IDLE)
  }
  return { draft, change, send: () => void send(), drop, state }
}

interface OutgoingProps {
  readonly text: string
  readonly state: SendState
  readonly onRetry: () => void
  readonly onTakeBack: () => void
}

function Outgoing({ text, state, onRetry, onTakeBack }: OutgoingProps) {
  return (
    <div class="outgoing">
      <p class="message-text">{text}</p>
      {state.busy ? <p class="hint">{COMPOSE.sending}</p> : <Trouble text={state.unsure} />}
      {!state.busy && (
        <div class="buttons">
          <button type="button" class="button" onClick={onRetry}>
            {COMPOSE.retry}
          </button>
          <button type="button" class="button" onClick={onTakeBack}>
            {COMPOSE.takeBack}
          </button>
        </div>
      )}
    </div>
  )
}

interface BoxProps {
  readonly draft: Draft
  readonly change: (draft: Draft) => void
  readonly onTyping: () => void
  readonly onSend: () => void
}

function Box({ draft, change, onTyping, onSend }: BoxProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const node = area.current
    if (!node) return
    // As high as what is in it; the styles set the greatest height.
    node.rows = Math.min(8, Math.max(2, draft.text.split('\n').length))
  }, [draft.text])
  return (
    <textarea
      ref={area}
      class="input"
      rows={2}
      aria-label={COMPOSE.label}
      placeholder={COMPOSE.placeholder}
      value={draft.text}
      onInput={({ currentTarget }) => {
        change({ ...draft, text: currentTarget.value })
        onTyping()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) onSend()
      }}
    />
  )
}

function Chips({ list, onDrop }: { readonly list: readonly CitationView[]; readonly onDrop: (pointer: string) => void }) {
  if (list.length === 0) return null
  return (
    <ul class="chips" aria-label={COMPOSE.citations}>
      {list.map(({ pointer, text }) => (
        <li key={pointer} class="chip">
          <span>{text}</span>
          <button type="button" class="round" aria-label={COMPOSE.drop(text)} title={COMPOSE.drop(text)} onClick={() => onDrop(pointer)}>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}

interface ToolsProps {
  readonly draft: Draft
  readonly change: (draft: Draft) => void
  readonly path: string
}

function Tools({ draft, change, path }: ToolsProps) {
  const [open, setOpen] = useState<'reply' | 'cite'>()
  const close = () => setOpen(undefined)
  return (
    <div class="tools">
      <button type="button" class="button" onClick={() => setOpen('reply')}>
        {COMPOSE.reply}
      </button>
      <button type="button" class="button" onClick={() => setOpen('cite')}>
        {COMPOSE.cite}
      </button>
      <Assistant draft={draft} change={change} path={path} />
      {open === 'reply' && <ReplyPicker onClose={close} onPick={({ text, citations }) => change(insertInto(draft, text, citations))} />}
      {open === 'cite' && (
        <CitationPicker onClose={close} onPick={(citation) => change({ ...draft, citations: withCitations(draft.citations, [citation]) })} />
      )}
    </div>
  )
}

function Assistant({ draft, change, path }: ToolsProps) {
  const { api, say } = useHouse()
  const { busy, run } = useDeed()
  const latest = useRef(draft)
  latest.current = draft
  const work = async () => {
    const made = await api.ask<DraftView>('POST', `${path}/draft`).catch(sentenceOf)
    if (typeof made === 'string') return say(made)
    // The officer may have typed on while it was being written.
    change(insertInto(latest.current, made.text, made.citations))
    say(COMPOSE.drafted)
  }
  return (
    <button type="button" class="button" title={COMPOSE.draftWhole} aria-label={COMPOSE.draftWhole} disabled={busy} onClick={() => run(work)}>
      {busy ? COMPOSE.drafting : COMPOSE.draft}
    </button>
  )
}
