/** Who the complaint is about: the name behind "shop", "công ty", "người bán tên" … */
import { bare, overlaps, type Place } from '../../../knowledge/language/aligned.ts'
import { HOUSE, NAMED_AFTER, PLACE_NAMES, PLACES, SMALL_HOUSE, TRADE } from './houses.ts'
import { clauseAround, justBefore, quoted, type Read, type Scene, say, startsWith, type Word, wordsFrom } from './scene.ts'
import { ENDS_NAME, GENERAL, stopsAt } from './stops.ts'

/** These only say where the name stands. */
const LABEL =
  '(?:tên )?(?:shop|sốp(?! (?:pi|bi))|gian hàng|gian|seller|nhà bán|fanpage|page|nick|kênh|trang|local brand|brand|người bán|bên (?:bán|thi công|lắp|lắp đặt|nhận làm|cung cấp|cho thuê|tổ chức)|ng bán|đơn vị bán|tài khoản bán)(?: (?:bán hàng|fb|facebook|zalo|tiktok|shopee))?'
const CALLED =
  '(?:\\s*(?:(?:có tên là|có tên|tên là|tên là|tên|(?:ghi|để)(?: tên)? là|để tên|là|telegram|zalo|fb|facebook)(?![\\p{L}\\p{M}])|:)\\s*)*'
/** How one speaks of somebody who sells. */
const TITLE = 'thằng cha|con mẹ|con nhỏ|thầy giáo|cô giáo|thầy|bác sĩ|bs|anh|chị|ông|bà|cô|chú|thằng|con|bác|o|mệ|dì|mợ|thím|cậu|bạn|ku|lão|mụ|nhỏ'
const TITLED = `(?<=(?:^|[.!?\\n])\\s*)(?:${TITLE})(?= [^\\s.,]+ bán)|(?:của|cho|từ|qua|gặp|bên|mua|thấy|zalo|fb|sạp|quán|tiệm|sốp|shop|chỗ|nhờ|thuê|mướn|kêu|tìm|đặt|ở) (?:(?:một|cái|1|có|thợ|nhà) )?(?:${TITLE}|người|bạn)(?: tên(?: là)?)?|(?:thợ|thú y|bác sĩ|thầy|cò|tài xế|lái xe|lái buôn|thương lái|môi giới|hướng dẫn viên|thầu|đối tượng|kẻ|tên|đứa|gã|người|bạn|anh|chị|ông|bà|cô|chú)(?: (?:thợ|thầu|lái|này|đó|nào|kia|ta))* tên(?: (?:facebook|fb|zalo|nick|tài khoản|tk|tiktok|page))?(?: là)?|(?:tên (?:facebook|fb|zalo|nick|tài khoản|tk|tiktok|page)|(?:facebook|fb|zalo|tài khoản|tk|nick) tên|chủ tài khoản)(?: là)?|(?:chủ|bà chủ|ông chủ|chủ trọ|chủ nhà|chủ tiệm|chủ quán|chủ xe) (?:là|tên) (?:${TITLE})|chủ (?:web|shop|page|kênh|trang|nick|vườn|trại|quán|tiệm|xe) tên(?: là)?|(?:bán hàng|bán) (?:tên|tên là)|(?:tự )?xưng(?: là)?|tên (?:nó|họ|ổng|bả|ông đó|bà đó|cô đó|chị đó|anh đó|người bán)(?: là)?|(?:nó|ổng|bả|hắn|chị ấy|anh ấy|cô ấy|ông ấy|bà ấy) tên(?: là)?|(?:bán hàng|livestream)[^.,;\\n|]{0,20} tên|(?:chỗ|nơi|người|đứa|tiệm) bán[^.,;\\n|]{0,25} tên(?: là)?|(?:chuyển khoản|chuyển|ck)(?: [^\\s.,;|]+){0,4} cho`

const WITH_HOUSE = say(
  `(?<house>${HOUSE})(?![\\p{L}\\p{M}])(?<called>\\s*(?:có tên là|có tên|tên là|tên gọi là|tên)(?![\\p{L}\\p{M}])\\s*:?)?${CALLED}\\s*`,
)
const WITH_LABEL = say(`(?:${LABEL})(?![\\p{L}\\p{M}])(?:(?<=shop|hàng|page|kênh) của(?= ))?${CALLED}\\s*`)
/** A trade names a house only where one stands in it or where it does something: "ở mắt kính Sài Gòn", not "mua mắt kính Rayban". */
const WITH_TRADE = say(
  `(?:(?<=(?:ở|o|tại|tai|bên|ben|tới|toi|đến|den|ra|vào|vao)\\s+)|(?<=(?:^|[.!?\\n])\\s{0,3})(?=[^\\s.,;][^.,;!?\\n|]{6,40}\\s(?:bán|lừa|không|ko|giao|hẹn|hứa|chặn|giá)))(?<house>${TRADE})(?![\\p{L}\\p{M}])\\s+`,
)
const WITH_SMALL_HOUSE = say(`(?<house>${SMALL_HOUSE})(?![\\p{L}\\p{M}])${CALLED}\\s*`)
/** "ông Sáu Cơ số 0913 … bán", "anh Tám bán": the one who sells. */
const WITH_SELLER =
  /(?<![\p{L}\p{M}])(?:anh|chị|ông|bà|cô|chú|thằng|con|bác|bạn|o)\s+(?=[^.,;!?\n|]{2,40}\s(?:(?:bán|lừa)\s+(?:cho\s+)?(?:tôi|em|mình|tui|con|cháu|bác)|rao|đăng|livestream|nhận|sửa|chốt))/gu
