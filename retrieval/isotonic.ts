/** A rising curve from scores to probabilities, as data: what a judge's score turned out to mean. */

/** One question: its score, whether it came true, how much it counts. */
export interface Weighed {
  readonly score: number
  readonly label: boolean
  readonly weight: number
}

/** A point of the curve; between two of them it is a straight line, beyond the last ones it stays. */
export type Knot = readonly [score: number, probability: number]

interface Block {
  readonly score: number
  readonly right: number
  readonly weight: number
}

const probabilityOf = (block: Block) => block.right / block.weight

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955): the rising curve that lies nearest to what came true, by least squares.
 *
 * @param doubt how much one question more counts at either end that came out against expectation: no finite number of questions makes a 0 or a 1.
 * @returns the curve's knots, rising in both numbers; none of no questions.
 */
export function fitIsotonic(questions: readonly Weighed[], doubt = 0): Knot[] {
  const scores = questions.map((q) => q.score).sort((a, b) => a - b)
  const [first, last] = [scores[0], scores.at(-1)]
  if (first === undefined || last === undefined) return []
  const ends = doubt > 0 ? [against(first, true, doubt), against(last, false, doubt)] : []
  return tied([...questions, ...ends])
    .reduce<Block[]>(pool, [])
    .map((block) => [block.score, probabilityOf(block)])
}

const against = (score: number, label: boolean, weight: number): Weighed => ({ score, label, weight })

/** One block for each score, lowest first: of equal scores none comes before the other. */
function tied(questions: readonly Weighed[]): Block[] {
  const blocks = new Map<number, Block>()
  for (const { score, label, weight } of questions) {
    const block = { score, right: label ? weight : 0, weight }
    const there = blocks.get(score)
    blocks.set(score, there ? { ...block, right: there.right + block.right, weight: there.weight + weight } : block)
  }
  return [...blocks.values()].sort((a, b) => a.score - b.score)
}

/** Adds the next block; while it is not higher than the one before, the two become one. */
function pool(blocks: Block[], next: Block): Block[] {
  let block = next
  for (let before = blocks.at(-1); before && probabilityOf(before) >= probabilityOf(block); before = blocks.at(-1)) {
    blocks.pop()
    block = joined(before, block)
  }
  blocks.push(block)
  return blocks
}

function joined(a: Block, b: Block): Block {
  const weight = a.weight + b.weight
  return { score: (a.score * a.weight + b.score * b.weight) / weight, right: a.right + b.right, weight }
}

/** @returns the probability that the curve gives a score. Throws RangeError without a knot. */
export function readCurve(knots: readonly Knot[], score: number): number {
  const above = knots.findIndex(([at]) => at >= score)
  const [low, high] = [knots[above < 0 ? knots.length - 1 : Math.max(0, above - 1)], knots[above]]
  if (!low) throw new RangeError('đường hiệu chỉnh không có điểm nào: chạy lại npm run fit')
  if (!high || high[0] === low[0]) return (high ?? low)[1]
  // Just below a knot, rounding must not lift the line over it.
  return Math.min(high[1], low[1] + ((high[1] - low[1]) * (score - low[0])) / (high[0] - low[0]))
}
