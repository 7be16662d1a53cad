/**
 * The Vietnamese lunar calendar for 1900–2199, by rule and not by table: method of Hồ Ngọc Đức ("Thuật toán tính âm lịch",
 * www.informatik.uni-leipzig.de/~duc/amlich) on the formulas of Jean Meeus, Astronomical Algorithms (`sky.ts`).
 *
 *     new moon   ●────────●────────●──── …  a month begins on the day of the new moon, in Vietnam (UTC+7)
 *     mid-sign      ▲         ▲             the sun enters a sign at 0°, 30°, 60° …; 270° is the winter solstice
 *
 *     The month that holds the winter solstice is month 11. From one month 11 to the next there are 12 or 13 months;
 *     with 13, the first that holds no mid-sign is the leap month and bears the number of the month before it.
 *
 * The whole range is reckoned for UTC+7. Before 1968 printed calendars followed another meridian and differ in some months.
 * Compared once, month by month: with an ephemeris exact to a second, only the new moon of 7 July 1967 (four seconds from midnight)
 * falls on another day; with the published tables for 1968–2199, only that of 7 May 2054 (half a minute from midnight).
 */
import type { Day } from '../../knowledge/validity.ts'
import { aboutNewMoon, type Moment, newMoon, sunLongitude } from './sky.ts'

/** A day of the lunar calendar; `leap`: in the second of two months with the same number. */
export interface LunarDay {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly leap: boolean
}

export interface LunarMonth {
  readonly month: number
  readonly leap: boolean
  /** Days since 1970-01-01. */
  readonly start: number
  readonly length: number
}

export const FIRST_LUNAR_YEAR = 1900
export const LAST_LUNAR_YEAR = 2199
const UTC_PLUS_7 = 7 / 24
const DAY_MS = 86_400_000
const SIGN = 30
/** The sign that the sun enters at the winter solstice. */
const SOLSTICE = 9

const numberOf = (day: Day): number => Date.parse(day) / DAY_MS
const dayAt = (number: number): Day => new Date(number * DAY_MS).toISOString().slice(0, 10)
/** The day in Vietnam at a moment, and the moment at which a day begins in Vietnam. */
const dayInVietnam = (moment: Moment): number => Math.floor(moment + UTC_PLUS_7)
const midnight = (number: number): Moment => number - UTC_PLUS_7
const signAtMidnight = (number: number): number => Math.floor(sunLongitude(midnight(number)) / SIGN)

/** @returns the lunar day of `day`. @throws RangeError outside the lunar years 1900 to 2199 */
export function toLunar(day: Day): LunarDay {
  const number = numberOf(day)
  const solarYear = Number(day.slice(0, 4))
  const year = solarYear > LAST_LUNAR_YEAR || number < startOf(solarYear) ? solarYear - 1 : solarYear
  const month = lunarMonths(year).find(({ start, length }) => start <= number && number < start + length)
  if (!month) throw new RangeError(`The lunar calendar here does not reach ${day}.`)
  return { year, month: month.month, day: number - month.start + 1, leap: month.leap }
}

/** @returns the day of the common calendar. @throws RangeError when that lunar year has no such day */
export function toSolar({ year, month, day, leap }: LunarDay): Day {
  const found = lunarMonths(year).find((one) => one.month === month && one.leap === leap)
  if (!found || day < 1 || day > found.length) throw new RangeError(`No lunar day ${day}/${month}${leap ? ' (leap)' : ''} in ${year}.`)
  return dayAt(found.start + day - 1)
}

/** @returns the first day of the lunar year, Tết. */
export function tet(year: number): Day {
  return dayAt(startOf(year))
}

const startOf = (year: number): number => lunarMonths(year)[0]?.start ?? Number.NaN

const known = new Map<number, readonly LunarMonth[]>()

/** @returns the 12 or 13 months of a lunar year, in order; kept, for there are only three hundred. @throws RangeError outside 1900 to 2199 */
export function lunarMonths(year: number): readonly LunarMonth[] {
  if (!(year >= FIRST_LUNAR_YEAR && year <= LAST_LUNAR_YEAR)) throw new RangeError(`The lunar calendar here has no year ${year}.`)
  const months = known.get(year) ?? monthsOf(year)
  known.set(year, months)
  return months
}

/** Months 1 to 10 come before this year's solstice month, 11 and 12 with it and after. */
function monthsOf(year: number): readonly LunarMonth[] {
  return [...fromSolstice(year - 1).filter(({ month }) => month <= 10), ...fromSolstice(year).filter(({ month }) => month > 10)]
}

/** The months from the one that holds the winter solstice of `year` up to the one that holds the next. */
function fromSolstice(year: number): readonly LunarMonth[] {
  const starts = newMoonDays(solsticeMonth(year), solsticeMonth(year + 1))
  const leapAt = starts.length === 14 ? starts.findIndex((_, at) => at > 0 && !holdsMidSign(starts, at)) : Number.POSITIVE_INFINITY
  return starts.slice(0, -1).map((start, at) => ({
    month: ((10 + at - (at >= leapAt ? 1 : 0)) % 12) + 1,
    leap: at === leapAt,
    start,
    length: (starts[at + 1] as number) - start,
  }))
}

const holdsMidSign = (starts: readonly number[], at: number): boolean =>
  signAtMidnight(starts[at] as number) !== signAtMidnight(starts[at + 1] as number)

/** The days of the new moons numbered `first` to `last`. */
function newMoonDays(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => dayInVietnam(newMoon(first + at)))
}

/** The number of the last new moon on or before the day of the winter solstice. */
function solsticeMonth(year: number): number {
  const solstice = solsticeDay(year)
  const about = aboutNewMoon(solstice) + 1
  return [about, about - 1, about - 2].find((k) => dayInVietnam(newMoon(k)) <= solstice) ?? about - 3
}

/** The solstice falls on 20 to 23 December: the first day at whose end the sun stands in its sign. */
function solsticeDay(year: number): number {
  const first = numberOf(`${year}-12-20`)
  return [0, 1, 2, 3].map((later) => first + later).find((number) => signAtMidnight(number + 1) === SOLSTICE) ?? first + 4
}
