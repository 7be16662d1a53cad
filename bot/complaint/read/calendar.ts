/**
 * Days as people tell them of one purchase, beyond those that every text names: "ngày 9", "mùng 3", "30 tháng 4", "tháng 6 ngày 18", "16.11 mới nhận".
 * A day of the month alone belongs to the story: it is the first such day from the day told before it on, else the latest that is not ahead.
 */
import { eitherMarks, overlaps, spaced, WORD_END, WORD_START } from '../../../knowledge/language/aligned.ts'
import { addDays, addMonths, isDay, makeDay, monthOf, yearOf } from '../../../knowledge/language/calendar-days.ts'
import { type FoundDate, readDates } from '../../../knowledge/language/dates.ts'
import { NUMBER_WORDS, numberInWords } from '../../../knowledge/language/numbers.ts'
import { type LunarMonth, lunarMonths, toLunar } from '../../calendar/lunar.ts'

const pattern = (source: string): RegExp => new RegExp(`${WORD_START}(?:${spaced(eitherMarks(source))})`, 'gu')

const COUNTED =
  'lần|bữa|buổi|cữ|viên|gói|đêm|ngày|giờ|tiếng|triệu|tr|nghìn|ngàn|đồng|k|củ|trăm|người|đơn|cuộc|lượt|tin|ca|ly|viên|phút|%|tháng(?! này)|cái|con|kg|ký|lít'
/** "mỗi ngày 2 viên", "3 ngày 2 đêm": no day of a month. */
const NOT_EACH = `(?<!(?:\\d|${WORD_START}(?:${NUMBER_WORDS}|mỗi|một|mấy|vài|hằng|hàng|nửa|cả|nhiều|theo|trong|vòng|sau)) )`
const OF_MONTH = `(?<d>[12]\\d|3[01]|0?[1-9])(?!\\s*[/.-]\\s*\\d|\\d|[\\p{L}]|\\s*(?:${COUNTED})${WORD_END})`
const DAY_ALONE = '(?<d>[12]\\d|3[01]|0?[1-9])'
/** "hôm 15", "ngày 23", "mùng 9", "hẹn 27". */
const ALONE = pattern(`${NOT_EACH}(?:(?:ngày|hôm|bữa|hồi) (?:mùng |mồng )?|mùng |mồng )${OF_MONTH}`)
const IN_WORDS = pattern(`${NOT_EACH}(?<lead>(?:ngày|hôm|bữa) (?:mùng |mồng )?|mùng |mồng )(?<words>${NUMBER_WORDS})${WORD_END}`)
/** "mà 13 hàng về": a number alone, with what came behind it. */
const CAME = pattern(
  `(?<=(?:mà|thì|tới|đến|sáng|trưa|chiều|tối) |, ?)${DAY_ALONE}(?= (?:hàng (?:về|tới|đến)|mới (?:nhận|giao|tới|về|thấy)|xe giao|(?:(?:shop|nó|họ|bên đó|bưu tá|shipper) )(?:mới )?(?:gửi|giao|chở|đưa)))`,
)
/** "đặt thứ hai tuần trước, thứ tư thì có hàng": a day of the week that came after the day told before. */
const WEEKDAY = pattern(
  '(?<!(?:hằng|hàng|mỗi|các|sáng|trưa|chiều|tối|đêm|hôm|bữa|ngày) )(?:(?:thứ |t)(?<weekday>[2-7]|(?<=thứ )(?:hai|ba|tư|năm|sáu|bảy))|(?<sunday>chủ nhật|cn))(?! (?:tuần|vừa|trước|sau|tới|này|rồi|hàng|hằng|\\d|là))' +
    WORD_END,
)
/** "ngày hai bữa", "hôm ba tôi mua": counted, or somebody. */
const GOES_ON = new RegExp(`^ (?:${spaced(eitherMarks(COUNTED))}|${NUMBER_WORDS}|tháng|thang)${WORD_END}`, 'u')
const MONTH_OF = `(?<m>1[0-2]|0?[1-9])(?![/.-]\\d)${WORD_END}`
/** "20 tháng chạp": these months have no other name. */
const LUNAR_NAMED = pattern(
  `(?:(?:ngày|hôm|bữa|hồi) )?(?:mùng |mồng )?${DAY_ALONE} tháng (?<last>chạp)?(?:giêng)?(?<=chạp|chap|giêng|gieng)${WORD_END}`,
)
const WHOLE = [
  pattern(
    `(?<!\\d[.,/] ?)(?<!(?:bảo hành|trong|được|học|tập|dùng|xài|gói|góp|hạn) )${DAY_ALONE}(?: tây| dương| dương lịch)? tháng ${MONTH_OF}(?: năm nay(?![\\p{L}\\p{M}]))?(?! (?:năm|ngày|tuần|triệu|tr|tháng|âm)(?![\\p{L}\\p{M}]))`,
  ),
  pattern(`tháng ${MONTH_OF} (?:ngày|hôm|bữa) ${DAY_ALONE}(?!\\d)`),
]
const DONE = '(?:đó|nhân dịp|dịp|chốt|đặt|mua|nhận|giao|mới nhận|mới giao|ck|chuyển|trả|lấy|ký|đóng|nộp|cọc|bay|đi|tới|hàng|shop|mình|em|tôi)'
/** "11.11 chốt đơn": with a deed behind it a number like this is a day. */
const DOTTED = new RegExp(
  `(?<=(?:^|[\\s(,;])(?<!(?:giá|gia|khoảng|hết|het|tầm) ))(?<d>[12]\\d|3[01]|0?[1-9])[.-](?<m>1[0-2]|0?[1-9])(?=\\s+(?:${spaced(eitherMarks(DONE))})${WORD_END})`,
  'gu',
)

