/** The list of names that authorities have made public. What comes in waits until a second person has looked; what is removed or corrected is kept as history and shown no more. */
import { randomUUID } from 'node:crypto'
import {
  type BatchKind,
  type Entry,
  type EntryKey,
  entrySchema,
  identityOf,
  type KeyKind,
  keysOf,
  type ListedEntry,
  type Published,
  type ViolatorStatus,
} from '../../bot/violators/entry.ts'
import { isNearHost, isNearName } from '../../bot/violators/match.ts'
import type { BadRow, ReadRows } from '../../bot/violators/table.ts'
import { VIOLATOR_ROWS } from '../../bot/wording/violators.ts'
import type { Day } from '../../knowledge/validity.ts'
import { appendAudit } from './audit-store.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'
import type { ViolatorBatchTable, ViolatorTable } from './warning-tables.ts'

/** What stands already for an entry of the same decision. */
export type Standing = 'new' | 'listed' | 'waiting' | 'differs'

/** @returns for each entry what stands already. */
export function standingOf(store: Store, entries: readonly Entry[]): Promise<readonly Standing[]> {
  return store.read((tx) => standing(tx, entries))
}

/** What would become of a file that was read. */
export interface LookedThrough {
  readonly fresh: readonly Entry[]
  readonly known: number
  /** By line. */
  readonly bad: readonly BadRow[]
}

/** @returns which of the entries are new; one that stands already with other words is wrong too. Nothing is written. */
export async function lookThrough(store: Store, { entries, bad }: ReadRows): Promise<LookedThrough> {
  const standing = await standingOf(
    store,
    entries.map(({ entry }) => entry),
  )
  const differing = entries.filter((_, i) => standing[i] === 'differs').map(({ line }) => ({ line, why: VIOLATOR_ROWS.differs }))
  const fresh = entries.filter((_, i) => standing[i] === 'new').map(({ entry }) => entry)
  const known = entries.length - fresh.length - differing.length
  return { fresh, known, bad: [...bad, ...differing].sort((a, b) => a.line - b.line) }
}

/** Asked for many at a time: a long file must not hold the database up. */
async function standing(tx: Tx, entries: readonly Entry[]): Promise<readonly Standing[]> {
  const known = new Map<string, { readonly status: ViolatorStatus; readonly entry: string }[]>()
  const identities = [...new Set(entries.map(identityOf))]
  for (let i = 0; i < identities.length; i += ROWS)
    for (const { identity, ...row } of await standingRows(tx, identities.slice(i, i + ROWS)))
      known.set(identity, [...(known.get(identity) ?? []), row])
  return entries.map((entry) => standingAmong(known.get(identityOf(entry)) ?? [], entry))
}

function standingRows(tx: Tx, identities: readonly string[]) {
  return tx
    .selectFrom('violator')
    .select(['identity', 'status', 'entry'])
    .where('identity', 'in', identities)
    .where('status', 'in', ['listed', 'waiting'])
    .orderBy('status')
    .execute()
}

function standingAmong(rows: readonly { readonly status: ViolatorStatus; readonly entry: string }[], entry: Entry): Standing {
  const same = rows.find((row) => sameEntry(row.entry, entry))
  if (same) return same.status === 'listed' ? 'listed' : 'waiting'
  return rows.length > 0 ? 'differs' : 'new'
}

function sameEntry(stored: string, entry: Entry): boolean {
  const read = parsed(entrySchema, stored)
  return read !== undefined && JSON.stringify(read) === JSON.stringify(entry)
}

export interface NewBatch {
  readonly kind: BatchKind
  readonly file: string
  readonly entries: readonly Entry[]
  /** The entry that is corrected. */
  readonly replaces?: string
  readonly reason?: string
  readonly by: string
}

const ROWS = 200

/**
 * Writes down what came in, to wait for a second person; of what stands already nothing is written again. All of it in one transaction, so that nothing is half there.
 * @returns the batch, or undefined where nothing of it is new.
 */
export function addBatch(store: Store, { kind, file, entries, replaces, reason = '', by }: NewBatch, now: number): Promise<string | undefined> {
  const id = randomUUID()
  return store.write(async (tx) => {
    const known = replaces === undefined ? await standing(tx, entries) : []
    const fresh = entries.filter((_, i) => (known[i] ?? 'new') === 'new')
    if (fresh.length === 0) return undefined
    const state = { status: 'waiting' as const, decided_by: null, decided_at: null, reason }
    await tx
      .insertInto('violator_batch')
      .values({ id, kind, file, by, at: now, ...state })
      .execute()
    await insertEntries(tx, { id, by, replaces: replaces ?? null }, fresh, now)
    await appendAudit(
      tx,
      { actor: by, action: 'violator.changed', subject: `violators:${id}`, detail: { code: `entered.${kind}`, count: fresh.length } },
      now,
    )
    return id
  })
}

