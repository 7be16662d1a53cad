/** The last look before anything is sent: every citation exists and is in force, every pointer of a line has its citation. */
import { type Pointer, parsePointer } from '../../knowledge/citation.ts'
import type { Citation } from '../../knowledge/cite.ts'
import type { Library } from '../../knowledge/library.ts'
import { resolve } from '../../knowledge/library.ts'
import { type Day, mayAnnounce, pointerInForce } from '../../knowledge/validity.ts'
import type { Outcome } from './outcome.ts'

/** Something about to be said that does not hold. It is never sent: the turn fails instead. */
export class UnsoundAnswer extends Error {
  override readonly name = 'UnsoundAnswer'
}

/** @returns `outcome` unchanged; throws {@link UnsoundAnswer} when a citation dangles, was not in force on any of `days`, or is missing. */
export function checkCitations(library: Library, outcome: Outcome, days: readonly Day[]): Outcome {
  for (const citation of outcome.citations) checkOne(library, citation, days)
  for (const section of outcome.sections)
    for (const line of section.lines)
      for (const place of line.citations) if (!outcome.citations[place]) throw new UnsoundAnswer(`căn cứ thứ ${place} không có trong danh sách`)
  return outcome
}

function checkOne(library: Library, citation: Citation, days: readonly Day[]): void {
  const pointer = parsePointer(citation.id)
  if (citation.kind === 'document') return
  if (resolve(library, pointer).length === 0) throw new UnsoundAnswer(`${citation.id} không có trong thư viện`)
  if (!days.some((day) => pointerInForce(library, pointer, day) || announces(library, pointer, day)))
    throw new UnsoundAnswer(`${citation.id} không có hiệu lực vào ngày được hỏi`)
}

/** The clause that says from when a law holds may be cited as soon as the law is made: it is the source of that very day. */
function announces(library: Library, pointer: Pointer, day: Day): boolean {
  const document = library.documents.get(pointer.document)
  return document !== undefined && mayAnnounce(document, pointer, day)
}
