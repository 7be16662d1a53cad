/** The door: a message is committed here before anybody is told that it was taken. */
import { randomUUID } from 'node:crypto'
import { dialogueSchema, newDialogue } from '../../bot/conversation/dialogue.ts'
import { newOwnership } from '../../bot/conversation/owner.ts'
import type { Acceptance, Arrival, StoredContent } from '../../bot/delivery/message.ts'
import type { Store, Tx } from './database.ts'
import { insertDownload } from './download-store.ts'
import { parsed } from './parsed.ts'
import { countReceived } from './usage-store.ts'
import { insertEvent } from './web-event-store.ts'

export interface InboxStore {
  /** Resolves once the message is on disk. A second arrival under the same name changes nothing. */
  accept(arrival: Arrival): Promise<Acceptance>
}

/** @returns the inbox of `store`. */
export function openInbox(store: Store): InboxStore {
  return { accept: (arrival) => store.write((tx) => take(tx, arrival)) }
}

async function take(tx: Tx, given: Arrival): Promise<Acceptance> {
  const arrival = given.accountAsked && (await isAccountAsked(tx, given)) ? { ...given, ...given.accountAsked } : given
  const content = JSON.stringify(stored(arrival))
  const known = await tx
    .selectFrom('inbox')
    .select(['content', 'conversation_id'])
    .where('channel', '=', arrival.channel)
    .where('external_id', '=', arrival.externalId)
    .executeTakeFirst()
  if (known) return { status: isSame(given, known.content) ? 'repeated' : 'conflict', conversation: known.conversation_id }
  const person = await personNow(tx, arrival)
  const lane = person === undefined ? undefined : await laneOf(tx, { ...arrival, person })
  if (!lane) return { status: 'erased', conversation: '' }
  await insert(tx, arrival, lane, content)
  if (arrival.echo) await insertEvent(tx, lane.id, lane.event_number, { ...arrival.echo, type: 'message', at: arrival.receivedAt })
  if (arrival.content.kind !== 'officer') await release(tx, lane.id)
  await countReceived(tx, arrival.channel, arrival.receivedAt)
  return { status: 'new', conversation: lane.id }
}

/** A platform names its messages itself, and what is kept of one may have changed since, as when its file came. */
function isSame(arrival: Arrival, known: string): boolean {
  const { sentAt, accountAsked } = arrival
  if (sentAt !== undefined) return true
  const either = [arrival, ...(accountAsked ? [{ ...arrival, ...accountAsked }] : [])]
  return either.some((one) => unsealed(JSON.stringify(stored(one))) === unsealed(known))
}

/** The same number is sealed otherwise every time. */
function unsealed(content: string): string {
  const { sealed: _sealed, ...rest } = JSON.parse(content) as Record<string, unknown>
  return JSON.stringify(rest)
}

/** Whether the question that stands, as it is stored at this moment, is the one for the account that money was sent to. */
async function isAccountAsked(tx: Tx, { channel, address }: Arrival): Promise<boolean> {
  const row = await tx
    .selectFrom('conversation')
    .select(['dialogue', 'owner'])
    .where('channel', '=', channel)
    .where('address', '=', address)
    .executeTakeFirst()
  const draft = row && row.owner !== 'staff' ? parsed(dialogueSchema, row.dialogue)?.complaint : undefined
  return draft?.stage === 'account' && !draft.paused && draft.contest === null
}

function stored({ content, tooMany }: Arrival): StoredContent {
  return tooMany ? { ...content, tooMany } : content
}

/** Written again: what could not be delivered before may be tried now. */
async function release(tx: Tx, conversation: string): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ state: 'pending', next_attempt_at: 0 })
    .where('conversation_id', '=', conversation)
    .where('state', '=', 'held')
    .execute()
}

/**
 * Where the platform names the person, an erased one comes back under a new pseudonym, counted up at each erasure, and what they sent before the erasure is refused
 * however late it is delivered. @returns undefined for such a message.
 */
async function personNow(tx: Tx, { person, sentAt }: Arrival): Promise<string | undefined> {
  if (sentAt === undefined) return person
  const erased = await erasuresOf(tx, person)
  if (erased.some((erasedAt) => sentAt <= erasedAt)) return undefined
  return generationOf(person, erased.length)
}

const GENERATION = '~'

/** @returns the pseudonym of a person who was erased `erasures` times. */
export function generationOf(person: string, erasures: number): string {
  return erasures === 0 ? person : `${person}${GENERATION}${erasures}`
}

/** @returns when the person was erased, each time. */
export async function erasuresOf(tx: Tx, person: string): Promise<readonly number[]> {
  const rows = await tx
    .selectFrom('tombstone')
    .select('erased_at')
    // Digits only may follow: ":" is the character after "9".
    .where((eb) =>
      eb.or([eb('person', '=', person), eb.and([eb('person', '>', `${person}${GENERATION}`), eb('person', '<', `${person}${GENERATION}:`)])]),
    )
    .execute()
  return rows.map((row) => row.erased_at)
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

function nextPlace(tx: Tx, { channel, address, receivedAt, echo, content }: Arrival): Promise<Lane | undefined> {
  return tx
    .updateTable('conversation')
    .set((eb) => ({
      position: eb('position', '+', 1),
      event_number: eb('event_number', '+', echo ? 1 : 0),
      pending: eb('pending', '+', 1),
      // A lane whose first message waits for its file stands still, whatever comes after it.
      pending_since: eb
        .case()
        .when('pending', '=', 0)
        .then(content.kind === 'remote' ? null : receivedAt)
        .else(eb.ref('pending_since'))
        .end(),
      updated_at: receivedAt,
      ...(content.kind === 'officer' ? {} : { heard_at: receivedAt }),
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
      ...{ lease_token: null, lease_until: null, created_at: now, updated_at: now, heard_at: null, matter: null },
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
  const id = randomUUID()
  const fetching = arrival.content.kind === 'remote'
  await tx
    .insertInto('inbox')
    .values({
      ...{ id, channel: arrival.channel, external_id: arrival.externalId, conversation_id: lane.id, position: lane.position },
      ...{ content, state: fetching ? 'fetching' : 'waiting', attempts: 0, received_at: arrival.receivedAt },
    })
    .execute()
  if (fetching) await insertDownload(tx, { inboxId: id, conversationId: lane.id, position: lane.position, source: arrival.download ?? '' })
}

/** @returns whether the data of this person was erased. */
export async function isErased(store: Store, person: string): Promise<boolean> {
  const row = await store.read((tx) => tx.selectFrom('tombstone').select('person').where('person', '=', person).executeTakeFirst())
  return row !== undefined
}
