/**
 * What reports are counted from, a page at a time, and the reports that were made. Conversations are removed after some months and a year is longer,
 * so each day's are counted once and the counts kept:
 *
 *   ───── counted and kept, a row a day ─────┤├── too young, counted when asked ──┤ now
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { recordSchema } from '../../bot/complaint/confirmed.ts'
import { type Facts, factsSchema } from '../../bot/complaint/facts.ts'
import { type CountedDay, type DayCount, daySchema } from '../../bot/report/day.ts'
import { type FrozenReport, reportHash } from '../../bot/report/frozen.ts'
import type { ReportedCase, ReportedEvent } from '../../bot/report/lines.ts'
import type { Period } from '../../bot/report/shape.ts'
import { addDays } from '../../knowledge/language/calendar-days.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import { isCitizens } from './alert-store.ts'
import { appendAudit } from './audit-store.ts'
import { chosenOf, endOf } from './case-store.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'
import type { CaseEventTable, ComplaintTable, ReportTable } from './tables.ts'

const DAY_MS = 86_400_000
const PAGE = 200

interface Span {
  /** Milliseconds UTC; `end` is the first moment after it. */
  readonly start: number
  readonly end: number
}

const spanOf = ({ from, to }: Period): Span => ({ start: endOf(from) - DAY_MS, end: endOf(to) })

// ── cases ───────────────────────────────────────────────────────────────────────────────────────

/** @returns the cases received in the period, and those received before that were not closed before it; in order of confirmation. */
export async function reportedCases(store: Store, period: Period): Promise<readonly ReportedCase[]> {
  const found: ReportedCase[] = []
  for (;;) {
    const last = found.at(-1)
    const page = await store.read((tx) => casePage(tx, spanOf(period), last))
    found.push(...page)
    if (page.length < PAGE) return found
  }
}

type Place = Pick<ReportedCase, 'confirmedAt' | 'number'>

async function casePage(tx: Tx, { start, end }: Span, after: Place | undefined): Promise<readonly ReportedCase[]> {
  const rows = await tx
    .selectFrom('complaint')
    .selectAll()
    .where('confirmed_at', '<', end)
    .where('confirmed_at', '>=', after?.confirmedAt ?? Number.MIN_SAFE_INTEGER)
    .where((eb) => eb.or([eb('confirmed_at', '>=', start), eb('closed_at', 'is', null), eb('closed_at', '>=', start)]))
    .where((eb) => eb.or([eb('confirmed_at', '>', after?.confirmedAt ?? Number.MIN_SAFE_INTEGER), eb('number', '>', after?.number ?? '')]))
    .orderBy('confirmed_at')
    .orderBy('number')
    .limit(PAGE)
    .execute()
  const events = await eventsIn(
    tx,
    rows.map(({ number }) => number),
  )
  return rows.map((row) => caseOf(row, events.get(row.number) ?? []))
}

async function eventsIn(tx: Tx, numbers: readonly string[]): Promise<ReadonlyMap<string, readonly ReportedEvent[]>> {
  const events = new Map<string, ReportedEvent[]>(numbers.map((number) => [number, []]))
  if (numbers.length === 0) return events
  const rows = await tx
    .selectFrom('case_event')
    .select(['number', 'at', 'actor', 'kind', 'detail'])
    .where('number', 'in', numbers)
    .orderBy('number')
    .orderBy('seq')
    .execute()
  for (const row of rows) events.get(row.number)?.push(eventOf(row))
  return events
}

const toldSchema = z.object({ facts: factsSchema })

function eventOf({ at, actor, kind, detail }: Pick<CaseEventTable, 'at' | 'actor' | 'kind' | 'detail'>): ReportedEvent {
  const facts: Facts = kind === 'added' ? (parsed(toldSchema, detail)?.facts ?? {}) : {}
  return { at, actor, kind, facts }
}

const ratedSchema = z.object({ satisfied: z.boolean() })

function caseOf(row: ComplaintTable, events: readonly ReportedEvent[]): ReportedCase {
  return {
    ...{ number: row.number, person: row.person, channel: row.channel, byOfficer: row.filed_by !== null, status: row.status, result: row.result },
    ...{ confirmedAt: row.confirmed_at, dueAt: row.due_at, closedAt: row.closed_at, chosen: chosenOf(row.chosen)?.name ?? null },
    satisfied: row.satisfaction === null ? null : (parsed(ratedSchema, row.satisfaction)?.satisfied ?? null),
    ...{ record: parsed(recordSchema, row.record), events },
  }
}

