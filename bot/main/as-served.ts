/** A question as the judging steps get it, for whoever fits or measures them: the same reading, the same search, without what is said in the end. */
import { parsePointer } from '../../knowledge/citation.ts'
import type { Library } from '../../knowledge/library.ts'
import { retrieve } from '../answer/find.ts'
import { cleanText, newDraft, understand } from '../answer/read.ts'
import { type Asked, type Draft, type Found, isOutcome, type Tools } from '../answer/turn.ts'

/** @returns the message read, searched for in the law of the day, ordered for who asks. */
export async function asServed(tools: Tools, asked: Asked): Promise<Draft> {
  let draft = newDraft(asked)
  for (const step of [cleanText, understand, retrieve]) {
    const result = await step(draft, tools)
    if (isOutcome(result)) return draft
    draft = result
  }
  return draft
}

/** @returns what was found as the last step sees it: scam guides are no source of law. */
export function withoutScams(library: Library, found: readonly Found[]): Found[] {
  return found.filter((f) => library.guides.get(f.id)?.kind !== 'scam')
}

/** @returns what was found and may be answered from, best first. */
export function sources(library: Library, found: readonly Found[]): Found[] {
  return withoutScams(library, found).filter((f) => f.kind === 'provision' || f.kind === 'guide')
}

/** @returns the articles that an entry speaks of, as "document#article": of a guide those that its direct reply rests on. */
export function articlesOf(library: Library, id: string): string[] {
  const guide = library.guides.get(id)
  const pointers = guide ? guide.answer.flatMap((s) => s.cites) : library.provisions.has(id) ? [parsePointer(id)] : []
  return pointers.map((p) => `${p.document}#${p.article}`)
}

/** @returns whether one of the first `shown` sources rests on an article of `wanted`. Of the very first it is what confidence is the probability of. */
export function answersAmong(library: Library, found: readonly Found[], wanted: readonly string[], shown = 1): boolean {
  const first = sources(library, found).slice(0, shown)
  return first.some((source) => articlesOf(library, source.id).some((article) => wanted.includes(article)))
}
