/** Somebody asks to be called back: until when the office means to have done it, and how that stands. Pure. */
import { z } from 'zod'
import { maskForLogs } from '../../knowledge/language/mask.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import type { HolidayCalendar } from '../calendar/holidays.ts'
import { dueDay, workingDaysBetween } from '../calendar/working-days.ts'
import type { ClockState } from '../case/clocks.ts'
import { plainPhone } from '../case/clusters.ts'

/** A goal that the association sets itself; no law at hand sets it. */
export const CALL_BACK_WORKING_DAYS = 1

export const CALL_BACK_OUTCOMES = ['reached', 'not_reached', 'not_wanted'] as const
export type CallBackOutcome = (typeof CALL_BACK_OUTCOMES)[number]

export const HOURS_MAX = 200
/** Of a person in Vietnam: mobile or landline. */
const TELEPHONE = /^0\d{9,10}$/

/** What is written down of it. The number becomes plain digits; other numbers and names have no place in the hours. */
export const callBackSchema = z.strictObject({
  phone: z.string().max(40).transform(plainPhone).pipe(z.string().regex(TELEPHONE)),
  hours: z
    .string()
    .trim()
    .max(HOURS_MAX)
    .transform((text) => maskForLogs(text).text)
    .default(''),
  conversation: z.string().max(100).optional(),
  number: z.string().max(40).optional(),
})
export type CallBackAsked = z.output<typeof callBackSchema>

/** @returns the last day on which somebody who asked at `now` (milliseconds UTC) should have been called. */
export function callBackDue(calendar: HolidayCalendar, now: number): Day {
  return dueDay(calendar, dayInVietnam(new Date(now)), { workingDays: CALL_BACK_WORKING_DAYS })
}

export interface CallBackClock {
  readonly due: Day
  readonly state: ClockState
  /** Working days left; below 0 when late, or how much too late it was done. */
  readonly days: number
}

/** @param dueAt the first moment after the last day @param doneAt null: not yet */
export function callBackClock(calendar: HolidayCalendar, dueAt: number, doneAt: number | null, now: number): CallBackClock {
  const due = dayInVietnam(new Date(dueAt - 1))
  const inTime = (doneAt ?? now) < dueAt
  const state = doneAt === null ? (inTime ? 'running' : 'late') : inTime ? 'kept' : 'kept_late'
  return { due, state, days: workingDaysBetween(calendar, dayInVietnam(new Date(doneAt ?? now)), due) }
}
