/** The direct path: "Điều 39 luật 19/2023" is looked up, not searched; what does not exist is said plainly. */
import { formatPlace, type Pointer } from '../../knowledge/citation.ts'
import type { LegalReference } from '../../knowledge/language/legal-references.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import { fullText, type Library, resolve, type ShelfProvision } from '../../knowledge/library.ts'
import type { LegalDocument } from '../../knowledge/schema.ts'
import { type Day, formatDay, inForce, mayAnnounce, pointerInForce, spanOf, textFrom } from '../../knowledge/validity.ts'
import { CHOICE, HEADING, SAY } from '../wording/vi.ts'
import { Basis } from './basis.ts'
import { composeProvision, pointerOf } from './compose.ts'
import { isNonEmpty, type Outcome, plain, type Section, type Unanswered } from './outcome.ts'
import { endingSection, expiredSection, nameOf, outOfForce, timeSection, whichLaw } from './time.ts'
import type { Draft, Found, Step, Tools } from './turn.ts'

/** A question this short beside its reference asks for the article itself. */
const BARE = 6
/** This short beside a document it asks what the document is about: "nghị định 248 nói gì vậy". */
const BARE_DOCUMENT = 4
const CLAUSES_IN_FULL = 1
/** So many documents are offered for an article without one; the laws stand first in the list of documents. */
const MOST_DOCUMENTS = 4

/** Ends the turn when the question names an article, or a document that is expired, unknown or not on the shelf. */
export const followReferences: Step = (draft, tools) => {
  const { library } = tools
  const unknown = draft.references.find((r) => r.unknownDocument)
  if (unknown?.unknownDocument) return ofUnknown(draft, tools, plainNumber(unknown.unknownDocument))
  for (const reference of draft.references) {
    const outcome = reference.document
      ? ofDocument(draft, tools, reference, library.documents.get(reference.document))
      : ofNoDocument(draft, tools, reference)
    if (outcome) return outcome
  }
  return draft
}

/** A document that is not known here may be spoken of by one that is: what becomes of its licences, deposits and fines. */
function ofUnknown(draft: Draft, tools: Tools, number: string): Outcome {
  const unknown = abstain('unknown_document', SAY.unknownDocument(number))
  const speaking = number === '' ? [] : speakingOf(tools.library, number, draft)
  const first = byNearness(speaking, draft)[0]
  const document = first && tools.library.documents.get(first.document)
  if (!first || !document) return unknown
  const basis = new Basis(tools.library)
  const time = timeSection(tools.library, basis, document, draft)
  const body = composeProvision(basis, first, draft.query, tools.nearness, draft.asked.asOf)
  const { citations } = basis
  if (!isNonEmpty(citations)) return unknown
  const note: Section = { kind: 'note', heading: '', lines: [plain(SAY.unknownBeside(number))] }
  return { kind: 'answered', sections: [note, ...time, ...body], choices: [CHOICE.complain, CHOICE.officer], citations, confidence: 1 }
}

/** @returns what is in force and names the document. */
function speakingOf(library: Library, number: string, { asked }: Draft): ShelfProvision[] {
  const named = new RegExp(`(?<![\\d/])${number.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\d)`, 'u')
  return [...library.provisions.values()].filter((p) => named.test(fullText(p)) && pointerInForce(library, pointerOf(p), asked.asOf))
}

/** @returns the number of a document for saying it back, empty where what was written could be anything. */
function plainNumber(written: string): string {
  return written.match(/\d{1,4}\/(?:\d{4}\/)?(?:NĐ-CP|TT-[A-ZĐ]{2,6}|QĐ-(?:TTg|UBND)|QH\d{1,2}|\d{4})/u)?.[0] ?? ''
}

