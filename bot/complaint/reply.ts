/**
 * A reply to a question about several facts: who it is, the number, the place, in any order and however they are put together.
 *
 *   reply ─▶ what its own words prove ─▶ cut out ─▶ what has a form of its own (numbers, days, names of platforms) ─▶ cut out ─▶ the pieces left, for what any words may be
 */
import { isContact } from './asking.ts'
import type { FactName, Facts } from './facts.ts'
import type { Full } from './guide.ts'
import { isInsulting } from './insults.ts'
import { namesHouse } from './read/houses.ts'
import { isNoName } from './read/no-name.ts'
import { isFullName, isTold } from './read/person.ts'
import { takeWhole } from './shown.ts'

/** Facts that are known by their form, in the order in which they are looked for. */
const FORMED: readonly FactName[] = [
  ...(['phone', 'respondentPhone', 'email', 'link', 'order', 'amount', 'boughtOn', 'deliveredOn'] as const),
  ...(['platform', 'payment', 'wish'] as const),
]

export interface Reply {
  readonly read: Facts
  /** Of the facts that were asked: those the person says they do not know or do not tell. */
  readonly declined: readonly FactName[]
}

/** @returns what a reply tells of `asked`, and of anything else. */
export function readReply(f: Full, asked: readonly FactName[]): Reply {
  const { text, messageId, asOf, guide, draft } = f
  const all = guide.readFacts(text, { messageId, asOf, known: draft.facts })
  const own = ASKED.reduce((sum, told) => told(f, asked, sum), withoutTalk(asked, withoutMention(f, asked, all)))
  const found: Reading = { read: own, rest: withoutKnown(text, own, asked) }
  const formed = FORMED.filter((name) => asked.includes(name) && !own[name]).reduce((sum, name) => withFormed(f, sum, name), found)
  const free = asked.filter((name) => !formed.read[name] && !FORMED.includes(name))
  const { read, rest } = f.attachment === undefined ? byPlaces(free).reduce((sum, name) => withFree(f, sum, name), formed) : formed
  const left = asked.filter((name) => !read[name])
  return { read, declined: piecesOf(rest).some((piece) => declines(f, piece)) ? left : [] }
}

/** Shorter replies tell no story: what they only mention ("trả bếp, lấy lại tiền") is not told of as bought. */
const TELLING = 80
const TELLING_OF_SEVERAL = 160

function withoutMention({ text, messageId, asOf, guide, draft }: Full, asked: readonly FactName[], own: Facts): Facts {
  const [first] = asked
  const most = asked.some(isContact) ? TELLING_OF_SEVERAL : TELLING
  if (!own.goods || first === undefined || asked.includes('goods') || text.length > most) return own
  const { goods: _mentioned, ...others } = own
  const { goods } = guide.readFacts(text, { messageId, asOf, known: draft.facts, asked: first })
  return goods ? { ...others, goods } : others
}

/** Facts that are told in a story; who is asked how to reach them says "họ ghi sai tên tôi", "hỏi ai cũng chỉ" of themselves. */
const TOLD_OF: readonly FactName[] = ['respondent', 'goods', 'promised', 'contacted', 'platform']

function withoutTalk(asked: readonly FactName[], own: Facts): Facts {
  if (!asked.some(isContact) || !asked.every((name) => isContact(name) || name === 'wish')) return own
  return Object.fromEntries(Object.entries(own).filter(([name]) => !TOLD_OF.includes(name as FactName)))
}

/** Of several sums the answer is read as one: "bảy triệu mốt, tôi chuyển khoản năm triệu, còn lại tiền mặt". */
function withSum(f: Full, asked: readonly FactName[], own: Facts): Facts {
  const amount = own.amount && asked.includes('amount') ? readAs(f, 'amount', f.text, {}) : undefined
  return amount ? { ...own, amount: amount as Facts['amount'] } : own
}

/** What was promised, what was answered: told in whole clauses, of which other answers are no part. */
const SAID: readonly FactName[] = ['promised', 'contacted']

