/**
 * How likely it is that the first source answers the question: a logistic regression over the evidence of one search,
 * fitted by `npm run fit` on the development half of the evaluation set (weights in confidence.json).
 */
import fitted from './confidence.json' with { type: 'json' }
import { probability } from './logistic.ts'

/** The evidence of a candidate that confidence reads. */
export interface Evidence {
  readonly kind: string
  readonly score: number
  readonly lexical: number
  readonly cosine: number
}

export const FEATURES = ['bias', 'lexical', 'cosine', 'margin', 'outside', 'agreement', 'ahead', 'crowd', 'said', 'words'] as const

/**
 * From which probability on: a question is answered, answered although its words name a matter outside the shelf, asked back which matter is
 * meant. Set by `npm run fit` on development questions judged by weights that were fitted without them.
 */
export const THRESHOLDS: { readonly answer: number; readonly said: number; readonly ask: number } = fitted.thresholds

const onShelf = (f: Evidence) => f.kind === 'provision' || f.kind === 'guide'
const isField = (f: Evidence) => f.kind === 'field'
/** Among so many of our own entries the fields are counted. */
const NEAREST = 8

/**
 * @param said whether the words name a matter outside the shelf.
 * @param odds how much likelier the words are of a matter outside the shelf than of one on it.
 * @returns the features of a ranked list in the order of {@link FEATURES}; all 0 but the bias when nothing on the shelf was found.
 */
export function features(found: readonly Evidence[], said = false, odds = 0): number[] {
  const inside = found.filter(onShelf)
  const top = inside[0]
  if (!top) return FEATURES.map((name) => (name === 'bias' ? 1 : 0))
  const outside = found.find(isField)
  const bestCosine = Math.max(...inside.map((f) => f.cosine))
  const fieldCosine = Math.max(0, ...found.filter(isField).map((f) => f.cosine))
  const own = found.filter((f) => f.kind !== 'distractor').slice(0, NEAREST)
  return [
    1,
    top.lexical,
    top.cosine,
    top.score - (inside[1]?.score ?? 0),
    (outside?.score ?? 0) / Math.max(1e-9, top.score),
    top.cosine === bestCosine ? 1 : 0,
    4 * (bestCosine - fieldCosine),
    own.filter(isField).length / NEAREST,
    said ? 1 : 0,
    odds,
  ]
}

/** @returns a probability in 0…1; 0 when nothing on the shelf has any evidence, where the bias alone would speak. */
export function confidence(found: readonly Evidence[], said = false, odds = 0): number {
  const top = found.find(onShelf)
  if (!top || (top.lexical <= 0 && top.cosine <= 0)) return 0
  return probability(fitted.weights, features(found, said, odds))
}
