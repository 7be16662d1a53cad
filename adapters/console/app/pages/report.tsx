/** One yearly report as it was made. */
import type { ReportView } from '../../report-contract.ts'
import { wholeMomentOf } from '../format.ts'
import { Page, When } from '../parts/page.tsx'
import { FiguresView } from '../report/figures.tsx'
import { useLoaded } from '../use.ts'
import { REPORTS } from '../words.ts'
import { Files } from './reports.tsx'

export function ReportPage({ id }: { readonly id: string }) {
  const loaded = useLoaded<ReportView>(`/reports/${encodeURIComponent(id)}`, () => false)
  const { data } = loaded
  return (
    <Page title={data ? REPORTS.of(data.year) : REPORTS.yearly} wide {...(data ? { actions: <Files report={data} /> } : {})}>
      <When loaded={loaded}>
        {({ madeBy, madeAt, sha256, figures }) => (
          <>
            <p class="hint">{REPORTS.madeBy(madeBy, wholeMomentOf(madeAt))}</p>
            <p class="hint">
              {REPORTS.sha}: <code class="anchor">{sha256}</code>
            </p>
            <FiguresView figures={figures} />
          </>
        )}
      </When>
    </Page>
  )
}
