/** What the console reads of conversations: the queue, one conversation with its thread, and what has changed since it last looked. */
import { type Dialogue, dialogueSchema } from '../../bot/conversation/dialogue.ts'
import { type Ownership, ownershipSchema } from '../../bot/conversation/owner.ts'
import type { Content, Outgoing } from '../../bot/delivery/message.ts'
import { isCitizens } from './alert-store.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'

/** A conversation in a list; `last` is what the person or an officer said last. */
export interface DeskRow {
  readonly id: string
  readonly channel: string
  readonly ownership: Ownership
  readonly last: { readonly from: 'person'; readonly at: number; readonly content: Content } | LastOfUs | undefined
  readonly firstAid: boolean
}
interface LastOfUs {
  readonly from: 'assistant' | 'staff'
  readonly at: number
  readonly text: string
}

const OWNED = ['waiting', 'staff'] as const
/** Of first aid: so long after it somebody may still be in danger. */
const LATELY_MS = 24 * 60 * 60_000

/** @returns conversations that wait for an officer or are with one (`all`: also the latest others), at most `limit`. */
export function readDesk(store: Store, { all, limit }: { readonly all: boolean; readonly limit: number }, now: number): Promise<readonly DeskRow[]> {
  return store.read(async (tx) => {
    const rows = await tx
      .selectFrom('conversation')
      .select(['id', 'channel', 'ownership'])
      .where((eb) => isCitizens(eb, 'conversation.id'))
      .$if(!all, (query) => query.where('owner', 'in', [...OWNED]))
      // Who waits comes before who is served, and the longest wait first: nobody falls off the end for being quiet.
      .$if(!all, (query) => query.orderBy('owner', 'desc').orderBy('updated_at'))
      .$if(all, (query) => query.orderBy('updated_at', 'desc'))
      .limit(limit)
      .execute()
    const aided = await aidedLately(tx, now)
    const last = await lastOf(
      tx,
      rows.map(({ id }) => id),
    )
    return rows.flatMap(({ id, channel, ownership: stored }) => {
      const ownership = parsed(ownershipSchema, stored)
      return ownership ? [{ id, channel, ownership, last: last.get(id), firstAid: aided.has(id) }] : []
    })
  })
}

async function aidedLately(tx: Tx, now: number): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('decision')
    .select('conversation_id')
    .distinct()
    .where('kind', '=', 'first_aid')
    .where('decided_at', '>', now - LATELY_MS)
    .execute()
  return new Set(rows.map((row) => row.conversation_id))
}

/** What was said last in each: what people said to each other, and the assistant alone where nobody has spoken yet. */
async function lastOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, NonNullable<DeskRow['last']>>> {
  const last = new Map<string, NonNullable<DeskRow['last']> & { readonly position: number }>()
  if (ids.length === 0) return last
  for (const row of await lastSaid(tx, ids, 'assistant')) put(last, row)
  const heard = await lastHeard(tx, ids)
  for (const row of heard) last.set(row.conversation, row)
  for (const row of await lastSaid(tx, ids, 'staff')) put(last, row)
  return last
}

function put<T extends { readonly position: number }>(into: Map<string, T>, row: T & { readonly conversation: string }): void {
  if ((into.get(row.conversation)?.position ?? -1) < row.position) into.set(row.conversation, row)
}

async function lastHeard(tx: Tx, ids: readonly string[]) {
  const rows = await tx
    .selectFrom('inbox')
    .innerJoin(
      tx
        .selectFrom('inbox')
        .select(['conversation_id as of', (eb) => eb.fn.max('position').as('latest')])
        .where('conversation_id', 'in', ids)
        .groupBy('conversation_id')
        .as('end'),
      (join) => join.onRef('end.of', '=', 'inbox.conversation_id').onRef('end.latest', '=', 'inbox.position'),
    )
    .select(['inbox.conversation_id as conversation', 'inbox.position as position', 'inbox.content as content', 'inbox.received_at as at'])
    .execute()
  return rows.map(({ conversation, position, content, at }) => ({
    conversation,
    position,
    from: 'person' as const,
    at,
    content: JSON.parse(content) as Content,
  }))
}

