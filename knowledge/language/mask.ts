/**
 * Numbers that must not be kept: identity papers, bank cards, accounts. Found whatever stands between their digits, masked before anything
 * is stored; telephone numbers and addresses of mail are recognised, and masked for logs only.
 *
 *   text ─▶ runs of digit groups ─▶ for each stretch of whole groups: what is it? ─▶ masked from left to right
 *
 * What a number is follows from its form (Luhn, 12 digits that begin with 0, a telephone prefix) and from the nearest word before it
 * ("stk", "cccd", "mã đơn"). Prices, order codes, dates and numbers of laws stay.
 */
import { type Aligned, align, eitherMarks, overlaps, type Place, placesOf, spaced, WORD_END } from './aligned.ts'

export type PersonalKind = 'id' | 'card' | 'bank_account' | 'phone' | 'email' | 'tax'

/** A text without the numbers that must not be kept, and every kind of them that was recognised, in order of appearance. */
export interface Masked {
  readonly text: string
  readonly found: readonly PersonalKind[]
}

const LABELS: Readonly<Record<PersonalKind, string>> = {
  id: '[số giấy tờ đã che]',
  card: '[số thẻ đã che]',
  bank_account: '[số tài khoản đã che]',
  phone: '[số điện thoại đã che]',
  email: '[thư điện tử đã che]',
  tax: '[mã số thuế đã che]',
}

const KINDS = Object.keys(LABELS) as PersonalKind[]
const NEVER_KEPT: ReadonlySet<PersonalKind> = new Set(['id', 'card', 'bank_account'])

/** @returns `text` without numbers of identity papers, cards and accounts. Masking twice changes nothing more. Never throws. */
export function maskPersonal(text: string): Masked {
  return masked(text, NEVER_KEPT)
}

/** @returns `text` without any personal number, telephone numbers, tax codes and mail addresses included. */
export function maskForLogs(text: string): Masked {
  return masked(text, new Set(KINDS))
}

/** A text in which the account that was asked for is covered too, and its digits. */
export interface AccountMasked {
  readonly text: string
  readonly account: string
}

/**
 * For the one message that answers "into which account did you send the money": there a number is an account without a word that says so.
 * @returns undefined where no number can be one: an identity paper, a card, a sum or a date never is. Never throws.
 */
export function maskAskedAccount(text: string): AccountMasked | undefined {
  const aligned = align(text)
  const findings = findingsIn(aligned.text)
  const account = findings.find(isAccount(aligned.text)) ?? bareNumber(aligned.text, findings) ?? findings.find(({ kind }) => kind === 'phone')
  if (!account) return undefined
  const kept = findings.filter(({ kind, start }) => NEVER_KEPT.has(kind) && start !== account.start)
  const hidden = [...kept, { ...account, kind: 'bank_account' as const }].sort((a, b) => a.start - b.start)
  return { text: hide(text, aligned, hidden), account: aligned.text.slice(account.start, account.end).replace(/\D/g, '') }
}

/** Cards have 16 or 19 digits; a number of another length that only adds up like one is an account here. */
const isAccount =
  (text: string) =>
  ({ kind, start, end }: Finding): boolean =>
    kind === 'bank_account' || (kind === 'card' && ![16, 19].includes(text.slice(start, end).replace(/\D/g, '').length))

const FEWEST_DIGITS = 6

function bareNumber(text: string, findings: readonly Finding[]): Finding | undefined {
  for (const run of runsOf(text, findings)) {
    const stretch = stretchOf({ text, mails: [], clues: [] }, run, undefined)
    const { digits, start, end, written } = stretch
    const long = digits.length >= FEWEST_DIGITS && digits.length <= MOST_DIGITS
    if (long && !isSum(text, stretch) && !isDate(written)) return { start, end, kind: 'bank_account' }
  }
  return undefined
}

interface Finding extends Place {
  readonly kind: PersonalKind
}

function masked(text: string, hidden: ReadonlySet<PersonalKind>): Masked {
  const aligned = align(text)
  const findings = findingsIn(aligned.text)
  return {
    text: hide(
      text,
      aligned,
      findings.filter(({ kind }) => hidden.has(kind)),
    ),
    found: [...new Set(findings.map(({ kind }) => kind))],
  }
}

