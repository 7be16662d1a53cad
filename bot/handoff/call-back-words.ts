/** What a person says about being called back, read out of their words: the wish itself, when, a change, a withdrawal. Only what is about nothing else counts: a story that mentions a call is none. */
import { maskForLogs } from '../../knowledge/language/mask.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { type PhoneRead, phoneIn } from '../../knowledge/language/phone.ts'
import { CALL_BACK_CHOICE } from '../wording/call-back.ts'
import { HOURS_MAX } from './call-back.ts'

/** What a message gives of a call-back; `hours` is empty where none are named. */
export interface CallBackGiven {
  readonly phone: PhoneRead | undefined
  readonly hours: string
}

const ME = '(?:toi|em|minh|con|chau|tui|anh|chi|co|chu|bac|ong|ba)'
/** The wish itself, wherever it stands. */
const WISH = new RegExp(
  [
    `\\bgoi(?: dien)?(?: thoai)?(?: lai)?(?: giup| gium| dum)? cho ${ME}\\b`,
    `\\b(?:goi|alo|call)(?: dien)? lai\\b`,
    `\\b(?:dien|dien thoai|lien he|lien lac)(?: lai)? cho ${ME}\\b`,
    `\\b(?:duoc|nho|xin|cho) (?:\\S+ )?goi (?:lai|dien)\\b`,
    `\\b(?:duoc|nho|xin|muon) (?:\\S+ ){0,2}goi dien (?:cho|lai)\\b`,
    '\\bxin (?:mot )?cuoc goi\\b',
    '\\b(?:noi chuyen|trao doi|tu van|gap can bo|gap nguoi that) (?:qua|bang) (?:dien thoai|sdt|cuoc goi)\\b',
    '\\bde lai so\\b',
  ].join('|'),
)
/** Somebody else calls, or has called: that is a story. */
const OTHERS =
  /\b(?:shop|nguoi ban|ben ban|cua hang|cong ty|ho|no|bon|tui no|thang|con do|lua|ngan hang|cong an|so la|ma|nhung|vi|neu|hoai|mai|bi|da goi|khong ai|chua ai|khong thay|chua thay)\b/

/** All that a wish is made of, beside a number: people, politeness, hours. */
const BAG: ReadonlySet<string> = new Set(
  [
    'da vang a alo ad ban an tam oi thoi duoc thi nho xin cho toi em minh con chau tui anh chi co chu bac ong ba muon can hoi bo nguoi nhan vien ai do ben lam on phien giup gium dum vui',
    'long the de lai hay se goi dien thoai alo call lien he lac qua bang noi chuyen trao doi tu van gap that cuoc mot so sdt dt la cua day nay nhe nha voi di khong ko k hen nghe may dung vao theo',
    'cam on roi nhieu tien ranh dang gap luon ngay giup cung chua hay hoac va o tai',
  ]
    .join(' ')
    .split(' '),
)
const HOURS: ReadonlySet<string> = new Set(
  [
    'sau truoc tu den khoang tam luc vao buoi sang trua chieu toi dem mai mot nay hom ngay thu chu nhat hai ba nam bay cn cuoi dau tuan gio h g ruoi phut hanh chinh bat cu ky nao',
    'cung duoc ranh moi hang ngoai trong khi sang lam viec ve nghi ca',
  ]
    .join(' ')
    .split(' '),
)
/** Words that name a time by themselves; the others only stand beside one. */
const TIME =
  /^(?:\d{1,2}(?:(?:h|g|gio)(?:\d{0,2}|ruoi)|:\d{2}|[-–]\d{1,2}h?)?|t[2-7]|cn|sang|trua|chieu|toi|dem|mai|mot|hom|thu|tuan|gio|buoi|luc|khi)$/
const DAY_WORD = /^(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)$/
const LONGEST = 40
/** Beside a number somebody may say a little more: their name, what it is about. */
const MORE_WORDS = 8

interface Token {
  readonly word: string
  readonly start: number
  readonly end: number
}

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(/[^\s,;!?“”"()]+/gu)].map(({ 0: word, index }) => ({
    word: fold(word).replace(/^[.:–-]+|[.:–-]+$/g, ''),
    start: index,
    end: index + word.length,
  }))
}

/** A wish to be called; `whole`: the message says nothing else. */
export type CallBackWish = CallBackGiven & { readonly whole: boolean }

/** @returns what is given with the wish to be called, also where it stands with a number as one sentence among others; undefined where there is no such wish. */
export function callBackAskedIn(text: string): CallBackWish | undefined {
  const all = wishIn(text)
  if (all) return { ...all, whole: true }
  const one = text
    .split(SENTENCE_ENDS)
    .map(wishIn)
    .find((wish) => wish?.phone !== undefined)
  return one && { ...one, whole: false }
}

const SENTENCE_ENDS = /(?<=[.!?;])\s+|\n+/

function wishIn(text: string): CallBackGiven | undefined {
  const given = givenIn(text)
  const { phone } = given
  const rest = without(text, phone)
  const words = tokensOf(rest)
    .map(({ word }) => word)
    .filter((word) => word !== '')
  const said = words.join(' ')
  if (said === fold(CALL_BACK_CHOICE.ask)) return given
  if (words.length > LONGEST || !WISH.test(said) || OTHERS.test(said)) return undefined
  const strange = words.filter((word) => !isPlain(word)).length
  return strange <= (phone ? MORE_WORDS : 0) ? given : undefined
}

