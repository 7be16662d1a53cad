/** What people ask about their data: those that wait, those that were answered, and writing one down. */
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { RequestsView, RequestView } from '../../privacy-contract.ts'
import { dayOf, dayOfIso, isoDayOf, wholeMomentOf } from '../format.ts'
import { useHouse } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, When } from '../parts/page.tsx'
import { Area, Badge, Select, TextField, type Tone } from '../parts/small.tsx'
import { PRIVACY, REQUEST_KIND_NAMES, REQUEST_RESULT_NAMES, REQUEST_STATE_NAMES, REQUEST_WAY_NAMES, REQUESTS } from '../words-privacy.ts'
import { Options, Table, usePages } from './parts.tsx'

const { chat: _chat, ...WAYS } = REQUEST_WAY_NAMES
const { automatic: _automatic, ...RESULTS } = REQUEST_RESULT_NAMES
const NOTE_MAX = 500

export function Requests() {
  const pages = usePages<RequestsView>('/privacy/requests')
  const [adding, setAdding] = useState(false)
  const [answering, setAnswering] = useState<RequestView>()
  return (
    <section class="stack">
      <div class="buttons">
        <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setAdding(true)}>
          {REQUESTS.add}
        </button>
      </div>
      <When loaded={pages.first}>
        {(first) => (
          <>
            <Goal goal={first.goal} />
            <h2>{REQUESTS.open}</h2>
            <Open rows={first.open} onAnswer={setAnswering} />
            <h2>{REQUESTS.answered}</h2>
            <Answered rows={pages.all(first).flatMap(({ answered }) => answered)} />
            {pages.older(first)}
          </>
        )}
      </When>
      {adding && <Add onDone={pages.reload} onClose={() => setAdding(false)} />}
      {answering && <Answer request={answering} onDone={pages.reload} onClose={() => setAnswering(undefined)} />}
    </section>
  )
}

function Goal({ goal: { words, note, basis } }: { readonly goal: RequestsView['goal'] }) {
  return (
    <div>
      <p>
        {words} {note}
      </p>
      <p class="hint">{basis}</p>
    </div>
  )
}

const TONES: Readonly<Record<RequestView['state'], Tone>> = { open: 'plain', late: 'urgent', done: 'good', done_late: 'warn' }

function State({ state }: Pick<RequestView, 'state'>) {
  return <Badge tone={TONES[state]}>{REQUEST_STATE_NAMES[state]}</Badge>
}

function Whose({ number, person }: Pick<RequestView, 'number' | 'person'>) {
  if (number !== null) return <Link href={`/cases/${number}`}>{number}</Link>
  return <>{person ?? REQUESTS.unknown}</>
}

const HEADS = [REQUESTS.kind, REQUESTS.about, REQUESTS.way, REQUESTS.askedOn, REQUESTS.due, PRIVACY.state]

function Cells({ row }: { readonly row: RequestView }) {
  return (
    <>
      <th scope="row">{REQUEST_KIND_NAMES[row.kind]}</th>
      <td data-label={REQUESTS.about}>
        <Whose {...row} />
      </td>
      <td data-label={REQUESTS.way}>{REQUEST_WAY_NAMES[row.way]}</td>
      <td data-label={REQUESTS.askedOn}>{dayOf(row.askedAt)}</td>
      <td data-label={REQUESTS.due}>{dayOfIso(row.due)}</td>
      <td data-label={PRIVACY.state}>
        <State state={row.state} />
      </td>
    </>
  )
}

interface OpenProps {
  readonly rows: readonly RequestView[]
  readonly onAnswer: (request: RequestView) => void
}

function Open({ rows, onAnswer }: OpenProps) {
  if (rows.length === 0) return <Empty>{REQUESTS.emptyOpen}</Empty>
  return (
    <Table heads={[...HEADS, REQUESTS.note, PRIVACY.actions]}>
      {rows.map((row) => (
        <tr key={row.id}>
          <Cells row={row} />
          <td data-label={REQUESTS.note}>
            {row.note} {row.by && <span class="hint">{REQUESTS.by(row.by)}</span>}
          </td>
          <td data-label={PRIVACY.actions}>{row.way !== 'chat' && <AnswerButton row={row} onAnswer={onAnswer} />}</td>
        </tr>
      ))}
    </Table>
  )
}

