/**
 * Sending what was decided: at least once, in order within a conversation, always under the same key. One loop a channel, so that a slow platform keeps nobody else waiting.
 *
 *   lease due rows ──▶ for each part: mark sending ─▶ channel.send ─▶ mark delivered ──▶ mark sent
 *                                          └─ DeliveryError ──▶ later, after a given time, when the person is heard again, elsewhere, or never; the row stays in every case
 *
 * Between a send and its mark the process may die, and a platform may carry a send out without saying so. A channel that knows keys ignores the repeat. On one that does
 * not, the part is sent again under "(gửi lại)", which is counted; after {@link MOST_DOUBTS} such tries it waits until the person writes again: nobody is flooded with
 * repeats, and nothing is given up.
 */
import type { Bell } from './bell.ts'
import { type Channel, DeliveryError, type Retry } from './channel.ts'
import type { Parcel, Part } from './message.ts'
import { again, partsOf } from './parts.ts'
import type { Failpoint } from './turns.ts'

export * from './channel.ts'

/** What is to become of a row that could not be delivered. */
export type Next = 'never' | 'when_heard' | { readonly at: number; readonly movedTo?: string }

/** What the storage does for the relay; each call is one transaction. */
export interface OutboxStore {
  /** @returns due rows of the channel, at most one a conversation, leased. A row that was being sent when its lease was lost counts as one more doubt. */
  leaseParcels(channel: string, now: number, leaseMs: number, limit: number): Promise<readonly Parcel[]>
  /** The clock was set back, or may have been: nothing waits longer than {@link LONGEST_WAIT_MS} from `now`. */
  hasten(now: number): Promise<void>
  /** A part is about to be sent on a channel that does not know keys; the lease runs on until `leaseUntil`. */
  markSending(parcel: Parcel, leaseUntil: number): Promise<void>
  /** `delivered` parts have arrived, and there are more. */
  markPart(parcel: Parcel, delivered: number, now: number): Promise<void>
  markSent(parcel: Parcel, now: number): Promise<void>
  /** `inDoubt`: the part that failed may have arrived. The row is kept whatever `next` says. */
  markFailed(parcel: Parcel, code: string, next: Next, inDoubt: boolean): Promise<void>
}

export interface RelayOptions {
  readonly store: OutboxStore
  readonly channel: Channel
  /** Whether the channel must not be sent to now. */
  readonly paused: () => boolean
  readonly work: Bell
  readonly clock: () => number
  /** 0 ≤ random() < 1, for jitter. */
  readonly random: () => number
  readonly events: {
    delivered(channel: string, tries: number, waitedMs: number): void
    /** A part was sent again that may have arrived before. */
    repeated(channel: string): void
    /** `held`: it waits until the person writes again. */
    undelivered(channel: string, code: string, what: 'again' | 'held' | 'final'): void
    fault(error: unknown): void
  }
  readonly failpoint: Failpoint
}

const LEASE_MS = 60_000
const POLL_MS = 500
/** Rows of a channel that are sent at the same time. */
const SLOTS = 16
const FIRST_WAIT_MS = 1_000
const LONGEST_BACKOFF_MS = 15 * 60_000
/** No row waits longer for its next try, whatever a channel asks for. */
export const LONGEST_WAIT_MS = 60 * 60_000
/** How often a part is sent again whose fate nobody knows. */
export const MOST_DOUBTS = 3

/** @returns how long to wait before try number `attempts` + 1: doubling, capped, between half and all of it at random. */
export function backoffMs(attempts: number, random: () => number): number {
  const full = Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 20))
  return Math.round(full / 2 + (full / 2) * random())
}

/** Sends rows of one channel until told to stop. */
export class Relay {
  readonly #options: RelayOptions
  readonly #inHand = new Set<Promise<void>>()
  #restUntil = 0
  #latest = Number.POSITIVE_INFINITY

  constructor(options: RelayOptions) {
    this.#options = options
  }

