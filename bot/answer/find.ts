/** Search with validity first: what was not in force on the day that matters is not even ranked. */

import { parsePointer } from '../../knowledge/citation.ts'
import type { Library } from '../../knowledge/library.ts'
import { type Day, pointerInForce } from '../../knowledge/validity.ts'
import type { Draft, Found, Step, Tools } from './turn.ts'

const LIMIT = 30

/** Adds what was found in the law in force on the day of asking, or on the day of the matter. */
export const retrieve: Step = async (draft, tools) => {
  const days = [...new Set([draft.asked.asOf, draft.eventDay])]
  const allowed = (id: string, kind: Found['kind']) => days.some((day) => holdsOn(tools.library, id, kind, day))
  return { ...draft, found: forAudience(await tools.search(draft.query, LIMIT, allowed), draft, tools.library) }
}

/** @returns the nearest thing on the shelf whatever its validity: to say that a law is coming, never to answer from it. */
export async function nearestEver(draft: Draft, tools: Tools): Promise<Found | undefined> {
  const found = forAudience(await tools.search(draft.query, LIMIT), draft, tools.library)
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

/** What an entry for another audience keeps of its score. */
const OTHER_AUDIENCE = 0.93

function forAudience(found: readonly Found[], draft: Draft, library: Library): readonly Found[] {
  const { audience } = draft
  if (!audience) return found
  const fits = (f: Found) => {
    const said: readonly string[] = library.provisions.get(f.id)?.audience ?? library.guides.get(f.id)?.audience ?? [audience]
    return said.includes(audience) || (audience === 'seller' && said.includes('platform'))
  }
  return found.map((f) => (fits(f) ? f : { ...f, score: f.score * OTHER_AUDIENCE })).sort((a, b) => b.score - a.score)
}
