/** A list of published names out of a file: rows of a sheet, whatever its columns are called, into entries; every row that cannot be one is said, with why. Pure. */
import { fold } from '../../knowledge/language/normalise.ts'
import { isDay } from '../../knowledge/validity.ts'
import { VIOLATOR_ROWS } from '../wording/violators.ts'
import { type Entry, entrySchema } from './entry.ts'

/** A row of the sheet that is not taken. `line` as the person counts them: 1 is the row of headings. */
export interface BadRow {
  readonly line: number
  readonly why: string
}

export interface ReadRows {
  readonly entries: readonly { readonly line: number; readonly entry: Entry }[]
  readonly bad: readonly BadRow[]
}

export const ROWS_MAX = 5_000

type Column = keyof Entry
/** The first that fits a heading counts; folded. */
const HEADINGS: readonly (readonly [Column, RegExp])[] = [
  ['otherNames', /^(?:cac )?ten (?:goi )?khac|ten giao dich|ten viet tat|bi danh/],
  ['endsOn', /(?:ngay )?het (?:han|hieu luc)|hien den|den ngay|hieu luc den/],
  ['decidedOn', /ngay (?:ra |ban hanh |ky )?(?:quyet dinh|qd|van ban|ky)/],
  ['publishedOn', /ngay (?:cong bo|dang|thong bao|canh bao)|cong bo ngay/],
  ['decision', /so (?:quyet dinh|qd|van ban|ky hieu)|^quyet dinh|^van ban/],
  ['source', /nguon|lien ket cong bo|link cong bo|dia chi cong bo/],
  ['links', /tai khoan|duong dan|trang|link|website|web|ten mien|fanpage|lien ket/],
  ['tax', /ma so thue|mst|ma so doanh nghiep|msdn/],
  ['authority', /co quan|don vi cong bo|noi cong bo/],
  ['what', /hanh vi|vi pham|noi dung|ly do|ve viec/],
  ['name', /^(?:ho )?ten|ten (?:to chuc|ca nhan|doi tuong|co so|doanh nghiep|don vi)|doi tuong|to chuc/],
]
export const NEEDED: readonly Column[] = ['name', 'what', 'authority', 'publishedOn', 'source']

/** @returns the entries of a sheet whose first filled row holds the headings, and what is wrong with the rest. */
export function readRows(sheet: readonly (readonly string[])[]): ReadRows {
  const head = sheet.findIndex((row) => row.some((cell) => cell.trim() !== ''))
  const columns = columnsOf(sheet[head] ?? [])
  const missing = NEEDED.filter((name) => !columns.includes(name))
  if (missing.length > 0) return { entries: [], bad: [{ line: head + 1, why: VIOLATOR_ROWS.noColumns(missing) }] }
  const rows = sheet.map((cells, i) => ({ cells, line: i + 1 })).slice(head + 1)
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  if (filled.length === 0) return { entries: [], bad: [{ line: head + 1, why: VIOLATOR_ROWS.empty }] }
  if (filled.length > ROWS_MAX) return { entries: [], bad: [{ line: head + 1, why: VIOLATOR_ROWS.tooMany(ROWS_MAX) }] }
  const read = filled.map(({ cells, line }) => ({ line, ...rowOf(cells, columns) }))
  return {
    entries: read.flatMap(({ line, entry }) => (entry ? [{ line, entry }] : [])),
    bad: read.flatMap(({ line, why }) => (why === undefined ? [] : [{ line, why }])),
  }
}

function columnsOf(head: readonly string[]): readonly (Column | undefined)[] {
  const taken = new Set<Column>()
  return head.map((cell) => {
    const said = fold(cell)
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
    const name = HEADINGS.find(([column, pattern]) => !taken.has(column) && pattern.test(said))?.[0]
    if (name) taken.add(name)
    return name
  })
}

function rowOf(cells: readonly string[], columns: readonly (Column | undefined)[]): { readonly entry?: Entry; readonly why?: string } {
  const cell = (name: Column) => (columns.includes(name) ? (cells[columns.indexOf(name)] ?? '').trim() : '')
  const empty = NEEDED.filter((name) => cell(name) === '')
  if (empty.length > 0) return { why: VIOLATOR_ROWS.emptyCells(empty) }
  const read = entrySchema.safeParse({
    ...{ name: cell('name'), what: cell('what'), authority: cell('authority'), decision: cell('decision'), tax: cell('tax'), source: cell('source') },
    ...{ otherNames: several(cell('otherNames')), links: several(cell('links')) },
    ...{ publishedOn: dayIn(cell('publishedOn')) ?? cell('publishedOn') },
    ...{ decidedOn: optionalDay(cell('decidedOn')), endsOn: optionalDay(cell('endsOn')) },
  })
  if (read.success) return { entry: read.data }
  const wrong = [...new Set(read.error.issues.map(({ path }) => String(path[0]) as Column))]
  return { why: wrong.map((name) => VIOLATOR_ROWS.wrong[name] ?? VIOLATOR_ROWS.wrongOther).join(' ') }
}

/** Several in one cell, as people write them. */
const several = (cell: string): string[] =>
  cell
    .split(/[;|\n]/)
    .map((one) => one.trim())
    .filter(Boolean)

const optionalDay = (cell: string): string | null => (cell === '' ? null : (dayIn(cell) ?? cell))

/** @returns the day of "05/03/2026", "5-3-2026", "2026-03-05", or of a number of days as sheets count them; undefined for anything else. */
export function dayIn(cell: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?$/.exec(cell)
  const here = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell)
  const [, year = '', month = '', date = ''] = iso ?? (here ? [here[0], here[3], here[2], here[1]] : [])
  if (year !== '') return dayOf(year, month, date)
  const count = /^\d{5}$/.test(cell) ? Number(cell) : undefined
  return count === undefined ? undefined : new Date(Date.UTC(1899, 11, 30 + count)).toISOString().slice(0, 10)
}

function dayOf(year: string, month: string, date: string): string | undefined {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) ? day : undefined
}
