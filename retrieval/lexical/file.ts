/**
 * A lexical index in one sealed file, in the form in which it is searched:
 *
 *   length of the head (8) · head as JSON · arrays, each at a multiple of 8
 */
import { z } from 'zod'
import { openSealed, writeSealed } from '../../knowledge/sealed-file.ts'
import type { LexicalParts } from './bm25f.ts'
import { ForwardIndex, Syllabary } from './forward.ts'

const LENGTH = 8
const kinds = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array } as const
type Flat = Float64Array | Uint32Array | Uint16Array

const head = z.object({
  /** Digest of what the index was made of. */
  content: z.string(),
  settings: z.object({
    k1: z.number(),
    pairWeight: z.number(),
    fields: z.array(z.object({ name: z.string(), weight: z.number(), b: z.number() })).readonly(),
  }),
  counted: z.number().int(),
  syllables: z.array(z.string()),
  arrays: z.array(z.object({ name: z.string(), kind: z.enum(['f64', 'u32', 'u16']), length: z.number().int().nonnegative() })),
})
type Head = z.infer<typeof head>

/** Writes `parts` to `file`; `content` is the digest of what they were made of. Throws what the file system throws. */
export function writeLexical(file: string, parts: LexicalParts, content: string): void {
  const { settings, counted, forward } = parts
  const arrays = { ...flatOf(parts), fieldStarts: forward.starts, tokens: forward.tokens }
  const described = Object.entries(arrays).map(([name, array]) => ({ name, kind: kindOf(array), length: array.length }))
  const json = Buffer.from(JSON.stringify({ content, settings, counted, syllables: forward.syllabary.all, arrays: described } satisfies Head))
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32LE(json.length)
  writeSealed(file, [length, json, padding(json.length), ...Object.values(arrays).flatMap((array) => [bytesOf(array), padding(array.byteLength)])])
}

function flatOf({ keys, starts, docs, weights, held }: LexicalParts) {
  return { keys, starts, docs, weights, held }
}

/** @returns the index in `file` when it was made of `content`, or why it cannot be used. */
export async function readLexical(file: string, content: string): Promise<LexicalParts | 'missing' | 'other' | 'damaged'> {
  const bytes = await openSealed(file)
  if (typeof bytes === 'string') return bytes
  const from = LENGTH + bytes.readUInt32LE(0)
  const read = head.parse(JSON.parse(bytes.subarray(LENGTH, from).toString('utf8')))
  return read.content === content ? partsOf(read, bytes, from) : 'other'
}

function partsOf({ settings, counted, syllables, arrays }: Head, bytes: Buffer, from: number): LexicalParts {
  let at = from + padding(from).length
  const found = new Map<string, Flat>()
  for (const { name, kind, length } of arrays) {
    const array = viewOf(bytes, at, kind, length)
    found.set(name, array)
    at += array.byteLength + padding(array.byteLength).length
  }
  const flat = <T extends Flat>(name: string) => found.get(name) as T
  const forward = new ForwardIndex(new Syllabary(syllables), settings.fields.length, flat('fieldStarts'), flat('tokens'))
  return {
    ...{ settings, counted, forward },
    ...{ keys: flat('keys'), starts: flat('starts'), docs: flat('docs'), weights: flat('weights'), held: flat('held') },
  }
}

/** A view where the buffer lies as the array needs it, else a copy. */
function viewOf(bytes: Buffer, at: number, kind: keyof typeof kinds, length: number): Flat {
  const Kind = kinds[kind]
  const start = bytes.byteOffset + at
  if (start % Kind.BYTES_PER_ELEMENT === 0) return new Kind(bytes.buffer as ArrayBuffer, start, length)
  return new Kind(bytes.buffer.slice(start, start + length * Kind.BYTES_PER_ELEMENT) as ArrayBuffer)
}

function kindOf(array: Flat): keyof typeof kinds {
  if (array instanceof Float64Array) return 'f64'
  return array instanceof Uint32Array ? 'u32' : 'u16'
}

function bytesOf(array: Flat): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

function padding(length: number): Uint8Array {
  return new Uint8Array((8 - (length % 8)) % 8)
}
