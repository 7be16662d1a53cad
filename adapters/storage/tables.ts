/**
 * The tables, as kysely sees them. Rules that let SQLite and PostgreSQL share every query: text ids made by the application, times as integer milliseconds UTC,
 * JSON as text, no triggers, `on conflict do nothing`.
 */

import type { Generated } from 'kysely'
import type { CaseResult, CaseStatus } from '../../bot/complaint/status.ts'
import type { WayName } from '../../bot/delivery/handover.ts'
import type { CallBackOutcome } from '../../bot/handoff/call-back.ts'
import type { RequestKind, RequestResult, RequestWay } from '../../bot/privacy/requests.ts'
import type { EditState } from '../../bot/shelf/edit.ts'
import type { Edit } from '../../knowledge/edits.ts'
import type { QuizAudience } from '../../knowledge/quizzes.ts'
import type { WarningTables } from './warning-tables.ts'

/** One person on one channel; also the lane of its undecided messages and what the bot remembers. */
export interface ConversationTable {
  id: string
  channel: string
  /** Where replies go on that channel: a visitor, a chat. */
  address: string
  /** Pseudonym of the person: what deletion, export and tombstones go by. */
  person: string
  /** Rises with every decision and every change of owner; a decision is committed only onto the version it was made from. */
  version: number
  dialogue: string
  ownership: string
  /** Copied out of `ownership` so that it can be searched. */
  owner: string
  /** When the next timer of the owner machine is due; null when none. */
  timer_at: number | null
  /** Last position given to a message in or out. */
  position: number
  /** Last number given to an event of the web chat. */
  event_number: number
  /** Messages not yet decided, and since when the oldest waits: the lane is free to lease while `pending` > 0. */
  pending: number
  pending_since: number | null
  lease_token: string | null
  lease_until: number | null
  created_at: number
  updated_at: number
  /** When the person last wrote; some channels may be written to only for a while after it. */
  heard_at: number | null
  /** Same text, same matter: the person went on with it on another channel. Null while on one channel only. */
  matter: string | null
}

export interface InboxTable {
  id: string
  channel: string
  /** The channel's own name of the message; unique within the channel. */
  external_id: string
  conversation_id: string
  position: number
  /** The masked content as JSON; the raw body is never stored. */
  content: string
  /** `fetching`: its file still lies with the platform; the lane stands still until it is here. */
  state: 'fetching' | 'waiting' | 'decided'
  /** How often deciding it failed. */
  attempts: number
  received_at: number
}

/** One row a message, by primary key: a message cannot be decided twice. */
export interface DecisionTable {
  inbox_id: string
  conversation_id: string
  episode: number
  kind: string
  reason: string | null
  /** Pointers of the citations used, as JSON. */
  citations: string
  confidence: number | null
  decided_at: number
  took_ms: number
}

export interface OutboxTable {
  /** Also the key under which it is delivered, at every try. */
  id: string
  conversation_id: string
  channel: string
  position: number
  body: string
  /** The message it answers; null for notices and officers' words. */
  inbox_id: string | null
  author: 'assistant' | 'staff' | 'owner'
  /** `held`: cannot be delivered until the person writes again. `moved`: went out on another channel of the same matter, as another row. */
  state: 'pending' | 'held' | 'sent' | 'moved' | 'undeliverable'
  attempts: number
  next_attempt_at: number
  lease_until: number | null
  created_at: number
  sent_at: number | null
  /** Code of the last failure: never a message of the channel, which may hold a token. */
  trouble: string | null
  /** Parts of it that have arrived. */
  delivered: Generated<number>
  /** 1 while a part is under way on a channel that does not know keys: whoever finds it so does not know whether it arrived. */
  sending: Generated<number>
  /** How often the fate of the next part was unknown. */
  doubts: Generated<number>
}

/** A file of a message that still lies with the platform; gone once fetched. */
export interface DownloadTable {
  inbox_id: string
  conversation_id: string
  /** Of the message in its conversation. */
  position: number
  /** Where it lies, in the channel's own words. */
  source: string
  attempts: number
  next_attempt_at: number
  lease_until: number | null
}

