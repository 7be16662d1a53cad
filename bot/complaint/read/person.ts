/** The person's own name and where they live. */
import { type Place, WORD_END } from '../../../knowledge/language/aligned.ts'
import { LOCAL_NAMES, PLACE_NAMES } from './houses.ts'
import { quoted, type Read, type Scene, say, type Word, wordsFrom } from './scene.ts'
import { ENDS_NAME, stopsAt } from './stops.ts'

const SELF = '(?:tôi|em|e|mình|m|con|cháu|tui|bác|cô|anh|chị|chú)'
/** "mẹ em tên là Hoa", "shop của tôi tên là …": somebody else's name. */
const OTHERS = '(?:của|cua|mẹ|me|bố|bo|má|ba|vợ|vo|chồng|chong|bạn|chủ|chu|shop|tiệm|tiem|con|cháu|chau|anh|chị|chi|gái|gai|trai|út|ut|em)'
const CALLED = say(
  `(?:(?<!(?:${OTHERS}|một|mot|do|cái|từ|với|gặp|nhỏ|bên|mấy|đứa|có)[^\\S\\n])${SELF} (?:xin )?tên(?: là)?|tên (?:của )?(?:${SELF}|bà|ông)(?: là)?|họ (?:và )?tên(?: là)?\\s*:?|tên (?:phụ huynh|người mua|người bị|khách(?: hàng)?|chủ hộ)(?: là)?\\s*:|tên tui(?: là)?|tôi ở [^.;\\n|]{2,30}, tên(?: là)?)(?![\\p{L}\\p{M}])\\s*:?\\s*`,
)
/** Who speaks for somebody names them first: "bà tên Trần Thị Sáu, cháu là Khôi". */
const ON_BEHALF = say(
  '(?:bà|ông|cụ|mẹ|má|ba|bố|cha|dì|nội|ngoại)(?: (?:tôi|em|mình|tui|con|cháu|nội|ngoại))* tên(?: là)?(?=[^.;!?\\n|]{3,40}[,.;\\n] ?(?:cháu|con|em|tôi|mình) (?:là|tên)(?![\\p{L}\\p{M}]))\\s*',
)
const ON_PAPER = say(
  'tên (?:trên |trong )?(?:giấy tờ|giấy|thật|khai sinh|đầy đủ|cccd|căn cước)(?: là)?\\s*:?\\s*|(?:trong|trên) (?:giấy tờ|giấy|cccd|căn cước|khai sinh|hộ khẩu)(?: (?:thì|tên|ghi))*(?: là)?\\s*:?\\s*',
)
const AM = say(`${SELF} là(?![\\p{L}\\p{M}])\\s*`)
const MOST_WORDS = 6

/** @returns the person's own name, only where they say that it is. */
export function readName(scene: Scene): Read<string> | undefined {
  const inTwo = namedInTwo(scene)
  if (inTwo) return inTwo
  const place =
    nameBehind(scene, ON_PAPER, 2) ??
    nameBehind(scene, ON_BEHALF, 2) ??
    nameBehind(scene, CALLED, 1) ??
    (scene.caseless ? undefined : (nameBehind(scene, AM, 1) ?? familyName(scene)))
  return place && quoted(scene, fuller(scene, place))
}

