/** From what was found to what is answered: one main source, at most two more; or honestly nothing. */
import { type Pointer, parsePointer, provisionId } from '../../knowledge/citation.ts'
import type { Citation } from '../../knowledge/cite.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { bigrams, syllables } from '../../knowledge/language/syllables.ts'
import type { Library, ShelfProvision } from '../../knowledge/library.ts'
import type { Field, Guide, LegalDocument } from '../../knowledge/schema.ts'
import { formatDay, predecessors, textFrom } from '../../knowledge/validity.ts'
import { THRESHOLDS } from '../../retrieval/confidence.ts'
import { wordOdds } from '../../retrieval/word-odds.ts'
import { CHOICE, HEADING, SAY } from '../wording/vi.ts'
import { Basis } from './basis.ts'
import { composeGuide, composeProvision, composeRelated, composeSteps, pointerOf } from './compose.ts'
import { documentsOf, firstFrom, madeBy, nearEver, ofThatDay } from './find.ts'
import { type Answered, isNonEmpty, type Outcome, plain, type Section, type Unanswered } from './outcome.ts'
import { outsideReply } from './outside.ts'
import { expiredNotices, notYet } from './references.ts'
import { nameOf, sinceWhen, timeSection, whichLaw } from './time.ts'
import type { Draft, Found, Step, Tools } from './turn.ts'

/** How near an outside field must be to what is on the shelf to be named as the matter that the question belongs to. */
const FIELD_NEAR = 0.95
const RELATED = 3
/** A related provision must come this near to the first source. */
const RELATED_NEAR = 0.72
/** The same for a clause that the guide rests on already. */
const CLAUSE_NEAR = 0.8
/** A further clause of the very article that is answered from may lie less near: people ask two things at once, and an article holds together. */
const SIBLING_NEAR = 0.5
const SIBLINGS = 2
const CLARIFY_CHOICES = 3

/** So few words, without an earlier question, name a matter at most: the person is asked what about it. */
const FRAGMENT = 3
/** How near a matter must be to a few words to be offered as what they may mean. */
const FRAGMENT_NEAR = 0.55

/** Chooses and composes, or abstains with a way out. The last step: it always ends the turn. */
export const select: Step = async (draft, tools) => {
  const all = withoutScams(draft.found, tools.library)
  const named = namesALaw(draft, tools.library)
  if (isFragment(draft) && !named) return askAbout(tools, all)
  const coming = await lawToCome(draft, tools)
  if (coming?.decides) return notYet(draft, tools.library, coming.document, coming.near)
  const missing = await lawNotHeld(draft, tools)
  if (missing) return missing
  // How sure the shelf is, is judged by what was found; which law of two is answered from, by the day.
  const found = coming ? firstFrom(all, coming.before, tools.library) : ofThatDay(all, draft, tools.library)
  if (belongsToOtherLaw(found) && !named) return abstained()
  // No word and no meaning in common with anything: a confidence fitted on real questions says nothing about noise.
  if (found.every((f) => f.score === 0)) return abstained()
  const p = tools.confidence(all, draft.saidField !== undefined, outsideOdds(tools.library, draft.query))
  if (p < THRESHOLDS.answer && !named)
    return coming && draft.asksWhichLaw ? notYet(draft, tools.library, coming.document, coming.near) : unanswered(draft, tools, found, p)
  return answered(draft, tools, found, p, coming?.document) ?? abstained()
}

/** @returns how much likelier the words of `text` are of a matter outside the shelf than of one on it. */
export function outsideOdds(library: Library, text: string): number {
  return wordOdds(library).of('outside', ['shelf'], text)
}

/** Other law must be this much nearer than anything of ours: our shelf is small, and an article of some decree shares words with every question. */
const OTHER_LAW_NEARER = 1.15

function belongsToOtherLaw(found: readonly Found[]): boolean {
  const other = found.find((f) => f.kind === 'distractor')
  return other !== undefined && other.score >= (onShelf(found)[0]?.score ?? 0) * OTHER_LAW_NEARER
}

