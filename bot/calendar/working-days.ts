/** Counting days for every due date. All on calendar days in Asia/Ho_Chi_Minh; no clock. */
import { addDays } from '../../knowledge/language/calendar-days.ts'
import type { Day } from '../../knowledge/validity.ts'
import type { HolidayCalendar } from './holidays.ts'

/**
 * The rule that all of this follows. The Civil Code's chapter on time limits is not among the texts at hand,
 * so it is the association's own convention until somebody has checked it.
 */
export const COUNTING_RULE = {
  text: 'Quy ước của Hội: ngày xảy ra việc không tính, bắt đầu đếm từ ngày kế tiếp. Hạn tính bằng ngày làm việc thì bỏ qua ngày nghỉ; hạn tính bằng ngày thường mà rơi vào ngày nghỉ thì dời đến ngày làm việc kế tiếp.',
  verified: false,
} as const

/** How long somebody has: working days, or days of the calendar. */
export type Term = { readonly workingDays: number } | { readonly days: number }

type WorkingCalendar = Pick<HolidayCalendar, 'dayOff'>

/** @returns whether people work on `day`. */
export function isWorkingDay(calendar: WorkingCalendar, day: Day): boolean {
  return calendar.dayOff(day) === undefined
}

/**
 * @returns the `count`-th working day after `day`, which itself is not counted; before it when `count` is negative.
 * 0 is the day itself, or the next working day when it is off. Never a day off.
 * @throws RangeError when `count` is no whole number or the calendar does not reach so far
 */
export function addWorkingDays(calendar: WorkingCalendar, day: Day, count: number): Day {
  if (!Number.isSafeInteger(count)) throw new RangeError(`A number of working days must be whole, not ${count}.`)
  if (count === 0) return isWorkingDay(calendar, day) ? day : step(calendar, day, 1)
  let at = day
  for (let left = Math.abs(count); left > 0; left--) at = step(calendar, at, Math.sign(count))
  return at
}

function step(calendar: WorkingCalendar, day: Day, by: number): Day {
  let at = addDays(day, by)
  while (!isWorkingDay(calendar, at)) at = addDays(at, by)
  return at
}

/** @returns how many working days lie after `from` up to and with `to`; negative when `to` is before `from`. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Day, to: Day): number {
  if (to < from) return -workingDaysBetween(calendar, to, from)
  let count = 0
  for (let at = from; at < to; ) {
    at = addDays(at, 1)
    if (isWorkingDay(calendar, at)) count++
  }
  return count
}

/** @returns the last day of a term that begins with an event on `start`, by `COUNTING_RULE`. Always a working day. @throws RangeError for a term below 0 */
export function dueDay(calendar: WorkingCalendar, start: Day, term: Term): Day {
  const length = 'days' in term ? term.days : term.workingDays
  if (!(length >= 0) || !Number.isSafeInteger(length)) throw new RangeError(`A term must be a whole number of days from 0, not ${length}.`)
  return 'days' in term ? addWorkingDays(calendar, addDays(start, length), 0) : addWorkingDays(calendar, start, length)
}

/** @returns whether every year from `from` to `to` is complete, so that a due day between them will not shift with an announcement. */
export function isCertain(calendar: Pick<HolidayCalendar, 'isComplete'>, from: Day, to: Day): boolean {
  const [first, last] = [from, to].sort().map((day) => Number(day.slice(0, 4))) as [number, number]
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).every((year) => calendar.isComplete(year))
}
