/** Cases in memory, for dialogues without a storage: the same life, the same look-up against guessing, nothing kept. */
import type { ComplaintRecord } from '../complaint/confirmed.ts'
import type { LookedUp, OpenCase, OwnCase } from '../conversation/deciding.ts'
import type { CaseAdded, CaseChanged, Change } from '../conversation/effects.ts'
import { type CaseEvent, type CaseLife, stepCase } from './life.ts'

interface Entry {
  readonly conversation: string
  readonly record: ComplaintRecord
  life: CaseLife
}

interface Try {
  readonly conversation: string
  readonly number: string
  readonly at: number
}

const DAY_MS = 86_400_000
const MOST_TRIES = 5

/** Remembers cases of many conversations. */
export class CaseBook {
  readonly #cases: Entry[] = []
  #tries: readonly Try[] = []

  /** Takes what a decision left behind. */
  take(conversation: string, changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'complaint_confirmed') this.#cases.unshift({ conversation, record: change.complaint, life: newLife(change.complaint) })
      if (change.kind === 'case_added' || change.kind === 'case_changed') this.#apply(change)
    }
  }

  #apply(change: CaseAdded | CaseChanged): void {
    const entry = this.#cases.find(({ record }) => record.case === change.number)
    const step = entry && stepCase(entry.life, eventOf(change))
    if (entry && step && 'life' in step) entry.life = step.life
  }

  /** @returns the cases that a conversation has confirmed, the latest first. */
  own(conversation: string): readonly OwnCase[] {
    return this.#of(conversation).map(ownCase)
  }

  /** @returns those of them that are not closed. */
  open(conversation: string): readonly OpenCase[] {
    return this.#of(conversation)
      .filter(({ life }) => life.status !== 'closed')
      .map(openCase)
  }

  #of(conversation: string): readonly Entry[] {
    return this.#cases.filter((entry) => entry.conversation === conversation)
  }

  /** @returns the case whose record holds a telephone ending in `digits`; what is wrong is counted, whether the number exists or not. */
  lookUp(guess: { readonly conversation: string; readonly number: string; readonly digits: string }, now: number): LookedUp {
    const { conversation, number, digits } = guess
    this.#tries = this.#tries.filter(({ at }) => at > now - DAY_MS)
    const count = (same: (one: Try) => boolean) => this.#tries.filter(same).length
    if (count((one) => one.conversation === conversation) >= MOST_TRIES || count((one) => one.number === number) >= MOST_TRIES) return 'too_many'
    const entry = this.#cases.find(({ record }) => record.case === number && endsWith(record, digits))
    if (entry) return { number, confirmedAt: entry.record.confirmedAt, status: entry.life.status }
    this.#tries = [...this.#tries, { conversation, number, at: now }]
    return 'unknown'
  }
}

/** @returns a case as it is right after its confirmation. */
export function newLife({ consents }: ComplaintRecord): CaseLife {
  return { status: 'confirmed', result: null, purposes: consents.map(({ purpose }) => purpose), chosen: null, hold: null, satisfaction: null }
}

/** @returns whether the record's telephone ends in the four digits; no telephone matches nothing. */
export function endsWith({ facts }: ComplaintRecord, digits: string): boolean {
  const phone = facts.phone?.value.replace(/\D/g, '') ?? ''
  return phone.length >= 9 && digits.length === 4 && phone.endsWith(digits)
}

function eventOf(change: CaseAdded | CaseChanged): CaseEvent {
  if (change.kind === 'case_changed') return change.event
  const { story, facts, evidence } = change
  return { kind: 'added', story, facts, evidence }
}

function ownCase({ record, life }: Entry): OwnCase {
  const { case: number, confirmedAt, issueTitle: issue, facts } = record
  const about = [facts.goods?.value, facts.respondent?.value].filter(Boolean).join(', ')
  return { number, confirmedAt, issue, about, status: life.status, purposes: life.purposes, held: life.hold !== null }
}

function openCase({ record, life }: Entry): OpenCase {
  const { case: number, facts } = record
  return { number, status: life.status, respondent: facts.respondent?.value ?? '', order: facts.order?.value ?? '', goods: facts.goods?.value ?? '' }
}
