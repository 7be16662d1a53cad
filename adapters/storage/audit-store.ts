/** The audit on disk: entries are appended inside the transaction of what they tell, and never changed or removed. */
import { type Anchor, type ChainedEntry, chained } from '../../bot/audit/chain.ts'
import { auditEntry, type NewEntry } from '../../bot/audit/entry.ts'
import type { Store, Tx } from './database.ts'

/**
 * Appends `entry` to the chain. `tx` must come from `store.write`: it holds the write lock, so nobody else can append behind the same last entry.
 * `at` in milliseconds UTC. @returns where it stands. Throws ZodError when the entry holds what it may not hold.
 */
export async function appendAudit(tx: Tx, entry: NewEntry, at: number): Promise<Anchor> {
  const last = await tx.selectFrom('audit').select(['number', 'hash']).orderBy('number', 'desc').limit(1).executeTakeFirst()
  const row = chained(auditEntry(entry), at, last)
  await tx.insertInto('audit').values(row).execute()
  return { number: row.number, hash: row.hash }
}

/** @returns the entries with a number above `after`, in order, at most `limit`. */
export function readAudit(store: Store, after: number, limit: number): Promise<readonly ChainedEntry[]> {
  return store.read((tx) => tx.selectFrom('audit').selectAll().where('number', '>', after).orderBy('number').limit(limit).execute())
}

/** @returns the last `limit` entries, oldest first. */
export async function readLastAudit(store: Store, limit: number): Promise<readonly ChainedEntry[]> {
  const rows = await store.read((tx) => tx.selectFrom('audit').selectAll().orderBy('number', 'desc').limit(limit).execute())
  return rows.reverse()
}
