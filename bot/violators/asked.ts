/**
 * Whether a message asks if a seller is to be trusted, and about whom. A story of a loss is none, a question of law is none, and neither is a question about a trick
 * ("gọi báo trúng thưởng có lừa đảo không"): those have their own answers.
 */
import { clean, fold } from '../../knowledge/language/normalise.ts'
import { isSyllable } from '../../knowledge/language/syllable-shape.ts'
import { linkIn } from './links.ts'

/** `words`: whom it is about, as the person writes it; undefined where it is not said. */
export interface SellerAsked {
  readonly words: string | undefined
}

const LONGEST = 400
const MOST_WORDS = 40
const MOST_IN_NAME = 8

const NOUN =
  '(?:shop|cua hang|tiem|cong ty|cty|doanh nghiep|co so|trang web|trang|website|web|page|fanpage|san|app|ung dung|tai khoan|nick|kenh|nguoi ban|ben ban|link|duong link|duong dan|cho ban|don vi|thuong hieu|trung tam|nha cung cap)'
const THIS = '(?:nay|kia|do|ay|day|tren|nay nay|vua roi|toi noi|em noi|em gui|toi gui|em vua noi|moi noi)'
const NO = '(?:khong|ko|kh|k|hong|hok|hem|hay khong|hay ko|chua|hay chua|ha|nhi)'
const TAIL = '(?: (?:vay|the|a|ha|nhi|ban|ad|em|hoi|nhe|nha|khong|ko|chua|an tam|oi|roi|mn|moi nguoi|voi))*'
const TIMES = '(?: (?:gi|lan nao|bao gio|vi gi|do gi|trong danh sach(?: nao)?))?'
const LISTED =
  '(?:(?:hoi|co quan|nha nuoc|cong an|bo cong thuong|ai|ho|nguoi ta) )?(?:canh bao|cong bo|boc phot|phot|dua vao danh sach(?: den)?|vao danh sach(?: den)?|len danh sach(?: den)?|neu ten|phan anh|to cao|khieu nai|bao cao|to)(?: (?:lua dao|vi pham|gia mao))?'
const TRUSTED = '(?:uy tin|dang tin(?: cay)?|tin cay|tin (?:tuong )?duoc|dam bao|dang mua)'
const CHEATS = '(?:lua dao|lua gat|lua nguoi|lua khach|lua|gia mao|scam|lua tien)'

/** What is asked of somebody, folded; before or behind it stands who. */
const ASKS: readonly RegExp[] = [
  new RegExp(`(?:^| )(?:da |co |tung |dang |hien )*(?:bi|duoc) ${LISTED}${TIMES} ${NO}${TAIL}$`),
  new RegExp(`(?:^| )(?:da |co |tung )*bi (?:xu )?phat(?: lan nao| bao gio)? chua${TAIL}$`),
  new RegExp(
    `(?:^| )(?:co )?(?:nam |o |thuoc |trong |vao )+danh sach (?:den|canh bao|lua dao|vi pham|cong bo|da cong bo|bi canh bao)(?: \\S+){0,4} ${NO}${TAIL}$`,
  ),
  new RegExp(`(?:^| )(?:co (?:phai )?(?:la )?|phai (?:la )?)${CHEATS}(?: gi| dao)? ${NO}${TAIL}$`),
  new RegExp(`(?:^| )(?:la )?(?:lua dao|gia mao|scam) (?:khong|ko|k|hong|hok|phai khong|ha|a)${TAIL}$`),
  new RegExp(`(?:^| )(?:co )?${TRUSTED}(?: gi| that| lam)? ${NO}${TAIL}$`),
  new RegExp(`(?:^| )(?:co )?(?:nen|tin) (?:tin|duoc|mua)(?: hang| do)? ${NO}${TAIL}$`),
]
/** Asked first, with whom it is about behind. */
const ASKS_FIRST: readonly RegExp[] = [
  new RegExp(`^(?:co )?(?:nen|dang) (?:mua|tin|dat|tin tuong)(?: hang| do)?(?: (?:cua|o|ben|tai|tu|tren|cho))? (?=${NOUN} )`),
  new RegExp(`^(?:kiem tra|tra cuu|tra|check|xem) (?:(?:giup|gium|ho|ho cai|thu|cho|dum)(?: (?:toi|em|minh|con|chau|tui))? )?(?:xem )?(?=${NOUN} )`),
  new RegExp(`^co ai (?:tung |da |nao )?(?:bi|mua(?: hang| do)? (?:cua|o|ben|tai)) (?=${NOUN} )`),
]
const FIRST_TAIL = new RegExp(`(?: (?:co )?(?:${CHEATS}|${TRUSTED}|bi ${LISTED}))?(?: (?:tien|gat))?(?: ${NO})?${TAIL}$`)