function withSaid(f: Full, asked: readonly FactName[], own: Facts): Facts {
  const [name, ...others] = SAID.filter((one) => asked.includes(one))
  if (name === undefined || others.length > 0 || asked.length < 2 || own.wish === undefined) return own
  const rest = f.text.split(EDGE).filter((piece) => /\p{L}/u.test(piece) && !piece.includes(own.wish?.from.words ?? ''))
  const fact = rest.length > 0 ? readAs(f, name, rest.map((piece) => piece.trim()).join(', '), {}) : undefined
  return fact ? { ...own, [name]: fact } : own
}

/** "Con lăn massage, 185k": asked for the thing, people name it in a piece of its own. */
function withThing(f: Full, asked: readonly FactName[], own: Facts): Facts {
  if (asked.length < 2 || !asked.includes('goods') || own.goods === undefined) return own
  const piece = piecesOf(f.text).find((one) => one.includes(own.goods?.from.words ?? ''))
  if (piece === undefined || piece.split(/\s+/).length > LONGEST_THING || /\d/.test(piece)) return own
  const goods = readAs(f, 'goods', piece, {}) as Facts['goods']
  return goods ? { ...own, goods } : own
}

const LONGEST_THING = 6

/** Asked for it, people say what they want first, in a word or two that mean it only as an answer; a grumble behind it ("hỏi chi hỏi lắm") is no wish. */
function withWish(f: Full, asked: readonly FactName[], own: Facts): Facts {
  if (asked.length < 2 || !asked.includes('wish') || (own.wish && own.wish.value !== 'information')) return own
  const read = piecesOf(f.text)
    .filter((piece) => !PROPER.test(piece))
    .map((piece) => readAs(f, 'wish', piece, {}) as Facts['wish'])
  const wish = read.find((one) => one && one.value !== 'information')
  return wish ? { ...own, wish } : own
}

/** "Bà Chín bán rau, số 0905…": asked for their own number, people give it. */
function withOwnNumber(f: Full, asked: readonly FactName[], own: Facts): Facts {
  if (!own.respondentPhone || own.phone || !asked.includes('phone') || asked.includes('respondentPhone')) return own
  const phone = readAs(f, 'phone', f.text, {}) as Facts['phone']
  const { respondentPhone: theirs, ...others } = own
  return phone?.value === theirs.value ? { ...others, phone } : own
}

/** What is read in another way where it was asked for. */
const ASKED = [withSum, withOwnNumber, withWish, withSaid, withThing] as const

interface Reading {
  readonly read: Facts
  readonly rest: string
}

const CUT = '\n'
/** Where one piece of a reply ends: also before "xã …", and at a full stop that is no abbreviation's. */
const EDGE =
  /[,;|\n]+|(?<!(?:^|[\s,])(?:tp|p|x|q|h|tx|tt|ts|bs|mr|t|đ|y))[.!]+(?=\s|$)|\s+(?=(?:(?:ở|o|tại|tai|thuộc)\s+)?(?:xã|phường|thị trấn|xa|phuong|thi tran)\s+\p{L})/iu

/** Words that told something else take their whole piece along: "shop tên Gỗ Việt" leaves no "shop tên" behind. */
function withoutKnown(text: string, own: Facts, asked: readonly FactName[]): string {
  return (Object.entries(own) as [FactName, Facts[FactName]][]).reduce((rest, [name, fact]) => {
    const words = fact?.from.words ?? ''
    if (name === 'wish' && asked.includes(name)) return withoutWish(rest, words)
    if (words === '' || asked.includes(name) || (name === 'payment' && isNamedBeside(rest, words))) return cut(rest, words)
    return rest
      .split(EDGE)
      .filter((piece) => !piece.includes(words))
      .join(CUT)
  }, text)
}

/** "làm lại bộ [khác bằng da thật]": what is left of its piece belongs to it, unless it tells a name, a number or a place. */
function withoutWish(rest: string, words: string): string {
  const whole = rest.split(EDGE).find((piece) => words !== '' && piece.includes(words))
  const left = whole?.replace(words, '') ?? ''
  return whole === undefined || TELLS_MORE.test(left) ? cut(rest, words) : cut(rest, whole)
}

