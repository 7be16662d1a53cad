/** Public warnings: what is written, what everybody sees, and all that happened to them. Every step stands in the audit, by who did it. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { plainPhone } from '../../bot/case/clusters.ts'
import { contentSchema, isCurrent, type ShownWarning, shownSchema, type WarningContent } from '../../bot/warning/content.ts'
import { figuresOf, type ToldCase } from '../../bot/warning/figures.ts'
import { stepWarning, type WarningEvent, type WarningRefusal, type WarningState, type WarningStatus } from '../../bot/warning/life.ts'
import type { Day } from '../../knowledge/validity.ts'
import { appendAudit } from './audit-store.ts'
import { readLife } from './case-store.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'
import { leaveOut } from './subscriber-store.ts'
import type { WarningTable } from './warning-tables.ts'

/** As an officer reads it. Times in milliseconds UTC. */
export interface WarningRow {
  readonly id: string
  readonly version: number
  readonly status: WarningStatus
  /** What is being written. */
  readonly content: WarningContent
  /** What everybody sees; undefined: nothing. */
  readonly shown: z.output<typeof shownSchema> | undefined
  readonly writers: readonly string[]
  readonly changedBy: string
  readonly changedAt: number
  readonly firstShownAt: number | null
  readonly shownAt: number | null
}

export interface WarningStepRow {
  readonly at: number
  readonly by: string
  readonly kind: WarningEvent
  readonly reason: string
  readonly title: string | undefined
}

const writersSchema = z.array(z.string())

/** @returns the id of a new draft. `cases`: those that it was drafted from. */
export function addWarning(store: Store, content: WarningContent, cases: readonly string[], by: string, now: number): Promise<string> {
  const id = randomUUID()
  return store.write(async (tx) => {
    const made = { made_by: by, made_at: now, changed_by: by, changed_at: now, first_shown_at: null, shown_at: null }
    const written = { content: JSON.stringify(content), shown: null, writers: JSON.stringify([by]) }
    await tx
      .insertInto('warning')
      .values({ id, version: 1, status: 'draft', ...written, ...made })
      .execute()
    for (const number of await known(tx, cases)) await tx.insertInto('warning_case').values({ warning_id: id, number }).execute()
    await appendStep(tx, id, { event: 'edit', by, reason: '', content }, now)
    return id
  })
}

async function known(tx: Tx, numbers: readonly string[]): Promise<readonly string[]> {
  if (numbers.length === 0) return []
  const rows = await tx.selectFrom('complaint').select('number').where('number', 'in', numbers).execute()
  return rows.map(({ number }) => number)
}

/** @returns all of them, the latest change first. */
export async function readWarnings(store: Store, limit = 200): Promise<readonly WarningRow[]> {
  const rows = await store.read((tx) => tx.selectFrom('warning').selectAll().orderBy('changed_at', 'desc').orderBy('id').limit(limit).execute())
  return rows.flatMap((row) => rowOf(row) ?? [])
}

/** @returns one with all that happened to it, the latest first; undefined for none. */
export function readWarning(store: Store, id: string): Promise<{ readonly row: WarningRow; readonly steps: readonly WarningStepRow[] } | undefined> {
  return store.read(async (tx) => {
    const row = await tx.selectFrom('warning').selectAll().where('id', '=', id).executeTakeFirst()
    const read = row && rowOf(row)
    if (!read) return undefined
    const steps = await tx.selectFrom('warning_step').selectAll().where('warning_id', '=', id).orderBy('seq', 'desc').execute()
    return { row: read, steps: steps.map(({ at, by, kind, reason, content }) => ({ at, by, kind, reason, title: titleIn(content) })) }
  })
}

const titleIn = (content: string | null): string | undefined => (content === null ? undefined : parsed(contentSchema, content)?.title)

function rowOf(row: WarningTable): WarningRow | undefined {
  const content = parsed(contentSchema, row.content)
  return (
    content && {
      ...{ id: row.id, version: row.version, status: row.status, content, writers: parsed(writersSchema, row.writers) ?? [] },
      shown: row.shown === null ? undefined : parsed(shownSchema, row.shown),
      ...{ changedBy: row.changed_by, changedAt: row.changed_at, firstShownAt: row.first_shown_at, shownAt: row.shown_at },
    }
  )
}

/** @returns the cases that it was drafted from, as far as they are still there, each with what its person agrees to now. */
export function readToldCases(store: Store, id: string): Promise<readonly ToldCase[]> {
  return store.read((tx) => toldCases(tx, id))
}

