import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore, StorageError } from '../../../adapters/storage/database.ts'
import { lockService } from '../../../adapters/storage/service-lock.ts'
import { ROOT } from '../../bot/open.ts'

const folder = mkdtempSync(join(tmpdir(), 'an-tam-khoa-'))
const LOCK = new URL('../../../adapters/storage/service-lock.ts', import.meta.url).href
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Another process that holds the lock until it is killed. */
async function holder(): Promise<ChildProcess> {
  const code = `const { lockService } = await import(${JSON.stringify(LOCK)}); lockService(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await once(child.stdout, 'data')
  return child
}

describe('the lock of the service', () => {
  it('is had by one at a time, and had again once it is free', () => {
    const unlock = lockService(folder)
    expect(() => lockService(folder)).toThrow(StorageError)
    expect(() => lockService(folder)).toThrow(/^Đã có một An Tâm khác đang chạy trên thư mục dữ liệu .*\.$/)
    unlock()
    lockService(folder)()
  })

  it('of one folder is none of another', () => {
    const [one, two] = [lockService(join(folder, 'một')), lockService(join(folder, 'hai'))]
    one()
    two()
  })

  it('does not lock the database: commands work beside the service', async () => {
    const unlock = lockService(folder)
    const store = await openStore(folder)
    await store.write((tx) => tx.insertInto('tombstone').values({ person: 'p', erased_at: 1, why: 'x' }).execute())
    await store.close()
    unlock()
  })

  it('is freed by the operating system when its holder is killed', async () => {
    const child = await holder()
    expect(() => lockService(folder)).toThrow(StorageError)
    child.kill('SIGKILL')
    await once(child, 'exit')
    lockService(folder)()
  })
})
