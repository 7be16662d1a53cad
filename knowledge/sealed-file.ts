/**
 * A file that is whole or is not read: its SHA-256 stands in front, and it is written under a temporary name, synced and renamed.
 *
 *   magic (8) · SHA-256 of what follows (32) · content
 */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
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
export function readSealed(file: string): Buffer | 'missing' | 'damaged' {
  if (!existsSync(file)) return 'missing'
  const bytes = readFileSync(file)
  if (bytes.length < CONTENT || bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) return 'damaged'
  const content = bytes.subarray(CONTENT)
  return createHash('sha256').update(content).digest().equals(bytes.subarray(MAGIC.length, CONTENT)) ? content : 'damaged'
}