/** Whether the question names a law that is gone, or asks which law holds and names one: then it is about that law, however it is put. */
function namesALaw(draft: Draft, library: Library): boolean {
  return expiredNotices(draft, library, new Basis(library)).length > 0 || (draft.asksWhichLaw && lawsNamed(draft, library).length > 0)
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

/** How much nearer a law that is not in force yet must be than what is in force, to be the answer; and to be told of beside the answer. */
const COMING_NEARER = 1.1
const COMING_NEAR = 0.8

interface Coming {
  readonly document: LegalDocument
  /** What is near to the question whatever the day, the nearest first. */
  readonly near: readonly Found[]
  /** Whether the question is about this law rather than about anything in force. */
  readonly decides: boolean
  /** What it replaces and still holds. */
  readonly before: readonly LegalDocument[]
}

/** Fused scores of two searches cannot be compared; what they are made of can. */
function strengthOf(found: Found | undefined): number {
  return found ? found.lexical + found.cosine : 0
}

/** How near the law that still holds must be to the one that replaces it, to be what is answered from. */
const STILL_NEAR = 0.75

/** Asks for what holds at this moment, whatever comes. */
const ASKS_NOW = /\b(bay gio|hien (nay|tai|gio|hanh)|luc nay|dang (ap dung|co hieu luc))\b/

/** @returns the law not yet in force that the question is about, or about as near to as to what is in force. */
async function lawToCome(draft: Draft, tools: Tools): Promise<Coming | undefined> {
  const { library } = tools
  const day = [draft.asked.asOf, draft.eventDay].sort()[1] as string
  if ([...library.documents.values()].every((d) => d.shelf === 'none' || (textFrom(d) ?? '') <= day)) return undefined
  const near = await nearEver(draft, tools)
  const ever = near[0]
  const best = onShelf(withoutScams(draft.found, library))[0]
  const document = ever && documentsOf(library, ever.id).find((d) => (textFrom(d) ?? '') > day)
  const nearer = strengthOf(ever) / Math.max(strengthOf(best), 1e-9)
  if (!document || nearer <= COMING_NEAR) return undefined
  const before = predecessors(library, document.number, day)
  const still = onShelf(draft.found).find((f) => before.some(({ number }) => number === library.provisions.get(f.id)?.document))
  const holds = !draft.asksWhichLaw && !draft.comparesLaws && strengthOf(still) >= STILL_NEAR * strengthOf(ever)
  const now = ASKS_NOW.test(fold(draft.query)) && strengthOf(best) >= STILL_NEAR * strengthOf(ever)
  return { document, near, before, decides: nearer > COMING_NEARER && !holds && !now }
}

/**
 * Asked before the law that says most about the matter was made: what held then is not answered from something else when no text of it is here.
 * @returns an abstention that names what held; undefined where the shelf has it, or has something about as near.
 */
async function lawNotHeld(draft: Draft, { library, search }: Tools): Promise<Unanswered | undefined> {
  const { eventDay, asked } = draft
  const unmade = new Set([...library.documents.values()].filter((d) => madeBy(d) > asked.asOf).map(({ number }) => number))
  if (unmade.size === 0) return undefined
  const nearest = onShelf(withoutScams(await search(draft.query, NEAREST_EVER), library))[0]
  const document = nearest && documentsOf(library, nearest.id).find(({ number }) => unmade.has(number))
  const before = document ? predecessors(library, document.number, eventDay) : []
  if (before.length === 0 || before.some(({ shelf }) => shelf !== 'none')) return undefined
  const best = onShelf(withoutScams(draft.found, library))[0]
  if (strengthOf(nearest) <= COMING_NEARER * strengthOf(best)) return undefined
  const basis = new Basis(library)
  const said = basis.line(
    SAY.heldThen(formatDay(eventDay), before.map(nameOf).join(' và ')),
    before.map(({ number }) => ({ document: number })),
  )
  return named(basis.citations, [{ kind: 'note', heading: HEADING.time, lines: [said] }])
}

const NEAREST_EVER = 10

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
  const said = draft.saidField ? tools.library.fields.get(draft.saidField) : undefined
  if (said) return outsideReply(said)
  const field = fieldOf(found, tools.library)
  const versions = versionsOnly(draft, tools, onShelf(found))
  // Words of buying and selling outweigh a matter that is only about as near.
  if (versions && (!field || outsideOdds(tools.library, draft.query) < 0)) return versions
  if (field) return outsideReply(field)
  const near = onShelf(found).slice(0, CLARIFY_CHOICES)
  if (p < THRESHOLDS.ask || draft.asked.clarified || near.length < 2) return lawOfThen(draft, tools, near[0]) ?? abstained()
  const choices = near.map((f) => titleOf(tools.library, f.id))
  return {
    kind: 'clarify',
    reason: 'unsure',
    sections: [{ kind: 'answer', heading: '', lines: [plain(SAY.clarify)] }],
    choices: [...choices, SAY.otherMatter],
    citations: [],
  }
}

