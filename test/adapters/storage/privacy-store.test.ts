import { appendFileSync, copyFileSync, existsSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore as openFiles } from '../../../adapters/attachments/store.ts'
import { readAudit, readLastAudit } from '../../../adapters/storage/audit-store.ts'
import { openStore } from '../../../adapters/storage/database.ts'
import { readHeld, recordExport } from '../../../adapters/storage/held-store.ts'
import { createOfficer } from '../../../adapters/storage/officer-store.ts'
import {
  erasePerson,
  findByAddress,
  knownHashes,
  personOf,
  planRetention,
  previewErasure,
  readTombstones,
  replayTombstones,
  runRetention,
  unusedOf,
} from '../../../adapters/storage/privacy-store.ts'
import { keepTombstones, readKeptTombstones, removeFiles, syncTombstones } from '../../../adapters/storage/tombstone-file.ts'
import { verify } from '../../../bot/audit/chain.ts'
import { everyEntry } from '../../../bot/audit/ports.ts'
import { count, DAY, FILE, filesHolding, inStore, NOW, plant, plantFile } from './office.ts'

const place = inStore()
const SAID = 'Tôi bị lừa mất con bò ở Ayun Pa'
const PHONE = '0905 123 456'
const WORDS = `${SAID}, gọi tôi ${PHONE}`
const HASH = 'ab'.repeat(32)
const OTHER = 'cd'.repeat(32)
const order = { person: 'web:p1', by: 'Lan', why: 'người dân yêu cầu' }
const NO_CASES = { cases: 0, heldCases: 0 }
const RULES = { conversationDays: 90, caseDays: 1_825, attemptDays: 400 }
const files = () => openFiles(join(place.folder, 'attachments'))
const chain = () => verify(everyEntry((after, limit) => readAudit(place.store, after, limit)))

describe('what is held on a person', () => {
  it('comes out whole: every column of every table that names a conversation', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: WORDS, hash: HASH })
    await plant(place.store, { id: 'c2', person: 'web:p2', said: 'của người khác' })
    const officer = (await createOfficer(place.store, { login: 'lan', name: 'Lan', role: 'officer' }, 'system', NOW)) ?? expect.unreachable()
    await place.store.write((tx) =>
      tx
        .insertInto('alert_address')
        .values({ conversation_id: 'c1', officer, connected_at: NOW + 26 })
        .execute(),
    )
    const held = await readHeld(place.store, 'web:p1')
    const text = JSON.stringify(held)
    expect(text).not.toContain('của người khác')
    // What the machinery needs and says nothing about the person.
    const machinery = [
      'version',
      'position',
      'event_number',
      'pending',
      'pending_since',
      'lease_token',
      'lease_until',
      'timer_at',
      'conversation_id',
      'inbox_id',
      'message_id',
    ]
    const file = new Database(join(place.folder, FILE), { readonly: true })
    const tables = file
      .prepare(`select m.name from sqlite_master m join pragma_table_info(m.name) c on c.name = 'conversation_id'`)
      .pluck()
      .all() as string[]
    expect(tables.length).toBeGreaterThanOrEqual(7)
    for (const table of [...tables, 'conversation']) {
      const row = file.prepare(`select * from ${table} where ${table === 'conversation' ? 'id' : 'conversation_id'} = 'c1'`).get() as object
      expect(row, `${table}: plant a row for this table`).toBeDefined()
      for (const [column, value] of Object.entries(row)) {
        if (value === null || machinery.includes(column)) continue
        expect(text, `${table}.${column}`).toContain(typeof value === 'string' && /^[[{]/.test(value) ? value : JSON.stringify(value))
      }
    }
    file.close()
  })

  it('is undefined where nothing is held', async () => expect(await readHeld(place.store, 'web:nobody')).toBeUndefined())

  it('handing out is audited and shown the next time', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1' })
    const held = await readHeld(place.store, 'web:p1')
    if (!held) throw new Error('nothing held')
    await recordExport(place.store, held, 'Lan', NOW)
    expect((await readLastAudit(place.store, 1))[0]).toMatchObject({
      action: 'person.exported',
      actor: 'Lan',
      detail: '{"conversations":1,"messages":2}',
    })
    expect((await readHeld(place.store, 'web:p1'))?.audit).toEqual([{ at: NOW, action: 'person.exported', subject: 'person:web:p1' }])
  })

  it('is found by the code that a visitor reads out', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', row: { address: 'k7qd34xyz' } })
    await plant(place.store, { id: 'c2', person: 'web:p2', at: NOW + 1, row: { address: 'k7qdzzz' } })
    await plant(place.store, { id: 'c3', person: 'web:p3', row: { address: 'xk7qd' } })
    expect((await findByAddress(place.store, 'K7QD')).map((found) => found.id)).toEqual(['c2', 'c1'])
    expect(await findByAddress(place.store, 'k7qd34xyz')).toEqual([{ id: 'c1', channel: 'web', createdAt: NOW, updatedAt: NOW }])
    expect(await findByAddress(place.store, 'k%qd')).toEqual([])
    expect([await personOf(place.store, 'c1'), await personOf(place.store, 'c9')]).toEqual(['web:p1', undefined])
  })
})

