/**
 * What the console's page and its server say to each other: types only, so that the page carries none of the server. Times are milliseconds UTC.
 *
 * Every address stands below `/console/api`. Anything but GET carries the header `x-antam-csrf` with `Me.csrf`. A refusal is `{ error: { code, message } }`, whose message
 * is shown as it is. Sign-in: `POST /session`, `DELETE /session`, `GET /me`; set-up with a link: `GET /set-up/:token`, `POST /set-up`, `POST /set-up/confirm`.
 */
import type { CaseEventKind } from '../../bot/case/life.ts'
import type { CaseResult, CaseStatus } from '../../bot/complaint/status.ts'
import type { HandoffReason, Owner } from '../../bot/conversation/owner.ts'
import type { Permission, Role } from '../../bot/officers/permissions.ts'

// ── signing in ──────────────────────────────────────────────────────────────────────────────────

/** `POST /session`; the six digits of the app, or a spare code. */
export interface SignIn {
  readonly login: string
  readonly password: string
  readonly code: string
}

/** `GET /me`, and the answer to a sign-in. */
export interface Me {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly may: readonly Permission[]
  readonly csrf: string
  readonly office: OfficeView
  /** What this officer writes waits for a supervisor. */
  readonly approval: boolean
}

export interface OfficeView {
  readonly name: string
  readonly hours: string
  /** After how many minutes without an answer a conversation goes back to the queue. */
  readonly silentMinutes: number
  /** What officers write waits for a supervisor, whoever of them it is. */
  readonly approval: boolean
}

/** `GET /set-up/:token`: whose link it is. */
export interface SetUpView {
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly endsAt: number
}

/** `POST /set-up {token, name, password}`: the secret for the app, to be confirmed with its first code by `POST /set-up/confirm {token, code}`. */
export interface SecondFactor {
  readonly secret: string
  readonly uri: string
  /** The address as a picture, SVG text. */
  readonly qr: string
}

/** Answer to `POST /set-up/confirm`: each is good for one sign-in without the app; shown once. */
export interface SpareCodes {
  readonly spareCodes: readonly string[]
}

/** `GET /officers`. `POST /officers {login, name, role}` and `POST /officers/:id/link` answer with `{ link, endsAt }`; `PUT /officers/:id {name, role, active, approval}`. */
export interface OfficerView {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly active: boolean
  /** Password and app are set. */
  readonly ready: boolean
  readonly lastSeenAt: number | null
  /** What they write waits for a supervisor. */
  readonly approval: boolean
}

/** `GET /colleagues`: to whom a conversation can be given, or who can be mentioned; for every officer. */
export interface ColleagueView {
  readonly id: string
  readonly name: string
  readonly here: boolean
}

/** `POST /me/password {old, password}` changes one's own password; other sessions end. */
export interface LinkView {
  readonly link: string
  readonly endsAt: number
}

// ── queue ───────────────────────────────────────────────────────────────────────────────────────

/** `GET /queue?all=1`; without `all` only what waits for people or is with one. Sorted: harm, then the clock. */
export interface QueueView {
  readonly rows: readonly QueueItem[]
  /** All that wait or are with an officer, though only the first are listed. */
  readonly waiting: number
  readonly withOfficers: number
}

export interface QueueItem {
  readonly id: string
  readonly channel: string
  readonly owner: Owner
  /** "trợ lý", "chờ người", or the officer's name. */
  readonly who: string
  readonly officer: string | null
  readonly reason: HandoffReason | null
  readonly reasonWords: string
  /** Somebody may be losing money or be hurt right now. */
  readonly danger: boolean
  /** Since when somebody is owed an answer by a person; null: nobody is. */
  readonly waitingSince: number | null
  readonly lastWords: string
  readonly lastFrom: 'person' | 'assistant' | 'staff'
  readonly lastAt: number
  /** Names of colleagues who have it open. */
  readonly lookers: readonly string[]
  /** Words of an officer wait here for a supervisor. */
  readonly proposed: boolean
}

// ── conversation ────────────────────────────────────────────────────────────────────────────────

/**
 * `GET /chats/:id?before=POSITION`. Deeds: `POST /chats/:id/take`, `/write {id, text, citations}` (`id` is made by the page: sent twice it is written once),
 * `/hand-back {outcome}`, `/close {outcome}`, `/assign {officer}`, `/notes {id, text, mentions}` (officers' ids), `/looking {typing, leaving}` (every 20 s while open, and
 * when it is left), `/draft` (answers {@link DraftView}).
 */
