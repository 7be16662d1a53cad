/** Whether a conversation or a case holds everything that is searched for, though it be said in several messages; read one passage after another. */
import { type Hit, hitsOf, type Search } from './find.ts'

/** One stretch of text. `place`: where it stands, for whoever reads the result; `at` in milliseconds UTC. */
export interface Passage<P extends string = string> {
  readonly place: P
  readonly text: string
  readonly at: number
}

type Seen = 'exact' | 'loose' | undefined

/** What was found so far. */
export interface Gathered<P extends string = string> {
  readonly seen: readonly Seen[]
  /** The passage in which most of it stands, the latest of several. */
  readonly best?: { readonly passage: Passage<P>; readonly weight: number }
}

/** Before anything was read. */
export const NOTHING_YET: Gathered<never> = { seen: [] }

/** @returns what is found once `passage` was read as well. */
export function gather<P extends string>(search: Search, before: Gathered<P>, passage: Passage<P>): Gathered<P> {
  const here = search.map((finder) => seenIn(hitsOf(finder, passage.text)))
  const weight = here.reduce((sum, seen) => sum + WEIGHTS[seen ?? 'none'], 0)
  if (weight === 0) return before
  const seen = here.map((one, i) => better(one, before.seen[i]))
  const { best } = before
  const beaten = !best || weight > best.weight || (weight === best.weight && passage.at >= best.passage.at)
  return { seen, best: beaten ? { passage, weight } : best }
}

/** A term more counts for more than any exactness. */
const WEIGHTS = { exact: 101, loose: 100, none: 0 } as const

function seenIn(hits: readonly Hit[]): Seen {
  if (hits.length === 0) return undefined
  return hits.some(({ exact }) => exact) ? 'exact' : 'loose'
}

const better = (a: Seen, b: Seen): Seen => (a === 'exact' || b === 'exact' ? 'exact' : (a ?? b))

/** @returns `exact` where every term occurs as it was typed, `loose` where some occur only with marks left out, undefined where one does not occur. */
export function verdictOf({ seen }: Gathered): Seen {
  if (seen.length === 0 || seen.includes(undefined)) return undefined
  return seen.includes('loose') ? 'loose' : 'exact'
}
