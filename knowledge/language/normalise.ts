/** Vietnamese text to one canonical written form. Pure functions, no data files. */

// Zero-width, bidirectional, tag and other invisible characters: they hide instructions and split words.
const INVISIBLE = /[\p{Cf}\u{E0000}-\u{E007F}\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0\uFE00-\uFE0F]/gu
const CONTROL = /[\p{Cc}--[\n\t]]/gv

const TONE_MARKS = '\u0300\u0301\u0303\u0309\u0323'
/** "oà", "oè", "uỳ" at the end of a syllable, not after q: the older placement is on the first vowel. */
const LATE_TONE = new RegExp(
  `(?<![qQ])([oO])([aAeE])([${TONE_MARKS}])(?![\\p{L}\\p{M}])|(?<![qQ])([uU])([yY])([${TONE_MARKS}])(?![\\p{L}\\p{M}])`,
  'gu',
)

/** @returns `text` in NFC without invisible or control characters, with single spaces and at most one blank line in a row. */
export function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(CONTROL, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** @returns `text` in NFC with one tone placement: "hoà" → "hòa", "thuỷ" → "thủy"; "quý" and "hoàn" stay. */
export function placeTones(text: string): string {
  return text
    .normalize('NFD')
    .replace(LATE_TONE, (_, o, ae, t1, u, y, t2) => (o ? `${o}${t1}${ae}` : `${u}${t2}${y}`))
    .normalize('NFC')
}

/** @returns the form that words are compared in: NFC, lower case, one tone placement. */
export function canonical(text: string): string {
  return placeTones(text.normalize('NFC').toLowerCase())
}

/** @returns lower-case `text` without tone and vowel marks, đ as d: "Đổi trả" → "doi tra". */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
    .normalize('NFC')
}

/** @returns whether any letter of `text` carries a Vietnamese mark or is đ. */
export function hasMarks(text: string): boolean {
  return /[đĐ]|\p{M}/u.test(text.normalize('NFD'))
}
