/** Which conversation an officer looks at first: harm before the clock. Pure. */
import type { HandoffReason, Ownership } from '../conversation/owner.ts'

/** What the order of the queue goes by. */
export interface Queued {
  readonly danger: boolean
  /** Since when a person is owed an answer by a person; null: nobody is. */
  readonly waitingSince: number | null
  readonly lastAt: number
}

const HARM: readonly HandoffReason[] = ['danger', 'vulnerable']

/** @param firstAid whether the assistant has given first aid here lately */
export function isHarm(ownership: Ownership, firstAid: boolean): boolean {
  return firstAid || ('reason' in ownership && HARM.includes(ownership.reason))
}

/** @returns since when the person waits for a person; null when nobody owes them an answer. */
export function waitingSinceOf(ownership: Ownership): number | null {
  switch (ownership.owner) {
    case 'waiting':
      return ownership.since
    case 'staff':
      return ownership.unansweredSince ?? null
    case 'bot':
    case 'closed':
      return null
  }
}

/** Whoever is owed an answer and may be harmed first; then whoever waits longest; then what was said last. For sorting. */
export function byHarmThenClock(a: Queued, b: Queued): number {
  const waits = (one: Queued) => (one.waitingSince === null ? 1 : 0)
  const harm = (one: Queued) => (one.danger && one.waitingSince !== null ? 0 : 1)
  return harm(a) - harm(b) || waits(a) - waits(b) || (a.waitingSince ?? 0) - (b.waitingSince ?? 0) || b.lastAt - a.lastAt
}
