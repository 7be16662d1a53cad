/** A call of the Zalo Bot API that did not give what was asked for; not a delivery that failed, which is the channel's to judge. */

/** The platform's number, or ours: `not_sent` nothing was asked, `no_answer` none came, `unreadable` one came that says nothing. */
export type ZaloBotCode = number | 'not_sent' | 'no_answer' | 'unreadable'

/** Says which method and which code: never the address, which holds the token, and never the platform's words, which may repeat it. */
export class ZaloBotError extends Error {
  override readonly name = 'ZaloBotError'
  readonly method: string
  readonly code: ZaloBotCode
  /** Nobody knows whether it was carried out. */
  readonly inDoubt: boolean
  constructor(method: string, code: ZaloBotCode, inDoubt: boolean, options?: ErrorOptions) {
    super(`${method}: ${code}`, options)
    this.method = method
    this.code = code
    this.inDoubt = inDoubt
  }
}

/** What went wrong, in a code of ours for logs. */
export type Mishap = 'refused' | 'token_refused' | 'platform_fault' | 'not_found' | 'quota' | 'not_sent' | 'no_answer' | 'unreadable'

/** @returns our code of what the platform answered, or did not. */
export function mishapOf(code: ZaloBotCode): Mishap {
  if (typeof code === 'string') return code
  if (code === 401) return 'token_refused'
  // Here 403 means a fault inside the platform, not a ban.
  if (code === 403 || code >= 500) return 'platform_fault'
  if (code === 404) return 'not_found'
  if (code === 408) return 'no_answer'
  return code === 429 ? 'quota' : 'refused'
}
