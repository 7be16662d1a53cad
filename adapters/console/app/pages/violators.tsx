/** Names that authorities have made public: what the assistant answers from, what waits for a second person, what was taken off. */
import { useState } from 'preact/hooks'
import type { Entry } from '../../../../bot/violators/entry.ts'
import type { BatchView, CheckedFile, ViolatorsView, ViolatorView } from '../../warnings-contract.ts'
import { queryOf } from '../api.ts'
import { dayOf, dayOfIso } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, Page, Trouble, When } from '../parts/page.tsx'
import { Area, Field, TextField } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { VIOLATORS } from '../words-warnings.ts'

type Doing =
  | { readonly kind: 'add' | 'file' }
  | { readonly kind: 'correct' | 'remove'; readonly row: ViolatorView }
  | { readonly kind: 'refuse'; readonly batch: BatchView }

export function ViolatorsPage() {
  const [q, setQ] = useState('')
  const loaded = useLoaded<ViolatorsView>(`/violators${queryOf({ q })}`)
  const mayEdit = useMay('violator.edit')
  const [doing, setDoing] = useState<Doing>()
  const actions = mayEdit && (
    <div class="buttons">
      <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setDoing({ kind: 'file' })}>
        {VIOLATORS.bringIn}
      </button>
      <button type="button" class="button" aria-haspopup="dialog" onClick={() => setDoing({ kind: 'add' })}>
        {VIOLATORS.add}
      </button>
    </div>
  )
  return (
    <Page title={VIOLATORS.title} lead={VIOLATORS.lead} actions={actions}>
      <Find onFind={setQ} />
      <When loaded={loaded}>{(view) => <Lists view={view} searched={q !== ''} mayEdit={mayEdit} onDo={setDoing} reload={loaded.reload} />}</When>
      {doing && <Windows doing={doing} reload={loaded.reload} onClose={() => setDoing(undefined)} />}
    </Page>
  )
}

function Find({ onFind }: { readonly onFind: (words: string) => void }) {
  const [words, setWords] = useState('')
  const go = (event: Event) => {
    event.preventDefault()
    onFind(words.trim())
  }
  return (
    <form class="form" onSubmit={go}>
      <TextField label={VIOLATORS.search} value={words} onValue={setWords} autocomplete="off" />
      <div class="buttons">
        <button type="submit" class="button">
          {VIOLATORS.find}
        </button>
      </div>
    </form>
  )
}

interface ListsProps {
  readonly view: ViolatorsView
  readonly searched: boolean
  readonly mayEdit: boolean
  readonly onDo: (doing: Doing) => void
  readonly reload: () => Promise<void>
}