  /** Sends until `signal` is aborted; resolves when what is in hand is sent. */
  async run(signal: AbortSignal): Promise<void> {
    const { work, events } = this.#options
    while (!signal.aborted) {
      const begun = await this.#begin().catch((error) => {
        events.fault(error)
        return 0
      })
      if (begun === 0) await work.wait(POLL_MS)
    }
    await Promise.all(this.#inHand)
  }

  /** Sends once what is due now. @returns how many rows were tried. */
  async sendDue(): Promise<number> {
    const begun = await this.#begin()
    await Promise.all(this.#inHand)
    return begun
  }

  async #begin(): Promise<number> {
    const { store, channel, clock } = this.#options
    const now = clock()
    await this.#mindTheClock(now)
    if (this.#options.paused() || now < this.#restUntil || this.#inHand.size >= SLOTS) return 0
    const parcels = await store.leaseParcels(channel.name, now, LEASE_MS, SLOTS - this.#inHand.size)
    for (const parcel of parcels) this.#take(parcel)
    return parcels.length
  }

  /** At the start, and whenever the clock was set back since the last round, what was put off by the old clock is looked at again. */
  async #mindTheClock(now: number): Promise<void> {
    const setBack = now < this.#latest
    this.#latest = now
    if (!setBack) return
    this.#restUntil = 0
    await this.#options.store.hasten(now)
  }

  #take(parcel: Parcel): void {
    const work = sendOne(this.#options, parcel, (until) => {
      this.#restUntil = Math.max(this.#restUntil, until)
    })
      .catch(this.#options.events.fault)
      .finally(() => {
        this.#inHand.delete(work)
        this.#options.work.ring()
      })
    this.#inHand.add(work)
  }
}

/** @param rest told until when the whole channel must rest */
async function sendOne(options: RelayOptions, parcel: Parcel, rest: (until: number) => void): Promise<void> {
  try {
    await deliver(options, parcel)
  } catch (error) {
    return failed(options, parcel, error, rest)
  }
  await options.store.markSent(parcel, options.clock())
  options.events.delivered(parcel.channel, parcel.attempts + 1, Math.max(0, options.clock() - parcel.createdAt))
}

async function deliver(options: RelayOptions, parcel: Parcel): Promise<void> {
  const { capabilities } = options.channel
  if (parcel.body.kind === 'owner' && !capabilities.showsOwner) return
  refuseOutsideWindow(options, parcel)
  const parts = partsOf(parcel.body, capabilities)
  for (const part of parts.slice(parcel.delivered)) await sendPart(options, parcel, part, part.number === parts.length - 1)
}

/** Who was silent for too long cannot be written to: their next word opens the window again. */
function refuseOutsideWindow({ channel, clock }: RelayOptions, { heardAt }: Parcel): void {
  const { proactiveWindowMs } = channel.capabilities
  if (proactiveWindowMs === null || heardAt === null || clock() - heardAt < proactiveWindowMs) return
  throw new DeliveryError('window_closed', 'when_heard')
}

async function sendPart(options: RelayOptions, parcel: Parcel, part: Part, last: boolean): Promise<void> {
  const { channel, store, clock, events, failpoint } = options
  const doubtful = !channel.capabilities.idempotentSend && parcel.doubts > 0 && part.number === parcel.delivered
  if (!channel.capabilities.idempotentSend) await store.markSending(parcel, clock() + LEASE_MS)
  if (doubtful) events.repeated(channel.name)
  await channel.send(parcel, doubtful ? again(part) : part)
  await failpoint('after-send-before-mark')
  // The mark of the whole row says it of the last part.
  if (!last) await store.markPart(parcel, part.number + 1, clock()).catch(notMarked)
}

/** It has arrived, and nothing says so: like any send whose fate is unknown. */
function notMarked(cause: unknown): never {
  throw new DeliveryError('not_marked', 'later', { inDoubt: true, cause })
}

async function failed(options: RelayOptions, parcel: Parcel, error: unknown, rest: (until: number) => void): Promise<void> {
  const known = error instanceof DeliveryError ? error : undefined
  if (!known) options.events.fault(error)
  const code = known?.code ?? 'unexpected'
  // Of what nobody thought of nothing is known, least of all whether it arrived.
  const inDoubt = !options.channel.capabilities.idempotentSend && (known?.inDoubt ?? true)
  const next = nextOf(options, parcel, known?.retry ?? 'later', inDoubt)
  if (known?.wholeChannel && typeof next === 'object') rest(next.at)
  await options.store.markFailed(parcel, code, next, inDoubt)
  options.events.undelivered(parcel.channel, code, next === 'never' ? 'final' : next === 'when_heard' ? 'held' : 'again')
}

function nextOf({ clock, random }: RelayOptions, parcel: Parcel, retry: Retry, inDoubt: boolean): Next {
  if (retry === 'never' || retry === 'when_heard') return retry
  if (inDoubt && parcel.doubts + 1 >= MOST_DOUBTS) return 'when_heard'
  if (retry === 'later') return { at: clock() + backoffMs(parcel.attempts, random) }
  if ('movedTo' in retry) return { at: clock(), movedTo: retry.movedTo }
  return { at: clock() + Math.min(LONGEST_WAIT_MS, retry.afterMs) }
}
