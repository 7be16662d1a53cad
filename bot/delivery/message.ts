/** A message on its way in and a reply on its way out, whatever the channel. */
import type { Citation } from '../../knowledge/cite.ts'
import type { OutcomeKind, Section } from '../answer/outcome.ts'

/** What a person sent, masked already: numbers that must not be kept are gone before this exists. */
export type Content =
  | { readonly kind: 'text'; readonly text: string; readonly masked: boolean }
  | { readonly kind: 'choice'; readonly text: string }
  | {
      readonly kind: 'attachment'
      readonly attachment: string
      readonly mime: string
      readonly size: number
      readonly caption: string
      readonly masked: boolean
    }

/** A verified, parsed and masked message at the door. */
export interface Arrival {
  readonly channel: string
  /** The channel's own name of the message: a second arrival under it is the same message. */
  readonly externalId: string
  /** Where replies go. */
  readonly address: string
  /** Pseudonym of the person. */
  readonly person: string
  readonly content: Content
  readonly receivedAt: number
  /** What the channel's own stream shows of it at once, for channels that replay what a person sent. */
  readonly echo?: { readonly key: string; readonly data: string }
}

/** `repeated`: known already. `conflict`: known, with other content. `erased`: the person's data was erased; nothing is taken any more under this name. */
export type Acceptance = { readonly status: 'new' | 'repeated' | 'conflict' | 'erased'; readonly conversation: string }

/** What one outbox row carries. */
export type Outgoing =
  | {
      readonly kind: 'reply'
      readonly author: 'assistant' | 'staff'
      readonly status: OutcomeKind | 'notice' | 'staff'
      /** The whole reply as plain text, basis included. */
      readonly text: string
      readonly sections: readonly Section[]
      readonly citations: readonly Citation[]
      readonly choices: readonly string[]
      readonly officer?: string
    }
  | { readonly kind: 'owner'; readonly owner: 'bot' | 'waiting' | 'staff' | 'closed'; readonly officer?: string }

/** An outbox row at the moment of sending. `key` is the same at every try. */
export interface Parcel {
  readonly key: string
  readonly conversation: string
  readonly channel: string
  readonly address: string
  /** The channel's name of the message that is answered. */
  readonly replyTo: string | null
  readonly body: Outgoing
  readonly createdAt: number
  readonly attempts: number
}
