/**
 * Messages that the server has not taken yet. Each is kept in the browser from before its first attempt until it is accepted, and is sent under the same id
 * however often that takes; one at a time, in order. One key for each message, so that two tabs never overwrite each other's.
 */
import type { Accepted, Sent } from '../contract.ts'
import type { Answer } from './api.ts'
import { waitAfter } from './connection.ts'
import { oneAtATime } from './locks.ts'
import { readJson, type Store } from './store.ts'
import type { Pending, Progress } from './thread.ts'

interface Entry {
  readonly sent: Sent
  /** Why the server will not have it; it then only waits to be changed. */
  readonly refused?: string
}

export interface OutboxPort {
  readonly post: (sent: Sent) => Promise<Answer<Accepted>>
  readonly changed: () => void
  /** In words, where the server gave none. */
  readonly refusedWords: string
}

const PREFIX = 'out:'
const LOCK_PATIENCE_MS = 35_000

export class Outbox {
  private readonly mine = new Map<string, Pending>()
  /** Keys that the browser really keeps; a full disk must not stop a message from being sent by this page. */
  private readonly kept = new Set<string>()
  private draining = false
  private failures = 0
  private counter = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly store: Store,
    private readonly scope: string,
    private readonly port: OutboxPort,
  ) {
    this.read()
  }

  /** In the order in which they are to be sent. */
  get pending(): readonly Pending[] {
    return [...this.mine.keys()].sort().map((key) => this.mine.get(key) as Pending)
  }

  add(sent: Sent): void {
    const key = this.nextKey(sent.id)
    if (this.store.set(key, JSON.stringify({ sent } satisfies Entry))) this.kept.add(key)
    this.mine.set(key, { sent, progress: { at: 'sending' } })
    this.port.changed()
    void this.send()
  }

  /** Sends what waits, now. */
  send(): Promise<void> {
    clearTimeout(this.timer)
    return this.drain()
  }

  /** The server has it: its own event came, or it is of no use any more. */
  drop(id: string): void {
    for (const key of this.keysOf(id)) {
      this.store.remove(key)
      this.mine.delete(key)
    }
  }

  clear(): void {
    this.takeAll()
  }

  /** Empties it, in every tab; nothing of it is sent any more unless it is put back. */
  takeAll(): ReadonlyMap<string, Pending> {
    clearTimeout(this.timer)
    const all = new Map(this.mine)
    for (const { sent } of all.values()) this.drop(sent.id)
    return all
  }

  /** Under the same keys, so in the same order; what was under way is sent again, under the id by which the server knows it. */
  putBack(all: ReadonlyMap<string, Pending>): void {
    for (const [key, pending] of all) this.restore(key, pending)
    this.port.changed()
    void this.send()
  }

  /** Whether it is still to be sent: another tab may have erased or finished it since. */
  wants(id: string): boolean {
    return this.keysOf(id).some((key) => !this.kept.has(key) || this.store.get(key) !== null)
  }

  /** Another tab wrote or finished a message. */
  read(): void {
    const keys = this.store.keys(PREFIX)
    for (const key of keys) if (!this.mine.has(key)) this.adopt(key)
    for (const [key, { progress }] of this.mine) if (this.kept.has(key) && !keys.includes(key)) this.finishElsewhere(key, progress)
  }

  end(): void {
    clearTimeout(this.timer)
  }

  /** The order of keys is the order of writing, across reloads and tabs. */
  private nextKey(id: string): string {
    this.counter += 1
    return `${PREFIX}${String(Date.now()).padStart(15, '0')}.${String(this.counter).padStart(6, '0')}:${id}`
  }

  private keysOf(id: string): string[] {
    return [...this.mine.keys()].filter((key) => key.endsWith(`:${id}`))
  }

  private adopt(key: string): void {
    const entry = readJson<Entry>(this.store, key)
    if (!entry) return
    this.kept.add(key)
    this.mine.set(key, { sent: entry.sent, progress: entry.refused === undefined ? { at: 'sending' } : { at: 'refused', message: entry.refused } })
  }

  private restore(key: string, { sent, progress }: Pending): void {
    this.mine.set(key, { sent, progress })
    if (progress.at === 'accepted') return
    const entry: Entry = progress.at === 'refused' ? { sent, refused: progress.message } : { sent }
    if (!this.store.set(key, JSON.stringify(entry))) this.kept.delete(key)
  }

  private finishElsewhere(key: string, progress: Progress): void {
    if (progress.at === 'refused') this.mine.delete(key)
    else if (progress.at !== 'accepted') this.progress(key, { at: 'accepted' })
  }

  private progress(key: string, progress: Progress): void {
    const pending = this.mine.get(key)
    if (pending) this.mine.set(key, { ...pending, progress })
  }

  private next(): string | undefined {
    return [...this.mine.keys()].sort().find((key) => ['sending', 'held'].includes(this.mine.get(key)?.progress.at ?? ''))
  }

  private async drain(): Promise<void> {
    if (this.draining) return
    this.draining = true
    try {
      while (this.next() !== undefined && (await oneAtATime(`${this.scope}send`, LOCK_PATIENCE_MS, () => this.sendNext())));
    } finally {
      this.draining = false
      this.port.changed()
    }
  }

  /** @returns whether to go on with the one after it */
  private async sendNext(): Promise<boolean> {
    this.read()
    const key = this.next()
    const pending = key === undefined ? undefined : this.mine.get(key)
    if (key === undefined || !pending) return false
    this.progress(key, { at: 'sending' })
    this.port.changed()
    return this.conclude(key, await this.port.post(pending.sent))
  }

  private conclude(key: string, answer: Answer<Accepted>): boolean {
    if (!this.mine.has(key)) return true
    if (answer.kind === 'later') return this.later(answer)
    this.failures = 0
    if (answer.kind === 'ok') this.accept(key)
    else this.refuse(key, answer.message || this.port.refusedWords)
    this.port.changed()
    return true
  }

  private accept(key: string): void {
    this.progress(key, { at: 'accepted' })
    this.store.remove(key)
  }

  private refuse(key: string, message: string): void {
    const sent = this.mine.get(key)?.sent
    this.progress(key, { at: 'refused', message })
    if (sent) this.store.set(key, JSON.stringify({ sent, refused: message } satisfies Entry))
  }

  /** Everything that waits stays in its order: what was written later is not sent earlier. */
  private later({ afterMs = 0, message }: { readonly afterMs?: number; readonly message?: string }): boolean {
    this.failures += 1
    for (const [key, { progress }] of this.mine)
      if (progress.at === 'sending' || progress.at === 'held') this.progress(key, { at: 'held', ...(message ? { message } : {}) })
    this.timer = setTimeout(() => void this.drain(), Math.max(afterMs, waitAfter(this.failures, Math.random())))
    return false
  }
}
