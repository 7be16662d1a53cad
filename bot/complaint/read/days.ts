/** The day of buying and the day of delivery, told apart by the verb that stands nearest to the date. */
import { type Place, spaced, WORD_END, WORD_START } from '../../../knowledge/language/aligned.ts'
import { addDays, LAST_DAY } from '../../../knowledge/language/calendar-days.ts'
import { type FoundDate, readDates } from '../../../knowledge/language/dates.ts'
import { NUMBER_WORDS, numberInWords } from '../../../knowledge/language/numbers.ts'
import type { Day } from '../../../knowledge/validity.ts'
import { clauseAround, justBefore, type Read, type Scene, say, sentenceAround, within, word } from './scene.ts'

/** A service is served on the day it begins: that is its delivery, where it was paid for on another day. */
type Event = 'boughtOn' | 'deliveredOn' | 'served' | 'other'

interface Cue extends Place {
  readonly event: Event
}

const CUES: readonly (readonly [Event, RegExp])[] = [
  [
    'boughtOn',
    word(
      'mua|đặt|đặt hàng|đặt mua|order|chốt đơn|chốt|lên đơn|chuyển khoản|ck|chuyển tiền|chuyển|thanh toán|trả tiền|đưa(?= (?:đủ|trước|hết|\\d))|(?:kêu|gọi|mướn) (?:dịch vụ|người)|trả(?= (?:đủ|trước|hết|ví|qua|bằng|\\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))|gửi tiết kiệm|gửi tiền|tham gia|lắp đặt|lắp|cắt|sửa xe|đi sửa|đem sửa|thu(?= (?:tôi|em|mình|tui|của))|lấy(?= (?:\\d|cái|một|hai|mấy|hàng|bữa|hôm|ngày))|đổi(?= (?:bình|gas))|ăn ở|ăn tại|đưa tiền|quẹt thẻ|đóng|bank|book|sắm|tậu|quẹt momo|cọc|đặt cọc|ký|thuê|đăng ký|đi ăn|đổ xăng|đổ|nạp|bán|(?:kêu|gọi) (?:xe|thợ)|gửi(?= tại (?:bưu cục|bưu điện|quầy|bãi))|(?:em|tôi|mình|tui|con|cháu) gửi (?:kiện|hàng|bưu|đồ|xe|thùng|gói|quà|giặt|sửa)|(?:kiện|hàng|bưu phẩm|bưu kiện|gói|thùng|đồ)(?: hàng)? (?:của )?(?:em|tôi|mình|tui) gửi',
    ),
  ],
  [
    'deliveredOn',
    word(
      'xe(?: khách| tải| hàng| máy)? (?:thả|cho|chở|bỏ|đưa|đem|đẩy)(?: [^\\s.,;]+)? ?(?:xuống|tới|đến|về|vô)|thả xuống|(?:khui|tháo|dỡ) thùng|(?:trả|đưa|giả|thanh toán)(?: (?:đủ|tiền|mặt|tiền mặt|[\\d.,]+\\S*))* (?:cho )?(?:(?:anh|chú|bạn|thằng|ông) )?(?:shipper|shiper|ship|bưu tá|người giao hàng|người giao|giao hàng)|cod(?= (?:ngày|hôm|bữa|\\d))|(?<!(?:đi|di) [^\\s]{1,10} )(?<!(?:đi|cầm|mang|đem|chở|mua|trả|di|cam|dem|cho|tra) )về(?= \\d{1,2}[/.-]\\d)|nhận hàng trả tiền|nhận hàng thanh toán|nhận được|nhận hàng|nhận(?! (?:lỗi|sai|trách nhiệm|xét|thấy|định|lời))|được giao|giao hàng|giao tới|giao đến|giao|hàng (?:(?:mới|đã|nó) )?(?:về|tới|đến)|có hàng|ship (?:tới|đến|về)|thu (?:tiền )?hộ|(?:mang|đem|chở|đưa|bưu tá|shipper|cho) (?:hàng |đồ |máy |xe |nó |tủ |giường |bàn )?(?:tới|đến)|(?:mới|xe|họ|nó|shop|bả|ổng|bên đó) (?:mang|đem|chở|đưa) (?:vô|vào|lên|ra|xuống|qua)(?! (?:bảo hành|sửa|đổi|trả|tiệm|shop|hãng))|bưu tá (?:phát|đưa|giao)|đến tay|tới tay|trên tay|cầm được|về tới (?:nhà|nơi)|mới (?:(?:thấy|được|có|chịu) )?(?:[^\\s.,;]+ ){0,2}(?:giao|nhận|tới|đến|về|lắp|đưa)(?! (?:ra|nay|giờ|đây|sau|hỏi|kiểm|coi|xem|sửa|bảo hành|shop|tiệm|nơi thì))',
    ),
  ],
  [
    'served',
    word(
      'khám|đi(?=(?: [^\\s.,;]+){0,3} (?:tối|sáng|chiều|trưa|hôm|ngày|lúc)(?![\\p{L}\\p{M}]))|(?<!(?:chối|cãi|tung|chạy|chặn|lừa|mất|cao|choi|cai|chay|mat) )bay|khởi hành|khai giảng|nhập học|vào học|vô học|đãi (?=tiệc|khách)|nhận phòng|check ?in|ngày ở|ở là|dọn vô|dọn vào|kéo dây|lắp xong|làm xong|thi công|(?:tới|đến|xuống|qua) (?:lắp|làm|sửa|dọn)|làm(?= (?:hôm|bữa|ngày))|cho(?= ngày)',
    ),
  ],
  [
    'other',
    word(
      '(?:hẹn|dự kiến|hứa|chưa|không|ko|k|chậm|trễ|bảo|sẽ|phải|chờ|đợi) (?:\\S+ )?(?:giao|nhận|ship|trả|đóng)|không thấy giao|ko thấy giao|báo (?:lỗi|hỏng|shop|cho|lại|với|hủy|là|không|hết|dời)|hỏng|hư|mở hộp|mở ra|mở|bóc|hẹn|hứa|hủy|khiếu nại|đóng cửa|nhắn|(?<!(?:trọn|tron|hai|một|mua|đặt) )gọi|gửi|nhận lại|trả lại|bảo hành|đổi|(?<!(?:áo|ao|váy|vay|nhẫn|nhan|ảnh|anh|đồ|do|thiệp|thiep|xe) )cưới|sinh|hết hạn|phản ánh|diễn ra|show|biểu diễn|nổ|phát nổ|nộp đơn|việc hiếu|đám tang|có tang|đám giỗ|xin (?:dừng|nghỉ|hủy|hoàn|trả|đổi)',
    ),
  ],
]

