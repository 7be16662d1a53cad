/** When the day decides: the law of that day, what replaced it, and the rule for what lay between. */
import type { Pointer } from '../../knowledge/citation.ts'
import type { Library } from '../../knowledge/library.ts'
import { fullText, resolve } from '../../knowledge/library.ts'
import type { LegalDocument } from '../../knowledge/schema.ts'
import { type Day, formatDay, inForce, mayAnnounce, pointerInForce, predecessors, textFrom } from '../../knowledge/validity.ts'
import { HEADING, SAY } from '../wording/vi.ts'
import type { Basis } from './basis.ts'
import type { Line, Section } from './outcome.ts'
import type { Draft } from './turn.ts'

/** @returns "Nghị định về thương mại điện tử (52/2013/NĐ-CP)". */
export function nameOf(document: LegalDocument): string {
  return `${document.name} (${document.number})`
}

/**
 * What must be said of `document` when the day decides: that another law held before it, and the transition rule. Both versions are given
 * when the matter lies before it, when the day is not known or the span that was named crosses the day on which the document came into
 * force, and whenever the old law is set against the new one: then the rule is the answer, on whichever side of that day the matter lies.
 */
export function timeSection(library: Library, basis: Basis, document: LegalDocument, draft: Draft): Section[] {
  const from = textFrom(document)
  if (!from) return []
  const { eventDay, eventEnd, asked } = draft
  const unsure = draft.unsureOfDay || (eventDay < from && from <= eventEnd)
  if (eventDay >= from && !unsure && !(draft.comparesLaws && document.startsBy)) return []
  const started = from <= asked.asOf
  const old = predecessors(library, document.number, eventDay < from && !unsure ? eventDay : dayBefore(from))
  const lines: Line[] = unsure ? [basis.line(SAY.unsure, [])] : []
  if (document.textFrom) lines.push(basis.line(SAY.amended(nameOf(document), formatDay(from)), [{ document: document.number }]))
  else if (!started && !unsure)
    lines.push(
      basis.line(SAY.notYet(nameOf(document), formatDay(from), formatDay(eventDay)), draft.asksWhichLaw ? starting(document, asked.asOf) : []),
    )
  if (old.length > 0)
    lines.push(basis.line(SAY.before(formatDay(from), old.map(nameOf).join(' và '), nameOf(document), started, old.some(isMissing)), numbered(old)))
  if (started || draft.comparesLaws) lines.push(...transition(library, basis, document, asked.asOf))
  if (started && !document.textFrom) lines.push(basis.line(SAY.since(formatDay(from)), []))
  return [{ kind: 'note', heading: HEADING.time, lines }]
}

/** @returns the clause that says from when a law holds, once the law has been made: it may be shown before that day comes. */
function starting(document: LegalDocument, day: Day): Pointer[] {
  return document.startsBy && mayAnnounce(document, document.startsBy, day) ? [document.startsBy] : []
}

/** Of a document that amends another the shelf has the text where it has the other's as amended. */
function isMissing({ shelf, number }: LegalDocument, _: number, all: readonly LegalDocument[]): boolean {
  return shelf === 'none' && !all.some((other) => other.shelf !== 'none' && other.amendedBy.includes(number))
}

function numbered(documents: readonly LegalDocument[]): Pointer[] {
  return documents.map((d) => ({ document: d.number }))
}

/** @returns from when each of `documents` holds and by which clause, for a question that asks just that; none that was not made yet. */
export function whichLaw(basis: Basis, documents: readonly LegalDocument[], day: Day): Section[] {
  const made = documents.filter((d) => starting(d, day).length > 0)
  const lines = made.map((d) => basis.line(SAY.holds(nameOf(d), formatDay(d.inForceFrom ?? '')), starting(d, day)))
  return lines.length > 0 ? [{ kind: 'note', heading: HEADING.whichLaw, lines }] : []
}

/** What is known of a document that still holds but whose end is set: until when, what follows, and by which clause. */
export function endingSection(library: Library, basis: Basis, document: LegalDocument, day: Day): Section[] {
  if (!document.inForceTo || !inForce(document, day)) return []
  const next = document.replacedBy.map((number) => library.documents.get(number)).filter((d) => d !== undefined)
  const made = next.filter((d) => (d.issued ?? d.inForceFrom ?? '') <= day)
  if (made.length === 0) return []
  const said = SAY.ending(nameOf(document), formatDay(document.inForceTo), made.map(nameOf).join(' và '))
  const pointers = [{ document: document.number }, ...made.flatMap((d) => starting(d, day))]
  return [{ kind: 'note', heading: HEADING.time, lines: [basis.line(said, pointers)] }]
}

/** @returns the transition clauses of a document in full, those that may be told on `day`. */
function transition(library: Library, basis: Basis, document: LegalDocument, day: Day): Line[] {
  return document.transition
    .filter((pointer: Pointer) => pointerInForce(library, pointer, day) || announced(library, pointer, day))
    .flatMap((pointer) => resolve(library, pointer).map((p) => basis.line(`${SAY.transition}: ${fullText(p)}`, [pointer])))
}

function announced(library: Library, pointer: Pointer, day: Day): boolean {
  const document = library.documents.get(pointer.document)
  return document !== undefined && mayAnnounce(document, pointer, day)
}

/** What must be said of a document that is named but no longer in force on `day`; undefined when it is in force. */
export function expiredSection(library: Library, basis: Basis, document: LegalDocument, day: Day): Section | undefined {
  if (inForce(document, day) || !document.inForceTo || day < document.inForceTo) return undefined
  const next = document.replacedBy.map((number) => library.documents.get(number)).filter((d) => d !== undefined)
  const said = SAY.expired(nameOf(document), formatDay(document.inForceTo), next.map(nameOf).join(' và '))
  const lines = [
    basis.line(document.shelf === 'none' ? `${said} ${SAY.expiredMissing}` : said, [
      { document: document.number },
      ...(document.endsBy ? [document.endsBy] : numbered(next)),
    ]),
    ...transition(library, basis, document, day),
  ]
  return { kind: 'note', heading: HEADING.time, lines }
}

function dayBefore(day: Day): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
