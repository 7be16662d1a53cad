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
  const file = openLock(folder)
  try {
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    throw new StorageError(isBusy(error) ? taken(folder) : unusable(folder, error), { cause: error })
  }
  return () => file.close()
}

function openLock(folder: string): Database.Database {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return new Database(join(folder, 'service.lock'), { timeout: 0 })
  } catch (error) {
    throw new StorageError(unusable(folder, error), { cause: error })
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}

function taken(folder: string): string {
  return `Đã có một An Tâm khác đang chạy trên thư mục dữ liệu ${folder}. Dừng nó trước, hoặc đặt ANTAM_DATA sang thư mục khác.`
}

function unusable(folder: string, error: unknown): string {
  return `Không dùng được thư mục dữ liệu ${folder} (${(error as Error).message}). Kiểm tra quyền ghi; nếu tệp service.lock bị hỏng thì xóa tệp đó, không mất dữ liệu nào.`
}