describe('erasing a person', () => {
  it('leaves nothing of what was said in any file, also beside a database in use', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: WORDS, hash: HASH })
    await plant(place.store, { id: 'c2', person: 'web:p1', said: WORDS })
    await plant(place.store, { id: 'c3', person: 'web:p3', said: 'ở lại' })
    plantFile(place.folder, HASH, WORDS)
    expect(filesHolding(place.folder, SAID, PHONE)).toEqual(expect.arrayContaining([`attachments/ab/${HASH}`]))
    expect(filesHolding(place.folder, SAID, PHONE).length).toBeGreaterThan(1)
    expect(await previewErasure(place.store, 'web:p1')).toEqual({ ...NO_CASES, conversations: 2, messages: 4, attachments: 1 })

    const erased = await erasePerson(place.store, order, NOW)
    expect(erased).toEqual({ conversations: 2, messages: 4, attachments: 1, ...NO_CASES, unusedHashes: [HASH], changed: true })
    expect(await removeFiles(place.store, files(), erased.unusedHashes)).toBe(1)
    await place.store.compact()
    expect(existsSync(join(place.folder, `${FILE}-wal`)) && existsSync(join(place.folder, `${FILE}-shm`))).toBe(true)
    expect(filesHolding(place.folder, SAID, PHONE)).toEqual([])
    expect(filesHolding(place.folder, 'ở lại').length).toBeGreaterThan(0)
    expect(await readTombstones(place.store)).toEqual([{ person: 'web:p1', erasedAt: NOW, why: 'người dân yêu cầu' }])
    expect((await readLastAudit(place.store, 1))[0]).toMatchObject({
      ...{ action: 'person.erased', subject: 'person:web:p1', actor: 'Lan' },
      detail: '{"cases":0,"conversations":2,"files":1,"messages":4,"reason":"người dân yêu cầu"}',
    })
    expect([await count(place.store, 'conversation'), await count(place.store, 'inbox')]).toEqual([1, 1])
  })

  it('again changes nothing', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1' })
    await erasePerson(place.store, order, NOW)
    expect(await erasePerson(place.store, order, NOW + 1)).toEqual({
      ...NO_CASES,
      conversations: 0,
      messages: 0,
      attachments: 0,
      unusedHashes: [],
      changed: false,
    })
    expect([await count(place.store, 'audit'), (await readTombstones(place.store))[0]?.erasedAt]).toEqual([1, NOW])
  })

  it('leaves files that somebody else sent too, whoever is first', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', hash: HASH })
    await plant(place.store, { id: 'c2', person: 'web:p2', hash: HASH })
    const path = plantFile(place.folder, HASH, 'x')
    expect((await erasePerson(place.store, order, NOW)).unusedHashes).toEqual([])
    expect(await removeFiles(place.store, files(), [HASH])).toBe(0)
    expect(existsSync(path)).toBe(true)
    expect((await erasePerson(place.store, { ...order, person: 'web:p2' }, NOW)).unusedHashes).toEqual([HASH])
  })

  it('wants a reason, and keeps no number in it', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1' })
    await expect(erasePerson(place.store, { ...order, why: ' ' }, NOW)).rejects.toThrow('Cần ghi lý do')
    expect(await count(place.store, 'conversation')).toBe(1)
    await erasePerson(place.store, { ...order, why: `gọi ${PHONE}` }, NOW)
    expect(filesHolding(place.folder, PHONE)).toEqual([])
  })

  it('is nothing or all: where the audit cannot be written nobody is erased', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1' })
    await expect(erasePerson(place.store, { ...order, by: '' }, NOW)).rejects.toThrow()
    expect([await count(place.store, 'conversation'), await count(place.store, 'tombstone')]).toEqual([1, 0])
  })
})

