/** Hears what happens elsewhere. Says only that something has changed; who shows it fetches it again. */
import type { ConsoleEvent } from '../contract.ts'
import { BROWSER_TIMERS, type Timers } from './gather.ts'

/** After a break, everything may have changed. */
export type Heard = ConsoleEvent | { readonly kind: 'everything' }

/** The part of an EventSource that is used. */
export interface Source {
  readonly readyState: number
  onopen: ((event: Event) => void) | null
  onmessage: ((event: MessageEvent<string>) => void) | null
  onerror: ((event: Event) => void) | null
  close(): void
}

export interface LiveParts {
  readonly open: () => Source
  /** The server has refused the line: perhaps nobody is signed in any more. */
  readonly refused?: () => void
  readonly timers?: Timers
}

/** Shorter breaks are nobody's business: a phone makes them all day. */
export const SHOWN_AFTER_MS = 5_000
const CLOSED = 2
const AGAIN_MS = [1_000, 3_000, 10_000, 30_000] as const

export class Live {
  private readonly open: () => Source
  private readonly refused: () => void
  private readonly timers: Timers
  private source: Source | undefined
  private again: unknown
  private telling: unknown
  private attempts = 0
  private broken = false
  private readonly ears = new Set<(heard: Heard) => void>()
  private readonly watchers = new Set<(lost: boolean) => void>()
  constructor({ open, refused = () => {}, timers = BROWSER_TIMERS }: LiveParts) {
    this.open = open
    this.refused = refused
    this.timers = timers
  }

  /** @returns what ends the listening. */
  hear(ear: (heard: Heard) => void): () => void {
    this.ears.add(ear)
    return () => void this.ears.delete(ear)
  }

  /** Tells when the line has been gone for a while, and when it is back. @returns what ends it. */
  watch(watcher: (lost: boolean) => void): () => void {
    this.watchers.add(watcher)
    return () => void this.watchers.delete(watcher)
  }

  start(): void {
    const source = this.open()
    this.source = source
    source.onopen = () => this.opened()
    source.onmessage = ({ data }) => this.say(JSON.parse(data) as ConsoleEvent)
    source.onerror = () => this.failed(source)
  }

  stop(): void {
    this.source?.close()
    this.timers.clear(this.again)
    this.timers.clear(this.telling)
    this.telling = undefined
    this.broken = false
  }

  private opened(): void {
    this.attempts = 0
    this.timers.clear(this.telling)
    this.telling = undefined
    if (!this.broken) return
    this.broken = false
    for (const watcher of this.watchers) watcher(false)
    this.say({ kind: 'everything' })
  }

  /** A broken line is taken up by the browser itself; a refused one only by us. */
  private failed(source: Source): void {
    this.broken = true
    this.telling ??= this.timers.set(() => this.tellLost(), SHOWN_AFTER_MS)
    if (source.readyState !== CLOSED) return
    this.refused()
    const wait = AGAIN_MS[Math.min(this.attempts, AGAIN_MS.length - 1)] ?? 0
    this.attempts += 1
    this.again = this.timers.set(() => this.start(), wait)
  }

  private tellLost(): void {
    for (const watcher of this.watchers) watcher(true)
  }

  private say(heard: Heard): void {
    for (const ear of this.ears) ear(heard)
  }
}

/** @returns the line to the server. */
export const openEvents = (): Source => new EventSource('/console/api/events')
