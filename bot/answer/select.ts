/** From what was found to what is answered: one main source, at most two more; or honestly nothing. */
import { parsePointer, provisionId } from '../../knowledge/citation.ts'
import type { Library, ShelfProvision } from '../../knowledge/library.ts'
import type { Field, Guide } from '../../knowledge/schema.ts'
import { CHOICE, SAY } from '../wording/vi.ts'
import { Basis } from './basis.ts'
import { composeGuide, composeProvision, composeRelated, composeSteps } from './compose.ts'
import { findOn } from './find.ts'
import { isNonEmpty, type Outcome, plain, type Section, type Unanswered } from './outcome.ts'
import { expiredNotices } from './references.ts'
import { documentsOf, timeSection } from './time.ts'
import type { Draft, Found, Step, Tools } from './turn.ts'

/** An outside field wins when it is nearer to the question than anything on the shelf, by this factor. */
const FIELD_WINS = 1
/** Under this probability nothing is asserted. */
const FLOOR = 0.3
/** Under this one, and without a clarifying question just before, the person is asked. */
const UNSURE = 0.3
const RELATED = 2
/** A related provision must come this near to the first source. */
const RELATED_NEAR = 0.72
const CLARIFY_CHOICES = 3

/** Chooses and composes, or abstains with a way out. The last step: it always ends the turn. */
export const select: Step = async (draft, tools) => {
  const now = draft.eventDay === draft.asked.asOf ? draft.found : await findOn(draft.asked.asOf, draft, tools)
  const ranked = onShelf(now).length > 0 ? now : draft.found
  const field = fieldOf(ranked, tools.library)
  if (field) return outside(field)
  if (ranked[0]?.kind === 'distractor') return abstained()
  const p = tools.confidence(ranked)
  const named = expiredNotices(draft, tools.library, new Basis(tools.library)).length > 0
  if (p < FLOOR && !named) return unsure(draft, tools, ranked, p)
  return answered(draft, tools, ranked, p) ?? abstained()
}

function onShelf(found: readonly Found[]): Found[] {
  return found.filter((f) => f.kind === 'provision' || f.kind === 'guide')
}

/** @returns the outside field that the question is nearest to, if it is nearer than everything on the shelf. */
function fieldOf(found: readonly Found[], library: Library): Field | undefined {
  const first = found.find((f) => f.kind === 'field')
  const best = onShelf(found)[0]
  if (!first || (best && first.score < best.score * FIELD_WINS)) return undefined
  return library.fields.get(first.id)
}

function outside(field: Field): Unanswered {
  return {
    kind: field.outcome,
    reason: field.id,
    sections: [
      { kind: 'answer', heading: '', lines: [plain(field.why)] },
      { kind: 'way_out', heading: '', lines: [plain(field.door)] },
    ],
    choices: [CHOICE.officer],
    citations: [],
  }
}

function unsure(draft: Draft, tools: Tools, found: readonly Found[], p: number): Outcome {
  const near = onShelf(found).slice(0, CLARIFY_CHOICES)
  if (p < UNSURE || draft.asked.clarified || near.length < 2) return abstained()
  const choices = near
    .map((f) => tools.library.guides.get(f.id)?.title ?? tools.library.provisions.get(f.id)?.title ?? '')
    .filter((title) => title !== '')
  return {
    kind: 'clarify',
    reason: 'unsure',
    sections: [{ kind: 'answer', heading: '', lines: [plain(SAY.clarify)] }],
    choices: [...choices, SAY.otherMatter],
    citations: [],
  }
}

function abstained(): Unanswered {
  return {
    kind: 'abstained',
    reason: 'nothing_near',
    sections: [
      { kind: 'answer', heading: '', lines: [plain(SAY.outside)] },
      { kind: 'way_out', heading: '', lines: [plain(SAY.outsideDoor)] },
    ],
    choices: [CHOICE.officer],
    citations: [],
  }
}

function answered(draft: Draft, tools: Tools, found: readonly Found[], p: number): Outcome | undefined {
  const { library } = tools
  const basis = new Basis(library)
  const main = onShelf(found)[0]
  if (!main) return undefined
  const notices = expiredNotices(draft, library, basis)
  const time = documentsOf(library, main.id).flatMap((d) => timeSection(library, basis, d, draft.eventDay, draft.asked.asOf, draft.unsureOfDay))
  const body = composeMain(draft, tools, basis, main, found)
  const { citations } = basis
  if (!isNonEmpty(citations)) return undefined
  return {
    kind: 'answered',
    sections: [...notices, ...time.slice(0, 1), ...body],
    choices: [CHOICE.complain, CHOICE.officer],
    citations,
    confidence: p,
  }
}

function composeMain(draft: Draft, tools: Tools, basis: Basis, main: Found, found: readonly Found[]): Section[] {
  const { library } = tools
  const day = draft.asked.asOf
  const guide = library.guides.get(main.id)
  const related = relatedTo(main, found, library)
  if (guide) return [...composeGuide(library, basis, guide, day), ...composeRelated(basis, related, draft.query)]
  const provision = library.provisions.get(main.id)
  if (!provision) return []
  const helper = guideFor(provision, found, library)
  return [
    ...composeProvision(basis, provision, draft.query),
    ...composeRelated(basis, related, draft.query),
    ...composeSteps(library, basis, helper, draft.audience, day),
  ]
}

/** @returns further provisions near to the question that the main source does not already say. */
function relatedTo(main: Found, found: readonly Found[], library: Library): ShelfProvision[] {
  const cited = new Set(library.guides.get(main.id)?.answer.flatMap((s) => s.cites.map(provisionId)) ?? [main.id])
  return found
    .filter((f) => f.kind === 'provision' && f.score >= main.score * RELATED_NEAR && !cited.has(f.id))
    .slice(0, RELATED)
    .map((f) => library.provisions.get(f.id))
    .filter((p) => p !== undefined && p.role !== 'state')
    .filter((p) => p !== undefined)
}

/** @returns the nearest guide that rests on the same article: its steps fit the clause. */
function guideFor(provision: ShelfProvision, found: readonly Found[], library: Library): Guide | undefined {
  const guides = found.filter((f) => f.kind === 'guide').map((f) => library.guides.get(f.id))
  return guides.find(
    (g) => g?.kind !== 'scam' && g?.answer.some((s) => s.cites.some((c) => c.document === provision.document && c.article === provision.article)),
  )
}
