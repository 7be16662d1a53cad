/** What the audit needs from a storage to be read. Writing happens inside the storage's own transactions, beside what is audited. */
import type { ChainedEntry } from './chain.ts'

/** @returns the entries with a number above `after`, in order, at most `limit`. */
export type AuditPage = (after: number, limit: number) => Promise<readonly ChainedEntry[]>

const PAGE = 500

/** Every entry in order, a page at a time: a long chain never lies in memory, and no transaction stays open between pages. */
export async function* everyEntry(page: AuditPage): AsyncGenerator<ChainedEntry> {
  // Below every number that an entry may have: one inserted before the first must not be overlooked.
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const entries = await page(after, PAGE)
    yield* entries
    const last = entries.at(-1)
    if (!last || entries.length < PAGE) return
    after = last.number
  }
}
