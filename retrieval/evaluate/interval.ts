/** Figures with their intervals: percentile bootstrap (Efron 1979), the same draws for the same number of questions. */
import { Random } from '../model/random.ts'

/** A figure with its 95 % interval. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

const RESAMPLES = 1000
const SEED = 7

/**
 * @param statistics reads so many figures off a selection of `items`, in which an item may stand several times; NaN where one has none.
 * @returns each figure of all `items` with its interval over resamples; NaN of no items. Resamples without a figure are left out of its interval.
 */
export function intervals<T>(items: readonly T[], statistics: (chosen: readonly T[]) => readonly number[]): Interval[] {
  const random = new Random(SEED)
  const values = statistics(items)
  const drawn = Array.from({ length: items.length === 0 ? 0 : RESAMPLES }, () => statistics(resampled(items, random)))
  return values.map((value, i) => ({ value, ...middle(drawn.map((figures) => figures[i] as number)) }))
}

/** @returns the one figure of `items` with its interval; see {@link intervals}. */
export function interval<T>(items: readonly T[], statistic: (chosen: readonly T[]) => number): Interval {
  return intervals(items, (chosen) => [statistic(chosen)])[0] as Interval
}

function resampled<T>(items: readonly T[], random: Random): T[] {
  return items.map(() => items[random.integer(0, items.length - 1)] as T)
}

function middle(drawn: readonly number[]): { low: number; high: number } {
  const sorted = drawn.filter((x) => !Number.isNaN(x)).sort((a, b) => a - b)
  const at = (q: number) => sorted[Math.floor(q * sorted.length)] ?? Number.NaN
  return { low: at(0.025), high: at(0.975) }
}