/** "mua 11.11,", "order 9-11 ở …": behind a deed and before the end of a clause. */
const DOTTED_BEHIND = new RegExp(
  `(?<=(?:^|[^\\p{L}])(?:${spaced(eitherMarks('mua|đặt|chốt|order|nhận|giao|sale|hôm|bữa|ngày|lúc'))})\\s+)(?<d>[12]\\d|3[01]|0?[1-9])[.-](?<m>1[0-2]|0?[1-9])(?=\\s*(?:$|[,;)\\n]|\\.(?!\\d)|\\s(?:${spaced(eitherMarks('rồi|mà|thì|tới|đến|về|có|bên|ở|trên|của|shop|xong|nhưng'))})${WORD_END}))`,
  'gu',
)
/** "tuần trước, thứ tư", "tuần rồi (hôm thứ 5)": a day of a week that was named first. */
const WITHIN_WEEK = new RegExp(
  `^[\\s,(:–-]*(?:${spaced(eitherMarks('(?:vào|hôm|là|nhằm|sáng|trưa|chiều|tối|bữa|ngày|đúng) '))})*(?:${spaced(eitherMarks('thứ (?<weekday>[2-7]|hai|ba|tư|năm|sáu|bảy)|(?<sunday>chủ nhật|cn)'))})${WORD_END}`,
  'u',
)
const IS_WEEK = /tu[aầ]n/u

/** @returns the days of weeks that are named first. */
function daysOfWeeks(plain: string, dates: readonly FoundDate[]): FoundDate[] {
  return dates.flatMap((date) => {
    const end = date.index + date.text.length
    const match = IS_WEEK.test(date.text) && date.from !== date.to ? WITHIN_WEEK.exec(plain.slice(end, end + 40)) : null
    if (!match) return []
    // The day of that number in the week that is named: its Monday is the first day of the span or lies in it.
    const day = weekdayAfter(match, addDays(mondayWithin(date), -1))
    return day ? [{ from: day, to: day, index: date.index, text: plain.slice(date.index, end + match[0].length), kind: 'day' as const }] : []
  })
}

