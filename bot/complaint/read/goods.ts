/** What was bought: the words behind "mua", "đặt", up to where, when, for how much; else the thing that a clause begins with. */
import { bare, eitherMarks, overlaps, type Place, spaced, WORD_END, WORD_START } from '../../../knowledge/language/aligned.ts'
import { clauseAround, justBefore, quoted, type Read, type Scene, say, type Word, word, wordsFrom } from './scene.ts'
import { COUNTERS, DOES, ENDS_GOODS, stopsAt } from './stops.ts'
import { HEADS, HEADS_ALONE, HEADS_WITHOUT_MARKS } from './things.ts'

const FOR_ME = '(?: (?:cho|giúp|giùm|hộ|dùm|về cho) (?:em|tôi|mình|tui|con|cháu|bác|mẹ|má|ba|bố|vợ|chồng|bé))?'
const LABELLED = say(
  '(?<=(?:^|[.;,\\n|])\\s{0,3}(?:[-–*+] ?)?)(?:tên )?(?:hàng|món|sản phẩm|sp|món hàng|mặt hàng|hàng hóa|dịch vụ|hàng mua|đã mua)(?:\\s*:| là(?![\\p{L}\\p{M}]))\\s*',
)
const BOUGHT = say(
  `(?:(?:tên )?(?:hàng|món|sản phẩm|món hàng|mặt hàng)(?:\\s*:| là)|đổ(?= (?:xăng|dầu|\\S+ (?:ngàn|nghìn|chục|k)) )|(?:chào bán|rao bán|mua|order|book|sắm|tậu|thỉnh|hốt|múc|khui|mướn|chở về|đặt mua|đặt hàng|đặt may|đặt làm|đặt đóng|đặt cọc mua|đặt|thuê|dụ mua|giữ(?! (?:luôn|lại|cọc|tiền|giấy))|chốt|đăng ký|đăng kí|đky|dky|đk(?= )|hợp đồng(?= (?:tập|học|thuê|mua|bảo hiểm|tham quan|du lịch|lắp|thi công|cung cấp|dịch vụ|may|đóng|làm|sửa) ))${FOR_ME}|thay vì|bán(?: (?:em|tôi|mình|tui|chị|bác|cháu)(?= ))?${FOR_ME})(?![\\p{L}\\p{M}])\\s*`,
)
/** These also mean other deeds: a counter, a number or the name of a thing must stand behind them. */
const USED = say(
  `(?:lắp đặt|lắp|gắn|dùng|xài|sử dụng|lấy|đổi|thay|làm|cắt|may|đóng tiền|đóng|nạp|ăn|uống|giao|ship|nhận|ký|in|sửa|học|tập|tiền cọc|cọc|đặt cọc|giới thiệu|rinh|rước|kiếm|nhập|chở|đem|khoán|gửi con)${FOR_ME}(?![\\p{L}\\p{M}])\\s*`,
)
const RECEIVED = say(
  '(?:nhận(?: được)?|(?:giao|gửi|ship)(?: cho)? (?:mình|em|tôi|tui|mk|con|cháu|khách)) (?=(?:cái|chiếc|con|bộ|đôi|hộp|thùng|cây|cuốn|quyển|chai|túi) )',
)
/** Who sells is called after what they sell: "ông bán sâm Ngọc Linh". */
const SELLER_OF = say('(?:ông|bà|anh|chị|cô|chú|người|xe|gánh|nhóm|đứa) bán(?: rong| dạo)?\\s+')
/** "…, cái bình nóng lạnh của đại lý". */
const COUNTED =
  /(?<=^\s*|[,.;!\n]\s*)(?:cái|chiếc|cai|chiec)\s+(?=[\p{L} ]{3,40}(?:của|cua)\s)|(?<!\p{L})(?:cái|chiếc|cai|chiec)\s+(?=[\p{L} ]{2,30}\s(?:mua|đặt)\s)/gu
const BOUGHT_BEHIND = say(
  '(?:mua|đặt|order|book)(?= (?:page|shop|ở|qua|tại|trên|của|bên|hôm|ngày|tuần|từ|về|hồi|\\d+ (?:tháng|ngày|tuần|năm))(?![\\p{L}\\p{M}]))',
)
const MOST_WORDS = 7
const CONTINUED = new Set(['và', 'va', 'với'])
const NOT_A_VERB =
  /(?<![\p{L}\p{M}])(?:người|nguoi|bên|ben|giá|gia|số|ông|bà|chị|anh|cô|khuyến|đi|hàng|hang|ng|ngta|nơi|noi|chỗ|nhóm|nhom|group|hội|mới|chuyên|tiền|lúc|hồi|khi|sau|hậu)\s+$/u
