/** The cases: harm first, then what is due first. */
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { CASE_STATUSES } from '../../../../bot/complaint/status.ts'
import type { CaseItem, CasesView } from '../../contract.ts'
import { queryOf } from '../api.ts'
import { dayOf, daysUntil, moneyOf } from '../format.ts'
import { useMay } from '../house.ts'
import { Empty, Page, When } from '../parts/page.tsx'
import { Badge, Select, Toggle } from '../parts/small.tsx'
import { useLoaded, useNow } from '../use.ts'
import { CASES, COMMON, channelName, STATUS_NAMES } from '../words.ts'

export function CasesPage() {
  const [which, setWhich] = useState<'open' | 'all'>('open')
  const [status, setStatus] = useState('')
  const loaded = useLoaded<CasesView>(
    `/cases${queryOf({ open: which === 'open' ? '1' : undefined, status })}`,
    ({ kind }) => kind === 'queue' || kind === 'everything',
  )
  const mayAct = useMay('case.act')
  const add = mayAct && (
    <Link href="/cases/new" class="button strong">
      {CASES.add}
    </Link>
  )
  return (
    <Page title={CASES.title} actions={add} wide>
      <div class="filters">
        <Toggle
          label={CASES.which}
          value={which}
          onValue={setWhich}
          options={[
            ['open', CASES.open],
            ['all', COMMON.all],
          ]}
        />
        <Select label={CASES.status} value={status} onValue={setStatus}>
          <option value="">{COMMON.all}</option>
          {CASE_STATUSES.map((one) => (
            <option key={one} value={one}>
              {STATUS_NAMES[one]}
            </option>
          ))}
        </Select>
      </div>
      <When loaded={loaded}>{(view) => <CaseTable view={view} />}</When>
    </Page>
  )
}

function CaseTable({ view: { rows, open, overdue } }: { readonly view: CasesView }) {
  const now = useNow(60_000)
  if (rows.length === 0) return <Empty>{CASES.empty}</Empty>
  const columns = CASES.columns
  return (
    <>
      <p class="counts">{CASES.counts(open, overdue)}</p>
      <table class="table stacked">
        <thead>
          <tr>
            {Object.values(columns).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CaseRow key={row.number} row={row} now={now} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function CaseRow({ row, now }: { readonly row: CaseItem; readonly now: number }) {
  const { columns } = CASES
  return (
    <tr class={row.danger ? 'row-danger' : ''}>
      <th scope="row">
        <Link href={`/cases/${row.number}`} class="tall">
          {row.number}
        </Link>
        <span class="cell-note">
          {dayOf(row.confirmedAt)}, {channelName(row.channel)}
        </span>
        <CaseMarks row={row} />
      </th>
      <td data-label={columns.issue}>{row.issue}</td>
      <td data-label={columns.respondent}>{row.respondent || CASES.noRespondent}</td>
      <td data-label={columns.status}>{row.statusWords}</td>
      <td data-label={columns.due}>
        <Due row={row} now={now} />
      </td>
      <td data-label={columns.amount} class="number">
        {row.amount === null ? '–' : moneyOf(row.amount)}
      </td>
      <td data-label={columns.chosen}>{row.chosen ?? CASES.notChosen}</td>
    </tr>
  )
}

/** What must not be overlooked. */
export function CaseMarks({ row: { danger, held, stopped, filedBy } }: { readonly row: CaseItem }) {
  return (
    <span class="marks">
      {danger && <Badge tone="urgent">{CASES.danger}</Badge>}
      {stopped && <Badge tone="warn">{CASES.stopped}</Badge>}
      {held && <Badge>{CASES.held}</Badge>}
      {filedBy && <Badge>{CASES.filedBy(filedBy)}</Badge>}
    </span>
  )
}

/** The promise to have looked at it; once kept, it is no longer due. */
export const isDue = ({ status, dueAt }: CaseItem): boolean => status === 'confirmed' && dueAt !== null

/** `dueAt` is the first moment after the day. */
export function Due({ row, now }: { readonly row: CaseItem; readonly now: number }) {
  if (!isDue(row)) return <>–</>
  const last = (row.dueAt ?? 0) - 1
  const days = daysUntil(last, now)
  return (
    <span class={row.overdue ? 'late' : ''}>
      <time dateTime={new Date(last).toISOString()}>{dayOf(last)}</time>
      <span class="cell-note">{row.overdue ? CASES.overdue(Math.max(0, -days)) : CASES.due(Math.max(0, days))}</span>
    </span>
  )
}