async function lastSaid(tx: Tx, ids: readonly string[], author: 'staff' | 'assistant') {
  const rows = await tx
    .selectFrom('outbox')
    .innerJoin(
      tx
        .selectFrom('outbox')
        .select(['conversation_id as of', (eb) => eb.fn.max('position').as('latest')])
        .where('conversation_id', 'in', ids)
        .where('author', '=', author)
        .groupBy('conversation_id')
        .as('end'),
      (join) => join.onRef('end.of', '=', 'outbox.conversation_id').onRef('end.latest', '=', 'outbox.position'),
    )
    .select(['outbox.conversation_id as conversation', 'outbox.position as position', 'outbox.body as body', 'outbox.created_at as at'])
    .execute()
  return rows.flatMap(({ conversation, position, body, at }) => {
    const said = JSON.parse(body) as Outgoing
    return said.kind === 'reply' ? [{ conversation, position, from: said.author, at, text: said.text }] : []
  })
}

/** @returns how many wait and how many are with an officer. */
export async function countDesk(store: Store): Promise<{ readonly waiting: number; readonly withOfficers: number }> {
  const rows = await store.read((tx) =>
    tx
      .selectFrom('conversation')
      .select(['owner', (eb) => eb.fn.countAll<number>().as('count')])
      .where('owner', 'in', [...OWNED])
      .where((eb) => isCitizens(eb, 'conversation.id'))
      .groupBy('owner')
      .execute(),
  )
  const count = (owner: string) => Number(rows.find((row) => row.owner === owner)?.count ?? 0)
  return { waiting: count('waiting'), withOfficers: count('staff') }
}

// ── one conversation ────────────────────────────────────────────────────────────────────────────

export interface DeskChat {
  readonly id: string
  readonly channel: string
  readonly person: string
  readonly ownership: Ownership
  /** Undefined in a form that this version does not know. */
  readonly dialogue: Dialogue | undefined
  readonly heardAt: number | null
  readonly firstAid: boolean
  readonly episodes: readonly DeskEpisode[]
}
export interface DeskEpisode {
  readonly number: number
  readonly owner: string
  readonly officer: string | null
  readonly reason: string | null
  readonly beganAt: number
  readonly endedAt: number | null
  readonly outcome: string | null
}

/** @returns a conversation without its messages; undefined for none, or for one that this version cannot read. */
export function readDeskChat(store: Store, id: string, now: number): Promise<DeskChat | undefined> {
  return store.read(async (tx) => {
    const row = await tx
      .selectFrom('conversation')
      .selectAll()
      .where('id', '=', id)
      .where((eb) => isCitizens(eb, 'conversation.id'))
      .executeTakeFirst()
    const ownership = row && parsed(ownershipSchema, row.ownership)
    if (!row || !ownership) return undefined
    return {
      ...{ id, channel: row.channel, person: row.person, ownership, heardAt: row.heard_at },
      dialogue: parsed(dialogueSchema, row.dialogue),
      firstAid: (await aidedLately(tx, now)).has(id),
      episodes: await episodesOf(tx, id),
    }
  })
}

async function episodesOf(tx: Tx, id: string): Promise<readonly DeskEpisode[]> {
  const rows = await tx.selectFrom('episode').selectAll().where('conversation_id', '=', id).orderBy('number').execute()
  return rows.map(({ number, owner, officer, reason, began_at, ended_at, outcome }) => ({
    ...{ number, owner, officer, reason, outcome },
    ...{ beganAt: began_at, endedAt: ended_at },
  }))
}

/** One message of a thread with its place; `delivery` of ours alone. */
export type DeskMessage = { readonly id: string; readonly position: number; readonly at: number } & (
  | { readonly from: 'person'; readonly content: Content }
  | {
      readonly from: 'us'
      readonly body: Outgoing
      readonly delivery: 'pending' | 'held' | 'sent' | 'undeliverable'
      readonly trouble: string | null
    }
)

