/** Requests that are about the conversation itself, typed on any channel: going on elsewhere, and the person's own data. Recognised only as whole messages: a story is never one. */
import { fold } from '../../knowledge/language/normalise.ts'
import { type AlertRequest, alertRequestIn } from '../alerts/code.ts'
import { type WarningRequest, warningRequestIn } from '../warning/requests.ts'
import { ERASE_CHOICE, KEEP_CHOICE } from '../wording/requests.ts'

export type Request =
  | { readonly kind: 'transfer' | 'quizzes' }
  /** A one-time code of a matter on another channel, in its one written form. */
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'own_data' | 'erase' | 'keep' }
  /** An officer's own chat, where they are told of work. */
  | AlertRequest
  | WarningRequest

/** Letters and digits that nobody mistakes for one another (Crockford's base 32); 48 bits in a code. */
export const CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const CODE_LENGTH = 10
/** How long a code can be used. */
export const CODE_MS = 15 * 60_000

const CODE = /^(?:(?:mã|ma)(?: chuyển kênh(?: của bạn)?)?[\s:]*)?at[\s–—-]*([0-9a-z]{5})[\s–—-]*([0-9a-z]{5})[.!]?$/iu
/** Words like "at nguoi khong" are none: a code always holds a digit. */
const DIGIT = /[0-9]/
const ELSEWHERE = '(kenh khac|zalo|telegram|web|trang web|website|may khac|dien thoai khac)'
const WISH = '(cho (toi|em|minh) |(toi|em|minh) )?(muon |can )?'
const TRANSFER = new RegExp(
  `^/?(chuyen kenh|chuyenkenh|doi kenh)$|^${WISH}(chuyen|tiep tuc|noi tiep|noi chuyen tiep|nhan tiep) (sang|qua|tren|o|ben) ${ELSEWHERE}$`,
)
const DATA = '(du lieu|cuoc tro chuyen|tin nhan|thong tin)'
const OWN_DATA = new RegExp(
  `^/?(dulieu|du lieu|du lieu cua (toi|em|minh))$|^/?xoa$|^${WISH}xoa (het |toan bo |tat ca |moi )*(cac )?${DATA}( nay)?( (cua|ve) (toi|em|minh|con|chau))?( (o day|di|giup (toi|em|minh)))*$`,
)

const QUIZZES = new RegExp(
  `^/?(tracnghiem|${WISH}(lam |thu |choi )?(mot |cac )?(bai |bo )?trac nghiem( ngan)?( ve luat( mua ban)?)?( di| nhe| nha)?)$`,
)

/** @param choices those of the last reply: only who was just asked can say yes. @returns the request that the whole message is, or undefined. */
export function requestIn(text: string, choices: readonly string[]): Request | undefined {
  const [, first = '', second = ''] = text.normalize('NFC').trim().match(CODE) ?? []
  if (DIGIT.test(first + second)) return { kind: 'code', code: written(first + second) }
  const said = fold(text)
    .trim()
    .replace(/[.!?…]{1,9}$/, '')
  if (choices.includes(ERASE_CHOICE)) {
    if (said === fold(ERASE_CHOICE)) return { kind: 'erase' }
    if (said === fold(KEEP_CHOICE)) return { kind: 'keep' }
  }
  if (OWN_DATA.test(said)) return { kind: 'own_data' }
  if (QUIZZES.test(said)) return { kind: 'quizzes' }
  return TRANSFER.test(said) ? { kind: 'transfer' } : (alertRequestIn(text) ?? warningRequestIn(text))
}

/** @returns the code as it is shown: AT-XXXXX-XXXXX; letters that people mistake for digits count as these. */
export function written(letters: string): string {
  const plain = letters.toUpperCase().replaceAll(/[IL]/g, '1').replaceAll('O', '0').replaceAll('U', 'V')
  return `AT-${plain.slice(0, 5)}-${plain.slice(5)}`
}

/** Nobody takes these for letters. */
const PLAIN_DIGITS = '23456789'

/** @param random bytes, at least {@link CODE_LENGTH}. @returns a code; its first character is a digit, so that it is never a word. */
export function codeFrom(random: Uint8Array): string {
  const [first = 0, ...rest] = random.slice(0, CODE_LENGTH)
  return written([PLAIN_DIGITS[first % 8], ...rest.map((byte) => CODE_LETTERS[byte % 32])].join(''))
}