async function toldCases(tx: Tx, id: string): Promise<readonly ToldCase[]> {
  const numbers = await tx.selectFrom('warning_case').select('number').where('warning_id', '=', id).orderBy('number').execute()
  return casesOf(
    tx,
    numbers.map(({ number }) => number),
  )
}

/** @returns those of `numbers` that are there. */
export function readCasesToTell(store: Store, numbers: readonly string[]): Promise<readonly ToldCase[]> {
  return store.read((tx) => casesOf(tx, numbers))
}

async function casesOf(tx: Tx, numbers: readonly string[]): Promise<readonly ToldCase[]> {
  const told: ToldCase[] = []
  for (const number of numbers) {
    const living = await readLife(tx, number)
    if (typeof living === 'string') continue
    const { row, record, life } = living
    const { facts, issue, confirmedAt, story } = record
    // One person on several channels is one, where they gave the same telephone.
    told.push({ number, person: plainPhone(facts.phone?.value ?? '') || row.person, confirmedAt, issue, story, facts, purposes: life.purposes })
  }
  return told
}

// ── its life ────────────────────────────────────────────────────────────────────────────────────

export interface WarningDoes {
  /** The version that was seen. */
  readonly version: number
  readonly event: WarningEvent
  readonly by: string
  readonly reason: string
  /** What was written, of an edit. */
  readonly content?: WarningContent
  /** What the law beside it says on this day, of an approval. */
  readonly basis?: readonly string[]
}

export type WarningChange = 'done' | 'missing' | 'changed' | WarningRefusal

/** Does it, unless somebody was faster or the state does not allow it. What is withdrawn goes to nobody any more. */
export function changeWarning(store: Store, id: string, does: WarningDoes, now: number): Promise<WarningChange> {
  return store.write(async (tx) => {
    const row = await tx.selectFrom('warning').selectAll().where('id', '=', id).executeTakeFirst()
    const before = row && rowOf(row)
    if (!before) return 'missing'
    if (before.version !== does.version) return 'changed'
    const after = stepWarning({ status: before.status, shown: before.shown !== undefined, writers: before.writers }, does.event, does.by)
    if ('refused' in after) return after.refused
    await tx
      .updateTable('warning')
      .set({ ...(await columnsAfter(tx, before, after, does, now)), version: before.version + 1, changed_by: does.by, changed_at: now })
      .where('id', '=', id)
      .execute()
    await appendStep(tx, id, does, now)
    if (does.event === 'withdraw') await leaveOut(tx, id, now)
    return 'done'
  })
}

async function columnsAfter(
  tx: Tx,
  before: WarningRow,
  { status, writers }: WarningState,
  { event, content, basis = [] }: WarningDoes,
  now: number,
): Promise<Partial<WarningTable>> {
  const common = { status, writers: JSON.stringify(writers) }
  switch (event) {
    case 'edit':
      return { ...common, content: JSON.stringify(content ?? before.content) }
    case 'approve': {
      const shown = { content: before.content, figures: figuresOf(await toldCases(tx, before.id)), basis }
      return { ...common, shown: JSON.stringify(shown), shown_at: now, first_shown_at: before.firstShownAt ?? now }
    }
    case 'withdraw':
      return { ...common, shown: null }
    default:
      return common
  }
}

async function appendStep(tx: Tx, id: string, { event, by, reason, content }: Omit<WarningDoes, 'version'>, now: number): Promise<void> {
  const last = await tx
    .selectFrom('warning_step')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('warning_id', '=', id)
    .executeTakeFirst()
  const seq = Number(last?.seq ?? 0) + 1
  await tx
    .insertInto('warning_step')
    .values({ warning_id: id, seq, at: now, by, kind: event, reason, content: content ? JSON.stringify(content) : null })
    .execute()
  await appendAudit(tx, { actor: by, action: 'warning.changed', subject: `warning:${id}`, detail: { code: event, count: seq } }, now)
}

// ── for everybody ───────────────────────────────────────────────────────────────────────────────

/** @returns what everybody sees on `today`, the latest first. */
export function readShown(store: Store, today: Day): Promise<readonly ShownWarning[]> {
  return store.read((tx) => shownOn(tx, today))
}

/** The same inside a transaction. */
export async function shownOn(tx: Tx, today: Day): Promise<readonly ShownWarning[]> {
  const rows = await tx.selectFrom('warning').selectAll().where('shown', 'is not', null).orderBy('first_shown_at', 'desc').orderBy('id').execute()
  return rows.flatMap(({ id, shown, first_shown_at: firstAt, shown_at: at }) => {
    const read = parsed(shownSchema, shown ?? '')
    return read && isCurrent(read.content, today) ? [{ ...read, id, firstAt: firstAt ?? 0, at: at ?? 0 }] : []
  })
}
