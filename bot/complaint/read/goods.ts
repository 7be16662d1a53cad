/** What was bought: the words behind "mua", "đặt", up to where, when, for how much; else the thing that a clause begins with. */
import { overlaps, type Place } from '../../../knowledge/language/aligned.ts'
import { clauseAround, justBefore, quoted, type Read, type Scene, say, type Word, wordsFrom } from './scene.ts'
import { COUNTERS, DOES, ENDS_GOODS, stopsAt } from './stops.ts'

const FOR_ME = '(?: (?:cho|giúp|giùm|hộ|dùm|về cho) (?:em|tôi|mình|tui|con|cháu|bác|mẹ|má|ba|bố|vợ|chồng|bé))?'
const BOUGHT = say(
  `(?:(?:tên )?(?:hàng|món|sản phẩm|món hàng|mặt hàng)(?:\\s*:| là)|đổ(?= (?:xăng|dầu) )|(?:mua|order|đặt mua|đặt hàng|đặt may|đặt cọc mua|đặt|thuê|dụ mua|giữ|đăng ký|hợp đồng(?= (?:tập|học|thuê|mua|bảo hiểm) ))${FOR_ME}|thay vì|bán${FOR_ME})(?![\\p{L}\\p{M}])\\s*`,
)
const RECEIVED = say('nhận(?: được)? (?=(?:cái|chiếc|con|bộ|đôi|hộp|thùng|cây) )')
/** "…, cái bình nóng lạnh của đại lý". */
const COUNTED =
  /(?<=^\s*|[,.;!\n]\s*)(?:cái|chiếc|cai|chiec)\s+(?=[\p{L} ]{3,40}(?:của|cua)\s)|(?<!\p{L})(?:cái|chiếc|cai|chiec)\s+(?=[\p{L} ]{2,30}\s(?:mua|đặt)\s)/gu
const BOUGHT_BEHIND = say('(?:mua|đặt)(?= (?:ở|qua|tại|trên|của|bên|hôm|ngày|tuần|từ|về|hồi)(?![\\p{L}\\p{M}]))')
const MOST_WORDS = 7
const CONTINUED = new Set(['và', 'va'])
const NOT_A_VERB = /(?<![\p{L}\p{M}])(?:người|nguoi|bên|ben|giá|gia|số|ông|bà|chị|anh|cô|khuyến|chào|rao|đi|hàng|hang|ng|nơi|noi|mới|chuyên)\s+$/u
/** These name nothing. */
const NO_THING =
  /^(?:(?:hàng|hang) (?!(?:hiệu|hieu|xách|xach|điện|nông)(?!\p{L})).*|hàng|hang|đồ|do|sản phẩm|san pham|đơn|don|đơn hàng|don hang|món|mon|món hàng|thứ|gì|gi|cái này|này|nó|hàng hóa|âm|trừ|hóa đơn|hoa don|tổng hóa đơn|hàng giả|nhiều|lại|đi|ngay|được|ai|đâu|hàng online)$/u

/** "mua của shop … một chiếc samsung", "ship COD cái đồng hồ". */
const COUNTED_LATER = say(
  '(?:mua|đặt|order|cod|bán)(?: [^\\s;|]*[^\\s;|.]){1,9}? (?:một|1|2|cái|chiếc) (?:cái |chiếc |con )?(?=\\p{L})|cod (?:cái|chiếc) ',
)

/** @returns what was bought, without its counter; undefined when none is said. */
export function readGoods(scene: Scene, taken: readonly Place[] = []): Read<string> | undefined {
  const place =
    behind(scene, BOUGHT, taken) ??
    beforeVerb(scene) ??
    behind(scene, COUNTED_LATER, taken) ??
    beforeSum(scene) ??
    behind(scene, RECEIVED) ??
    behind(scene, COUNTED)
  return place && quoted(scene, outside(place, taken))
}

/** "phòng homestay Mây Xanh" of the "homestay Mây Xanh" is a "phòng". */
function outside(place: Place, taken: readonly Place[]): Place {
  const other = taken.find((one) => one.start > place.start && one.start < place.end)
  return other ? { start: place.start, end: other.start } : place
}

