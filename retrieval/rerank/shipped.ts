/** The order of candidates that ships: trees fitted by `npm run fit:ranking` on questions over a corpus of law. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { FEATURES } from '../corpus/features.ts'
import type { Tree } from './trees.ts'

/** Where the trees lie. */
export const SHIPPED_TREES = fileURLToPath(new URL('./law.json', import.meta.url))

const numbers = z.array(z.number())
const schema = z.object({
  /** Columns that the trees ask about, in order. */
  features: z.array(z.string()),
  questions: z.number().int(),
  trees: z.array(z.object({ feature: numbers, threshold: numbers, left: numbers, value: numbers })),
})

/** @returns the trees of `file`. Throws RangeError when they were fitted on other features than the code has. */
export function shippedTrees(file = SHIPPED_TREES): readonly Tree[] {
  const { features, trees } = schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  if (features.join() !== FEATURES.join()) throw new RangeError('Bộ xếp hạng được khớp trên đặc trưng khác: chạy lại npm run fit:ranking.')
  // Rows are compared with thresholds that came from rows: both are floats, to the last bit.
  return trees.map((tree) => ({ ...tree, threshold: tree.threshold.map(Math.fround) }))
}

/** @returns the text of a file of trees, numbers cut to what a float holds (nine digits name it exactly). */
export function treesFile(trees: readonly Tree[], questions: number): string {
  const short = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(9)))
  const written = trees.map(({ feature, threshold, left, value }) => ({ feature, threshold: short(threshold), left, value: short(value) }))
  return `${JSON.stringify({ features: FEATURES, questions, trees: [] }).replace('"trees":[]', `"trees":[\n${written.map((tree) => JSON.stringify(tree)).join(',\n')}\n]`)}\n`
}
