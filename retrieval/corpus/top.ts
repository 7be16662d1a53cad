/** The best few of many. */

/** A document and its score. */
export interface Best {
  readonly doc: number
  readonly score: number
}

/** @returns the `limit` documents with the highest scores above 0, best first, of equals the first one. `scores[d]` is that of document d. */
export function topOf(scores: Float32Array, limit: number): Best[] {
  const top: Best[] = []
  let floor = 0
  for (let doc = 0; doc < scores.length; doc++) {
    const score = scores[doc] as number
    if (score <= floor) continue
    insert(top, { doc, score })
    if (top.length > limit) top.pop()
    if (top.length === limit) floor = (top[limit - 1] as Best).score
  }
  return top
}

function insert(top: Best[], item: Best): void {
  let at = top.length
  while (at > 0 && (top[at - 1] as Best).score < item.score) at--
  top.splice(at, 0, item)
}
