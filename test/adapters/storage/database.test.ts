import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openStore, StorageError, type Store, StuckTransaction, type Tx } from '../../../adapters/storage/database.ts'
import { accept, commitsIn, rows } from './lanes.ts'
import { FILE, filesHolding, inStore, NOW, node, plant, tamper } from './office.ts'

const pretended = vi.hoisted(() => ({ version: undefined as string | undefined }))
/** The real one, but that it can be told to pretend an older SQLite. */
vi.mock('better-sqlite3', async (original) => {
  const { default: Real } = await original<{ default: typeof Database }>()
  class Pretending extends Real {
    override prepare(text: string): never {
      const { version } = pretended
      return (version && text.includes('sqlite_version()') ? { get: () => ({ version }) } : super.prepare(text)) as never
    }
  }
  return { default: Pretending }
})

const DATABASE = new URL('../../../adapters/storage/database.ts', import.meta.url).href
const place = inStore()
const pragma = (store: Store, name: string) =>
  store.read(async (tx) => Object.values((await sql`pragma ${sql.raw(name)}`.execute(tx)).rows[0] as object)[0])

/** Another connection to the same file, that does not wait. */
function other(): Database.Database {
  return new Database(join(place.folder, FILE), { timeout: 0 })
}

const insert = (tx: Tx, person: string) => tx.insertInto('tombstone').values({ person, erased_at: NOW, why: 'thử' }).execute()
const people = async (store: Store) => (await rows(store, 'tombstone')).map((row) => row.person)

afterEach(() => {
  pretended.version = undefined
})

describe('the file', () => {
  it.each([
    ['synchronous', 2],
    ['journal_mode', 'wal'],
    ['foreign_keys', 1],
    ['secure_delete', 1],
    ['trusted_schema', 0],
    ['busy_timeout', 5_000],
  ])('is opened with %s = %s', async (name, value) => {
    expect(await pragma(place.store, name)).toBe(value)
  })

  it('is still written with synchronous = FULL after it has been used', async () => {
    await accept(place.store, 'a', '1')
    expect(await pragma(place.store, 'synchronous')).toBe(2)
  })

  it('stands in a folder that nobody else can read', async () => {
    const folder = join(place.folder, 'sâu/hơn')
    await (await openStore(folder)).close()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('may be opened again and again: migrations that have run do nothing, and data stays', async () => {
    await accept(place.store, 'a', '1')
    const schema = () => other().prepare('select name, sql from sqlite_master order by name').all()
    const before = schema()
    for (let i = 0; i < 3; i++) await (await openStore(place.folder)).close()
    expect(schema()).toEqual(before)
    expect(await rows(place.store, 'inbox')).toHaveLength(1)
  })

  it('may be opened for the first time by several processes at once', async () => {
    const folder = join(place.folder, 'chung')
    const opens = `const { openStore } = await import(${JSON.stringify(DATABASE)}); const store = await openStore(${JSON.stringify(folder)}); await store.close()`
    const ran = await Promise.all(Array.from({ length: 3 }, () => node(['--input-type=module', '-e', opens])))
    expect(ran).toEqual(ran.map(() => ({ code: 0, out: '', err: '' })))
    const store = await openStore(folder)
    expect((await accept(store, 'a', '1')).status).toBe('new')
    await store.close()
  })

  it('that is no database is named in a sentence, with the cause', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'an-tam-hong-'))
    writeFileSync(join(folder, FILE), 'đây không phải cơ sở dữ liệu, chỉ là vài chữ đủ dài để không bị xem là tệp rỗng')
    const opening = openStore(folder)
    await expect(opening).rejects.toThrow(StorageError)
    await expect(opening).rejects.toThrow(/^Không mở được cơ sở dữ liệu trong .*\.$/)
    rmSync(folder, { recursive: true })
  })

  it('is refused where the folder cannot be made', async () => {
    const file = join(place.folder, 'tep')
    writeFileSync(file, '')
    await expect(openStore(join(file, 'con'))).rejects.toThrow(StorageError)
  })

  it('that a migration cannot be run on is named in a sentence, and is left as it was: once the trouble is gone it opens', async () => {
    const folder = join(place.folder, 'do-dang')
    mkdirSync(folder)
    tamper(folder, 'create table outbox (của_ai text)')
    const opening = openStore(folder)
    await expect(opening).rejects.toThrow(StorageError)
    await expect(opening).rejects.toThrow(/dữ liệu cũ còn nguyên/)
    tamper(folder, 'drop table outbox')
    const store = await openStore(folder)
    expect((await accept(store, 'a', '1')).status).toBe('new')
    await store.close()
  })

  it.each(['3.51.2', '3.50.9', '3.9.0', '2.99.99', '3.51'])('is not opened by SQLite %s, which can lose what was committed', async (version) => {
    pretended.version = version
    const opening = openStore(join(place.folder, 'moi'))
    await expect(opening).rejects.toThrow(StorageError)
    await expect(opening).rejects.toThrow(`SQLite ${version} có lỗi có thể mất tin; cần 3.51.3 trở lên`)
  })

  it.each(['3.51.3', '3.52.0', '3.100.0', '4.0.0'])('is opened by SQLite %s', async (version) => {
    pretended.version = version
    await (await openStore(join(place.folder, 'moi'))).close()
  })
})

