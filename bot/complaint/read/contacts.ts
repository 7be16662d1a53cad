/** Telephone numbers and whose they are, e-mail, links and accounts, order codes. */
import { overlaps, type Place, placesOf, WORD_END } from '../../../knowledge/language/aligned.ts'
import { quoted, type Read, type Scene, say, sentenceAround, word } from './scene.ts'

// --- telephone ---

const NUMBER = /(?<![\p{L}\p{N}.])(?:\+?84|0)(?:[ .-]?\d){8,10}(?![\p{L}\d])/gu
const DIALLED = /^0(?:[35789]\d{8}|2\d{8,9})$/

const SELLERS = word(
  'shop|bán|người bán|bên bán|bên kia|họ|nó|tụi nó|bọn nó|chúng nó|của nó|chủ shop|chủ|công ty|cty|cửa hàng|tiệm|spa|đại lý|nhà xe|người ta|ông ấy|anh ấy|chị ấy|ổng|bả|thằng đó|con đó|anh bán|chị bán|ông bán|bà bán|kẻ lừa|lừa đảo|lừa|quản lý|thầu|thợ|giám đốc|phiếu|hóa đơn|danh thiếp|tờ rơi|biên nhận|bảng hiệu|hotline|nhân viên|tư vấn|nick|tên nó|(?:anh|chị|ông|bà|cô|chú) [^\\s(]+ \\((?:zalo|sđt|sdt|đt|số)|(?<!(?:gọi|cho|liên hệ|gặp|goi|lien he|gap) )(?:anh|ông|thằng|chú) [^\\s(.,;]+(?: [^\\s(.,;]+){0,2} (?:số|sđt|sdt|đt)',
)
const OWN = word(
  '(?:sđt|sdt|đt|số|số điện thoại|điện thoại|phone|zalo)(?: đt)? (?:của )?(?:em|e|tôi|mình|m|tui|con|cháu|bác|cô|mẹ|chị)|gọi (?:lại )?(?:cho )?(?:em|tôi|mình|tui|con|cháu|bác)|liên hệ (?:em|tôi|mình|tui|con|cháu|bác)|liên lạc (?:em|tôi|mình|tui)|tôi tên|em tên|mình tên|tôi là|em là|tên tôi|mình là|tôi ở|em ở|mình ở',
)

type Owner = 'phone' | 'respondentPhone'
type Phones = { readonly phone?: Read<string>; readonly respondentPhone?: Read<string> }

/** @returns the person's own number and the seller's; a number that nobody's word stands beside is neither, unless it was asked for. */
export function readPhones(scene: Scene, taken: readonly Place[]): Phones {
  const found: { phone?: Read<string>; respondentPhone?: Read<string> } = {}
  const places = placesOf(NUMBER, scene.plain).filter((place) => !taken.some((other) => overlaps(other, place)))
  let before = 0
  for (const place of places) {
    const value = dialled(scene.plain.slice(place.start, place.end))
    const owner = ownerOf(scene, place, before) ?? askedOwner(scene)
    before = place.end
    if (owner && value) found[owner] ??= { ...place, value }
  }
  return found
}

/** @returns ten or eleven digits that begin with 0; undefined when no telephone has such a number. */
function dialled(written: string): string | undefined {
  const digits = written.replace(/\D/g, '').replace(/^84(?=\d{9,10}$)/, '0')
  return DIALLED.test(digits) ? digits : undefined
}

const askedOwner = ({ asked }: Scene): Owner | undefined => (asked === 'phone' || asked === 'respondentPhone' ? asked : undefined)

