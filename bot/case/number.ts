/**
 * Case numbers: "GL26-4K7-9HX-2MR" — province, year, nine characters in threes, the last a check character.
 *
 * The letters. Read aloud in Vietnamese most letters fall into groups that nobody tells apart on the telephone, by name or by sound:
 *
 *     bê xê dê đê giê pê tê vê → T      em-mờ en-nờ    → M      e-lờ e-rờ → R
 *     sờ xờ dờ, ét ép          → X      cờ ca quờ      → K      a hát     → H      i, gi, y dài → Y
 *
 * so each group gives one letter and no more, and where there is a choice one that looks like no digit
 * (O 0, I L 1, Z 2, S 5, G 6, B 8 are left to the digits). No A, E, O, U: hardly a word can arise by chance.
 * Ten digits and seven letters make seventeen, a prime, which the check needs.
 *
 * The check: with the values a₀ … a₁₀ of year, random part and check character, Σ aᵢ·3¹⁰⁻ⁱ ≡ 0 (mod 17): a pure system in the manner of
 * ISO 7064. The power of 3 differs at all eleven places and is never 0, so one wrong character and any two that changed places are always
 * noticed; so is a doubled character taken for another ("44" for "77"), since 1 + 3 is not 0 either.
 */
import { fold } from '../../knowledge/language/normalise.ts'

declare const caseNumber: unique symbol
/** Written in its one normal form; made only here. */
export type CaseNumber = string & { readonly [caseNumber]: true }

/** `check`: has the shape, but some character is wrong. `form`: is not a case number. Neither says whether a case exists. */
export interface WrongNumber {
  readonly wrong: 'check' | 'form'
}

export const CASE_ALPHABET = '0123456789HKMRTXY'
const PROVINCE = 'GL'
const BASE = CASE_ALPHABET.length
const RADIX = 3
/** Every group holds a letter: then no stretch of digits is long enough to be taken for a telephone, identity or account number, and masked. */
const withLetter = (groups: readonly string[]): readonly string[] => groups.filter((group) => /\D/.test(group))
const longer = (groups: readonly string[]): readonly string[] => groups.flatMap((group) => [...CASE_ALPHABET].map((symbol) => group + symbol))
const ALL_PAIRS = longer([...CASE_ALPHABET])
const PAIRS = withLetter(ALL_PAIRS)
const THREES = withLetter(longer(ALL_PAIRS))

/** How many numbers there are in a year: over 2³¹. The remainder of 64 random bits is even to one part in 2³². */
export const CASE_NUMBERS_A_YEAR = THREES.length * THREES.length * PAIRS.length
export const RANDOM_BYTES = 8

/** What people write for a character that it looks like. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' }
const WRITABLE = `${CASE_ALPHABET}${Object.keys(LOOK_ALIKES).join('')}`

/** How a character is read; the word after a letter is for the telephone. */
const SPOKEN: Readonly<Record<string, string>> = {
  ...{ 0: 'không', 1: 'một', 2: 'hai', 3: 'ba', 4: 'bốn', 5: 'năm', 6: 'sáu', 7: 'bảy', 8: 'tám', 9: 'chín' },
  ...{ H: 'hát như hoa', K: 'ca như kẹo', M: 'em-mờ như mẹ', R: 'e-rờ như rau', T: 'tê như tôm', X: 'ích-xì như xe', Y: 'y dài như yêu' },
}

/** Words heard or dictated, folded; a name of two syllables counts once ("hai mươi sáu": 26). */
const HEARD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ khong: '0', mot: '1', hai: '2', ba: '3', bon: '4', tu: '4', nam: '5', lam: '5', sau: '6', bay: '7', tam: '8', chin: '9' },
    ...{ hat: 'H', hac: 'H', ho: 'H', ca: 'K', mo: 'M', ro: 'R', te: 'T', to: 'T', ich: 'X', xo: 'X', go: 'G', gie: 'G', lo: 'L' },
    ...{ em: '', e: '', xi: '', gach: '', ngang: '', noi: '', tru: '', cham: '', phay: '', cach: '', ma: '', so: '', muoi: '' },
  }),
)

/** @returns a new number. @param random eight bytes from a secure source @throws RangeError for another year than 2000–2099 or too few bytes */
export function newCaseNumber(random: Uint8Array, year: number): CaseNumber {
  if (!Number.isInteger(year) || year < 2000 || year > 2099) throw new RangeError(`A case number needs a year from 2000 to 2099, not ${year}.`)
  if (random.length < RANDOM_BYTES) throw new RangeError(`A case number needs ${RANDOM_BYTES} random bytes, not ${random.length}.`)
  const unchecked = String(year).slice(2) + randomPart(random)
  return written(unchecked + checkCharacter(unchecked))
}

