/** What the tests of audit, switches and personal data share: a database in a folder of its own, and people in it. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach } from 'vitest'
import { openStore, type Store } from '../../../adapters/storage/database.ts'
import type { ConversationTable } from '../../../adapters/storage/tables.ts'
import { ROOT } from '../../bot/open.ts'

export const NOW = Date.UTC(2026, 10, 26, 3)
export const DAY = 86_400_000
export const FILE = 'an-tam.sqlite'

export interface Place {
  readonly folder: string
  readonly store: Store
}

/** Opens a fresh store around each test. */
export function inStore(): Place {
  const place = { folder: '', store: undefined as unknown as Store }
  beforeEach(async () => {
    place.folder = mkdtempSync(join(tmpdir(), 'an-tam-office-'))
    place.store = await openStore(place.folder)
  })
  afterEach(async () => {
    await place.store.close()
    rmSync(place.folder, { recursive: true, force: true })
  })
  return place
}

/** Does to the file what no code of ours does. */
export function tamper(folder: string, ...statements: readonly string[]): void {
  const file = new Database(join(folder, FILE))
  for (const statement of statements) file.exec(statement)
  file.close()
}

/** A conversation with one message in and one out, both at `at`. */
export interface Planted {
  readonly id: string
  readonly person: string
  readonly at?: number
  readonly said?: string
  readonly hash?: string
  readonly unsent?: boolean
  readonly row?: Partial<ConversationTable>
}

