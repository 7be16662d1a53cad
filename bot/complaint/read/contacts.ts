/** Telephone numbers and whose they are, e-mail, links and accounts, order codes. */
import { overlaps, type Place, placesOf, WORD_END } from '../../../knowledge/language/aligned.ts'
import { numberInWords } from '../../../knowledge/language/numbers.ts'
import { readName } from './person.ts'
import { quoted, type Read, type Scene, say, sentenceAround, word } from './scene.ts'

// --- telephone ---

const NUMBER =
  /(?<![\p{L}\p{N}.])(?:\+?84|0|\(0\d{1,3}\))(?:(?:[ .-]| [.-] )?\d){7,10}(?=$|[^\p{L}\p{M}\d]|(?:ạ|a|ah|nha|nhé|nhe|đó|do)(?![\p{L}\p{M}]))/gu
const DIALLED = /^0(?:[35789]\d{8}|2\d{8,9})$/
const DIGIT_WORDS = 'không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín'
/** "không chín ba tám …", "o9o5 123 789", "0905 một hai ba 456": dictated, in digits, in words and in letters that look like them. */
const DICTATED = say(
  `(?:0|o|không|\\+?84)(?:(?:[\\s,./-]+(?:${DIGIT_WORDS})(?![\\p{L}\\p{M}])|[\\s,./-]{0,3}(?:\\d|o(?![\\p{L}\\p{M}]|$))))+(?![\\d])`,
)

/** @returns the number with words and letters for digits written as digits. */
const inDigits = (written: string): string =>
  written
    .split(/[\s,./-]+/)
    .map((word) => (/^[\do+()]+$/.test(word) ? word.replaceAll('o', '0') : numberInWords(word)))
    .join('')

/** A line for customers belongs to whoever sells. */
const HOTLINE = /(?<![\p{L}\p{N}.])1[89]00(?:[ .-]?\d){4,6}(?![\p{L}\d])/gu
const HOTLINE_WORD = word('tổng đài|hotline|đường dây nóng|gọi')

const SELLERS = word(
  'shop|bán|người bán|bên bán|bên kia|họ(?! (?:tên|và tên|[^\\s.,;]+ tên|nguyễn|trần|lê|phạm|đinh|huỳnh|phan|võ|đặng|bùi|đỗ|hồ|ngô|dương)(?![\\p{L}\\p{M}]))|nó|tụi nó|bọn nó|chúng nó|của nó|chủ shop|chủ|công ty|cty|cửa hàng|tiệm|spa|đại lý|nhà xe|người ta|ông ấy|anh ấy|chị ấy|ổng|bả|thằng đó|con đó|anh bán|chị bán|ông bán|bà bán|kẻ lừa|lừa đảo|lừa|quản lý|thầu|thợ|giám đốc|phiếu|hóa đơn|danh thiếp|tờ rơi|biên nhận|bảng hiệu|hotline|nhân viên|tư vấn|nick|tên nó|bạn ấy|bạn đó|người gửi|nhà vườn|(?:anh|chị|ông|bà|cô|chú)(?: [^\\s(.,;]+){1,4} \\((?:zalo|sđt|sdt|đt|số|0)|(?<!(?:gọi|cho|liên hệ|gặp|goi|lien he|gap) )(?:anh|ông|thằng|chú) [^\\s(.,;]+(?: [^\\s(.,;]+){0,2} (?:số|sđt|sdt|đt)',
)
const OWN = word(
  '(?:sđt|sdt|đt|số|số điện thoại|điện thoại|phone|zalo)(?: đt)? (?:của )?(?:em|e|tôi|mình|m|tui|con|cháu|bác|cô|mẹ|chị)|gọi (?:lại )?(?:cho )?(?:em|tôi|mình|tui|con|cháu|bác)|liên hệ (?:em|tôi|mình|tui|con|cháu|bác)|liên lạc (?:em|tôi|mình|tui)|tôi tên|em tên|mình tên|tôi là|em là|tên tôi|mình là|tôi ở|em ở|mình ở|điện thoại liên lạc|điện thoại liên hệ|số liên hệ|số liên lạc|đt liên hệ',
)

type Owner = 'phone' | 'respondentPhone'
type Phones = { readonly phone?: Read<string>; readonly respondentPhone?: Read<string> }