/** The person sells for a living: "tôi bán tạp hóa", "hai vợ chồng bán bún". */
const SELLS_ONESELF =
  /(?<![\p{L}\p{M}])(?:tôi|toi|em|mình|minh|tui|e|mk|nhà|nha|gia đình|vợ chồng|vo chong|chúng tôi|mẹ em|má em|mẹ tôi)(?:\s+(?:chuyên|làm nghề|buôn|có|đang|hay|đi))*\s+$/u
/** These name nothing. */
const NO_THING =
  /^(?:(?:hoàn|trả|bồi|hủy|rút|nộp|đền|boi|huy|hoan|nop|đi|chai đi|máy khác|cái khác|lo khac|lô khác|giấy tờ|giay to|biển số)(?!\p{L}).*|(?:hàng|hang) (?!(?:hiệu|hieu|xách|xach|điện|nông)(?!\p{L})).*|(?:hàng|hang|đồ|do|sản phẩm|san pham|sp|đơn|don|đơn hàng|don hang|món|mon|món hàng|thứ|gì|gi|chi|cái này|này|đó|ấy|nó|hàng hóa|âm|trừ|hóa đơn|hoa don|báo|thuê|thue|khoán|bay|page|shop|thùng|gói|cây|bó|bao|ký|cân|suất|buổi|phần|tổng hóa đơn|hàng giả|nhiều|lại|đi|ngay|được|ai|đâu|hàng online|hết|cộng|tên|vậy|rồi|xong|thử|lai rai|mấy lần|ngoài chợ|máy|(?:vầy|vậy|sao|dẫy)(?!\p{L}).*|đầy|đầy bình|đổ đầy|đổ đầy bình|đồng hồ nước|bill|tổng bill|cữ|ngụm|muỗng|\S+ khác|lọ|hộp|hũ|gói|chai|tô|tuýp|trọn gói|thành|ra|mặt bằng|khác|mới|(?:buổi|tháng|ngày|lần|năm|tuần|giờ|phút|người|đứa|hôm|bữa|đợt|lúc|lần)(?!\p{L}).*)(?:\s+(?:á|ạ|a|nha|nhé|đó|đây|kia|ấy|này|nọ|thôi|gì|chi|vậy|hết|mấy lần|lung tung|linh tinh|ra|nữa))*)$/u

/** "mua của shop … một chiếc samsung", "ship COD cái đồng hồ". */
const COUNTED_LATER = say(
  '(?:mua|đặt|order|cod|bán)(?: [^\\s;|]*[^\\s;|.]){1,9}? (?:một|1|2|cái|chiếc) (?:cái |chiếc |con )?(?=\\p{L})|cod (?:cái|chiếc) ',
)

/** @param taken what names the seller and the platform. @returns what was bought, without its counter; undefined when none is said. */
export function readGoods(scene: Scene, named: readonly Place[] = []): Read<string> | undefined {
  // What sellers say, and how the person earns their living, names things that nobody bought.
  const taken = [...named, ...livelihoods(scene)]
  const place = scene.asked ? answered(scene, taken) : goodsIn(scene, taken)
  return place && quoted(scene, fuller(scene, withQuotation(scene, outside(place, taken))))
}

const LIVELIHOOD = say(
  '(?:tôi|em|mình|tui|tụi em|nhà tôi|nhà em|nhà tui|gia đình|vợ chồng(?: (?:tôi|em|tui))?|con|cháu) (?:làm|trồng|nuôi|chạy|buôn)(?: (?:rẫy|vườn|nghề|công nhân))* [^.,;!?\\n|]{2,24}?(?= ở|[.,;!?\\n])|(?:trồng|nuôi) [^.,;!?\\n|]{2,20}(?=[.,;!?\\n])|(?<=[,)(] ?)(?:bán|buôn) [^.,;!?\\n|]{2,20}? (?=ở (?:xã|phường|chợ|thôn|huyện))|(?:cà phê|lúa|tiêu|ca phe) (?:đang|dang) [^.,;!?\\n|]{2,20}',
)
const livelihoods = ({ plain }: Scene): Place[] =>
  [...plain.matchAll(LIVELIHOOD)].map(({ index, 0: all }) => ({ start: index, end: index + all.length }))

