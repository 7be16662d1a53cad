/** Prices of one of many, times how many: "sáu ký bắp giống, 145 ngàn một ký" comes to 870 thousand. */
import { eitherMarks, overlaps, type Place, spaced, WORD_END, WORD_START } from '../../../knowledge/language/aligned.ts'
import type { FoundAmount } from '../../../knowledge/language/amounts.ts'
import { NUMBER_WORDS, numberInWords } from '../../../knowledge/language/numbers.ts'
import { justBefore, type Scene, say } from './scene.ts'

/** What goods are counted and weighed by. Days and months are none: what is paid by the month is not bought by the piece. */
export const COUNTERS =
  'cái|con|bàn|người|bạn|học sinh|học viên|khách|bao|thùng|ký|kg|kí|cân|chiếc|suất|vé|bộ|cây|gói|hộp|chai|lon|hũ|lọ|ly|tô|dĩa|đĩa|ổ|can|mâm|lạng|tấm|cuộn|cặp|đôi|bó|quả|trái|mét|m2|khối|phòng|túi|bịch|lít|tạ|tấn|yến|bình|cuốn|quyển|cục|phần|lốc|giỏ|khay|vỉ|tuýp|gốc|viên|miếng|áo|xị|xe|chậu|kiện|đĩa|mắt|ghế|sào|công đất|gốc|buổi|đêm|ván|khung|bức|tập|bát|nồi|cuộc|lớp'

const ONE = '(?:/\\s*|mỗi |một |1 |từng )'
const loose = (source: string): string => spaced(eitherMarks(source))
const PRICE_BEHIND = new RegExp(`^\\s*(?:${loose('đ|đồng|tiền')})?\\s*${loose(`${ONE}(?<counter>${COUNTERS})`)}${WORD_END}`, 'u')
const PRICE_BEFORE = new RegExp(`${WORD_START}${loose(`(?:mỗi |một |1 |từng )(?<counter>${COUNTERS})(?: (?:là|giá|hết|tính|có))*`)}[\\s:]*$`, 'u')
/** Thousands go without a word where the price is of one: "165 một thùng". */
const BARE_PRICE = say(`(?<price>[1-9]\\d{1,2})(?=\\s*${ONE}(?:${COUNTERS})(?![\\p{L}\\p{M}]))`)

interface Price {
  readonly dong: number
  readonly counter: string
  /** The sum with the words that tell what it is of. */
  readonly place: Place
  readonly found: FoundAmount
}

/** @returns the price of one times the number that was bought; undefined where no price is of one, or no number stands beside the same counter. */
export function readByCount(scene: Scene, sums: readonly FoundAmount[]): FoundAmount | undefined {
  const times = timesIn(scene, sums)
  if (times) return times
  for (const price of [...sums, ...barePrices(scene, sums)].flatMap((found) => priceOf(scene, found) ?? [])) {
    const count = countOf(scene, price)
    if (count) return { ...price.found, dong: Math.round(price.dong * count) }
  }
  return undefined
}

/** "3 hộp x 250k", "62 thùng nhơn 185 ngàn". */
const TIMES = new RegExp(`(?<![\\d.,])(?<n>\\d{1,4})\\s*(?:${spaced(eitherMarks(COUNTERS))})?\\s*(?:x|×|\\*|nhân|nhơn)\\s*(?:với\\s+)?$`, 'u')

function timesIn({ plain }: Scene, sums: readonly FoundAmount[]): FoundAmount | undefined {
  return sums
    .map((found) => ({ found, count: Number(TIMES.exec(justBefore(plain, found.index))?.groups?.['n'] ?? 0) }))
    .filter(({ count }) => count > 1)
    .map(({ found, count }) => ({ ...found, dong: found.dong * count }))[0]
}

function barePrices({ plain }: Scene, sums: readonly FoundAmount[]): FoundAmount[] {
  return [...plain.matchAll(BARE_PRICE)]
    .map(({ index, groups }) => ({ index, text: groups?.['price'] ?? '', dong: Number(groups?.['price']) * 1e3 }))
    .filter(({ index }) => !sums.some((sum) => index >= sum.index && index < sum.index + sum.text.length))
}

