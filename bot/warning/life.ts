/**
 * The life of a warning, as a function. What is shown to everybody changes only when somebody approves who has not written it.
 *
 *   draft ──ask──▶ waiting ──approve──▶ published ──edit──▶ draft (what was approved stays shown until the correction is)
 *     ▲              │ edit, send back       │
 *     └──────────────┘                       └──withdraw──▶ withdrawn: shown no more, for good
 */
export type WarningStatus = 'draft' | 'waiting' | 'published' | 'withdrawn'
export const WARNING_EVENTS = ['edit', 'ask', 'send_back', 'approve', 'withdraw'] as const
export type WarningEvent = (typeof WARNING_EVENTS)[number]

export interface WarningState {
  readonly status: WarningStatus
  /** Whether everybody sees one of its versions. */
  readonly shown: boolean
  /** Who has written in it since it was last approved. */
  readonly writers: readonly string[]
}

export type WarningRefusal = 'ended' | 'not_draft' | 'not_waiting' | 'own_words'

/** @returns the state after `by` did it, or why nothing changes. */
export function stepWarning(state: WarningState, event: WarningEvent, by: string): WarningState | { readonly refused: WarningRefusal } {
  if (state.status === 'withdrawn') return { refused: 'ended' }
  switch (event) {
    case 'edit':
      return { ...state, status: 'draft', writers: state.writers.includes(by) ? state.writers : [...state.writers, by] }
    case 'ask':
      return state.status === 'draft' ? { ...state, status: 'waiting' } : { refused: 'not_draft' }
    case 'send_back':
      return state.status === 'waiting' ? { ...state, status: 'draft' } : { refused: 'not_waiting' }
    case 'approve':
      return approved(state, by)
    case 'withdraw':
      return { ...state, status: 'withdrawn', shown: false }
  }
}

function approved(state: WarningState, by: string): WarningState | { readonly refused: WarningRefusal } {
  if (state.status !== 'waiting') return { refused: 'not_waiting' }
  return state.writers.includes(by) ? { refused: 'own_words' } : { status: 'published', shown: true, writers: [] }
}
