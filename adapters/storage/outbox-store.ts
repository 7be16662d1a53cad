/** What is to be sent: rows leave this table only with their conversation, never because a delivery failed. */
import type { Outgoing, Parcel } from '../../bot/delivery/message.ts'
import { LONGEST_WAIT_MS, type OutboxStore } from '../../bot/delivery/relay.ts'
import type { Store, Tx } from './database.ts'

/** @returns the outbox of `store`. */
export function openOutbox(store: Store): OutboxStore {
  return {
    leaseParcels: (now, leaseMs, paused, limit) => store.note((tx) => leaseParcels(tx, { now, leaseMs, paused, limit })),
    hasten: (now) => store.write((tx) => hasten(tx, now)),
    markSent: (key, now) => store.note((tx) => markSent(tx, key, now)),
    markFailed: (key, code, nextAttemptAt) => store.write((tx) => markFailed(tx, key, code, nextAttemptAt)),
  }
}

interface Asked {
  readonly now: number
  readonly leaseMs: number
  readonly paused: readonly string[]
  readonly limit: number
}

async function leaseParcels(tx: Tx, { now, leaseMs, paused, limit }: Asked): Promise<readonly Parcel[]> {
  const rows = await dueRows(tx, { now, leaseMs, paused, limit })
  if (rows.length === 0) return []
  await tx
    .updateTable('outbox')
    .set({ lease_until: now + leaseMs })
    .where(
      'id',
      'in',
      rows.map((row) => row.id),
    )
    .execute()
  return rows.map((row) => ({
    ...{ key: row.id, conversation: row.conversation_id, channel: row.channel, address: row.address, replyTo: row.external_id },
    ...{ body: JSON.parse(row.body) as Outgoing, createdAt: row.created_at, attempts: row.attempts },
  }))
}

/** The first undelivered row of each conversation, if it is due: a later one waits for it, so that order is kept. */
function dueRows(tx: Tx, { now, leaseMs, paused, limit }: Asked) {
  return (
    tx
      .selectFrom('outbox as o')
      .innerJoin('conversation as c', 'c.id', 'o.conversation_id')
      .leftJoin('inbox as i', 'i.id', 'o.inbox_id')
      .select(['o.id', 'o.conversation_id', 'o.channel', 'c.address', 'i.external_id', 'o.body', 'o.created_at', 'o.attempts'])
      .where('o.state', '=', 'pending')
      .where('o.next_attempt_at', '<=', now)
      // A lease that ends absurdly late was taken before the clock was set back.
      .where((eb) => eb.or([eb('o.lease_until', 'is', null), eb('o.lease_until', '<=', now), eb('o.lease_until', '>', now + 2 * leaseMs)]))
      .$if(paused.length > 0, (query) => query.where('o.channel', 'not in', paused))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('outbox as earlier')
              .select('earlier.id')
              .whereRef('earlier.conversation_id', '=', 'o.conversation_id')
              .whereRef('earlier.position', '<', 'o.position')
              .where('earlier.state', '=', 'pending'),
          ),
        ),
      )
      .orderBy('o.next_attempt_at')
      .orderBy('o.created_at')
      .limit(limit)
      .execute()
  )
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

async function markSent(tx: Tx, key: string, now: number): Promise<void> {
  await tx
    .updateTable('outbox')
    .set((eb) => ({ state: 'sent', sent_at: now, lease_until: null, trouble: null, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', key)
    .execute()
}

async function markFailed(tx: Tx, key: string, code: string, nextAttemptAt: number | null): Promise<void> {
  await tx
    .updateTable('outbox')
    .set((eb) => ({
      ...{ attempts: eb('attempts', '+', 1), trouble: code, lease_until: null },
      ...(nextAttemptAt === null ? { state: 'undeliverable' as const } : { next_attempt_at: nextAttemptAt }),
    }))
    .where('id', '=', key)
    .execute()
}
