import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Accepted,
  botMayAnswer,
  DEFAULT_OWNER_RULES,
  dueAt,
  type Effect,
  type EscalationReason,
  newOwnership,
  type Officer,
  OUTCOME_MAX,
  type Owner,
  type OwnerEvent,
  type OwnerRules,
  type Ownership,
  ownershipSchema,
  type RefusalCode,
  type Step,
  step,
  type Tell,
} from '../../bot/conversation/owner.ts'
import { HANDOFF, handoffWords, RETURN_CHOICE } from '../../bot/wording/handoff.ts'

const RULES = DEFAULT_OWNER_RULES
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const T0 = Date.UTC(2026, 10, 26, 1)
const LAN: Officer = { id: 'lan', name: 'Nguyễn Thị Lan' }
const HAI: Officer = { id: 'hai', name: 'Trần Văn Hải' }

const wrote: OwnerEvent = { kind: 'person_wrote' }
const asked: OwnerEvent = { kind: 'person_asked' }
const returned: OwnerEvent = { kind: 'person_returned' }
const moved: OwnerEvent = { kind: 'person_moved' }
const tick: OwnerEvent = { kind: 'tick' }
const escalated = (reason: EscalationReason = 'low_confidence'): OwnerEvent => ({ kind: 'escalated', reason })
const took = (officer: Officer): OwnerEvent => ({ kind: 'officer_took', officer })
const typed = (officer: Officer): OwnerEvent => ({ kind: 'officer_wrote', officer })
const handedBack = (officer: Officer, outcome = 'Đã hướng dẫn đổi hàng.'): OwnerEvent => ({ kind: 'officer_handed_back', officer, outcome })
const closed = (officer: Officer, outcome = 'Hai bên đã thỏa thuận.'): OwnerEvent => ({ kind: 'officer_closed', officer, outcome })

function accepted(result: Step): Accepted {
  if ('refused' in result) throw new Error(`refused: ${result.refused}`)
  return result
}

/** A new conversation after some events, a second apart. */
function stateAfter(...events: OwnerEvent[]): Ownership {
  return events.reduce((state, event, i) => accepted(step(state, event, T0 + i * 1000, RULES)).ownership, newOwnership(T0))
}

const FROM = {
  bot: stateAfter(),
  waiting: stateAfter(asked),
  staff: stateAfter(asked, typed(LAN)),
  closed: stateAfter(took(LAN), closed(LAN)),
} as const
const NOW = T0 + MINUTE

const tells = (effects: readonly Effect[]) => effects.filter((e): e is Tell => e.kind === 'tell')
const ofKind = <K extends Effect['kind']>(effects: readonly Effect[], kind: K) =>
  effects.filter((e): e is Extract<Effect, { kind: K }> => e.kind === kind)

describe('a change of owner', () => {
  const CHANGES: readonly (readonly [Owner, OwnerEvent, Owner, Tell['what'] | undefined, 'person' | 'officer' | 'assistant'])[] = [
    ['bot', asked, 'waiting', 'queued', 'person'],
    ['bot', escalated('danger'), 'waiting', 'queued', 'assistant'],
    ['bot', took(LAN), 'staff', 'taken', 'officer'],
    ['bot', typed(LAN), 'staff', 'taken', 'officer'],
    ['waiting', returned, 'bot', 'returned', 'person'],
    ['waiting', moved, 'bot', 'moved', 'person'],
    ['staff', moved, 'bot', 'moved', 'person'],
    ['waiting', took(HAI), 'staff', 'taken', 'officer'],
    ['waiting', typed(HAI), 'staff', 'taken', 'officer'],
    ['waiting', closed(HAI), 'closed', 'closed', 'officer'],
    ['staff', handedBack(LAN), 'bot', 'handed_back', 'officer'],
    ['staff', closed(LAN), 'closed', 'closed', 'officer'],
    ['closed', wrote, 'bot', undefined, 'person'],
    ['closed', returned, 'bot', undefined, 'person'],
    ['closed', asked, 'waiting', 'queued', 'person'],
    ['closed', took(HAI), 'staff', 'reopened', 'officer'],
    ['closed', typed(HAI), 'staff', 'reopened', 'officer'],
  ]

  it.each(CHANGES)('from %s by %o to %s says %s', (from, event, to, what, endedBy) => {
    const before = FROM[from]
    const { ownership, effects } = accepted(step(before, event, NOW, RULES))
    expect(ownership).toMatchObject({ owner: to, episode: before.episode + 1, since: NOW, lastActivity: NOW, noticed: false })
    expect(tells(effects).map((t) => t.what)).toEqual(what ? [what] : [])
    expect(ofKind(effects, 'episode_ended')).toEqual([expect.objectContaining({ number: before.episode, owner: from, endedBy, at: NOW })])
    expect(ofKind(effects, 'episode_began')).toEqual([expect.objectContaining({ number: before.episode + 1, owner: to, at: NOW })])
    expect(ofKind(effects, 'alert_staff')).toHaveLength(to === 'waiting' ? 1 : 0)
  })

  it('writes who, when and with what result', () => {
    const { effects } = accepted(step(FROM.staff, handedBack(LAN, '  Đã gọi người bán. \n'), NOW, RULES))
    expect(effects).toEqual([
      { kind: 'episode_ended', number: 3, owner: 'staff', endedBy: 'officer', officer: LAN, outcome: 'Đã gọi người bán.', at: NOW },
      { kind: 'episode_began', number: 4, owner: 'bot', at: NOW },
      { kind: 'tell', what: 'handed_back', officer: LAN },
    ])
  })

  it('carries the reason of the wait to the officer who takes it up, and says why staff is alerted', () => {
    const { ownership, effects } = accepted(step(FROM.bot, escalated('vulnerable'), NOW, RULES))
    expect(ofKind(effects, 'alert_staff')).toEqual([{ kind: 'alert_staff', reason: 'vulnerable' }])
    expect(accepted(step(ownership, took(LAN), NOW, RULES)).ownership).toMatchObject({ owner: 'staff', officer: LAN, reason: 'vulnerable' })
    expect(accepted(step(FROM.bot, took(LAN), NOW, RULES)).ownership).toMatchObject({ reason: 'officer' })
  })
})

