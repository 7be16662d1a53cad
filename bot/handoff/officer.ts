/** What an officer does to a conversation, and what time does to it: each a pure change, committed in one transaction with its audit entry. */

import { pointerId } from '../../knowledge/citation.ts'
import type { Citation } from '../../knowledge/cite.ts'
import { maskPersonal } from '../../knowledge/language/mask.ts'
import { type Line, plain } from '../answer/outcome.ts'
import type { AuditDetail } from '../audit/entry.ts'
import { type Change, settleWithNotice } from '../conversation/effects.ts'
import { dueAt, type Officer, type OwnerEvent, type OwnerRules, type Ownership, type RefusalCode, step } from '../conversation/owner.ts'
import type { Outgoing } from '../delivery/message.ts'
import { RETURN_CHOICE } from '../wording/handoff.ts'
import { HEADING } from '../wording/vi.ts'

export interface OwnerChange {
  readonly ownership: Ownership
  readonly effects: readonly Change[]
  /** Who did what, for the audit; absent for timers. */
  readonly act?: { readonly actor: string; readonly action: OfficerAction; readonly detail?: AuditDetail }
}
export type OfficerAction =
  | ('owner.took' | 'owner.wrote' | 'owner.handed_back' | 'owner.closed' | 'owner.assigned')
  | ('words.proposed' | 'words.approved' | 'words.returned')

/** What the storage does for owners; each call is one transaction. */
export interface OwnerStore {
  /** Applies `apply` to the present ownership and commits what it returns. */
  change(
    conversationId: string,
    now: number,
    apply: (ownership: Ownership) => OwnerChange | { refused: RefusalCode },
    /** Of words that are to be sent once: where something was sent under it already, nothing is done and nothing refused. */
    once?: string,
  ): Promise<ChangeResult>
  /** @returns the conversations that an officer has. */
  heldBy(officer: string): Promise<readonly string[]>
  /** @returns conversations whose timer is due. */
  due(now: number, limit: number): Promise<readonly string[]>
}
/** `unreadable`: in a form that this version does not know; its timer was put off. */
export type ChangeResult = 'changed' | 'missing' | 'unreadable' | RefusalCode

/** What an officer does. */
export type OfficerDeed =
  | { readonly kind: 'take' }
  /** `id`: made by whoever writes; words that come twice under one id are sent once. */
  | { readonly kind: 'write'; readonly text: string; readonly id?: string; readonly citations?: readonly Citation[] }
  /** As `write`, but a supervisor reads it first: the officer has the conversation, and the person is still owed an answer. */
  | { readonly kind: 'propose'; readonly text: string; readonly id: string; readonly citations?: readonly Citation[] }
  /** `mayTakeAway`: also from a colleague who has it. */
  | { readonly kind: 'assign'; readonly to: Officer; readonly mayTakeAway: boolean }
  | { readonly kind: 'hand_back' | 'close'; readonly outcome: string }

interface Office {
  readonly store: OwnerStore
  readonly rules: OwnerRules
  readonly hours: string
  /** What somebody who is put back into the queue, or waits on, is offered; the way out of it where nothing else is given. */
  readonly whileWaiting?: readonly string[]
}

/** @returns `changed`, or why nothing happened. */
export function officerDoes(office: Office, conversationId: string, officer: Officer, given: OfficerDeed, now: number): Promise<ChangeResult> {
  const deed = withoutNumbers(given)
  const once = 'id' in deed ? deed.id : undefined
  return office.store.change(
    conversationId,
    now,
    (ownership) => {
      const known = asKnown(ownership, officer)
      const result = step(ownership, eventOf(deed, known), now, office.rules)
      if ('refused' in result) return result
      const effects = [...settleWithNotice(result.effects, office.hours), ...saidBy(deed, known, result.ownership.episode)]
      return { ownership: result.ownership, effects, act: { actor: officer.id, action: ACTIONS[deed.kind] } }
    },
    once,
  )
}

/** Numbers that must not be kept are covered in an officer's words as in anybody's. */
function withoutNumbers(deed: OfficerDeed): OfficerDeed {
  switch (deed.kind) {
    case 'take':
    case 'assign':
      return deed
    case 'write':
    case 'propose':
      return { ...deed, text: maskPersonal(deed.text).text }
    case 'hand_back':
    case 'close':
      return { ...deed, outcome: maskPersonal(deed.outcome).text }
  }
}