/** Who was asked for it names it at once, and who was asked for something else tells of it in so many words or not at all. */
const answered = (scene: Scene, taken: readonly Place[]): Place | undefined =>
  scene.asked === 'goods' ? firstOf(scene, BOUGHT, taken) : thingsBehind(scene, BOUGHT, taken).find((place) => isNamed(scene, place))

function goodsIn(scene: Scene, taken: readonly Place[]): Place | undefined {
  return (
    firstOf(scene, LABELLED, taken) ??
    boughtIn(scene, taken) ??
    beforeVerb(scene) ??
    lastBeforeVerb(scene) ??
    firstOf(scene, COUNTED_LATER, taken) ??
    usedIn(scene, taken) ??
    beforeSum(scene) ??
    firstOf(scene, RECEIVED, taken) ??
    firstOf(scene, COUNTED, taken) ??
    namedIn(scene, taken) ??
    thingsBehind(scene, SELLER_OF, taken).find((place) => isNamed(scene, place)) ??
    firstOf(scene, BOUGHT, taken) ??
    ofStation(scene, taken)
  )
}

/** At a "cây xăng" it is petrol that was bought, wherever the word stands besides. */
function ofStation({ plain }: Scene, taken: readonly Place[]): Place | undefined {
  if (!/(?<!\p{L})(?:cây|cay|trạm|tram)\s+(?:xăng|xang)(?!\p{L})/u.test(plain)) return undefined
  return [...plain.matchAll(/(?<!\p{L})(?:xăng|xang)(?!\p{L})/gu)]
    .map(({ index }) => ({ start: index, end: index + 4 }))
    .find(({ start }) => !taken.some((place) => start >= place.start && start < place.end))
}

/** "phòng homestay Mây Xanh" of the "homestay Mây Xanh" is a "phòng". */
function outside(place: Place, taken: readonly Place[]): Place {
  const other = taken.find((one) => one.start > place.start && one.start < place.end)
  return other ? { start: place.start, end: other.start } : place
}

/** "Nồi mua ở siêu thị" where a "nồi chiên không dầu" was named: the longer name says more. */
function fuller(scene: Scene, place: Place): Place {
  const name = scene.plain.slice(place.start, place.end)
  if (/\s/.test(name.trim())) return place
  const longer = [...scene.plain.matchAll(scene.withMarks ? NAMES_MARKED : NAMES_BARE)].find(({ 0: words }) => words.startsWith(`${name} `))
  return (longer && thingOf(scene, wordsFrom(scene, longer.index, MOST_WORDS))) ?? place
}

