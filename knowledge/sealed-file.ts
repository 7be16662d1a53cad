/**
 * A file that is whole or is not read: its SHA-256 stands in front, and it is written under a temporary name, synced and renamed.
 *
 *   magic (8) · SHA-256 of what follows (32) · content
 */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { threadId } from 'node:worker_threads'

const MAGIC = 'ANTAM\u0000\u0000\u0001'
const DIGEST = 32
/** Where the content begins: a multiple of 8, so that arrays in it can be looked at where they lie. */
const CONTENT = MAGIC.length + DIGEST

/** @returns what tells this thread of this process from every other that writes the same file. */
export const writer = (): string => `${process.pid}-${threadId}`

/** Writes `content`, part after part. Throws what the file system throws. */
export function writeSealed(file: string, content: readonly Uint8Array[]): void {
  const hash = createHash('sha256')
  for (const part of content) hash.update(part)
  mkdirSync(dirname(file), { recursive: true })
  const temporary = `${file}.${writer()}.tmp`
  const handle = openSync(temporary, 'w')
  for (const part of [Buffer.from(MAGIC, 'latin1'), hash.digest(), ...content]) writeWhole(handle, part)
  fsyncSync(handle)
  closeSync(handle)
  renameSync(temporary, file)
}

function writeWhole(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at, bytes.length - at)
}

/** @returns the content of `file`, or why it is not read. */
export function readSealed(file: string): Sealed {
  if (!existsSync(file)) return 'missing'
  const bytes = readFileSync(file)
  return contentIn(bytes, createHash('sha256').update(bytes.subarray(CONTENT)).digest())
}

export type Sealed = Buffer | 'missing' | 'damaged'

/** The same without holding anybody up: pieces are read while the ones before are counted, so large files that are opened together share the cores. */
export async function openSealed(file: string): Promise<Sealed> {
  if (!existsSync(file)) return 'missing'
  const bytes = Buffer.allocUnsafeSlow(statSync(file).size)
  const hash = createHash('sha256')
  await eachPiece(
    file,
    (at) => bytes.subarray(at, at + PIECE),
    (piece, at) => hash.update(piece.subarray(Math.max(0, CONTENT - at))),
  )
  return contentIn(bytes, hash.digest())
}

/** @returns the SHA-256 of `file` in hex, read piece by piece: a large file need not stand in memory. */
export async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  const blocks = [Buffer.allocUnsafeSlow(PIECE), Buffer.allocUnsafeSlow(PIECE)] as const
  await eachPiece(
    file,
    (at) => blocks[(at / PIECE) & 1] as Buffer,
    (bytes) => hash.update(bytes),
  )
  return hash.digest('hex')
}

const PIECE = 1 << 22

/** Reads the file into the room that `roomAt` gives for each piece; the next one is on its way while `took` hears of the one before. */
async function eachPiece(file: string, roomAt: (at: number) => Buffer, took: (bytes: Buffer, at: number) => void): Promise<void> {
  const handle = await open(file)
  try {
    const read = async (at: number) => {
      const room = roomAt(at)
      // A short read would leave a hole: it is filled before the piece counts.
      let length = 0
      for (let more = -1; more !== 0 && length < room.length; length += more)
        more = (await handle.read(room, length, room.length - length, at + length)).bytesRead
      return room.subarray(0, length)
    }
    let at = 0
    for (let bytes = await read(0); bytes.length > 0; ) {
      const next = read(at + bytes.length)
      took(bytes, at)
      at += bytes.length
      bytes = await next
    }
  } finally {
    await handle.close()
  }
}

function contentIn(bytes: Buffer, digest: Buffer): Buffer | 'damaged' {
  if (bytes.length < CONTENT || bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) return 'damaged'
  return digest.equals(bytes.subarray(MAGIC.length, CONTENT)) ? bytes.subarray(CONTENT) : 'damaged'
}
