/**
 * Opens the database: one SQLite file in the data folder, WAL, every commit on disk before it is acknowledged.
 *
 * kysely on SQLite has one connection behind one mutex, so `db` inside a transaction would wait for itself for ever. Queries therefore go through {@link Store}:
 * `read` and `write` hand out the only handle there is, and each is watched: a use-case that takes longer than two seconds is cut off with a sentence.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  Kysely,
  Migrator,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type Transaction,
  type TransactionSettings,
} from 'kysely'
import { batched } from './batch.ts'
import { MIGRATIONS } from './migrations/index.ts'
import type { Tables } from './tables.ts'

/** The handle inside `read` and `write`. */
export type Tx = Transaction<Tables>

export interface Store {
  /**
   * Runs `work` in a transaction that begins by taking the write lock; resolves once it is on disk, and leaves nothing when it throws. Works that come together share
   * one commit, for a commit waits for the disk; when one of them throws, each is run again alone, so `work` must not change anything but the database.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * The same for what may be forgotten when the power fails (never when only the process dies): a lease, the mark of a delivery that a key makes harmless to
   * repeat. It does not wait for the disk unless it shares a commit with something that does; what is forgotten is always the latest, never something between.
   */
  note<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** The same for work that only reads: it sees one state of the data and keeps no writer waiting in another process. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Checks the file, waits for open work and closes. */
  close(): Promise<void>
  /** Problems that SQLite itself finds in the file; empty when sound. */
  integrity(): Promise<readonly string[]>
  /** Rewrites freed pages and truncates the log, so that what was erased is gone from the disk too. Throws {@link StorageError} while another process reads. */
  compact(): Promise<void>
  /** Truncates the log: what was erased is zeroed in the file already, and this removes the copies in the log. Throws {@link StorageError} while another process reads. */
  truncateLog(): Promise<void>
  /** Copies the whole database, consistent, into a new file while it is in use. */
  backup(file: string): Promise<void>
}

/** The database cannot be used; the message is a sentence for the operator. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

/** A use-case that held the only connection too long: kysely's deadlock, or a wait on something slow inside a transaction. */
export class StuckTransaction extends Error {
  override readonly name = 'StuckTransaction'
}

/** Versions before this can skip a committed transaction when two processes write at once (sqlite.org/wal.html, "the WAL-reset bug"). */
const LEAST_SQLITE = [3, 51, 3] as const
const WATCHDOG_MS = 2_000
const BUSY_MS = 5_000
const MOST_STATEMENTS = 500

/** Whether the transaction that begins next must be on disk when it is committed. Only one writing transaction is begun at a time. */
interface Durability {
  next: 'FULL' | 'NORMAL'
}

/** Plain `begin` upgrades a read lock later and then fails at once instead of waiting: a transaction that may write takes the write lock first. */
class ImmediateDriver extends SqliteDriver {
  readonly #file: Database.Database
  readonly #durability: Durability
  #now: Durability['next'] = 'FULL'

  constructor(config: SqliteDialectConfig, file: Database.Database, durability: Durability) {
    super(config)
    this.#file = file
    this.#durability = durability
  }

  // kysely passes the settings, though its SQLite driver declares that it has no use for them.
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const reading = settings?.accessMode === 'read only'
    if (!reading) this.#choose(this.#durability.next)
    await connection.executeQuery(CompiledQuery.raw(reading ? 'begin' : 'begin immediate'))
  }

  #choose(wanted: Durability['next']): void {
    if (wanted === this.#now) return
    this.#file.pragma(`synchronous = ${wanted}`)
    this.#now = wanted
  }
}

/** SQLite can undo changes of tables, though kysely makes no use of it: a migration that is cut off must leave nothing, or no later start could run it. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #driver: () => Driver
  constructor(file: Database.Database, durability: Durability) {
    const config: SqliteDialectConfig = { database: keepingStatements(file) }
    super(config)
    this.#driver = () => new ImmediateDriver(config, file, durability)
  }
  override createDriver(): Driver {
    return this.#driver()
  }
  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter()
  }
}

/** kysely prepares every query anew; the same few hundred texts come again and again, so their statements are kept. */
function keepingStatements(file: Database.Database): SqliteDialectConfig['database'] {
  const kept = new Map<string, Database.Statement>()
  return {
    close: () => void file.close(),
    prepare: (text) => {
      const known = kept.get(text)
      if (known) return known
      const made = file.prepare(text)
      if (kept.size < MOST_STATEMENTS) kept.set(text, made)
      return made
    },
  } as NonNullable<SqliteDialectConfig['database']>
}

