/** Logistic regression, small and plain: a handful of weights fitted by gradient descent with L2. */

/** One labelled example; `weight` is 1 unless told. */
export interface Example {
  readonly features: readonly number[]
  readonly label: boolean
  readonly weight?: number
}

/** @returns the probability of a positive for `features` under `weights`. Throws as {@link logit}. */
export function probability(weights: readonly number[], features: readonly number[]): number {
  return logistic(logit(weights, features))
}

/** @returns the same before it is bent into 0…1. Throws RangeError when their lengths differ: the weights were fitted on other features. */
export function logit(weights: readonly number[], features: readonly number[]): number {
  if (weights.length !== features.length) throw new RangeError(`${weights.length} trọng số cho ${features.length} đặc trưng: chạy lại npm run fit`)
  return features.reduce((total, value, i) => total + value * (weights[i] as number), 0)
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x))

/** @returns weights that fit `examples`; the first feature is taken as the bias and not shrunk. */
export function fitLogistic(examples: readonly Example[], l2 = 1e-3, rounds = 4000, rate = 0.5): number[] {
  const size = examples[0]?.features.length ?? 0
  // Flat arrays: thousands of examples are gone through thousands of times.
  const rows = Float64Array.from(examples.flatMap((e) => e.features))
  const weighed = Float64Array.from(examples, (e) => e.weight ?? 1)
  const wanted = Float64Array.from(examples, (e) => (e.label ? 1 : 0))
  const total = weighed.reduce((sum, weight) => sum + weight, 0)
  const weights = new Float64Array(size)
  const gradient = new Float64Array(size)
  for (let round = 0; round < rounds; round++) {
    addUp(gradient, weights, rows, wanted, weighed)
    for (let i = 0; i < size; i++) {
      const shrink = i === 0 ? 0 : l2 * (weights[i] as number)
      weights[i] = (weights[i] as number) - rate * ((gradient[i] as number) / total + shrink)
    }
  }
  return [...weights]
}

/** Fills `gradient` with what all examples together pull each weight by. */
function addUp(gradient: Float64Array, weights: Float64Array, rows: Float64Array, wanted: Float64Array, weighed: Float64Array): void {
  const size = weights.length
  gradient.fill(0)
  for (let e = 0, at = 0; e < wanted.length; e++, at += size) {
    let sum = 0
    for (let i = 0; i < size; i++) sum += (rows[at + i] as number) * (weights[i] as number)
    const error = (1 / (1 + Math.exp(-sum)) - (wanted[e] as number)) * (weighed[e] as number)
    for (let i = 0; i < size; i++) gradient[i] = (gradient[i] as number) + error * (rows[at + i] as number)
  }
}

const NEWTON_ROUNDS = 30

/**
 * @returns the weights at the very minimum, by Newton's method (iteratively reweighted least squares): features that go together and a small `l2`
 * keep {@link fitLogistic} from ever arriving there. The first feature is taken as the bias and not shrunk.
 */
export function fitLogisticFully(examples: readonly Example[], l2: number): number[] {
  const size = examples[0]?.features.length ?? 0
  const weights = new Array<number>(size).fill(0)
  for (let round = 0; round < NEWTON_ROUNDS; round++) {
    const { slope, bend } = slopeAndBend(examples, weights, l2)
    solve(bend, slope).forEach((step, i) => {
      weights[i] = (weights[i] as number) - step
    })
  }
  return weights
}

/** First and second derivatives of the mean loss at `weights`. */
function slopeAndBend(examples: readonly Example[], weights: readonly number[], l2: number): { slope: number[]; bend: number[][] } {
  const total = examples.reduce((sum, e) => sum + (e.weight ?? 1), 0)
  // So little on the diagonal that no figure moves, enough for a feature that never varies.
  const shrink = (i: number) => (i === 0 ? 0 : l2)
  const slope = weights.map((w, i) => shrink(i) * w)
  const bend = weights.map((_, i) => weights.map((_, j) => (i === j ? shrink(i) + 1e-9 : 0)))
  for (const { features, label, weight = 1 } of examples) addExample(slope, bend, features, probability(weights, features), label, weight / total)
  return { slope, bend }
}

function addExample(slope: number[], bend: number[][], x: readonly number[], p: number, label: boolean, weight: number): void {
  const [error, curve] = [weight * (p - (label ? 1 : 0)), weight * p * (1 - p)]
  x.forEach((xi, i) => {
    slope[i] = (slope[i] as number) + error * xi
    const row = bend[i] as number[]
    for (let j = 0; j < x.length; j++) row[j] = (row[j] as number) + curve * xi * (x[j] as number)
  })
}

/** Solves a small symmetric system that is positive definite: elimination without pivoting, then back. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number])
  rows.forEach((pivot, i) => {
    for (const row of rows.slice(i + 1)) subtract(row, pivot, (row[i] as number) / (pivot[i] as number))
  })
  const found = new Array<number>(rows.length).fill(0)
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i] as number[]
    const known = found.reduce((sum, value, j) => sum + value * (row[j] as number), 0)
    found[i] = ((row.at(-1) as number) - known) / (row[i] as number)
  }
  return found
}

function subtract(row: number[], pivot: readonly number[], times: number): void {
  pivot.forEach((value, j) => {
    row[j] = (row[j] as number) - times * value
  })
}

/** A score with what turned out to be so. */
export interface Scored {
  readonly score: number
  readonly label: boolean
}

/**
 * @returns the area under the ROC curve: how often a positive scores above a negative; ties count half. NaN without one of each.
 * Counted by ranks (Mann and Whitney 1947), ties sharing their mean rank: as sure as comparing all pairs, and fast enough to resample.
 */
export function auroc(scored: readonly Scored[]): number {
  const sorted = [...scored].sort((a, b) => a.score - b.score)
  let [positives, rankSum] = [0, 0]
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    let labels = 0
    for (; to < sorted.length && sorted[to]?.score === sorted[from]?.score; to++) labels += sorted[to]?.label ? 1 : 0
    positives += labels
    rankSum += (labels * (from + 1 + to)) / 2
  }
  const pairs = positives * (scored.length - positives)
  return pairs === 0 ? Number.NaN : (rankSum - (positives * (positives + 1)) / 2) / pairs
}
