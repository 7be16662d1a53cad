/**
 * Who owns a conversation: the assistant, the officers' queue, one officer, or nobody because it is closed.
 *
 *              person asks, assistant escalates             officer takes or writes
 *          ┌───────────────────────────────────▶ waiting ───────────────────────────▶ staff
 *   bot ───┤                                     │  ▲                                │ │ │
 *    ▲     └─── officer takes or writes ─────────│──│──────────────▶ staff           │ │ │
 *    │                                           │  └───── officer silent too long ──┘ │ │
 *    ├── person returns or moves, nobody came ───┤                                     │ │
 *    ├── officer hands back, idle too long ──────│─────────────────────────────────────┘ │
 *    └── person writes ────────── closed ◀───────┴──────────── officer closes ───────────┘
 *                                                 staff ── officer assigned ──▶ staff (a colleague) · officer left ──▶ waiting
 *                                 (and, as from bot: person asks → waiting, officer takes or writes → staff)
 *
 * Pure: no clock, no storage, no model. What a message says is judged elsewhere; who may speak is decided here, by state.
 * Times are integer milliseconds since the epoch. Stored times never go back: an event that comes with an earlier clock
 * counts as happening at the latest time known, so a clock set back can make a timer late but never early.
 */
import { z } from 'zod'

export type Owner = 'bot' | 'waiting' | 'staff' | 'closed'

export interface Officer {
  readonly id: string
  readonly name: string
}

/** Why a conversation went to people: `officer` is one who came unasked, `officer_silent` one who was there and did not answer. */
export type HandoffReason = 'asked' | 'low_confidence' | 'danger' | 'vulnerable' | 'complaint' | 'officer' | 'assistant_off' | 'officer_silent'

/** The reasons for which the assistant itself asks for an officer. */
export type EscalationReason = Exclude<HandoffReason, 'asked' | 'officer' | 'officer_silent'>

interface Common {
  /** Number of the stretch under one owner, from 1. */
  readonly episode: number
  /** When this episode began. */
  readonly since: number
  /** The assistant has already called an officer in this round; a round ends when an officer hands back or closes. */
  readonly automaticUsed: boolean
  /** When the person or an officer last did something. */
  readonly lastActivity: number
  /** The person has been told in this episode that they are still waiting. */
  readonly noticed: boolean
}

export interface BotOwned extends Common {
  readonly owner: 'bot'
}
export interface Waiting extends Common {
  readonly owner: 'waiting'
  readonly reason: HandoffReason
}
export interface StaffOwned extends Common {
  readonly owner: 'staff'
  readonly officer: Officer
  /** What brought the officer here: the reason of the wait that was taken up, or `officer`. */
  readonly reason: HandoffReason
  /** The person's first message that the officer has not answered. */
  readonly unansweredSince?: number
}
export interface Closed extends Common {
  readonly owner: 'closed'
}
/** Plain JSON, stored as text and read back through `ownershipSchema`. */
export type Ownership = BotOwned | Waiting | StaffOwned | Closed

export type OwnerEvent =
  | { readonly kind: 'person_wrote' | 'person_asked' | 'person_returned' | 'person_moved' | 'tick' }
  | { readonly kind: 'escalated'; readonly reason: EscalationReason }
  | { readonly kind: 'officer_took' | 'officer_wrote'; readonly officer: Officer }
  /** `by` gives the conversation to a colleague; `mayTakeAway`: also one that somebody else has. */
  | { readonly kind: 'officer_assigned'; readonly officer: Officer; readonly by: Officer; readonly mayTakeAway: boolean }
  /** The officer cannot go on: the account was closed. */
  | { readonly kind: 'officer_left' }
  | OfficerFinished

/** The two ways in which an officer ends their part; both leave a written outcome. */
type OfficerFinished = { readonly kind: 'officer_handed_back' | 'officer_closed'; readonly officer: Officer; readonly outcome: string }

/** One sentence for the person; its words are in `wording/handoff.ts`. */
export type Tell =
  | { readonly kind: 'tell'; readonly what: 'queued' | 'already_waiting' | 'still_waiting' | 'nobody_came' | 'returned' | 'moved' }
  | {
      readonly kind: 'tell'
      readonly what: 'taken' | 'reopened' | 'handed_back' | 'handed_back_idle' | 'closed' | 'officer_silent'
      readonly officer: Officer
    }

