/** What the assistant decided about a message: a closed union, each with its own wording and way out. */
import type { Citation } from '../../knowledge/cite.ts'

export type NonEmpty<T> = readonly [T, ...T[]]

/** One line of a reply; `citations` are positions in the outcome's list. */
export interface Line {
  readonly text: string
  readonly citations: readonly number[]
}

export type SectionKind = 'answer' | 'urgent' | 'conditions' | 'steps' | 'evidence' | 'related' | 'way_out' | 'note'

export interface Section {
  readonly kind: SectionKind
  readonly heading: string
  readonly lines: readonly Line[]
}

interface Reply {
  readonly sections: readonly Section[]
  readonly choices: readonly string[]
}

/** An answer rests on at least one citation: it cannot be constructed without. */
export interface Answered extends Reply {
  readonly kind: 'answered'
  readonly citations: NonEmpty<Citation>
  /** Calibrated probability that the first source answers the question. */
  readonly confidence: number
}

export interface Unanswered extends Reply {
  readonly kind: 'clarify' | 'first_aid' | 'abstained' | 'refused' | 'complaint' | 'handoff' | 'service'
  readonly citations: readonly Citation[]
  /** Why, as a code: for counting, never shown. */
  readonly reason: string
}

export interface Failed extends Reply {
  readonly kind: 'failed'
  readonly citations: readonly []
  readonly code: string
}

export type Outcome = Answered | Unanswered | Failed
export type OutcomeKind = Outcome['kind']

/** @returns a line without a citation. */
export function plain(text: string): Line {
  return { text, citations: [] }
}

/** @returns whether a list has at least one item. */
export function isNonEmpty<T>(items: readonly T[]): items is NonEmpty<T> {
  return items.length > 0
}