function AnswerButton({ row, onAnswer }: { readonly row: RequestView; readonly onAnswer: OpenProps['onAnswer'] }) {
  const label = `${REQUESTS.answer}: ${REQUEST_KIND_NAMES[row.kind]}, ${dayOf(row.askedAt)}`
  return (
    <button type="button" class="button" aria-haspopup="dialog" aria-label={label} onClick={() => onAnswer(row)}>
      {REQUESTS.answer}
    </button>
  )
}

function Answered({ rows }: { readonly rows: readonly RequestView[] }) {
  if (rows.length === 0) return <Empty>{REQUESTS.emptyAnswered}</Empty>
  return (
    <Table heads={[...HEADS, REQUESTS.result]}>
      {rows.map((row) => (
        <tr key={row.id}>
          <Cells row={row} />
          <td data-label={REQUESTS.result}>
            <Result row={row} />
          </td>
        </tr>
      ))}
    </Table>
  )
}

function Result({ row: { result, doneBy, doneAt, outcome } }: { readonly row: RequestView }) {
  const who = [doneBy, doneAt !== null && wholeMomentOf(doneAt)].filter(Boolean).join(', ')
  return (
    <>
      {result && REQUEST_RESULT_NAMES[result]}
      {outcome && `: ${outcome}`} <span class="hint">({who})</span>
    </>
  )
}

interface WindowProps {
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

const NEW = { kind: 'access', way: 'telephone', askedOn: '', case: '', conversation: '', note: '' }

function Add({ onDone, onClose }: WindowProps) {
  const { api, say } = useHouse()
  const [filled, setFilled] = useState(() => ({ ...NEW, askedOn: isoDayOf(Date.now()) }))
  const set = (part: Partial<typeof NEW>) => setFilled((before) => ({ ...before, ...part }))
  const work = async () => {
    await api.ask('POST', '/privacy/requests', { ...filled, case: filled.case.trim(), conversation: filled.conversation.trim() })
    say(REQUESTS.added)
    await onDone()
  }
  return (
    <Ask title={REQUESTS.add} lead={REQUESTS.addLead} submit={REQUESTS.add} onClose={onClose} work={work} ready={filled.askedOn !== ''}>
      <Select label={REQUESTS.kind} value={filled.kind} onValue={(kind) => set({ kind })}>
        <Options names={REQUEST_KIND_NAMES} />
      </Select>
      <Select label={REQUESTS.way} value={filled.way} onValue={(way) => set({ way })}>
        <Options names={WAYS} />
      </Select>
      <TextField label={REQUESTS.askedOn} type="date" value={filled.askedOn} onValue={(askedOn) => set({ askedOn })} required />
      <TextField label={REQUESTS.case} value={filled.case} onValue={(number) => set({ case: number })} autocomplete="off" />
      <TextField label={REQUESTS.conversation} value={filled.conversation} onValue={(conversation) => set({ conversation })} autocomplete="off" />
      <Area label={REQUESTS.note} hint={REQUESTS.noteHint} value={filled.note} onValue={(note) => set({ note })} rows={2} max={NOTE_MAX} />
    </Ask>
  )
}

function Answer({ request: { id, kind }, onDone, onClose }: WindowProps & { readonly request: RequestView }) {
  const { api, say } = useHouse()
  const [result, setResult] = useState('done')
  const [outcome, setOutcome] = useState('')
  const work = async () => {
    await api.ask('POST', `/privacy/requests/${id}/answer`, { result, outcome })
    say(REQUESTS.saved)
    await onDone()
  }
  const ready = result === 'done' || outcome.trim() !== ''
  return (
    <Ask title={`${REQUESTS.answer}: ${REQUEST_KIND_NAMES[kind]}`} submit={REQUESTS.answer} onClose={onClose} work={work} ready={ready}>
      <Select label={REQUESTS.result} value={result} onValue={setResult}>
        <Options names={RESULTS} />
      </Select>
      <Area label={REQUESTS.outcome} hint={REQUESTS.outcomeHint} value={outcome} onValue={setOutcome} rows={3} max={NOTE_MAX} />
    </Ask>
  )
}