describe('what changes no owner', () => {
  it.each([
    ['bot', wrote, []],
    ['bot', returned, []],
    ['bot', moved, [{ kind: 'tell', what: 'moved' }]],
    ['bot', tick, []],
    ['waiting', wrote, []],
    ['waiting', asked, [{ kind: 'tell', what: 'already_waiting' }]],
    ['staff', wrote, []],
    ['staff', asked, []],
    ['staff', returned, []],
    ['staff', took(LAN), []],
    ['staff', typed(LAN), []],
    ['closed', moved, [{ kind: 'tell', what: 'moved' }]],
    ['closed', tick, []],
  ] as const)('in %s: %o', (from, event, effects) => {
    const result = accepted(step(FROM[from], event, NOW, RULES))
    expect(result.effects).toEqual(effects)
    expect(result.ownership).toMatchObject({ owner: from, episode: FROM[from].episode, since: FROM[from].since })
  })

  it.each([wrote, asked, returned])('%o waits for the officer from the first unanswered message until the answer', (event) => {
    const once = accepted(step(FROM.staff, event, NOW, RULES)).ownership
    const twice = accepted(step(once, wrote, NOW + MINUTE, RULES)).ownership
    expect(twice).toMatchObject({ unansweredSince: NOW, lastActivity: NOW + MINUTE })
    expect(accepted(step(twice, typed(LAN), NOW + 2 * MINUTE, RULES)).ownership).toEqual({ ...FROM.staff, lastActivity: NOW + 2 * MINUTE })
  })

  it('taking twice is taking once', () => {
    expect(accepted(step(FROM.staff, took(LAN), NOW, RULES)).ownership).toBe(FROM.staff)
  })
})

describe('refusals', () => {
  const REFUSED: readonly (readonly [Owner, OwnerEvent, RefusalCode])[] = [
    ['waiting', escalated(), 'already_escalated'],
    ['staff', escalated(), 'already_escalated'],
    ['closed', escalated(), 'already_escalated'],
    ['staff', took(HAI), 'taken_by_other'],
    ['staff', typed(HAI), 'taken_by_other'],
    ['staff', handedBack(HAI), 'not_owner'],
    ['staff', closed(HAI), 'not_owner'],
    ['bot', handedBack(LAN), 'not_in_conversation'],
    ['waiting', handedBack(LAN), 'not_in_conversation'],
    ['closed', handedBack(LAN), 'not_in_conversation'],
    ['bot', closed(LAN), 'not_in_conversation'],
    ['closed', closed(LAN), 'not_in_conversation'],
    ['staff', handedBack(LAN, ''), 'outcome_missing'],
    ['staff', closed(LAN, ' \n\u00a0'), 'outcome_missing'],
    ['waiting', closed(LAN, ' '), 'outcome_missing'],
    ['staff', handedBack(LAN, 'x'.repeat(OUTCOME_MAX + 1)), 'outcome_too_long'],
    ['staff', closed(LAN, 'x'.repeat(OUTCOME_MAX + 1)), 'outcome_too_long'],
  ]
  it.each(REFUSED)('in %s: %o is %s', (from, event, code) => {
    expect(step(FROM[from], event, NOW, RULES)).toEqual({ refused: code })
  })

  it('the second of two hand-backs in the same moment', () => {
    const once = accepted(step(FROM.staff, handedBack(LAN), NOW, RULES)).ownership
    expect(step(once, handedBack(LAN), NOW, RULES)).toEqual({ refused: 'not_in_conversation' })
  })

  it.each(['x'.repeat(OUTCOME_MAX), '😀'.repeat(OUTCOME_MAX), `  ${'x'.repeat(OUTCOME_MAX)}\n`])(
    'an outcome of the full length is not refused',
    (outcome) => {
      expect(accepted(step(FROM.staff, handedBack(LAN, outcome), NOW, RULES)).ownership.owner).toBe('bot')
    },
  )
})

