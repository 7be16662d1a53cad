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
  const drawn = draw(items, statistics)
  return statistics(items).map((value, i) => {
    const at = quantiles(drawn.map((figures) => figures[i] as number))
    return { value, low: at(0.025), high: at(0.975) }
  })
}

/** @returns the one figure of `items` with its interval; see {@link intervals}. */
export function interval<T>(items: readonly T[], statistic: (chosen: readonly T[]) => number): Interval {
  return intervals(items, (chosen) => [statistic(chosen)])[0] as Interval
}

/**
 * @returns as {@link interval}, for a figure that chance only ever makes greater, as an error of calibration: resampling adds more of it, so the
 * interval is moved back by what the middle of the resamples lies off (bias-corrected percentiles), and ends at 0.
 */
export function errorInterval<T>(items: readonly T[], statistic: (chosen: readonly T[]) => number): Interval {
  const value = statistic(items)
  const at = quantiles(draw(items, (chosen) => [statistic(chosen)]).map(([error]) => error as number))
  const off = at(0.5) - value
  return { value, low: Math.max(0, at(0.025) - off), high: at(0.975) - off }
}

function draw<T>(items: readonly T[], statistics: (chosen: readonly T[]) => readonly number[]): (readonly number[])[] {
  const random = new Random(SEED)
  return Array.from({ length: items.length === 0 ? 0 : RESAMPLES }, () => statistics(resampled(items, random)))
}

function resampled<T>(items: readonly T[], random: Random): T[] {
  return items.map(() => items[random.integer(0, items.length - 1)] as T)
}

/** @returns by share: what so large a share of `drawn` lies below; resamples without a figure are left out. */
function quantiles(drawn: readonly number[]): (q: number) => number {
  const sorted = drawn.filter((x) => !Number.isNaN(x)).sort((a, b) => a - b)
  return (q) => sorted[Math.floor(q * sorted.length)] ?? Number.NaN
}
