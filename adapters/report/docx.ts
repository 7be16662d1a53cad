/**
 * The yearly report as a Word file, A4, laid out as the letters are. The layout is customary, not quoted: the decree on the form of official papers
 * is not among the texts at hand. Each number is followed by its place in the annex, which lists what the number rests on.
 */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  type IParagraphOptions,
  LeaderType,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableBorders,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { everyFigure } from '../../bot/report/figures.ts'
import type { PaperRow, PaperTable, ReportBlock, ReportPaper } from '../../bot/report/paper.ts'
import type { Figure, Figures } from '../../bot/report/shape.ts'
import { LETTER, STATE_HEAD } from '../../bot/wording/letter.ts'
import { figureText, unitName, YEARLY } from '../../bot/wording/report.ts'
import { printable } from '../letter/printable.ts'
import { FONT, mm, PAGE, TEXT_WIDTH } from '../letter/word-page.ts'

/** In half points. */
const SIZE = { body: 26, title: 28, table: 24, small: 20, mark: 16 }
const LINE = 290
const SIGNING_ROOM = mm(25)

type Drawn = Paragraph | Table

/** @returns the file. */
export function writeReportDocx({ paper, figures }: { readonly paper: ReportPaper; readonly figures: Figures }): Promise<Buffer> {
  const { name, foot, blocks } = paper
  return Packer.toBuffer(
    new Document({
      ...{ title: name, creator: 'An Tâm', lastModifiedBy: 'An Tâm' },
      styles: { default: { document: { run: { font: FONT, size: SIZE.body, language: { value: 'vi-VN' } } } } },
      sections: [
        {
          properties: { page: { size: { width: PAGE.width, height: PAGE.height }, margin: PAGE.margin }, titlePage: true },
          headers: { default: new Header({ children: [pageNumber()] }), first: new Header({ children: [new Paragraph({})] }) },
          footers: { default: footer(foot), first: footer(foot) },
          children: blocks.flatMap((block) => drawn(block, figures)),
        },
      ],
    }),
  )
}

function drawn(block: ReportBlock, figures: Figures): readonly Drawn[] {
  switch (block.kind) {
    case 'office':
      return [head(block.name, block.number)]
    case 'place':
      return [new Paragraph({ alignment: AlignmentType.RIGHT, spacing: { before: 120, after: 240 }, children: [run(block.text, { italics: true })] })]
    case 'title':
      return title(block.text, block.about)
    case 'to':
      return [centred(`${LETTER.to}: ${block.name}`, { bold: true }, { spacing: { before: 120, after: 240 } })]
    case 'heading':
      return [body([run(block.text, { bold: true })], { keepNext: true, spacing: { before: 200, after: 60, line: LINE } })]
    case 'paragraph':
      return [body([run(block.text)], { alignment: AlignmentType.BOTH, indent: { firstLine: mm(10) } })]
    case 'blanks':
      return Array.from({ length: block.count }, () => body([new TextRun({ children: [new Tab()] })], { tabStops: TO_MARGIN }))
    case 'table':
      return table(block)
    case 'signature':
      return signed(block)
    case 'receivers':
      return receivers(block)
    case 'annex':
      return annex(block, everyFigure(figures))
  }
}

// ── text ────────────────────────────────────────────────────────────────────────────────────────

interface Run {
  readonly size?: number
  readonly bold?: boolean
  readonly italics?: boolean
  readonly superScript?: boolean
}

const run = (text: string, how: Run = {}): TextRun => new TextRun({ ...how, text: printable(text) })

function centred(text: string, how: Run, more: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, ...more, children: [run(text, how)] })
}

function body(children: readonly TextRun[], more: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ spacing: { before: 60, after: 60, line: LINE }, ...more, children })
}

function pageNumber(): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT] })] })
}

function footer(text: string): Footer {
  return new Footer({ children: [centred(text, { size: SIZE.small })] })
}

/** Dots up to the margin. */
const TO_MARGIN = [{ type: TabStopType.RIGHT, position: TEXT_WIDTH, leader: LeaderType.DOT }]

function title(text: string, about: string): readonly Paragraph[] {
  return [
    centred(text, { bold: true, size: SIZE.title }, { keepNext: true, spacing: { before: 240, after: 60 } }),
    centred(about, { bold: true }, { spacing: { after: 240 } }),
  ]
}

/** The office with its number on the left, the state on the right. */
function head(name: string, number: string): Table {
  const [state, motto] = STATE_HEAD
  const left = [centred(name.toLocaleUpperCase('vi'), { bold: true, size: 24 }), centred(number, { size: 24 }, { spacing: { before: 120 } })]
  const right = [centred(state, { bold: true, size: 22 }), centred(motto, { bold: true, size: 24 })]
  const widths = [Math.round(TEXT_WIDTH * 0.4), Math.round(TEXT_WIDTH * 0.6)]
  return plainTable(widths, [left, right])
}

