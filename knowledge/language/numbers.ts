/** Numbers below one thousand written in words: "hai mươi lăm" → 25. */
import { bare, eitherMarks } from './aligned.ts'

const UNIT = '(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)'
const LAST = `(?:${UNIT}|mốt|tư|lăm|nhăm)`
const TENS = `(?:(?:${UNIT}\\s+(?:mươi|chục)|mười)(?:\\s+${LAST})?|${UNIT}\\s+(?:lăm|nhăm))`
/** "trăm chín chục": one hundred goes without its number, but "mấy trăm" says none. */
const HUNDREDS = `${UNIT}\\s+trăm(?:\\s+(?:linh|lẻ)\\s+${UNIT}|\\s+${TENS})?|(?<!(?:mấy|vài|hàng|dăm|bạc|\\d)\\s+)trăm\\s+${TENS}`

/** A pattern source for a number in words, marked or not; the longest form comes first. */
export const NUMBER_WORDS = eitherMarks(`(?:${HUNDREDS}|${TENS}|${UNIT})`)

const DIGITS = new Map(Object.entries({ mot: 1, hai: 2, ba: 3, bon: 4, tu: 4, nam: 5, lam: 5, nham: 5, sau: 6, bay: 7, tam: 8, chin: 9 }))
const SCALES = new Map(Object.entries({ tram: 100, muoi: 10, chuc: 10, ham: 20 }))

/** @returns the number that `text` (a match of {@link NUMBER_WORDS}) says; 0 when it says none. */
export function numberInWords(text: string): number {
  let total = 0
  let digit = 0
  for (const word of bare(text).split(' ')) {
    const scale = SCALES.get(word)
    // "ba lăm": a digit right behind a digit makes the first one tens.
    total += scale ? scale * (digit || 1) : DIGITS.has(word) ? 10 * digit : 0
    digit = scale ? 0 : (DIGITS.get(word) ?? digit)
  }
  return total + digit
}
