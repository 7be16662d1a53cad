/** The audit read backwards, for whoever looks at it. */
import type { ChainedEntry } from '../../bot/audit/chain.ts'
import type { Store } from './database.ts'

/** @returns the entries with a number below `before` (undefined: the last of all), the latest first, at most `limit`. */
export function readAuditBefore(store: Store, before: number | undefined, limit: number): Promise<readonly ChainedEntry[]> {
  return store.read((tx) => {
    const entries = tx.selectFrom('audit').selectAll()
    const below = before === undefined ? entries : entries.where('number', '<', before)
    return below.orderBy('number', 'desc').limit(limit).execute()
  })
}
