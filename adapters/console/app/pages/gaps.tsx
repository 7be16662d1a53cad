/** Questions without an answer, by week: what to write a guide about next. */
import { Link } from 'wouter-preact'
import type { GapsView } from '../../contract.ts'
import { dayOf } from '../format.ts'
import { useMay } from '../house.ts'
import { Empty, Page, When } from '../parts/page.tsx'
import { Badge } from '../parts/small.tsx'
import { ShelfTabs } from '../shelf/tabs.tsx'
import { useLoaded } from '../use.ts'
import { GAPS } from '../words.ts'

export function GapsPage() {
  const loaded = useLoaded<GapsView>('/gaps')
  return (
    <Page title={GAPS.title} lead={GAPS.lead}>
      <ShelfTabs />
      <When loaded={loaded}>
        {({ weeks }) => (weeks.length === 0 ? <Empty>{GAPS.empty}</Empty> : weeks.map((week) => <Week key={week.from} week={week} />))}
      </When>
    </Page>
  )
}

function Week({ week: { from, to, total, gaps } }: { readonly week: GapsView['weeks'][number] }) {
  const mayEdit = useMay('knowledge.edit')
  return (
    <section class="card">
      <h2>{GAPS.week(from, to)}</h2>
      <p class="hint">{GAPS.total(total)}</p>
      <ul class="stack">
        {gaps.map(({ text, asked }) => (
          <li key={`${asked[0]?.chat}-${asked[0]?.at}`}>
            <p>
              {text} {asked.length > 1 && <Badge tone="warn">{GAPS.times(asked.length)}</Badge>}
            </p>
            <ul class="inline-links">
              {asked.slice(0, 5).map(({ chat, at }) => (
                <li key={`${chat}-${at}`}>
                  <Link href={`/chats/${chat}`} class="tall">
                    {GAPS.open(dayOf(at))}
                  </Link>
                </li>
              ))}
              {mayEdit && (
                <li>
                  <Link href="/guides" state={{ question: text }} class="tall">
                    {GAPS.write}
                  </Link>
                </li>
              )}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}