/** @returns the person's own number and the seller's; a number that nobody's word stands beside is neither, unless it was asked for. */
export function readPhones(scene: Scene, taken: readonly Place[]): Phones {
  const found: { phone?: Read<string>; respondentPhone?: Read<string> } = {}
  const written = placesOf(NUMBER, scene.plain)
  const spoken = written.length === 0 ? placesOf(DICTATED, scene.plain) : []
  const places = [...written, ...spoken].filter((place) => !taken.some((other) => overlaps(other, place)))
  let before = 0
  for (const place of places) {
    const value = dialled(inDigits(scene.plain.slice(place.start, place.end)))
    const owner = ownerOf(scene, place, before) ?? askedOwner(scene)
    before = place.end
    if (owner && value) found[owner] ??= { ...place, value }
  }
  return found.respondentPhone ? found : { ...found, ...hotline(scene) }
}

function hotline({ plain }: Scene): Pick<Phones, 'respondentPhone'> {
  const place = placesOf(HOTLINE, plain).find(({ start }) => lastEnd(HOTLINE_WORD, plain.slice(Math.max(0, start - 40), start)) >= 0)
  return place ? { respondentPhone: { ...place, value: plain.slice(place.start, place.end).replace(/\D/g, '') } } : {}
}

/** @returns ten or eleven digits that begin with 0; undefined when no telephone has such a number. */
function dialled(written: string): string | undefined {
  const digits = written.replace(/\D/g, '').replace(/^84(?=\d{9,10}$)/, '0')
  return DIALLED.test(digits) ? digits : undefined
}

const askedOwner = ({ asked }: Scene): Owner | undefined => (asked === 'phone' || asked === 'respondentPhone' ? asked : undefined)

