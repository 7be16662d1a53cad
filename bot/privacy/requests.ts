/** What people ask about their own data: how it came, by when the office means to have answered, and how it stands. Pure. */
import type { Day } from '../../knowledge/validity.ts'
import type { HolidayCalendar } from '../calendar/holidays.ts'
import { dueDay } from '../calendar/working-days.ts'

export const REQUEST_KINDS = ['access', 'correction', 'deletion', 'withdrawal'] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]

/** How a request comes that an officer writes down; what is asked in the chat is there by itself. */
export const REQUEST_WAYS = ['telephone', 'counter', 'paper', 'email'] as const
export type RequestWay = (typeof REQUEST_WAYS)[number]

export const REQUEST_RESULTS = ['done', 'partly', 'refused'] as const
export type RequestResult = (typeof REQUEST_RESULTS)[number]

/** The association's own goal, in working days; the decree that sets the periods is not among the texts at hand. */
export const ANSWER_WORKING_DAYS = 2

/** `late`: not answered and past its day; `done_late`: answered after it. */
export type RequestState = 'open' | 'late' | 'done' | 'done_late'

/** @returns the last day on which a request that came on `day` is answered in time. @throws RangeError beyond the years of the calendar */
export function requestDue(calendar: Pick<HolidayCalendar, 'dayOff'>, day: Day): Day {
  return dueDay(calendar, day, { workingDays: ANSWER_WORKING_DAYS })
}

/** @param dueAt the first moment after the last day; all in milliseconds UTC. @returns how a request stands at `now`. */
export function requestState({ dueAt, doneAt }: { readonly dueAt: number; readonly doneAt: number | null }, now: number): RequestState {
  if (doneAt === null) return now < dueAt ? 'open' : 'late'
  return doneAt < dueAt ? 'done' : 'done_late'
}
