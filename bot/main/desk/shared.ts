/** What several parts of the console are joined with: names of officers, the law, who owns a conversation, the audit. */
import { openLawDesk } from '../../../adapters/console/law.ts'
import type { SignedIn } from '../../../adapters/console/route.ts'
import { appendAudit } from '../../../adapters/storage/audit-store.ts'
import { readOfficers } from '../../../adapters/storage/officer-store.ts'
import { openOwners } from '../../../adapters/storage/owner-store.ts'
import type { AuditAction, AuditDetail } from '../../audit/entry.ts'
import { officerLeaves, timerOf } from '../../handoff/officer.ts'
import type { Parts } from '../parts.ts'

/** Names of officers by id, read again whenever one changes: what an officer did stays under the name that they have now. */
export interface Names {
  readonly of: (id: string) => string
  readonly refresh: () => Promise<void>
}

/** Reads the names. */
export async function openNames({ store }: Parts): Promise<Names> {
  let names = new Map<string, string>()
  const refresh = async () => {
    names = new Map((await readOfficers(store)).map(({ id, name }) => [id, name]))
  }
  await refresh()
  return { of: (id) => names.get(id) ?? id, refresh }
}

/** @returns where clauses are looked up, in the thread that has the library. */
export function lawDesk({ answerer }: Parts) {
  return openLawDesk((question) => answerer.look(question))
}

/** @returns what changes who owns a conversation. */
export function owners({ store, config }: Parts) {
  return { store: openOwners(store, (ownership) => timerOf(ownership, config.owner)), rules: config.owner, hours: config.association.hours }
}

/** An officer goes: what they had waits for somebody else. */
export async function leaves(parts: Parts, officer: string, now: number): Promise<void> {
  if ((await officerLeaves(owners(parts), officer, now)) > 0) parts.decided.ring()
}

/** Writes down what an officer did. @param subject "case:…", "conversation:…" */
export function audited(
  { store }: Parts,
  action: AuditAction,
  officer: SignedIn,
  subject: string,
  now: number,
  detail: AuditDetail = {},
): Promise<void> {
  return store.write(async (tx) => void (await appendAudit(tx, { actor: officer.id, action, subject, detail }, now)))
}
