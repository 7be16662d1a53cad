/** The door: a message is committed here before anybody is told that it was taken. */
import { randomUUID } from 'node:crypto'
import { newDialogue } from '../../bot/conversation/dialogue.ts'
import { newOwnership } from '../../bot/conversation/owner.ts'
import type { Acceptance, Arrival } from '../../bot/delivery/message.ts'
import type { Store, Tx } from './database.ts'
import { insertEvent } from './web-event-store.ts'

export interface InboxStore {
  /** Resolves once the message is on disk. A second arrival under the same name changes nothing. */
  accept(arrival: Arrival): Promise<Acceptance>
}

/** @returns the inbox of `store`. */
export function openInbox(store: Store): InboxStore {
  return { accept: (arrival) => store.write((tx) => take(tx, arrival)) }
}

async function take(tx: Tx, arrival: Arrival): Promise<Acceptance> {
  const content = JSON.stringify(arrival.content)
  const known = await tx
    .selectFrom('inbox')
    .select(['content', 'conversation_id'])
    .where('channel', '=', arrival.channel)
    .where('external_id', '=', arrival.externalId)
    .executeTakeFirst()
  if (known) return { status: known.content === content ? 'repeated' : 'conflict', conversation: known.conversation_id }
  const lane = await laneOf(tx, arrival)
  if (!lane) return { status: 'erased', conversation: '' }
  await insert(tx, arrival, lane, content)
  if (arrival.echo) await insertEvent(tx, lane.id, lane.event_number, { ...arrival.echo, type: 'message', at: arrival.receivedAt })
  return { status: 'new', conversation: lane.id }
}

interface Lane {
  readonly id: string
  readonly position: number
  readonly event_number: number
}

/** Takes the next place in the person's lane, opening the conversation at their first message. */
async function laneOf(tx: Tx, arrival: Arrival): Promise<Lane | undefined> {
  const lane = await nextPlace(tx, arrival)
  if (lane) return lane
  return (await openConversation(tx, arrival, arrival.receivedAt)) === undefined ? undefined : nextPlace(tx, arrival)
}

function nextPlace(tx: Tx, { channel, address, receivedAt, echo }: Arrival): Promise<Lane | undefined> {
  return tx
    .updateTable('conversation')
    .set((eb) => ({
      position: eb('position', '+', 1),
      event_number: eb('event_number', '+', echo ? 1 : 0),
      pending: eb('pending', '+', 1),
      pending_since: eb.fn.coalesce('pending_since', eb.val(receivedAt)),
      updated_at: receivedAt,
    }))
    .where('channel', '=', channel)
    .where('address', '=', address)
    .returning(['id', 'position', 'event_number'])
    .executeTakeFirst()
}

interface Whose {
  readonly channel: string
  readonly address: string
  readonly person: string
}

/** Opens a conversation that waits for nothing yet. @returns its id, or undefined when the person's data was erased: nothing is taken under that name any more. */
export async function openConversation(tx: Tx, { channel, address, person }: Whose, now: number): Promise<string | undefined> {
  const erased = await tx.selectFrom('tombstone').select('person').where('person', '=', person).executeTakeFirst()
  if (erased) return undefined
  const id = randomUUID()
  const ownership = newOwnership(now)
  await tx
    .insertInto('conversation')
    .values({
      ...{ id, channel, address, person, version: 0, position: 0, event_number: 0, pending: 0, pending_since: null },
      ...{ dialogue: JSON.stringify(newDialogue()), ownership: JSON.stringify(ownership), owner: ownership.owner, timer_at: null },
      ...{ lease_token: null, lease_until: null, created_at: now, updated_at: now },
    })
    .execute()
  await tx
    .insertInto('episode')
    .values({
      ...{ conversation_id: id, number: ownership.episode, owner: ownership.owner, reason: null, officer: null },
      ...{ began_at: now, ended_at: null, ended_by: null, outcome: null },
    })
    .execute()
  return id
}

async function insert(tx: Tx, arrival: Arrival, lane: Lane, content: string): Promise<void> {
  await tx
    .insertInto('inbox')
    .values({
      ...{ id: randomUUID(), channel: arrival.channel, external_id: arrival.externalId, conversation_id: lane.id, position: lane.position },
      ...{ content, state: 'waiting', attempts: 0, received_at: arrival.receivedAt },
    })
    .execute()
}

/** @returns whether the data of this person was erased. */
export async function isErased(store: Store, person: string): Promise<boolean> {
  const row = await store.read((tx) => tx.selectFrom('tombstone').select('person').where('person', '=', person).executeTakeFirst())
  return row !== undefined
}
