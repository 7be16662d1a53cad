/** A short answer to the one fact that was asked: what is left of its first clause when the politeness around it is gone. */
import type { Place } from '../../../knowledge/language/aligned.ts'
import { WORD_END } from '../../../knowledge/language/aligned.ts'
import type { FactName } from '../facts.ts'
import { readWish } from './choices.ts'
import { commandIn, isQuestion } from './commands.ts'
import { namesHouse } from './houses.ts'
import { isNoName } from './no-name.ts'
import { isFullName, isTold, POLITE } from './person.ts'
import { familySpeaks } from './sayings.ts'
import { isCapital, quoted, type Read, type Scene, type Word, wordsFrom } from './scene.ts'
import { isNumbered, ownsShop } from './seller.ts'
import { ENDS_GOODS, ENDS_NAME, type Stops, stopsAt } from './stops.ts'

/** Facts that any words may be: how many of them at most, so that a story is not taken for a name. */
const FREE_WORDS: Partial<Record<FactName, number>> = { respondent: 10, goods: 12, promised: 40, contacted: 60, name: 5, commune: 6, link: 5 }
/** Whatever else is told beside it, the rest of the answer is still the answer. */
const BESIDE_OTHERS: ReadonlySet<FactName> = new Set(['promised', 'contacted', 'goods', 'respondent', 'name'])
const NOTHING = /^[\s|]*(?:(?:dạ|da|vâng|vang|ừ|ok|oke|chưa|chua|không|khong|ko|có|co|rồi|roi|ạ|a|à|hả|đúng|dung|phải|phai)[\s.,!|]*)*$/u

const PROMISED_NOTHING =
  /(?:không|khong|ko|(?<!\p{L})k|hổng|hông|hok|chẳng|chả|chưa|đâu có|đâu)\s+(?:có |co |hề )?(?:hứa|hua|nói|noi|cam kết|ghi)(?: hẹn)?(?: (?:gì|gi|chi|hết|cả|cái gì))+/u

/** @param others how many other facts the message tells. @returns the answer to `asked` in the person's words; undefined where it is none. */
export function freeAnswer(scene: Scene, asked: FactName, others: number): Read<string> | undefined {
  const most = FREE_WORDS[asked]
  if (
    most === undefined ||
    (others > 0 && !BESIDE_OTHERS.has(asked)) ||
    commandIn(scene.plain) ||
    isQuestion(scene.plain) ||
    NOTHING.test(scene.plain) ||
    (asked === 'promised' && PROMISED_NOTHING.test(scene.plain))
  )
    return undefined
  const place = answerPlace(scene, asked, others)
  const answer = place && quoted(scene, place)
  if (!answer || answer.value.split(' ').length > most || !/\p{L}{2}/u.test(answer.value)) return undefined
  return isOneOf(asked, scene, answer.value) ? answer : undefined
}

function answerPlace(scene: Scene, asked: FactName, others: number): Place | undefined {
  if (asked === 'promised') return past(SAID_BY_SELLER, scene, { start: 0, end: scene.plain.length })
  if (asked === 'contacted' && NOBODY_YET.test(scene.plain)) return clausesOf(scene.plain)[0]
  if (asked === 'contacted') return past(HAVING_ASKED, scene, { start: 0, end: scene.plain.length })
  if (asked === 'respondent') return firstName(scene)
  if (asked === 'goods') return firstThing(scene)
  if (asked === 'name' && others > 0) return firstCapitals(scene)
  // "la van thiet": of the family La.
  if (asked === 'name' && isFullName(scene.plain)) return { start: 0, end: scene.plain.length }
  return withoutPolite(scene)
}

/** "Chưa chú ơi, tui đâu biết số họ mà gọi": the first words are the answer. */
const NOBODY_YET = /^\s*(?:(?:dạ|da)[\s,]+)?(?:chưa|chua)(?:\s+(?:ạ|a|chú|cô|anh|chị|em|con|bác|ad)(?:\s+(?:ơi|oi|ạ))?)?\s*[,.;]/u