/** The person keeps reading the name under which the officer came in. */
function asKnown(ownership: Ownership, officer: Officer): Officer {
  // No more of whoever acts is kept than these two.
  return ownership.owner === 'staff' && ownership.officer.id === officer.id ? ownership.officer : { id: officer.id, name: officer.name }
}

function eventOf(deed: OfficerDeed, officer: Officer): OwnerEvent {
  switch (deed.kind) {
    case 'take':
    case 'propose':
      return { kind: 'officer_took', officer }
    case 'write':
      return { kind: 'officer_wrote', officer }
    case 'assign':
      return { kind: 'officer_assigned', officer: deed.to, by: officer, mayTakeAway: deed.mayTakeAway }
    case 'hand_back':
      return { kind: 'officer_handed_back', officer, outcome: deed.outcome }
    case 'close':
      return { kind: 'officer_closed', officer, outcome: deed.outcome }
  }
}

const ACTIONS: Readonly<Record<OfficerDeed['kind'], OfficerAction>> = {
  take: 'owner.took',
  write: 'owner.wrote',
  propose: 'words.proposed',
  assign: 'owner.assigned',
  hand_back: 'owner.handed_back',
  close: 'owner.closed',
}

function saidBy(deed: OfficerDeed, officer: Officer, episode: number): readonly Change[] {
  if (deed.kind === 'write') return [saying(deed, officer)]
  if (deed.kind !== 'propose') return []
  const { id, text, citations = [] } = deed
  return [{ kind: 'words_proposed', id, text, episode, by: officer.id, citations: citations.map(({ pointer }) => pointerId(pointer)) }]
}

/** @returns an officer's words as they go out, under `id` where they have one. */
export function saying({ text, id, citations = [] }: Omit<Extract<OfficerDeed, { kind: 'write' }>, 'kind'>, officer: Officer): Change {
  return { kind: 'send', outgoing: words(text, citations, officer), ...(id === undefined ? {} : { id }) }
}

/** What rests on the law shows it below the words, as an answer of the assistant does. */
function words(text: string, citations: readonly Citation[], officer: Officer): Outgoing {
  const all = citations.map((_, place) => place)
  const lines = text.split(/\n+/).map((line, i, { length }): Line => (i === length - 1 ? { text: line, citations: all } : plain(line)))
  const basis = citations.map(({ label }) => `– ${label}`)
  return {
    kind: 'reply',
    author: 'staff',
    status: 'staff',
    text: basis.length === 0 ? text : [text, `${HEADING.basis}:\n${basis.join('\n')}`].join('\n\n'),
    sections: [{ kind: 'answer', heading: '', lines }],
    citations,
    choices: [],
    officer: officer.name,
  }
}

/** An officer whose account was closed has no conversation any more: each goes back to the queue. @returns how many did. */
export async function officerLeaves({ store, rules, hours, whileWaiting = [RETURN_CHOICE] }: Office, officer: string, now: number): Promise<number> {
  let left = 0
  for (const id of await store.heldBy(officer)) {
    const result = await store.change(id, now, (ownership) => {
      if (ownership.owner !== 'staff' || ownership.officer.id !== officer) return { ownership, effects: [] }
      const stepped = step(ownership, { kind: 'officer_left' }, now, rules)
      return 'refused' in stepped ? stepped : { ownership: stepped.ownership, effects: settleWithNotice(stepped.effects, hours, whileWaiting) }
    })
    if (result === 'changed') left++
  }
  return left
}

const TIMERS_AT_ONCE = 100

/** Fires the timers that are due. @returns how many conversations changed. */
export async function fireTimers(office: Office, now: number): Promise<number> {
  let changed = 0
  for (const id of await office.store.due(now, TIMERS_AT_ONCE)) if ((await fire(office, id, now)) === 'changed') changed++
  return changed
}

function fire({ store, rules, hours, whileWaiting = [RETURN_CHOICE] }: Office, id: string, now: number): Promise<ChangeResult> {
  return store.change(id, now, (ownership) => {
    const result = step(ownership, { kind: 'tick' }, now, rules)
    if ('refused' in result) return result
    const waits = result.ownership.owner === 'waiting'
    // Whom nobody came for has left the queue, and may still be called.
    const choices = waits ? whileWaiting : ownership.owner === 'waiting' ? whileWaiting.filter((words) => words !== RETURN_CHOICE) : []
    return { ownership: result.ownership, effects: settleWithNotice(result.effects, hours, choices) }
  })
}

/** @returns when the next timer of an ownership is due, for the column that is searched. */
export function timerOf(ownership: Ownership, rules: OwnerRules): number | null {
  return dueAt(ownership, rules) ?? null
}