function randomPart(random: Uint8Array): string {
  const drawn = new DataView(random.buffer, random.byteOffset, RANDOM_BYTES).getBigUint64(0) % BigInt(CASE_NUMBERS_A_YEAR)
  const [first, rest] = [Number(drawn) % THREES.length, Math.floor(Number(drawn) / THREES.length)]
  return `${THREES[first]}${THREES[rest % THREES.length]}${PAIRS[Math.floor(rest / THREES.length)]}`
}

/** The last place weighs 3⁰ = 1: its value is what the others lack to a multiple of seventeen. */
function checkCharacter(unchecked: string): string {
  return CASE_ALPHABET[(BASE - remainder(`${unchecked}0`)) % BASE] as string
}

/** Σ aᵢ·3¹⁰⁻ⁱ mod 17, from the left by Horner. */
function remainder(symbols: string): number {
  return [...symbols].reduce((sum, symbol) => (sum * RADIX + CASE_ALPHABET.indexOf(symbol)) % BASE, 0)
}

function written(symbols: string): CaseNumber {
  return `${PROVINCE}${symbols.slice(0, 2)}-${symbols.slice(2, 5)}-${symbols.slice(5, 8)}-${symbols.slice(8)}` as CaseNumber
}

/** @returns how an officer reads it aloud: "Gia Lai hai sáu, gạch, bốn, ca như kẹo, bảy, gạch, …"; `parseCaseNumber` understands it. */
export function spoken(number: CaseNumber): string {
  const [first = '', ...threes] = number.slice(PROVINCE.length).split('-')
  const read = (part: string, between: string): string => [...part].map((symbol) => SPOKEN[symbol]).join(between)
  return [`Gia Lai ${read(first, ' ')}`, ...threes.map((part) => read(part, ', '))].join(', gạch, ')
}

/**
 * @param text the number and nothing else: any case and spacing, dashes or dots, look-alikes, with or without "GL",
 * characters dictated as Vietnamese words
 * @returns the number in its normal form, or what is wrong
 */
export function parseCaseNumber(text: string): CaseNumber | WrongNumber {
  const symbols = symbolsOf(text)
  if (symbols === undefined || !/^\d\d.{9}$/.test(symbols)) return { wrong: 'form' }
  return remainder(symbols) === 0 ? written(symbols) : { wrong: 'check' }
}

const LONGEST = 400

/** The eleven characters behind "GL", if the text is made of nothing else. */
function symbolsOf(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  const read = namesRead(text.normalize('NFKC'))
    .split(/[^\p{L}\p{N}]+/u)
    .map(heard)
  if (read.includes(undefined)) return undefined
  return [...read.join('').replace(/^G[L1I]/, '')].map((one) => LOOK_ALIKES[one] ?? one).join('')
}

/** Names of several words; what follows "như" is only for the ear. */
function namesRead(text: string): string {
  return text
    .replace(/(?<!\p{L})gia\s+lai(?!\p{L})/giu, ' GL ')
    .replace(/(?<!\p{L})[yi]\s+d[àa]i(?!\p{L})/giu, ' Y ')
    .replace(/(?<!\p{L})nh[ưu]\s+\p{L}+/giu, ' ')
}

/** Written characters stay; a word is a spoken one only if it could not be written characters ("mot" is M0T, "một" is 1). */
function heard(token: string): string | undefined {
  const upper = token.toUpperCase()
  if ([...upper].every((one) => WRITABLE.includes(one))) return upper
  return HEARD.get(fold(token))
}

const BETWEEN = '(?:[\\s.,_/·\\-‐-―−]|gạch(?:\\s+(?:ngang|nối))?|gach(?:\\s+(?:ngang|noi))?|chấm|cham)*'
const WHOLE = new RegExp(`(?<![\\p{L}\\p{N}])g${BETWEEN}[l1i](?:${BETWEEN}[${WRITABLE}]){11}(?![\\p{L}\\p{N}])`, 'giu')
/** Too short, too long or with strange letters, yet surely meant as a case number: one run of characters with a digit behind the year. */
const MEANT = /(?<![\p{L}\p{N}])g[\s-]?[l1i][\s-]?\d\d-?(?=\S{0,30}\d)[\p{L}\p{N}-]{5,}/iu

/**
 * @returns the first right number in a sentence; else what is wrong with the first thing that looks like one;
 * undefined where nothing does. Here the number must begin with "GL".
 */
export function caseNumberIn(text: string): CaseNumber | WrongNumber | undefined {
  const sentence = text.normalize('NFKC')
  const found = [...sentence.matchAll(WHOLE)].map(([whole]) => parseCaseNumber(whole))
  const right = found.find((one) => typeof one === 'string')
  return right ?? found[0] ?? (MEANT.test(sentence) ? { wrong: 'form' } : undefined)
}

/** @returns a sentence without the case numbers in it, or without what was surely meant as one. */
export function withoutCaseNumber(text: string): string {
  const sentence = text.normalize('NFKC')
  const left = sentence.replace(WHOLE, ' ')
  return (left === sentence ? sentence.replace(new RegExp(`${MEANT.source}`, 'giu'), ' ') : left).replace(/\s+/g, ' ').trim()
}