/** Behind these an own name is who sold: "của Nguyễn Tuấn Xe", "bị Hương Order lừa". */
const OF = say('(?:của|nhà bán|mua|đặt|bên)\\s+')
const DONE_BY = say('bị\\s+')
const AT = say('(?:ở|tại|bên|ra|tới|qua|từ|vô|vào|của|chỉ|đến|đi|ghé|chỗ|do|với|thợ)\\s+')
/** What is complained about, as its object: "khiếu nại chính Hội …", "khiếu nại Shopee". */
const OBJECT =
  /(?:khiếu nại|khieu nai|tố cáo|to cao|phản ánh|phan anh|kiện|kien)\s+(?:(?:về|ve|với|voi|chính|chinh|cái|cai|luôn|luon)\s+)*(?<object>(?:(?:sàn|san|app)\s+)?(?:shopee|lazada|tiktok shop|tiktok|tiki|facebook|zalo)(?!\s+(?:của|cua|bán|ban|shop)(?!\p{L}))|(?:hội|hoi)(?:\s+(?:bảo vệ|bao ve)(?:\s+(?:quyền lợi|quyen loi))?\s+(?:người tiêu dùng|nguoi tieu dung))?)(?![\p{L}\p{M}])/gu
const WITH_TITLE = say(`(?:${TITLED})\\s+`)
const SAID_NAME = /(?:tên|ten|:|là|la)\s*$/u
const ON_PLATFORM = say('(?:trên|qua|ở|tại|của) (?:fb|facebook|phây|zalo|tiktok|shopee|lazada)\\s+')
/** "shop giaydep_99": the name of an account is what its owner sells under; "@giaydep" leads to one. */
const WITH_HANDLE = say(
  `(?:shop|sốp|gian hàng|seller|page|fanpage|bên|của|tiktok shop)(?: (?:fb|facebook|zalo|tiktok|shopee|ig|insta|instagram))?(?![\\p{L}\\p{M}])${CALLED}\\s*(?=[\\p{L}\\p{M}0-9]+[._][\\p{L}0-9])`,
)
const HANDLE = /^[\p{L}\p{M}0-9]+(?:[._]+[\p{L}\p{M}0-9]+)*(?![\p{L}\p{M}\p{N}@/])/u
const IS_ADDRESS = /\.(?:com|vn|net|org|info|shop|store|xyz|top|online|site|me|asia|club|vip|example)$/u
const QUOTED = /["“‘'«]([^"”’'»\n]{2,60})["”’'»]/u
const BEHIND_QUOTE = 40

/** @returns the name of the seller; undefined when none is said for certain. */
export function readRespondent(scene: Scene): Read<string> | undefined {
  const place =
    firstOf(scene, WITH_LABEL, labelled) ??
    firstOf(scene, WITH_HOUSE, housedSeller) ??
    firstOf(scene, WITH_TRADE, traded) ??
    firstOf(scene, ON_PLATFORM, onPlatform) ??
    firstOf(scene, WITH_TITLE, titled) ??
    firstOf(scene, WITH_SMALL_HOUSE, traded) ??
    firstOf(scene, WITH_SELLER, titled) ??
    firstOf(scene, WITH_HANDLE, handle) ??
    ownName(scene) ??
    firstOf(scene, WITH_HOUSE, housed) ??
    quotedCrowd(scene) ??
    objectOf(scene)
  return place && quoted(scene, place)
}

type Reader = (scene: Scene, match: RegExpExecArray, at: number) => Place | undefined

function firstOf(scene: Scene, pattern: RegExp, read: Reader): Place | undefined {
  for (const match of scene.plain.matchAll(pattern)) {
    const place = read(scene, match, match.index + match[0].length)
    if (place && !isOwn(scene, match)) return place
  }
  return undefined
}

const OWNER =
  /(?:tôi|toi|em|mình|minh|tui|con|cháu|chau)\s+(?:(?:đang|dang)\s+)?(?:(?:là|la|làm|lam)\s+(?:chủ|chu)|(?:mở|mo|có|co)(?:\s+(?:một|mot|1|cái|cai))?)\s+(?:(?:của|cua)\s+)?$/u
