/** Days off in Vietnam: rules and yearly announcements as data, and the calendar made of them. What was not announced is never guessed. */
import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { z } from 'zod'
import { addDays, isDay, makeDay } from '../../knowledge/language/calendar-days.ts'
import type { Day } from '../../knowledge/validity.ts'
import { FIRST_LUNAR_YEAR, LAST_LUNAR_YEAR, toSolar } from './lunar.ts'

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

const source = { source: z.string().trim().min(1), verified: z.boolean() }
const name = z.string().trim().min(1)
const monthAndDay = z.strictObject({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) })
const span = { from: z.int().min(-10).max(10), to: z.int().min(-10).max(10) }
const forwards = ({ from, to }: { from: number; to: number }): boolean => from <= to
const FORWARDS = '"from" phải không lớn hơn "to"'
const year = z.int().min(1901).max(2198)
const day = z.string().refine(isDay, 'không phải ngày có trong lịch, viết dạng 2026-09-02')

const ruleSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    name,
    /** Exactly one of the two. */
    solar: monthAndDay.optional(),
    lunar: monthAndDay.optional(),
    /** Days beside the named one: -1 the day before, 3 the third day after. */
    from: span.from.default(0),
    to: span.to.default(0),
    /** Whether the state chooses each year which days beside the named one are off. */
    decidedEachYear: z.boolean().default(false),
    fromYear: year.optional(),
    toYear: year.optional(),
    ...source,
  })
  .refine(
    ({ solar, lunar }) => (solar === undefined) !== (lunar === undefined),
    'cần đúng một trong hai: "solar" (dương lịch) hoặc "lunar" (âm lịch)',
  )
  .refine(
    ({ solar, lunar }) => (solar ? makeDay(2001, solar.month, solar.day) !== undefined : (lunar?.day ?? 1) <= 29),
    'ngày này không phải năm nào cũng có',
  )
  .refine(forwards, FORWARDS)

const yearSchema = z.strictObject({
  year,
  /** Whether all announcements of the year are in. */
  complete: z.boolean().default(false),
  /** For rules decided each year: the days chosen this year, by id. */
  chosen: z.record(z.string(), z.strictObject(span).refine(forwards, FORWARDS)).default({}),
  daysOff: z.array(day).default([]),
  workingDays: z.array(day).default([]),
  ...source,
})

const addedSchema = z.strictObject({ rules: z.array(ruleSchema).default([]), years: z.array(yearSchema).default([]) })
const baseSchema = addedSchema.extend({
  weekly: z.strictObject({ restDays: z.array(z.enum(WEEKDAYS)).max(6), name, ...source }),
  compensation: z.strictObject({ name, ...source }),
})

type Rule = z.infer<typeof ruleSchema>
type Year = z.infer<typeof yearSchema>
type Data = z.infer<typeof baseSchema>

/** Why a day is off. */
export interface DayOff {
  readonly kind: 'weekly' | 'holiday' | 'compensation' | 'announced'
  readonly name: string
  readonly source: string
  /** Whether a text at hand proves it. */
  readonly verified: boolean
}

/** Which days are off, and of which years all is known. */
export interface HolidayCalendar {
  /** @returns why `day` is off, or undefined for a working day. @throws RangeError before 1901 or after 2198 */
  dayOff(day: Day): DayOff | undefined
  /** @returns whether all that the state announces for `year` is in the data; else only the rules speak. */
  isComplete(year: number): boolean
}

/** @returns the data that ship with the program, for `holidayCalendar`. */
export function shippedHolidays(): unknown {
  return load(readFileSync(new URL('./holidays.yaml', import.meta.url), 'utf8'))
}

/**
 * @param base the shipped data
 * @param added the operator's `holidays.yaml`, parsed; its rules win by id, its years by number
 * @throws Error naming, for the operator, every place that is wrong
 */
export function holidayCalendar(base: unknown, added: unknown = {}): HolidayCalendar {
  const data = merged(read(baseSchema, base), read(addedSchema, added ?? {}))
  for (const one of data.years) checkYear(data.rules, one)
  const known = new Map<number, YearOff>()
  const offIn = (year: number): YearOff => remember(known, year, () => yearOff(data, year))
  return {
    dayOff: (day) => whyOff(data, offIn(supported(day)), day),
    isComplete: (year) => data.years.some((one) => one.year === year && one.complete),
  }
}

function read<T>(schema: z.ZodType<T>, data: unknown): T {
  const found = schema.safeParse(data, { error: z.locales.vi().localeError })
  if (found.success) return found.data
  const wrong = found.error.issues.map(({ path, message }) => `${path.join('.') || 'cả tệp'}: ${message}`)
  throw new Error(`Lịch nghỉ chưa đúng. ${wrong.join('; ')}.`, { cause: found.error })
}

function merged(base: Data, added: z.infer<typeof addedSchema>): Data {
  return {
    ...base,
    rules: [...new Map([...base.rules, ...added.rules].map((rule) => [rule.id, rule])).values()],
    years: [...new Map([...base.years, ...added.years].map((one) => [one.year, one])).values()],
  }
}

