/** What officers are told goes out like every message: written down and put into the outbox in one transaction, once for each matter and officer, whatever restarts. */
import { randomUUID } from 'node:crypto'
import type { Matter } from '../../bot/alerts/matters.ts'
import type { Outgoing } from '../../bot/delivery/message.ts'
import type { AlertedRow } from './alert-store.ts'
import { writeChanges } from './changes.ts'
import type { Store, Tx } from './database.ts'

/**
 * Writes down that an officer was told, and puts the message into the outbox, in one transaction: told by another process in the meantime, or disconnected, nothing is sent.
 * `outgoing` undefined: they saw it by themselves. @returns whether something is to be sent.
 */
export function tellOfficer(
  store: Store,
  { officer, place }: Pick<AlertedRow, 'officer' | 'place'>,
  matters: readonly Matter[],
  outgoing: Outgoing | undefined,
  now: number,
): Promise<boolean> {
  return store.write(async (tx) => {
    const row = await tx
      .selectFrom('alert_address as a')
      .innerJoin('conversation as c', 'c.id', 'a.conversation_id')
      .select(['c.channel', 'c.position'])
      .where('a.conversation_id', '=', place.conversation)
      .where('a.officer', '=', officer)
      .executeTakeFirst()
    if (!row) return false
    const id = outgoing ? randomUUID() : null
    const fresh = await tx
      .insertInto('alert_told')
      .values(matters.map(({ key }) => ({ officer, matter: key, at: now, outbox_id: id })))
      .onConflict((conflict) => conflict.columns(['officer', 'matter']).doNothing())
      .returning('matter')
      .execute()
    // Some of it was told by another process: the rest is told with the next message.
    if (fresh.length < matters.length) throw new ToldElsewhere()
    if (!outgoing || id === null) return false
    const context = { conversationId: place.conversation, channel: row.channel, position: row.position, inboxId: null, now, timerOf: () => null }
    const position = await writeChanges(tx, context, [{ kind: 'send', outgoing, id }])
    await tx.updateTable('conversation').set({ position, updated_at: now }).where('id', '=', place.conversation).execute()
    return true
  })
}

/** Thrown to roll back; what is left is found again in the next round. */
export class ToldElsewhere extends Error {
  override readonly name = 'ToldElsewhere'
}

/** News that could not be delivered in time is none: it must neither wait for the officer to write nor hold up what comes after it. */
const STALE_MS = 60 * 60_000

/** Gives up alerts that wait until their officer writes, or that are older than an hour. @returns how many. */
export async function dropStaleAlerts(store: Store, now: number): Promise<number> {
  const stale = (tx: Tx) =>
    tx
      .selectFrom('outbox as o')
      .innerJoin('alert_told as t', 't.outbox_id', 'o.id')
      .select('o.id')
      .where((eb) => eb.or([eb('o.state', '=', 'held'), eb.and([eb('o.state', '=', 'pending'), eb('o.created_at', '<', now - STALE_MS)])]))
  if (!(await store.read((tx) => stale(tx).limit(1).executeTakeFirst()))) return 0
  return store.write(async (tx) => {
    const ids = (await stale(tx).execute()).map(({ id }) => id)
    if (ids.length > 0) await tx.updateTable('outbox').set({ state: 'undeliverable', lease_until: null }).where('id', 'in', ids).execute()
    return ids.length
  })
}