describe('a transaction', () => {
  it('that may write takes the write lock before it has written anything', async () => {
    await place.store.write(async () => {
      expect(() => other().exec('begin immediate')).toThrow(/locked/)
    })
    other().exec('begin immediate')
  })

  it('that only reads keeps no writer waiting, and sees one state of the data', async () => {
    await place.store.read(async (tx) => {
      const before = await tx.selectFrom('tombstone').selectAll().execute()
      other().exec("insert into tombstone values ('x', 1, 'y')")
      expect(await tx.selectFrom('tombstone').selectAll().execute()).toEqual(before)
    })
    expect(await people(place.store)).toEqual(['x'])
  })

  it('that throws leaves nothing', async () => {
    const failing = place.store.write(async (tx) => {
      await insert(tx, 'a')
      throw new Error('giữa chừng')
    })
    await expect(failing).rejects.toThrow('giữa chừng')
    expect(await people(place.store)).toEqual([])
  })

  it('is seen by another process once it has resolved, and not before', async () => {
    await place.store.write(async (tx) => {
      await insert(tx, 'a')
      expect(other().prepare('select count(*) as n from tombstone').get()).toEqual({ n: 0 })
    })
    expect(other().prepare('select count(*) as n from tombstone').get()).toEqual({ n: 1 })
  })

  it('shares one commit with those that come together with it', async () => {
    const before = commitsIn(place.folder)
    await Promise.all(Array.from({ length: 65 }, (_, i) => place.store.write((tx) => insert(tx, `p${i}`))))
    // The first is on its way when the others come.
    expect(commitsIn(place.folder) - before).toBe(2)
    expect(await people(place.store)).toHaveLength(65)
  })

  it('that fails among others fails alone, and they are told their own results', async () => {
    const works = Array.from({ length: 20 }, (_, i) =>
      place.store.write(async (tx) => {
        await insert(tx, `p${i}`)
        if (i % 7 === 3) throw new Error(`hỏng ${i}`)
        return i
      }),
    )
    const results = await Promise.allSettled(works)
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error).message))).toEqual(
      Array.from({ length: 20 }, (_, i) => (i % 7 === 3 ? `hỏng ${i}` : i)),
    )
    expect((await people(place.store)).sort()).toEqual(
      Array.from({ length: 20 }, (_, i) => `p${i}`)
        .filter((_, i) => i % 7 !== 3)
        .sort(),
    )
  })

  it('that uses the store inside itself ends with an error instead of hanging, and leaves a store that works', async () => {
    let inner: Promise<unknown> = Promise.resolve()
    const outer = place.store.write(async (tx) => {
      await insert(tx, 'ngoài')
      inner = place.store.write((again) => insert(again, 'trong'))
      await inner
    })
    await expect(outer).rejects.toThrow(StuckTransaction)
    await expect(inner).rejects.toThrow(StuckTransaction)
    await place.store.write((tx) => insert(tx, 'sau'))
    expect(await people(place.store)).toEqual(['sau'])
  })

  it.each(['read', 'write'] as const)('that reads through the store inside a %s ends likewise', async (kind) => {
    const outer = place.store[kind](() => place.store.read(async (tx) => tx.selectFrom('tombstone').selectAll().execute()))
    await expect(outer).rejects.toThrow(StuckTransaction)
    expect(await people(place.store)).toEqual([])
  })

  it('that waits for something slow is given up, and nothing of it is written afterwards', async () => {
    let ended: Promise<unknown> = Promise.resolve()
    const slow = place.store.write((tx) => {
      ended = insert(tx, 'trước')
        .then(() => pause(2_200))
        .then(() => insert(tx, 'sau'))
      return ended
    })
    await expect(slow).rejects.toThrow(StuckTransaction)
    await ended
    expect(await people(place.store)).toEqual([])
  })
})

