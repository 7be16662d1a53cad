/**
 * A case as a body reads it that is asked to act: what is complained of, where each fact comes from, what lies with us, who is competent and why, what happened.
 * Masked, unless the person agreed that their name and telephone go to a state body and an officer asks for them. What officers note for each other stays here.
 */
import { type Agency, agencyOn, type Directory, resolveName } from '../../knowledge/agencies.ts'
import { type Day, dayInVietnam, formatDay } from '../../knowledge/validity.ts'
import type { CaseEventKind } from '../case/life.ts'
import { communeOnly, initialsOf, phoneTail, veiled } from '../privacy/partly.ts'
import { AUTHORITY, AUTHORITY_LABEL, AUTHORITY_NOTES, FACT_ORIGIN } from '../wording/authority.ts'
import { CONSENT_WAY_WORDS, EVENT_WORDS } from '../wording/cases.ts'
import { PURPOSE_LABEL } from '../wording/handover.ts'
import { LETTER } from '../wording/letter.ts'
import { momentText } from '../wording/operations.ts'
import { addedIn, type StoredEvent } from './added.ts'
import type { ComplaintRecord } from './confirmed.ts'
import type { Purpose } from './consent.ts'
import { FACT_NAMES, type FactName } from './facts.ts'
import { addressed, withAdded } from './letter.ts'
import type { Block, Paper } from './paper.ts'
import { saidValue } from './shown.ts'

export interface AuthoritySources {
  readonly directory: Directory
  readonly association: { readonly name: string }
}

/** A case with what stands beside its record. */
export interface AuthorityCase {
  readonly record: ComplaintRecord
  /** As people call it. */
  readonly channel: string
  /** The body that an officer chose, by its id. */
  readonly chosen: string | undefined
  /** What the person agrees to now. */
  readonly purposes: readonly Purpose[]
  readonly files: readonly { readonly kind: string; readonly caption: string; readonly clear: boolean | null }[]
  readonly events: readonly (StoredEvent & { readonly actor: string })[]
}

export interface AuthorityOrder {
  /** The day on which it is made: bodies are named as they are then. */
  readonly day: Day
  /** With name, telephone and address. */
  readonly full: boolean
}

/** @returns the dossier; `no_consent` where all was asked for and the person does not agree that it goes to a state body. */
export function authorityDossier(sources: AuthoritySources, one: AuthorityCase, order: AuthorityOrder): Paper | 'no_consent' {
  if (order.full && !one.purposes.includes('authority')) return 'no_consent'
  const added = addedIn(one.events)
  const record = withAdded(one.record, added)
  const veil = order.full ? OPEN : veilOf(record)
  const chosen = one.chosen === undefined ? undefined : agencyOn(sources.directory, one.chosen, order.day)
  const writing: Writing = { sources, one, record, added, veil, order, chosen, to: chosen ?? suggestedTo(sources, one, order.day) }
  return { name: AUTHORITY.name, foot: LETTER.foot(record.case), blocks: blocksOf(writing), notes: notesOf(writing) }
}

/** Everything of one dossier. */
interface Writing {
  readonly sources: AuthoritySources
  readonly one: AuthorityCase
  /** With what was added. */
  readonly record: ComplaintRecord
  readonly added: ReturnType<typeof addedIn>
  readonly veil: Veil
  readonly order: AuthorityOrder
  readonly chosen: Agency | undefined
  readonly to: Agency | undefined
}

function suggestedTo({ directory }: AuthoritySources, { record }: AuthorityCase, day: Day): Agency | undefined {
  const suggested = record.route.map(({ agency }) => agencyOn(directory, agency, day) ?? resolveName(directory, agency, day)?.agency)
  return suggested.find((agency) => agency !== undefined)
}

// ── what is covered ─────────────────────────────────────────────────────────────────────────────

interface Veil {
  readonly text: (words: string) => string
  readonly fact: (name: FactName, value: string) => string
  /** Whether the very words from which a fact was read are shown. */
  readonly quotes: (name: FactName) => boolean
}

