/** What an officer asks of the library while writing: clauses near to some words, and whether clauses that were cited still say the same. Runs where the library is open. */
import { createHash } from 'node:crypto'
import { parsePointer, pointerId } from '../../knowledge/citation.ts'
import { type Citation, cite } from '../../knowledge/cite.ts'
import { readReferences } from '../../knowledge/language/legal-references.ts'
import { type Library, resolve } from '../../knowledge/library.ts'
import { type Day, pointerInForce } from '../../knowledge/validity.ts'
import { holdsOn } from '../answer/find.ts'
import type { Tools } from '../answer/turn.ts'

/** `find`: clauses in force on `day` near to the words or named by them. `cite`: what each pointer stands for on `day`. */
export type LawQuestion =
  | { readonly kind: 'find'; readonly words: string; readonly day: Day }
  | { readonly kind: 'cite'; readonly pointers: readonly string[]; readonly day: Day }

/** One clause as it stands on a day. */
export interface LawFound {
  readonly pointer: string
  /** Undefined where the pointer points at nothing any more. */
  readonly citation: Citation | undefined
  readonly inForce: boolean
  /** Of its words: another digest later means that it says something else. */
  readonly digest: string
}

const MOST = 8
const LOOKED_AT = 30

/** @returns what the library says to `question`, best first. */
export async function askLaw(tools: Tools, question: LawQuestion): Promise<readonly LawFound[]> {
  const { library } = tools
  if (question.kind === 'cite') return question.pointers.map((pointer) => lawAt(library, pointer, question.day))
  const named = namedClauses(library, question.words)
  const near = named.length > 0 ? named : await nearClauses(tools, question.words, question.day)
  return near.map((pointer) => lawAt(library, pointer, question.day)).filter(({ citation, inForce }) => citation !== undefined && inForce)
}

function namedClauses(library: Library, words: string): readonly string[] {
  const pointers = readReferences(words, [...library.documents.values()]).flatMap(({ document, article, clause, point }) =>
    document && article ? [{ document, article, ...(clause ? { clause } : {}), ...(point ? { point } : {}) }] : [],
  )
  return pointers.filter((pointer) => resolve(library, pointer).length > 0).map(pointerId)
}

async function nearClauses({ library, search, repair }: Tools, words: string, day: Day): Promise<readonly string[]> {
  const found = await search(repair(words), LOOKED_AT, (id, kind) => kind === 'provision' && holdsOn(library, id, kind, day))
  return found.slice(0, MOST).map(({ id }) => id)
}

function lawAt(library: Library, text: string, day: Day): LawFound {
  const pointer = pointerIn(text)
  const citation = pointer && cite(library, pointer)
  return { pointer: text, citation, inForce: pointer !== undefined && pointerInForce(library, pointer, day), digest: digestOf(citation) }
}

function pointerIn(text: string) {
  try {
    return parsePointer(text)
  } catch {
    return undefined
  }
}

/** Words and validity: what of a clause a reply rests on. */
function digestOf(citation: Citation | undefined): string {
  const said = citation ? [citation.restatement, citation.verbatim ?? '', citation.inForceFrom, citation.inForceTo] : []
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22)
}