// ── conversations, by the day ───────────────────────────────────────────────────────────────────

/** Days of which something is known, in order, and since when anything is. */
export interface KnownDays {
  readonly days: readonly CountedDay[]
  readonly from: Day | null
}

/** @returns the days of the period: as they were kept, and counted now where they are too young for that. */
export async function countedDays(store: Store, period: Period, now: number): Promise<KnownDays> {
  const { from, kept, next } = await store.read((tx) => knownDays(tx, period))
  const days = [...kept]
  const last = [period.to, today(now)].sort()[0] as Day
  for (let day = [period.from, next ?? '9999-12-31'].sort()[1] as Day; day <= last; day = addDays(day, 1)) {
    const counted = await store.read((tx) => countDay(tx, day))
    days.push({ day, ...counted })
  }
  return { days, from }
}

const today = (now: number): Day => dayInVietnam(new Date(now))

/** `next`: the first day that is not kept; null where nothing was ever said. */
async function knownDays(tx: Tx, { from, to }: Period) {
  const ends = await tx
    .selectFrom('report_day')
    .select((eb) => [eb.fn.min('day').as('first'), eb.fn.max('day').as('last')])
    .executeTakeFirst()
  const rows = await tx.selectFrom('report_day').selectAll().where('day', '>=', from).where('day', '<=', to).orderBy('day').execute()
  const next = ends?.last ? addDays(ends.last, 1) : await firstDay(tx)
  return { kept: rows.flatMap(readDay), from: ends?.first ?? next, next }
}

function readDay({ day, content }: { readonly day: Day; readonly content: string }): readonly CountedDay[] {
  const counted = parsed(daySchema, content)
  return counted ? [{ day, ...counted }] : []
}

async function firstDay(tx: Tx): Promise<Day | null> {
  const decision = await tx
    .selectFrom('decision')
    .select((eb) => eb.fn.min('decided_at').as('at'))
    .executeTakeFirst()
  const episode = await tx
    .selectFrom('episode')
    .select((eb) => eb.fn.min('began_at').as('at'))
    .executeTakeFirst()
  const times = [decision?.at, episode?.at].filter((at) => typeof at === 'number')
  return times.length === 0 ? null : today(Math.min(...times))
}

/** Whoever waits is answered, or not, within this time. */
const SETTLED_DAYS = 2

/** Keeps the counts of every day that is over for good, before its conversations are removed. Again: changes nothing. @returns how many days were kept. */
export async function keepDays(store: Store, now: number): Promise<number> {
  const last = addDays(today(now), -1 - SETTLED_DAYS)
  const { next } = await store.read((tx) => knownDays(tx, { from: last, to: last }))
  let count = 0
  for (let day = next; day !== null && day <= last; day = addDays(day, 1), count++) await keepDay(store, day)
  return count
}

function keepDay(store: Store, day: Day): Promise<unknown> {
  return store.write(async (tx) =>
    tx
      .insertInto('report_day')
      .values({ day, content: JSON.stringify(await countDay(tx, day)) })
      .onConflict((conflict) => conflict.column('day').doNothing())
      .execute(),
  )
}

async function countDay(tx: Tx, day: Day): Promise<DayCount> {
  const span = spanOf({ from: day, to: day })
  const judged = await judgements(tx, span)
  return { answers: await answersIn(tx, span), chats: await waitsIn(tx, span), up: judged.get('up') ?? 0, down: judged.get('down') ?? 0 }
}

async function answersIn(tx: Tx, { start, end }: Span): Promise<DayCount['answers']> {
  const rows = await tx
    .selectFrom('decision as d')
    .innerJoin('conversation as c', 'c.id', 'd.conversation_id')
    .select((eb) => ['c.channel', 'd.kind', eb.fn.countAll<number>().as('count')])
    .where('d.decided_at', '>=', start)
    .where('d.decided_at', '<', end)
    .where((eb) => isCitizens(eb, 'c.id'))
    .groupBy(['c.channel', 'd.kind'])
    .orderBy('c.channel')
    .orderBy('d.kind')
    .execute()
  return rows.map(({ channel, kind, count }) => ({ channel, kind, count: Number(count) }))
}

async function judgements(tx: Tx, { start, end }: Span): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('feedback')
    .select((eb) => ['value', eb.fn.countAll<number>().as('count')])
    .where('at', '>=', start)
    .where('at', '<', end)
    .where((eb) => isCitizens(eb, 'feedback.conversation_id'))
    .groupBy('value')
    .execute()
  return new Map(rows.map(({ value, count }) => [value, Number(count)]))
}

