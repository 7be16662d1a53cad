/**
 * At most one service on a data folder: two would answer the same people twice.
 *
 * The lock is a second, empty SQLite file held in an exclusive transaction: the operating system frees it when the process dies, however it dies, and no stale
 * file or reused process number can be mistaken for a running service.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { StorageError } from './database.ts'

/** @returns what frees the lock. Throws {@link StorageError} when a service runs on this folder already. */
export function lockService(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = new Database(join(folder, 'service.lock'), { timeout: 0 })
  try {
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    throw new StorageError(`Đã có một An Tâm khác đang chạy trên thư mục dữ liệu ${folder}. Dừng nó trước, hoặc đặt ANTAM_DATA sang thư mục khác.`, {
      cause: error,
    })
  }
  return () => file.close()
}
