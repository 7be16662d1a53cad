/** Which law holds on which day. Days are ISO dates; `inForceTo` is the first day on which a document is no longer in force. */

import { type Pointer, provisionId } from './citation.ts'
import type { Library } from './library.ts'
import type { LegalDocument } from './schema.ts'

/** A calendar day, "2026-11-23". Compared as text. */
export type Day = string

/** @returns whether `document` is in force on `day`; a start that is not known counts as long past. */
export function inForce(document: LegalDocument, day: Day): boolean {
  return (document.inForceFrom ?? '0001-01-01') <= day && (document.inForceTo === null || day < document.inForceTo)
}

/** @returns whether what `pointer` cites is in force on `day`; an unknown document never is. */
export function pointerInForce(library: Library, pointer: Pointer, day: Day): boolean {
  const document = library.documents.get(pointer.document)
  return document !== undefined && inForce(document, day)
}

/** @returns whether `document` was made by `day` and `pointer` says from when it holds or what becomes of what lay before: that much it says before it is in force. */
export function mayAnnounce(document: LegalDocument, pointer: Pointer, day: Day): boolean {
  const speaking = [...(document.startsBy ? [document.startsBy] : []), ...document.transition].map(provisionId)
  return document.issued !== undefined && document.issued <= day && speaking.includes(provisionId(pointer))
}

/** @returns the documents that `number` replaced and that were still in force on `day`. */
export function predecessors(library: Library, number: string, day: Day): LegalDocument[] {
  return [...library.documents.values()].filter((d) => d.replacedBy.includes(number) && inForce(d, day))
}

/** @returns "01/07/2024" for "2024-07-01". */
export function formatDay(day: Day): string {
  const [year, month, date] = day.split('-')
  return `${date}/${month}/${year}`
}

/** @returns today in Vietnam for the instant `now`. */
export function dayInVietnam(now: Date): Day {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(now)
}
