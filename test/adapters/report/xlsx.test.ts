/** The workbook, opened again: every figure stands in it, and so does all it was counted from. */
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { writeXlsx } from '../../../adapters/report/xlsx.ts'
import { caseCells } from '../../../bot/report/cells.ts'
import { everyFigure, figureNamed } from '../../../bot/report/figures.ts'
import type { FrozenReport } from '../../../bot/report/frozen.ts'
import { CASE_COLUMNS, SHEET, TABLE } from '../../../bot/wording/report.ts'
import { EMPTY } from '../../bot/report/basis.ts'
import { BASIS, report } from './report.ts'

async function opened(frozen: FrozenReport): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await writeXlsx(frozen)) as unknown as ArrayBuffer)
  return book
}

function rowsOf(book: ExcelJS.Workbook, name: string): unknown[][] {
  const sheet = book.getWorksheet(name) ?? expect.unreachable(name)
  const rows: unknown[][] = []
  sheet.eachRow((row) => rows.push(Array.from({ length: sheet.columnCount }, (_, i) => row.getCell(i + 1).value)))
  return rows
}

describe('the workbook', () => {
  it('has a sheet of figures, one for each table, one of cases, and those of conversations', async () => {
    const names = (await opened(report())).worksheets.map(({ name }) => name)
    expect(names).toEqual([
      SHEET.figures,
      ...Object.values(TABLE).map(([title]) => title),
      ...[SHEET.cases, SHEET.chats, SHEET.answers, SHEET.opinions, SHEET.quizzes, SHEET.trained, SHEET.grounds],
    ])
    for (const name of names) expect(name.length).toBeLessThanOrEqual(31)
  })

  it('says each figure with its number, and lists what each rests on', async () => {
    const frozen = report()
    const book = await opened(frozen)
    const figures = everyFigure(frozen.figures)
    expect(
      rowsOf(book, SHEET.figures)
        .slice(1)
        .map(([no, , label, value]) => [no, label, value]),
    ).toEqual(figures.map(({ no, label, value }) => [no, label, value]))
    expect(rowsOf(book, SHEET.grounds).slice(1)).toEqual(figures.flatMap(({ no, on }) => on.map((item) => [no, item])))
  })

  it('has every case as it is counted, as text and numbers: nothing in it is a formula', async () => {
    const book = await opened(report())
    expect(rowsOf(book, SHEET.cases)).toEqual([[...CASE_COLUMNS], ...BASIS.cases.map((line) => [...caseCells(line)])])
    const types = new Set<number>()
    for (const sheet of book.worksheets) sheet.eachRow((row) => row.eachCell((cell) => types.add(cell.type)))
    expect([...types].sort()).toEqual([ExcelJS.ValueType.Number, ExcelJS.ValueType.String])
  })

  it('lets a figure be counted from the sheet of cases alone', async () => {
    const frozen = report()
    const [head = [], ...rows] = rowsOf(await opened(frozen), SHEET.cases)
    const [carried, amount] = [head.indexOf('Kỳ trước chuyển sang'), head.indexOf('Số tiền (đồng)')]
    const own = rows.filter((row) => row[carried] === 'không')
    expect(own.length).toBe(figureNamed(frozen.figures, 'received').value)
    expect(own.reduce((all, row) => all + Number(row[amount] ?? 0), 0)).toBe(figureNamed(frozen.figures, 'amount').value)
  })

  it('of an empty year opens too', async () => {
    const book = await opened(report(EMPTY))
    expect(rowsOf(book, SHEET.cases)).toHaveLength(1)
    expect(rowsOf(book, SHEET.figures).length).toBeGreaterThan(20)
  })
})
