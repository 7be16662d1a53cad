/**
 * Cutting a long reply into messages of a channel. A cut is made where it hurts least: between paragraphs, else lines, sentences, clauses, words. A citation is never
 * cut, a heading is never left without what it heads, and nothing but white space at a cut is lost.
 *
 *   start ├────────────── window of `most` units ──────────────┤
 *         ·····line·······sentence····paragraph·······line······   of the cuts that leave a message worth sending, the best kind; of these the last
 */

/** How well a text may be cut after a position; the higher the better. */
const PARAGRAPH = 5
const LINE = 4
const SENTENCE = 3
const CLAUSE = 2
const WORD = 1

/** A message that a cut of this kind makes must fill at least this share of the window, or a worse kind of cut that fills more is taken. */
const WORTH: Readonly<Record<number, number>> = { [PARAGRAPH]: 0.4, [LINE]: 0.3, [SENTENCE]: 0.25, [CLAUSE]: 0.2, [WORD]: 0 }

const KINDS: readonly (readonly [kind: number, pattern: RegExp])[] = [
  [PARAGRAPH, /\n[ \t]*\n\s*/g],
  [LINE, /\n/g],
  // Not after a single letter or digit: "khoản 1. Điều" and "a. Bên bán" are no ends of sentences.
  [SENTENCE, /(?<=[\p{L}\p{N})”"]{2}[.!?…]+[”")]?)[ \t]+/gu],
  [CLAUSE, /(?<=[;,:])[ \t\n]+/g],
  [WORD, /\s+/g],
]

/** "điểm a, b khoản 2 Điều 39 Luật … (19/2023/QH15)", and a bare "khoản 2 Điều 39". */
const CITATION =
  /(?:điểm \p{L}(?:(?:, | và )\p{L})* )?(?:khoản \d+(?:(?:, | và |–|-)\d+)* )?Điều \d+\p{L}?(?:[^\n.;]{0,160}?\(\d+\/(?:\d{4}\/)?[\p{Lu}\d-]+\))?/giu

interface Cut {
  /** Where the message ends, and where the next one begins. */
  readonly end: number
  readonly next: number
  readonly kind: number
}

/** @returns `text` in pieces of at most `longest` UTF-16 units (at least 1); joined again they differ from it in white space only. */
export function split(text: string, longest: number): readonly string[] {
  const most = Math.max(1, longest)
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > most) {
    const { end, next } = bestCut(rest, most)
    pieces.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(next).trimStart()
  }
  return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest]
}

function bestCut(text: string, most: number): Cut {
  const kept = citationsIn(text, most)
  const cuts = cutsIn(text, most).filter(({ end, next }) => !kept.some((span) => span.from < next && end < span.to))
  // A heading goes with what it heads, unless there is no other place at all.
  return (
    bestOf(
      cuts.filter((cut) => !isAfterHeading(text, cut)),
      most,
    ) ??
    bestOf(cuts, most) ??
    hardCut(text, most)
  )
}

function bestOf(cuts: readonly Cut[], most: number): Cut | undefined {
  for (const [kind] of KINDS) {
    const last = cuts.findLast((cut) => cut.kind === kind && cut.end >= (WORTH[kind] ?? 0) * most)
    if (last) return last
  }
  return undefined
}

function isAfterHeading(text: string, { end, next }: Cut): boolean {
  return text[end - 1] === ':' && text.slice(end, next).includes('\n')
}

/** Every cut whose message fits, in order. */
function cutsIn(text: string, most: number): readonly Cut[] {
  // One more than fits: white space right behind the window is a good place too.
  const window = text.slice(0, most + 1)
  const cuts = KINDS.flatMap(([kind, pattern]) =>
    [...window.matchAll(pattern)].map((match) => ({ end: match.index, next: match.index + match[0].length, kind })),
  )
  return cuts.filter(({ end }) => end > 0 && end <= most).sort((a, b) => a.end - b.end)
}

/** Where citations stand; one that is longer than a whole message cannot be kept. */
function citationsIn(text: string, most: number): readonly { readonly from: number; readonly to: number }[] {
  return [...text.slice(0, most + 400).matchAll(CITATION)]
    .map((match) => ({ from: match.index, to: match.index + match[0].length }))
    .filter(({ from, to }) => to - from <= most / 2)
}

const characters = new Intl.Segmenter('vi', { granularity: 'grapheme' })

/** One endless word: cut between characters as people see them, or, where a single one is longer than a message, anywhere. */
function hardCut(text: string, most: number): Cut {
  let end = 0
  for (const { index, segment } of characters.segment(text.slice(0, most + 64))) {
    if (index + segment.length > most) break
    end = index + segment.length
  }
  const at = end > 0 ? end : wholeCharacter(text, most)
  return { end: at, next: at, kind: 0 }
}

/** Not between the two halves of one, where there is room for both. */
function wholeCharacter(text: string, at: number): number {
  return at > 1 && /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') ? at - 1 : at
}