describe('one automatic transfer a round', () => {
  const again = (...events: OwnerEvent[]) => step(stateAfter(escalated(), ...events), escalated(), NOW, RULES)
  it.each([
    ['the person returned', [returned]],
    ['the person returned, asked and returned again', [returned, asked, returned]],
  ] as const)('not again when %s', (_why, events) => expect(again(...events)).toEqual({ refused: 'already_escalated' }))
  it.each([
    ['handed back', [took(LAN), handedBack(LAN)]],
    ['closed', [took(LAN), closed(LAN), wrote]],
    ['closed the entry of the queue', [closed(LAN), wrote]],
  ] as const)('again when an officer %s', (_why, events) => expect(accepted(again(...events)).ownership.owner).toBe('waiting'))

  it.each(['nobody came', 'the officer went silent and nobody came', 'the officer was idle'])('not again when %s', (why) => {
    let state = why === 'nobody came' ? stateAfter(escalated()) : stateAfter(escalated(), typed(LAN))
    if (why.includes('silent')) state = accepted(step(accepted(step(state, wrote, NOW, RULES)).ownership, tick, NOW + HOUR, RULES)).ownership
    state = accepted(step(state, tick, NOW + 30 * HOUR, RULES)).ownership
    expect(state.owner).toBe('bot')
    expect(step(state, escalated(), NOW + 31 * HOUR, RULES)).toEqual({ refused: 'already_escalated' })
    expect(accepted(step(state, asked, NOW + 31 * HOUR, RULES)).ownership.owner).toBe('waiting')
  })
})

