/** Fits confidence: weights, the curve that makes a probability of their score, and the thresholds of answering and of asking back. */
import { DIRECTION, FEATURES } from '../../retrieval/confidence.ts'
import { calibrationError, reliability } from '../../retrieval/evaluate/calibration.ts'
import { reliabilityTable } from '../../retrieval/evaluate/diagram.ts'
import { fitIsotonic, type Knot, readCurve } from '../../retrieval/isotonic.ts'
import { auroc, type Example, fitLogisticFully, logit } from '../../retrieval/logistic.ts'
import type { ConfidenceExample, DevConfidence } from './fit-examples.ts'
import { acrossFolds } from './fit-folds.ts'

/** Found by cross-fitting: ten times more and the features that go together are shrunk to nothing. */
const L2 = 1e-4
/** One question more at either end that came out against expectation. */
const DOUBT = 1
/**
 * An answer where there is none to give misleads: it weighs as much as one and a half questions left unanswered. To be asked back without need weighs a quarter
 * of one: between the two thresholds a person is offered what may be meant.
 */
const WRONG_COSTS = { answer: 1.5, ask: 0.25 } as const

/** What is written to retrieval/confidence.json. */
export interface FittedConfidence {
  readonly weights: readonly number[]
  readonly curve: readonly Knot[]
  readonly thresholds: { readonly answer: number; readonly ask: number }
}

/** A development question by its probability from a fit that has not seen it. */
export interface Judged {
  readonly probability: number
  readonly answerable: boolean
  readonly weight: number
}

/** What an answer is worth whose first source is not right but one shown beside it is. */
const SHOWN_WORTH = 0.7

/** @returns weights for how far an answer is right: the first source wholly, one beside it in part. What means how much is the curve's to say. */
function gradedWeights(examples: readonly ConfidenceExample[]): number[] {
  const halves = examples.flatMap(({ features, label, shown, weight = 1 }) => {
    const worth = label ? 1 : shown ? SHOWN_WORTH : 0
    const parts = [
      { features, label: true, weight: weight * worth },
      { features, label: false, weight: weight * (1 - worth) },
    ]
    return parts.filter((part) => part.weight > 0)
  })
  return weightsOf(halves)
}

/** @returns weights that all speak in their direction: features that go together may get one of the wrong sign, which is then left out. */
export function weightsOf(examples: readonly Example[]): number[] {
  const weights = fitLogisticFully(examples, L2)
  const wrong = weights.map((w, i) => w * DIRECTION[FEATURES[i] as (typeof FEATURES)[number]] < 0)
  if (!wrong.includes(true)) return weights
  return weightsOf(examples.map((e) => ({ ...e, features: e.features.map((x, i) => (wrong[i] ? 0 : x)) })))
}

/** @returns what confidence is made of, and lines about it for whoever fits. Throws RangeError without development questions. */
export function fitConfidence(own: readonly ConfidenceExample[], dev: readonly DevConfidence[]): { fitted: FittedConfidence; report: string[] } {
  if (dev.length === 0) throw new RangeError('Không có câu hỏi phát triển nào để khớp độ tin cậy')
  const weights = gradedWeights([...own, ...dev])
  const scores = acrossFolds(dev, (seen) => {
    const without = gradedWeights([...own, ...seen])
    return (e) => logit(without, e.features)
  })
  const scored = dev.map((e, i) => ({ ...e, score: scores[i] as number }))
  const judged = acrossFolds(scored, (seen) => {
    const curve = curveOf(seen)
    return (e) => ({ ...e, probability: readCurve(curve, e.score) })
  })
  const thresholds = { answer: cheapest(judged, WRONG_COSTS.answer), ask: cheapest(judged, WRONG_COSTS.ask) }
  const fitted = { weights: weights.map(rounded), curve: curveOf(scored).map(([at, p]): Knot => [rounded(at), rounded(p)]), thresholds }
  return { fitted, report: reportOn(own.length, judged, fitted) }
}

/** A question counts once over all its ways of being typed. */
function curveOf(scored: readonly (DevConfidence & { score: number })[]): Knot[] {
  const ways = new Map<number, number>()
  for (const { question } of scored) ways.set(question, (ways.get(question) ?? 0) + 1)
  return fitIsotonic(
    scored.map((e) => ({ score: e.score, label: e.label, weight: 1 / (ways.get(e.question) as number) })),
    DOUBT,
  )
}

/**
 * @param wrongCosts how many answerable questions left unanswered weigh as much as one answered that has no answer here.
 * @returns the threshold that costs least, in the middle of where nothing changes.
 */
export function cheapest(judged: readonly Judged[], wrongCosts: number): number {
  const cuts = [0, ...new Set(judged.map((j) => j.probability)), 1].sort((a, b) => a - b)
  const middles = cuts.slice(1).map((cut, i) => (cut + (cuts[i] as number)) / 2)
  const cost = (t: number) => judged.reduce((sum, j) => sum + j.weight * costOf(j, t, wrongCosts), 0)
  const costs = middles.map(cost)
  return rounded(middles[costs.indexOf(Math.min(...costs))] as number)
}

function costOf({ probability, answerable }: Judged, threshold: number, wrongCosts: number): number {
  if (answerable) return probability < threshold ? 1 : 0
  return probability >= threshold ? wrongCosts : 0
}

function rounded(value: number): number {
  return Number(value.toFixed(4))
}

function reportOn(
  own: number,
  judged: readonly (DevConfidence & Judged & { score: number })[],
  { weights, curve, thresholds }: FittedConfidence,
): string[] {
  const raw = judged.map((j) => ({ score: 1 / (1 + Math.exp(-j.score)), label: j.label }))
  const curved = judged.map((j) => ({ score: j.probability, label: j.label }))
  const share = (answerable: boolean, keep: (p: number) => boolean) => {
    const of = judged.filter((j) => j.answerable === answerable)
    return (of.filter((j) => keep(j.probability)).length / Math.max(1, of.length)).toFixed(3)
  }
  return [
    `tin cậy: ${own + judged.length} ví dụ; nửa phát triển chấm chéo: AUROC ${auroc(curved).toFixed(3)}, sai số hiệu chỉnh ${calibrationError(raw).toFixed(3)} (logistic) ${calibrationError(curved).toFixed(3)} (sau đường hiệu chỉnh ${curve.length} điểm)`,
    `  trọng số ${weights.join(' ')}`,
    `  trả lời từ ${thresholds.answer}: trả lời ${share(true, (p) => p >= thresholds.answer)} câu trong phạm vi, giữ im ${share(false, (p) => p < thresholds.answer)} câu ngoài phạm vi; hỏi lại từ ${thresholds.ask}`,
    ...reliabilityTable(reliability(curved)).map((line) => `  ${line}`),
  ]
}
