/** A table as a CSV file: RFC 4180, UTF-8 with its mark, so that spreadsheets read Vietnamese as it is. */
import type { Cell } from '../../bot/report/cells.ts'

const MARK = '\uFEFF'
const NEW_LINE = '\r\n'

/** A cell that begins like this is run as a formula by a spreadsheet; its wide forms too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u

/** @returns the file; the first row names the columns. Text that a spreadsheet would run begins with an apostrophe. */
export function writeCsv(rows: Iterable<readonly Cell[]>): Buffer {
  return Buffer.from(MARK + [...rows].map((cells) => cells.map(written).join(',') + NEW_LINE).join(''))
}

function written(cell: Cell): string {
  if (cell === null) return ''
  return typeof cell === 'number' ? String(cell) : quoted(FORMULA.test(cell) ? `'${cell}` : cell)
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