/** 'thuốc "xương khớp"': what stands in quotation marks behind a thing is its name. */
function withQuotation({ plain }: Scene, place: Place): Place {
  const name = /^\s*["“‘«][^"”’»\n|]{2,40}["”’»]/u.exec(plain.slice(place.end, place.end + 50))?.[0]
  return name ? { start: place.start, end: place.end + name.length } : place
}

const firstOf = (scene: Scene, pattern: RegExp, taken: readonly Place[]): Place | undefined => thingsBehind(scene, pattern, taken)[0]

function thingsBehind(scene: Scene, pattern: RegExp, taken: readonly Place[]): Place[] {
  return [...scene.plain.matchAll(pattern)].flatMap((match) => {
    if (isNoVerb(scene, match) || taken.some((place) => match.index >= place.start && match.index < place.end)) return []
    return thingAt(scene, match.index + match[0].length, taken) ?? []
  })
}

/** Farther from its verb, behind a seller or a day, only what is known for a thing is one. */
function thingAt(scene: Scene, from: number, taken: readonly Place[]): Place | undefined {
  const at = skipped(scene, from, taken)
  const place = inQuotation(scene, at) ?? thingOf(scene, wordsFrom(scene, at, MOST_WORDS + 3))
  return place && (!isFar(scene, from, at) || isNamed(scene, place)) ? place : undefined
}

const isFar = ({ plain }: Scene, from: number, to: number): boolean =>
  /[\p{L}\p{N}]/u.test(plain.slice(from, to)) && endOf(BETWEEN, plain, from) < to - 1

/** 'mua "kỳ nghỉ dưỡng trọn đời"'. */
function inQuotation({ plain }: Scene, at: number): Place | undefined {
  const name = /^["“‘«][^"”’»\n|]{3,60}["”’»]/u.exec(plain.slice(at, at + 64))?.[0]
  return name ? { start: at, end: at + name.length } : undefined
}

/** Of several things that are bought, the first that is known for one or counted, else the first of two words: one word alone is often none. */
function boughtIn(scene: Scene, taken: readonly Place[]): Place | undefined {
  const all = thingsBehind(scene, BOUGHT, taken)
  const called = (place: Place) => /\p{L}\s+\p{L}|["“‘«]/u.test(scene.plain.slice(place.start, withQuotation(scene, place).end))
  return all.find((place) => isNamed(scene, place)) ?? all.find(called)
}

const usedIn = (scene: Scene, taken: readonly Place[]): Place | undefined => thingsBehind(scene, USED, taken).find((place) => isNamed(scene, place))

/** With marks a word without them is another word. */
const marked = (words: string): RegExp => new RegExp(`${WORD_START}(?:${spaced(words)})${WORD_END}`, 'gu')
const NAMES_MARKED = marked(HEADS)
const NAMES_BARE = word(HEADS_WITHOUT_MARKS)
const ALONE_MARKED = marked(HEADS_ALONE)
const NUMBERED = /(?<![\p{L}\p{M}])(?:\d{1,3}|một|hai|ba|bốn|năm|cái|chiếc|con|bộ|đôi|cặp|hộp|thùng|cai|chiec|doi|thung|gói|bình|cây)\s+$/u

/** @returns whether the stretch begins with the name of a thing, or is counted. */
function isNamed(scene: Scene, { start, end }: Place): boolean {
  const text = scene.plain.slice(start, end)
  return text.search(scene.withMarks ? NAMES_MARKED : NAMES_BARE) >= 0 || NUMBERED.test(justBefore(scene.plain, start))
}

/** Behind these the word names a trade, a house or a part of something. */
const NO_GOODS_BEFORE =
  /(?<![\p{L}\p{M}])(?:tiệm|tiem|shop|sốp|cửa hàng|cua hang|quán|quan|đại lý|dai ly|bán|nhà hàng|siêu thị|trang|hãng|page|kênh|ngành|nghề|tên|thợ|tho|mặt|mat|ngoài|gần|tiền|tờ|qua|lên|xuống|nhà|cho|như|phiếu|gọi|số|so|mà|hệ|không có|ko có|khong co|trồng|trong|vườn|vuon|nuôi|nuoi|rẫy)\s+$/u

/** The first word in the text that names a thing. */
function namedIn(scene: Scene, taken: readonly Place[]): Place | undefined {
  for (const { index } of scene.plain.matchAll(scene.withMarks ? ALONE_MARKED : NAMES_BARE)) {
    const inside = taken.some((place) => index >= place.start && index < place.end)
    if (inside || NO_GOODS_BEFORE.test(justBefore(scene.plain, index))) continue
    const place = thingOf(scene, wordsFrom(scene, index, MOST_WORDS + 3))
    if (place) return place
  }
  return undefined
}

const KIN =
  '(?:bé|con|cháu|mẹ|má|mạ|ba|bố|cha|vợ|chồng|em|tôi|mình|tui|tao|bà|ông|chị|anh|nhà|ngoại|nội|trai|gái|cả|các|mấy|đứa|trường|lớp|công ty|cơ quan|khách|bạn|thằng|chú|bác|cô|dì|chúng tôi|bọn em|út|rể|dâu)'
const BETWEEN = new RegExp(
  `(?:${spaced(eitherMarks(`(?:cho|giúp|giùm|hộ|dùm|tặng|biếu)(?: ${KIN})+|trả góp|qua mạng|online|thêm|về|luôn|thử|trúng|ngay|lại|cho|hàng(?= cái)|sỉ|lẻ|trước|:`))})(?![\\p{L}\\p{M}])[\\s:]*`,
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

function stepFrom(scene: Scene, at: number, taken: readonly Place[]): number {
  const { plain } = scene
  const value = [...scene.amounts, ...scene.dates].find(({ index }) => index === at)
  const name = taken.find(
    ({ start }) => start === endOf(PLACED, plain, at) || (start === at && endOf(PLACED, plain, at) === at && isBehindPlace(plain, at)),
  )
  const next = name?.end ?? (value ? value.index + value.text.length : endOf(BETWEEN, plain, at))
  return next + (/^\s*/u.exec(plain.slice(next))?.[0].length ?? 0)
}

const isBehindPlace = (plain: string, at: number): boolean => /(?:ở|tại|của|bên|trên|qua|từ|o|tai|cua|ben|tren|tu)\s+$/u.test(justBefore(plain, at))

/** @returns where a sticky match at `at` ends; `at` itself for none. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

/** "người bán", and the "Ban" of "Ban Mai" in a text with marks. */
function isNoVerb({ plain, withMarks }: Scene, { index, 0: all }: RegExpExecArray): boolean {
  if (!withMarks && /^muon(?!\p{L})/u.test(all)) return true
  if (!/^b[aá]n(?!\p{L})/u.test(all)) return false
  const sellsGoods = /^h[aà]ng(?!\p{L})/u.test(plain.slice(index + all.length, index + all.length + 5))
  const before = justBefore(plain, index)
  return (
    sellsGoods ||
    (withMarks && all.startsWith('ban')) ||
    NOT_A_VERB.test(before) ||
    (SELLS_ONESELF.test(before) && !/(?:tôi|em|mình|tui|cho)\s*$/u.test(all.trim()))
  )
}

/** "Phân bón mua ở đại lý". */
function beforeVerb(scene: Scene): Place | undefined {
  return firstThing(
    scene,
    [...scene.plain.matchAll(BOUGHT_BEHIND)].map(({ index }) => index),
  )
}

const COUNTER_BEFORE = say('(?:cái|chiếc|con|bộ|đôi|cặp|thùng|hộp|bao|gói|cây|chai|tô)(?![\\p{L}\\p{M}])\\s*')

const WHO_BUYS = /(?:\s+(?:mà|ma|em|e|tôi|toi|mình|minh|mk|tui|con|cháu|chau|có|co|mới|moi|đã))+\s*$/u

/** "sau khi mặc bộ đồ ngủ mua của …": the thing named or counted last before the verb. */
function lastBeforeVerb(scene: Scene): Place | undefined {
  for (const { index } of scene.plain.matchAll(BOUGHT_BEHIND)) {
    const { start } = clauseAround(scene.plain, { start: index, end: index })
    const end = index - (WHO_BUYS.exec(justBefore(scene.plain, index))?.[0].length ?? 0)
    const named = scene.withMarks ? NAMES_MARKED : NAMES_BARE
    const heads = [COUNTER_BEFORE, named].flatMap((pattern) =>
      [...scene.plain.slice(start, end).matchAll(pattern)].map((match) => start + match.index),
    )
    const place = heads
      .map((head) =>
        thingOf(
          scene,
          wordsFrom(scene, head, MOST_WORDS + 1).filter((word) => word.end <= end),
        ),
      )
      .find(Boolean)
    if (place && scene.plain.slice(place.end, end).trim() === '') return place
  }
  return undefined
}

/** "đồng hồ casio 1tr150". */
function beforeSum(scene: Scene): Place | undefined {
  return firstThing(
    scene,
    scene.amounts.map(({ index }) => index - (PRICED.exec(justBefore(scene.plain, index))?.[0].length ?? 0)),
  )
}

const PRICED = /\s*(?:có giá|co gia|trị giá|giá|gia|hết|het|tính|tinh|là|la|:)\s*$/u
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
  const head = headLength(scene, words)
  for (const [i, word] of words.entries()) {
    if (thing.length >= MOST_WORDS || (i >= head && stopsAt(ENDS_GOODS, words, i, scene.withMarks)) || isValue(scene, word)) break
    if ((CONTINUED.has(word.text) && thing.length === 0) || (thing.length > 1 && counts(scene, words, i))) break
    thing.push(word)
  }
  while (CONTINUED.has(thing.at(-1)?.text ?? '')) thing.pop()
  return thing
}

const HEAD_NAMES = new Set(HEADS.split('|'))
const HEAD_NAMES_BARE = new Set(HEADS.split('|').map(bare))

/** How many of the words are the name of a thing, whatever they mean elsewhere: "may do ca" is no "may" for some cause. */
function headLength({ withMarks }: Scene, words: readonly Word[]): number {
  const names = withMarks ? HEAD_NAMES : HEAD_NAMES_BARE
  return (
    [4, 3, 2].find((count) =>
      names.has(
        words
          .slice(0, count)
          .map((word) => (withMarks ? word.text : word.bare))
          .join(' '),
      ),
    ) ?? 0
  )
}

/** "phòng homestay 2 đêm": a number before a small word counts something else. */
const counts = ({ withMarks }: Scene, words: readonly Word[], at: number): boolean =>
  /^\d{1,2}$/.test(words[at]?.text ?? '') && words[at + 1]?.capital === false && !stopsAt(ENDS_GOODS, words, at + 1, withMarks)

const isValue = (scene: Scene, word: Word): boolean =>
  [...scene.amounts, ...scene.dates].some(({ index, text }) => overlaps(word, { start: index, end: index + text.length }))
