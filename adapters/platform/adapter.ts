/** What each messaging platform brings: a channel to send to, a door or a poll for what comes in, and what an operator may ask of it. */
import type { Channel } from '../../bot/delivery/relay.ts'
import type { Inbound, Reading, Taken } from './inbound.ts'
import type { Door } from './webhook.ts'

export interface PlatformAdapter {
  readonly channel: Channel
  /** Where events come in when there is a public address; undefined when the setting has no secret for it. */
  readonly door: Door | undefined
  /** Fetches events until aborted, where there is no public address; undefined where the platform cannot be polled. */
  readonly poll: Poll | undefined
  readonly admin: PlatformAdmin
  /** What must be done once a day so that the access does not run out; rejects where it could not be done. */
  tend?(): Promise<void>
  /** @returns an address that opens a chat with us and hands us `code`, and the platform's name for people; undefined where there is none, or while it is not known. */
  invitation?(code: string): { readonly where: string; readonly address: string } | undefined
}

/** Each event is on disk before the next is fetched; `take` is asked again, after a pause, until it is. Rejects only for faults that end the polling for good. */
export type Poll = (polling: Polling, signal: AbortSignal) => Promise<void>

export interface Polling {
  take(inbound: Inbound): Promise<Taken>
  /** The reading of an event that has just been fetched. */
  reading(): Reading
  /** A code of what went wrong, for the log; never words of the platform. */
  trouble(code: string): void
}

/** For the command line: every answer is whole sentences in Vietnamese for the operator, `ok` false where something must be done. Never throws for what the platform says. */
export interface PlatformAdmin {
  status(): Promise<Report>
  /** @param publicUrl as https://antam.example.vn */
  setWebhook(publicUrl: string): Promise<Report>
  deleteWebhook(): Promise<Report>
  /** Whether the platform knows us and reaches us. */
  test(): Promise<Report>
}

export interface Report {
  readonly ok: boolean
  readonly sentences: readonly string[]
}
