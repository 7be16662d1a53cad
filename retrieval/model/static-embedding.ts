/**
 * A static embedding: one vector a syllable or syllable pair; the vector of a text is the normalised sum of its tokens' vectors.
 * Trained with symmetric in-batch InfoNCE (van den Oord et al. 2018, "Representation Learning with Contrastive Predictive Coding")
 * and Adam (Kingma & Ba 2015) that touches only the rows seen in the batch.
 */
import { addScaled, dot, multiply, multiplyTransposed, transpose } from './matrix.ts'
import type { Random } from './random.ts'

/** A query and the text that it should find, as token ids; 0 is the unknown token and carries nothing. */
export interface Pair {
  readonly query: Int32Array
  readonly target: Int32Array
}

/** τ, Adam's step and its decay constants. */
export interface StepSettings {
  readonly temperature: number
  readonly learningRate: number
}

/** Small beside the steps of Adam, so that training moves rows quickly. */
const INITIAL_SCALE = 0.3
const BETA1 = 0.9
const BETA2 = 0.999
const EPSILON = 1e-8

interface Encoded {
  readonly unit: Float32Array
  readonly length: Float32Array
}

export class StaticEmbedding {
  readonly table: Float32Array
  readonly #m: Float32Array
  readonly #v: Float32Array
  readonly #gradient: Float32Array
  readonly #updates: Int32Array
  readonly #touched = new Set<number>()

  /** Starts as a random projection of tf-idf: `idf[token]` scales each Gaussian row. */
  constructor(
    readonly size: number,
    readonly dimension: number,
    idf: Float32Array,
    random: Random,
  ) {
    this.table = new Float32Array(size * dimension)
    for (let i = 1; i < size; i++) {
      const scale = (INITIAL_SCALE * (idf[i] as number)) / Math.sqrt(dimension)
      for (let x = 0; x < dimension; x++) this.table[i * dimension + x] = random.gaussian() * scale
    }
    this.#m = new Float32Array(size * dimension)
    this.#v = new Float32Array(size * dimension)
    this.#gradient = new Float32Array(size * dimension)
    this.#updates = new Int32Array(size)
  }

  /** One optimisation step over a batch. @returns the mean loss in nats. */
  step(batch: readonly Pair[], settings: StepSettings): number {
    const b = batch.length
    const k = this.dimension
    const q = this.#encode(batch.map((pair) => pair.query))
    const d = this.#encode(batch.map((pair) => pair.target))
    const logits = new Float32Array(b * b)
    multiplyTransposed(q.unit, d.unit, logits, b, b, k)
    const { loss, gradient } = contrast(logits, b, settings.temperature)
    const dq = new Float32Array(b * k)
    multiply(gradient, d.unit, dq, b, b, k)
    const dd = new Float32Array(b * k)
    multiply(transpose(gradient, b, b), q.unit, dd, b, b, k)
    for (let i = 0; i < b; i++) {
      this.#backward((batch[i] as Pair).query, q, dq, i)
      this.#backward((batch[i] as Pair).target, d, dd, i)
    }
    this.#adam(settings.learningRate)
    return loss
  }

  #encode(texts: readonly Int32Array[]): Encoded {
    const k = this.dimension
    const unit = new Float32Array(texts.length * k)
    const length = new Float32Array(texts.length)
    texts.forEach((tokens, i) => {
      for (const token of tokens) if (token !== 0) addScaled(unit, i * k, this.table, token * k, 1, k)
      const norm = Math.sqrt(dot(unit, i * k, unit, i * k, k)) || 1
      length[i] = norm
      for (let x = 0; x < k; x++) unit[i * k + x] = (unit[i * k + x] as number) / norm
    })
    return { unit, length }
  }

  /** Through the normalisation: dv = (g − (g·u)u)/|v|, the same for every token of the text. */
  #backward(tokens: Int32Array, encoded: Encoded, gradients: Float32Array, row: number): void {
    const k = this.dimension
    const at = row * k
    addScaled(gradients, at, encoded.unit, at, -dot(gradients, at, encoded.unit, at, k), k)
    const scale = 1 / (encoded.length[row] as number)
    for (const token of tokens) {
      if (token === 0) continue
      this.#touched.add(token)
      addScaled(this.#gradient, token * k, gradients, at, scale, k)
    }
  }

  #adam(learningRate: number): void {
    const k = this.dimension
    for (const token of this.#touched) {
      const t = (this.#updates[token] as number) + 1
      this.#updates[token] = t
      const rate = (learningRate * Math.sqrt(1 - BETA2 ** t)) / (1 - BETA1 ** t)
      for (let i = token * k; i < token * k + k; i++) {
        const g = this.#gradient[i] as number
        const m = BETA1 * (this.#m[i] as number) + (1 - BETA1) * g
        const v = BETA2 * (this.#v[i] as number) + (1 - BETA2) * g * g
        this.#m[i] = m
        this.#v[i] = v
        this.table[i] = (this.table[i] as number) - (rate * m) / (Math.sqrt(v) + EPSILON)
        this.#gradient[i] = 0
      }
    }
    this.#touched.clear()
  }
}

/** Symmetric InfoNCE over a b×b matrix of cosines; the right answer is on the diagonal. */
function contrast(cosines: Float32Array, b: number, temperature: number): { loss: number; gradient: Float32Array } {
  const gradient = new Float32Array(b * b)
  let loss = 0
  for (let i = 0; i < b; i++) {
    loss += softmaxInto(gradient, cosines, b, temperature, (j) => i * b + j, i)
    loss += softmaxInto(gradient, cosines, b, temperature, (j) => j * b + i, i)
  }
  const scale = 1 / (2 * b * temperature)
  for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] as number) * scale
  return { loss: loss / (2 * b), gradient }
}

function softmaxInto(
  gradient: Float32Array,
  cosines: Float32Array,
  b: number,
  temperature: number,
  at: (j: number) => number,
  right: number,
): number {
  let top = Number.NEGATIVE_INFINITY
  for (let j = 0; j < b; j++) top = Math.max(top, cosines[at(j)] as number)
  let sum = 0
  for (let j = 0; j < b; j++) sum += Math.exp(((cosines[at(j)] as number) - top) / temperature)
  for (let j = 0; j < b; j++) {
    const p = Math.exp(((cosines[at(j)] as number) - top) / temperature) / sum
    gradient[at(j)] = (gradient[at(j)] as number) + p - (j === right ? 1 : 0)
  }
  return Math.log(sum) - ((cosines[at(right)] as number) - top) / temperature
}
