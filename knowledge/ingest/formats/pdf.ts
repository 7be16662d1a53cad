/** PDF files with a text layer, page by page, by pdf.js (as unpdf packs it: no canvas, no worker, nothing native). */
import { getDocumentProxy } from 'unpdf'
import { IngestFault } from '../fault.ts'
import { CELL, type Line, type Printed } from '../line.ts'
import type { SourceFile } from '../source-file.ts'

const MOST_PAGES = 3000
/** A page with fewer characters is a picture. */
const FEWEST_CHARACTERS = 20

type Document = Awaited<ReturnType<typeof getDocumentProxy>>

/** A piece of text and where it stands, in points from the lower left corner. */
interface Piece {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
}

/** Throws {@link IngestFault} for a file that is locked, damaged, endless or made of pictures. */
export async function readPdf({ bytes, name }: SourceFile): Promise<Printed> {
  const document = await open(bytes, name)
  try {
    if (document.numPages > MOST_PAGES) throw new IngestFault(`${name}: có ${document.numPages} trang, quá ${MOST_PAGES}.`)
    const pages: Line[][] = []
    for (let page = 1; page <= document.numPages; page++) pages.push(await readPage(document, page, name))
    return withoutFurniture(pages, name)
  } finally {
    await document.cleanup()
    await document.destroy()
  }
}

async function open(bytes: Uint8Array, name: string): Promise<Document> {
  try {
    // pdf.js takes the buffer for itself.
    return await getDocumentProxy(bytes.slice(), { verbosity: 0, isEvalSupported: false })
  } catch (cause) {
    const locked = (cause as Error).name === 'PasswordException'
    throw new IngestFault(`${name}: ${locked ? 'tệp PDF có mật khẩu; bỏ mật khẩu rồi nạp lại' : 'tệp PDF bị hỏng, không mở được'}.`, { cause })
  }
}

async function readPage(document: Document, number: number, name: string): Promise<Line[]> {
  const page = await document.getPage(number).catch((cause: unknown) => {
    throw new IngestFault(`${name}: trang ${number} bị hỏng, không đọc được.`, { cause })
  })
  const { items } = await page.getTextContent()
  const pieces = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [pieceOf(item)] : []))
  page.cleanup()
  return rowsOf(pieces).map((row) => lineOf(row, number))
}

function pieceOf(item: { str: string; transform: number[]; width: number; height: number }): Piece {
  const [, , , scale = 0, x = 0, y = 0] = item.transform
  return { text: item.str, x, y, width: item.width, size: Math.abs(scale) || item.height || 10 }
}

/** Pieces whose base lines lie within a third of a letter are one row. */
function rowsOf(pieces: readonly Piece[]): Piece[][] {
  const rows: Piece[][] = []
  for (const piece of [...pieces].sort((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1)
    if (row?.[0] && Math.abs(row[0].y - piece.y) < Math.max(piece.size, row[0].size) / 3) row.push(piece)
    else rows.push([piece])
  }
  return rows.map((row) => row.sort((a, b) => a.x - b.x))
}

/** A gap wider than this many letters' height parts two columns; words of a justified line stand closer. */
const COLUMN_GAP = 2.5
const WORD_GAP = 0.15
/** Points: smaller letters are not meant to be read. */
const SMALLEST = 3

function lineOf(row: readonly Piece[], page: number): Line {
  let text = ''
  let end = row[0]?.x ?? 0
  let columns = 1
  for (const { text: words, x, width, size } of row) {
    const gap = (x - end) / size
    if (text !== '' && gap > COLUMN_GAP) columns++
    text += text === '' ? words : gap > COLUMN_GAP ? CELL + words.trimStart() : gap > WORD_GAP ? ` ${words}` : words
    end = x + width
  }
  return {
    text: text.replace(/ {2,}/g, ' ').trim(),
    page,
    ...(columns > 1 ? { table: true } : {}),
    ...(row.every(({ size }) => size < SMALLEST) ? { hidden: true } : {}),
  }
}

/** Leaves out numbers of pages and what stands at the head or foot of most pages. */
function withoutFurniture(pages: readonly Line[][], name: string): Printed {
  const empty = pages.flatMap((lines, i) => (lines.reduce((sum, { text }) => sum + text.length, 0) < FEWEST_CHARACTERS ? [i + 1] : []))
  if (empty.length === pages.length) throw new IngestFault(`${name}: PDF chỉ có hình quét, không có chữ để đọc; cần bản có lớp chữ hoặc tệp Word.`)
  const often = repeated(pages)
  const isFurniture = (line: Line) => /^[-–\s]*\d{1,4}[-–\s]*$/.test(line.text) || often.has(shape(line.text))
  const kept = pages.flatMap((lines) => lines.filter((line, i) => !(isEdge(i, lines.length) && isFurniture(line))))
  return { lines: kept, notes: empty.length > 0 ? [`Trang ${empty.join(', ')} gần như không có chữ (hình quét?): soát với bản in.`] : [] }
}

/** The first and last two lines of a page. */
const isEdge = (place: number, length: number) => place < 2 || place >= length - 2
const shape = (text: string) => text.replace(/\d+/g, '#')

function repeated(pages: readonly Line[][]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const lines of pages)
    for (const text of new Set(lines.filter((_, i) => isEdge(i, lines.length)).map(({ text }) => shape(text))))
      counts.set(text, (counts.get(text) ?? 0) + 1)
  return new Set([...counts].filter(([, times]) => pages.length >= 4 && times > pages.length / 2).map(([text]) => text))
}