function Lists({ view: { listed, waiting, past, count }, searched, ...does }: ListsProps) {
  return (
    <>
      {waiting.length > 0 && (
        <section>
          <h2>{VIOLATORS.waiting}</h2>
          <ul class="cards">
            {waiting.map((batch) => (
              <Batch key={batch.id} batch={batch} {...does} />
            ))}
          </ul>
        </section>
      )}
      <h2>{VIOLATORS.inUse}</h2>
      <p class="counts">{VIOLATORS.count(count)}</p>
      {listed.length === 0 && <Empty>{searched ? VIOLATORS.noneFound : VIOLATORS.empty}</Empty>}
      <ul class="cards">
        {listed.map((row) => (
          <Row key={row.id} row={row} {...does} />
        ))}
      </ul>
      {past.length > 0 && (
        <details>
          <summary>{VIOLATORS.past}</summary>
          <ul class="cards">
            {past.map((row) => (
              <Row key={row.id} row={row} {...does} mayEdit={false} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

type Does = Omit<ListsProps, 'view' | 'searched'>

function Row({ row, mayEdit, onDo }: Does & { readonly row: ViolatorView }) {
  const { entry, reason, status, changedBy, changedAt } = row
  return (
    <li class="card">
      <h3>{entry.name}</h3>
      <EntryFacts entry={entry} />
      <p class="hint">{VIOLATORS.entered(row.enteredBy, row.file)}</p>
      {status !== 'listed' && (
        <p class="hint">
          {VIOLATORS.by(changedBy, dayOf(changedAt))}
          {reason !== '' && `: ${reason}`}
        </p>
      )}
      {mayEdit && (
        <div class="buttons">
          <button
            type="button"
            class="button"
            aria-haspopup="dialog"
            aria-label={`${VIOLATORS.correct}: ${entry.name}`}
            onClick={() => onDo({ kind: 'correct', row })}
          >
            {VIOLATORS.correct}
          </button>
          <button
            type="button"
            class="button"
            aria-haspopup="dialog"
            aria-label={`${VIOLATORS.remove}: ${entry.name}`}
            onClick={() => onDo({ kind: 'remove', row })}
          >
            {VIOLATORS.remove}
          </button>
        </div>
      )}
    </li>
  )
}

function EntryFacts({ entry }: { readonly entry: Entry }) {
  const { what, authority, decision, decidedOn, publishedOn, source, endsOn, otherNames, links, tax } = entry
  const also = [...otherNames, ...links, tax].filter(Boolean)
  return (
    <>
      {also.length > 0 && <p class="hint">{also.join('; ')}</p>}
      <p>{what}</p>
      <p>
        {VIOLATORS.published(authority, dayOfIso(publishedOn))}. {VIOLATORS.decision(decision, decidedOn === null ? '' : dayOfIso(decidedOn))}
      </p>
      <p>
        <a href={source} target="_blank" rel="noreferrer" class="tall">
          {VIOLATORS.source}
        </a>
        {endsOn !== null && ` · ${VIOLATORS.endsOn(dayOfIso(endsOn))}`}
      </p>
    </>
  )
}

function Batch({ batch, mayEdit, onDo, reload }: Does & { readonly batch: BatchView }) {
  const { api, say } = useHouse()
  const deed = useDeed()
  const { kind, file, count, entries, mine, reason } = batch
  const title = kind === 'file' ? VIOLATORS.batch.file(file, count) : `${VIOLATORS.batch[kind]}: ${entries[0]?.entry.name ?? ''}`
  const approve = async () => {
    await api.ask('POST', `/violators/batches/${batch.id}/approve`).finally(reload)
    say(VIOLATORS.approved)
  }
  return (
    <li class="card">
      <h3>{title}</h3>
      <p class="hint">{VIOLATORS.by(batch.by, dayOf(batch.at))}</p>
      {reason !== '' && <p>{reason}</p>}
      <ul class="stack">
        {entries.map(({ id, entry }) => (
          <li key={id}>
            <b>{entry.name}</b>
            <EntryFacts entry={entry} />
          </li>
        ))}
      </ul>
      {count > entries.length && <p class="hint">{VIOLATORS.more(count - entries.length)}</p>}
      {mayEdit && (
        <div class="buttons">
          {!mine && (
            <button
              type="button"
              class="button strong"
              disabled={deed.busy}
              aria-label={`${VIOLATORS.approve}: ${title}`}
              onClick={() => deed.run(approve)}
            >
              {VIOLATORS.approve}
            </button>
          )}
          <button
            type="button"
            class="button"
            aria-haspopup="dialog"
            aria-label={`${VIOLATORS.refuse}: ${title}`}
            onClick={() => onDo({ kind: 'refuse', batch })}
          >
            {VIOLATORS.refuse}
          </button>
        </div>
      )}
      {mayEdit && mine && <p class="hint">{VIOLATORS.mine}</p>}
      <Trouble text={deed.trouble} />
    </li>
  )
}

interface WindowProps {
  readonly reload: () => Promise<void>
  readonly onClose: () => void
}

function Windows({ doing, ...rest }: WindowProps & { readonly doing: Doing }) {
  switch (doing.kind) {
    case 'add':
      return <Write {...rest} />
    case 'file':
      return <BringIn {...rest} />
    case 'correct':
      return <Write {...rest} row={doing.row} />
    case 'remove':
      return (
        <WithReason
          {...rest}
          title={VIOLATORS.remove}
          lead={VIOLATORS.removeLead}
          path={`/violators/${doing.row.id}/remove`}
          said={VIOLATORS.removed}
        />
      )
    case 'refuse':
      return <WithReason {...rest} title={VIOLATORS.refuse} lead="" path={`/violators/batches/${doing.batch.id}/refuse`} said={VIOLATORS.refused} />
  }
}

interface WithReasonProps extends WindowProps {
  readonly title: string
  readonly lead: string
  readonly path: string
  readonly said: string
}

function WithReason({ title, lead, path, said, reload, onClose }: WithReasonProps) {
  const { api, say } = useHouse()
  const [reason, setReason] = useState('')
  const work = async () => {
    await api.ask('POST', path, { reason }).finally(reload)
    say(said)
  }
  return (
    <Ask title={title} lead={lead} submit={title} onClose={onClose} work={work} ready={reason.trim() !== ''} urgent>
      <Area label={VIOLATORS.reason} value={reason} onValue={setReason} rows={3} max={500} required />
    </Ask>
  )
}

type Fields = Readonly<Record<keyof Entry, string>>
const NAMES = Object.keys(VIOLATORS.fields) as (keyof Entry)[]
const LISTS: ReadonlySet<keyof Entry> = new Set(['otherNames', 'links'])
const DAYS: ReadonlySet<keyof Entry> = new Set(['decidedOn', 'publishedOn', 'endsOn'])
const NEEDED: ReadonlySet<keyof Entry> = new Set(['name', 'what', 'authority', 'publishedOn', 'source'])

function fieldsOf(entry: Entry | undefined): Fields {
  const value = (name: keyof Entry) => {
    const one = entry?.[name] ?? ''
    return typeof one === 'string' ? one : one.join('\n')
  }
  return Object.fromEntries(NAMES.map((name) => [name, value(name)])) as Fields
}

function entryOf(fields: Fields): object {
  return Object.fromEntries(
    NAMES.map((name) => {
      const value = fields[name].trim()
      if (LISTS.has(name))
        return [
          name,
          value
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
        ]
      return [name, (name === 'decidedOn' || name === 'endsOn') && value === '' ? null : value]
    }),
  )
}

/** A new one, or a correction of one that is listed. */
function Write({ row, reload, onClose }: WindowProps & { readonly row?: ViolatorView }) {
  const { api, say } = useHouse()
  const [fields, setFields] = useState(() => fieldsOf(row?.entry))
  const [reason, setReason] = useState('')
  const work = async () => {
    const entry = entryOf(fields)
    await (row ? api.ask('POST', `/violators/${row.id}/correct`, { entry, reason }) : api.ask('POST', '/violators', entry)).finally(reload)
    say(row ? VIOLATORS.corrected : VIOLATORS.taken)
  }
  const ready = NAMES.every((name) => !NEEDED.has(name) || fields[name].trim() !== '') && (!row || reason.trim() !== '')
  return (
    <Ask
      title={row ? VIOLATORS.correct : VIOLATORS.add}
      lead={row ? VIOLATORS.correctLead : ''}
      submit={row ? VIOLATORS.correct : VIOLATORS.add}
      onClose={onClose}
      work={work}
      ready={ready}
    >
      {NAMES.map((name) => (
        <EntryField key={name} name={name} value={fields[name]} onValue={(value) => setFields({ ...fields, [name]: value })} />
      ))}
      {row && <Area label={VIOLATORS.reason} value={reason} onValue={setReason} rows={2} max={500} required />}
    </Ask>
  )
}

function EntryField({ name, value, onValue }: { readonly name: keyof Entry; readonly value: string; readonly onValue: (value: string) => void }) {
  const label = VIOLATORS.fields[name]
  if (LISTS.has(name)) return <Area label={label} hint={VIOLATORS.perLine} value={value} onValue={onValue} rows={2} />
  if (name === 'what') return <Area label={label} value={value} onValue={onValue} rows={3} max={600} required />
  return (
    <TextField label={label} type={DAYS.has(name) ? 'date' : 'text'} value={value} onValue={onValue} required={NEEDED.has(name)} autocomplete="off" />
  )
}

/** Looked through first; nothing of a file with a wrong row is taken in. */
function BringIn({ reload, onClose }: WindowProps) {
  const { api, say } = useHouse()
  const [file, setFile] = useState<File>()
  const [checked, setChecked] = useState<CheckedFile>()
  const good = checked !== undefined && checked.bad.length === 0 && checked.fresh.length > 0
  const work = async () => {
    if (!file) return
    await api.upload(`/violators/import${queryOf({ name: file.name })}`, file).finally(reload)
    say(VIOLATORS.taken)
  }
  const deed = useDeed()
  const choose = (chosen: File | undefined) => {
    setFile(chosen)
    setChecked(undefined)
    if (chosen) void deed.run(async () => setChecked(await api.upload<CheckedFile>('/violators/check', chosen)))
  }
  const submit = good ? VIOLATORS.take(checked.fresh.length) : VIOLATORS.bringIn
  return (
    <Ask title={VIOLATORS.bringIn} lead={VIOLATORS.fileLead} submit={submit} onClose={onClose} work={work} ready={good}>
      <Field label={VIOLATORS.file}>
        {(ids) => (
          <input
            {...ids}
            class="input"
            type="file"
            accept=".csv,.txt,.tsv,.xlsx"
            required
            onChange={({ currentTarget }) => choose(currentTarget.files?.[0] ?? undefined)}
          />
        )}
      </Field>
      <Trouble text={deed.trouble} />
      <div role="status">{checked && <Checked checked={checked} />}</div>
    </Ask>
  )
}

const SHOWN = 50

function Checked({ checked: { fresh, known, bad } }: { readonly checked: CheckedFile }) {
  return (
    <>
      <p>{fresh.length + bad.length === 0 ? VIOLATORS.nothingNew : VIOLATORS.checked(fresh.length, known, bad.length)}</p>
      {bad.length > 0 && (
        <table class="table">
          <caption>{VIOLATORS.badRows}</caption>
          <thead>
            <tr>
              <th scope="col">{VIOLATORS.line}</th>
              <th scope="col">{VIOLATORS.why}</th>
            </tr>
          </thead>
          <tbody>
            {bad.slice(0, SHOWN).map(({ line, why }) => (
              <tr key={`${line} ${why}`}>
                <th scope="row">{line}</th>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {bad.length > SHOWN && <p class="hint">{VIOLATORS.more(bad.length - SHOWN)}</p>}
      {bad.length === 0 && fresh.length > 0 && (
        <>
          <h3>{VIOLATORS.freshRows}</h3>
          <ul>
            {fresh.slice(0, SHOWN).map(({ name, authority, publishedOn }) => (
              <li key={`${name} ${publishedOn}`}>
                {name} ({VIOLATORS.published(authority, dayOfIso(publishedOn))})
              </li>
            ))}
          </ul>
          {fresh.length > SHOWN && <p class="hint">{VIOLATORS.more(fresh.length - SHOWN)}</p>}
        </>
      )}
    </>
  )
}
