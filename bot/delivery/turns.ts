/**
 * Deciding what came in: lease the oldest lane, decide with no transaction open, commit only onto the version that was read.
 *
 *   lease ──▶ decide() ──▶ commit ─┬─ committed
 *                                  ├─ superseded: somebody changed the conversation meanwhile; read again, decide again
 *                                  └─ lost: the lease ran out and another took over, or the conversation is gone; nothing was written
 */
import type { Conversation, Decided, Message } from '../conversation/decide.ts'
import type { Bell } from './bell.ts'

/** One message of one lane, held until `until`. */
export interface Lease {
  readonly token: string
  readonly inboxId: string
  readonly conversationId: string
  readonly channel: string
  readonly address: string
  /** How often it was leased before. */
  readonly attempts: number
  readonly conversation: Conversation
  readonly message: Message
}

export type Committed = 'committed' | 'superseded' | 'lost'

/** What the storage does for turns; each call is one transaction. */
export interface TurnStore {
  /** @returns the first message of the lane that has waited longest, or undefined when nothing is free. Throws {@link UnreadableLane} once it has put such a lane off. */
  lease(now: number, leaseMs: number): Promise<Lease | undefined>
  commit(lease: Lease, decided: Decided, timing: { readonly now: number; readonly tookMs: number }): Promise<Committed>
  /** Gives the lane back undecided; it is leased again after a short pause. */
  release(lease: Lease, now: number): Promise<void>
}

export type Decide = (lease: Lease) => Promise<Decided>

/** Named places where the crash suite stops the process; nothing in a real run. */
export type Failpoint = (name: 'after-inbox-commit' | 'after-model' | 'after-outcome-commit' | 'after-send-before-mark') => void | Promise<void>

export interface TurnEvents {
  decided(kind: string, tookMs: number, waitedMs: number): void
  again(): void
  fault(error: unknown): void
}

export interface TurnOptions {
  readonly store: TurnStore
  readonly decide: Decide
  /** What is decided when `decide` has failed {@link MOST_ATTEMPTS} times: an apology, never silence. */
  readonly giveUp: Decide
  /** Whether deciding is possible now; while not, nothing is leased and nothing is lost. */
  readonly ready: () => boolean
  readonly work: Bell
  /** Rung when there is something to send. */
  readonly sent: Bell
  readonly clock: () => number
  readonly events: TurnEvents
  readonly failpoint: Failpoint
}

const LEASE_MS = 30_000
const POLL_MS = 500
const MOST_ATTEMPTS = 5

/** Decides one message if any is free. @returns whether there was one. */
export async function decideNext(options: TurnOptions): Promise<boolean> {
  const { store, clock } = options
  if (!options.ready()) return false
  const lease = await store.lease(clock(), LEASE_MS)
  if (!lease) return false
  const started = performance.now()
  const decided = await decideLeased(options, lease)
  if (!decided) return true
  await options.failpoint('after-model')
  const tookMs = performance.now() - started
  const result = await store.commit(lease, decided, { now: clock(), tookMs })
  await options.failpoint('after-outcome-commit')
  report(options, lease, decided, result, tookMs)
  return true
}

/** A conversation in a form that this version does not know, as after going back to an older one. */
export class UnreadableLane extends Error {
  override readonly name = 'UnreadableLane'
}

async function decideLeased(options: TurnOptions, lease: Lease): Promise<Decided | undefined> {
  if (lease.attempts >= MOST_ATTEMPTS) return options.giveUp(lease)
  try {
    return await options.decide(lease)
  } catch (error) {
    options.events.fault(error)
    await options.store.release(lease, options.clock())
    return undefined
  }
}

function report({ events, sent, clock }: TurnOptions, lease: Lease, decided: Decided, result: Committed, tookMs: number): void {
  if (result === 'committed') {
    events.decided(decided.decision.kind, tookMs, Math.max(0, clock() - lease.message.receivedAt))
    if (decided.effects.length > 0) sent.ring()
  } else events.again()
}

/** Decides until `signal` is aborted; resolves when the message in hand is done. Faults of the storage are reported and tried again. */
export async function runTurns(options: TurnOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const worked = await decideNext(options).catch((error) => {
      options.events.fault(error)
      return false
    })
    if (!worked) await options.work.wait(POLL_MS)
  }
}
