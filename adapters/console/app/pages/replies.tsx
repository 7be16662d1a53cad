/** Canned replies; those whose law has changed are blocked until somebody has looked at them. */
import { useState } from 'preact/hooks'
import type { CannedReply, CitationView } from '../../contract.ts'
import { CitationPicker } from '../chat/pickers.tsx'
import { withCitations } from '../drafts.ts'
import { charactersIn, dayOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { TEXT_MAX } from '../limits.ts'
import { Ask } from '../parts/dialog.tsx'
import { Icon } from '../parts/icons.tsx'
import { Empty, Page, When } from '../parts/page.tsx'
import { Area, Badge, Citations, TextField } from '../parts/small.tsx'
import { useLoaded } from '../use.ts'
import { CHAT, COMMON, COMPOSE, REPLIES, REPLY_PICKER } from '../words.ts'

type Editing = CannedReply | 'new' | undefined

export function RepliesPage() {
  const loaded = useLoaded<{ readonly replies: readonly CannedReply[] }>('/replies')
  const mayEdit = useMay('reply.edit')
  const [editing, setEditing] = useState<Editing>()
  const [removing, setRemoving] = useState<CannedReply>()
  const add = mayEdit && (
    <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setEditing('new')}>
      {REPLIES.add}
    </button>
  )
  return (
    <Page title={REPLIES.title} lead={REPLIES.lead} actions={add}>
      <When loaded={loaded}>{({ replies }) => <List replies={replies} mayEdit={mayEdit} onEdit={setEditing} onRemove={setRemoving} />}</When>
      {editing && <Edit reply={editing === 'new' ? undefined : editing} onChanged={loaded.reload} onClose={() => setEditing(undefined)} />}
      {removing && <Remove reply={removing} onChanged={loaded.reload} onClose={() => setRemoving(undefined)} />}
    </Page>
  )
}

interface ListProps {
  readonly replies: readonly CannedReply[]
  readonly mayEdit: boolean
  readonly onEdit: (reply: CannedReply) => void
  readonly onRemove: (reply: CannedReply) => void
}

function List({ replies, mayEdit, onEdit, onRemove }: ListProps) {
  if (replies.length === 0) return <Empty>{REPLIES.empty}</Empty>
  return (
    <ul class="cards">
      {replies.map((reply) => (
        <li key={reply.id} class="card">
          <h2>{reply.title}</h2>
          {reply.stale !== null && (
            <p class="warn">
              <Badge tone="warn">{REPLIES.stale}</Badge> {REPLY_PICKER.stale(reply.stale)}
            </p>
          )}
          <p class="message-text">{reply.text}</p>
          <Citations list={reply.citations} label={CHAT.basis} />
          <p class="hint">{REPLIES.by(reply.by, dayOf(reply.at))}</p>
          {mayEdit && (
            <div class="buttons">
              <button type="button" class="button" aria-label={`${COMMON.edit}: ${reply.title}`} onClick={() => onEdit(reply)}>
                {COMMON.edit}
              </button>
              <button type="button" class="button" aria-label={`${COMMON.remove}: ${reply.title}`} onClick={() => onRemove(reply)}>
                {COMMON.remove}
              </button>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

interface WindowProps {
  readonly onChanged: () => Promise<void>
  readonly onClose: () => void
}

function Edit({ reply, onChanged, onClose }: WindowProps & { readonly reply: CannedReply | undefined }) {
  const { api, say } = useHouse()
  const [title, setTitle] = useState(reply?.title ?? '')
  const [text, setText] = useState(reply?.text ?? '')
  const [citations, setCitations] = useState<readonly CitationView[]>(reply?.citations ?? [])
  const work = async () => {
    const body = { title: title.trim(), text: text.trim(), citations: citations.map(({ pointer }) => pointer) }
    await (reply ? api.ask('PUT', `/replies/${reply.id}`, { ...body, seen: reply.at }) : api.ask('POST', '/replies', body))
    say(COMMON.saved)
    await onChanged()
  }
  const ready = title.trim() !== '' && text.trim() !== '' && charactersIn(text) <= TEXT_MAX
  return (
    <Ask title={reply ? REPLIES.editing : REPLIES.add} submit={COMMON.save} onClose={onClose} work={work} ready={ready}>
      <TextField label={REPLIES.name} value={title} onValue={setTitle} required />
      <Area label={REPLIES.text} value={text} onValue={setText} rows={6} max={TEXT_MAX} required />
      <CitationList list={citations} onList={setCitations} />
    </Ask>
  )
}

function CitationList({ list, onList }: { readonly list: readonly CitationView[]; readonly onList: (list: readonly CitationView[]) => void }) {
  const [picking, setPicking] = useState(false)
  return (
    <div>
      <h3>{REPLIES.citations}</h3>
      <ul class="chips" aria-label={REPLIES.citations}>
        {list.map(({ pointer, text }) => (
          <li key={pointer} class="chip">
            <span>{text}</span>
            <button type="button" class="round" aria-label={COMPOSE.drop(text)} onClick={() => onList(list.filter((one) => one.pointer !== pointer))}>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="button" aria-haspopup="dialog" onClick={() => setPicking(true)}>
        {REPLIES.addCitation}
      </button>
      {picking && <CitationPicker onClose={() => setPicking(false)} onPick={(one) => onList(withCitations(list, [one]))} />}
    </div>
  )
}

function Remove({ reply, onChanged, onClose }: WindowProps & { readonly reply: CannedReply }) {
  const { api, say } = useHouse()
  const work = async () => {
    await api.ask('DELETE', `/replies/${reply.id}`)
    say(REPLIES.removed)
    await onChanged()
  }
  return <Ask title={REPLIES.removeTitle} lead={REPLIES.removeLead(reply.title)} submit={COMMON.remove} onClose={onClose} work={work} urgent />
}
