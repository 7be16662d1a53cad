/** Requests about a case that was confirmed: whole messages, with or without its number; a story that mentions a case is never one. */
import { fold } from '../../knowledge/language/normalise.ts'
import { type CaseNumber, caseNumberIn, withoutCaseNumber } from '../case/number.ts'
import { CASE_CHOICE } from '../wording/cases.ts'
import type { About } from './dialogue.ts'

export type CaseRequest = {
  readonly kind: 'status' | 'add' | 'withdraw' | 'consents' | 'again'
  /** Undefined where none is named; `wrong` where one is that cannot be. */
  readonly number: CaseNumber | 'wrong' | undefined
  /** The last four digits of a telephone number, given with it. */
  readonly digits: string | undefined
  /** What is to be added, in the person's words. */
  readonly text: string
}

const I = '(toi|em|minh|con|chau|tui|anh|chi|co|chu)'
const CASE = '(ho so|don|vu viec|vu khieu nai|vu|khieu nai)( khieu nai)?( so| ma)?( nay| do| kia)?( cua (toi|em|minh|con|chau|tui))?( so| ma)?( nay)?'
const POLITE = '(a|nhe|nha|voi|giup( toi| em| minh)?|gium|di|ban|oi|duoc khong|khong|hoi)'
const BEGIN = `^(da |alo |ad |ban |hoi |an tam )*(cho )?(${I} )?(hoi |muon |can |xin |xin phep |dinh |biet |xem )*`
const END = `( ${POLITE})*$`

const STATUS = [
  new RegExp(
    `${BEGIN}(tinh trang |tien do |ket qua )?(cua )?(${CASE} )?(dang |da |gio |bay gio |hien )*(toi dau|den dau|di den dau|the nao|ra sao|sao|sao roi|xong chua|giai quyet chua|xu ly chua|co ket qua chua|co tin gi chua|co gi moi)( roi| the| vay| chua)*${END}`,
  ),
  new RegExp(`${BEGIN}(xem |kiem tra |tra |tra cuu |theo doi )*(tinh trang |tien do |ket qua )?(cua )?${CASE}${END}`),
]
const ADD =
  /^(da |alo )*(cho )?(toi |em |minh |con |chau |tui )?(muon |can |xin |xin phep )*(bo sung|noi them|gui them|them|sua|sua lai|chinh|chinh sua|dinh chinh|cap nhat)( them)?( thong tin| bang chung| chung cu| anh)?( vao| cho| trong)? (ho so|don|vu viec|don khieu nai)( khieu nai)?( cua (toi|em|minh))?( nay)?( so)?( la)?(?= |$)/
const WITHDRAW = new RegExp(`${BEGIN}(rut|rut lai|huy|huy bo|dung) (lai )?${CASE}( lai)?${END}`)
const CONSENTS = new RegExp(
  `${BEGIN}(rut|rut lai|thu hoi|bo|huy) (lai )?(cac |su |moi )?(su )?(dong y|cho phep)( (cua ${I}|(trong |cho |o )?ho so( so| nay)?))*${END}`,
)
const AGAIN = new RegExp(`${BEGIN}(xem lai|mo lai|xet lai|giai quyet lai) ${CASE}${END}`)

/** Longer messages tell something. Only what is added may be long. */
const LONGEST = 120

/** @returns the request that the whole message is, or undefined. */
export function caseRequestIn(text: string): CaseRequest | undefined {
  const number = numberIn(text)
  const rest = (number === undefined ? text : withoutCaseNumber(text)).trim()
  const added = addedIn(rest)
  if (added !== undefined) return { kind: 'add', number, digits: undefined, text: added }
  const { digits, words } = digitsIn(rest, number)
  const common = { number, digits, text: '' }
  const said = plainly(words)
  if (said.length > LONGEST) return undefined
  if (number !== undefined && said === '') return { ...common, kind: 'status' }
  const kind = KINDS.find(([patterns]) => patterns.some((pattern) => pattern.test(said)))?.[1]
  // "Thế nào rồi" alone may be about anything.
  return kind === undefined || (kind === 'status' && number === undefined && !NAMES_A_CASE.test(said)) ? undefined : { ...common, kind }
}

const KINDS: readonly (readonly [readonly RegExp[], CaseRequest['kind']])[] = [
  [[WITHDRAW], 'withdraw'],
  [[CONSENTS], 'consents'],
  [[AGAIN], 'again'],
  [STATUS, 'status'],
]
/** A bare "đơn", "khiếu nại" may be a wish for a new one. */
const NAMES_A_CASE =
  /\bho so\b|\b(don|vu viec|vu khieu nai|khieu nai)\b.*\b(dau|nao|sao|chua|moi|tinh trang|tien do|ket qua)\b|\b(tinh trang|tien do|ket qua)\b/

function plainly(words: string): string {
  return fold(words)
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function numberIn(text: string): CaseRequest['number'] {
  const found = caseNumberIn(text)
  return found === undefined || typeof found === 'string' ? found : 'wrong'
}

/** "GL26-… 1234", "GL26-… đuôi 1234": digits beside a number. */
function digitsIn(rest: string, number: CaseRequest['number']): { readonly digits: string | undefined; readonly words: string } {
  const found = number === undefined ? null : rest.match(/(?:^|\D)(\d{4})\D*$/)
  if (!found) return { digits: undefined, words: rest }
  const words = rest.slice(0, found.index).replace(/(,|-|\/|:|\s|đuôi|bốn số cuối|4 số cuối|sđt|số)+$/iu, '')
  return { digits: found[1], words }
}

/** @returns what follows "bổ sung hồ sơ", empty where nothing does; undefined for another message. */
function addedIn(words: string): string | undefined {
  const tokens = words.normalize('NFC').trim().split(/\s+/)
  const folded = tokens.map((token) => fold(token).replace(/[^\p{L}\p{N}]+/gu, ''))
  const [head] = folded.join(' ').match(ADD) ?? []
  if (head === undefined) return undefined
  return tokens
    .slice(head.trim().split(/\s+/).length)
    .join(' ')
    .replace(/^[\s:,.–-]+/, '')
}

/** The four digits that were asked for, and nothing else. */
export function fourDigitsIn(text: string): string | undefined {
  return text.trim().match(/^(?:số |đuôi |là |sđt )*(\d{4})[.!]?$/iu)?.[1]
}

/** @returns the number and digits that a message gives, alone or as the answer to what was asked: what the storage is to look up. */
export function guessIn(text: string, about: About | null): { readonly number: string; readonly digits: string } | undefined {
  const digits = about?.kind === 'digits' ? fourDigitsIn(text) : undefined
  if (about?.kind === 'digits' && digits !== undefined) return { number: about.number, digits }
  const request = caseRequestIn(text)
  if (request?.kind !== 'status' || request.number === undefined || request.number === 'wrong' || request.digits === undefined) return undefined
  return { number: request.number, digits: request.digits }
}

const VERDICTS: readonly (readonly [string, boolean])[] = [
  [CASE_CHOICE.satisfied, true],
  [CASE_CHOICE.dissatisfied, false],
]

/** @returns whether the person is satisfied; undefined for another message. */
export function verdictIn(text: string): boolean | undefined {
  const said = plainly(text)
  return VERDICTS.find(([words]) => fold(words) === said)?.[1]
}
