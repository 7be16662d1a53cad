/** When the day decides: the law of that day, what replaced it, and the rule for what lay between. */
import { formatPlace, type Pointer } from '../../knowledge/citation.ts'
import type { Library } from '../../knowledge/library.ts'
import { fullText, resolve } from '../../knowledge/library.ts'
import type { LegalDocument } from '../../knowledge/schema.ts'
import { type Day, formatDay, inForce, mayAnnounce, pointerInForce, predecessors, spanOf, textFrom } from '../../knowledge/validity.ts'
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

/**
 * @returns from when each of `documents` holds and by which clause, for a question that asks just that; none that was not made yet. One that is `named`
 * is spoken of though no clause of it says so: that it still holds, and what changed it.
 */
export function whichLaw(basis: Basis, documents: readonly LegalDocument[], day: Day, named: readonly LegalDocument[] = []): Section[] {
  const told = documents.filter((d) => starting(d, day).length > 0 || (named.includes(d) && inForce(d, day) && d.inForceFrom))
  const lines = told.map((d) => (named.includes(d) && inForce(d, day) ? stillHolds(basis, d, day) : startOf(basis, d, day)))
  return lines.length > 0 ? [{ kind: 'note', heading: HEADING.whichLaw, lines }] : []
}

function startOf(basis: Basis, document: LegalDocument, day: Day): Line {
  return basis.line(SAY.holds(nameOf(document), formatDay(document.inForceFrom ?? '')), starting(document, day))
}

function stillHolds(basis: Basis, document: LegalDocument, day: Day): Line {
  const { amendedBy, textFrom: text, inForceFrom } = document
  const clauses = starting(document, day)
  const pointers = clauses.length > 0 ? clauses : [{ document: document.number }]
  // Asked of a day before the amendment, it is nothing that has changed yet.
  const [changed, since] = text && text > day ? [[], ''] : [amendedBy, text ? formatDay(text) : '']
  return basis.line(SAY.stillHolds(nameOf(document), formatDay(inForceFrom ?? ''), changed, since), pointers)
}

/**
 * What must be said of an article whose own days are not those of its document, where neither day that counts lies in them.
 * @returns since when it is gone or from when it holds, with the clause that says so
 */
export function outOfForce(library: Library, basis: Basis, document: LegalDocument, pointer: Pointer, place: string, day: Day): Section | undefined {
  const own = library.articles.get(`${document.number}#${pointer.article}`)?.[0]?.validity
  if (!own) return undefined
  const { inForceFrom: from, inForceTo: to, by } = own
  const said =
    to && to <= day
      ? SAY.articleEnded(place, nameOf(document), formatDay(to))
      : from && from > day
        ? SAY.articleToCome(place, nameOf(document), formatDay(from))
        : undefined
  if (said === undefined) return undefined
  return { kind: 'note', heading: HEADING.time, lines: [basis.line(said, pointerInForce(library, by, day) ? [by] : [{ document: document.number }])] }
}

/** @returns since when the clauses that are answered from hold, where that is another day than that of their document. */
export function sinceWhen(library: Library, basis: Basis, pointers: readonly Pointer[], day: Day): Line[] {
  const seen = new Set<string>()
  return pointers.flatMap((pointer) => {
    const document = library.documents.get(pointer.document)
    const from = spanOf(library, pointer)?.inForceFrom
    const key = `${pointer.document}#${pointer.article}`
    if (!document || !from || from === document.inForceFrom || seen.has(key) || !pointerInForce(library, pointer, day)) return []
    seen.add(key)
    return [
      basis.line(
        SAY.articleSince(
          formatPlace({ document: pointer.document, ...(pointer.article ? { article: pointer.article } : {}) }),
          nameOf(document),
          formatDay(from),
        ),
        [pointer],
      ),
    ]
  })
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
