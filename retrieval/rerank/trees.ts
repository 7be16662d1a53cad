/**
 * Gradient-boosted trees, small and plain (Friedman 2001, "Greedy function approximation: a gradient boosting machine"), grown leaf by leaf
 * over binned features with second-order gains (Chen & Guestrin 2016, "XGBoost"), to order candidates: LambdaRank gradients
 * (Burges 2010, "From RankNet to LambdaRank to LambdaMART") mixed with those of a plain logistic loss.
 */

import { Random } from '../model/random.ts'

/** One tree: node n asks whether `feature[n]` ≤ `threshold[n]`, left child `left[n]`, right `left[n] + 1`; a leaf has left 0 and gives `value[n]`. */
export interface Tree {
  readonly feature: readonly number[]
  readonly threshold: readonly number[]
  readonly left: readonly number[]
  readonly value: readonly number[]
}

/** Rows of one question after another; `groups[g]` is where those of question g begin, one more at the end. */
export interface Ranking {
  readonly width: number
  /** rows × width */
  readonly features: Float32Array
  /** 1 for a row that answers its question. */
  readonly labels: Uint8Array
  readonly groups: Uint32Array
}

export interface TreeSettings {
  readonly trees: number
  readonly leaves: number
  readonly rate: number
  readonly l2: number
  readonly leastRows: number
  /** Share of the features that each tree may use, and of the questions it sees. */
  readonly features: number
  readonly questions: number
  /** Share of the LambdaRank gradient; the rest is logistic. */
  readonly lambda: number
  readonly seed: number
}

const BINS = 64

/** Many trees laid end to end in flat arrays: a question asks them tens of thousands of times. */
export class TreeScorer {
  readonly #roots: Uint32Array
  readonly #feature: Uint16Array
  readonly #threshold: Float32Array
  readonly #left: Uint32Array
  readonly #value: Float64Array

