/**
 * Handing confirmed cases over to the intake: at least once, always under the same id and with the same bytes, on the schedule of Standard Webhooks.
 *
 *   row, made with the case ──lease──▶ way.send ──▶ delivered, with its receipt
 *                                          ├─ no answer, or a refusal ──▶ later: 5 s, 5 min, 30 min … 24 h
 *                                          ├─ 410 ──▶ gone: the intake wants no more of it
 *                                          └─ after the last try ──▶ given up
 *   gone and given up are told to a human (log, metrics, `npm run -s intake -- list`); the row stays, and can be made due again by hand
 */
import type { ConfirmedComplaint } from '../complaint/confirmed.ts'
import type { Bell } from './bell.ts'

export const WAYS = ['webhook', 'mail'] as const
/** A way to the intake. */
export type WayName = (typeof WAYS)[number]

/** Also the event's name at the receiver. */
export interface NewHandover {
  readonly id: string
  readonly way: WayName
  /** Of the case. */
  readonly number: string
  /** As it is sent, at every try. */
  readonly body: string
  /** Until when the links in it are good; null where it has none. */
  readonly linksEndAt: number | null
}

/** @returns what is handed over of a case, one row a way; called inside the transaction that makes the case, so it waits for nothing. */
export type HandoversOf = (complaint: ConfirmedComplaint, channel: string) => readonly NewHandover[]

export interface Handover extends NewHandover {
  /** Tries that failed. */
  readonly attempts: number
  readonly createdAt: number
}

/** What one try brought. Codes are ours, never the receiver's words, which may repeat what was sent. */
export type Reply =
  | { readonly kind: 'taken'; readonly receipt: string }
  | { readonly kind: 'refused'; readonly code: string; readonly retryAfterMs?: number }
  | { readonly kind: 'gone'; readonly code: string }

/** What is to become of a row. */
export type Verdict =
  | { readonly kind: 'delivered'; readonly receipt: string }
  | { readonly kind: 'later'; readonly code: string; readonly afterMs: number }
  | { readonly kind: 'gone' | 'given_up'; readonly code: string }

export interface Way {
  readonly name: WayName
  /** Tries once. Never throws for what the receiver or the network does. */
  send(handover: Handover): Promise<Reply>
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Before each try; the first is at once. Together a little over three days. */
export const SCHEDULE_MS = [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR] as const
/** However long a receiver asks us to wait. */
const LONGEST_RETRY_AFTER_MS = 24 * HOUR
/** So much more or less, so that not all rows of an outage come back in the same second. */
const JITTER = 0.1
/** No row waits longer for its next try. */
export const LONGEST_HANDOVER_WAIT_MS = 24 * HOUR * (1 + JITTER)
/** For one try, from the look-up of the name to the last byte of the answer. */
export const HANDOVER_TIMEOUT_MS = 20_000

/** @returns what an HTTP answer means. A redirect is a refusal: what people told us goes to the address that was configured and nowhere else. */
export function answered(status: number, retryAfter: string | undefined, receipt: string, now: number): Reply {
  if (status >= 200 && status < 300) return { kind: 'taken', receipt }
  const code = `http_${status}`
  if (status === 410) return { kind: 'gone', code }
  const retryAfterMs = retryAfterOf(retryAfter, now)
  return { kind: 'refused', code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

/** @returns the wait that a `Retry-After` asks for, in seconds or as a date; undefined where it asks for nothing that can be understood. */
function retryAfterOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * SECOND : Date.parse(text) - now
  return Number.isNaN(wait) ? undefined : Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, wait))
}

/** @param attempts tries that failed before this one @returns what is to become of the row */
export function verdictOf(reply: Reply, attempts: number, random: () => number): Verdict {
  if (reply.kind === 'taken') return { kind: 'delivered', receipt: reply.receipt }
  if (reply.kind === 'gone') return reply
  const planned = SCHEDULE_MS[attempts + 1]
  if (planned === undefined) return { kind: 'given_up', code: reply.code }
  const jittered = Math.round(planned * (1 - JITTER + 2 * JITTER * random()))
  return { kind: 'later', code: reply.code, afterMs: Math.max(jittered, reply.retryAfterMs ?? 0) }
}