const OWNED_BEHIND = /^(?:[^.,;!?\n|]{0,30}\s)?(?:của|cua|nhà|nha)\s+(?:tôi|toi|em|mình|minh|tui)\s+(?:tên|ten|là|la)(?!\p{L})/u

/** "tôi là chủ shop …", "shop của tôi tên là …": nobody complains about their own shop. */
const isOwn = ({ plain }: Scene, { index, 0: all }: RegExpExecArray): boolean =>
  OWNER.test(justBefore(plain, index)) || OWNED_BEHIND.test(plain.slice(index + all.trimEnd().length).trimStart())

/** "shop của mình", as an answer. */
const OWN_ANSWER =
  /^\s*(?:(?:dạ|da|là|la)\s+)*(?:(?:của|cua)\s+)?(?:(?:shop|tiệm|tiem|quán|quan|cửa hàng|cua hang|công ty|cong ty)\s+)?(?:(?:của|cua|nhà|nha)\s+)?(?:tôi|toi|em|mình|minh|tui)(?:\s+(?:ạ|a|nha|nhé|nhe))?[\s.!]*$/u
const OWN_SHOP = say(`(?:${LABEL}|${HOUSE})(?![\\p{L}\\p{M}])`)

/** @returns whether the person speaks of a shop of their own. */
export const ownsShop = (scene: Scene): boolean =>
  OWN_ANSWER.test(scene.plain) || [...scene.plain.matchAll(OWN_SHOP)].some((match) => isOwn(scene, match))

const labelled: Reader = (scene, match, at) =>
  inQuotes(scene, at) ?? handleAt(scene, at) ?? (scene.caseless ? plainName(scene, match, at) : (capitals(scene, at, 2) ?? behindGoods(scene, at)))

/** "shop có tên mebong_store99". */
const handleAt = (scene: Scene, at: number): Place | undefined =>
  /^[\p{L}\p{M}0-9]+[._][\p{L}\p{M}0-9]/u.test(scene.plain.slice(at, at + 40)) ? handleIn(scene, at) : undefined

const SELLS = /^(?:chuyên\s+)?bán\s+(?!cho(?!\p{L}))/u

/** "shop bán áo khoác Zenzi Outfit": two words at least, for one alone may be a brand. */
function behindGoods(scene: Scene, at: number): Place | undefined {
  const skip = SELLS.exec(scene.plain.slice(at))?.[0].length
  const name = skip === undefined ? undefined : capitals(scene, at + skip, 3)
  return name && /\s/.test(scene.plain.slice(name.start, name.end)) ? name : undefined
}

const handle: Reader = (scene, _match, at) => handleIn(scene, at)

function handleIn({ plain }: Scene, at: number): Place | undefined {
  const name = HANDLE.exec(plain.slice(at, at + 60))?.[0]
  return name && !IS_ADDRESS.test(name) && /[a-z]/.test(name) ? { start: at, end: at + name.length } : undefined
}

/** "chủ tiệm là chú Phước" names who owns it. */
const OWNED_BY = /(?:chủ|chu)\s+$/u
/** "tiệm vàng bạc đá quý Kim Phú". */
const MOST_LEAD = 4

/** "máy lọc hãng Airzen": who made it sold it only where nobody else did. */
const housedSeller: Reader = (scene, match, at) =>
  match.groups?.['house'] === 'hãng' && !match.groups['called'] && MADE_BY.test(justBefore(scene.plain, match.index))
    ? undefined
    : housed(scene, match, at)
const MADE_BY = /(?:^|\s)(?!(?:của|cua|bên|ben|tại|từ|với|cho|bởi|ở|qua|do|cái|cai|chính|mấy|đám|lũ|thì|là|mà|bị|nên|gọi|lên)\s)[^\s.,;]+\s+$/u

function housed(scene: Scene, match: RegExpExecArray, at: number): Place | undefined {
  if (!scene.caseless && insideName(scene, match.index)) return undefined
  if (isUnmarked(scene, match.groups?.['house']) || LANDMARK.test(justBefore(scene.plain, match.index))) return undefined
  if (/^b[eế]n xe$/u.test(match.groups?.['house'] ?? '') && PASSED_BY.test(justBefore(scene.plain, match.index))) return undefined
  // "hang xach tay" is mostly "hàng".
  if (!scene.withMarks && scene.caseless && match.groups?.['house'] === 'hang') return undefined
  if (OWNED_BY.test(justBefore(scene.plain, match.index)) && /l[aà]\s*$/u.test(match[0])) return undefined
  const start = scene.caseless ? at : at + (DOES_TRADE.exec(scene.plain.slice(at))?.[0].length ?? 0)
  const inside = inQuotes(scene, at) ?? (scene.caseless ? plainName(scene, match, at) : capitals(scene, start, MOST_LEAD, true))
  if (!inside) return undefined
  const kind = match.groups?.['house'] ?? ''
  if (match.groups?.['called']) return inside
  if (ONLY_A_KIND.test(kind) && !scene.caseless && !KEEPS_KIND.test(scene.plain.slice(at))) return withoutKind(scene, inside)
  const near = at <= inside.start && inside.start - at <= 30
  return near && kind ? { start: match.index, end: inside.end } : inside
}

