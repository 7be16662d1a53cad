/** Personal data in the console: consents, what people ask about their data, how long it is kept, handing it out and erasing it, and whom a breach touches. */
import { z } from 'zod'
import { type AuditDetail, writtenReason } from '../../bot/audit/entry.ts'
import type { HolidayCalendar } from '../../bot/calendar/holidays.ts'
import { CONSENT_WAYS } from '../../bot/case/filing.ts'
import { parseCaseNumber } from '../../bot/case/number.ts'
import { PURPOSES, type Purpose } from '../../bot/complaint/consent.ts'
import type { Permission } from '../../bot/officers/permissions.ts'
import { type AffectedPerson, BREACH_SCOPES, type BreachSpan, breachCounts, noticeDeadline } from '../../bot/privacy/breach.ts'
import { countsText, type ErasedCounts } from '../../bot/privacy/erasure.ts'
import { exportDocument } from '../../bot/privacy/export.ts'
import { REGISTER_PURPOSES } from '../../bot/privacy/register.ts'
import { REQUEST_KINDS, REQUEST_RESULTS, REQUEST_WAYS, requestDue, requestState } from '../../bot/privacy/requests.ts'
import { keptDays, RETENTION_CLASSES, type RetentionDone, type RetentionName, type RetentionRules } from '../../bot/privacy/retention.ts'
import {
  BREACH_COLUMNS,
  BREACH_LAW,
  ERASED_SAYS,
  PRIVACY_SAYS,
  REQUEST_GOAL,
  RETENTION_DOES,
  RETENTION_SAYS,
} from '../../bot/wording/privacy-desk.ts'
import { channelName, YES_NO } from '../../bot/wording/report.ts'
import { addDays, isDay } from '../../knowledge/language/calendar-days.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { writeCsv } from '../report/csv.ts'
import { appendAudit } from '../storage/audit-store.ts'
import { readAffected } from '../storage/breach-store.ts'
import { endOf } from '../storage/case-store.ts'
import type { Store } from '../storage/database.ts'
import { readHeld, recordExport } from '../storage/held-store.ts'
import { erasePerson, findByAddress, peopleOfMatter, personOf, personOfCase, planRetention, previewErasure } from '../storage/privacy-store.ts'
import {
  addRequest,
  answeredRequests,
  answerRequest,
  type ConsentRow,
  openRequests,
  type Place,
  type RequestRow,
  readConsents,
  retentionRuns,
  withdrawConsent,
  withdrawSubscription,
} from '../storage/register-store.ts'
import type { AuditTable } from '../storage/tables.ts'
import type {
  BreachView,
  ConsentsView,
  ConsentView,
  PeopleView,
  PersonView,
  RequestsView,
  RequestView,
  RetentionClassView,
  RetentionRunView,
  RetentionView,
  Said,
} from './privacy-contract.ts'
import { type Asked, type ConsoleRoute, Download, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface PrivacyParts {
  readonly store: Store
  readonly calendar: Pick<HolidayCalendar, 'dayOff'>
  readonly rules: RetentionRules
  readonly nameOf: (officer: string) => string
  /** Removes what is past its time, as the service does every day. */
  readonly retain: (by: string, now: number) => Promise<RetentionDone>
  /** What an erasure leaves: tombstones to keep beside the database, files that nobody names, copies in the log. */
  readonly cleanUp: (unusedHashes: readonly string[]) => Promise<void>
}

const PRIVACY: Permission = 'privacy'
/** Only an administrator may do what this stands for. */
const RUNNING: Permission = 'officer.manage'
const PAGE = 50
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

const line = z.string().max(500)
const before = z.string().max(200).optional()
const whoShape = { case: z.string().max(100).optional(), conversation: z.string().max(200).optional() }

const consentsQuery = z.object({ purpose: z.enum(REGISTER_PURPOSES).optional(), standing: z.enum(['yes', 'no']).optional(), before })
const withdrawBody = z.union([
  z.strictObject({ case: z.string().max(100), purpose: z.enum(PURPOSES) }),
  z.strictObject({ conversation: z.string().min(1).max(200) }),
])
const pagedQuery = z.object({ before })
const requestBody = z.strictObject({
  ...{ kind: z.enum(REQUEST_KINDS), way: z.enum(REQUEST_WAYS), askedOn: z.string().refine(isDay), note: line.default('') },
  ...whoShape,
})
const answerBody = z.strictObject({ result: z.enum(REQUEST_RESULTS), outcome: line.default('') })
const peopleQuery = z.object({ code: z.string().max(100) })
const whoQuery = z.object(whoShape)
const eraseBody = z.strictObject({ ...whoShape, why: line })
const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/)
  .refine((given) => isDay(given.slice(0, 10)))
  .transform((given) => Date.parse(`${given}:00+07:00`))