const FIRST_YEAR = '1990-01-01'
/** Wider spans ("tháng trước") name no day, unless the day was asked for and this is all the person knows. */
const NARROW = 16
const WIDE = 366

/** @returns the days read; both may be missing. Never throws. */
export function readDays(scene: Scene, price?: Place): { readonly boughtOn?: Read<Day>; readonly deliveredOn?: Read<Day> } {
  const { served, ...found } = cuedDays(scene, price)
  const lesser = found.boughtOn ?? lesserDay(scene, found.deliveredOn)
  if (lesser) found.boughtOn = lesser
  const days = found.boughtOn || found.deliveredOn ? found : { ...found, ...(onlyDay(scene) ?? soleDay(scene)) }
  return withAsked(scene, withDelivery(scene, days, served))
}

interface Cued {
  boughtOn?: Read<Day>
  deliveredOn?: Read<Day>
  served?: Read<Day>
}

function cuedDays(scene: Scene, price: Place | undefined): Cued {
  const found: Cued = namedDay(scene)
  const used = new Set<number>()
  for (const date of scene.dates) {
    const day = dayOf(date, scene.asOf, NARROW)
    const cue = day && pricedCue(scene, date, price, used)
    if (!cue || isPurpose(scene, date) || isSaidTwice(scene, date) || isDuration(scene, date, cue)) continue
    used.add(cue.start)
    const event = cue.event === 'boughtOn' && found.boughtOn ? secondDeed(scene, date, cue) : cue.event
    if (event !== 'other') found[event] ??= day
  }
  return found
}