function behind(scene: Scene, pattern: RegExp, taken: readonly Place[] = []): Place | undefined {
  for (const match of scene.plain.matchAll(pattern)) {
    if (isNoVerb(scene, match) || taken.some((place) => match.index >= place.start && match.index < place.end)) continue
    const place = thingOf(scene, wordsFrom(scene, match.index + match[0].length, MOST_WORDS + 3))
    if (place) return place
  }
  return undefined
}

/** "người bán", and the "Ban" of "Ban Mai" in a text with marks. */
function isNoVerb({ plain, withMarks }: Scene, { index, 0: all }: RegExpExecArray): boolean {
  if (!/^b[aá]n(?!\p{L})/u.test(all)) return false
  const sellsGoods = /^h[aà]ng(?!\p{L})/u.test(plain.slice(index + all.length, index + all.length + 5))
  return sellsGoods || (withMarks && all.startsWith('ban')) || NOT_A_VERB.test(justBefore(plain, index))
}

/** "Phân bón mua ở đại lý". */
function beforeVerb(scene: Scene): Place | undefined {
  return firstThing(
    scene,
    [...scene.plain.matchAll(BOUGHT_BEHIND)].map(({ index }) => index),
  )
}

/** "đồng hồ casio 1tr150". */
function beforeSum(scene: Scene): Place | undefined {
  return firstThing(
    scene,
    scene.amounts.map(({ index }) => index - (PRICED.exec(justBefore(scene.plain, index))?.[0].length ?? 0)),
  )
}

const PRICED = /\s*(?:có giá|co gia|giá|gia|hết|het|tính|tinh|là|la|:)\s*$/u
const MOST_BEFORE = 5

/** The words from the beginning of a clause to `at`, when they are few and all name one thing. */
function firstThing(scene: Scene, ends: readonly number[]): Place | undefined {
  for (const end of ends) {
    const { start } = clauseAround(scene.plain, { start: end, end })
    const words = wordsFrom(scene, start, MOST_BEFORE + 2).filter((word) => word.end <= end)
    const place = thingOf(scene, words)
    const whole = place && place.end === words.at(-1)?.end && words.length <= MOST_BEFORE && scene.plain.slice(place.end, end).trim() === ''
    if (whole && !words.some((_, i) => stopsAt(DOES, words, i, scene.withMarks))) return place
  }
  return undefined
}

function thingOf(scene: Scene, words: readonly Word[]): Place | undefined {
  const skip = words.findIndex((word, i) => !stopsAt(COUNTERS, words, i, scene.withMarks) && !/^(?:0?\d|1)$/.test(word.text))
  const thing = thingWords(scene, skip < 0 ? [] : words.slice(skip))
  const [first, last] = [thing[0], thing.at(-1)]
  if (!first || !last || !thing.some((word) => /\p{L}{2}/u.test(word.text))) return undefined
  return NO_THING.test(scene.plain.slice(first.start, last.end)) ? undefined : { start: first.start, end: last.end }
}

function thingWords(scene: Scene, words: readonly Word[]): Word[] {
  const thing: Word[] = []
  for (const [i, word] of words.entries()) {
    if (thing.length >= MOST_WORDS || stopsAt(ENDS_GOODS, words, i, scene.withMarks) || isValue(scene, word)) break
    if ((CONTINUED.has(word.text) && thing.length === 0) || (thing.length > 1 && counts(scene, words, i))) break
    thing.push(word)
  }
  while (CONTINUED.has(thing.at(-1)?.text ?? '')) thing.pop()
  return thing
}

/** "phòng homestay 2 đêm": a number before a small word counts something else. */
const counts = ({ withMarks }: Scene, words: readonly Word[], at: number): boolean =>
  /^\d{1,2}$/.test(words[at]?.text ?? '') && words[at + 1]?.capital === false && !stopsAt(ENDS_GOODS, words, at + 1, withMarks)

const isValue = (scene: Scene, word: Word): boolean =>
  [...scene.amounts, ...scene.dates].some(({ index, text }) => overlaps(word, { start: index, end: index + text.length }))
