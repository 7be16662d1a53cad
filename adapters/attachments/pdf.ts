/**
 * Looks over a PDF, which is kept as it came. This is a sieve, not a proof: it finds the names of dangerous things where they stand in the open, with
 * letters written as `#4a`, or inside compressed object streams, as every common writer puts them. It does not parse the document, follow references,
 * undo other filters or predictors, or read pictures and fonts, so a file made with care can still carry code or a flaw of some viewer. That is why
 * attachments stay quarantined, and why whoever shows one later should show pictures of its pages, made in a sandbox.
 */
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { AttachmentRefused } from './refused.ts'

/** Readers look for the end mark in this many last bytes. */
const TAIL = 1_024
/** Most object streams looked into, and most bytes that may come out of all together: a file that has more was made to. */
const MOST_STREAMS = 5_000
const MOST_INFLATED = 32 * 1024 * 1024
/** How far behind the name `/ObjStm` its data is looked for, in bytes. */
const DICTIONARY = 2_000

/** Ends of a name: white space, delimiters, or the end of the text. */
const NAME_ENDS = '(?![^\\0\\t\\n\\f\\r ()<>[\\]{}/%])'
const ACTIVE = anyName('JavaScript', 'Launch', 'EmbeddedFile', 'EmbeddedFiles')
const ENCRYPTED = anyName('Encrypt')
const OBJECT_STREAM = anyName('ObjStm')
/** How the data of an object stream starts that is not packed: numbers and places. No zlib stream can start so. */
const OPEN = /^\s*\d+\s+\d+\s/

/**
 * @param bytes a file that starts with `%PDF-`
 * @throws {AttachmentRefused} `damaged` (cut off, encrypted, or with object streams that do not unpack) or `executable` (code, files inside, a zip behind it)
 */
export async function checkPdf(bytes: Buffer): Promise<void> {
  const text = bytes.toString('latin1')
  if (!text.includes('%%EOF', Math.max(0, text.length - TAIL))) throw new AttachmentRefused('damaged')
  if (endsAsZip(bytes) || ACTIVE.test(text)) throw new AttachmentRefused('executable')
  if (ENCRYPTED.test(text)) throw new AttachmentRefused('damaged')
  await checkObjectStreams(bytes, text)
}

/** @returns a pattern for `/Name`, any letter of which may be written as `#` and two hexadecimal digits */
function anyName(...names: readonly string[]): RegExp {
  const letter = (char: string) => `(?:${char}|#${hexPattern(char)})`
  return new RegExp(`/(?:${names.map((name) => Array.from(name, letter).join('')).join('|')})${NAME_ENDS}`)
}

/** @returns the two hexadecimal digits of an ASCII letter, in either case */
function hexPattern(char: string): string {
  const hex = char.charCodeAt(0).toString(16)
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

const END_OF_ZIP = Buffer.from('PK\x05\x06', 'latin1')
const END_OF_ZIP_SIZE = 22
const LONGEST_ZIP_COMMENT = 65_535

/** @returns whether a zip program would open this file: it looks for the directory from the end, wherever the file begins */
function endsAsZip(bytes: Buffer): boolean {
  const tail = bytes.subarray(-(END_OF_ZIP_SIZE + LONGEST_ZIP_COMMENT))
  for (let at = tail.indexOf(END_OF_ZIP); at >= 0; at = tail.indexOf(END_OF_ZIP, at + 1)) {
    const end = at + END_OF_ZIP_SIZE
    if (end <= tail.length && end + tail.readUInt16LE(end - 2) <= tail.length) return true
  }
  return false
}

async function checkObjectStreams(bytes: Buffer, text: string): Promise<void> {
  let room = MOST_INFLATED
  for (const start of packedStreams(text)) {
    const objects = await unpack(bytes.subarray(start), room)
    room -= objects.length
    if (ACTIVE.test(objects.toString('latin1'))) throw new AttachmentRefused('executable')
  }
}

/**
 * @returns where the data of each packed object stream starts; one that is not packed stands in the open and was read with the rest
 * @throws {AttachmentRefused} `damaged` where there are too many, or one is named and none follows: a long dictionary must not hide it
 */
function* packedStreams(text: string): Generator<number> {
  let streams = 0
  for (const { index } of text.matchAll(new RegExp(OBJECT_STREAM, 'g'))) {
    if (++streams > MOST_STREAMS) throw new AttachmentRefused('damaged')
    const data = /stream\r?\n/.exec(text.slice(index, index + DICTIONARY))
    if (!data) throw new AttachmentRefused('damaged')
    const start = index + data.index + data[0].length
    if (!OPEN.test(text.slice(start, start + 64))) yield start
  }
}

const inflateAsync = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate)

/** @param room most bytes that may come out @throws {AttachmentRefused} `damaged` when more would, or when it is not packed as it should be */
async function unpack(packed: Buffer, room: number): Promise<Buffer> {
  try {
    return await inflateAsync(packed, { maxOutputLength: Math.max(1, room) })
  } catch (cause) {
    throw new AttachmentRefused('damaged', { cause })
  }
}
