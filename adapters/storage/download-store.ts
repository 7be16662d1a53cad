/** Files that still lie with a platform: leased, fetched, and put into the message that waits for them. */
import type { Download, DownloadStore } from '../../bot/delivery/downloads.ts'
import type { StoredContent } from '../../bot/delivery/message.ts'
import type { Store, Tx } from './database.ts'
import { wakeLane } from './lane.ts'

/** @returns the downloads of `store`. */
export function openDownloads(store: Store): DownloadStore {
  return {
    leaseDownloads: (now, leaseMs, limit) => store.note((tx) => lease(tx, now, leaseMs, limit)),
    finish: (download, content) => store.write((tx) => finish(tx, download, content)),
    putOff: (download, nextAttemptAt) => store.write((tx) => putOff(tx, download, nextAttemptAt)),
  }
}

interface NewDownload {
  readonly inboxId: string
  readonly conversationId: string
  readonly position: number
  readonly source: string
}

/** Writes down, inside the transaction that takes the message, where its file lies. */
export async function insertDownload(tx: Tx, { inboxId, conversationId, position, source }: NewDownload): Promise<void> {
  await tx
    .insertInto('download')
    .values({ inbox_id: inboxId, conversation_id: conversationId, position, source, attempts: 0, next_attempt_at: 0, lease_until: null })
    .execute()
}

async function lease(tx: Tx, now: number, leaseMs: number, limit: number): Promise<readonly Download[]> {
  const due = await free(tx, now, leaseMs).where('d.next_attempt_at', '<=', now).orderBy('d.next_attempt_at').limit(limit).execute()
  // What would be tried absurdly late was put off before the clock was set back.
  const late =
    due.length > 0
      ? []
      : await free(tx, now, leaseMs)
          .where('d.next_attempt_at', '>', now + ABSURD_MS)
          .limit(limit)
          .execute()
  const rows = [...due, ...late]
  for (const row of rows)
    await tx
      .updateTable('download')
      .set({ lease_until: now + leaseMs })
      .where('inbox_id', '=', row.inbox_id)
      .execute()
  return rows.map((row) => ({
    ...{ inboxId: row.inbox_id, channel: row.channel, address: row.address, person: row.person, source: row.source, attempts: row.attempts },
    content: JSON.parse(row.content) as StoredContent,
  }))
}

/** Far longer than anything is ever put off. */
const ABSURD_MS = 2 * 60 * 60_000

function free(tx: Tx, now: number, leaseMs: number) {
  return tx
    .selectFrom('download as d')
    .innerJoin('inbox as i', 'i.id', 'd.inbox_id')
    .innerJoin('conversation as c', 'c.id', 'd.conversation_id')
    .select(['d.inbox_id', 'd.source', 'd.attempts', 'i.content', 'c.channel', 'c.address', 'c.person'])
    .where((eb) => eb.or([eb('d.lease_until', 'is', null), eb('d.lease_until', '<=', now), eb('d.lease_until', '>', now + 2 * leaseMs)]))
}

/** A message that was erased meanwhile stays gone. */
async function finish(tx: Tx, { inboxId }: Download, content: StoredContent): Promise<void> {
  const row = await tx.deleteFrom('download').where('inbox_id', '=', inboxId).returning('conversation_id').executeTakeFirst()
  if (!row) return
  await tx
    .updateTable('inbox')
    .set({ content: JSON.stringify(content), state: 'waiting' })
    .where('id', '=', inboxId)
    .execute()
  await wakeLane(tx, row.conversation_id)
}

async function putOff(tx: Tx, { inboxId }: Download, nextAttemptAt: number): Promise<void> {
  await tx
    .updateTable('download')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), next_attempt_at: nextAttemptAt, lease_until: null }))
    .where('inbox_id', '=', inboxId)
    .execute()
}
