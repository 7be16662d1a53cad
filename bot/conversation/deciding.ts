/** What is decided about and with: the words that every decision is made of. */

import type { QuizAudience } from '../../knowledge/quizzes.ts'
import type { Day } from '../../knowledge/validity.ts'
import type { Line, Outcome, Section, Unanswered } from '../answer/outcome.ts'
import { renderText } from '../answer/render.ts'
import type { Purpose } from '../complaint/consent.ts'
import type { IntakeGuide } from '../complaint/guide.ts'
import type { CaseStatus } from '../complaint/status.ts'
import type { Outgoing, StoredContent } from '../delivery/message.ts'
import type { Published } from '../violators/entry.ts'
import type { WarningsNow } from '../warning/content.ts'
import type { NamedLimits } from '../wording/attachments.ts'
import { type Dialogue, newDialogue } from './dialogue.ts'
import type { Change } from './effects.ts'
import { type Accepted, newOwnership, type OwnerEvent, type OwnerRules, type Ownership, step } from './owner.ts'

export interface Conversation {
  readonly version: number
  readonly dialogue: Dialogue
  readonly ownership: Ownership
}

export interface Message {
  /** Names the message within the conversation. */
  readonly id: string
  readonly content: StoredContent
  readonly receivedAt: number
}

/** Asks the answering steps. `alone`: the words say all there is; a question may lean on what was asked before it. */
export type Ask = (text: string, alone?: boolean) => Promise<Outcome>

export type Decision =
  | Outcome
  | { readonly kind: 'for_staff' }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'superseded' }

/** What decides besides the conversation and the message: all of it data. */
export interface Situation {
  readonly rules: OwnerRules
  /** Office hours as configured; empty when not. */
  readonly hours: string
  /** Sentences for what is switched off; absent when on. */
  readonly off: { readonly answering?: string; readonly handoff?: string }
  /** The limits that sentences about files name. */
  readonly files: NamedLimits
  readonly keptDays: number
  /** Where quizzes are taken; absent where nobody outside could follow a link. */
  readonly quizzes?: QuizLinks
  /** A one-time code, should one be asked for. */
  readonly newCode: string
  /** Where else the person can go on, as sentences with an address that carries the code. */
  readonly elsewhere: (code: string) => readonly string[]
  /** What stands behind the code that the message is; absent where it is none. */
  readonly redeemed?: Redeemed
  /** Taking complaints; absent where that is not possible. */
  readonly intake?: {
    readonly guide: IntakeGuide
    readonly newCase: string
    /** By when the office means to have looked at a case confirmed today; absent where it promises nothing. */
    readonly firstReplyBy?: Day
    /** @returns where the person reads and prints the papers of a case of theirs; undefined where nobody outside could follow it. */
    readonly letterLink?: (caseNumber: string) => string | undefined
  }
  /** The person's own cases, the latest first; absent where the message does not ask for them. */
  readonly cases?: readonly OwnCase[]
  /** The person's cases that are not closed, the latest first: a new complaint may be about the same matter. */
  readonly openCases?: readonly OpenCase[]
  /** What stands behind the case number and digits that the message gives; absent where it gives none. */
  readonly lookedUp?: LookedUp
  /** What the published list holds of the seller that the message asks about; absent where it asks about none. */
  readonly published?: Published
  /** Warnings that everybody sees, and what this person has not been told of; absent where there is no office to write them. */
  readonly warnings?: WarningsNow
  /** Calling people back; absent where that is not possible. */
  readonly callBack?: CallBackSituation
  /** Telling officers of work in their own chat; absent where nothing of it is asked. */
  readonly alerts?: AlertSituation
}

export interface AlertSituation {
  /** The channel reaches somebody who has it closed. */
  readonly possible: boolean
  /** This very conversation is where an officer is told. */
  readonly here: boolean
  /** What the code is worth that the message is; absent where it is none. */
  readonly code?: 'good' | 'unknown' | 'too_many'
}

/** What is said of a call-back rests on this. */
export interface CallBackSituation {
  /** By when somebody who asks now is called. */
  readonly dueOn: Day
  /** The association's own number and hours; empty when not configured. */
  readonly phone: string
  readonly office: string
  /** The one that waits for a call already; absent where none does, or the message does not ask for it. */
  readonly open?: { readonly tail: string; readonly hours: string; readonly dueOn: Day; readonly taken: boolean }
}

/** Addresses of the quizzes that are open to everybody. */
export interface QuizLinks {
  readonly all: string
  readonly each: readonly { readonly title: string; readonly audience: QuizAudience; readonly address: string }[]
}

/** A case that is not closed, as far as it tells whether another complaint is the same. Empty for what is not known. */
export interface OpenCase {
  readonly number: string
  readonly respondent: string
  readonly order: string
  readonly goods: string
  readonly status: CaseStatus
}

/** A case as its person is told of it. */
export interface OwnCase {
  readonly number: string
  readonly confirmedAt: number
  readonly issue: string
  readonly status: CaseStatus
  /** Seller and goods, in the person's words. */
  readonly about: string
  /** What the person agrees to at this moment. */
  readonly purposes: readonly Purpose[]
  /** Whether an officer wrote down a reason for which it may not be erased. */
  readonly held: boolean
  /** What the office last wrote to the person. */
  readonly last?: { readonly at: number; readonly words: string }
}

/** What stands behind a case number and the digits that were given with it; `unknown` for a wrong number and for wrong digits alike. */
export type LookedUp = 'unknown' | 'too_many' | Pick<OwnCase, 'number' | 'confirmedAt' | 'status'>

/** `unknown`: wrong, used or too old; `own`: of this very conversation. */
export type Redeemed = 'unknown' | 'own' | MatterElsewhere

/** The conversation that a code was given to, as it was read. */
export interface MatterElsewhere extends Conversation {
  readonly id: string
}

export interface Decided {
  readonly decision: Decision
  readonly nextState: { readonly dialogue: Dialogue; readonly ownership: Ownership }
  readonly effects: readonly Change[]
}

/** @returns a conversation before its first message. */
export function newConversation(now: number): Conversation {
  return { version: 0, dialogue: newDialogue(), ownership: newOwnership(now) }
}

export interface Input {
  readonly conversation: Conversation
  readonly message: Message
  readonly now: number
  readonly situation: Situation
}

/** @returns what an event means for the owner; nothing changes where it is refused. */
export function own(ownership: Ownership, event: OwnerEvent, now: number, rules: OwnerRules): Accepted {
  const result = step(ownership, event, now, rules)
  return 'refused' in result ? { ownership, effects: [] } : result
}

/** @returns lines as the one section of a reply. */
export function spoken(lines: readonly Line[]): readonly Section[] {
  return [{ kind: 'answer', heading: '', lines }]
}

/** @returns a reply that says nothing of the law. */
export function service(reason: string, lines: Section['lines']): Unanswered {
  return { kind: 'service', reason, sections: spoken(lines), choices: [], citations: [] }
}

/** @returns the reply as it goes out. */
export function toReply(outcome: Outcome, asOf: Day): Outgoing {
  const { kind: status, sections, citations, choices } = outcome
  return { kind: 'reply', author: 'assistant', status, text: renderText(outcome, asOf), sections, citations, choices }
}