const spanShape = {
  from: moment,
  to: moment,
  channel: z
    .string()
    .regex(/^[a-z0-9_-]{1,40}$/)
    .optional(),
  scope: z.enum(BREACH_SCOPES).default('active'),
}
const breachQuery = z.object({ ...spanShape, foundAt: moment.optional() })
const listQuery = z.object(spanShape)

/** @returns the routes below `/privacy`. */
export function privacyRoutes(parts: PrivacyParts): readonly ConsoleRoute[] {
  return [...consentRoutes(parts), ...requestRoutes(parts), ...retentionRoutes(parts), ...personRoutes(parts), ...breachRoutes(parts)]
}

// ── places in a list ────────────────────────────────────────────────────────────────────────────

const placeText = (place: Place | null): string | null => place && `${place.at}:${place.key}`

function placeOf(text: string | undefined): Place | undefined {
  if (text === undefined) return undefined
  const [, at, key] = /^(-?\d{1,16}):(\S+)$/.exec(text) ?? []
  if (at === undefined || key === undefined) throw new ConsoleTrouble('bad_request')
  return { at: Number(at), key }
}

// ── consents ────────────────────────────────────────────────────────────────────────────────────

function consentRoutes(parts: PrivacyParts): readonly ConsoleRoute[] {
  return [
    route({
      ...{ method: 'GET', url: '/privacy/consents', may: PRIVACY, query: consentsQuery },
      handle: ({ query }) => consents(parts, query),
    }),
    route({
      ...{ method: 'POST', url: '/privacy/consents/withdraw', may: PRIVACY, body: withdrawBody },
      handle: ({ body, officer, now }) => withdraw(parts, body, officer, now),
    }),
  ]
}

async function consents({ store }: PrivacyParts, { purpose, standing, before: from }: z.output<typeof consentsQuery>): Promise<ConsentsView> {
  const filter = { purpose, ...(standing === undefined ? {} : { standing: standing === 'yes' }) }
  const { rows, next } = await readConsents(store, filter, placeOf(from), PAGE)
  return { rows: rows.map(consentView), next: placeText(next) }
}

function consentView({ message, ...row }: ConsentRow): ConsentView {
  const way = CONSENT_WAYS.find((one) => message === `office:${one}`)
  return { ...row, how: way ?? 'chat', message: way ? null : message }
}

async function withdraw({ store }: PrivacyParts, body: z.output<typeof withdrawBody>, { id: by }: SignedIn, now: number): Promise<object> {
  const done = 'case' in body ? withdrawConsent(store, { ...inCase(body), by }, now) : withdrawSubscription(store, { ...body, by }, now)
  if (!(await done)) throw new ConsoleTrouble('conflict', PRIVACY_SAYS.notStanding)
  return {}
}

function inCase({ case: text, purpose }: { readonly case: string; readonly purpose: Purpose }) {
  const number = parseCaseNumber(text)
  if (typeof number !== 'string') throw new ConsoleTrouble('not_found', PRIVACY_SAYS.nobody)
  return { number, purpose }
}

// ── requests ────────────────────────────────────────────────────────────────────────────────────

function requestRoutes(parts: PrivacyParts): readonly ConsoleRoute[] {
  return [
    route({
      ...{ method: 'GET', url: '/privacy/requests', may: PRIVACY, query: pagedQuery },
      handle: ({ query, now }) => requests(parts, query.before, now),
    }),
    route({
      ...{ method: 'POST', url: '/privacy/requests', may: PRIVACY, body: requestBody },
      handle: ({ body, officer, now }) => enter(parts, body, officer, now),
    }),
    route({
      ...{ method: 'POST', url: '/privacy/requests/:id/answer', may: PRIVACY, body: answerBody },
      handle: (asked) => answer(parts, asked, asked.body),
    }),
  ]
}

