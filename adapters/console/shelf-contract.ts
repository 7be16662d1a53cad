/** What the page of the knowledge desk and the server say to each other: types only. */
import type { EditState, Trial } from '../../bot/shelf/edit.ts'
import type { Edit, GuideContent, WordContent } from '../../knowledge/edits.ts'
import type { Review } from '../../knowledge/ingest/review.ts'
import type { GuideKind } from '../../knowledge/schema.ts'

/** An edit in a list. */
export interface EditLine {
  readonly id: string
  readonly kind: Edit['kind']
  readonly key: string
  readonly title: string
  readonly state: EditState
  readonly revision: number
  /** Names of officers. */
  readonly writtenBy: string
  readonly writtenAt: number
  readonly approvedBy: string | null
  readonly approvedAt: number | null
  /** Takes something off the shelf. */
  readonly removes: boolean
  /** Stands in for something that ships. */
  readonly replaces: boolean
}

export interface GuideRow {
  readonly id: string
  readonly title: string
  readonly kind: GuideKind
  readonly state: 'base' | 'ours' | 'hidden'
  /** Why somebody should look at it: each a sentence. */
  readonly touched: readonly string[]
  /** That is being written for it. */
  readonly open: string | null
}
export interface GuidesView {
  readonly guides: readonly GuideRow[]
}

export interface GuideView {
  readonly id: string
  readonly content: GuideContent
  readonly citations: EditView['citations']
  readonly open: string | null
  readonly history: readonly EditLine[]
}

export interface WordRow {
  readonly key: string
  readonly content: WordContent
  readonly state: 'base' | 'ours' | 'changed'
  readonly open: string | null
  /** Of the office's own: the version that is live. */
  readonly live: string | null
}
export interface WordsView {
  readonly words: readonly WordRow[]
}

export interface EditsView {
  readonly open: readonly EditLine[]
  readonly recent: readonly EditLine[]
}

export interface EditView extends EditLine {
  readonly content: Edit['content']
  /** What is answered from now under this key; null: nothing, or the edit is not open any more. */
  readonly stands: Edit['content']
  readonly faults: readonly string[]
  readonly trial: Trial | null
  /** Of what is written now; `aged`: the library has changed since. */
  readonly tried: boolean
  readonly aged: boolean
  readonly note: string
  /** Whoever looks has not written on it, and may approve. */
  readonly mayApprove: boolean
  /** Of what is written, and of what stands. */
  readonly citations: readonly { readonly pointer: string; readonly text: string; readonly note: string }[]
}

/** What is being tried: how many questions of how many. */
export interface TrialState {
  readonly running: { readonly edit: string; readonly done: number; readonly total: number } | null
  /** Why the last trial of an edit did not end well, by its id. */
  readonly failed: Readonly<Record<string, string>>
}

export interface VersionRow {
  readonly version: string
  readonly at: number
  readonly by: string
  readonly file: string
}
export interface DocumentsView {
  readonly documents: readonly {
    readonly slug: string
    readonly number: string
    readonly title: string
    readonly published: string | null
    readonly versions: readonly VersionRow[]
  }[]
}
export interface DocumentView extends VersionRow {
  readonly slug: string
  readonly number: string | null
  readonly title: string | null
  readonly issuer: string | null
  readonly issued: string | null
  readonly inForceFrom: string | null
  readonly published: string | null
  readonly citable: boolean
  readonly counts: Review['counts']
  readonly findings: Review['findings']
  readonly changes: string | null
  readonly drifted: readonly string[]
  readonly guides: readonly string[]
}
export interface TakenInView {
  readonly slug: string
  readonly version: string
  /** The same file was taken in before. */
  readonly before: boolean
}
