/** When the office works: one stretch of the day, on Vietnamese working days. */
import { addDays } from '../../knowledge/language/calendar-days.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import type { HolidayCalendar } from './holidays.ts'
import { isWorkingDay } from './working-days.ts'

/** Minutes after midnight in Vietnam; `from` is within, `to` is not. */
export interface OfficeHours {
  readonly from: number
  readonly to: number
}

const FORM = /^([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)$/
const MINUTE_MS = 60_000

/** @returns the hours of "07:30-17:00"; undefined for anything else, and for hours that end before they begin. */
export function officeHoursIn(text: string): OfficeHours | undefined {
  const [, ...parts] = FORM.exec(text.trim()) ?? []
  const [fromHour, fromMinute, toHour, toMinute] = parts.map(Number)
  if (fromHour === undefined || fromMinute === undefined || toHour === undefined || toMinute === undefined) return undefined
  const hours = { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute }
  return hours.from < hours.to ? hours : undefined
}

/** @returns whether somebody is at work at `now` (milliseconds UTC). A day that no calendar knows counts as one of work. */
export function isOpen(hours: OfficeHours, calendar: HolidayCalendar, now: number): boolean {
  const day = dayInVietnam(new Date(now))
  return isKnownOff(calendar, day) ? false : now >= beginning(hours, day) && now < momentOf(day, hours.to)
}

/** @returns the moment at which work begins on `day`. */
export function beginning(hours: OfficeHours, day: Day): number {
  return momentOf(day, hours.from)
}

/** @returns the first moment after `day`. */
export function endOfDay(day: Day): number {
  return momentOf(addDays(day, 1), 0)
}

function momentOf(day: Day, minutes: number): number {
  return Date.parse(`${day}T00:00:00+07:00`) + minutes * MINUTE_MS
}

function isKnownOff(calendar: HolidayCalendar, day: Day): boolean {
  try {
    return !isWorkingDay(calendar, day)
  } catch {
    return false
  }
}
