/** All that a story may mean by what was bought, each with the sign it was found by: a verb of buying, a sum, a counter, or its name alone. */
import { eitherMarks, type Place } from '../../../knowledge/language/aligned.ts'
import { HOUSE } from './houses.ts'
import { clauseAround, isCapital, justBefore, type Scene, say, startsWith, within, word, wordsFrom } from './scene.ts'
import { DOES, stopsAt } from './stops.ts'
import { alone, isKnown, isNamed, MOST_WORDS, namesIn, thingAt, thingOf } from './thing-words.ts'
import { HEADS_DONE } from './things.ts'

export type Cue =
  | 'labelled'
  | 'bought'
  | 'beforeVerb'
  | 'lastBeforeVerb'
  | 'boughtLater'
  | 'used'
  | 'beforeSum'
  | 'received'
  | 'counted'
  | 'matter'
  | 'mentioned'
  | 'sold'
  | 'billed'
  | 'station'
  | 'trade'
  | 'charged'
  | 'hired'

export interface Candidate extends Place {
  readonly cue: Cue
  /** Where the sign itself stands. */
  readonly at: number
}

const FOR_ME = '(?: (?:cho|giúp|giùm|hộ|dùm|về cho) (?:em|tôi|mình|tui|con|cháu|bác|mẹ|má|ba|bố|vợ|chồng|bé))?'
const LABELLED = say(
  '(?<=(?:^|[.;,\\n|])\\s{0,3}(?:[-–*+] ?)?)(?:tên )?(?:hàng|món|sản phẩm|sp|món hàng|mặt hàng|hàng hóa|dịch vụ|hàng mua|đã mua)(?:\\s*:| là(?![\\p{L}\\p{M}]))\\s*',
)
const BOUGHT = say(
  `(?:(?:tên )?(?:hàng|món|sản phẩm|món hàng|mặt hàng)(?:\\s*:| là)|đổ(?= (?:xăng|dầu|\\S+ (?:ngàn|nghìn|chục|k)) )|(?:chào bán|rao bán|mua|order|book|sắm|tậu|thỉnh|hốt|múc|khui|mướn|chở về|đặt mua|đặt hàng|đặt may|đặt in|đặt làm|đặt đóng|đặt cọc mua|đặt|thuê|dụ mua|giữ(?! (?:luôn|lại|cọc|tiền|giấy))|chốt|đăng ký|đăng kí|đky|dky|đk(?= )|hợp đồng(?= (?:tập|học|thuê|mua|bảo hiểm|tham quan|du lịch|lắp|thi công|cung cấp|dịch vụ|may|đóng|làm|sửa) ))${FOR_ME}|thay vì|bán(?: (?:em|tôi|mình|tui|chị|bác|cháu)(?= ))?${FOR_ME})(?![\\p{L}\\p{M}])\\s*`,
)
/** These also mean other deeds: a counter, a number or the name of a thing must stand behind them. */
const USED = say(
  `(?:lắp đặt|lắp|gắn|dùng|xài|sử dụng|lấy|đổi|thay|làm|cắt|may|đóng tiền|đóng(?! cửa(?: [^gkn]|\\s*[.,;!]|$))|nạp|ăn|uống|giao|ship|nhận|ký|in|sửa|học(?! phí)|tập|nộp|gọi(?! điện)|đi(?= (?:taxi|tour|xe khách|xe giường|xe limousine|xe ôm|máy bay))|tiền cọc|cọc|đặt cọc|giới thiệu|rinh|rước|kiếm|nhập|chở|đem|khoán|gửi con|gửi|chơi)${FOR_ME}(?![\\p{L}\\p{M}])\\s*`,
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
/** "mua của shop … một chiếc samsung", "ship COD cái đồng hồ". */
const BOUGHT_LATER = say(
  '(?:mua|đặt|order|cod|bán)(?: [^\\s;|]*[^\\s;|.]){1,9}? (?:một|1|2|cái|chiếc) (?:cái |chiếc |con )?(?=\\p{L})|cod (?:cái|chiếc) ',
)

const NOT_A_VERB =
  /(?<![\p{L}\p{M}])(?:người|nguoi|bên|ben|giá|gia|số|ông|bà|chị|anh|cô|khuyến|đi|hàng|hang|cha|thằng|mụ|lão|gã|đứa|con|tiệm|shop|ng|ngta|nơi|noi|chỗ|nhóm|nhom|group|hội|mới|chuyên|tiền|lúc|hồi|khi|sau|hậu)\s+$/u
/** The person sells for a living: "tôi bán tạp hóa", "hai vợ chồng bán bún". */
const SELLS_ONESELF =
  /(?<![\p{L}\p{M}])(?:tôi|toi|em|mình|minh|tui|e|mk|nhà|nha|gia đình|vợ chồng|vo chong|chúng tôi|mẹ em|má em|mẹ tôi)(?:\s+(?:chuyên|làm nghề|buôn|có|đang|hay|đi))*\s+$/u

const LIVELIHOOD = say(
  '(?:tôi|em|mình|tui|tụi em|nhà tôi|nhà em|nhà tui|gia đình|vợ chồng(?: (?:tôi|em|tui))?|con|cháu) (?:làm|trồng|nuôi|chạy|buôn)(?: (?:rẫy|vườn|nghề|công nhân))* (?:(?! (?:nên|mà|thì) )[^.,;!?\\n|]){2,24}?(?= ở|[.,;!?\\n])|(?:trồng|nuôi) [^.,;!?\\n|]{2,20}(?=[.,;!?\\n])|(?<=[,)(] ?)(?:bán|buôn) [^.,;!?\\n|]{2,20}? (?=ở (?:xã|phường|chợ|thôn|huyện))|(?:cà phê|lúa|tiêu|ca phe) (?:đang|dang) [^.,;!?\\n|]{2,20}',
)
/** "Tôi làm 2 cái răng sứ ở nha khoa": no trade. */
const HAS_DONE = say('làm (?:\\d|cái|chiếc|một|hai|ba|bộ|răng|tóc|móng|nail|mi|mũi|da|thẻ|giấy|hồ sơ|visa|bằng)(?!\\p{L})')
/** @returns where the person tells how they earn their living: things that nobody bought. */
export const livelihoods = ({ plain }: Scene): Place[] =>
  [...plain.matchAll(LIVELIHOOD)]
    .map(({ index, 0: all }) => ({ start: index, end: index + all.length }))
    .filter(({ start, end }) => !HAS_DONE.test(plain.slice(start, end)))

/** @param taken what names the seller, the platform and the person's living. @returns every thing that may be the one, in no order. */
export function candidatesIn(scene: Scene, taken: readonly Place[]): Candidate[] {
  return [
    ...behind(scene, 'labelled', LABELLED, taken),
    ...boughtIn(scene, taken),
    ...firstThings(scene, 'beforeVerb', verbsBehind(scene)),
    ...lastBeforeVerb(scene),
    ...behind(scene, 'boughtLater', BOUGHT_LATER, taken),
    ...behind(scene, 'used', USED, taken).filter((place) => isNamed(scene, place)),
    ...firstThings(scene, 'beforeSum', sums(scene)),
    ...behind(scene, 'received', RECEIVED, taken),
    ...behind(scene, 'counted', COUNTED, taken),
    ...mentioned(scene, taken),
    ...behind(scene, 'sold', SELLER_OF, taken).filter((place) => isNamed(scene, place)),
    ...behind(scene, 'matter', MATTER, taken).filter((place) => isKnown(scene, place)),
    ...billed(scene),
    ...behind(scene, 'charged', CHARGED, taken).filter((place) => isKnown(scene, place)),
    ...hired(scene),
    ...traded(scene),
    ...ofStation(scene, taken),
  ]
}

/** @returns the things right behind a verb of buying. */
export const boughtIn = (scene: Scene, taken: readonly Place[]): Candidate[] => behind(scene, 'bought', BOUGHT, taken)

function behind(scene: Scene, cue: Cue, pattern: RegExp, taken: readonly Place[]): Candidate[] {
  return [...scene.plain.matchAll(pattern)].flatMap((match) => {
    if (isNoVerb(scene, match) || isTaken(taken, match.index)) return []
    const place = thingAt(scene, match.index + match[0].length, taken)
    return place ? { ...place, cue, at: match.index } : []
  })
}

const isTaken = (taken: readonly Place[], at: number): boolean => taken.some(({ start, end }) => at >= start && at < end)

/** "người bán", and the "Ban" of "Ban Mai" in a text with marks. */
function isNoVerb({ plain, withMarks }: Scene, { index, 0: all }: RegExpExecArray): boolean {
  if (!withMarks && /^muon(?!\p{L})/u.test(all)) return true
  if (!/^b[aá]n(?!\p{L})/u.test(all)) return false
  if (/^\S+(?:\s+\S+){0,2}\s+(?:để|de|lấy tiền|lay tien|ra tiền)(?!\p{L})/u.test(plain.slice(index + all.length, index + all.length + 40)))
    return true
  const sellsGoods = /^h[aà]ng(?!\p{L})/u.test(plain.slice(index + all.length, index + all.length + 5))
  const before = justBefore(plain, index)
  return (
    sellsGoods ||
    (withMarks && all.startsWith('ban')) ||
    NOT_A_VERB.test(before) ||
    (SELLS_ONESELF.test(before) && !/(?:tôi|em|mình|tui|cho)\s*$/u.test(all.trim()))
  )
}

// ── before a verb, before a sum ─────────────────────────────────────────────────────────────────

const verbsBehind = ({ plain }: Scene): number[] => [...plain.matchAll(BOUGHT_BEHIND)].map(({ index }) => index)

const PRICED = /\s*(?:có giá|co gia|trị giá|giá|gia|hết|het|tính|tinh|là|la|:)\s*$/u

/** "đồng hồ casio 1tr150": where what stands before the sum ends. */
const sums = (scene: Scene): number[] => scene.amounts.map(({ index }) => index - (PRICED.exec(justBefore(scene.plain, index))?.[0].length ?? 0))

const MOST_BEFORE = 5

/** The words from the beginning of a clause to `end`, when they are few and all name one thing: "Phân bón mua ở đại lý". */
function firstThings(scene: Scene, cue: Cue, ends: readonly number[]): Candidate[] {
  return ends.flatMap((end) => {
    const { start } = clauseAround(scene.plain, { start: end, end })
    const words = wordsFrom(scene, start, MOST_BEFORE + 2).filter((word) => word.end <= end)
    const place = thingOf(scene, words)
    const whole = place && place.end === words.at(-1)?.end && words.length <= MOST_BEFORE && scene.plain.slice(place.end, end).trim() === ''
    return whole && !words.some((_, i) => stopsAt(DOES, words, i, scene.withMarks)) ? { ...place, cue, at: end } : []
  })
}

const COUNTER_BEFORE = say('(?:cái|chiếc|con|bộ|đôi|cặp|thùng|hộp|bao|gói|cây|chai|tô)(?![\\p{L}\\p{M}])\\s*')
const WHO_BUYS = /(?:\s+(?:mà|ma|em|e|tôi|toi|mình|minh|mk|tui|con|cháu|chau|có|co|mới|moi|đã))+\s*$/u

/** "sau khi mặc bộ đồ ngủ mua của …": the thing named or counted last before the verb. */
function lastBeforeVerb(scene: Scene): Candidate[] {
  return verbsBehind(scene).flatMap((index) => {
    const { start } = clauseAround(scene.plain, { start: index, end: index })
    const end = index - (WHO_BUYS.exec(justBefore(scene.plain, index))?.[0].length ?? 0)
    const names = namesIn(scene, { start, end })
    const counters = within(COUNTER_BEFORE, scene.plain, { start, end }).filter(
      (one) => !names.some((name) => name.start < one.start && one.start < name.end),
    )
    const heads = [...counters, ...names].map((head) => head.start)
    const ofHead = (head: number) =>
      thingOf(
        scene,
        wordsFrom(scene, head, MOST_WORDS + 1).filter((word) => word.end <= end),
      )
    const place = heads.map(ofHead).find(Boolean)
    return place && scene.plain.slice(place.end, end).trim() === '' ? { ...place, cue: 'lastBeforeVerb', at: index } : []
  })
}

// ── its name alone ──────────────────────────────────────────────────────────────────────────────

/** Behind these the word names a trade, a house or a part of something. */
const NO_GOODS_BEFORE =
  /(?<![\p{L}\p{M}])(?:mặc|mac|tiệm|tiem|shop|sốp|cửa hàng|cua hang|quán|quan|đại lý|dai ly|bán|nhà hàng|siêu thị|trang|hãng|page|kênh|ngành|nghề|tên|thợ|tho|mặt|mat|ngoài|gần|tiền|tờ|qua|lên|xuống|nhà|cho|như|phiếu|gọi|số|so|mà|hệ|không có|ko có|khong co|trồng|trong|vườn|vuon|nuôi|nuoi|rẫy)\s+$/u

const whole = ({ plain }: Scene): Place => ({ start: 0, end: plain.length })

/** Every word in the text that names a thing. */
function mentioned(scene: Scene, taken: readonly Place[]): Candidate[] {
  return namesIn(scene, whole(scene), alone(scene)).flatMap(({ start: index }) => {
    if (isTaken(taken, index) || NO_GOODS_BEFORE.test(justBefore(scene.plain, index))) return []
    const place = thingOf(scene, wordsFrom(scene, index, MOST_WORDS + 3))
    return place ? { ...place, cue: 'mentioned', at: index } : []
  })
}

const STATION = new RegExp(`(?<!\\p{L})(?:${eitherMarks('cây|trạm')})\\s+(?:${eitherMarks('xăng')})(?!\\p{L})`, 'u')

/** At a "cây xăng" it is petrol that was bought, wherever the word stands besides. */
function ofStation({ plain }: Scene, taken: readonly Place[]): Candidate[] {
  if (!STATION.test(plain)) return []
  return [...plain.matchAll(/(?<!\p{L})(?:xăng|xang)(?!\p{L})/gu)]
    .map(({ index }) => ({ start: index, end: index + 4, cue: 'station' as const, at: index }))
    .filter(({ start }) => !isTaken(taken, start))
}

// ── what is had done, and what comes by the month ────────────────────────────────────────────────────────────────────────────────────

/** "cái vụ sửa xe", "phản ánh về máy bơm". */
const MATTER = say('(?:vụ|việc|chuyện|(?:khiếu nại|phản ánh|tố cáo) về)(?: (?:vụ|việc|chuyện|mua|đặt|bán))*\\s+')

const BILLED = word('(?:tiền|hóa đơn|hoá đơn|hóa đơn tiền|hoá đơn tiền|cước|phí|công tơ|giấy báo tiền)\\s+(?:điện|nước|rác|mạng|internet|4g)')

/** "hoá đơn điện tháng 10": what comes by the month is called by its bill. */
const billed = ({ plain }: Scene): Candidate[] =>
  [...plain.matchAll(BILLED)].map(({ index, 0: all }) => ({ start: index, end: index + all.length, cue: 'billed', at: index }))

/** "bị trừ tiền gói nhạc chờ". */
const CHARGED = say('(?:bị|tự) (?:trừ|thu|tính)(?: thêm)? (?:tiền|phí|cước)\\s+')

const HIRED = say('(?:thuê|nhờ|kêu|gọi|mướn|đặt|khoán|giao|hợp đồng với|ký với)(?: cho)? (?=\\p{L})')
const HIREABLE = startsWith(`bên|chỗ|thợ|nhà thầu|đội|nhóm|anh|chị|ông|bà|shop|page|${HOUSE}`)
/** What these bring forth is had without them. */
const MAKES = say('(?:làm|đóng|lắp|may|in) ')
/** These are themselves what is paid for. */
const SERVES = say('(?:thi công|dựng|xây|lát|ốp|lợp|đào|khoan|sửa|sơn|chụp|quay|trang trí|thiết kế|dọn|chở|vận chuyển|tổ chức|nấu) ')
const HIRED_REACH = 60

/** "thuê studio Hạt Nắng chụp hình", "đặt xưởng Gỗ Việt đóng bộ tủ bếp". */
function hired(scene: Scene): Candidate[] {
  return [...scene.plain.matchAll(HIRED)].flatMap(({ index, 0: all }) => {
    const from = index + all.length
    if (!isCapital(scene, from) && !HIREABLE.test(scene.plain.slice(from, from + 20))) return []
    const reach = { start: from, end: Math.min(clauseAround(scene.plain, { start: index, end: from }).end, from + HIRED_REACH) }
    const deeds = [
      ...within(MAKES, scene.plain, reach).map(({ start, end }) => ({ start: end, end, deed: start })),
      ...within(SERVES, scene.plain, reach).map(({ start, end }) => ({ start, end, deed: start })),
    ].filter(({ deed }) => !isCapital(scene, deed))
    const first = deeds.sort((a, b) => a.deed - b.deed)[0]
    const place = first && thingOf(scene, wordsFrom(scene, first.end, MOST_WORDS + 3))
    return place ? { start: Math.min(first.start, place.start), end: place.end, cue: 'hired', at: index } : []
  })
}

const HOUSE_BEFORE = new RegExp(`(?<!\\p{L})(?:${eitherMarks(`dịch vụ|bên|chuyên|${HOUSE}`)})\\s+$`, 'u')

/** "Dịch vụ chuyển nhà Bảy Gió": who does a thing for people is called after it. */
const traded = (scene: Scene): Candidate[] =>
  namesIn(scene, whole(scene), HEADS_DONE)
    .filter(({ start }) => HOUSE_BEFORE.test(justBefore(scene.plain, start)))
    .map((place) => ({ ...place, cue: 'trade', at: place.start }))
