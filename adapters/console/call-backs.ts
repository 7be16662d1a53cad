/** Calling people back: a list with a clock. The number stands there in part; whole, it is opened one at a time, and that is written down. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { HolidayCalendar } from '../../bot/calendar/holidays.ts'
import { parseCaseNumber } from '../../bot/case/number.ts'
import {
  CALL_BACK_OUTCOMES,
  type CallBackAsked,
  type CallBackOutcome,
  callBackClock,
  callBackDue,
  callBackSchema,
} from '../../bot/handoff/call-back.ts'
import { phoneTail } from '../../bot/privacy/partly.ts'
import { CALL_BACK_SAYS } from '../../bot/wording/call-back.ts'
import { CASE_OFFICE } from '../../bot/wording/cases.ts'
import { CLOCK_WORDS } from '../../bot/wording/console.ts'
import { formatDay } from '../../knowledge/validity.ts'
import { addCallBack, type CallBackRow, finishCallBack, readCallBack, readCallBacks, takeCallBack } from '../storage/call-back-store.ts'
import { endOf } from '../storage/case-store.ts'
import type { Store } from '../storage/database.ts'
import type { CallBacksView, CallBackView, CallBackWhole } from './papers-contract.ts'
import { type Asked, type ConsoleRoute, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface CallBackParts {
  readonly store: Store
  readonly calendar: HolidayCalendar
  readonly nameOf: (officer: string) => string
  /** Writes down that somebody read the whole number. */
  readonly audited: (officer: SignedIn, callBack: string, now: number) => Promise<void>
}

const LISTED = 200
const doneBody = z.strictObject({ outcome: z.enum(CALL_BACK_OUTCOMES) })

/** @returns the routes of call-backs. */
export function callBackRoutes(parts: CallBackParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/call-backs', may: 'chat.act', handle: (asked) => list(parts, asked) }),
    route({
      ...{ method: 'POST', url: '/call-backs', may: 'chat.act', body: callBackSchema },
      handle: ({ body, now }) => add(parts, body, now),
    }),
    route({ method: 'GET', url: '/call-backs/:id', may: 'chat.act', handle: (asked) => open(parts, asked) }),
    route({ method: 'POST', url: '/call-backs/:id/take', may: 'chat.act', handle: (asked) => take(parts, asked) }),
    route({
      ...{ method: 'POST', url: '/call-backs/:id/done', may: 'chat.act', body: doneBody },
      handle: (asked) => finish(parts, asked, asked.body.outcome),
    }),
  ]
}

type OfOne = Pick<Asked, 'officer' | 'params' | 'now'>

const idOf = ({ params }: OfOne): string => params['id'] ?? ''

async function list(parts: CallBackParts, { officer, now }: OfOne): Promise<CallBacksView> {
  const { open: rows, done } = await readCallBacks(parts.store, LISTED)
  const shown = (row: CallBackRow) => viewOf(parts, row, officer, now)
  return { rows: [...rows, ...done].map(shown), open: rows.length, overdue: rows.filter(({ due_at }) => due_at <= now).length }
}

function viewOf({ calendar, nameOf }: CallBackParts, row: CallBackRow, officer: SignedIn, now: number): CallBackView {
  const { due, state, days } = callBackClock(calendar, row.due_at, row.done_at, now)
  return {
    ...{ id: row.id, phone: row.phone === '' ? '' : phoneTail(row.phone), hours: row.hours, conversation: row.conversation_id, number: row.number },
    ...{ askedAt: row.asked_at, doneAt: row.done_at, outcome: row.outcome },
    clock: { due, state, words: CLOCK_WORDS.state(state, formatDay(due), days) },
    takenBy: row.taken_by === null ? null : nameOf(row.taken_by),
    mine: row.taken_by === officer.id,
  }
}

async function add({ store, calendar }: CallBackParts, asked: CallBackAsked, now: number): Promise<{ readonly id: string }> {
  const id = randomUUID()
  const { phone, hours, conversation } = asked
  const times = { askedAt: now, dueAt: endOf(callBackDue(calendar, now)) }
  const added = await addCallBack(store, { id, phone, hours, conversation, number: numberIn(asked), ...times })
  if (added === 'no_conversation') throw new ConsoleTrouble('bad_request', CALL_BACK_SAYS.noConversation)
  if (added === 'no_case') throw new ConsoleTrouble('bad_request', CASE_OFFICE.noCase(asked.number ?? ''))
  return { id }
}

function numberIn({ number: given }: CallBackAsked): string | undefined {
  if (given === undefined) return undefined
  const number = parseCaseNumber(given)
  if (typeof number !== 'string') throw new ConsoleTrouble('bad_request', CASE_OFFICE.wrongNumber)
  return number
}

async function open({ store, audited }: CallBackParts, asked: OfOne): Promise<CallBackWhole> {
  const row = await readCallBack(store, idOf(asked))
  if (!row) throw new ConsoleTrouble('not_found', CALL_BACK_SAYS.unknown)
  if (row.done_at !== null) throw new ConsoleTrouble('conflict', CALL_BACK_SAYS.done)
  await audited(asked.officer, row.id, asked.now)
  return { phone: row.phone }
}

async function take(parts: CallBackParts, asked: OfOne): Promise<object> {
  const by = await takeCallBack(parts.store, idOf(asked), asked.officer.id, asked.now)
  if (by === undefined) throw await notOpen(parts, asked)
  if (by !== asked.officer.id) throw new ConsoleTrouble('conflict', CALL_BACK_SAYS.taken(parts.nameOf(by)))
  return {}
}

async function finish(parts: CallBackParts, asked: OfOne, outcome: CallBackOutcome): Promise<object> {
  if (!(await finishCallBack(parts.store, idOf(asked), outcome, asked.officer.id, asked.now))) throw await notOpen(parts, asked)
  return {}
}

async function notOpen({ store }: CallBackParts, asked: OfOne): Promise<ConsoleTrouble> {
  const there = await readCallBack(store, idOf(asked))
  return there ? new ConsoleTrouble('conflict', CALL_BACK_SAYS.done) : new ConsoleTrouble('not_found', CALL_BACK_SAYS.unknown)
}
