/** Personal data on disk: reading everything held on a person, erasing it, and removing what is past its time. Everything below a conversation goes with it. */
import { setTimeout as pause } from 'node:timers/promises'
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import { writtenReason } from '../../bot/audit/entry.ts'
import type { Erased, ErasedCounts, ErasureOrder, Tombstone } from '../../bot/privacy/erasure.ts'
import {
  BATCH,
  type ClassPlan,
  dueBefore,
  fitting,
  type RetentionDone,
  type RetentionName,
  type RetentionPlan,
  type RetentionRules,
} from '../../bot/privacy/retention.ts'
import { isCitizens } from './alert-store.ts'
import { appendAudit } from './audit-store.ts'
import type { Store, Tx } from './database.ts'
import { planDesk, runDesk } from './desk-retention.ts'
import { forgetRequests } from './register-store.ts'
import type { Tables } from './tables.ts'

/** @returns the pseudonym of the person of a conversation, or undefined when there is no such conversation. */
export async function personOf(store: Store, conversationId: string): Promise<string | undefined> {
  const row = await store.read((tx) => tx.selectFrom('conversation').select('person').where('id', '=', conversationId).executeTakeFirst())
  return row?.person
}

/** @returns the pseudonym of the person of a case, or undefined when there is no such case. */
export async function personOfCase(store: Store, number: string): Promise<string | undefined> {
  const row = await store.read((tx) => tx.selectFrom('complaint').select('person').where('number', '=', number).executeTakeFirst())
  return row?.person
}

/** @returns the person and whoever else they are known as, having gone on with a matter on other channels. */
export function peopleOfMatter(store: Store, person: string): Promise<readonly string[]> {
  return store.read(async (tx) => {
    const matters = tx.selectFrom('conversation').select('matter').where('person', '=', person).where('matter', 'is not', null)
    const rows = await tx.selectFrom('conversation').select('person').distinct().where('matter', 'in', matters).execute()
    return [...new Set([person, ...rows.map((row) => row.person)])]
  })
}

/** However long the last reply takes to go out. */
const LONGEST_ERASURE_MS = 10 * 60_000

/** @returns whose erasure was asked for in the chat and can be done: everything is decided and sent, or it has taken long enough. */
export function dueErasures(store: Store, now: number): Promise<readonly { readonly person: string; readonly address: string }[]> {
  return store.read((tx) =>
    tx
      .selectFrom('erasure as e')
      .innerJoin('conversation as c', 'c.id', 'e.conversation_id')
      .select(['c.person', 'c.address'])
      .where((eb) => {
        const unsent = eb.selectFrom('outbox').select('id').whereRef('conversation_id', '=', 'c.id').where('state', '=', 'pending')
        return eb.or([eb('e.asked_at', '<', now - LONGEST_ERASURE_MS), eb.and([eb('c.pending', '=', 0), eb.not(eb.exists(unsent))])])
      })
      .execute(),
  )
}

/** A conversation as it is offered to be chosen: nothing that was said. Times in milliseconds UTC. */
export interface Found {
  readonly id: string
  readonly channel: string
  readonly createdAt: number
  readonly updatedAt: number
}
const MOST_FOUND = 20

/** @returns conversations whose address begins with `code`, upper or lower case, the latest first, at most twenty. */
export function findByAddress(store: Store, code: string): Promise<readonly Found[]> {
  return store.read((tx) =>
    tx
      .selectFrom('conversation')
      .select(['id', 'channel', 'created_at as createdAt', 'updated_at as updatedAt'])
      .where((eb) => eb(eb.fn('substr', [eb.fn('lower', ['address']), eb.val(1), eb.val(code.length)]), '=', code.toLowerCase()))
      .orderBy('updated_at', 'desc')
      .limit(MOST_FOUND)
      .execute(),
  )
}

/** @returns what erasing the person would remove; nothing is written. */
export function previewErasure(store: Store, person: string): Promise<ErasedCounts> {
  return store.read((tx) => countsOf(tx, person))
}

/**
 * Erases a person: conversations with all below them, a tombstone and an audit entry in one transaction. Again: changes nothing.
 * `at` in milliseconds UTC. Throws RangeError with a sentence when no reason is given. Files and freed pages are the caller's: `unusedHashes`, `store.compact`.
 */
