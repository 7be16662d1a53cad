/** The engine: one question in, ranked candidates out, each with the evidence that ranked it. */
import { fold } from '../knowledge/language/normalise.ts'
import type { Embedder } from './embedder.ts'
import type { Entry, EntryKind } from './entries.ts'
import { type LexicalDocument, LexicalIndex, terms } from './lexical/bm25f.ts'
import { DENSE_SHARE, FOLDED_SHARE, LEXICAL, NEAREST_FACES } from './settings.ts'
import type { VectorIndex } from './vector-index.ts'

/** One candidate. `lexical` is its share of the best score any text could reach; `cosine` that of its nearest face; both in 0…1. */
export interface Candidate {
  readonly id: string
  readonly kind: EntryKind
  readonly title: string
  readonly score: number
  readonly lexical: number
  readonly cosine: number
}

/** Entries that may be found; validity on a date is decided by the caller. */
export type Allowed = (id: string, kind: EntryKind) => boolean

/** Entries with the vectors of their faces, in the same order. */
export interface Shelf {
  readonly entries: readonly Entry[]
  readonly vectors: VectorIndex
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

  constructor(own: Shelf, embedder: Embedder, beside?: Shelf) {
    this.#own = own.entries.length
    this.#entries = [...own.entries, ...(beside?.entries ?? [])]
    this.#shelves = [own, ...(beside ? [beside] : [])].map((shelf, i) => ({
      ...shelf,
      first: i * this.#own,
      entryOfFace: entryOfFace(shelf.entries),
    }))
    this.#embedder = embedder
    this.#lexical = LexicalIndex.build(this.#entries, LEXICAL, this.#own)
    this.#folded = LexicalIndex.build(this.#entries.map(folded), LEXICAL, this.#own)
  }

  /** @returns up to `limit` candidates of a shelf, best first over both. The scores of one search are comparable with each other only. */
  async search(query: string, limit = 20, allowed: Allowed = () => true): Promise<Candidate[]> {
    const { scores, ceiling } = this.#words(query)
    const cosines = this.#nearest(await this.#embedder.embedQuery(query))
    const open = [...new Set([...scores.keys(), ...cosines.keys()])].filter((i) => {
      const entry = this.#entries[i] as Entry
      return allowed(entry.id, entry.kind)
    })
    const [own, beside] = [open.filter((i) => i < this.#own), open.filter((i) => i >= this.#own)]
    const topLexical = best(own, scores)
    const topCosine = best(own, cosines)
    const candidate = (i: number): Candidate => {
      const entry = this.#entries[i] as Entry
      const lexical = scores.get(i) ?? 0
      const cosine = cosines.get(i) ?? 0
      const score = (1 - DENSE_SHARE) * (lexical / topLexical) + DENSE_SHARE * (cosine / topCosine)
      return { id: entry.id, kind: entry.kind, title: entry.title, score, lexical: ceiling > 0 ? Math.min(1, lexical / ceiling) : 0, cosine }
    }
    const ranked = (some: readonly number[]) =>
      some
        .map(candidate)
        .sort((a, b) => b.score - a.score)
        .slice(0, limit)
    return [...ranked(own), ...ranked(beside)].sort((a, b) => b.score - a.score)
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