describe('timers', () => {
  const since = FROM.waiting.since

  it('a wait is noticed once, then ends', () => {
    expect(dueAt(FROM.waiting, RULES)).toBe(since + 10 * MINUTE)
    expect(step(FROM.waiting, tick, since + 10 * MINUTE - 1, RULES)).toEqual({ ownership: FROM.waiting, effects: [] })
    const noticed = accepted(step(FROM.waiting, tick, since + 10 * MINUTE, RULES))
    expect(noticed).toEqual({ ownership: { ...FROM.waiting, noticed: true }, effects: [{ kind: 'tell', what: 'still_waiting' }] })
    expect(dueAt(noticed.ownership, RULES)).toBe(since + 24 * HOUR)
    expect(accepted(step(noticed.ownership, tick, since + 24 * HOUR - 1, RULES)).effects).toEqual([])
    expect(accepted(step(noticed.ownership, tick, since + 24 * HOUR, RULES)).effects).toEqual([
      { kind: 'episode_ended', number: 2, owner: 'waiting', endedBy: 'timer', at: since + 24 * HOUR },
      { kind: 'episode_began', number: 3, owner: 'bot', at: since + 24 * HOUR },
      { kind: 'tell', what: 'nobody_came' },
    ])
  })

  it('a wait that was slept through ends without the stale notice', () => {
    const { ownership, effects } = accepted(step(FROM.waiting, tick, since + 300 * HOUR, RULES))
    expect(ownership.owner).toBe('bot')
    expect(tells(effects)).toEqual([{ kind: 'tell', what: 'nobody_came' }])
  })

  it('an officer who does not answer loses the conversation to the queue, which is alerted', () => {
    const unanswered = accepted(step(FROM.staff, wrote, NOW, RULES)).ownership
    expect(dueAt(unanswered, RULES)).toBe(NOW + 15 * MINUTE)
    expect(accepted(step(unanswered, tick, NOW + 15 * MINUTE - 1, RULES)).ownership).toBe(unanswered)
    expect(accepted(step(unanswered, tick, NOW + 15 * MINUTE, RULES)).effects).toEqual([
      { kind: 'episode_ended', number: 3, owner: 'staff', endedBy: 'timer', officer: LAN, at: NOW + 15 * MINUTE },
      { kind: 'episode_began', number: 4, owner: 'waiting', reason: 'officer_silent', at: NOW + 15 * MINUTE },
      { kind: 'tell', what: 'officer_silent', officer: LAN },
      { kind: 'alert_staff', reason: 'officer_silent' },
    ])
  })

  it('an officer who takes someone up from the queue and says nothing loses them to it again', () => {
    const taken = accepted(step(FROM.waiting, took(LAN), NOW, RULES)).ownership
    expect(taken).toMatchObject({ owner: 'staff', unansweredSince: NOW })
    expect(accepted(step(taken, typed(LAN), NOW + MINUTE, RULES)).ownership).not.toHaveProperty('unansweredSince')
    expect(accepted(step(taken, tick, NOW + 15 * MINUTE, RULES)).ownership).toMatchObject({ owner: 'waiting', reason: 'officer_silent' })
  })

  it('after a long sleep the queue gets its full time: one change a tick', () => {
    const unanswered = accepted(step(FROM.staff, wrote, NOW, RULES)).ownership
    const late = accepted(step(unanswered, tick, NOW + 90 * HOUR, RULES)).ownership
    expect(late).toMatchObject({ owner: 'waiting', reason: 'officer_silent', since: NOW + 90 * HOUR })
    expect(accepted(step(late, tick, NOW + 90 * HOUR, RULES)).ownership).toBe(late)
  })

  it('a conversation where nothing is owed and nothing happens goes back to the assistant', () => {
    const due = FROM.staff.lastActivity + 12 * HOUR
    expect(dueAt(FROM.staff, RULES)).toBe(due)
    expect(accepted(step(FROM.staff, tick, due - 1, RULES)).ownership).toBe(FROM.staff)
    expect(accepted(step(FROM.staff, tick, due, RULES)).effects).toEqual([
      { kind: 'episode_ended', number: 3, owner: 'staff', endedBy: 'timer', officer: LAN, outcome: 'idle', at: due },
      { kind: 'episode_began', number: 4, owner: 'bot', at: due },
      { kind: 'tell', what: 'handed_back_idle', officer: LAN },
    ])
  })

  it('a clock set back makes nothing early: times stay at the latest known', () => {
    const waiting = accepted(step(newOwnership(T0), asked, T0 - 5 * HOUR, RULES)).ownership
    expect(waiting.since).toBe(T0)
    const staff = accepted(step(FROM.staff, wrote, T0 - 5 * HOUR, RULES)).ownership
    expect(accepted(step(staff, tick, T0, RULES)).ownership).toBe(staff)
    expect(dueAt(staff, RULES)).toBe(FROM.staff.lastActivity + 15 * MINUTE)
  })

  it('bot and closed have none', () => {
    expect([dueAt(FROM.bot, RULES), dueAt(FROM.closed, RULES)]).toEqual([undefined, undefined])
  })
})

describe('who may speak and what is stored', () => {
  it.each([
    ['bot', true],
    ['waiting', true],
    ['staff', false],
    ['closed', false],
  ] as const)('%s: the assistant may answer: %s', (owner, may) => expect(botMayAnswer(FROM[owner])).toBe(may))

  it('may answer again once the person has reopened it', () => expect(botMayAnswer(stateAfter(took(LAN), closed(LAN), wrote))).toBe(true))

  it.each([
    ['staff without an officer', { ...FROM.bot, owner: 'staff', reason: 'asked' }],
    ['a wait without a reason', { ...FROM.bot, owner: 'waiting' }],
    ['a bot with an officer', { ...FROM.bot, officer: LAN }],
    ['an unknown owner', { ...FROM.bot, owner: 'ghost' }],
    ['half a millisecond', { ...FROM.bot, since: 0.5 }],
  ])('%s is not read back', (_what, stored) => expect(ownershipSchema.safeParse(stored).success).toBe(false))
})

// --- the model -------------------------------------------------------------------------------------------------------

/**
 * The rules as they were asked for, one cell each; `mine` and `other` are staff with this officer or another. A cell is
 * `!code` (refused), `>owner:sentence` (a change) or what is put down in the diary, with a sentence or without.
 */