/** "đặt bữa 29, lấy bữa 31", "nửa còn lại đóng hôm 20/10 lúc vào học": what was done on the day after the day of buying. */
function secondDeed(scene: Scene, date: FoundDate, { start, end }: Cue): Event {
  if (/^l[aấ]y(?!\p{L})/u.test(scene.plain.slice(start, end))) return 'served'
  const place = placeOf(date)
  const behind = cuesIn(scene, clauseAround(scene.plain, place)).find((cue) => cue.start >= place.end && cue.start - place.end <= BEHIND)
  return behind?.event ?? 'boughtOn'
}

/** "Bữa đó là ngày 14 tháng 10": the day is named outright. */
const NAMES_DAY = /(?:bữa|hôm|ngày|bua|hom|ngay)\s+(?:đó|ấy|mua|đặt|do|dat)(?:\s+[^\s.,;]+){0,2}\s+(?:là|la)\s+$/u

function namedDay(scene: Scene): Cued {
  const date = scene.dates.find(({ index }) => NAMES_DAY.test(justBefore(scene.plain, index)))
  const day = date && dayOf(date, scene.asOf, NARROW)
  return day ? { boughtOn: day } : {}
}

/** "hôm thứ tư 8/7": one day. */
const isSaidTwice = ({ plain, dates }: Scene, { index, from }: FoundDate): boolean =>
  dates.some(
    (other) =>
      other.index < index && other.from === from && /^[\s,(]*(?:(?:đợt )?sale\s+)?$/.test(plain.slice(other.index + other.text.length, index)),
  )

/** "cắt mạng 10 hôm nay": how long it has lasted; "mua 10 hôm nay" is a day. */
const HOW_LONG = /^(?:\d+|cả|ca|mấy|may|suốt|nửa|nua|hơn)\s(?:.*\s)?(?:nay)$/u
const DONE_ONCE = /^(?:mua|đặt|dat|order|chốt|chuyển|chuyen|ck|trả|tra|đóng|dong|nộp|cọc|coc|ký|nhận|nhan|giao|thanh|lên|gửi)/u
const isDuration = ({ plain }: Scene, { text }: FoundDate, { start }: Cue): boolean => HOW_LONG.test(text) && !DONE_ONCE.test(plain.slice(start))

/** "làm quà 20/11", "mừng 8/3": what it was bought for. */
const PURPOSE = /(?:quà|qua|tặng|tang|dịp|dip|mừng|mung|nhân|kịp|kip)\s+(?:(?:ngày|ngay|lễ|le)\s+)?$/u
const isPurpose = ({ plain, withMarks }: Scene, { index }: FoundDate): boolean =>
  PURPOSE.test(justBefore(plain, index)) && (!withMarks || !/(?:qua|tang|dip|mung|kip)\s+(?:\S+\s+)?$/u.test(justBefore(plain, index)))

/** The day it came, where no verb beside a date tells it: counted from the day of buying, or the day a service began. */
function withDelivery(scene: Scene, found: Days, served: Read<Day> | undefined): Days {
  const bought = found.boughtOn ?? (scene.bought && { value: scene.bought, start: -1, end: -1 })
  if (found.deliveredOn || !bought) return found
  const day = daysLater(scene, bought) ?? atOnce(scene, bought) ?? (served && served.value >= bought.value ? served : undefined)
  return day && day.start !== bought.start ? { ...found, deliveredOn: day } : found
}

const LATER = say(
  `(?:(?<n>\\d{1,2}|${NUMBER_WORDS}) (?:ngày|hôm|bữa) sau(?: đó)?|sau(?: đó| khi đặt)? (?<after>\\d{1,2}|${NUMBER_WORDS}) (?:ngày|hôm|bữa)|(?:ngày |sáng |trưa |chiều |tối )?(?:hôm|bữa) sau)(?![\\p{L}\\p{M}])`,
)
const NOT_COME = /(?:hẹn|hen|hứa|hua|dự kiến|cam kết|nói|noi|bảo|báo|sẽ|se|phải|chưa|chua|không|khong|ko)\s+(?:\S+\s+){0,3}$/u

/** "bốn ngày sau mới giao", "hôm sau nhận": so many days after it was bought. */
function daysLater(scene: Scene, bought: Read<Day>): Read<Day> | undefined {
  for (const { index, 0: text, groups } of scene.plain.matchAll(LATER)) {
    const place = { start: index, end: index + text.length }
    if (
      !(comes(scene, place) || scene.asked === 'deliveredOn') ||
      NOT_COME.test(scene.plain.slice(Math.max(clauseAround(scene.plain, place).start, index - 30), index))
    )
      continue
    const value = addDays(bought.value, countOf(groups?.['n'] ?? groups?.['after'])) as Day
    if (value <= scene.asOf) return { ...place, value }
  }
  return undefined
}

const AT_ONCE =
  /(?<!\p{L})(?:nhận|lấy|cầm|giao|mang|đem|chở|xách|nhan|lay)(?:\s+(?:về|hàng|đồ|máy))?\s+(?:liền|ngay|luôn|lien|luon|tại chỗ|lúc mua|cùng ngày|trong ngày)(?!\p{L})|^\s*(?:(?:dạ|da)\s+)?(?:ngay|liền|trong|cùng)\s+(?:lúc mua|ngày|hôm|bữa)(?!\p{L})/u

/** "nhận liền lúc mua", as an answer. */
function atOnce({ plain, asked }: Scene, { value }: Read<Day>): Read<Day> | undefined {
  const match = asked === 'deliveredOn' && !/(?<!\p{L})(?:chưa|chua|không|khong|ko)(?!\p{L})/u.test(plain) ? AT_ONCE.exec(plain) : undefined
  return match ? { value, start: match.index, end: match.index + match[0].length } : undefined
}

/** What comes behind the words, or right before them. */
function comes(scene: Scene, place: Place): boolean {
  const cues = cuesIn(scene, clauseAround(scene.plain, place)).filter(({ start, end }) => start - place.end < NEAR && place.start - end < BEHIND)
  const behind = cues.filter(({ start }) => start >= place.end).sort((a, b) => a.start - b.start)[0]
  return (behind ?? cues.find(({ end }) => end <= place.start))?.event === 'deliveredOn'
}

const countOf = (words = 'một'): number => (/^\d/.test(words) ? Number(words) : numberInWords(words))

/** In a text with marks "an" is no "ăn" and "in" is "in": the same words, once with their marks and once with or without. */
interface Deeds {
  readonly marked: RegExp
  readonly either: RegExp
}

function deeds(source: string): Deeds {
  return { marked: new RegExp(`${WORD_START}(?:${spaced(source)})${WORD_END}`, 'gu'), either: word(source) }
}

const deedsIn = ({ marked, either }: Deeds, scene: Scene, stretch: Place): Place[] => within(scene.withMarks ? marked : either, scene.plain, stretch)

/** Deeds that are also done later to mend what was bought: they say when it was bought only where nothing else does. */
const LESSER = deeds('ăn|uống|thay|sửa|làm(?! việc)|lấy|vay|học|tập|khám|giặt|chụp|in|may|dùng')

function lesserDay(scene: Scene, delivered: Place | undefined): Read<Day> | undefined {
  for (const date of scene.dates) {
    const [day, place] = [dayOf(date, scene.asOf, NARROW), placeOf(date)]
    if (!day || day.start === delivered?.start || nearest(scene, clauseAround(scene.plain, place), place, new Set(), true)?.event === 'other')
      continue
    if (
      deedsIn(LESSER, scene, sentenceAround(scene.plain, place)).some(({ start, end }) => start - place.end < NEAR && place.start - end < NEAR) ||
      (date.kind !== 'range' &&
        deedsIn(LESSER, scene, clauseAround(scene.plain, place)).some(({ end }) => end < place.start && place.start - end < LESSER_NEAR))
    )
      return day
  }
  return undefined
}

const NEAR = 24
const LESSER_NEAR = 60
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
  if (TODAY.test(only.date.text) && within(USED_UP, scene.plain, { start: 0, end: scene.plain.length }).length > 0 && clause.length === 0)
    return { boughtOn: only.day }
  if (isAlone(scene, only.date)) return { boughtOn: only.day }
  const obtained =
    deedsIn(OBTAINS, scene, clauseAround(scene.plain, placeOf(only.date))).length > 0 ||
    deedsIn(CONSUMES, scene, sentenceAround(scene.plain, placeOf(only.date))).length > 0
  return !obtained || clause.some(({ event }) => event === 'other') ? {} : { boughtOn: only.day }
}

