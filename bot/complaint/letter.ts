/**
 * The letter that a person signs, written from their case: nothing stands in it that they did not tell or that is not reviewed data.
 * What is missing is a dotted line; what was never asked (street, account, identity) is filled by hand or not at all.
 */
import { type Agency, agencyOn, type Directory, isInForce, NOT_GIVEN, resolveName } from '../../knowledge/agencies.ts'
import { formatCitation } from '../../knowledge/citation.ts'
import type { Issue } from '../../knowledge/complaint-kinds.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import { FACT_LABEL } from '../wording/complaint.ts'
import { ADDRESSED, BY_HAND, LETTER, LETTER_LABEL, LETTER_NOTES, REQUESTS, WISH_WRITTEN } from '../wording/letter.ts'
import type { ComplaintRecord } from './confirmed.ts'
import { FACT_NAMES, type FactName } from './facts.ts'
import type { Block, Paper } from './paper.ts'
import { saidValue } from './shown.ts'

/** What the papers of a case are written from, besides the case. */
export interface LetterSources {
  readonly directory: Directory
  readonly issues: ReadonlyMap<string, Issue>
  readonly association: { readonly name: string; readonly phone: string; readonly address: string }
}

export interface LetterOrder {
  /** The day on which it is written: bodies are named as they are then. */
  readonly day: Day
  /** A body chosen by an officer, by its id in the directory. */
  readonly agency?: string
}

type Record = ComplaintRecord

/** What the person told after confirming. */
export type Added = Pick<ComplaintRecord, 'story' | 'facts' | 'evidence'>

/** @returns the case as the person tells it by now: what was added comes behind the story, and of one fact the latest word counts. */
export function withAdded(record: Record, added: readonly Added[]): Record {
  const facts = Object.assign({}, record.facts, ...added.map((one) => one.facts)) as Record['facts']
  const known = FACT_NAMES.filter((name) => facts[name] !== undefined).map((name) => FACT_LABEL[name])
  return {
    ...{ ...record, facts, missing: record.missing.filter((label) => !known.includes(label)) },
    story: [record, ...added]
      .map(({ story }) => story)
      .filter(Boolean)
      .join('\n'),
    evidence: [record, ...added].flatMap(({ evidence }) => evidence),
  }
}

// ── to whom ─────────────────────────────────────────────────────────────────────────────────────

/** Reached by a form of their own, a telephone or a visit: a letter of this kind would go nowhere. */
export const NOT_BY_LETTER: ReadonlySet<string> = new Set([
  ...['he-thong-tmdt', 'tong-dai-chong-rac', 'tong-dai-quoc-gia'],
  ...['toa-an-nhan-dan', 'co-so-y-te'],
])
const ASSOCIATION = 'hoi'
const POLICE = 'cong-an-tinh'
const BANK = 'ngan-hang'

const takesLetters = ({ id, role, duties }: Agency): boolean => role !== 'never' && duties.length > 0 && !NOT_BY_LETTER.has(id)

/** @returns the chosen body, else the first suggested one that is written to in calm, else the association; undefined where the chosen one takes no letters. */
export function recipientOf({ directory }: LetterSources, { route }: Record, { day, agency }: LetterOrder): Agency | undefined {
  if (agency !== undefined) return letterTaker(agencyOn(directory, agency, day))
  const suggested = route.map((s) => agencyOn(directory, s.agency, day) ?? resolveName(directory, s.agency, day)?.agency)
  const first = suggested.find((one) => one !== undefined && takesLetters(one) && one.role !== 'urgent')
  return first ?? agencyOn(directory, ASSOCIATION, day)
}

function letterTaker(agency: Agency | undefined): Agency | undefined {
  return agency && takesLetters(agency) ? agency : undefined
}

/** @returns a body as a paper is addressed to it. */
export function addressed({ id, role, name }: Agency, { association }: { readonly association: { readonly name: string } }): string {
  if (role === 'us') return association.name
  return ADDRESSED[id] ?? name.replace(/\s*\([^)]*cần xác minh[^)]*\)$/, '')
}

// ── the letter ──────────────────────────────────────────────────────────────────────────────────

/** Everything of one letter. */
interface Writing {
  readonly sources: LetterSources
  readonly record: Record
  readonly to: Agency
  readonly issue: Issue | undefined
  readonly kind: 'complaint' | 'petition'
}

/** @returns the letter; undefined where the chosen body takes none. */
export function letterOf(sources: LetterSources, record: Record, order: LetterOrder): Paper | undefined {
  const to = recipientOf(sources, record, order)
  if (!to) return undefined
  const issue = sources.issues.get(record.issue ?? '')
  const writing: Writing = { sources, record, to, issue, kind: kindOf(to, issue) }
  return { name: LETTER[writing.kind], foot: LETTER.foot(record.case), blocks: blocksOf(writing), notes: notesOf(writing) }
}

/** A dispute with a seller is a "khiếu nại" before those who settle such disputes; everybody else is told what happened and asked to act. */
function kindOf({ role }: Agency, issue: Issue | undefined): Writing['kind'] {
  const dispute = (issue?.kind ?? 'dispute') === 'dispute'
  return dispute && (role === 'us' || role === 'lead') ? 'complaint' : 'petition'
}