const isPlain = (word: string): boolean => BAG.has(word) || HOURS.has(word) || TIME.test(word) || DAY_WORD.test(word)

function without(text: string, phone: PhoneRead | undefined): string {
  return phone ? `${text.slice(0, phone.start)} ${text.slice(phone.end)}`.replace(/\+/g, ' ') : text
}

/** @returns a number and hours, whatever else is said. */
export function givenIn(given: string): CallBackGiven {
  const text = given.normalize('NFC')
  const phone = phoneIn(text)
  return { phone, hours: hoursIn(without(text, phone)) }
}

/** @returns when somebody wishes to be called, in their own words without other numbers and names; empty where no time is named. */
function hoursIn(text: string): string {
  const [best] = stretchesOf(tokensOf(text))
    .filter((stretch) => stretch.some(({ word }) => /\d/.test(word) || NAMED.test(word)))
    .sort((a, b) => b.length - a.length)
  const [first, last] = [best?.[0], best?.at(-1)]
  if (!first || !last) return ''
  return [...maskForLogs(text.slice(first.start, last.end)).text.trim()].slice(0, HOURS_MAX).join('')
}

/** "sáng", "thứ hai", "giờ hành chính" name a time; "toi" may be the person. */
const NAMED = /^(?:sang|trua|chieu|dem|mai|thu|tuan|gio|buoi|luc|khi|cn|t[2-7])$/

/** Words of a time, one after the other, begun by one that leads to a time. */
function stretchesOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const stretches: Token[][] = []
  let open: Token[] | undefined
  for (const token of tokens) {
    const { word } = token
    const fits = HOURS.has(word) || TIME.test(word) || DAY_WORD.test(word)
    if (!fits) open = undefined
    else if (open) open.push(token)
    else if (word !== 'toi' && word !== 'ba') {
      open = [token]
      stretches.push(open)
    }
  }
  return stretches
}

const POLITE = '(?: (?:nua|dau|nhe|nha|a|roi|di|ban|can bo|hoi|toi|em|minh|lai|dien|cho|duoc))*'
const WITHDRAWN = new RegExp(
  `^(?:da |vang )?(?:thoi )?(?:toi |em |minh |con |chau )?(?:khong|ko|k|khoi|dung|chua|huy|bo|rut)(?: (?:can|phai|muon|cho|loi|viec|yeu cau|nho|hen))* (?:goi|dien|alo|call)${POLITE}$`,
)
const STOP = /^(?:thoi|huy|bo|khong|ko|khong can|thoi khoi|thoi khong can)(?: (?:nua|a|nhe|nha|dau|ban))*$/
const EDIT =
  /^(?:da |a |cho )?(?:toi |em |minh )?(?:muon |can |xin )?(?:sua|doi|nham|sai|thay|cap nhat|ghi lai|lai) (?:lai )?(?:so|gio|sdt|dien thoai|thong tin|lich)(?: (?:dien thoai|goi|lai|roi|moi|thanh|la|nhe|nha|a|hen|goi lai|khac|sang|qua|:))*$/
const YES =
  /^(?:da |vang |u |uh )*(?:dung|phai|ok|oke|okie|dong y|co|vang|da|chinh xac|xac nhan|goi di|duoc|chuan)(?: (?:roi|vay|the|a|nhe|nha|ban|em|toi|minh|goi|lai|cho|di|so|do|luon|giup))*$/

const plainly = (text: string): string =>
  tokensOf(text)
    .map(({ word }) => word)
    .filter(Boolean)
    .join(' ')

/** @returns whether the message, which may stand beside an open or asked call-back, says that none is wanted any more. */
export function isWithdrawn(text: string): boolean {
  const said = plainly(text)
  return said === plainly(CALL_BACK_CHOICE.never) || (WITHDRAWN.test(said) && !isYes(text))
}

/** @returns whether a bare "thôi" ends what was just asked. */
export function isStop(text: string): boolean {
  return STOP.test(plainly(text))
}

/** @returns whether number or hours are to be changed; what they become may stand beside it. */
export function isEdit(text: string): boolean {
  const { phone } = givenIn(text)
  return EDIT.test(plainly(without(text.normalize('NFC'), phone))) || /^(?:sua|doi) (?:so|gio)\b/.test(plainly(text))
}

/** Without marks "đúng" and "đừng" are one word: in front of "gọi" only the whole words of the choice mean yes. */
export function isYes(text: string): boolean {
  const [said, marked] = [plainly(text), text.normalize('NFC').toLowerCase()]
  if (marked.includes('đừng')) return false
  if (said === plainly(CALL_BACK_CHOICE.confirm)) return true
  return YES.test(said) && (!/^dung goi\b/.test(said) || marked.includes('đúng'))
}

/** Words without which nobody speaks of a call: the storage is not asked for every message. */
const OF_CALLS = /\bgoi\b|\bcall\b|\balo\b|\bso\b|\bsdt\b|\bgio\b|dien thoai|lien (?:he|lac)/

/** @returns whether the message may be about a call-back that is open. */
export function mayBeOfCalls(text: string): boolean {
  return OF_CALLS.test(fold(text))
}
