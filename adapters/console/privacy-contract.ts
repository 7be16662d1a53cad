/** What the console's page and the server say to each other about personal data. Types only. Times are milliseconds UTC; days are YYYY-MM-DD; moments given are YYYY-MM-DDTHH:mm in Vietnam. */
import type { ConsentWay } from '../../bot/case/filing.ts'
import type { BreachCounts } from '../../bot/privacy/breach.ts'
import type { ConsentEnd, RegisterPurpose } from '../../bot/privacy/register.ts'
import type { RequestKind, RequestResult, RequestState, RequestWay } from '../../bot/privacy/requests.ts'
import type { RetentionName } from '../../bot/privacy/retention.ts'

/** One agreement, in one case or one conversation. `how`: in the chat, or how an officer was told. */
export interface ConsentView {
  readonly number: string | null
  readonly conversation: string | null
  readonly purpose: RegisterPurpose
  readonly version: string
  readonly at: number
  readonly how: 'chat' | ConsentWay
  /** The message in which it was said; null where an officer was told. */
  readonly message: string | null
  /** Null: it stands. */
  readonly endedAt: number | null
  readonly ended: ConsentEnd | null
}

/** `GET /privacy/consents?purpose&standing=yes|no&before`; `next` is the `before` of the next page. `POST /privacy/consents/withdraw {case, purpose}` or `{conversation}` (to be told of warnings) writes down what an officer was told. */
export interface ConsentsView {
  readonly rows: readonly ConsentView[]
  readonly next: string | null
}

export interface RequestView {
  readonly id: string
  readonly kind: RequestKind
  readonly way: RequestWay | 'chat'
  /** Of its case; null: none was named. */
  readonly number: string | null
  /** Pseudonym. */
  readonly person: string | null
  readonly askedAt: number
  readonly due: string
  readonly state: RequestState
  readonly note: string
  /** Name of the officer who wrote it down; null for what came in the chat. */
  readonly by: string | null
  readonly doneAt: number | null
  readonly doneBy: string | null
  readonly result: RequestResult | 'automatic' | null
  readonly outcome: string
}

/**
 * `GET /privacy/requests?before`. `POST /privacy/requests {kind, way, askedOn, case, conversation, note}` (an empty text for a case or conversation that is not known)
 * answers `{ id }`; `POST /privacy/requests/:id/answer {result, outcome}`.
 */
export interface RequestsView {
  readonly goal: { readonly words: string; readonly note: string; readonly basis: string }
  /** The oldest first. */
  readonly open: readonly RequestView[]
  /** The latest first. */
  readonly answered: readonly RequestView[]
  readonly next: string | null
}

export interface RetentionClassView {
  readonly id: RetentionName
  readonly name: string
  readonly why: string
  /** What a run does with it, in words. */
  readonly does: string
  /** Null: without end. */
  readonly days: number | null
  readonly due: number
  readonly oldest: number | null
  readonly newest: number | null
}

export interface RetentionRunView {
  readonly number: number
  readonly at: number
  readonly by: string
  readonly name: string
  /** How much, in words. */
  readonly removed: string
}

/** `GET /privacy/retention?before`: what would go today, and what went. `POST /privacy/retention` does it and answers {@link Said}. */
export interface RetentionView {
  readonly classes: readonly RetentionClassView[]
  /** Conversations past their time that stay, since somebody still waits for something. */
  readonly held: { readonly due: number; readonly oldest: number | null }
  readonly log: readonly RetentionRunView[]
  readonly next: string | null
}

/** What was done, as a sentence. */
export interface Said {
  readonly sentence: string
}

/** `GET /privacy/people?code`: conversations by the code that a visitor reads on the page; nothing that was said. */
export interface PeopleView {
  readonly found: readonly { readonly id: string; readonly channel: string; readonly createdAt: number; readonly updatedAt: number }[]
}

/**
 * `GET /privacy/person?case|conversation`: what is held, as counts. `GET /privacy/person/export?case|conversation` is the whole of it, as a file.
 * `POST /privacy/person/erase {case|conversation, why}` answers {@link Said}.
 */
export interface PersonView {
  /** One, or more where the person went on with a matter on other channels. */
  readonly pseudonyms: readonly string[]
  readonly sentence: string
  /** Cases that stay, since an officer wrote down why. */
  readonly heldCases: number
}

/** `GET /privacy/breach?from&to&channel&scope&foundAt`; `GET /privacy/breach/people.csv?from&to&channel&scope` is the list, whose reading is written down. */
export interface BreachView extends BreachCounts {
  readonly channels: readonly { readonly channel: string; readonly people: number; readonly cases: number }[]
  /** Until when the authority must have been told; null: it was not said when it was found. */
  readonly noticeUntil: number | null
  readonly law: readonly string[]
}
