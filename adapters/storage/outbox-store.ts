/** What is to be sent: rows leave this table only with their conversation, never because a delivery failed. */
import { randomUUID } from 'node:crypto'
import type { ExpressionBuilder } from 'kysely'
import type { Outgoing, Parcel } from '../../bot/delivery/message.ts'
import { LONGEST_WAIT_MS, type Next, type OutboxStore } from '../../bot/delivery/relay.ts'
import type { Store, Tx } from './database.ts'
import type { Tables } from './tables.ts'
import { countSent } from './usage-store.ts'

/** @returns the outbox of `store`. */
export function openOutbox(store: Store): OutboxStore {
  return {
    leaseParcels: (channel, now, leaseMs, limit) => store.note((tx) => leaseParcels(tx, { channel, now, leaseMs, limit })),
    hasten: (now) => store.write((tx) => hasten(tx, now)),
    markSending: (parcel, leaseUntil) => store.note((tx) => markSending(tx, parcel.key, leaseUntil)),
    markPart: (parcel, delivered, now) => store.note((tx) => markPart(tx, parcel, delivered, now)),
    markSent: (parcel, now) => store.note((tx) => markSent(tx, parcel, now)),
    markFailed: (parcel, code, next, inDoubt) => store.write((tx) => markFailed(tx, parcel, { code, next, inDoubt })),
  }
}

interface Asked {
  readonly channel: string
  readonly now: number
  readonly leaseMs: number
  readonly limit: number
}

async function leaseParcels(tx: Tx, asked: Asked): Promise<readonly Parcel[]> {
  const rows = await dueRows(tx, asked)
  if (rows.length === 0) return []
  await tx
    .updateTable('outbox')
    // Found under way: whoever sent it died before it could be marked, and nobody knows whether it arrived.
    .set((eb) => ({ lease_until: asked.now + asked.leaseMs, doubts: eb('doubts', '+', eb.ref('sending')), sending: 0 }))
    .where(
      'id',
      'in',
      rows.map((row) => row.id),
    )
    .execute()
  return rows.map((row) => ({
    ...{ key: row.id, conversation: row.conversation_id, channel: row.channel, address: row.address, replyTo: row.external_id },
    ...{ body: JSON.parse(row.body) as Outgoing, createdAt: row.created_at, attempts: row.attempts },
    ...{ delivered: row.delivered, doubts: row.doubts + row.sending, heardAt: row.heard_at },
  }))
}

/** The first undelivered row of each conversation, if it is due: a later one waits for it, so that order is kept. */
function dueRows(tx: Tx, { channel, now, leaseMs, limit }: Asked) {
  return (
    tx
      .selectFrom('outbox as o')
      .innerJoin('conversation as c', 'c.id', 'o.conversation_id')
      .leftJoin('inbox as i', 'i.id', 'o.inbox_id')
      .select(['o.id', 'o.conversation_id', 'o.channel', 'c.address', 'i.external_id', 'o.body', 'o.created_at', 'o.attempts'])
      .select(['o.delivered', 'o.sending', 'o.doubts', 'c.heard_at'])
      .where('o.state', '=', 'pending')
      .where('o.channel', '=', channel)
      .where('o.next_attempt_at', '<=', now)
      // A lease that ends absurdly late was taken before the clock was set back.
      .where((eb) => eb.or([eb('o.lease_until', 'is', null), eb('o.lease_until', '<=', now), eb('o.lease_until', '>', now + 2 * leaseMs)]))
      .where((eb) => eb.not(eb.exists(earlier(eb, 'pending'))))
      .where((eb) => eb.not(eb.exists(earlier(eb, 'held'))))
      .orderBy('o.next_attempt_at')
      .orderBy('o.created_at')
      .limit(limit)
      .execute()
  )
}

/** One state a query: each has its own index. */
function earlier(eb: ExpressionBuilder<Tables & { o: Tables['outbox'] }, 'o'>, state: 'pending' | 'held') {
  return eb
    .selectFrom('outbox as earlier')
    .select('earlier.id')
    .whereRef('earlier.conversation_id', '=', 'o.conversation_id')
    .whereRef('earlier.position', '<', 'o.position')
    .where('earlier.state', '=', state)
}

/** What would be tried absurdly late was put off before the clock was set back. */
async function hasten(tx: Tx, now: number): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ next_attempt_at: now })
    .where('state', '=', 'pending')
    .where('next_attempt_at', '>', now + LONGEST_WAIT_MS)
    .execute()
}

async function markSending(tx: Tx, key: string, leaseUntil: number): Promise<void> {
  await tx.updateTable('outbox').set({ sending: 1, lease_until: leaseUntil }).where('id', '=', key).execute()
}

async function markPart(tx: Tx, { key, channel }: Parcel, delivered: number, now: number): Promise<void> {
  await tx.updateTable('outbox').set({ delivered, sending: 0, doubts: 0 }).where('id', '=', key).execute()
  await countSent(tx, channel, now)
}

async function markSent(tx: Tx, { key, channel, body }: Parcel, now: number): Promise<void> {
  await tx
    .updateTable('outbox')
    .set((eb) => ({ state: 'sent', sent_at: now, lease_until: null, trouble: null, attempts: eb('attempts', '+', 1), sending: 0 }))
    .where('id', '=', key)
    .execute()
  if (body.kind === 'reply') await countSent(tx, channel, now)
}