  constructor(trees: readonly Tree[]) {
    let nodes = 0
    this.#roots = Uint32Array.from(trees, ({ left }) => {
      nodes += left.length
      return nodes - left.length
    })
    this.#feature = Uint16Array.from(trees.flatMap(({ feature }) => feature))
    this.#threshold = Float32Array.from(trees.flatMap(({ threshold }) => threshold))
    this.#left = Uint32Array.from(trees.flatMap(({ left }, t) => left.map((child) => (child === 0 ? 0 : (this.#roots[t] as number) + child))))
    this.#value = Float64Array.from(trees.flatMap(({ value }) => value))
  }

  /** @returns the sum of what every tree gives for the row of `features` that begins at `at`. */
  score(features: Float32Array, at: number): number {
    let sum = 0
    for (const root of this.#roots) {
      let node = root
      for (let left = this.#left[node] as number; left > 0; left = this.#left[node] as number)
        node = (features[at + (this.#feature[node] as number)] as number) <= (this.#threshold[node] as number) ? left : left + 1
      sum += this.#value[node] as number
    }
    return sum
  }
}

/** @returns trees fitted to put the rows with label 1 first within their groups; the same for the same settings. `step` hears how many are done. */
export function growTrees(ranking: Ranking, settings: TreeSettings, step: (done: number) => void = () => {}): Tree[] {
  const grower = new Grower(ranking, settings)
  return Array.from({ length: settings.trees }, (_, i) => {
    const tree = grower.grow()
    step(i + 1)
    return tree
  })
}

interface Split {
  readonly gain: number
  readonly feature: number
  readonly bin: number
}

interface Leaf {
  readonly node: number
  readonly from: number
  readonly to: number
  /** Gradient, curvature and count of each bin of each feature: width × BINS × 3. */
  readonly histogram: Float64Array
  readonly split: Split
}

class Grower {
  readonly #ranking: Ranking
  readonly #settings: TreeSettings
  readonly #rows: number
  readonly #edges: readonly Float32Array[]
  /** Bin of each row, feature by feature. */
  readonly #bins: Uint8Array
  readonly #scores: Float64Array
  readonly #gradient: Float64Array
  readonly #curvature: Float64Array
  readonly #random: Random
  /** Rows of the leaves, leaf after leaf. */
  #order = new Uint32Array(0)
  #used: readonly number[] = []

  constructor(ranking: Ranking, settings: TreeSettings) {
    this.#ranking = ranking
    this.#settings = settings
    this.#rows = ranking.labels.length
    this.#edges = Array.from({ length: ranking.width }, (_, f) => edgesOf(ranking, f))
    this.#bins = binned(ranking, this.#edges)
    this.#scores = new Float64Array(this.#rows)
    this.#gradient = new Float64Array(this.#rows)
    this.#curvature = new Float64Array(this.#rows)
    this.#random = new Random(settings.seed)
  }

  grow(): Tree {
    const chosen = this.#gradients()
    this.#order = Uint32Array.from(chosen)
    this.#used = this.#someFeatures()
    const tree = { feature: [0], threshold: [0], bin: [0], left: [0], value: [0] }
    const leaves: Leaf[] = [this.#leaf(0, 0, this.#order.length)]
    for (let grown = 1; grown < this.#settings.leaves; grown++) {
      const at = bestLeaf(leaves)
      if (at < 0) break
      const leaf = leaves[at] as Leaf
      leaves.splice(at, 1, ...this.#divide(leaf, tree))
    }
    for (const leaf of leaves) tree.value[leaf.node] = this.#value(leaf)
    this.#add(tree)
    return { feature: tree.feature, threshold: tree.threshold, left: tree.left, value: tree.value }
  }

  #value({ from, to }: Leaf): number {
    let [g, h] = [0, 0]
    for (let i = from; i < to; i++) {
      const row = this.#order[i] as number
      g += this.#gradient[row] as number
      h += this.#curvature[row] as number
    }
    return (-this.#settings.rate * g) / (h + this.#settings.l2)
  }

  #someFeatures(): number[] {
    const all = Array.from({ length: this.#ranking.width }, (_, f) => f)
    const some = all.filter(() => this.#random.next() < this.#settings.features)
    return some.length > 0 ? some : all
  }

  /** Fills the gradients of this round. @returns the rows of the questions that this tree sees. */
  #gradients(): number[] {
    const { groups, labels } = this.#ranking
    const { lambda, questions } = this.#settings
    const chosen: number[] = []
    for (let g = 0; g + 1 < groups.length; g++) {
      if (this.#random.next() >= questions) continue
      const [from, to] = [groups[g] as number, groups[g + 1] as number]
      for (let row = from; row < to; row++) {
        const p = 1 / (1 + Math.exp(-(this.#scores[row] as number)))
        this.#gradient[row] = (1 - lambda) * (p - (labels[row] as number))
        this.#curvature[row] = (1 - lambda) * p * (1 - p)
        chosen.push(row)
      }
      if (lambda > 0) this.#rankGradients(from, to)
    }
    return chosen
  }

  /** Every pair of a right and a wrong row pulls by how much exchanging them would change the discounted gain. */
  #rankGradients(from: number, to: number): void {
    const { labels } = this.#ranking
    const order = Array.from({ length: to - from }, (_, i) => from + i).sort((a, b) => (this.#scores[b] as number) - (this.#scores[a] as number))
    const discount = order.map((_, i) => 1 / Math.log2(i + 2))
    const { lambda } = this.#settings
    order.forEach((good, i) => {
      if (labels[good] === 0) return
      order.forEach((bad, j) => {
        if (labels[bad] === 1) return
        const wrong = 1 / (1 + Math.exp((this.#scores[good] as number) - (this.#scores[bad] as number)))
        const change = lambda * Math.abs((discount[i] as number) - (discount[j] as number))
        this.#pull(good, -wrong * change, wrong * (1 - wrong) * change)
        this.#pull(bad, wrong * change, wrong * (1 - wrong) * change)
      })
    })
  }

  #pull(row: number, gradient: number, curvature: number): void {
    this.#gradient[row] = (this.#gradient[row] as number) + gradient
    this.#curvature[row] = (this.#curvature[row] as number) + curvature
  }

  #leaf(node: number, from: number, to: number, histogram = this.#count(from, to)): Leaf {
    return { node, from, to, histogram, split: this.#bestSplit(histogram, from, to) }
  }

  #count(from: number, to: number): Float64Array {
    const histogram = new Float64Array(this.#ranking.width * BINS * 3)
    for (const f of this.#used) {
      const base = f * this.#rows
      for (let i = from; i < to; i++) {
        const row = this.#order[i] as number
        const at = (f * BINS + (this.#bins[base + row] as number)) * 3
        histogram[at] = (histogram[at] as number) + (this.#gradient[row] as number)
        histogram[at + 1] = (histogram[at + 1] as number) + (this.#curvature[row] as number)
        histogram[at + 2] = (histogram[at + 2] as number) + 1
      }
    }
    return histogram
  }

  #bestSplit(histogram: Float64Array, from: number, to: number): Split {
    let best: Split = { gain: 0, feature: -1, bin: 0 }
    const [l2, least] = [this.#settings.l2, this.#settings.leastRows]
    for (const f of this.#used) {
      let [g, h] = [0, 0]
      const base = f * BINS * 3
      for (let b = 0; b < BINS; b++) {
        g += histogram[base + b * 3] as number
        h += histogram[base + b * 3 + 1] as number
      }
      const whole = (g * g) / (h + l2)
      let [lg, lh, ln] = [0, 0, 0]
      for (let b = 0; b < BINS - 1; b++) {
        lg += histogram[base + b * 3] as number
        lh += histogram[base + b * 3 + 1] as number
        ln += histogram[base + b * 3 + 2] as number
        if (ln < least || to - from - ln < least) continue
        const gain = (lg * lg) / (lh + l2) + ((g - lg) * (g - lg)) / (h - lh + l2) - whole
        if (gain > best.gain) best = { gain, feature: f, bin: b }
      }
    }
    return best
  }

  /** Splits a leaf in two; the histogram of the larger child is what is left of the parent's. */
  #divide(leaf: Leaf, tree: GrowingTree): [Leaf, Leaf] {
    const { feature, bin } = leaf.split
    const middle = this.#part(leaf, feature * this.#rows, bin)
    const left = tree.left.length
    Object.assign(tree.feature, { [leaf.node]: feature })
    tree.bin[leaf.node] = bin
    tree.threshold[leaf.node] = this.#edges[feature]?.[bin] ?? Number.POSITIVE_INFINITY
    tree.left[leaf.node] = left
    for (const list of [tree.feature, tree.threshold, tree.bin, tree.left, tree.value]) list.push(0, 0)
    const smallIsLeft = middle - leaf.from <= leaf.to - middle
    const small = smallIsLeft ? this.#count(leaf.from, middle) : this.#count(middle, leaf.to)
    const large = leaf.histogram.map((value, i) => value - (small[i] as number))
    return [this.#leaf(left, leaf.from, middle, smallIsLeft ? small : large), this.#leaf(left + 1, middle, leaf.to, smallIsLeft ? large : small)]
  }

  /** Moves the rows of a leaf so that those up to `bin` come first. @returns where the others begin. */
  #part({ from, to }: Leaf, base: number, bin: number): number {
    const rows = this.#order.slice(from, to)
    let at = from
    for (const row of rows) if ((this.#bins[base + row] as number) <= bin) this.#order[at++] = row
    const middle = at
    for (const row of rows) if ((this.#bins[base + row] as number) > bin) this.#order[at++] = row
    return middle
  }

  #add(tree: GrowingTree): void {
    for (let row = 0; row < this.#rows; row++) {
      let node = 0
      for (let left = tree.left[0] as number; left > 0; left = tree.left[node] as number)
        node = (this.#bins[(tree.feature[node] as number) * this.#rows + row] as number) <= (tree.bin[node] as number) ? left : left + 1
      this.#scores[row] = (this.#scores[row] as number) + (tree.value[node] as number)
    }
  }
}

interface GrowingTree {
  readonly feature: number[]
  readonly threshold: number[]
  readonly bin: number[]
  readonly left: number[]
  readonly value: number[]
}

function bestLeaf(leaves: readonly Leaf[]): number {
  let best = -1
  leaves.forEach(({ split }, i) => {
    if (split.feature >= 0 && split.gain > (leaves[best]?.split.gain ?? 0)) best = i
  })
  return best
}

/** @returns up to 63 values of a feature at equal shares of the rows, rising. */
function edgesOf({ features, width, labels }: Ranking, f: number): Float32Array {
  const values = Float32Array.from(labels, (_, row) => features[row * width + f] as number).sort()
  const edges = new Set<number>()
  for (let b = 1; b < BINS; b++) edges.add(values[Math.floor((b * values.length) / BINS)] ?? 0)
  return Float32Array.from(edges).sort()
}

function binned({ features, width, labels }: Ranking, edges: readonly Float32Array[]): Uint8Array {
  const bins = new Uint8Array(labels.length * width)
  for (let f = 0; f < width; f++) {
    const at = edges[f] as Float32Array
    for (let row = 0; row < labels.length; row++) {
      const value = features[row * width + f] as number
      let bin = 0
      while (bin < at.length && value > (at[bin] as number)) bin++
      bins[f * labels.length + row] = bin
    }
  }
  return bins
}
