/** From what was found to what is answered: one main source, at most two more; or honestly nothing. */
import { provisionId } from '../../knowledge/citation.ts'
import type { Citation } from '../../knowledge/cite.ts'
import { bigrams, syllables } from '../../knowledge/language/syllables.ts'
import type { Library, ShelfProvision } from '../../knowledge/library.ts'
import type { Field, Guide, LegalDocument } from '../../knowledge/schema.ts'
import { CHOICE, SAY } from '../wording/vi.ts'
import { Basis } from './basis.ts'
import { composeGuide, composeProvision, composeRelated, composeSteps } from './compose.ts'
import { nearestEver } from './find.ts'
import { isNonEmpty, type Outcome, plain, type Section, type Unanswered } from './outcome.ts'
import { outsideReply } from './outside.ts'
import { expiredNotices, notYet } from './references.ts'
import { documentsOf, timeSection, whichLaw } from './time.ts'
import type { Draft, Found, Step, Tools } from './turn.ts'

/** Under this probability nothing is asserted; set on the development half of the evaluation set. */
const FLOOR = 0.5
/** Between this and the floor, and without a clarifying question just before, the person is asked which matter is meant. */
const ASK_FROM = 0.46
/** How near an outside field must be to what is on the shelf to be named as the matter that the question belongs to. */
const FIELD_NEAR = 0.95
const RELATED = 2
/** A related provision must come this near to the first source. */
const RELATED_NEAR = 0.72
const CLARIFY_CHOICES = 3

/** So few words, without an earlier question, name a matter at most: the person is asked what about it. */
const FRAGMENT = 3
/** How near a matter must be to a few words to be offered as what they may mean. */
const FRAGMENT_NEAR = 0.55

/** Chooses and composes, or abstains with a way out. The last step: it always ends the turn. */
export const select: Step = async (draft, tools) => {
  const found = withoutScams(draft.found, tools.library)
  const named = namesALaw(draft, tools.library)
  if (isFragment(draft) && !named) return askAbout(tools, found)
  const coming = await lawToCome(draft, tools)
  if (coming) return notYet(draft, tools.library, coming)
  if (found[0]?.kind === 'distractor' && !named) return abstained()
  // No word and no meaning in common with anything: a confidence fitted on real questions says nothing about noise.
  if (found.every((f) => f.score === 0)) return abstained()
  const p = tools.confidence(found)
  if (p < FLOOR && !named) return unanswered(draft, tools, found, p)
  return answered(draft, tools, found, p) ?? abstained()
}

/** Whether the question names a law that is gone, or asks which law holds and names one: then it is about that law, however it is put. */
function namesALaw(draft: Draft, library: Library): boolean {
  return expiredNotices(draft, library, new Basis(library)).length > 0 || (draft.asksWhichLaw && lawByName(draft, library) !== undefined)
}

/** Scam guides speak to someone in danger; when it is not that, they are no source of law. */
function withoutScams(found: readonly Found[], library: Library): readonly Found[] {
  return found.filter((f) => library.guides.get(f.id)?.kind !== 'scam')
}

function isFragment(draft: Draft): boolean {
  return !draft.asked.clarified && (draft.asked.previous ?? []).length === 0 && syllables(draft.restored).length <= FRAGMENT
}

/** A word or two: offers the matters that it may mean, or asks to tell more. */
function askAbout(tools: Tools, found: readonly Found[]): Unanswered {
  const near = onShelf(found)
    .filter((f) => f.cosine >= FRAGMENT_NEAR)
    .slice(0, CLARIFY_CHOICES)
  const choices = near.length > 1 ? [...near.map((f) => titleOf(tools.library, f.id)), SAY.otherMatter] : [CHOICE.complain, CHOICE.officer]
  const lines = [plain(near.length > 1 ? SAY.clarify : SAY.tellMore)]
  return { kind: 'clarify', reason: 'fragment', sections: [{ kind: 'answer', heading: '', lines }], choices, citations: [] }
}

/** How much nearer a law that is not in force yet must be than what is in force. */
const COMING_NEARER = 1.1

