/** Lines into blocks: paragraphs put together again across line breaks and pages. */
import type { Line } from './line.ts'

/** A paragraph, a heading or a row of a table. */
export interface Block {
  readonly text: string
  readonly page?: number
  readonly table?: boolean
}

/** What begins a part of a legal text, whatever stands before it. */
const OPENINGS: readonly RegExp[] = [
  /^["“]?(?:phần\s+(?:thứ\s+)?[\p{L}\d]+|chương\s+[IVXLC\d]+|tiểu mục\s+[IVXLC\d]+|mục\s+[IVXLC\d]+)(?=[.:]|$)/iu,
  /^["“]?(?:PHẦN|CHƯƠNG|Chương|MỤC|Mục|TIỂU MỤC|Tiểu mục|PHỤ LỤC|Phụ lục|Mẫu số|MẪU SỐ)(?!\s+[IVXLC\d]+[a-z]?\s+\p{Ll})\s*[IVXLC\d]*[a-z]?(?=[\s.:]*(?:$|\p{Lu}))/u,
  /^["“]?Điều\s+\d+[a-zđ]?\s*[.:]/u,
  /^(?:\d{1,3}[a-zđ]?\s*[.)]|[a-zđ]\d?\s?\)|[-–+•*]|[IVX]+\.)\s/u,
  /^(?:nơi nhận|căn cứ)(?=[\s:])/iu,
  // The head of a document: each of its lines says one thing.
  /^(?:độc lập - tự do|(?:(?:luật|nghị quyết|pháp lệnh)\s+)?số\s*:|[\p{L}\s.]{2,40},\s*ngày\s*\d{1,2}\s*tháng)/iu,
]
const opens = (text: string) => OPENINGS.some((opening) => opening.test(text))
const SENTENCE_END = /[.;:!?…”"]\s*$|\)\.?$/u
const CAPITALS = /^[^\p{Ll}]*\p{Lu}{2}[^\p{Ll}]*$/u
/** A heading that breaks off behind one of these goes on in the next line. */
const GOES_ON =
  /(?:[,(]|\s(?:của|và|về|với|trong|tại|theo|cho|các|những|do|bởi|từ|đến|hoặc|hay|không|được|có|là|để|trên|dưới|khi|trước|sau|ngoài|cấp|thuộc))$/iu
const HEADING = /^["“]?(?:điều|chương|mục|tiểu mục|phần)\s/iu

/** @returns the paragraphs of `lines`; hidden lines are left out. */
export function blocksOf(lines: readonly Line[]): Block[] {
  const blocks: { text: string; page?: number; table?: boolean }[] = []
  let afterGap = true
  for (const { text, page, table, hidden } of lines) {
    if (hidden) continue
    const last = blocks.at(-1)
    if (text === '') afterGap = true
    else if (last && !table && !last.table && continues(last.text, text, afterGap)) {
      last.text += ` ${text}`
      afterGap = false
    } else {
      blocks.push({ text, ...(page === undefined ? {} : { page }), ...(table ? { table } : {}) })
      afterGap = false
    }
  }
  return blocks
}

/** Whether `next` goes on with the paragraph `last`. Behind an empty line only what begins small does, unless the sentence is plainly unfinished. */
function continues(last: string, next: string, afterGap: boolean): boolean {
  if (opens(next) || SENTENCE_END.test(last)) return false
  if (/^\p{Ll}/u.test(next) || GOES_ON.test(last)) return true
  return !afterGap && !HEADING.test(last) && !CAPITALS.test(last) && !CAPITALS.test(next)
}
