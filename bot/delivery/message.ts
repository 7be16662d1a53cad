/** A message on its way in and a reply on its way out, whatever the channel. */
import type { Citation } from '../../knowledge/cite.ts'
import type { OutcomeKind, Section } from '../answer/outcome.ts'
import type { Officer } from '../conversation/owner.ts'
import type { AttachmentRefusal } from '../wording/attachments.ts'

/** What a person sent, masked already: numbers that must not be kept are gone before this exists. */
export type Content =
  | { readonly kind: 'text'; readonly text: string; readonly masked: boolean; readonly sealed?: SealedNumber }
  | { readonly kind: 'choice'; readonly text: string }
  | {
      readonly kind: 'attachment'
      readonly attachment: string
      readonly mime: string
      readonly size: number
      readonly caption: string
      readonly masked: boolean
    }
  /** A file that still lies with the platform: the message waits in its lane until the file is fetched, and becomes `attachment` or `unfetched`. */
  | { readonly kind: 'remote'; readonly caption: string; readonly masked: boolean }
  | { readonly kind: 'unfetched'; readonly reason: UnfetchedReason; readonly caption: string; readonly masked: boolean }
  /** Something without words that the assistant cannot read; nothing of it is kept. */
  | { readonly kind: 'wordless'; readonly what: Wordless }
  /** The person opened the chat without a word: followed the account, pressed Start. */
  | { readonly kind: 'joined' }
  /** Somebody called the assistant in a group; nothing of what was said is kept. */
  | { readonly kind: 'group' }
  /** An officer wrote in the platform's own console: the person has it already, the assistant must be silent from now on. */
  | { readonly kind: 'officer'; readonly officer: Officer; readonly text: string }

/** An account number that was asked for: sealed before anything is stored, beside the masked text; `shown` is all of it that anybody reads in passing. */
export interface SealedNumber {
  readonly sealed: string
  readonly shown: string
}

/** @returns the number as it may be kept. */
export type Seal = (digits: string) => SealedNumber

/** `hidden`: the platform does not say what it was (Zalo hides links with a preview, documents and video). */
export const WORDLESS = ['sticker', 'voice', 'location', 'contact', 'link', 'video', 'file', 'hidden'] as const
export type Wordless = (typeof WORDLESS)[number]

/** Why a file is not kept: the quarantine's refusals, `unreachable` where the platform did not hand it out, `paused` where files are switched off. */
export type UnfetchedReason = AttachmentRefusal | 'unreachable' | 'paused'

/** As it lies in the inbox. `tooMany`: the person sends more than the limits allow. */
export type StoredContent = Content & { readonly tooMany?: true }

/** @returns what a person (or, in the platform's own console, an officer) wrote; empty for what has no words. */
export function wordsIn(content: Content): string {
  switch (content.kind) {
    case 'text':
    case 'choice':
    case 'officer':
      return content.text
    case 'attachment':
    case 'remote':
    case 'unfetched':
      return content.caption
    case 'wordless':
    case 'joined':
    case 'group':
      return ''
  }
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
  /**
   * When the person sent it, by the platform's clock. Present where the platform names the person, who can therefore come back after an erasure: what was sent
   * before the erasure and is delivered late is not taken, what was sent after it begins anew.
   */
  readonly sentAt?: number
  /** Where the file of a `remote` content lies, in the channel's own words; forgotten once fetched. */
  readonly download?: string
  /** What it is instead where the person was just asked into which account they sent money: its number sealed. Decided at the inbox; otherwise nothing of it is kept. */
  readonly accountAsked?: Pick<Arrival, 'content' | 'echo'>
  /** The person sends more than the limits allow: it is kept for an officer, and answered only in that it is too much. */
  readonly tooMany?: true
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
  /** How many of its parts are delivered already. */
  readonly delivered: number
  /** How often a send of the next part ended without anybody knowing whether it arrived. */
  readonly doubts: number
  /** When the person last wrote; null: never. */
  readonly heardAt: number | null
}

/** One message of a channel: a reply that is longer than the channel allows becomes several. */
export interface Part {
  readonly text: string
  /** Lines of the text that are headings, for channels that can show them so. */
  readonly headings: readonly string[]
  /** Choices to be shown as buttons; where a channel has none they stand in the text, numbered. */
  readonly choices: readonly string[]
  /** Position of the part in its reply, from 0. */
  readonly number: number
}
