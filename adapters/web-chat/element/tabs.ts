/**
 * All tabs of one visitor share one stream: browsers open only six connections to a server over HTTP/1.1. The tab that holds the lock has the stream and tells the
 * others; each tab knows up to which number it has everything, so whoever comes next goes on from there, and a gap is asked for. Without locks or channels every
 * tab has its own stream.
 *
 *     server ──stream──▶ leader ──event, beat──▶ followers
 *                          ◀──────── ask ───────
 */
import type { Answer } from './api.ts'
import { Connection, type Line } from './connection.ts'
import { locks } from './locks.ts'
import type { RawEvent } from './sse.ts'

export interface TabsPort {
  readonly open: (signal: AbortSignal) => Promise<Answer<Response>>
  readonly event: (event: RawEvent) => void
  /** Everything that was kept has come. */
  readonly caughtUp: () => void
  readonly line: (line: Line, message?: string) => void
  /** Up to which number nothing is missing here. */
  readonly last: () => number
  readonly after: (number: number) => RawEvent[]
  readonly erased: () => void
}

type Told =
  | { readonly kind: 'event'; readonly event: RawEvent }
  | { readonly kind: 'beat'; readonly last: number; readonly line: Line; readonly message?: string }
  | { readonly kind: 'ask'; readonly after: number }
  | { readonly kind: 'erased' }

const SILENCE_MS = 40_000
/** A leader that is awake answers at once; one that the phone has put to sleep does not. */
const ANSWER_MS = 2_500

export class Tabs {
  private readonly connection: Connection
  private readonly channel: BroadcastChannel | undefined
  private leading = false
  private ended = false
  private line: Line = 'down'
  private refusal: string | undefined
  private release = () => {}
  private inQueue = new AbortController()
  private patience: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly name: string,
    private readonly port: TabsPort,
  ) {
    this.connection = new Connection({
      open: port.open,
      event: (event) => this.fromServer(event),
      beat: () => this.beat(),
      line: (line, message) => this.changeLine(line, message),
    })
    this.channel = locks() && typeof BroadcastChannel !== 'undefined' ? new BroadcastChannel(name) : undefined
    this.channel?.addEventListener('message', ({ data }) => this.hear(data as Told))
  }

  start(): void {
    if (this.channel) {
      this.queue(false)
      this.ask()
    } else this.connection.start()
  }

  end(): void {
    this.ended = true
    this.inQueue.abort()
    clearTimeout(this.patience)
    this.connection.end()
    this.release()
    this.channel?.close()
  }

  wake(sure: boolean): void {
    if (this.leading || !this.channel) this.connection.wake(sure)
    else this.ask()
  }

  tellErased(): void {
    this.tell({ kind: 'erased' })
  }

  /** What comes late, after the end, has nobody to tell: the channel is closed. */
  private tell(told: Told): void {
    if (!this.ended) this.channel?.postMessage(told)
  }

  // ── leading ───────────────────────────────────────────────────────────────────────────────────

  /** Waits for the lock, or takes it from a leader that does not answer. */
  private queue(steal: boolean): void {
    this.inQueue.abort()
    this.inQueue = new AbortController()
    const options = steal ? { steal } : { signal: this.inQueue.signal }
    void locks()
      ?.request(this.name, options, () => this.lead())
      .catch(() => this.lostLead())
  }

  private lead(): Promise<void> {
    if (this.ended) return Promise.resolve()
    clearTimeout(this.patience)
    this.leading = true
    this.connection.start()
    return new Promise((resolve) => {
      this.release = resolve
    })
  }

  /** Another tab found this one asleep and took over; it may be this one's turn again later. */
  private lostLead(): void {
    if (this.ended || !this.leading) return
    this.leading = false
    this.connection.end()
    this.queue(false)
    this.ask()
  }

  private fromServer(event: RawEvent): void {
    this.port.event(event)
    this.tell({ kind: 'event', event })
  }

  private beat(): void {
    this.port.caughtUp()
    this.tellBeat()
  }

  private tellBeat(): void {
    this.tell({ kind: 'beat', last: this.port.last(), line: this.line, ...(this.refusal ? { message: this.refusal } : {}) })
  }

  private changeLine(line: Line, message?: string): void {
    this.line = line
    this.refusal = message
    this.port.line(line, message)
    this.tellBeat()
  }

  private answer(after: number): void {
    for (const event of this.port.after(after)) this.tell({ kind: 'event', event })
    this.tellBeat()
  }

  // ── following ─────────────────────────────────────────────────────────────────────────────────

  private ask(): void {
    if (this.ended || this.leading) return
    this.tell({ kind: 'ask', after: this.port.last() })
    this.expect(ANSWER_MS)
  }

  /** A leader that stays silent is asleep: only a tab that someone looks at takes its place. */
  private expect(ms: number): void {
    clearTimeout(this.patience)
    this.patience = setTimeout(() => {
      if (!this.leading && document.visibilityState === 'visible') this.queue(true)
    }, ms)
  }

  private hear(told: Told): void {
    if (told.kind === 'erased') this.port.erased()
    else if (told.kind === 'ask' && this.leading) this.answer(told.after)
    else if (told.kind !== 'ask' && !this.leading) this.hearLeader(told)
  }

  private hearLeader(told: Extract<Told, { kind: 'event' | 'beat' }>): void {
    this.expect(SILENCE_MS)
    if (told.kind === 'event') this.follow(told.event)
    else this.followBeat(told)
  }

  private follow(event: RawEvent): void {
    const gap = event.number > this.port.last() + 1
    this.port.event(event)
    if (gap) this.ask()
  }

  private followBeat({ last, line, message }: Extract<Told, { kind: 'beat' }>): void {
    this.port.line(line, message)
    if (last > this.port.last()) this.ask()
    else if (line === 'up') this.port.caughtUp()
  }
}