/** Old law or new is the question: set against each other, or asked for by who names a day or says that it is forgotten. */
function asksOfVersions({ comparesLaws, asksWhichLaw, dates, unsureOfDay }: Draft): boolean {
  return comparesLaws || (asksWhichLaw && (dates.length > 0 || unsureOfDay))
}

/** Nothing sure to answer with, but old law or new was the question: which one held when, and the rule for what lay between, can be said. */
function versionsOnly(draft: Draft, tools: Tools, shelf: readonly Found[]): Answered | undefined {
  const [nearest] = shelf
  if (!asksOfVersions(draft) || !nearest) return undefined
  const basis = new Basis(tools.library)
  const near = shelf.filter((f) => f.score >= nearest.score * ALSO_CONCERNED)
  const concerned = lawsConcerned(draft, tools, near)
  const sections = [...timesOf(concerned, draft, tools, basis), ...whichLaw(basis, concerned, draft.asked.asOf)]
  const { citations } = basis
  if (!isNonEmpty(citations) || !citations.some((c) => c.kind === 'provision')) return undefined
  const wayOut: Section = { kind: 'way_out', heading: '', lines: [plain(SAY.tellMore)] }
  return { kind: 'answered', sections: [...sections, wayOut], choices: [CHOICE.complain, CHOICE.officer], citations, confidence: THRESHOLDS.answer }
}