function ofDocument(draft: Draft, tools: Tools, reference: LegalReference, document: LegalDocument | undefined): Outcome | undefined {
  if (!document) return undefined
  if (document.shelf === 'none') return offShelf(draft, tools.library, document)
  if (comesLater(draft, document)) return notYet(draft, tools.library, document)
  if (isGone(draft, document)) return reference.article || isBare(draft, reference) ? whatOfIt(tools.library, document, draft.asked.asOf) : undefined
  if (draft.asksWhichLaw && !reference.article) return ends(draft, tools.library, document) ?? holds(draft, tools.library, document, reference)
  if (!reference.article) return isBare(draft, reference) ? whatOfIt(tools.library, document, draft.asked.asOf) : undefined
  const pointer = pointerFrom(reference, document.number)
  const place = formatPlace(pointer)
  if (document.articles && Number.parseInt(reference.article, 10) > document.articles)
    return abstain('no_such_article', SAY.noArticle(`Điều ${reference.article}`, nameOf(document), document.articles))
  const reached = resolve(tools.library, pointer)
  if (reached.length === 0) return notThere(tools.library, document, reference.article, place)
  const held = reached.filter((p) => holdsFor(draft, tools.library, p))
  return held.length > 0 ? shown(draft, tools, document, held) : outOf(draft, tools.library, document, pointer, place)
}

/** On the day of asking or on that of the matter. */
function holdsFor({ asked, eventDay }: Draft, library: Library, provision: ShelfProvision): boolean {
  return [asked.asOf, eventDay].some((day) => pointerInForce(library, pointerOf(provision), day))
}

/** An article may be gone, or not hold yet, though its document does: since when or from when, and by which clause. */
function outOf(draft: Draft, library: Library, document: LegalDocument, pointer: Pointer, place: string): Outcome {
  const basis = new Basis(library)
  const said = outOfForce(library, basis, document, pointer, place, draft.asked.asOf)
  const wayOut: Section = { kind: 'way_out', heading: '', lines: [plain(SAY.tellMore)] }
  const { citations } = basis
  if (!said || !isNonEmpty(citations)) return notThere(library, document, pointer.article ?? '', place)
  return { kind: 'answered', sections: [said, wayOut], choices: [CHOICE.complain, CHOICE.officer], citations, confidence: 1 }
}

/** Neither in force today nor on the day of the matter: its text is shown to who says when the matter was, not as law. */
function isGone({ asked, eventDay }: Draft, document: LegalDocument): boolean {
  return document.inForceTo !== null && document.inForceTo <= asked.asOf && !inForce(document, eventDay)
}

/** Whether it still holds is asked of a document whose end is set: until when it does, and by which clause. */
function ends(draft: Draft, library: Library, document: LegalDocument): Outcome | undefined {
  const basis = new Basis(library)
  const sections = endingSection(library, basis, document, draft.asked.asOf)
  const { citations } = basis
  if (sections.length === 0 || !isNonEmpty(citations) || !citations.some((c) => c.kind === 'provision')) return undefined
  const wayOut: Section = { kind: 'way_out', heading: '', lines: [plain(SAY.askAgain)] }
  return { kind: 'answered', sections: [...sections, wayOut], choices: [CHOICE.complain, CHOICE.officer], citations, confidence: 1 }
}

/** Beside the name of a document so many words hold no more than the question whether it is in force: "luật quảng cáo 2012 bị bỏ chưa hay vẫn dùng". */
const ONLY_FORCE = 8

/** Whether a document still holds is the whole question: since when it does, and what has changed it. */
function holds(draft: Draft, library: Library, document: LegalDocument, reference: LegalReference): Outcome | undefined {
  if (draft.dates.length > 0 || draft.comparesLaws || restOf(draft, reference) > ONLY_FORCE) return undefined
  const basis = new Basis(library)
  const sections = whichLaw(basis, [document], draft.asked.asOf, [document])
  const { citations } = basis
  if (sections.length === 0 || !isNonEmpty(citations)) return undefined
  const wayOut: Section = { kind: 'way_out', heading: '', lines: [plain(SAY.askAgain)] }
  return { kind: 'answered', sections: [...sections, wayOut], choices: [CHOICE.complain, CHOICE.officer], citations, confidence: 1 }
}

/** Nothing but the document is named, and not asked whether it holds. */
function isBare(draft: Draft, reference: LegalReference): boolean {
  return !draft.asksWhichLaw && restOf(draft, reference) <= BARE_DOCUMENT
}