/** @returns the last `limit` messages before `before` (a position; absent: the end), oldest first, and whether there are older ones. */
export function readDeskMessages(
  store: Store,
  id: string,
  { before = Number.MAX_SAFE_INTEGER, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<{ readonly messages: readonly DeskMessage[]; readonly more: boolean }> {
  return store.read(async (tx) => {
    const both = [...(await heard(tx, id, before, limit + 1)), ...(await said(tx, id, before, limit + 1))].sort((a, b) => a.position - b.position)
    return { messages: both.slice(-limit), more: both.length > limit }
  })
}

async function heard(tx: Tx, id: string, before: number, limit: number): Promise<DeskMessage[]> {
  const rows = await tx
    .selectFrom('inbox')
    .select(['id', 'position', 'content', 'received_at'])
    .where('conversation_id', '=', id)
    .where('position', '<', before)
    .orderBy('position', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ...{ id: row.id, position: row.position, at: row.received_at, from: 'person' as const },
    content: JSON.parse(row.content) as Content,
  }))
}

async function said(tx: Tx, id: string, before: number, limit: number): Promise<DeskMessage[]> {
  const rows = await tx
    .selectFrom('outbox')
    .select(['id', 'position', 'body', 'created_at', 'state', 'trouble'])
    .where('conversation_id', '=', id)
    .where('position', '<', before)
    // What went out on another channel of the same matter stands there.
    .where('state', '!=', 'moved')
    .orderBy('position', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ...{ id: row.id, position: row.position, at: row.created_at, from: 'us' as const, trouble: row.trouble },
    ...{ body: JSON.parse(row.body) as Outgoing, delivery: row.state === 'moved' ? 'sent' : row.state },
  }))
}

// ── notes ───────────────────────────────────────────────────────────────────────────────────────

export interface DeskNote {
  readonly id: string
  readonly at: number
  readonly by: string
  readonly text: string
  readonly mentions: readonly string[]
}

export async function readNotes(store: Store, conversation: string): Promise<readonly DeskNote[]> {
  const rows = await store.read((tx) => tx.selectFrom('thread_note').selectAll().where('conversation_id', '=', conversation).orderBy('at').execute())
  return rows.map(({ id, at, by, text, mentions }) => ({ id, at, by, text, mentions: JSON.parse(mentions) as string[] }))
}

/** @returns whether it was written: not where the conversation is gone. A note that comes twice under one id is written once. */
export function addNote(store: Store, conversation: string, note: DeskNote): Promise<boolean> {
  return store.write(async (tx) => {
    const there = await tx.selectFrom('conversation').select('id').where('id', '=', conversation).executeTakeFirst()
    if (!there) return false
    const { mentions, ...rest } = note
    await tx
      .insertInto('thread_note')
      .values({ ...rest, conversation_id: conversation, mentions: JSON.stringify(mentions) })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    return true
  })
}

// ── what has changed ────────────────────────────────────────────────────────────────────────────

/** How a conversation looked: whenever anything of it changes, this does. */
export interface DeskMark {
  readonly id: string
  readonly mark: string
  readonly owner: string
}

/** @returns the marks of the conversations that changed last. */
export function readMarks(store: Store, limit: number): Promise<readonly DeskMark[]> {
  return store.read(async (tx) => {
    const rows = await tx
      .selectFrom('conversation')
      .select(['id', 'version', 'position', 'pending', 'owner'])
      .orderBy('updated_at', 'desc')
      .limit(limit)
      .execute()
    return rows.map(({ id, version, position, pending, owner }) => ({ id, owner, mark: `${version} ${position} ${pending} ${owner}` }))
  })
}

/** How long a message that cannot go is looked at: by then whoever wrote it has long been told. */
const STUCK_MS = 86_400_000

/**
 * @returns what was delivered at `after` or later, and what of the last day cannot go (now, or ever): a name for each such event, and its conversation
 */
export async function readDelivered(store: Store, after: number): Promise<readonly { readonly id: string; readonly chat: string }[]> {
  const rows = await store.read(async (tx) => {
    const all = tx.selectFrom('outbox').select(['id', 'state', 'conversation_id as chat'])
    const sent = await all.where('sent_at', '>=', after).execute()
    const stuck = await all
      .where('state', 'in', ['held', 'undeliverable'])
      .where('created_at', '>=', after - STUCK_MS)
      .execute()
    return [...sent, ...stuck]
  })
  return rows.map(({ id, state, chat }) => ({ id: `${id} ${state}`, chat }))
}
