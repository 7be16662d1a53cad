/** Does a probability mean what it says? Reliability over bins, and how far off it is on average. */
import type { Scored } from '../logistic.ts'

/** Questions of about the same probability: the mean of what was predicted beside the share of what came true. */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly n: number
  readonly predicted: number
  readonly right: number
}

const BINS = 10

/** @returns up to `bins` bins of about equal mass, lowest first; equal scores stay in one bin, so that their order does not matter. */
export function reliability(scored: readonly Scored[], bins = BINS): Bin[] {
  const sorted = [...scored].sort((a, b) => a.score - b.score)
  const groups = new Map<number, Scored[]>()
  let first = 0
  sorted.forEach((s, i) => {
    if (s.score !== sorted[first]?.score) first = i
    const bin = Math.floor((first * bins) / sorted.length)
    groups.set(bin, [...(groups.get(bin) ?? []), s])
  })
  return [...groups.values()].map(binOf)
}

function binOf(members: readonly Scored[]): Bin {
  const n = members.length
  const [from = Number.NaN, to = Number.NaN] = [members[0]?.score, members.at(-1)?.score]
  return { from, to, n, predicted: members.reduce((sum, m) => sum + m.score, 0) / n, right: members.filter((m) => m.label).length / n }
}

/**
 * @returns the expected calibration error (Naeini et al. 2015): the gap between predicted and true in each bin, weighed by its size.
 * Zero is out of reach for a finite number of questions: a perfect probability of 600 shows about 0.03. NaN of nothing.
 */
export function calibrationError(scored: readonly Scored[], bins = BINS): number {
  if (scored.length === 0) return Number.NaN
  return reliability(scored, bins).reduce((sum, bin) => sum + (bin.n / scored.length) * Math.abs(bin.predicted - bin.right), 0)
}
