/** How far the name of a thing reaches: from behind a verb, over sellers, days and sums, past its counter, up to the word that tells something else. */
import { bare, eitherMarks, overlaps, type Place, spaced, WORD_START } from '../../../knowledge/language/aligned.ts'
import { justBefore, type Scene, type Word, wordsFrom } from './scene.ts'
import { COUNTERS, ENDS_GOODS, stopsAt } from './stops.ts'
import { HEADS, HEADS_ALONE, HEADS_ALONE_BARE, HEADS_BARE, HEADS_WITHOUT_MARKS } from './things.ts'

export const MOST_WORDS = 7
const CONTINUED = new Set(['và', 'va', 'với'])

/** These name nothing. */
const NO_THING =
  /^(?:(?:khóa|khoá|gói|combo|set|lớp|khoa|goi|lop) \d.*|(?:hoàn|trả|nói|kêu|bồi|hủy|rút|nộp|đền|boi|huy|hoan|nop|đi|chai đi|máy khác|cái khác|lo khac|lô khác|giấy tờ|giay to|biển số)(?!\p{L}).*|(?:hàng|hang) (?!(?:hiệu|hieu|xách|xach|điện|nông)(?!\p{L})).*|(?:hàng|hang|ve|đồ|do|sản phẩm|san pham|sp|đơn|don|đơn hàng|don hang|món|mon|món hàng|thứ|gì|gi|chi|cái này|này|đó|ấy|nó|hàng hóa|âm|trừ|hóa đơn|hoa don|báo|thuê|thue|khoán|bay|page|shop|thùng|gói|sợi|tới|tiếng|(?:\S+ )?bận|bao nhiêu.*|cây|bó|bao|ký|cân|suất|buổi|phần|tổng hóa đơn|hàng giả|nhiều|lại|đi|ngay|được|ai|đâu|hàng online|hết|cộng|tên|vậy|rồi|xong|thử|lai rai|mấy lần|ngoài chợ|máy|(?:vầy|vậy|sao|dẫy)(?!\p{L}).*|đầy|đầy bình|đổ đầy|đổ đầy bình|đồng hồ nước|bill|tổng bill|cữ|ngụm|muỗng|anh|chị|cô|chú|ông|bà|bác|\S+ khác|cước|phí|phí ship|tiền ship|tiền công|tiền xe|dịch vụ|lọ|hộp|hũ|gói|chai|tô|tuýp|trọn gói|(?:\S+ )?(?:cháu|đứa|người|vợ chồng|mẹ con|chị em|anh em|bố con|cha con|bà con|em|thằng|ông bà)(?!\p{L}).*|thành|ra|mặt bằng|khác|mới|(?:buổi|tháng|ngày|lần|năm|tuần|giờ|phút|người|đứa|hôm|bữa|đợt|lúc|lần)(?!\p{L}).*)(?:\s+(?:á|ạ|a|nha|nhé|đó|đây|kia|ấy|này|nọ|thôi|gì|chi|vậy|hết|mấy lần|lung tung|linh tinh|ra|nữa))*)$/u

const MOST_SYLLABLES = 4

/** @returns how many of the words from `at` on are the name of a thing; 0 for none. */
function headLength(words: readonly string[], at: number, names: ReadonlySet<string>): number {
  for (let count = Math.min(MOST_SYLLABLES, words.length - at); count > 0; count--) if (names.has(words.slice(at, at + count).join(' '))) return count
  return 0
}

const known = ({ withMarks }: Scene): ReadonlySet<string> => (withMarks ? HEADS : HEADS_WITHOUT_MARKS)
/** Those that mean a thing with no word of buying beside them. */
export const alone = ({ withMarks }: Scene): ReadonlySet<string> => (withMarks ? HEADS_ALONE : HEADS_ALONE_BARE)

/** Words with nothing but blanks between them. */
const RUN = /[\p{L}\p{M}\p{N}]+(?:[ \t\n]+[\p{L}\p{M}\p{N}]+)*/gu
const SYLLABLE = /[^ \t\n]+/gu

