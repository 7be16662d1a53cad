/** One stream of events that is kept alive: reconnects where it left off, notices silence, and waits longer after each failure. */
import type { Answer } from './api.ts'
import { type RawEvent, sseReader } from './sse.ts'

export type Line = 'up' | 'down' | 'refused'

export interface ConnectionPort {
  /** Opens the stream after the last event that was had. */
  readonly open: (signal: AbortSignal) => Promise<Answer<Response>>
  readonly event: (event: RawEvent) => void
  /** A sign of life. The first one after opening says that what was kept has all come. */
  readonly beat: () => void
  readonly line: (line: Line, message?: string) => void
}

/** The server says something every 15 seconds. */
const SILENCE_MS = 40_000
/** Coming back to a tab: silence of more than one beat may be a dead line that nobody noticed. */
const DOUBT_MS = 17_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/** How long to wait after so many failures in a row: doubled each time, and spread so that not everybody comes back at once. */
export function waitAfter(failures: number, random: number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1))
  return longest * (0.5 + random / 2)
}

export class Connection {
  private running = false
  private failures = 0
  private heard = 0
  private stop = new AbortController()
  private watchdog: ReturnType<typeof setTimeout> | undefined
  private wakeUp = () => {}

  constructor(private readonly port: ConnectionPort) {}

  start(): void {
    if (this.running) return
    this.running = true
    void this.run()
  }

  end(): void {
    this.running = false
    this.drop()
  }

  /** The tab or the network is back. `sure`: the line is certainly dead. */
  wake(sure: boolean): void {
    if (!this.running) return
    this.failures = 0
    if (sure || Date.now() - this.heard > DOUBT_MS) this.drop()
    this.wakeUp()
  }

  private drop(): void {
    clearTimeout(this.watchdog)
    this.stop.abort()
    this.wakeUp()
  }

  private async run(): Promise<void> {
    while (this.running) {
      const stop = new AbortController()
      this.stop = stop
      this.hear()
      const answer = await this.port.open(stop.signal)
      // Ended while it was being opened, and perhaps begun anew by another run.
      if (!this.running || this.stop !== stop) return
      if (answer.kind === 'ok') await this.read(answer.body)
      else if (answer.kind !== 'later') this.giveUp(answer.message)
      if (this.running) await this.rest(answer.kind === 'later' ? answer.afterMs : undefined)
    }
  }

  private giveUp(message: string): void {
    this.running = false
    clearTimeout(this.watchdog)
    this.port.line('refused', message)
  }

  private async read(response: Response): Promise<void> {
    const reader = response.body?.getReader()
    const decoder = new TextDecoder()
    const take = sseReader({ event: this.port.event, comment: () => this.port.beat() })
    this.port.line('up')
    try {
      for (let piece = await reader?.read(); piece && !piece.done && this.running; piece = await reader?.read()) {
        this.failures = 0
        this.hear()
        take(decoder.decode(piece.value, { stream: true }))
      }
    } catch {
      // The line broke: the loop around opens the next one.
    }
  }

  /** Restarts the watch: silence for too long means a dead line. */
  private hear(): void {
    this.heard = Date.now()
    clearTimeout(this.watchdog)
    this.watchdog = setTimeout(() => this.drop(), SILENCE_MS)
  }

  private async rest(afterMs = 0): Promise<void> {
    clearTimeout(this.watchdog)
    this.failures += 1
    this.port.line('down')
    await new Promise<void>((resolve) => {
      this.wakeUp = resolve
      setTimeout(resolve, Math.max(afterMs, waitAfter(this.failures, Math.random())))
    })
  }
}
