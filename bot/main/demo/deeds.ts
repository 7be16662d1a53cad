/** What happens in the demonstration, one deed after another, and what whoever did it sees of it. */

import type { Filing } from '../../case/filing.ts'
import type { OfficerEvent } from '../../case/life.ts'
import type { ConfirmedComplaint } from '../../complaint/confirmed.ts'
import type { Decision } from '../../conversation/deciding.ts'
import type { Dialogue } from '../../conversation/dialogue.ts'
import type { Officer, Ownership } from '../../conversation/owner.ts'
import type { OfficerDeed } from '../../handoff/officer.ts'

/** Somebody who writes. */
export interface Person {
  /** From 1; no two share one. */
  readonly number: number
  readonly channel: string
}

export type Deed =
  | { readonly kind: 'say' | 'tap'; readonly person: Person; readonly words: string }
  | { readonly kind: 'photo'; readonly person: Person; readonly words: string }
  /** What the person thinks of the last answer. */
  | { readonly kind: 'judge'; readonly person: Person; readonly conversation: string; readonly value: 'up' | 'down'; readonly words: string }
  | { readonly kind: 'officer'; readonly officer: Officer; readonly conversation: string; readonly deed: OfficerDeed }
  | { readonly kind: 'case'; readonly officer: Officer; readonly number: string; readonly event: OfficerEvent }
  | { readonly kind: 'file'; readonly officer: Officer; readonly filing: Filing }

/** What stands after a deed. */
export interface Heard {
  readonly conversation?: string
  readonly decision?: Decision['kind']
  readonly owner?: Ownership['owner']
  readonly dialogue?: Dialogue
  /** The case that came of it, or of a deed before. */
  readonly complaint?: ConfirmedComplaint
}

/** All that a script knows when it decides what comes next; `now` in milliseconds UTC. */
export interface Seen extends Heard {
  readonly now: number
}

export interface Step {
  /** Not before this moment (milliseconds UTC). */
  readonly at: number
  readonly deed: Deed
}

/** What one person does, and officers for them: a step at a time, each chosen from what was seen of the step before. */
export type Script = Generator<Step, void, Seen>
/** A stretch of a script. */
export type Stretch = Generator<Step, Seen, Seen>