async function requests(parts: PrivacyParts, from: string | undefined, now: number): Promise<RequestsView> {
  const open = await openRequests(parts.store)
  const { rows, next } = await answeredRequests(parts.store, placeOf(from), PAGE)
  const view = (row: RequestRow) => requestView(parts, row, now)
  return { goal: REQUEST_GOAL, open: open.map(view), answered: rows.map(view), next: placeText(next) }
}

function requestView({ calendar, nameOf }: PrivacyParts, { by, doneBy, dueAt, ...row }: RequestRow, now: number): RequestView {
  const until = dueAt ?? endOf(requestDue(calendar, dayInVietnam(new Date(row.askedAt))))
  const named = (officer: string | null) => officer && nameOf(officer)
  return {
    ...{ ...row, by: named(by), doneBy: named(doneBy) },
    ...{ due: dayInVietnam(new Date(until - 1)), state: requestState({ dueAt: until, doneAt: row.doneAt }, now) },
  }
}

const LONGEST_AGO_DAYS = 366

async function enter(parts: PrivacyParts, { kind, way, askedOn, note, ...who }: z.output<typeof requestBody>, officer: SignedIn, now: number) {
  const today = dayInVietnam(new Date(now))
  if (askedOn > today || askedOn < addDays(today, -LONGEST_AGO_DAYS)) throw new ConsoleTrouble('bad_request', PRIVACY_SAYS.askedOn)
  const found = who.case || who.conversation ? await personNamed(parts, who) : NOBODY
  const times = { askedAt: askedOn === today ? now : endOf(askedOn) - DAY_MS, dueAt: endOf(requestDue(parts.calendar, askedOn)) }
  return { id: await addRequest(parts.store, { ...found, kind, way, note, ...times, by: officer.id }, now) }
}

async function answer(
  { store }: PrivacyParts,
  { params, officer, now }: Pick<Asked, 'params' | 'officer' | 'now'>,
  { result, outcome }: z.output<typeof answerBody>,
): Promise<object> {
  if (result !== 'done' && writtenReason(outcome) === '') throw new ConsoleTrouble('bad_request', PRIVACY_SAYS.outcome)
  const done = await answerRequest(store, params['id'] ?? '', { result, outcome, by: officer.id }, now)
  if (done === 'missing') throw new ConsoleTrouble('not_found')
  if (done === 'already') throw new ConsoleTrouble('conflict', PRIVACY_SAYS.answered)
  return {}
}

// ── one person ──────────────────────────────────────────────────────────────────────────────────

type Who = z.output<typeof whoQuery>
interface Named {
  readonly person: string
  readonly number: string | null
}
const NOBODY = { person: null, number: null } as const

async function personNamed({ store }: PrivacyParts, { case: text, conversation }: Who): Promise<Named> {
  if (Boolean(text) === Boolean(conversation)) throw new ConsoleTrouble('bad_request', PRIVACY_SAYS.who)
  const number = text ? parseCaseNumber(text) : null
  const person = typeof number === 'string' ? await personOfCase(store, number) : await personOf(store, conversation ?? '')
  if (person === undefined) throw new ConsoleTrouble('not_found', PRIVACY_SAYS.nobody)
  return { person, number: typeof number === 'string' ? number : null }
}

function personRoutes(parts: PrivacyParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/privacy/people', may: PRIVACY, query: peopleQuery, handle: ({ query }) => people(parts, query.code.trim()) }),
    route({ method: 'GET', url: '/privacy/person', may: PRIVACY, query: whoQuery, handle: ({ query }) => personView(parts, query) }),
    route({
      ...{ method: 'GET', url: '/privacy/person/export', may: PRIVACY, query: whoQuery },
      handle: ({ query, officer, now }) => handOut(parts, query, officer, now),
    }),
    route({
      ...{ method: 'POST', url: '/privacy/person/erase', may: PRIVACY, body: eraseBody },
      handle: ({ body, officer, now }) => erase(parts, body, officer, now),
    }),
  ]
}

const VISITOR = /^[a-z0-9]{4,64}$/i

