import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { FEATURES } from '../../retrieval/corpus/features.ts'
import { Random } from '../../retrieval/model/random.ts'
import { crossFitted, someOf } from '../../retrieval/rerank/fit.ts'
import { shippedTrees, treesFile } from '../../retrieval/rerank/shipped.ts'
import { growTrees, type Ranking, type Tree, TreeScorer, type TreeSettings } from '../../retrieval/rerank/trees.ts'

const SETTINGS: TreeSettings = { trees: 40, leaves: 8, rate: 0.2, l2: 1, leastRows: 5, features: 1, questions: 1, lambda: 1, seed: 3 }
const WIDTH = 3
const ROWS = 20

/** Questions whose right row is the one that is high in the first column or low in the second, beside noise. */
function ranking(questions: number, seed: number): Ranking {
  const random = new Random(seed)
  const features = Float32Array.from({ length: questions * ROWS * WIDTH }, () => random.next())
  const labels = new Uint8Array(questions * ROWS)
  for (let q = 0; q < questions; q++) {
    const right = q * ROWS + random.integer(0, ROWS - 1)
    labels[right] = 1
    features[right * WIDTH + (q % 2)] = q % 2 === 0 ? 1 + random.next() : -random.next()
  }
  return { width: WIDTH, features, labels, groups: Uint32Array.from({ length: questions + 1 }, (_, q) => q * ROWS) }
}

/** Share of the questions whose right row comes first. */
function firsts({ features, labels, groups, width }: Ranking, trees: readonly Tree[]): number {
  const scorer = new TreeScorer(trees)
  let right = 0
  for (let q = 0; q + 1 < groups.length; q++) {
    const rows = Array.from({ length: (groups[q + 1] as number) - (groups[q] as number) }, (_, i) => (groups[q] as number) + i)
    const best = rows.reduce((a, b) => (scorer.score(features, b * width) > scorer.score(features, a * width) ? b : a))
    right += labels[best] as number
  }
  return right / (groups.length - 1)
}

const [known, unseen] = [ranking(120, 1), ranking(60, 2)]

describe('trees', () => {
  it.each([0, 0.5, 1])('put the right row of questions that they have not seen first, with %s of the gradient from ranks', (lambda) => {
    const trees = growTrees(known, { ...SETTINGS, lambda })
    expect(firsts(unseen, [])).toBeLessThan(0.2)
    expect(firsts(unseen, trees)).toBeGreaterThan(0.9)
  })

  it('are the same for the same seed, and others for another', () => {
    const some = { ...SETTINGS, features: 0.7, questions: 0.7, trees: 5 }
    expect(growTrees(known, some)).toEqual(growTrees(known, some))
    expect(growTrees(known, { ...some, seed: 4 })).not.toEqual(growTrees(known, some))
  })

  it('have no more leaves than they may, and none with too few rows', () => {
    const leaves = growTrees(known, { ...SETTINGS, leaves: 4 }).map(({ left }) => left.filter((child) => child === 0).length)
    expect(Math.max(...leaves)).toBe(4)
    expect(growTrees(known, { ...SETTINGS, trees: 1, leastRows: 120 * ROWS })[0]?.left).toEqual([0])
  })

  it('keep enough rows on either side of every question that they ask', () => {
    const [tree] = growTrees(known, { ...SETTINGS, trees: 1, leastRows: 200 })
    if (!tree) throw new Error('no tree')
    const rows = new Array<number>(tree.left.length).fill(0)
    for (let row = 0; row < known.labels.length; row++) {
      let node = 0
      for (let left = tree.left[0] ?? 0; left > 0; left = tree.left[node] ?? 0)
        node = (known.features[row * WIDTH + (tree.feature[node] ?? 0)] ?? 0) <= Math.fround(tree.threshold[node] ?? 0) ? left : left + 1
      rows[node] = (rows[node] ?? 0) + 1
    }
    const leaves = rows.filter((_, node) => tree.left[node] === 0)
    expect(leaves.length).toBeGreaterThan(2)
    expect(Math.min(...leaves)).toBeGreaterThanOrEqual(200)
  })

  it('stay a single leaf where nothing tells right from wrong', () => {
    const flat = { ...known, features: new Float32Array(known.features.length).fill(0.5) }
    expect(growTrees(flat, { ...SETTINGS, trees: 3 }).map(({ left }) => left)).toEqual([[0], [0], [0]])
  })

  it('hear how far they are', () => {
    const steps: number[] = []
    growTrees(known, { ...SETTINGS, trees: 3 }, (done) => steps.push(done))
    expect(steps).toEqual([1, 2, 3])
  })
})

describe('cross-fitting', () => {
  it('fits each fold on the other folds alone: labels of its own change nothing', () => {
    const folds = Array.from({ length: 120 }, (_, q) => q % 3)
    const labels = known.labels.slice()
    for (let q = 0; q < 120; q += 3) labels.fill(0, q * ROWS, (q + 1) * ROWS)
    const few = { ...SETTINGS, trees: 4 }
    const [whole, changed] = [crossFitted(known, folds, () => {}, few), crossFitted({ ...known, labels }, folds, () => {}, few)]
    expect(changed.get(0)).toEqual(whole.get(0))
    expect(changed.get(1)).not.toEqual(whole.get(1))
  })

  it('takes the rows of some questions as they are', () => {
    const some = someOf(known, [2, 5])
    expect(some.groups).toEqual(Uint32Array.from([0, ROWS, 2 * ROWS]))
    expect(some.features.subarray(ROWS * WIDTH)).toEqual(known.features.subarray(5 * ROWS * WIDTH, 6 * ROWS * WIDTH))
    expect(some.labels.subarray(0, ROWS)).toEqual(known.labels.subarray(2 * ROWS, 3 * ROWS))
  })
})

describe('a file of trees', () => {
  const root = mkdtempSync(join(tmpdir(), 'antam-trees-'))
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  const file = join(root, 'trees.json')

  it('gives back trees that score the same to seven digits', () => {
    const trees = growTrees(known, { ...SETTINGS, trees: 5 })
    writeFileSync(file, treesFile(trees, 120))
    const [read, made] = [new TreeScorer(shippedTrees(file)), new TreeScorer(trees)]
    for (let row = 0; row < 200; row++) expect(read.score(known.features, row * WIDTH)).toBeCloseTo(made.score(known.features, row * WIDTH), 5)
  })

  it('is refused when it was fitted on other features', () => {
    writeFileSync(file, treesFile([], 1).replace(FEATURES[0] as string, 'khác'))
    expect(() => shippedTrees(file)).toThrow('chạy lại npm run fit:ranking')
  })

  it('ships, and its trees ask about the features that there are', () => {
    for (const { feature, left, threshold, value } of shippedTrees()) {
      expect(Math.max(...feature)).toBeLessThan(FEATURES.length)
      expect(new Set([feature.length, left.length, threshold.length, value.length]).size).toBe(1)
      left.forEach((child, node) => {
        if (child > 0) expect(child).toBeGreaterThan(node)
      })
    }
  })
})
