/** Damage that printing and copying does to Vietnamese text: torn syllables, decomposed or invisible letters. What was mended is told. */
import { clean } from '../language/normalise.ts'
import { isSyllable } from '../language/syllable-shape.ts'
import type { Line } from './line.ts'

export interface Mended {
  readonly lines: readonly Line[]
  /** Syllables that stood torn apart, as they are now, in order of first appearance. */
  readonly joined: readonly string[]
  /** How many letters nobody sees were taken out. */
  readonly invisible: number
}

/** @returns the lines in NFC, without invisible letters, with torn syllables ("ngườ i", "đị nh") joined. */
export function mend(lines: readonly Line[]): Mended {
  const joined = new Set<string>()
  let invisible = 0
  const mended = lines.map((line) => {
    const tidy = clean(line.text)
    invisible += invisibleIn(line.text)
    return { ...line, text: joinTorn(tidy, joined) }
  })
  return { lines: mended, joined: [...joined], invisible }
}

/** Soft hyphens are invisible and harmless: word processors put them in. */
const UNSEEN = /[[\p{Cf}\u{E0000}-\u{E007F}]--[\u00AD\uFEFF]]/gv
const invisibleIn = (text: string) => text.match(UNSEEN)?.length ?? 0

/** Behind these a single letter is a name: "điểm d ở trên", "nhóm B ăn". Behind a number it is a unit. */
const BEFORE_A_LETTER = /(?:điểm|khoản|mục|lục|biểu|mẫu|nhóm|loại|hạng|bậc|phần|số|hình|bảng|vitamin|\d)$/iu
const TORN = /(?<![\p{L}\p{M}])([\p{L}\p{M}]{1,6}) ([\p{L}\p{M}]{1,5})(?![\p{L}\p{M}])/gu

function joinTorn(text: string, joined: Set<string>): string {
  let result = text
  // Each pass starts one word later than a pair that was no pair.
  for (let from = 0; ; ) {
    TORN.lastIndex = from
    const found = TORN.exec(result)
    if (!found) return result
    const [pair, left = '', right = ''] = found
    if (isTorn(left, right, result.slice(0, found.index).trimEnd())) {
      joined.add(left + right)
      result = result.slice(0, found.index) + left + right + result.slice(found.index + pair.length)
      from = found.index
    } else from = found.index + left.length + 1
  }
}

/** One half alone is no syllable, both together are one. */
function isTorn(left: string, right: string, before: string): boolean {
  if (/^\p{Lu}/u.test(right) || (left.length === 1 && BEFORE_A_LETTER.test(before))) return false
  return (!isSyllable(left) || !isSyllable(right)) && isSyllable(left + right)
}
