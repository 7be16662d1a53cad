/**
 * Dates as people write them in Vietnamese: "ngày 3/4/2025", "hồi tháng 3", "cách đây 2 tuần", "trước 1/7/2024".
 *
 *   text ──forms──▶ candidates ──minus law numbers, addresses, fractions──▶ points ──"trước", "sau", "từ … đến …"──▶ ranges
 *
 * A form is one way of writing; each reads its own match. Vague words give spans, wide enough to hold what was probably meant:
 * "3 tuần trước" ± 3 days, "2 tháng trước" ± 15 days, "2 năm trước" ± 6 months; none reaches past `asOf`.
 */
import {
  type Aligned,
  align,
  bare,
  eitherMarks,
  leftmostLongest,
  overlaps,
  type Place,
  placesOf,
  spaced,
  WORD_END,
  WORD_START,
  words,
} from './aligned.ts'
import {
  addDays,
  addMonths,
  type Days,
  FIRST_DAY,
  isDay,
  LAST_DAY,
  makeDay,
  monthOf,
  wholeMonth,
  wholeWeek,
  wholeYear,
  yearOf,
} from './calendar-days.ts'
import { NUMBER_WORDS, numberInWords } from './numbers.ts'

export type DateKind = 'day' | 'month' | 'year' | 'relative' | 'range'

/** A date found in a text: inclusive days, the words it was read from and where they stand. */
export interface FoundDate extends Days {
  readonly text: string
  readonly index: number
  readonly kind: DateKind
}

type Groups = Readonly<Record<string, string | undefined>>

interface Form {
  readonly kind: DateKind
  readonly pattern: RegExp
  readonly read: (groups: Groups, asOf: string) => Days | undefined
}

type Point = Place & Days & { readonly kind: DateKind }

/**
 * @param asOf the day on which the text was written; "hôm qua" and years left out are read from it.
 * @returns every date in reading order, without overlaps.
 * @throws RangeError when `asOf` is not a day.
 */
export function readDates(text: string, asOf: string): FoundDate[] {
  if (!isDay(asOf)) throw new RangeError(`"${asOf}" không phải là một ngày dạng YYYY-MM-DD`)
  const aligned = align(text)
  return ranges(aligned.text, points(aligned.text, asOf)).map((point) => found(aligned, point))
}

function found({ span }: Aligned, { start, end, from, to, kind }: Point): FoundDate {
  return { from, to, ...span(start, end), kind }
}

function points(text: string, asOf: string): Point[] {
  const blocked = NOT_DATES.flatMap((pattern) => placesOf(pattern, text))
  const candidates = FORMS.flatMap((form) => [...text.matchAll(form.pattern)].flatMap((match) => point(form, match, asOf)))
  return leftmostLongest(candidates.filter((candidate) => !blocked.some((place) => overlaps(place, candidate))))
}

function point({ kind, read }: Form, match: RegExpExecArray, asOf: string): Point[] {
  const days = read(match.groups ?? {}, asOf)
  return days ? [{ start: match.index, end: match.index + match[0].length, kind, ...days }] : []
}

// --- words ---

const D = '(?<d>0?[1-9]|[12]\\d|3[01])'
const M = '(?<m>0?[1-9]|1[0-2])'
const Y = '(?<y>(?:19|20)\\d\\d)'
const FREE = `(?<![\\p{L}\\p{M}\\p{N}]|\\d[/.,:-])`
/** A number ends here: no digit, no further "/2013", no "/NĐ". */
const CLOSED = `(?![\\p{L}\\p{M}\\p{N}]|[./-]\\d|/\\p{L})`
const PAST = '(?:vừa rồi|vừa qua|rồi|trước|qua|ngoái)(?! (?:khi|lúc|thời|hạn|đó|mới|thì))'
const NEAR_YEAR = `(?<near>năm (?:ngoái|nay|này|kia|${PAST}|sau|tới)|sang năm)`
const OF_YEAR = `(?:(?:,? năm |[/.-]|,? )${Y}|,? ${NEAR_YEAR}|,? (?<side>vừa rồi|vừa qua|sắp tới|tới đây|tới))`
const PART = '(?:(?<part>đầu|giữa|cuối) )'
const AFTER_NUMBER = `(?<!(?:\\d|${NUMBER_WORDS}|nửa|mấy|vài|mỗi|hằng|hàng) )`
const MONTH_WORD = '(?<word>giêng|hai|ba|tư|năm(?! (?:ngoái|nay|kia|trước|rồi|sau|tới|\\d))|sáu|bảy|tám|chín|mười một|mười hai|mười|chạp)'
const COUNTED = '(?! (?:lần|bữa|buổi|cữ|viên|gói|triệu|tr|nghìn|ngàn|đồng|củ|tỷ|trăm|người|đơn|cái|tiếng|giờ|ngày|%))'
const AMOUNT_NOUN = '(?! ?(?:đ|k|đồng|nghìn|ngàn|triệu|tr|vnđ|vnd|người|khách|cái|đơn|lượt|tỷ|usd|km|m|%))'
const COUNT = `(?<n>\\d{1,4}|${NUMBER_WORDS}|nửa|vài|mấy|dăm|một vài)`
const UNIT = '(?<unit>phút|giây|tiếng|giờ|ngày|hôm|bữa|tuần|tháng|năm)'