async function people({ store }: PrivacyParts, code: string): Promise<PeopleView> {
  if (!VISITOR.test(code)) throw new ConsoleTrouble('bad_request', PRIVACY_SAYS.code)
  return { found: await findByAddress(store, code) }
}

/** A person who went on with a matter on other channels has a pseudonym on each. */
async function pseudonyms(parts: PrivacyParts, who: Who): Promise<readonly string[]> {
  return peopleOfMatter(parts.store, (await personNamed(parts, who)).person)
}

async function personView(parts: PrivacyParts, who: Who): Promise<PersonView> {
  const names = await pseudonyms(parts, who)
  const counts = summed(await eachOf(names, (person) => previewErasure(parts.store, person)))
  return { pseudonyms: names, sentence: countsText(counts), heldCases: counts.heldCases }
}

async function eachOf<T>(names: readonly string[], does: (person: string) => Promise<T>): Promise<readonly T[]> {
  const done: T[] = []
  for (const person of names) done.push(await does(person))
  return done
}

function summed(parts: readonly ErasedCounts[]): ErasedCounts {
  const sum = (of: (part: ErasedCounts) => number) => parts.reduce((all, part) => all + of(part), 0)
  return {
    ...{ conversations: sum((part) => part.conversations), messages: sum((part) => part.messages), attachments: sum((part) => part.attachments) },
    ...{ cases: sum((part) => part.cases), heldCases: sum((part) => part.heldCases) },
  }
}

/** Everything that is held, for the person themselves: unlike every other export it is whole, and the audit knows of it before it leaves. */
async function handOut(parts: PrivacyParts, who: Who, officer: SignedIn, now: number): Promise<Download> {
  const { store } = parts
  const held = (await eachOf(await pseudonyms(parts, who), (person) => readHeld(store, person))).filter((one) => one !== undefined)
  if (held.length === 0) throw new ConsoleTrouble('not_found', PRIVACY_SAYS.nobody)
  for (const one of held) await recordExport(store, one, officer.id, now)
  const text = JSON.stringify(
    held.map((one) => exportDocument(one, now)),
    null,
    2,
  )
  return new Download(Buffer.from(`${text}\n`), 'application/json; charset=utf-8', `du-lieu-ca-nhan-${dayInVietnam(new Date(now))}.json`)
}

async function erase(parts: PrivacyParts, { why, ...who }: z.output<typeof eraseBody>, officer: SignedIn, now: number): Promise<Said> {
  if (writtenReason(why) === '') throw new ConsoleTrouble('bad_request', PRIVACY_SAYS.why)
  const order = { by: officer.id, why }
  const erased = await eachOf(await pseudonyms(parts, who), (person) => erasePerson(parts.store, { ...order, person }, now))
  await parts.cleanUp(erased.flatMap(({ unusedHashes }) => unusedHashes))
  return { sentence: ERASED_SAYS(countsText(summed(erased))) }
}

// ── how long it is kept ─────────────────────────────────────────────────────────────────────────

function retentionRoutes(parts: PrivacyParts): readonly ConsoleRoute[] {
  return [
    route({
      ...{ method: 'GET', url: '/privacy/retention', may: PRIVACY, query: pagedQuery },
      handle: ({ query, now }) => retention(parts, query.before, now),
    }),
    route({ method: 'POST', url: '/privacy/retention', may: RUNNING, handle: ({ officer, now }) => retain(parts, officer, now) }),
  ]
}

const RETENTION_NAMES = Object.keys(RETENTION_CLASSES) as RetentionName[]

async function retention(parts: PrivacyParts, from: string | undefined, now: number): Promise<RetentionView> {
  if (from !== undefined && !/^\d{1,15}$/.test(from)) throw new ConsoleTrouble('bad_request')
  const { classes, held } = await planRetention(parts.store, parts.rules, now)
  const runs = await retentionRuns(parts.store, from === undefined ? undefined : Number(from), PAGE + 1)
  const log = runs.slice(0, PAGE).map((run) => runView(parts, run))
  return {
    classes: RETENTION_NAMES.map((id) => ({ ...classView(id, parts.rules), ...classes[id] })),
    held: { due: held.due, oldest: held.oldest },
    ...{ log, next: runs.length > PAGE ? String(log.at(-1)?.number) : null },
  }
}