const BOOK = new Map(
  `                   bot                   waiting                 mine                 other               closed
  person_wrote         person                person                  person               person              >bot
  person_asked         >waiting:queued       person:already_waiting  person               person              >waiting:queued
  person_returned      person                >bot:returned           person               person              >bot
  person_moved         nothing:moved         >bot:moved              >bot:moved           >bot:moved          nothing:moved
  escalated            >waiting:queued       !already_escalated      !already_escalated   !already_escalated  !already_escalated
  officer_took         >staff:taken          >staff:taken            nothing              !taken_by_other     >staff:reopened
  officer_wrote        >staff:taken          >staff:taken            officer              !taken_by_other     >staff:reopened
  officer_assigned     >staff:taken          >staff:taken            nothing              >staff:taken        >staff:taken
  officer_left         nothing               nothing                 nothing              >waiting:officer_silent  nothing
  officer_handed_back  !not_in_conversation  !not_in_conversation    >bot:handed_back     !not_owner          !not_in_conversation
  officer_closed       !not_in_conversation  >closed:closed          >closed:closed       !not_owner          !not_in_conversation`
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/ +/))
    .map(([kind, ...cells]) => [kind as string, cells] as const),
)
const COLUMNS = ['bot', 'waiting', 'mine', 'other', 'closed']

interface Entry {
  readonly at: number
  readonly what: 'person' | 'officer' | 'notice' | 'owner'
  readonly owner?: Owner
  readonly by?: string
  readonly officer?: Officer | undefined
  /** Who ended the episode before, where that is not the officer of this one. */
  readonly ender?: Officer | undefined
  readonly reason?: string | undefined
  readonly outcome?: string | undefined
  /** The officer took up someone who waited, and has not written yet. */
  readonly owed?: boolean
}

/** Keeps a diary of everything and reads it from the start each time; remembers nothing else. */
class Naive {
  private readonly diary: Entry[]
  private readonly rules: OwnerRules

  constructor(start: number, rules: OwnerRules) {
    this.rules = rules
    this.diary = [{ at: start, what: 'owner', owner: 'bot', by: 'start' }]
  }

  private owners = () => this.diary.filter((e) => e.what === 'owner')
  private current = () => this.owners().at(-1) as Entry & { owner: Owner }
  private chapter = () => this.diary.slice(this.diary.lastIndexOf(this.current()))
  private lastActivity = () => Math.max(...this.diary.filter((e) => e.what !== 'notice' && e.by !== 'timer').map((e) => e.at))
  private latest = () => Math.max(...this.diary.filter((e) => e.what !== 'notice').map((e) => e.at))
  private noticed = () => this.chapter().some((e) => e.what === 'notice')

  private unanswered(): number | undefined {
    const chapter = this.chapter()
    const open = chapter.slice(chapter.map((e) => e.what).lastIndexOf('officer') + 1)
    return open.find((e) => e.what === 'person' || e.owed)?.at
  }

  private automaticUsed(): boolean {
    const lastOutcome = this.owners().findLastIndex((e) => e.by === 'officer' && e.outcome !== undefined)
    return this.owners().some((e, i) => e.by === 'assistant' && i > lastOutcome)
  }

  /** What the machine should say its state is. */
  state(): unknown {
    const { owner, officer, reason, at } = this.current()
    const unansweredSince = owner === 'staff' ? this.unanswered() : undefined
    return present({
      owner,
      episode: this.owners().length,
      since: at,
      automaticUsed: this.automaticUsed(),
      lastActivity: this.lastActivity(),
      noticed: this.noticed(),
      officer: owner === 'staff' ? officer : undefined,
      reason: owner === 'staff' || owner === 'waiting' ? reason : undefined,
      unansweredSince,
    })
  }

