/** Public warnings and the published list in the console. */
import { clustersIn } from '../../../adapters/console/case-view.ts'
import type { ConsoleRoute } from '../../../adapters/console/route.ts'
import { violatorRoutes } from '../../../adapters/console/violators.ts'
import { warningRoutes } from '../../../adapters/console/warnings.ts'
import { readCases } from '../../../adapters/storage/complaint-store.ts'
import { dayInVietnam } from '../../../knowledge/validity.ts'
import { CLUSTER_DAYS } from '../../case/clusters.ts'
import { draftAlong, trickOf, tricksOf } from '../../warning/draft.ts'
import { openLibrary } from '../assistant.ts'
import type { Parts } from '../parts.ts'
import { addressOf } from '../warnings.ts'
import { kinds } from './cases.ts'
import { lawDesk, type Names } from './shared.ts'

const MOST_CASES = 2_000
const DAY_MS = 86_400_000

export function warningsOf(parts: Parts, names: Names): readonly ConsoleRoute[] {
  const { store, config } = parts
  // Read when somebody drafts, a few times a month: what was published since is in it.
  const library = () => openLibrary(config.dataFolder)
  return [
    ...warningRoutes({
      ...{ store, law: lawDesk(parts), nameOf: names.of, address: (id) => addressOf(parts, id) },
      tricks: async () => tricksOf(library()),
      draft: async (scam, cases, now) => {
        const read = library()
        const along = scam ?? trickOf(cases, read, (issue) => kinds.issues.get(issue)?.guides ?? []) ?? null
        return draftAlong(read, along, dayInVietnam(new Date(now)))
      },
      clusterOf: (number, now) => clusterOf(parts, number, now),
      stirred: () => parts.decided.ring(),
    }),
    ...violatorRoutes({ store, nameOf: names.of }),
  ]
}

async function clusterOf({ store }: Parts, number: string, now: number): Promise<readonly string[] | undefined> {
  const cases = await readCases(store, MOST_CASES, { since: now - CLUSTER_DAYS * DAY_MS })
  return clustersIn(cases, now).find((cluster) => cluster.cases.includes(number))?.cases
}
