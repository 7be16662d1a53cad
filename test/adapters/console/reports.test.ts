/** The routes of reports, on a real database: what is counted, what is kept, what leaves the house and who is said to have taken it. */
import ExcelJS from 'exceljs'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Dashboard, ReportList, ReportMade, ReportView } from '../../../adapters/console/report-contract.ts'
import { type ReportParts, reportRoutes } from '../../../adapters/console/reports.ts'
import type { ConsoleRoute, Download, SignedIn } from '../../../adapters/console/route.ts'
import { ConsoleTrouble } from '../../../adapters/console/trouble.ts'
import { appendAudit } from '../../../adapters/storage/audit-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { holidayCalendar, shippedHolidays } from '../../../bot/calendar/holidays.ts'
import { mayDo } from '../../../bot/officers/permissions.ts'
import { everyFigure, figureNamed } from '../../../bot/report/figures.ts'
import { CASE_COLUMNS, REPORT_SAYS, SHEET, YEARLY } from '../../../bot/wording/report.ts'
import { rows } from '../storage/lanes.ts'
import { DAY, inStore, tamper } from '../storage/office.ts'
import { fact, file, inVietnam, officer } from '../storage/report-cases.ts'

const place = inStore()
const NOW = inVietnam('2026-12-10T09:00')
const LAN: SignedIn = { id: 'lan', name: 'Lan', role: 'supervisor', session: 's' }

const parts = (): ReportParts => ({
  store: place.store,
  calendar: holidayCalendar(shippedHolidays()),
  groupOf: () => 'Hàng hóa nhận được',
  office: 'Hội Bảo vệ Người tiêu dùng tỉnh Gia Lai',
  audited: (action, subject, detail, by) => place.store.write((tx) => appendAudit(tx, { actor: by, action, subject, detail }, NOW)),
})

const routeOf = (name: string): ConsoleRoute =>
  reportRoutes(parts()).find(({ method, url }) => `${method} ${url}` === name) ?? expect.unreachable(name)

interface Given {
  readonly params?: Record<string, string>
  readonly query?: unknown
  readonly body?: unknown
  readonly now?: number
}

/** Asks as the console does: what the schemas refuse never reaches the handler. */
async function ask<T>(name: string, { params = {}, query, body, now = NOW }: Given = {}): Promise<T> {
  const route = routeOf(name)
  return (await route.handle({ officer: LAN, params, query: route.query?.parse(query), body: route.body?.parse(body), now })) as T
}

const WHOLE_YEAR = { from: '2026-01-01', to: '2026-12-31' }
const dashboard = (query: unknown = WHOLE_YEAR) => ask<Dashboard>('GET /reports/dashboard', { query })
const make = async (year = 2026) => (await ask<ReportMade>('POST /reports', { body: { year } })).id
const view = (id: string) => ask<ReportView>('GET /reports/:id', { params: { id } })
const download = (id: string, kind: 'docx' | 'xlsx') => ask<Download>(`GET /reports/:id/${kind}`, { params: { id } })
const csv = async () => ask<Download>('GET /reports/cases.csv', { query: WHOLE_YEAR })
const audited = async () => (await rows(place.store, 'audit')).filter(({ action }) => /^(report|cases)\./.test(action))

/** Two cases of this year and one of the last. */
async function files(): Promise<void> {
  const at = inVietnam('2026-03-04T09:00')
  await file(place.store, 'GL-1', at, { amount: fact(250_000), commune: fact('xã Ia Krai'), platform: fact('shopee') })
  await file(place.store, 'GL-2', at + DAY, { commune: fact('=HYPERLINK("x")') })
  await file(place.store, 'GL-0', inVietnam('2025-12-31T23:59'))
  await officer(place.store, 'GL-1', { kind: 'receive' }, at + DAY)
}

describe('the dashboard', () => {
  it('counts the days that were asked for, and says of each figure on which cases it rests', async () => {
    await files()
    const figures = await dashboard()
    expect(figureNamed(figures, 'received')).toMatchObject({ value: 2, on: ['GL-1', 'GL-2'] })
    expect(figureNamed(figures, 'carried')).toMatchObject({ value: 1, on: ['GL-0'] })
    expect(figureNamed(figures, 'amount')).toMatchObject({ value: 250_000, on: ['GL-1'] })
    expect(figureNamed(await dashboard({ from: '2026-03-04', to: '2026-03-04' }), 'received').on).toEqual(['GL-1'])
  })

  it('refuses days that are none, that run backwards or over more than five years', async () => {
    for (const query of [{}, { from: '2026-02-30', to: '2026-03-01' }, { ...WHOLE_YEAR, name: 'x' }])
      await expect(dashboard(query)).rejects.toHaveProperty('name', 'ZodError')
    for (const query of [
      { from: '2026-03-02', to: '2026-03-01' },
      { from: '2020-01-01', to: '2026-01-01' },
    ])
      await expect(dashboard(query)).rejects.toEqual(new ConsoleTrouble('bad_request', REPORT_SAYS.days))
  })
})