/** @returns the names of things in a stretch, of two that begin alike the longer. */
export function namesIn(scene: Scene, { start, end }: Place, names: ReadonlySet<string> = known(scene)): Place[] {
  return [...scene.plain.slice(start, end).matchAll(RUN)].flatMap((run) => namesInRun(scene, run[0], start + run.index, names))
}

function namesInRun({ withMarks }: Scene, run: string, from: number, names: ReadonlySet<string>): Place[] {
  const places = [...run.matchAll(SYLLABLE)].map(({ index, 0: { length } }) => ({ start: from + index, end: from + index + length }))
  const words = (withMarks ? run : bare(run)).match(SYLLABLE) ?? []
  const found: Place[] = []
  for (let at = 0; at < words.length; at++) {
    const count = headLength(words, at, names)
    const [first, last] = [places[at], places[at + count - 1]]
    if (count > 0 && first && last) found.push({ start: first.start, end: last.end })
    at += Math.max(0, count - 1)
  }
  return found
}

/** How much of it, and in what it comes: what may stand before the name of a thing. */
const MEASURES =
  'cái|chiếc|con|bộ|đôi|cặp|hộp|thùng|gói|bình|cây|bao|chai|lon|lốc|vỉ|bịch|can|hũ|lọ|tuýp|chục|ký|kí|kg|kilogam|cân|lạng|lít|lit|mét|tấn|tạ|yến|xe|tấm|viên|tờ|cuốn|quyển|tập|cục|củ|quả|trái|bó|chậu|cành|xấp|cuộn|miếng|phần|suất|tô|ly|ổ|đĩa|mâm|bàn|set|combo|lô|mớ|đống|loại|mẫu|dòng|mấy|các|những|ít|căn|lượng|chỉ|mẻ|rổ|bầu|khối|hệ thống|dàn|sản phẩm|hàng|đồ'
const MANY = '\\d{1,5}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nửa|rưỡi|chục|trăm|ngàn|nghìn'
const LEADING = new RegExp(`^(?:(?:${spaced(eitherMarks(`${MANY}|${MEASURES}`))})\\s+)+`, 'u')
/** "ba lần": a number makes nothing a thing. */
const NUMBER_FIRST = new RegExp(`^(?:(?:${eitherMarks(MANY)})\\s+)+`, 'u')
const leading = (text: string): number => LEADING.exec(text)?.[0].length ?? 0

/** @returns whether the stretch begins with the name of a thing, a number and a measure before it or none. */
export function isKnown(scene: Scene, { start, end }: Place): boolean {
  const name = start + leading(scene.plain.slice(start, end))
  return namesIn(scene, { start, end }).some((head) => head.start <= name)
}

const NUMBERED = new RegExp(
  `${WORD_START}(?:\\d{1,5}|một|hai|ba|bốn|năm|${eitherMarks('cái|chiếc|con|bộ|đôi|cặp|hộp|thùng|gói|bình|cây')})\\s+$`,
  'u',
)

/** @returns whether a number or a measure stands before, or it begins with them. */
export const isCounted = ({ plain }: Scene, { start, end }: Place): boolean =>
  NUMBERED.test(justBefore(plain, start)) || leading(plain.slice(start, end)) > 0

export const isNamed = (scene: Scene, place: Place): boolean => isKnown(scene, place) || isCounted(scene, place)

/** Farther from its verb, behind a seller or a day, only what is known for a thing is one. */
export function thingAt(scene: Scene, from: number, taken: readonly Place[]): Place | undefined {
  const at = skipped(scene, from, taken)
  const place = inQuotation(scene, at) ?? thingOf(scene, wordsFrom(scene, at, MOST_WORDS + 3))
  return place && (!isFar(scene, from, at) || (isPriceOfOne(scene, at) ? isKnown : isNamed)(scene, place)) ? place : undefined
}

/** What is counted there is the price, not the thing. */
const isPriceOfOne = ({ plain, amounts }: Scene, at: number): boolean =>
  amounts.some(({ index, text }) => index < at && UNIT.test(plain.slice(index + text.length, at)) && at - index - text.length < 14)

const isFar = ({ plain }: Scene, from: number, to: number): boolean =>
  /[\p{L}\p{N}]/u.test(plain.slice(from, to)) && endOf(BETWEEN, plain, from) < to - 1