describe('a restored backup', () => {
  /** Closes, puts the backup in the place of the database, opens again. */
  async function restore(backup: string): Promise<void> {
    await place.store.close()
    for (const ending of ['-wal', '-shm']) rmSync(join(place.folder, FILE + ending), { force: true })
    copyFileSync(backup, join(place.folder, FILE))
    rmSync(backup)
    Object.assign(place, { store: await openStore(place.folder) })
  }

  it('made before the erasure is cleansed again, though it knows of none', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: WORDS, hash: HASH })
    await plant(place.store, { id: 'c2', person: 'web:p2', said: 'ở lại' })
    const backup = join(place.folder, 'backup.sqlite')
    await place.store.backup(backup)
    await erasePerson(place.store, order, NOW)
    await keepTombstones(place.store, place.folder)
    await restore(backup)
    plantFile(place.folder, HASH, WORDS)
    expect(filesHolding(place.folder, SAID, PHONE).length).toBeGreaterThan(1)
    expect(await readTombstones(place.store)).toEqual([])

    expect(await syncTombstones(place.store, place.folder, files(), NOW + 5)).toEqual({
      ...{ ...NO_CASES, people: 1, conversations: 1, messages: 2, attachments: 1 },
      unusedHashes: [HASH],
    })
    expect(filesHolding(place.folder, SAID, PHONE)).toEqual([])
    expect(await count(place.store, 'conversation')).toBe(1)
    expect((await readLastAudit(place.store, 1))[0]).toMatchObject({
      actor: 'system',
      action: 'person.erased',
      detail: expect.stringContaining('"code":"replayed"'),
    })
    expect(await chain()).toMatchObject({ ok: true })
    expect(await syncTombstones(place.store, place.folder, files(), NOW + 6)).toMatchObject({ people: 0, conversations: 0 })
    expect(await count(place.store, 'audit')).toBe(1)
  })

  it('replays many tombstones, of people unknown to it too', async () => {
    await plant(place.store, { id: 'c1', person: 'p77' })
    const kept = Array.from({ length: 450 }, (_, i) => ({ person: `p${i}`, erasedAt: NOW + i, why: 'x' }))
    expect(await replayTombstones(place.store, kept, NOW)).toMatchObject({ people: 1, conversations: 1 })
    expect(await readTombstones(place.store)).toHaveLength(450)
  })

  it('the file beside the database is private, survives a torn line, and holds each tombstone once', async () => {
    await erasePerson(place.store, order, NOW)
    expect(await keepTombstones(place.store, place.folder)).toBe(1)
    appendFileSync(join(place.folder, 'erased.jsonl'), '{"person":"web:p2","eras')
    await erasePerson(place.store, { ...order, person: 'web:p2' }, NOW + 1)
    expect([await keepTombstones(place.store, place.folder), await keepTombstones(place.store, place.folder)]).toEqual([1, 0])
    expect(readKeptTombstones(place.folder).map((tombstone) => tombstone.person)).toEqual(['web:p1', 'web:p2'])
    expect(statSync(join(place.folder, 'erased.jsonl')).mode & 0o777).toBe(0o600)
  })
})