const TELLS_MORE = /\s\p{Lu}\p{Ll}|\d|(?:^|\s)(?:tên|ten|số|so|sđt|sdt|đt|ở|xã|xa|phường|phuong|thôn|làng|là|la)(?:\s|$)/u

/** "ví điện tử PayNow": who is named beside the way of paying. */
const isNamedBeside = (rest: string, words: string): boolean =>
  /\s\p{Lu}[\p{L}\d]+/u.test(
    rest
      .split(EDGE)
      .find((piece) => piece.includes(words))
      ?.replace(words, '') ?? '',
  )

function cut(text: string, words: string): string {
  return words === '' ? text : text.replace(words, CUT)
}

function withFormed(f: Full, { read, rest }: Reading, name: FactName): Reading {
  for (const piece of [rest, ...piecesOf(rest)]) {
    const fact = read[name] ?? readAs(f, name, piece, read)
    if (fact) return { read: { ...read, [name]: fact }, rest: cut(rest, fact.from.words) }
  }
  return { read, rest }
}

function readAs({ guide, messageId, asOf, draft }: Full, asked: FactName, text: string, read: Facts): Facts[FactName] {
  return guide.readFacts(text, { messageId, asOf, asked, known: { ...draft.facts, ...read } })[asked]
}

/** A piece that begins like a place is one, wherever it stands. */
const PLACE = /^(?:ở|o|tại|tai|nhà|xã|xa|phường|phuong|thôn|thon|buôn|buon|làng|lang|p\.|x\.|tp|thị trấn|thi tran|thị xã|thành phố|huyện)(?:\s|$)/iu
const LONGEST_PIECE = 8

/** The place first: it is known by its first word, a name is not. */
function byPlaces(names: readonly FactName[]): readonly FactName[] {
  return [...names].sort((a, b) => Number(b === 'commune') - Number(a === 'commune'))
}

function withFree(f: Full, { read, rest }: Reading, name: FactName): Reading {
  const waits = f.draft.asked.includes('name') && !read.name && !f.draft.facts.name
  const pieces = piecesOf(rest).filter((piece) => !declines(f, piece) && !(isPersonal(name) && (isTalk(piece) || isWished(piece))))
  const [placed, others] = [pieces.filter((piece) => PLACE.test(piece)), pieces.filter((piece) => !PLACE.test(piece))]
  // A name is told before a place: of two pieces that may be both, the second is the place.
  const named = fullestFirst(others)
  const candidates: Partial<Record<FactName, readonly string[]>> = {
    commune: [...placed, ...(waits ? namedApart(others, named[0]) : others)],
    name: named.map(calledSo),
    respondent: sellersFirst(others),
  }
  for (const piece of (candidates[name] ?? others).filter((one) => couldBe(f, name, one))) {
    const fact = readAs(f, name, piece, read) ?? wholePiece(f, name, piece)
    if (fact) return { read: { ...read, [name]: fact }, rest: cut(rest, piece) }
  }
  return { read, rest }
}

/** "Tư Rạng là ai cũng biết": what is said of a name behind it is no part of it. */
const calledSo = (piece: string): string =>
  /^(\p{Lu}[\p{L}\p{M}'’]*(?:\s+\p{Lu}[\p{L}\p{M}'’]*)+)(?:\s+\p{Ll}[\p{L}\p{M}]*)+$/u.exec(piece)?.[1] ?? piece

/** "Cái võng xếp, bên Võng Trường Thọ": of two pieces the one that names a house. */
const sellersFirst = (pieces: readonly string[]): readonly string[] => [...pieces].sort((a, b) => Number(isHouse(b)) - Number(isHouse(a)))

const isHouse = (piece: string): boolean =>
  !/^(?:cái|chiếc|con|bộ|cai|chiec)\s/iu.test(piece) &&
  (namesHouse(piece) || /^(?:bên|ben|của|cua|shop|page|nick|kênh|gian hàng)\s/iu.test(piece) || /\s\p{Lu}\p{Ll}/u.test(piece))

