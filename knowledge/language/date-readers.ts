/** From the named parts of a written date to calendar days. Each reader takes what its form matched and the day of writing. */
import { bare } from './aligned.ts'
import { addDays, addMonths, type Days, earlier, makeDay, monthOf, wholeMonth, wholeWeek, wholeYear, yearOf } from './calendar-days.ts'
import { numberInWords } from './numbers.ts'

/** Named parts: d m y (numbers), month (in words), near ("năm ngoái"), side ("vừa rồi"), part ("đầu"), move ("trước"), n unit half, weekday, q. */
export type Groups = Readonly<Record<string, string | undefined>>

export type Reader = (groups: Groups, asOf: string) => Days | undefined

/** "3/4/2025", "ngày 3 tháng 4 năm 2025", "3/4/25". */
export const exactDay: Reader = ({ y = '', m, d }) => single(makeDay(Number(y) + (y.length === 2 ? 2000 : 0), Number(m), Number(d)))

/** "15/8", "15/8 năm ngoái", "1/9 tới": without a year the latest such day that is not ahead. */
export const dayOfMonth: Reader = (g, asOf) =>
  inYear(g, asOf, (year) => single(makeDay(year, monthNumber(g), Number(g['d'] ?? numberInWords(g['day'] ?? '')))))

/** "ngày 15 tháng trước". */
export const dayOfNearMonth: Reader = (g, asOf) => {
  const { from } = wholeMonth(yearOf(asOf), monthOf(asOf) + shift(g['move']))
  return single(makeDay(yearOf(from), monthOf(from), Number(g['d'])))
}

/** "hôm 15": the latest fifteenth that is not ahead. */
export const lastSuchDay: Reader = (g, asOf) => {
  for (let back = 0; back < 12; back++) {
    const { from } = wholeMonth(yearOf(asOf), monthOf(asOf) - back)
    const day = makeDay(yearOf(from), monthOf(from), Number(g['d']))
    if (day && day <= asOf) return single(day)
  }
  return undefined
}

/** "tháng 3/2024", "hồi tháng 3", "cuối tháng ba năm ngoái". */
export const month: Reader = (g, asOf) => inYear(g, asOf, (year) => part(g, wholeMonth(year, monthNumber(g))))

/** "năm 2023", "giữa năm nay", "hồi đầu năm". */
export const year: Reader = (g, asOf) => inYear(g, asOf, (number) => part(g, wholeYear(number)))

/** "quý 3/2024", "quý II năm ngoái". */
export const quarter: Reader = (g, asOf) => {
  const number = ['i', 'ii', 'iii', 'iv'].indexOf(g['q'] ?? '') + 1 || Number(g['q']) || numberInWords(g['q'] ?? '')
  const of = givenYear(g, asOf) ?? yearOf(asOf)
  return { from: wholeMonth(of, 3 * number - 2).from, to: wholeMonth(of, 3 * number).to }
}

/** "2022-2023": from the first day of the one to the last day of the other; no span when the years do not follow. */
export const years: Reader = (g) => {
  const [first, last] = [Number(g['y']), Number(g['y2'])]
  return last > first && last <= first + 10 ? { from: wholeYear(first).from, to: wholeYear(last).to } : undefined
}

/** "năm hai ngàn hai mươi bốn", "năm hai không hai bốn". */
export const yearInWords: Reader = (g) => {
  const [tens, ones] = (g['digits'] ?? '').split(/\s+/).map(numberInWords)
  const number = g['words'] ? numberInWords(g['words']) : 10 * (tens ?? 0) + (ones ?? 0)
  return number > 0 && number < 100 ? wholeYear(2000 + number) : undefined
}

/** "tháng trước", "cuối tháng này". */
export const nearMonth: Reader = (g, asOf) => part(g, wholeMonth(yearOf(asOf), monthOf(asOf) + shift(g['move'])))

/** "đầu tháng", "hồi cuối tháng": of this month, or of the one before while this one has not come so far. */
export const partOfMonth: Reader = (g, asOf) => {
  const days = part(g, wholeMonth(yearOf(asOf), monthOf(asOf)))
  return days.from <= asOf ? days : part(g, wholeMonth(yearOf(asOf), monthOf(asOf) - 1))
}

/** "tuần trước", "thứ 3 tuần trước", "cuối tuần rồi". */
export const nearWeek: Reader = (g, asOf) => {
  const week = wholeWeek(asOf, shift(g['move']))
  if (g['weekday']) return single(addDays(week.from, weekdayIndex(g['weekday'])))
  return partOfWeek(bare(g['part'] ?? ''), week)
}

/** "thứ 7 vừa rồi", "chủ nhật vừa qua". */
export const lastWeekday: Reader = (g, asOf) => {
  const day = addDays(wholeWeek(asOf, 0).from, weekdayIndex(g['weekday'] ?? ''))
  return single(day < asOf ? day : addDays(day, -7))
}

