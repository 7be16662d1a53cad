/** Whom a leak of personal data touches: people by pseudonym, with their cases. Pure; the storage finds the rows. */

/** `active`: something was said or done within the span; `held`: all that was kept at its end, for when a copy of the data got out. */
export const BREACH_SCOPES = ['active', 'held'] as const
export type BreachScope = (typeof BREACH_SCOPES)[number]

/** `from` up to, not with, `to`, in milliseconds UTC; without a channel all of them. */
export interface BreachSpan {
  readonly from: number
  readonly to: number
  readonly scope: BreachScope
  readonly channel?: string | undefined
}

/** One conversation (`number` null) or one case that is touched. */
export interface Touched {
  readonly person: string
  readonly channel: string
  readonly number: string | null
  readonly phoneKnown: boolean
}

export interface AffectedPerson {
  readonly person: string
  readonly channel: string
  readonly conversations: number
  readonly cases: readonly string[]
  readonly phoneKnown: boolean
}

/** @returns each person once, in the order in which they were first touched. */
export function affectedPeople(touched: Iterable<Touched>): readonly AffectedPerson[] {
  const people = new Map<string, AffectedPerson>()
  for (const one of touched) people.set(one.person, withTouched(people.get(one.person), one))
  return [...people.values()]
}

function withTouched(before: AffectedPerson | undefined, { person, channel, number, phoneKnown }: Touched): AffectedPerson {
  const { conversations = 0, cases = [] } = before ?? {}
  return {
    ...{ person, channel: before?.channel ?? channel, phoneKnown: phoneKnown || (before?.phoneKnown ?? false) },
    ...(number === null ? { conversations: conversations + 1, cases } : { conversations, cases: [...cases, number] }),
  }
}

export interface BreachCounts {
  readonly people: number
  readonly conversations: number
  readonly cases: number
  readonly withPhone: number
}

/** @returns the counts over all of them. */
export function breachCounts(people: readonly AffectedPerson[]): BreachCounts {
  const sum = (of: (one: AffectedPerson) => number) => people.reduce((all, one) => all + of(one), 0)
  return {
    people: people.length,
    conversations: sum(({ conversations }) => conversations),
    cases: sum(({ cases }) => cases.length),
    withPhone: sum(({ phoneKnown }) => Number(phoneKnown)),
  }
}

const NOTICE_MS = 72 * 3_600_000

/** @returns the last moment for telling the authority of a breach that was found at `foundAt` (milliseconds UTC): hours of the clock, nights and days off count. */
export function noticeDeadline(foundAt: number): number {
  return foundAt + NOTICE_MS
}
