/** Many people, one respondent. */
import { Link } from 'wouter-preact'
import type { ClustersView } from '../../contract.ts'
import { dayOf } from '../format.ts'
import { Empty, Page, When } from '../parts/page.tsx'
import { Badge } from '../parts/small.tsx'
import { useLoaded } from '../use.ts'
import { CLUSTERS } from '../words.ts'

export function ClustersPage() {
  const loaded = useLoaded<ClustersView>('/clusters')
  return (
    <Page title={CLUSTERS.title} lead={CLUSTERS.lead}>
      <When loaded={loaded}>
        {({ clusters }) =>
          clusters.length === 0 ? (
            <Empty>{CLUSTERS.empty}</Empty>
          ) : (
            <ul class="cards">
              {clusters.map((cluster) => (
                <Cluster key={`${cluster.respondent}-${cluster.cases[0]}`} cluster={cluster} />
              ))}
            </ul>
          )
        }
      </When>
    </Page>
  )
}

function Cluster({ cluster: { respondent, people, cases, firstAt, lastAt } }: { readonly cluster: ClustersView['clusters'][number] }) {
  return (
    <li class="card">
      <h2>{respondent}</h2>
      <p>
        <Badge tone="warn">{CLUSTERS.people(people)}</Badge> {CLUSTERS.between(dayOf(firstAt), dayOf(lastAt))}
      </p>
      <h3>{CLUSTERS.cases}</h3>
      <ul class="inline-links">
        {cases.map((number) => (
          <li key={number}>
            <Link href={`/cases/${number}`} class="tall">
              {number}
            </Link>
          </li>
        ))}
      </ul>
    </li>
  )
}
