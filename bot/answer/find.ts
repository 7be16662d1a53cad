/** Search with validity first: what was not in force on the day that matters is not even ranked. */

import { parsePointer } from '../../knowledge/citation.ts'
import type { Library } from '../../knowledge/library.ts'
import { type Day, pointerInForce } from '../../knowledge/validity.ts'
import type { Draft, Found, Step, Tools } from './turn.ts'

const LIMIT = 30

/** Adds what was found among the law of the day that matters. */
export const retrieve: Step = async (draft, tools) => ({ ...draft, found: await findOn(draft.eventDay, draft, tools) })

/** @returns what is found for the draft's query in the law in force on `day`, entries for the asking audience slightly first. */
export async function findOn(day: Day, draft: Draft, tools: Tools): Promise<readonly Found[]> {
  const found = await tools.search(draft.query, LIMIT, (id, kind) => holdsOn(tools.library, id, kind, day))
  return forAudience(found, draft, tools.library)
}

/** @returns whether an entry may be shown on `day`: a provision in force, a guide whose first legal sentence is. */
export function holdsOn(library: Library, id: string, kind: Found['kind'], day: Day): boolean {
  if (kind === 'provision') return pointerInForce(library, parsePointer(id), day)
  if (kind !== 'guide') return true
  const guide = library.guides.get(id)
  const legal = guide?.answer.find((s) => s.cites.length > 0)
  return guide?.kind === 'scam' || (legal !== undefined && legal.cites.every((pointer) => pointerInForce(library, pointer, day)))
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
