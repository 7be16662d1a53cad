/** Speaks with the server: JSON there and back, and every refusal as one kind of error with a sentence for the officer. */
import { TROUBLE } from './words.ts'

const ROOT = '/console/api'

/** What went wrong, in words for the officer. Not a fault of the page: those stay ordinary errors. */
export class ApiTrouble extends Error {
  override readonly name = 'ApiTrouble'
  readonly code: string
  readonly sentence: string
  constructor(code: string, sentence: string) {
    super(code)
    this.code = code
    this.sentence = sentence
  }
  /** Nobody knows whether the server has done it; the same may be sent again. */
  get unsure(): boolean {
    return this.code === 'network' || this.code === 'broken' || this.code === 'failed'
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export class Api {
  csrf = ''
  /** Called whenever the server says that nobody is signed in any more. */
  onSignedOut: () => void = () => {}
  /** Whether somebody sits before the page: what it fetches by itself must not keep a session alive. */
  atWork: () => boolean = () => true
  private readonly fetch: typeof fetch
  constructor(how: typeof fetch = (...given) => globalThis.fetch(...given)) {
    this.fetch = how
  }

  /** @returns what stands at `path` (below `/console/api`). Throws {@link ApiTrouble}. */
  get<T>(path: string): Promise<T> {
    return this.ask<T>('GET', path)
  }

  /** Does something; `body` goes as JSON. Throws {@link ApiTrouble}. */
  async ask<T = unknown>(method: Method, path: string, body?: object): Promise<T> {
    const response = await this.reach(method, path, body)
    if (!response.ok) throw await this.troubleIn(response)
    return response.status === 204 ? (undefined as T) : await read<T>(response)
  }

  /** Sends a file as it is. Throws {@link ApiTrouble}. */
  async upload<T>(path: string, file: Blob): Promise<T> {
    const response = await this.send('POST', path, { body: file, type: 'application/octet-stream' })
    if (!response.ok) throw await this.troubleIn(response)
    return read<T>(response)
  }

  private reach(method: Method, path: string, body?: object): Promise<Response> {
    const carries = method === 'POST' || method === 'PUT'
    return this.send(method, path, carries ? { body: JSON.stringify(body ?? {}), type: 'application/json' } : undefined)
  }

  private async send(method: Method, path: string, content?: { readonly body: BodyInit; readonly type: string }): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json', ...(this.atWork() ? {} : { 'x-antam-background': '1' }) }
    if (method !== 'GET') headers['x-antam-csrf'] = this.csrf
    if (content) headers['content-type'] = content.type
    try {
      return await this.fetch(ROOT + path, {
        method,
        headers,
        ...(content ? { body: content.body } : {}),
        credentials: 'same-origin',
        cache: 'no-store',
      })
    } catch {
      throw new ApiTrouble('network', TROUBLE.network)
    }
  }

  private async troubleIn(response: Response): Promise<ApiTrouble> {
    const said = (await response.json().catch(() => null)) as { error?: { code?: string; message?: string } } | null
    const trouble = new ApiTrouble(said?.error?.code ?? 'broken', said?.error?.message || TROUBLE.broken)
    if (trouble.code === 'signed_out') this.onSignedOut()
    return trouble
  }
}

async function read<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T
  } catch {
    throw new ApiTrouble('broken', TROUBLE.broken)
  }
}

/** @returns the address of a file, for a link or a picture. */
export const fileAddress = (path: string): string => ROOT + path

/** @returns "?a=1&b=2" of what is given; empty values are left out. */
export function queryOf(given: Readonly<Record<string, string | undefined>>): string {
  const entries = Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : ''
}

/** @returns the sentence to show for whatever was thrown. */
export const sentenceOf = (thrown: unknown): string => (thrown instanceof ApiTrouble ? thrown.sentence : TROUBLE.broken)