/** "bán trước cây xăng Phú Tài": a house that only says where another one is. */
const LANDMARK =
  /(?<!\p{L})(?:gần|cạnh|kế|kề|đối diện|doi dien|kế bên|sát|phía sau|đằng sau|(?<!(?:tuần|tháng|năm|hôm|ngày|bữa|lúc|kia|đó|sáng|chiều|tối)\s)trước)(?:\s+(?:cái|cổng|cửa))?\s+$/u

/** "xuống bến xe Pleiku 4 giờ sáng": where one came through. */
const PASSED_BY = /(?<!\p{L})(?:xuống|xuong|ra|tới|toi|đến|den|từ|tu|về|ve)\s+$/u

/** "công ty làm nước mắm Cá Vàng". */
const DOES_TRADE = /^(?:làm|sản xuất|chuyên(?:\s+(?:làm|bán))?)\s+(?!(?:tôi|em|mình|tui|ăn|việc|lại|cho)(?!\p{L}))/u

const MARKED_HOUSES = new Set(`${HOUSE}|${SMALL_HOUSE}|${TRADE}`.split('|'))
/** "tham quan Lý Sơn": in a text with marks "quan" is no "quán". */
const isUnmarked = ({ withMarks }: Scene, house: string | undefined): boolean => withMarks && house !== undefined && !MARKED_HOUSES.has(house)

/** "hãng bay Sao Biển", "app vay Tiền Nhanh": what it is, no part of what it is called; "hãng xe khách Thuận Gió" is. */
const ONLY_A_KIND = /^(?:hãng|app|ứng dụng|nhà mạng|mạng|nha mang|mang)$/u
const KEEPS_KIND = /^(?:xe|phim|sơn|tàu)(?!\p{L})/u

function withoutKind(scene: Scene, name: Place): Place {
  const words = wordsFrom(scene, name.start, MOST_WORDS + MOST_LEAD)
  const first = words.find(({ capital }) => capital)
  return first && first.start < name.end ? { start: first.start, end: name.end } : name
}

/** Without marks these are "đợi", "lỗ", "sẵn", "bé" …: */
const IS_OTHER_WORD = /^(?:doi|lo|san|kho|lop|be|rap|vuon|thau|tram|mang|quay|ganh)$/u

/** "lớp tiếng Nhật" is a language. */
const IS_TAUGHT = /(?:tiếng|tieng|môn|nghề)\s+\S+$/u

/** A name with capitals behind the trade. */
function traded(scene: Scene, match: RegExpExecArray, at: number): Place | undefined {
  if (isUnmarked(scene, match.groups?.['house']) || (scene.caseless && !scene.withMarks && IS_OTHER_WORD.test(match.groups?.['house'] ?? '')))
    return undefined
  const name = scene.caseless ? soldBy(scene, match, at) : (inQuotes(scene, at) ?? capitals(scene, at, match.groups?.['house'] ? MOST_KIND : 0, true))
  // "Lò Văn Sơn" is no "lò".
  if (name && isPerson(scene, { start: match.index, end: name.end }) && /^\p{Lu}/u.test(scene.written(match.index, name.end))) return undefined
  if (name && IS_TAUGHT.test(scene.plain.slice(match.index, name.end))) return undefined
  return name && (ONLY_A_KIND.test(match.groups?.['house'] ?? '') ? withoutKind(scene, name) : { start: match.index, end: name.end })
}

/** Without capitals only behind a word that leads to a seller: "NỘP CHO PHÒNG GYM TITAN HOUSE". */
const soldBy = (scene: Scene, match: RegExpExecArray, at: number): Place | undefined =>
  /(?:của|cho|bên|ở|tại)\s+$/u.test(justBefore(scene.plain, match.index)) ? plainName(scene, match, at) : undefined

/** "Đồng Hồ Chính Hãng GL" is no "hãng GL". */
const insideName = ({ written }: Scene, at: number): boolean =>
  at > 0 && /\p{Lu}[\p{L}\p{M}]*\s$/u.test(written(Math.max(0, at - 12), at)) && /^\p{Lu}/u.test(written(at, at + 1))

