/** The order of the library's own shelf: weights over the evidence of both engines, fitted by `npm run fit:order` on development questions. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Entry } from '../entries.ts'
import type { LexicalIndex } from '../lexical/bm25f.ts'
import { weigh } from './listwise.ts'
import { type Asker, SHELF_FEATURES, type ShelfCandidate, ShelfFeatures } from './shelf-features.ts'

/** Where the weights lie. */
export const SHELF_ORDER = fileURLToPath(new URL('./shelf.json', import.meta.url))

const schema = z.object({ questions: z.number().int(), weights: z.record(z.string(), z.number()) })

/** @returns a weight for each of {@link SHELF_FEATURES}. Throws RangeError when they were fitted on other features than the code has. */
export function shelfOrder(file = SHELF_ORDER): readonly number[] {
  const { weights } = schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  if (Object.keys(weights).join() !== SHELF_FEATURES.join())
    throw new RangeError('Bộ xếp hạng của thư viện được khớp trên đặc trưng khác: chạy lại npm run fit:order -- --write.')
  return Object.values(weights)
}

/** @returns the text of a file of weights. @param questions how many they were fitted on */
export function orderFile(weights: ArrayLike<number>, questions: number): string {
  const named = Object.fromEntries(SHELF_FEATURES.map((name, c) => [name, Number((weights[c] as number).toPrecision(6))]))
  return `${JSON.stringify({ questions, weights: named }, null, 2)}\n`
}

export class ShelfOrder {
  readonly #features: ShelfFeatures
  readonly #weights: readonly number[] | undefined

  /** @param weights of {@link SHELF_FEATURES}; without any the candidates stand as both engines found them */
  constructor(index: LexicalIndex, entries: readonly Entry[], weights: readonly number[] | undefined) {
    this.#features = new ShelfFeatures(index, entries)
    this.#weights = weights
  }

  /** @returns `candidates`, the likeliest to answer first, each with what it weighs (a log-odds, comparable within one question). */
  sorted(question: string, candidates: readonly ShelfCandidate[], asker: Asker): (ShelfCandidate & { readonly order?: number })[] {
    const weights = this.#weights
    if (!weights) return [...candidates]
    const rows = this.rows(question, candidates, asker)
    return candidates
      .map((candidate, i) => ({ ...candidate, order: weigh(weights, rows, i * SHELF_FEATURES.length) }))
      .sort((a, b) => b.order - a.order)
  }

  /** @returns what is weighed: candidates × {@link SHELF_FEATURES}. */
  rows(question: string, candidates: readonly ShelfCandidate[], asker: Asker): Float32Array {
    return this.#features.read(question, candidates, asker)
  }
}
