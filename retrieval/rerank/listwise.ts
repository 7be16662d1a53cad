/**
 * A linear order of candidates: the probability that a candidate is the one that answers is a softmax over the candidates of its question (McFadden 1974,
 * "Conditional logit analysis"; as a ranking loss Cao et al. 2007, "Learning to rank: from pairwise approach to listwise approach"), weights with a
 * penalty on their squares, fitted by Adam over the whole data.
 */
import type { Ranking } from './trees.ts'

export interface ListwiseSettings {
  /** Penalty on the squared weights of columns of unit variance. */
  readonly l2: number
  readonly rounds: number
  readonly rate: number
}

/** What is asked of a column's weight. */
export interface ColumnRules {
  /** False for a column that must weigh nothing. */
  readonly kept?: (column: number) => boolean
  /** True for a column whose weight must not fall below nothing: more of it can never speak against a candidate. */
  readonly rising?: (column: number) => boolean
}

export const LISTWISE: ListwiseSettings = { l2: 0.1, rounds: 200, rate: 0.05 }

/**
 * @returns a weight for each column of `ranking`, for rows as they stand; questions with no right row, or only right ones, are passed over.
 * A rule on a sign is kept by projecting after every step.
 */
export function fitListwise(ranking: Ranking, { kept = () => true, rising = () => false }: ColumnRules = {}, settings = LISTWISE): Float64Array {
  const spread = spreadOf(ranking)
  const weights = new Float64Array(ranking.width)
  const adam = new Adam(ranking.width, settings.rate)
  for (let round = 0; round < settings.rounds; round++) {
    const gradient = gradientOf(ranking, weights)
    for (let c = 0; c < ranking.width; c++) {
      // In units of the spread, so that the penalty and the step mean the same for every column.
      const deviation = spread[c] as number
      gradient[c] = kept(c) && deviation > 0 ? (gradient[c] as number) / deviation - settings.l2 * (weights[c] as number) * deviation : 0
    }
    adam.step(gradient, (c, change) => {
      const moved = (weights[c] as number) + change / ((spread[c] as number) || 1)
      weights[c] = rising(c) ? Math.max(0, moved) : moved
    })
  }
  return weights
}

/** @returns what the row of `features` that begins at `at` weighs. */
export function weigh(weights: ArrayLike<number>, features: Float32Array, at: number): number {
  let sum = 0
  for (let c = 0; c < weights.length; c++) sum += (weights[c] as number) * (features[at + c] as number)
  return sum
}

/** Standard deviation of each column. */
function spreadOf({ features, width }: Ranking): Float64Array {
  const [sum, squares] = [new Float64Array(width), new Float64Array(width)]
  features.forEach((value, i) => {
    sum[i % width] = (sum[i % width] as number) + value
    squares[i % width] = (squares[i % width] as number) + value * value
  })
  const rows = features.length / width
  return sum.map((all, c) => Math.sqrt(Math.max(0, (squares[c] as number) / rows - (all / rows) ** 2)))
}

/** Mean gradient, over the questions, of the log-probability that one of the right rows is chosen. */
function gradientOf(ranking: Ranking, weights: Float64Array): Float64Array {
  const gradient = new Float64Array(ranking.width)
  const questions = ranking.groups.length - 1
  for (let q = 0; q < questions; q++) addQuestion(ranking, weights, ranking.groups[q] as number, ranking.groups[q + 1] as number, gradient)
  return gradient.map((value) => value / Math.max(1, questions))
}

function addQuestion({ features, labels, width }: Ranking, weights: Float64Array, from: number, to: number, gradient: Float64Array): void {
  const right = labels.subarray(from, to)
  if (!right.includes(1) || !right.includes(0)) return
  const all = softmax(Float64Array.from(right, (_, i) => weigh(weights, features, (from + i) * width)))
  const share = all.reduce((sum, p, i) => sum + (right[i] === 1 ? p : 0), 0)
  all.forEach((p, i) => {
    const pull = (right[i] === 1 ? p / share : 0) - p
    for (let c = 0; c < width; c++) gradient[c] = (gradient[c] as number) + pull * (features[(from + i) * width + c] as number)
  })
}

function softmax(scores: Float64Array): Float64Array {
  const top = scores.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
  const raised = scores.map((score) => Math.exp(score - top))
  const sum = raised.reduce((all, one) => all + one, 0)
  return raised.map((one) => one / sum)
}

/** Steps by moving averages of the gradient and of its square (Kingma & Ba 2015, "Adam"), uphill. */
class Adam {
  readonly #mean: Float64Array
  readonly #square: Float64Array
  readonly #rate: number
  #steps = 0

  constructor(width: number, rate: number) {
    this.#mean = new Float64Array(width)
    this.#square = new Float64Array(width)
    this.#rate = rate
  }

  step(gradient: Float64Array, change: (column: number, by: number) => void): void {
    this.#steps++
    gradient.forEach((value, c) => {
      const mean = 0.9 * (this.#mean[c] as number) + 0.1 * value
      const square = 0.999 * (this.#square[c] as number) + 0.001 * value * value
      this.#mean[c] = mean
      this.#square[c] = square
      change(c, (this.#rate * (mean / (1 - 0.9 ** this.#steps))) / (Math.sqrt(square / (1 - 0.999 ** this.#steps)) + 1e-8))
    })
  }
}