async function insertEntries(
  tx: Tx,
  batch: { id: string; by: string; replaces: string | null },
  entries: readonly Entry[],
  now: number,
): Promise<void> {
  const rows = entries.map(
    (entry): ViolatorTable => ({
      ...{ id: randomUUID(), batch_id: batch.id, status: 'waiting', name: entry.name, identity: identityOf(entry), entry: JSON.stringify(entry) },
      ...{ ends_on: entry.endsOn, replaces: batch.replaces, changed_by: batch.by, changed_at: now, reason: '' },
    }),
  )
  const keys = rows.flatMap(({ id }, i) => keysOf(entries[i] as Entry).map(({ kind, key }) => ({ violator_id: id, kind, key })))
  for (let i = 0; i < rows.length; i += ROWS)
    await tx
      .insertInto('violator')
      .values(rows.slice(i, i + ROWS))
      .execute()
  for (let i = 0; i < keys.length; i += ROWS)
    await tx
      .insertInto('violator_key')
      .values(keys.slice(i, i + ROWS))
      .execute()
}

export type BatchChange = 'done' | 'missing' | 'decided' | 'own'

/** Approves or refuses what came in. Whoever entered it cannot approve it. An approved correction takes the place of what it corrects. */
export function decideBatch(store: Store, id: string, how: 'approved' | 'refused', by: string, reason: string, now: number): Promise<BatchChange> {
  return store.write(async (tx) => {
    const batch = await tx.selectFrom('violator_batch').selectAll().where('id', '=', id).executeTakeFirst()
    if (!batch) return 'missing'
    if (batch.status !== 'waiting') return 'decided'
    if (how === 'approved' && batch.by === by) return 'own'
    const decided = { status: how, decided_by: by, decided_at: now, ...(reason === '' ? {} : { reason }) }
    await tx.updateTable('violator_batch').set(decided).where('id', '=', id).execute()
    if (how === 'approved') await retireReplaced(tx, id, by, now)
    await tx
      .updateTable('violator')
      .set({ status: how === 'approved' ? 'listed' : 'refused', changed_by: by, changed_at: now })
      .where('batch_id', '=', id)
      .where('status', '=', 'waiting')
      .execute()
    await appendAudit(tx, { actor: by, action: 'violator.changed', subject: `violators:${id}`, detail: { code: how } }, now)
    return 'done'
  })
}

async function retireReplaced(tx: Tx, batch: string, by: string, now: number): Promise<void> {
  const replaced = tx.selectFrom('violator').select('replaces').where('batch_id', '=', batch).where('replaces', 'is not', null)
  await tx
    .updateTable('violator')
    .set({ status: 'replaced', changed_by: by, changed_at: now })
    .where('id', 'in', replaced.$castTo<{ replaces: string }>())
    .where('status', '=', 'listed')
    .execute()
}

/** Takes an entry off the list, with why. @returns whether it was on it. */
export function removeEntry(store: Store, id: string, by: string, reason: string, now: number): Promise<boolean> {
  return store.write(async (tx) => {
    const changed = { status: 'removed' as const, changed_by: by, changed_at: now, reason }
    const { numUpdatedRows } = await tx.updateTable('violator').set(changed).where('id', '=', id).where('status', '=', 'listed').executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await appendAudit(tx, { actor: by, action: 'violator.changed', subject: `violator:${id}`, detail: { code: 'removed' } }, now)
    return true
  })
}

// ── reading ─────────────────────────────────────────────────────────────────────────────────────

/** Times in milliseconds UTC. */
export interface ViolatorRow {
  readonly id: string
  readonly status: ViolatorStatus
  readonly entry: Entry
  readonly replaces: string | null
  readonly changedBy: string
  readonly changedAt: number
  readonly reason: string
  /** Which file it came in, and who entered it. */
  readonly file: string
  readonly enteredBy: string
}

export interface BatchRow extends ViolatorBatchTable {
  readonly entries: readonly ViolatorRow[]
  readonly count: number
}

const MOST_ROWS = 200

/** @returns entries of one status, by name; `words`, folded, must stand in the name. */
export async function readViolators(
  store: Store,
  statuses: readonly ViolatorStatus[],
  keys: readonly EntryKey[] | undefined,
  limit = MOST_ROWS,
): Promise<readonly ViolatorRow[]> {
  const rows = await store.read((tx) =>
    rowsOf(tx)
      .where('v.status', 'in', statuses)
      .$if(keys !== undefined, (query) =>
        query.where(
          'v.id',
          'in',
          tx
            .selectFrom('violator_key')
            .select('violator_id')
            .where('key', 'in', [...(keys ?? []).map(({ key }) => key), '']),
        ),
      )
      .orderBy('v.changed_at', 'desc')
      .orderBy('v.name')
      .limit(limit)
      .execute(),
  )
  return rows.flatMap((row) => rowOf(row) ?? [])
}

/** @returns how many are on the list. */
export async function countListed(store: Store): Promise<number> {
  const row = await store.read((tx) =>
    tx
      .selectFrom('violator')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('status', '=', 'listed')
      .executeTakeFirst(),
  )
  return Number(row?.count ?? 0)
}

/** @returns one entry, or undefined. */
export async function readViolator(store: Store, id: string): Promise<ViolatorRow | undefined> {
  const row = await store.read((tx) => rowsOf(tx).where('v.id', '=', id).executeTakeFirst())
  return row && rowOf(row)
}

