/**
 * The shipped model read straight from its file: the same arithmetic as its graph (see onnx.ts) without the runtime, for embedding a whole
 * corpus. A test holds both to the same vectors. Through transformers.js 200,000 chunks of text would take ten minutes, so some seconds.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bigrams } from '../../knowledge/language/syllables.ts'
import { pairKey } from '../lexical/forward.ts'
import { KeyTable } from '../lexical/key-table.ts'
import { ModelError } from './files.ts'

const GRAPH = 7
const INITIALIZER = 5
const TENSOR_NAME = 8
const TENSOR_BYTES = 9
const BYTES = 2

export class StaticTable {
  readonly #ids: ReadonlyMap<string, number>
  readonly #rows: Int8Array
  readonly #scales: Float32Array

  /**
   * @param ids row of each token; row 0 is that of the unknown and carries nothing
   * @param rows size × dimension
   * @param scales one for each row
   */
  constructor(
    ids: ReadonlyMap<string, number>,
    rows: Int8Array,
    scales: Float32Array,
    readonly dimension: number,
  ) {
    this.#ids = ids
    this.#rows = rows
    this.#scales = scales
  }

  /** Reads the model in `folder`. Throws {@link ModelError} when its files are not those of a static embedding. */
  static read(folder: string, dimension: number): StaticTable {
    const tensors = tensorsOf(readFileSync(join(folder, 'onnx/model_quantized.onnx')))
    const [rows, scales] = [tensors.get('table'), tensors.get('scale')]
    if (!rows || !scales || rows.length !== (scales.length / 4) * dimension) throw new ModelError(`Mô hình ${folder} không phải bảng véc-tơ tĩnh.`)
    const { model } = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as { model: { vocab: Record<string, number> } }
    const floats = new Float32Array(new Uint8Array(scales).buffer)
    return new StaticTable(new Map(Object.entries(model.vocab)), new Int8Array(rows.buffer, rows.byteOffset, rows.length), floats, dimension)
  }

  /** @returns the unit vector of a text given as syllables; zeros when none of them is known. */
  embed(tokens: readonly string[]): Float32Array {
    const sum = new Float32Array(this.dimension)
    for (const token of tokens) this.#add(sum, token)
    for (const pair of bigrams(tokens)) this.#add(sum, pair)
    return toUnit(sum)
  }

  /**
   * For a whole corpus that is numbers already: what each syllable and pair stands for is looked up once.
   * @param all syllables by number
   * @returns what makes the unit vector of a text given as numbers of `all`
   */
  reader(all: readonly string[]): (tokens: ArrayLike<number>) => Float32Array {
    const rows = Int32Array.from(all, (syllable) => this.#ids.get(syllable) ?? 0)
    const pairs = this.#pairsOf(all)
    return (tokens) => {
      const sum = new Float32Array(this.dimension)
      for (let i = 0; i < tokens.length; i++) {
        this.#addRow(sum, rows[tokens[i] as number] as number)
        if (i > 0) this.#addRow(sum, pairs.row(tokens[i - 1] as number, tokens[i] as number))
      }
      return toUnit(sum)
    }
  }

  #pairsOf(all: readonly string[]): PairRows {
    const numbers = new Map(all.map((syllable, i) => [syllable, i]))
    const pairs = new PairRows()
    for (const [token, row] of this.#ids) {
      const [first, second] = token.split('_').map((syllable) => numbers.get(syllable))
      if (first !== undefined && second !== undefined) pairs.add(first, second, row)
    }
    return pairs
  }

  #add(sum: Float32Array, token: string): void {
    this.#addRow(sum, this.#ids.get(token) ?? 0)
  }

  #addRow(sum: Float32Array, row: number): void {
    if (row === 0) return
    const [from, scale] = [row * this.dimension, this.#scales[row] as number]
    for (let x = 0; x < this.dimension; x++) sum[x] = (sum[x] as number) + scale * (this.#rows[from + x] as number)
  }
}

/** Rows of pairs of syllables; 0 for one that the model does not know. */
class PairRows {
  readonly #table = new KeyTable()
  readonly #rows: number[] = []

  add(first: number, second: number, row: number): void {
    this.#rows[this.#table.add(pairKey(first, second))] = row
  }

  row(first: number, second: number): number {
    const at = this.#table.get(pairKey(first, second))
    return at < 0 ? 0 : (this.#rows[at] as number)
  }
}

function toUnit(sum: Float32Array): Float32Array {
  let squares = 0
  for (let x = 0; x < sum.length; x++) squares += (sum[x] as number) ** 2
  if (squares === 0) return sum
  const scale = 1 / Math.sqrt(squares)
  for (let x = 0; x < sum.length; x++) sum[x] = (sum[x] as number) * scale
  return sum
}

/** @returns the raw bytes of every initializer of an ONNX file, by name. */
function tensorsOf(file: Uint8Array): Map<string, Uint8Array> {
  const tensors = new Map<string, Uint8Array>()
  for (const [field, graph] of parts(file)) {
    if (field !== GRAPH) continue
    for (const [inner, tensor] of parts(graph)) {
      if (inner !== INITIALIZER) continue
      const found = new Map(parts(tensor))
      tensors.set(new TextDecoder().decode(found.get(TENSOR_NAME)), found.get(TENSOR_BYTES) ?? new Uint8Array())
    }
  }
  return tensors
}

/** Walks the length-delimited fields of a protobuf message; numbers are passed over. */
function* parts(message: Uint8Array): Generator<readonly [number, Uint8Array]> {
  let at = 0
  const varint = () => {
    let [value, factor, byte] = [0, 1, 0]
    do {
      byte = message[at++] ?? 0
      value += (byte & 127) * factor
      factor *= 128
    } while (byte > 127)
    return value
  }
  while (at < message.length) {
    const tag = varint()
    const value = varint()
    if ((tag & 7) !== BYTES) continue
    yield [tag >> 3, message.subarray(at, at + value)]
    at += value
  }
}
