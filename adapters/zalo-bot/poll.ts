/**
 * Fetching events where there is no public address. The platform forgets an event as it answers, so between the answer and the disk nothing may be lost:
 *
 *   getUpdates ──▶ one event ──▶ take: on disk? ── yes ──▶ getUpdates
 *                                   ▲      └─ no ── pause ─┐
 *                                   └──────────────────────┘
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Poll, Polling } from '../platform/adapter.ts'
import type { Inbound, Reading } from '../platform/inbound.ts'
import type { ZaloBotClient } from './client.ts'
import { mishapOf, ZaloBotError } from './error.ts'

export interface PollParts {
  readonly client: ZaloBotClient
  readonly read: (body: unknown, reading: Reading) => Inbound
  /** Asked once at the start, best effort. */
  readonly learn: () => void
  /** Resolves after `ms`, or at once when `signal` is aborted. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** After an answer that holds nothing and did not wait for anything. */
const IDLE_MS = 250
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

/** @returns the loop; it goes on through every fault until aborted. Codes of trouble are those of {@link mishapOf}, `webhook_set`, `not_kept` and `lost`. */
export function zaloBotPoll(parts: PollParts): Poll {
  return async (polling, signal) => {
    const loop = { pause: patience, ...parts, polling, signal }
    parts.learn()
    let told: Told = { failures: 0, code: undefined }
    while (!signal.aborted) told = await round(loop, told)
  }
}

interface Loop extends Required<PollParts> {
  readonly polling: Polling
  readonly signal: AbortSignal
}

/** Failures in a row, and what was said of the last. */
interface Told {
  readonly failures: number
  readonly code: string | undefined
}

async function round(loop: Loop, told: Told): Promise<Told> {
  try {
    const events = eventsOf(await loop.client.getUpdates(loop.signal))
    for (const event of events ?? []) await keep(loop, loop.read(event, loop.polling.reading()))
    if (events?.length === 0) await loop.pause(IDLE_MS, loop.signal)
    return { failures: 0, code: undefined }
  } catch (error) {
    return loop.signal.aborted ? told : failed(loop, told, error)
  }
}

/** @returns the events of an answer, one as documented or more; undefined after an idle wait. */
function eventsOf(result: unknown): readonly unknown[] | undefined {
  if (result === undefined) return undefined
  if (Array.isArray(result)) return result
  return typeof result === 'object' && result !== null && Object.keys(result).length > 0 ? [result] : []
}

async function failed(loop: Loop, told: Told, error: unknown): Promise<Told> {
  const code = await troubleOf(loop.client, error)
  // What only an operator can end is said once; what may pass is said each time.
  if (code !== 'webhook_set' || told.code !== code) loop.polling.trouble(code)
  await loop.pause(waitMs(told.failures), loop.signal)
  return { failures: told.failures + 1, code }
}

/** With which number the platform refuses to be polled while a webhook is set is not documented: so it is asked whether one is. */
async function troubleOf(client: ZaloBotClient, error: unknown): Promise<string> {
  if (!(error instanceof ZaloBotError)) return 'unexpected'
  const mishap = mishapOf(error.code)
  if (typeof error.code === 'string' || mishap === 'token_refused' || mishap === 'quota') return mishap
  const set = await client.getWebhookInfo().catch(() => undefined)
  return set?.url ? 'webhook_set' : mishap
}

/** Tries until it is on disk. After an abort it is tried once more: the platform does not have it any longer. */
async function keep({ polling, pause, signal }: Loop, inbound: Inbound): Promise<void> {
  for (let failures = 0; ; failures++) {
    const last = signal.aborted
    const kept = await polling.take(inbound).then(
      () => true,
      () => false,
    )
    if (kept) return
    polling.trouble(last ? 'lost' : 'not_kept')
    if (last) return
    await pause(waitMs(failures), signal)
  }
}

function waitMs(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10))
}

async function patience(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