function hide(text: string, { span }: Aligned, findings: readonly Finding[]): string {
  let out = ''
  let at = 0
  for (const { start, end, kind } of findings) {
    const place = span(start, end)
    out += text.slice(at, place.index) + LABELS[kind]
    at = place.index + place.text.length
  }
  return out + text.slice(at)
}

// Begins only where a word begins, and every part has the length that the standard allows: on one endless word nothing is tried twice.
const EMAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,8}\.\p{L}{2,24}/gu

function findingsIn(text: string): Finding[] {
  const mails = placesOf(EMAIL, text).map((place) => ({ ...place, kind: 'email' as const }))
  const numbers: Finding[] = []
  const scene = { text, mails, clues: cluesIn(text) }
  for (const run of runsOf(text, mails).flatMap((run) => byPhones(text, run))) numbers.push(...readRun(scene, run, numbers.at(-1)))
  return [...mails, ...numbers].sort((a, b) => a.start - b.start)
}

/** A telephone number on every line, twice the same or two of them: together they are no card, whatever they add up to. */
function byPhones(text: string, run: readonly Group[]): readonly (readonly Group[])[] {
  const lines = run.reduce<Group[][]>((sum, group) => {
    const last = sum.at(-1)?.at(-1)
    if (last && !text.slice(last.end, group.start).includes('\n')) sum.at(-1)?.push(group)
    else sum.push([group])
    return sum
  }, [])
  return lines.length > 1 && lines.every((line) => MOBILE.test(line.map(({ digits }) => digits).join(''))) ? lines : [run]
}

// --- runs of digit groups ---

interface Group extends Place {
  readonly digits: string
}

const GROUP = /\d+/gu
/** What people put between the groups of one number: spaces, dots, dashes, underscores, bullets, new lines. */
const SEPARATOR = /^[\s.\-–—−_·•*]{1,3}$/u

/** @returns the digit groups of `text` outside `mails`, together where only a separator stands between them. */
function runsOf(text: string, mails: readonly Place[]): Group[][] {
  const runs: Group[][] = []
  for (const place of placesOf(GROUP, text)) {
    if (mails.some((mail) => overlaps(mail, place))) continue
    const group = { ...place, digits: text.slice(place.start, place.end) }
    const last = runs.at(-1)?.at(-1)
    if (last && SEPARATOR.test(text.slice(last.end, group.start))) runs.at(-1)?.push(group)
    else runs.push([group])
  }
  return runs
}

/** A stretch of whole groups, with what is needed to tell what it is. */
interface Stretch extends Place {
  readonly digits: string
  readonly sizes: readonly number[]
  readonly written: string
  readonly hint: Hint | undefined
  /** Letters glued to the front are no word that names the number: an order code. */
  readonly code: boolean
}

/** Reads one run from left to right: at each group the longest stretch that is something, else the next group. */
function readRun(scene: Scene, run: readonly Group[], before: Finding | undefined): Finding[] {
  const found: Finding[] = []
  for (let at = 0; at < run.length; ) {
    const read = readFrom(scene, run, at, found.at(-1) ?? before)
    if (read) found.push(read.finding)
    at += read?.groups ?? 1
  }
  return found
}

const MOST_DIGITS = 19

function readFrom(scene: Scene, run: readonly Group[], at: number, before: Finding | undefined): { finding: Finding; groups: number } | undefined {
  const { text } = scene
  const hint = hintBefore(scene, run[at] as Group, before)
  for (let groups = Math.min(run.length - at, MOST_DIGITS); groups >= 1; groups--) {
    const stretch = stretchOf(scene, run.slice(at, at + groups), hint)
    const kind = stretch.digits.length <= MOST_DIGITS ? kindOf(text, stretch) : undefined
    if (kind) return { finding: { start: stretch.start, end: stretch.end, kind }, groups }
  }
  return undefined
}

