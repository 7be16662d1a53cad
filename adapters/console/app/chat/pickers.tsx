/** What can be put into an answer: a canned reply, or a clause that is in force today. */
import { useState } from 'preact/hooks'
import type { CannedReply, CitationsView, CitationView } from '../../contract.ts'
import { folded } from '../folded.ts'
import { useHouse } from '../house.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Empty, Trouble, When } from '../parts/page.tsx'
import { Badge, Citations, TextField } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { CHAT, CITATION_PICKER, REPLIES, REPLY_PICKER } from '../words.ts'

interface ReplyPickerProps {
  readonly onPick: (reply: CannedReply) => void
  readonly onClose: () => void
}

export function ReplyPicker({ onPick, onClose }: ReplyPickerProps) {
  const loaded = useLoaded<{ readonly replies: readonly CannedReply[] }>('/replies')
  const [words, setWords] = useState('')
  const pick = (reply: CannedReply) => {
    onPick(reply)
    onClose()
  }
  return (
    <Dialog title={REPLY_PICKER.title} onClose={onClose}>
      <TextField label={REPLY_PICKER.filter} value={words} onValue={setWords} />
      <When loaded={loaded}>{({ replies }) => <ReplyList replies={replies} words={words} onPick={pick} />}</When>
    </Dialog>
  )
}

interface ReplyListProps {
  readonly replies: readonly CannedReply[]
  readonly words: string
  readonly onPick: (reply: CannedReply) => void
}

function ReplyList({ replies, words, onPick }: ReplyListProps) {
  if (replies.length === 0) return <Empty>{REPLY_PICKER.none}</Empty>
  const matching = replies.filter(({ title, text }) => folded(`${title} ${text}`).includes(folded(words)))
  if (matching.length === 0) return <Empty>{REPLY_PICKER.noMatch}</Empty>
  return (
    <ul class="picks">
      {matching.map((reply) => (
        <li key={reply.id} class={reply.stale === null ? 'pick stack' : 'pick stack pick-stale'}>
          <h3>{reply.title}</h3>
          {reply.stale !== null && <Badge tone="warn">{REPLIES.stale}</Badge>}
          <p class="pick-text">{reply.text}</p>
          <Citations list={reply.citations} label={CHAT.basis} />
          {reply.stale === null ? (
            <button type="button" class="button" aria-label={`${REPLY_PICKER.insert}: ${reply.title}`} onClick={() => onPick(reply)}>
              {REPLY_PICKER.insert}
            </button>
          ) : (
            <p class="warn">{REPLY_PICKER.stale(reply.stale)}</p>
          )}
        </li>
      ))}
    </ul>
  )
}

interface CitationPickerProps {
  readonly onPick: (citation: CitationView) => void
  readonly onClose: () => void
}

export function CitationPicker({ onPick, onClose }: CitationPickerProps) {
  const { api } = useHouse()
  const [words, setWords] = useState('')
  const [found, setFound] = useState<CitationsView['found']>()
  const deed = useDeed()
  const go = (event: Event) => {
    event.preventDefault()
    void deed.run(async () => setFound((await api.get<CitationsView>(`/citations?q=${encodeURIComponent(words.trim())}`)).found))
  }
  const pick = ({ pointer, text, note }: CitationView) => {
    onPick({ pointer, text, note })
    onClose()
  }
  return (
    <Dialog title={CITATION_PICKER.title} onClose={onClose}>
      <form class="inline-form" onSubmit={go}>
        <TextField label={CITATION_PICKER.label} hint={CITATION_PICKER.hint} value={words} onValue={setWords} required />
        <button type="submit" class="button strong" disabled={deed.busy}>
          {CITATION_PICKER.search}
        </button>
      </form>
      <Trouble text={deed.trouble} />
      <div role="status">{found?.length === 0 && <Empty>{CITATION_PICKER.none}</Empty>}</div>
      {found && <CitationList found={found} onPick={pick} />}
    </Dialog>
  )
}

function CitationList({ found, onPick }: { readonly found: CitationsView['found']; readonly onPick: (citation: CitationView) => void }) {
  return (
    <ul class="picks">
      {found.map((one) => (
        <li key={one.pointer} class="pick stack">
          <h3>{one.text}</h3>
          {one.title && <p class="hint">{one.title}</p>}
          <p class="pick-text">{one.restatement}</p>
          {one.note && <p class="hint">{one.note}</p>}
          <button type="button" class="button" aria-label={`${CITATION_PICKER.insert}: ${one.text}`} onClick={() => onPick(one)}>
            {CITATION_PICKER.insert}
          </button>
        </li>
      ))}
    </ul>
  )
}
