/** What an officer may ask about the library itself, put to whoever has it open. */
import { pointerId } from '../../knowledge/citation.ts'
import { type Citation, cite } from '../../knowledge/cite.ts'
import { type ComplaintKinds, loadKinds } from '../../knowledge/complaint-kinds.ts'
import {
  checkEdit,
  contentOf,
  type Edit,
  type Edited,
  type GuideContent,
  glossaryWith,
  guideDigest,
  type WordContent,
  withEdits,
  wordDigest,
} from '../../knowledge/edits.ts'
import { loadGlossary } from '../../knowledge/glossary.ts'
import type { Library } from '../../knowledge/library.ts'
import { statementsOf } from '../../knowledge/proofs.ts'
import type { Guide, GuideKind } from '../../knowledge/schema.ts'
import { type Day, formatDay } from '../../knowledge/validity.ts'
import type { WarningContent } from '../warning/content.ts'
import { draftAlong, type Trick, trickOf, tricksOf } from '../warning/draft.ts'
import type { ToldCase } from '../warning/figures.ts'
import { SHELF_SAYS } from '../wording/shelf.ts'

export type ShelfQuestion =
  /** Every guide, and what of its law has changed by `day`. */
  | { readonly kind: 'guides'; readonly day: Day }
  /** What the library that is answered from is known by. */
  | { readonly kind: 'digest' }
  /** One guide as it may be edited. */
  | { readonly kind: 'guide'; readonly id: string }
  /** The tricks that a warning can be drafted along. */
  | { readonly kind: 'tricks' }
  /** A warning drafted along `scam`, or along the trick that most of `cases` are about. */
  | { readonly kind: 'warning'; readonly scam: string | null; readonly cases: readonly ToldCase[]; readonly day: Day }
  /** Every entry of the glossary that ships. */
  | { readonly kind: 'words' }
  /** What stands in the way of an edit; `live`: what else is laid over the library. */
  | { readonly kind: 'check'; readonly edit: Edit; readonly live: readonly Edit[] }

/** A guide in the list; `baseDigest` null: the repository has none of that id. */
export interface GuideLine {
  readonly id: string
  readonly title: string
  readonly kind: GuideKind
  /** Taken off the shelf by the office. */
  readonly hidden: boolean
  readonly baseDigest: string | null
  /** Sentences on clauses that it rests on and that do not say any more what they said. */
  readonly touched: readonly string[]
}

export interface GuideWhole {
  readonly content: GuideContent
  readonly baseDigest: string | null
}

export interface WordLine {
  readonly content: WordContent
  readonly baseDigest: string
}

/** Every guide; of what the office wrote that could not be laid over, by key, why; and what the library is known by. */
export interface GuideLines {
  readonly lines: readonly GuideLine[]
  readonly faulty: Edited['faulty']
}

interface Answers {
  readonly guides: GuideLines
  readonly digest: string
  readonly tricks: readonly Trick[]
  readonly warning: WarningContent
  readonly guide: GuideWhole | null
  readonly words: readonly WordLine[]
  readonly check: readonly string[]
}
export type ShelfSaid = Answers[keyof Answers]
export type ShelfAnswer<Q extends ShelfQuestion> = Answers[Q['kind']]

interface Shelf extends Edited {
  readonly base: Library
}

/** @returns what the library says. */
export function askShelf(shelf: Shelf, question: ShelfQuestion): ShelfSaid {
  switch (question.kind) {
    case 'guides':
      return { lines: guideLines(shelf, question.day), faulty: shelf.faulty }
    case 'digest':
      return shelf.library.digest
    case 'tricks':
      return tricksOf(shelf.library)
    case 'warning':
      return draftAlong(shelf.library, question.scam ?? likeliest(shelf.library, question.cases) ?? null, question.day)
    case 'guide':
      return wholeGuide(shelf, question.id)
    case 'words':
      return loadGlossary().words.map((content) => ({ content, baseDigest: wordDigest(content) }))
    case 'check':
      return checkEdit(withoutKey(shelf.base, question), question.edit, glossaryWith(loadGlossary(), question.live))
  }
}

/** Words change nothing of what a guide is checked against, and would be looked for in every clause. */
function withoutKey(base: Library, { edit, live }: Extract<ShelfQuestion, { kind: 'check' }>): Library {
  const guides = live.filter(({ kind, key }) => kind === 'guide' && key !== edit.key)
  return withEdits(base, guides).library
}

const guidesOfKind = (issue: string): readonly string[] => kinds().issues.get(issue)?.guides ?? []
const likeliest = (library: Library, cases: readonly ToldCase[]) => trickOf(cases, library, guidesOfKind)

let read: ComplaintKinds | undefined
/** Few ask for a warning: read when the first does. */
function kinds(): ComplaintKinds {
  read ??= loadKinds()
  return read
}

function guideLines({ base, library }: Shelf, day: Day): readonly GuideLine[] {
  const shown = new Map([...base.guides, ...library.guides])
  return [...shown.values()].map((guide) => ({
    ...{ id: guide.id, title: guide.title, kind: guide.kind, hidden: !library.guides.has(guide.id) },
    ...{ baseDigest: guideDigest(base.guides.get(guide.id)), touched: touchedBy(library, guide, day) },
  }))
}

function wholeGuide({ base, library }: Shelf, id: string): GuideWhole | null {
  const [before, now] = [base.guides.get(id), library.guides.get(id)]
  const shown = now ?? before
  return shown ? { content: contentOf(shown), baseDigest: guideDigest(before) } : null
}

/** Whole documents are named on purpose, also those of the past. */
function touchedBy(library: Library, guide: Guide, day: Day): readonly string[] {
  const pointers = new Map(
    statementsOf(guide)
      .flatMap(({ cites }) => cites)
      .filter(({ article }) => article !== undefined)
      .map((pointer) => [pointerId(pointer), pointer]),
  )
  return [...pointers.values()].flatMap((pointer) => changeOf(cite(library, pointer), pointerId(pointer), day) ?? [])
}

function changeOf(citation: Citation | undefined, pointer: string, day: Day): string | undefined {
  if (!citation) return SHELF_SAYS.gone(pointer)
  if (citation.inForceTo !== null && citation.inForceTo <= day) return SHELF_SAYS.past(citation.label, formatDay(citation.inForceTo))
  return citation.restatementInDoubt ? SHELF_SAYS.inDoubt(citation.label) : undefined
}
