/** Lanes: one message of a conversation at a time is decided, and its decision, the next state and all that is to be sent are committed together. */
import { randomUUID } from 'node:crypto'
import type { Conversation, Decided, Decision } from '../../bot/conversation/decide.ts'
import { dialogueSchema } from '../../bot/conversation/dialogue.ts'
import type { Change } from '../../bot/conversation/effects.ts'
import { ownershipSchema } from '../../bot/conversation/owner.ts'
import type { HandoversOf } from '../../bot/delivery/handover.ts'
import type { StoredContent } from '../../bot/delivery/message.ts'
import { type Committed, type Lease, type TurnStore, UnreadableLane } from '../../bot/delivery/turns.ts'
import { isAlertCode } from './alert-store.ts'
import { isFreeNumber, stillMeans } from './case-store.ts'
import { type TimerOf, writeChanges } from './changes.ts'
import type { Store, Tx } from './database.ts'
import { firstWaiting, wakeLane } from './lane.ts'
import { parsed } from './parsed.ts'
import { isRedeemable } from './transfer-store.ts'

/** @returns the turns of `store`. */
export function openTurns(store: Store, timerOf: TimerOf, handoversOf?: HandoversOf): TurnStore {
  return {
    lease: async (now, leaseMs) => {
      const leased = await store.note((tx) => lease(tx, now, leaseMs))
      // Only now that the lane is put off: thrown inside, it would be the next one again.
      if (leased === 'unreadable') throw new UnreadableLane('a conversation cannot be read by this version')
      return leased
    },
    commit: (leased, decided, timing) => store.write((tx) => commit(tx, { lease: leased, decided, timing, timerOf, handoversOf })),
    release: (leased, now) => store.note((tx) => release(tx, leased, now)),
  }
}

/** At the start of the only service on this folder: what a dead one held is free again. */
export async function freeLeases(store: Store): Promise<void> {
  await store.write(async (tx) => {
    await tx.updateTable('conversation').set({ lease_token: null, lease_until: null }).where('lease_token', 'is not', null).execute()
    await tx.updateTable('outbox').set({ lease_until: null }).where('state', '=', 'pending').where('lease_until', 'is not', null).execute()
    await tx.updateTable('download').set({ lease_until: null }).where('lease_until', 'is not', null).execute()
    await tx.updateTable('handover').set({ lease_until: null }).where('lease_until', 'is not', null).execute()
  })
}

async function lease(tx: Tx, now: number, leaseMs: number): Promise<Lease | 'unreadable' | undefined> {
  const lane = await tx
    .selectFrom('conversation')
    .select(['id', 'address', 'version', 'dialogue', 'ownership'])
    .where('pending_since', 'is not', null)
    // A lease that ends absurdly late was taken before the clock was set back.
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now), eb('lease_until', '>', now + 2 * leaseMs)]))
    .orderBy('pending_since')
    .limit(1)
    .executeTakeFirst()
  if (!lane) return undefined
  const row = await firstWaiting(tx, lane.id)
  if (!row) return forget(tx, lane.id)
  const conversation = readConversation(lane)
  if (!conversation) return putOff(tx, lane.id, now)
  const token = randomUUID()
  await tx
    .updateTable('conversation')
    .set({ lease_token: token, lease_until: now + leaseMs })
    .where('id', '=', lane.id)
    .execute()
  // Counted before the work: a message that kills the process must not be tried for ever.
  await tx
    .updateTable('inbox')
    .set({ attempts: row.attempts + 1 })
    .where('id', '=', row.id)
    .execute()
  return {
    token,
    address: lane.address,
    inboxId: row.id,
    conversationId: lane.id,
    channel: row.channel,
    attempts: row.attempts,
    conversation,
    message: { id: row.external_id, content: JSON.parse(row.content) as StoredContent, receivedAt: row.received_at },
  }
}

/** A lane that says it waits and does not, or waits for a file: it must not be leased for ever. */
async function forget(tx: Tx, id: string): Promise<undefined> {
  await wakeLane(tx, id)
}

/** @returns the conversation; undefined for a row that this version cannot read, as after going back to an older one. */
function readConversation(lane: { version: number; dialogue: string; ownership: string }): Conversation | undefined {
  const dialogue = parsed(dialogueSchema, lane.dialogue)
  const ownership = parsed(ownershipSchema, lane.ownership)
  return dialogue && ownership && { version: lane.version, dialogue, ownership }
}

/** A lane that cannot be read waits, and keeps nobody else waiting: the next call finds the next lane. */
async function putOff(tx: Tx, id: string, now: number): Promise<'unreadable'> {
  await tx
    .updateTable('conversation')
    .set({ lease_until: now + UNREADABLE_MS })
    .where('id', '=', id)
    .execute()
  return 'unreadable'
}

