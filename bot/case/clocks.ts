/** The office's own clocks of a case, counted on Vietnamese working days: what was promised, and how it stands. Pure. */
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import type { HolidayCalendar } from '../calendar/holidays.ts'
import { dueDay, workingDaysBetween } from '../calendar/working-days.ts'
import type { CaseEventKind } from './life.ts'

export const CLOCKS = ['first_look', 'transfer', 'body_answer'] as const
export type ClockName = (typeof CLOCKS)[number]

/** `late`: not done and past; `kept_late`: done after its day. */
export type ClockState = 'running' | 'late' | 'kept' | 'kept_late'

export interface Clock {
  readonly name: ClockName
  readonly due: Day
  readonly state: ClockState
  /** Working days left; below 0 when late, or how much too late it was done. */
  readonly days: number
}

/** Goals that the association sets itself, in working days; no law at hand sets them. */
export const OWN_GOALS = { transfer: 5, body_answer: 20 } as const

/** One thing that happened to a case; `at` in milliseconds UTC. */
export interface Happened {
  readonly kind: string
  readonly at: number
}

export interface Clocked {
  readonly confirmedAt: number
  /** End of the last day of the promise to have looked; null: none was made. */
  readonly dueAt: number | null
  readonly closed: boolean
  readonly events: readonly Happened[]
}

const LOOKED: readonly CaseEventKind[] = ['receive', 'ask_info', 'handle', 'choose', 'close']
const SENT: readonly CaseEventKind[] = ['transfer', 'answer', 'close', 'withdrawn']
const ANSWERED: readonly CaseEventKind[] = ['answer', 'close', 'withdrawn']

/** @returns the clocks that run or ran for a case; one beyond the years of the calendar is left out. */
export function clocksOf(calendar: HolidayCalendar, one: Clocked, now: number): readonly Clock[] {
  const received = firstAt(one, ['receive'])
  const transferred = lastAt(one, ['transfer'])
  const done = (kinds: readonly CaseEventKind[], after: number) => firstAt(one, kinds, after)
  return [
    ...(one.dueAt === null ? [] : clock(calendar, 'first_look', dayInVietnam(new Date(one.dueAt - 1)), done(LOOKED, one.confirmedAt), now)),
    ...(received === undefined || (one.closed && transferred === undefined) ? [] : timed(calendar, 'transfer', received, done(SENT, received), now)),
    ...(transferred === undefined ? [] : timed(calendar, 'body_answer', transferred, done(ANSWERED, transferred + 1), now)),
  ]
}

function firstAt({ events }: Clocked, kinds: readonly string[], after = 0): number | undefined {
  return events.find(({ kind, at }) => kinds.includes(kind) && at >= after)?.at
}

function lastAt({ events }: Clocked, kinds: readonly string[]): number | undefined {
  return events.findLast(({ kind }) => kinds.includes(kind))?.at
}

function timed(calendar: HolidayCalendar, name: keyof typeof OWN_GOALS, from: number, doneAt: number | undefined, now: number): readonly Clock[] {
  try {
    return clock(calendar, name, dueDay(calendar, dayInVietnam(new Date(from)), { workingDays: OWN_GOALS[name] }), doneAt, now)
  } catch {
    return []
  }
}

function clock(calendar: HolidayCalendar, name: ClockName, due: Day, doneAt: number | undefined, now: number): readonly Clock[] {
  const day = dayInVietnam(new Date(doneAt ?? now))
  const inTime = day <= due
  const state: ClockState = doneAt === undefined ? (inTime ? 'running' : 'late') : inTime ? 'kept' : 'kept_late'
  try {
    return [{ name, due, state, days: workingDaysBetween(calendar, day, due) }]
  } catch {
    return []
  }
}
