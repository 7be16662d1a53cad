/** Fetching updates where there is no public address: each is on disk before Telegram hears that it may forget it. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from 'grammy'
import { z } from 'zod'
import type { Poll, Polling } from '../platform/adapter.ts'
import type { Inbound, Taken } from '../platform/inbound.ts'
import { type Ask, TelegramError } from './api.ts'

/** Kinds of updates that {@link readUpdate} has a use for. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** So few that even the longest messages make an answer which the client reads whole. */
const BATCH = 10
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

export interface PollParts {
  readonly ask: Ask
  /** How long Telegram waits for something to tell. */
  readonly seconds: number
  readonly read: (update: unknown, polling: Polling) => Inbound
  /** Told what became of an update. Must not throw. */
  readonly taken: (update: unknown, taken: Taken) => void
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** @returns the poll; it rejects with a {@link TelegramError} only when Telegram does not know the token. */
export function pollUpdates(parts: PollParts): Poll {
  return async (polling, signal) => {
    let offset: number | undefined
    let failures = 0
    while (!signal.aborted) {
      try {
        const updates = await fetchUpdates(parts, offset, signal)
        offset = await takeAll(parts, polling, updates, signal)
        failures = 0
      } catch (error) {
        if (signal.aborted) return
        failures += 1
        await rest(parts, polling, error, failures, signal)
      }
    }
  }
}

/** grammY's types know a signal of another make; it uses nothing that Node's has not. */
type GrammySignal = NonNullable<Parameters<Api['getUpdates']>[1]>

async function fetchUpdates({ ask, seconds }: PollParts, offset: number | undefined, signal: AbortSignal): Promise<readonly unknown[]> {
  const asked = { limit: BATCH, timeout: seconds, allowed_updates: ALLOWED_UPDATES, ...(offset === undefined ? {} : { offset }) }
  const answer: unknown = await ask((api) => api.getUpdates(asked, signal as GrammySignal))
  if (!Array.isArray(answer)) throw new TelegramError('in_doubt')
  return answer
}

/**
 * @returns the offset that makes Telegram forget what was taken; undefined where nothing was. It is needed for one answer only, and kept no longer: after a quiet week
 * Telegram begins anew with any number, perhaps a lower one.
 */
async function takeAll(parts: PollParts, polling: Polling, updates: readonly unknown[], signal: AbortSignal): Promise<number | undefined> {
  let offset: number | undefined
  for (const update of updates) {
    if (signal.aborted) return offset
    if (!(await takeOne(parts, polling, update, signal))) return offset
    offset = nextAfter(update) ?? offset
  }
  // An answer that cannot be got past would come again at once, for ever.
  if (updates.length > 0 && offset === undefined) throw new TelegramError('in_doubt')
  return offset
}

const numbered = z.object({ update_id: z.int() })

function nextAfter(update: unknown): number | undefined {
  const parsed = numbered.safeParse(update)
  return parsed.success ? parsed.data.update_id + 1 : undefined
}

/** @returns false when it was given up because of the abort. */
async function takeOne(parts: PollParts, polling: Polling, update: unknown, signal: AbortSignal): Promise<boolean> {
  const inbound = parts.read(update, polling)
  for (let tries = 1; !signal.aborted; tries += 1) {
    try {
      parts.taken(update, await polling.take(inbound))
      return true
    } catch {
      // Why it could not be written is told by the storage's own events.
      polling.trouble('not_kept')
      await pauseFor(parts, backoffMs(tries), signal)
    }
  }
  return false
}

async function rest(parts: PollParts, polling: Polling, error: unknown, failures: number, signal: AbortSignal): Promise<void> {
  const known = error instanceof TelegramError ? error : new TelegramError('in_doubt')
  if (known.code === 'token_refused') throw known
  polling.trouble(troubleOf(known))
  await pauseFor(parts, known.retryAfterMs ?? backoffMs(failures), signal)
}

function troubleOf({ code }: TelegramError): string {
  switch (code) {
    case 'conflict':
      return 'another_poller_or_webhook'
    case 'in_doubt':
      return 'no_answer'
    default:
      return code
  }
}

function backoffMs(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10))
}

/** Ends at once with the abort. */
async function pauseFor({ pause = realPause }: PollParts, ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, signal).catch(() => undefined)
}

async function realPause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal })
}
