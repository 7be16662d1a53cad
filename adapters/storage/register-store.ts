/** The registers of personal data: what people agreed to, what they ask about their data, and what was removed for its age. All read a page at a time. */
import { randomUUID } from 'node:crypto'
import { type ExpressionBuilder, sql } from 'kysely'
import { z } from 'zod'
import { writtenReason } from '../../bot/audit/entry.ts'
import { recordSchema } from '../../bot/complaint/confirmed.ts'
import { PURPOSES, type Purpose } from '../../bot/complaint/consent.ts'
import type { ConsentEnd, RegisterPurpose } from '../../bot/privacy/register.ts'
import type { RequestKind, RequestResult, RequestWay } from '../../bot/privacy/requests.ts'
import { appendAudit } from './audit-store.ts'
import { applyEvent } from './case-store.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'
import { unsubscribe } from './subscriber-store.ts'
import type { AuditTable, ComplaintTable, DataRequestTable, Tables } from './tables.ts'

/** Where a page ends: a time in milliseconds UTC, and what tells rows of the same time apart. The next page lies before it. */
export interface Place {
  readonly at: number
  readonly key: string
}

/** `next` is null on the last page. */
export interface Paged<Row> {
  readonly rows: readonly Row[]
  readonly next: Place | null
}

// biome-ignore lint/suspicious/noExplicitAny: the columns are named by the caller, beside the table
const before = (at: string, key: string, place: Place | undefined) => (eb: ExpressionBuilder<Tables, any>) =>
  place === undefined ? eb.lit(true) : eb.or([eb(at, '<', place.at), eb.and([eb(at, '=', place.at), eb(key, '<', place.key)])])

// ── consents ────────────────────────────────────────────────────────────────────────────────────

/** One thing that one person agreed to: in one case, or in a conversation. Times in milliseconds UTC. */
export interface ConsentRow {
  readonly number: string | null
  readonly conversation: string | null
  readonly purpose: RegisterPurpose
  readonly version: string
  readonly at: number
  /** The message in which it was said, or "office:" and how an officer was told; null where it is not known any more. */
  readonly message: string | null
  /** Since when it counts no more; null: it stands. */
  readonly endedAt: number | null
  readonly ended: ConsentEnd | null
}

export interface ConsentFilter {
  readonly purpose?: RegisterPurpose | undefined
  readonly standing?: boolean | undefined
}

/** What was agreed to at one place of the register. */
interface Placed {
  readonly place: Place
  readonly consents: readonly ConsentRow[]
}
/** @returns at most {@link GROUPS} groups before `place`, the latest first. */
type Source = (tx: Tx, place: Place | undefined) => Promise<readonly Placed[]>

/** Cases, conversations or calls read at once. */
const GROUPS = 100

/** @returns consents that fit, the latest first; a page ends with a whole case and holds at least `limit` while there are as many. */
export async function readConsents(store: Store, filter: ConsentFilter, from: Place | undefined, limit: number): Promise<Paged<ConsentRow>> {
  const rows: ConsentRow[] = []
  for (let place = from; ; ) {
    const groups = await store.read((tx) => nextGroups(tx, place))
    for (const group of groups) {
      place = group.place
      rows.push(...group.consents.filter((one) => fits(one, filter)))
      if (rows.length >= limit) return { rows, next: place }
    }
    if (groups.length < GROUPS) return { rows, next: null }
  }
}

function fits({ purpose, endedAt }: ConsentRow, filter: ConsentFilter): boolean {
  return (filter.purpose ?? purpose) === purpose && (filter.standing ?? endedAt === null) === (endedAt === null)
}

async function nextGroups(tx: Tx, place: Place | undefined): Promise<readonly Placed[]> {
  const found: Placed[] = []
  for (const source of [ofCases, ofSubscribers, ofCallBacks]) found.push(...(await source(tx, place)))
  return found.sort((a, b) => b.place.at - a.place.at || (a.place.key < b.place.key ? 1 : -1)).slice(0, GROUPS)
}

type RecordRow = Pick<ComplaintTable, 'number' | 'confirmed_at' | 'record'>

const ofCases: Source = async (tx, place) => {
  const rows: readonly RecordRow[] = await tx
    .selectFrom('complaint')
    .select(['number', 'confirmed_at', 'record'])
    .where(before('confirmed_at', 'number', place))
    .orderBy('confirmed_at', 'desc')
    .orderBy('number', 'desc')
    .limit(GROUPS)
    .execute()
  const withdrawals = await withdrawalsOf(
    tx,
    rows.map(({ number }) => number),
  )
  return rows.map((row) => ({ place: { at: row.confirmed_at, key: row.number }, consents: consentsOf(row, withdrawals) }))
}