export async function erasePerson(store: Store, order: ErasureOrder, at: number): Promise<Erased> {
  const why = writtenReason(order.why)
  if (why === '') throw new RangeError('Cần ghi lý do xóa (không ghi tên hay số điện thoại của người dân).')
  return store.write((tx) => eraseIn(tx, { ...order, why }, at))
}

async function eraseIn(tx: Tx, order: ErasureOrder, at: number, code?: string): Promise<Erased> {
  const { person, by, why } = order
  await forgetRequests(tx, person)
  const [counts, hashes] = [await countsOf(tx, person), await hashesOf(tx, person)]
  const known = await tx.selectFrom('tombstone').select('person').where('person', '=', person).executeTakeFirst()
  if (known && counts.conversations === 0 && counts.cases === 0) return { ...counts, unusedHashes: [], changed: false }
  await tx.deleteFrom('conversation').where('person', '=', person).execute()
  await forgetHandovers(tx, person)
  await tx.deleteFrom('complaint').where('person', '=', person).where('hold', 'is', null).execute()
  const unusedHashes = await unusedIn(tx, hashes)
  await bury(tx, { person, erasedAt: at, why })
  const { conversations, messages, attachments: files, cases } = counts
  const detail = { conversations, messages, files, cases, reason: why, ...(code ? { code } : {}) }
  await appendAudit(tx, { actor: by, action: 'person.erased', subject: `person:${person}`, detail }, at)
  return { ...counts, unusedHashes, changed: true }
}

/** What is on its way to the intake repeats everything that was told; it goes even where its case is held. */
async function forgetHandovers(tx: Tx, person: string): Promise<void> {
  const own = tx.selectFrom('complaint').select('number').where('person', '=', person)
  await tx.deleteFrom('handover').where('number', 'in', own).execute()
}

/** Writes the tombstone, or moves the one that is there to a later moment. */
async function bury(tx: Tx, { person, erasedAt, why }: Tombstone): Promise<void> {
  await tx
    .insertInto('tombstone')
    .values({ person, erased_at: erasedAt, why })
    .onConflict((conflict) => conflict.column('person').doUpdateSet({ erased_at: erasedAt, why }).where('tombstone.erased_at', '<', erasedAt))
    .execute()
}

async function countsOf(tx: Tx, person: string): Promise<ErasedCounts> {
  const ids = () => tx.selectFrom('conversation').select('id').where('person', '=', person)
  const count = async (table: 'inbox' | 'outbox' | 'attachment') =>
    total(await tx.selectFrom(table).where('conversation_id', 'in', ids()).select(counted).executeTakeFirst())
  const cases = async (held: 'is' | 'is not') =>
    total(await tx.selectFrom('complaint').where('person', '=', person).where('hold', held, null).select(counted).executeTakeFirst())
  const conversations = total(await tx.selectFrom('conversation').where('person', '=', person).select(counted).executeTakeFirst())
  const messages = (await count('inbox')) + (await count('outbox'))
  return { conversations, messages, attachments: await count('attachment'), cases: await cases('is'), heldCases: await cases('is not') }
}

// biome-ignore lint/suspicious/noExplicitAny: counting asks nothing of the table
const counted = (eb: ExpressionBuilder<Tables, any>) => eb.fn.countAll<number>().as('count')
const total = (row: { count: number } | undefined) => Number(row?.count ?? 0)

/** @returns hashes of all files of the person, in conversations and in cases that go. */
async function hashesOf(tx: Tx, person: string): Promise<readonly string[]> {
  const ids = tx.selectFrom('conversation').select('id').where('person', '=', person)
  const numbers = tx.selectFrom('complaint').select('number').where('person', '=', person).where('hold', 'is', null)
  const sent = await tx.selectFrom('attachment').select('hash').distinct().where('conversation_id', 'in', ids).execute()
  const filed = await tx.selectFrom('case_file').select('hash').distinct().where('number', 'in', numbers).execute()
  return [...new Set([...sent, ...filed].map((row) => row.hash))]
}

/** @returns which of `hashes` neither a conversation nor a case names at this moment. */
export function unusedOf(store: Store, hashes: readonly string[]): Promise<readonly string[]> {
  return store.read((tx) => unusedIn(tx, hashes))
}

