/** Search with validity first: what was not in force on the day that matters is not even ranked. */

import { parsePointer } from '../../knowledge/citation.ts'
import type { Library } from '../../knowledge/library.ts'
import type { Guide } from '../../knowledge/schema.ts'
import { type Day, pointerInForce } from '../../knowledge/validity.ts'
import type { Asker, Draft, Found, Step, Tools } from './turn.ts'

const LIMIT = 30

/** Adds what was found in the law in force on the day of asking, or on the day of the matter. */
export const retrieve: Step = async (draft, tools) => {
  const days = [...new Set([draft.asked.asOf, draft.eventDay])]
  const allowed = (id: string, kind: Found['kind']) => days.some((day) => holdsOn(tools.library, id, kind, day))
  const found = await tools.search(draft.query, LIMIT, allowed, askerOf(draft))
  return { ...draft, found: ofNamed(found, draft, tools.library) }
}

/** @returns the nearest thing on the shelf whatever its validity: to say that a law is coming, never to answer from it. */
export async function nearestEver(draft: Draft, tools: Tools): Promise<Found | undefined> {
  const found = await tools.search(draft.query, LIMIT, undefined, askerOf(draft))
  return found.find((f) => f.kind === 'provision' || f.kind === 'guide')
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
  if (named.size === 0 || asksWhichLaw) return found
  const least = NAMED_NEAR * (found[0]?.score ?? 0)
  const isOfIt = ({ id, kind, score }: Found) =>
    score >= least && ((kind === 'provision' && named.has(parsePointer(id).document)) || speaksOf(library.guides.get(id), named))
  return [...found.filter(isOfIt), ...found.filter((f) => !isOfIt(f))]
}

/** Of a document that says nothing near to the question nothing is put first. */
const NAMED_NEAR = 0.6

/** A guide speaks of documents when half of its direct reply rests on them. */
function speaksOf(guide: Guide | undefined, documents: ReadonlySet<string | undefined>): boolean {
  const legal = guide?.answer.filter((s) => s.cites.length > 0) ?? []
  const resting = legal.filter((s) => s.cites.some((c) => documents.has(c.document)))
  return legal.length > 0 && resting.length * 2 >= legal.length
}

function askerOf({ audience, eventDay }: Draft): Asker {
  return { audience, day: eventDay }
}
