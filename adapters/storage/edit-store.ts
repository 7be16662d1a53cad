/** What the office writes for the library: every version stays, with who wrote it and who approved it. */
import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { afterDeed, type EditDeed, type EditRefusal, type EditStand, type EditState, isOpen, type Trial } from '../../bot/shelf/edit.ts'
import { type Edit, editSchema } from '../../knowledge/edits.ts'
import { appendAudit } from './audit-store.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'
import type { ShelfEditTable } from './tables.ts'

const citesSchema = z.array(z.object({ pointer: z.string(), digest: z.string() }))
const authorsSchema = z.array(z.string())
export type CitedWords = z.infer<typeof citesSchema>[number]

/** One version of one guide or word. */
export interface KeptEdit {
  readonly id: string
  readonly edit: Edit
  readonly state: EditState
  readonly revision: number
  readonly baseDigest: string | null
  readonly cites: readonly CitedWords[]
  readonly trial: Trial | undefined
  /** Who wrote last, and everybody who wrote on it. */
  readonly writtenBy: string
  readonly authors: readonly string[]
  readonly writtenAt: number
  readonly note: string
  readonly approvedBy: string | null
  readonly approvedAt: number | null
  readonly endedAt: number | null
}

export interface Written {
  readonly edit: Edit
  readonly baseDigest: string | null
  readonly cites: readonly CitedWords[]
  readonly by: string
  readonly now: number
}

/** @returns a digest of what an edit says. */
export function editDigest(edit: Edit): string {
  return createHash('sha256').update(JSON.stringify(edit)).digest('base64url').slice(0, 22)
}

const nameOf = ({ kind, key }: Edit) => `${kind}:${key}`

/** Begins a draft. @returns its id, or that of the one that is being written already. */
export function beginEdit(store: Store, written: Written): Promise<{ readonly id: string; readonly began: boolean }> {
  const { edit, by, now } = written
  return store.write(async (tx) => {
    const open = await tx.selectFrom('shelf_edit').select('id').where('open_key', '=', nameOf(edit)).executeTakeFirst()
    if (open) return { id: open.id, began: false }
    const id = randomUUID()
    const empty = { trial: null, note: '', approved_by: null, approved_at: null, ended_at: null, live_key: null }
    await tx
      .insertInto('shelf_edit')
      .values({ id, ...columnsOf(written), ...empty, kind: edit.kind, key: edit.key, state: 'draft', revision: 1, open_key: nameOf(edit) })
      .execute()
    await audited(tx, id, 'written', by, now)
    return { id, began: true }
  })
}

/** @param before who has written on it already: none of them approves it */
function columnsOf({ edit, baseDigest, cites, by, now }: Written, before: readonly string[] = []) {
  return {
    authors: JSON.stringify([...new Set([...before, by])]),
    content: JSON.stringify(edit.content),
    base_digest: baseDigest,
    cites: JSON.stringify(cites),
    written_by: by,
    written_at: now,
  }
}

/** Writes a draft anew; one that waited for approval is a draft again. @returns the new revision, or why not. */
export function rewriteEdit(store: Store, id: string, revision: number, written: Written): Promise<number | 'missing' | 'conflict'> {
  return store.write(async (tx) => {
    const row = await rowOf(tx, id)
    if (!row || row.kind !== written.edit.kind || row.key !== written.edit.key) return 'missing'
    if (row.revision !== revision || !isOpen(row.state)) return 'conflict'
    const next = revision + 1
    await tx
      .updateTable('shelf_edit')
      .set({ ...columnsOf(written, parsed(authorsSchema, row.authors) ?? []), state: 'draft', revision: next })
      .where('id', '=', id)
      .execute()
    await audited(tx, id, 'written', written.by, written.now)
    return next
  })
}