function stretchOf({ text, mails }: Scene, groups: readonly Group[], hint: Hint | undefined): Stretch {
  const [start, end] = [groups[0]?.start ?? 0, groups.at(-1)?.end ?? 0]
  return {
    start: text[start - 1] === '+' ? start - 1 : start,
    end,
    digits: groups.map((group) => group.digits).join(''),
    sizes: groups.map((group) => group.digits.length),
    written: text.slice(start, end),
    hint,
    code: isCode(text.slice(Math.max(0, start - 20, mailEnd(mails, start)), start)),
  }
}

/** Where the last mail address before `start` ends: nothing in it speaks of a number behind it. */
const mailEnd = (mails: readonly Place[], start: number): number => mails.findLast((mail) => mail.end <= start)?.end ?? 0

/** "SPX" before "0123456789": plain letters that are no word which names a number. */
function isCode(before: string): boolean {
  const glued = /\p{L}+$/u.exec(before)?.[0]
  return glued !== undefined && /^[a-z]+$/.test(glued) && !GLUED.test(glued)
}

// --- what a number is ---

function kindOf(text: string, stretch: Stretch): PersonalKind | undefined {
  const { digits, hint, code } = stretch
  if (digits.length < 6 || isSum(text, stretch) || isDate(stretch.written)) return undefined
  if (hint?.clue === 'order' || (code && !(hint && NAMING.has(hint.clue)))) return undefined
  if (isPhone(stretch) && (hint?.clue === 'phone' || (hint?.clue === 'bank_account' && SENTENCE_END.test(hint.gap)))) return 'phone'
  return identity(text, stretch) ?? card(stretch) ?? account(text, stretch) ?? tax(stretch) ?? (isPhone(stretch) ? 'phone' : undefined)
}

const NAMING: ReadonlySet<Clue> = new Set(['id', 'card', 'bank_account'])
const SENTENCE_END = /[.!?;\n](?:\s|$)/

function identity(text: string, stretch: Stretch): PersonalKind | undefined {
  const { digits, hint, sizes, end, code } = stretch
  const named = hint?.clue === 'id' || ID_BEHIND.test(text.slice(end, end + 40))
  if (named && digits.length >= (code ? 7 : 8) && digits.length <= 13 && !isPhone(stretch)) return 'id'
  const free = digits.length === 12 && digits.startsWith('0') && hint?.clue !== 'bank_account'
  return free && Math.max(...sizes) !== 10 && !/^0[35789]/.test(firstTen(sizes, digits)) ? 'id' : undefined
}

/** A word behind a number names it, unless another number follows that it may name instead. */
const NAMES_NOTHING_ELSE = '(?![\\p{L}\\p{M}])(?![^\\n]{0,20}[\\d[])'

const ID_BEHIND = new RegExp(spaced(eitherMarks(`^\\s*[),]?\\s*(?:là )?(?:số )?(?:cccd|cmnd|cmt|căn cước|chứng minh)${NAMES_NOTHING_ELSE}`)), 'u')

/** The first ten digits where a group ends there: "0912 345 678 90" is a telephone number and something else; digits that stand singly are one number. */
function firstTen(sizes: readonly number[], digits: string): string {
  if (sizes.every((size) => size === 1)) return ''
  let sum = 0
  for (const size of sizes) {
    sum += size
    if (sum === 10) return digits.slice(0, 10)
  }
  return ''
}

function card({ digits, hint, sizes }: Stretch): PersonalKind | undefined {
  if (digits.length < 13 || !isCardShape(sizes) || hint?.clue === 'bank_account') return undefined
  const domestic = digits.startsWith('9704') && (digits.length === 16 || digits.length === 19)
  return hint?.clue === 'card' || domestic || passesLuhn(digits) ? 'card' : undefined
}

