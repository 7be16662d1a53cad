/** When the day decides: the law of that day, what replaced it, and the rule for what lay between. */
import { type Pointer, parsePointer } from '../../knowledge/citation.ts'
import type { Library } from '../../knowledge/library.ts'
import { fullText, resolve } from '../../knowledge/library.ts'
import type { LegalDocument } from '../../knowledge/schema.ts'
import { type Day, formatDay, inForce, pointerInForce, predecessors } from '../../knowledge/validity.ts'
import { HEADING, SAY } from '../wording/vi.ts'
import type { Basis } from './basis.ts'
import type { Line, Section } from './outcome.ts'
import type { Draft } from './turn.ts'

/** @returns "Nghị định về thương mại điện tử (52/2013/NĐ-CP)". */
export function nameOf(document: LegalDocument): string {
  return `${document.name} (${document.number})`
}

/** @returns the documents that an entry rests on. */
export function documentsOf(library: Library, id: string): LegalDocument[] {
  const guide = library.guides.get(id)
  const numbers = guide ? guide.answer.flatMap((s) => s.cites.map((pointer) => pointer.document)) : [parsePointer(id).document]
  return [...new Set(numbers)].map((number) => library.documents.get(number)).filter((d) => d !== undefined)
}

/**
 * What must be said of `document` when the matter lies before it: that another law held then, and the transition rule. Both versions are
 * given when the day is not known or the span that was named crosses the day on which the document came into force.
 */
export function timeSection(library: Library, basis: Basis, document: LegalDocument, draft: Draft): Section[] {
  const from = document.inForceFrom
  const { eventDay, eventEnd, asked } = draft
  const unsure = draft.unsureOfDay || (from !== null && eventDay < from && from <= eventEnd)
  if (!from || (eventDay >= from && !unsure)) return []
  const started = from <= asked.asOf
  const lines: Line[] = unsure ? [basis.line(SAY.unsure, [])] : []
  const old = predecessors(library, document.number, unsure ? dayBefore(from) : eventDay)
  if (!started && !unsure) lines.push(basis.line(SAY.notYet(nameOf(document), formatDay(from), formatDay(eventDay)), []))
  if (old.length > 0) lines.push(basis.line(SAY.before(formatDay(from), old.map(nameOf).join(' và '), nameOf(document), started), numbered(old)))
  if (started) lines.push(...transition(library, basis, document, asked.asOf), basis.line(SAY.since(formatDay(from)), []))
  return [{ kind: 'note', heading: HEADING.time, lines }]
}

function numbered(documents: readonly LegalDocument[]): Pointer[] {
  return documents.map((d) => ({ document: d.number }))
}

/** @returns which law holds on `eventDay` and by which clause, for a question that asks just that. */
export function whichLaw(basis: Basis, documents: readonly LegalDocument[], eventDay: Day): Section[] {
  const holding = documents.filter((d) => d.startsBy && inForce(d, eventDay))
  const lines = holding.map((d) => basis.line(SAY.holds(nameOf(d), formatDay(d.inForceFrom ?? '')), d.startsBy ? [d.startsBy] : []))
  return lines.length > 0 ? [{ kind: 'note', heading: HEADING.whichLaw, lines }] : []
}

/** @returns the transition clauses of a document in full, those in force on `day`. */
function transition(library: Library, basis: Basis, document: LegalDocument, day: Day): Line[] {
  return document.transition
    .filter((pointer: Pointer) => pointerInForce(library, pointer, day))
    .flatMap((pointer) => resolve(library, pointer).map((p) => basis.line(`${SAY.transition}: ${fullText(p)}`, [pointer])))
}

/** What must be said of a document that is named but no longer in force on `day`; undefined when it is in force. */
export function expiredSection(library: Library, basis: Basis, document: LegalDocument, day: Day): Section | undefined {
  if (inForce(document, day) || !document.inForceTo || day < document.inForceTo) return undefined
  const next = document.replacedBy.map((number) => library.documents.get(number)).filter((d) => d !== undefined)
  const said = SAY.expired(nameOf(document), formatDay(document.inForceTo), next.map(nameOf).join(' và '))
  const lines = [
    basis.line(`${said} ${SAY.expiredMissing}`, [{ document: document.number }, ...next.map((d) => ({ document: d.number }))]),
    ...transition(library, basis, document, day),
  ]
  return { kind: 'note', heading: HEADING.time, lines }
}

function dayBefore(day: Day): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
