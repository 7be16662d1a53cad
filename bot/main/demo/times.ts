/** When things happen in the demonstration: people write in daytime more than at night, officers work in office hours. All in milliseconds UTC. */
import { dayInVietnam } from '../../../knowledge/validity.ts'
import type { Random } from '../../../retrieval/model/random.ts'
import type { HolidayCalendar } from '../../calendar/holidays.ts'
import { isWorkingDay } from '../../calendar/working-days.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const ZONE = 7 * HOUR

/** How much is written in each hour of a day, from midnight in Vietnam on. */
const HOURS = [1, 0.5, 0.3, 0.3, 0.5, 1, 3, 6, 12, 14, 13, 9, 6, 9, 13, 13, 12, 9, 7, 8, 10, 9, 5, 2]
const BUSIEST = Math.max(...HOURS)
const DAY_OFF = 0.45

/** @returns `count` moments before `until`, the earliest first, spread over `days` as people write. */
export function arrivals(
  random: Random,
  calendar: HolidayCalendar,
  { until, days, count }: { until: number; days: number; count: number },
): number[] {
  const found: number[] = []
  while (found.length < count) {
    const at = Math.round(until - random.next() * days * DAY)
    if (random.next() < weightOf(calendar, at)) found.push(at)
  }
  return found.sort((a, b) => a - b)
}

function weightOf(calendar: HolidayCalendar, at: number): number {
  const hour = Math.floor(((((at + ZONE) % DAY) + DAY) % DAY) / HOUR)
  return ((HOURS[hour] ?? 0) / BUSIEST) * (isWorkingDay(calendar, dayInVietnam(new Date(at))) ? 1 : DAY_OFF)
}

/** Minutes of a day in which the office is open. */
const OPEN: readonly (readonly [from: number, to: number])[] = [
  [7 * 60 + 30, 11 * 60 + 30],
  [13 * 60 + 30, 17 * 60],
]
const STEP = 15 * MINUTE

/** @returns the first moment from `at` on at which the office is open, to a quarter of an hour. */
export function inOfficeHours(calendar: HolidayCalendar, at: number): number {
  let moment = at
  while (!isOpen(calendar, moment)) moment += STEP
  return moment
}

function isOpen(calendar: HolidayCalendar, at: number): boolean {
  const minute = Math.floor(((at + ZONE) % DAY) / MINUTE)
  return OPEN.some(([from, to]) => minute >= from && minute < to) && isWorkingDay(calendar, dayInVietnam(new Date(at)))
}
