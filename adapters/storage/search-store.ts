/**
 * Searching what was said and what was told: by reading it. No index is kept, so no second copy of anybody's words has to be erased, and what is erased is found
 * no more from that moment on. It reads from the latest on and stops where enough is found as it was typed.
 */
import type { CaseStatus } from '../../bot/complaint/status.ts'
import type { Owner } from '../../bot/conversation/owner.ts'
import { type Excerpt, excerptOf } from '../../bot/search/excerpt.ts'
import { type Search, searchFor } from '../../bot/search/find.ts'
import { type Gathered, gather, NOTHING_YET, verdictOf } from '../../bot/search/gather.ts'
import type { Place, SearchKind } from '../../bot/search/kinds.ts'
import type { Term } from '../../bot/search/query.ts'
import type { Store, Tx } from './database.ts'
import { type Narrowed, type Passage, SOURCES, type Source, type Subject } from './search-sources.ts'

export interface SearchAsked extends Narrowed {
  readonly terms: readonly Term[]
  readonly kinds: readonly SearchKind[]
  /** Most results, over all kinds. */
  readonly limit: number
  /** @returns a text as whoever searches may read it. */
  readonly shown: (text: string) => string
}

interface FoundBase {
  readonly kind: SearchKind
  readonly channel: string
  /** When something last happened there, and when was said what the excerpt shows; milliseconds UTC. */
  readonly at: number
  readonly saidAt: number
  readonly place: Place
  readonly excerpt: Excerpt
  /** false: only with marks left out. */
  readonly exact: boolean
}
/** A conversation, a case, or a note that stands beside one of them. */
export type Found =
  | (FoundBase & { readonly of: 'chat'; readonly conversation: string; readonly owner: Owner })
  | (FoundBase & { readonly of: 'case'; readonly number: string; readonly status: CaseStatus })

export interface SearchFound {
  /** What stands there as it was typed before what does so without marks; of each, the latest first. */
  readonly results: readonly Found[]
  /** There is more than was asked for. */
  readonly more: boolean
}

/** Searches everything that `asked` names. What is erased while it runs is not among the results. */
export async function searchEverything(store: Store, asked: SearchAsked): Promise<SearchFound> {
  const search = searchFor(asked.terms)
  const drawn: Drawn[] = []
  for (const source of SOURCES.filter(({ kind }) => asked.kinds.includes(kind))) drawn.push(...(await drawFrom(store, source, search, asked)))
  const best = drawn.sort(byRank)
  const left = await stillThere(store, best.slice(0, asked.limit))
  return { results: left.map((one) => shownTo(asked, search, one)), more: best.length > asked.limit }
}

/** A subject in which everything occurs. */
interface Drawn {
  readonly kind: SearchKind
  readonly subject: Subject
  readonly passage: Passage
  readonly exact: boolean
}

const byRank = (a: Drawn, b: Drawn): number => Number(b.exact) - Number(a.exact) || b.subject.changedAt - a.subject.changedAt

// ── reading through one source ──────────────────────────────────────────────────────────────────

interface Open {
  readonly subject: Subject
  gathered: Gathered<Place>
}

async function drawFrom(store: Store, source: Source, search: Search, asked: SearchAsked): Promise<readonly Drawn[]> {
  const draw = new Draw(source.kind, asked.limit + 1)
  let open: Open | undefined
  for await (const { subject, passages } of source.heard(store, asked)) {
    if (open?.subject !== subject) {
      draw.take(open)
      if (draw.full) return draw.drawn
      open = { subject, gathered: NOTHING_YET }
    }
    open.gathered = passages.filter(within(asked)).reduce((before, passage) => gather(search, before, passage), open.gathered)
  }
  draw.take(open)
  return draw.drawn
}

const within =
  ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Narrowed) =>
  ({ at }: Passage): boolean =>
    at >= from && at < to

/** Keeps the first of what was found, exact and loose apart. */
class Draw {
  readonly #kind: SearchKind
  readonly #most: number
  readonly #exact: Drawn[] = []
  readonly #loose: Drawn[] = []

  constructor(kind: SearchKind, most: number) {
    this.#kind = kind
    this.#most = most
  }

  take(open: Open | undefined): void {
    const verdict = open && verdictOf(open.gathered)
    const best = open?.gathered.best
    if (!open || !best || !verdict) return
    const kept = verdict === 'exact' ? this.#exact : this.#loose
    if (kept.length < this.#most) kept.push({ kind: this.#kind, subject: open.subject, passage: best.passage, exact: verdict === 'exact' })
  }

  /** Nothing that comes later can be among the results. */
  get full(): boolean {
    return this.#exact.length >= this.#most
  }

  get drawn(): readonly Drawn[] {
    return [...this.#exact, ...this.#loose]
  }
}

// ── what is shown ───────────────────────────────────────────────────────────────────────────────

/** Reading took a while. */
function stillThere(store: Store, drawn: readonly Drawn[]): Promise<readonly Drawn[]> {
  return store.read(async (tx) => {
    const ids = { chat: await idsLeft(tx, drawn, 'chat'), case: await idsLeft(tx, drawn, 'case') }
    return drawn.filter(({ subject }) => ids[subject.of].has(subject.id))
  })
}

async function idsLeft(tx: Tx, drawn: readonly Drawn[], of: Subject['of']): Promise<ReadonlySet<string>> {
  const ids = drawn.filter(({ subject }) => subject.of === of).map(({ subject }) => subject.id)
  if (ids.length === 0) return new Set()
  const rows =
    of === 'chat'
      ? await tx.selectFrom('conversation').select('id').where('id', 'in', ids).execute()
      : await tx.selectFrom('complaint').select('number as id').where('number', 'in', ids).execute()
  return new Set(rows.map((row) => row.id))
}

/** What is covered is covered before it is cut: half a number would not be known as one. */
function shownTo({ shown }: SearchAsked, search: Search, { kind, subject, passage, exact }: Drawn): Found {
  const { channel, changedAt: at } = subject
  const base = { kind, channel, at, saidAt: passage.at, place: passage.place, excerpt: excerptOf(search, shown(passage.text)), exact }
  return subject.of === 'chat'
    ? { ...base, of: 'chat', conversation: subject.id, owner: subject.owner }
    : { ...base, of: 'case', number: subject.id, status: subject.status }
}