async function unusedIn(tx: Tx, hashes: readonly string[]): Promise<readonly string[]> {
  const unused: string[] = []
  for (const hash of hashes) if (!(await isUsed(tx, hash))) unused.push(hash)
  return unused
}

async function isUsed(tx: Tx, hash: string): Promise<boolean> {
  const sent = await tx.selectFrom('attachment').select('id').where('hash', '=', hash).where('state', '!=', 'discarded').limit(1).executeTakeFirst()
  return sent !== undefined || (await tx.selectFrom('case_file').select('number').where('hash', '=', hash).limit(1).executeTakeFirst()) !== undefined
}

/** @returns the hash of every file that a conversation or a case names: all others are left-overs. */
export async function knownHashes(store: Store): Promise<ReadonlySet<string>> {
  const rows = await store.read(async (tx) => [
    ...(await tx.selectFrom('attachment').select('hash').distinct().where('state', '!=', 'discarded').execute()),
    ...(await tx.selectFrom('case_file').select('hash').distinct().execute()),
  ])
  return new Set(rows.map((row) => row.hash))
}

/** Forgets the files that showed what must not be kept. @returns their hashes: the caller removes the bytes that nobody else names. */
export async function forgetDiscarded(store: Store): Promise<readonly string[]> {
  const any = await store.read((tx) => tx.selectFrom('attachment').select('id').where('state', '=', 'discarded').limit(1).executeTakeFirst())
  if (!any) return []
  const rows = await store.write((tx) => tx.deleteFrom('attachment').where('state', '=', 'discarded').returning('hash').execute())
  return [...new Set(rows.map((row) => row.hash))]
}

/** @returns all tombstones, oldest first. */
export function readTombstones(store: Store): Promise<readonly Tombstone[]> {
  return store.read((tx) => tx.selectFrom('tombstone').select(['person', 'erased_at as erasedAt', 'why']).orderBy('erased_at').execute())
}

/** What replaying found and removed. */
export interface Replayed extends ErasedCounts {
  readonly people: number
  readonly unusedHashes: readonly string[]
}

/**
 * Erases again after a restored backup: `kept` are the tombstones that were saved outside of it, since a backup made before an erasure knows none.
 * Every conversation and every case of an erased person goes, whatever its date, unless an officer holds the case: nothing is taken any more under such a name. One transaction a person; doing it again changes nothing.
 */
export async function replayTombstones(store: Store, kept: readonly Tombstone[], at: number): Promise<Replayed> {
  for (let i = 0; i < kept.length; i += BATCH.conversations) {
    const part = kept.slice(i, i + BATCH.conversations)
    await store.write(async (tx) => {
      for (const tombstone of part) await bury(tx, tombstone)
    })
  }
  const back = await store.read((tx) =>
    tx
      .selectFrom('tombstone')
      .select(['person', 'why'])
      .where((eb) => {
        const cases = eb.selectFrom('complaint').select('person').where('hold', 'is', null)
        const requests = eb.selectFrom('data_request').select('person').where('person', 'is not', null)
        return eb.or([eb('person', 'in', eb.selectFrom('conversation').select('person')), eb('person', 'in', cases), eb('person', 'in', requests)])
      })
      .execute(),
  )
  const erased: Erased[] = []
  for (const { person, why } of back) erased.push(await store.write((tx) => eraseIn(tx, { person, why, by: 'system' }, at, 'replayed')))
  return { people: erased.length, ...summed(erased) }
}

interface Removed extends ErasedCounts {
  readonly unusedHashes: readonly string[]
}

function summed(parts: readonly Removed[]): Removed {
  const sum = (of: (part: Removed) => number) => parts.reduce((all, part) => all + of(part), 0)
  return {
    conversations: sum((part) => part.conversations),
    messages: sum((part) => part.messages),
    attachments: sum((part) => part.attachments),
    cases: sum((part) => part.cases),
    heldCases: sum((part) => part.heldCases),
    unusedHashes: [...new Set(parts.flatMap((part) => part.unusedHashes))],
  }
}

type OfConversation = ExpressionBuilder<Tables, 'conversation'>
type Condition = ExpressionWrapper<Tables, 'conversation', SqlBool>

