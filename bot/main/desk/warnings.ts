/** Public warnings and the published list in the console. */
import { clustersIn } from '../../../adapters/console/case-view.ts'
import type { ConsoleRoute } from '../../../adapters/console/route.ts'
import { violatorRoutes } from '../../../adapters/console/violators.ts'
import { warningRoutes } from '../../../adapters/console/warnings.ts'
import { readCases } from '../../../adapters/storage/complaint-store.ts'
import { dayInVietnam } from '../../../knowledge/validity.ts'
import { CLUSTER_DAYS } from '../../case/clusters.ts'
import type { Parts } from '../parts.ts'
import { addressOf } from '../warnings.ts'
import { lawDesk, type Names } from './shared.ts'

const MOST_CASES = 2_000
const DAY_MS = 86_400_000

export function warningsOf(parts: Parts, names: Names): readonly ConsoleRoute[] {
  const { store, answerer } = parts
  return [
    ...warningRoutes({
      ...{ store, law: lawDesk(parts), nameOf: names.of, address: (id) => addressOf(parts, id) },
      tricks: () => answerer.shelf({ kind: 'tricks' }),
      draft: (scam, cases, now) => answerer.shelf({ kind: 'warning', scam, cases, day: dayInVietnam(new Date(now)) }),
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