/** "chỗ bán tôn tên là tôn thép Vạn Lợi". */
const titled: Reader = (scene, match, at) => {
  // "lấy lại tiền cho bà\nKsor Y Blơ": who signs on the next line.
  if (/\n\s*$/u.test(match[0])) return undefined
  if (IN_PLACE.test(justBefore(scene.plain, match.index))) return undefined
  // "bên Anh Ngữ Ban Mai": no title, but how a house is called.
  if (CALLED_AFTER.test(scene.plain.slice(at - (/\S+\s+$/u.exec(match[0])?.[0].length ?? 0)))) return undefined
  const lead = SAID_NAME.test(match[0]) ? MOST_KIND : 0
  const name = scene.caseless ? undefined : (inQuotes(scene, at) ?? capitals(scene, at, lead, true))
  // "con S22" is a telephone.
  if (name && /\d/.test(scene.plain.slice(name.start, name.end).split(' ')[0] ?? '')) return undefined
  if (name && STALL.test(match[0])) return { start: match.index, end: name.end }
  const learned = name && LEARNED.exec(match[0])
  const at0 = learned && match.index + learned.index
  return at0 && /^\p{Lu}/u.test(scene.written(at0, at0 + 1)) ? { start: at0, end: name.end } : name
}

/** "chân cầu Ông Nghè", "chợ Bà Bâu": a place is called so. */
const IN_PLACE = /(?<!\p{L})(?:cầu|cau|chợ|dốc|đèo|deo|hẻm|đường|duong|ngã ba|ngã tư|xóm|chùa|bến|phố|cống|bàu|hồ|núi|miếu)\s+$/u

/** "Thầy Lang Bảy Núi": written so, it is part of the name. */
const LEARNED = /(?:thầy|bác sĩ|bs)\s+$/u

/** "sạp chị Hường": the stall is called so. */
const STALL = /^(?:sạp|sap|quán|quan|tiệm|tiem)\s+\S+\s+$/u

function onPlatform(scene: Scene, _match: RegExpExecArray, at: number): Place | undefined {
  const name = scene.caseless ? undefined : capitals(scene, at, 0)
  return name && /\s/.test(scene.plain.slice(name.start, name.end)) ? name : undefined
}

/** A run of capitals where a seller is named, with no word that says what kind of house it is. */
function ownName(scene: Scene): Place | undefined {
  return (
    firstOf(scene, AT, called) ??
    firstOf(scene, AT, kindOfHouse) ??
    firstOf(scene, OF, several) ??
    firstOf(scene, BOUGHT_OF, boughtOf) ??
    firstOf(scene, DONE_BY, doer) ??
    firstOf(scene, BEGINS, doerAtStart)
  )
}

const CALLED_AFTER = startsWith(NAMED_AFTER)

/** "ra Điện Lạnh Hồng Phước", "bên EduSáng": a trade written as a name, or a word that no place is written like. */
function called(scene: Scene, _match: RegExpExecArray, at: number): Place | undefined {
  const name = scene.caseless ? undefined : capitals(scene, at, 0)
  const text = name ? scene.plain.slice(name.start, name.end) : ''
  return name && ((/\s/.test(text) && CALLED_AFTER.test(text)) || INNER_CAPITAL.test(scene.written(name.start, name.end))) ? name : undefined
}

const PLACE_KIND = startsWith(PLACES)
/** How many small words may say what kind of house it is: "khu vui chơi", "trường mẫu giáo tư thục". */
const MOST_KIND = 4

/** "ở khu vui chơi Thế Giới Kẹo Bông", "của dịch vụ cưới hỏi Đức Thịnh": small words that name no kind of place, and a name right behind them. */
function kindOfHouse(scene: Scene, _match: RegExpExecArray, at: number): Place | undefined {
  if (scene.caseless || PLACE_KIND.test(scene.plain.slice(at)) || !/^\p{L}/u.test(scene.plain.slice(at))) return undefined
  const name = capitals(scene, at, MOST_KIND, true)
  const words = name ? wordsFrom(scene, at, MOST_KIND + 1) : []
  const kind = words.slice(
    0,
    words.findIndex(({ capital }) => capital),
  )
  const placed = IN_PLACE.test(scene.plain.slice(at, words[kind.length]?.start))
  return kind.length >= 2 && !placed && !IS_TAUGHT.test(scene.plain.slice(at, name?.end)) && !kind.some(({ text }) => NO_KIND.test(text))
    ? name
    : undefined
}

/** A kind of house is said without these. */
const NO_KIND =
  /^(?:hiệu|loại|dòng|màu|size|giá|thẻ|ví|con|cái|chiếc|bộ|anh|chị|ông|bà|em|tôi|mình|người|hàng|nhà|mạng|app|quê|gần|xứ|nước|ngày|tháng)$/u

