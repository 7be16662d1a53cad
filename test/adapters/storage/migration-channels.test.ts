/** A database that the version before made: it opens, keeps every row, and goes on. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../../adapters/storage/database.ts'
import { readHeld } from '../../../adapters/storage/held-store.ts'
import { MIGRATIONS } from '../../../adapters/storage/migrations/index.ts'
import { openOutbox } from '../../../adapters/storage/outbox-store.ts'
import { freeLeases } from '../../../adapters/storage/turn-store.ts'
import { newDialogue } from '../../../bot/conversation/dialogue.ts'
import { newOwnership } from '../../../bot/conversation/owner.ts'
import { accept, decideAll, LEASE_MS, reply, rows, turnsOf } from './lanes.ts'
import { FILE, NOW, tamper } from './office.ts'

const FIRST = '2026-11-26-conversations'
const TABLES = [
  'conversation',
  'inbox',
  'decision',
  'outbox',
  'web_event',
  'episode',
  'feedback',
  'attachment',
  'audit',
  'switch',
  'tombstone',
] as const

let folder = ''
let store: Store | undefined
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'an-tam-old-'))
  await makeOld()
})
afterEach(async () => {
  await store?.close()
  store = undefined
  rmSync(folder, { recursive: true, force: true })
})

/** The file as the first migration alone makes it, with a row of the old shape in every table. */
async function makeOld(): Promise<void> {
  const file = new Database(join(folder, FILE))
  file.pragma('journal_mode = WAL')
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: file }) })
  const first = MIGRATIONS[FIRST] ?? expect.unreachable()
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => ({ [FIRST]: first }) } }).migrateToLatest()
  expect(error).toBeUndefined()
  await db.destroy()
  const { flooded: _new, ...old } = newDialogue()
  const dialogue = JSON.stringify({ ...old, questions: ['Máy hỏng?'], choices: ['Gặp cán bộ'], unsure: 1 })
  const ownership = JSON.stringify(newOwnership(NOW))
  const body = JSON.stringify(reply('câu trả lời cũ'))
  tamper(
    folder,
    `insert into conversation values ('c', 'web', 'a', 'web:a', 3, '${dialogue}', '${ownership}', 'bot', null, 4, 1, 1, ${NOW}, 't', ${NOW + 9}, ${NOW}, ${NOW})`,
    `insert into inbox (id, channel, external_id, conversation_id, position, content, state, attempts, received_at) values
       ('i1', 'web', 'e1', 'c', 1, '{"kind":"text","text":"một","masked":false}', 'decided', 1, ${NOW}),
       ('i2', 'web', 'e2', 'c', 4, '{"kind":"text","text":"hai","masked":false}', 'waiting', 0, ${NOW})`,
    `insert into decision (inbox_id, conversation_id, episode, kind, reason, citations, confidence, decided_at, took_ms) values ('i1', 'c', 1, 'service', 'x', '[]', null, ${NOW}, 1)`,
    `insert into outbox (id, conversation_id, channel, position, body, inbox_id, author, state, attempts, next_attempt_at, lease_until, created_at, sent_at, trouble) values
       ('o1', 'c', 'web', 2, '${body}', 'i1', 'assistant', 'sent', 1, 0, null, ${NOW}, ${NOW}, null),
       ('o2', 'c', 'web', 3, '${body}', 'i1', 'assistant', 'pending', 2, ${NOW}, ${NOW + 60_000}, ${NOW}, null, 'channel_absent')`,
    `insert into web_event (conversation_id, number, key, type, data, at) values ('c', 1, 'k', 'message', '{}', ${NOW})`,
    `insert into episode (conversation_id, number, owner, began_at) values ('c', 1, 'bot', ${NOW})`,
    `insert into feedback (conversation_id, message_id, value, word, at) values ('c', 'o1', 'up', null, ${NOW})`,
    `insert into attachment (id, conversation_id, hash, kind, size, state, received_at) values ('f', 'c', 'h', 'image/png', 1, 'quarantined', ${NOW})`,
    `insert into audit (number, at, actor, action, subject, detail, previous, hash) values (1, ${NOW}, 'lan', 'x', 'y', '{}', '', 'h')`,
    `insert into switch (scope, name, off_since, by, reason) values ('channel', 'web', ${NOW}, 'lan', 'x')`,
    `insert into tombstone (person, erased_at, why) values ('web:weg', ${NOW}, 'x')`,
  )
}

const open = async (): Promise<Store> => {
  store = await openStore(folder)
  return store
}