const BEHIND =
  /^\s*[(,-]?\s*(?:là |la )?(?:số |so |sđt |sdt )?(?:của |cua )?(shop|người bán|nguoi ban|bên bán|ben ban|công ty|cong ty|cửa hàng|cua hang|quản lý|quan ly|nhân viên|nhan vien|giám đốc|tư vấn|thợ|anh thợ|anh thầu|chủ|chu|đại lý|tài xế|tụi nó|tui no|bọn nó|bon no|nó|no|họ|ho|em|tôi|toi|mình|minh)(?![\p{L}\p{M}])/u

/** "bị số 0568… gọi mời vay", "gọi 0988… thuê bao": what comes of calling it tells that it is somebody else's. */
const RINGS =
  /^[\s,]*(?:(?:thì|thi|toàn|toan|mà|ma|giờ|gio|cứ|cu|đều|deu|suốt|(?:anh|chị|ông|bà|cô|chú|bên) (?:ấy|đó|ta|kia)|nó|no|họ|ho|ổng|bả|người ta|nguoi ta|ngta|hoài|hoai|mãi|vẫn|một cô|một anh|có|có người|lúc đầu|hôm nay|bữa nay|nay)\s+){0,4}(?:gọi|goi|nhắn|nhan|kêu|keu|nói|noi|bảo|bao|tắt máy|tat may|thuê bao|thue bao|không (?:nghe|bắt|liên lạc|ai|được|thấy|rep|trả lời)|khong (?:nghe|bat|lien lac|ai|duoc|thay|tra loi)|ko |k (?:nghe|ai|bắt|rep)|chẳng ai|chả ai|hổng ai|chặn|chan|(?:mà )?có ai|nhấc máy|bắt máy|khóa máy|bán|ban|hẹn|hen|đòi|doi|lừa|lua|mời|moi|quấy|khủng bố|đổ chuông|bận|ai nghe|nghe máy|không)/u
const NUMBER_OF =
  /(?:(?:số|so|sđt|sdt|điện thoại|dien thoai|thuê bao|đầu số|số lạ|từ số|tu so)(?:\s+(?:này|lạ|la|máy))?|(?:gọi|goi|alo|điện|nhắn|ib|bấm|liên lạc)(?:\s+(?:lại|lai|vào|vô|tới|đến|qua|theo|số|so|cho số))*)\s*:?\s*$/u
/** "người ta gọi từ số …", "Số hay gọi nhất là …": who calls. */
const CALLS =
  /(?:gọi|goi|nhắn|nhan)(?:\s+[^\s.,;]+){0,3}\s+(?:từ|tu|bằng|bang)\s+(?:số|so|đầu số|sim)?\s*:?\s*$|(?:^|[.,;\n])\s*(?:số|so)\s+(?:hay\s+|đã\s+|hay bị\s+)*(?:gọi|goi|nhắn|nhan|quấy rối|làm phiền)[^.,;\n]{0,20}\s(?:là|la)\s*$/u

/** "số 0287…, xưng Trung tâm …": whoever calls. */
const CLAIMS_TO_BE = /^[\s,]*(?:tự |tu |nó |no )?(?:xưng|xung)(?!\p{L})/u

/** The nearest word before the number in its sentence, else the one right behind it. */
function ownerOf(scene: Scene, place: Place, before: number): Owner | undefined {
  const start = Math.max(sentenceAround(scene.plain, place).start, before, place.start - 160)
  const text = scene.plain.slice(start, place.start)
  const behind = BEHIND.exec(scene.plain.slice(place.end, place.end + 40))?.[1]
  if (isSigned(scene, start, place) || isOnForm(scene, place)) return 'phone'
  if (behind) return /^(?:em|t[oô]i|m[iì]nh)$/u.test(behind) ? 'phone' : 'respondentPhone'
  if (THEY_CALL.test(text) || CALLS_ME.test(text)) return 'respondentPhone'
  if (scene.asked === 'phone' && !SELLERS_NUMBER.test(text)) return 'phone'
  const [seller, own] = [lastSeller(scene, text), lastEnd(OWN, text)]
  if (CALLS.test(text) || CLAIMS_TO_BE.test(scene.plain.slice(place.end, place.end + 12))) return 'respondentPhone'
  if (own < 0 && NUMBER_OF.test(text) && RINGS.test(scene.plain.slice(place.end, place.end + 60))) return 'respondentPhone'
  if ((scene.asked === 'respondentPhone' || scene.asked === 'respondent') && !SELF_BEFORE.test(text)) return 'respondentPhone'
  return seller < 0 && own < 0 ? undefined : seller > own ? 'respondentPhone' : 'phone'
}

/** In a text with marks "ba" is three, and no "bả". */
const OTHER_WORD = /^(?:ba|no|ho|chu|anh ba|chu ba)$/u

function lastSeller({ withMarks }: Scene, text: string): number {
  const last = placesOf(SELLERS, text).findLast(({ start, end }) => !(withMarks && OTHER_WORD.test(text.slice(start, end))))
  return last?.end ?? -1
}

/** Asked for their own number people give it, whatever they tell beside it; only these words say that it is the seller's. */
const SELLERS_NUMBER =
  /(?:số|so|sđt|sdt|đt|zalo|hotline)(?:\s+(?:điện thoại|dien thoai))?(?:\s+(?:của|cua))?\s+(?:shop|người bán|nguoi ban|bên bán|họ|nó|công ty|cong ty|cửa hàng|tiệm|chủ|quán|ổng|bả)(?:\s+\S+){0,3}\s*$|(?:shop|người bán|bên bán|công ty|cửa hàng)(?:\s+\S+)?\s+(?:số|sđt|sdt|đt)\s*:?\s*$/u

/** "số nó gọi cho tui là …". */
const THEY_CALL =
  /(?:số|so)\s+(?:nó|no|họ|ho|shop|bên đó|ben do|người ta|tụi nó|bọn nó)\s+(?:gọi|goi|nhắn|nhan|dùng|xài)(?:\s+[^\s.,;]+){0,3}\s*:?\s*$/u

/** "Bên … gọi tôi ngày sáu bảy cuộc, số …": whose call it is, theirs is the number. */
const CALLS_ME =
  /(?<!(?:hãy|nhờ|xin|cứ|thì|hội|cán bộ)\s+(?:\S+\s+)?)(?:gọi|goi|nhắn|nhan|quấy|làm phiền)(?:\s+(?:điện|dien|tin|cho))*\s+(?:tôi|toi|em|mình|minh|tui|con|cháu|bác|nhà tôi|má tôi|ba tôi)\s+(?!(?:qua|ở|lại|theo)\s)[^.;!?]{6,80}[,\s](?:số|so|từ số|bằng số)\s*:?\s*$/u

/** "Phạm Hồng Diễm, số điện thoại 0945…": who signs gives their own. */
const isSigned = (scene: Scene, start: number, place: Place): boolean => {
  const name = readName(scene)
  return name !== undefined && name.start >= start && name.end < place.start && !/\p{L}{2}.*[.;]/u.test(scene.plain.slice(name.end, place.start))
}

const FORM_LINE =
  /(?:^|\n)(?<above>[^\n]*)(?:^|\n)[\s\d.)*•+-]*(?:sđt|sdt|đt|số điện thoại|điện thoại|dien thoai|so dien thoai|phone|tel|liên hệ|liên lạc|số)(?: (?:liên hệ|liên lạc|di động))?\s*:\s*$/u