function priceOf({ plain }: Scene, found: FoundAmount): Price | undefined {
  const end = found.index + found.text.length
  const behind = PRICE_BEHIND.exec(plain.slice(end, end + 24))
  if (behind?.groups)
    return { dong: found.dong, counter: behind.groups['counter'] ?? '', place: { start: found.index, end: end + behind[0].length }, found }
  const before = PRICE_BEFORE.exec(justBefore(plain, found.index))
  if (!before?.groups) return undefined
  return { dong: found.dong, counter: before.groups['counter'] ?? '', place: { start: found.index - before[0].length, end }, found }
}

const NUMBER = `(?<n>\\d{1,4}(?:[.,]\\d)?|${NUMBER_WORDS})`
const BUYS = /(?:mua|đặt|dat|lấy|lay|order|chốt|sắm|nhập|thuê|kêu|gọi|ăn)(?:\s+[^\s.,;]+){0,5}\s*$/u
const SAME: Readonly<Record<string, string>> = { ký: 'ký|kg|kí|cân', kg: 'ký|kg|kí|cân', kí: 'ký|kg|kí|cân', cân: 'ký|kg|kí|cân', ky: 'ký|kg' }

/** A larger measure of the same: "5 tạ phân, hai ngàn một ký", "cặp gà, ba trăm một con". */
const WEIGHTS: readonly (readonly [words: string, times: number])[] = [
  ['yến', 10],
  ['tạ', 100],
  ['tấn', 1000],
]
const PAIRS: readonly (readonly [words: string, times: number])[] = [['cặp|đôi', 2]]
const LARGER: Readonly<Record<string, readonly (readonly [words: string, times: number])[]>> = {
  ...{ ký: WEIGHTS, kg: WEIGHTS, kí: WEIGHTS, cân: WEIGHTS, ky: WEIGHTS, lạng: [['ký|kg|kí|cân', 10]] },
  ...{ con: PAIRS, chiếc: PAIRS, cái: PAIRS },
}
const ONE_PAIR = new RegExp(`^(?:${spaced(eitherMarks('cặp|đôi'))})$`, 'u')

/** What is told in a larger measure; a pair needs no number. */
function largerCount({ plain }: Scene, { counter }: Price): number | undefined {
  for (const [words, times] of LARGER[counter] ?? [])
    for (const { index, groups } of plain.matchAll(say(`(?:${NUMBER}\\s*)?(?<measure>${words})(?: (?<half>rưỡi|rưởi))?(?![\\p{L}\\p{M}])`))) {
      const [n, measure] = [groups?.['n'], groups?.['measure'] ?? '']
      if (BUYS.test(justBefore(plain, index)) && (n || ONE_PAIR.test(measure))) return times * ((n ? numberOf(n) : 1) + (groups?.['half'] ? 0.5 : 0))
    }
  return undefined
}

/** "cân lại thiếu gần 60 ký": not what was bought. */
const SHORT_OF = /(?:thiếu|thieu|hụt|hut|dư|chết|chet|hư|bể|vỡ|hỏng)\s+(?:[^\s.,;]+\s+){0,2}$/u

/** Of several numbers the one behind a verb of buying, else the largest: the spoilt ones are a part of it. */
function countOf(scene: Scene, price: Price): number | undefined {
  return largerCount(scene, price) ?? sameCount(scene, price)
}

function sameCount({ plain }: Scene, { counter, place }: Price): number | undefined {
  const pattern = say(`${NUMBER}\\s*(?:${SAME[counter] ?? counter})(?: (?<half>rưỡi|rưởi))?(?![\\p{L}\\p{M}])`)
  const counts = [...plain.matchAll(pattern)]
    .filter(({ index, 0: all }) => !overlaps(place, { start: index, end: index + all.length }) && !SHORT_OF.test(justBefore(plain, index)))
    .map(({ index, groups }) => ({ count: numberOf(groups?.['n']) + (groups?.['half'] ? 0.5 : 0), bought: BUYS.test(justBefore(plain, index)) }))
    .filter(({ count }) => count > 1)
  const bought = counts.find((one) => one.bought) ?? [...counts].sort((a, b) => b.count - a.count)[0]
  return bought?.count
}

const numberOf = (words = ''): number => (/^\d/.test(words) ? Number(words.replace(',', '.')) : numberInWords(words))