/** Nothing sure to answer with, but the day named lies before the law that the question is nearest to: that much can be said. */
function lawOfThen(draft: Draft, tools: Tools, nearest: Found | undefined): Unanswered | undefined {
  if (!nearest || draft.dates.length === 0) return undefined
  const basis = new Basis(tools.library)
  const sections = lawsConcerned(draft, tools, [nearest]).flatMap((d) => timeSection(tools.library, basis, d, draft))
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

function answered(draft: Draft, tools: Tools, found: readonly Found[], p: number, coming?: LegalDocument): Outcome | undefined {
  const { library } = tools
  const basis = new Basis(library)
  const main = mainSource(draft, found, library)
  if (!main) return undefined
  const notices = expiredNotices(draft, library, basis)
  const near = onShelf(found).filter((f) => f.score >= main.score * ALSO_CONCERNED)
  const concerned = [...new Set([...lawsConcerned(draft, tools, [main, ...near]), ...(coming ? [coming] : [])])]
  const time = timesOf(concerned, draft, tools, basis)
  const law = draft.asksWhichLaw ? heldSince(draft, tools, basis, concerned, main) : []
  const body = composeMain(draft, tools, basis, main, found)
  const { citations } = basis
  if (!citations.some((c) => c.kind === 'provision')) return named(citations, [...notices, ...time])
  if (!isNonEmpty(citations)) return undefined
  return {
    kind: 'answered',
    sections: [...notices, ...time, ...law, ...body, ...startsSpokenOf(library, basis, body, [...notices, ...time, ...law])],
    choices: [CHOICE.complain, CHOICE.officer],
    citations,
    confidence: p,
  }
}

/** "… before this Decree comes into force": whoever reads that must know the day. */
const THIS_STARTS = /(?:luật|nghị định|thông tư|quyết định) này (?:có|bắt đầu có) hiệu lực/iu

/** @returns from when the documents hold whose clauses speak of their own beginning, unless `said` tells it already. */
function startsSpokenOf(library: Library, basis: Basis, body: readonly Section[], said: readonly Section[]): Section[] {
  const told = said.flatMap(({ lines }) => lines.map(({ text }) => text)).join('\n')
  const speaking = body.flatMap(({ lines }) => lines.filter(({ text }) => THIS_STARTS.test(text)).flatMap((line) => line.citations))
  const numbers = new Set(speaking.map((place) => parsePointer(basis.citations[place]?.id ?? '').document))
  const documents = [...numbers].flatMap((number) => library.documents.get(number) ?? [])
  const lines = documents.flatMap((document) => {
    const from = formatDay(document.inForceFrom ?? '')
    return document.inForceFrom && !told.includes(from)
      ? [basis.line(SAY.holds(nameOf(document), from), [document.startsBy ?? { document: document.number }])]
      : []
  })
  return lines.length > 0 ? [{ kind: 'note', heading: HEADING.whichLaw, lines }] : []
}

/** From when the laws hold that are concerned, and of what is answered from the articles that came later. */
function heldSince({ asked, references }: Draft, { library }: Tools, basis: Basis, concerned: readonly LegalDocument[], main: Found): Section[] {
  const named = concerned.filter((d) => references.some((r) => r.document === d.number))
  const sections = whichLaw(basis, concerned, asked.asOf, named)
  const lines = sinceWhen(library, basis, pointersOf(library, main), asked.asOf)
  if (lines.length === 0) return sections
  return [{ kind: 'note', heading: HEADING.whichLaw, lines: [...lines, ...sections.flatMap((section) => section.lines)] }]
}

/** @returns the clauses that a source is, or that the answer of a guide rests on. */
function pointersOf(library: Library, { id }: Found): readonly Pointer[] {
  const provision = library.provisions.get(id)
  return provision ? [pointerOf(provision)] : (library.guides.get(id)?.answer ?? []).flatMap(({ cites }) => cites)
}

/** How near to the main source another must be for its law to be spoken of as well, where the day decides. */
const ALSO_CONCERNED = 0.85
/** So many laws are set side by side, at most, where the day decides. */
const VERSIONS = 2

function timesOf(concerned: readonly LegalDocument[], draft: Draft, tools: Tools, basis: Basis): Section[] {
  const named = draft.asksWhichLaw ? lawsNamed(draft, tools.library) : []
  const of = named.length > 0 ? named : concerned
  return of.flatMap((d) => timeSection(tools.library, basis, d, draft)).slice(0, VERSIONS)
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

/** @returns the laws of the shelf that the question names: by number or in words. */
function lawsNamed(draft: Draft, library: Library): LegalDocument[] {
  const shelf = [...library.documents.values()].filter((d) => d.shelf !== 'none')
  const byReference = shelf.filter((d) => draft.references.some((r) => r.document === d.number))
  const asked = new Set(bigrams(syllables(fold(draft.query))))
  const shared = (d: LegalDocument) => bigrams(syllables(fold(d.name))).filter((pair) => asked.has(pair)).length
  const byName = shelf.filter((d) => shared(d) >= NAME_PAIRS).sort((x, y) => shared(y) - shared(x))
  return byReference.length > 0 ? byReference : byName.slice(0, 1)
}

/** @returns the laws that the day may decide between: those named, else those of which the words speak and on which what is nearest rests. */
function lawsConcerned(draft: Draft, tools: Tools, nearest: readonly Found[]): LegalDocument[] {
  return lawsOf(draft, tools, nearest).filter((document) => madeBy(document) <= draft.asked.asOf)
}

function lawsOf(draft: Draft, tools: Tools, nearest: readonly Found[]): LegalDocument[] {
  const { library } = tools
  const rested = [...new Set(nearest.flatMap((f) => documentsOf(library, f.id)))]
  if (!draft.asksWhichLaw) return nearest[0] ? withThoseToCome(documentsOf(library, nearest[0].id), rested, draft) : []
  const folded = ` ${syllables(fold(draft.query)).join(' ')} `
  const spoken = [...library.documents.values()].filter((d) => d.spokenOf.some((word) => folded.includes(` ${fold(word)} `)))
  const named = lawsNamed(draft, library)
  // The matter's own law, where another one held before it; else the law that any purchase falls under.
  const own = rested.filter((d) => predecessors(library, d.number, draft.eventDay).length > 0)
  return [...new Set([...named, ...spoken, ...own, ...(named.length + spoken.length > 0 ? [] : generalLaw(library)), ...rested])]
}

/** The law that any purchase falls under: the first of the list. Who names no law and asks which one holds means it. */
function generalLaw(library: Library): LegalDocument[] {
  return [...library.documents.values()].slice(0, 1)
}

/**
 * The main source's laws, and of those that are nearly as near the ones that did not hold yet on the day that matters. That the text of another one was
 * amended since says nothing of the matter.
 */
function withThoseToCome(main: readonly LegalDocument[], near: readonly LegalDocument[], { eventDay }: Draft): LegalDocument[] {
  return [...new Set([...main, ...near.filter((d) => !d.textFrom && (d.inForceFrom ?? '') > eventDay)])]
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
    ...composeProvision(basis, provision, draft.query, tools.nearness, day),
    ...composeRelated(library, basis, related, draft.query, tools.nearness, day),
    ...(helper || provision.role !== 'definition' ? composeSteps(library, basis, helper, draft.audience, day) : []),
  ]
}

/** @returns further sources near to the question that the main one does not already say. */
function relatedTo(draft: Draft, main: Found, found: readonly Found[], library: Library): (ShelfProvision | Guide)[] {
  const said = new Set(library.guides.get(main.id)?.answer.flatMap((s) => s.cites.map(provisionId)) ?? [main.id])
  const nearest = onShelf(found).filter((f) => f.id !== main.id && f.score >= main.score * RELATED_NEAR)
  // A guide says of a clause what most people need; the clause that lies nearest to this very question is shown as well.
  const clause = nearest.find((f) => f.kind === 'provision' && f.score >= main.score * CLAUSE_NEAR)
  const near = nearest.filter((f) => f === clause || !said.has(f.id))
  const sources = near.map((f) => library.provisions.get(f.id) ?? library.guides.get(f.id))
  const related = sources.filter((source) => source !== undefined && mayBeRelated(source, draft)).slice(0, RELATED) as (ShelfProvision | Guide)[]
  return [...related, ...siblingsOf(draft, main, found, library).filter((sibling) => !related.includes(sibling))]
}

/** @returns the next nearest clauses of the article that the main source is a clause of. */
function siblingsOf(draft: Draft, main: Found, found: readonly Found[], library: Library): ShelfProvision[] {
  const { document, article } = library.provisions.get(main.id) ?? {}
  return found
    .filter((f) => f.id !== main.id && f.score >= main.score * SIBLING_NEAR)
    .map((f) => library.provisions.get(f.id))
    .filter((p) => p !== undefined && p.document === document && p.article === article && mayBeRelated(p, draft))
    .slice(0, SIBLINGS) as ShelfProvision[]
}

/** Asks what breaking the law costs. */
const ASKS_PENALTY = /\b(phat|che tai|bi xu|xu (ly|phat|sao|the nao|ra sao)|bi (gi|sao))\b/

function mayBeRelated(source: ShelfProvision | Guide, draft: Draft): boolean {
  if ('kind' in source) return forAsker(source, draft)
  // A fine helps nobody who asks what they may claim or must do: it is told to who asks for it.
  return source.role !== 'state' && (!source.topics.includes('xu-ly-vi-pham') || ASKS_PENALTY.test(fold(draft.query)))
}

/** @returns the nearest guide that rests on the same article: its steps fit the clause. */
function guideFor(draft: Draft, provision: ShelfProvision, found: readonly Found[], library: Library): Guide | undefined {
  const guides = found.filter((f) => f.kind === 'guide').map((f) => library.guides.get(f.id))
  const rests = (g: Guide) => g.answer.some((s) => s.cites.some((c) => c.document === provision.document && c.article === provision.article))
  return guides.find((g) => g !== undefined && forAsker(g, draft) && rests(g))
}
