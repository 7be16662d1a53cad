/** The day of buying and the day of delivery, told apart by the verb that stands nearest to the date. */
import type { Place } from '../../../knowledge/language/aligned.ts'
import { addDays, LAST_DAY } from '../../../knowledge/language/calendar-days.ts'
import { type FoundDate, readDates } from '../../../knowledge/language/dates.ts'
import type { Day } from '../../../knowledge/validity.ts'
import { clauseAround, type Read, type Scene, sentenceAround, within, word } from './scene.ts'

type Event = 'boughtOn' | 'deliveredOn' | 'other'

interface Cue extends Place {
  readonly event: Event
}

const CUES: readonly (readonly [Event, RegExp])[] = [
  [
    'boughtOn',
    word(
      'mua|đặt|đặt hàng|đặt mua|order|chốt đơn|chốt|lên đơn|chuyển khoản|ck|chuyển tiền|chuyển|thanh toán|trả tiền|trả(?= (?:đủ|trước|hết|\\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))|gửi tiết kiệm|gửi tiền|tham gia|lắp đặt|lắp|cắt|sửa xe|đi sửa|đem sửa|lấy(?= (?:\\d|cái|một|hai|mấy|hàng))|đổi(?= (?:bình|gas))|ăn ở|ăn tại|đưa tiền|quẹt thẻ|đóng|bank|book|sắm|tậu|quẹt momo|cọc|đặt cọc|ký|thuê|đăng ký|đi ăn|đổ xăng|đổ|nạp|bán',
    ),
  ],
  [
    'deliveredOn',
    word(
      'nhận hàng trả tiền|nhận hàng thanh toán|nhận được|nhận hàng|nhận|được giao|giao hàng|giao tới|giao đến|giao|hàng về|hàng tới|ship tới|ship đến|ship về|mang đến|mang tới|đem đến|đem tới|chở tới|chở đến|đến tay|tới tay|về tới',
    ),
  ],
  [
    'other',
    word(
      '(?:hẹn|dự kiến|hứa|chưa|không|ko|k|chậm|trễ|bảo|sẽ|phải|chờ|đợi) (?:\\S+ )?(?:giao|nhận|ship|trả|đóng)|không thấy giao|ko thấy giao|báo (?:lỗi|hỏng|shop|cho|lại|với|hủy|là)|hỏng|hư|mở hộp|mở ra|mở|bóc|hẹn|hứa|hủy|khiếu nại|đóng cửa|nhắn|gọi|gửi|nhận lại|trả lại|bảo hành|đổi|(?<!(?:áo|ao|váy|vay|nhẫn|nhan|ảnh|anh|đồ|do|thiệp|thiep|xe) )cưới|sinh|hết hạn|phản ánh|khám|đi(?= (?:tối|sáng|chiều|trưa|hôm|ngày|lúc))|bay|khởi hành|diễn ra|show|biểu diễn|đãi (?=tiệc|khách)|nhận phòng|check ?in|nổ|phát nổ|nộp đơn|ngày ở|ở là|dọn vô|dọn vào|việc hiếu|đám tang|có tang|đám giỗ|xin (?:dừng|nghỉ|hủy|hoàn|trả|đổi)',
    ),
  ],
]

const FIRST_YEAR = '1990-01-01'
/** Wider spans ("tháng trước") name no day, unless the day was asked for and this is all the person knows. */
const NARROW = 16
const WIDE = 366

/** @returns the days read; both may be missing. Never throws. */
export function readDays(scene: Scene, price?: Place): { readonly boughtOn?: Read<Day>; readonly deliveredOn?: Read<Day> } {
  const found: { boughtOn?: Read<Day>; deliveredOn?: Read<Day> } = {}
  const used = new Set<number>()
  for (const date of scene.dates) {
    const day = dayOf(date, scene.asOf, NARROW)
    const cue = day && pricedCue(scene, date, price, used)
    if (!cue) continue
    used.add(cue.start)
    if (cue.event !== 'other') found[cue.event] ??= day
  }
  const lesser = found.boughtOn ?? lesserDay(scene, found.deliveredOn)
  if (lesser) found.boughtOn = lesser
  return withAsked(scene, found.boughtOn || found.deliveredOn ? found : { ...found, ...(onlyDay(scene) ?? soleDay(scene)) })
}

/** Deeds that are also done later to mend what was bought: they say when it was bought only where nothing else does. */
const LESSER = word('ăn|uống|thay|sửa|làm(?! việc)|lấy|vay|học|tập|khám|giặt|chụp|in|may|dùng')

