/** What the page and the server say to each other about searching and about the audit: types only. Times are milliseconds UTC. */
import type { AuditAction } from '../../bot/audit/entry.ts'
import type { CaseStatus } from '../../bot/complaint/status.ts'
import type { Owner } from '../../bot/conversation/owner.ts'
import type { Place, SearchKind } from '../../bot/search/kinds.ts'

// ── GET /search ─────────────────────────────────────────────────────────────────────────────────

/** All but `q` may be absent. `kind`: one or several, with commas. Days as 2026-11-28. `owner` is of conversations and their notes, `status` of cases and theirs. */
export interface SearchQuery {
  readonly q: string
  readonly kind?: string
  readonly channel?: string
  readonly from?: string
  /** Included. */
  readonly to?: string
  readonly owner?: Owner
  readonly status?: CaseStatus
}

/** Marked places in UTF-16 units, as `text.slice(start, end)` takes them. */
export interface ExcerptView {
  readonly text: string
  readonly hits: readonly { readonly start: number; readonly end: number }[]
}

interface ResultBase {
  readonly kind: SearchKind
  readonly channel: string
  /** When something last happened there. */
  readonly at: number
  /** When that was said which the excerpt shows. */
  readonly saidAt: number
  readonly place: Place
  readonly excerpt: ExcerptView
  /** false: only with marks left out ("lua dao" for "lừa đảo"). */
  readonly exact: boolean
}
/** A conversation, a case, or a note beside one of them. */
export type SearchResult =
  | (ResultBase & { readonly of: 'chat'; readonly conversation: string; readonly owner: Owner })
  | (ResultBase & { readonly of: 'case'; readonly number: string; readonly status: CaseStatus })

export interface SearchAnswer {
  /** Exact ones first, of each the latest first. */
  readonly results: readonly SearchResult[]
  /** There is more: narrow the search down. */
  readonly more: boolean
}

// ── GET /audit?before&action&actor&subject&limit ────────────────────────────────────────────────

/** All may be absent; `subject` as it is written ("case:GL26-…"), or its kind with a colon ("case:") for all of that kind. */
export interface AuditQuery {
  readonly before?: string
  readonly action?: AuditAction
  readonly actor?: string
  readonly subject?: string
  readonly limit?: string
}

export interface AuditRow {
  readonly number: number
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  /** Ids, counts, codes, a written reason. */
  readonly detail: Readonly<Record<string, unknown>>
}

export interface AuditAnswer {
  /** The latest first. */
  readonly rows: readonly AuditRow[]
  /** What to ask for as `before` to go on; null: that was the beginning. */
  readonly next: number | null
}

// ── GET /audit/verify?expect ────────────────────────────────────────────────────────────────────

/** `expect`: the anchor that an earlier proof gave, so that a tail that was cut off is noticed. `sentence` is shown as it is. */
export interface AuditProof {
  readonly sound: boolean
  /** Entries read where sound, else the number of the entry with the fault. */
  readonly number: number
  /** To be kept elsewhere: "12:9f…"; null where nothing was audited yet or something is wrong. */
  readonly anchor: string | null
  readonly sentence: string
}
