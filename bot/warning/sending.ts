/** Whether a warning may be sent to somebody now: by day only, never into a conversation, never out of what answers need. Pure. */
import type { Owner } from '../conversation/owner.ts'
import type { Capabilities } from '../delivery/channel.ts'

/** Hours of Vietnam: from the first on, before the second. */
export const SENDING_HOURS = [7, 21] as const
/** Whoever wrote so lately is in the middle of something. */
export const BUSY_MS = 15 * 60_000
const VIETNAM_MS = 7 * 3_600_000
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** @returns whether it is day in Vietnam at `now` (milliseconds UTC). */
export function isSendingHour(now: number): boolean {
  const hour = Math.floor(((now + VIETNAM_MS) % DAY_MS) / HOUR_MS)
  return hour >= SENDING_HOURS[0] && hour < SENDING_HOURS[1]
}

/** What a channel's plan has left. */
export interface Room {
  /** Messages both ways this month, and warnings on their way. */
  readonly used: number
  /** 0: without a limit. */
  readonly most: number
  /** Of a limited plan: so many per cent are kept for answers. */
  readonly reservePercent: number
}

/** @returns how many warnings a plan still has room for. */
export function roomFor({ used, most, reservePercent }: Room): number {
  if (most === 0) return Number.POSITIVE_INFINITY
  return Math.max(0, Math.floor((most * (100 - reservePercent)) / 100) - used)
}

/** Somebody who subscribed, as their conversation stands. Times in milliseconds UTC. */
export interface Listener {
  readonly owner: Owner
  readonly heardAt: number | null
  /** A message of theirs waits to be decided. */
  readonly pending: boolean
}

/** `later`: they are in the middle of something. `next_time`: the channel takes nothing now; they are told when they write. */
export type SendNow = 'send' | 'later' | 'next_time'

/** @returns what becomes of a warning for one listener. `room`: what {@link roomFor} says. */
export function sendNow(
  { owner, heardAt, pending }: Listener,
  { proactiveWindowMs }: Pick<Capabilities, 'proactiveWindowMs'>,
  room: number,
  now: number,
): SendNow {
  if (proactiveWindowMs !== null && (heardAt === null || now - heardAt >= proactiveWindowMs)) return 'next_time'
  if (room <= 0) return 'next_time'
  if (owner === 'staff' || owner === 'waiting' || pending) return 'later'
  return heardAt !== null && now - heardAt < BUSY_MS ? 'later' : 'send'
}