/** One-time codes with which a person goes on with a matter on another channel. */
export interface TransferTable {
  /** SHA-256 of the code, in hexadecimal. */
  hash: string
  conversation_id: string
  created_at: number
  expires_at: number
  used_at: number | null
}

/** The person asked in the chat that everything be erased: done once the last reply has gone out. */
export interface ErasureTable {
  conversation_id: string
  asked_at: number
}

/** A confirmed complaint: one row a confirmation, whatever becomes of its conversation. */
export interface ComplaintTable {
  /** The case number, as people read it to each other. */
  number: string
  person: string
  channel: string
  /** The conversation in which it was told. */
  told_in: string
  status: CaseStatus
  /** The whole record as JSON. */
  record: string
  confirmed_at: number
  updated_at: number
  /** The body that an officer chose, by whom, when and why, as JSON; what was suggested stands in the record. */
  chosen: string | null
  /** Of a closed case. */
  result: CaseResult | null
  /** The officer who filed it for somebody on the telephone or at the counter. */
  filed_by: string | null
  /** What the person says of how it was handled, as JSON. */
  satisfaction: string | null
  /** Why it may not be erased, by whom and since when, as JSON. */
  hold: string | null
  /** From when on the first look of the office is late; null: nothing was promised. */
  due_at: number | null
  closed_at: number | null
}

/** What happened to a case, in order; never changed. */
export interface CaseEventTable {
  number: string
  /** From 1 within a case. */
  seq: number
  at: number
  /** An officer, `person` or `system`. */
  actor: string
  kind: string
  /** Where the case stands after it. */
  status: CaseStatus
  /** What the person was told, or told us. */
  words: string
  /** For the office alone. */
  note: string
  detail: string
}

/** A file of a case: it outlives the conversation in which it was sent. */
export interface CaseFileTable {
  number: string
  attachment: string
  hash: string
  kind: string
  size: number
  caption: string
  /** 1: the person says that it shows no papers and no card; null: nobody has said. */
  clear: 0 | 1 | null
  added_at: number
}

/** A wrong guess at a case number and its telephone digits. */
export interface CaseTryTable {
  message: string
  conversation_id: string
  number: string
  at: number
}

/** A confirmed case on its way to the intake: one row a case and way, made with the case, kept whatever becomes of it. */
export interface HandoverTable {
  /** Also the event's name at the receiver, at every try. */
  id: string
  number: string
  way: WayName
  /** As it is sent, byte for byte, at every try. */
  body: string
  state: 'pending' | 'delivered' | 'gone' | 'given_up'
  /** Tries that failed since it was last made due. */
  attempts: number
  next_attempt_at: number
  lease_until: number | null
  /** Code of the last failure: never the receiver's words. */
  trouble: string | null
  receipt: string | null
  /** Until when the links in it are good; null where it has none. */
  links_end_at: number | null
  created_at: number
  delivered_at: number | null
}

/** Messages a month and channel, for plans that count them; nobody is named. */
export interface UsageTable {
  channel: string
  /** As 2026-11, in Vietnam. */
  month: string
  received: number
  sent: number
}

/** What a web visitor's stream replays, numbered from 1 within a conversation. */
export interface WebEventTable {
  conversation_id: string
  number: number
  /** What it was made from: the same thing is appended once. */
  key: string
  type: 'message' | 'owner'
  data: string
  at: number
}

export interface EpisodeTable {
  conversation_id: string
  number: number
  owner: string
  reason: string | null
  officer: string | null
  began_at: number
  ended_at: number | null
  ended_by: string | null
  outcome: string | null
}

export interface FeedbackTable {
  conversation_id: string
  /** Id of the outbox row that is judged. */
  message_id: string
  value: 'up' | 'down'
  word: string | null
  at: number
}