const OPEN: Veil = { text: (words) => words, fact: (_name, value) => value, quotes: () => true }

const PERSONAL: Readonly<Partial<Record<FactName, (value: string) => string>>> = {
  name: initialsOf,
  phone: phoneTail,
  email: () => AUTHORITY.hidden,
  commune: (value) => communeOnly(value) || AUTHORITY.hidden,
}
/** Whom and what it is about: without these nobody could act. */
const OF_THE_SELLER: ReadonlySet<FactName> = new Set(['respondent', 'respondentPhone', 'link', 'order'])

function veilOf({ facts }: ComplaintRecord): Veil {
  const text = (words: string) => veiled(words, facts.name?.value ?? '')
  return {
    text,
    fact: (name, value) => PERSONAL[name]?.(value) ?? (OF_THE_SELLER.has(name) ? value : text(value)),
    quotes: (name) => PERSONAL[name] === undefined,
  }
}

// ── the paper ───────────────────────────────────────────────────────────────────────────────────

const field = (label: string, value: string): Block => ({ kind: 'field', label, value })
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const listed = (lines: readonly string[], none: string): Block => (lines.length === 0 ? paragraph(none) : { kind: 'list', lines })

function blocksOf(writing: Writing): readonly Block[] {
  const { sources, record, order, to } = writing
  return [
    { kind: 'head', office: [sources.association.name] },
    { kind: 'title', text: AUTHORITY.name, about: LETTER.about(record.issueTitle) },
    { kind: 'to', name: to ? addressed(to, sources) : '' },
    paragraph(order.full ? AUTHORITY.full : AUTHORITY.masked),
    ...numbered([
      [AUTHORITY.case, matter(writing)],
      [AUTHORITY.person, person(writing)],
      [AUTHORITY.content, content(writing)],
      [AUTHORITY.story, story(writing)],
      [AUTHORITY.added, added(writing)],
      [AUTHORITY.evidence, evidence(writing)],
      [AUTHORITY.consents, consents(writing)],
      [AUTHORITY.competence, competence(writing)],
      [AUTHORITY.timeline, timeline(writing)],
    ]),
    { kind: 'signature', declared: [], title: AUTHORITY.signer, hint: AUTHORITY.signHint, name: '' },
  ]
}

/** What has nothing in it has no number either. */
function numbered(parts: readonly (readonly [heading: string, blocks: readonly Block[]])[]): readonly Block[] {
  return parts
    .filter(([, blocks]) => blocks.length > 0)
    .flatMap(([heading, blocks], i) => [{ kind: 'heading', text: `${i + 1}. ${heading}` } as const, ...blocks])
}

function matter({ one: { channel }, record, order }: Writing): readonly Block[] {
  return [
    field(AUTHORITY.number, record.case),
    field(AUTHORITY.matter, record.issueTitle),
    field(AUTHORITY.receivedOn, momentText(record.confirmedAt)),
    field(AUTHORITY.channel, channel),
    field(AUTHORITY.printedOn, formatDay(order.day)),
  ]
}

const isPersonal = (name: FactName): boolean => PERSONAL[name] !== undefined

function person(writing: Writing): readonly Block[] {
  return known(writing)
    .filter(isPersonal)
    .map((name) => factField(writing, name))
}

function content(writing: Writing): readonly Block[] {
  const { account, missing } = writing.record
  return [
    ...known(writing)
      .filter((name) => !isPersonal(name))
      .map((name) => factField(writing, name)),
    ...(account ? [field(AUTHORITY.account, AUTHORITY.accountShown(account.shown))] : []),
    ...(missing.length > 0 ? [field(AUTHORITY.missing, missing.join(', '))] : []),
  ]
}

const known = ({ record: { facts } }: Writing): readonly FactName[] => FACT_NAMES.filter((name) => facts[name] !== undefined)

function factField(writing: Writing, name: FactName): Block {
  const value = writing.veil.fact(name, saidValue(name, writing.record.facts))
  return field(AUTHORITY_LABEL[name], `${value} (${originOf(writing, name)})`)
}