/** Waits that began in the span. One that an officer's silence began goes on with an earlier one. */
async function waitsIn(tx: Tx, { start, end }: Span): Promise<DayCount['chats']> {
  const rows = await tx
    .selectFrom('episode as e')
    .innerJoin('conversation as c', 'c.id', 'e.conversation_id')
    .select(['e.conversation_id as conversation', 'e.number', 'e.began_at as began', 'c.channel'])
    .where('e.began_at', '>=', start)
    .where('e.began_at', '<', end)
    .where('e.owner', '=', 'waiting')
    .where((eb) => isCitizens(eb, 'c.id'))
    .where((eb) => eb.or([eb('e.reason', 'is', null), eb('e.reason', '!=', 'officer_silent')]))
    .orderBy('e.began_at')
    .orderBy('e.conversation_id')
    .execute()
  const waits: DayCount['chats'] = []
  for (const wait of rows) waits.push({ ref: `${wait.conversation}#${wait.number}`, channel: wait.channel, waitedMinutes: await waited(tx, wait) })
  return waits
}

const MINUTE_MS = 60_000

interface Wait {
  readonly conversation: string
  readonly number: number
  readonly began: number
}

/** @returns the minutes until an officer's first words; null where the conversation went back to the assistant or was closed before any. */
async function waited(tx: Tx, wait: Wait): Promise<number | null> {
  const first = Math.min((await firstWords(tx, wait)) ?? Number.POSITIVE_INFINITY, (await firstTyped(tx, wait)) ?? Number.POSITIVE_INFINITY)
  return first <= (await endOfWait(tx, wait)) && Number.isFinite(first) ? Math.round((first - wait.began) / MINUTE_MS) : null
}

async function firstWords(tx: Tx, { conversation, began }: Wait): Promise<number | null | undefined> {
  const row = await tx
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('created_at').as('at'))
    .where('conversation_id', '=', conversation)
    .where('author', '=', 'staff')
    .where('created_at', '>=', began)
    .executeTakeFirst()
  return row?.at
}

/** Words that an officer wrote in the platform's own console come in like a message. */
async function firstTyped(tx: Tx, { conversation, began }: Wait): Promise<number | null | undefined> {
  const row = await tx
    .selectFrom('decision')
    .select((eb) => eb.fn.min('decided_at').as('at'))
    .where('conversation_id', '=', conversation)
    .where('reason', '=', 'officer_wrote')
    .where('decided_at', '>=', began)
    .executeTakeFirst()
  return row?.at
}

async function endOfWait(tx: Tx, { conversation, number }: Wait): Promise<number> {
  const row = await tx
    .selectFrom('episode')
    .select((eb) => eb.fn.min('began_at').as('at'))
    .where('conversation_id', '=', conversation)
    .where('number', '>', number)
    .where('owner', 'in', ['bot', 'closed'])
    .executeTakeFirst()
  return row?.at ?? Number.POSITIVE_INFINITY
}

// ── reports that were made ──────────────────────────────────────────────────────────────────────

export interface Making {
  readonly year: number
  readonly report: FrozenReport
  readonly by: { readonly id: string; readonly name: string }
}

/** Keeps a report as it is, and says so in the audit. @returns its id. `now` in milliseconds UTC. */
export function keepReport(store: Store, { year, report, by }: Making, now: number): Promise<string> {
  const [id, content] = [randomUUID(), JSON.stringify(report)]
  return store.write(async (tx) => {
    await tx
      .insertInto('report')
      .values({ id, year, made_at: now, made_by: by.name, content, sha256: reportHash(content) })
      .execute()
    await appendAudit(tx, { actor: by.id, action: 'report.made', subject: `report:${id}`, detail: { cases: report.basis.cases.length } }, now)
    return id
  })
}

const MOST_LISTED = 200

/** @returns the reports that were made, the latest first, without what they say. */
export function listReports(store: Store): Promise<readonly Omit<ReportTable, 'content'>[]> {
  return store.read((tx) =>
    tx
      .selectFrom('report')
      .select(['id', 'year', 'made_at', 'made_by', 'sha256'])
      .orderBy('made_at', 'desc')
      .orderBy('id')
      .limit(MOST_LISTED)
      .execute(),
  )
}

/** @returns one report as it is stored, or undefined. */
export function readReport(store: Store, id: string): Promise<ReportTable | undefined> {
  return store.read((tx) => tx.selectFrom('report').selectAll().where('id', '=', id).executeTakeFirst())
}
