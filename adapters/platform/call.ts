/** One call of a platform's API: JSON or a form out, JSON back, and an honest word on whether a call that failed may have been carried out. */
import { errors, request } from 'undici'
import type { Outside } from './outside.ts'

export interface Call {
  /** May hold a token: it never gets into an error or a log. */
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  /** A string or bytes as they are; anything else as JSON. */
  readonly body?: unknown
  /** For the whole of it, from the first attempt to connect to the last byte of the answer. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

export interface Called {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Parsed JSON; undefined for what is none. */
  readonly body: unknown
}

/** No answer. `not_sent`: nothing was asked, so nothing was done. `in_doubt`: it may have been done. Without the words of the network, which repeat the address. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly code: 'not_sent' | 'in_doubt'
  /** Code of the network, as ECONNREFUSED; TimeoutError and AbortError for our own time-out and the given signal. */
  readonly why: string
  constructor(code: 'not_sent' | 'in_doubt', why: string) {
    super(`${code}: ${why}`)
    this.code = code
    this.why = why
  }
}

/** What a platform answers is small; more is not read. */
const MOST_BYTES = 1024 * 1024

/** Throws {@link CallError} when there is no whole answer. Redirects are not followed: they are an answer like any other. */
export async function call(outside: Outside, given: Call): Promise<Called> {
  const { url, method = 'POST', headers = {}, timeoutMs, signal } = given
  if (signal?.aborted) throw new CallError('not_sent', 'AbortError')
  const end = endOf(timeoutMs, signal)
  try {
    const options = { method, dispatcher: outside.dispatcher, signal: end.signal, ...payload(given.body, headers) }
    const response = await request(url, options)
    return { status: response.statusCode, headers: response.headers, body: await readJson(response.body) }
  } catch (error) {
    throw callError(error)
  } finally {
    end.release()
  }
}

/** One signal for our time-out and the caller's. AbortSignal.any would leave something at a signal that lives as long as the process, once for every call. */
function endOf(timeoutMs: number, signal: AbortSignal | undefined): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController()
  const abort = () => controller.abort(new DOMException('', 'AbortError'))
  const timer = setTimeout(() => controller.abort(new DOMException('', 'TimeoutError')), timeoutMs)
  signal?.addEventListener('abort', abort, { once: true })
  const release = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
  return { signal: controller.signal, release }
}

function payload(body: unknown, headers: Readonly<Record<string, string>>) {
  if (body === undefined) return { headers }
  if (typeof body === 'string' || body instanceof Uint8Array) return { headers, body }
  return { headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(body) }
}

async function readJson(stream: AsyncIterable<Buffer>): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > MOST_BYTES) return undefined
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

/** Failures before a byte of the request could have left, where the error does not say that it was connecting. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPRIVATE',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_CLOSED',
  'ERR_INVALID_URL',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** What an error was doing when nothing had been sent yet. */
const BEFORE_SENDING: ReadonlySet<string> = new Set(['connect', 'getaddrinfo'])

/** @returns what a failed request says about itself, without its words. */
export function callError(error: unknown): CallError {
  const { code, connecting } = tellingOf(error)
  return new CallError(connecting || NOT_SENT.has(code) ? 'not_sent' : 'in_doubt', code)
}

/** What an error says that may be repeated. */
interface Telling {
  readonly code: string
  /** It failed while the connection was being made. */
  readonly connecting: boolean
}

const SILENT: Telling = { code: 'unknown', connecting: false }
/** Deeper than any chain of causes goes; one that bites its own tail ends here. */
const DEEPEST = 5

function tellingOf(error: unknown, depth = 0): Telling {
  if (!(error instanceof Error) || depth > DEEPEST) return SILENT
  const own = ownTelling(error)
  // undici wraps what the network said: "fetch failed" says less than its cause.
  const preferred = own === SILENT || error instanceof errors.UndiciError ? tellingOf(error.cause, depth + 1) : SILENT
  return preferred === SILENT ? own : preferred
}

function ownTelling(error: Error): Telling {
  if (error.name === 'TimeoutError') return { code: error.name, connecting: false }
  if (error.name === 'AbortError' && !(error instanceof errors.UndiciError && error.cause)) return { code: error.name, connecting: false }
  if (!('code' in error) || typeof error.code !== 'string') return SILENT
  return { code: error.code, connecting: 'syscall' in error && BEFORE_SENDING.has(String(error.syscall)) }
}
