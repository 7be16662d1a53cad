/** Many people, one respondent. */
import { Link, useLocation } from 'wouter-preact'
import type { ClustersView } from '../../contract.ts'
import { dayOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { Empty, Page, Trouble, When } from '../parts/page.tsx'
import { Badge } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { CLUSTERS } from '../words.ts'
import { WARNINGS } from '../words-warnings.ts'

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
      {useMay('warning.edit') && <DraftWarning respondent={respondent} cluster={cases[0] ?? ''} />}
    </li>
  )
}

/** The name is for whoever presses the button; none of it goes into the draft. */
function DraftWarning({ respondent, cluster }: { readonly respondent: string; readonly cluster: string }) {
  const { api } = useHouse()
  const [, go] = useLocation()
  const deed = useDeed()
  const draft = async () => {
    const { id } = await api.ask<{ readonly id: string }>('POST', '/warnings', { cluster })
    go(`/warnings/${id}`)
  }
  return (
    <>
      <div class="buttons">
        <button type="button" class="button" disabled={deed.busy} aria-label={WARNINGS.fromClusterOf(respondent)} onClick={() => deed.run(draft)}>
          {WARNINGS.fromCluster}
        </button>
      </div>
      <Trouble text={deed.trouble} />
    </>
  )
}