const form = (kind: DateKind, source: string, read: Form['read']): Form => ({ kind, pattern: words(source), read })
const numeric = (kind: DateKind, source: string, read: Form['read']): Form => ({
  kind,
  pattern: new RegExp(`${FREE}(?:${spaced(eitherMarks(source))})${CLOSED}`, 'gu'),
  read,
})

// --- forms ---

const FORMS: readonly Form[] = [
  numeric('day', '(?:ngày )?(?<y>(?:19|20)\\d\\d)(?<sep>[-/.])(?<m>\\d{1,2})\\k<sep>(?<d>\\d{1,2})', exactDay),
  numeric('day', `(?:ngày |hôm |mùng |mồng )?${D} ?(?<sep>[/.-]) ?${M} ?\\k<sep> ?(?<y>(?:19|20)?\\d\\d)`.replaceAll(' ?', '\\s?'), exactDay),
  numeric('day', `(?:(?:ngày|hôm|bữa|mùng|mồng) )?(?:mùng |mồng )?${D} tháng ${M},? năm (?<y>\\d{4})`, exactDay),
  numeric('day', `(?:ngày|hôm|bữa|mùng|mồng) (?:mùng |mồng )?${D} tháng (?:${M}|${MONTH_WORD})(?:${OF_YEAR})?`, dayOfMonth),
  numeric(
    'day',
    `(?:ngày |hôm |bữa |mùng |mồng )?${D}/${M}(?:(?:,? năm |,? )${Y}|,? ${NEAR_YEAR}|,? (?<side>vừa rồi|vừa qua|sắp tới|tới đây|tới))?`,
    dayOfMonth,
  ),
  numeric('day', `(?:ngày|hôm|bữa|mùng|mồng) ${D}[.-]${M}(?:,? năm ${Y}|,? ${NEAR_YEAR})?${COUNTED}`, dayOfMonth),
  numeric('day', `(?:ngày|hôm|bữa|mùng|mồng) ${D} tháng (?<move>này|sau|tới|${PAST})`, dayOfNearMonth),
  numeric('day', `(?:(?:hôm|bữa)|(?<=${WORD_START}(?:vào|từ|đến|tới|hồi) )ngày) (?:mùng |mồng )?${D}(?: ${PAST})?${COUNTED}`, lastSuchDay),
  numeric('month', `${AFTER_NUMBER}(?:hồi )?${PART}?tháng ${M}(?:${OF_YEAR})?${COUNTED}`, monthOfYear),
  numeric('month', `(?:hồi )?${PART}?(?:t|th)\\.?${M}[/.-]${Y}`, monthOfYear),
  numeric('month', `(?:hồi|từ) ${PART}?(?:t|th)${M}`, monthOfYear),
  numeric('month', `(?:hồi )?${PART}?${M}/${Y}`, monthOfYear),
  form(
    'month',
    `(?:(?:hồi|vào|trong) ${PART}?|${PART.replace('part', 'half')}|(?<=(?:từ|trước|sau|đến) ))tháng ${MONTH_WORD}(?:${OF_YEAR})?${COUNTED}`,
    monthOfYear,
  ),
  form('month', `${AFTER_NUMBER}tháng ${MONTH_WORD}${OF_YEAR}`, monthOfYear),
  numeric('range', `quý (?<q>[1-4]|iv|i{1,3})(?:(?:/| năm | )${Y}| ${NEAR_YEAR})`, quarter),
  numeric('year', `(?:hồi )?${PART}?năm ${Y}`, partOfYear),
  numeric('year', `(?:(?:hồi|vào|trong) |${PART}|(?<=${WORD_START}(?:từ|trước|sau|đến|kể từ) ))${Y}${AMOUNT_NOUN}`, partOfYear),
  form('year', `${AFTER_NUMBER}(?:hồi )?${PART}?${NEAR_YEAR}`, partOfYear),
  form('relative', `(?:hồi ${PART}|(?<half>đầu) )năm(?! (?:\\d|học))`, partOfYear),
  form('relative', `${AFTER_NUMBER}(?:hồi )?${PART}?tháng (?<move>này|nay|sau|tới|${PAST})`, nearMonth),
  form('relative', `(?:hồi ${PART}|(?<half>đầu) )tháng(?! (?:\\d|${MONTH_WORD.replace('?<word>', '?:')}))`, partOfMonth),
  form(
    'relative',
    `${AFTER_NUMBER}(?:(?<weekday>thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|t[2-7]|chủ nhật|cn) )?${PART}?tuần (?<move>này|nay|sau|tới|${PAST})`,
    nearWeek,
  ),
  form('relative', `(?<weekday>thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|t[2-7]|chủ nhật) (?:vừa rồi|vừa qua|rồi)`, lastWeekday),
  form(
    'relative',
    '(?:ngày )?(?<word>hôm nay|bữa nay|sáng nay|trưa nay|chiều nay|tối nay|đêm nay|hồi sáng|hồi trưa|hồi chiều|vừa nãy|hồi nãy|lúc nãy|mới nãy|ban nãy|khi nãy)',
    () => moved(0),
  ),
  form('relative', '(?:sáng |trưa |chiều |tối |đêm |khuya )?(?:ngày )?(?:hôm qua|bữa qua)|(?:sáng|trưa|chiều|tối|đêm|khuya) qua|hồi hôm', () =>
    moved(-1),
  ),
  form('relative', '(?:sáng |trưa |chiều |tối |đêm )?(?:hôm|bữa) kia', () => moved(-2)),
  form('relative', '(?:hôm|bữa) kìa', () => moved(-3)),
  form('relative', '(?:ngày|sáng|trưa|chiều|tối|hôm|bữa) mai', () => moved(1)),
  form('relative', '(?:ngày|bữa) mốt', () => moved(2)),
  form('relative', '(?:hôm|bữa) (?:trước|nọ|hổm|rồi)(?! (?:khi|lúc|mới))|hôm bữa', () => moved(-30, -1)),
  form('relative', `(?:cách đây|cách nay) (?:hơn |khoảng |gần |tầm |chừng |độ )?(?:${COUNT} )?${UNIT}(?<half> rưỡi)?`, ago),
  form(
    'relative',
    `(?:hơn |khoảng |gần |tầm |chừng |độ |cách đây )?(?<!(?:báo|trước) )(?:${COUNT} )${UNIT}(?<half> rưỡi)? (?:trước(?! (?:khi|lúc|thời|ngày|hạn|đó))|về trước|rồi(?=\\s*(?:$|[.,!?;\\n]|(?:mà|vẫn|chưa|không) )))`,
    ago,
  ),
  form(
    'relative',
    `(?:tháng|tuần|năm) rưỡi (?:trước|nay)(?! khi)`.replace('tháng|tuần|năm', '?<unit>tháng|tuần|năm').replace('rưỡi', '(?<half>rưỡi)'),
    ago,
  ),
  form('range', `(?:hơn |khoảng |gần |suốt |cả )?(?:${COUNT} )${UNIT}(?<half> rưỡi)? (?:nay|qua)`, sinceThen),
  numeric(
    'relative',
    `(?:(?<near2>giáp|cận|gần|ra|qua|sau khi ăn) |(?:hồi|dịp|đợt|mùa|lễ|ngày) |(?:mùng|mồng) (?<d>\\d{1,2}) )?tết(?: nguyên đán| âm lịch| âm| ta| cổ truyền)?(?<solar> dương lịch| dương| tây)?(?:(?: năm | )${Y}| ${NEAR_YEAR}| (?<side>vừa rồi|vừa qua|rồi|này|sắp tới|tới))?(?! (?:tóc|trung thu|thiếu nhi|đoan ngọ|hàn thực|nguyên tiêu))`,
    tet,
  ),
]