/** "Đêm thứ bảy 30/5.": a sentence that is nothing but the day. */
function isAlone(scene: Scene, { index, text }: FoundDate): boolean {
  const { start, end } = sentenceAround(scene.plain, { start: index, end: index + text.length })
  const around = `${scene.plain.slice(start, index)} ${scene.plain.slice(index + text.length, end)}`
  return (
    around
      .trim()
      .split(/\s+/)
      .filter((word) => /[\p{L}\d]/u.test(word)).length <= 3 && cuesIn(scene, { start, end }).length === 0
  )
}

/** What is used up on the day it is bought, told on that day. */
const TODAY = /^(?:hồi|hoi|sáng|sang|trưa|trua|chiều|chieu|lúc|luc|vừa|vua|mới|moi)\s+(?:sáng|sang|trưa|trua|chiều|chieu|nay|nãy)$/u
const USED_UP = word('đổ xăng|đổ đầy|bơm xăng|đổ(?= \\d)|ăn sáng|ăn trưa|gửi xe')

/** Ways of getting what was paid for that also mean other deeds. */
const OBTAINS = deeds('chở về|chở(?= \\d)|khoán|đưa trước|đưa liền|ghé|rước|mướn|vệ sinh|tới làm|đi chợ|ra chợ|dựng|gắn|quấn|khám|làm')