export interface ChatView {
  readonly id: string
  readonly channel: string
  readonly owner: Owner
  readonly who: string
  readonly officer: { readonly id: string; readonly name: string } | null
  readonly reason: HandoffReason | null
  readonly reasonWords: string
  readonly danger: boolean
  readonly episode: number
  readonly since: number
  /** When it goes back to the queue if the officer stays silent; null: no clock runs. */
  readonly returnsAt: number | null
  /** Until when the channel lets us write; null: always. */
  readonly writableUntil: number | null
  readonly maxTextLength: number | null
  readonly brief: BriefView
  /** Oldest first. */
  readonly messages: readonly MessageView[]
  /** Whether there are older ones. */
  readonly more: boolean
  readonly notes: readonly NoteView[]
  readonly cases: readonly CaseItem[]
  readonly lookers: readonly Looker[]
  /** Words that wait for a supervisor, were returned, or came too late; the oldest first. */
  readonly proposed: readonly ProposedView[]
}

/**
 * Deeds below `/chats/:id/proposed/:words`: `POST /send {text, citations}` and `POST /return {reason}` for a supervisor, `POST /drop` for whoever wrote them. `/write` answers
 * `{ proposed: true }` where what was written waits.
 */
export interface ProposedView {
  readonly id: string
  readonly at: number
  readonly by: string
  readonly mine: boolean
  readonly text: string
  readonly citations: readonly CitationView[]
  readonly state: 'waiting' | 'returned' | 'overtaken'
  readonly decidedBy: string | null
  readonly reason: string | null
}

/** What an officer must know before the first word. */
export interface BriefView {
  readonly questions: readonly string[]
  readonly answer: { readonly status: string; readonly text: string; readonly citations: readonly CitationView[] } | null
  readonly fields: readonly FieldView[]
  /** Where a complaint stands that is being told; null: none is. */
  readonly stage: string | null
  readonly missing: readonly string[]
  readonly episodes: readonly EpisodeView[]
}

export interface FieldView {
  readonly name: string
  readonly label: string
  readonly value: string
  /** The person's words that it was read from. */
  readonly from: string
}

export interface EpisodeView {
  readonly number: number
  readonly owner: string
  readonly officer: string | null
  readonly reason: string | null
  readonly beganAt: number
  readonly endedAt: number | null
  readonly outcome: string | null
}

export interface CitationView {
  /** "19/2023/QH15#38.3.b", what `/write` takes back. */
  readonly pointer: string
  readonly text: string
  readonly note: string
}

export interface MessageView {
  readonly id: string
  readonly position: number
  readonly at: number
  readonly from: 'person' | 'assistant' | 'staff' | 'system'
  readonly name: string
  readonly text: string
  readonly citations: readonly CitationView[]
  /** "tệp image/jpeg (chưa mở)" */
  readonly attachment: string | null
  /** Of ours. */
  readonly delivery: 'pending' | 'sent' | 'held' | 'undeliverable' | null
  readonly deliveryWords: string
}

export interface NoteView {
  readonly id: string
  readonly at: number
  readonly by: string
  readonly text: string
  readonly mentions: readonly string[]
}

export interface Looker {
  readonly id: string
  readonly name: string
  readonly typing: boolean
}

/** What the assistant would say to the person's last question. */
export interface DraftView {
  readonly text: string
  readonly citations: readonly CitationView[]
}

/** `GET /citations?q=…`: clauses in force today that are near to the words or the number. */
export interface CitationsView {
  readonly found: readonly (CitationView & { readonly title: string; readonly restatement: string })[]
}

/** `GET /replies`; `POST /replies`, `PUT /replies/:id {title, text, citations}`, `DELETE /replies/:id`. */
export interface CannedReply {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly citations: readonly CitationView[]
  /** Why it must be looked at again before it is used; null: nothing of its law has changed. */
  readonly stale: string | null
  readonly by: string
  readonly at: number
}

// ── cases ───────────────────────────────────────────────────────────────────────────────────────

/** `GET /cases?open=1&status=…`: harm first, then what is due first. */
export interface CasesView {
  readonly rows: readonly CaseItem[]
  readonly open: number
  readonly overdue: number
}

export interface CaseItem {
  readonly number: string
  readonly issue: string
  readonly status: CaseStatus
  readonly statusWords: string
  readonly result: CaseResult | null
  readonly channel: string
  readonly confirmedAt: number
  readonly dueAt: number | null
  readonly overdue: boolean
  readonly danger: boolean
  readonly held: boolean
  /** A hand-over to the intake that has stopped. */
  readonly stopped: boolean
  /** The officer who filed it for somebody; null: the person themselves. */
  readonly filedBy: string | null
  readonly respondent: string
  readonly amount: number | null
  readonly chosen: string | null
}

/**
 * `GET /cases/:number`. `POST /cases/:number/event` with a {@link CaseDeed} other than hold and release, which are `POST /cases/:number/hold {why}` (null: released;
 * needs `case.hold`); a deed answers `{ told }`, what becomes of the notice to the person; `POST /cases/:number/files/:file {clear}`; `GET /cases/:number/files/:file` (the
 * picture itself, once it may be seen); `GET /cases/:number/letter.docx?what=don|biennhan`, `GET /cases/:number/dossier` (page to print, masked),
 * `POST /cases/:number/retry`, `POST /cases/:number/account {why}` answers `{ account }`.
 */
