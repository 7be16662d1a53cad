/**
 * Sums of money in đồng as people write them: "1tr250", "hai triệu rưỡi", "1.200.000đ", "2 củ rưỡi".
 *
 *   amount = part { smaller part } [ tail ] [ "đồng" ]      part = number unit      tail = "rưỡi" | digits | digit word
 *
 * Vague sums ("vài triệu", "2-3 triệu"), other currencies and counts ("hai nghìn khách") are left out. Slang that also means something
 * else ("3 lít", "1 tỏi") is read only beside a word of paying.
 */
import { type Aligned, align, bare, eitherMarks, spaced, WORD_END, WORD_START } from './aligned.ts'
import { hasMarks } from './normalise.ts'
import { NUMBER_WORDS, numberInWords } from './numbers.ts'

/** A sum found in a text. */
export interface FoundAmount {
  readonly dong: number
  readonly text: string
  readonly index: number
}

const source = (pattern: string): string => spaced(eitherMarks(pattern))
const sticky = (pattern: string): RegExp => new RegExp(source(pattern), 'uy')

const DIGITS = '\\d{1,3}(?: \\d{3})+(?=\\s*(?:đ|đồng|vnđ|vnd|₫))|\\d{1,3}(?:[.,]\\d{3})+(?!\\d)|\\d{1,13}(?:[.,]\\d{1,3})?(?!\\d)'
const UNIT = 'tỷ|tỉ|tỏi|triệu|tr|củ|nghìn|ngàn|cành|k|lít|xị|đồng|vnđ|vnd|₫|đ'
/** "triệu rưỡi" says one and a half; "mấy triệu", "chục triệu" and the "ty" of "công ty" say nothing. */
const UNNUMBERED = `(?<!${source('(?:trăm|chục|mấy|vài|hàng|bạc|dăm|tiền) ')})(?:triệu|trieu|tỷ|tỉ|củ)`
const NUMBER_START = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}]|\\d[.,/:]|\\d\\s?[-–]\\s?|[$€£])(?:(?:${DIGITS})|${NUMBER_WORDS}|${source('nửa')}|${UNNUMBERED}(?=${source(' (?:rưỡi|rưởi|mốt|hai|tư)')}))`,
  'gu',
)
const PART = sticky(
  `(?:(?<digits>${DIGITS})|(?<words>${NUMBER_WORDS}|nửa)|(?=${UNNUMBERED}\\s))(?:\\s*(?<scale>trăm|chục))?\\s*(?<unit>${UNIT})(?![\\p{L}\\p{M}])`,
)
const NEXT_PART = sticky('[\\s,]+(?:lẻ |và )?')
const TAIL_DIGITS = /(?<digits>\d{1,3})(?![\p{L}\p{M}\p{N}]|[.,/]\d|\s*%)/uy
const ONES = 'một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín'
const TAIL_WORD = sticky(
  ` (?<half>rưỡi|rưởi)${WORD_END}| (?<word>mốt|hai|ba|tư|bốn|năm|lăm|sáu|bảy|tám|chín)(?<hundred> trăm)?(?: (?<fifty>rưỡi|rưởi)${WORD_END})?${WORD_END}`,
)
const DONG = sticky(`\\s*(?:đồng|vnđ|vnd|₫|đ)${WORD_END}`)

/** What is counted, not paid: "hai nghìn khách", "10k lượt xem". */
const CROWD =
  'khách|người(?! (?:ta|bán|mua|giao|gửi|nhận|lạ|đó|này))|lượt|theo dõi|follow|fl|view|like|sub|bước|km|mét|đánh giá|thành viên|cổ phiếu|chữ|lần|đơn|tin nhắn|bình luận|cuộc gọi'
/** What a small number before it counts, so that "1 triệu 2 lần" is not 1.2 million. */
const COUNTABLE = `${CROWD}|người|cái|chiếc|món|bạn|đứa|con|bé|tháng|ngày|năm|tuần|giờ|phút|hôm|bữa|buổi|hộp|bịch|gói|sản phẩm|sao|tin|cuộc|tài khoản|bài|cây số|thùng|bộ|kênh|shop|bên|căn|xe|cân|ký|kg|đợt`
const CURRENCY = 'đô|đô la|usd|dollar|euro|eur|tệ|nhân dân tệ|yên|won|baht|bảng anh|rúp|usdt|rupee'
/** "2 triệu 3 hôm 30/10", "hôm qua": a day, and nothing that is counted. */
const A_DAY = '(?:hôm|bữa|ngày)\\s+(?:\\d|mùng|mồng|thứ|rằm)|(?:hôm|bữa) (?:qua|kia)'
const COUNTED = sticky(`\\s+(?!${A_DAY})(?:${COUNTABLE})${WORD_END}`)
const FOREIGN = sticky(`\\s*(?:${CURRENCY})${WORD_END}|\\s*[$€£]`)
const COUNTED_CROWD = sticky(`\\s+(?:${CROWD})${WORD_END}`)
/** Things whose names begin like a unit: "2 củ khoai", "3 đồng hồ", "4k tivi". */
const OTHER_THING = sticky(
  `(?<=củ)\\s+(?:khoai|hành|tỏi|gừng|sạc|cà|sâm|sắn|đậu|nghệ|riềng|cải|loa|mì|pin|tai|sen|năng)${WORD_END}|(?<=đồng)\\s+(?:hồ|phục|bộ|chí|bào|nai|hành|nghiệp)${WORD_END}|(?<=t[iy])\\s*vi${WORD_END}`,
)
const PAID = new RegExp(
  `${source(`${WORD_START}(?:giá|tiền|trả|chuyển|chuyển khoản|ck|cọc|phí|hết|mất|mua|bán|tính|trị giá|thanh toán|nạp|phạt|đóng|tốn|lừa|vay|nợ|thu|hoàn|bồi thường|đền|trừ|lấy|bùng|cước|gửi|rút|lương|thưởng|ship|tổng|tổng cộng|cộng|hóa đơn)`)}(?:\\s+[\\p{L}]+){0,3}\\s*[:=]?\\s*$`,
  'u',
)
const SCREEN = new RegExp(`${source(`${WORD_START}(?:tivi|ti vi|tv|màn|màn hình|hình|video|camera|cam|phân giải|quay|uhd|phim)`)}\\s*$`, 'u')

/** @returns every sum of đồng in reading order, without overlaps. Never throws. */
export function readAmounts(text: string): FoundAmount[] {
  const aligned = align(text)
  const found: FoundAmount[] = []
  let end = 0
  for (const { index } of aligned.text.matchAll(NUMBER_START)) {
    if (index < end) continue
    const amount = amountAt(aligned, index)
    if (amount) found.push(amount.found)
    end = amount?.end ?? end
  }
  return found
}

interface Reading {
  readonly found: FoundAmount
  readonly end: number
}

interface Part {
  readonly value: number
  readonly unit: string
  readonly unitValue: number
  readonly end: number
}

function amountAt(aligned: Aligned, start: number): Reading | undefined {
  const { text } = aligned
  const first = partAt(text, start)
  if (!first) return unitlessAt(aligned, start)
  if (!plausible(text, start, first)) return undefined
  const parts = smallerParts(text, first)
  const last = parts.at(-1) as Part
  const tail = tailAt(text, last)
  const end = matchEnd(DONG, text, tail.end)
  if (matchEnd(FOREIGN, text, end) > end) return undefined
  return reading(aligned, start, end, parts.reduce((sum, part) => sum + part.value, 0) + tail.value)
}

function reading(aligned: Aligned, start: number, end: number, dong: number): Reading | undefined {
  const rounded = Math.round(dong)
  return Number.isSafeInteger(rounded) ? { found: { dong: rounded, ...aligned.span(start, end) }, end } : undefined
}

function partAt(text: string, at: number): Part | undefined {
  PART.lastIndex = at
  const match = PART.exec(text)
  if (!match?.groups) return undefined
  const { digits, words, scale, unit = '' } = match.groups
  const unitValue = UNIT_VALUES[bare(unit)] ?? 1
  const number = digits ? numberOf(digits, unitValue) : words ? inWords(words) : 1
  return { value: number * scaleOf(scale) * unitValue, unit: bare(unit), unitValue, end: at + match[0].length }
}

// biome-ignore format: the table reads best on one line
const UNIT_VALUES: Readonly<Record<string, number>> = { ty: 1e9, ti: 1e9, toi: 1e9, trieu: 1e6, tr: 1e6, cu: 1e6, nghin: 1e3, ngan: 1e3, canh: 1e3, k: 1e3, lit: 1e5, xi: 1e5 }

const scaleOf = (word = ''): number => ({ tram: 100, chuc: 10 })[bare(word)] ?? 1
const inWords = (words: string): number => (bare(words) === 'nua' ? 0.5 : numberInWords(words))

/** Dots and commas before three digits group, else they mark decimals: "1.200.000", "2,5"; "2,500" of millions is two and a half. */
function numberOf(digits: string, unitValue: number): number {
  const grouped = /^\d{1,3}(?:[.,\s]\d{3})+$/.test(digits) && !(unitValue >= 1e6 && /^\d{1,2},\d{3}$/.test(digits))
  return grouped ? Number(digits.replace(/[.,\s]/g, '')) : Number(digits.replace(',', '.'))
}

const SLANG = new Set(['lit', 'xi', 'toi'])

function plausible(text: string, start: number, { unit, value, unitValue, end }: Part): boolean {
  const before = text.slice(Math.max(0, start - 40), start)
  const after = text.slice(end)
  if (matchEnd(OTHER_THING, text, end) > end) return false
  if (matchEnd(FOREIGN, text, end) > end) return false
  // Nothing else is measured so; only what is drunk.
  if (unit === 'xi' && /xị$/.test(text.slice(start, end))) return !/^\s+(?:rượu|đế|bia|nước)/.test(after)
  if (SLANG.has(unit)) return PAID.test(before) && (/^\s*(?:$|[.,!?;\n])/.test(after) || /^\s+ti[eề]n/.test(after))
  // "219 cành" is paid, "3 cành đào" and "20 cành" are cut.
  if (unit === 'canh')
    return (
      value >= 5e4 &&
      /^\s*(?:$|[.,!?;\n)]|(?:thôi|thoi|cho|ship|tiền|tien|ck|lận|lan|ạ|nha|nhé|luôn|luon|mà|ma|một|mot)(?![\p{L}\p{M}]))/u.test(after)
    )
  if (unit === 'k') return plausibleThousands(text, start, end, value, before)
  if (text.slice(start, end).endsWith('d')) return /^\S*(?:\d{4}|\d[.,]\d{3})d$/.test(text.slice(start, end))
  if (unitValue === 1 && value < 1e3 && !/\d/.test(text.slice(start, end))) return false
  return unitValue < 1e3 || matchEnd(COUNTED_CROWD, text, end) === end
}

/** "nhẫn 18K": how pure the gold is. */
const GOLD =
  /(?:vàng|vang|nhẫn|nhan|bông|bong|lắc|lac|dây chuyền|day chuyen|vòng|vong|trang sức|trang suc|tuổi|tuoi)\s+(?:tây |tay |ta |cưới |cuoi )?$/u

function plausibleThousands(text: string, start: number, end: number, value: number, before: string): boolean {
  const written = text.slice(start, end)
  if (matchEnd(COUNTED_CROWD, text, end) > end) return false
  if (/^[248]k$/.test(written) && SCREEN.test(before)) return false
  if (/^(?:9|10|14|18|22|24)k$/.test(written) && GOLD.test(before)) return false
  return !/\s/.test(written) || (value >= 1e4 && /^\s*(?:$|[.,!?;\n]|(?:tien|tiền|thôi|thoi|ạ|nha|nhé|cho)(?![\p{L}\p{M}]))/u.test(text.slice(end)))
}

function smallerParts(text: string, first: Part): Part[] {
  const parts = [first]
  for (let last = first; ; last = parts.at(-1) as Part) {
    const at = matchEnd(NEXT_PART, text, last.end)
    const next = partAt(text, at)
    if (!next || next.unitValue >= last.unitValue || next.value >= last.unitValue || last.unitValue === 1) return parts
    if (!plausible(text, at, next)) return parts
    parts.push(next)
  }
}

function tailAt(text: string, last: Part): { value: number; end: number } {
  const none = { value: 0, end: last.end }
  if (last.unitValue < 1e3) return none
  return halfOrWord(text, last) ?? tailDigits(text, last) ?? none
}

function halfOrWord(text: string, { end, unitValue }: Part): { value: number; end: number } | undefined {
  TAIL_WORD.lastIndex = end
  const match = TAIL_WORD.exec(text)
  if (!match?.groups) return undefined
  const after = end + match[0].length
  if (match.groups['half']) return { value: unitValue / 2, end: after }
  if (hasMarks(text) && AMBIGUOUS_BARE.test(match.groups['word'] ?? '')) return undefined
  if (unitValue < 1e6 || matchEnd(COUNTED, text, after) > after || COUNTED_SELF.test(text.slice(end))) return undefined
  const tenths = numberInWords(match.groups['word'] ?? '') + (match.groups['fifty'] ? 0.5 : 0)
  return { value: (tenths * unitValue) / 10, end: after }
}

/** "2 triệu sau khi": in a text with marks these are other words than sáu, tư, bảy, năm. */
const AMBIGUOUS_BARE = /^(?:mot|tu|bon|nam|lam|sau|bay|tam|chin)$/

/** "hai triệu ba mẹ tôi", "1 triệu hai chị em": the number word belongs to what follows. */
const COUNTED_SELF = new RegExp(
  `^${source(` (?:ba (?:mẹ|má|em|tôi|con)|hai (?:vợ|chị|anh|mẹ|bố|bên|đứa)|năm (?:ngoái|nay|trước|đầu|sau|học|một|hai|\\d)|bay (?:mau|mat|het|luon|sach|theo))`)}`,
  'u',
)

/** "1tr2", "1 triệu 250": the digits go on where the unit stopped, as decimals of it. */
function tailDigits(text: string, { end, unit, unitValue }: Part): { value: number; end: number } | undefined {
  const at = matchEnd(/\s?/uy, text, end)
  TAIL_DIGITS.lastIndex = at
  const digits = TAIL_DIGITS.exec(text)?.groups?.['digits']
  if (!digits || (unitValue < 1e6 && (unit !== 'k' || digits.length > 1 || at > end))) return undefined
  const after = at + digits.length
  if (at > end && (matchEnd(COUNTED, text, after) > after || partAt(text, at))) return undefined
  return { value: Number(`0.${digits}`) * unitValue, end: after }
}

const BARE_SUM = /\d{1,3}(?:[.,]\d{3})+(?![\p{L}\p{M}\p{N}.,/-]\d|[\p{L}\p{M}\p{N}/-])|[1-9]\d{0,8}0{3}(?![\p{L}\p{M}\p{N}/-]|[.,]\d)/uy
const CURRENCY_FIRST = /(?:vnđ|vnd|₫)\s*$/u

/** "cọc 500000", "giá 1.200.000", "VND 350.000": a number that only its neighbour makes a sum. */
function unitlessAt(aligned: Aligned, start: number): Reading | undefined {
  const { text } = aligned
  const thousands = thousandsAt(aligned, start)
  if (thousands) return thousands
  const end = matchEnd(BARE_SUM, text, start)
  const before = text.slice(Math.max(0, start - 40), start)
  if (end === start || text[start] === '0' || !(PAID.test(before) || CURRENCY_FIRST.test(before))) return undefined
  if (matchEnd(COUNTED, text, end) > end || matchEnd(FOREIGN, text, end) > end) return undefined
  const digits = text.slice(start, end).replace(/[.,]/g, '')
  return digits.length <= 11 ? reading(aligned, start, end, Number(digits)) : undefined
}

/** What a price is of, behind it: "một trăm tám một ký", "5 trăm/thùng". */
const OF_ONE = `(?:/\\s*|một |1 |mỗi )(?! \\d)\\p{L}`
const HUNDREDS_ALONE = sticky(
  `(?:${ONES}|[1-9]) trăm(?: (?<half>rưỡi|rưởi)| (?<tens>${ONES}|[1-9])(?: (?:chục|mươi))?)?${WORD_END}(?=\\s*(?:$|[.,;!?)\\n]| (?:thôi|à|ạ|nha|rồi|tiền)${WORD_END})|\\s*(?<each>${OF_ONE})|(?<=ưỡi|ưởi|uoi)(?! (?:${COUNTABLE}|gram|gam|g|mét|m|cây|chữ|lít|ml)${WORD_END}))`,
)

/** "giá sáu trăm tám", "4 trăm rưỡi", "một trăm tám một ký": hundreds without a unit are thousands behind a word of paying, before what they buy, and with a half. */
function thousandsAt(aligned: Aligned, start: number): Reading | undefined {
  const { text } = aligned
  HUNDREDS_ALONE.lastIndex = start
  const match = HUNDREDS_ALONE.exec(text)
  const before = text.slice(Math.max(0, start - 40), start)
  if (!match || MEASURES.test(before) || !(match.groups?.['half'] || match.groups?.['each'] || PAID.test(before))) return undefined
  const hundreds = oneOf(match[0].split(/\s+/)[0])
  const tens = match.groups?.['half'] ? 5 : oneOf(match.groups?.['tens'])
  return reading(aligned, start, start + match[0].length, (100 * hundreds + 10 * tens) * 1e3)
}

/** "nặng hai trăm rưỡi". */
const MEASURES = /(?:nặng|nang|dài|dai|cao|rộng|rong|dày|sâu|chạy|chay)\s+(?:\S+\s+)?$/u

const oneOf = (word = ''): number => (/^\d$/.test(word) ? Number(word) : numberInWords(word))

/** @returns where a sticky match that begins at `at` ends; `at` itself when there is none. */
function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}
