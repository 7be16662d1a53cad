/** One page's stream of server-sent events. It carries no history: after every gap the page fetches what it shows again. */
import { Readable } from 'node:stream'
import type { ConsoleEvent } from './contract.ts'
import type { Live } from './live.ts'

const HEARTBEAT_MS = 15_000
const RECONNECT_MS = 2_000

export interface Listening {
  readonly live: Live
  readonly officer: string
  readonly session: string
  /** Whether the session is still good; asked at every heartbeat. */
  readonly holds: () => Promise<boolean>
}

/** @returns the stream; it ends when the page goes, when the session ends or when the server stops. */
export function openConsoleStream({ live, officer, session, holds }: Listening): Readable {
  const stream = new Readable({ read: () => undefined })
  const end = () => void stream.push(null)
  const leave = live.join({ officer, session, end, tell: (event) => void stream.push(frame(event)) })
  const heartbeat = setInterval(async () => {
    if (await holds().catch(() => false)) stream.push(': \n\n')
    else end()
  }, HEARTBEAT_MS)
  stream.once('close', () => {
    clearInterval(heartbeat)
    leave()
  })
  stream.push(`retry: ${RECONNECT_MS}\n\n`)
  stream.push(frame({ kind: 'everything' }))
  return stream
}

/** JSON has no line breaks outside its strings, so the data is always one line. */
function frame(event: ConsoleEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`
}