/** @returns the law not yet in force that the question is really about, if there is one. */
async function lawToCome(draft: Draft, tools: Tools): Promise<LegalDocument | undefined> {
  const { library } = tools
  const day = [draft.asked.asOf, draft.eventDay].sort()[1] as string
  if ([...library.documents.values()].every((d) => d.shelf === 'none' || (d.inForceFrom ?? '') <= day)) return undefined
  const ever = await nearestEver(draft, tools)
  const best = onShelf(withoutScams(draft.found, library))[0]
  const coming = ever && documentsOf(library, ever.id).find((d) => (d.inForceFrom ?? '') > day)
  // Fused scores of two searches cannot be compared; what they are made of can.
  const strength = (f: Found | undefined) => (f ? f.lexical + f.cosine : 0)
  return coming && strength(ever) > strength(best) * COMING_NEARER ? coming : undefined
}

function onShelf(found: readonly Found[]): Found[] {
  return found.filter((f) => f.kind === 'provision' || f.kind === 'guide')
}

/** @returns the outside field that the question is nearest to, when that is about as near as anything on the shelf. */
function fieldOf(found: readonly Found[], library: Library): Field | undefined {
  const first = found.find((f) => f.kind === 'field')
  const best = onShelf(found)[0]
  return first && first.score >= (best?.score ?? 0) * FIELD_NEAR ? library.fields.get(first.id) : undefined
}

/** Not sure enough to assert: name the field it belongs to, ask once, or say that nothing was found. */
function unanswered(draft: Draft, tools: Tools, found: readonly Found[], p: number): Outcome {
  const field = fieldOf(found, tools.library)
  if (field) return outsideReply(field)
  const near = onShelf(found).slice(0, CLARIFY_CHOICES)
  if (p < ASK_FROM || draft.asked.clarified || near.length < 2) return lawOfThen(draft, tools, near[0]) ?? abstained()
  const choices = near.map((f) => titleOf(tools.library, f.id))
  return {
    kind: 'clarify',
    reason: 'unsure',
    sections: [{ kind: 'answer', heading: '', lines: [plain(SAY.clarify)] }],
    choices: [...choices, SAY.otherMatter],
    citations: [],
  }
}

/** Nothing sure to answer with, but the day named lies before the law that the question is nearest to: that much can be said. */
function lawOfThen(draft: Draft, tools: Tools, nearest: Found | undefined): Unanswered | undefined {
  if (!nearest || draft.dates.length === 0) return undefined
  const basis = new Basis(tools.library)
  const sections = lawsConcerned(draft, tools, nearest).flatMap((d) => timeSection(tools.library, basis, d, draft))
  return named(basis.citations, sections.slice(0, 1))
}

function titleOf(library: Library, id: string): string {
  return library.guides.get(id)?.title ?? library.provisions.get(id)?.title ?? id
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
  const main = mainSource(draft, found, library)
  if (!main) return undefined
  const notices = expiredNotices(draft, library, basis)
  const concerned = lawsConcerned(draft, tools, main)
  const time = concerned.flatMap((d) => timeSection(library, basis, d, draft))
  const law = draft.asksWhichLaw ? whichLaw(basis, concerned, draft.eventDay) : []
  const body = composeMain(draft, tools, basis, main, found)
  const { citations } = basis
  if (!citations.some((c) => c.kind === 'provision')) return named(citations, [...notices, ...time.slice(0, 1)])
  if (!isNonEmpty(citations)) return undefined
  return {
    kind: 'answered',
    sections: [...notices, ...time.slice(0, 1), ...law, ...body],
    choices: [CHOICE.complain, CHOICE.officer],
    citations,
    confidence: p,
  }
}

/** Only documents could be named, no clause of theirs is on the shelf for that day: said as far as it goes, not called an answer. */
function named(citations: readonly Citation[], sections: readonly Section[]): Unanswered | undefined {
  if (sections.length === 0) return undefined
  const wayOut: Section = { kind: 'way_out', heading: '', lines: [plain(SAY.outsideDoor)] }
  const used = citations.filter((_, i) => sections.some((s) => s.lines.some((l) => l.citations.includes(i))))
  const place = new Map(used.map((c, i) => [citations.indexOf(c), i]))
  const moved = sections.map((s) => ({ ...s, lines: s.lines.map((l) => ({ ...l, citations: l.citations.map((i) => place.get(i) as number) })) }))
  return { kind: 'abstained', reason: 'law_of_then_missing', sections: [...moved, wayOut], choices: [CHOICE.officer], citations: used }
}

