/** What the page of one's own account and the server say about being told of work: types only. Times are milliseconds UTC. */
import type { AlertKind } from '../../bot/alerts/matters.ts'

/** `GET /me/alerts`. `PUT /me/alerts {off, night}` keeps wishes, `POST /me/alerts/code` answers {@link AlertCode}, `DELETE /me/alerts` disconnects. */
export interface AlertsView {
  /** Where the officer is told; null: nowhere. */
  readonly place: { readonly channel: string; readonly since: number; readonly warnings: readonly string[] } | null
  readonly off: readonly AlertKind[]
  readonly night: boolean
  /** As "07:30–17:00". */
  readonly hours: string
  /** Channels that can tell, each with what limits it. */
  readonly places: readonly { readonly channel: string; readonly address: string | null; readonly words: string }[]
}

export interface AlertCode {
  readonly code: string
  readonly endsAt: number
}