const INNER_CAPITAL = /\p{Ll}\p{Lu}/u
/** Where goods come from, and who writes. */
const NO_SELLER =
  /^(?:nhật|nhat|hàn|han|mỹ|my|đức|duc|thái|thai|trung quốc|trung quoc|việt nam|viet nam|đài loan|dai loan|hàn quốc|han quoc|thái lan|thai lan|ấn độ|pháp|anh quốc|hội|hoi)(?:\s|$)/u

/** "Nhật Bản", "Hàn Quốc", but "Đức Anh Rental". */
const isOrigin = (text: string): boolean => NO_SELLER.test(text) && (text.split(/\s+/).length <= 2 || /^h[oộ]i\s/u.test(text))

/** Two words at least: one alone behind "của" is a country or a brand. */
function several(scene: Scene, match: RegExpExecArray, at: number): Place | undefined {
  const of = /^(?:của|cua|nhà|nha)/u.test(match[0])
  const name = scene.caseless || !of ? undefined : capitals(scene, at, 0)
  const text = name ? scene.plain.slice(name.start, name.end) : ''
  return name && /\s/.test(text) && !isOrigin(text) ? name : undefined
}

/** "bên Biển Gọi", "của nhà Ấm Nồng", "ở Mưa Studio": whoever is named so sells, where something is bought in the same clause. */
const BOUGHT_OF = say('(?<by>(?:(?:của|bên|chỗ|ở|với|cho|từ|qua)\\s+(?:nhà|bên)|của|bên|nhà|ở|tại|với|thuê|chỗ|ra|vô|ghé))\\s+')
const BUYS = say(
  '(?:mua|đặt|order|book|thuê|lấy|cọc|đóng|nộp|ký|chốt|sắm|đăng ký|đăng kí|đk|lắp|lắp đặt|bay|ăn|sửa|làm|may|học|tập|chụp|in|sắm|giao|trả|chuyển|ck|gửi|vay|kêu|hốt|rinh|thỉnh|đổ|cắt|giặt|bán|ghé|vô|vào|hàng|đồ)(?![\\p{L}\\p{M}])',
)
/** "bên", "nhà" lead to whoever sells; "ở", "ra" as often to a place. */
const LEADS_TO_SELLER = /^(?:b[eê]n|nh[aà]|ch[oỗ])$|\s/u
const FARTHEST_DEED = 60

function boughtOf(scene: Scene, match: RegExpExecArray, at: number): Place | undefined {
  const by = match.groups?.['by'] ?? ''
  const name = scene.caseless || isPlaceAt(scene, at, LEADS_TO_SELLER.test(by)) ? undefined : capitals(scene, at, 0)
  if (!name || isPerson(scene, name)) return undefined
  const text = scene.plain.slice(name.start, name.end)
  const { start } = clauseAround(scene.plain, { start: match.index, end: match.index })
  const before = scene.plain.slice(Math.max(start, match.index - FARTHEST_DEED), match.index) + (/^thu[eê]$/u.test(by) ? by : '')
  const bought = before.matchAll(BUYS).next().value !== undefined
  const foreign = /[fjwz]|[a-z]{2,}[^aeiouyhmnptcg\s]s?$/u.test(bare(text))
  return /\s/.test(text) && !isOrigin(text) && (bought || (LEADS_TO_SELLER.test(by) && foreign)) ? name : undefined
}

/** "ở Phù Mỹ Đông": the name of a place, or one that begins with it. */
function isPlaceAt(scene: Scene, at: number, seller: boolean): boolean {
  const words = wordsFrom(scene, at, 3).filter(({ capital }) => capital)
  return (
    [1, 2, 3].some((count) =>
      PLACE_NAMES.has(
        words
          .slice(0, count)
          .map(({ text }) => text)
          .join(' '),
      ),
    ) ||
    (!seller && (PLACE_KIND.test(scene.plain.slice(at)) || PLACE_BEGINS.test(scene.plain.slice(at))))
  )
}

/** How places hereabouts are called. */
const PLACE_BEGINS =
  /^(?:gò|bàu|hòn|đèo|suối|cầu|ia|chư|đak|đắk|đăk|plei|kon|krông|kông|ayun|buôn|nhơn|hoài|cát|phước|vĩnh|tây|đông|bắc|nam|ân|núi|đồi|bến|bãi|mũi|vũng|vịnh|cù lao|xóm|làng|chợ|tuy|phù)\s/u

/** "nhà Lê Thị Hoa": four words that begin with a family name are who lives there. */
const isPerson = (scene: Scene, { start, end }: Place): boolean =>
  /^(?:nguyễn|nguyen|trần|tran|lê|phạm|pham|hoàng|huỳnh|huynh|phan|võ|đặng|bùi|đỗ|lò|vi|nông|hà)\s+(?:thị|thi|văn|van)(?!\p{L})/u.test(
    scene.plain.slice(start, end),
  )