/** Mistakes that would quietly make a year wrong: a choice for no rule, a year called complete without its choices, days of another year. */
function checkYear(rules: readonly Rule[], one: Year): void {
  const decided = rules.filter((rule) => rule.decidedEachYear && holds(rule, one.year)).map(({ id }) => id)
  const unknown = Object.keys(one.chosen).filter((id) => !decided.includes(id))
  const open = decided.filter((id) => one.complete && !(id in one.chosen))
  const strange = [...one.daysOff, ...one.workingDays].filter((day) => yearOf(day) !== one.year)
  const both = one.daysOff.filter((day) => one.workingDays.includes(day))
  if (unknown.length > 0) throw new Error(`Lịch nghỉ năm ${one.year}: "chosen" nêu ${unknown.join(', ')}, không phải kỳ nghỉ được chọn mỗi năm.`)
  if (open.length > 0) throw new Error(`Lịch nghỉ năm ${one.year} ghi "complete: true" nhưng "chosen" còn thiếu: ${open.join(', ')}.`)
  if (strange.length > 0) throw new Error(`Lịch nghỉ năm ${one.year} có ngày của năm khác: ${strange.join(', ')}.`)
  if (both.length > 0) throw new Error(`Lịch nghỉ năm ${one.year} ghi cùng một ngày vừa nghỉ vừa làm: ${both.join(', ')}.`)
}

interface YearOff {
  readonly working: ReadonlySet<Day>
  readonly off: ReadonlyMap<Day, DayOff>
}

const yearOf = (day: Day): number => Number(day.slice(0, 4))
const holds = ({ fromYear, toYear }: Rule, year: number): boolean => (fromYear ?? year) <= year && year <= (toYear ?? year)

function supported(day: Day): number {
  const year = yearOf(day)
  if (!isDay(day) || year <= FIRST_LUNAR_YEAR || year >= LAST_LUNAR_YEAR) throw new RangeError(`The calendar of days off does not reach ${day}.`)
  return year
}

/** The neighbours' days count too: a holiday on 31 December may be made up for in January. */
function yearOff(data: Data, year: number): YearOff {
  const near = [year - 1, year, year + 1].filter((one) => one >= FIRST_LUNAR_YEAR && one <= LAST_LUNAR_YEAR)
  const announced = data.years.filter((one) => near.includes(one.year))
  const working = new Set(announced.flatMap(({ workingDays }) => workingDays))
  const off = new Map(near.flatMap((one) => holidaysOf(data, one)))
  for (const one of announced) for (const day of one.daysOff) if (!off.has(day)) off.set(day, why('announced', 'Nghỉ theo công bố', one))
  return { working, off: compensated(data, off) }
}

function holidaysOf(data: Data, year: number): [Day, DayOff][] {
  const chosen = data.years.find((one) => one.year === year)?.chosen ?? {}
  return data.rules.filter((rule) => holds(rule, year)).flatMap((rule) => spanOf(rule, chosen[rule.id] ?? rule, year))
}

function spanOf(rule: Rule, { from, to }: { from: number; to: number }, year: number): [Day, DayOff][] {
  const named = namedDay(rule, year)
  return Array.from({ length: to - from + 1 }, (_, at) => [addDays(named, from + at), why('holiday', rule.name, rule)])
}

function namedDay({ solar, lunar }: Rule, year: number): Day {
  if (lunar) return toSolar({ year, ...lunar, leap: false })
  return makeDay(year, solar?.month ?? 0, solar?.day ?? 0) as Day
}

/** Each holiday on a weekly day of rest moves to the next day that is not off yet, in order of days. */
function compensated(data: Data, holidays: ReadonlyMap<Day, DayOff>): ReadonlyMap<Day, DayOff> {
  const off = new Map(holidays)
  const lost = [...holidays.keys()].sort().filter((day) => holidays.get(day)?.kind === 'holiday' && isWeeklyRest(data, day))
  for (const day of lost)
    off.set(nextFree(data, off, day), why('compensation', `${data.compensation.name} ${holidays.get(day)?.name}`, data.compensation))
  return off
}

function nextFree(data: Data, off: ReadonlyMap<Day, DayOff>, after: Day): Day {
  const next = addDays(after, 1)
  return off.has(next) || isWeeklyRest(data, next) ? nextFree(data, off, next) : next
}

function whyOff(data: Data, { working, off }: YearOff, day: Day): DayOff | undefined {
  if (working.has(day)) return undefined
  return off.get(day) ?? (isWeeklyRest(data, day) ? why('weekly', data.weekly.name, data.weekly) : undefined)
}

function isWeeklyRest({ weekly }: Data, day: Day): boolean {
  const weekday = WEEKDAYS[new Date(day).getUTCDay()]
  return weekday !== undefined && weekly.restDays.includes(weekday)
}

function why(kind: DayOff['kind'], name: string, { source, verified }: { source: string; verified: boolean }): DayOff {
  return { kind, name, source, verified }
}

function remember(known: Map<number, YearOff>, year: number, make: () => YearOff): YearOff {
  const found = known.get(year) ?? make()
  known.set(year, found)
  return found
}
