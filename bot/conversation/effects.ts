/** What a change of a conversation leaves behind: rows to send, episodes to write. Told once, in one order, whoever caused the change. */
import type { Day } from '../../knowledge/validity.ts'
import { type Line, plain, type Section } from '../answer/outcome.ts'
import type { PersonEvent } from '../case/life.ts'
import type { ConfirmedComplaint } from '../complaint/confirmed.ts'
import type { Draft } from '../complaint/draft.ts'
import type { Facts } from '../complaint/facts.ts'
import type { Outgoing } from '../delivery/message.ts'
import { handoffWords } from '../wording/handoff.ts'
import type { AlertStaff, Effect, EpisodeBegan, EpisodeEnded, Ownership } from './owner.ts'

/** One thing to be committed together with the next state. */
export type Change =
  /** `id`: where whoever says it has named it already. */
  | { readonly kind: 'send'; readonly outgoing: Outgoing; readonly id?: string }
  | EpisodeEnded
  | EpisodeBegan
  | AlertStaff
  | TransferOffered
  | TransferRedeemed
  | ErasureAsked
  | ComplaintConfirmed
  | CaseAdded
  | CaseChanged
  | EvidenceDiscarded
  | WarningsHeard
  | CallBackAsked
  | { readonly kind: 'call_back_withdrawn' }
  /** An officer proved with a code that this chat is their own: they are told of work here. Committed only while the code is unused. */
  | { readonly kind: 'alerts_connected'; readonly code: string }
  | { readonly kind: 'alerts_ended' }
  | WordsProposed
  /** What became of words that waited: sent (then they are among what is sent), or returned with a reason. */
  | { readonly kind: 'words_decided'; readonly id: string; readonly state: 'sent' | 'returned'; readonly by: string; readonly reason: string | null }

/** An officer's words that wait for a supervisor; `episode`: they can be sent only while the officer has the conversation as now. */
export interface WordsProposed {
  readonly kind: 'words_proposed'
  readonly id: string
  readonly text: string
  readonly episode: number
  readonly by: string
  /** Pointers. */
  readonly citations: readonly string[]
}

/** The person wants to be called: one open call-back a matter, changed where there is one. */
export interface CallBackAsked {
  readonly kind: 'call_back_asked'
  readonly phone: string
  readonly hours: string
  readonly dueOn: Day
  /** Which words they agreed to, with which message. */
  readonly consent: { readonly version: string; readonly message: string }
}

/** The person wishes to be told of warnings or no more, or was told in passing of those that could not be sent. */
export type WarningsHeard =
  | { readonly kind: 'warnings_subscribed'; readonly version: string }
  | { readonly kind: 'warnings_unsubscribed' }
  | { readonly kind: 'warnings_told'; readonly warnings: readonly string[] }

/** A one-time code with which the matter can be gone on with on another channel. */
export interface TransferOffered {
  readonly kind: 'transfer_offered'
  readonly code: string
  readonly expiresAt: number
}

/** The code was used here: what that means for the conversation it came from. Committed only while the code is unused and that conversation is as it was read. */
export interface TransferRedeemed {
  readonly kind: 'transfer_redeemed'
  readonly code: string
  readonly conversation: string
  readonly version: number
  readonly ownership: Ownership
  readonly changes: readonly Change[]
}

/** The person has confirmed a complaint: it becomes a case, once. */
export interface ComplaintConfirmed {
  readonly kind: 'complaint_confirmed'
  readonly complaint: ConfirmedComplaint
  /** By when the office means to have looked at it, as the person was told. */
  readonly firstReplyBy?: Day
}

/** The person adds to a case that was confirmed already: kept beside its record, which never changes. */
export interface CaseAdded {
  readonly kind: 'case_added'
  readonly number: string
  /** In the person's own words, masked; empty for files alone. */
  readonly story: string
  /** What is told anew or otherwise than the record says. */
  readonly facts: Facts
  readonly evidence: Draft['evidence']
}

/** What else the person does to a case of theirs. Committed only while it still means something: see `case/life.ts`. */
export interface CaseChanged {
  readonly kind: 'case_changed'
  readonly number: string
  readonly event: Exclude<PersonEvent, { readonly kind: 'added' }>
}

/** A file shows what must not be kept: it goes for good. */
export interface EvidenceDiscarded {
  readonly kind: 'evidence_discarded'
  readonly attachment: string
}

/** Everything held on the person goes once the last reply is out. */
export interface ErasureAsked {
  readonly kind: 'erasure_asked'
}

/** @returns the changes of an owner step, without its words to the person: a new owner is also shown to channels that can show it. */
export function settle(effects: readonly Effect[]): Change[] {
  return effects.flatMap((effect): Change[] => {
    if (effect.kind === 'tell') return []
    if (effect.kind !== 'episode_began') return [effect]
    return [effect, { kind: 'send', outgoing: ownerShown(effect) }]
  })
}

function ownerShown({ owner, officer }: EpisodeBegan): Outgoing {
  return { kind: 'owner', owner, ...(owner === 'staff' && officer ? { officer: officer.name } : {}) }
}

/** @returns what the person is told, a line each. */
export function toldBy(effects: readonly Effect[], hours: string): readonly Line[] {
  return effects.flatMap((effect) => (effect.kind === 'tell' ? [plain(handoffWords(effect, hours))] : []))
}

/** @returns the lines as one section; none for no lines. */
export function noticed(lines: readonly Line[]): readonly Section[] {
  return lines.length > 0 ? [{ kind: 'note', heading: '', lines }] : []
}

/** @returns all changes of an owner step, its words sent as a notice of the assistant. */
export function settleWithNotice(effects: readonly Effect[], hours: string, choices: readonly string[] = []): Change[] {
  const lines = toldBy(effects, hours)
  if (lines.length === 0) return settle(effects)
  const outgoing: Outgoing = {
    kind: 'reply',
    author: 'assistant',
    status: 'notice',
    text: lines.map((line) => line.text).join('\n'),
    sections: [{ kind: 'answer', heading: '', lines }],
    citations: [],
    choices,
  }
  return [...settle(effects), { kind: 'send', outgoing }]
}
