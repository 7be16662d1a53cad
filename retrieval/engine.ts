/** The engine: one question in, ranked candidates out, each with the evidence that ranked it. */
import { fold } from '../knowledge/language/normalise.ts'
import type { Embedder } from './embedder.ts'
import type { Entry, EntryKind } from './entries.ts'
import { type LexicalDocument, LexicalIndex, terms } from './lexical/bm25f.ts'
import type { Asker, ShelfCandidate } from './rerank/shelf-features.ts'
import { ShelfOrder } from './rerank/shelf-order.ts'
import { DENSE_SHARE, FOLDED_SHARE, LEXICAL, NEAREST_FACES, ORDERED } from './settings.ts'
import type { VectorIndex } from './vector-index.ts'

/**
 * One candidate. `lexical` is its share of the best score any text could reach; `cosine` that of its nearest face; both in 0…1; `score` is both
 * together, each as a share of the best one. `order` is what the candidates of our own shelf are sorted by, a log-odds; those beside it have none.
 */
export interface Candidate {
  readonly id: string
  readonly kind: EntryKind
  readonly title: string
  readonly score: number
  readonly lexical: number
  readonly cosine: number
  readonly order?: number
}

/** Entries that may be found; validity on a date is decided by the caller. */
export type Allowed = (id: string, kind: EntryKind) => boolean

/** Scores by words and the best that any text could reach; cosine of each entry's nearest face. */
interface Evidence {
  readonly scores: ReadonlyMap<number, number>
  readonly ceiling: number
  readonly cosines: ReadonlyMap<number, number>
}

/** Entries with the vectors of their faces, in the same order. */
export interface Shelf {
  readonly entries: readonly Entry[]
  readonly vectors: VectorIndex
}

/** The words of a shelf as they stand, and without marks. */
export interface Words {
  readonly marked: LexicalIndex
  readonly bare: LexicalIndex
}

export interface EngineOptions {
  /** Other law, for measuring. */
  readonly beside?: Shelf | undefined
  readonly order?: readonly number[] | undefined
  readonly words?: Words | undefined
}

/** @returns the lexical indexes of `entries`, the first `counted` of which say how rare a word is. */
export function buildWords(entries: readonly Entry[], counted = entries.length): Words {
  return { marked: LexicalIndex.build(entries, LEXICAL, counted), bare: LexicalIndex.build(entries.map(folded), LEXICAL, counted) }
}

/**
 * The library's own shelf and, for measuring, a shelf of other law beside it. What stands beside is scored by the same measure but changes
 * no score of our own entries: an answer must not become surer or less sure because other law lies around.
 */
export class Engine {
  readonly #shelves: readonly (Shelf & { readonly first: number; readonly entryOfFace: Uint32Array })[]
  readonly #entries: readonly Entry[]
  readonly #own: number
  readonly #lexical: LexicalIndex
  /** The same texts without marks: of a message typed bare every twelfth syllable is marked wrongly, and this index does not care. */
  readonly #folded: LexicalIndex
  readonly #embedder: Embedder
  readonly #order: ShelfOrder
  #last: { readonly query: string; readonly evidence: Evidence } | undefined

