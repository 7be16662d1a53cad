/** Requests to the server, and what each answer means for who asked: one place that reads statuses and headers. */

export type Answer<T> =
  | { readonly kind: 'ok'; readonly body: T }
  /** The token is of no use any more. */
  | { readonly kind: 'unknown'; readonly message: string }
  /** Sending the same again will not help; the sentence says why. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** Try again, not before `afterMs` where the server said so. */
  | { readonly kind: 'later'; readonly afterMs?: number; readonly message?: string }

export interface Request {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly token?: string
  readonly json?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

const PATIENCE_MS = 30_000

/** @returns the response of a request that the server took, or what became of it; never rejects. */
export async function open(url: string, request: Request = {}): Promise<Answer<Response>> {
  try {
    const response = await fetch(url, options(request))
    return response.ok ? { kind: 'ok', body: response } : await readRefusal(response)
  } catch {
    return { kind: 'later' }
  }
}

/** Like {@link open} for answers that end: reads the JSON, and gives up after a while. */
export async function call<T>(url: string, request: Request = {}): Promise<Answer<T>> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS)
  request.signal?.addEventListener('abort', () => stop.abort())
  try {
    const answer = await open(url, { ...request, signal: stop.signal })
    return answer.kind === 'ok' ? await readBody<T>(answer.body) : answer
  } finally {
    clearTimeout(timer)
  }
}

function options({ method = 'GET', token, json, headers, signal }: Request): RequestInit {
  return {
    method,
    // The token says who it is: cookies of the site around this chat are none of the server's business.
    credentials: 'omit',
    cache: 'no-store',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...(signal ? { signal } : {}),
  }
}

async function readBody<T>(response: Response): Promise<Answer<T>> {
  try {
    return { kind: 'ok', body: (response.status === 204 ? undefined : await response.json()) as T }
  } catch {
    return { kind: 'later' }
  }
}

async function readRefusal(response: Response): Promise<Answer<never>> {
  const message = await readMessage(response)
  return refusal(response.status, message, response.headers.get('retry-after'))
}

async function readMessage(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as { error?: { message?: unknown } }
    return typeof body.error?.message === 'string' ? body.error.message : ''
  } catch {
    return ''
  }
}

/** What a status other than 2xx means. */
export function refusal(status: number, message: string, retryAfter: string | null): Answer<never> {
  if (status === 401) return { kind: 'unknown', message }
  const passing = status === 408 || status === 425 || status === 429 || status >= 500
  if (!passing) return { kind: 'refused', status, message }
  const seconds = Number(retryAfter ?? '')
  return { kind: 'later', ...(seconds > 0 ? { afterMs: seconds * 1_000 } : {}), ...(message ? { message } : {}) }
}

/**
 * A server that does not let this site in and a server that cannot be reached look the same to a script. A request for the script, which every site may load, tells them apart.
 * @returns whether the server is there
 */
export async function isThere(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store' })
    return true
  } catch {
    return false
  }
}
