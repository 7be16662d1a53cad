/** Owners: officers' deeds and timers, each read, changed and audited in one transaction; and the queue and thread that an officer reads. */
import { dialogueSchema } from '../../bot/conversation/dialogue.ts'
import type { Change } from '../../bot/conversation/effects.ts'
import { type Ownership, ownershipSchema } from '../../bot/conversation/owner.ts'
import type { Content, Outgoing } from '../../bot/delivery/message.ts'
import type { ChangeResult, OwnerChange, OwnerStore } from '../../bot/handoff/officer.ts'
import { isCitizens } from './alert-store.ts'
import { appendAudit } from './audit-store.ts'
import { type TimerOf, writeChanges } from './changes.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'

export interface QueueRow {
  readonly id: string
  readonly channel: string
  readonly ownership: Ownership
  readonly updatedAt: number
  /** Messages not yet decided. */
  readonly pending: number
}

/** One message of a thread; `sentAt` null: not delivered yet; `held`: why it waits until the person writes again. */
export type ThreadRow =
  | { readonly from: 'person'; readonly id: string; readonly at: number; readonly content: Content }
  | {
      readonly from: 'us'
      readonly id: string
      readonly at: number
      readonly sentAt: number | null
      readonly held: string | null
      readonly body: Outgoing
    }

/** @returns what changes owners in `store`. */
export function openOwners(store: Store, timerOf: TimerOf): OwnerStore {
  return {
    change: (conversationId, now, apply, once) =>
      store.write(async (tx) => ((await isSent(tx, once)) ? 'changed' : change(tx, { conversationId, now, apply, timerOf }))),
    due: (now, limit) => store.read((tx) => due(tx, now, limit)),
    heldBy: (officer) => store.read((tx) => heldBy(tx, officer)),
  }
}

interface Changing {
  readonly conversationId: string
  readonly now: number
  readonly apply: Parameters<OwnerStore['change']>[2]
  readonly timerOf: TimerOf
}

async function change(tx: Tx, { conversationId, now, apply, timerOf }: Changing): Promise<ChangeResult> {
  const row = await tx
    .selectFrom('conversation')
    .select(['channel', 'position', 'ownership', 'dialogue'])
    .where('id', '=', conversationId)
    .executeTakeFirst()
  if (!row) return 'missing'
  const ownership = parsed(ownershipSchema, row.ownership)
  if (!ownership) return putOff(tx, conversationId, now)
  const result = apply(ownership)
  if ('refused' in result) return result.refused
  const position = await writeChanges(
    tx,
    { conversationId, channel: row.channel, position: row.position, inboxId: null, now, timerOf },
    result.effects,
  )
  await tx
    .updateTable('conversation')
    .set((eb) => ({
      ...{ version: eb('version', '+', 1), position, ownership: JSON.stringify(result.ownership), owner: result.ownership.owner },
      ...{ timer_at: timerOf(result.ownership), updated_at: now, dialogue: withChoices(row.dialogue, result.effects) },
    }))
    .where('id', '=', conversationId)
    .execute()
  await audit(tx, conversationId, result, now)
  return 'changed'
}

/** @returns the memory with the choices of what was said last, also where a timer said it: a number that follows means one of them. A memory that cannot be read stays as it is. */
export function withChoices(dialogue: string, effects: readonly Change[]): string {
  const last = effects.findLast((effect) => effect.kind === 'send' && effect.outgoing.kind === 'reply' && effect.outgoing.author === 'assistant')
  const known = parsed(dialogueSchema, dialogue)
  if (!known || last?.kind !== 'send' || last.outgoing.kind !== 'reply') return dialogue
  return JSON.stringify({ ...known, choices: last.outgoing.choices })
}

/** Its timer is looked at again later, and keeps no other timer waiting. */
async function putOff(tx: Tx, conversationId: string, now: number): Promise<'unreadable'> {
  await tx
    .updateTable('conversation')
    .set({ timer_at: now + UNREADABLE_MS })
    .where('id', '=', conversationId)
    .where('timer_at', 'is not', null)
    .execute()
  return 'unreadable'
}

