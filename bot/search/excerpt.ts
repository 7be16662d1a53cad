/** A short piece of a text around what was found in it, and where in the piece that stands. */
import { hitsOf, type Range, type Search } from './find.ts'

export interface Excerpt {
  readonly text: string
  /** In UTF-16 units of `text`, in order, without overlaps. */
  readonly hits: readonly Range[]
}

export const LONGEST_EXCERPT = 160
/** How much is shown before the first hit. */
const LEAD = 40
const MORE = '…'

/** @returns at most 160 characters of `text` where most of the hits are, on one line; from its beginning where nothing is found. */
export function excerptOf(search: Search, text: string): Excerpt {
  const hits = joined(search.flatMap((finder) => hitsOf(finder, text)))
  const piece = pieceOf(text, densest(hits))
  const before = piece.start > 0 ? MORE : ''
  const shift = before.length - piece.start
  return {
    text: `${before}${text.slice(piece.start, piece.end).replace(/\s/g, ' ')}${piece.end < text.length ? MORE : ''}`,
    hits: hits.flatMap((hit) => clipped(hit, piece)).map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  }
}

/** Hits of several terms may touch. */
function joined(hits: readonly Range[]): Range[] {
  const apart: Range[] = []
  for (const { start, end } of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1)
    if (last && start < last.end) apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, end) }
    else apart.push({ start, end })
  }
  return apart
}

/** @returns the first hit of those that stand together most. */
function densest(hits: readonly Range[]): Range {
  const together = hits.map(({ start }) => hits.filter((other) => other.start >= start && other.end <= start + LONGEST_EXCERPT - LEAD).length)
  return hits[together.indexOf(Math.max(...together))] ?? { start: 0, end: 0 }
}

/** @returns what is shown of `text`, cut between words where there are blanks, never inside a character. */
function pieceOf(text: string, first: Range): Range {
  if (text.length <= LONGEST_EXCERPT) return { start: 0, end: text.length }
  const start = beginning(text, Math.max(0, Math.min(first.start - LEAD, text.length - LONGEST_EXCERPT + MORE.length)), first)
  const room = LONGEST_EXCERPT - (start > 0 ? MORE.length : 0)
  if (text.length - start <= room) return { start, end: text.length }
  return { start, end: ending(text, start + room - MORE.length, Math.max(first.end, start)) }
}

function beginning(text: string, at: number, { start }: Range): number {
  if (at === 0) return 0
  const blank = text.slice(at - 1, start).search(/\s/)
  return blank < 0 ? characterStart(text, at) : at + blank
}

/** A word too long to be left out whole is cut. */
function ending(text: string, at: number, hitEnd: number): number {
  const least = Math.max(hitEnd, at - LEAD)
  const blank = text.slice(least, at + 1).search(/\s\S*$/)
  return blank < 0 ? characterStart(text, at) : least + blank
}

/** @returns `at`, or where the character begins that `at` would cut. */
function characterStart(text: string, at: number): number {
  let start = at
  while (start > 0 && /^(?:[\uDC00-\uDFFF]|\p{M})/u.test(text.slice(start, start + 2))) start--
  return start
}

function clipped({ start, end }: Range, piece: Range): Range[] {
  const range = { start: Math.max(start, piece.start), end: Math.min(end, piece.end) }
  return range.start < range.end ? [range] : []
}