export interface EpisodeEnded {
  readonly kind: 'episode_ended'
  readonly number: number
  readonly owner: Owner
  readonly endedBy: 'person' | 'officer' | 'assistant' | 'timer'
  /** Who owned the episode or, where no officer did, the officer who ended it. */
  readonly officer?: Officer
  readonly outcome?: string
  readonly at: number
}
export interface EpisodeBegan {
  readonly kind: 'episode_began'
  readonly number: number
  readonly owner: Owner
  readonly reason?: HandoffReason
  readonly officer?: Officer
  readonly at: number
}
export interface AlertStaff {
  readonly kind: 'alert_staff'
  readonly reason: HandoffReason
}
export type Effect = EpisodeEnded | EpisodeBegan | Tell | AlertStaff

export type RefusalCode = 'already_escalated' | 'taken_by_other' | 'not_owner' | 'not_in_conversation' | 'outcome_missing' | 'outcome_too_long'

export interface Accepted {
  readonly ownership: Ownership
  readonly effects: readonly Effect[]
}
export interface Refused {
  readonly refused: RefusalCode
}
export type Step = Accepted | Refused

/** How long things may take, in milliseconds; each greater than zero, or a timer would fire in the moment it is set. */
export interface OwnerRules {
  readonly waitingNoticeMs: number
  readonly waitingEndsMs: number
  readonly officerSilentMs: number
  readonly staffIdleMs: number
}

const MINUTE = 60_000
export const DEFAULT_OWNER_RULES: OwnerRules = Object.freeze({
  waitingNoticeMs: 10 * MINUTE,
  waitingEndsMs: 24 * 60 * MINUTE,
  officerSilentMs: 15 * MINUTE,
  staffIdleMs: 12 * 60 * MINUTE,
})

/** Of the written outcome, counted in characters (code points), not in UTF-16 units. */
export const OUTCOME_MAX = 2_000

const officer = z.strictObject({ id: z.string(), name: z.string() })
const reason = z.enum(['asked', 'low_confidence', 'danger', 'vulnerable', 'complaint', 'officer', 'assistant_off', 'officer_silent'])
const common = { episode: z.int().min(1), since: z.int(), automaticUsed: z.boolean(), lastActivity: z.int(), noticed: z.boolean() }

/** Reads a stored ownership back; what no step could have written is an error. */
export const ownershipSchema: z.ZodType<Ownership> = z.discriminatedUnion('owner', [
  z.strictObject({ owner: z.literal('bot'), ...common }),
  z.strictObject({ owner: z.literal('waiting'), ...common, reason }),
  z.strictObject({ owner: z.literal('staff'), ...common, officer, reason, unansweredSince: z.int().exactOptional() }),
  z.strictObject({ owner: z.literal('closed'), ...common }),
])

/** @returns the ownership of a conversation before its first message. */
export function newOwnership(now: number): Ownership {
  return { owner: 'bot', episode: 1, since: now, automaticUsed: false, lastActivity: now, noticed: false }
}

/** @returns whether the assistant may say anything of its own. Someone in the queue is still answered; an officer is never talked over. */
export function botMayAnswer(ownership: Ownership): boolean {
  switch (ownership.owner) {
    case 'bot':
    case 'waiting':
      return true
    case 'staff':
    case 'closed':
      return false
  }
}

/** Decides about one event: the next ownership and what is to be written and said, or why nothing happens. */
export function step(ownership: Ownership, event: OwnerEvent, now: number, rules: OwnerRules): Step {
  const at = Math.max(now, ownership.since, ownership.lastActivity)
  switch (event.kind) {
    case 'person_wrote':
      return personWrote(ownership, at)
    case 'person_asked':
      return personAsked(ownership, at)
    case 'person_returned':
      return personReturned(ownership, at)
    case 'person_moved':
      return personMoved(ownership, at)
    case 'escalated':
      return escalated(ownership, event.reason, at)
    case 'officer_took':
      return officerTook(ownership, event.officer, at)
    case 'officer_wrote':
      return officerWrote(ownership, event.officer, at)
    case 'officer_handed_back':
    case 'officer_closed':
      return officerFinished(ownership, event, at)
    case 'officer_assigned':
      return officerAssigned(ownership, event, at)
    case 'officer_left':
      return ownership.owner === 'staff' ? backToQueue(ownership, 'officer', at) : unchanged(ownership)
    case 'tick':
      // Not `at`: whether a timer has run out is a matter of the clock alone.
      return (
        timersOf(ownership, rules)
          .find((timer) => timer.dueAt <= now)
          ?.fire(at) ?? unchanged(ownership)
      )
  }
}

/** @returns when a tick will next change something, if nothing else happens before. */
export function dueAt(ownership: Ownership, rules: OwnerRules): number | undefined {
  const times = timersOf(ownership, rules).map((timer) => timer.dueAt)
  return times.length > 0 ? Math.min(...times) : undefined
}

