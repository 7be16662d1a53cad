/**
 * Sending what was decided: at least once, in order within a conversation, always under the same key.
 *
 *   lease due row ──▶ channel.send(parcel) ─┬─ delivered ──▶ mark sent
 *                                           └─ DeliveryError ──▶ later, after a given time, or never; the row stays in every case
 *
 * Between a send and its mark the process may die: the row is then sent again under the same key. A channel that knows keys ignores the repeat.
 */
import type { Bell } from './bell.ts'
import type { Parcel } from './message.ts'
import type { Failpoint } from './turns.ts'

/** What a channel can do; the core asks for these and never for a name. */
export interface Capabilities {
  /** Whether sending a key again does nothing twice. */
  readonly idempotentSend: boolean
  /** Whether it shows who owns the conversation. */
  readonly showsOwner: boolean
  readonly typing: boolean
}

export interface Channel {
  readonly name: string
  readonly capabilities: Capabilities
  /** Delivers or throws {@link DeliveryError}. */
  send(parcel: Parcel): Promise<void>
  /** Shows that an answer is being made; best effort. */
  typing?(address: string, on: boolean): void
}

/** A delivery that did not happen; `code` is ours, never the channel's words, which may hold a token. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  readonly code: string
  readonly retry: 'never' | 'later' | { readonly afterMs: number }
  constructor(code: string, retry: 'never' | 'later' | { readonly afterMs: number }, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.retry = retry
  }
}

/** What the storage does for the relay; each call is one transaction. */
export interface OutboxStore {
  /** @returns due rows, at most one a conversation and none of the paused channels, leased. */
  leaseParcels(now: number, leaseMs: number, paused: readonly string[], limit: number): Promise<readonly Parcel[]>
  /** The clock was set back, or may have been: nothing waits longer than {@link LONGEST_WAIT_MS} from `now`. */
  hasten(now: number): Promise<void>
  markSent(key: string, now: number): Promise<void>
  /** `nextAttemptAt` null: it will never be delivered; the row is kept. */
  markFailed(key: string, code: string, nextAttemptAt: number | null): Promise<void>
}

export interface RelayOptions {
  readonly store: OutboxStore
  readonly channels: ReadonlyMap<string, Channel>
  /** Names of channels that must not be sent to now. */
  readonly paused: () => readonly string[]
  readonly work: Bell
  readonly clock: () => number
  /** 0 ≤ random() < 1, for jitter. */
  readonly random: () => number
  readonly events: {
    delivered(channel: string, tries: number, waitedMs: number): void
    undelivered(channel: string, code: string, final: boolean): void
    fault(error: unknown): void
  }
  readonly failpoint: Failpoint
}

const LEASE_MS = 60_000
const POLL_MS = 500
const BATCH = 16
const FIRST_WAIT_MS = 1_000
const LONGEST_BACKOFF_MS = 15 * 60_000
/** No row waits longer for its next try, whatever a channel asks for. */
export const LONGEST_WAIT_MS = 60 * 60_000

/** @returns how long to wait before try number `attempts` + 1: doubling, capped, between half and all of it at random. */
export function backoffMs(attempts: number, random: () => number): number {
  const full = Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 20))
  return Math.round(full / 2 + (full / 2) * random())
}

/** Sends what is due. @returns how many rows were tried. */
export async function sendDue(options: RelayOptions): Promise<number> {
  const parcels = await options.store.leaseParcels(options.clock(), LEASE_MS, options.paused(), BATCH)
  await Promise.all(parcels.map((parcel) => sendOne(options, parcel)))
  return parcels.length
}

async function sendOne(options: RelayOptions, parcel: Parcel): Promise<void> {
  try {
    await deliver(options, parcel)
  } catch (error) {
    return failed(options, parcel, error)
  }
  await options.failpoint('after-send-before-mark')
  await options.store.markSent(parcel.key, options.clock())
  options.events.delivered(parcel.channel, parcel.attempts + 1, Math.max(0, options.clock() - parcel.createdAt))
}

async function deliver({ channels }: RelayOptions, parcel: Parcel): Promise<void> {
  const channel = channels.get(parcel.channel)
  if (!channel) throw new DeliveryError('channel_absent', 'later')
  if (parcel.body.kind === 'owner' && !channel.capabilities.showsOwner) return
  await channel.send(parcel)
}

async function failed(options: RelayOptions, parcel: Parcel, error: unknown): Promise<void> {
  const known = error instanceof DeliveryError
  if (!known) options.events.fault(error)
  const code = known ? error.code : 'unexpected'
  const next = nextAttempt(options, parcel, known ? error.retry : 'later')
  await options.store.markFailed(parcel.key, code, next)
  options.events.undelivered(parcel.channel, code, next === null)
}

function nextAttempt({ clock, random }: RelayOptions, parcel: Parcel, retry: DeliveryError['retry']): number | null {
  if (retry === 'never') return null
  return clock() + (retry === 'later' ? backoffMs(parcel.attempts, random) : Math.min(LONGEST_WAIT_MS, retry.afterMs))
}

/** Sends until `signal` is aborted; resolves when what is in hand is sent. */
export async function runRelay(options: RelayOptions, signal: AbortSignal): Promise<void> {
  let latest = Number.POSITIVE_INFINITY
  while (!signal.aborted) {
    const now = options.clock()
    const tried = await round(options, now < latest, now).catch((error) => {
      options.events.fault(error)
      return 0
    })
    latest = now
    if (tried === 0) await options.work.wait(POLL_MS)
  }
}

/** At the start, and whenever the clock was set back since the last round, what was put off by the old clock is looked at again. */
async function round(options: RelayOptions, clockSetBack: boolean, now: number): Promise<number> {
  if (clockSetBack) await options.store.hasten(now)
  return sendDue(options)
}