function classView(id: RetentionName, rules: RetentionRules): Omit<RetentionClassView, 'due' | 'oldest' | 'newest'> {
  const { name, why, does } = RETENTION_CLASSES[id]
  return { id, name, why, does: RETENTION_DOES[does], days: keptDays(id, rules) }
}

const ranSchema = z.object({
  ...{ class: z.string().default(''), conversations: z.int().default(0), messages: z.int().default(0) },
  ...{ files: z.int().default(0), cases: z.int().default(0), count: z.int().default(0) },
})

function runView({ nameOf }: PrivacyParts, { number, at, actor, detail }: AuditTable): RetentionRunView {
  const { class: code, files: attachments, count, ...counts } = ranSchema.parse(JSON.parse(detail))
  const id = RETENTION_NAMES.find((one) => one === code)
  const by = actor === 'service' ? RETENTION_SAYS.service : nameOf(actor)
  return {
    number,
    at,
    by,
    name: id ? RETENTION_CLASSES[id].name : code,
    removed: count > 0 ? RETENTION_SAYS.rows(count) : countsText({ ...counts, attachments }),
  }
}

async function retain(parts: PrivacyParts, officer: SignedIn, now: number): Promise<Said> {
  const done = await parts.retain(officer.id, now)
  await parts.cleanUp(done.unusedHashes)
  return { sentence: RETENTION_SAYS.ran(countsText(done), done) }
}

// ── a breach ────────────────────────────────────────────────────────────────────────────────────

function breachRoutes(parts: PrivacyParts): readonly ConsoleRoute[] {
  return [
    route({
      ...{ method: 'GET', url: '/privacy/breach', may: PRIVACY, query: breachQuery },
      handle: ({ query, now }) => breach(parts, query, now),
    }),
    route({
      ...{ method: 'GET', url: '/privacy/breach/people.csv', may: PRIVACY, query: listQuery },
      handle: ({ query, officer, now }) => breachList(parts, query, officer, now),
    }),
  ]
}

type SpanAsked = z.output<typeof listQuery>

/** The last minute that was named is within. */
function spanOf({ from, to, channel, scope }: SpanAsked): BreachSpan {
  if (from > to) throw new ConsoleTrouble('bad_request', PRIVACY_SAYS.span)
  return { from, to: to + MINUTE_MS, scope, channel }
}

async function breach({ store }: PrivacyParts, query: z.output<typeof breachQuery>, now: number): Promise<BreachView> {
  const { foundAt } = query
  if (foundAt !== undefined && foundAt > now) throw new ConsoleTrouble('bad_request', PRIVACY_SAYS.foundAt)
  const affected = await readAffected(store, spanOf(query))
  const noticeUntil = foundAt === undefined ? null : noticeDeadline(foundAt)
  return { ...breachCounts(affected), channels: byChannel(affected), noticeUntil, law: BREACH_LAW }
}

function byChannel(affected: readonly AffectedPerson[]): BreachView['channels'] {
  return [...new Set(affected.map(({ channel }) => channel))].sort().map((channel) => {
    const there = breachCounts(affected.filter((one) => one.channel === channel))
    return { channel, people: there.people, cases: there.cases }
  })
}

async function breachList({ store }: PrivacyParts, query: SpanAsked, officer: SignedIn, now: number): Promise<Download> {
  const span = spanOf(query)
  const affected = await readAffected(store, span)
  const { people: count, conversations, cases } = breachCounts(affected)
  const detail: AuditDetail = { code: span.scope, count, conversations, cases }
  const subject = `breach:${span.channel ?? 'all'}:${span.from}..${span.to}`
  await store.write((tx) => appendAudit(tx, { actor: officer.id, action: 'data.breach_listed', subject, detail }, now))
  return new Download(writeCsv([BREACH_COLUMNS, ...affected.map(affectedCells)]), 'text/csv; charset=utf-8', 'nguoi-bi-anh-huong.csv')
}

function affectedCells({ person, channel, conversations, cases, phoneKnown }: AffectedPerson) {
  return [person, channelName(channel), conversations, cases.join(' '), phoneKnown ? YES_NO.yes : YES_NO.no]
}