interface Failure {
  readonly code: string
  readonly next: Next
  readonly inDoubt: boolean
}

async function markFailed(tx: Tx, parcel: Parcel, { code, next, inDoubt }: Failure): Promise<void> {
  const then = next === 'when_heard' && (await heardSince(tx, parcel)) ? { at: 0 } : next
  await tx
    .updateTable('outbox')
    .set((eb) => ({
      ...{ attempts: eb('attempts', '+', 1), trouble: code, lease_until: null, sending: 0, ...stateAfter(then) },
      ...(inDoubt ? { doubts: eb('doubts', '+', 1) } : {}),
    }))
    .where('id', '=', parcel.key)
    .execute()
  if (then === 'when_heard') await goElsewhere(tx, parcel.conversation)
  if (typeof next === 'object' && next.movedTo !== undefined) await moveAddress(tx, parcel.conversation, next.movedTo)
}

/** Written while it was being sent: there is nothing to wait for. */
async function heardSince(tx: Tx, { conversation, heardAt }: Parcel): Promise<boolean> {
  const row = await tx.selectFrom('conversation').select('heard_at').where('id', '=', conversation).executeTakeFirst()
  return (row?.heard_at ?? 0) > (heardAt ?? 0)
}

function stateAfter(next: Next) {
  if (next === 'never') return { state: 'undeliverable' as const }
  return next === 'when_heard' ? { state: 'held' as const } : { next_attempt_at: next.at }
}

/** The platform gave the chat another name. Where that chat is known already, it keeps its conversation, and this one its old name: nothing more can be delivered to it. */
async function moveAddress(tx: Tx, conversation: string, address: string): Promise<void> {
  const { channel } = await tx.selectFrom('conversation').select('channel').where('id', '=', conversation).executeTakeFirstOrThrow()
  const taken = await tx.selectFrom('conversation').select('id').where('channel', '=', channel).where('address', '=', address).executeTakeFirst()
  if (taken)
    await tx.updateTable('outbox').set({ state: 'held' }).where('conversation_id', '=', conversation).where('state', '=', 'pending').execute()
  else await tx.updateTable('conversation').set({ address }).where('id', '=', conversation).execute()
}

/** The person went on with the matter on another channel: what cannot be delivered here, and what waits behind it, is said there, each from its beginning. @returns how many. */
export async function goElsewhere(tx: Tx, conversation: string): Promise<number> {
  const elsewhere = await latestOfMatter(tx, conversation)
  if (elsewhere === undefined || elsewhere.id === conversation) return 0
  const rows = await heldRows(tx, conversation)
  for (const row of rows) {
    const position = await nextPosition(tx, elsewhere.id)
    const { body, author, created_at } = row
    await tx
      .insertInto('outbox')
      .values({
        ...{ id: randomUUID(), conversation_id: elsewhere.id, channel: elsewhere.channel, position, body, inbox_id: null, author, created_at },
        ...{
          state: 'pending',
          attempts: 0,
          next_attempt_at: 0,
          lease_until: null,
          sent_at: null,
          trouble: null,
          delivered: 0,
          sending: 0,
          doubts: 0,
        },
      })
      .execute()
    await tx.updateTable('outbox').set({ state: 'moved' }).where('id', '=', row.id).execute()
  }
  return rows.length
}

/** @returns where the person of this matter wrote last; undefined for a matter on one channel only. */
async function latestOfMatter(tx: Tx, conversation: string) {
  return tx
    .selectFrom('conversation as here')
    .innerJoin('conversation as there', 'there.matter', 'here.matter')
    .select(['there.id', 'there.channel'])
    .where('here.id', '=', conversation)
    .orderBy('there.heard_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

function heldRows(tx: Tx, conversation: string) {
  return tx
    .selectFrom('outbox')
    .select(['id', 'body', 'author', 'created_at'])
    .where('conversation_id', '=', conversation)
    .where('state', 'in', ['pending', 'held'])
    .where('author', '!=', 'owner')
    .orderBy('position')
    .execute()
}

/** Replies of one channel that wait until their person writes again, by why: to be told by telephone, perhaps. */
export interface HeldReplies {
  readonly trouble: string
  readonly count: number
  /** When the oldest was decided. */
  readonly oldest: number
}

/** @returns what is held on `channel`, by the code of the last failure. */
export function readHeld(store: Store, channel: string): Promise<readonly HeldReplies[]> {
  return store.read(async (tx) => {
    const rows = await tx
      .selectFrom('outbox')
      .select((eb) => ['trouble', eb.fn.countAll<number>().as('count'), eb.fn.min('created_at').as('oldest')])
      .where('channel', '=', channel)
      .where('state', '=', 'held')
      .groupBy('trouble')
      .execute()
    return rows.map((row) => ({ trouble: row.trouble ?? '', count: Number(row.count), oldest: row.oldest }))
  })
}

async function nextPosition(tx: Tx, conversation: string): Promise<number> {
  const row = await tx
    .updateTable('conversation')
    .set((eb) => ({ position: eb('position', '+', 1) }))
    .where('id', '=', conversation)
    .returning('position')
    .executeTakeFirstOrThrow()
  return row.position
}