describe('a note, which may be lost with the power but not with the process', () => {
  const NORMAL = 1
  const FULL = 2
  const within = async (tx: Tx) =>
    ((await sql<{ synchronous: number }>`pragma synchronous`.execute(tx)).rows[0] as { synchronous: number }).synchronous

  it('does not wait for the disk, and the next write does', async () => {
    expect(await place.store.note(within)).toBe(NORMAL)
    expect(await place.store.write(within)).toBe(FULL)
    expect(await place.store.note(within)).toBe(NORMAL)
  })

  it('that shares a commit with a write waits for the disk with it', async () => {
    const together = [place.store.note(within), place.store.write(within), place.store.note(within)]
    expect(await Promise.all(together)).toEqual([FULL, FULL, FULL])
    expect(await place.store.note(within)).toBe(NORMAL)
  })

  it('that shared one with a write that failed does not take the other writes from the disk', async () => {
    const failing = place.store.write(() => Promise.reject(new Error('hỏng')))
    const together = [place.store.note(within), place.store.write(within)]
    await expect(failing).rejects.toThrow('hỏng')
    expect(await Promise.all(together)).toEqual([NORMAL, FULL])
  })

  it('is seen by another process at once, and leaves nothing when it throws', async () => {
    await place.store.note((tx) => insert(tx, 'a'))
    expect(other().prepare('select count(*) as n from tombstone').get()).toEqual({ n: 1 })
    const failing = place.store.note(async (tx) => {
      await insert(tx, 'b')
      throw new Error('giữa chừng')
    })
    await expect(failing).rejects.toThrow('giữa chừng')
    expect(await people(place.store)).toEqual(['a'])
  })
})

describe('rules that hold when the code is bypassed', () => {
  const ROW = {
    conversation: `insert into conversation (id, channel, address, person, version, dialogue, ownership, owner, position, event_number, pending, created_at, updated_at)
      values ('c2', 'web', 'c1-dia-chi', 'p', 0, '{}', '{}', 'bot', 0, 0, 0, 1, 1)`,
    'inbox, the name of a message': "insert into inbox values ('c1', 'i2', 'web', 'c1-ngoai', 9, '{}', 'waiting', 0, 1)",
    'inbox, a place': "insert into inbox values ('c1', 'i2', 'web', 'mới', 1, '{}', 'waiting', 0, 1)",
    'decision, a second one': "insert into decision values ('c1', 'c1-in', 1, 'answered', null, '[]', null, 1, 1)",
    'outbox, a place': "insert into outbox values ('c1', 'o2', 'web', 2, '{}', null, 'assistant', 'pending', 0, 1, null, 1, null, null, 0, 0, 0)",
    'web_event, a number': "insert into web_event values ('c1', 1, 'mới', 'message', '{}', 1)",
    'web_event, a key': "insert into web_event values ('c1', 2, 'c1-khoa', 'message', '{}', 1)",
    'episode, a number': "insert into episode values ('c1', 1, 'bot', null, null, 1, null, null, null)",
    'feedback, a second one': "insert into feedback values ('c1', 'c1-out', 'up', null, 1)",
  }
  it.each(Object.entries(ROW))('%s is unique', async (_name, statement) => {
    await plant(place.store, { id: 'c1', person: 'p' })
    expect(() => tamper(place.folder, statement)).toThrow(/UNIQUE constraint failed/)
  })

  it('nothing hangs on a conversation or a message that does not exist', async () => {
    const orphan = place.store.write((tx) =>
      tx
        .insertInto('decision')
        .values({
          ...{ inbox_id: 'không có', conversation_id: 'không có', episode: 1, kind: 'answered', reason: null },
          ...{ citations: '[]', confidence: null, decided_at: 1, took_ms: 1 },
        })
        .execute(),
    )
    await expect(orphan).rejects.toThrow(/FOREIGN KEY/)
  })

  it('everything below a conversation goes with it', async () => {
    await plant(place.store, { id: 'c1', person: 'p', hash: 'ab' })
    await place.store.write((tx) => tx.deleteFrom('conversation').execute())
    for (const table of ['inbox', 'decision', 'outbox', 'web_event', 'episode', 'feedback', 'attachment'] as const)
      expect(await rows(place.store, table), table).toEqual([])
  })
})

describe('what is deleted', () => {
  it('is gone from the disk once the log is truncated, without rewriting the file', async () => {
    const word = 'một câu chuyện rất riêng tư'
    await plant(place.store, { id: 'c1', person: 'p', said: word })
    expect(filesHolding(place.folder, word)).not.toEqual([])
    await place.store.write((tx) => tx.deleteFrom('conversation').execute())
    await place.store.truncateLog()
    expect(filesHolding(place.folder, word)).toEqual([])
  })
})

describe('looking after the file', () => {
  it('finds it sound', async () => {
    await plant(place.store, { id: 'c1', person: 'p' })
    expect(await place.store.integrity()).toEqual([])
  })

  it('copies it while it is in use', async () => {
    await plant(place.store, { id: 'c1', person: 'p' })
    const folder = mkdtempSync(join(tmpdir(), 'an-tam-sao-'))
    await Promise.all([place.store.backup(join(folder, FILE)), accept(place.store, 'a', '1')])
    const restored = await openStore(folder)
    expect((await rows(restored, 'conversation')).map((row) => row.id)).toContain('c1')
    expect(await restored.integrity()).toEqual([])
    await restored.close()
    rmSync(folder, { recursive: true })
  })
})