  /** What should come of an event: a refusal code or the effects; the diary goes on. */
  expect(event: OwnerEvent, now: number): string | unknown[] {
    const at = Math.max(now, this.latest())
    if (event.kind === 'tick') return this.tick(now, at)
    const cell = this.cell(event)
    if (cell.startsWith('!')) return cell.slice(1)
    if ('outcome' in event && event.outcome.trim().length === 0) return 'outcome_missing'
    if ('outcome' in event && Array.from(event.outcome.trim()).length > 2000) return 'outcome_too_long'
    const [what, sentence] = cell.split(':')
    const officer = 'officer' in event ? event.officer : event.kind === 'officer_left' ? this.current().officer : undefined
    const tell = sentence ? [present({ kind: 'tell', what: sentence, officer })] : []
    if (what === 'nothing') return tell
    if (what === 'person' || what === 'officer') {
      this.diary.push({ at, what })
      return tell
    }
    const by = event.kind === 'escalated' ? 'assistant' : officer ? 'officer' : 'person'
    const outcome = 'outcome' in event ? event.outcome.trim() : undefined
    const reason =
      event.kind === 'officer_left'
        ? 'officer_silent'
        : event.kind === 'escalated'
          ? event.reason
          : event.kind === 'person_asked'
            ? 'asked'
            : (this.current().reason ?? 'officer')
    const owed = event.kind === 'officer_assigned' || (event.kind === 'officer_took' && this.current().owner === 'waiting')
    const ender =
      event.kind === 'officer_assigned' ? ((this.current().owner === 'staff' ? this.current().officer : undefined) ?? event.by) : undefined
    return this.become(what?.slice(1) as Owner, { at, by, officer, ender, outcome, reason, owed }, tell)
  }

  private cell(
    event: Exclude<OwnerEvent, { kind: 'person_wrote' | 'tick' }> | { kind: 'person_wrote' | 'person_asked' | 'person_returned' | 'person_moved' },
  ): string {
    if (event.kind === 'escalated' && this.automaticUsed()) return '!already_escalated'
    const { owner, officer } = this.current()
    if (
      event.kind === 'officer_assigned' &&
      owner === 'staff' &&
      officer?.id !== event.officer.id &&
      officer?.id !== event.by.id &&
      !event.mayTakeAway
    )
      return '!not_owner'
    const column = owner !== 'staff' ? owner : 'officer' in event && event.officer.id === officer?.id ? 'mine' : 'other'
    return BOOK.get(event.kind)?.[COLUMNS.indexOf(column)] as string
  }

  private tick(now: number, at: number): unknown[] {
    const { owner, officer, at: since } = this.current()
    const { waitingNoticeMs, waitingEndsMs, officerSilentMs, staffIdleMs } = this.rules
    const unanswered = this.unanswered()
    if (owner === 'waiting' && now - since >= waitingEndsMs) return this.become('bot', { at, by: 'timer' }, [{ kind: 'tell', what: 'nobody_came' }])
    if (owner === 'waiting' && !this.noticed() && now - since >= waitingNoticeMs) {
      this.diary.push({ at, what: 'notice' })
      return [{ kind: 'tell', what: 'still_waiting' }]
    }
    if (owner === 'staff' && unanswered !== undefined && now - unanswered >= officerSilentMs)
      return this.become('waiting', { at, by: 'timer', officer, reason: 'officer_silent' }, [{ kind: 'tell', what: 'officer_silent', officer }])
    if (owner === 'staff' && now - this.lastActivity() >= staffIdleMs)
      return this.become('bot', { at, by: 'timer', officer, outcome: 'idle' }, [{ kind: 'tell', what: 'handed_back_idle', officer }])
    return []
  }

  private become(owner: Owner, how: Omit<Entry, 'what' | 'owner'>, tell: unknown[]): unknown[] {
    const { at, by, officer, ender, outcome, owed = false } = how
    const number = this.owners().length
    const ended = present({ kind: 'episode_ended', number, owner: this.current().owner, endedBy: by, officer: ender ?? officer, outcome, at })
    const reason = owner === 'waiting' || owner === 'staff' ? how.reason : undefined
    this.diary.push({ at, what: 'owner', owner, by: by ?? '', officer, outcome, reason, owed })
    const began = present({ kind: 'episode_began', number: number + 1, owner, reason, officer: owner === 'staff' ? officer : undefined, at })
    return [ended, began, ...tell, ...(owner === 'waiting' ? [{ kind: 'alert_staff', reason }] : [])]
  }
}

const present = (record: object) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))

// --- random histories ------------------------------------------------------------------------------------------------

const SEED = 20_261_126
const RUNS = 600

/** An hour hand: so much time later (or earlier), or just before, at or after the moment something is due. */
type Jump = { readonly ms: number } | { readonly due: number }
interface Move {
  readonly event: OwnerEvent
  readonly jump: Jump
}

