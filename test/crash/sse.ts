/** One tab of a visitor: a stream that resumes where it broke off, and remembers all that it was shown. */
import type { History, StreamEvent } from './history.ts'
import type { Random } from './random.ts'
import type { ServiceProcess } from './service-process.ts'

export interface Session {
  readonly visitor: string
  readonly token: string
}

/** @returns whole frames only: what a kill tore off is not an event. */
async function* framesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true })
    const frames = rest.split('\n\n')
    rest = frames.pop() ?? ''
    yield* frames
  }
}

/** @returns the event of a frame; undefined for heartbeats, for `retry`, and for typing, which is not kept and has no number */
function eventOf(frame: string): StreamEvent | undefined {
  const fields = new Map(frame.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const))
  const [id, type, data] = [fields.get('id'), fields.get('event'), fields.get('data')]
  return id && type && data ? { number: Number(id), type, data } : undefined
}

/** Silence after which a tab gives a stream up. Some are less patient than the heartbeat is long: they resume for nothing, which must do no harm. */
const PATIENCE_MS = [3_000, 20_000] as const
const AGAIN_MS = [20, 400] as const

export class Tab {
  readonly session: Session
  readonly events: StreamEvent[] = []
  readonly #service: ServiceProcess
  readonly #history: History
  readonly #random: Random
  readonly #closing = new AbortController()
  #last = 0
  /** Resolves when it has ended. */
  readonly closed: Promise<void>

  constructor(session: Session, service: ServiceProcess, history: History, random: Random) {
    this.session = session
    this.#service = service
    this.#history = history
    this.#random = random
    this.closed = this.#run()
  }

  get last(): number {
    return this.#last
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  close(): Promise<void> {
    this.#closing.abort()
    return this.closed
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    const stopped = new Promise<undefined>((done) => signal.addEventListener('abort', () => done(undefined)))
    for (let tries = 0; !signal.aborted; tries++) {
      const url = await Promise.race([this.#service.up(), stopped])
      if (url === undefined) return
      if (tries > 0 && this.#last > 0) this.#history.counts.resumed++
      const goOn = await this.#listen(url).catch(() => true)
      if (!goOn) return
      await Promise.race([pause(this.#random.between(...AGAIN_MS)), stopped])
    }
  }

  /** @returns whether another stream makes sense: not for a visitor who is erased */
  async #listen(url: string): Promise<boolean> {
    const patience = new Patience(this.#random.between(...PATIENCE_MS), this.#closing.signal)
    try {
      const headers = { authorization: `Bearer ${this.session.token}`, ...(this.#last > 0 ? { 'last-event-id': String(this.#last) } : {}) }
      const response = await fetch(`${url}/api/chat/events`, { headers, signal: patience.signal })
      if (response.status === 401) return this.#refused()
      if (response.status !== 200 || !response.body) return true
      for await (const frame of framesOf(response.body)) {
        patience.renew()
        this.#shown(eventOf(frame))
      }
      return true
    } finally {
      patience.end()
    }
  }

  #refused(): boolean {
    if (!this.#history.leaving.has(this.session.visitor)) this.#history.broken('stream_refused', `401 for ${this.session.visitor}`)
    return false
  }

  #shown(event: StreamEvent | undefined): void {
    if (!event) return
    const due = this.#last + 1
    if (event.number < due) this.#history.broken('event_doubled', `${this.session.visitor} was shown ${event.number} again`)
    if (event.number > due) this.#history.broken('event_missing', `${this.session.visitor} was shown ${event.number} where ${due} was due`)
    this.#last = event.number
    this.events.push(event)
    if (event.data.includes('"replyTo":')) this.#history.counts.answersShown++
  }
}

/** Aborts when renewed too seldom. */
class Patience {
  readonly #controller = new AbortController()
  readonly #ms: number
  readonly #timer: NodeJS.Timeout
  readonly signal: AbortSignal

  constructor(ms: number, closing: AbortSignal) {
    this.#ms = ms
    this.#timer = setTimeout(() => this.#controller.abort(), this.#ms)
    this.signal = AbortSignal.any([this.#controller.signal, closing])
  }

  renew(): void {
    this.#timer.refresh()
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#controller.abort()
  }
}

/** A stretch of time that is part of the scenario, never a way of waiting for something. */
export function pause(ms: number): Promise<undefined> {
  return new Promise((done) => void setTimeout(() => done(undefined), ms))
}
