/** Cases as they are stored, made into lines that name nobody. */
import { fold } from '../../knowledge/language/normalise.ts'
import type { Day } from '../../knowledge/validity.ts'
import type { HolidayCalendar } from '../calendar/holidays.ts'
import { workingDaysBetween } from '../calendar/working-days.ts'
import type { ComplaintRecord } from '../complaint/confirmed.ts'
import type { Facts } from '../complaint/facts.ts'
import type { CaseResult, CaseStatus } from '../complaint/status.ts'
import { PLATFORM_NAME } from '../wording/complaint.ts'
import { REPORT } from '../wording/report.ts'
import { sellersOf } from './sellers.ts'
import type { CaseLine, Period } from './shape.ts'

/** One thing that happened to a case; `facts` where the person told some anew. Milliseconds UTC. */
export interface ReportedEvent {
  readonly at: number
  readonly actor: string
  readonly kind: string
  readonly facts: Facts
}

/** A case with all that a report reads of it. Times in milliseconds UTC. */
export interface ReportedCase {
  readonly number: string
  readonly person: string
  readonly channel: string
  readonly byOfficer: boolean
  readonly status: CaseStatus
  readonly result: CaseResult | null
  readonly confirmedAt: number
  readonly dueAt: number | null
  readonly closedAt: number | null
  /** Name of the chosen body. */
  readonly chosen: string | null
  readonly satisfied: boolean | null
  /** Undefined for a record of another version: the case counts all the same. */
  readonly record: ComplaintRecord | undefined
  /** In order. */
  readonly events: readonly ReportedEvent[]
}

export interface Counting {
  readonly period: Period
  readonly calendar: Pick<HolidayCalendar, 'dayOff'>
  /** @returns the name of the group that an issue belongs to; undefined for one that is not known any more. */
  readonly groupOf: (issue: string) => string | undefined
  /** Milliseconds UTC. */
  readonly now: number
}

const VIETNAM_MS = 7 * 3_600_000
/** As `dayInVietnam`, which takes too long for the thousands of moments of a year: the country's clocks are never changed. */
const dayOf = (at: number): Day => new Date(at + VIETNAM_MS).toISOString().slice(0, 10)

/** @returns a line for each case, in order of confirmation. */
export function caseLines(cases: readonly ReportedCase[], counting: Counting): readonly CaseLine[] {
  const inOrder = cases
    .toSorted((a, b) => a.confirmedAt - b.confirmedAt || (a.number < b.number ? -1 : 1))
    .map((one) => ({ ...one, facts: factsNow(one) }))
  const people = new Map([...new Set(inOrder.map(({ person }) => person))].map((person, i) => [person, i + 1]))
  const sellers = sellersOf(inOrder.filter(({ confirmedAt }) => dayOf(confirmedAt) >= counting.period.from))
  const lines = inOrder.map((one) => ({
    ...received(one, counting),
    ...{ person: people.get(one.person) ?? 0, seller: sellers.get(one.number) ?? null },
    ...matter(one, counting),
    ...handled(one),
    ...clocks(one, counting),
  }))
  return spelledAlike(lines)
}

/** "xã ia krai" and "Xã Ia Krai" are one commune: each is written as most write it, of equals as the first did. */
function spelledAlike(lines: readonly CaseLine[]): readonly CaseLine[] {
  const counts = new Map<string, number>()
  for (const { commune } of lines) counts.set(commune, (counts.get(commune) ?? 0) + 1)
  const best = new Map<string, string>()
  for (const [commune] of [...counts].sort(([, a], [, b]) => b - a)) if (!best.has(fold(commune))) best.set(fold(commune), commune)
  return lines.map((line) => ({ ...line, commune: best.get(fold(line.commune)) ?? line.commune }))
}

type Told = ReportedCase & { readonly facts: Facts }

/** What was told last counts. */
function factsNow({ record, events }: ReportedCase): Facts {
  return Object.assign({}, record?.facts, ...events.map(({ facts }) => facts)) as Facts
}

function received({ number, channel, byOfficer, confirmedAt }: Told, { period }: Counting) {
  const receivedOn = dayOf(confirmedAt)
  return { number, receivedOn, carried: receivedOn < period.from, channel, byOfficer }
}

function matter({ record, facts }: Told, { groupOf }: Counting) {
  const { issue = null, issueTitle = '' } = record ?? {}
  return {
    ...{ group: (issue && groupOf(issue)) || REPORT.noGroup, issue: issueTitle || REPORT.noIssue },
    ...{ platform: facts.platform ? PLATFORM_NAME[facts.platform.value] : '', commune: communeOf(facts), amount: facts.amount?.value ?? null },
  }
}

const LONGEST_COMMUNE = 40

/** Whoever gives a whole address instead of a commune is not to be found by it. */
function communeOf({ commune }: Facts): string {
  const said = commune?.value.replace(/\s+/g, ' ').trim() ?? ''
  return said.length > LONGEST_COMMUNE || /\d{3}|,/.test(said) ? REPORT.unclearCommune : said
}

function handled({ record, chosen, status, result, closedAt, satisfied }: Told) {
  const suggested = record?.route[0]?.agency ?? ''
  return { suggested, chosen: chosen ?? '', status, result, closedOn: closedAt === null ? null : dayOf(closedAt), satisfied }
}

const DEEDS: ReadonlySet<string> = new Set(['receive', 'handle', 'ask_info', 'choose', 'transfer', 'answer', 'close'])

function clocks({ confirmedAt, dueAt, events }: Told, { calendar, now }: Counting) {
  // A clock that was set back makes nothing quicker than at once.
  const days = (from: number, to = Number.NaN) => (Number.isNaN(to) ? null : Math.max(0, workingDaysBetween(calendar, dayOf(from), dayOf(to))))
  const looked = events.find(({ actor, kind }) => actor !== 'person' && DEEDS.has(kind))?.at
  const transferred = events.find(({ kind }) => kind === 'transfer')?.at
  const [sent, answered] = bodyAnswer(events)
  return {
    ...{ lookedAfter: days(confirmedAt, looked), transferredAfter: days(confirmedAt, transferred) },
    ...{ bodyAnsweredAfter: sent === undefined ? null : days(sent, answered), overdue: dueAt !== null && (looked ?? now) >= dueAt },
  }
}

/** @returns when it last went to a body before the first answer after a transfer, and when that answer came. */
function bodyAnswer(events: readonly ReportedEvent[]): readonly [sent: number | undefined, answered: number | undefined] {
  const first = events.findIndex(({ kind }) => kind === 'transfer')
  const answer = first < 0 ? -1 : events.findIndex(({ kind }, i) => i > first && kind === 'answer')
  const sent = answer < 0 ? undefined : events.slice(0, answer).findLast(({ kind }) => kind === 'transfer')
  return [sent?.at, events[answer]?.at]
}