export async function plant(store: Store, { id, person, at = NOW, said = 'xin chào', hash, unsent = false, row = {} }: Planted): Promise<void> {
  const times = { created_at: at, updated_at: at }
  await store.write(async (tx) => {
    await tx
      .insertInto('conversation')
      .values({
        ...{
          id,
          person,
          channel: 'web',
          address: `${id}-dia-chi`,
          version: 1,
          dialogue: '{"questions":[]}',
          ownership: '{"owner":"bot"}',
          owner: 'bot',
        },
        ...{ timer_at: null, position: 2, event_number: 1, pending: 0, pending_since: null, lease_token: null, lease_until: null, ...times },
        ...{ heard_at: at + 3, matter: `${id}-viec`, ...row },
      })
      .execute()
    await tx
      .insertInto('inbox')
      .values({
        ...{ id: `${id}-in`, channel: 'web', external_id: `${id}-ngoai`, conversation_id: id, position: 1, state: 'decided', attempts: 0 },
        ...{ content: JSON.stringify({ kind: 'text', text: said, masked: false }), received_at: at },
      })
      .execute()
    await tx
      .insertInto('decision')
      .values({
        ...{ inbox_id: `${id}-in`, conversation_id: id, episode: 1, kind: 'answered', reason: 'ly-do', citations: '[{"article":"30"}]' },
        ...{ confidence: 0.75, decided_at: at + 5, took_ms: 8.5 },
      })
      .execute()
    await tx
      .insertInto('outbox')
      .values({
        ...{ id: `${id}-out`, conversation_id: id, channel: 'web', position: 2, inbox_id: `${id}-in`, author: 'assistant', attempts: 3 },
        ...{ body: JSON.stringify({ kind: 'reply', text: `Trả lời: ${said}\nCăn cứ: Điều 30` }), state: unsent ? 'pending' : 'sent' },
        ...{ next_attempt_at: at + 1, lease_until: null, created_at: at, sent_at: unsent ? null : at + 7, trouble: 'channel_absent' },
        ...{ delivered: 21, sending: 1, doubts: 22 },
      })
      .execute()
    await tx
      .insertInto('web_event')
      .values({ conversation_id: id, number: 1, key: `${id}-khoa`, type: 'message', data: JSON.stringify({ text: said }), at })
      .execute()
    await tx
      .insertInto('episode')
      .values({
        ...{ conversation_id: id, number: 1, owner: 'staff', reason: 'asked', officer: 'can-bo-1', began_at: at },
        ...{ ended_at: at + 9, ended_by: 'officer', outcome: 'đã hướng dẫn' },
      })
      .execute()
    await tx
      .insertInto('transfer')
      .values({ hash: `${id}-ma-bam`, conversation_id: id, created_at: at + 11, expires_at: at + 12, used_at: at + 13 })
      .execute()
    await tx
      .insertInto('erasure')
      .values({ conversation_id: id, asked_at: at + 14 })
      .execute()
    await tx
      .insertInto('download')
      .values({
        inbox_id: `${id}-in`,
        conversation_id: id,
        position: 1,
        source: `${id}-nguon`,
        attempts: 6,
        next_attempt_at: at + 15,
        lease_until: null,
      })
      .execute()
    await tx
      .insertInto('case_try')
      .values({ message: `${id}-in`, conversation_id: id, number: `${id}-so-ho-so`, at: at + 16 })
      .execute()
    await tx
      .insertInto('thread_note')
      .values({ id: `${id}-ghi-chu`, conversation_id: id, at: at + 17, by: 'lan', text: `${id} đã gọi lại`, mentions: '[]' })
      .execute()
    await tx
      .insertInto('warning')
      .values({
        ...{ id: `${id}-canh-bao`, version: 1, status: 'published', content: '{}', shown: null, writers: '[]', made_by: 'lan', made_at: at },
        ...{ changed_by: 'lan', changed_at: at, first_shown_at: at, shown_at: at },
      })
      .execute()
    await tx
      .insertInto('subscriber')
      .values({ conversation_id: id, since: at + 31, version: `${id}-loi`, message: `${id}-in`, ended_at: at + 32 })
      .execute()
    await tx
      .insertInto('warning_delivery')
      .values({ warning_id: `${id}-canh-bao`, conversation_id: id, state: 'queued', outbox_id: `${id}-out`, at: at + 33 })
      .execute()
    await tx
      .insertInto('call_back')
      .values({
        ...{ id: `${id}-goi-lai`, conversation_id: id, number: null, phone: '0900000099', hours: `${id} sau 17 giờ`, asked_at: at + 18 },
        ...{ due_at: at + 19, taken_by: `${id}-can-bo`, done_at: at + 20, outcome: 'not_reached' },
        consent: `${id}-dong-y`,
      })
      .execute()
    await tx
      .insertInto('alert_try')
      .values({ message: `${id}-ma-sai`, conversation_id: id, at: at + 23 })
      .execute()
    await tx
      .insertInto('proposed_words')
      .values({
        ...{ id: `${id}-cho-duyet`, conversation_id: id, episode: 1, by: 'lan', text: `${id} lời chờ duyệt`, citations: '["30"]', at: at + 24 },
        ...{ state: 'returned', decided_by: 'hai', decided_at: at + 25, reason: `${id} viết lại` },
      })
      .execute()
    await tx
      .insertInto('feedback')
      .values({ conversation_id: id, message_id: `${id}-out`, value: 'up', word: 'cảm ơn nhiều', at })
      .execute()
    if (hash)
      await tx
        .insertInto('attachment')
        .values({ id: `${id}-tep`, conversation_id: id, hash, kind: 'image/png', size: 77, state: 'quarantined', received_at: at })
        .execute()
  })
}

/** Puts the file of an attachment where the quarantine keeps it. */
export function plantFile(folder: string, hash: string, text: string): string {
  const shelf = join(folder, 'attachments', hash.slice(0, 2))
  mkdirSync(shelf, { recursive: true })
  writeFileSync(join(shelf, hash), text)
  return join(shelf, hash)
}

/** @returns the names of files anywhere in `folder` whose raw bytes hold one of `words`. */
export function filesHolding(folder: string, ...words: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => words.some((word) => readFileSync(path).includes(word)))
    .map((path) => path.slice(folder.length + 1))
}

export const count = (store: Store, table: 'conversation' | 'inbox' | 'outbox' | 'audit' | 'tombstone' | 'attachment'): Promise<number> =>
  store.read(async (tx) => {
    const row = await tx
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    return row.n
  })

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a command as npm would, on the data in `folder`. */
export function command(name: string, folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return node([join(ROOT, `bot/main/${name}.ts`), ...args], { ANTAM_DATA: folder, ...env })
}

/** Runs Node with TypeScript, in a process of its own. */
export function node(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((done) => {
    const { PATH, HOME } = process.env
    execFile(process.execPath, ['--import', 'tsx', ...args], { cwd: ROOT, env: { PATH, HOME, ...env } }, (error, out, err) =>
      done({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    )
  })
}
