/** Looks through what was said, filed and noted. What is looked for stands in the address, so that "back" comes back to it. */
import { useState } from 'preact/hooks'
import { Link, useLocation, useSearch } from 'wouter-preact'
import { CASE_STATUSES } from '../../../../bot/complaint/status.ts'
import type { ExcerptView, SearchAnswer, SearchResult } from '../../search-contract.ts'
import { queryOf } from '../api.ts'
import { piecesOf } from '../excerpt.ts'
import { Empty, Page, When } from '../parts/page.tsx'
import { Badge, Moment, Select, TextField } from '../parts/small.tsx'
import { useLoaded, useNow } from '../use.ts'
import { CHANNELS, COMMON, channelName, PLACE_NAMES, SEARCH, SEARCH_KIND_NAMES, STATUS_NAMES } from '../words.ts'

const NAMES = ['q', 'kind', 'channel', 'from', 'to', 'status'] as const
type Wanted = Readonly<Record<(typeof NAMES)[number], string>>

function wantedIn(search: string): Wanted {
  const query = new URLSearchParams(search)
  return Object.fromEntries(NAMES.map((name) => [name, query.get(name) ?? ''])) as Wanted
}

export function SearchPage() {
  const search = useSearch()
  const wanted = wantedIn(search)
  return (
    <Page title={SEARCH.title}>
      <Form key={search} wanted={wanted} />
      {wanted.q.trim() === '' ? <Empty>{SEARCH.start}</Empty> : <Results query={queryOf(wanted)} />}
    </Page>
  )
}

function Form({ wanted }: { readonly wanted: Wanted }) {
  const [, go] = useLocation()
  const [filled, setFilled] = useState(wanted)
  const set = (part: Partial<Wanted>) => setFilled((before) => ({ ...before, ...part }))
  const submit = (event: Event) => {
    event.preventDefault()
    go(`/search${queryOf({ ...filled, q: filled.q.trim() })}`)
  }
  const narrowed = NAMES.some((name) => name !== 'q' && wanted[name] !== '')
  return (
    <search>
      <form class="form card" onSubmit={submit}>
        <div class="inline-form">
          <TextField label={SEARCH.words} hint={SEARCH.hint} value={filled.q} onValue={(q) => set({ q })} type="search" required />
          <button type="submit" class="button strong">
            {SEARCH.submit}
          </button>
        </div>
        <details open={narrowed}>
          <summary>{SEARCH.filters}</summary>
          <Filters filled={filled} set={set} />
        </details>
      </form>
    </search>
  )
}

function Filters({ filled, set }: { readonly filled: Wanted; readonly set: (part: Partial<Wanted>) => void }) {
  return (
    <div class="grid-fields">
      <Choice label={SEARCH.kinds} names={SEARCH_KIND_NAMES} value={filled.kind} onValue={(kind) => set({ kind })} />
      <Choice label={SEARCH.channel} names={CHANNELS} value={filled.channel} onValue={(channel) => set({ channel })} />
      <Choice label={SEARCH.status} names={STATUS_ORDER} value={filled.status} onValue={(status) => set({ status })} />
      <TextField label={SEARCH.from} value={filled.from} onValue={(from) => set({ from })} type="date" />
      <TextField label={SEARCH.to} value={filled.to} onValue={(to) => set({ to })} type="date" />
    </div>
  )
}

const STATUS_ORDER = Object.fromEntries(CASE_STATUSES.map((status) => [status, STATUS_NAMES[status]]))

interface ChoiceProps {
  readonly label: string
  readonly names: Readonly<Record<string, string>>
  readonly value: string
  readonly onValue: (value: string) => void
}

function Choice({ label, names, value, onValue }: ChoiceProps) {
  return (
    <Select label={label} value={value} onValue={onValue}>
      <option value="">{COMMON.all}</option>
      {Object.entries(names).map(([one, name]) => (
        <option key={one} value={one}>
          {name}
        </option>
      ))}
    </Select>
  )
}

function Results({ query }: { readonly query: string }) {
  const loaded = useLoaded<SearchAnswer>(`/search${query}`, () => false)
  const now = useNow(60_000)
  return (
    <When loaded={loaded}>
      {({ results, more }) => (
        <>
          <p class="counts" role="status">
            {results.length === 0 ? SEARCH.empty : SEARCH.found(results.length, more)}
          </p>
          <ul class="rows results">
            {results.map((result, index) => (
              <li key={`${index}-${addressOf(result)}`}>
                <Result result={result} now={now} />
              </li>
            ))}
          </ul>
        </>
      )}
    </When>
  )
}

const addressOf = (result: SearchResult) => (result.of === 'chat' ? `/chats/${encodeURIComponent(result.conversation)}` : `/cases/${result.number}`)

function Result({ result, now }: { readonly result: SearchResult; readonly now: number }) {
  return (
    <Link href={addressOf(result)} class="row">
      <span class="row-line">
        <Badge tone={result.of === 'case' ? 'brand' : 'plain'}>{SEARCH_KIND_NAMES[result.kind]}</Badge>
        {result.of === 'case' && <b>{result.number}</b>}
        <span class="row-channel">{channelName(result.channel)}</span>
        <Moment at={result.saidAt} now={now} />
      </span>
      <span class="row-words row-words-whole">
        <span class="row-from">{PLACE_NAMES[result.place]}: </span>
        <Excerpt excerpt={result.excerpt} />
      </span>
      {!result.exact && <span class="row-foot">{SEARCH.near}</span>}
    </Link>
  )
}

function Excerpt({ excerpt }: { readonly excerpt: ExcerptView }) {
  return <>{piecesOf(excerpt).map(({ text, hit }, index) => (hit ? <mark key={`${index}-${text}`}>{text}</mark> : text))}</>
}
