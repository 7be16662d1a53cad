/**
 * The life of a case after the person has confirmed it, as a function: nothing is stored or told here.
 *
 *   draft ─▶ confirmed ─▶ received ─▶ handling ─▶ transferred ─▶ answered ─▶ closed (resolved, partly, not, withdrawn) ─▶ reopened
 *                  └────────┴──── needs_info ◀──┘                    │                     ▲                                │
 *                                                                   └── asked again ──────┼───────────────────────────────▶┘
 *                                                     withdrawn by the person, whatever it is ┘
 *
 * The record itself never changes: what is added, chosen or withdrawn stands beside it as an event.
 */
import type { Purpose } from '../complaint/consent.ts'
import type { Draft } from '../complaint/draft.ts'
import type { Facts } from '../complaint/facts.ts'
import type { CaseResult, CaseStatus } from '../complaint/status.ts'

/** A body as it was called when it was chosen. */
export interface ChosenAgency {
  readonly id: string
  readonly name: string
}

export interface Satisfaction {
  readonly satisfied: boolean
  /** Empty for no reason given. */
  readonly why: string
}

/** What decides what may happen next. */
export interface CaseLife {
  readonly status: CaseStatus
  readonly result: CaseResult | null
  /** What the person agrees to at this moment. */
  readonly purposes: readonly Purpose[]
  readonly chosen: ChosenAgency | null
  /** The written reason for which nothing of it may be erased. */
  readonly hold: string | null
  readonly satisfaction: Satisfaction | null
}

export type OfficerEvent =
  | { readonly kind: 'receive' | 'handle' | 'reopen' | 'release' }
  | { readonly kind: 'ask_info' | 'answer'; readonly text: string }
  | { readonly kind: 'choose'; readonly agency: ChosenAgency; readonly why: string }
  | { readonly kind: 'transfer'; readonly agency: ChosenAgency }
  | { readonly kind: 'close'; readonly result: CaseResult; readonly text: string }
  | { readonly kind: 'hold'; readonly why: string }

export type PersonEvent =
  | { readonly kind: 'added'; readonly story: string; readonly facts: Facts; readonly evidence: Draft['evidence'] }
  | { readonly kind: 'withdrawn' | 'asked_again' }
  | { readonly kind: 'consents_withdrawn'; readonly purposes: readonly Purpose[] }
  | ({ readonly kind: 'rated' } & Satisfaction)

export type CaseEvent = OfficerEvent | PersonEvent
export type CaseEventKind = CaseEvent['kind']

/** Why an event changes nothing; the sentences are in `wording/cases.ts`. */
export type CaseRefusal =
  | 'closed'
  | 'not_closed'
  | 'already'
  | 'text_missing'
  | 'text_too_long'
  | 'no_consent_authority'
  | 'not_received'
  | 'nothing_to_withdraw'
  | 'not_held'
  | 'nothing_added'

export type CaseStep = { readonly life: CaseLife } | { readonly refused: CaseRefusal }

/** Of what an officer writes to the person, in characters. */
export const CASE_TEXT_MAX = 2_000

/** Decides about one event. */
export function stepCase(life: CaseLife, event: CaseEvent): CaseStep {
  const refused = refusalOf(life, event)
  return refused ? { refused } : { life: after(life, event) }
}

/** What an officer may do to a case as it stands; each is an event that takes its own words or body. */
export const OFFICER_DEEDS = [
  'receive',
  'ask_info',
  'handle',
  'choose',
  'transfer',
  'answer',
  'close',
  'reopen',
  'hold',
  'release',
] as const satisfies readonly OfficerEvent['kind'][]

/** @returns which of them mean something now. */
export function possibleDeeds(life: CaseLife): readonly (typeof OFFICER_DEEDS)[number][] {
  return OFFICER_DEEDS.filter((kind) => {
    if (standing(life, { kind } as OfficerEvent)) return false
    if (kind === 'transfer') return life.purposes.includes('authority')
    return kind === 'release' ? life.hold !== null : true
  })
}

// ── what may happen ─────────────────────────────────────────────────────────────────────────────

function refusalOf(life: CaseLife, event: CaseEvent): CaseRefusal | undefined {
  return standing(life, event) ?? textProblem(event) ?? particular(life, event)
}

