/** A disk that can be full: a small file system of its own where we may mount one, else a limit on the size of the service's files. */
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export interface Disk {
  readonly kind: 'tmpfs' | 'prlimit'
  /** Nothing can be written after this. */
  fill(pid: number): void
  free(pid: number | undefined): void
  /** To be called when nobody uses the folder any more. */
  remove(): void
}

const SIZE_MB = 96
const BLOCK = Buffer.alloc(64 * 1024)

/** Makes `folder`, which exists, a disk that can be filled. @returns undefined where this machine allows neither way */
export function openDisk(folder: string): Disk | undefined {
  if (runs('mount', '-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=700`, 'antam-crash', folder)) return tmpfs(folder)
  return runs('prlimit', '--version') ? limited(folder) : undefined
}

function runs(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function tmpfs(folder: string): Disk {
  const filler = join(folder, 'filler')
  return {
    kind: 'tmpfs',
    fill: () => {
      truncateLog(folder)
      writeUntilFull(filler)
    },
    free: () => rmSync(filler, { force: true }),
    // Lazily: a straggler of a killed child may still hold a file for a moment.
    remove: () => void runs('umount', '-l', folder),
  }
}

function writeUntilFull(file: string): void {
  const handle = openSync(file, 'w')
  try {
    for (const block of [BLOCK, BLOCK.subarray(0, 512)]) while (fits(handle, block));
  } finally {
    closeSync(handle)
  }
}

function fits(handle: number, block: Buffer): boolean {
  try {
    return writeSync(handle, block) === block.length
  } catch {
    return false
  }
}

function limited(folder: string): Disk {
  return {
    kind: 'prlimit',
    fill: (pid) => {
      truncateLog(folder)
      runs('prlimit', `--pid=${pid}`, `--fsize=${sizeOf(join(folder, 'an-tam.sqlite-wal'))}:unlimited`)
    },
    free: (pid) => void (pid && runs('prlimit', `--pid=${pid}`, '--fsize=unlimited:unlimited')),
    remove: () => undefined,
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** A long log is written again from its beginning and would go on fitting for a while. */
function truncateLog(folder: string): void {
  const file = new Database(join(folder, 'an-tam.sqlite'), { timeout: 2_000 })
  try {
    for (let i = 0; i < 20 && sizeOf(join(folder, 'an-tam.sqlite-wal')) > 0; i++) file.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    file.close()
  }
}
