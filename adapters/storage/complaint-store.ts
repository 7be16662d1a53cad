/** Reading cases: a person their own, by number whoever knows the telephone of the record, the office all of them. */
import { endsWith } from '../../bot/case/book.ts'
import type { CaseEventKind } from '../../bot/case/life.ts'
import { type ComplaintRecord, recordSchema } from '../../bot/complaint/confirmed.ts'
import type { Purpose } from '../../bot/complaint/consent.ts'
import type { CaseResult, CaseStatus } from '../../bot/complaint/status.ts'
import type { LookedUp, OpenCase, OwnCase } from '../../bot/conversation/deciding.ts'
import { type Chosen, chosenOf, type Hold, holdOf, peopleOf, purposesNow } from './case-store.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'
import type { ComplaintTable } from './tables.ts'

const MOST_SHOWN = 20

/** @returns the latest cases of the person of a conversation, also those told on another channel of the same matter. */
export function ownCases(store: Store, conversation: string): Promise<readonly OwnCase[]> {
  return store.read(async (tx) => {
    const cases: OwnCase[] = []
    for (const row of await rowsOf(tx, conversation)) cases.push(await ownCase(tx, row))
    return cases
  })
}

/** @returns the latest cases of the person of a conversation, for the office. */
export async function casesOfChat(store: Store, conversation: string): Promise<readonly CaseRow[]> {
  return (await store.read((tx) => rowsOf(tx, conversation))).map(caseOf)
}

async function rowsOf(tx: Tx, conversation: string): Promise<readonly ComplaintTable[]> {
  const people = await peopleOf(tx, conversation)
  if (people.length === 0) return []
  return tx.selectFrom('complaint').selectAll().where('person', 'in', people).orderBy('confirmed_at', 'desc').limit(MOST_SHOWN).execute()
}

async function ownCase(tx: Tx, row: ComplaintTable): Promise<OwnCase> {
  const record = parsed(recordSchema, row.record)
  const last = await lastWords(tx, row.number)
  const facts = record?.facts
  return {
    ...{ number: row.number, confirmedAt: row.confirmed_at, status: row.status, issue: record?.issueTitle ?? '', held: row.hold !== null },
    about: [facts?.goods?.value, facts?.respondent?.value].filter(Boolean).join(', '),
    purposes: record ? await purposesNow(tx, row.number, record) : [],
    ...(last ? { last: { at: last.at, words: last.words } } : {}),
  }
}

const OFFICE_WORDS: readonly CaseEventKind[] = ['ask_info', 'answer', 'close']

