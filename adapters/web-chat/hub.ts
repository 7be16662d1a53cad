/** Who is listening: every open stream of a visitor is woken when something was appended, and told who is typing. */
import type { TypingEvent } from './contract.ts'

export interface Listener {
  /** Something was appended: read it. */
  wake(): void
  typing(event: TypingEvent): void
  /** Ends the stream; the client will open another if it wants one. */
  end(): void
}

/** Most streams of one visitor: more tabs than this share, or the oldest loses its stream. */
const MOST_PER_VISITOR = 8

export class Hub {
  readonly #listeners = new Map<string, Set<Listener>>()
  #count = 0

  /** @returns what takes the listener away again. */
  join(visitor: string, listener: Listener): () => void {
    const own = this.#listeners.get(visitor) ?? new Set()
    this.#listeners.set(visitor, own)
    own.add(listener)
    this.#count++
    // Those that end are among the listeners until they are gone: ending one alone would let a burst of new ones stay.
    for (const oldest of [...own].slice(0, Math.max(0, own.size - MOST_PER_VISITOR))) oldest.end()
    return () => this.#leave(visitor, listener)
  }

  #leave(visitor: string, listener: Listener): void {
    const own = this.#listeners.get(visitor)
    if (!own?.delete(listener)) return
    this.#count--
    if (own.size === 0) this.#listeners.delete(visitor)
  }

  wake(visitor: string): void {
    for (const listener of this.#of(visitor)) listener.wake()
  }

  typing(visitor: string, event: TypingEvent): void {
    for (const listener of this.#of(visitor)) listener.typing(event)
  }

  /** Ends the streams of one visitor, or of everybody. */
  end(visitor?: string): void {
    const ended = visitor === undefined ? [...this.#listeners.values()].flatMap((own) => [...own]) : this.#of(visitor)
    for (const listener of ended) listener.end()
  }

  /** Streams open now. */
  get size(): number {
    return this.#count
  }

  #of(visitor: string): readonly Listener[] {
    return [...(this.#listeners.get(visitor) ?? [])]
  }
}