const ME = '(?:toi|em|minh|con|chau|tui|me|ba|bo|ma|chong|vo|chi|anh|bac|ong)'
/** It has happened: told, not asked. */
const STORY = new RegExp(
  `\\b(?:lua|lay|quyt|giat|chiem|an chan|bung|nuot)(?: mat| het| sach)?(?: tien)?(?: cua)? ${ME}\\b|\\b${ME} (?:vua |moi |da |lo |cung |bi )*(?:bi (?!lua khong)|mat |chuyen |ck |coc |nap |gui tien|tra tien|thanh toan)|\\b(?:vua|da|lo|moi) (?:chuyen|ck|coc|nap|gui tien|dat coc|bam|quet|doc|cung cap)\\b|\\bmat (?:\\d|tien|sach|het|trang)|\\bchan (?:so|zalo|facebook|fb|may|lien lac)\\b|\\bkhong giao\\b|\\bgiao (?:sai|thieu|hang gia|nham)\\b`,
)
const OF_LAW =
  /\b(?:luat|nghi dinh|thong tu|dieu \d|quy dinh|xu ly (?:the nao|sao|ra sao)|muc phat|phat bao nhieu|co (?:duoc|quyen)|trach nhiem|vi pham gi|lam sao (?:de )?(?:biet|nhan biet|phan biet|nhan ra)|cach (?:nao|nhan biet|kiem tra|phan biet)|the nao la|nhu the nao)\b/
const LEAD =
  /^(?:(?:da|a|alo|ad|admin|hoi|an tam|ban|moi nguoi|mn|cac ban|anh|chi|em|toi|minh|con|chau|tui|bac|co|chu|oi|a|xin|cho|hoi|hoi ti|ti|chut|muon|biet|la|thay|nghe noi|khong biet|ko biet|lieu|the|vay|thi|nay|con|dinh|tinh|mua|hang|do|dat|cua|o|ben|tai|tren|tu|voi|cai|con|rang)(?:[ ,:]+|$))+/
/** No name begins so: somebody tells what is done. */
const TELLS =
  /^(?:ban|tuyen|goi|bao|yeu cau|doi|keu|noi|nhan|gui|cho|lam|bat|moi|ru|hua|giao|quang cao|livestream|rao|dang|ma|toan|chuyen|thu|mua|co|bi|khong|nhieu|nao|nhan tin|tri an|tang|trung|vay|dau tu|xuat|doi tra|tren mang|online|uy tin|phai|can|nen|duoc|khi|neu|dua|lay|tra|quay|ben|cua|chi|con|thi|va|hay|nay|kia|do|ay)(?: |$)/
/** Nor holds one, where nothing is written like a name. */
const TELLS_ON = /,| (?:bao|noi|keu|doi|dua|goi|lay|tra|khong|thi|ma|chi|phai|con|duoc|cam ket|co|bi|may)(?: |$)/
const BEHIND_NAME =
  /(?: (?:thi|la|tren|o|ben|cua|nay|kia|do|ay|co|ban|chuyen|voi|gia|ma|rat|thay|dang|hay|chuyen ban|facebook|fb|shopee|tiktok|lazada|zalo|mang)(?: .*)?)$/
const OF_NAME = /^(?:(?:nay|kia|do|ay)?,? ?(?:co )?ten(?: la)? |ten(?: la)? |la )/

/** @returns whom the message asks about; undefined where it asks no such thing. */
export function sellerAskedIn(text: string): SellerAsked | undefined {
  const whole = clean(text).replaceAll('\n', '. ')
  if (whole.length > LONGEST || whole.split(' ').length > MOST_WORDS) return undefined
  const folded = plainly(whole)
  if (STORY.test(folded) || OF_LAW.test(folded)) return undefined
  const sentences = whole.split(SENTENCE).filter((one) => /\p{L}/u.test(one))
  const at = sentences.findLastIndex((one) => askedOf(one) !== undefined)
  if (at < 0) return undefined
  const asked = askedOf(sentences[at] ?? '')
  if (asked?.words !== undefined || asked === undefined) return asked
  return { words: sellerNamedIn(sentences.slice(0, at).join('. ')) }
}

const SENTENCE = /(?<=[.!?…;])\s+|[?!…]+/u