export interface CaseView extends CaseItem {
  readonly conversation: string | null
  readonly story: string
  readonly fields: readonly FieldView[]
  readonly account: string | null
  readonly missing: readonly string[]
  readonly files: readonly CaseFileView[]
  readonly consents: readonly { readonly label: string; readonly stands: boolean; readonly at: number; readonly version: string }[]
  readonly suggestions: readonly SuggestionView[]
  readonly chosenBecause: { readonly agency: string; readonly by: string; readonly at: number; readonly why: string } | null
  readonly hold: { readonly why: string; readonly by: string } | null
  readonly timeline: readonly TimelineRow[]
  readonly clocks: readonly ClockView[]
  readonly handovers: readonly { readonly way: string; readonly words: string; readonly stopped: boolean }[]
  readonly cluster: { readonly respondent: string; readonly people: number; readonly cases: readonly string[] } | null
  readonly satisfaction: { readonly satisfied: boolean; readonly why: string } | null
  /** What may be done now. */
  readonly deeds: readonly CaseEventKind[]
}

export interface SuggestionView {
  /** Empty where the body is not in the directory any more. */
  readonly agency: string
  readonly name: string
  readonly basis: string
  readonly confidence: number
  readonly why: string
}

export interface CaseFileView {
  readonly id: string
  readonly kind: string
  readonly size: number
  readonly caption: string
  /** null: nobody has said whether it shows papers or a card. */
  readonly clear: boolean | null
}

export interface TimelineRow {
  readonly at: number
  readonly by: string
  readonly what: string
  readonly status: string
  readonly words: string
  readonly note: string
}

/** One promise and how it stands, on Vietnamese working days. */
export interface ClockView {
  readonly what: string
  readonly due: string
  readonly state: 'running' | 'late' | 'kept' | 'kept_late'
  readonly words: string
}

export type CaseDeed =
  | { readonly kind: 'receive' | 'handle' | 'reopen' | 'release' }
  | { readonly kind: 'ask_info' | 'answer'; readonly text: string }
  | { readonly kind: 'choose'; readonly agency: string; readonly why: string }
  | { readonly kind: 'transfer'; readonly agency: string }
  | { readonly kind: 'close'; readonly result: CaseResult; readonly text: string }
  | { readonly kind: 'hold'; readonly why: string }

/** `GET /agencies`: whom a case can be given to today. */
export interface AgencyView {
  readonly id: string
  readonly name: string
  readonly receives: string
  readonly verified: boolean
}

/** `GET /case-form`: what a case told on the telephone or at the counter needs; `POST /cases {story, facts: {name: value},
 * consents: [{purpose, how}]}` answers `{ number }`. */
export interface CaseForm {
  readonly facts: readonly {
    readonly name: string
    readonly label: string
    readonly choices: readonly { readonly value: string; readonly label: string }[] | null
  }[]
  readonly issues: readonly { readonly id: string; readonly title: string; readonly group: string }[]
  readonly consents: readonly { readonly purpose: string; readonly text: string }[]
  readonly ways: readonly { readonly id: string; readonly label: string }[]
}

/** `GET /clusters`. */
export interface ClustersView {
  readonly clusters: readonly {
    readonly respondent: string
    readonly people: number
    readonly cases: readonly string[]
    readonly firstAt: number
    readonly lastAt: number
  }[]
}

/** `GET /gaps`: questions that the assistant could not answer, by week. */
export interface GapsView {
  readonly weeks: readonly {
    readonly from: string
    readonly to: string
    readonly total: number
    readonly gaps: readonly { readonly text: string; readonly asked: readonly { readonly chat: string; readonly at: number }[] }[]
  }[]
}

// ── what happens ────────────────────────────────────────────────────────────────────────────────

/** `GET /events`, as server-sent events: something has changed and is to be fetched again. Nothing personal goes over it but officers' names. */
export type ConsoleEvent =
  | { readonly kind: 'queue' }
  /** Said first on every stream: what changed between the page's own fetching and now, nobody tells. */
  | { readonly kind: 'everything' }
  | { readonly kind: 'chat'; readonly chat: string }
  | { readonly kind: 'looking'; readonly chat: string; readonly lookers: readonly Looker[] }
  | { readonly kind: 'mention'; readonly chat: string; readonly by: string }
  /** Somebody new waits for a person. */
  | { readonly kind: 'waiting' }
  /** The list of call-backs is another. */
  | { readonly kind: 'call_backs' }
  /** Where this officer is told of work is another. */
  | { readonly kind: 'alerts' }
