/** The best few of many. */

/** A document and its score. */
export interface Best {
  readonly doc: number
  readonly score: number
}

/** @returns the `limit` documents with the highest scores, best first; of equals the one that came first. */
export function topOf(docs: Uint32Array, scores: Float32Array, limit: number): Best[] {
  const top: Best[] = []
  let floor = Number.NEGATIVE_INFINITY
  for (let i = 0; i < docs.length; i++) {
    const score = scores[i] as number
    if (score <= floor) continue
    insert(top, { doc: docs[i] as number, score })
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
