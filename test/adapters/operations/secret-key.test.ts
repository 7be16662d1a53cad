import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSecretKey } from '../../../adapters/operations/secret-key.ts'
import { StorageError } from '../../../adapters/storage/database.ts'
import { node } from '../storage/office.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'an-tam-khoa-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(folder, 'secret.key')
const mode = (path: string) => statSync(path).mode & 0o777

describe('the key of an installation', () => {
  it('is made at the first start, and is the same ever after', () => {
    const key = readSecretKey(folder)
    expect(key).toHaveLength(32)
    expect(readSecretKey(folder)).toEqual(key)
    expect(readFileSync(file())).toEqual(key)
  })

  it('is another one in another folder', () => {
    expect(readSecretKey(folder)).not.toEqual(readSecretKey(join(folder, 'khác')))
  })

  it('can be read by its owner only, also where it could be read by others before', () => {
    readSecretKey(folder)
    expect(mode(file())).toBe(0o600)
    chmodSync(file(), 0o644)
    readSecretKey(folder)
    expect(mode(file())).toBe(0o600)
    readSecretKey(join(folder, 'mới'))
    expect(mode(join(folder, 'mới'))).toBe(0o700)
  })

  it('leaves no draft behind', () => {
    readSecretKey(folder)
    expect(readdirSync(folder)).toEqual(['secret.key'])
  })

  it.each([0, 31, 33, 64])('of %d bytes is refused with what to do, and is not replaced', (length) => {
    writeFileSync(file(), Buffer.alloc(length))
    expect(() => readSecretKey(folder)).toThrow(StorageError)
    expect(() => readSecretKey(folder)).toThrow(/lấy lại từ bản sao lưu/)
    expect(readFileSync(file())).toHaveLength(length)
  })

  it('is made although a start died half-way', () => {
    writeFileSync(join(folder, `secret.${process.pid}.draft`), 'nửa chừng')
    expect(readSecretKey(folder)).toHaveLength(32)
  })

  it('is one and the same for several first starts at once', async () => {
    const url = new URL('../../../adapters/operations/secret-key.ts', import.meta.url).href
    const reads = `const { readSecretKey } = await import(${JSON.stringify(url)}); console.log(readSecretKey(${JSON.stringify(folder)}).toString('hex'))`
    const ran = await Promise.all(Array.from({ length: 3 }, () => node(['--input-type=module', '-e', reads])))
    expect(ran.map(({ code, err }) => [code, err])).toEqual(ran.map(() => [0, '']))
    expect(new Set(ran.map(({ out }) => out.trim()))).toEqual(new Set([readFileSync(file()).toString('hex')]))
  })
})
