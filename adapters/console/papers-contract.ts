/** What the server answers about posters and call-backs. Types only: the page in the browser reads them too. Times in milliseconds UTC. */
import type { ClockState } from '../../bot/case/clocks.ts'
import type { CallBackOutcome } from '../../bot/handoff/call-back.ts'

/** `GET /posters`; the sheets to print: `GET /posters/print?channel=`, without a channel all of them. */
export interface PostersView {
  readonly posters: readonly PosterView[]
}

export interface PosterView {
  readonly channel: string
  readonly name: string
  /** Null while nobody knows it; `note` then says what must be done. */
  readonly address: string | null
  /** SVG. */
  readonly qr: string | null
  readonly note: string | null
}

/**
 * `GET /call-backs`: all that are open, by due time, then those done of late. `POST /call-backs {phone, hours, conversation?, number?}` answers `{ id }`;
 * `POST /call-backs/:id/take` and `POST /call-backs/:id/done {outcome}`; `GET /call-backs/:id` answers {@link CallBackWhole}, and the reading is written down.
 */
export interface CallBacksView {
  readonly rows: readonly CallBackView[]
  readonly open: number
  readonly overdue: number
}

export interface CallBackView {
  readonly id: string
  /** Its last figures; empty once done: nobody needs it any more. */
  readonly phone: string
  readonly hours: string
  readonly conversation: string | null
  readonly number: string | null
  readonly askedAt: number
  readonly clock: { readonly due: string; readonly state: ClockState; readonly words: string }
  /** The officer's name. */
  readonly takenBy: string | null
  readonly mine: boolean
  readonly doneAt: number | null
  readonly outcome: CallBackOutcome | null
}

export interface CallBackWhole {
  /** All of it, to be dialled. */
  readonly phone: string
}