/** Any words may be a promise; a name is one only when it can be somebody's. */
function isOneOf(asked: FactName, scene: Scene, value: string): boolean {
  if (asked === 'contacted') return !familySpeaks(scene)
  if (asked === 'respondent') return !isNoName(value) && !ownsShop(scene)
  return asked !== 'name' || (!isNoName(value) && !namesHouse(value) && !isTold(value) && /^[\p{L}\p{M}\s'’.]+$/u.test(value))
}

/** "họ nói là …", "lúc tư vấn bả cam đoan …": who said it and that it was said are no part of what was said. */
const SAID_BY_SELLER =
  /^\s*(?:(?:dạ|da|có|co|ạ|à|thì|thi)[\s,]+)*(?:(?:lúc|hồi|khi)\s+\S+(?:\s+\S+)?\s+)?(?:(?:họ|ho|nó|no|shop|bả|ổng|ảnh|chỉ|cổ|ông|bà|anh|chị|cô|chú|chủ|người ta|ngta|bên đó|bên bán|tiệm|nhân viên)(?:\s+(?!nói|noi|bảo|hứa|hua|ghi|kêu|cam)\S+){0,2}\s+)?(?:cứ\s+)?(?:nói|noi|bảo(?! hành)|hứa|hua|kêu|cam kết|cam ket|cam đoan|thề|quảng cáo|ghi|khẳng định)(?:\s+(?:miệng|là|la|rằng|với \S+|với|cho đã:?|nào là))*\s+/u
/** "rồi, nhắn 4 tin mà …", "gọi hai lần thì …": that the seller was asked is no part of what came of it. */
const HAVING_ASKED =
  /^\s*(?:(?:dạ|da|rồi|roi|có|co|em|chị|anh|tui|tôi|toi|mình)[\s,]+)*(?:mới\s+)?(?:hỏi|hoi|gọi|goi|nhắn|nhan|ib|inbox|nt|chat|điện|alo|báo|lên|ra|đem|mang)(?:\s+[^\s,.;]+){0,6}?(?:,\s+|\s+)(?:mà|ma|thì|thi)\s+(?=\S+\s+\S)|^\s*(?:(?:dạ|da|rồi|roi|có|co)(?:\s+(?:em|chị|anh|ạ|đó))?,?\s+)+(?=\S+\s+\S+\s+\S)/u

const TAIL =
  /\s+(?:ạ|a|á|à|nha|nhé|nhe|đó|do|đấy|chớ ai|chứ ai|chứ gì|chứ gì nữa|chứ còn gì nữa|thôi|em|anh|chị|con|bạn|ơi|mà|nè|ấy|luôn|hết|(?<!tai )nghe|nghen|hen)\s*[.!]*\s*$/u

function withoutTail(plain: string, end: number): number {
  const shorter = plain.slice(0, end).replace(TAIL, '').length
  return shorter < end ? withoutTail(plain, shorter) : end
}

function withoutPolite({ plain }: Scene): Place {
  const lead = POLITE.exec(plain)?.[0].length ?? 0
  return { start: lead < plain.trimEnd().length ? lead : 0, end: plain.replace(/\s+(?:ạ|a|nha|nhé|nhe|đó|do|á)\s*[.!]*\s*$/u, '').length }
}

/** "Rơ Châm H'Lan, ở xã Ia Ly": the first clause, where every word of it is written like a name. */
function firstCapitals(scene: Scene): Place | undefined {
  const [first] = clausesOf(scene.plain)
  const clause = first && past(POLITE, scene, first)
  const words = clause ? wordsFrom(scene, clause.start, 7).filter(({ end }) => end <= clause.end) : []
  const named = words.length > 0 && words.at(-1)?.end === clause?.end && words.every(({ capital, text }) => capital && /^\p{L}/u.test(text))
  return named && !scene.caseless && !namesHouse(scene.plain.slice(first?.start, first?.end)) ? clause : undefined
}

// --- who ---

/** "chỗ bán tên …", "nghe người ta kêu …", "mua của …": what leads to a name. */
const LEADS_TO_NAME = new RegExp(
  `^\\s*(?:(?:(?:facebook|fb|zalo|tiktok) (?:có )?tên|mua|đặt|của|cua|bên bán|ben ban|người bán|nguoi ban|ngta|chỗ bán|cho ban|chỗ|nơi bán|tên shop|ten shop|shop|sốp|page|fanpage|nick|kênh|tài khoản|tai khoan|tiktok|facebook|zalo|shopee|gian hàng|tên|ten|là|la|thì|thi|hình như|hinh nhu|chắc|nghe|người ta|kêu|gọi|cái|nhớ|mang máng|chỉ|chị ấy|anh ấy|cô ấy|ông ấy|bà ấy|chi ay|anh ay|ổng|bả|ben|bên nhà|biết|thấy|để tên|lấy tên|ghi|đề|để|có|ở|bên|tại|này|đó|nó|hàng|bán|:|(?:chủ|chu|thợ|tho) (?:\\p{L}+ )?(?:tên|ten))${WORD_END}[\\s,:.]*)+`,
  'u',
)
const TITLE = /^(?:(?:anh|chị|ông|bà|cô|chú|thằng|con mẹ|con|bác|o|mệ|dì|bạn|em)\s+)+(?=\p{L})/u

/** "của nhà Gốm Xưa". */
const OF_HOUSE = /^nh[aà]\s+(?=\p{L})/u

/** "em cũng k nhớ tên nữa", "ngoài chợ đêm á": who does not know names nobody, and a place is none either. */
const GUESSES = /(?<!\p{L})(?:chỉ biết|web|trang|app|hình như|hinh nhu|chắc|chac|tên|ten|mang máng|kêu|gọi|shop|công ty|nick|page|tiệm)(?!\p{L})/u
const NOBODY_KNOWN =
  /(?<!\p{L})(?:không|khong|ko|k|hổng|hông|hok|chẳng|chả|chưa|đâu)\s+(?:có |co )?(?:nhớ|nho|biết|biet|rõ|ro|hỏi|tên)(?!\p{L})|^\s*(?:dạ )?(?:ngoài|ngoai|trong|ngay|gần)\s+(?:chợ|cho|đường|duong|phố|siêu thị|lề đường|đó)(?!\p{L})/u

/** "Lúc đầu hỏi bên Minh Nguyệt … cuối cùng tôi mua của Khải Hoàn": what it came to in the end. */
export const FINALLY =
  /(?<!\p{L})(?:cuối cùng|cuoi cung|rốt cuộc|rot cuoc|chốt lại|chot lai|sau cùng|thế là|the la|nên mới|nen moi|(?:tôi|em|mình|tui|chị|con|anh) thì)\s+(?:[^\s.,;]+\s+){0,4}?(?:mua|đặt|lấy|chọn|thuê|chốt|order|dat|lay|chon|thue)\s+(?:của|cua|bên|ben|ở|tại|cái|chiếc|bộ)?\s*/gu

/** @returns the clauses of an answer; of one that tells its way there, those behind the end of it. */
function decisive({ plain }: Scene): Place[] {
  const last = [...plain.matchAll(FINALLY)].at(-1)
  const start = last ? last.index + last[0].length : 0
  return clausesOf(plain.slice(start)).map((clause) => ({ start: clause.start + start, end: clause.end + start }))
}

/** The first clause that holds a name, without what leads to it and what is told behind it. */
function firstName(scene: Scene): Place | undefined {
  const words = ({ start, end }: Place) => scene.plain.slice(start, end)
  const unknown = NOBODY_KNOWN.test(scene.plain)
  return decisive(scene)
    .filter((clause) => !holdsValue(scene, clause) && !NOBODY_KNOWN.test(words(clause)) && (!unknown || GUESSES.test(words(clause))))
    .map((clause) => nameIn(scene, clause))
    .find((place) => place !== undefined)
}

/** "giá 2tr4 nha", "giao bù cái cánh thôi": sums, days and wishes name nobody. */
function holdsValue(scene: Scene, { start, end }: Place): boolean {
  const numbers = [...scene.amounts, ...scene.dates].filter(({ text }) => /\d/.test(text))
  const read = readWish({ ...scene, asked: 'wish' })
  // "Sửa Xe Tám Lực", "Rèm Khải Hoàn" are names.
  const wish = read?.value === 'repair' || (read && read.start > start && isCapital(scene, read.start)) ? undefined : read
  return numbers.some(({ index }) => index >= start && index < end) || (wish !== undefined && wish.start >= start && wish.start < end)
}

/** In a text without marks "trên Facebook" still ends a name. */
const ON_PLATFORM = /\s+(?:tren|o|qua|ben|trong) (?:fb|facebook|zalo|tiktok|shopee|lazada|tiki|mang|web|app|insta|ig|cho)(?!\p{L})/u

/** "tiệm không có bảng hiệu, người ta kêu là ông Bảy": what it is called is the answer. */
const IS_CALLED =
  /^.{8,}(?<!\p{L})(?:(?:kêu|gọi|goi|tên|ten|đề|ghi|in)\s+(?:là|la)|chỉ biết (?:cái |là )*|(?:giấy|phiếu|biển|hóa đơn|bảng|bao)(?:\s+\S+){0,4}\s+(?:ghi|đề|in))\s+(?=\p{L})/u

function nameIn(scene: Scene, all: Place): Place | undefined {
  const clause = past(IS_CALLED, scene, all)
  const led = past(LEADS_TO_NAME, scene, past(POLITE, scene, clause))
  const titled = past(TITLE, scene, led)
  const house = scene.caseless || !/^\p{Lu}/u.test(scene.written(led.start + 4, led.start + 5)) ? led : past(OF_HOUSE, scene, led)
  const start =
    house.start > led.start
      ? house.start
      : titled.start > led.start && !scene.caseless && /^\p{Lu}/u.test(scene.written(titled.start, titled.start + 1))
        ? titled.start
        : led.start
  if (ONLY_HOUSE.test(scene.plain.slice(start, clause.end))) return { start, end: Math.max(start, withoutTail(scene.plain, clause.end)) }
  const last = ON_PLATFORM.exec(scene.plain.slice(start, clause.end))?.index
  const end = scene.withMarks ? untilStop(scene, { start, end: clause.end }, ENDS_NAME) : start + (last ?? clause.end - start)
  return end > start && /\p{L}/u.test(scene.plain.slice(start, end)) ? { start, end: Math.max(start, withoutTail(scene.plain, end)) } : undefined
}

/** "công ty bán Vươn Cao Kids": who sells it is all that is known of them. */
const ONLY_HOUSE =
  /^(?:(?:cái|chỗ|bên)\s+)?(?:công ty|cong ty|shop|tiệm|tiem|cửa hàng|cua hang|quán|người|nguoi|chỗ|nơi|bên|trang|page)\s+(?:chuyên\s+)?(?:bán|ban|làm|lam|sửa|sua)\s+\S+(?:\s+\S+){0,5}$/u

// --- what ---

const LEADS_TO_THING = new RegExp(
  `^\\s*(?:(?:dạ|da|vâng|ừ|thưa|à|ờ|em|tôi|toi|mình|minh|tui|chị|cháu|có|mua|đặt|lấy|order|thuê|là|la|thì|thi|hàng|sp|sản phẩm|món|dịch vụ|đó|hôm bữa|bữa|bữa đó|hôm đó|chỉ|nó|của|:)${WORD_END}[\\s,:.]*)+`,
  'u',
)
/** So few words are all one thing. */
const SHORT = 5
/** And so few are, where they are all of the answer. */
const SHORT_ALONE = 8

/** "không nhớ nó kêu là gì", "k phải mua hàng", "đồ ăn thôi chứ gì", "để tui hỏi". */
const NO_THING_KNOWN =
  /(?<!\p{L})(?:không|khong|ko|k|hổng|hông|hok|chẳng|chưa|đâu)\s+(?:có |co )?(?:nhớ|nho|biết|biet|rõ|ro|phải|phai)(?!\p{L})|^\s*(?:dạ )?(?:đồ|hàng|do|hang)(?: (?:ăn|điện tử|xài|dùng|online|linh tinh|lặt vặt))?(?: (?:thôi|á|ạ|chứ gì|chớ gì))+\s*$|^\s*(?:để|de)\s+(?:tui|tôi|em|mình)\s|^\s*(?:(?:dạ|da|thưa)\s+)?(?:con|em|tôi|toi|mình|minh|tui|cháu|chau|bà|bác)\s+(?:tên|ten)(?!\p{L})|^\s*(?:ở|o|nhà ở)\s+(?:xã|xa|phường|phuong|thôn|làng)\s|^[\s\d.]*$|^\s*(?:thì |thi )?(?:cái |cai )?(?:đồ|hàng|món|do|hang|mon)\s+(?:tôi|toi|em|mình|tui|con)\s+(?:mua|đặt|nói)/u

function firstThing(scene: Scene): Place | undefined {
  return decisive(scene)
    .filter(({ start, end }) => !NO_THING_KNOWN.test(scene.plain.slice(start, end)))
    .map((clause) => thingIn(scene, clause))
    .find((place) => place !== undefined)
}

function thingIn(scene: Scene, clause: Place): Place | undefined {
  const led = past(LEADS_TO_THING, scene, clause)
  const alone = scene.plain.slice(0, clause.start).trim() === '' && scene.plain.slice(clause.end).trim().length <= 1
  const most = alone ? SHORT_ALONE : SHORT
  const all = wordsFrom(scene, led.start, most + 1).filter(({ end }) => end <= clause.end)
  const end = all.length <= most ? clause.end : untilStop(scene, led, ENDS_GOODS)
  const whole = end === clause.end ? withoutTail(scene.plain, end) : end
  return end > led.start && /\p{L}{2}/u.test(scene.plain.slice(led.start, end)) ? { start: led.start, end: whole } : undefined
}

// --- both ---

const CLAUSE_EDGE = /[,;.!?\n(|]+(?=\s|$)|[;\n(|]+/gu

function clausesOf(plain: string): Place[] {
  const edges = [...plain.matchAll(CLAUSE_EDGE)]
  return [...edges.map(({ index }) => index), plain.length].map((end, i) => {
    const edge = edges[i - 1]
    return { start: edge ? edge.index + edge[0].length : 0, end }
  })
}

/** @returns the place without what `lead` matches at its beginning. */
function past(lead: RegExp, { plain }: Scene, { start, end }: Place): Place {
  const skip = lead.exec(plain.slice(start, end))?.[0].length ?? 0
  const blank = /^\s*/u.exec(plain.slice(start + skip, end))?.[0].length ?? 0
  return { start: start + skip + blank, end }
}

/** "gói tập 6 tháng có PT": how long it lasts, not when it was bought. */
const lasts = (words: readonly Word[], at: number): boolean =>
  /^\d+$/.test(words[at - 1]?.text ?? '') &&
  /^(?:tháng|thang|năm|nam|ngày|ngay|tuần|tuan)$/.test(words[at]?.text ?? '') &&
  !/^(?:trước|truoc|nay|rồi|roi|qua|sau)$/.test(words[at + 1]?.text ?? '')

function untilStop(scene: Scene, { start, end }: Place, stops: Stops): number {
  const words = wordsFrom(scene, start, 14).filter((word) => word.end <= end)
  const stop = words.findIndex(
    (word, i) => i > 0 && !word.capital && !lasts(words, i) && !isNumbered(words, i) && stopsAt(stops, words, i, scene.withMarks),
  )
  return stop < 0 ? end : (words[stop]?.start ?? end)
}