/** Nothing came in, went out or changed since `before`. Positions rise with time, so only the last message each way is looked at. */
function idleSince(eb: OfConversation, before: number): Condition {
  const lastIn = eb.selectFrom('inbox').select('received_at').whereRef('conversation_id', '=', 'conversation.id').orderBy('position', 'desc').limit(1)
  const lastOut = eb
    .selectFrom('outbox')
    .select('created_at')
    .whereRef('conversation_id', '=', 'conversation.id')
    .orderBy('position', 'desc')
    .limit(1)
  return eb.and([
    eb('updated_at', '<', before),
    eb(eb.fn.coalesce(lastIn, eb.val(0)), '<', before),
    eb(eb.fn.coalesce(lastOut, eb.val(0)), '<', before),
  ])
}

/** The person waits for an officer or talks to one, is not answered yet, has not been reached yet, or has a case here that is not closed: its changes are told here. */
function waitedFor(eb: OfConversation): Condition {
  const unsent = eb.selectFrom('outbox').select('id').whereRef('conversation_id', '=', 'conversation.id').where('state', 'in', ['pending', 'held'])
  const open = eb.selectFrom('complaint').select('number').whereRef('told_in', '=', 'conversation.id').where('status', '!=', 'closed')
  // What is said where an officer is told of work ends by itself: see `forgetAlerts`.
  const tellsWork = eb.not(isCitizens(eb, 'conversation.id'))
  return eb.or([eb('owner', 'in', ['waiting', 'staff']), eb('pending', '>', 0), eb.exists(unsent), eb.exists(open), tellsWork])
}

/** Counts what is due at `now` (milliseconds UTC); nothing is written. */
export function planRetention(store: Store, rules: RetentionRules, now: number): Promise<RetentionPlan> {
  const before = (name: RetentionName) => dueBefore(name, rules, now) ?? 0
  return store.read(async (tx) => ({
    classes: {
      undelivered: await spanOf(undelivered(tx, before('undelivered'), now).select(spanned('created_at')).executeTakeFirst()),
      conversation: await spanOf(dueConversations(tx, before('conversation')).select(spanned('updated_at')).executeTakeFirst()),
      case: await spanOf(dueCases(tx, before('case')).select(spanned('closed_at')).executeTakeFirst()),
      audit: await spanOf(tx.selectFrom('audit').where('at', '<', before('audit')).select(spanned('at')).executeTakeFirst()),
      ...(await planDesk(tx, rules, now)),
      tombstone: await spanOf(
        tx.selectFrom('tombstone').where('erased_at', '<', before('tombstone')).select(spanned('erased_at')).executeTakeFirst(),
      ),
    },
    held: await spanOf(
      tx
        .selectFrom('conversation')
        .where((eb) => eb.and([idleSince(eb, before('conversation')), waitedFor(eb)]))
        .select(spanned('updated_at'))
        .executeTakeFirst(),
    ),
  }))
}

// biome-ignore lint/suspicious/noExplicitAny: the column is named by the caller, beside the table
const spanned = (column: string) => (eb: ExpressionBuilder<Tables, any>) =>
  [eb.fn.countAll<number>().as('due'), eb.fn.min<number | null>(column).as('oldest'), eb.fn.max<number | null>(column).as('newest')] as const

async function spanOf(row: Promise<ClassPlan | undefined>): Promise<ClassPlan> {
  return (await row) ?? { due: 0, oldest: null, newest: null }
}

function dueConversations(tx: Tx, before: number) {
  return (
    tx
      .selectFrom('conversation')
      // Said by waitedFor too; here so that the index on owner and time is used.
      .where('owner', 'in', ['bot', 'closed'])
      .where((eb) => eb.and([idleSince(eb, before), eb.not(waitedFor(eb))]))
  )
}

/** Closed long enough ago, and held by nobody. */
function dueCases(tx: Tx, before: number) {
  return tx.selectFrom('complaint').where('status', '=', 'closed').where('closed_at', '<', before).where('hold', 'is', null)
}

/** Rows that wait to be sent since before `before` and are not being sent at this moment. */
function undelivered(tx: Tx, before: number, now: number) {
  return tx
    .selectFrom('outbox')
    .where('state', 'in', ['pending', 'held'])
    .where('created_at', '<', before)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', now)]))
}

/** Between two transactions of a run, so that whoever waits for the database gets it. */
const PAUSE_MS = 5

