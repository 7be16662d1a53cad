/** Figures of any days, and the yearly reports that were made. */
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Dashboard, ReportList, ReportMade, ReportSummary } from '../../report-contract.ts'
import { fileAddress, queryOf } from '../api.ts'
import { dayOfIso, isoDayOf, wholeMomentOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, Page, When } from '../parts/page.tsx'
import { ChoosePeriod, type Period, thisYear } from '../parts/period.tsx'
import { TextField } from '../parts/small.tsx'
import { FiguresView } from '../report/figures.tsx'
import { useLoaded } from '../use.ts'
import { REPORTS } from '../words.ts'

export function ReportsPage() {
  const [period, setPeriod] = useState(() => thisYear(Date.now()))
  return (
    <Page title={REPORTS.title} wide>
      <Yearly />
      <ChoosePeriod period={period} onPeriod={setPeriod} words={REPORTS} csv="/reports/cases.csv" />
      <Shown key={queryOf({ ...period })} period={period} />
    </Page>
  )
}

function Shown({ period }: { readonly period: Period }) {
  const loaded = useLoaded<Dashboard>(`/reports/dashboard${queryOf({ ...period })}`)
  return <When loaded={loaded}>{(figures) => <FiguresView figures={figures} />}</When>
}

function Yearly() {
  const loaded = useLoaded<ReportList>('/reports')
  const mayMake = useMay('report.make')
  const [making, setMaking] = useState(false)
  return (
    <section class="card">
      <h2>{REPORTS.yearly}</h2>
      <When loaded={loaded}>
        {({ dueOn, reports }) => (
          <>
            <p class="hint">{REPORTS.yearlyLead(dayOfIso(dueOn))}</p>
            {mayMake && (
              <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setMaking(true)}>
                {REPORTS.make}
              </button>
            )}
            {reports.length === 0 ? <Empty>{REPORTS.noReports}</Empty> : <Kept reports={reports} />}
          </>
        )}
      </When>
      {making && <Make onMade={loaded.reload} onClose={() => setMaking(false)} />}
    </section>
  )
}

function Kept({ reports }: { readonly reports: readonly ReportSummary[] }) {
  return (
    <ul class="kept">
      {reports.map((report) => (
        <li key={report.id} class="stack">
          <Link href={`/reports/${report.id}`} class="tall">
            {REPORTS.of(report.year)}
          </Link>
          <span class="hint">{REPORTS.madeBy(report.madeBy, wholeMomentOf(report.madeAt))}</span>
          <Files report={report} />
        </li>
      ))}
    </ul>
  )
}

export function Files({ report: { id } }: { readonly report: Pick<ReportSummary, 'id'> }) {
  return (
    <div class="buttons">
      <a class="button" href={fileAddress(`/reports/${id}/docx`)} download>
        {REPORTS.docx}
      </a>
      <a class="button" href={fileAddress(`/reports/${id}/xlsx`)} download>
        {REPORTS.xlsx}
      </a>
    </div>
  )
}

function Make({ onMade, onClose }: { readonly onMade: () => Promise<void>; readonly onClose: () => void }) {
  const { api, say } = useHouse()
  const [year, setYear] = useState(() => isoDayOf(Date.now()).slice(0, 4))
  const work = async () => {
    await api.ask<ReportMade>('POST', '/reports', { year: Number(year) })
    say(REPORTS.made)
    await onMade()
  }
  return (
    <Ask title={REPORTS.make} lead={REPORTS.makeLead} submit={REPORTS.making} onClose={onClose} work={work} ready={/^\d{4}$/.test(year.trim())}>
      <TextField label={REPORTS.year} value={year} onValue={setYear} inputMode="numeric" required />
    </Ask>
  )
}
