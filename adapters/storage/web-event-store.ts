/** The stream of a web visitor as rows: numbered without gaps, each thing appended once, read again from any number. */
import type { Store, Tx } from './database.ts'

export interface NewEvent {
  /** What it is made from: the same key a second time appends nothing. */
  readonly key: string
  readonly type: 'message' | 'owner'
  /** JSON. */
  readonly data: string
  readonly at: number
}

export interface StoredEvent extends NewEvent {
  readonly number: number
}

export interface WebEventStore {
  /** @returns false when the conversation is gone. */
  append(conversationId: string, event: NewEvent): Promise<boolean>
  /** @returns events after `number`, at most `limit`, in order; undefined when this visitor has no conversation. */
  after(channel: string, address: string, number: number, limit: number): Promise<readonly StoredEvent[] | undefined>
}

/** @returns the events of `store`. */
export function openWebEvents(store: Store): WebEventStore {
  return {
    append: (conversationId, event) => store.write((tx) => appendEvent(tx, conversationId, event)),
    after: (channel, address, number, limit) => store.read((tx) => readAfter(tx, { channel, address, number, limit })),
  }
}

/** Appends inside a transaction. @returns false when the conversation is gone. */
export async function appendEvent(tx: Tx, conversationId: string, event: NewEvent): Promise<boolean> {
  const known = await tx
    .selectFrom('web_event')
    .select('number')
    .where('conversation_id', '=', conversationId)
    .where('key', '=', event.key)
    .executeTakeFirst()
  if (known) return true
  const next = await tx
    .updateTable('conversation')
    .set((eb) => ({ event_number: eb('event_number', '+', 1) }))
    .where('id', '=', conversationId)
    .returning('event_number')
    .executeTakeFirst()
  if (!next) return false
  await insertEvent(tx, conversationId, next.event_number, event)
  return true
}

/** Inserts an event whose number was given already. */
export async function insertEvent(tx: Tx, conversationId: string, number: number, event: NewEvent): Promise<void> {
  await tx
    .insertInto('web_event')
    .values({ ...event, conversation_id: conversationId, number })
    .execute()
}

interface From {
  readonly channel: string
  readonly address: string
  readonly number: number
  readonly limit: number
}

async function readAfter(tx: Tx, { channel, address, number, limit }: From): Promise<readonly StoredEvent[] | undefined> {
  const conversation = await tx
    .selectFrom('conversation')
    .select('id')
    .where('channel', '=', channel)
    .where('address', '=', address)
    .executeTakeFirst()
  if (!conversation) return undefined
  return tx
    .selectFrom('web_event')
    .select(['number', 'key', 'type', 'data', 'at'])
    .where('conversation_id', '=', conversation.id)
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
    .execute()
}
