/**
 * A paper as a Word file, A4. The layout is customary, not quoted: the decree on the form of official papers is not among the texts at hand,
 * and a letter of a citizen is not bound by it. Margins 20 · 20 · 30 · 20 mm, Times New Roman 13, page numbers at the top from the second page on.
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
import type { Block, Field, Paper } from '../../bot/complaint/paper.ts'
import { LETTER, STATE_HEAD } from '../../bot/wording/letter.ts'
import { printable, printableLines } from './printable.ts'
import { FONT, mm, PAGE, TEXT_WIDTH } from './word-page.ts'

/** In half points. */
const SIZE = { body: 26, head: 26, title: 30, small: 20 }
const LINE = 290
const SIGNING_ROOM = mm(25)

/** @returns the file. */
export function writeDocx({ name, foot, blocks }: Paper): Promise<Buffer> {
  return Packer.toBuffer(
    new Document({
      // Whose machine wrote it, and who it is about, is nobody's business: the properties name the paper only.
      ...{ title: name, creator: 'An Tâm', lastModifiedBy: 'An Tâm' },
      styles: { default: { document: { run: { font: FONT, size: SIZE.body, language: { value: 'vi-VN' } } } } },
      sections: [
        {
          properties: { page: { size: { width: PAGE.width, height: PAGE.height }, margin: PAGE.margin }, titlePage: true },
          headers: { default: new Header({ children: [pageNumber()] }), first: new Header({ children: [new Paragraph({})] }) },
          footers: { default: footer(foot), first: footer(foot) },
          children: blocks.flatMap(drawn),
        },
      ],
    }),
  )
}

function pageNumber(): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT], size: SIZE.head })] })
}

function footer(text: string): Footer {
  return new Footer({ children: [centred(text, { size: SIZE.small })] })
}

type Run = { readonly size?: number; readonly bold?: boolean; readonly italics?: boolean }

function centred(text: string, run: Run, more: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, ...more, children: [new TextRun({ ...run, text: printable(text) })] })
}

function drawn(block: Block): readonly (Paragraph | Table)[] {
  switch (block.kind) {
    case 'head':
      return head(block.office)
    case 'place':
      return [placed(block.text)]
    case 'title':
      return title(block.text, block.about)
    case 'to':
      return [centred(`${LETTER.to}: ${block.name}`, { bold: true }, { spacing: { before: 120, after: 240 } })]
    case 'heading':
      return [body([new TextRun({ text: printable(block.text), bold: true })], { keepNext: true, spacing: { before: 200, after: 60, line: LINE } })]
    case 'field':
      return [field(block)]
    case 'paragraph':
      return [body([new TextRun(printable(block.text))], { alignment: AlignmentType.BOTH })]
    case 'told':
      return printableLines(block.text).map((line) => body([new TextRun(line)], { indent: { left: mm(7) } }))
    case 'list':
      return block.lines.map(listed)
    case 'blanks':
      return Array.from({ length: block.count }, () => body([tab()], { tabStops: TO_MARGIN }))
    case 'signature':
      return signed(block)
  }
}

function body(children: IParagraphOptions['children'], more: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ spacing: { before: 60, after: 60, line: LINE }, ...more, ...(children ? { children } : {}) })
}

// ── the head ────────────────────────────────────────────────────────────────────────────────────

/** A letter of a person has the state's two lines alone; a paper of an office has its name beside them. */
function head(office: readonly string[]): readonly (Paragraph | Table)[] {
  return office.length === 0 ? state() : [beside(office)]
}

function state(): readonly Paragraph[] {
  const [name, motto] = STATE_HEAD
  return [centred(name, { bold: true, size: SIZE.head }), centred(motto, { bold: true }, { spacing: { after: 40 } }), rule()]
}

/** The line under the motto. */
function rule(): Paragraph {
  const border = { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' }
  const indent = { left: mm(55), right: mm(55) }
  return new Paragraph({ indent, spacing: { after: 200, line: 20, lineRule: 'exact' }, border: { top: border } })
}

function beside(office: readonly string[]): Table {
  const [name, motto] = STATE_HEAD
  const left = office.map((line) => centred(line.toLocaleUpperCase('vi'), { bold: true, size: 24 }))
  const right = [centred(name, { bold: true, size: 22 }), centred(motto, { bold: true, size: 24 })]
  const widths = [Math.round(TEXT_WIDTH * 0.4), Math.round(TEXT_WIDTH * 0.6)]
  const cells = [left, right].map(
    (children, i) => new TableCell({ children, verticalAlign: VerticalAlignTable.TOP, width: { size: widths[i] ?? 0, type: WidthType.DXA } }),
  )
  return new Table({ borders: TableBorders.NONE, columnWidths: widths, rows: [new TableRow({ cantSplit: true, children: cells })] })
}

function placed(text: string): Paragraph {
  return new Paragraph({ alignment: AlignmentType.RIGHT, spacing: { after: 240 }, children: [new TextRun({ text: printable(text), italics: true })] })
}

function title(text: string, about: string): readonly Paragraph[] {
  const name = centred(text, { bold: true, size: SIZE.title }, { keepNext: true, spacing: { before: 240, after: about === '' ? 240 : 60 } })
  return about === '' ? [name] : [name, centred(about, { italics: true }, { spacing: { after: 200 } })]
}

// ── the body ────────────────────────────────────────────────────────────────────────────────────

/** Dots up to the margin, however much stands before them. */
const TO_MARGIN = [{ type: TabStopType.RIGHT, position: TEXT_WIDTH, leader: LeaderType.DOT }]

function tab(): TextRun {
  return new TextRun({ children: [new Tab()] })
}

function field({ label, value }: Field): Paragraph {
  const [first = '', ...more] = printableLines(value)
  const name = new TextRun(`${printable(label)}: `)
  if (first === '') return body([name, tab()], { tabStops: TO_MARGIN })
  return body([name, new TextRun(first), ...more.map((text) => new TextRun({ text, break: 1 }))])
}

/** Numbered here and not by Word: what people refer to stays the same in every program that opens it. */
function listed(line: string, i: number): Paragraph {
  const indent = { left: mm(8), hanging: mm(8) }
  return body([new TextRun(`${i + 1}.`), tab(), new TextRun(printable(line).replaceAll('\n', ' '))], {
    indent,
    tabStops: [{ type: TabStopType.LEFT, position: mm(8) }],
  })
}

/** Stays on one page, with room for the hand. */
function signed({ declared, title: who, hint, name }: Extract<Block, { kind: 'signature' }>): readonly Paragraph[] {
  const at: IParagraphOptions = { indent: { left: Math.round(TEXT_WIDTH / 2) }, keepLines: true }
  return [
    ...declared.map((line) => body([new TextRun(printable(line))], { alignment: AlignmentType.BOTH, keepNext: true, keepLines: true })),
    centred(who, { bold: true }, { ...at, keepNext: true, spacing: { before: 240 } }),
    centred(hint, { italics: true }, { ...at, keepNext: true, spacing: { after: SIGNING_ROOM } }),
    centred(name, { bold: true }, at),
  ]
}