/** What the storage does for handing over; each call is one transaction. */
export interface HandoverStore {
  /** @returns due rows of `ways`, leased. A lease that was lost is due again: it may have arrived, and comes again under the same id. */
  leaseHandovers(ways: readonly WayName[], now: number, leaseMs: number, limit: number): Promise<readonly Handover[]>
  mark(handover: Handover, verdict: Verdict, now: number): Promise<void>
  /** The clock was set back, or may have been: nothing waits longer than {@link LONGEST_HANDOVER_WAIT_MS} from `now`. */
  hasten(now: number): Promise<void>
}

export interface HandoverOptions {
  readonly store: HandoverStore
  readonly ways: readonly Way[]
  readonly work: Bell
  /** Whether nothing may be handed over now. */
  readonly paused: () => boolean
  readonly clock: () => number
  /** 0 ≤ random() < 1, for jitter. */
  readonly random: () => number
  readonly events: {
    handedOver(way: WayName, verdict: Verdict['kind'], code: string, waitedMs: number): void
    fault(error: unknown): void
  }
  readonly failpoint: (name: 'after-handover-before-mark') => void | Promise<void>
}

/** Well above the time one try may take. */
const LEASE_MS = 60_000
const POLL_MS = 1_000
const SLOTS = 4

/** Hands over until `signal` is aborted; resolves when what is in hand is marked. */
export async function runHandovers(options: HandoverOptions, signal: AbortSignal): Promise<void> {
  const inHand = new Set<Promise<void>>()
  const mindTheClock = clockMinder(options)
  while (!signal.aborted) {
    const begun = await mindTheClock()
      .then(() => begin(options, inHand))
      .catch((error) => {
        options.events.fault(error)
        return 0
      })
    if (begun === 0) await options.work.wait(POLL_MS)
  }
  await Promise.all(inHand)
}

/** At the start, and whenever the clock was set back since the last round, what was put off by the old clock is looked at again. */
function clockMinder({ store, clock }: HandoverOptions): () => Promise<void> {
  let latest = Number.POSITIVE_INFINITY
  return async () => {
    const now = clock()
    const setBack = now < latest
    latest = now
    if (setBack) await store.hasten(now)
  }
}

async function begin(options: HandoverOptions, inHand: Set<Promise<void>>): Promise<number> {
  if (options.ways.length === 0 || options.paused() || inHand.size >= SLOTS) return 0
  const names = options.ways.map(({ name }) => name)
  const rows = await options.store.leaseHandovers(names, options.clock(), LEASE_MS, SLOTS - inHand.size)
  for (const handover of rows) {
    const work = handOver(options, handover)
      .catch(options.events.fault)
      .finally(() => {
        inHand.delete(work)
        options.work.ring()
      })
    inHand.add(work)
  }
  return rows.length
}

async function handOver(options: HandoverOptions, handover: Handover): Promise<void> {
  const { store, clock, random, events, failpoint } = options
  const reply = await tried(options, handover)
  await failpoint('after-handover-before-mark')
  const verdict = verdictOf(reply, handover.attempts, random)
  await store.mark(handover, verdict, clock())
  const code = verdict.kind === 'delivered' ? 'ok' : verdict.code
  events.handedOver(handover.way, verdict.kind, code, Math.max(0, clock() - handover.createdAt))
}

async function tried({ ways, events }: HandoverOptions, handover: Handover): Promise<Reply> {
  try {
    const way = ways.find(({ name }) => name === handover.way)
    return way ? await way.send(handover) : { kind: 'refused', code: 'not_configured' }
  } catch (error) {
    events.fault(error)
    return { kind: 'refused', code: 'unexpected' }
  }
}