interface Withdrawal {
  readonly number: string
  readonly at: number
  readonly purposes: readonly Purpose[]
}
const withdrawnSchema = z.object({ purposes: z.array(z.enum(PURPOSES)) })

async function withdrawalsOf(tx: Tx, numbers: readonly string[]): Promise<readonly Withdrawal[]> {
  if (numbers.length === 0) return []
  const rows = await tx
    .selectFrom('case_event')
    .select(['number', 'at', 'detail'])
    .where('number', 'in', numbers)
    .where('kind', '=', 'consents_withdrawn')
    .orderBy('at')
    .execute()
  return rows.map(({ number, at, detail }) => ({ number, at, purposes: parsed(withdrawnSchema, detail)?.purposes ?? [] }))
}

/** A record of another version lists nothing: what cannot be read is agreed to by nobody. */
function consentsOf({ number, record }: RecordRow, withdrawals: readonly Withdrawal[]): readonly ConsentRow[] {
  return (parsed(recordSchema, record)?.consents ?? []).map(({ purpose, version, at, message }) => {
    const withdrawn = withdrawals.find((one) => one.number === number && one.purposes.includes(purpose))
    return { number, conversation: null, purpose, version, at, message, ...ending(withdrawn?.at ?? null, 'withdrawn') }
  })
}

const ending = (endedAt: number | null, ended: ConsentEnd) => ({ endedAt, ended: endedAt === null ? null : ended })

/** Whoever asked to be told of warnings. */
const ofSubscribers: Source = async (tx, place) => {
  const rows = await tx
    .selectFrom('subscriber')
    .selectAll()
    .where(before('since', 'conversation_id', place))
    .orderBy('since', 'desc')
    .orderBy('conversation_id', 'desc')
    .limit(GROUPS)
    .execute()
  return rows.map(({ conversation_id: conversation, since: at, version, message, ended_at }) => {
    const consent = { number: null, conversation, purpose: 'subscription' as const, version, at, message, ...ending(ended_at, 'withdrawn') }
    return { place: { at, key: conversation }, consents: [consent] }
  })
}

const callConsentSchema = z.object({ version: z.string(), message: z.string(), at: z.int() })

/** Whoever left a number in the chat to be called: it counts until the call is done. */
const ofCallBacks: Source = async (tx, place) => {
  const rows = await tx
    .selectFrom('call_back')
    .select(['id', 'number', 'conversation_id as conversation', 'asked_at', 'consent', 'done_at', 'outcome'])
    .where('consent', 'is not', null)
    .where(before('asked_at', 'id', place))
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(GROUPS)
    .execute()
  return rows.map(({ id, number, conversation, asked_at, consent: json, done_at, outcome }) => {
    const consent = parsed(callConsentSchema, json ?? '')
    const end = ending(done_at, outcome === 'not_wanted' ? 'withdrawn' : 'used')
    return { place: { at: asked_at, key: id }, consents: consent ? [{ number, conversation, purpose: 'call_back', ...consent, ...end }] : [] }
  })
}

/** Writes down a withdrawal that an officer was told of, with the audit. @returns whether it was agreed to until now. `now` in milliseconds UTC. */
export function withdrawConsent(store: Store, { number, purpose, by }: WithdrawnHere, now: number): Promise<boolean> {
  return store.write(async (tx) => {
    const event = { kind: 'consents_withdrawn' as const, purposes: [purpose] }
    if ('refused' in (await applyEvent(tx, number, event, { actor: by, now, words: '', note: '' }))) return false
    await appendAudit(tx, { actor: by, action: 'case.changed', subject: `case:${number}`, detail: { code: event.kind } }, now)
    return true
  })
}

export interface WithdrawnHere {
  readonly number: string
  readonly purpose: Purpose
  readonly by: string
}

/** The same for somebody who told an officer that they wish to hear of warnings no more. */
export function withdrawSubscription(store: Store, { conversation, by }: { conversation: string; by: string }, now: number): Promise<boolean> {
  return store.write(async (tx) => {
    if (!(await unsubscribe(tx, conversation, now))) return false
    const entry = { actor: by, action: 'consent.withdrawn' as const, subject: `conversation:${conversation}`, detail: { code: 'subscription' } }
    await appendAudit(tx, entry, now)
    return true
  })
}

