/** A sheet out of a file that an office sends: comma-separated text in any encoding of Vietnamese, or the first sheet of a workbook. */
import type ExcelJS from 'exceljs'
import { fromBytes } from '../../knowledge/language/legacy.ts'

export type Sheet = readonly (readonly string[])[]

/** @returns the rows; undefined where the bytes are neither. */
export async function readSheet(bytes: Uint8Array): Promise<Sheet | undefined> {
  if (isZip(bytes)) return readWorkbook(bytes)
  const text = fromBytes(bytes)?.text
  return text === undefined || text.includes('\0') ? undefined : readCsv(text)
}

const isZip = ([a, b, c, d]: Uint8Array): boolean => a === 0x50 && b === 0x4b && c === 3 && d === 4

/** @returns the cells of RFC 4180 text; what stands between them is what its first line has most of: ";", a tab, or ",". */
export function readCsv(text: string): Sheet {
  const plain = text.replace(/^\uFEFF/, '').replace(/^sep=(.)\r?\n/i, '')
  const between = separatorOf(plain)
  const rows: string[][] = [[]]
  let at = 0
  while (at < plain.length) {
    const { cell, end } = plain[at] === '"' ? quotedCell(plain, at) : bareCell(plain, at, between)
    rows.at(-1)?.push(cell)
    at = end
    if (plain[at] === between) {
      at += 1
      if (at === plain.length) rows.at(-1)?.push('')
    } else if (at < plain.length) {
      at += plain.startsWith('\r\n', at) ? 2 : 1
      if (at < plain.length) rows.push([])
    }
  }
  return rows
}

function separatorOf(text: string): string {
  const line = text.split(/\r\n|\r|\n/).find((one) => one.trim() !== '') ?? ''
  const outside = line.replace(/"[^"]*"/g, '')
  const count = (sign: string) => outside.split(sign).length
  return [';', '\t', ','].sort((a, b) => count(b) - count(a))[0] ?? ','
}

/** What follows a closing quote up to the next cell belongs to it, as spreadsheets have it. */
function quotedCell(text: string, from: number): { readonly cell: string; readonly end: number } {
  let cell = ''
  let at = from + 1
  while (at < text.length) {
    const close = text.indexOf('"', at)
    if (close < 0) return { cell: cell + text.slice(at), end: text.length }
    cell += text.slice(at, close)
    if (text[close + 1] !== '"') return { cell: spared(cell), end: close + 1 }
    cell += '"'
    at = close + 2
  }
  return { cell, end: at }
}

function bareCell(text: string, from: number, between: string): { readonly cell: string; readonly end: number } {
  let end = from
  while (end < text.length && text[end] !== between && text[end] !== '\n' && text[end] !== '\r') end += 1
  return { cell: spared(text.slice(from, end)), end }
}

/** The apostrophe with which a formula is kept from running is none of the text. */
const spared = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/u, '')

async function readWorkbook(bytes: Uint8Array): Promise<Sheet | undefined> {
  const { default: excel } = await import('exceljs')
  const book = new excel.Workbook()
  try {
    await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer)
  } catch {
    return undefined
  }
  const sheet = book.worksheets[0]
  if (!sheet) return undefined
  const rows: string[][] = []
  sheet.eachRow({ includeEmpty: true }, (row) => void rows.push(Array.from({ length: sheet.columnCount }, (_, i) => cellText(row.getCell(i + 1)))))
  return rows
}

function cellText({ value, text }: ExcelJS.Cell): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'object' && value !== null && 'hyperlink' in value) return String(value.text ?? value.hyperlink)
  return text
}
