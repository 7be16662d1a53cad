/**
 * How long somebody stays signed in, as a function of times: nothing is stored here.
 *
 *   sign in ─▶ token A ──(quarter of an hour)──▶ token B; A is good for another minute, for what was under way ──▶ …
 *   ends: signed out · nothing done for half an hour · twelve hours after signing in · account closed
 *   ends at once, everywhere: an old token comes back later (somebody kept a copy), or the token comes from another browser
 */

const MINUTE_MS = 60_000

export const SESSION_RULES = {
  /** Without anything done. */
  idleMs: 30 * MINUTE_MS,
  /** Whatever is done. */
  longestMs: 12 * 60 * MINUTE_MS,
  /** The token is exchanged for a new one so often. */
  rotateMs: 15 * MINUTE_MS,
  /** The token before is good for so long after that. */
  graceMs: MINUTE_MS,
} as const

/** What is kept of a session; times in milliseconds UTC. */
export interface SessionState {
  readonly beganAt: number
  readonly seenAt: number
  readonly rotatedAt: number
  /** What the browser called itself at sign-in, hashed. */
  readonly agent: string
  /** The token in force has come back once: the answer that carried it was not lost. */
  readonly arrived: boolean
}

/** What came with a request: which of the session's tokens, and the browser, hashed. */
export interface Presented {
  readonly token: 'current' | 'previous'
  readonly agent: string
}

/** `stolen`: the session ends for everybody who holds it. */
export type SessionVerdict = 'good' | 'rotate' | 'ended' | 'stolen'

/** @returns what becomes of a session at a request. A clock set back ends nothing and prolongs nothing beyond what was seen. */
export function judgeSession(session: SessionState, presented: Presented, now: number): SessionVerdict {
  const { beganAt, seenAt, rotatedAt, agent, arrived } = session
  if (now - seenAt > SESSION_RULES.idleMs || now - beganAt >= SESSION_RULES.longestMs) return 'ended'
  if (presented.agent !== agent) return 'stolen'
  if (presented.token === 'previous' && now - rotatedAt > SESSION_RULES.graceMs) return arrived ? 'stolen' : 'rotate'
  if (presented.token === 'previous') return 'good'
  return now - rotatedAt >= SESSION_RULES.rotateMs ? 'rotate' : 'good'
}