function lastWords(tx: Tx, number: string) {
  return tx
    .selectFrom('case_event')
    .select(['at', 'words'])
    .where('number', '=', number)
    .where('kind', 'in', OFFICE_WORDS)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** @returns the person's cases that are not closed: a new complaint may be about the same matter. */
export function ownOpenCases(store: Store, conversation: string): Promise<readonly OpenCase[]> {
  return store.read(async (tx) => (await rowsOf(tx, conversation)).filter(({ status }) => status !== 'closed').map(openCaseOf))
}

function openCaseOf({ number, status, record }: ComplaintTable): OpenCase {
  const facts = parsed(recordSchema, record)?.facts
  return { number, status, respondent: facts?.respondent?.value ?? '', order: facts?.order?.value ?? '', goods: facts?.goods?.value ?? '' }
}

// ── by number and telephone ─────────────────────────────────────────────────────────────────────

/** Wrong tries a day, of one conversation and at one case. */
export const MOST_TRIES = 5
const DAY_MS = 86_400_000

export interface Guess {
  readonly conversation: string
  /** The message in the inbox: decided again, it counts once. */
  readonly message: string
  readonly number: string
  readonly digits: string
}

/**
 * @returns the case whose record holds a telephone ending in `digits`. A wrong guess is counted before anything is answered, and a number that does not exist is
 * looked for, counted and locked exactly like one that does.
 */
export function lookUpCase(store: Store, guess: Guess, now: number): Promise<LookedUp> {
  return store.write(async (tx) => {
    await tx
      .deleteFrom('case_try')
      .where('at', '<=', now - DAY_MS)
      .execute()
    if ((await triesBy(tx, 'conversation_id', guess.conversation, guess)) >= MOST_TRIES) return 'too_many'
    if ((await triesBy(tx, 'number', guess.number, guess)) >= MOST_TRIES) return 'too_many'
    const row = await tx.selectFrom('complaint').selectAll().where('number', '=', guess.number).executeTakeFirst()
    if (row && isTheirs(row, guess.digits)) return { number: row.number, confirmedAt: row.confirmed_at, status: row.status }
    const { message, conversation, number } = guess
    await tx
      .insertInto('case_try')
      .values({ message, conversation_id: conversation, number, at: now })
      .onConflict((conflict) => conflict.column('message').doNothing())
      .execute()
    return 'unknown'
  })
}

async function triesBy(tx: Tx, column: 'conversation_id' | 'number', value: string, { message }: Guess): Promise<number> {
  const row = await tx
    .selectFrom('case_try')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(column, '=', value)
    .where('message', '!=', message)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

function isTheirs({ record }: ComplaintTable, digits: string): boolean {
  const read = parsed(recordSchema, record)
  return read !== undefined && endsWith(read, digits)
}

// ── for the office ──────────────────────────────────────────────────────────────────────────────

export interface CaseRow {
  readonly number: string
  readonly person: string
  readonly channel: string
  readonly conversation: string
  readonly status: CaseStatus
  readonly confirmedAt: number
  readonly updatedAt: number
  readonly result: CaseResult | null
  readonly filedBy: string | null
  readonly dueAt: number | null
  readonly chosen: Chosen | undefined
  readonly hold: Hold | undefined
  readonly satisfaction: unknown
  /** Undefined for a record of another version. */
  readonly record: ComplaintRecord | undefined
}

/** One thing that happened to a case. */
export interface CaseEventRow {
  readonly seq: number
  readonly at: number
  readonly actor: string
  readonly kind: string
  readonly status: CaseStatus
  readonly words: string
  readonly note: string
  readonly detail: unknown
}

export interface CaseFileRow {
  readonly attachment: string
  readonly hash: string
  readonly kind: string
  readonly size: number
  readonly caption: string
  readonly clear: boolean | null
}

/** A case with all that stands beside its record. */
export interface WholeCase extends CaseRow {
  readonly events: readonly CaseEventRow[]
  readonly files: readonly CaseFileRow[]
  readonly purposes: readonly Purpose[]
}

/** Which cases: those not closed, those of one status, those confirmed since a moment (milliseconds UTC). */
export interface WhichCases {
  readonly open?: boolean | undefined
  readonly status?: CaseStatus | undefined
  readonly since?: number | undefined
}

/** @returns cases, the latest first. */
export async function readCases(store: Store, limit = 100, { open = false, status, since = 0 }: WhichCases = {}): Promise<readonly CaseRow[]> {
  const rows = await store.read((tx) =>
    tx
      .selectFrom('complaint')
      .selectAll()
      .where('confirmed_at', '>=', since)
      .$if(open, (query) => query.where('status', '!=', 'closed'))
      .$if(status !== undefined, (query) => query.where('status', '=', status as CaseStatus))
      .orderBy('confirmed_at', 'desc')
      .limit(limit)
      .execute(),
  )
  return rows.map(caseOf)
}

/** @returns one case, or undefined. */
export async function readCase(store: Store, number: string): Promise<WholeCase | undefined> {
  return store.read(async (tx) => {
    const row = await tx.selectFrom('complaint').selectAll().where('number', '=', number).executeTakeFirst()
    if (!row) return undefined
    const one = caseOf(row)
    const purposes = one.record ? await purposesNow(tx, number, one.record) : []
    return { ...one, purposes, events: await eventsOf(tx, number), files: await filesOf(tx, number) }
  })
}

/** @returns what happened to a case, in order. */
export async function eventsOf(tx: Tx, number: string): Promise<readonly CaseEventRow[]> {
  const rows = await tx.selectFrom('case_event').selectAll().where('number', '=', number).orderBy('seq').execute()
  return rows.map(({ number: _of, detail, ...row }) => ({ ...row, detail: JSON.parse(detail) as unknown }))
}

/** @returns the files of a case. */
export async function filesOf(tx: Tx, number: string): Promise<readonly CaseFileRow[]> {
  const rows = await tx.selectFrom('case_file').selectAll().where('number', '=', number).orderBy('added_at').orderBy('attachment').execute()
  return rows.map(({ attachment, hash, kind, size, caption, clear }) => ({
    ...{ attachment, hash, kind, size, caption },
    clear: clear === null ? null : clear === 1,
  }))
}

function caseOf(row: ComplaintTable): CaseRow {
  return {
    ...{ number: row.number, person: row.person, channel: row.channel, conversation: row.told_in, status: row.status, result: row.result },
    ...{ confirmedAt: row.confirmed_at, updatedAt: row.updated_at, filedBy: row.filed_by, dueAt: row.due_at },
    ...{ chosen: chosenOf(row.chosen), hold: holdOf(row.hold), satisfaction: row.satisfaction && JSON.parse(row.satisfaction) },
    record: parsed(recordSchema, row.record),
  }
}
