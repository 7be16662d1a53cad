/** The log of the service: one event a line on standard error. Every event has fixed fields; none of them could hold a person's words, name, number or address, or a token. */

export type LogEvent =
  | { readonly event: 'request'; readonly route: string; readonly status: number; readonly ms: number; readonly outcome: string }
  | { readonly event: 'fault'; readonly where: string; readonly name: string; readonly code?: string }
  | { readonly event: 'undelivered'; readonly channel: string; readonly code: string; readonly what: 'again' | 'held' | 'final' }
  /** An event of a platform that is none of ours to answer. */
  | { readonly event: 'ignored'; readonly channel: string; readonly reason: string }
  /** A platform, or what its plan allows, is not as it should be. */
  | { readonly event: 'platform' | 'plan'; readonly channel: string; readonly code: string }
  /** A case that did not reach the intake; after `gone` and `given_up` somebody must look. */
  | { readonly event: 'handover'; readonly way: 'webhook' | 'mail'; readonly code: string; readonly what: 'later' | 'gone' | 'given_up' }
  | { readonly event: 'erased_again'; readonly people: number }
  | { readonly event: 'retention'; readonly conversations: number }
  | { readonly event: 'stopping' | 'stopped' | 'stop_forced' }

export type Log = (event: LogEvent) => void

/** Writes events to standard error with the time. */
export function logTo(stream: NodeJS.WritableStream, clock: () => number): Log {
  return (event) => void stream.write(`${JSON.stringify({ at: new Date(clock()).toISOString(), ...event })}\n`)
}

/** @returns the event of a fault: its name and code, never its message, which may repeat what a person wrote. */
export function faultEvent(where: string, error: unknown): LogEvent {
  const name = error instanceof Error ? error.name : 'unknown'
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { event: 'fault', where, name, ...(code === undefined ? {} : { code }) }
}