/** Keeps what a trial showed, unless something else has been written meanwhile. */
export function keepTrial(store: Store, id: string, trial: Trial): Promise<void> {
  return store.write(async (tx) => {
    const row = await rowOf(tx, id)
    const kept = row && keptOf(row)
    if (!kept || editDigest(kept.edit) !== trial.digest) return
    await tx
      .updateTable('shelf_edit')
      .set({ trial: JSON.stringify(trial) })
      .where('id', '=', id)
      .execute()
  })
}

/** What changed what is answered from can be undone, should that not come to pass. */
export type EditDone = { readonly undo: (now: number) => Promise<void> } | { readonly refused: EditRefusal | 'missing' | 'conflict' }

/** Does one thing with an edit, if it is still as whoever does it has seen it. */
export function doWithEdit(
  store: Store,
  { id, revision, deed, by, note = '', now }: { id: string; revision: number; deed: EditDeed; by: string; note?: string; now: number },
): Promise<EditDone> {
  return store.write(async (tx) => {
    const row = await rowOf(tx, id)
    const kept = row && keptOf(row)
    if (!row || !kept) return { refused: 'missing' }
    if (row.revision !== revision) return { refused: 'conflict' }
    const state = afterDeed(standOf(kept), deed, by)
    if (typeof state === 'object') return state
    const before = await rowsBefore(tx, row)
    if (state === 'live') await endLive(tx, nameOf(kept.edit), now)
    await tx
      .updateTable('shelf_edit')
      .set({ ...stateColumns(kept, state, by, now), note: deed === 'return' ? note : row.note, revision: revision + 1 })
      .where('id', '=', id)
      .execute()
    await audited(tx, id, deed, by, now, note)
    return { undo: undoing(store, before, by) }
  })
}

/** The row that is about to change and the live one beside it. */
async function rowsBefore(tx: Tx, row: ShelfEditTable): Promise<readonly ShelfEditTable[]> {
  const live = await tx.selectFrom('shelf_edit').selectAll().where('live_key', '=', `${row.kind}:${row.key}`).where('id', '!=', row.id).execute()
  return [row, ...live]
}

function undoing(store: Store, before: readonly ShelfEditTable[], by: string): (now: number) => Promise<void> {
  return (now) =>
    store.write(async (tx) => {
      const ids = before.map(({ id }) => id)
      // First nothing is live: of each key one at most may be.
      await tx.updateTable('shelf_edit').set({ live_key: null, open_key: null }).where('id', 'in', ids).execute()
      for (const { id, state, open_key, live_key, approved_by, approved_at, ended_at, revision } of before)
        await tx
          .updateTable('shelf_edit')
          .set({ state, open_key, live_key, approved_by, approved_at, ended_at, revision: revision + 2 })
          .where('id', '=', id)
          .execute()
      await audited(tx, ids[0] as string, 'undone', by, now)
    })
}

function stateColumns({ edit }: KeptEdit, state: EditState, by: string, now: number): Partial<ShelfEditTable> {
  const name = nameOf(edit)
  const keys = { state, open_key: isOpen(state) ? name : null, live_key: state === 'live' ? name : null }
  if (state === 'live') return { ...keys, approved_by: by, approved_at: now }
  return isOpen(state) ? keys : { ...keys, ended_at: now }
}

/** A newer one takes its place; nothing of it is lost. */
async function endLive(tx: Tx, name: string, now: number): Promise<void> {
  await tx.updateTable('shelf_edit').set({ state: 'past', live_key: null, ended_at: now }).where('live_key', '=', name).execute()
}

/** Makes a former version what is answered from again, if it is still as whoever does it has seen it. Whoever wrote on it does not. */
export function restoreEdit(store: Store, id: string, revision: number, by: string, now: number): Promise<EditDone> {
  return store.write(async (tx) => {
    const row = await rowOf(tx, id)
    const kept = row && keptOf(row)
    if (!row || !kept) return { refused: 'missing' }
    if (row.revision !== revision) return { refused: 'conflict' }
    // Only what was approved once: a dropped draft was never looked at.
    if (row.state !== 'past' || row.approved_by === null) return { refused: 'wrong_state' }
    if (kept.authors.includes(by)) return { refused: 'own_work' }
    const before = await rowsBefore(tx, row)
    await endLive(tx, nameOf(kept.edit), now)
    const live = { state: 'live' as const, live_key: nameOf(kept.edit), ended_at: null, revision: row.revision + 1 }
    await tx.updateTable('shelf_edit').set(live).where('id', '=', id).execute()
    await audited(tx, id, 'restored', by, now)
    return { undo: undoing(store, before, by) }
  })
}