/** "Kiên, Mạc Trung Kiên": the second says the first, and more. */
const fullestFirst = (pieces: readonly string[]): readonly string[] => {
  const [first] = pieces
  const fuller = first && (pieces.find((piece) => piece !== first && piece.endsWith(` ${first}`)) ?? pieces.find(isFullName))
  return fuller ? [fuller, ...pieces.filter((piece) => piece !== fuller)] : pieces
}

/** The pieces that the person's name is no part of. */
const namedApart = (pieces: readonly string[], name = ''): readonly string[] =>
  pieces.filter((piece) => piece !== name && !name.endsWith(` ${piece}`))

const isPersonal = (name: FactName): boolean => name === 'name' || name === 'commune'

/** "Hoài Nhơn Tây": every word is written like a name. */
const PROPER = /^\p{Lu}[\p{L}\p{M}]*(?:\s+\p{Lu}[\p{L}\p{M}'’]*)+$/u

/** Words that stand in a sentence and in nobody's name. */
const TALK =
  /(?:^|\s)(?:quá|không|giải quyết|giai quyet|nói|được|thì|sao|đang|nhắn|mày|tụi|rồi|nhanh|hoài|lẹ|đừng|muốn|phải|cần|lắm|hay đi|hồi trước|hôm trước|sáp nhập|rành|để (?:tôi|tui|em|mình|con)|làm gì|chi vậy|nào|nghe cung|nghe cưng)(?:\s|$)/iu

function isTalk(piece: string): boolean {
  return (TALK.test(piece) && !PROPER.test(piece)) || isInsulting(piece)
}

/** "ngưng cái gói đó lại": what somebody is to do, and nobody's name. */
const ASKS_FOR =
  /^(?:(?:dạ|thôi|thì|họ|nó|shop|tôi|tui|em|mình|con|cháu|toi|minh)\s+)*(?:ngưng|ngừng|dừng|trả|hoàn|đổi|đền|bồi|sửa|xin|đừng|muốn|cho|bắt|bỏ|giải|yêu cầu|đòi|lấy|khỏi|chỉ|mong|nhờ|hủy|huỷ|cắt|gỡ|xóa|xoá|kiểm|làm|trao|đưa|giao|gửi|phải|nói|không|ko|chưa|khắc phục|ngung|dung|tra|hoan|den|sua|yeu cau|doi tien|kiem tra)(?:\s|$)/iu
/** "trả hàng" beside a name: a wish, and nobody's name or place. */
const isWished = (piece: string): boolean => ASKS_FOR.test(piece) && !PROPER.test(piece)

/** What is left over of other answers is no address, no code and no seller unless it looks like one. */
const LOOKS_LIKE: Partial<Record<FactName, (piece: string) => boolean>> = {
  link: (piece) => /[\p{L}\d][._@/][\p{L}\d]|^@/u.test(piece),
  order: (piece) => /\d/.test(piece),
  respondent: (piece) => !isNoName(piece) && !isTalk(piece) && !ASKS_FOR.test(piece),
  name: (piece) => !isTold(piece),
  goods: (piece) => !isNoName(piece) && !ASKS_FOR.test(piece),
}

/** Where others are written with capitals, a seller is too, or has a word for their house: "trao cái nồi cho tôi" is none. */
const couldSell = ({ text }: Full, piece: string): boolean =>
  !ASKS_FOR.test(piece) && (/[\p{Lu}\d_]/u.test(piece) || namesHouse(piece) || !/\s\p{Lu}\p{Ll}/u.test(text))

/** "chị Hương" is somebody, and lives somewhere. */
const TITLED = /^(?:anh|chị|chi|cô|chú|bác|bac|ông|bà|ba|chú|dì|cậu|cau)\s+\p{Lu}\p{Ll}+$/u

/** "họ Đỗ". */
const FAMILY = /^(?:họ|ho)\s/iu

/** "xã, phường thì …" names none. */
const ONLY_UNIT = /^(?:xã|phường|thôn|làng|xa|phuong|thon|lang)$/iu

/** "trả hàng": what somebody is to do is no thing and no seller. */
function couldBe(f: Full, name: FactName, piece: string): boolean {
  if (name === 'respondent') return couldSell(f, piece)
  if (name === 'commune') return !TITLED.test(piece) && !FAMILY.test(piece) && !ONLY_UNIT.test(piece)
  return name !== 'goods' || !ASKS_FOR.test(piece)
}

function wholePiece({ messageId }: Full, name: FactName, piece: string): Facts[FactName] {
  if (LOOKS_LIKE[name]?.(piece) === false) return undefined
  return piece.split(/\s+/).length <= LONGEST_PIECE ? takeWhole(name, piece, messageId) : undefined
}

const JOINS_BEFORE =
  /^(?:ạ|(?:thầy|cô|ông|bà|cụ|dì|cậu|mợ|thím|o|bác|chú|anh|chị) tên(?: là)?|(?:cứ )?ghi(?: tên)?|gọi(?: (?:tôi|em|mình|tui|con|cháu))?(?: là)?|và|va|với|còn|con là|thì|thi|là|la|sđt|sdt|đt|số điện thoại|số|dạ|da|vâng|địa chỉ)\s*:?\s+/iu
const JOINS_BEHIND = /\s+(?:là được|thôi|và|va|ở|tại|nhà|sống|số|sđt|sdt|đt|dt|điện thoại|dien thoai|là|la|ạ|nha|nhé)\s*:?$/iu

function piecesOf(rest: string): readonly string[] {
  return rest
    .split(EDGE)
    .map(trimmed)
    .filter((piece) => /\p{L}{2}/u.test(piece) && !NOTHING_LEFT.test(piece))
}

/** What is left of "mình tên Yến, số của em …" once the name and the number are read. */
const NOTHING_LEFT =
  /^(?:(?:mình|minh|tôi|toi|em|con|cháu|chau|bác|bac|tui|tên|ten|họ|là|la|máy bàn|nha|nhé|nghen|ạ|của|cua|số|so|sđt|sdt|đt|zalo|gọi|goi|ở|thì|thi|xin|dạ|da|nhà|hàng|tiền|giá|muốn|muon|mong|cần|can|đòi|doi|cho|chỉ|chi|họ|ho)(?:\s+|$))+$/iu

function trimmed(piece: string): string {
  // "la van thiet": of the family La.
  if (isFullName(piece)) return piece.trim()
  const shorter = piece
    .trim()
    .replace(/^[-–:.\s]+|[-–:.\s]+$/gu, '')
    .replace(JOINS_BEFORE, '')
    .replace(JOINS_BEHIND, '')
  return shorter === piece ? piece : trimmed(shorter)
}

const HAS_NONE = /(?:^|\s)(?:không|khong|ko|k|hok|chưa|chua)\s+(?:có|co|nhớ|nho|biết|biet|rõ|ro|muốn|muon|cho|nói|noi)(?:\s|$)/iu

/** "k nhớ", "con không có điện thoại": a piece that tells that there is nothing to tell. */
function declines({ guide }: Full, piece: string): boolean {
  return guide.commandIn(piece) === 'skip' || (HAS_NONE.test(piece) && !OTHERS_DO_NOT.test(piece) && piece.split(/\s+/).length <= LONGEST_PIECE)
}

/** "Mà chồng em không biết vụ này": said of somebody else. */
const OTHERS_DO_NOT =
  /(?:^|\s)(?:chồng|vợ|má|mẹ|ba|bố|con|họ|nó|shop|bạn|ai|người nhà|gia đình|chong|vo)(?:\s+(?:tôi|toi|em|mình|minh|tui|gái|trai))?\s+(?:không|khong|ko|k|chưa|chua)\s+(?:biết|biet|rõ|ro|nói|noi|muốn|cho)/iu