function lesserDay(scene: Scene, delivered: Place | undefined): Read<Day> | undefined {
  for (const date of scene.dates) {
    const [day, place] = [dayOf(date, scene.asOf, NARROW), placeOf(date)]
    if (!day || day.start === delivered?.start || nearest(scene, clauseAround(scene.plain, place), place, new Set(), true)?.event === 'other')
      continue
    if (
      within(LESSER, scene.plain, sentenceAround(scene.plain, place)).some(({ start, end }) => start - place.end < NEAR && place.start - end < NEAR)
    )
      return day
  }
  return undefined
}

const NEAR = 24
const LONELY = 8

/** The one day of a message, in a few words that tell of nothing else: "hôm kia á", "Bữa đó là ngày 14 tháng 10". */
function onlyDay(scene: Scene): { readonly boughtOn: Read<Day> } | undefined {
  const [date, other] = scene.dates
  const day = date && !other ? dayOf(date, scene.asOf, NARROW) : undefined
  if (!date || !day || cuesIn(scene, { start: 0, end: scene.plain.length }).every(({ event }) => event !== 'boughtOn')) return undefined
  const clause = clauseAround(scene.plain, placeOf(date))
  const words = scene.plain.slice(clause.start, clause.end).trim().split(/\s+/)
  return cuesIn(scene, sentenceAround(scene.plain, placeOf(date))).length === 0 && words.length <= LONELY ? { boughtOn: day } : undefined
}

/** The one day that a story names, unless its clause says that something else was done on it. */
function soleDay(scene: Scene): { readonly boughtOn?: Read<Day> } {
  const told = scene.dates.flatMap((date) => {
    const day = dayOf(date, scene.asOf, NARROW)
    return day && date.kind !== 'range' ? [{ date, day }] : []
  })
  const [only] = told
  if (!only || new Set(told.map(({ day }) => day.value)).size > 1 || scene.asked) return {}
  const clause = cuesIn(scene, clauseAround(scene.plain, placeOf(only.date)))
  const obtained = within(OBTAINS, scene.plain, clauseAround(scene.plain, placeOf(only.date))).length > 0
  return !obtained || clause.some(({ event }) => event === 'other') ? {} : { boughtOn: only.day }
}

/** Ways of getting what was paid for that also mean other deeds. */
const OBTAINS = word('chở về|chở(?= \\d)|khoán|đưa trước|đưa liền|ghé|rước|mướn|vệ sinh|tới làm|đi chợ|ra chợ|dựng|gắn|quấn|khám|làm')

const placeOf = ({ index, text }: FoundDate): Place => ({ start: index, end: index + text.length })

const BEHIND_PRICE = /^\s*(?:(?:vào|vao|từ|tu|trong|lúc|luc|hồi|hoi)\s+)?$/u

/** "giá 700k hôm 8/11 bị hỏng": the day right behind the price is the day of buying, unless a verb of buying or giving says otherwise. */
function pricedCue(scene: Scene, date: FoundDate, price: Place | undefined, used: ReadonlySet<number>): Cue | undefined {
  const place = placeOf(date)
  const cue = cueOf(scene, date, used)
  const beside = price && price.end <= place.start && BEHIND_PRICE.test(scene.plain.slice(price.end, place.start))
  return beside && (!cue || (cue.event === 'other' && cue.start >= place.end)) ? { ...price, event: 'boughtOn' } : cue
}

/** Before counts more than behind; a verb speaks for one date only. A clause without a verb takes one of its sentence. */
function cueOf(scene: Scene, date: FoundDate, used: ReadonlySet<number>): Cue | undefined {
  const place = placeOf(date)
  const sentence = sentenceAround(scene.plain, place)
  return (
    nearest(scene, clauseAround(scene.plain, place), place, used, true) ??
    nearest(scene, sentence, place, used, false) ??
    nearest(scene, sentence, place, used, true)
  )
}

function nearest(scene: Scene, stretch: Place, date: Place, used: ReadonlySet<number>, behindToo: boolean): Cue | undefined {
  const free = cuesIn(scene, stretch).filter((cue) => !used.has(cue.start))
  const before = free.filter((cue) => cue.end <= date.start).sort((a, b) => b.end - a.end)[0]
  const behind = free.filter((cue) => behindToo && cue.start >= date.end && !isNext(scene, stretch, cue, date)).sort((a, b) => a.start - b.start)[0]
  return before && behind ? nearer(before, behind, date) : (before ?? behind)
}