// ── requests ────────────────────────────────────────────────────────────────────────────────────

/** `automatic`: the service answered what was asked in the chat, at once. */
export type AnyResult = RequestResult | 'automatic'

/** One request, wherever it is stored. `dueAt` is null for what came in the chat: its day follows from `askedAt`. Times in milliseconds UTC. */
export interface RequestRow {
  readonly id: string
  readonly person: string | null
  readonly number: string | null
  readonly kind: RequestKind
  readonly way: RequestWay | 'chat'
  readonly askedAt: number
  readonly dueAt: number | null
  readonly by: string | null
  readonly note: string
  readonly doneAt: number | null
  readonly doneBy: string | null
  readonly result: AnyResult | null
  readonly outcome: string
}

const MOST_OPEN = 200

/** @returns requests that nobody has answered yet, the oldest first, at most two hundred. */
export function openRequests(store: Store): Promise<readonly RequestRow[]> {
  return store.read((tx) =>
    tx.selectFrom(everyRequest(tx)).selectAll().where('doneAt', 'is', null).orderBy('askedAt').orderBy('id').limit(MOST_OPEN).execute(),
  )
}

/** @returns requests that were answered, the latest first. */
export async function answeredRequests(store: Store, from: Place | undefined, limit: number): Promise<Paged<RequestRow>> {
  const found = await store.read((tx) =>
    tx
      .selectFrom(everyRequest(tx))
      .selectAll()
      .where('doneAt', 'is not', null)
      .where(before('askedAt', 'id', from))
      .orderBy('askedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute(),
  )
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: found.length > limit && last ? { at: last.askedAt, key: last.id } : null }
}

/** Those that an officer wrote down, and those that are stored where they were asked. */
const everyRequest = (tx: Tx) =>
  entered(tx).unionAll(awaitingErasure(tx)).unionAll(erasedByThemselves(tx)).unionAll(withdrawnConsents(tx)).unionAll(askedInChat(tx)).as('request')

const noText = () => sql<string | null>`cast(null as text)`
const noTime = () => sql<number | null>`cast(null as bigint)`
const text = <T extends string>(words: T) => sql<T>`${sql.lit(words)}`
/** Of requests that were answered by the service itself, at the moment in which they were made. */
const atOnce = () => [text('automatic').as('result'), text('').as('outcome')] as const

function entered(tx: Tx) {
  return tx
    .selectFrom('data_request')
    .select((eb) => [
      ...(['id', 'person', 'number', 'kind', 'way', 'asked_at as askedAt', 'due_at as dueAt', 'by', 'note'] as const),
      ...(['done_at as doneAt', 'done_by as doneBy', 'result'] as const),
      eb.fn.coalesce('outcome', text('')).as('outcome'),
    ])
    .$castTo<RequestRow>()
}

/** The reply goes out first; it takes minutes. */
function awaitingErasure(tx: Tx) {
  return tx
    .selectFrom('erasure as e')
    .innerJoin('conversation as c', 'c.id', 'e.conversation_id')
    .select([
      ...[sql`'erasure:' || e.conversation_id`.as('id'), 'c.person' as const, noText().as('number'), text('deletion').as('kind')],
      ...[text('chat').as('way'), 'e.asked_at as askedAt' as const, noTime().as('dueAt'), noText().as('by'), text('').as('note')],
      ...[noTime().as('doneAt'), noText().as('doneBy'), noText().as('result'), text('').as('outcome')],
    ])
    .$castTo<RequestRow>()
}

/** What is left of somebody who erased everything is the entry that says so. */
function erasedByThemselves(tx: Tx) {
  return tx
    .selectFrom('audit')
    .select([
      ...[sql`'erased:' || number`.as('id'), noText().as('person'), noText().as('number'), text('deletion').as('kind')],
      ...[text('chat').as('way'), 'at as askedAt' as const, noTime().as('dueAt'), noText().as('by'), text('').as('note')],
      ...['at as doneAt' as const, noText().as('doneBy'), ...atOnce()],
    ])
    .where('action', '=', 'person.erased')
    .where('actor', '=', 'person')
    .$castTo<RequestRow>()
}

