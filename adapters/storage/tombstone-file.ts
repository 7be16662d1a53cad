/** The tombstones kept in a file beside the database, where restoring a backup of the database does not reach: it holds pseudonyms, moments and reasons only. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Tombstone } from '../../bot/privacy/erasure.ts'
import type { Store } from './database.ts'
import { type Replayed, readTombstones, replayTombstones, unusedOf } from './privacy-store.ts'

const tombstoneLine = z.object({ person: z.string(), erasedAt: z.int(), why: z.string() })
const fileIn = (dataFolder: string) => join(dataFolder, 'erased.jsonl')

/** @returns the tombstones kept beside the database; a line torn by a crash is passed over: its row is in the database and is written again. */
export function readKeptTombstones(dataFolder: string): readonly Tombstone[] {
  const file = fileIn(dataFolder)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => parsed(line) ?? [])
}

function parsed(line: string): Tombstone | undefined {
  try {
    return tombstoneLine.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

/** Appends to the file beside the database every tombstone that it lacks, on disk before it resolves. @returns how many. */
export async function keepTombstones(store: Store, dataFolder: string): Promise<number> {
  const key = ({ person, erasedAt }: Tombstone) => `${erasedAt} ${person}`
  const kept = new Set(readKeptTombstones(dataFolder).map(key))
  const missing = (await readTombstones(store)).filter((tombstone) => !kept.has(key(tombstone)))
  if (missing.length > 0) append(fileIn(dataFolder), missing)
  return missing.length
}

function append(file: string, tombstones: readonly Tombstone[]): void {
  const descriptor = openSync(file, 'a', 0o600)
  try {
    // Begins with a line break: the last line may have been torn.
    writeSync(descriptor, `\n${tombstones.map((tombstone) => JSON.stringify(tombstone)).join('\n')}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** The files of attachments, as far as erasing needs them. */
export interface Files {
  remove(hash: string): Promise<void>
}

/** Removes the files of `hashes` that no conversation names at this moment. @returns how many. */
export async function removeFiles(store: Store, files: Files, hashes: readonly string[]): Promise<number> {
  const unused = await unusedOf(store, hashes)
  for (const hash of unused) await files.remove(hash)
  return unused.length
}

/**
 * To be run whenever the service starts: erases again whom a restored backup brought back, removes their files, and keeps what only the database knew.
 * `now` in milliseconds UTC. @returns what was erased again.
 */
export async function syncTombstones(store: Store, dataFolder: string, files: Files, now: number): Promise<Replayed> {
  const replayed = await replayTombstones(store, readKeptTombstones(dataFolder), now)
  await keepTombstones(store, dataFolder)
  if (replayed.people > 0) {
    await removeFiles(store, files, replayed.unusedHashes)
    await store.compact()
  }
  return replayed
}