const DOES_HARM =
  /^\s+(?:lừa|lua|lấy|bán|giao|chém|chem|hủy|gạt|gat|bùng|chặn|quỵt|ăn|dụ|làm|thu|tự|tu|trừ|giữ|hứa|ép|đòi|cắt|sửa|lắp|gửi|quảng cáo|tư vấn|tính)(?![\p{L}\p{M}])/u

function doer(scene: Scene, _match: RegExpExecArray, at: number): Place | undefined {
  const name = scene.caseless ? undefined : capitals(scene, at, 0)
  return name && DOES_HARM.test(scene.plain.slice(name.end)) ? name : undefined
}

const BEGINS = /(?<=(?:^|[.!?\n])\s*)(?=\p{L})/gu
/** "Điện Máy Xanh Tươi giao máy hư": a name of several words that begins a sentence and does something. */
function doerAtStart(scene: Scene, _match: RegExpExecArray, at: number): Place | undefined {
  const name = scene.caseless ? undefined : capitals(scene, at, 0)
  const words = name ? scene.plain.slice(name.start, name.end).split(/\s+/) : []
  const several = words.length >= 3 || (name !== undefined && INNER_CAPITAL.test(scene.written(name.start, name.end)))
  return name && several && DOES_HARM.test(scene.plain.slice(name.end)) ? name : undefined
}

/** Only where no other seller is named. */
function objectOf(scene: Scene): Place | undefined {
  OBJECT.lastIndex = 0
  const match = OBJECT.exec(scene.plain)
  const object = match?.groups?.['object']
  if (!match || !object) return undefined
  const end = match.index + match[0].length
  return { start: end - object.length, end }
}