describe('retention', () => {
  const old = NOW - 91 * DAY

  it('says what is due and what is held, and changes nothing', async () => {
    await plant(place.store, { id: 'due', person: 'p', at: old })
    await plant(place.store, { id: 'closed', person: 'p', at: old - DAY, row: { owner: 'closed' } })
    await plant(place.store, { id: 'waiting', person: 'p', at: old, row: { owner: 'waiting' } })
    await plant(place.store, { id: 'staff', person: 'p', at: old, row: { owner: 'staff' } })
    await plant(place.store, { id: 'undecided', person: 'p', at: old, row: { pending: 1, pending_since: old } })
    await plant(place.store, { id: 'unsent', person: 'p', at: old, unsent: true })
    await plant(place.store, { id: 'young', person: 'p', at: NOW - 89 * DAY })
    // Whoever wrote `updated_at` may have forgotten it: the messages themselves count.
    await plant(place.store, { id: 'wrote-lately', person: 'p', at: old })
    await plant(place.store, { id: 'answered-lately', person: 'p', at: old })
    await place.store.write(async (tx) => {
      await tx
        .updateTable('inbox')
        .set({ received_at: NOW - DAY })
        .where('conversation_id', '=', 'wrote-lately')
        .execute()
      await tx
        .updateTable('outbox')
        .set({ created_at: NOW - DAY })
        .where('conversation_id', '=', 'answered-lately')
        .execute()
    })
    const plan = await planRetention(place.store, RULES, NOW)
    expect(plan.classes.conversation).toEqual({ due: 2, oldest: old - DAY, newest: old })
    expect(plan.held).toEqual({ due: 4, oldest: old, newest: old })
    expect(plan.classes.undelivered).toEqual({ due: 1, oldest: old, newest: old })
    expect(plan.classes.audit).toEqual({ due: 0, oldest: null, newest: null })
    expect(await count(place.store, 'conversation')).toBe(9)
    expect((await planRetention(place.store, { ...RULES, conversationDays: 92 }, NOW)).classes.conversation.due).toBe(0)
  })

  it('removes what is due and nothing else; a reply given up no longer holds its conversation', async () => {
    await plant(place.store, { id: 'due', person: 'p', at: old, said: WORDS, hash: HASH })
    await plant(place.store, { id: 'unsent', person: 'p', at: old, unsent: true, hash: OTHER })
    await plant(place.store, { id: 'waiting', person: 'p', at: old, row: { owner: 'waiting' }, hash: OTHER })
    await plant(place.store, { id: 'unsent-young', person: 'p', at: NOW - 20 * DAY, unsent: true })
    expect(await runRetention(place.store, RULES, NOW, 'system')).toEqual({
      ...{ ...NO_CASES, conversations: 2, messages: 4, attachments: 2, givenUp: 1, others: 1 },
      unusedHashes: [HASH],
    })
    expect(await place.store.read((tx) => tx.selectFrom('conversation').select('id').orderBy('id').execute())).toEqual([
      { id: 'unsent-young' },
      { id: 'waiting' },
    ])
    expect((await readLastAudit(place.store, 9)).map(({ action, subject, detail }) => [action, subject, detail])).toEqual([
      ['retention.ran', 'retention:undelivered', '{"class":"undelivered","messages":1}'],
      ['retention.ran', 'retention:conversation', '{"class":"conversation","conversations":2,"files":2,"messages":4}'],
      // Somebody still waits there, but not for a call that was due three months ago.
      ['retention.ran', 'retention:call_back', '{"class":"call_back","count":1}'],
    ])
    expect(await readTombstones(place.store)).toEqual([])
    await place.store.compact()
    expect(filesHolding(place.folder, SAID, PHONE)).toEqual([])
    expect(await runRetention(place.store, RULES, NOW, 'system')).toMatchObject({ conversations: 0, givenUp: 0, unusedHashes: [] })
    expect(await count(place.store, 'audit')).toBe(3)
  })

  it('leaves alone a reply that is being sent at this moment', async () => {
    await plant(place.store, { id: 'c1', person: 'p', at: old, unsent: true })
    await place.store.write((tx) =>
      tx
        .updateTable('outbox')
        .set({ lease_until: NOW + 1 })
        .execute(),
    )
    expect(await runRetention(place.store, RULES, NOW, 'system')).toMatchObject({ conversations: 0, givenUp: 0 })
  })

  it('works in small transactions, so that whoever else writes meanwhile is served', async () => {
    for (let i = 0; i < 450; i++) await plant(place.store, { id: `c${i}`, person: 'p', at: old, row: { position: i % 50 === 0 ? 4_000 : 2 } })
    let others = 0
    let done = false
    const meanwhile = (async () => {
      while (!done) {
        await place.store.write((tx) => tx.selectFrom('conversation').select('id').limit(1).execute())
        others++
        await new Promise((next) => setImmediate(next))
      }
    })()
    expect(await runRetention(place.store, RULES, NOW, 'system')).toMatchObject({ conversations: 450, messages: 900 })
    done = true
    await meanwhile
    const batches = (await readLastAudit(place.store, 100)).map((row) => JSON.parse(row.detail).conversations as number)
    expect(Math.max(...batches)).toBeLessThanOrEqual(200)
    expect(batches.length).toBeGreaterThan(5)
    expect(others).toBeGreaterThan(batches.length)
  })

  it('sweeps left-over files only when old and named by nobody', async () => {
    await plant(place.store, { id: 'c1', person: 'p', hash: HASH })
    const [used, orphan] = [plantFile(place.folder, HASH, 'x'), plantFile(place.folder, OTHER, 'x')]
    const young = plantFile(place.folder, 'ef'.repeat(32), 'x')
    for (const path of [used, orphan]) utimesSync(path, 1, 1)
    expect(await files().sweep(await knownHashes(place.store), Date.now() - DAY)).toBe(1)
    expect([used, orphan, young].map((path) => existsSync(path))).toEqual([true, false, true])
    expect(await unusedOf(place.store, [HASH, OTHER])).toEqual([OTHER])
  })
})