/** Pieces that look like dates and are not. */
const NOT_DATES: readonly RegExp[] = [
  // Numbers of documents and their years: "nghị định 52/2013", "luật bảo vệ người tiêu dùng năm 2010".
  words(
    '(?:bộ luật|luật|nghị định|nđ|thông tư|quyết định|qđ|nghị quyết|chỉ thị|công văn|kế hoạch|pháp lệnh|văn bản|điều|khoản|mục)(?: số)? ?\\d+(?:/\\d+)*(?: năm (?:19|20)\\d\\d)?',
  ),
  words('(?:nd|qd|tt|nq|hđ|số)(?: số)? ?\\d{1,4}/(?:19|20)\\d\\d'),
  /\d{1,4}\/(?:19|20)\d\d\/\p{L}[\p{L}\d-]*/gu,
  words(
    '(?:luật|nghị định|nđ|thông tư|quyết định|bộ luật)(?: (?!(?:thì|mà|tôi|mình|em|anh|chị|mua|hồi|từ|ngày|tháng|khi|có|còn|trước|sau|áp|hiện|đã|vào|được|nào|không) )\\p{L}+,?){0,12} (?:năm )?(?:19|20)\\d\\d',
  ),
  // Addresses and streets named after days, scores, fractions, "24/7".
  words('(?:đường|phố|hẻm|ngõ|ngách|kiệt|số|số nhà|lô|căn|phòng|tỷ lệ|tỉ lệ|điểm|được) \\d{1,3}/\\d{1,3}(?:/\\d{1,3})?(?!/)'),
  words('(?<!(?:ngày|hôm) )24/(?:7|24)'),
  words(
    '(?<!(?:ngày|hôm|bữa|mùng|mồng|lễ) )\\d{1,2}/\\d{1,2} (?:số|giá|tiền|của|phần|khách|người|đơn|sao|điểm|quãng|lượng|chi phí|hợp đồng|tổng|cái|gói|thời|suất|lần|tháng|ngày|năm(?! (?:\\d|ngoái|nay|trước|rồi|kia)))',
  ),
  words('(?<!(?:ngày|hôm|bữa|mùng|mồng|lễ|từ|trước|sau|đến|tới|hồi|sáng|chiều|tối|trưa|đợt|dịp|vào) )(?:1/[2-4]|2/3|3/4)(?!/\\d)(?! (?:năm|vừa))'),
]

