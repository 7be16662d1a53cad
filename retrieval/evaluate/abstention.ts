/** Answering less to be wrong less: what share of the questions that have no answer here is left unanswered, at every share of the others that is answered. */
import { type Interval, intervals } from './interval.ts'

/** A question by the threshold up to which it is answered: 0 when no threshold lets it be answered, 1 when every one does. */
export interface Decided {
  readonly score: number
  readonly answerable: boolean
}

/** What a threshold does: `answerRate` of the answerable are answered, `abstention` of the others are not. */
export interface CurvePoint {
  readonly threshold: number
  readonly answerRate: number
  readonly abstention: number
}

/** @returns the curve over all thresholds in (0, 1] at which anything changes, lowest first: the answer rate falls, the abstention grows. */
export function abstentionCurve(decided: readonly Decided[]): CurvePoint[] {
  const scores = (answerable: boolean) => Float64Array.from(decided.filter((d) => d.answerable === answerable).map((d) => d.score)).sort()
  const [inside, outside] = [scores(true), scores(false)]
  if (inside.length === 0 || outside.length === 0) return []
  const thresholds = [...new Set([...inside, ...outside, 1])].filter((t) => t > 0).sort((a, b) => a - b)
  let [i, o] = [0, 0]
  return thresholds.map((threshold) => {
    while ((inside[i] as number) < threshold) i++
    while ((outside[o] as number) < threshold) o++
    return { threshold, answerRate: 1 - i / inside.length, abstention: o / outside.length }
  })
}

/** A hundredth of a question is no question: 93 of 100 answered must count as 0.93, not fall short of it by a rounding. */
const ROUNDING = 1e-9

/** @returns the greatest abstention while at least `answerRate` of the answerable are answered; NaN where no threshold answers so many. */
export function abstentionAt(decided: readonly Decided[], answerRate: number): number {
  return abstentionsAt(decided, [answerRate])[0] as number
}

/** Abstention at one answer rate, with its interval. */
export interface BandPoint extends Interval {
  readonly answerRate: number
}

/** Finer than the intervals are wide. */
const BAND_RATES = Array.from({ length: 51 }, (_, i) => 0.5 + i / 100)

/** @returns the abstention at every hundredth of answer rate from one half up, with bootstrap intervals; rates that no threshold reaches are left out. */
export function abstentionBand(decided: readonly Decided[]): BandPoint[] {
  const at = intervals(decided, (chosen) => abstentionsAt(chosen, BAND_RATES))
  return at.map((found, i) => ({ answerRate: BAND_RATES[i] as number, ...found })).filter((point) => !Number.isNaN(point.value))
}

/** As {@link abstentionAt}, for many rates at once: lowest first. */
function abstentionsAt(decided: readonly Decided[], answerRates: readonly number[]): number[] {
  const curve = abstentionCurve(decided)
  let last = curve.length - 1
  return answerRates.map((rate) => {
    while (last >= 0 && (curve[last] as CurvePoint).answerRate < rate - ROUNDING) last--
    return curve[last]?.abstention ?? Number.NaN
  })
}
