/**
 * The way of what the office writes for the library:
 *
 *   draft ──ask──▶ asked ──approve (somebody else)──▶ live ──▶ past   when a newer one goes live, or it is taken back
 *     ▲              │
 *     └──send back───┘     a change takes it back to draft; a draft may be dropped
 *
 * Pure: who keeps it commits each step with its audit entry.
 */
import type { Edit } from '../../knowledge/edits.ts'

export const EDIT_STATES = ['draft', 'asked', 'live', 'past', 'dropped'] as const
export type EditState = (typeof EDIT_STATES)[number]

/** How one question of the saved set went before and with the edit. */
export interface TrialRow {
  readonly question: string
  /** What is answered with the edit: titles of the first clauses, or how it ends. */
  readonly answer: string
}

/** What an edit showed on the saved questions. */
export interface Trial {
  /** Of the content that was tried: another content needs another trial. */
  readonly digest: string
  /** Of the library that it was tried beside. */
  readonly library: string
  readonly at: number
  /** Questions of the saved set, and how many were right without and with it. */
  readonly asked: number
  readonly before: number
  readonly after: number
  readonly lost: readonly TrialRow[]
  readonly won: readonly TrialRow[]
  /** Its own trial questions: whether what it rests on was cited. */
  readonly own: readonly (TrialRow & { readonly right: boolean })[]
}

/** What stands of an edit when somebody wants to do something with it. */
export interface EditStand {
  readonly kind: Edit['kind']
  readonly state: EditState
  readonly authors: readonly string[]
  readonly trial: Trial | undefined
  /** Of its content. */
  readonly digest: string
}

export type EditDeed = 'ask' | 'return' | 'approve' | 'drop' | 'take_back'
export type EditRefusal = 'wrong_state' | 'own_work' | 'not_tried'

const FROM: Readonly<Record<EditDeed, readonly EditState[]>> = {
  ask: ['draft'],
  return: ['asked'],
  approve: ['asked'],
  drop: ['draft', 'asked'],
  take_back: ['live'],
}
const TO: Readonly<Record<EditDeed, EditState>> = { ask: 'asked', return: 'draft', approve: 'live', drop: 'dropped', take_back: 'past' }

/** @returns the state that follows, or why nothing may be done. Whoever wrote on it never approves it. */
export function afterDeed(stand: EditStand, deed: EditDeed, by: string): EditState | { readonly refused: EditRefusal } {
  if (!FROM[deed].includes(stand.state)) return { refused: 'wrong_state' }
  if (deed === 'approve' && stand.authors.includes(by)) return { refused: 'own_work' }
  if ((deed === 'ask' || deed === 'approve') && stand.trial?.digest !== stand.digest) return { refused: 'not_tried' }
  return TO[deed]
}

/** @returns whether something may still be written on it. */
export function isOpen(state: EditState): boolean {
  return state === 'draft' || state === 'asked'
}