/** So many syllable pairs of a law's name make it named: "sàn thương mại điện tử" names the Law on E-commerce. */
const NAME_PAIRS = 2

/** @returns the law of the shelf whose name the question says, if it says one. */
function lawByName(draft: Draft, library: Library): LegalDocument | undefined {
  const asked = new Set(bigrams(syllables(draft.query)))
  const shared = (d: LegalDocument) => bigrams(syllables(d.name)).filter((pair) => asked.has(pair)).length
  const named = [...library.documents.values()].filter((d) => d.shelf === 'whole' && shared(d) >= NAME_PAIRS)
  return named.sort((x, y) => shared(y) - shared(x))[0]
}

/** @returns the laws that the answer rests on; for a question that asks which law, first the one whose name is nearest to it. */
function lawsConcerned(draft: Draft, tools: Tools, main: Found): LegalDocument[] {
  const rested = documentsOf(tools.library, main.id)
  if (!draft.asksWhichLaw) return rested
  const byName = lawByName(draft, tools.library)
  return [...new Set([...(byName ? [byName] : []), ...rested])]
}

/** A guide that rests on the very clause found, and is nearly as near, answers a person better than the clause alone. */
const GUIDE_NEAR = 0.75

function mainSource(draft: Draft, found: readonly Found[], library: Library): Found | undefined {
  const first = onShelf(found)[0]
  const provision = first && library.provisions.get(first.id)
  if (!first || !provision) return first
  const rests = (g: Guide | undefined) =>
    g !== undefined && forAsker(g, draft) && g.answer.some((s) => s.cites.some((c) => provisionId(c) === provision.id))
  return found.find((f) => f.kind === 'guide' && f.score >= first.score * GUIDE_NEAR && rests(library.guides.get(f.id))) ?? first
}

/** @returns whether a guide speaks to the one who asks: a buyer is not told a seller's duties. */
function forAsker(guide: Guide, draft: Draft): boolean {
  return guide.kind !== 'scam' && guide.audience.includes(draft.audience ?? 'consumer')
}

function composeMain(draft: Draft, tools: Tools, basis: Basis, main: Found, found: readonly Found[]): Section[] {
  const { library } = tools
  const day = draft.asked.asOf
  const guide = library.guides.get(main.id)
  const related = relatedTo(draft, main, found, library)
  if (guide) return [...composeGuide(library, basis, guide, day), ...composeRelated(library, basis, related, draft.query, tools.nearness, day)]
  const provision = library.provisions.get(main.id)
  if (!provision) return []
  const helper = guideFor(draft, provision, found, library)
  return [
    ...composeProvision(basis, provision, draft.query, tools.nearness),
    ...composeRelated(library, basis, related, draft.query, tools.nearness, day),
    ...(helper || provision.role !== 'definition' ? composeSteps(library, basis, helper, draft.audience, day) : []),
  ]
}

/** @returns further sources near to the question that the main one does not already say. */
function relatedTo(draft: Draft, main: Found, found: readonly Found[], library: Library): (ShelfProvision | Guide)[] {
  const said = new Set(library.guides.get(main.id)?.answer.flatMap((s) => s.cites.map(provisionId)) ?? [main.id])
  const near = onShelf(found).filter((f) => f.id !== main.id && f.score >= main.score * RELATED_NEAR && !said.has(f.id))
  const sources = near.map((f) => library.provisions.get(f.id) ?? library.guides.get(f.id))
  return sources.filter((source) => source !== undefined && mayBeRelated(source, draft)).slice(0, RELATED) as (ShelfProvision | Guide)[]
}

function mayBeRelated(source: ShelfProvision | Guide, draft: Draft): boolean {
  return 'kind' in source ? forAsker(source, draft) : source.role !== 'state'
}

/** @returns the nearest guide that rests on the same article: its steps fit the clause. */
function guideFor(draft: Draft, provision: ShelfProvision, found: readonly Found[], library: Library): Guide | undefined {
  const guides = found.filter((f) => f.kind === 'guide').map((f) => library.guides.get(f.id))
  const rests = (g: Guide) => g.answer.some((s) => s.cites.some((c) => c.document === provision.document && c.article === provision.article))
  return guides.find((g) => g !== undefined && forAsker(g, draft) && rests(g))
}
