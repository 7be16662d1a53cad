/** A sheet as a list to be taken in: what two rows of it say of the same decision, and what lies in the future, is wrong too. Pure. */
import type { Day } from '../../knowledge/validity.ts'
import { VIOLATOR_ROWS } from '../wording/violators.ts'
import { identityOf } from './entry.ts'
import { type BadRow, type ReadRows, readRows } from './table.ts'

/** @returns the entries of a sheet, each decision once, and every row that cannot be taken. */
export function readFileRows(sheet: readonly (readonly string[])[], today: Day): ReadRows {
  const read = readRows(sheet)
  const first = new Map<string, number>()
  const bad: BadRow[] = [...read.bad]
  const entries = read.entries.filter(({ line, entry }) => {
    const identity = identityOf(entry)
    const before = first.get(identity)
    if (entry.publishedOn > today) bad.push({ line, why: VIOLATOR_ROWS.future })
    else if (before !== undefined) bad.push({ line, why: VIOLATOR_ROWS.twice(before) })
    else first.set(identity, line)
    return first.get(identity) === line
  })
  return { entries, bad: bad.sort((a, b) => a.line - b.line) }
}
