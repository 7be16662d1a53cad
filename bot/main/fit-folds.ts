/** Cross-fitting: what is said of a question is said by a fit that has not seen it. */
import type { DevExample } from './fit-examples.ts'

/** So many parts; a question is in the part of its number. */
export const FOLDS = 5

/** @returns what each development question is judged to be, in the order of `dev`: `judgeBy` gets all questions outside its fold and returns the judge. */
export function acrossFolds<T extends DevExample, R>(dev: readonly T[], judgeBy: (seen: readonly T[]) => (example: T) => R): R[] {
  const foldOf = (e: T) => e.question % FOLDS
  const judges = Array.from({ length: FOLDS }, (_, held) => judgeBy(dev.filter((e) => foldOf(e) !== held)))
  return dev.map((e) => (judges[foldOf(e)] as (example: T) => R)(e))
}
