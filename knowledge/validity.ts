/** Which law holds on which day. Days are ISO dates; `inForceTo` is the first day on which a document is no longer in force. */

import { type Pointer, provisionId } from './citation.ts'
import type { Library } from './library.ts'
import type { LegalDocument } from './schema.ts'

/** A calendar day, "2026-11-23". Compared as text. */
export type Day = string

/** From when until when something holds; null: not known, without end. */
export interface Span {
  readonly inForceFrom: Day | null
  /** The first day on which it no longer holds. */
  readonly inForceTo: Day | null
}

/** @returns whether a document or a text of it is in force on `day`; a start that is not known counts as long past. */
export function inForce({ inForceFrom, inForceTo }: Span, day: Day): boolean {
  return (inForceFrom ?? '0001-01-01') <= day && (inForceTo === null || day < inForceTo)
}

/** @returns the first day of the text that the shelf has of `document`: an amended one is younger than its document. */
export function textFrom({ textFrom, inForceFrom }: LegalDocument): Day | null {
  return textFrom ?? inForceFrom
}

/** @returns when what `pointer` cites holds: a whole document, or a text of it on the shelf, where an article may have days of its own; undefined for an unknown document. */
export function spanOf(library: Library, pointer: Pointer): Span | undefined {
  const document = library.documents.get(pointer.document)
  if (!document || !pointer.article) return document
  const own = library.articles.get(`${pointer.document}#${pointer.article}`)?.[0]?.validity
  return { inForceFrom: own?.inForceFrom ?? textFrom(document), inForceTo: own?.inForceTo ?? document.inForceTo }
}

/** @returns whether what `pointer` cites is in force on `day`; an unknown document never is. */
export function pointerInForce(library: Library, pointer: Pointer, day: Day): boolean {
  const span = spanOf(library, pointer)
  return span !== undefined && inForce(span, day)
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

/** @returns whether `text` is a day of the calendar, "2026-02-28". */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