/** Statuses in which each event means something; absent: in every one. */
const ONLY_IN: Readonly<Partial<Record<CaseEventKind, readonly CaseStatus[]>>> = {
  receive: ['confirmed', 'reopened'],
  handle: ['confirmed', 'received', 'needs_info', 'transferred', 'answered', 'reopened'],
  ask_info: ['confirmed', 'received', 'needs_info', 'handling', 'transferred', 'answered', 'reopened'],
  choose: ['confirmed', 'received', 'needs_info', 'handling', 'transferred', 'answered', 'reopened'],
  transfer: ['received', 'needs_info', 'handling', 'transferred', 'answered', 'reopened'],
  answer: ['received', 'needs_info', 'handling', 'transferred', 'reopened'],
  close: ['confirmed', 'received', 'needs_info', 'handling', 'transferred', 'answered', 'reopened'],
  added: ['confirmed', 'received', 'needs_info', 'handling', 'transferred', 'answered', 'reopened'],
  withdrawn: ['confirmed', 'received', 'needs_info', 'handling', 'transferred', 'answered', 'reopened'],
  reopen: ['closed'],
  asked_again: ['answered', 'closed'],
  rated: ['closed'],
}

function standing({ status }: CaseLife, { kind }: CaseEvent): CaseRefusal | undefined {
  const only = ONLY_IN[kind]
  if (!only || only.includes(status)) return undefined
  if (status === 'closed') return 'closed'
  if (kind === 'reopen' || kind === 'asked_again' || kind === 'rated') return 'not_closed'
  return status === 'confirmed' ? 'not_received' : 'already'
}

function textProblem(event: CaseEvent): CaseRefusal | undefined {
  const text = textOf(event)
  if (text === undefined) return undefined
  if (text.trim() === '') return 'text_missing'
  return [...text.trim()].length > CASE_TEXT_MAX ? 'text_too_long' : undefined
}

/** @returns what an officer must write with an event; undefined where nothing is written. */
function textOf(event: CaseEvent): string | undefined {
  switch (event.kind) {
    case 'ask_info':
    case 'answer':
    case 'close':
      return event.text
    case 'choose':
    case 'hold':
      return event.why
    default:
      return undefined
  }
}

/** Nothing of a person goes to an authority without their word; nothing happens twice. */
function particular(life: CaseLife, event: CaseEvent): CaseRefusal | undefined {
  switch (event.kind) {
    case 'transfer':
      if (!life.purposes.includes('authority')) return 'no_consent_authority'
      return life.status === 'transferred' && life.chosen?.id === event.agency.id ? 'already' : undefined
    case 'consents_withdrawn':
      return event.purposes.some((purpose) => life.purposes.includes(purpose)) ? undefined : 'nothing_to_withdraw'
    case 'added':
      return event.story.trim() === '' && event.evidence.length === 0 && Object.keys(event.facts).length === 0 ? 'nothing_added' : undefined
    case 'release':
      return life.hold === null ? 'not_held' : undefined
    default:
      return undefined
  }
}

// ── what it changes ─────────────────────────────────────────────────────────────────────────────

function after(life: CaseLife, event: CaseEvent): CaseLife {
  switch (event.kind) {
    case 'receive':
      return { ...life, status: 'received' }
    case 'handle':
      return { ...life, status: 'handling' }
    case 'ask_info':
      return { ...life, status: 'needs_info' }
    case 'choose':
      return { ...life, chosen: event.agency }
    case 'transfer':
      return { ...life, status: 'transferred', chosen: event.agency }
    case 'answer':
      return { ...life, status: 'answered' }
    case 'close':
      return { ...life, status: 'closed', result: event.result }
    case 'withdrawn':
      return { ...life, status: 'closed', result: 'withdrawn' }
    case 'reopen':
    case 'asked_again':
      return { ...life, status: 'reopened', result: null, satisfaction: null }
    // What was asked for has come: an officer looks again.
    case 'added':
      return { ...life, status: life.status === 'needs_info' ? 'received' : life.status }
    case 'consents_withdrawn':
      return withoutConsent(life, event.purposes)
    case 'rated':
      return { ...life, satisfaction: { satisfied: event.satisfied, why: event.why } }
    case 'hold':
      return { ...life, hold: event.why.trim() }
    case 'release':
      return { ...life, hold: null }
  }
}

/** Without the first purpose nobody may go on with the case: it ends as withdrawn. */
function withoutConsent(life: CaseLife, withdrawn: readonly Purpose[]): CaseLife {
  const purposes = life.purposes.filter((purpose) => !withdrawn.includes(purpose))
  if (purposes.includes('handle') || life.status === 'closed') return { ...life, purposes }
  return { ...life, purposes, status: 'closed', result: 'withdrawn' }
}
