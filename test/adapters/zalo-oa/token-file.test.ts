import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTokenFile } from '../../../adapters/zalo-oa/token-file.ts'
import type { StoredTokens } from '../../../adapters/zalo-oa/tokens.ts'
import { closing, NOON } from './open.ts'

const KEY = randomBytes(32)
const STATE: StoredTokens = { accessToken: 'access-1', expiresAt: NOON, refreshToken: 'refresh-1', pendingSince: null, seed: 'seed-1' }

function open(key = KEY) {
  const parent = mkdtempSync(join(tmpdir(), 'an-tam-tokens-'))
  closing(async () => rmSync(parent, { recursive: true }))
  const folder = join(parent, 'data')
  const told: string[] = []
  const file = join(folder, 'zalo-oa.tokens')
  return {
    folder,
    file,
    told,
    again: (other: Buffer) => openTokenFile(folder, other, (code) => told.push(code)),
    store: openTokenFile(folder, key, (code) => told.push(code)),
  }
}

describe('the token file', () => {
  it('gives back what was saved last, to the next process too', async () => {
    const { store, again, told } = open()
    expect(await store.read()).toBeUndefined()
    await store.save(STATE)
    await store.save({ ...STATE, pendingSince: 5 })
    expect(await store.read()).toEqual({ ...STATE, pendingSince: 5 })
    expect(await again(KEY).read()).toEqual({ ...STATE, pendingSince: 5 })
    expect(told).toEqual([])
  })

  it('is whole, for its owner only, and without the words of a token', async () => {
    const { store, folder, file } = open()
    await store.save(STATE)
    const first = readFileSync(file)
    await store.save(STATE)
    expect(readdirSync(folder)).toEqual(['zalo-oa.tokens'])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(first.toString('latin1')).not.toMatch(/access-1|refresh-1|seed-1/)
    expect(readFileSync(file).equals(first)).toBe(false)
  })

  it('of another installation counts as absent, is told, and gives way to the next save', async () => {
    const { store, again, told } = open()
    await store.save(STATE)
    const other = again(randomBytes(32))
    expect(await other.read()).toBeUndefined()
    expect(told).toEqual(['token_file_unreadable'])
    await other.save(STATE)
    expect(await other.read()).toEqual(STATE)
  })

  it('damaged at any place counts as absent', async () => {
    const { store, file, told } = open()
    await store.save(STATE)
    const whole = readFileSync(file)
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      writeFileSync(file, damaged)
      expect(await store.read()).toBeUndefined()
    }
    for (const length of [0, 5, 16, 43, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, length))
      expect(await store.read()).toBeUndefined()
    }
    expect(told).toHaveLength(whole.length + 5)
  })

  it('that holds something else counts as absent', async () => {
    const { store, told } = open()
    await store.save({ ...STATE, refreshToken: '' })
    expect(await store.read()).toBeUndefined()
    expect(told).toEqual(['token_file_unreadable'])
  })
})