const UNREADABLE_MS = 30_000

interface Commit {
  readonly lease: Lease
  readonly decided: Decided
  readonly timing: { readonly now: number; readonly tookMs: number }
  readonly timerOf: TimerOf
  readonly handoversOf: HandoversOf | undefined
}

async function commit(tx: Tx, work: Commit): Promise<Committed> {
  const { lease: held } = work
  const lane = await tx
    .selectFrom('conversation')
    .select(['version', 'position', 'lease_token'])
    .where('id', '=', held.conversationId)
    .executeTakeFirst()
  if (!lane || lane.lease_token !== held.token) return 'lost'
  if (lane.version !== held.conversation.version) return superseded(tx, held)
  for (const change of work.decided.effects) if (!(await stillHolds(tx, held, change))) return superseded(tx, held)
  if (!(await insertDecision(tx, work))) return 'lost'
  await tx.updateTable('inbox').set({ state: 'decided' }).where('id', '=', held.inboxId).execute()
  const { timing, timerOf, handoversOf } = work
  const context = {
    conversationId: held.conversationId,
    channel: held.channel,
    position: lane.position,
    inboxId: held.inboxId,
    now: timing.now,
    timerOf,
    handoversOf,
  }
  const position = await writeChanges(tx, context, work.decided.effects)
  await advance(tx, work, position)
  return 'committed'
}

/** What a decision rests on besides its own conversation may have changed while it was made. */
async function stillHolds(tx: Tx, { conversationId }: Lease, change: Change): Promise<boolean> {
  switch (change.kind) {
    case 'transfer_redeemed':
      return isRedeemable(tx, change)
    case 'complaint_confirmed':
      return isFreeNumber(tx, change.complaint)
    case 'case_added':
    case 'case_changed':
      return stillMeans(tx, conversationId, change)
    case 'alerts_connected':
      return isAlertCode(tx, change.code)
    default:
      return true
  }
}

async function superseded(tx: Tx, held: Lease): Promise<Committed> {
  await tx.updateTable('conversation').set({ lease_token: null, lease_until: null }).where('id', '=', held.conversationId).execute()
  await tx.updateTable('inbox').set({ attempts: held.attempts }).where('id', '=', held.inboxId).execute()
  return 'superseded'
}

/** @returns false when the message was decided already: the primary key is the judge of that. */
async function insertDecision(tx: Tx, { lease: held, decided, timing }: Commit): Promise<boolean> {
  const { decision } = decided
  const inserted = await tx
    .insertInto('decision')
    .values({
      ...{ inbox_id: held.inboxId, conversation_id: held.conversationId, episode: decided.nextState.ownership.episode, kind: decision.kind },
      ...{ reason: reasonOf(decision), citations: citationsOf(decision), confidence: decision.kind === 'answered' ? decision.confidence : null },
      ...{ decided_at: timing.now, took_ms: timing.tookMs },
    })
    .onConflict((conflict) => conflict.column('inbox_id').doNothing())
    .returning('inbox_id')
    .executeTakeFirst()
  return inserted !== undefined
}

function reasonOf(decision: Decision): string | null {
  if ('reason' in decision) return decision.reason
  return decision.kind === 'failed' ? decision.code : null
}

function citationsOf(decision: Decision): string {
  return JSON.stringify('citations' in decision ? decision.citations.map((citation) => citation.pointer) : [])
}

async function advance(tx: Tx, { lease: held, decided, timing, timerOf }: Commit, position: number): Promise<void> {
  const { dialogue, ownership } = decided.nextState
  const next = await firstWaiting(tx, held.conversationId)
  await tx
    .updateTable('conversation')
    .set((eb) => ({
      ...{ version: eb('version', '+', 1), pending: eb('pending', '-', 1), pending_since: next?.received_at ?? null, position },
      ...{ dialogue: JSON.stringify(dialogue), ownership: JSON.stringify(ownership), owner: ownership.owner, timer_at: timerOf(ownership) },
      ...{ lease_token: null, lease_until: null, updated_at: timing.now },
    }))
    .where('id', '=', held.conversationId)
    .execute()
}

/** Given back undecided: the lane keeps its place, and its lease runs on a little, so that what fails is not tried in a circle. */
async function release(tx: Tx, held: Lease, now: number): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ lease_token: null, lease_until: now + AGAIN_MS })
    .where('id', '=', held.conversationId)
    .where('lease_token', '=', held.token)
    .execute()
}

const AGAIN_MS = 500
