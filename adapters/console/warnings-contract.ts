/** What the page of warnings and the page of the published list say to the server and back: types only. */
import type { Entry, ViolatorStatus } from '../../bot/violators/entry.ts'
import type { BadRow } from '../../bot/violators/table.ts'
import type { Figures, WarningContent } from '../../bot/warning/content.ts'
import type { SendingCounts } from '../../bot/warning/counts.ts'
import type { Trick } from '../../bot/warning/draft.ts'
import type { WarningEvent, WarningStatus } from '../../bot/warning/life.ts'
import type { CitationView } from './contract.ts'

/** Times in milliseconds UTC. */
export interface WarningItem {
  readonly id: string
  readonly title: string
  readonly status: WarningStatus
  /** Whether everybody sees it, or an earlier version of it. */
  readonly shown: boolean
  readonly changedBy: string
  readonly changedAt: number
  readonly firstShownAt: number | null
  readonly endsOn: string | null
  readonly sending: SendingCounts
}

/** `GET /warnings`. */
export interface WarningsView {
  readonly warnings: readonly WarningItem[]
  readonly subscribers: number
}

/** `GET /warnings/:id`. */
export interface WarningView extends WarningItem {
  readonly version: number
  readonly content: WarningContent
  readonly citations: readonly CitationView[]
  /** As they would be shown if it were approved now. */
  readonly figures: Figures
  readonly figuresSaid: string
  /** Cases that it was drafted from, and how many of them their people lent to warnings. */
  readonly cases: number
  readonly agreed: number
  readonly steps: readonly { readonly at: number; readonly by: string; readonly kind: WarningEvent; readonly reason: string }[]
  /** What whoever looks may do with it now. */
  readonly may: readonly WarningEvent[]
  /** Why it cannot be approved by whoever looks, though they may approve others'. */
  readonly ownWords: boolean
  /** Where everybody reads it; null where nobody outside could follow it, or nothing is shown. */
  readonly address: string | null
}

/** `GET /warnings/tricks`. */
export interface TricksView {
  readonly tricks: readonly Trick[]
}

/** Times in milliseconds UTC. */
export interface ViolatorView {
  readonly id: string
  readonly status: ViolatorStatus
  readonly entry: Entry
  readonly file: string
  readonly enteredBy: string
  readonly changedBy: string
  readonly changedAt: number
  readonly reason: string
  readonly corrects: boolean
}

export interface BatchView {
  readonly id: string
  readonly kind: 'file' | 'hand' | 'correction'
  readonly file: string
  readonly by: string
  readonly mine: boolean
  readonly at: number
  readonly reason: string
  readonly count: number
  /** The first of them. */
  readonly entries: readonly ViolatorView[]
}

/** `GET /violators`. */
export interface ViolatorsView {
  readonly listed: readonly ViolatorView[]
  readonly count: number
  readonly waiting: readonly BatchView[]
  /** Taken off or corrected, the latest first. */
  readonly past: readonly ViolatorView[]
}

/** `POST /violators/check`: what would become of a file; nothing is written. */
export interface CheckedFile {
  readonly fresh: readonly Entry[]
  readonly known: number
  readonly bad: readonly BadRow[]
}