/** One group; groups of at most four; or 4-6-5, 4-6-4, 6-10, 6-13, as cards are printed. Not sums that stand side by side. */
function isCardShape(sizes: readonly number[]): boolean {
  return sizes.length === 1 || sizes.every((size) => size <= 4) || /^(?:4,6,[45]|6,1[03]|8,8|8,[45678])$/.test(sizes.join(','))
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const doubled = Number(digits[digits.length - 1 - i]) * ((i % 2) + 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0 && /[1-9]/.test(digits)
}

function account(text: string, { hint, end, digits, sizes }: Stretch): PersonalKind | undefined {
  if (sizes.length > 1 && (sizes[0] as number) > 6) return undefined
  if (hint?.clue === 'bank_account' && isFar(digits, hint.gap)) return undefined
  if (hint?.clue === 'bank_account') return sizes.length > 1 && /^\p{L}/u.test(text.slice(end)) ? undefined : 'bank_account'
  return digits.length >= 9 && ACCOUNT_BEHIND.test(text.slice(end, end + 60)) ? 'bank_account' : undefined
}

const BANKS =
  'vcb|vietcombank|mb|mbbank|mb bank|tcb|techcombank|acb|bidv|vietinbank|ctg|agribank|tpbank|tpb|sacombank|stb|vpbank|vpb|vib|shb|hdbank|msb|ocb|scb|eximbank|seabank|lpbank|namabank|bvbank|cake|timo'

/** A short or round number is taken for an account only right behind the word: "tài khoản nhận 500000" speaks of a sum. */
function isFar(digits: string, gap: string): boolean {
  return gap.length > 15 ? digits.length < 8 : gap.length > 3 && /^[1-9]\d{0,5}000$/.test(digits)
}

const ACCOUNT_BEHIND = new RegExp(
  spaced(
    eitherMarks(`^\\s*[(,-]?\\s*(?:(?:là|la) )?(?:(?:tại |bên |ngân hàng |nh |bank )*(?:${BANKS})|stk|số tài khoản|số tk)${NAMES_NOTHING_ELSE}`),
  ),
  'u',
)

const MOBILE = /^(?:84|0)(?:3|5|7|8|9)\d{8}$/
const LANDLINE = /^(?:84|0)2\d{8,9}$/

function isPhone({ digits, sizes }: Stretch): boolean {
  return (MOBILE.test(digits) || LANDLINE.test(digits)) && (sizes.length === 1 || sizes.length <= 5)
}

function tax({ hint, digits }: Stretch): PersonalKind | undefined {
  return hint?.clue === 'tax' && (digits.length === 10 || digits.length === 13) ? 'tax' : undefined
}

/** "12.000.000", "5000000đ", "500000 k": grouped by threes, or with a unit of money behind it. */
function isSum(text: string, stretch: Stretch): boolean {
  const { written, end } = stretch
  const unit = MONEY_UNIT.test(text.slice(end, end + 12))
  if (!unit && isNamed(stretch)) return false
  return /^[1-9]\d{0,2}(?:\.\d{3})+$/.test(written) || (/^[1-9]\d{0,2}(?:[ .]\d{3})+$/.test(written) && unit) || (unit && /^[1-9]\d*$/.test(written))
}

/** "stk 177.729.879.285": papers and accounts are grouped by threes too. So long and not round, right behind the word, it is no sum. */
function isNamed({ digits, hint }: Stretch): boolean {
  return (hint?.clue === 'id' || hint?.clue === 'bank_account') && digits.length >= 9 && !digits.endsWith('000')
}

const MONEY_UNIT = new RegExp(`^(?:[.,]\\d{1,3})*\\s*(?:${eitherMarks('đồng|đ|vnđ|vnd|nghìn|ngàn|triệu|tr|k|tỷ|usd|đô')}|₫)${WORD_END}`, 'u')
const isDate = (written: string): boolean => /^(?:\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)\d\d|(?:19|20)\d\d[-.]\d{1,2}[-.]\d{1,2})$/.test(written)

// --- the nearest word before a number ---

type Clue = 'id' | 'card' | 'bank_account' | 'phone' | 'order' | 'tax' | 'money'