// --- reading ---

function exactDay({ y = '', m, d }: Groups): Days | undefined {
  return single(makeDay(y.length === 2 ? 2000 + Number(y) : Number(y), Number(m), Number(d)))
}

function dayOfMonth(g: Groups, asOf: string): Days | undefined {
  const day = (year: number) => makeDay(year, monthNumber(g), Number(g['d']))
  const year = givenYear(g, asOf)
  if (year !== undefined) return single(day(year))
  if (isAhead(g)) return single(nearest(asOf, 1, (y) => keep(day(y), (at) => at >= asOf)))
  return single(nearest(asOf, -1, (y) => keep(day(y), (at) => at <= asOf)))
}

function dayOfNearMonth(g: Groups, asOf: string): Days | undefined {
  const { from } = wholeMonth(yearOf(asOf), monthOf(asOf) + shift(g['move']))
  return single(makeDay(yearOf(from), monthOf(from), Number(g['d'])))
}

function lastSuchDay(g: Groups, asOf: string): Days | undefined {
  for (let back = 0; back < 12; back++) {
    const { from } = wholeMonth(yearOf(asOf), monthOf(asOf) - back)
    const day = makeDay(yearOf(from), monthOf(from), Number(g['d']))
    if (day && day <= asOf) return single(day)
  }
  return undefined
}

function monthOfYear(g: Groups, asOf: string): Days | undefined {
  const month = monthNumber(g)
  const days = (year: number) => part(g, wholeMonth(year, month))
  const year = givenYear(g, asOf)
  if (year !== undefined) return days(year)
  if (isAhead(g)) return nearest(asOf, 1, (y) => keep(days(y), ({ to }) => to >= asOf))
  return nearest(asOf, -1, (y) => keep(days(y), ({ from }) => from <= asOf))
}

function partOfYear(g: Groups, asOf: string): Days | undefined {
  const days = (year: number) => part(g, wholeYear(year))
  const year = givenYear(g, asOf)
  return year === undefined ? nearest(asOf, -1, (y) => keep(days(y), ({ from }) => from <= asOf)) : days(year)
}

function quarter(g: Groups, asOf: string): Days | undefined {
  const number = ['i', 'ii', 'iii', 'iv'].indexOf(g['q'] ?? '') + 1 || Number(g['q'])
  const year = givenYear(g, asOf) ?? yearOf(asOf)
  return { from: wholeMonth(year, 3 * number - 2).from, to: wholeMonth(year, 3 * number).to }
}

