/** The library as the console uses it: clauses to cite, and whether those that were cited still hold. The library itself is open elsewhere. */
import { z } from 'zod'
import { validity } from '../../bot/answer/render.ts'
import { CONSOLE_SAYS } from '../../bot/wording/console.ts'
import type { Citation } from '../../knowledge/cite.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import type { CitationsView, CitationView } from './contract.ts'
import { type ConsoleRoute, route } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

/** One clause as it stands on a day; `digest` is of its words. */
export interface LawFound {
  readonly pointer: string
  readonly citation: Citation | undefined
  readonly inForce: boolean
  readonly digest: string
}

/** Asks the thread in which the library is open; rejects while it is not. */
export type AskLaw = (
  question:
    | { readonly kind: 'find'; readonly words: string; readonly day: Day }
    | { readonly kind: 'cite'; readonly pointers: readonly string[]; readonly day: Day },
) => Promise<readonly LawFound[]>

export interface LawDesk {
  /** @returns the citations of `pointers`. Throws {@link ConsoleTrouble} where one does not hold at `now`. */
  inForce(pointers: readonly string[], now: number): Promise<readonly Citation[]>
  /** @returns what each pointer stands for at `now`. */
  at(pointers: readonly string[], now: number): Promise<readonly LawFound[]>
  find(words: string, now: number): Promise<readonly LawFound[]>
}

/** @returns the desk; what it cannot ask it refuses with a sentence. */
export function openLawDesk(ask: AskLaw): LawDesk {
  const asked: AskLaw = async (question) => {
    try {
      return await ask(question)
    } catch {
      throw new ConsoleTrouble('conflict', CONSOLE_SAYS.notReadyToDraft)
    }
  }
  const at = async (pointers: readonly string[], now: number) =>
    pointers.length === 0 ? [] : asked({ kind: 'cite', pointers, day: dayInVietnam(new Date(now)) })
  return {
    at,
    find: (words, now) => asked({ kind: 'find', words, day: dayInVietnam(new Date(now)) }),
    inForce: async (pointers, now) => (await at(pointers, now)).map(heldCitation),
  }
}

function heldCitation({ citation, inForce }: LawFound): Citation {
  if (!citation) throw new ConsoleTrouble('bad_request', CONSOLE_SAYS.citationUnknown)
  if (!inForce) throw new ConsoleTrouble('bad_request', CONSOLE_SAYS.citationPast(citation.label))
  return citation
}

/** @returns a citation as the page shows it; `day`: on which it is looked at. */
export function citationView(citation: Citation, day: Day): CitationView {
  const { id, label, caveat } = citation
  return { pointer: id, text: label, note: [validity(citation, day), ...(caveat ? [caveat] : [])].join(', ') }
}

const findQuery = z.object({ q: z.string().trim().min(1).max(300) })

/** @returns the route that finds clauses to cite. */
export function lawRoutes(law: LawDesk): readonly ConsoleRoute[] {
  return [
    route({
      ...{ method: 'GET', url: '/citations', may: 'chat.read', query: findQuery },
      handle: async ({ query, now }): Promise<CitationsView> => {
        const day = dayInVietnam(new Date(now))
        const found = await law.find(query.q, now)
        return {
          found: found.flatMap(({ citation }) =>
            citation ? [{ ...citationView(citation, day), title: citation.title, restatement: citation.restatement }] : [],
          ),
        }
      },
    }),
  ]
}