  /**
   * @param words the lexical indexes of `own`, where they are at hand; with a shelf beside they are always made anew
   * @param order weights that put the candidates of our own shelf in order; without any they stand as both engines found them
   */
  constructor(own: Shelf, embedder: Embedder, { beside, order, words }: EngineOptions = {}) {
    this.#own = own.entries.length
    this.#entries = [...own.entries, ...(beside?.entries ?? [])]
    this.#shelves = [own, ...(beside ? [beside] : [])].map((shelf, i) => ({
      ...shelf,
      first: i * this.#own,
      entryOfFace: entryOfFace(shelf.entries),
    }))
    this.#embedder = embedder
    const { marked, bare } = beside || !words ? buildWords(this.#entries, this.#own) : words
    this.#lexical = marked
    this.#folded = bare
    this.#order = new ShelfOrder(this.#lexical, own.entries, order)
  }

  /**
   * @returns up to `limit` candidates of each shelf, best first over both. The scores of one search are comparable with each other only.
   * @param asker who asks and the day that decides, where they are known: they change the order alone.
   */
  async search(query: string, limit = 20, allowed: Allowed = () => true, asker: Asker = {}): Promise<Candidate[]> {
    const { own, beside } = await this.#found(query, allowed)
    const first = this.#order.sorted(query, own.slice(0, ORDERED), asker)
    const ours = [...first, ...own.slice(ORDERED)].slice(0, limit)
    return merged(ours.map(this.#candidate), beside.slice(0, limit).map(this.#candidate))
  }

  /** @returns up to `limit` candidates of our own shelf by their evidence alone, best first: what a message is about, not who answers it. */
  async near(query: string, limit: number): Promise<Candidate[]> {
    const { own } = await this.#found(query, () => true)
    return own.slice(0, limit).map(this.#candidate)
  }

  /** @returns for fitting the order: the candidates that it would sort, best fused score first, and what it would see of them. */
  async judged(query: string, allowed: Allowed = () => true, asker: Asker = {}): Promise<{ candidates: Candidate[]; rows: Float32Array }> {
    const { own } = await this.#found(query, allowed)
    const some = own.slice(0, ORDERED)
    return { candidates: some.map(this.#candidate), rows: this.#order.rows(query, some, asker) }
  }

  readonly #candidate = ({ entry, fused, lexical, cosine, order }: ShelfCandidate & { readonly order?: number }): Candidate => {
    const { id, kind, title } = this.#entries[entry] as Entry
    return { id, kind, title, score: fused, lexical, cosine, ...(order === undefined ? {} : { order }) }
  }

  /** What both engines find on either shelf, best fused score first; each engine's scores are divided by the best of our own shelf. */
  async #found(query: string, allowed: Allowed): Promise<{ own: ShelfCandidate[]; beside: ShelfCandidate[] }> {
    const { scores, ceiling, cosines } = await this.#evidence(query)
    const open = [...new Set([...scores.keys(), ...cosines.keys()])].filter((i) => {
      const entry = this.#entries[i] as Entry
      return allowed(entry.id, entry.kind)
    })
    const mine = open.filter((i) => i < this.#own)
    const [topWords, topCosine] = [best(mine, scores), best(mine, cosines)]
    const found = (i: number): ShelfCandidate => {
      const [words, cosine] = [scores.get(i) ?? 0, cosines.get(i) ?? 0]
      const fused = (1 - DENSE_SHARE) * (words / topWords) + DENSE_SHARE * (cosine / topCosine)
      return { entry: i, words, cosine, fused, lexical: ceiling > 0 ? Math.min(1, words / ceiling) : 0 }
    }
    const ranked = (some: readonly number[]) => some.map(found).sort((a, b) => b.fused - a.fused)
    return { own: ranked(mine), beside: ranked(open.filter((i) => i >= this.#own)) }
  }

  /** What both engines say of a query; one message is searched for more than once, each time among other entries. */
  async #evidence(query: string): Promise<Evidence> {
    if (this.#last?.query === query) return this.#last.evidence
    const cosines = this.#nearest(await this.#embedder.embedQuery(query))
    const evidence = { ...this.#words(query), cosines }
    this.#last = { query, evidence }
    return evidence
  }

  /** Scores by the words of a query, as they stand and without marks. */
  #words(query: string): { scores: ReadonlyMap<number, number>; ceiling: number } {
    const [marked, bare] = [this.#lexical.search(query), this.#folded.search(fold(query))]
    const scores = new Map<number, number>()
    for (const [side, share] of [[marked, 1 - FOLDED_SHARE] as const, [bare, FOLDED_SHARE] as const])
      side.docs.forEach((doc, i) => {
        scores.set(doc, (scores.get(doc) ?? 0) + share * (side.scores[i] as number))
      })
    return { scores, ceiling: (1 - FOLDED_SHARE) * marked.ceiling + FOLDED_SHARE * bare.ceiling }
  }

  /** @returns how much of `query` a short text shares: terms in common by rarity, against the length of the text. */
  nearness(query: string, text: string): number {
    const asked = new Set(terms(query))
    const there = new Set(terms(text))
    let sum = 0
    for (const term of there) if (asked.has(term)) sum += this.#lexical.idf(term)
    return there.size === 0 ? 0 : sum / there.size ** 0.4
  }

  /** Cosine of each entry's nearest face; entries that point away are left out, and all of them when no word of the question is known. */
  #nearest(vector: Float32Array): Map<number, number> {
    const nearest = new Map<number, number>()
    for (const { vectors, first, entryOfFace } of this.#shelves)
      for (const { face, cosine } of vectors.search(vector, NEAREST_FACES)) {
        const entry = first + (entryOfFace[face] as number)
        if (cosine > 0) nearest.set(entry, Math.max(nearest.get(entry) ?? 0, cosine))
      }
    return nearest
  }
}

/** Both lists in their own order, the better score first. */
function merged(ours: readonly Candidate[], beside: readonly Candidate[]): Candidate[] {
  const all: Candidate[] = []
  let next = 0
  for (const candidate of ours) {
    while ((beside[next]?.score ?? -1) > candidate.score) all.push(beside[next++] as Candidate)
    all.push(candidate)
  }
  return [...all, ...beside.slice(next)]
}

function folded({ id, fields }: LexicalDocument): LexicalDocument {
  return { id, fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, fold(text)])) }
}

function entryOfFace(entries: readonly Entry[]): Uint32Array {
  return Uint32Array.from(entries.flatMap((entry, i) => entry.faces.map(() => i)))
}

/** The best score among `open`, never 0. A loop: so many entries do not fit the arguments of Math.max. */
function best(open: readonly number[], scores: ReadonlyMap<number, number>): number {
  let top = 1e-9
  for (const i of open) top = Math.max(top, scores.get(i) ?? 0)
  return top
}
