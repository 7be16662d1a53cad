/** What a warning must not hold: anything of a person, and the name of whoever was complained of. Names of wrongdoers come from the published list alone. Pure. */
import { maskForLogs, type PersonalKind } from '../../knowledge/language/mask.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import type { Facts } from '../complaint/facts.ts'
import type { WarningContent } from './content.ts'

/** Why a text is refused, with the words that did it. */
export type Unfit =
  | { readonly why: 'personal'; readonly kind: PersonalKind }
  | { readonly why: 'link'; readonly words: string }
  | { readonly why: 'named'; readonly words: string }

/** @param names of sellers and people of the cases that it was drafted from @returns the first thing for which it is refused; undefined for a fit text. */
export function unfitIn(content: WarningContent, names: readonly string[]): Unfit | undefined {
  const { title, opening, signs, steps, report, law } = content
  for (const text of [title, opening, ...signs, ...steps, ...report, ...law.map((one) => one.text)]) {
    const unfit = unfitText(text, names)
    if (unfit) return unfit
  }
  return undefined
}

function unfitText(text: string, names: readonly string[]): Unfit | undefined {
  const kind = maskForLogs(withoutPublicNumbers(text)).found[0]
  if (kind) return { why: 'personal', kind }
  const link = LINK.exec(text)?.[0]
  if (link !== undefined && !PUBLIC_HOST.test(link)) return { why: 'link', words: link }
  const plain = plainWords(text)
  const named = names.find((name) => holds(plain, name))
  return named === undefined ? undefined : { why: 'named', words: named }
}

/** Lines of the whole country that anybody may call, and nobody's own. */
const withoutPublicNumbers = (text: string): string => text.replace(/(?<!\d)(?:1[89]00[ .]?\d{4}|1[89]00[ .]?\d{2}[ .]?\d{2})(?!\d)/g, '')

const LINK =
  /(?:https?:\/\/|www\.)\S+|(?<![\p{L}\p{N}])@[\w.]{3,}|(?<![\p{L}\p{N}])[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|vn|info|shop|store|top|xyz|online|site|club|me|cc|io|app)(?![\p{L}\p{N}])\S*/iu
/** Where the state itself tells people to look. */
const PUBLIC_HOST = /^(?:https?:\/\/)?(?:[\w-]+\.)*gov\.vn(?![\w.-])/i

/** @returns the words without marks and signs, a blank around each. */
const plainWords = (text: string): string =>
  ` ${fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `

/** What everybody calls a seller names nobody. */
const BEFORE_NAME =
  /^(?:shop|cua hang|tiem|cong ty|cty|tnhh|co phan|cp|mtv|co so|ho kinh doanh|trang|page|fanpage|tai khoan|nick|kenh|ben|chi|anh|co|chu|ba|ong|nguoi ban|ten|san|tiktok|facebook|shopee|lazada|zalo|online) /
const SHORTEST = 3

/** Whole words, and written in one. */
function holds(plain: string, name: string): boolean {
  let words = plainWords(name).trim()
  while (BEFORE_NAME.test(words)) words = words.replace(BEFORE_NAME, '')
  const joined = words.replaceAll(' ', '')
  if (joined.length < SHORTEST || EVERYBODYS.has(joined)) return false
  return plain.includes(` ${words} `) || plain.includes(` ${joined} `)
}

/** Platforms that people name when they know no seller. */
const EVERYBODYS = new Set([
  'shop',
  'shopee',
  'tiktok',
  'tiktokshop',
  'lazada',
  'tiki',
  'facebook',
  'zalo',
  'instagram',
  'website',
  'online',
  'khongbiet',
  'khongro',
])

/** @returns everything in a record that names somebody: the seller in every way that is known, and whoever told it. */
export function namesOf({ respondent, link, respondentPhone, name, phone, email }: Facts): readonly string[] {
  return [respondent, link, respondentPhone, name, phone, email].flatMap((fact) => (fact && fact.value.trim() !== '' ? [fact.value] : []))
}
