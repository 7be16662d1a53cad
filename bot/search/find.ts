/**
 * Where the terms of a search stand in a text. Patterns run over the text as it is, never over a folded copy, so that a place is right whatever the text is made
 * of: composed or decomposed marks, capitals, invisible characters.
 *
 *   "lừa"  ─▶  l · any u or ư · any a  ─▶  "lừa" exact · "lua", "lưa" loose (marks left out) · "lúa" nothing (another mark)
 *   "lua"  ─▶  the same pattern         ─▶  all of them exact: who types without marks means any
 */
import { fold } from '../../knowledge/language/normalise.ts'
import type { Term } from './query.ts'

/** A place in a text, in UTF-16 units. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** `exact`: with the very marks that were typed; else some of them were left out in the text. */
export interface Hit extends Range {
  readonly exact: boolean
}

/** One term, ready to be looked for in many texts. */
export interface Finder {
  readonly pattern: RegExp
  /** @returns whether the words that the pattern found are exactly those that were typed; undefined: they are others. */
  readonly judge: (words: readonly string[]) => boolean | undefined
}

/** A search, ready to run. */
export type Search = readonly Finder[]

/** @returns the search for all of `terms`. */
export function searchFor(terms: readonly Term[]): Search {
  return terms.map(finderOf)
}

function finderOf(term: Term): Finder {
  switch (term.kind) {
    case 'words':
      return { pattern: new RegExp(`${term.words.map(wordPattern).join(BETWEEN_WORDS)}(?!${IN_WORD})`, 'gu'), judge: judgeOf(term.words) }
    case 'number':
      // A unit or a label may be glued to it: "1.200.000đ", "sđt0905123456".
      return { pattern: bordered(numberPattern(term.digits), '\\d'), judge: () => true }
    case 'case':
      return { pattern: bordered(spread(term.number.replaceAll('-', '')), IN_WORD), judge: () => true }
  }
}

/** @returns every hit of `finder` in `text`, in order, without overlaps. */
export function hitsOf({ pattern, judge }: Finder, text: string): readonly Hit[] {
  const hits: Hit[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [found, ...words] = match
    const exact = judge(words)
    if (exact !== undefined) hits.push({ start: match.index, end: match.index + found.length, exact })
    // What was no hit may hide one that begins inside it.
    else pattern.lastIndex = match.index + 1
  }
  return hits
}

// ── patterns ────────────────────────────────────────────────────────────────────────────────────

const IN_WORD = '[\\p{L}\\p{M}\\p{N}]'
const BETWEEN_WORDS = '[^\\p{L}\\p{M}\\p{N}]+'
const BETWEEN_DIGITS = '[\\s.,()_/·‐-―−-]{0,3}'

/** `border`: what may stand neither before nor behind. */
const bordered = (source: string, border: string): RegExp => new RegExp(`(?<!${border})${source}(?!${border})`, 'giu')

/** Every letter of the Latin, Greek and Cyrillic blocks, capitals too, by the plain small letter that it is read as: many times cheaper than a pattern that ignores case. */
const FAMILIES: ReadonlyMap<string, string> = familiesOf([
  [0x0041, 0x005a],
  [0x00c0, 0x052f],
  [0x1e00, 0x1eff],
])

function familiesOf(blocks: readonly (readonly [number, number])[]): ReadonlyMap<string, string> {
  const letters = blocks.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)))
  const families = new Map<string, string>()
  for (const letter of letters) families.set(fold(letter), (families.get(fold(letter)) ?? '') + letter)
  return families
}

/**
 * Invisible characters may hide in a word. What may not stand before it is looked at behind its first letter: a pattern that begins with a letter runs over a text
 * several times as fast as one that begins by looking back.
 */
function wordPattern(word: string): string {
  const [first = '', ...rest] = [...fold(word)].map((letter) => `[${letter}${FAMILIES.get(letter) ?? ''}]`)
  return `(${[`${first}(?<!${IN_WORD}${first})`, ...rest].map((letter) => `${letter}\\p{M}*`).join('\\p{Cf}*')})`
}

function numberPattern(digits: string): string {
  const rest = digits.slice(1)
  return /^0\d{9}$/.test(digits) ? `(?:0|\\+?84)${BETWEEN_DIGITS}${spread(rest)}` : spread(digits)
}

const spread = (characters: string): string => [...characters].join(BETWEEN_DIGITS)

// ── marks ───────────────────────────────────────────────────────────────────────────────────────

/** @returns the marks of a word, wherever in it they stand ("hoà" is "hòa"), the stroke of đ among them. */
function marksOf(word: string): string {
  return (
    word
      .toLowerCase()
      .normalize('NFD')
      .match(/[\p{M}đ]/gu) ?? []
  )
    .sort()
    .join('')
}

function judgeOf(words: readonly string[]): Finder['judge'] {
  const typed = words.map(marksOf)
  return (words) => {
    const marks = words.map(marksOf)
    if (typed.every((of, i) => of === '' || of === marks[i])) return true
    return typed.every((of, i) => of === '' || isPartOf(marks[i] ?? '', of)) ? false : undefined
  }
}

/** Both are sorted. */
function isPartOf(some: string, all: string): boolean {
  let at = 0
  for (const mark of all) if (some[at] === mark) at++
  return at === some.length
}
