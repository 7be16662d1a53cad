/** The visitor's token: made with the first message, renewed before it runs out or when the server no longer takes it, shared by all tabs. */
import type { Session } from '../contract.ts'
import { type Answer, call } from './api.ts'
import { oneAtATime } from './locks.ts'
import { readJson, type Store } from './store.ts'

interface Kept extends Session {
  /** When this browser got it, by its own clock: only the length of life is taken from the server's. */
  readonly since: number
}

export const SESSION_KEY = 'session'
const LATER = { kind: 'later' } as const
/** A wrong clock would make every token look old: no more than one renewal in this time. */
const RENEWAL_GAP_MS = 10 * 60_000

export class Sessions {
  private lastRenewal = 0
  /** Goes up with each erasing: work that began before must not end under a new visitor, whom nobody could erase. */
  private generation = 0
  private paused = false

  constructor(
    private readonly base: string,
    private readonly store: Store,
    private readonly scope: string,
  ) {}

  /** The session of an earlier visit or another tab, if there is one. */
  get known(): Session | undefined {
    return readJson<Kept>(this.store, SESSION_KEY)
  }

  /** From now on nothing is asked of the server, and what is under way opens no session any more. */
  pause(): void {
    this.paused = true
    this.generation += 1
  }

  resume(): void {
    this.paused = false
  }

  /** Another visitor, whom another tab has become meanwhile, is not forgotten: only this token can still erase them. */
  forget(visitor: string | undefined): void {
    this.generation += 1
    if (this.known?.visitor === visitor) this.store.remove(SESSION_KEY)
  }

  /**
   * Calls with a token that should hold; where it does not, once more with a new one.
   * @param wanted whether this is still to be done at all
   */
  async with<T>(request: (token: string) => Promise<Answer<T>>, wanted = () => true): Promise<Answer<T>> {
    const begun = this.generation
    const holds = () => !this.paused && begun === this.generation && wanted()
    const first = holds() ? await this.token(holds) : LATER
    if (first.kind !== 'ok') return first
    const answer = holds() ? await request(first.body) : LATER
    if (answer.kind !== 'unknown') return answer
    const second = await this.replace(first.body, holds)
    if (second.kind !== 'ok') return second
    return holds() ? request(second.body.token) : LATER
  }

  private async token(holds: () => boolean): Promise<Answer<string>> {
    const kept = readJson<Kept>(this.store, SESSION_KEY)
    if (kept && !this.isOld(kept)) return { kind: 'ok', body: kept.token }
    this.lastRenewal = Date.now()
    const fresh = await this.replace(kept?.token, holds)
    if (fresh.kind === 'ok') return { kind: 'ok', body: fresh.body.token }
    return kept ? { kind: 'ok', body: kept.token } : fresh
  }

  private isOld(kept: Kept): boolean {
    const now = Date.now()
    const left = kept.expiresAt - now
    return left < (kept.expiresAt - kept.since) / 5 && now - this.lastRenewal > RENEWAL_GAP_MS
  }

  /** Asks for a session in the place of `old`; another tab may have done so meanwhile. */
  private replace(old: string | undefined, holds: () => boolean): Promise<Answer<Session>> {
    return oneAtATime(`${this.scope}session`, 10_000, async () => {
      if (!holds()) return LATER
      const now = readJson<Kept>(this.store, SESSION_KEY)
      if (now && now.token !== old) return { kind: 'ok', body: now }
      const renewed = await this.ask(old)
      const answer = renewed.kind === 'unknown' && old ? await this.ask(undefined) : renewed
      if (!holds()) return LATER
      if (answer.kind === 'ok') this.store.set(SESSION_KEY, JSON.stringify({ ...answer.body, since: Date.now() } satisfies Kept))
      return answer
    })
  }

  private ask(token: string | undefined): Promise<Answer<Session>> {
    return call<Session>(`${this.base}api/chat/session`, { method: 'POST', json: {}, ...(token ? { token } : {}) })
  }
}