function personWrote(from: Ownership, at: number): Accepted {
  switch (from.owner) {
    case 'bot':
    case 'waiting':
      return unchanged({ ...from, lastActivity: at })
    case 'staff':
      return unchanged({ ...from, lastActivity: at, unansweredSince: from.unansweredSince ?? at })
    case 'closed':
      // The person's own message reopened it: the answer that follows says enough.
      return change(from, { owner: 'bot' }, { endedBy: 'person', at })
  }
}

function personAsked(from: Ownership, at: number): Accepted {
  switch (from.owner) {
    case 'bot':
    case 'closed':
      return change(from, { owner: 'waiting', reason: 'asked' }, { endedBy: 'person', at }, { kind: 'tell', what: 'queued' })
    case 'waiting':
      return { ...personWrote(from, at), effects: [{ kind: 'tell', what: 'already_waiting' }] }
    case 'staff':
      // An officer is here already, and owes an answer to this as to any other message.
      return personWrote(from, at)
  }
}

/** Outside the queue there is nothing to leave, so the words are a message like any other. */
function personReturned(from: Ownership, at: number): Accepted {
  if (from.owner !== 'waiting') return personWrote(from, at)
  return change(from, { owner: 'bot' }, { endedBy: 'person', at }, { kind: 'tell', what: 'returned' })
}

/** The person went on with the matter on another channel: whoever waits or serves here does so there from now on. */
function personMoved(from: Ownership, at: number): Accepted {
  const tell: Tell = { kind: 'tell', what: 'moved' }
  if (from.owner === 'waiting' || from.owner === 'staff') return change(from, { owner: 'bot' }, { endedBy: 'person', at }, tell)
  return { ownership: from, effects: [tell] }
}

/** At most once a round: an assistant that is unsure twice must not fill the queue with the same person. */
function escalated(from: Ownership, reason: EscalationReason, at: number): Step {
  if (from.owner !== 'bot' || from.automaticUsed) return { refused: 'already_escalated' }
  return change(from, { owner: 'waiting', reason }, { endedBy: 'assistant', at }, { kind: 'tell', what: 'queued' })
}

function officerTook(from: Ownership, officer: Officer, at: number): Step {
  if (from.owner === 'staff') return from.officer.id === officer.id ? unchanged(from) : { refused: 'taken_by_other' }
  const reason = from.owner === 'waiting' ? from.reason : 'officer'
  const what = from.owner === 'closed' ? 'reopened' : 'taken'
  // Whoever waited is owed an answer from now on: an officer who takes them up and says nothing must not keep them.
  const owed = from.owner === 'waiting' ? { unansweredSince: at } : {}
  return change(from, { owner: 'staff', officer, reason, ...owed }, { endedBy: 'officer', officer, at }, { kind: 'tell', what, officer })
}

/** Writing without having taken the conversation takes it: an officer may type in the channel's own console. */
function officerWrote(from: Ownership, officer: Officer, at: number): Step {
  const took = officerTook(from, officer, at)
  return 'refused' in took ? took : { ...took, ownership: answered(took.ownership, at) }
}

function answered(ownership: Ownership, at: number): Ownership {
  if (ownership.owner !== 'staff') return ownership
  const { unansweredSince: _answeredNow, ...rest } = ownership
  return { ...rest, lastActivity: at }
}

/** The colleague owes the person an answer from now on, as whoever takes up somebody who waits. */
function officerAssigned(from: Ownership, { officer, by, mayTakeAway }: Extract<OwnerEvent, { kind: 'officer_assigned' }>, at: number): Step {
  if (from.owner === 'staff' && from.officer.id === officer.id) return unchanged(from)
  if (from.owner === 'staff' && from.officer.id !== by.id && !mayTakeAway) return { refused: 'not_owner' }
  const reason = 'reason' in from ? from.reason : 'officer'
  return change(
    from,
    { owner: 'staff', officer, reason, unansweredSince: at },
    { endedBy: 'officer', officer: from.owner === 'staff' ? from.officer : by, at },
    { kind: 'tell', what: 'taken', officer },
  )
}

function backToQueue(from: StaffOwned, endedBy: 'timer' | 'officer', at: number): Accepted {
  const { officer } = from
  return change(from, { owner: 'waiting', reason: 'officer_silent' }, { endedBy, officer, at }, { kind: 'tell', what: 'officer_silent', officer })
}

function officerFinished(from: Ownership, event: OfficerFinished, at: number): Step {
  const outcome = event.outcome.trim()
  const refused = mayNotFinish(from, event) ?? outcomeProblem(outcome)
  if (refused) return { refused }
  const { officer } = event
  const ending: Ending = { endedBy: 'officer', officer, outcome, at }
  return event.kind === 'officer_closed'
    ? change(from, { owner: 'closed' }, ending, { kind: 'tell', what: 'closed', officer })
    : change(from, { owner: 'bot' }, ending, { kind: 'tell', what: 'handed_back', officer })
}