function audited(tx: Tx, id: string, code: string, by: string, now: number, reason = ''): Promise<unknown> {
  const detail = { code, ...(reason === '' ? {} : { reason }) }
  return appendAudit(tx, { actor: by, action: 'shelf.changed', subject: `edit:${id}`, detail }, now)
}

function rowOf(tx: Tx, id: string): Promise<ShelfEditTable | undefined> {
  return tx.selectFrom('shelf_edit').selectAll().where('id', '=', id).executeTakeFirst()
}

/** @returns one version; undefined where there is none. */
export async function readEdit(store: Store, id: string): Promise<KeptEdit | undefined> {
  const row = await store.read((tx) => rowOf(tx, id))
  return row && keptOf(row)
}

/** @returns those that went live last, also such as are past, the latest first. */
export async function readApproved(store: Store, limit: number): Promise<readonly KeptEdit[]> {
  const rows = await store.read((tx) =>
    tx.selectFrom('shelf_edit').selectAll().where('approved_at', 'is not', null).orderBy('approved_at', 'desc').orderBy('id').limit(limit).execute(),
  )
  return rows.flatMap((row) => keptOf(row) ?? [])
}

/** @returns those in one of the states, at most `limit`, the latest written first. */
export async function readEdits(store: Store, states: readonly EditState[], limit: number): Promise<readonly KeptEdit[]> {
  const rows = await store.read((tx) =>
    tx.selectFrom('shelf_edit').selectAll().where('state', 'in', states).orderBy('written_at', 'desc').orderBy('id').limit(limit).execute(),
  )
  return rows.flatMap((row) => keptOf(row) ?? [])
}

/** @returns every version of one guide or word, the latest first. */
export async function historyOf(store: Store, kind: Edit['kind'], key: string): Promise<readonly KeptEdit[]> {
  const rows = await store.read((tx) =>
    tx.selectFrom('shelf_edit').selectAll().where('kind', '=', kind).where('key', '=', key).orderBy('written_at', 'desc').limit(100).execute(),
  )
  return rows.flatMap((row) => keptOf(row) ?? [])
}

const MOST_LIVE = 2_000

/** @returns what is live, by key: the same list for the same state. */
export async function liveEdits(store: Store): Promise<readonly Edit[]> {
  const rows = await readEdits(store, ['live'], MOST_LIVE)
  return rows.map(({ edit }) => edit).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

/** A row in a form that this version does not know is passed over: it was written by another. */
function keptOf(row: ShelfEditTable): KeptEdit | undefined {
  const edit = editSchema.safeParse({ kind: row.kind, key: row.key, content: JSON.parse(row.content) })
  if (!edit.success) return undefined
  const { id, state, revision, note } = row
  return {
    ...{ id, state, revision, note, edit: edit.data, baseDigest: row.base_digest },
    ...{ cites: parsed(citesSchema, row.cites) ?? [], trial: row.trial === null ? undefined : (JSON.parse(row.trial) as Trial) },
    authors: parsed(authorsSchema, row.authors) ?? [],
    ...{ writtenBy: row.written_by, writtenAt: row.written_at, approvedBy: row.approved_by, approvedAt: row.approved_at, endedAt: row.ended_at },
  }
}

/** @returns what the rules go by. */
export function standOf({ edit, state, authors, trial }: KeptEdit): EditStand {
  return { kind: edit.kind, state, authors, trial, digest: editDigest(edit) }
}
