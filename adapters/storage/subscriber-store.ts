/** Who subscribed to warnings, in which conversation, under which words; and stopping what they wish to hear no more. */
import type { HeldSubscription } from '../../bot/privacy/ports.ts'
import type { Store, Tx } from './database.ts'

/** The person of a conversation asks to be told; asking again changes nothing. `message`: the row in the inbox that asked. */
export async function subscribe(
  tx: Tx,
  conversation: string,
  { version, message, now }: { version: string; message: string | null; now: number },
): Promise<void> {
  const row = { since: now, version, message, ended_at: null }
  await tx
    .insertInto('subscriber')
    .values({ conversation_id: conversation, ...row })
    .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(row).where('subscriber.ended_at', 'is not', null))
    .execute()
}

/** They ask to be told no more: what is on its way is stopped, what waits is forgotten. @returns whether they were told until now. */
export async function unsubscribe(tx: Tx, conversation: string, now: number): Promise<boolean> {
  const ended = await tx
    .updateTable('subscriber')
    .set({ ended_at: now })
    .where('conversation_id', '=', conversation)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  await stop(tx, { column: 'conversation_id', value: conversation }, now)
  return Number(ended.numUpdatedRows) > 0
}

/** @returns how many there are at present. */
export async function countSubscribers(store: Store): Promise<number> {
  const row = await store.read((tx) =>
    tx
      .selectFrom('subscriber')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('ended_at', 'is', null)
      .executeTakeFirst(),
  )
  return Number(row?.count ?? 0)
}

/** @returns whether the person of a conversation is told of warnings, and which they have not been told of yet. */
export function listeningOf(store: Store, conversation: string): Promise<{ readonly subscribed: boolean; readonly missed: readonly string[] }> {
  return store.read(async (tx) => {
    const row = await tx.selectFrom('subscriber').select('ended_at').where('conversation_id', '=', conversation).executeTakeFirst()
    if (!row || row.ended_at !== null) return { subscribed: false, missed: [] }
    const missed = await tx
      .selectFrom('warning_delivery')
      .select('warning_id')
      .where('conversation_id', '=', conversation)
      .where('state', '=', 'next_time')
      .execute()
    return { subscribed: true, missed: missed.map(({ warning_id }) => warning_id) }
  })
}

/** They have been told in passing of what could not be sent. */
export async function markTold(tx: Tx, conversation: string, warnings: readonly string[], now: number): Promise<void> {
  await tx
    .updateTable('warning_delivery')
    .set({ state: 'told', at: now })
    .where('conversation_id', '=', conversation)
    .where('state', '=', 'next_time')
    .where('warning_id', 'in', [...warnings, ''])
    .execute()
}

/** @returns what is held of it on the person of a conversation. */
export async function heldSubscription(tx: Tx, conversation: string): Promise<HeldSubscription | null> {
  const row = await tx.selectFrom('subscriber').selectAll().where('conversation_id', '=', conversation).executeTakeFirst()
  const told = await tx
    .selectFrom('warning_delivery')
    .select(['warning_id as warning', 'state', 'outbox_id as message', 'at'])
    .where('conversation_id', '=', conversation)
    .orderBy('at')
    .execute()
  if (!row) return told.length === 0 ? null : { since: null, version: null, message: null, endedAt: null, told }
  return { since: row.since, version: row.version, message: row.message, endedAt: row.ended_at, told }
}

// ── stopping ────────────────────────────────────────────────────────────────────────────────────

interface Which {
  readonly column: 'warning_id' | 'conversation_id'
  readonly value: string
}

/** A warning was withdrawn: what has not gone out stays here. */
export function leaveOut(tx: Tx, warning: string, now: number): Promise<void> {
  return stop(tx, { column: 'warning_id', value: warning }, now)
}

/** What a channel has in its hands at this moment goes out. */
async function stop(tx: Tx, { column, value }: Which, now: number): Promise<void> {
  const rows = await unsent(tx, now).where(`d.${column}`, '=', value).execute()
  for (const { id } of rows) {
    await tx.updateTable('outbox').set({ state: 'undeliverable', trouble: 'withdrawn', lease_until: null }).where('id', '=', id).execute()
    await tx.updateTable('warning_delivery').set({ state: 'left_out', at: now }).where('outbox_id', '=', id).execute()
  }
  await tx.updateTable('warning_delivery').set({ state: 'left_out', at: now }).where(column, '=', value).where('state', '=', 'next_time').execute()
}

/** Of which it is known that no part has gone out. */
export function unsent(tx: Tx, now: number) {
  return tx
    .selectFrom('outbox as o')
    .innerJoin('warning_delivery as d', 'd.outbox_id', 'o.id')
    .select('o.id')
    .where('o.state', 'in', ['pending', 'held'])
    .where('o.sending', '=', 0)
    .where('o.delivered', '=', 0)
    .where('o.doubts', '=', 0)
    .where((eb) => eb.or([eb('o.lease_until', 'is', null), eb('o.lease_until', '<=', now)]))
}