/** "địa chỉ: …\nđiện thoại: 0327…": a line of a form, unless the line above names a seller. */
function isOnForm({ plain }: Scene, { start }: Place): boolean {
  const above = FORM_LINE.exec(plain.slice(Math.max(0, start - 200), start))?.groups?.['above']
  return above !== undefined && lastEnd(SELLERS, above) < 0
}

const SELF_BEFORE = /(?:em|tôi|toi|mình|minh|tui|con|cháu|chau)(?:\s+là)?\s*:?\s*$/u

const lastEnd = (pattern: RegExp, text: string): number => {
  const last = [...text.matchAll(pattern)].at(-1)
  return last ? last.index + last[0].length : -1
}

// --- e-mail and links ---

const EMAIL = /(?<![\p{L}\p{N}._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,12}(?![\p{L}\p{N}])/gu

/** @returns the first address of mail that is not said to be the seller's. */
export function readEmail(scene: Scene): Read<string> | undefined {
  const place = placesOf(EMAIL, scene.plain).find((mail) => !SELLER_MAIL.test(scene.plain.slice(Math.max(0, mail.start - 30), mail.start)))
  return place && quoted(scene, place)
}

const SELLER_MAIL = /(?:shop|người bán|nguoi ban|công ty|cong ty|cửa hàng|cua hang|của họ|cua ho)[^.;\n]*$/u

const TLD = 'com|vn|net|org|info|shop|store|xyz|top|online|site|me|ly|cc|app|asia|club|vip|pro|link|tv|co|example|test|shopping|page|blog|dev'
const LINKS: readonly RegExp[] = [
  /https?:\/\/[^\s<>"'“”]{4,300}/gu,
  new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}@.-])(?:www\\.)?[a-z0-9][a-z0-9-]{0,60}(?:\\.[a-z0-9-]{1,60}){0,3}\\.(?:${TLD})(?:\\.vn)?(?:/[^\\s<>"'“”,]*)?${WORD_END}`,
    'gu',
  ),
  /(?<![\p{L}\p{N}._%+-])@[a-z0-9][a-z0-9._]{2,40}/gu,
]
const ACCOUNT = say(
  '(?:nick|tài khoản|tk|acc|account|id|user|kênh)(?: (?:tên|là|fb|facebook|tiktok|shopee|ig|insta|zalo|bán))*:? ?(?=[a-z0-9]{2,30}[._][a-z0-9._]{2,30})',
)
const HANDLE = /^[a-z0-9][a-z0-9._]{3,60}[a-z0-9]/u
/** The front door of a platform leads to no shop. */
const FRONT_DOOR = /^(?:https?:\/\/)?(?:www\.|m\.)?(?:shopee|lazada|tiki|facebook|fb|tiktok|zalo|instagram|google)\.(?:vn|com|me|com\.vn)\/?$/u

/** @returns the first address of a page or name of an account. */
export function readLink(scene: Scene): Read<string> | undefined {
  const mails = placesOf(EMAIL, scene.plain)
  const links = LINKS.flatMap((pattern) => placesOf(pattern, scene.plain))
    .filter((place) => !mails.some((mail) => overlaps(mail, place)) && !FRONT_DOOR.test(scene.plain.slice(place.start, place.end)))
    .sort((a, b) => a.start - b.start)
  const first = links[0] ?? accountIn(scene) ?? askedHandle(scene)
  return first && quoted(scene, first)
}

function accountIn(scene: Scene): Place | undefined {
  for (const match of scene.plain.matchAll(ACCOUNT)) {
    const start = match.index + match[0].length
    const handle = HANDLE.exec(scene.plain.slice(start, start + 70))?.[0]
    if (handle) return { start, end: start + handle.length }
  }
  return undefined
}

function askedHandle(scene: Scene): Place | undefined {
  const whole = /^\s*[a-z0-9][a-z0-9._-]{3,60}\s*$/u.test(scene.plain) && /[._\d]/.test(scene.plain)
  return scene.asked === 'link' && whole ? { start: 0, end: scene.plain.length } : undefined
}