const WEEK_AGO = /tu(?:ầ|a)n tr(?:ướ|uo)c$/u
/** "thứ sáu tuần trước nữa": a week before the week before. */
const weekEarlier = (plain: string, date: FoundDate): FoundDate =>
  WEEK_AGO.test(date.text) && /^ n[ữu]a(?!\p{L})/u.test(plain.slice(date.index + date.text.length))
    ? { ...date, from: addDays(date.from, -7), to: addDays(date.to, -7) }
    : date

const LUNAR_DAY = /(?:^|\s)(?<full>r[aằ]m)\s|(?<![\d/])(?<d>\d{1,2})(?:\/\d{1,2}|\s+th[aá]ng\s+\S+)\s+[âa]m(?!\p{L})/u
const FULL_MOON = 15

/** "rằm tháng 9", "mùng 2 tháng 9 âm": other texts leave a day on either side of it; the calendar knows it. */
function exactly(date: FoundDate, asOf: string): FoundDate {
  const named = date.kind === 'range' ? LUNAR_DAY.exec(date.text)?.groups : undefined
  if (!named) return date
  const number = named['full'] ? FULL_MOON : Number(named['d'])
  const length = (Date.parse(date.to) - Date.parse(date.from)) / DAY_MS
  const days = Array.from({ length: length + 1 }, (_, i) => addDays(date.from, i))
  const day = days.findLast((one) => one <= asOf && toLunar(one).day === number)
  return day ? { ...date, from: day, to: day, kind: 'day' } : date
}

const mondayWithin = ({ from, to }: FoundDate): string => {
  const days = Array.from({ length: 7 }, (_, i) => addDays(from, i))
  return days.find((day) => day <= to && new Date(Date.parse(day)).getUTCDay() === 1) ?? from
}

/** @returns every date of the text as {@link readDates} finds them, and those that only a story tells, in reading order. Never throws for a day that is one. */
export function storyDates(plain: string, asOf: string): FoundDate[] {
  const known = readDates(plain, asOf).map((date) => exactly(weekEarlier(plain, date), asOf))
  const lunar = [...plain.matchAll(LUNAR_NAMED)].flatMap((match) => lunarDay(match, asOf))
  const whole = [...WHOLE, DOTTED, DOTTED_BEHIND].flatMap((form) => [...plain.matchAll(form)].flatMap((match) => wholeDay(match, asOf)))
  // A whole day that is known already begins where its "ngày" stands.
  const more = [...lunar, ...whole].filter((one) => !known.some((date) => date.kind === 'day' && overlaps(placeOf(one), placeOf(date))))
  const named = merged(daysOfWeeks(plain, known), merged(more, known))
  const alone = [...plain.matchAll(ALONE), ...plain.matchAll(CAME), ...inWords(plain)].map(({ index, 0: text, groups }) => ({
    ...{ index, text: text.trimEnd() },
    number: Number(groups?.['d'] ?? numberInWords(groups?.['words'] ?? '')),
  }))
  const weekdays = [...plain.matchAll(WEEKDAY)].filter(
    ({ index, 0: text }) => !named.some((date) => overlaps({ start: index, end: index + text.length }, placeOf(date))),
  )
  const free = alone.filter((one) => !named.some((date) => overlaps(placeOf(one), placeOf(date)) && !isAlone(date)))
  const dated = free.reduce<FoundDate[]>((dates, one) => {
    const day = dayFor(one.number, anchorOf(dates, one.index), asOf)
    return day ? merged([{ from: day, to: day, index: one.index, text: one.text, kind: 'day' }], dates) : dates
  }, named)
  return weekdays.reduce<FoundDate[]>((dates, match) => {
    const day = weekdayAfter(match, anchorOf(dates, match.index))
    return day && day <= asOf ? merged([{ from: day, to: day, index: match.index, text: match[0].trimEnd(), kind: 'day' }], dates) : dates
  }, dated)
}

const DAY_MS = 86_400_000

