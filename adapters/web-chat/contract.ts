/**
 * What the web chat and its server say to each other; the element and the routes are both written against this file.
 *
 *   POST   /api/chat/session       {}                                 → 200 Session          (with a token that still holds: the same visitor, a fresh token)
 *   DELETE /api/chat/session                                          → 204                  (erases the visitor's conversation and files)
 *   POST   /api/chat/messages      {id, text | choice | attachment}   → 202 Accepted         (the same id again: 202, `repeated`; with other content: 409)
 *   POST   /api/chat/attachments   raw bytes                          → 201 {attachment}     (quarantined; named in a message afterwards)
 *   POST   /api/chat/typing                                           → 204
 *   POST   /api/chat/feedback      {message, value, word?}            → 204
 *   GET    /api/chat/events        Last-Event-ID                      → 200 text/event-stream of `message`, `typing`, `owner`
 *   GET    /api/chat/about                                            → 200 About            (no token needed)
 *
 * A stream says `: ` once when everything that was kept has been sent, and then every 15 s.
 *
 * Everything but `session` and `about` wants `Authorization: Bearer <token>`. Every refusal is `{error: {code, message}}`, the message in Vietnamese, to be shown
 * as it is. 401 says that the token is of no use any more: ask for a new session. 429 and 503 carry Retry-After in seconds.
 */
import type { Section } from '../../bot/answer/outcome.ts'

export interface Session {
  readonly token: string
  /** A name for this visitor that is safe to show and to say on the phone: four letters and digits. */
  readonly visitor: string
  /** Milliseconds since 1970; the token is renewed by asking for a session with it before then. */
  readonly expiresAt: number
}

/** What a visitor sends. `id` is made by the client, 8–64 of [A-Za-z0-9_-], and names this message for ever: sending it again does nothing twice. */
export type Sent = { readonly id: string } & (
  | { readonly text: string }
  | { readonly choice: string }
  | { readonly attachment: string; readonly caption?: string }
)

export interface Accepted {
  readonly id: string
  readonly repeated: boolean
}

export type AttachmentKind = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'

/** One citation as the panel "Căn cứ" shows it. */
export interface ShownCitation {
  /** "điểm b khoản 3 Điều 38 Luật … (19/2023/QH15)" */
  readonly label: string
  /** The number of the document, "19/2023/QH15". */
  readonly document: string
  readonly documentName: string
  readonly article?: string
  readonly clause?: string
  readonly point?: string
  readonly title: string
  readonly inForceFrom: string | null
  /** The first day on which it is no longer in force. */
  readonly inForceTo: string | null
  /** What a reader must know of the text: amendments merged into it, not compared with the signed document. */
  readonly caveat?: string
  /** In the association's own words (with `verbatimOnly` in the law's); empty where only the number of the document is known. */
  readonly restatement: string
  /** The law's own words, where the association has taken the document in. */
  readonly verbatim?: string
  /** The restatement was written from another wording than the verbatim text. */
  readonly restatementInDoubt?: boolean
  readonly verbatimOnly?: boolean
}

/**
 * Data of an event `message`. Its event id rises by one within a conversation and starts at 1.
 * `person` is the visitor's own message, as it was kept (numbers that must not be kept are masked), so that every tab and every reload shows the same.
 */
export type MessageEvent =
  | {
      readonly author: 'person'
      /** The id that the client gave it. */
      readonly id: string
      readonly at: number
      readonly text: string
      readonly attachment?: { readonly kind: AttachmentKind; readonly size: number }
      /** Whether numbers were masked before it was kept. */
      readonly masked: boolean
    }
  | {
      readonly author: 'assistant' | 'staff'
      /** Names this reply in feedback. */
      readonly id: string
      readonly at: number
      /** The message it answers; absent where it answers none (an officer's own message, a notice). */
      readonly replyTo?: string
      /** Kind of the Outcome, or `notice` (who owns the conversation now, nobody has come yet), or `staff`. */
      readonly status:
        | 'answered'
        | 'clarify'
        | 'first_aid'
        | 'abstained'
        | 'refused'
        | 'complaint'
        | 'handoff'
        | 'service'
        | 'failed'
        | 'notice'
        | 'staff'
      /** The whole reply as plain text, basis included: for copying and printing. */
      readonly text: string
      readonly sections: readonly Section[]
      readonly citations: readonly ShownCitation[]
      readonly choices: readonly string[]
      /** Name of the officer; only with author `staff`. */
      readonly officer?: string
    }

/** Data of an event `typing`; not kept, so it has no id. */
export interface TypingEvent {
  readonly author: 'assistant' | 'staff'
  readonly on: boolean
}

/** Data of an event `owner`: who answers from here on. Sent with an id like a message, and kept. */
export interface OwnerEventData {
  readonly owner: 'bot' | 'waiting' | 'staff' | 'closed'
  readonly officer?: string
  readonly at: number
}

export interface Feedback {
  /** Id of an assistant's message. */
  readonly message: string
  readonly value: 'up' | 'down'
  /** At most 500 characters. */
  readonly word?: string
}

/** Who runs this, for the privacy notice. An empty text is shown as "chưa cung cấp", never invented. */
export interface About {
  readonly association: { readonly name: string; readonly phone: string; readonly email: string; readonly address: string; readonly hours: string }
  /** Days that conversations are kept. */
  readonly keptDays: number
  readonly attachments: { readonly kinds: readonly AttachmentKind[]; readonly maxBytes: number }
  readonly maxCharacters: number
  /** A sentence while the channel is switched off, else null. */
  readonly pause: string | null
}
