/** Writes what a decision or a change of owner leaves behind, inside the transaction that commits it. */
import { randomUUID } from 'node:crypto'
import type { Change, TransferRedeemed } from '../../bot/conversation/effects.ts'
import type { EpisodeBegan, EpisodeEnded, Ownership } from '../../bot/conversation/owner.ts'
import type { HandoversOf } from '../../bot/delivery/handover.ts'
import { connectAlerts, endAlertsAt } from './alert-store.ts'
import { askCallBack, withdrawCallBack } from './call-back-store.ts'
import { discardFile, openCase, writePersonEvent } from './case-store.ts'
import type { Tx } from './database.ts'
import { addHandovers } from './handover-store.ts'
import { goElsewhere } from './outbox-store.ts'
import { decideWords, proposeWords } from './proposed-store.ts'
import { markTold, subscribe, unsubscribe } from './subscriber-store.ts'
import { joinMatter, offerTransfer } from './transfer-store.ts'

export interface ChangeContext {
  readonly conversationId: string
  readonly channel: string
  /** Last position given so far. */
  readonly position: number
  readonly inboxId: string | null
  readonly now: number
  readonly timerOf: TimerOf
  /** What is handed over of a case; nothing where it is left out. */
  readonly handoversOf?: HandoversOf | undefined
}

/** When an ownership's next timer is due; null for never. */
export type TimerOf = (ownership: Ownership) => number | null

/** @returns the last position given after these changes. */
export async function writeChanges(tx: Tx, context: ChangeContext, changes: readonly Change[]): Promise<number> {
  let { position } = context
  for (const change of changes) {
    switch (change.kind) {
      case 'send':
        position++
        await enqueue(tx, context, position, change)
        break
      case 'episode_ended':
        await endEpisode(tx, context.conversationId, change)
        break
      case 'episode_began':
        await beginEpisode(tx, context.conversationId, change)
        break
      case 'transfer_offered':
        await offerTransfer(tx, context, change)
        break
      case 'transfer_redeemed':
        position = await redeemTransfer(tx, { ...context, position }, change)
        break
      case 'erasure_asked':
        await askErasure(tx, context)
        break
      case 'complaint_confirmed':
        await openCase(tx, context.conversationId, change.complaint, change.firstReplyBy)
        await addHandovers(tx, context.handoversOf?.(change.complaint, context.channel) ?? [], context.now)
        break
      case 'case_added':
      case 'case_changed':
        await writePersonEvent(tx, context, change)
        break
      case 'evidence_discarded':
        await discardFile(tx, context.conversationId, change.attachment)
        break
      case 'call_back_asked':
        await askCallBack(tx, context, change)
        break
      case 'call_back_withdrawn':
        await withdrawCallBack(tx, context)
        break
      case 'warnings_subscribed':
        await subscribe(tx, context.conversationId, { version: change.version, message: context.inboxId, now: context.now })
        break
      case 'warnings_unsubscribed':
        await unsubscribe(tx, context.conversationId, context.now)
        break
      case 'warnings_told':
        await markTold(tx, context.conversationId, change.warnings, context.now)
        break
      case 'alerts_connected':
        await connectAlerts(tx, context, change.code)
        break
      case 'alerts_ended':
        await endAlertsAt(tx, context.conversationId, context.now)
        break
      case 'words_proposed':
        await proposeWords(tx, context, change)
        break
      case 'words_decided':
        await decideWords(tx, change, context.now)
        break
      // Whoever watches the queue sees the episode that began; nothing else is stored of an alert.
      case 'alert_staff':
        break
    }
  }
  return position
}

async function askErasure(tx: Tx, { conversationId, now }: ChangeContext): Promise<void> {
  await tx
    .insertInto('erasure')
    .values({ conversation_id: conversationId, asked_at: now })
    .onConflict((conflict) => conflict.column('conversation_id').doNothing())
    .execute()
}

/** What the conversation that the code came from is left with; that the code still holds was checked before. @returns the last position given here. */
async function redeemTransfer(tx: Tx, context: ChangeContext, change: TransferRedeemed): Promise<number> {
  const there = await joinMatter(tx, context.conversationId, change, context.now)
  const position = await writeChanges(tx, { ...there, inboxId: null, now: context.now, timerOf: context.timerOf }, change.changes)
  await tx
    .updateTable('conversation')
    .set((eb) => ({
      ...{ version: eb('version', '+', 1), position, ownership: JSON.stringify(change.ownership), owner: change.ownership.owner },
      ...{ timer_at: context.timerOf(change.ownership), updated_at: context.now },
    }))
    .where('id', '=', there.conversationId)
    .execute()
  return context.position + (await fetchHeld(tx, context, there.conversationId))
}

/** What waits there until the person writes again need not wait any longer: they write here. @returns how many replies came over. */
async function fetchHeld(tx: Tx, { conversationId, position }: ChangeContext, there: string): Promise<number> {
  const held = await tx.selectFrom('outbox').select('id').where('conversation_id', '=', there).where('state', '=', 'held').executeTakeFirst()
  if (!held) return 0
  await tx.updateTable('conversation').set({ position }).where('id', '=', conversationId).execute()
  return goElsewhere(tx, there)
}

type Sent = Extract<Change, { readonly kind: 'send' }>

async function enqueue(tx: Tx, context: ChangeContext, position: number, { outgoing, id = randomUUID() }: Sent): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      ...{ id, conversation_id: context.conversationId, channel: context.channel, position, body: JSON.stringify(outgoing) },
      ...{ inbox_id: context.inboxId, author: outgoing.kind === 'owner' ? 'owner' : outgoing.author, state: 'pending', attempts: 0 },
      // Due whatever the clock will say: it may be set back before the first try.
      ...{ next_attempt_at: 0, lease_until: null, created_at: context.now, sent_at: null, trouble: null },
    })
    .execute()
}

async function endEpisode(tx: Tx, conversationId: string, ended: EpisodeEnded): Promise<void> {
  await tx
    .updateTable('episode')
    .set({ ended_at: ended.at, ended_by: ended.endedBy, outcome: ended.outcome ?? null, ...(ended.officer ? { officer: ended.officer.id } : {}) })
    .where('conversation_id', '=', conversationId)
    .where('number', '=', ended.number)
    .execute()
}

async function beginEpisode(tx: Tx, conversationId: string, began: EpisodeBegan): Promise<void> {
  await tx
    .insertInto('episode')
    .values({
      ...{ conversation_id: conversationId, number: began.number, owner: began.owner, reason: began.reason ?? null },
      ...{ officer: began.officer?.id ?? null, began_at: began.at, ended_at: null, ended_by: null, outcome: null },
    })
    .execute()
}