/** As long as `text`, so that places are the same. */
function plainly(text: string): string {
  const folded = fold(text)
  return folded.replace(/[?!,;:“”"'()…]/g, ' ')
}

function askedOf(sentence: string): SellerAsked | undefined {
  const said = sentence.replace(/[.?!…\s]+$/u, '').trim()
  const folded = plainly(said)
  if (folded.length !== said.length) return undefined
  const lead = LEAD.exec(folded)?.[0].length ?? 0
  for (const pattern of ASKS_FIRST) {
    const found = pattern.exec(folded.slice(lead)) ?? pattern.exec(folded)
    if (!found) continue
    const from = (found.input === folded ? 0 : lead) + found[0].length
    const to = folded.length - (FIRST_TAIL.exec(folded.slice(from))?.[0].length ?? 0)
    return whom(said.slice(from, to), true)
  }
  const found = ASKS.map((pattern) => pattern.exec(folded)).find((match) => match !== null)
  return found ? whom(said.slice(0, found.index), false) : undefined
}

/** @param sure whether what stands before says that somebody is named */
function whom(words: string, sure: boolean): SellerAsked | undefined {
  const link = linkIn(words)
  if (link) return { words: link.words }
  const folded = plainly(words)
  const lead = LEAD.exec(folded)?.[0].length ?? 0
  return named(words.slice(lead).trim(), sure) ?? (lead > 0 ? named(words.trim(), sure) : undefined)
}

const WITH_NOUN = new RegExp(`^(?:cai |con |may |cac )?${NOUN}(?= |$)`)
const IS_THIS = new RegExp(`^(?:${THIS}| )*$`)
/** "Nó", "đây" may be whatever was told before. */
const PRONOUN = /^(?:ben (?:nay|do|kia|ay)|cho (?:nay|do|ay))?$/

function named(words: string, sure: boolean): SellerAsked | undefined {
  const folded = plainly(words)
  const noun = WITH_NOUN.exec(folded)?.[0]
  if (noun === undefined) return withoutNoun(words, folded)
  const rest = words.slice(noun.length).trim()
  if (IS_THIS.test(plainly(rest).trim())) return { words: undefined }
  const name = nameIn(rest)
  if (name === undefined) return sure && IS_THIS.test(plainly(rest)) ? { words: undefined } : undefined
  return { words: /^(?:cong ty|cty|trung tam)/.test(noun) ? `${words.slice(0, noun.length)} ${name}` : name }
}

/** Without a word for what it is, only what is written like a name is one. */
function withoutNoun(words: string, folded: string): SellerAsked | undefined {
  if (PRONOUN.test(folded.trim())) return folded.trim() === '' ? undefined : { words: undefined }
  const tokens = words.split(/\s+/)
  const quoted = /[“"']([^“”"']{2,60})[”"']/u.exec(words)?.[1]
  if (quoted) return { words: quoted }
  if (/^(?:mst|ma so thue)?:?\s*\d{10}(?:[ -]?\d{3})?$/.test(folded.trim())) return { words }
  const capital = tokens.every((token) => /^[\p{Lu}\p{N}&]/u.test(token))
  // A sentence begins with a capital whatever it begins with.
  if (tokens.length === 1 && isSyllable(folded.trim())) return undefined
  return capital && tokens.length <= MOST_IN_NAME && /\p{L}/u.test(words) ? { words } : undefined
}

function nameIn(rest: string): string | undefined {
  const folded = plainly(rest)
  const begin = OF_NAME.exec(folded)?.[0].length ?? 0
  const plain = !/^[\s“"']*\p{Lu}/u.test(rest.slice(begin))
  if (plain && TELLS.test(folded.slice(begin))) return undefined
  const end = BEHIND_NAME.exec(folded.slice(begin))?.index ?? folded.length - begin
  const name = rest
    .slice(begin, begin + end)
    .replace(/^[\s,.:“”"'(]+|[\s,.:“”"')]+$/gu, '')
    .trim()
  const tellsOn = name.includes(',') || (plain && TELLS_ON.test(fold(name)))
  return name !== '' && !tellsOn && name.split(' ').length <= MOST_IN_NAME ? name : undefined
}

const NAMES_SELLER = new RegExp(`(?:^|[ ,.])${NOUN} (?=\\S)`, 'g')

/** @returns the seller that a text speaks of, by an address or behind a word for what it is; undefined for none. */
export function sellerNamedIn(text: string): string | undefined {
  const link = linkIn(text)
  if (link) return link.words
  const said = clean(text).replaceAll('\n', ' ')
  const folded = fold(said)
  if (folded.length !== said.length) return undefined
  for (const { 0: before, index } of folded.matchAll(NAMES_SELLER)) {
    const rest = said.slice(index + before.length).split(/[.,;!?]/)[0] ?? ''
    if (IS_THIS.test(plainly(rest).split(' ')[0] ?? '')) continue
    const name = nameIn(rest.split(' ').slice(0, MOST_IN_NAME).join(' '))
    if (name !== undefined && name.split(' ').length <= 6) return name
  }
  return undefined
}

const MOST_IN_ANSWER = 12

/** @returns the name in the answer to "shop tên gì?"; undefined where the message is about something else. */
export function sellerAnswered(text: string): string | undefined {
  const said = clean(text).replaceAll('\n', ' ')
  const folded = plainly(said)
  const link = linkIn(said)
  if (link && said.length < LONGEST) return link.words
  if (said === '' || said.split(' ').length > MOST_IN_ANSWER || /\?/.test(said) || STORY.test(folded) || OF_LAW.test(folded)) return undefined
  if (NO_NAME.test(folded)) return undefined
  const lead = LEAD.exec(folded)?.[0].length ?? 0
  return named(said.slice(lead), true)?.words ?? nameIn(said.slice(lead).replace(new RegExp(`^${NOUN} `, 'iu'), ''))
}

const NO_NAME =
  /^(?:(?:toi |em |minh )?(?:khong|ko|k|chua) (?:biet|nho|ro|co)|thoi|bo qua|gap can bo|cam on|toi muon|em muon|xin chao|chao|alo|hello)\b/
