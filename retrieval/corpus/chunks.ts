/** Long articles are cut into overlapping windows for the vectors, and every window's vector is kept small for scoring candidates. */
import type { Tokens } from '../lexical/forward.ts'
import { quantise } from '../model/onnx.ts'

const LENGTH = 110
const STRIDE = 80
/** What is left behind a window must be so long to get one of its own. */
const LEAST = 30
/** An article of 2 MB would otherwise have thousands. */
const MOST = 40
const TITLE = 20

/** @returns how many windows a body of `length` syllables has: at least one. */
export function windowsOf(length: number): number {
  return Math.min(MOST, 1 + Math.max(0, Math.ceil((length - LEAST) / STRIDE) - 1))
}

/** @returns the syllables that stand for window `i` of an article: its heading, the beginning of its document's title, the window. */
export function windowTokens(heading: Tokens, title: Tokens, body: Tokens, i: number): Tokens {
  return joined([heading, title.subarray(0, TITLE), body.subarray(i * STRIDE, i * STRIDE + LENGTH)])
}

/** @returns one after another. */
export function joined(parts: readonly Tokens[]): Tokens {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Vectors of windows in 8 bits with a scale a row; window n of article d is row `starts[d] + n`. */
export class WindowVectors {
  constructor(
    readonly dimension: number,
    readonly starts: Uint32Array,
    readonly rows: Int8Array,
    readonly scales: Float32Array,
  ) {}

  /** Makes room for as many windows as articles with bodies of these lengths have. */
  static empty(dimension: number, lengths: readonly number[]): WindowVectors {
    const starts = WindowVectors.starts(lengths)
    const count = starts[lengths.length] as number
    return new WindowVectors(dimension, starts, new Int8Array(count * dimension), new Float32Array(count))
  }

  /** @returns the first row of each article with a body of so many syllables; one more at the end. */
  static starts(lengths: readonly number[]): Uint32Array {
    const starts = new Uint32Array(lengths.length + 1)
    lengths.forEach((length, d) => {
      starts[d + 1] = (starts[d] as number) + windowsOf(length)
    })
    return starts
  }

  /** How many windows. */
  get count(): number {
    return this.scales.length
  }

  /** Keeps the unit vector of a row. */
  set(row: number, vector: Float32Array): void {
    const { rows, scales } = quantise(vector, this.dimension)
    this.rows.set(rows, row * this.dimension)
    this.scales[row] = scales[0] as number
  }

  /** @returns the cosine of a unit vector with the nearest window of an article, to two digits or better. */
  cosine(vector: Float32Array, article: number): number {
    let best = 0
    for (let row = this.starts[article] as number; row < (this.starts[article + 1] as number); row++) {
      const from = row * this.dimension
      let sum = 0
      for (let x = 0; x < this.dimension; x++) sum += (vector[x] as number) * (this.rows[from + x] as number)
      best = Math.max(best, sum * (this.scales[row] as number))
    }
    return best
  }

  /** @returns the article of each row. */
  owners(): Uint32Array {
    const owners = new Uint32Array(this.count)
    for (let d = 0; d + 1 < this.starts.length; d++) owners.fill(d, this.starts[d], this.starts[d + 1])
    return owners
  }
}
