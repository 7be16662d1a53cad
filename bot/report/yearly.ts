/** The yearly report for the provincial People's Committee through Sở Công Thương: every number in it is one of the figures. */
import { wholeYear } from '../../knowledge/language/calendar-days.ts'
import { type Day, dayInVietnam, formatDay } from '../../knowledge/validity.ts'
import { figureText, REPORT, unitName, YEARLY } from '../wording/report.ts'
import { everyFigure, figureNamed } from './figures.ts'
import type { PaperRow, ReportBlock, ReportPaper } from './paper.ts'
import type { Figure, FigureSection, Figures, FigureTable, Period } from './shape.ts'

/** @returns the days of a year's report. */
export function yearPeriod(year: number): Period {
  return wholeYear(year)
}

/** Day on which a report is due at the latest: the plan says "before 15 December". */
export function dueOn(year: number): Day {
  return `${year}-12-14`
}

/** @returns the report of `year` in words. `office` is the association's name. */
export function yearlyPaper(figures: Figures, { year, office }: { readonly year: number; readonly office: string }): ReportPaper {
  return {
    ...{ name: YEARLY.name(year), foot: YEARLY.foot(year) },
    blocks: [
      ...head(year, office),
      ...opening(figures, year, office),
      ...figures.sections.flatMap((section, i) => body(figures, section, i)),
      ...ending(figures),
    ],
  }
}

function head(year: number, office: string): readonly ReportBlock[] {
  return [
    { kind: 'office', name: office, number: YEARLY.number },
    { kind: 'place', text: YEARLY.place },
    { kind: 'title', text: YEARLY.title, about: YEARLY.about(year) },
    { kind: 'to', name: YEARLY.to },
  ]
}

const paragraph = (text: string): ReportBlock => ({ kind: 'paragraph', text })
const heading = (at: number, text: string): ReportBlock => ({ kind: 'heading', text: `${ROMAN[at] ?? at + 1}. ${text}` })
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X']

function opening(figures: Figures, year: number, office: string): readonly ReportBlock[] {
  return [...YEARLY.opening, YEARLY.reports(office, year), ...limits(figures), ...(isEmpty(figures) ? [YEARLY.empty(year)] : [])].map(paragraph)
}

/** What the numbers do not say must be said. */
function limits({ period, readAt, chatsFrom }: Figures): readonly string[] {
  const [from, to, read] = [formatDay(period.from), formatDay(period.to), formatDay(dayInVietnam(new Date(readAt)))]
  const unfinished = dayInVietnam(new Date(readAt)) <= period.to ? [YEARLY.unfinished(read)] : []
  return [YEARLY.period(from, to, read), ...unfinished, ...chatLimit(chatsFrom, period), YEARLY.traced]
}

function chatLimit(chatsFrom: string | null, { from, to }: Period): readonly string[] {
  if (chatsFrom === null || chatsFrom > to) return [YEARLY.chatsNever]
  return chatsFrom > from ? [YEARLY.chatsFrom(formatDay(chatsFrom))] : []
}

function isEmpty(figures: Figures): boolean {
  return figureNamed(figures, 'received').value === 0 && figureNamed(figures, 'messages').value === 0
}

function body(figures: Figures, section: FigureSection, at: number): readonly ReportBlock[] {
  const { id, title } = section
  const tables = [singles(section), ...section.tables]
  const shown = tables.filter(({ rows }) => rows.length > 0).map(tableBlock)
  const sentence = YEARLY.intro[id]((name) => inText(figureNamed(figures, name)))
  const nothing = everyFigure({ sections: [section] }).every(({ value }) => !value)
  return [heading(at, title), paragraph(sentence), ...(nothing ? [paragraph(REPORT.none)] : []), ...shown]
}

const inText = (figure: Figure): string => `${figureText(figure)} [${figure.no}]`

/** The figures of a section that stand in no table, as one. */
function singles({ id, title, figures }: FigureSection): FigureTable {
  return {
    id,
    title,
    columns: YEARLY.singleColumns,
    rows: figures.map((figure) => ({ label: `${figure.label} (${unitName(figure.unit)})`, cells: [figure] })),
  }
}

function tableBlock({ title, columns, rows }: FigureTable): ReportBlock {
  return { kind: 'table', title, columns, rows: rows.map(rowBlock) }
}

function rowBlock({ label, cells }: FigureTable['rows'][number]): PaperRow {
  return { label, cells: cells.map((figure) => ({ text: figureText(figure), no: figure.no })) }
}

function ending({ sections }: Figures): readonly ReportBlock[] {
  const byHand = [YEARLY.difficulties, YEARLY.proposals].flatMap((title, i): readonly ReportBlock[] => [
    heading(sections.length + i, title),
    paragraph(YEARLY.byHand),
    { kind: 'blanks', count: BLANKS },
  ])
  return [
    ...byHand,
    { kind: 'signature', declared: [YEARLY.closing], title: YEARLY.signer, hint: YEARLY.sign, name: '' },
    { kind: 'receivers', title: YEARLY.receivers, lines: YEARLY.receiverList },
    { kind: 'annex', title: YEARLY.annex, columns: YEARLY.annexColumns },
  ]
}

const BLANKS = 4