/** All rows of the old tables, by the columns that they had. */
function contents(columns?: ReadonlyMap<string, readonly string[]>) {
  const file = new Database(join(folder, FILE), { readonly: true })
  const names = (table: string) => columns?.get(table) ?? (file.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name)
  const all = new Map(TABLES.map((table) => [table, names(table)]))
  const held = TABLES.map((table) =>
    file
      .prepare(
        `select ${names(table)
          .map((name) => `"${name}"`)
          .join(', ')} from "${table}" order by rowid`,
      )
      .all(),
  )
  file.close()
  return { columns: all, held }
}

describe('a database of the version before', () => {
  it('opens with every row as it was', async () => {
    const before = contents()
    expect(before.held.every((table) => table.length > 0)).toBe(true)
    const opened = await open()
    expect(contents(before.columns).held).toEqual(before.held)
    expect(await opened.integrity()).toEqual([])
  })

  it('has what is new at its beginning: nothing delivered in part, nobody heard, no matter, nothing counted', async () => {
    const opened = await open()
    expect((await rows(opened, 'outbox')).map(({ delivered, sending, doubts }) => [delivered, sending, doubts])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect((await rows(opened, 'conversation'))[0]).toMatchObject({ heard_at: null, matter: null })
    for (const table of ['download', 'transfer', 'erasure', 'usage'] as const) expect(await rows(opened, table)).toEqual([])
  })

  it('goes on where it stopped: the old memory is read, the waiting message decided, the pending reply sent', async () => {
    const opened = await open()
    await freeLeases(opened)
    const lease = await turnsOf(opened).lease(NOW, LEASE_MS)
    expect(lease?.conversation.dialogue).toEqual({ ...newDialogue(), questions: ['Máy hỏng?'], choices: ['Gặp cán bộ'], unsure: 1, flooded: false })
    await turnsOf(opened).release(lease ?? expect.unreachable(), NOW)
    expect(await decideAll(opened, NOW + 1_000)).toEqual(['e2'])
    const [parcel] = await openOutbox(opened).leaseParcels('web', NOW + 1_000, LEASE_MS, 16)
    expect(parcel).toMatchObject({ key: 'o2', attempts: 2, delivered: 0, doubts: 0, heardAt: null, body: reply('câu trả lời cũ') })
    await openOutbox(opened).markSent(parcel ?? expect.unreachable(), NOW + 1_000)
    expect((await openOutbox(opened).leaseParcels('web', NOW + 1_000, LEASE_MS, 16)).map(({ replyTo }) => replyTo)).toEqual(['e2'])
  })

  it('takes new messages of old people', async () => {
    const opened = await open()
    expect((await accept(opened, 'a', '3')).conversation).toBe('c')
    expect((await rows(opened, 'conversation'))[0]).toMatchObject({ heard_at: NOW, pending: 2, pending_since: NOW, position: 5 })
    expect((await accept(opened, 'weg', '1')).status).toBe('erased')
  })

  it('is handed out whole to the person', async () => {
    const held = await readHeld(await open(), 'web:a')
    expect(held?.conversations[0]).toMatchObject({ heardAt: null, matter: null, transfers: [], downloads: [], erasureAskedAt: null })
    expect(held?.conversations[0]?.messages).toHaveLength(4)
  })

  it('is migrated once, and opens again', async () => {
    await (await open()).close()
    const before = contents()
    const again = await open()
    expect(contents()).toEqual(before)
    await accept(again, 'b', '1', { channel: 'telegram' })
  })

  it('has the same shape as one that is made anew', async () => {
    await open()
    const fresh = mkdtempSync(join(tmpdir(), 'an-tam-new-'))
    await (await openStore(fresh)).close()
    const shape = (of: string) => {
      const file = new Database(join(of, FILE), { readonly: true })
      const all = file.prepare("select type, name, sql from sqlite_master where name not like 'sqlite_%' order by type, name").all()
      file.close()
      return all
    }
    expect(shape(folder)).toEqual(shape(fresh))
    rmSync(fresh, { recursive: true, force: true })
  })

  it('that cannot be migrated stays as it was', async () => {
    tamper(folder, 'create table usage (x text)')
    const before = contents()
    await expect(openStore(folder)).rejects.toThrow('Không nâng cấp được cơ sở dữ liệu')
    expect(contents()).toEqual(before)
    tamper(folder, 'drop table usage')
    expect((await rows(await open(), 'conversation')).map(({ id }) => id)).toEqual(['c'])
  })
})
