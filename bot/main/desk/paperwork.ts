/** Reports, search, papers, personal data and the audit of the console. */
import { auditRoutes } from '../../../adapters/console/audit.ts'
import { callBackRoutes } from '../../../adapters/console/call-backs.ts'
import { gapRoutes } from '../../../adapters/console/gaps.ts'
import { paperRoutes } from '../../../adapters/console/papers.ts'
import { posterRoutes } from '../../../adapters/console/posters.ts'
import { privacyRoutes } from '../../../adapters/console/privacy.ts'
import { reportRoutes } from '../../../adapters/console/reports.ts'
import type { ConsoleRoute } from '../../../adapters/console/route.ts'
import { searchRoutes } from '../../../adapters/console/search.ts'
import { readAuditBefore } from '../../../adapters/storage/audit-pages.ts'
import { appendAudit, readAudit } from '../../../adapters/storage/audit-store.ts'
import { runRetention } from '../../../adapters/storage/privacy-store.ts'
import { keepDays } from '../../../adapters/storage/report-store.ts'
import { searchEverything } from '../../../adapters/storage/search-store.ts'
import { keepTombstones, removeFiles } from '../../../adapters/storage/tombstone-file.ts'
import { maskForLogs } from '../../../knowledge/language/mask.ts'
import type { AuditAction, AuditDetail } from '../../audit/entry.ts'
import { retentionRules } from '../../privacy/retention.ts'
import { openDossiers } from '../dossiers.ts'
import { faultEvent } from '../log.ts'
import type { Parts } from '../parts.ts'
import { posterPlaces } from '../posters.ts'
import { directory, kinds } from './cases.ts'
import { audited, type Names } from './shared.ts'

/** @returns the routes of everything that is not a conversation or a case. */
export function paperworkOf(parts: Parts, names: Names): readonly ConsoleRoute[] {
  const { store, calendar, config, options } = parts
  const written = (action: AuditAction, subject: string, detail: AuditDetail, by: string) =>
    store.write((tx) => appendAudit(tx, { actor: by, action, subject, detail }, options.clock()))
  const office = config.association.name || (directory.records.find(({ id }) => id === 'hoi')?.name ?? '')
  return [
    ...reportRoutes({ store, calendar, office, audited: written, groupOf: (issue) => kinds.issues.get(issue)?.groupName }),
    ...searchRoutes({
      search: (order) => searchEverything(store, order),
      // Who only answers people needs no numbers of those whom they do not answer.
      masked: (role, text) => (role === 'officer' ? maskForLogs(text).text : text),
      audited: written,
    }),
    ...gapRoutes(store, (text) => maskForLogs(text).text),
    ...paperRoutes({
      ...{ store, write: openDossiers(config.association) },
      audited: (officer, number, now) => audited(parts, 'case.read', officer, `case:${number}`, now, { code: 'dossier' }),
    }),
    ...posterRoutes({ places: () => posterPlaces(parts), association: { ...config.association, name: office } }),
    ...callBackRoutes({
      ...{ store, calendar, nameOf: names.of },
      audited: (officer, id, now) => audited(parts, 'chat.read', officer, `call-back:${id}`, now),
    }),
    ...privacyRoutes({
      ...{ store, calendar, nameOf: names.of, rules: retentionRules(parts.config) },
      retain: async (by, now) => {
        await keepDays(store, now)
        return runRetention(store, retentionRules(parts.config), now, by)
      },
      cleanUp: (hashes) => cleanUp(parts, hashes),
    }),
    ...auditRoutes({ after: (after, limit) => readAudit(store, after, limit), before: (before, limit) => readAuditBefore(store, before, limit) }),
  ]
}

/** After an erasure: files that nobody names any more, and the tombstones beside the database. */
async function cleanUp({ store, quarantine, config, options }: Parts, hashes: readonly string[]): Promise<void> {
  await removeFiles(store, quarantine, hashes)
  await keepTombstones(store, config.dataFolder)
  // The rows are gone either way; the daily round cleans the log when somebody is reading it just now.
  await store.truncateLog().catch((error) => options.log(faultEvent('erase', error)))
}
