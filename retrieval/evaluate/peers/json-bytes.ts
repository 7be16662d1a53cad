/** The length of what JSON.stringify would write, without writing it: an index may be longer than the longest string. */

/** @returns the bytes of `value` as JSON in UTF-8; what JSON leaves out (undefined, functions) counts nothing. */
export function jsonBytes(value: unknown): number {
  const plain = toPlain(value)
  if (Array.isArray(plain)) return list(plain.map((item) => jsonBytes(item) || 'null'.length))
  if (plain !== null && typeof plain === 'object') return list(members(plain))
  const written = JSON.stringify(plain)
  return written === undefined ? 0 : Buffer.byteLength(written)
}

function toPlain(value: unknown): unknown {
  const own = (value as { toJSON?: unknown } | null | undefined)?.toJSON
  return typeof own === 'function' ? own.call(value) : value
}

/** The length of each `"key":value` that is written. */
function members(value: object): number[] {
  return Object.entries(value).flatMap(([key, item]) => {
    const bytes = jsonBytes(item)
    return bytes === 0 ? [] : [Buffer.byteLength(JSON.stringify(key)) + 1 + bytes]
  })
}

/** Two brackets, and commas between the items. */
function list(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + length, 2 + Math.max(0, lengths.length - 1))
}
