/** A channel as the core sees it: what it can do, how it is sent to, and what may go wrong. Nothing in this room knows a channel's name. */
import type { Parcel, Part } from './message.ts'

/** What a channel can do; the core asks for these and never for a name. */
export interface Capabilities {
  /** Whether sending a key again does nothing twice. */
  readonly idempotentSend: boolean
  /** Whether a message reaches somebody who has it closed. */
  readonly reachesAway: boolean
  /** Whether it shows who owns the conversation. */
  readonly showsOwner: boolean
  readonly typing: boolean
  /** Most UTF-16 units of one message; null where a reply is always one message. */
  readonly maxTextLength: number | null
  /** Most choices that it shows as buttons; 0: none, choices are numbered in the text. */
  readonly buttons: number
  /** For how long after the person's last message it may be written to; null: always. */
  readonly proactiveWindowMs: number | null
}

export interface Channel {
  readonly name: string
  readonly capabilities: Capabilities
  /** Delivers one part or throws {@link DeliveryError}. */
  send(parcel: Parcel, part: Part): Promise<void>
  /** Shows that an answer is being made; best effort. */
  typing?(address: string, on: boolean): void
  /** Fetches the file of a `remote` message. Throws {@link FetchError}. */
  fetch?(download: string): Promise<Fetched>
}

/** A file as the platform handed it out. `declared`: the Content-Type it came with. */
export interface Fetched {
  readonly bytes: Buffer
  readonly declared: string
}

/** A file that was not handed out: `later` is worth another try. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  readonly code: 'too_large' | 'unreachable'
  readonly retry: 'never' | 'later'
  constructor(code: 'too_large' | 'unreachable', retry: 'never' | 'later', options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.retry = retry
  }
}

/** When to try again. `when_heard`: once the person writes again (blocked, out of the window); `movedTo`: at once, at another address. */
export type Retry = 'never' | 'later' | 'when_heard' | { readonly afterMs: number } | { readonly movedTo: string }

export interface DeliveryDetail extends ErrorOptions {
  /** Nobody knows whether it arrived: a time-out, a broken connection, a fault on the other side. Default: it did not. */
  readonly inDoubt?: boolean
  /** The whole channel must rest, not only this conversation. */
  readonly wholeChannel?: boolean
}

/** A delivery that did not happen, as far as anybody knows; `code` is ours, never the channel's words, which may hold a token. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  readonly code: string
  readonly retry: Retry
  readonly inDoubt: boolean
  readonly wholeChannel: boolean
  constructor(code: string, retry: Retry, { inDoubt = false, wholeChannel = false, ...options }: DeliveryDetail = {}) {
    super(code, options)
    this.code = code
    this.retry = retry
    this.inDoubt = inDoubt
    this.wholeChannel = wholeChannel
  }
}
