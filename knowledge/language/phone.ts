/** A telephone number of Vietnam in a message, in whatever form people write their own: +84, 84, 0084, with spaces, dots, brackets, the letter o for nought, or dictated in words. */
import { fold } from './normalise.ts'

/** `wrong`: digits that were meant as a number and that no telephone here has. `start` and `end` are places in the text that was given. */
export type PhoneRead = { readonly kind: 'phone'; readonly phone: string; readonly start: number; readonly end: number } | WrongPhone
interface WrongPhone {
  readonly kind: 'wrong'
  readonly start: number
  readonly end: number
}

/** Mobile numbers have ten digits; landlines begin with 02 and have ten or eleven. */
const DIALLED = /^0(?:[35789]\d{8}|2\d{8,9})$/
/** So many digits in a row are no hour and no day any more. */
const MEANT_FROM = 7
const GROUP = /(?<![\p{L}\p{N}])[\doO]*\d[\doO]*(?![\p{L}])/gu
const BETWEEN = /^[\s.,()–-]{1,5}$/u

/** @returns the digits as they are dialled in Vietnam, beginning with 0; undefined where no telephone has such a number. */
export function dialled(written: string): string | undefined {
  const digits = written.replace(/[oO]/g, '0').replace(/\D/g, '')
  const national = digits.replace(/^(?:00)?84(?=0?\d{9,10}$)/, '0').replace(/^00/, '0')
  return DIALLED.test(national) ? national : undefined
}

/** @returns the first number in `text`; where none is right, what was meant as one; undefined where there is neither. Never throws. */
export function phoneIn(text: string): PhoneRead | undefined {
  const runs = runsOf(text)
  for (const run of runs) {
    const found = rightIn(run)
    if (found) return found
  }
  return inWords(text) ?? runs.map(wrongIn).find((wrong) => wrong !== undefined)
}

interface Group {
  readonly written: string
  readonly start: number
  readonly end: number
}

/** Groups of digits with nothing but a separator between them. */
function runsOf(text: string): readonly (readonly Group[])[] {
  const runs: Group[][] = []
  for (const { 0: written, index: start } of text.matchAll(GROUP)) {
    const group = { written, start, end: start + written.length }
    const last = runs.at(-1)?.at(-1)
    if (last && BETWEEN.test(text.slice(last.end, start))) runs.at(-1)?.push(group)
    else runs.push([group])
  }
  return runs
}

/** Whole groups only, the longest stretch first: an hour may stand right behind the number. */
function rightIn(run: readonly Group[]): PhoneRead | undefined {
  for (const [from, first] of run.entries()) {
    for (let to = Math.min(run.length, from + DIGITS_MOST); to > from; to--) {
      const phone = dialled(joined(run.slice(from, to)))
      if (phone) return { kind: 'phone', phone, start: first.start, end: run[to - 1]?.end ?? first.end }
    }
  }
  return undefined
}

/** No number has more digits, so none has more groups. */
const DIGITS_MOST = 14

const joined = (groups: readonly Group[]): string => groups.map(({ written }) => written).join('')

function wrongIn(run: readonly Group[]): WrongPhone | undefined {
  const [first, last] = [run[0], run.at(-1)]
  return first && last && joined(run).length >= MEANT_FROM ? { kind: 'wrong', start: first.start, end: last.end } : undefined
}

const DIGIT_WORDS: Readonly<Record<string, string>> = {
  ...{ khong: '0', linh: '0', mot: '1', hai: '2', ba: '3', bon: '4', tu: '4' },
  ...{ nam: '5', lam: '5', sau: '6', bay: '7', tam: '8', chin: '9' },
}

/** "không chín không năm …": a number is dictated from nought on; words that only look like digits stand alone. */
function inWords(text: string): PhoneRead | undefined {
  const words = [...text.matchAll(/[\p{L}\p{M}]+/gu)].map(({ 0: word, index }) => ({
    digit: DIGIT_WORDS[fold(word)] ?? '',
    start: index,
    end: index + word.length,
  }))
  for (const [from, first] of words.entries()) {
    if (first.digit !== '0') continue
    for (const length of [11, 10]) {
      const run = words.slice(from, from + length)
      const phone = run.every(({ digit }) => digit !== '') ? dialled(run.map(({ digit }) => digit).join('')) : undefined
      if (phone && run.length === length) return { kind: 'phone', phone, start: first.start, end: run.at(-1)?.end ?? first.end }
    }
  }
  return undefined
}
