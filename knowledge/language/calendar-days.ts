/** Arithmetic on calendar days written YYYY-MM-DD: no clock, no zone, no time of day. */

export interface Days {
  readonly from: string
  readonly to: string
}

export const FIRST_DAY = '0001-01-01'
export const LAST_DAY = '9999-12-31'

/** @returns the day, or undefined when the calendar has no such day (31 April, month 13, year 0). */
export function makeDay(year: number, month: number, day: number): string | undefined {
  const at = utc(year, month - 1, day)
  const same = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return same && year >= 1 && year <= 9999 ? iso(at) : undefined
}

/** @returns whether `text` is a day of the calendar written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const [year, month, day] = text.split('-').map(Number)
  return /^\d{4}-\d\d-\d\d$/.test(text) && makeDay(year as number, month as number, day as number) === text
}

export const yearOf = (day: string): number => Number(day.slice(0, 4))
export const monthOf = (day: string): number => Number(day.slice(5, 7))
const dayOf = (day: string): number => Number(day.slice(8, 10))

/** @returns the day `count` days after `day`, kept within the years 1 to 9999. */
export function addDays(day: string, count: number): string {
  return bounded(utc(yearOf(day), monthOf(day) - 1, dayOf(day) + count))
}

/** @returns the same day of the month `count` months later, or that month's last day: 31 January + 1 → 28 February. */
export function addMonths(day: string, count: number): string {
  const first = utc(yearOf(day), monthOf(day) - 1 + count, 1)
  const last = utc(first.getUTCFullYear(), first.getUTCMonth() + 1, 0).getUTCDate()
  return bounded(utc(first.getUTCFullYear(), first.getUTCMonth(), Math.min(dayOf(day), last)))
}

/** @returns the first to the last day of a month; the month may overflow its year (0 = December before). */
export function wholeMonth(year: number, month: number): Days {
  return { from: bounded(utc(year, month - 1, 1)), to: bounded(utc(year, month, 0)) }
}

/** @returns the first to the last day of a year. */
export const wholeYear = (year: number): Days => ({ from: bounded(utc(year, 0, 1)), to: bounded(utc(year, 11, 31)) })

/** @returns Monday to Sunday of the week `count` weeks after the one that holds `day`. */
export function wholeWeek(day: string, count: number): Days {
  const sinceMonday = (utc(yearOf(day), monthOf(day) - 1, dayOf(day)).getUTCDay() + 6) % 7
  const from = addDays(day, 7 * count - sinceMonday)
  return { from, to: addDays(from, 6) }
}

/** @returns the earlier of two days. */
export const earlier = (a: string, b: string): string => [a, b].sort()[0] as string

function utc(year: number, monthIndex: number, day: number): Date {
  const at = new Date(0)
  at.setUTCFullYear(year, monthIndex, day)
  return at
}

function bounded(at: Date): string {
  const year = at.getUTCFullYear()
  if (year > 9999) return LAST_DAY
  return year >= 1 ? iso(at) : FIRST_DAY
}

const iso = (at: Date): string => at.toISOString().slice(0, 10)
