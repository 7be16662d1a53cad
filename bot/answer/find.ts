/** Search with validity first: what was not in force on the day that matters is not even ranked. */

import { parsePointer } from '../../knowledge/citation.ts'
import type { Library } from '../../knowledge/library.ts'
import type { Guide, LegalDocument } from '../../knowledge/schema.ts'
import { type Day, pointerInForce, predecessors, textFrom } from '../../knowledge/validity.ts'
import type { Asker, Draft, Found, Step, Tools } from './turn.ts'

const LIMIT = 30

/** Adds what was found in the law in force on the day of asking, or on the day of the matter. */
export const retrieve: Step = async (draft, tools) => {
  const days = [...new Set([draft.asked.asOf, draft.eventDay])]
  const allowed = (id: string, kind: Found['kind']) => days.some((day) => holdsOn(tools.library, id, kind, day))
  const found = await tools.search(draft.query, LIMIT, allowed, askerOf(draft))
  return { ...draft, found: ofNamed(found, draft, tools.library) }
}

/** @returns the first day on which a document was known, as far as it is known here. */
export function madeBy(document: LegalDocument): Day {
  return document.issued ?? textFrom(document) ?? ''
}

/** So near to the first, whatever the day, that a person may have meant it. */
const AS_NEAR = 0.7

/** @returns what is nearest on the shelf of what was made by the day of asking, in force or not: to say that a law is coming, never to answer from it. */
export async function nearEver(draft: Draft, tools: Tools): Promise<readonly Found[]> {
  const made = (id: string, kind: Found['kind']) =>
    (kind !== 'provision' && kind !== 'guide') || documentsOf(tools.library, id).every((d) => madeBy(d) <= draft.asked.asOf)
  const found = await tools.search(draft.query, LIMIT, made, askerOf(draft))
  const shelf = found.filter((f) => f.kind === 'provision' || f.kind === 'guide')
  return shelf.filter(({ score }) => score >= AS_NEAR * (shelf[0]?.score ?? 0))
}

/** @returns whether an entry may be shown on `day`: a provision in force, a guide whose first legal sentence is. */
export function holdsOn(library: Library, id: string, kind: Found['kind'], day: Day): boolean {
  if (kind === 'provision') return pointerInForce(library, parsePointer(id), day)
  if (kind !== 'guide') return true
  const guide = library.guides.get(id)
  if (!guide || guide.kind === 'scam') return guide !== undefined
  const legal = guide.answer.find((s) => s.cites.length > 0)
  return legal?.cites.every((pointer) => pointerInForce(library, pointer, day)) ?? false
}

/** @returns what was found by its evidence alone, best first: the order of the shelf is about who answers, not about what a message is. */
export function byEvidence(found: readonly Found[]): Found[] {
  return [...found].sort((a, b) => b.score - a.score)
}

/** What rests on a document that the question names stands first: who asks what a decree says is not answered from another one. */
function ofNamed(found: readonly Found[], { references, asksWhichLaw }: Draft, library: Library): readonly Found[] {
  const named = new Set(references.map(({ document }) => document).filter((number) => number && library.documents.get(number)?.shelf !== 'none'))
  // "theo Điều 30 thì …": of whichever document, the articles of that number are meant.
  const articles = new Set(references.filter(({ document, unknownDocument }) => !document && !unknownDocument).map(({ article }) => article))
  if (named.size + articles.size === 0 || asksWhichLaw) return found
  const least = NAMED_NEAR * (found[0]?.score ?? 0)
  const isOfIt = ({ id, kind, score }: Found) => {
    if (score < least) return false
    if (kind !== 'provision') return speaksOf(library.guides.get(id), named)
    const { document, article } = parsePointer(id)
    return named.has(document) || articles.has(article)
  }
  return [...found.filter(isOfIt), ...found.filter((f) => !isOfIt(f))]
}

/** Of a document that says nothing near to the question nothing is put first. */
const NAMED_NEAR = 0.6

/** @returns `found` for choosing what is answered from: the law of the day decides, what replaced it on the shelf stands behind it, where both say something near to the question. */
export function ofThatDay(found: readonly Found[], { eventDay, unsureOfDay, comparesLaws }: Draft, library: Library): readonly Found[] {
  const best = found.find((f) => f.kind === 'provision' || f.kind === 'guide')
  const documents = best && !unsureOfDay && !comparesLaws ? documentsOf(library, best.id) : []
  if (documents.some((d) => (textFrom(d) ?? '') <= eventDay)) return found
  const older = documents.flatMap((d) => predecessors(library, d.number, eventDay))
  return firstFrom(found, older, library)
}

/** How near a clause of the older law must be to what is nearest, as a share of its score and in log-odds. */
const OLDER_NEAR = { score: 0.7, order: 3.5 }

/** @returns `found` with the clauses of `documents` first, where they are near; as it was where none is. */
export function firstFrom(found: readonly Found[], documents: readonly LegalDocument[], library: Library): readonly Found[] {
  const numbers = new Set(documents.map(({ number }) => number))
  const shelf = found.filter((f) => f.kind === 'provision' || f.kind === 'guide')
  const [score, order] = [Math.max(0, ...shelf.map((f) => f.score)), Math.max(...shelf.map((f) => f.order ?? 0))]
  const isOf = (f: Found) =>
    numbers.has(library.provisions.get(f.id)?.document ?? '') && f.score >= OLDER_NEAR.score * score && (f.order ?? order) >= order - OLDER_NEAR.order
  return [...found.filter(isOf), ...found.filter((f) => !isOf(f))]
}

/** @returns the documents that an entry rests on. */
export function documentsOf(library: Library, id: string): LegalDocument[] {
  const guide = library.guides.get(id)
  const numbers = guide ? guide.answer.flatMap((s) => s.cites.map((pointer) => pointer.document)) : [parsePointer(id).document]
  return [...new Set(numbers)].map((number) => library.documents.get(number)).filter((d) => d !== undefined)
}

/** A guide speaks of documents when half of its direct reply rests on them. */
function speaksOf(guide: Guide | undefined, documents: ReadonlySet<string | undefined>): boolean {
  const legal = guide?.answer.filter((s) => s.cites.length > 0) ?? []
  const resting = legal.filter((s) => s.cites.some((c) => documents.has(c.document)))
  return legal.length > 0 && resting.length * 2 >= legal.length
}

function askerOf({ audience, eventDay }: Draft): Asker {
  return { audience, day: eventDay }
}
