/** The list of names that authorities have made public: brought in from a file or by hand, approved by a second person, corrected and taken off with a reason. */
import { z } from 'zod'
import { type Entry, entrySchema } from '../../bot/violators/entry.ts'
import { readFileRows } from '../../bot/violators/file.ts'
import { keysAsked } from '../../bot/violators/match.ts'
import type { ReadRows } from '../../bot/violators/table.ts'
import { COLUMN_WORDS, VIOLATOR_ROWS, VIOLATOR_SAYS } from '../../bot/wording/violators.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { readSheet } from '../report/read-sheet.ts'
import type { Store } from '../storage/database.ts'
import {
  addBatch,
  type BatchRow,
  countListed,
  decideBatch,
  isBeingCorrected,
  lookThrough,
  readViolator,
  readViolators,
  readWaitingBatches,
  removeEntry,
  standingOf,
  type ViolatorRow,
} from '../storage/violator-store.ts'
import { type Asked, type ConsoleRoute, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'
import type { BatchView, CheckedFile, ViolatorsView, ViolatorView } from './warnings-contract.ts'

export interface ViolatorParts {
  readonly store: Store
  readonly nameOf: (officer: string) => string
}

const FILE_MAX = 2_000_000
const fileQuery = z.object({ name: z.string().trim().min(1).max(200) })
const reasonBody = z.strictObject({ reason: z.string().trim().max(500).default('') })
const correctBody = z.strictObject({ entry: z.unknown(), reason: z.string().trim().max(500).default('') })
const listQuery = z.strictObject({ q: z.string().trim().max(200).default('') })

/** @returns the routes of the published list. */
export function violatorRoutes(parts: ViolatorParts): readonly ConsoleRoute[] {
  const may = 'violator.edit' as const
  return [
    route({
      ...{ method: 'GET', url: '/violators', may: 'violator.read', query: listQuery },
      handle: ({ query, officer }) => list(parts, query.q, officer),
    }),
    route({ ...{ method: 'POST', url: '/violators/check', may, upload: FILE_MAX }, handle: ({ body, now }) => check(parts, bytesIn(body), now) }),
    route({
      ...{ method: 'POST', url: '/violators/import', may, query: fileQuery, upload: FILE_MAX },
      handle: (asked) => bringIn(parts, asked, asked.query.name, bytesIn(asked.body)),
    }),
    route({ ...{ method: 'POST', url: '/violators', may, body: z.unknown() }, handle: (asked) => add(parts, asked, asked.body) }),
    route({ ...{ method: 'POST', url: '/violators/:id/correct', may, body: correctBody }, handle: (asked) => correct(parts, asked, asked.body) }),
    route({ ...{ method: 'POST', url: '/violators/:id/remove', may, body: reasonBody }, handle: (asked) => remove(parts, asked, asked.body.reason) }),
    route({
      ...{ method: 'POST', url: '/violators/batches/:id/approve', may, body: z.strictObject({}) },
      handle: (asked) => decide(parts, asked, 'approved', ''),
    }),
    route({
      ...{ method: 'POST', url: '/violators/batches/:id/refuse', may, body: reasonBody },
      handle: (asked) => decide(parts, asked, 'refused', needed(asked.body.reason)),
    }),
  ]
}

type OfOne = Pick<Asked, 'officer' | 'params' | 'now'>
const idOf = ({ params }: OfOne): string => params['id'] ?? ''

async function list(parts: ViolatorParts, q: string, officer: SignedIn): Promise<ViolatorsView> {
  const { store } = parts
  const keys = q === '' ? undefined : keysAsked(q)
  const [listed, past, waiting] = [
    await readViolators(store, ['listed'], keys),
    await readViolators(store, ['removed', 'replaced'], keys, 50),
    await readWaitingBatches(store),
  ]
  const shown = (row: ViolatorRow) => viewOf(parts, row)
  return {
    listed: listed.map(shown),
    past: past.map(shown),
    count: await countListed(store),
    waiting: waiting.map((batch) => batchView(parts, batch, officer)),
  }
}

function viewOf(
  { nameOf }: ViolatorParts,
  { id, status, entry, file, enteredBy, changedBy, changedAt, reason, replaces }: ViolatorRow,
): ViolatorView {
  return { id, status, entry, file, enteredBy: nameOf(enteredBy), changedBy: nameOf(changedBy), changedAt, reason, corrects: replaces !== null }
}

function batchView(parts: ViolatorParts, { id, kind, file, by, at, reason, count, entries }: BatchRow, officer: SignedIn): BatchView {
  return { id, kind, file, by: parts.nameOf(by), mine: by === officer.id, at, reason, count, entries: entries.map((row) => viewOf(parts, row)) }
}

function bytesIn(body: unknown): Buffer {
  if (!Buffer.isBuffer(body) || body.length === 0) throw new ConsoleTrouble('bad_request', VIOLATOR_SAYS.unreadable)
  return body
}

async function check({ store }: ViolatorParts, bytes: Buffer, now: number): Promise<CheckedFile> {
  return lookThrough(store, await rowsIn(bytes, now))
}

async function rowsIn(bytes: Buffer, now: number): Promise<ReadRows> {
  const sheet = await readSheet(bytes)
  if (!sheet) throw new ConsoleTrouble('bad_request', VIOLATOR_SAYS.unreadable)
  return readFileRows(sheet, dayInVietnam(new Date(now)))
}

/** Nothing of a file with a wrong row is taken in. */
async function bringIn(parts: ViolatorParts, { officer, now }: Pick<Asked, 'officer' | 'now'>, name: string, bytes: Buffer): Promise<object> {
  const { fresh, known, bad } = await check(parts, bytes, now)
  if (bad.length > 0) throw new ConsoleTrouble('bad_request', VIOLATOR_SAYS.badRows)
  const id = await addBatch(parts.store, { kind: 'file', file: name, entries: fresh, by: officer.id }, now)
  return id === undefined ? { added: 0, known } : { id, added: fresh.length, known }
}

async function add({ store }: ViolatorParts, { officer, now }: Pick<Asked, 'officer' | 'now'>, body: unknown): Promise<object> {
  const entry = entryIn(body, now)
  const [standing] = await standingOf(store, [entry])
  if (standing !== 'new') throw new ConsoleTrouble('conflict', standing === undefined ? undefined : VIOLATOR_ROWS[standing])
  return { id: await addBatch(store, { kind: 'hand', file: '', entries: [entry], by: officer.id }, now) }
}

/** What was typed wrong is said field by field. */
function entryIn(body: unknown, now: number): Entry {
  const read = entrySchema.safeParse(body)
  if (read.success && read.data.publishedOn <= dayInVietnam(new Date(now))) return read.data
  if (read.success) throw new ConsoleTrouble('bad_request', VIOLATOR_ROWS.future)
  const names = [...new Set(read.error.issues.map(({ path }) => path[0]))]
  const said = names.map((name) => VIOLATOR_ROWS.wrong[name as keyof Entry] ?? COLUMN_WORDS[name as keyof Entry])
  throw new ConsoleTrouble('bad_request', said.filter(Boolean).join(' ') || undefined)
}

async function correct({ store }: ViolatorParts, asked: OfOne, body: z.output<typeof correctBody>): Promise<object> {
  const reason = needed(body.reason)
  const before = await readViolator(store, idOf(asked))
  if (!before) throw new ConsoleTrouble('not_found', VIOLATOR_SAYS.unknown)
  if (before.status !== 'listed') throw new ConsoleTrouble('conflict', VIOLATOR_SAYS.notListed)
  if (await isBeingCorrected(store, before.id)) throw new ConsoleTrouble('conflict', VIOLATOR_SAYS.correcting)
  const entry = entryIn(body.entry, asked.now)
  if (JSON.stringify(entry) === JSON.stringify(before.entry)) throw new ConsoleTrouble('bad_request', VIOLATOR_SAYS.same)
  return {
    id: await addBatch(store, { kind: 'correction', file: '', entries: [entry], replaces: before.id, reason, by: asked.officer.id }, asked.now),
  }
}

async function remove({ store }: ViolatorParts, asked: OfOne, reason: string): Promise<object> {
  const id = idOf(asked)
  if (await removeEntry(store, id, asked.officer.id, needed(reason), asked.now)) return {}
  throw (await readViolator(store, id))
    ? new ConsoleTrouble('conflict', VIOLATOR_SAYS.notListed)
    : new ConsoleTrouble('not_found', VIOLATOR_SAYS.unknown)
}

function needed(reason: string): string {
  if (reason === '') throw new ConsoleTrouble('bad_request', VIOLATOR_SAYS.reason)
  return reason
}

async function decide({ store }: ViolatorParts, asked: OfOne, how: 'approved' | 'refused', reason: string): Promise<object> {
  switch (await decideBatch(store, idOf(asked), how, asked.officer.id, reason, asked.now)) {
    case 'done':
      return {}
    case 'missing':
      throw new ConsoleTrouble('not_found', VIOLATOR_SAYS.unknownBatch)
    case 'decided':
      throw new ConsoleTrouble('conflict', VIOLATOR_SAYS.decided)
    case 'own':
      throw new ConsoleTrouble('not_allowed', VIOLATOR_SAYS.own)
  }
}
