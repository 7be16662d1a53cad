/** Cases as the console's page shows them: nothing is read or decided here but what follows from the rows. */

import type { HolidayCalendar } from '../../bot/calendar/holidays.ts'
import { type Clock, clocksOf } from '../../bot/case/clocks.ts'
import { type Cluster, clustersOf, plainPhone } from '../../bot/case/clusters.ts'
import { isDangerous } from '../../bot/case/harm.ts'
import { type CaseEventKind, possibleDeeds, type Satisfaction } from '../../bot/case/life.ts'
import type { Suggestion } from '../../bot/complaint/confirmed.ts'
import { CASE_OFFICE, CONSENT_WAY_WORDS, EVENT_WORDS, STATUS_WORDS } from '../../bot/wording/cases.ts'
import { CLOCK_WORDS } from '../../bot/wording/console.ts'
import { INTAKE_WAY, PURPOSE_LABEL } from '../../bot/wording/handover.ts'
import type { Agency } from '../../knowledge/agencies.ts'
import type { ComplaintKinds } from '../../knowledge/complaint-kinds.ts'
import { formatDay } from '../../knowledge/validity.ts'
import type { CaseEventRow, CaseRow, WholeCase } from '../storage/complaint-store.ts'
import type { HandoverRow } from '../storage/handover-store.ts'
import { fieldsOf } from './chat-view.ts'
import type { CaseItem, CaseView, ClockView, SuggestionView, TimelineRow } from './contract.ts'

export interface CaseViewParts {
  readonly kinds: ComplaintKinds
  readonly calendar: HolidayCalendar
  /** @returns the body that was called so when it was suggested, as it is called today. */
  readonly agencyNamed: (name: string) => Agency | undefined
  /** @returns the name under which an officer is known. */
  readonly nameOf: (officer: string) => string
}

/** @returns one line of the list. @param stopped numbers whose hand-over has stopped */
export function caseItemOf({ kinds, nameOf }: CaseViewParts, row: CaseRow, stopped: ReadonlySet<string>, now: number): CaseItem {
  const { number, status, result, channel, confirmedAt, dueAt, record, hold, filedBy, chosen } = row
  return {
    ...{ number, status, result, channel, confirmedAt, dueAt },
    issue: record?.issueTitle ?? CASE_OFFICE.unreadable,
    statusWords: STATUS_WORDS[status],
    overdue: isOverdue(row, now),
    danger: record !== undefined && isDangerous(kinds, record),
    held: hold !== undefined,
    stopped: stopped.has(number),
    filedBy: filedBy === null ? null : nameOf(filedBy),
    respondent: record?.facts.respondent?.value ?? '',
    amount: record?.facts.amount?.value ?? null,
    chosen: chosen?.name ?? null,
  }
}

/** The promise is that an officer has looked: it is kept by anything that an officer does. */
function isOverdue({ status, dueAt }: CaseRow, now: number): boolean {
  return status === 'confirmed' && dueAt !== null && dueAt <= now
}

/** @returns the numbers whose hand-over has stopped. */
export function stoppedOf(handovers: readonly HandoverRow[]): ReadonlySet<string> {
  return new Set(handovers.filter(({ state }) => state === 'gone' || state === 'given_up').map(({ number }) => number))
}

interface Beside {
  readonly handovers: readonly HandoverRow[]
  /** All cases, for whom else the seller is accused by. */
  readonly cases: readonly CaseRow[]
}

/** @returns a case with all that stands beside its record. */
export function caseViewOf(parts: CaseViewParts, found: WholeCase, { handovers, cases }: Beside, now: number): CaseView {
  const { record, files, purposes, chosen, hold, events, conversation, status, result } = found
  const satisfaction = (found.satisfaction ?? null) as Satisfaction | null
  const life = { status, result, purposes, chosen: chosen ?? null, hold: hold?.why ?? null, satisfaction }
  return {
    ...caseItemOf(parts, found, stoppedOf(handovers), now),
    conversation: conversation === '' ? null : conversation,
    story: record?.story ?? '',
    fields: record ? fieldsOf(record.facts) : [],
    account: record?.account?.shown ?? null,
    missing: record?.missing ?? [],
    files: files.map(({ attachment, kind, size, caption, clear }) => ({ id: attachment, kind, size, caption, clear })),
    consents: record ? consentsOf(record.consents, purposes) : [],
    suggestions: (record?.route ?? []).map((one) => suggestionOf(parts, one)),
    chosenBecause: chosen ? { agency: chosen.name, by: parts.nameOf(chosen.by), at: chosen.at, why: chosen.why } : null,
    hold: hold ? { why: hold.why, by: parts.nameOf(hold.by) } : null,
    timeline: events.map((event) => timelineRow(parts, event)),
    clocks: clocksOf(parts.calendar, { ...found, closed: status === 'closed' }, now).map(clockView),
    handovers: handovers.map(handoverView),
    cluster: clusterOf(cases, found.number, now),
    satisfaction,
    deeds: record ? possibleDeeds(life) : [],
  }
}

/** A record keeps the name that its person was told; what can be chosen is a body of today. */
function suggestionOf({ agencyNamed }: CaseViewParts, { agency, basis, confidence, why }: Suggestion): SuggestionView {
  const today = agencyNamed(agency)
  return { agency: today?.id ?? '', name: today?.name ?? agency, basis, confidence, why }
}

function consentsOf(consents: NonNullable<WholeCase['record']>['consents'], standing: WholeCase['purposes']): CaseView['consents'] {
  return consents.map(({ purpose, version, at, message }) => {
    const how = CONSENT_WAY_WORDS[message]
    return { label: `${PURPOSE_LABEL[purpose]}${how ? ` (${how})` : ''}`, stands: standing.includes(purpose), at, version }
  })
}

function timelineRow({ nameOf }: CaseViewParts, { at, actor, kind, status, words, note }: CaseEventRow): TimelineRow {
  const by = actor === 'person' ? 'người dân' : actor === 'system' ? 'hệ thống' : nameOf(actor)
  return { at, by, what: EVENT_WORDS[kind as CaseEventKind] ?? kind, status: STATUS_WORDS[status], words, note }
}

function clockView({ name, due, state, days }: Clock): ClockView {
  return { what: CLOCK_WORDS.what[name], due, state, words: CLOCK_WORDS.state(state, formatDay(due), days) }
}

function handoverView({ way, state, attempts, trouble, deliveredAt }: HandoverRow): CaseView['handovers'][number] {
  const stopped = state === 'gone' || state === 'given_up'
  const stands = deliveredAt !== null ? 'đã tới' : stopped ? CASE_OFFICE.stopped.toLowerCase() : `đang chờ, đã thử ${attempts} lần`
  return { way: INTAKE_WAY[way], words: `${stands}${trouble === null || deliveredAt !== null ? '' : ` (${trouble})`}`, stopped }
}

/** One person on several channels is one, where they gave the same telephone. */
export function clustersIn(cases: readonly CaseRow[], now: number): readonly Cluster[] {
  const accused = cases.flatMap(({ number, person, confirmedAt, record }) =>
    record ? [{ number, person: plainPhone(record.facts.phone?.value ?? '') || person, confirmedAt, facts: record.facts }] : [],
  )
  return clustersOf(accused, now)
}

function clusterOf(cases: readonly CaseRow[], number: string, now: number): CaseView['cluster'] {
  const found = clustersIn(cases, now).find((cluster) => cluster.cases.includes(number))
  return found ? { respondent: found.respondent, people: found.people, cases: found.cases } : null
}