describe('the yearly report', () => {
  it('is made once, kept and listed, with the day on which it is due', async () => {
    await files()
    const id = await make()
    expect(await ask<ReportList>('GET /reports')).toMatchObject({ dueOn: '2026-12-14', reports: [{ id, year: 2026, madeAt: NOW, madeBy: 'Lan' }] })
    expect(await audited()).toMatchObject([{ action: 'report.made', actor: 'lan', subject: `report:${id}` }])
  })

  it('stays as it was, to the byte of its text, whatever becomes of its cases', async () => {
    await files()
    const id = await make()
    const [seen, text] = [await view(id), textIn(await download(id, 'docx'))]
    await officer(place.store, 'GL-1', { kind: 'close', result: 'resolved', text: 'xong' }, NOW + 1)
    await file(place.store, 'GL-9', NOW + 2)
    const { person } = (await rows(place.store, 'complaint')).find(({ number }) => number === 'GL-2') ?? expect.unreachable('GL-2')
    await erasePerson(place.store, { person, by: 'lan', why: 'người dân yêu cầu' }, NOW + 3)
    expect([await view(id), textIn(await download(id, 'docx'))]).toEqual([seen, text])
    expect(figureNamed(await dashboard(), 'received').on).toEqual(['GL-1', 'GL-9'])
  })

  it('of a year in which nothing happened is a whole report that says so', async () => {
    const id = await make(2024)
    expect(everyFigure((await view(id)).figures).every(({ on }) => on.length === 0)).toBe(true)
    expect(textIn(await download(id, 'docx'))).toContain(YEARLY.empty(2024))
  })

  it('is not made of a year that has not begun, nor of one long past', async () => {
    for (const year of [2027, 2019]) await expect(make(year)).rejects.toEqual(new ConsoleTrouble('bad_request', REPORT_SAYS.year))
    expect(await rows(place.store, 'report')).toEqual([])
    const newYear = inVietnam('2027-01-01T00:00')
    expect(await ask('POST /reports', { body: { year: 2027 }, now: newYear })).toHaveProperty('id')
    await expect(ask('POST /reports', { body: { year: 2028 }, now: newYear })).rejects.toBeInstanceOf(ConsoleTrouble)
  })

  it('that is not there, or is not what was kept, is refused with a sentence', async () => {
    await expect(view('khong-co')).rejects.toEqual(new ConsoleTrouble('not_found', REPORT_SAYS.missing))
    const id = await make()
    tamper(place.folder, `update report set content = replace(content, '"value":0', '"value":1')`)
    for (const asked of [view(id), download(id, 'docx'), download(id, 'xlsx')])
      await expect(asked).rejects.toEqual(new ConsoleTrouble('conflict', REPORT_SAYS.unsound))
  })

  it('leaves as a Word file and as a workbook, each said in the audit', async () => {
    await files()
    const id = await make()
    const [docx, xlsx] = [await download(id, 'docx'), await download(id, 'xlsx')]
    expect([docx.name, xlsx.name]).toEqual(['bao-cao-nam-2026.docx', 'bao-cao-nam-2026.xlsx'])
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(xlsx.bytes as unknown as ArrayBuffer)
    expect(book.getWorksheet(SHEET.cases)?.getColumn(1).values.slice(1)).toEqual([CASE_COLUMNS[0], 'GL-0', 'GL-1', 'GL-2'])
    const exported = (await audited()).filter(({ action }) => action === 'report.exported')
    expect(exported.map(({ actor, subject, detail }) => [actor, subject, detail])).toEqual(Array(2).fill(['lan', `report:${id}`, '{"cases":3}']))
  })
})

describe('the list of cases', () => {
  it('has a row for each, runs nothing in a spreadsheet, and is said in the audit', async () => {
    await files()
    const { bytes, type, name } = await csv()
    const [head, ...lines] = Buffer.from(bytes).toString().split('\r\n')
    expect([head, type, name]).toEqual([`\uFEFF${CASE_COLUMNS.join(',')}`, 'text/csv; charset=utf-8', 'ho-so-2026-01-01-2026-12-31.csv'])
    expect(lines.map((line) => line.split(',')[0])).toEqual(['GL-0', 'GL-1', 'GL-2', ''])
    expect(lines[2]).toContain(`,"'=HYPERLINK(""x"")",`)
    expect(await audited()).toMatchObject([
      { action: 'cases.exported', actor: 'lan', subject: 'cases:2026-01-01..2026-12-31', detail: '{"cases":3}' },
    ])
  })

  it('is not handed out where the audit cannot be written', async () => {
    const broken = reportRoutes({ ...parts(), audited: () => Promise.reject(new Error('full')) })
    const route = broken.find(({ url }) => url === '/reports/cases.csv') ?? expect.unreachable('no route')
    await expect(route.handle({ officer: LAN, params: {}, query: WHOLE_YEAR, body: undefined, now: NOW })).rejects.toThrow('full')
  })
})

describe('what leaves the house', () => {
  it('names nobody', async () => {
    await files()
    const id = await make()
    const book = Object.values(unzipSync(Buffer.from((await download(id, 'xlsx')).bytes))).map((part) => strFromU8(part))
    const all = [textIn(await download(id, 'docx')), Buffer.from((await csv()).bytes).toString(), JSON.stringify(await view(id)), ...book].join('\n')
    expect(all).toContain('GL-1')
    for (const word of ['Bí Mật', '0905', 'office:', 'lời kể']) expect(all).not.toContain(word)
  })
})

describe('who may', () => {
  it('read: every officer; make and take the list of cases: who is in charge', () => {
    const least = Object.fromEntries(reportRoutes(parts()).map(({ method, url, may }) => [`${method} ${url}`, mayDo('officer', may)]))
    expect(least).toEqual({
      'GET /reports/dashboard': true,
      'GET /reports/cases.csv': false,
      'POST /reports': false,
      'GET /reports': true,
      'GET /reports/:id': true,
      'GET /reports/:id/docx': true,
      'GET /reports/:id/xlsx': true,
    })
    expect(reportRoutes(parts()).every(({ may }) => mayDo('supervisor', may))).toBe(true)
  })
})

/** The text of a Word file, without what differs from one writing of it to the next. */
function textIn({ bytes }: Download): string {
  const document = unzipSync(Buffer.from(bytes))['word/document.xml'] ?? expect.unreachable('no document')
  return strFromU8(document).replace(/<[^>]+>/g, ' ')
}
