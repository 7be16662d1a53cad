/** Wishes that are not served: getting around the law, other people's data. Recognised by what the words are nearest to. */
import { probability } from '../../retrieval/logistic.ts'
import { outsideReply } from './outside.ts'
import weights from './refusal.json' with { type: 'json' }
import type { Found, Step } from './turn.ts'

/** Set on the development half, where it refuses every such wish and nobody else. */
const THRESHOLD = 0.4

/** Ends the turn with a kind refusal when the message is nearer to a wish we do not serve than to anything else. */
export const refuse: Step = (draft, tools) => {
  const wish = draft.found.find((f) => f.kind === 'refusal')
  const field = wish && tools.library.fields.get(wish.id)
  if (!field || probability(weights.weights, refusalFeatures(draft.found)) < THRESHOLD) return draft
  return outsideReply(field)
}

/** @returns the features that refusing is judged by: a bias, nearness to such wishes, how much nearer than all else by vectors and by the fused score. */
export function refusalFeatures(found: readonly Found[]): number[] {
  const best = (of: (f: Found) => number, items: readonly Found[]) => Math.max(0, ...items.map(of))
  const wishes = found.filter((f) => f.kind === 'refusal')
  const others = found.filter((f) => f.kind !== 'refusal')
  const cosine = best((f) => f.cosine, wishes)
  return [1, 4 * cosine, 4 * (cosine - best((f) => f.cosine, others)), 4 * (best((f) => f.score, wishes) - best((f) => f.score, others))]
}
