/** A report as a workbook: its figures, a sheet for each table, and the lines that every figure can be counted from again. */
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setImmediate as breath } from 'node:timers/promises'
import type ExcelJS from 'exceljs'
import { type Cell, caseCells, quizCells } from '../../bot/report/cells.ts'
import { everyFigure } from '../../bot/report/figures.ts'
import type { Basis, Figure, Figures, FigureTable } from '../../bot/report/shape.ts'
import { ATTEMPT_COLUMNS } from '../../bot/wording/quiz.ts'
import { CASE_COLUMNS, channelName, kindName, SHEET, unitName } from '../../bot/wording/report.ts'
import { printable } from '../letter/printable.ts'

type Sheet = readonly [name: string, columns: readonly string[], rows: readonly (readonly Cell[])[]]

/** @returns the file. Written a stretch at a time: whoever chats meanwhile must not wait for a year's rows. */
export async function writeXlsx({ basis, figures }: { readonly basis: Basis; readonly figures: Figures }): Promise<Buffer> {
  const stream = new PassThrough()
  const written = buffer(stream)
  // Half a second to load: only who asks for a workbook waits for it, not every start.
  const { default: excel } = await import('exceljs')
  const book = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: true })
  book.creator = 'An Tâm'
  // Of when its figures are, not of when somebody fetched it.
  book.created = new Date(figures.readAt)
  book.modified = book.created
  for (const sheet of sheetsOf(basis, figures)) await addSheet(book, sheet)
  await book.commit()
  return written
}

function sheetsOf(basis: Basis, figures: Figures): readonly Sheet[] {
  const tables = figures.sections.flatMap((section) => section.tables)
  return [
    [SHEET.figures, SHEET.figureColumns, figureRows(figures)],
    ...tables.map((table): Sheet => [table.title, table.columns, tableRows(table)]),
    [SHEET.cases, CASE_COLUMNS, basis.cases.map(caseCells)],
    [SHEET.chats, SHEET.chatColumns, basis.chats.map(({ ref, day, channel, waitedMinutes }) => [ref, day, channelName(channel), waitedMinutes])],
    [SHEET.answers, SHEET.answerColumns, basis.answers.map(({ day, channel, kind, count }) => [day, channelName(channel), kindName(kind), count])],
    [SHEET.opinions, SHEET.opinionColumns, basis.opinions.map(({ day, up, down }) => [day, up, down])],
    [SHEET.quizzes, ATTEMPT_COLUMNS, basis.quizzes.map(quizCells)],
    [SHEET.trained, SHEET.trainedColumns, basis.trained.map(({ officer, passed, of }) => [officer, passed, of])],
    [SHEET.grounds, SHEET.groundColumns, everyFigure(figures).flatMap(({ no, on }) => on.map((item) => [no, item]))],
  ]
}

function figureRows({ sections }: Figures): readonly (readonly Cell[])[] {
  const row = (section: string, { no, label, value, unit, on }: Figure): readonly Cell[] => [no, section, label, value, unitName(unit), on.length]
  return sections.flatMap(({ title, figures, tables }) => [
    ...figures.map((figure) => row(title, figure)),
    ...tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map((figure) => row(title, figure)))),
  ])
}

function tableRows({ rows }: FigureTable): readonly (readonly Cell[])[] {
  return rows.map(({ label, cells }) => [label, ...cells.map(({ value }) => value)])
}

/** What Excel refuses in a sheet's name, and how long one may be. */
const NOT_IN_NAMES = /[[\]:*?/\\]/g
const LONGEST_NAME = 31
const WIDEST = 60

const STRETCH = 200

async function addSheet(book: ExcelJS.stream.xlsx.WorkbookWriter, [name, columns, rows]: Sheet): Promise<void> {
  const sheet = book.addWorksheet(name.replace(NOT_IN_NAMES, ' ').slice(0, LONGEST_NAME), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map((column, i) => ({ width: widthOf(column, rows, i) }))
  const head = sheet.addRow([...columns])
  head.font = { bold: true }
  head.commit()
  for (const [i, cells] of rows.entries()) {
    sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? printable(cell) : cell))).commit()
    if (i % STRETCH === 0) await breath()
  }
  sheet.commit()
}

function widthOf(column: string, rows: readonly (readonly Cell[])[], i: number): number {
  const longest = Math.max(column.length, ...rows.slice(0, STRETCH).map((cells) => String(cells[i] ?? '').length))
  return Math.min(WIDEST, longest + 2)
}