function restOf(draft: Draft, reference: LegalReference): number {
  return syllables(draft.restored).length - syllables(reference.text).length
}

/** Says what a document is about and since when, or that it is gone, and asks what of it is wanted: the guides that rest on it are offered. */
function whatOfIt(library: Library, document: LegalDocument, day: Day): Unanswered {
  const rests = [...library.guides.values()].filter(
    (g) => g.kind !== 'scam' && g.answer.some((s) => s.cites.some((c) => c.document === document.number)),
  )
  const basis = new Basis(library)
  const said = SAY.whatOfIt(nameOf(document), formatDay(document.inForceFrom ?? ''), document.about ?? '')
  const gone = expiredSection(library, basis, document, day)
  const sections: Section[] = gone
    ? [gone, { kind: 'answer', heading: '', lines: [plain(SAY.whatOfOld(document.about ?? ''))] }]
    : [{ kind: 'answer', heading: '', lines: [basis.line(said, [{ document: document.number }])] }]
  const choices = [...rests.slice(0, MOST_DOCUMENTS).map((g) => g.title), SAY.otherMatter]
  return { kind: 'clarify', reason: 'what_of_it', sections, choices, citations: basis.citations }
}

/** Of an excerpt the article may be missing here though the document has it. */
function notThere(library: Library, document: LegalDocument, article: string, place: string): Unanswered {
  const missing = document.shelf === 'excerpt' && !library.articles.has(`${document.number}#${article}`)
  return missing
    ? abstain('not_on_shelf', SAY.notInExcerpt(place, nameOf(document)))
    : abstain('no_such_clause', SAY.noClause(place, nameOf(document)))
}

function comesLater(draft: Draft, document: LegalDocument): boolean {
  const from = textFrom(document) ?? ''
  return from > draft.asked.asOf && from > draft.eventDay
}

/** What a law says of what lies between may be told before its day: it is what somebody needs to know who asks what becomes of what they have. */
function toCome(library: Library, basis: Basis, document: LegalDocument, near: readonly Found[], day: Day): Section[] {
  const provision = near.flatMap(({ id }) => library.provisions.get(id) ?? []).find((p) => mayAnnounce(document, pointerOf(p), day))
  const from = provision && spanOf(library, pointerOf(provision))?.inForceFrom
  if (!provision || !from) return []
  return [{ kind: 'note', heading: HEADING.toCome(formatDay(from)), lines: [basis.line(fullText(provision), [pointerOf(provision)])] }]
}

/**
 * @param near what of the law is near to the question, the nearest first
 * @returns from when a law holds, by which clause, what held before it and what becomes of what lies between: an answer where it is that which was asked
 */
export function notYet(draft: Draft, library: Library, document: LegalDocument, near: readonly Found[] = []): Outcome {
  const basis = new Basis(library)
  const which = draft.asksWhichLaw ? whichLaw(basis, [document], draft.asked.asOf) : []
  const sections = [...timeSection(library, basis, document, draft), ...which, ...toCome(library, basis, document, near, draft.asked.asOf)]
  const wayOut = { kind: 'way_out' as const, heading: '', lines: [plain(SAY.askAgain), plain(SAY.outsideDoor)] }
  const said = { sections: [...sections, wayOut], choices: [CHOICE.officer] }
  const { citations } = basis
  const tells = draft.asksWhichLaw || citations.some((c) => c.kind === 'provision')
  if (tells && isNonEmpty(citations)) return { kind: 'answered', ...said, citations, confidence: 1 }
  return { kind: 'abstained', reason: 'not_in_force_yet', ...said, citations }
}

