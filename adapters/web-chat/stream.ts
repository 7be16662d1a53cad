/**
 * A visitor's stream of server-sent events: everything appended after the number they know, then whatever comes, with a comment as heartbeat between.
 *
 *   Last-Event-ID 7 ──▶ rows 8, 9, 10 … ──▶ `: ` history is over ──▶ (woken) row 11 ──▶ … ──▶ `: ` every 15 s
 *
 * The rows are the truth; a wake only says that there are more. A stream that misses a wake reads the rows at its next heartbeat.
 */
import { Readable } from 'node:stream'
import { Bell } from '../../bot/delivery/bell.ts'
import type { StoredEvent } from '../storage/web-event-store.ts'
import type { TypingEvent } from './contract.ts'
import type { Hub } from './hub.ts'

const HEARTBEAT_MS = 15_000
const ROWS_AT_ONCE = 100
const RECONNECT_MS = 2_000
const GRACE_MS = 1_000

export interface StreamSource {
  readonly hub: Hub
  /** @returns events after `number` in order, at most `limit`. */
  after(visitor: string, number: number, limit: number): Promise<readonly StoredEvent[]>
  /** Whether what the visitor holds is still good; asked before every read. */
  holds(): boolean
}

/**
 * @param cut tears the line: called when a stream that was told to end has not ended a second later, because its client takes nothing
 * @returns the stream from `number` on; it ends when the client goes, when the server stops, or when `holds` says no
 */
export function openStream(source: StreamSource, visitor: string, number: number, cut: () => void = () => undefined): Readable {
  return new EventStream(source, visitor, number, cut)
}

/** Not `Readable.from`: that waits for the generator before it is closed, and the generator may sleep until the next heartbeat. */
class EventStream extends Readable {
  readonly #state: Listening = { bell: new Bell(), typing: [], ended: false }
  readonly #frames: AsyncGenerator<string>
  readonly #leave: () => void

  constructor(source: StreamSource, visitor: string, number: number, cut: () => void) {
    super()
    const { bell, typing } = this.#state
    this.#frames = frames(source, visitor, number, this.#state)
    this.#leave = source.hub.join(visitor, {
      wake: () => bell.ring(),
      typing: (event) => {
        typing.push(event)
        bell.ring()
      },
      end: () => {
        if (!this.#state.ended) setTimeout(cut, GRACE_MS).unref()
        this.#end()
      },
    })
  }

  #end(): void {
    this.#state.ended = true
    this.#state.bell.ring()
  }

  override _read(): void {
    this.#frames.next().then(
      ({ value, done }) => this.push(done ? null : value),
      (error) => this.destroy(error),
    )
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#leave()
    this.#end()
    callback(error)
  }
}

interface Listening {
  readonly bell: Bell
  readonly typing: TypingEvent[]
  ended: boolean
}

async function* frames(source: StreamSource, visitor: string, from: number, state: Listening): AsyncGenerator<string> {
  yield `retry: ${RECONNECT_MS}\n\n`
  let number = from
  let caughtUp = false
  while (!state.ended && source.holds()) {
    const rows = await source.after(visitor, number, ROWS_AT_ONCE)
    for (const row of rows) yield frame(row)
    number = rows.at(-1)?.number ?? number
    yield* typingFrames(state)
    if (rows.length === ROWS_AT_ONCE) continue
    yield* heartbeat(!caughtUp || (await slept(state)))
    caughtUp = true
  }
}

/** @returns whether nothing happened until the heartbeat was due. */
async function slept({ bell }: Listening): Promise<boolean> {
  const started = performance.now()
  await bell.wait(HEARTBEAT_MS)
  return performance.now() - started >= HEARTBEAT_MS - 50
}

function* heartbeat(due: boolean): Generator<string> {
  if (due) yield ': \n\n'
}

function* typingFrames(state: Listening): Generator<string> {
  for (const event of state.typing.splice(0)) yield `event: typing\ndata: ${JSON.stringify(event)}\n\n`
}

/** JSON has no line breaks outside its strings, so the data is always one line. */
function frame({ number, type, data }: StoredEvent): string {
  return `id: ${number}\nevent: ${type}\ndata: ${data}\n\n`
}