function plainTable(widths: readonly number[], columns: readonly (readonly Paragraph[])[]): Table {
  const cells = columns.map(
    (children, i) => new TableCell({ children, verticalAlign: VerticalAlignTable.TOP, width: { size: widths[i] ?? 0, type: WidthType.DXA } }),
  )
  return new Table({ borders: TableBorders.NONE, columnWidths: [...widths], rows: [new TableRow({ cantSplit: true, children: cells })] })
}

/** Stays on one page, with room for the hand. */
function signed({ declared, title: who, hint, name }: Extract<ReportBlock, { kind: 'signature' }>): readonly Paragraph[] {
  const at: IParagraphOptions = { indent: { left: Math.round(TEXT_WIDTH / 2) }, keepLines: true }
  return [
    ...declared.map((line) => body([run(line)], { keepNext: true, keepLines: true, indent: { firstLine: mm(10) } })),
    centred(who, { bold: true }, { ...at, keepNext: true, spacing: { before: 240 } }),
    centred(hint, { italics: true }, { ...at, keepNext: true, spacing: { after: SIGNING_ROOM } }),
    centred(name, { bold: true }, at),
  ]
}

function receivers({ title: who, lines }: Extract<ReportBlock, { kind: 'receivers' }>): readonly Paragraph[] {
  return [
    new Paragraph({ keepNext: true, children: [run(`${who}:`, { bold: true, italics: true, size: SIZE.table })] }),
    ...lines.map((line) => new Paragraph({ children: [run(`- ${line}`, { size: 22 })] })),
  ]
}

// ── tables ──────────────────────────────────────────────────────────────────────────────────────

const EDGE = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const EDGES = { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE, insideHorizontal: EDGE, insideVertical: EDGE }

/** A table that a reader can follow over pages: its head is repeated, and no row is torn. */
function ruled(widths: readonly number[], columns: readonly string[], rows: readonly (readonly Paragraph[])[], mayTear = false): Table {
  const cell = (paragraph: Paragraph, i: number) => new TableCell({ children: [paragraph], width: { size: widths[i] ?? 0, type: WidthType.DXA } })
  const first = columns.map((column) => centred(column, { bold: true, size: SIZE.table }, { keepNext: true }))
  return new Table({
    ...{ borders: EDGES, columnWidths: [...widths] },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: first.map(cell) }),
      ...rows.map((cells) => new TableRow({ cantSplit: !mayTear, children: cells.map(cell) })),
    ],
  })
}

function table({ title: name, columns, rows }: PaperTable): readonly Drawn[] {
  const first = columns.length > 3 ? 0.46 : 0.6
  const others = Math.round((TEXT_WIDTH * (1 - first)) / (columns.length - 1))
  const widths = [TEXT_WIDTH - others * (columns.length - 1), ...columns.slice(1).map(() => others)]
  const caption = new Paragraph({ keepNext: true, spacing: { before: 160, after: 60 }, children: [run(name, { italics: true })] })
  return [caption, ruled(widths, columns, rows.map(tableRow)), new Paragraph({ spacing: { after: 60 } })]
}

function tableRow({ label, cells }: PaperRow): readonly Paragraph[] {
  const name = new Paragraph({ children: [run(label, { size: SIZE.table })] })
  return [name, ...cells.map(({ text, no }) => marked(text, no))]
}

/** The number, and small behind it the place of its figure. */
function marked(text: string, no: number): Paragraph {
  const mark = run(`[${no}]`, { size: SIZE.mark, superScript: true })
  return new Paragraph({ alignment: AlignmentType.RIGHT, children: [run(text, { size: SIZE.table }), mark] })
}

function annex({ title: name, columns }: Extract<ReportBlock, { kind: 'annex' }>, figures: readonly Figure[]): readonly Drawn[] {
  const widths = [0.08, 0.34, 0.16, 0.42].map((part) => Math.round(TEXT_WIDTH * part))
  const small = (text: string) => new Paragraph({ children: [run(text, { size: SIZE.small })] })
  const rows = figures.map(({ no, label, value, unit, of, on }) => [
    ...[small(String(no)), small(label), small(`${figureText({ value, unit })}${unit === 'percent' ? '' : ` ${unitName(unit)}`}`)],
    small(of === 'case' ? on.join(', ') : YEARLY.elsewhere[of](on.length)),
  ])
  return [centred(name, { bold: true }, { pageBreakBefore: true, spacing: { after: 160 } }), ruled(widths, columns, rows, true)]
}
