/** Beside the messages: what an officer must know before the first word, notes among colleagues, and the person's cases. */
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { BriefView, ChatView, EpisodeView, FieldView, NoteView } from '../../contract.ts'
import { charactersIn, momentOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { TEXT_MAX } from '../limits.ts'
import { newId } from '../new-id.ts'
import { Empty, Trouble } from '../parts/page.tsx'
import { Area, Badge, Citations, Moment } from '../parts/small.tsx'
import { useDeed, useNow } from '../use.ts'
import { ANSWER_NAMES, BRIEF, CHAT, NOTES } from '../words.ts'
import { useColleagues } from './colleagues.ts'

interface Props {
  readonly chat: ChatView
  readonly path: string
  readonly onChanged: () => Promise<void>
}

export function Panel({ chat, path, onChanged }: Props) {
  return (
    <aside class="panel" aria-label={CHAT.panel}>
      <section class="stack">
        <h2>{BRIEF.title}</h2>
        <Brief chat={chat} />
      </section>
      <Notes chat={chat} path={path} onChanged={onChanged} />
      <Cases chat={chat} />
      <Episodes list={chat.brief.episodes} />
    </aside>
  )
}

function Brief({ chat: { brief, reasonWords } }: { readonly chat: ChatView }) {
  if (brief.questions.length === 0 && !brief.answer && brief.fields.length === 0 && !reasonWords) return <Empty>{BRIEF.nothing}</Empty>
  return (
    <>
      {reasonWords && (
        <>
          <h3>{BRIEF.why}</h3>
          <p>{reasonWords}</p>
        </>
      )}
      <Questions list={brief.questions} />
      <Answer answer={brief.answer} />
      {brief.stage && (
        <>
          <h3>{BRIEF.stage}</h3>
          <p>{brief.stage}</p>
        </>
      )}
      <Fields list={brief.fields} />
      <Missing list={brief.missing} />
    </>
  )
}

function Questions({ list }: { readonly list: readonly string[] }) {
  if (list.length === 0) return null
  return (
    <>
      <h3>{BRIEF.asked}</h3>
      <ul class="stack">
        {list.map((question, index) => (
          <li key={`${index}-${question}`} class="quote">
            {question}
          </li>
        ))}
      </ul>
    </>
  )
}

function Answer({ answer }: { readonly answer: BriefView['answer'] }) {
  const status = answer && ANSWER_NAMES[answer.status]
  return (
    <>
      <h3>
        {BRIEF.answered} {status && <Badge>{status}</Badge>}
      </h3>
      <p class="brief-answer">{answer?.text ?? BRIEF.notAnswered}</p>
      {answer && <Citations list={answer.citations} label={CHAT.basis} />}
    </>
  )
}

/** What is known, each with the words it was read from. */
export function Fields({ list }: { readonly list: readonly FieldView[] }) {
  if (list.length === 0) return null
  return (
    <>
      <h3>{BRIEF.fields}</h3>
      <dl class="facts">
        {list.map(({ name, label, value, from }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>
              {value}
              {from && from !== value && <span class="from">{BRIEF.from(from)}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

export function Missing({ list }: { readonly list: readonly string[] }) {
  if (list.length === 0) return null
  return (
    <>
      <h3>{BRIEF.missing}</h3>
      <ul class="dots">
        {list.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  )
}

function Episodes({ list }: { readonly list: readonly EpisodeView[] }) {
  const now = useNow(60_000)
  const ended = list.filter(({ endedAt }) => endedAt !== null)
  if (ended.length === 0) return null
  return (
    <section class="stack">
      <h2>{BRIEF.episodes}</h2>
      <ol class="stack">
        {ended.map(({ number, owner, officer, reason, beganAt, outcome }) => (
          <li key={number} class="quote">
            <p class="hint">
              {momentOf(beganAt, now)} · {officer ?? owner}
              {reason ? ` · ${reason}` : ''}
            </p>
            {outcome && (
              <p>
                {BRIEF.outcome}: {outcome}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Cases({ chat: { cases } }: { readonly chat: ChatView }) {
  if (!useMay('case.read')) return null
  return (
    <section class="stack">
      <h2>{BRIEF.cases}</h2>
      {cases.length === 0 && <Empty>{BRIEF.noCases}</Empty>}
      <ul class="stack">
        {cases.map(({ number, issue, statusWords }) => (
          <li key={number}>
            <Link href={`/cases/${number}`} class="tall">
              {number}
            </Link>{' '}
            <span>{issue}</span> <Badge>{statusWords}</Badge>
          </li>
        ))}
      </ul>
    </section>
  )
}

// ── notes ───────────────────────────────────────────────────────────────────────────────────────

function Notes({ chat, path, onChanged }: Props) {
  const mayAct = useMay('chat.act')
  return (
    <section class="stack">
      <h2>{NOTES.title}</h2>
      {chat.notes.length === 0 ? <Empty>{NOTES.empty}</Empty> : <NoteList notes={chat.notes} />}
      {mayAct && <NewNote path={path} onChanged={onChanged} />}
    </section>
  )
}

function NoteList({ notes }: { readonly notes: readonly NoteView[] }) {
  const now = useNow(60_000)
  return (
    <ul class="stack">
      {notes.map(({ id, by, at, text, mentions }) => (
        <li key={id} class="quote note">
          <p class="hint">
            <b>{by}</b> <Moment at={at} now={now} />
          </p>
          <p class="message-text">{text}</p>
          {mentions.length > 0 && <p class="hint">{NOTES.mentions(mentions.join(', '))}</p>}
        </li>
      ))}
    </ul>
  )
}

function NewNote({ path, onChanged }: Pick<Props, 'path' | 'onChanged'>) {
  const { api, say } = useHouse()
  const [note, setNote] = useState(emptyNote)
  const deed = useDeed()
  const add = async () => {
    await api.ask('POST', `${path}/notes`, { ...note, text: note.text.trim() })
    setNote(emptyNote())
    say(NOTES.added)
    await onChanged()
  }
  const ready = note.text.trim() !== '' && charactersIn(note.text) <= TEXT_MAX
  const go = (event: Event) => {
    event.preventDefault()
    if (ready) void deed.run(add)
  }
  return (
    <form class="form" onSubmit={go}>
      <Area label={NOTES.label} hint={NOTES.lead} value={note.text} onValue={(text) => setNote({ ...note, text })} rows={2} max={TEXT_MAX} />
      <Mentions values={note.mentions} onValues={(mentions) => setNote({ ...note, mentions })} />
      <Trouble text={deed.trouble} />
      <button type="submit" class="button" disabled={deed.busy || !ready}>
        {NOTES.add}
      </button>
    </form>
  )
}

/** The id is made once: tried again, the note is written once. */
const emptyNote = () => ({ id: newId(), text: '', mentions: [] as readonly string[] })

function Mentions({ values, onValues }: { readonly values: readonly string[]; readonly onValues: (ids: readonly string[]) => void }) {
  const { data = [] } = useColleagues()
  if (data.length === 0) return null
  const turn = (id: string, on: boolean) => onValues(on ? [...values, id] : values.filter((one) => one !== id))
  return (
    <details>
      <summary>{NOTES.mention(values.length)}</summary>
      <fieldset class="choices">
        <legend class="unseen">{NOTES.mention(0)}</legend>
        {data.map(({ id, name }) => (
          <label key={id} class="choice">
            <input type="checkbox" checked={values.includes(id)} onChange={({ currentTarget }) => turn(id, currentTarget.checked)} />
            {name}
          </label>
        ))}
      </fieldset>
    </details>
  )
}