const NEXT = 6

/** "mua 1/1 nhận 7/1": the verb right before the next date is that date's, where the first date has its verb before it. */
function isNext(scene: Scene, stretch: Place, cue: Place, date: Place): boolean {
  const next = scene.dates.some(({ index }) => index >= cue.end && index - cue.end <= NEXT)
  const first = scene.dates.find(({ index }) => index >= stretch.start)
  return next && date.end <= cue.start && first !== undefined && cuesIn(scene, { start: stretch.start, end: first.index }).length > 0
}

const BEHIND = 12
/** What came of it later says less of a day than the deed before it: "mua … ngày 18/11 chưa thấy giao". */
const AFTERWARDS = 80
const nearer = (before: Cue, behind: Cue, date: Place): Cue =>
  date.start - before.end <= behind.start - date.end + (behind.event === 'other' ? AFTERWARDS : BEHIND) ? before : behind

function cuesIn(scene: Scene, stretch: Place): Cue[] {
  const all = CUES.flatMap(([event, pattern]) => within(pattern, scene.plain, stretch).map((place) => ({ ...place, event })))
  return all.filter((cue) => !all.some((other) => other.start <= cue.start && other.end >= cue.end && other.end - other.start > cue.end - cue.start))
}

/** The middle of a span: "2 tuần trước" says fourteen days, give or take. Nothing for days to come and for what lies before living memory. */
function dayOf(date: FoundDate, asOf: Day, widest: number): Read<Day> | undefined {
  const { index, text, kind } = date
  const { from, to } = startOf(date, asOf)
  const open = (to === LAST_DAY && !/^sau/.test(text)) || (kind === 'range' && to === asOf)
  const value = open ? from : middle(from, to < asOf || from > asOf ? to : asOf)
  const narrow = open || addDays(from, widest) >= to
  return narrow && value <= asOf && value >= FIRST_YEAR && (widest > NARROW || !isAhead(date, value, asOf))
    ? { value, start: index, end: index + text.length }
    : undefined
}

/** "ngày 7/6" written on the first of June is a day to come, not one of last year. */
const SOON = 320
const isAhead = ({ text, kind }: FoundDate, value: Day, asOf: Day): boolean =>
  kind === 'day' && value < addDays(asOf, -SOON) && !/\d{4}|năm|nam|ngoái|trước|rồi|qua|[/.-]\d{1,2}[/.-]\d{2}/u.test(text)

const SINCE = /^(?:kể từ|ke tu|tính từ|tinh tu|bắt đầu từ|bat dau tu|từ|tu)\s+/u

/** "từ tháng 12" begins in a month, not on its first day. */
const startOf = (date: FoundDate, asOf: Day): Pick<FoundDate, 'from' | 'to'> => {
  if (date.to !== LAST_DAY || !SINCE.test(date.text)) return date
  return readDates(date.text.replace(SINCE, ''), asOf)[0] ?? { from: date.from, to: addDays(date.from, WIDE) }
}

const DAY_MS = 86_400_000

function middle(from: Day, to: Day): Day {
  return addDays(from, Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS / 2))
}

type Days = ReturnType<typeof readDays>

function withAsked(scene: Scene, found: Days): Days {
  const { asked } = scene
  if ((asked !== 'boughtOn' && asked !== 'deliveredOn') || found[asked]) return found
  const other = asked === 'boughtOn' ? found.deliveredOn : found.boughtOn
  const day = askedDay(scene, other)
  return day ? { ...found, [asked]: day } : found
}

const LEADS = ['ngày ', 'hôm ', 'vào ']

/** "12-11" and "12" are dates only as an answer. */
function askedDay(scene: Scene, other: Place | undefined): Read<Day> | undefined {
  const days = scene.dates.flatMap((date) => dayOf(date, scene.asOf, WIDE) ?? [])
  return scene.dates.length > 0 ? days.find(({ start }) => start !== other?.start) : LEADS.map((lead) => dayBehind(lead, scene)).find(Boolean)
}

function dayBehind(lead: string, { plain, asOf }: Scene): Read<Day> | undefined {
  const day = readDates(lead + plain, asOf).flatMap((date) => dayOf(date, asOf, WIDE) ?? [])[0]
  return day && { value: day.value, start: Math.max(0, day.start - lead.length), end: day.end - lead.length }
}