/** @returns the first such day of the week after `anchor`. */
function weekdayAfter({ groups }: RegExpExecArray, anchor: string | undefined): string | undefined {
  if (!anchor) return undefined
  const said = groups?.['weekday'] ?? ''
  const wanted = groups?.['sunday'] ? 0 : (Number(said) || numberInWords(said)) - 1
  const from = new Date(Date.parse(anchor) + DAY_MS).getUTCDay()
  return addDays(anchor, 1 + ((wanted - from + 7) % 7))
}

/** Below ten only behind "mùng": "bữa ba" is a father's. */
const inWords = (plain: string): RegExpExecArray[] =>
  [...plain.matchAll(IN_WORDS)].filter(
    ({ index, 0: text, groups }) =>
      !GOES_ON.test(plain.slice(index + text.length)) && (numberInWords(groups?.['words'] ?? '') >= 10 || /m[uùôồ]ng/u.test(groups?.['lead'] ?? '')),
  )

const placeOf = ({ index, text }: Pick<FoundDate, 'index' | 'text'>) => ({ start: index, end: index + text.length })

/** The day of a month without its month, which is read anew here. */
const isAlone = ({ kind, text }: FoundDate): boolean => kind === 'day' && /^\D+\d{1,2}$/u.test(text) && !/th[aá]ng/u.test(text)

const merged = (more: readonly FoundDate[], dates: readonly FoundDate[]): FoundDate[] =>
  [...more, ...dates.filter((date) => !more.some((one) => overlaps(placeOf(one), placeOf(date))))].sort((a, b) => a.index - b.index)

/** The latest such day that is not ahead. */
function lunarDay({ index, 0: text, groups }: RegExpExecArray, asOf: string): FoundDate[] {
  const [month, day] = [groups?.['last'] ? 12 : 1, Number(groups?.['d'])]
  const days = [0, 1, 2].flatMap((back) => lunarMonths(yearOf(asOf) - back).flatMap((one) => dayIn(one, month, day)))
  const found = days.find((one) => one <= asOf)
  return found ? [{ from: found, to: found, index, text, kind: 'day' }] : []
}

const dayIn = ({ month, leap, start, length }: LunarMonth, wanted: number, day: number): string[] =>
  month === wanted && !leap && day <= length ? [new Date((start + day - 1) * DAY_MS).toISOString().slice(0, 10)] : []

/** Without a year the latest such day that is not ahead. */
function wholeDay({ index, 0: text, groups }: RegExpExecArray, asOf: string): FoundDate[] {
  const [d, m] = [Number(groups?.['d']), Number(groups?.['m'])]
  const day = [yearOf(asOf), yearOf(asOf) - 1].map((year) => makeDay(year, m, d)).find((one) => one !== undefined && one <= asOf)
  return day ? [{ from: day, to: day, index, text, kind: 'day' }] : []
}

/** The single day that is told last before, or the first one behind. */
function anchorOf(dates: readonly FoundDate[], at: number): string | undefined {
  const whole = dates.filter(({ from, to }) => from === to)
  return whole.findLast(({ index }) => index < at)?.from
}

const LONGEST = 45

function dayFor(number: number, anchor: string | undefined, asOf: string): string | undefined {
  if (number < 1 || number > 31) return undefined
  const next = anchor && isDay(anchor) ? monthsFrom(anchor, number).find((day) => day >= anchor) : undefined
  if (next && next <= asOf && anchor && next <= addDays(anchor, LONGEST)) return next
  return monthsFrom(addMonths(asOf, -2), number)
    .filter((day) => day <= asOf)
    .at(-1)
}

/** Days of that number in the month of `day` and the two behind it. */
const monthsFrom = (day: string, number: number): string[] =>
  [0, 1, 2].flatMap((step) => {
    const month = addMonths(`${day.slice(0, 8)}01`, step)
    return makeDay(yearOf(month), monthOf(month), number) ?? []
  })
