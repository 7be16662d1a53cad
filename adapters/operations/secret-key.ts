/** The key that this installation signs with: made at the first start, kept in the data folder, readable by its owner only. */
import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { StorageError } from '../storage/database.ts'

const BYTES = 32

/** @returns 32 random bytes, the same at every start. Throws {@link StorageError} when the file there is not such a key: replacing it would end every visitor's session. */
export function readSecretKey(folder: string): Buffer {
  const file = join(folder, 'secret.key')
  if (!existsSync(file)) make(folder, file)
  chmodSync(file, 0o600)
  const key = readFileSync(file)
  if (key.length !== BYTES)
    throw new StorageError(
      `Tệp khóa ${file} bị hỏng (phải dài ${BYTES} byte): lấy lại từ bản sao lưu, hoặc xóa đi để tạo khóa mới (mọi phiên chat cũ sẽ mất).`,
    )
  return key
}

/** Written whole under another name first, and linked into place: a crash leaves a key or none, and two starts at once get the same one. */
function make(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `secret.${process.pid}.draft`)
  const handle = openSync(draft, 'w', 0o600)
  writeSync(handle, randomBytes(BYTES))
  fsyncSync(handle)
  closeSync(handle)
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}