/** @returns the store in `folder`, migrated. Throws {@link StorageError} when the file cannot be opened or is not sound. */
export async function openStore(folder: string): Promise<Store> {
  const file = openFile(folder)
  const durability: Durability = { next: 'FULL' }
  const db = new Kysely<Tables>({ dialect: new ImmediateDialect(file, durability) })
  await migrate(db)
  return {
    ...writers(db, durability),
    read: (work) => watched((alive) => db.transaction().setAccessMode('read only').execute(guarded(alive, work))),
    integrity: async () =>
      (file.pragma('integrity_check') as { integrity_check: string }[]).map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    compact: () =>
      db.connection().execute(async () => {
        file.exec('vacuum')
        truncateLog(file)
      }),
    truncateLog: () => db.connection().execute(async () => truncateLog(file)),
    backup: async (target) => void (await file.backup(target)),
    close: async () => {
      await db.destroy()
    },
  }
}

/** SQLite does not fail when somebody still reads from the log: it only says so. */
function truncateLog(file: Database.Database): void {
  const [result] = file.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  if (result?.busy)
    throw new StorageError(
      'Một tiến trình khác đang đọc cơ sở dữ liệu nên chưa dọn được nhật ký ghi: những gì vừa xóa còn trong đó. Chạy lại sau ít phút.',
    )
}

function openFile(folder: string): Database.Database {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = new Database(join(folder, 'an-tam.sqlite'), { timeout: BUSY_MS })
    assertVersion(file)
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'trusted_schema = OFF', 'secure_delete = ON'])
      file.pragma(pragma)
    return file
  } catch (error) {
    if (error instanceof StorageError) throw error
    throw new StorageError(`Không mở được cơ sở dữ liệu trong ${folder}: ${(error as Error).message}.`, { cause: error })
  }
}

function assertVersion(file: Database.Database): void {
  const version = (file.prepare('select sqlite_version() as version').get() as { version: string }).version
  const parts = version.split('.').map(Number)
  const difference = LEAST_SQLITE.map((least, i) => (parts[i] ?? 0) - least).find((d) => d !== 0) ?? 0
  if (difference < 0) throw new StorageError(`SQLite ${version} có lỗi có thể mất tin; cần ${LEAST_SQLITE.join('.')} trở lên: chạy lại "npm ci".`)
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateToLatest()
  if (error)
    throw new StorageError('Không nâng cấp được cơ sở dữ liệu; dữ liệu cũ còn nguyên, hãy khôi phục bản chương trình trước rồi báo lỗi.', {
      cause: error,
    })
}

/** Most works that share a commit. */
const MOST_TOGETHER = 64

interface Work {
  readonly run: (tx: Tx) => Promise<unknown>
  readonly durable: boolean
}

function writers(db: Kysely<Tables>, durability: Durability): Pick<Store, 'write' | 'note'> {
  const commit = batched<Work, unknown>((works) => {
    durability.next = works.some((work) => work.durable) ? 'FULL' : 'NORMAL'
    return watched((alive) => db.transaction().execute(guarded(alive, (tx) => inTurn(tx, works))))
  }, MOST_TOGETHER)
  return {
    write: <T>(run: (tx: Tx) => Promise<T>) => commit({ run, durable: true }) as Promise<T>,
    note: <T>(run: (tx: Tx) => Promise<T>) => commit({ run, durable: false }) as Promise<T>,
  }
}

async function inTurn(tx: Tx, works: readonly Work[]): Promise<unknown[]> {
  const results: unknown[] = []
  for (const work of works) results.push(await work.run(tx))
  return results
}

/** What was given up must not begin after all, nor be committed: whoever was told that it failed may do it again. */
function guarded<T>(alive: () => boolean, work: (tx: Tx) => Promise<T>): (tx: Tx) => Promise<T> {
  return async (tx) => {
    if (!alive()) throw new StuckTransaction('given up before it began')
    const result = await work(tx)
    if (!alive()) throw new StuckTransaction('given up before it was done')
    return result
  }
}

/** Fails instead of hanging. */
async function watched<T>(start: (alive: () => boolean) => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let alive = true
  const stuck = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      alive = false
      reject(new StuckTransaction(`Một giao dịch giữ cơ sở dữ liệu quá ${WATCHDOG_MS / 1000} giây.`))
    }, WATCHDOG_MS)
  })
  try {
    return await Promise.race([start(() => alive), stuck])
  } finally {
    clearTimeout(timer)
  }
}