/** An in-force document without text on the shelf cannot be answered from, only its end be told; an expired one is left to the search, under its notice. */
function offShelf(draft: Draft, library: Library, document: LegalDocument): Outcome | undefined {
  const { asOf } = draft.asked
  if (!inForce(document, asOf)) return undefined
  const basis = new Basis(library)
  const ending = draft.asksWhichLaw ? endingSection(library, basis, document, asOf) : []
  const missing = abstain('not_on_shelf', SAY.notOnShelf(nameOf(document), document.about ?? ''))
  const sections = [...ending, ...missing.sections]
  const { citations } = basis
  if (draft.asksWhichLaw && isNonEmpty(citations) && citations.some((c) => c.kind === 'provision'))
    return { kind: 'answered', sections, choices: missing.choices, citations, confidence: 1 }
  return { ...missing, sections, citations }
}

function ofNoDocument(draft: Draft, tools: Tools, reference: LegalReference): Outcome | undefined {
  const { library } = tools
  if (!reference.article) return undefined
  const { article } = reference
  const shelf = [...library.documents.values()].filter((d) => d.shelf !== 'none')
  const holding = shelf.filter((d) => library.articles.has(`${d.number}#${article}`)).slice(0, MOST_DOCUMENTS)
  if (holding.length === 0) return abstain('no_such_article', SAY.noSuchArticle(`Điều ${article}`))
  if (restOf(draft, reference) > BARE) return undefined
  const only = holding.length === 1 ? holding[0] : undefined
  if (only) return ofDocument(draft, tools, { ...reference, document: only.number }, only)
  const choices = holding.map((d) => `${reference.text} ${d.name}`)
  return {
    kind: 'clarify',
    reason: 'which_document',
    sections: [{ kind: 'answer', heading: '', lines: [plain(`Bạn hỏi Điều ${article} của văn bản nào?`)] }],
    choices,
    citations: [],
  }
}

function shown(draft: Draft, tools: Tools, document: LegalDocument, reached: readonly ShelfProvision[]): Outcome | undefined {
  const basis = new Basis(tools.library)
  const order = byNearness(reached, draft)
  const time = timeSection(tools.library, basis, document, draft)
  const first = order[0] as ShelfProvision
  const overview =
    reached.length > 1
      ? [{ kind: 'note' as const, heading: `Điều ${first.article}. ${first.heading}`, lines: reached.map((p) => clauseLine(basis, p)) }]
      : []
  const nearest = order.slice(0, reached.length > 1 ? CLAUSES_IN_FULL : 1)
  const full = reached.filter((p) => nearest.includes(p)).flatMap((p) => composeProvision(basis, p, draft.query, tools.nearness, draft.asked.asOf))
  const { citations } = basis
  if (!isNonEmpty(citations)) return undefined
  return { kind: 'answered', sections: [...time, ...overview, ...full], choices: [CHOICE.complain, CHOICE.officer], citations, confidence: 1 }
}

function clauseLine(basis: Basis, p: ShelfProvision) {
  return basis.line(p.clause ? `Khoản ${p.clause}: ${p.title}.` : `${p.title}.`, [pointerOf(p)])
}

function byNearness(reached: readonly ShelfProvision[], draft: Draft): ShelfProvision[] {
  const score = new Map(draft.found.map((f) => [f.id, f.score]))
  return [...reached].sort((a, b) => (score.get(b.id) ?? 0) - (score.get(a.id) ?? 0))
}

function pointerFrom(reference: LegalReference, document: string): Pointer {
  const { article, clause, point } = reference
  return { document, ...(article ? { article } : {}), ...(clause ? { clause } : {}), ...(point ? { point } : {}) }
}

/** @returns the notices on documents that the question names and that are no longer in force. */
export function expiredNotices(draft: Draft, library: Library, basis: Basis) {
  const named = [...new Set(draft.references.map((r) => r.document))].map((number) => (number ? library.documents.get(number) : undefined))
  return named.map((d) => (d ? expiredSection(library, basis, d, draft.asked.asOf) : undefined)).filter((s) => s !== undefined)
}

function abstain(reason: string, sentence: string): Unanswered {
  return {
    kind: 'abstained',
    reason,
    sections: [
      { kind: 'answer', heading: '', lines: [plain(sentence)] },
      { kind: 'way_out', heading: '', lines: [plain(SAY.askAgain), plain(SAY.outsideDoor)] },
    ],
    choices: [CHOICE.officer],
    citations: [],
  }
}
