/** What an officer types into the search box, as terms that must all occur: words, phrases in quotes, numbers in any grouping, case numbers. */
import { type CaseNumber, caseNumberIn, withoutCaseNumber } from '../case/number.ts'

/** `words`: one word, or a phrase that was put in quotes. `number`: its digits, a telephone number as it is dialled in Vietnam. */
export type Term =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'case'; readonly number: CaseNumber }

/** Why nothing is searched. `too_short`: a single letter would find everything. */
export type QueryProblem = 'empty' | 'too_short' | 'too_long' | 'too_many'

export const LONGEST_QUERY = 200
export const MOST_TERMS = 12
/** From so many digits on, how a number is grouped says nothing: 1200000 is 1.200.000. */
const LONG_NUMBER = 6

const GAP = String.raw`[\s.()\/-]{0,3}`
const PHONE = String.raw`(?:\+?84|0)(?:${GAP}\d){9}`
const HOTLINE = String.raw`1[89]00(?:${GAP}\d){4,6}`
const GROUPED = String.raw`\d+(?:[.,\/-]\d+)*(?:vnđ|vnd|đ|d)?`
const NUMBER = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])(?:${PHONE}|${HOTLINE}|${GROUPED})(?![\p{L}\p{M}\p{N}])`, 'giu')
const PHRASE = /["“”„]([^"“”„]*)["“”„]/gu
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu

/** @returns the terms of `text`, at least one, or what is wrong with it. */
export function parseQuery(text: string): readonly Term[] | QueryProblem {
  if (text.length > LONGEST_QUERY) return 'too_long'
  const terms = termsOf(text.normalize('NFKC'))
  if (terms.length === 0) return 'empty'
  if (terms.length > MOST_TERMS) return 'too_many'
  return terms.every(isSingleLetter) ? 'too_short' : terms
}

function termsOf(text: string): Term[] {
  const phrases = [...text.matchAll(PHRASE)].flatMap(([, inside = '']) => phraseOf(inside))
  return [...phrases, ...looseTerms(text.replace(PHRASE, ' '))]
}

const wordsOf = (text: string): string[] => text.match(WORD) ?? []

function phraseOf(inside: string): Term[] {
  const words = wordsOf(inside)
  return words.length === 0 ? [] : [{ kind: 'words', words }]
}

function looseTerms(text: string): Term[] {
  const number = caseNumberIn(text)
  return typeof number === 'string' ? [{ kind: 'case', number }, ...numbersAndWords(withoutCaseNumber(text))] : numbersAndWords(text)
}

function numbersAndWords(text: string): Term[] {
  const numbers = [...text.matchAll(NUMBER)].map(([written]) => dialled(written.replace(/\D/g, ''))).filter(isLong)
  const rest = text.replace(NUMBER, (written) => (isLong(written.replace(/\D/g, '')) ? ' ' : written))
  return [...numbers.map((digits): Term => ({ kind: 'number', digits })), ...wordsOf(rest).map((word): Term => ({ kind: 'words', words: [word] }))]
}

const isLong = (digits: string): boolean => digits.length >= LONG_NUMBER

/** As it is dialled in Vietnam: +84 905… is 0905…. */
const dialled = (digits: string): string => digits.replace(/^84(?=\d{9}$)/, '0')

function isSingleLetter(term: Term): boolean {
  return term.kind === 'words' && term.words.every((word) => [...word.normalize('NFC')].length < 2)
}