const officers = fc.constantFrom<Officer>(LAN, HAI, { id: 'zalo', name: '' }, { id: 'lan', name: 'Lan (Zalo)' })
const outcomes = fc.oneof(
  { arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), weight: 6 },
  { arbitrary: fc.constantFrom('', '  \n', 'x'.repeat(OUTCOME_MAX), 'x'.repeat(OUTCOME_MAX + 1), ` ${'😀'.repeat(OUTCOME_MAX)} `), weight: 1 },
)
const reasons = fc.constantFrom<EscalationReason>('low_confidence', 'danger', 'vulnerable', 'complaint', 'assistant_off')
const events: fc.Arbitrary<OwnerEvent> = fc.oneof(
  { arbitrary: fc.constantFrom(wrote, asked, returned, moved), weight: 5 },
  { arbitrary: fc.constant(tick), weight: 5 },
  { arbitrary: reasons.map(escalated), weight: 2 },
  { arbitrary: officers.map(took), weight: 2 },
  { arbitrary: officers.map(typed), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('officer_assigned' as const), officer: officers, by: officers, mayTakeAway: fc.boolean() }), weight: 2 },
  { arbitrary: fc.constant<OwnerEvent>({ kind: 'officer_left' }), weight: 1 },
  { arbitrary: fc.tuple(officers, outcomes).map(([who, outcome]) => handedBack(who, outcome)), weight: 2 },
  { arbitrary: fc.tuple(officers, outcomes).map(([who, outcome]) => closed(who, outcome)), weight: 1 },
)
const jumps: fc.Arbitrary<Jump> = fc.oneof(
  fc.constant({ ms: 0 }),
  fc.integer({ min: 1, max: 20 * MINUTE }).map((ms) => ({ ms })),
  fc.integer({ min: -40 * HOUR, max: 40 * HOUR }).map((ms) => ({ ms })),
  fc.integer({ min: -1, max: 1 }).map((due) => ({ due })),
)
const moves: fc.Arbitrary<readonly Move[]> = fc.array(fc.record({ event: events, jump: jumps }), { minLength: 1, maxLength: 160, size: 'max' })
const limit = fc.integer({ min: 1, max: 30 * HOUR })
const rulesets: fc.Arbitrary<OwnerRules> = fc.oneof(
  fc.constant(RULES),
  fc.record({ waitingNoticeMs: limit, waitingEndsMs: limit, officerSilentMs: limit, staffIdleMs: limit }),
)

const seen = { steps: 0, marks: new Set<string>() }

/** One history against the model, every step checked; the input is frozen, so that a step that writes into it throws. */
function play(history: readonly Move[], rules: OwnerRules): void {
  const model = new Naive(T0, rules)
  let state = frozen(newOwnership(T0))
  let now = T0
  let automatic = 0
  for (const { event, jump } of history) {
    now = 'ms' in jump ? now + jump.ms : (dueAt(state, rules) ?? now) + jump.due
    const result = step(state, frozen(event), now, rules)
    const expected = model.expect(event, now)
    assert.deepEqual('refused' in result ? result.refused : result.effects, expected)
    const next = 'refused' in result ? state : frozen(result.ownership)
    assert.deepEqual(next, model.state())
    automatic = automaticAfter(automatic, event, result)
    assert.ok(automatic <= 1, 'more than one automatic transfer in a round')
    if ('effects' in result) checkChange(state, result)
    checkState(next, now, rules)
    mark(state, event, result)
    state = next
  }
}

/** @returns how many automatic transfers this round has seen. */
function automaticAfter(before: number, event: OwnerEvent, result: Step): number {
  if ('refused' in result) return before
  if (event.kind === 'escalated') return before + 1
  return event.kind === 'officer_handed_back' || event.kind === 'officer_closed' ? 0 : before
}

function checkChange(before: Ownership, { ownership, effects }: Accepted): void {
  const givenAway = before.owner === 'staff' && ownership.owner === 'staff' && before.officer.id !== ownership.officer.id
  const changed = ownership.owner !== before.owner || givenAway
  assert.equal(ownership.episode - before.episode, changed ? 1 : 0)
  assert.equal(ofKind(effects, 'episode_ended').length, changed ? 1 : 0)
  assert.equal(ofKind(effects, 'episode_began').length, changed ? 1 : 0)
  assert.ok(tells(effects).length <= 1)
  assert.equal(ofKind(effects, 'alert_staff').length, changed && ownership.owner === 'waiting' ? 1 : 0)
  assert.ok(ownership.since >= before.since && ownership.lastActivity >= before.lastActivity, 'a stored time went back')
}