/** 'mua "kỳ nghỉ dưỡng trọn đời"'. */
function inQuotation({ plain }: Scene, at: number): Place | undefined {
  const name = /^["“‘«][^"”’»\n|]{3,60}["”’»]/u.exec(plain.slice(at, at + 64))?.[0]
  return name ? { start: at, end: at + name.length } : undefined
}

const KIN =
  '(?:bé|con|cháu|mẹ|má|mạ|ba|bố|cha|vợ|chồng|em|tôi|mình|tui|tao|bà|ông|chị|anh|nhà|ngoại|nội|trai|gái|cả|các|mấy|đứa|trường|lớp|công ty|cơ quan|khách|bạn|thằng|chú|bác|cô|dì|chúng tôi|bọn em|út|rể|dâu)'
/** "mua ve nha" is brought home, "mua ve xe" is a "vé". */
const HOME = 'về|ve(?=\\s+(?:nha|xai|dung|de|cho|an|lam|thi|ma|mac|uong|tu|trong|choi|bi|1|mot|cai|chiec)(?!\\p{L}))'
const BETWEEN = new RegExp(
  `(?:${spaced(
    eitherMarks(
      `(?:cho|giúp|giùm|hộ|dùm|tặng|biếu)(?: ${KIN})+|trả góp|qua mạng|online|thêm|KEM|HOME|luôn|thử|trúng|ngay|lại|cho|hàng(?= cái)|sỉ|lẻ|trước|:`,
    ),
  )
    .replace('HOME', HOME)
    .replace('KEM', 'kèm')})(?![\\p{L}\\p{M}])[\\s:]*`,
  'uy',
)
const PLACED = new RegExp(
  `(?:${eitherMarks('ở|tại|của|bên|trên|qua|từ|ngoài|trong|chỗ')})\\s+(?:(?:${eitherMarks('sàn|app|mạng|nick|shop|page|trang|kênh|một|nhà|bán')})\\s+){0,2}`,
  'uy',
)

/** Steps over for whom, where, from whom, when and for how much: "mua cho mẹ tại đại lý Minh Nông 25 bao phân". */
function skipped(scene: Scene, from: number, taken: readonly Place[]): number {
  const next = stepFrom(scene, from, taken)
  return next > from ? skipped(scene, next, taken) : from
}

/** "120 ngàn một cây" is the price of one. */
const UNIT = new RegExp(`^\\s*(?:(?:${eitherMarks('một|mỗi|1')})\\s+|/\\s*)(?:${eitherMarks(MEASURES)})(?![\\p{L}\\p{M}])`, 'u')

function stepFrom(scene: Scene, at: number, taken: readonly Place[]): number {
  const { plain } = scene
  const value = [...scene.amounts, ...scene.dates].find(({ index }) => index === at)
  const name = taken.find(({ start }) => start === endOf(PLACED, plain, at))
  const unit = value && UNIT.exec(plain.slice(value.index + value.text.length, value.index + value.text.length + 20))
  const next = name?.end ?? (value ? value.index + value.text.length + (unit?.[0].length ?? 0) : endOf(BETWEEN, plain, at))
  return next + (/^\s*/u.exec(plain.slice(next))?.[0].length ?? 0)
}

/** @returns where a sticky match at `at` ends; `at` itself for none. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

/** "hai chai", "1 cặp": how much of something that is named elsewhere; "trái cây" is a thing all the same. */
const isMeasure = ({ withMarks }: Scene, text: string): boolean =>
  leading(`${text} `) > text.length && !(text.includes(' ') && (withMarks ? HEADS : HEADS_BARE).has(text))

/** @returns the thing that the words begin with, without its counter; undefined when they name none. */
export function thingOf(scene: Scene, words: readonly Word[]): Place | undefined {
  const skip = words.findIndex((word, i) => !stopsAt(COUNTERS, words, i, scene.withMarks) && !/^(?:0?\d|1)$/.test(word.text))
  const thing = thingWords(scene, skip < 0 ? [] : words.slice(skip))
  const [first, last] = [thing[0], thing.at(-1)]
  if (!first || !last || !thing.some((word) => /\p{L}{2}/u.test(word.text))) return undefined
  const text = scene.plain.slice(first.start, last.end)
  return NO_THING.test(text.replace(NUMBER_FIRST, '')) || isMeasure(scene, text) ? undefined : { start: first.start, end: last.end }
}

const JOINS = /^(?:với|và|kèm|voi|va|kem)$/u
const BEFORE_NAME = /^(?:\d{1,2}|một|hai|ba|bốn|năm|cái|chiếc|con|bộ|đôi|cặp|quay|chụp|mot|cai|chiec|bo|doi)$/u

/** "chụp hình với quay phóng sự": up to where the second thing is named; 0 where none follows. */
function joinedTo(scene: Scene, words: readonly Word[], at: number): number {
  const next = [at + 1, at + 2, at + 3].find((i) => !BEFORE_NAME.test(words[i]?.text ?? '-'))
  const length = next === undefined ? 0 : headOf(scene, words, next)
  const deed = headOf(scene, words, at + 1)
  return deed > 0 ? at + 1 + deed : length > 0 && next !== undefined ? next + length : 0
}

/** A counter and what it holds may stand before the name: "5 lit mat ong". */
const FAR_HEAD = 3

const MEASURE = new RegExp(`^(?:${eitherMarks(MEASURES)})$`, 'u')
/** Without marks these are small words even behind a measure. */
const SMALL = /^(?:cho|bo|la|de|va|ma|co|do)$/u

/** Behind a measure one syllable is enough: "2 bao gao". */
function measured({ withMarks }: Scene, words: readonly Word[], at: number): number {
  const name = words[at + 1]
  if (!name || !MEASURE.test(words[at]?.text ?? '') || (!withMarks && SMALL.test(name.bare))) return 0
  return (withMarks ? HEADS.has(name.text) : HEADS_BARE.has(name.bare)) ? 2 : 0
}

/** Of one syllable it may be any word. */
function headOf({ withMarks }: Scene, words: readonly Word[], at: number): number {
  const texts = words.slice(at, at + MOST_SYLLABLES).map((word) => (withMarks ? word.text : word.bare))
  const length = headLength(texts, 0, withMarks ? HEADS : HEADS_BARE)
  return length > 1 ? length : 0
}

function thingWords(scene: Scene, words: readonly Word[]): Word[] {
  const thing: Word[] = []
  let head = !scene.withMarks && words[0]?.text === 've' ? 1 : 0
  for (const [i, word] of words.entries()) {
    if (i > 0 && JOINS.test(word.text)) head = Math.max(head, joinedTo(scene, words, i))
    // Whatever its words mean elsewhere: "may do ca" is no "may" for some cause, and a "bánh trung thu" no day.
    if (i <= FAR_HEAD) head = Math.max(head, i + (measured(scene, words, i) || headOf(scene, words, i)))
    if (
      thing.length >= MOST_WORDS ||
      (i >= head && stopsAt(ENDS_GOODS, words, i, scene.withMarks)) ||
      isValue(scene, word, words[head - 1]?.end ?? 0)
    )
      break
    if ((CONTINUED.has(word.text) && thing.length === 0) || (thing.length > 1 && counts(scene, words, i))) break
    thing.push(word)
  }
  while (CONTINUED.has(thing.at(-1)?.text ?? '')) thing.pop()
  return thing
}

/** "con ip 12 cũ": no number of something else, but a model. */
const QUALITY = /^(?:cũ|cu|mới|pro|plus|max|mini|like|zin|xịn|inch|in|màu|bản)$/u

/** "phòng homestay 2 đêm": a number before a small word counts something else. */
const counts = ({ withMarks }: Scene, words: readonly Word[], at: number): boolean =>
  !QUALITY.test(words[at + 1]?.text ?? '') &&
  /^\d{1,2}$/.test(words[at]?.text ?? '') &&
  words[at + 1]?.capital === false &&
  !stopsAt(ENDS_GOODS, words, at + 1, withMarks)

/** @returns whether the word is of a sum or a day, and this no part of a name that ends at `head`: a "bánh trung thu", but "bếp từ tuần trước". */
const isValue = (scene: Scene, word: Word, head: number): boolean =>
  [...scene.amounts, ...scene.dates].some(
    ({ index, text }) => overlaps(word, { start: index, end: index + text.length }) && index + text.length > head,
  )