/**
 * Removes what is due at `now` (milliseconds UTC) in small transactions, each with its own audit entry. Stopped half-way it has removed whole conversations, and the
 * next run goes on. Files and freed pages are the caller's: `unusedHashes`, `store.compact`.
 */
export async function runRetention(store: Store, rules: RetentionRules, now: number, by: string): Promise<RetentionDone> {
  let givenUp = 0
  for (let count = await giveUpSome(store, rules, now, by); count > 0; count = await giveUpSome(store, rules, now, by)) givenUp += count
  const parts: Removed[] = []
  for (let part = await removeCases(store, rules, now, by); part.cases > 0; part = await removeCases(store, rules, now, by)) parts.push(part)
  for (;;) {
    const part = await store.write((tx) => removeSome(tx, dueBefore('conversation', rules, now) ?? 0, now, by))
    if (part.conversations === 0) return { ...summed(parts), givenUp, others: await runDesk(store, rules, now, by) }
    parts.push(part)
    await pause(PAUSE_MS)
  }
}

function giveUpSome(store: Store, rules: RetentionRules, now: number, by: string): Promise<number> {
  return store.write(async (tx) => {
    const rows = await undelivered(tx, dueBefore('undelivered', rules, now) ?? 0, now)
      .select('id')
      .limit(BATCH.conversations)
      .execute()
    if (rows.length === 0) return 0
    const ids = rows.map((row) => row.id)
    await tx.updateTable('outbox').set({ state: 'undeliverable', trouble: 'too_old', lease_until: null }).where('id', 'in', ids).execute()
    const detail = { class: 'undelivered', messages: ids.length }
    await appendAudit(tx, { actor: by, action: 'retention.ran', subject: 'retention:undelivered', detail }, now)
    return ids.length
  })
}

const NOTHING: Removed = { conversations: 0, messages: 0, attachments: 0, cases: 0, heldCases: 0, unusedHashes: [] }

/** Cases past their time, with all that stands beside them. */
function removeCases(store: Store, rules: RetentionRules, now: number, by: string): Promise<Removed> {
  return store.write(async (tx) => {
    const rows = await dueCases(tx, dueBefore('case', rules, now) ?? 0)
      .select('number')
      .limit(BATCH.conversations)
      .execute()
    if (rows.length === 0) return NOTHING
    const numbers = rows.map((row) => row.number)
    const files = await tx.selectFrom('case_file').select('hash').where('number', 'in', numbers).execute()
    await tx.deleteFrom('complaint').where('number', 'in', numbers).execute()
    const unusedHashes = await unusedIn(tx, [...new Set(files.map((file) => file.hash))])
    const detail = { class: 'case', cases: rows.length, files: files.length }
    await appendAudit(tx, { actor: by, action: 'retention.ran', subject: 'retention:case', detail }, now)
    return { ...NOTHING, attachments: files.length, cases: rows.length, unusedHashes }
  })
}

async function removeSome(tx: Tx, before: number, now: number, by: string): Promise<Removed> {
  const rows = await dueConversations(tx, before).select(['id', 'position', 'event_number']).limit(BATCH.conversations).execute()
  const ids = fitting(rows.map(({ id, position, event_number }) => ({ id, size: position + event_number }))).map((row) => row.id)
  if (ids.length === 0) return NOTHING
  const removed = await removedWith(tx, ids)
  const { conversations, messages, attachments: files } = removed
  const detail = { class: 'conversation', conversations, messages, files }
  await appendAudit(tx, { actor: by, action: 'retention.ran', subject: 'retention:conversation', detail }, now)
  return removed
}

async function removedWith(tx: Tx, ids: readonly string[]): Promise<Removed> {
  const count = async (table: 'inbox' | 'outbox') =>
    total(await tx.selectFrom(table).where('conversation_id', 'in', ids).select(counted).executeTakeFirst())
  const files = await tx.selectFrom('attachment').select('hash').where('conversation_id', 'in', ids).execute()
  const messages = (await count('inbox')) + (await count('outbox'))
  await tx.deleteFrom('conversation').where('id', 'in', ids).execute()
  const unusedHashes = await unusedIn(tx, [...new Set(files.map((file) => file.hash))])
  return { ...NOTHING, conversations: ids.length, messages, attachments: files.length, unusedHashes }
}