const CLUE_WORDS: Readonly<Record<Clue, string>> = {
  id: 'cccd|cmnd|cmt|cmtnd|căn cước|căn cước công dân|chứng minh|chứng minh thư|chứng minh nhân dân|định danh|số định danh|hộ chiếu|passport|giấy tờ tùy thân',
  card: 'số thẻ|thẻ|card|visa|mastercard|napas',
  bank_account: `stk|số tài khoản|tài khoản|tk|số tk|account|acc|accout|số acc|${BANKS}`,
  phone: 'sđt|sdt|đt|số điện thoại|điện thoại|phone|zalo|gọi|hotline|liên hệ|số máy|tổng đài|alo|di động|momo|viber|whatsapp|telegram',
  order:
    'mã đơn|đơn hàng|mã đơn hàng|mã vận đơn|vận đơn|đơn số|tracking|order|mã giao dịch|mã gd|mã|hóa đơn|số hóa đơn|seri|serial|sê ri|imei|biên lai|hợp đồng số|mã vạch|barcode|mã số',
  tax: 'mst|mã số thuế|tax',
  money: 'trừ|mất|số dư|giá|phí|còn lại|trị giá|số tiền|tổng|hết|bay|tốn|nợ',
}
const CLUES = Object.entries(CLUE_WORDS).map(([clue, words]) => ({
  clue: clue as Clue,
  pattern: new RegExp(`(?<![\\p{L}\\p{M}])(?:${spaced(eitherMarks(words))})(?![\\p{L}\\p{M}])`, 'gu'),
}))
/** Words that may be glued to a number without making it a code. */
const GLUED = new RegExp(
  `^(?:${eitherMarks('cccd|cmnd|cmt|stk|tk|sđt|sdt|đt|mst|số|là|thẻ|acc|account|visa|card|phone')}|${BANKS.replaceAll(' ', '')})$`,
)

type ClueWord = Place & { readonly clue: Clue }

/** A text and the words in it that say what a number is. */
interface Scene {
  readonly text: string
  readonly mails: readonly Place[]
  readonly clues: readonly ClueWord[]
}

/** The nearest word that says what a number is, and what stands between the two. */
interface Hint {
  readonly clue: Clue
  readonly gap: string
}

const REACH = 60
/** Beyond these a word no longer speaks of the number: another number, a mask, an empty line. */
const BARRIER = /^[\s\S]*(?:\d{6,}|\]|\n\s*\n)/u

function hintBefore({ text, mails, clues }: Scene, { start }: Group, before: Finding | undefined): Hint | undefined {
  const from = Math.max(0, start - REACH, before?.end ?? 0, mailEnd(mails, start))
  const reach = text.slice(from, start).replace(BARRIER, '')
  const nearest = clues.findLast((clue) => clue.end <= start && clue.start >= start - reach.length)
  if (nearest && nearest.end === start && ORDER_BEFORE.test(text.slice(from, nearest.start))) return { clue: 'order', gap: '' }
  return nearest ? { clue: nearest.clue, gap: text.slice(nearest.end, start) } : hintOfList(text, start, before)
}

/** "mã đơn TK77120458", "đơn hàng của em là TK77120458": letters glued to the number of an order name no account. */
const ORDER_BEFORE = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${spaced(eitherMarks('đơn|mã|order|vận đơn'))})(?:\\s+(?:${eitherMarks('hàng|số|của|em|tôi|mình|tui|con|cháu|là|này|đó|vận|đơn')}))*\\s*:?\\s*$`,
  'u',
)

/** @returns every word that says what a number is, by where it ends; of two that end together the longer is last. */
function cluesIn(text: string): ClueWord[] {
  return CLUES.flatMap(({ clue, pattern }) => placesOf(pattern, text).map((place) => ({ ...place, clue }))).sort(
    (a, b) => a.end - b.end || b.start - a.start,
  )
}

const AND = /\s*(?:[,;/]\s*|(?:và|va|hoặc|hoac|hay|\+|&)\s*)$/u
const LOOKS_LIKE_PHONE = /^(?:0|84)[35789](?:[\s.-]?\d){8}(?!\d)/

/** "stk 111111111 và 222222222": a number beside a masked one is of its kind, unless it looks like a telephone. Reads labels as it reads numbers. */
function hintOfList(text: string, start: number, before: Finding | undefined): Hint | undefined {
  if (LOOKS_LIKE_PHONE.test(text.slice(start, start + 20))) return undefined
  const ahead = text.slice(Math.max(0, start - REACH), start).replace(AND, '')
  const kind =
    KINDS.find((kind) => ahead.endsWith(LABELS[kind])) ??
    (before && start - before.end <= 12 && AND.exec(text.slice(before.end, start))?.index === 0 ? before.kind : undefined)
  return kind && kind !== 'email' && kind !== 'phone' ? { clue: kind, gap: '' } : undefined
}
