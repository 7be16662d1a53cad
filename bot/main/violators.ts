/** `npm run -s violators -- check FILE | import FILE [--by "…"]`: names that authorities have made public, from a CSV or .xlsx file; what is imported waits for a second person in the console. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { readSheet } from '../../adapters/report/read-sheet.ts'
import type { Store } from '../../adapters/storage/database.ts'
import { addBatch, type LookedThrough, lookThrough } from '../../adapters/storage/violator-store.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { readFileRows } from '../violators/file.ts'
import { VIOLATOR_COMMAND, VIOLATOR_SAYS } from '../wording/violators.ts'
import { operator, Refused, readArguments, runOffice } from './office.ts'

const OPTIONS = { by: { type: 'string' } } as const
const MOST_BYTES = 20_000_000

async function look(store: Store, file: string, now: number): Promise<LookedThrough> {
  const sheet = await readSheet(bytesOf(file))
  if (!sheet) throw new Refused(VIOLATOR_SAYS.unreadable)
  return lookThrough(store, readFileRows(sheet, dayInVietnam(new Date(now))))
}

function bytesOf(file: string): Buffer {
  try {
    const bytes = readFileSync(file)
    if (bytes.length <= MOST_BYTES) return bytes
  } catch {
    throw new Refused(VIOLATOR_COMMAND.noFile(file))
  }
  throw new Refused(VIOLATOR_COMMAND.tooLarge)
}

function tell({ fresh, known, bad }: LookedThrough): void {
  for (const { line, why } of bad) console.log(VIOLATOR_COMMAND.badRow(line, why))
  console.log(VIOLATOR_COMMAND.counts(fresh.length, known, bad.length))
}

/** Nothing of a file with a wrong row is taken in. */
async function bringIn(store: Store, file: string, by: string, now: number): Promise<void> {
  const looked = await look(store, file, now)
  tell(looked)
  if (looked.bad.length > 0) throw new Refused(VIOLATOR_SAYS.badRows)
  const id = await addBatch(store, { kind: 'file', file: basename(file), entries: looked.fresh, by }, now)
  console.log(id === undefined ? VIOLATOR_SAYS.nothingNew : VIOLATOR_COMMAND.taken)
}

await runOffice(
  async ({ store }) => {
    const { values, positionals } = readArguments(OPTIONS, VIOLATOR_COMMAND.usage)
    const [command, file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new Refused(VIOLATOR_COMMAND.usage)
    if (command === 'check') return tell(await look(store, file, Date.now()))
    if (command === 'import') return bringIn(store, file, operator(values.by), Date.now())
    throw new Refused(VIOLATOR_COMMAND.usage)
  },
  { mayCreate: true },
)
