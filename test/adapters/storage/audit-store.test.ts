import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appendAudit, readAudit, readLastAudit } from '../../../adapters/storage/audit-store.ts'
import { type Anchor, type Verdict, verify } from '../../../bot/audit/chain.ts'
import type { NewEntry } from '../../../bot/audit/entry.ts'
import { everyEntry } from '../../../bot/audit/ports.ts'
import { ROOT } from '../../bot/open.ts'
import { count, inStore, NOW, node, tamper } from './office.ts'

const place = inStore()
const entry: NewEntry = { actor: 'Lan', action: 'owner.took', subject: 'c1', detail: { reason: 'đến lượt', episode: 2 } }
const append = (more: Partial<NewEntry> = {}) => place.store.write((tx) => appendAudit(tx, { ...entry, ...more }, NOW))
const proved = (expected?: Anchor): Promise<Verdict> =>
  verify(
    everyEntry((after, limit) => readAudit(place.store, after, limit)),
    expected,
  )

async function five(): Promise<Anchor> {
  for (let i = 0; i < 4; i++) await append()
  return append()
}

describe('the audit on disk', () => {
  it('numbers from 1, holds together and is read in order', async () => {
    const last = await five()
    expect(last.number).toBe(5)
    expect(await proved(last)).toEqual({ ok: true, count: 5, last })
    expect((await readAudit(place.store, 2, 2)).map((row) => row.number)).toEqual([3, 4])
    expect((await readLastAudit(place.store, 2)).map((row) => row.number)).toEqual([4, 5])
    expect((await readLastAudit(place.store, 1))[0]).toMatchObject({ at: NOW, actor: 'Lan', detail: '{"episode":2,"reason":"đến lượt"}' })
  })

  it('is part of the transaction it tells of', async () => {
    await expect(
      place.store.write(async (tx) => {
        await appendAudit(tx, entry, NOW)
        throw new Error('not after all')
      }),
    ).rejects.toThrow('not after all')
    expect(await count(place.store, 'audit')).toBe(0)
  })

  it('takes nothing that it may not hold', async () => {
    await expect(append({ detail: { text: 'tôi bị lừa' } as NewEntry['detail'] })).rejects.toThrow()
    expect(await count(place.store, 'audit')).toBe(0)
  })

  it('is one chain though two processes append at once', async () => {
    const program = `
      const { openStore } = await import('${ROOT}/adapters/storage/database.ts')
      const { appendAudit } = await import('${ROOT}/adapters/storage/audit-store.ts')
      const store = await openStore(process.env.ANTAM_DATA)
      const entry = { actor: 'Lan', action: 'owner.took', subject: 'c1', detail: {} }
      for (let i = 0; i < 50; i++) await store.write((tx) => appendAudit(tx, entry, i))
      await store.close()`
    const child = () => node(['--input-type=module', '-e', program], { ANTAM_DATA: place.folder })
    expect((await Promise.all([child(), child()])).map((ran) => [ran.code, ran.err])).toEqual(Array(2).fill([0, '']))
    expect(await proved()).toMatchObject({ ok: true, count: 100 })
  })
})

describe('tampering with the file', () => {
  const copy = (from: number, to: string) =>
    `insert into audit select ${to}, at, actor, action, subject, detail, previous, hash from audit where number = ${from}`
  it.each([
    ['a changed actor', 3, 'changed', [`update audit set actor = 'Hoa' where number = 3`]],
    ['a changed time', 1, 'changed', ['update audit set at = at - 60000 where number = 1']],
    ['a changed detail', 5, 'changed', [`update audit set detail = '{"episode":3,"reason":"đến lượt"}' where number = 5`]],
    ['a removed entry', 2, 'missing', ['delete from audit where number = 2']],
    ['a removed first entry', 1, 'missing', ['delete from audit where number = 1']],
    [
      'a removed entry, the rest moved up',
      2,
      'changed',
      ['delete from audit where number = 2', 'update audit set number = number - 1 where number = 3'],
    ],
    [
      'an inserted entry, the rest moved on',
      3,
      'changed',
      ['update audit set number = -number where number > 2', copy(2, '3'), 'update audit set number = 1 - number where number < 0'],
    ],
    ['an entry between two numbers', 2.5, 'out_of_place', [copy(2, '2.5')]],
    ['an entry before the first', -7, 'out_of_place', [copy(2, '-7')]],
    ['an entry appended with a gap', 6, 'missing', [copy(2, '9')]],
    ['an entry appended as a copy', 6, 'changed', [copy(5, '6')]],
    ['an entry numbered in words', 'x', 'out_of_place', [copy(5, `'x'`)]],
    [
      'two entries that changed places',
      2,
      'changed',
      [
        'update audit set number = 99 where number = 2',
        'update audit set number = 2 where number = 4',
        'update audit set number = 4 where number = 99',
      ],
    ],
  ])('finds %s', async (_what, number, why, statements) => {
    await five()
    tamper(place.folder, ...statements)
    expect(await proved()).toEqual({ ok: false, number, why })
  })

  it('finds a cut tail by the anchor kept elsewhere', async () => {
    const last = await five()
    tamper(place.folder, 'delete from audit where number > 3')
    expect(await proved()).toMatchObject({ ok: true, count: 3 })
    expect(await proved(last)).toEqual({ ok: false, number: 4, why: 'cut_off' })
  })
})

describe('the code', () => {
  it('never changes or removes an entry', () => {
    const files = ['adapters', 'bot'].flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile() && /\.m?[tj]s$/.test(file.name))
        .map((file) => join(file.parentPath, file.name)),
    )
    const guilty = /(updateTable|deleteFrom|replaceInto|mergeInto)\(\s*['"`]audit\b|(update|delete from|replace into)\s+["`]?audit\b/i
    expect(guilty.test("tx.updateTable('audit')")).toBe(true)
    expect(files.length).toBeGreaterThan(40)
    expect(files.filter((file) => guilty.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})