/** "3 tuần trước", "cách đây nửa năm": a span as wide as the unit is vague, never past `asOf`. */
export const ago: Reader = (g, asOf) => {
  const { least, most } = count(g)
  const unit = bare(g['unit'] ?? '')
  const to = widened(back(asOf, unit, least), unit, least, 1)
  return { from: widened(back(asOf, unit, most), unit, most, -1), to: earlier(to, asOf) }
}

/** "2 tháng nay", "8 ngày qua": from then until `asOf`. */
export const sinceThen: Reader = (g, asOf) => {
  const before = ago(g, asOf)
  return before && { from: before.from, to: asOf }
}

/** @returns a reader of words that stand for a fixed distance from the day of writing: "hôm qua". */
export const moved =
  (first: number, last = first): Reader =>
  (_, asOf) => ({ from: addDays(asOf, first), to: addDays(asOf, last) })

/** First days of the lunar year in Viet Nam (UTC+7), 2010 to 2045, by Hồ Ngọc Đức's algorithm. */
const TET = (
  '2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 ' +
  '2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-02 2031-01-23 2032-02-11 2033-01-31 ' +
  '2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12 2041-02-01 2042-01-22 2043-02-10 2044-01-30 2045-02-17'
).split(' ')

/** "Tết", "mùng 2 Tết năm ngoái", "giáp Tết": a week on both sides unless a day is named. */
export const tet: Reader = (g, asOf) =>
  inYear(g, asOf, (number) => {
    const day = tetOf(number)
    if (!day) return undefined
    return g['d'] ? single(addDays(day, Number(g['d']) - 1)) : aroundTet(bare(g['when'] ?? ''), day)
  })

/** "Tết dương lịch", "Tết tây 2025". */
export const newYear: Reader = (g, asOf) => inYear(g, asOf, (number) => single(makeDay(number, 1, 1)))

/** @returns a reader of a day or a span that comes every year: "quốc khánh", "mùa hè năm ngoái". */
export const yearly =
  (m: number, d: number, lastMonth = m, lastDay = d): Reader =>
  (g, asOf) =>
    inYear(g, asOf, (number) => ({ from: makeDay(number, m, d) as string, to: makeDay(number, lastMonth, lastDay) as string }))

/** @returns a reader of words that stand for one span of history: "hồi dịch". */
export const between =
  (from: string, to: string): Reader =>
  () => ({ from, to })

const LUNAR_MONTH = 29.53
/** From this many days between two Tết on the year has a thirteenth month: which one it doubles is left open. */
const LEAP_YEAR = 380
const FULL_MOON = 15

/** "tháng tư âm lịch năm ngoái", "rằm tháng bảy": counted from Tết, a day wide on both sides, a month more in years that double one. */
export const lunar: Reader = (g, asOf) =>
  inYear(g, asOf, (number) => {
    const [day, next] = [tetOf(number), tetOf(number + 1)]
    if (!day || !next) return undefined
    const first = addDays(day, Math.floor(LUNAR_MONTH * (monthNumber(g) - 1)))
    const named = g['full'] ? FULL_MOON : Number(g['d'] ?? 0)
    const leap = addDays(day, LEAP_YEAR) < next ? 30 : 0
    const [from, to] = named ? [named - 2, named] : [0, 30]
    return { from: addDays(first, from), to: addDays(first, to + leap) }
  })

const STEM_OF = ['canh', 'tan', 'nham', 'quy', 'giap', 'at', 'binh', 'dinh', 'mau', 'ky']
const BRANCH_OF = ['than', 'dau', 'tuat', 'hoi', 'ty', 'suu', 'dan', 'mao', 'thin', 'ty', 'ngo', 'mui']

/** "Tết Giáp Thìn", "năm Ất Tỵ": the latest year of that name whose Tết is not ahead. "Tý" and "tỵ" are told apart by the stem. */
export const stemAndBranch: Reader = (g, asOf) => {
  const [stem, branch] = [bare(g['stem'] ?? ''), bare(g['branch'] ?? '').replace('ti', 'ty')]
  for (let number = yearOf(asOf); number > yearOf(asOf) - 60; number--) {
    if (STEM_OF[number % 10] !== stem || BRANCH_OF[number % 12] !== branch) continue
    const [day, next] = [tetOf(number), tetOf(number + 1)]
    if (!day || !next || day > asOf) return undefined
    return bare(g['lunar'] ?? '') === 'nam' ? { from: day, to: addDays(next, -1) } : aroundTet('', day)
  }
  return undefined
}

function tetOf(number: number): string | undefined {
  return TET.find((first) => yearOf(first) === number)
}

function aroundTet(when: string, day: string): Days {
  if (/^(?:giap|can|gan)$/.test(when)) return { from: addDays(day, -30), to: addDays(day, -1) }
  if (/^(?:ra|qua)$/.test(when)) return { from: day, to: addDays(day, 30) }
  return { from: addDays(day, -7), to: addDays(day, 7) }
}

const single = (day: string | undefined): Days | undefined => (day ? { from: day, to: day } : undefined)