/** What is paid for where and when it is used, told in the same sentence as the day. */
const CONSUMES = deeds(
  '(?:vào|vô|ghé|ra|tới|đến|ở|tại|đi) (?:quán|tiệm|cửa hàng|siêu thị|trung tâm thương mại|chợ|nhà hàng|khách sạn|nhà nghỉ|resort|spa|salon|rạp|khu vui chơi|hồ bơi|bãi|garage|gara|cây xăng|phòng khám|nha khoa)|đi (?:taxi|xe|tàu|ăn|khám|chơi)|taxi|ăn (?:sáng|trưa|tối|uống|nhậu)|cắt tóc|gội đầu|nhổ răng|gửi xe|đổ xăng',
)

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
  // "hẹn 8/11 giao": one deed around the day.
  const whole = free.find((cue) => cue.start < date.start && cue.end > date.end)
  if (whole) return whole
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

/** The "Gọi" of "bên Biển Gọi". */
const isInName = ({ caseless, written }: Scene, at: number): boolean =>
  !caseless && /\p{Lu}[\p{L}\p{M}]*\s\p{Lu}$/u.test(written(Math.max(0, at - 14), at + 1))

/** In a text without marks "cho toi" is mostly "cho tôi". */
const FOR_ME = /^cho (?:\S+ )?toi$/u

function cuesIn(scene: Scene, stretch: Place): Cue[] {
  const all = CUES.flatMap(([event, pattern]) => within(pattern, scene.plain, stretch).map((place) => ({ ...place, event })))
  const meant = all.filter(({ start, end }) => !isInName(scene, start) && (scene.withMarks || !FOR_ME.test(scene.plain.slice(start, end))))
  return meant.filter(
    (cue) => !all.some((other) => other.start <= cue.start && other.end >= cue.end && other.end - other.start > cue.end - cue.start),
  )
}

/** The middle of a span: "2 tuần trước" says fourteen days, give or take. Nothing for days to come and for what lies before living memory. */
/** "hói mấy năm nay": nobody did anything on it. */
const ALL_ALONG = /^(?:mười |muoi )?(?:mấy|may|cả|ca|suốt|hàng|hang|vài|vai)\s.*nay$/u

function dayOf(date: FoundDate, asOf: Day, widest: number): Read<Day> | undefined {
  if (ALL_ALONG.test(date.text)) return undefined
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