function withdrawnConsents(tx: Tx) {
  return tx
    .selectFrom('case_event as v')
    .innerJoin('complaint as p', 'p.number', 'v.number')
    .select([
      ...[sql`'withdrawn:' || v.number || ':' || v.seq`.as('id'), 'p.person' as const, sql`v.number`.as('number')],
      ...[text('withdrawal').as('kind'), text('chat').as('way'), 'v.at as askedAt' as const, noTime().as('dueAt'), noText().as('by')],
      ...[text('').as('note'), 'v.at as doneAt' as const, noText().as('doneBy'), ...atOnce()],
    ])
    .where('v.kind', '=', text('consents_withdrawn'))
    .where('v.actor', '=', 'person')
    .$castTo<RequestRow>()
}

function askedInChat(tx: Tx) {
  return tx
    .selectFrom('decision as d')
    .innerJoin('conversation as w', 'w.id', 'd.conversation_id')
    .select([
      ...[sql`'asked:' || d.inbox_id`.as('id'), 'w.person' as const, noText().as('number'), text('access').as('kind')],
      ...[text('chat').as('way'), 'd.decided_at as askedAt' as const, noTime().as('dueAt'), noText().as('by'), text('').as('note')],
      ...['d.decided_at as doneAt' as const, noText().as('doneBy'), ...atOnce()],
    ])
    .where('d.reason', '=', text('own_data'))
    .$castTo<RequestRow>()
}

export interface NewRequest {
  readonly person: string | null
  readonly number: string | null
  readonly kind: RequestKind
  readonly way: RequestWay
  readonly askedAt: number
  /** The first moment after the last day. */
  readonly dueAt: number
  readonly by: string
  /** Kept as one line, with personal numbers masked. */
  readonly note: string
}

/** Writes a request down, and says so in the audit. @returns its id. `now` in milliseconds UTC. */
export function addRequest(store: Store, { askedAt, dueAt, note, ...given }: NewRequest, now: number): Promise<string> {
  const id = randomUUID()
  const times = { asked_at: askedAt, due_at: dueAt, done_at: null, done_by: null, result: null, outcome: null }
  return store.write(async (tx) => {
    await tx
      .insertInto('data_request')
      .values({ id, ...given, ...times, note: writtenReason(note) })
      .execute()
    await appendAudit(tx, { actor: given.by, action: 'data.requested', subject: `request:${id}`, detail: { code: given.kind } }, now)
    return id
  })
}

export interface Answer {
  readonly result: RequestResult
  /** Kept as one line, with personal numbers masked. */
  readonly outcome: string
  readonly by: string
}

/** Says what became of a request that an officer wrote down. @returns why it cannot be, else `answered`. `now` in milliseconds UTC. */
export function answerRequest(store: Store, id: string, { result, outcome, by }: Answer, now: number): Promise<'answered' | 'missing' | 'already'> {
  return store.write(async (tx) => {
    const row = await tx.selectFrom('data_request').select('done_at').where('id', '=', id).executeTakeFirst()
    if (!row) return 'missing'
    if (row.done_at !== null) return 'already'
    const done = { done_at: now, done_by: by, result, outcome: writtenReason(outcome) }
    await tx.updateTable('data_request').set(done).where('id', '=', id).execute()
    await appendAudit(tx, { actor: by, action: 'data.answered', subject: `request:${id}`, detail: { code: result } }, now)
    return 'answered'
  })
}

/** @returns the requests of one person that officers wrote down, the oldest first. */
export function requestsOf(tx: Tx, person: string): Promise<readonly DataRequestTable[]> {
  return tx.selectFrom('data_request').selectAll().where('person', '=', person).orderBy('asked_at').orderBy('id').execute()
}

/** That something was asked and answered stays; whom it was about, and what was noted, goes. */
export async function forgetRequests(tx: Tx, person: string): Promise<void> {
  await tx.updateTable('data_request').set({ person: null, number: null, note: '', outcome: '' }).where('person', '=', person).execute()
}

// ── what was removed for its age ────────────────────────────────────────────────────────────────

/** @returns the entries of the audit about retention with a number below `below` (undefined: all), the latest first. */
export function retentionRuns(store: Store, below: number | undefined, limit: number): Promise<readonly AuditTable[]> {
  return store.read((tx) => {
    const runs = tx.selectFrom('audit').selectAll().where('action', '=', 'retention.ran')
    const wanted = below === undefined ? runs : runs.where('number', '<', below)
    return wanted.orderBy('number', 'desc').limit(limit).execute()
  })
}
