/** Logistic regression, small and plain: a handful of weights fitted by gradient descent with L2. */

/** One labelled example; `weight` is 1 unless told. */
export interface Example {
  readonly features: readonly number[]
  readonly label: boolean
  readonly weight?: number
}

/** @returns the probability of a positive for `features` under `weights`. Throws when their lengths differ: the weights were fitted on other features. */
export function probability(weights: readonly number[], features: readonly number[]): number {
  if (weights.length !== features.length) throw new RangeError(`${weights.length} trọng số cho ${features.length} đặc trưng: chạy lại npm run fit`)
  const sum = features.reduce((total, value, i) => total + value * (weights[i] as number), 0)
  return 1 / (1 + Math.exp(-sum))
}

/** @returns weights that fit `examples`; the first feature is taken as the bias and not shrunk. */
export function fitLogistic(examples: readonly Example[], l2 = 1e-3, rounds = 4000, rate = 0.5): number[] {
  const size = examples[0]?.features.length ?? 0
  const weights = new Array<number>(size).fill(0)
  const total = examples.reduce((sum, e) => sum + (e.weight ?? 1), 0)
  for (let round = 0; round < rounds; round++) {
    const gradient = new Array<number>(size).fill(0)
    for (const { features, label, weight = 1 } of examples) {
      const error = (probability(weights, features) - (label ? 1 : 0)) * weight
      for (let i = 0; i < size; i++) gradient[i] = (gradient[i] as number) + error * (features[i] as number)
    }
    for (let i = 0; i < size; i++) {
      const shrink = i === 0 ? 0 : l2 * (weights[i] as number)
      weights[i] = (weights[i] as number) - rate * ((gradient[i] as number) / total + shrink)
    }
  }
  return weights
}

/** @returns the area under the ROC curve: how often a positive scores above a negative; ties count half. */
export function auroc(scored: readonly { readonly score: number; readonly label: boolean }[]): number {
  const positives = scored.filter((s) => s.label)
  const negatives = scored.filter((s) => !s.label)
  let wins = 0
  for (const p of positives) for (const n of negatives) wins += p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0
  return wins / Math.max(1, positives.length * negatives.length)
}