export interface AttachmentTable {
  id: string
  conversation_id: string
  hash: string
  kind: string
  size: number
  /** `discarded`: shows what must not be kept; row and bytes go within moments. */
  state: 'quarantined' | 'discarded'
  received_at: number
}

/** Append-only, hash-chained. */
export interface AuditTable {
  number: number
  at: number
  actor: string
  action: string
  subject: string
  detail: string
  previous: string
  hash: string
}

/** What is switched off; a row present means off. */
export interface SwitchTable {
  scope: 'channel' | 'function'
  name: string
  off_since: number
  by: string
  reason: string
}

/** Whose data was erased: replayed after a backup is restored. */
export interface TombstoneTable {
  person: string
  erased_at: number
  why: string
}

/** Somebody who works in the console. */
export interface OfficerTable {
  id: string
  login: string
  name: string
  role: string
  active: 0 | 1
  /** Argon2id, as a PHC string; null until set up. */
  password: string | null
  /** The secret of the second factor, sealed. */
  totp: string | null
  /** The last step of time whose code was used: none is good twice. */
  totp_step: number
  /** SHA-256 of the codes that are left, as JSON. */
  spare_codes: string
  /** 1: what they write waits for a supervisor. */
  approval: Generated<0 | 1>
  made_at: number
  seen_at: number | null
}

/** A one-time link with which an officer sets a password and a second factor. */
export interface OfficerLinkTable {
  /** SHA-256 of the token, in hexadecimal. */
  hash: string
  officer: string
  ends_at: number
  /** What was set with it and waits for the first code. */
  name: string | null
  password: string | null
  totp: string | null
}

export interface OfficerSessionTable {
  id: string
  officer: string
  /** SHA-256 of the token in force, and of the one before it. */
  hash: string
  previous: string | null
  agent: string
  began_at: number
  seen_at: number
  rotated_at: number
  /** 1 once the token in force has come back. */
  arrived: 0 | 1
}

/** For colleagues only; never shown to the person. */
export interface ThreadNoteTable {
  id: string
  conversation_id: string
  at: number
  by: string
  text: string
  mentions: string
}

/** `citations`: pointers, each with the digest of what the law said when the reply was written, as JSON. */
export interface CannedReplyTable {
  id: string
  title: string
  text: string
  citations: string
  by: string
  at: number
}

/** A report as it was made; never changed. */
export interface ReportTable {
  id: string
  year: number
  made_at: number
  /** The officer's name, as it stood then. */
  made_by: string
  content: string
  /** Of `content`, in hexadecimal. */
  sha256: string
}

/** Conversations of one day in Vietnam as counts; nobody is named, nothing is erased with a person. */
export interface ReportDayTable {
  day: string
  content: string
}

/** What somebody asked about their own data, as an officer wrote it down. */
export interface DataRequestTable {
  id: string
  /** Pseudonym; null for somebody of whom nothing was found, or who was erased since. */
  person: string | null
  number: string | null
  kind: RequestKind
  way: RequestWay
  asked_at: number
  due_at: number
  by: string
  note: string
  done_at: number | null
  done_by: string | null
  result: RequestResult | null
  outcome: string | null
}

/** Somebody asked to be called back. */
export interface CallBackTable {
  id: string
  /** Where they asked, or the case that it is about; both null for who asked on the telephone only. */
  conversation_id: string | null
  number: string | null
  /** Empty once done. */
  phone: string
  /** When they wish to be called, in their words; empty once done. */
  hours: string
  asked_at: number
  /** From when on it is late. */
  due_at: number
  taken_by: string | null
  done_at: number | null
  outcome: CallBackOutcome | null
  /** Whenever anything of it changes. */
  changed_at: Generated<number>
  /** Which words the person agreed to in the chat, with which message, as JSON; null where an officer wrote it down. */
  consent: Generated<string | null>
}