/** Only who owns a conversation ends it; an entry of the queue, which nobody owns yet, may be closed by any officer. */
function mayNotFinish(from: Ownership, event: OfficerFinished): RefusalCode | undefined {
  if (from.owner === 'staff') return from.officer.id === event.officer.id ? undefined : 'not_owner'
  return from.owner === 'waiting' && event.kind === 'officer_closed' ? undefined : 'not_in_conversation'
}

function outcomeProblem(outcome: string): RefusalCode | undefined {
  if (outcome === '') return 'outcome_missing'
  return [...outcome].length > OUTCOME_MAX ? 'outcome_too_long' : undefined
}

interface Timer {
  readonly dueAt: number
  fire(at: number): Accepted
}

/**
 * The timers that run, the weightier first: of several that are due after a long sleep only the first one fires. What it
 * begins is timed from now, not from when it was due: officers get their full time from the moment they are alerted.
 */
function timersOf(ownership: Ownership, rules: OwnerRules): readonly Timer[] {
  switch (ownership.owner) {
    case 'waiting':
      return waitingTimers(ownership, rules)
    case 'staff':
      return staffTimers(ownership, rules)
    case 'bot':
    case 'closed':
      return []
  }
}

function waitingTimers(from: Waiting, rules: OwnerRules): readonly Timer[] {
  const ends: Timer = {
    dueAt: from.since + rules.waitingEndsMs,
    fire: (at) => change(from, { owner: 'bot' }, { endedBy: 'timer', at }, { kind: 'tell', what: 'nobody_came' }),
  }
  const notice: Timer = {
    dueAt: from.since + rules.waitingNoticeMs,
    fire: () => ({ ownership: { ...from, noticed: true }, effects: [{ kind: 'tell', what: 'still_waiting' }] }),
  }
  return from.noticed ? [ends] : [ends, notice]
}

function staffTimers(from: StaffOwned, rules: OwnerRules): readonly Timer[] {
  const { officer, unansweredSince } = from
  const idle: Timer = {
    dueAt: from.lastActivity + rules.staffIdleMs,
    fire: (at) =>
      change(from, { owner: 'bot' }, { endedBy: 'timer', officer, outcome: 'idle', at }, { kind: 'tell', what: 'handed_back_idle', officer }),
  }
  if (unansweredSince === undefined) return [idle]
  const silent: Timer = {
    dueAt: unansweredSince + rules.officerSilentMs,
    fire: (at) => backToQueue(from, 'timer', at),
  }
  return [silent, idle]
}

type Ending = Pick<EpisodeEnded, 'endedBy' | 'officer' | 'outcome' | 'at'>
type Next =
  | { readonly owner: 'bot' | 'closed' }
  | Pick<Waiting, 'owner' | 'reason'>
  | Pick<StaffOwned, 'owner' | 'officer' | 'reason' | 'unansweredSince'>

/** The only way in which an owner changes: one episode ends, the next begins, and a new entry of the queue always alerts. */
function change(from: Ownership, next: Next, ending: Ending, tell?: Tell): Accepted {
  const { at } = ending
  const { unansweredSince: _theirs, ...shown } = { unansweredSince: undefined, ...next }
  const effects: Effect[] = [
    { kind: 'episode_ended', number: from.episode, owner: from.owner, ...ending },
    { kind: 'episode_began', number: from.episode + 1, at, ...shown },
  ]
  if (tell) effects.push(tell)
  if (next.owner === 'waiting') effects.push({ kind: 'alert_staff', reason: next.reason })
  return { ownership: begun(from, next, ending), effects }
}

function begun(from: Ownership, next: Next, ending: Ending): Ownership {
  return {
    ...next,
    episode: from.episode + 1,
    since: ending.at,
    automaticUsed: automaticUsedAfter(from, ending),
    // A timer is nobody's activity.
    lastActivity: ending.endedBy === 'timer' ? from.lastActivity : ending.at,
    noticed: false,
  }
}

/** Only an officer's own outcome ends a round; a wait that ran out or was given up does not earn another automatic transfer. */
function automaticUsedAfter(from: Ownership, ending: Ending): boolean {
  if (ending.endedBy === 'assistant') return true
  return ending.endedBy === 'officer' && ending.outcome !== undefined ? false : from.automaticUsed
}

/** The owner stays and nothing is said. */
function unchanged(ownership: Ownership): Accepted {
  return { ownership, effects: [] }
}
