/**
 * Writes the embedding table as an ONNX graph that onnxruntime and transformers.js read:
 *
 *   input_ids ─┬─ Gather(table int8) ─ Cast(float) ─┐
 *              └─ Gather(scale a row) ──────────────┴─ Mul ─ last_hidden_state
 *
 * Only the few protobuf fields needed here are encoded (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
 */
const FLOAT = 1
const INT8 = 3
const INT64 = 7

class Message {
  readonly #parts: Uint8Array[] = []

  varint(field: number, value: number): this {
    this.#parts.push(varint(field << 3), varint(value))
    return this
  }

  bytes(field: number, value: Uint8Array): this {
    this.#parts.push(varint((field << 3) | 2), varint(value.length), value)
    return this
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value))
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.finish())
  }

  finish(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts))
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  return Uint8Array.from([...bytes, rest])
}

function tensor(name: string, type: number, dims: readonly number[], data: Uint8Array): Message {
  const message = new Message()
  for (const dim of dims) message.varint(1, dim)
  return message.varint(2, type).text(8, name).bytes(9, data)
}

function node(op: string, inputs: readonly string[], output: string, attribute?: Message): Message {
  const message = new Message()
  for (const input of inputs) message.text(1, input)
  message.text(2, output).text(3, output).text(4, op)
  return attribute ? message.message(5, attribute) : message
}

/** AttributeProto: name 1, i 3, type 20 (INT = 2). */
function integer(name: string, value: number): Message {
  return new Message().text(1, name).varint(3, value).varint(20, 2)
}

function value(name: string, type: number, dims: readonly (string | number)[]): Message {
  const shape = new Message()
  for (const dim of dims) shape.message(1, typeof dim === 'string' ? new Message().text(2, dim) : new Message().varint(1, dim))
  return new Message().text(1, name).message(2, new Message().message(1, new Message().varint(1, type).message(2, shape)))
}

/** @returns each row scaled to int8, and the scales: row ≈ int8 · scale. */
export function quantise(table: Float32Array, dimension: number): { rows: Int8Array; scales: Float32Array } {
  const rows = new Int8Array(table.length)
  const scales = new Float32Array(table.length / dimension)
  for (let r = 0; r < scales.length; r++) {
    let top = 0
    for (let x = 0; x < dimension; x++) top = Math.max(top, Math.abs(table[r * dimension + x] as number))
    const scale = top / 127
    scales[r] = scale
    for (let x = 0; x < dimension; x++) rows[r * dimension + x] = scale === 0 ? 0 : Math.round((table[r * dimension + x] as number) / scale)
  }
  return { rows, scales }
}

/** @returns the bytes of an ONNX model (opset 17) over a table of size×dimension. */
export function embeddingGraph(table: Float32Array, dimension: number): Uint8Array {
  const size = table.length / dimension
  const { rows, scales } = quantise(table, dimension)
  const graph = new Message()
    .message(1, node('Gather', ['table', 'input_ids'], 'rows'))
    .message(1, node('Cast', ['rows'], 'floats', integer('to', FLOAT)))
    .message(1, node('Gather', ['scale', 'input_ids'], 'scales'))
    .message(1, node('Mul', ['floats', 'scales'], 'last_hidden_state'))
    .text(2, 'static-embedding')
    .message(5, tensor('table', INT8, [size, dimension], new Uint8Array(rows.buffer)))
    .message(5, tensor('scale', FLOAT, [size, 1], new Uint8Array(scales.buffer)))
    .message(11, value('input_ids', INT64, ['batch', 'sequence']))
    .message(11, value('attention_mask', INT64, ['batch', 'sequence']))
    .message(12, value('last_hidden_state', FLOAT, ['batch', 'sequence', dimension]))
  return new Message().varint(1, 8).text(2, 'an-tam').message(7, graph).message(8, new Message().text(1, '').varint(2, 17)).finish()
}