/** "Bọn “Mỹ phẩm Hàn Xẻng” lừa tôi". */
function quotedCrowd(scene: Scene): Place | undefined {
  const match =
    /(?:(?:bọn|bon|tụi|tui|bên|ben|thằng|con)|(?:nhóm|nhom|group|hội nhóm|page|đoàn|doan|đội|chương trình|hội thảo|hoi thao|dự án|thương hiệu|nhãn hiệu)(?:\s+[^\s.,;"“]+){0,5})\s+(?=["“‘«])/u.exec(
      scene.plain,
    )
  return match ? inQuotes(scene, match.index + match[0].length) : undefined
}

function inQuotes(scene: Scene, at: number): Place | undefined {
  const match = QUOTED.exec(scene.plain.slice(at, at + BEHIND_QUOTE + 60))
  if (match?.index !== 0) return undefined
  return { start: at + 1, end: at + match[0].length - 1 }
}

const MOST_WORDS = 8
/** A sentence that begins behind the word is no name: "Shop ơi Alo". */
const GREETING = /^(?:dạ|vâng|ok|oke|okay|alo|chào|xin|hello|hi|ừ)$/u
/** Names of platforms name no seller. */
const NO_NAME = /^(?:shopee|tiktok|tik|lazada|tiki|facebook|fb|zalo|instagram|tóp|website|web|cod|online|https?|www)$/u

/** "bên quảng cáo Ánh Dương", "trạm đổi pin VoltGo": what a house does is part of what it is called. */
const isCompound = (words: readonly Word[], at: number): boolean =>
  COMPOUNDS.has(`${words[at]?.text} ${words[at + 1]?.text}`) || COMPOUNDS.has(`${words[at - 1]?.text} ${words[at]?.text}`)

/** "cây xăng số 5 Petro Bình An", "sạp thịt số 8": a number that is part of the name. */
export const isNumbered = (words: readonly Word[], at: number): boolean =>
  words[at]?.bare === 'so' && /^s[oố]$/u.test(words[at].text) && /^\d{1,3}[a-z]?$/u.test(words[at + 1]?.text ?? '')

/** Between "đại lý" and its name, in a text without marks: many a stop is a thing there. */
const ENDS_LEAD = new Set('ban giao o tren noi bao da khong ko k gia ma thi toi em cua lua hua hen nhan'.split(' '))

/** A run of words with capitals, at most `lead` small ones before it: "tiệm vàng Kim Ngoc", "shop giày Chân Dài". */
function capitals(scene: Scene, at: number, lead: number, keepLead = false): Place | undefined {
  const words = wordsFrom(scene, at, MOST_WORDS + lead)
  const first = words.findIndex((word) => word.capital && /\p{L}/u.test(word.text))
  const before = words.slice(0, first)
  if (
    first < 0 ||
    first > lead ||
    before.some((word, i) =>
      scene.withMarks
        ? !isNumbered(words, i) && !isCompound(words, i) && stopsAt(ENDS_NAME, words, i, true)
        : ENDS_LEAD.has(word.bare) && !(word.bare === 'gia' && words[i + 1]?.bare === 'dung'),
    )
  )
    return undefined
  const run = runOf(scene, words.slice(first))
  const [start, end] = [keepLead ? words[0] : run[0], run.at(-1)]
  return start && end && !NO_NAME.test(run[0]?.text ?? '') && !GREETING.test(run[0]?.text ?? '') ? { start: start.start, end: end.end } : undefined
}

/** "Công ty CP Du lịch Biển Xanh": one or two small words may stand between capitals. A number in front of a small word counts something. */
function runOf(scene: Scene, words: readonly Word[]): Word[] {
  let end = 0
  for (const [i, word] of words.entries()) {
    if ((i > 0 && NO_NAME.test(word.text)) || isValue(scene, word)) break
    if (
      isProper(words, i) ||
      (isNumber(word) && words[i - 1]?.text === 'số' && words[i - 1]?.capital === true) ||
      (isNumber(word) &&
        words[i - 1]?.capital === true &&
        !COUNTED.test(words[i + 1]?.text ?? '') &&
        (/^\d{2,3}$/.test(word.text) || stopsAt(ENDS_NAME, words, i + 1, scene.withMarks)))
    )
      end = i + 1
    else if (COMPOUNDS.has(`${words[i - 1]?.text} ${word.text}`)) continue
    else if (i - end >= 2 || word.capital || stopsAt(ENDS_NAME, words, i, scene.withMarks)) break
  }
  return words.slice(0, end)
}

/** In these the second word ends no name: "Thiết bị Y tế Nhân Tâm". */
const COMPOUNDS = new Set([
  'thiết bị',
  'lắp đặt',
  'cho thuê',
  'vận chuyển',
  'giao hàng',
  'đồ dùng',
  'bán buôn',
  'thu mua',
  'mua bán',
  'tiêu dùng',
  'kho hàng',
  'quảng cáo',
  'học online',
  'chăm sóc',
  'khách hàng',
  'đổi pin',
  'trả góp',
  'bán xe',
  'bán lẻ',
  'nhà đất',
  'làm đẹp',
  'làm tóc',
  'học lái',
  'đổ xăng',
  'mở khóa',
])

const isNumber = ({ text }: Word): boolean => /^\p{N}/u.test(text)

/** "NetXanh 6 tháng": the number counts. */
const COUNTED =
  /^(?:tháng|thang|ngày|ngay|năm|nam|tuần|tuan|giờ|gio|lần|lan|buổi|buoi|hôm|hom|đêm|dem|cái|chiếc|gói|thùng|bao|suất|ký|kg|triệu|người|nguoi|mâm|mam|bàn|ban|khách|khach|vé|ve|phần|tô|ly|con|cây|tấm|mét|phòng|chỗ|đứa|khóa|tiếng|chai|hộp|bộ|đôi|cặp)$/u

/** A capital; a number only right behind one, and when it counts nothing: "Giày Xịn 247". */
const isProper = (words: readonly Word[], at: number): boolean => {
  const [word, next, before] = [words[at], words[at + 1], words[at - 1]]
  if (word && isNumber(word) && next && COUNTED.test(next.text)) return false
  return word && isNumber(word) ? before?.capital === true && (next === undefined || next.capital) : word?.capital === true
}

const isValue = ({ amounts, dates }: Scene, word: Word): boolean =>
  [...amounts, ...dates].some(({ index, text }) => overlaps(word, { start: index, end: index + text.length }))

/** "cái shop khốn nạn thế giới phụ kiện 99": what is said of it before its name. */
const SWEARS = /^(?:khốn nạn|mất dạy|lừa đảo|chó|đểu|khốn|láo|mắc dịch)(?= )/u

/** Without capitals a name is sure only when it was called one ("tên là …"), or stands between "shop" and "bán". */
function plainName(scene: Scene, match: RegExpExecArray, at: number): Place | undefined {
  const all = wordsFrom(scene, at, 9)
  const words = all.slice(SWEARS.exec(all.map(({ text }) => text).join(' '))?.[0].split(' ').length ?? 0)
  const stop = words.findIndex((word, i) => isValue(scene, word) || stopsAt(ENDS_NAME, words, i, scene.withMarks))
  const name = stop < 0 ? words : words.slice(0, stop)
  const last = name.at(-1)
  if (!last || name.length > 6 || name.every((_, i) => stopsAt(GENERAL, name, i, scene.withMarks))) return undefined
  const called = SAID_NAME.test(match[0]) || bare(match[0]).startsWith('ten ')
  const house = match.groups?.['house'] !== undefined
  const sells = /^(?:ban|tren|o|tai|lua|giao)$/.test(words[stop]?.bare ?? '')
  const owned = /(?:của|cua|mua|đặt|dat|bên|ben|từ|tu|tại|tai|ở|o)\s+$/u.test(justBefore(scene.plain, match.index))
  return called || sells || ((house || owned) && name.length <= 4) ? { start: name[0]?.start ?? at, end: last.end } : undefined
}