function blocksOf(writing: Writing): readonly Block[] {
  const { record, kind, to, sources } = writing
  return [
    { kind: 'head', office: [] },
    { kind: 'place', text: LETTER.place },
    { kind: 'title', text: LETTER[kind], about: LETTER.about(record.issueTitle) },
    { kind: 'to', name: addressed(to, sources) },
    ...numbered([
      { heading: LETTER.sender, blocks: sender(writing) },
      { heading: LETTER.accused[kind], blocks: accused(writing) },
      { heading: LETTER.content, blocks: content(writing) },
      { heading: LETTER.basis, blocks: basis(writing) },
      { heading: LETTER.request, blocks: request(writing) },
      { heading: LETTER.evidence, blocks: evidence(writing) },
    ]),
    signature(record),
  ]
}

function signature({ facts }: Record): Block {
  const declared = [LETTER.oath, LETTER.thanks]
  return { kind: 'signature', declared, title: LETTER.signer, hint: LETTER.sign, name: facts.name?.value ?? '' }
}

interface Part {
  readonly heading: string
  readonly blocks: readonly Block[]
}

/** What has nothing in it has no number either. */
function numbered(parts: readonly Part[]): readonly Block[] {
  return parts
    .filter(({ blocks }) => blocks.length > 0)
    .flatMap(({ heading, blocks }, i) => [{ kind: 'heading', text: `${i + 1}. ${heading}` } as const, ...blocks])
}

function field({ record }: Writing, name: FactName): Block {
  return { kind: 'field', label: LETTER_LABEL[name], value: saidValue(name, record.facts) }
}

/** Of facts that not every matter has: only what was told, or what this matter needs. */
function wherever(writing: Writing, names: readonly FactName[]): readonly Block[] {
  const { record, issue } = writing
  return names.filter((name) => record.facts[name] !== undefined || issue?.required.includes(name)).map((name) => field(writing, name))
}

const byHand = (label: string): Block => ({ kind: 'field', label, value: '' })

function sender(writing: Writing): readonly Block[] {
  return [field(writing, 'name'), byHand(BY_HAND.street), field(writing, 'commune'), field(writing, 'phone'), ...wherever(writing, ['email'])]
}

function accused(writing: Writing): readonly Block[] {
  const { id } = writing.to
  const account = id === POLICE || id === BANK ? [byHand(BY_HAND.account)] : []
  const told = wherever(writing, ['platform', 'link'])
  return [field(writing, 'respondent'), byHand(BY_HAND.seat), field(writing, 'respondentPhone'), ...told, ...account]
}

function content(writing: Writing): readonly Block[] {
  return [
    ...[field(writing, 'goods'), field(writing, 'boughtOn'), field(writing, 'amount')],
    ...wherever(writing, ['order', 'deliveredOn', 'payment', 'promised', 'contacted']),
    { kind: 'paragraph', text: LETTER.told },
    writing.record.story.trim() === '' ? { kind: 'blanks', count: 6 } : { kind: 'told', text: writing.record.story },
  ]
}

/** The law of the day of the event: what came into force later gives nobody a right then. */
function basis({ sources: { directory }, record, issue }: Writing): readonly Block[] {
  const { boughtOn, deliveredOn } = record.facts
  const day = boughtOn?.value ?? deliveredOn?.value ?? dayInVietnam(new Date(record.confirmedAt))
  const held = (issue?.basis ?? []).filter((pointer) => isInForce(directory, pointer, day))
  const lines = held.map((pointer) => formatCitation(pointer, directory.documents.get(pointer.document)?.name ?? ''))
  return lines.length === 0
    ? []
    : [
        { kind: 'paragraph', text: LETTER.basisIntro },
        { kind: 'list', lines },
      ]
}

function request({ record: { facts }, to }: Writing): readonly Block[] {
  const asked = to.role === 'us' ? REQUESTS.association : to.id === BANK ? REQUESTS.bank : REQUESTS.authority
  const wish = facts.wish === undefined ? '' : WISH_WRITTEN[facts.wish.value]
  return [
    { kind: 'paragraph', text: asked },
    { kind: 'field', label: LETTER_LABEL.wish, value: wish },
  ]
}

const BLANK_LINES = 3

function evidence({ record }: Writing): readonly Block[] {
  // What shows papers or cards is not for printing.
  const files = record.evidence.filter(({ clear }) => clear !== false).map(({ caption }) => LETTER.file(caption.trim()))
  const sent: readonly Block[] = [
    { kind: 'paragraph', text: LETTER.evidenceSent(record.case, files.length) },
    { kind: 'list', lines: files },
  ]
  return [...(files.length > 0 ? sent : []), { kind: 'paragraph', text: LETTER.evidenceMore }, { kind: 'blanks', count: BLANK_LINES }]
}

// ── for the person at the screen ────────────────────────────────────────────────────────────────

function notesOf({ to, issue, sources: { association } }: Writing): readonly string[] {
  const { address, phone } = to.role === 'us' ? association : { address: '', phone: '', ...to.contact }
  const wanted = issue?.evidence.map(({ text }) => text) ?? []
  return [
    ...[LETTER_NOTES.fill, LETTER_NOTES.identity, LETTER_NOTES.copies],
    ...(wanted.length > 0 ? [LETTER_NOTES.wanted(wanted)] : []),
    LETTER_NOTES.where(address || NOT_GIVEN, phone || NOT_GIVEN),
    ...(to.trust === 'unverified' ? [LETTER_NOTES.unverified] : []),
  ]
}