function nearMonth(g: Groups, asOf: string): Days {
  return part(g, wholeMonth(yearOf(asOf), monthOf(asOf) + shift(g['move'])))
}

function partOfMonth(g: Groups, asOf: string): Days {
  const days = part(g, wholeMonth(yearOf(asOf), monthOf(asOf)))
  return days.from <= asOf ? days : part(g, wholeMonth(yearOf(asOf), monthOf(asOf) - 1))
}

function nearWeek(g: Groups, asOf: string): Days | undefined {
  const week = wholeWeek(asOf, shift(g['move']))
  if (g['weekday']) return single(addDays(week.from, weekdayIndex(g['weekday'])))
  return part(g, week)
}

function lastWeekday(g: Groups, asOf: string): Days | undefined {
  const day = addDays(wholeWeek(asOf, 0).from, weekdayIndex(g['weekday'] ?? ''))
  return single(day < asOf ? day : addDays(day, -7))
}

const HALF_WIDTH_DAYS: Readonly<Record<string, number>> = { ngay: 0, hom: 0, bua: 0, tuan: 3, thang: 15 }

function ago(g: Groups, asOf: string): Days | undefined {
  const unit = bare(g['unit'] ?? '')
  const [least, most] = counts(g)
  const width = HALF_WIDTH_DAYS[unit]
  if (['phut', 'giay', 'tieng', 'gio'].includes(unit)) return { from: asOf, to: asOf }
  if (unit === 'nam') return until(asOf, addMonths(asOf, -12 * most - 6), addMonths(asOf, -12 * least + 6))
  return until(asOf, addDays(back(asOf, unit, most), -(width ?? 0)), addDays(back(asOf, unit, least), width ?? 0))
}

function sinceThen(g: Groups, asOf: string): Days | undefined {
  const before = ago(g, asOf)
  return before && { from: before.from, to: asOf }
}

const until = (asOf: string, from: string, to: string): Days => ({ from, to: to < asOf ? to : asOf })

function back(asOf: string, unit: string, count: number): string {
  if (unit === 'tuan') return addDays(asOf, Math.round(-7 * count))
  if (unit === 'thang') return addDays(addMonths(asOf, -Math.floor(count)), count % 1 === 0 ? 0 : -15)
  return addDays(asOf, -Math.ceil(count))
}

function counts(g: Groups): [least: number, most: number] {
  const word = bare(g['n'] ?? 'một')
  if (/^(?:vai|may|dam|mot vai)$/.test(word)) return [2, 5]
  const whole = word === 'nua' ? 0.5 : /^\d/.test(word) ? Number(word) : numberInWords(word)
  const count = whole + (g['half'] ? 0.5 : 0)
  return [count, count]
}

/** First days of the lunar year in Viet Nam (UTC+7), 2010 to 2045, by Hồ Ngọc Đức's algorithm. */
const TET = (
  '2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 ' +
  '2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-02 2031-01-23 2032-02-11 2033-01-31 ' +
  '2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12 2041-02-01 2042-01-22 2043-02-10 2044-01-30 2045-02-17'
).split(' ')

function tet(g: Groups, asOf: string): Days | undefined {
  const first = (year: number) => (g['solar'] ? makeDay(year, 1, 1) : TET.find((day) => yearOf(day) === year))
  const year = givenYear(g, asOf)
  const ahead = /sap toi|^toi/.test(bare(g['side'] ?? ''))
  const day =
    year === undefined ? nearest(asOf, ahead ? 1 : -1, (y) => keep(first(y), (at) => (ahead ? at >= asOf : addDays(at, -7) <= asOf))) : first(year)
  if (!day) return undefined
  if (g['d']) return single(addDays(day, Number(g['d']) - 1))
  return aroundTet(bare(g['near2'] ?? ''), day, g['solar'] ? 0 : 7)
}

function aroundTet(word: string, day: string, width: number): Days {
  if (/^(?:giap|can|gan)$/.test(word)) return { from: addDays(day, -30), to: addDays(day, -1) }
  if (word !== '') return { from: day, to: addDays(day, 30) }
  return { from: addDays(day, -width), to: addDays(day, width) }
}

// --- small parts ---

const single = (day: string | undefined): Days | undefined => (day ? { from: day, to: day } : undefined)
const keep = <T>(value: T | undefined, test: (value: T) => boolean): T | undefined => (value !== undefined && test(value) ? value : undefined)
const moved = (from: number, to = from) => ({ from, to }) as never