/** The year that is written, else the nearest one behind (ahead after "tới", on either side after "này") in which the days exist. */
function inYear(g: Groups, asOf: string, days: (year: number) => Days | undefined): Days | undefined {
  const given = givenYear(g, asOf)
  if (given !== undefined) return days(given)
  const side = g['side'] ?? ''
  if (/(?:^| )toi/.test(bare(side))) return nearest(asOf, days, 1)
  return side === 'này' ? nearer(asOf, nearest(asOf, days, -1), nearest(asOf, days, 1)) : nearest(asOf, days, -1)
}

/** @returns the nearest days that have begun by `asOf` (`step` -1) or have not ended before it (1). */
function nearest(asOf: string, days: (year: number) => Days | undefined, step: 1 | -1): Days | undefined {
  for (let distance = 0; distance <= 8; distance++) {
    const at = days(yearOf(asOf) + step * distance)
    if (at && (step > 0 ? at.to >= asOf : at.from <= asOf)) return at
  }
  return undefined
}

function nearer(asOf: string, behind: Days | undefined, ahead: Days | undefined): Days | undefined {
  if (!behind || !ahead) return behind ?? ahead
  return Date.parse(ahead.from) - Date.parse(asOf) < Date.parse(asOf) - Date.parse(behind.to) ? ahead : behind
}

function givenYear(g: Groups, asOf: string): number | undefined {
  if (g['y']) return Number(g['y'])
  if (g['yy']) return 2000 + Number(g['yy'])
  const near = g['near']
  if (!near) return undefined
  const back = YEARS_BACK.exec(bare(near))?.[1]
  return yearOf(asOf) + (back ? -(Number(back) || numberInWords(back)) : shift(near.replace(/^\S+\s+/, '')))
}

/** "hai năm trước", but not "năm trước". */
const YEARS_BACK = /^(?:cach (?:day|nay) )?(.+) nam (?:ve )?truoc$/

/** How many weeks, months or years a word moves: "trước" −1, "này" 0, "tới" +1. */
function shift(word = ''): number {
  const plain = bare(word)
  if (plain === 'kia') return /ì/.test(word) ? -3 : -2
  if (plain === 'nay') return 0
  return /^(?:sau|toi|nam)$/.test(plain) ? 1 : -1
}

const MONTHS = ['gieng', 'hai', 'ba', 'tu', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi', 'muoi mot', 'muoi hai']

function monthNumber(g: Groups): number {
  const word = bare(g['month'] ?? '')
  return Number(g['m'] ?? (word === 'chap' ? 12 : MONTHS.indexOf(word) + 1))
}

function weekdayIndex(word: string): number {
  const last = bare(word).replace(/^(?:thu |t)/, '')
  if (last === 'chu nhat' || last === 'cn') return 6
  return (Number(last) || numberInWords(last)) - 2
}

/** "đầu", "giữa", "cuối" of a month (ten days) or of a year (four months). */
function part(g: Groups, whole: Days): Days {
  const word = bare(g['part'] ?? '')
  const months = monthOf(whole.from) !== monthOf(whole.to)
  const [second, third] = months ? [addMonths(whole.from, 4), addMonths(whole.from, 8)] : [addDays(whole.from, 10), addDays(whole.from, 20)]
  if (word === 'dau') return { from: whole.from, to: addDays(second, -1) }
  if (word === 'giua') return { from: second, to: addDays(third, -1) }
  return word === 'cuoi' ? { from: third, to: whole.to } : whole
}

function partOfWeek(word: string, { from, to }: Days): Days {
  if (word === 'dau') return { from, to: addDays(from, 1) }
  if (word === 'giua') return { from: addDays(from, 2), to: addDays(from, 3) }
  return word === 'cuoi' ? { from: addDays(to, -1), to } : { from, to }
}

function count(g: Groups): { least: number; most: number } {
  const word = bare(g['n'] ?? 'một')
  if (/^(?:mot )?(?:vai|may|dam)$/.test(word)) return { least: 2, most: 5 }
  const whole = word === 'nua' ? 0.5 : /^\d/.test(word) ? Number(word) : numberInWords(word)
  const number = whole + (g['half'] ? 0.5 : 0)
  return { least: number, most: number }
}

function back(day: string, unit: string, count: number): string {
  if (unit === 'nam') return addMonths(day, Math.round(-12 * count))
  if (unit === 'thang') return addDays(addMonths(day, -Math.floor(count)), count % 1 === 0 ? 0 : -15)
  if (unit === 'tuan') return addDays(day, Math.round(-7 * count))
  return /^(?:ngay|hom|bua)$/.test(unit) ? addDays(day, -Math.ceil(count)) : day
}

const VAGUE_DAYS: Readonly<Record<string, number>> = { tuan: 3, thang: 15 }

/** "3 tuần" is said of 18 to 24 days; years of four months either way for each, six at most. */
function widened(day: string, unit: string, count: number, sign: 1 | -1): string {
  if (unit === 'nam') return addMonths(day, sign * Math.min(6, Math.ceil(4 * count)))
  return addDays(day, sign * (VAGUE_DAYS[unit] ?? 0))
}
