/** The Bot API through grammY's client, on our own way out. What it throws is turned into errors of ours, for its own hold the token or what was sent. */
import { Api, GrammyError, HttpError } from 'grammy'
import { z } from 'zod'
import type { TelegramSetting } from '../../bot/config.ts'
import { CallError, call } from '../platform/call.ts'
import type { Outside } from '../platform/outside.ts'

/** Why Telegram did not do what it was asked. `in_doubt`: it may have done it. */
export type TelegramCode =
  | 'not_sent'
  | 'in_doubt'
  | 'token_refused'
  | 'blocked'
  | 'no_chat'
  | 'moved'
  | 'too_many'
  | 'conflict'
  | 'entities_refused'
  | 'too_long'
  | 'file_too_large'
  | 'file_unavailable'
  | 'refused'

/** A call that did not succeed, without a word of Telegram, of the network or of the message. */
export class TelegramError extends Error {
  override readonly name = 'TelegramError'
  readonly code: TelegramCode
  readonly retryAfterMs: number | undefined
  /** The chat's new id. */
  readonly movedTo: string | undefined
  constructor(code: TelegramCode, { retryAfterMs, movedTo }: { readonly retryAfterMs?: number; readonly movedTo?: string } = {}) {
    super(code)
    this.code = code
    this.retryAfterMs = retryAfterMs
    this.movedTo = movedTo
  }
}

const named = z.object({ username: z.string() })

/** @returns the username in what Telegram says of a user; undefined where there is none. */
export function usernameOf(user: unknown): string | undefined {
  return named.safeParse(user).data?.username
}

/** A call of the API. Throws {@link TelegramError} and nothing else. */
export type Ask = <T>(use: (api: Api) => Promise<T>) => Promise<T>

/** @param timeoutMs for one whole call, long polling included */
export function openApi({ token, apiRoot }: TelegramSetting, outside: Outside, timeoutMs: number): Ask {
  const fetch = fetchThrough(outside, timeoutMs)
  // The call gives up by itself; grammY's own limit is there for what might hang in between.
  const api = new Api(token, { apiRoot, fetch, timeoutSeconds: timeoutMs / 1_000 + 5 })
  return async (use) => {
    try {
      return await use(api)
    } catch (error) {
      throw telegramError(error)
    }
  }
}

/** As much of fetch as grammY uses. Its signal is of a make that undici does not know, so it is handed on by hand. */
function fetchThrough(outside: Outside, timeoutMs: number) {
  return async (url: string | URL, { body, signal }: { readonly body: string; readonly signal: AbortSignal }) => {
    const stop = new AbortController()
    const onAbort = () => stop.abort()
    if (signal.aborted) stop.abort()
    else signal.addEventListener('abort', onAbort)
    try {
      const called = await call(outside, { url: String(url), headers: JSON_HEADERS, body, timeoutMs, signal: stop.signal })
      return { json: async () => answerOf(called.status, called.body) }
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }
}

const JSON_HEADERS = { 'content-type': 'application/json' }

/** What stands between us and Telegram answers in words of its own: then the status says what there is to say. */
function answerOf(status: number, body: unknown): object {
  if (typeof body === 'object' && body !== null && 'ok' in body) return body
  if (status >= 400) return { ok: false, error_code: status, description: '' }
  throw new CallError('in_doubt', 'UNREADABLE')
}

function telegramError(error: unknown): TelegramError {
  if (error instanceof HttpError) return new TelegramError(error.error instanceof CallError ? error.error.code : 'in_doubt')
  if (!(error instanceof GrammyError)) return new TelegramError('in_doubt')
  const { migrate_to_chat_id: movedTo, retry_after: retryAfter } = error.parameters
  if (movedTo !== undefined) return new TelegramError('moved', { movedTo: String(movedTo) })
  return new TelegramError(codeOf(error), typeof retryAfter === 'number' ? { retryAfterMs: boundedMs(retryAfter) } : {})
}

const LONGEST_WAIT_S = 60 * 60

function boundedMs(seconds: number): number {
  return Math.min(LONGEST_WAIT_S, Math.max(1, seconds)) * 1_000
}

function codeOf({ error_code: status, description }: GrammyError): TelegramCode {
  switch (status) {
    case 400:
      return BAD_REQUESTS.find(([words]) => words.test(description))?.[1] ?? 'refused'
    case 401:
    // A token that is no token at all is an address that does not exist.
    case 404:
      return 'token_refused'
    case 403:
      return 'blocked'
    case 409:
      return 'conflict'
    case 429:
      return 'too_many'
    default:
      return status >= 400 && status < 500 ? 'refused' : 'in_doubt'
  }
}

const BAD_REQUESTS: readonly (readonly [RegExp, TelegramCode])[] = [
  [/can't parse entities/i, 'entities_refused'],
  [/message is too long/i, 'too_long'],
  [/chat not found|user not found|peer_id_invalid/i, 'no_chat'],
  [/file is too big/i, 'file_too_large'],
  [/temporarily unavailable/i, 'file_unavailable'],
]
