/**
 * A platform for tests and for trying things out: a real HTTP server that behaves as the platform does, its errors and bad days included. Tests, the crash suite, the
 * load run and `npm run -s fake` drive all three in this one way.
 */

/** What a person's phone shows: one message that the platform took from the service. */
export interface Shown {
  /** The platform's name of the message. */
  readonly id: string
  /** The chat it was sent to. */
  readonly to: string
  readonly text: string
  /** Buttons under it, in order: `data` is what pressing sends back. */
  readonly buttons: readonly { readonly label: string; readonly data: string }[]
  /** Position among everything that this fake showed to anybody, from 0. */
  readonly number: number
}

/** What the next matching calls of the API meet. `lost_ack`: carried out, then the connection breaks without an answer. */
export type Trouble =
  | { readonly kind: 'status'; readonly status: number }
  /** Too many requests; `retryAfter` in seconds where the platform says it. */
  | { readonly kind: 'rate'; readonly retryAfter: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'lost_ack' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'not_json' }

/** A file that a person sends. */
export interface SentFile {
  readonly kind: 'photo' | 'document'
  readonly bytes: Buffer
  readonly mime: string
  readonly caption?: string
  readonly name?: string
}

export interface Fake {
  /** Root of the API that the service must be configured with, as http://127.0.0.1:4000. */
  readonly root: string
  /** "127.0.0.1:4000", for ALLOW_PRIVATE_HOSTS. */
  readonly host: string
  /** The environment that makes the service talk to this fake, secrets included. */
  readonly env: Readonly<Record<string, string>>
  /** Everything that was shown, oldest first. */
  shown(to?: string): readonly Shown[]
  /** Resolves once `to` (anybody when left out) was shown `count` messages in all. */
  whenShown(count: number, to?: string): Promise<void>
  /** How often each method of the API was called. */
  calls(): ReadonlyMap<string, number>
  /** The next `times` sends (default 1) meet this. Troubles queue up. */
  trouble(trouble: Trouble, times?: number): void
  /** Each send meets a trouble of `kinds` with this probability, drawn by `random`; replaces an earlier rule, probability 0 ends it. */
  badDay(probability: number, kinds: readonly Trouble[], random: () => number): void
  /** From now on `user` has blocked us, or no more. */
  block(user: string, blocked: boolean): void
  /** Where events are delivered: the base of the running service, as http://127.0.0.1:3000. Undefined: they are kept for polling. */
  deliverTo(service: string | undefined): void
  /**
   * A person does something: the event is delivered as the platform would, again after no or a bad answer, until acknowledged or given up. Each resolves to the name under
   * which the event is known, and how often it was delivered. `repeat`: delivered that many times more even though it was acknowledged.
   */
  say(user: string, text: string, options?: { readonly repeat?: number }): Promise<Delivered>
  sendFile(user: string, file: SentFile): Promise<Delivered>
  /** A voice message, sticker, …: one word of the platform's own kinds that the fake documents. */
  sendOther(user: string, what: string): Promise<Delivered>
  /** Presses a button of a shown message; on platforms without buttons it types the number. */
  press(user: string, shown: Shown, index: number): Promise<Delivered>
  /** Posts these bytes to the door, correctly signed, and returns the status: for odd and hostile events. */
  post(body: Buffer | string, headers?: Readonly<Record<string, string>>): Promise<number>
  close(): Promise<void>
}

export interface Delivered {
  readonly id: string
  readonly acknowledged: boolean
  readonly deliveries: number
}