/** "em tên Bảo, Huỳnh Gia Bảo": of a name told twice the one that says more. */
function fuller(scene: Scene, place: Place): Place {
  const gap = /^\s*[,(:–-]+\s*(?=\p{L})/u.exec(scene.plain.slice(place.end, place.end + 6))?.[0].length
  const words = gap === undefined || scene.caseless ? [] : capitalRun(wordsFrom(scene, place.end + gap, MOST_WORDS))
  const [first, last] = [words[0], words.at(-1)]
  const short = scene.plain.slice(place.start, place.end)
  return first && last && words.length > 1 && scene.plain.slice(first.start, last.end).endsWith(` ${short}`)
    ? { start: first.start, end: last.end }
    : place
}

/** @returns whether the words are a person's name for certain: three or more, the first of them a family's. */
export const isFullName = (words: string): boolean => {
  const parts = words.trim().split(/\s+/)
  return parts.length >= 3 && parts.length <= 5 && FAMILY_NAMES.test(parts[0]?.toLowerCase() ?? '') && !PLACE_NAMES.has(words.toLowerCase())
}

/** Most people in Viet Nam have one of these family names; the last ones are of the Central Highlands. */
const FAMILY_NAMES =
  /^(?:nguyễn|nguyen|trần|tran|lê|le|phạm|pham|hoàng|hoang|huỳnh|huynh|phan|vũ|vu|võ|vo|đặng|dang|bùi|bui|đỗ|do|hồ|ho|ngô|ngo|dương|duong|lý|ly|đinh|dinh|đoàn|doan|lâm|lam|trịnh|trinh|mai|đào|dao|hà|ha|trương|truong|cao|thái|thai|tạ|ta|tô|to|châu|chau|lương|luong|lưu|luu|kiều|kieu|quách|quach|tống|tong|hứa|văn|la|đồng|nông|vi|lò|giàng|rơ|ro|rah|siu|ksor|nay|kpa|kpă|rmah|y|h’|h'|hre|đinh)$/u
const IN_TWO = /(?<!\p{L})(?:họ|ho)\s+(\p{L}+),?\s+(?:tên|ten)(?:\s+(?:là|la))?\s+(?=\p{L})/u

/** "họ Đinh tên Văn Lực". */
function namedInTwo(scene: Scene): Read<string> | undefined {
  const match = IN_TWO.exec(scene.plain)
  if (!match || scene.caseless) return undefined
  const words = capitalRun(wordsFrom(scene, match.index + match[0].length, 4))
  const last = words.at(-1)
  const family = match.index + match[0].indexOf(match[1] ?? '', 2)
  if (!last || !words[0]) return undefined
  const value = `${scene.written(family, family + (match[1] ?? '').length)} ${scene.written(words[0].start, last.end)}`
  return { value, start: match.index, end: last.end }
}

/** Words that stand in no name, unless one that begins like a family's: "vừa nhớ ra", but "nguyễn thị mới". */
const NO_NAME_WORD =
  /(?:^|\s)(?:vừa|nhớ|à|ờ|quên|trên|trong|của|này|kia|đó|mới|còn|nữa|luôn|thôi|gọi|xem|biết|hỏi|để|với|cái|số|ra|em|tôi|mình|tui|bán|mua)(?:\s|$)/u

/** @returns whether the words tell something, and name nobody. */
export const isTold = (words: string): boolean => NO_NAME_WORD.test(words) && !FAMILY_NAMES.test(words.toLowerCase().split(/\s+/)[0] ?? '')

/** "Người phản ánh: …", "…, tên …", and a name that stands for itself beside a number, a place or at the end. */
const SIGNED = say(
  '(?:người (?:phản ánh|khiếu nại|gửi|viết|làm đơn|tiêu dùng)|họ (?:và )?tên|ký tên|liên hệ (?:tôi|em|mình)|liên (?:hệ|lạc)(?=\\s*:)|kính đơn|trân trọng|kính thư)\\s*[:,.\\n]\\s*|(?<=(?:^|[.;,\\n])\\s{0,3})tên(?: là)?\\s*:?\\s+|(?<=(?:^|[.!?\\n])\\s{0,3})(?=[^\\s.,;]+ [^\\s.,;]+(?: [^\\s.,;]+){0,3}\\s*(?:[,–-]\\s*(?:số|sđt|sdt|đt|điện thoại|\\d{4}|xã|phường|thôn)|[.\\s]*$))',
)

function familyName(scene: Scene): Place | undefined {
  const place = nameBehind(scene, SIGNED, 2)
  return place && FAMILY_NAMES.test(scene.plain.slice(place.start).split(/\s/)[0] ?? '') ? place : undefined
}

function nameBehind(scene: Scene, pattern: RegExp, fewest: number): Place | undefined {
  for (const match of scene.plain.matchAll(pattern)) {
    if (isMinh(scene, match)) continue
    const words = wordsFrom(scene, match.index + match[0].length, MOST_WORDS)
    const name = scene.caseless ? untilStop(scene, words) : capitalRun(words)
    const last = name.at(-1)
    if (last && name[0] && name.length >= fewest && name.length <= 5 && name.every(isNameWord)) return { start: name[0].start, end: last.end }
  }
  return undefined
}

/** In a text with marks "tên Minh Châu" tells of no "mình". */
const isMinh = ({ withMarks }: Scene, [all]: RegExpExecArray): boolean => withMarks && /(?:^|\s)(?:minh|chau|bac)(?=\s*$|\s)/u.test(all)

const isNameWord = ({ text }: Word): boolean => /^[\p{L}\p{M}'’]+$/u.test(text)

function capitalRun(words: readonly Word[]): readonly Word[] {
  const end = words.findIndex((word) => !word.capital || !/^\p{L}/u.test(word.text))
  return end < 0 ? words : words.slice(0, end)
}

const ENDS_PERSON = new Set([
  'nha',
  'o',
  'nam',
  'sinh',
  'dt',
  'sdt',
  'so',
  'dien',
  'dia',
  'que',
  'tuoi',
  'toi',
  'em',
  'la',
  'mua',
  'co',
  'bi',
  'dat',
  'muon',
  'ban',
  'khach',
  'nguoi',
])

/** "van a nam nay 67 tuoi": in a name only the second word or a later one can be "nam". */
function untilStop({ withMarks }: Scene, words: readonly Word[]): readonly Word[] {
  const end = words.findIndex((word, i) => i > 0 && (ENDS_PERSON.has(word.bare) || (i > 1 && stopsAt(ENDS_NAME, words, i, withMarks))))
  return end < 0 ? words : words.slice(0, end)
}

const UNIT = 'xã|phường|thị trấn|thị xã|tp|tp\\.|thành phố|p\\.'
const NEAR = '(?:ở|tại|nhà ở|sống ở|thuộc|quê|địa chỉ|đ\\/c|dc|đang ở|trú tại|trú|ngụ|bên|ở tại)(?: là)?(?:\\s*:\\s*|\\s+)'
const COMMUNE = say(`(?:${UNIT})\\s*(?=[\\p{L}])`)
const COMMUNE_SURE = say(`${NEAR}(?:(?:thôn|làng|xóm|ấp|tổ|số) [^,.;\\n|]{1,20}, ?)?(?<place>(?:${UNIT})\\s*(?=[\\p{L}]))`)

/** "hồi trước là phường Trà Bá, bây giờ nhập vô phường Hội Phú": units were joined, and it is the new one that has an office. */
const COMMUNE_NOW = say(`(?:giờ|bây giờ|nay|chừ|hiện nay)(?: (?:là|thuộc|thành|nhập|vô|vào|về|gọi|kêu|đổi))+ (?<place>(?:${UNIT})\\s*(?=[\\p{L}]))`)

/** @returns the commune, ward or town. Without capitals only behind "ở": "xa" also means far. */
export function readCommune(scene: Scene): Read<string> | undefined {
  const place =
    communeIn(scene, COMMUNE_NOW, true) ??
    communeIn(scene, COMMUNE_SURE, true) ??
    (scene.caseless ? undefined : (communeIn(scene, COMMUNE, false) ?? knownPlace(scene)))
  return place && quoted(scene, place)
}

const AT_HOME = say(
  '(?:tuổi|(?<!(?:mạ|mẹ|má|ba|bố|ngoại|nội|chồng|vợ|con|bạn|chị|anh|của|cho) )(?:tôi|em|mình|tui|con|cháu|bác|nhà|nhà tôi|nhà em|nhà mình|nhà tui)(?: (?:đang|hiện|trọ|sống))*),? (?:ở|ngụ|sống|trú)(?: (?:ở|tại))?\\s+',
)

/** "Tôi là Tài, 45 tuổi ở Vân Canh": a place hereabouts, with no word that says of what kind. */
function knownPlace(scene: Scene): Place | undefined {
  for (const match of scene.plain.matchAll(AT_HOME)) {
    const name = capitalRun(wordsFrom(scene, match.index + match[0].length, 3))
    const [first, last] = [name[0], name.at(-1)]
    if (first && last && LOCAL_NAMES.has(scene.plain.slice(first.start, last.end))) return { start: first.start, end: last.end }
  }
  return undefined
}

function communeIn(scene: Scene, pattern: RegExp, sure: boolean): Place | undefined {
  for (const match of scene.plain.matchAll(pattern)) {
    // "date xa\nTrương Thị Lan": the next line begins anew.
    if (match[0].trimStart().includes('\n')) continue
    const at = match.index + match[0].length
    const start = at - (match.groups?.['place'] ?? match[0]).length
    const words = wordsFrom(scene, at, 4)
    const name = scene.caseless && sure ? untilStop(scene, words).slice(0, 3) : capitalRun(words)
    const last = name.at(-1)
    if (last && name[0]?.start === at) return { start, end: last.end }
  }
  return undefined
}

/** @returns a pattern source for the words that may stand before a bare name or place given as an answer. */
export const POLITE = new RegExp(
  `^\\s*(?:(?:dạ|da|vâng|vang|ừ|à|thưa|em|tôi|toi|mình|minh|tui|con|cháu|nó|no|là|la|tên|ten|ở|o|tại|tai|thì|thi|chắc|hình như|hinh nhu|shop|:)${WORD_END}[\\s,:.]*)+`,
  'u',
)