/** @returns whether a correction of the entry waits already. */
export async function isBeingCorrected(store: Store, id: string): Promise<boolean> {
  const row = await store.read((tx) =>
    tx.selectFrom('violator').select('id').where('replaces', '=', id).where('status', '=', 'waiting').executeTakeFirst(),
  )
  return row !== undefined
}

/** @returns what waits for a second person, the oldest first, each with the first of its entries. */
export function readWaitingBatches(store: Store): Promise<readonly BatchRow[]> {
  return store.read(async (tx) => {
    const batches = await tx.selectFrom('violator_batch').selectAll().where('status', '=', 'waiting').orderBy('at').execute()
    const found: BatchRow[] = []
    for (const batch of batches) {
      const rows = await rowsOf(tx).where('v.batch_id', '=', batch.id).orderBy('v.name').limit(MOST_ROWS).execute()
      const count = await tx
        .selectFrom('violator')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('batch_id', '=', batch.id)
        .executeTakeFirst()
      found.push({ ...batch, entries: rows.flatMap((row) => rowOf(row) ?? []), count: Number(count?.count ?? 0) })
    }
    return found
  })
}

function rowsOf(tx: Tx) {
  return tx
    .selectFrom('violator as v')
    .innerJoin('violator_batch as b', 'b.id', 'v.batch_id')
    .select(['v.id', 'v.status', 'v.entry', 'v.replaces', 'v.changed_by', 'v.changed_at', 'v.reason', 'b.file', 'b.by'])
}

type Joined = Pick<ViolatorTable, 'id' | 'status' | 'entry' | 'replaces' | 'changed_by' | 'changed_at' | 'reason'> &
  Pick<ViolatorBatchTable, 'file' | 'by'>

function rowOf({ id, status, entry, replaces, changed_by: changedBy, changed_at: changedAt, reason, file, by }: Joined): ViolatorRow | undefined {
  const read = parsed(entrySchema, entry)
  return read && { ...{ id, status, replaces, changedBy, changedAt, reason, file, enteredBy: by }, entry: read }
}

// ── asked in a conversation ─────────────────────────────────────────────────────────────────────

const MOST_FOUND = 10
/** Names that one question is compared with. */
const SCANNED = 20_000

/** @returns what the list holds of what was asked about: found by the very same key, or only near by name or site. Nothing ended is in it. */
export function lookUpPublished(store: Store, keys: readonly EntryKey[], today: Day): Promise<Published> {
  if (keys.length === 0) return Promise.resolve({ exact: [], near: [] })
  return store.read(async (tx) => {
    const exact = await foundBy(tx, keys, today)
    const known = new Set(exact)
    const near = (await nearTo(tx, keys, today)).filter((id) => !known.has(id))
    return { exact: await entriesOf(tx, exact.slice(0, MOST_FOUND)), near: await entriesOf(tx, near.slice(0, MOST_FOUND)) }
  })
}

function shownKeys(tx: Tx, today: Day) {
  return tx
    .selectFrom('violator_key as k')
    .innerJoin('violator as v', 'v.id', 'k.violator_id')
    .select(['v.id', 'k.kind', 'k.key'])
    .where('v.status', '=', 'listed')
    .where((eb) => eb.or([eb('v.ends_on', 'is', null), eb('v.ends_on', '>=', today)]))
}

async function foundBy(tx: Tx, keys: readonly EntryKey[], today: Day): Promise<readonly string[]> {
  const rows = await shownKeys(tx, today)
    .where((eb) => eb.or(keys.map(({ kind, key }) => eb.and([eb('k.kind', '=', kind), eb('k.key', '=', key)]))))
    .orderBy('v.changed_at', 'desc')
    .execute()
  return [...new Set(rows.map(({ id }) => id))]
}

async function nearTo(tx: Tx, keys: readonly EntryKey[], today: Day): Promise<readonly string[]> {
  const rows = await shownKeys(tx, today).where('k.kind', 'in', ['name', 'host']).limit(SCANNED).execute()
  const isNear = (kind: KeyKind, listed: string) =>
    keys.some(({ kind: asked, key }) => asked === kind && (kind === 'name' ? isNearName(key, listed) : isNearHost(key, listed)))
  return [...new Set(rows.filter(({ kind, key }) => isNear(kind, key)).map(({ id }) => id))]
}

async function entriesOf(tx: Tx, ids: readonly string[]): Promise<readonly ListedEntry[]> {
  if (ids.length === 0) return []
  const rows = await tx.selectFrom('violator').select(['id', 'entry']).where('id', 'in', ids).execute()
  const read = new Map(rows.map(({ id, entry }) => [id, parsed(entrySchema, entry)]))
  return ids.flatMap((id) => {
    const entry = read.get(id)
    return entry ? [{ ...entry, id }] : []
  })
}

/** Removes names, and whatever they came in with once nothing of it is left. */
export async function forgetViolators(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('violator').where('id', 'in', ids).execute()
  const kept = tx.selectFrom('violator').select('batch_id')
  await tx.deleteFrom('violator_batch').where('status', '!=', 'waiting').where('id', 'not in', kept).execute()
}
