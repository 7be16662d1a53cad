/**
 * What goes on right now: who has which conversation open, and the streams that tell open pages to fetch again. Nothing is kept; a page that missed something fetches
 * everything when it comes back.
 */
import type { ConsoleEvent, Looker } from './contract.ts'

interface Listener {
  readonly officer: string
  readonly session: string
  readonly tell: (event: ConsoleEvent) => void
  readonly end: () => void
}

interface Looking {
  readonly name: string
  readonly typing: boolean
  readonly until: number
}

/** A page says every 20 seconds that it is open; one that was closed without a word is believed so much longer. */
const LOOKING_MS = 30_000
/** A page that stays open reads again and again: that is one reading until it has been closed for so long. */
const READ_MS = 10 * 60_000
const MOST_CHATS = 1_000

/** The pages that are open. */
export class Live {
  readonly #listeners = new Set<Listener>()
  readonly #looking = new Map<string, Map<string, Looking>>()
  readonly #joined: () => void
  readonly #read = new Map<string, number>()

  /** @param joined told whenever somebody begins to listen */
  constructor(joined: () => void = () => undefined) {
    this.#joined = joined
  }

  /** Open streams. */
  get size(): number {
    return this.#listeners.size
  }

  /** @returns what ends the listening. */
  join(listener: Listener): () => void {
    this.#listeners.add(listener)
    this.#joined()
    return () => void this.#listeners.delete(listener)
  }

  /** Whether an officer has a page open. */
  has(officer: string): boolean {
    return [...this.#listeners].some((listener) => listener.officer === officer)
  }

  /** Tells everybody. */
  tell(event: ConsoleEvent): void {
    for (const { tell } of this.#listeners) tell(event)
  }

  /** Tells one officer, wherever they are signed in. */
  tellOne(officer: string, event: ConsoleEvent): void {
    for (const listener of this.#listeners) if (listener.officer === officer) listener.tell(event)
  }

  /** Ends the streams of a session, or of all of an officer's. */
  end(whose: { readonly session: string } | { readonly officer: string }): void {
    for (const listener of [...this.#listeners])
      if ('session' in whose ? listener.session === whose.session : listener.officer === whose.officer) listener.end()
  }

  endAll(): void {
    for (const { end } of [...this.#listeners]) end()
  }

  /** An officer has a conversation open, or (`until` now) no longer. Everybody is told when that is news. */
  look(chat: string, officer: { readonly id: string; readonly name: string }, typing: boolean | undefined, now: number): void {
    if (this.#looking.size >= MOST_CHATS) this.#sweep(now)
    const before = JSON.stringify(this.lookers(chat, now))
    const here = this.#looking.get(chat) ?? new Map<string, Looking>()
    this.#looking.set(
      chat,
      here.set(officer.id, { name: officer.name, typing: typing ?? here.get(officer.id)?.typing ?? false, until: now + LOOKING_MS }),
    )
    this.#tellLookers(chat, before, now)
  }

  /** @returns whether this is the first time in a while that an officer reads a conversation: then it is written down. Asked before anything is read. */
  isFirstRead(chat: string, officer: string, now: number): boolean {
    const key = `${officer} ${chat}`
    const last = this.#read.get(key)
    if (this.#read.size >= MOST_CHATS * 10) this.#read.clear()
    this.#read.delete(key)
    this.#read.set(key, now)
    return last === undefined || now - last > READ_MS
  }

  #sweep(now: number): void {
    for (const chat of [...this.#looking.keys()]) this.lookers(chat, now)
    // Names of conversations that are none can be sent by the thousand.
    if (this.#looking.size >= MOST_CHATS) this.#looking.clear()
  }

  leave(chat: string, officer: string, now: number): void {
    const before = JSON.stringify(this.lookers(chat, now))
    this.#looking.get(chat)?.delete(officer)
    this.#tellLookers(chat, before, now)
  }

  lookers(chat: string, now: number): readonly Looker[] {
    const here = this.#looking.get(chat)
    if (!here) return []
    for (const [id, { until }] of here) if (until <= now) here.delete(id)
    if (here.size === 0) this.#looking.delete(chat)
    return [...here].map(([id, { name, typing }]) => ({ id, name, typing }))
  }

  #tellLookers(chat: string, before: string, now: number): void {
    const lookers = this.lookers(chat, now)
    if (JSON.stringify(lookers) !== before) this.tell({ kind: 'looking', chat, lookers })
  }
}