function originOf({ record: { facts }, added: later, veil }: Writing, name: FactName): string {
  const { words = '', message = '' } = facts[name]?.from ?? {}
  const quoted = veil.quotes(name) && words !== saidValue(name, facts) ? veil.text(words) : ''
  const since = later.findLast((one) => one.facts[name] !== undefined)
  if (since) return FACT_ORIGIN.added(momentText(since.at), quoted)
  return message === 'office' ? FACT_ORIGIN.office : FACT_ORIGIN.written(quoted)
}

function story({ one, veil }: Writing): readonly Block[] {
  const told = one.record.story.trim()
  return [told === '' ? paragraph(AUTHORITY.noStory) : { kind: 'told', text: veil.text(told) }]
}

function added({ added: later, veil }: Writing): readonly Block[] {
  return later
    .filter((one) => one.story.trim() !== '')
    .flatMap((one) => [paragraph(AUTHORITY.addedAt(momentText(one.at))), { kind: 'told', text: veil.text(one.story) }])
}

function evidence({ one: { files }, veil }: Writing): readonly Block[] {
  const lines = files.map(
    ({ caption, kind, clear }) =>
      `${AUTHORITY.file(veil.text(caption.trim()), kind.startsWith('image/') ? AUTHORITY.picture : AUTHORITY.document)}: ${releasedWords(clear)}`,
  )
  return [listed(lines, AUTHORITY.noEvidence)]
}

function releasedWords(clear: boolean | null): string {
  if (clear === null) return AUTHORITY.unseen
  return clear ? AUTHORITY.released : AUTHORITY.withheld
}

function consents({ one: { record, purposes } }: Writing): readonly Block[] {
  const standing = record.consents.filter(({ purpose }) => purposes.includes(purpose))
  const lines = standing.map(({ purpose, version, at, message }) =>
    AUTHORITY.consent(PURPOSE_LABEL[purpose], CONSENT_WAY_WORDS[message] ?? '', formatDay(dayInVietnam(new Date(at))), version),
  )
  return [listed(lines, AUTHORITY.noConsents)]
}

function competence({ sources, record: { route }, chosen }: Writing): readonly Block[] {
  const lines = route.map(({ agency, basis, confidence, why }) => AUTHORITY.suggestion(agency, basis, Math.round(confidence * 100), why))
  return [
    ...(chosen ? [field(AUTHORITY.chosen, addressed(chosen, sources))] : []),
    ...(lines.length > 0 ? [paragraph(AUTHORITY.suggested)] : []),
    ...(lines.length > 0 || !chosen ? [listed(lines, AUTHORITY.undecided)] : []),
  ]
}

/** The office's own housekeeping, and what the person thinks of us. */
const OURS: ReadonlySet<string> = new Set<CaseEventKind>(['choose', 'hold', 'release', 'rated'])
/** What a person does is named as theirs already. */
const ACTORS: Readonly<Record<string, string>> = { person: '', system: AUTHORITY.bySystem }

function timeline({ one: { events }, record, veil }: Writing): readonly Block[] {
  const lines = events
    .filter(({ kind }) => !OURS.has(kind))
    .map(({ at, actor, kind, words }) => {
      // What was added stands above, whole.
      const said = kind === 'added' ? '' : veil.text(words)
      return AUTHORITY.happened(momentText(at), ACTORS[actor] ?? AUTHORITY.byOffice, EVENT_WORDS[kind as CaseEventKind] ?? kind, said)
    })
  const first = AUTHORITY.happened(momentText(record.confirmedAt), '', AUTHORITY.confirmed, '')
  return [{ kind: 'list', lines: [first, ...lines] }]
}

function notesOf({ one: { purposes }, order, to }: Writing): readonly string[] {
  return [
    AUTHORITY_NOTES.read,
    ...(order.full ? [AUTHORITY_NOTES.full] : []),
    ...(purposes.includes('authority') ? [] : [AUTHORITY_NOTES.noConsent]),
    ...(to?.trust === 'unverified' ? [AUTHORITY_NOTES.unverified] : []),
  ]
}