function checkState(state: Ownership, now: number, rules: OwnerRules): void {
  assert.equal(botMayAnswer(state), state.owner === 'bot' || state.owner === 'waiting')
  assert.deepEqual(ownershipSchema.parse(JSON.parse(JSON.stringify(state))), state)
  const due = dueAt(state, rules)
  const still = { ownership: state, effects: [] }
  for (const early of [due === undefined ? now + 10_000 * HOUR : due - 1, Math.min(now, (due ?? now) - 1), -HOUR])
    assert.deepEqual(step(state, tick, early, rules), still)
  for (const late of due === undefined ? [] : [due, due + 500 * HOUR]) {
    const once = accepted(step(state, tick, late, rules))
    assert.notDeepEqual(once.ownership, state)
    assert.deepEqual(step(once.ownership, tick, late, rules), { ownership: once.ownership, effects: [] }, 'a second tick did something')
  }
}

function mark(before: Ownership, event: OwnerEvent, result: Step): void {
  seen.steps += 1
  seen.marks.add(`${before.owner} ${event.kind}`)
  if ('refused' in result) seen.marks.add(`!${result.refused}`)
  else for (const tell of tells(result.effects)) seen.marks.add(tell.what)
}

function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) frozen(inner)
  return Object.freeze(value)
}

describe(`random histories (seed ${SEED})`, () => {
  it('agree with the naive model at every step and keep every invariant', () => {
    fc.assert(fc.property(moves, rulesets, play), { seed: SEED, numRuns: RUNS })
    console.info(`owner: seed ${SEED}, ${RUNS} histories, ${seen.steps} steps`)
    expect(seen.steps).toBeGreaterThan(20_000)
  })

  it('met every event in every state, every sentence and every refusal', () => {
    const pairs = (['bot', 'waiting', 'staff', 'closed'] as const).flatMap((o) => [...BOOK.keys(), 'tick'].map((kind) => `${o} ${kind}`))
    const codes = ['already_escalated', 'taken_by_other', 'not_owner', 'not_in_conversation', 'outcome_missing', 'outcome_too_long']
    expect([...seen.marks].sort()).toEqual([...pairs, ...codes.map((code) => `!${code}`), ...Object.keys(HANDOFF)].sort())
  })
})

// --- the words -------------------------------------------------------------------------------------------------------

describe('what the person reads', () => {
  const QUEUE = ['queued', 'already_waiting', 'still_waiting', 'nobody_came', 'returned', 'moved'] as const
  const WITH_OFFICER = ['taken', 'reopened', 'handed_back', 'handed_back_idle', 'closed', 'officer_silent'] as const
  const HOURS = '7:30–11:30 và 13:30–17:00, thứ Hai đến thứ Sáu'
  const said = (hours: string, officer = LAN): readonly (readonly [Tell['what'], string])[] => [
    ...QUEUE.map((what) => [what, handoffWords({ kind: 'tell', what }, hours)] as const),
    ...WITH_OFFICER.map((what) => [what, handoffWords({ kind: 'tell', what, officer }, hours)] as const),
  ]
  const words = (what: Tell['what'], hours = '') => said(hours).find(([name]) => name === what)?.[1]

  it('there is a sentence for each change', () => {
    expect([...QUEUE, ...WITH_OFFICER].sort()).toEqual(Object.keys(HANDOFF).sort())
    expect(Object.isFrozen(HANDOFF)).toBe(true)
  })

  it.each(said(''))('%s is whole sentences and promises no time', (_what, text) => {
    expect(text).toMatch(/^\p{Lu}.*\.$/u)
    expect(text).not.toMatch(/undefined| {2}|\.\.|\d+ ?(phút|giờ|ngày)|sớm|ngay khi|trong vòng|ngày mai|Giờ làm việc/)
  })

  it.each(['queued', 'already_waiting', 'still_waiting', 'nobody_came'] as const)('%s tells the office hours where configured', (what) => {
    expect(words(what, `${HOURS}.`)).toContain(` Giờ làm việc của Hội: ${HOURS}. `)
  })

  it.each(['queued', 'already_waiting', 'still_waiting', 'officer_silent'] as const)(
    '%s tells what to do meanwhile and how to leave the queue',
    (what) => {
      for (const part of ['bằng chứng', '1800.6838 (miễn phí)', `“${RETURN_CHOICE}”`, 'vẫn hỏi tôi được']) expect(words(what)).toContain(part)
    },
  )

  it.each(['taken', 'reopened'] as const)('%s names the officer and says that the machine is silent', (what) => {
    expect(words(what)).toMatch(/^Cán bộ Nguyễn Thị Lan của Hội .*máy trả lời tự động nên im lặng/)
  })

  it('an officer without a name is still an officer', () => {
    expect(said('', { id: 'zalo', name: ' ' }).filter(([, text]) => text.startsWith('Một cán bộ của Hội'))).toHaveLength(WITH_OFFICER.length)
  })
})