const UNREADABLE_MS = 60 * 60_000

async function audit(tx: Tx, conversationId: string, { act }: OwnerChange, now: number): Promise<void> {
  if (!act) return
  // The written outcome stands in the episode: it may name the citizen, and nothing in the audit can ever be erased.
  await appendAudit(tx, { detail: {}, ...act, subject: `conversation:${conversationId}` }, now)
}

async function isSent(tx: Tx, id: string | undefined): Promise<boolean> {
  return id !== undefined && (await tx.selectFrom('outbox').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

async function heldBy(tx: Tx, officer: string): Promise<readonly string[]> {
  const rows = await tx.selectFrom('conversation').select(['id', 'ownership']).where('owner', '=', 'staff').execute()
  return rows.flatMap(({ id, ownership }) => {
    const read = parsed(ownershipSchema, ownership)
    return read?.owner === 'staff' && read.officer.id === officer ? [id] : []
  })
}

async function due(tx: Tx, now: number, limit: number): Promise<readonly string[]> {
  const rows = await tx.selectFrom('conversation').select('id').where('timer_at', '<=', now).orderBy('timer_at').limit(limit).execute()
  return rows.map((row) => row.id)
}

/** @returns conversations that wait for an officer or are with one, the longest wait first. */
export async function readQueue(store: Store, limit = 100): Promise<readonly QueueRow[]> {
  const rows = await store.read((tx) =>
    tx
      .selectFrom('conversation')
      .select(['id', 'channel', 'ownership', 'updated_at', 'pending'])
      .where('owner', 'in', ['waiting', 'staff'])
      .where((eb) => isCitizens(eb, 'conversation.id'))
      .orderBy('updated_at')
      .limit(limit)
      .execute(),
  )
  return rows.flatMap((row) => {
    const ownership = parsed(ownershipSchema, row.ownership)
    return ownership ? [{ id: row.id, channel: row.channel, updatedAt: row.updated_at, pending: row.pending, ownership }] : []
  })
}

/** @returns the last `limit` messages of a conversation, oldest first. */
export async function readThread(store: Store, conversationId: string, limit = 50): Promise<readonly ThreadRow[]> {
  const rows = await store.read(async (tx) => [...(await incoming(tx, conversationId, limit)), ...(await outgoing(tx, conversationId, limit))])
  return rows
    .sort((a, b) => a.position - b.position)
    .slice(-limit)
    .map(({ row }) => row)
}

interface Placed {
  readonly position: number
  readonly row: ThreadRow
}

async function incoming(tx: Tx, conversationId: string, limit: number): Promise<Placed[]> {
  const rows = await tx
    .selectFrom('inbox')
    .select(['id', 'position', 'content', 'received_at'])
    .where('conversation_id', '=', conversationId)
    .orderBy('position', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    position: row.position,
    row: { from: 'person', id: row.id, at: row.received_at, content: JSON.parse(row.content) as Content },
  }))
}

async function outgoing(tx: Tx, conversationId: string, limit: number): Promise<Placed[]> {
  const rows = await tx
    .selectFrom('outbox')
    .select(['id', 'position', 'body', 'created_at', 'sent_at', 'state', 'trouble'])
    .where('conversation_id', '=', conversationId)
    .orderBy('position', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    position: row.position,
    row: {
      ...{ from: 'us' as const, id: row.id, at: row.created_at, sentAt: row.sent_at, body: JSON.parse(row.body) as Outgoing },
      held: row.state === 'held' ? (row.trouble ?? '') : null,
    },
  }))
}

/** @returns ids of conversations that begin with `start`, at most a few. */
export async function conversationsLike(store: Store, start: string): Promise<readonly string[]> {
  if (!/^[0-9a-f-]{4,36}$/.test(start)) return []
  const rows = await store.read((tx) =>
    tx.selectFrom('conversation').select('id').where('id', '>=', start).where('id', '<', `${start}~`).limit(5).execute(),
  )
  return rows.map((row) => row.id)
}