const BEHIND =
  /^\s*[(,-]?\s*(?:là |la )?(?:số |so |sđt |sdt )?(?:của |cua )?(shop|người bán|nguoi ban|bên bán|ben ban|công ty|cong ty|cửa hàng|cua hang|quản lý|quan ly|nhân viên|nhan vien|giám đốc|tư vấn|thợ|anh thợ|anh thầu|chủ|chu|đại lý|tài xế|tụi nó|tui no|bọn nó|bon no|nó|no|họ|ho|em|tôi|toi|mình|minh)(?![\p{L}\p{M}])/u

/** "bị số 0568… gọi mời vay", "gọi số … toàn hẹn mai": what only somebody else's number does. */
const RINGS =
  /^\s*(?:(?:thì|thi|toàn|toan|mà|ma|giờ|gio|cứ|cu|đều|deu|suốt|nó|no|họ)\s+){0,3}(?:gọi|goi|nhắn|nhan|tắt máy|tat may|thuê bao|thue bao|không (?:nghe|bắt|liên lạc|ai)|khong (?:nghe|bat|lien lac|ai)|ko |k nghe|chặn|chan|bán|ban|hẹn|hen|đòi|doi|lừa|lua|mời|moi|quấy|khủng bố|đổ chuông)/u
const NUMBER_OF = /(?:số|so|sđt|sdt|điện thoại|dien thoai|thuê bao|đầu số)(?:\s+(?:này|lạ|la|máy))?\s*:?\s*$/u

/** The nearest word before the number in its sentence, else the one right behind it. */
function ownerOf(scene: Scene, place: Place, before: number): Owner | undefined {
  const start = Math.max(sentenceAround(scene.plain, place).start, before, place.start - 160)
  const text = scene.plain.slice(start, place.start)
  const behind = BEHIND.exec(scene.plain.slice(place.end, place.end + 40))?.[1]
  if (behind) return /^(?:em|t[oô]i|m[iì]nh)$/u.test(behind) ? 'phone' : 'respondentPhone'
  const [seller, own] = [lastEnd(SELLERS, text), lastEnd(OWN, text)]
  if (own < 0 && NUMBER_OF.test(text) && RINGS.test(scene.plain.slice(place.end, place.end + 40))) return 'respondentPhone'
  return seller < 0 && own < 0 ? undefined : seller > own ? 'respondentPhone' : 'phone'
}

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

const TLD = 'com|vn|net|org|info|shop|store|xyz|top|online|site|me|ly|cc|app|asia|club|vip|pro|link|tv|co'
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
const CODE = '(?<code>[a-z0-9]{2,}(?:[.-][a-z0-9]+){0,5})'
const NAMED = say(
  `(?:mã đơn hàng|mã đơn|mã vận đơn|mã hóa đơn|số đơn hàng|số đơn|mvđ|mvd|mã đh|đơn hàng số|đơn số|đơn hàng|vận đơn|mã|order id|order|tracking|bill|đơn)(?: (?:là|số|của em|của tôi|trên|bên|${CARRIERS})(?![\\p{L}\\p{N}]))*\\s*[:#]*\\s*(?:(?:${CARRIERS})(?![\\p{L}\\p{N}])\\s*[:#]?\\s*)?#?(?=${CODE})`,
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
const isCode = (code: string): boolean => /\d/.test(code) && code.length >= 6 && (/\d{3}/.test(code) || /^(?=.*\d.*\d)[a-z0-9]{7,}$/.test(code))

const holdsValue = (scene: Scene, place: Place): boolean =>
  scene.amounts.some(({ index, text }) => overlaps(place, { start: index, end: index + text.length })) ||
  scene.dates.some(({ index, text }) => overlaps(place, { start: index, end: index + text.length }))

function askedOrder(scene: Scene): Place | undefined {
  if (scene.asked !== 'order') return undefined
  const code = /(?<![\p{L}\p{N}.-])[a-z0-9]{2,}(?:[.-][a-z0-9]+){0,5}(?![\p{L}\p{M}\p{N}])/gu
  return placesOf(code, scene.plain).find(({ start, end }) => end - start >= 4 && /\d.*\d.*\d/.test(scene.plain.slice(start, end)))
}