// --- order codes ---

const CARRIERS =
  'ghn|ghtk|j&t|jt|j&amp;t|spx|shopee|lazada|laz|tiktok(?: shop)?|tiki|viettel(?: post)?|vnpost|best|ninja ?van|ems|giao hàng nhanh|giao hàng tiết kiệm'
const CODE = '(?<code>[a-z0-9]{2,}(?:[./-][\\p{L}\\d]+){0,5})'
const NAMED = say(
  `(?:mã đơn hàng|mã đơn|mã đặt chỗ|mã đặt phòng|mã đặt vé|mã vé|mã giao dịch|mã hợp đồng|số hợp đồng|hợp đồng số|hợp đồng(?= [a-z0-9]+[/-])|mã khách hàng|mã khách|mã hồ sơ|mã kh|mã booking|booking|code|số hóa đơn|hóa đơn số|số phiếu|phiếu số|mã vận đơn|mã hóa đơn|số đơn hàng|số đơn|mvđ|mvd|mã đh|đơn hàng số|đơn số|đơn hàng|vận đơn|mã|order id|order|tracking|bill|đơn)(?![\\p{L}\\p{M}])(?: (?:là|số|vé|đơn|phòng|đặt chỗ|tín dụng|dịch vụ|mua bán|thuê|vay|bảo hiểm|của em|của tôi|trên|bên|${CARRIERS})(?![\\p{L}\\p{N}]))*\\s*[:#]*\\s*(?:(?:${CARRIERS})(?![\\p{L}\\p{N}])\\s*[:#]?\\s*)?#?(?=${CODE})`,
)
const KNOWN: readonly RegExp[] = [
  /(?<![\p{L}\p{N}])spxvn\d{8,16}(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])\d{6}(?=[a-z0-9]*[a-z])[a-z0-9]{7,9}(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])s\d{6,9}\.[a-z0-9]{1,5}\.[a-z0-9]{1,5}(?:\.[a-z0-9]{1,12})?(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])(?:lex|lxst|lmp|lzd|nlvn|njv|vtp|shp|ghtk|ghn|jt|jnt|tts)[a-z]{0,4}-?\d{6,18}(?:vn[a-z]?)?(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])[a-z]{2}\d{9}vn(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])57\d{16}(?![\p{L}\p{N}])/gu,
]
const CODE_HERE = new RegExp(`^${CODE}(?![\\p{L}\\p{M}\\p{N}])`, 'u')

/** @returns the code of the order or of the parcel. */
export function readOrder(scene: Scene): Read<string> | undefined {
  const place = namedOrder(scene) ?? KNOWN.flatMap((pattern) => placesOf(pattern, scene.plain))[0] ?? askedOrder(scene)
  return place && quoted(scene, place)
}

function namedOrder(scene: Scene): Place | undefined {
  for (const match of scene.plain.matchAll(NAMED)) {
    const start = match.index + match[0].length
    const code = CODE_HERE.exec(scene.plain.slice(start, start + 60))?.groups?.['code']
    const place = { start, end: start + (code?.length ?? 0) }
    if (code && isCode(code) && !holdsValue(scene, place)) return place
  }
  return undefined
}

/** Digits and length: "2411123ABCD45E", "GAFR7H3K", "912837465"; not "2tr5", "500k". */
const isCode = (code: string): boolean =>
  /\d/.test(code) && code.length >= 6 && (/\d{3}|\d[/-]h[đd]/.test(code) || /^(?=.*\d.*\d)(?=.*[a-z])[a-z0-9]{6,}$/.test(code))

const holdsValue = (scene: Scene, place: Place): boolean =>
  scene.amounts.some(({ index, text }) => overlaps(place, { start: index, end: index + text.length })) ||
  scene.dates.some(({ index, text }) => overlaps(place, { start: index, end: index + text.length }))

function askedOrder(scene: Scene): Place | undefined {
  if (scene.asked !== 'order') return undefined
  const code = /(?<![\p{L}\p{N}./-])[a-z0-9]{2,}(?:[./-][\p{L}\d]+){0,5}(?![\p{L}\p{M}\p{N}])/gu
  return placesOf(code, scene.plain).find(({ start, end }) => end - start >= 4 && /\d.*\d.*\d/.test(scene.plain.slice(start, end)))
}
