/** What there is at this moment that officers are told of: read anew each time, ids and times only. */

import type { Matter } from '../../bot/alerts/matters.ts'
import type { Clocked } from '../../bot/case/clocks.ts'
import { ownershipSchema } from '../../bot/conversation/owner.ts'
import { isHarm } from '../../bot/handoff/queue.ts'
import { isCitizens } from './alert-store.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'

const DAY_MS = 86_400_000
/** More than these nobody reads in one message; the page has them all. */
const MOST = 500

export interface AlertTimes {
  readonly now: number
  /** Who has waited so long is told of; danger at once. */
  readonly waitMs: number
  /** The first moment after today. */
  readonly endOfToday: number
}

/** @returns everything but the digest. */
export function readMatters(store: Store, times: AlertTimes, approvers: readonly string[]): Promise<readonly Matter[]> {
  return store.read(async (tx) => [
    ...(await waiting(tx, times)),
    ...(await assigned(tx, times)),
    ...(await mentions(tx, times)),
    ...(await proposed(tx, approvers)),
    ...(await callBacks(tx, times)),
    ...(await stopped(tx)),
  ])
}

async function waiting(tx: Tx, { now, waitMs }: AlertTimes): Promise<readonly Matter[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select(['id', 'ownership'])
    .select((eb) =>
      eb
        .selectFrom('decision')
        .select((inner) => inner.fn.max('decided_at').as('at'))
        .whereRef('conversation_id', '=', 'conversation.id')
        .where('kind', '=', 'first_aid')
        .as('aided_at'),
    )
    .where('owner', '=', 'waiting')
    .where((eb) => isCitizens(eb, 'conversation.id'))
    .limit(MOST)
    .execute()
  return rows.flatMap(({ id, ownership: stored, aided_at: aidedAt }): Matter[] => {
    const ownership = parsed(ownershipSchema, stored)
    if (ownership?.owner !== 'waiting') return []
    const { since, episode } = ownership
    const danger = isHarm(ownership, aidedAt !== null && aidedAt > now - DAY_MS)
    if (!danger && now - since < waitMs) return []
    return [{ key: `waiting:${id}:${episode}${danger ? ':danger' : ''}`, kind: danger ? 'danger' : 'waiting', since }]
  })
}

/** Given by a colleague and not begun to be answered otherwise: still theirs. */
async function assigned(tx: Tx, { now }: AlertTimes): Promise<readonly Matter[]> {
  const entries = await tx
    .selectFrom('audit')
    .select(['actor', 'subject', 'at'])
    .where('action', '=', 'owner.assigned')
    .where('at', '>', now - DAY_MS)
    .orderBy('number', 'desc')
    .limit(MOST)
    .execute()
  const ids = [...new Set(entries.map(({ subject }) => subject.replace(/^conversation:/, '')))]
  if (ids.length === 0) return []
  const rows = await tx.selectFrom('conversation').select(['id', 'ownership']).where('id', 'in', ids).where('owner', '=', 'staff').execute()
  return rows.flatMap(({ id, ownership: stored }): Matter[] => {
    const ownership = parsed(ownershipSchema, stored)
    if (ownership?.owner !== 'staff') return []
    const { since, episode, officer } = ownership
    const given = entries.find(({ subject, at, actor }) => subject === `conversation:${id}` && at >= since && actor !== officer.id)
    return given ? [{ key: `assigned:${id}:${episode}`, kind: 'assigned', since, for: [officer.id] }] : []
  })
}

async function mentions(tx: Tx, { now }: AlertTimes): Promise<readonly Matter[]> {
  const rows = await tx
    .selectFrom('thread_note')
    .select(['id', 'at', 'by', 'mentions'])
    .where('at', '>', now - DAY_MS)
    .where('mentions', '!=', '[]')
    .limit(MOST)
    .execute()
  return rows.map(({ id, at, by, mentions: named }) => ({
    ...{ key: `note:${id}`, kind: 'mention' as const, since: at },
    for: (JSON.parse(named) as string[]).filter((officer) => officer !== by),
  }))
}

async function proposed(tx: Tx, approvers: readonly string[]): Promise<readonly Matter[]> {
  const rows = await tx.selectFrom('proposed_words').select(['id', 'at', 'by']).where('state', '=', 'waiting').limit(MOST).execute()
  return rows.map(({ id, at, by }) => ({
    ...{ key: `proposed:${id}`, kind: 'proposed' as const, since: at },
    for: approvers.filter((officer) => officer !== by),
  }))
}

async function callBacks(tx: Tx, { endOfToday }: AlertTimes): Promise<readonly Matter[]> {
  const rows = await tx
    .selectFrom('call_back')
    .select(['id', 'asked_at', 'taken_by'])
    .where('done_at', 'is', null)
    .where('phone', '!=', '')
    .where('due_at', '<=', endOfToday)
    .limit(MOST)
    .execute()
  return rows.map(({ id, asked_at: since, taken_by: taken }) => ({
    ...{ key: `call_back:${id}`, kind: 'call_back' as const, since },
    ...(taken === null ? {} : { for: [taken] }),
  }))
}

async function stopped(tx: Tx): Promise<readonly Matter[]> {
  const rows = await tx.selectFrom('handover').select(['id', 'created_at']).where('state', 'in', ['gone', 'given_up']).limit(MOST).execute()
  return rows.map(({ id, created_at: since }) => ({ key: `stopped:${id}`, kind: 'stopped' as const, since }))
}

/** @returns every case that is not closed, as far as its clocks need it; read page by page. */
export async function readClocked(store: Store): Promise<readonly Clocked[]> {
  const all: Clocked[] = []
  for (let after = ''; ; ) {
    const page = await store.read((tx) => clockedPage(tx, after))
    all.push(...page.map(({ clocked }) => clocked))
    const last = page.at(-1)
    if (!last || page.length < MOST) return all
    after = last.number
  }
}

async function clockedPage(tx: Tx, after: string) {
  const cases = await tx
    .selectFrom('complaint')
    .select(['number', 'confirmed_at', 'due_at'])
    .where('status', '!=', 'closed')
    .where('number', '>', after)
    .orderBy('number')
    .limit(MOST)
    .execute()
  const numbers = cases.map(({ number }) => number)
  const events =
    numbers.length === 0
      ? []
      : await tx.selectFrom('case_event').select(['number', 'kind', 'at']).where('number', 'in', numbers).orderBy('seq').execute()
  const of = new Map<string, (typeof events)[number][]>(numbers.map((number) => [number, []]))
  for (const event of events) of.get(event.number)?.push(event)
  return cases.map(({ number, confirmed_at: confirmedAt, due_at: dueAt }) => ({
    number,
    clocked: { confirmedAt, dueAt, closed: false, events: of.get(number) ?? [] },
  }))
}
