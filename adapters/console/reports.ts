/** Reports in the console: figures of any days, the yearly report kept as it was made, and the list of cases as a file. */
import { z } from 'zod'
import type { AuditAction, AuditDetail } from '../../bot/audit/entry.ts'
import type { HolidayCalendar } from '../../bot/calendar/holidays.ts'
import { caseCells } from '../../bot/report/cells.ts'
import { chatBasis } from '../../bot/report/day.ts'
import { figuresOf } from '../../bot/report/figures.ts'
import { type FrozenReport, frozenReport, readFrozen } from '../../bot/report/frozen.ts'
import { caseLines } from '../../bot/report/lines.ts'
import type { Basis, CaseLine, Period } from '../../bot/report/shape.ts'
import { dueOn, yearPeriod } from '../../bot/report/yearly.ts'
import { CASE_COLUMNS, REPORT_SAYS } from '../../bot/wording/report.ts'
import { addDays, isDay, yearOf } from '../../knowledge/language/calendar-days.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { writeCsv } from '../report/csv.ts'
import { writeReportDocx } from '../report/docx.ts'
import { writeXlsx } from '../report/xlsx.ts'
import type { Store } from '../storage/database.ts'
import { countedDays, keepReport, listReports, readReport, reportedCases } from '../storage/report-store.ts'
import type { ReportTable } from '../storage/tables.ts'
import { trainingBasis } from '../storage/training-basis.ts'
import type { Dashboard, ReportList, ReportMade, ReportSummary, ReportView } from './report-contract.ts'
import { type Asked, type ConsoleRoute, Download, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface ReportParts {
  readonly store: Store
  readonly calendar: Pick<HolidayCalendar, 'dayOff'>
  /** @returns the name of an issue's group. */
  readonly groupOf: (issue: string) => string | undefined
  /** The association's name, as it stands on the report. */
  readonly office: string
  /** Writes an export into the audit before it is handed out. `by` is the officer's id. */
  readonly audited: (action: AuditAction, subject: string, detail: AuditDetail, by: string) => Promise<unknown>
}

const FIRST_YEAR = 2020
const MOST_DAYS = 5 * 366

const day = z.string().refine(isDay)
const periodSchema = z.strictObject({ from: day, to: day })
const makingSchema = z.strictObject({ year: z.int() })

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const CSV = 'text/csv; charset=utf-8'

/** @returns the routes below `/reports`. */
export function reportRoutes(parts: ReportParts): readonly ConsoleRoute[] {
  return [...counting(parts), ...kept(parts)]
}

function counting(parts: ReportParts): readonly ConsoleRoute[] {
  return [
    route({
      ...{ method: 'GET', url: '/reports/dashboard', may: 'report.read', query: periodSchema },
      handle: async ({ query, now }): Promise<Dashboard> => figuresOf(await basisOf(parts, sound(query), now)),
    }),
    route({
      ...{ method: 'GET', url: '/reports/cases.csv', may: 'export', query: periodSchema },
      handle: ({ query, officer, now }) => casesCsv(parts, sound(query), officer, now),
    }),
    route({
      ...{ method: 'POST', url: '/reports', may: 'report.make', body: makingSchema },
      handle: ({ body, officer, now }) => makeReport(parts, body.year, officer, now),
    }),
  ]
}

function kept(parts: ReportParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/reports', may: 'report.read', handle: ({ now }) => reportList(parts, now) }),
    route({ method: 'GET', url: '/reports/:id', may: 'report.read', handle: (asked) => reportView(parts, asked) }),
    route({
      ...{ method: 'GET', url: '/reports/:id/docx', may: 'report.read' },
      handle: (asked) => handedOut(parts, asked, async (frozen, name) => new Download(await writeReportDocx(frozen), DOCX, `${name}.docx`)),
    }),
    route({
      ...{ method: 'GET', url: '/reports/:id/xlsx', may: 'report.read' },
      handle: (asked) => handedOut(parts, asked, async (frozen, name) => new Download(await writeXlsx(frozen), XLSX, `${name}.xlsx`)),
    }),
  ]
}

// ── counting ────────────────────────────────────────────────────────────────────────────────────

function sound(period: Period): Period {
  if (period.from > period.to || addDays(period.from, MOST_DAYS) < period.to) throw new ConsoleTrouble('bad_request', REPORT_SAYS.days)
  return period
}

async function linesOf({ store, calendar, groupOf }: ReportParts, period: Period, now: number): Promise<readonly CaseLine[]> {
  return caseLines(await reportedCases(store, period), { period, calendar, groupOf, now })
}

async function basisOf(parts: ReportParts, period: Period, now: number): Promise<Basis> {
  const cases = await linesOf(parts, period, now)
  const { days, from } = await countedDays(parts.store, period, now)
  return { period, readAt: now, chatsFrom: from, cases, ...chatBasis(days), ...(await trainingBasis(parts.store, period)) }
}

async function casesCsv(parts: ReportParts, period: Period, officer: SignedIn, now: number): Promise<Download> {
  const lines = await linesOf(parts, period, now)
  await parts.audited('cases.exported', `cases:${period.from}..${period.to}`, { cases: lines.length }, officer.id)
  return new Download(writeCsv([CASE_COLUMNS, ...lines.map(caseCells)]), CSV, `ho-so-${period.from}-${period.to}.csv`)
}

async function makeReport(parts: ReportParts, year: number, { id, name }: SignedIn, now: number): Promise<ReportMade> {
  if (year < FIRST_YEAR || year > thisYear(now)) throw new ConsoleTrouble('bad_request', REPORT_SAYS.year)
  const report = frozenReport(await basisOf(parts, yearPeriod(year), now), { year, office: parts.office })
  return { id: await keepReport(parts.store, { year, report, by: { id, name } }, now) }
}

const thisYear = (now: number): number => yearOf(dayInVietnam(new Date(now)))

// ── kept reports ────────────────────────────────────────────────────────────────────────────────

async function reportList({ store }: ReportParts, now: number): Promise<ReportList> {
  return { dueOn: dueOn(thisYear(now)), reports: (await listReports(store)).map(summaryOf) }
}

function summaryOf({ id, year, made_at, made_by, sha256 }: Omit<ReportTable, 'content'>): ReportSummary {
  return { id, year, madeAt: made_at, madeBy: made_by, sha256 }
}

type AskedOne = Pick<Asked, 'params' | 'officer'>

async function found({ store }: ReportParts, { params }: AskedOne): Promise<{ readonly row: ReportTable; readonly frozen: FrozenReport }> {
  const row = await readReport(store, params['id'] ?? '')
  if (!row) throw new ConsoleTrouble('not_found', REPORT_SAYS.missing)
  const frozen = readFrozen(row.content, row.sha256)
  if (!frozen) throw new ConsoleTrouble('conflict', REPORT_SAYS.unsound)
  return { row, frozen }
}

async function reportView(parts: ReportParts, asked: AskedOne): Promise<ReportView> {
  const { row, frozen } = await found(parts, asked)
  return { ...summaryOf(row), figures: frozen.figures, cases: frozen.basis.cases }
}

type Writing = (frozen: FrozenReport, name: string) => Promise<Download>

async function handedOut(parts: ReportParts, asked: AskedOne, write: Writing): Promise<Download> {
  const { row, frozen } = await found(parts, asked)
  await parts.audited('report.exported', `report:${row.id}`, { cases: frozen.basis.cases.length }, asked.officer.id)
  return write(frozen, `bao-cao-nam-${row.year}`)
}