/** What the office writes for the library; see `bot/shelf/edit.ts` for its states. */
export interface ShelfEditTable {
  id: string
  kind: Edit['kind']
  /** Id of the guide, or the law's word. */
  key: string
  /** JSON; "null" takes the guide off the shelf. */
  content: string
  state: EditState
  /** Rises with every change: whoever changes what they have not seen is told. */
  revision: number
  /** What the repository said under this key when it was written. */
  base_digest: string | null
  /** Clauses that it rests on, each with the digest of its words at the time. */
  cites: string
  trial: string | null
  written_by: string
  /** JSON list of everybody who wrote on it. */
  authors: string
  written_at: number
  /** Why it was sent back. */
  note: string
  approved_by: string | null
  approved_at: number | null
  ended_at: number | null
  open_key: string | null
  live_key: string | null
}

/** An attempt at a quiz; see `bot/quiz/attempt.ts`. Nobody outside the office has a name in it. */
export interface QuizAttemptTable {
  id: string
  quiz: string
  version: string
  audience: QuizAudience
  /** Of whoever took it in the console. */
  officer: string | null
  /** Of whoever took it on the open page: a hash of the number that their browser was given, which says nothing of them. */
  browser: string | null
  /** Chosen from a list; empty where none was. */
  commune: string
  seed: number
  /** JSON. */
  questions: string
  given: string
  right_count: number
  total: number
  passed: 0 | 1
  started_at: number
  finished_at: number | null
}

/** A one-time code with which an officer's own chat becomes their address for alerts. */
export interface AlertCodeTable {
  /** SHA-256 of the code, in hexadecimal. */
  hash: string
  officer: string
  ends_at: number
}

/** A wrong guess at such a code. */
export interface AlertTryTable {
  message: string
  conversation_id: string
  at: number
}

/** Where an officer is told of work: a conversation of their own, which is no citizen's. */
export interface AlertAddressTable {
  conversation_id: string
  officer: string
  connected_at: number
}

/** What an officer wants to be told; no row: everything, within hours. */
export interface AlertWishTable {
  officer: string
  /** Kinds that are switched off, as JSON. */
  off: string
  /** 1: of danger at any hour. */
  night: 0 | 1
}

/** What an officer was told, by primary key once. `outbox_id` null: they saw it on their page. */
export interface AlertToldTable {
  officer: string
  matter: string
  at: number
  outbox_id: string | null
}

/** Words of an officer that wait for a supervisor, or waited for one. */
export interface ProposedWordsTable {
  /** Also the key under which they are sent. */
  id: string
  conversation_id: string
  /** Of the conversation, when they were written: handed back or taken over, they cannot be sent any more. */
  episode: number
  by: string
  text: string
  /** Pointers, as JSON. */
  citations: string
  at: number
  state: 'waiting' | 'sent' | 'returned' | 'overtaken' | 'dropped'
  decided_by: string | null
  decided_at: number | null
  /** Why they were returned. */
  reason: string | null
}

export interface Tables extends WarningTables {
  conversation: ConversationTable
  inbox: InboxTable
  decision: DecisionTable
  outbox: OutboxTable
  web_event: WebEventTable
  episode: EpisodeTable
  feedback: FeedbackTable
  attachment: AttachmentTable
  audit: AuditTable
  switch: SwitchTable
  tombstone: TombstoneTable
  download: DownloadTable
  transfer: TransferTable
  erasure: ErasureTable
  usage: UsageTable
  complaint: ComplaintTable
  case_event: CaseEventTable
  case_file: CaseFileTable
  case_try: CaseTryTable
  handover: HandoverTable
  officer: OfficerTable
  officer_link: OfficerLinkTable
  officer_session: OfficerSessionTable
  thread_note: ThreadNoteTable
  canned_reply: CannedReplyTable
  call_back: CallBackTable
  quiz_attempt: QuizAttemptTable
  report: ReportTable
  report_day: ReportDayTable
  data_request: DataRequestTable
  alert_code: AlertCodeTable
  alert_try: AlertTryTable
  alert_address: AlertAddressTable
  alert_wish: AlertWishTable
  alert_told: AlertToldTable
  proposed_words: ProposedWordsTable
  shelf_edit: ShelfEditTable
}
