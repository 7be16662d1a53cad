/**
 * Files by the hash of what is in them, in a folder that one process writes to.
 *
 *   folder/3f/3fa0…          what was stored; written once, never changed
 *   folder/3f/.new-<uuid>    being written, or left behind by a crash
 *
 * Write, fsync, rename, fsync of the folders: after a crash there is the whole file or none by that name.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AttachmentDamaged } from './damaged.ts'
import { openTurns } from './turns.ts'

const HASH = /^[0-9a-f]{64}$/
const SHELF = /^[0-9a-f]{2}$/
const UNFINISHED = /^\.new-[0-9a-f-]{36}$/

export interface Store {
  /** @returns the SHA-256 of the bytes, in hexadecimal, once they are safe on the disk. Storing the same again refreshes the time it was stored. */
  put(bytes: Buffer): Promise<string>
  /** @throws {AttachmentDamaged} when there is no such file, or it is no longer what was stored */
  read(hash: string): Promise<Buffer>
  /** No error when there is none. */
  remove(hash: string): Promise<void>
  /** @returns how many files went: those not in `known` and the unfinished, last written before `olderThan` (ms since 1970, by the clock of the disk) */
  sweep(known: ReadonlySet<string>, olderThan: number): Promise<number>
}

/** @param folder made when absent, readable by nobody else @throws when it cannot be made */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const shelfOf = (hash: string) => join(folder, hash.slice(0, 2))
  const pathOf = (hash: string) => join(shelfOf(hash), hash)
  /** One change of names at a time: a sweep must not remove a file that is just being stored again. */
  const names = openTurns(1)

  async function put(bytes: Buffer): Promise<string> {
    const hash = sha256(bytes)
    const shelf = shelfOf(hash)
    await mkdir(shelf, { recursive: true, mode: 0o700 })
    const unfinished = join(shelf, `.new-${randomUUID()}`)
    try {
      await writeSafely(unfinished, bytes)
      await names(() => rename(unfinished, pathOf(hash)))
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
    await syncFolder(shelf)
    await syncFolder(folder)
    return hash
  }

  async function read(hash: string): Promise<Buffer> {
    // A name from outside never becomes a path.
    if (!HASH.test(hash)) throw new AttachmentDamaged(hash, 'missing')
    const bytes = await readFile(pathOf(hash)).catch((error) => {
      throw isMissing(error) ? new AttachmentDamaged(hash, 'missing') : error
    })
    if (sha256(bytes) !== hash) throw new AttachmentDamaged(hash, 'changed')
    return bytes
  }

  async function remove(hash: string): Promise<void> {
    if (!HASH.test(hash)) return
    await names(() => rm(pathOf(hash), { force: true }))
    await syncFolder(shelfOf(hash)).catch(ignoreMissing)
  }

  async function sweep(known: ReadonlySet<string>, olderThan: number): Promise<number> {
    let removed = 0
    for (const shelf of await namesIn(folder, SHELF)) {
      for (const name of await namesIn(join(folder, shelf))) {
        const isOrphan = UNFINISHED.test(name) || (HASH.test(name) && !known.has(name))
        if (isOrphan && (await names(() => removeIfOld(join(folder, shelf, name), olderThan)))) removed += 1
      }
    }
    return removed
  }

  return { put, read, remove, sweep }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

async function namesIn(folder: string, pattern?: RegExp): Promise<string[]> {
  const names = await readdir(folder)
  return pattern ? names.filter((name) => pattern.test(name)) : names
}

/** @returns whether it was removed */
async function removeIfOld(path: string, olderThan: number): Promise<boolean> {
  const found = await stat(path).catch(ignoreMissing)
  if (!found?.isFile() || found.mtimeMs >= olderThan) return false
  await rm(path, { force: true })
  return true
}

async function writeSafely(path: string, bytes: Buffer): Promise<void> {
  await withFile(await open(path, 'wx', 0o600), async (file) => {
    await file.writeFile(bytes)
    await file.sync()
  })
}

/** A new name is safe only when the folder it stands in is. */
async function syncFolder(folder: string): Promise<void> {
  await withFile(await open(folder, 'r'), (file) => file.sync())
}

async function withFile(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file)
  } finally {
    await file.close()
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

function ignoreMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error
}
