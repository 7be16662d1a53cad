/**
 * How likely it is that the first source answers the question: a logistic regression over the evidence of one search, and a rising curve from
 * its score to how often such a score turned out right. Both are data (confidence.json), fitted by `npm run fit` on the development half of
 * the evaluation set; the curve on scores of weights that were fitted without the question.
 */
import fitted from './confidence.json' with { type: 'json' }
import { type Knot, readCurve } from './isotonic.ts'
import { logit } from './logistic.ts'

/** The evidence of a candidate that confidence reads. */
export interface Evidence {
  readonly kind: string
  readonly score: number
  readonly lexical: number
  readonly cosine: number
  /** What the shelf's own entries are sorted by, a log-odds; others have none. */
  readonly order?: number
}

export const FEATURES = ['bias', 'lexical', 'cosine', 'margin', 'outside', 'agreement', 'ahead', 'crowd', 'said', 'words', 'lead', 'beyond'] as const

/**
 * From which probability on a question is answered, and from which it is asked back which matter is meant. Set by `npm run fit` on development
 * questions judged by weights that were fitted without them.
 */
export const THRESHOLDS: { readonly answer: number; readonly ask: number } = fitted.thresholds

const CURVE = fitted.curve as unknown as readonly Knot[]

/** Which way each piece of evidence speaks: whatever else is known, a nearer matter outside never makes an answer surer. 0: either way. */
export const DIRECTION: Readonly<Record<(typeof FEATURES)[number], 1 | -1 | 0>> = {
  ...{ bias: 0, lexical: 1, cosine: 1, margin: 1, agreement: 1, ahead: 1, lead: 1, beyond: 1 },
  ...{ outside: -1, crowd: -1, said: -1, words: -1 },
}

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
    leadOf(top, inside[1]),
    outside ? leadOf(top, outside) : FAR,
  ]
}

/** How much likelier the order holds one candidate than another, as log-odds between plus and minus {@link FAR}; without another: as much as it can say. */
function leadOf(first: Evidence, second: Evidence | undefined): number {
  if (first.order === undefined) return 0
  return Math.max(-FAR, Math.min(FAR, first.order - (second?.order ?? Number.NEGATIVE_INFINITY)))
}
const FAR = 4

/** @returns a probability in 0…1; 0 when nothing on the shelf has any evidence, where the bias alone would speak. */
export function confidence(found: readonly Evidence[], said = false, odds = 0): number {
  const top = found.find(onShelf)
  if (!top || (top.lexical <= 0 && top.cosine <= 0)) return 0
  return readCurve(CURVE, logit(fitted.weights, features(found, said, odds)))
}
