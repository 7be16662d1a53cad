/** A comparable form of a text that remembers where each of its characters came from. */
import { canonical, fold, placeTones } from './normalise.ts'

const CLUSTER = /\P{M}\p{M}*|\p{M}+/gsu
const INVISIBLE = /^[\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0\uFE00-\uFE0F]/u
/** Full-width forms and mathematical digits: other shapes of the characters of a keyboard. */
const WIDE = /^[\uFF01-\uFF5E\u{1D7CE}-\u{1D7FF}]/u
const MARKED_WORD = /(?<!\\)\p{L}*(?:[đĐ]|(?![A-Za-z])\p{L})\p{L}*/gu

/** Of a run of blanks three are kept: enough to see an empty line, too few to make a pattern slow. */
const BLANK = /^\s$/u
const ENDS_BLANK = /\s{3}$/u

/** A piece of the original text. */
export interface Span {
  readonly text: string
  readonly index: number
}

/** The comparable text, and the way back from its positions to the original. */
export interface Aligned {
  readonly text: string
  readonly span: (start: number, end: number) => Span
}

/** @returns `original` in lower-case NFC, one tone placement, plain digits and no invisible characters, with the way back. Never throws. */
export function align(original: string): Aligned {
  const starts: number[] = []
  const ends: number[] = []
  let text = ''
  for (const { 0: cluster, index } of original.matchAll(CLUSTER)) {
    const plain = BLANK.test(cluster) && ENDS_BLANK.test(text.slice(-3)) ? '' : comparable(cluster)
    text += plain
    for (let i = 0; i < plain.length; i++) {
      starts.push(index)
      ends.push(index + cluster.length)
    }
  }
  const placed = placeTones(text)
  return { text: placed.length === text.length ? placed : text, span: (start, end) => slice(original, starts[start] ?? 0, ends[end - 1] ?? 0) }
}

const slice = (original: string, from: number, to: number): Span => ({ text: original.slice(from, Math.max(from, to)), index: from })

function comparable(cluster: string): string {
  if (INVISIBLE.test(cluster)) return ''
  return (WIDE.test(cluster) ? cluster.normalize('NFKC') : cluster.normalize('NFC')).toLowerCase()
}

/** @returns a regular expression source in which every marked word also stands without its marks: "tháng" → "(?:tháng|thang)". */
export function eitherMarks(source: string): string {
  return placeTones(source.normalize('NFC')).replace(MARKED_WORD, (word) => `(?:${word}|${fold(word)})`)
}

/** A word begins (ends) here: no letter or digit stands before (behind). */
export const WORD_START = '(?<![\\p{L}\\p{M}\\p{N}])'
export const WORD_END = '(?![\\p{L}\\p{M}\\p{N}])'

/** @returns a global Unicode pattern over whole words, spaces in `source` standing for any white space and marks optional. */
export function words(source: string): RegExp {
  return new RegExp(`${WORD_START}(?:${spaced(eitherMarks(source))})${WORD_END}`, 'gu')
}

/** @returns `source` with every space standing for any run of white space. */
export function spaced(source: string): string {
  return source.replace(/ +/g, '\\s+')
}

/** A match with its place in the comparable text. */
export interface Place {
  readonly start: number
  readonly end: number
}

/** @returns the places in reading order without overlaps: the earlier wins, of two that begin together the longer. */
export function leftmostLongest<T extends Place>(places: readonly T[]): T[] {
  const kept: T[] = []
  let end = 0
  for (const place of [...places].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (place.start < end || place.end <= place.start) continue
    kept.push(place)
    end = place.end
  }
  return kept
}

/** @returns whether the two places share a character. */
export const overlaps = (a: Place, b: Place): boolean => a.start < b.end && b.start < a.end

/** @returns the places of every match of `pattern` (a global one) in `text`. */
export function placesOf(pattern: RegExp, text: string): Place[] {
  return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
}

/** @returns the word in the form that tables without marks are keyed by. */
export const bare = (word: string): string => fold(canonical(word)).replace(/\s+/g, ' ').trim()
