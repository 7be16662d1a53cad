/**
 * How often a sign-in may fail before it must wait. Nobody can lock somebody else out: whoever has signed in with a browser before is counted by that browser alone,
 * and a stranger's failures only slow down strangers.
 *
 *   known browser of this account ─▶ counted by browser            5 failures, then a wait that doubles up to 15 minutes
 *   stranger ─▶ counted by network address, and by account         5 by address; 20 by account, strangers only
 */

const MINUTE_MS = 60_000
const FREE = 5
const FREE_BY_ACCOUNT = 20
const FIRST_WAIT_MS = MINUTE_MS
const LONGEST_WAIT_MS = 15 * MINUTE_MS
/** After so long without a failure everything is forgotten. */
const FORGET_MS = 60 * MINUTE_MS
const MOST_KEPT = 10_000

/** Who tries; `device`: the browser's own name, present only where it has signed in to this very account before. */
export interface Attempt {
  readonly login: string
  readonly address: string
  readonly device: string | undefined
}

interface Failures {
  readonly count: number
  readonly last: number
}

/** Failures of sign-in in the memory of one process. */
export class Attempts {
  readonly #failures = new Map<string, Failures>()
  readonly #told = new Map<string, number>()

  /** @returns milliseconds until this attempt may be made; 0: now. */
  waitFor(attempt: Attempt, now: number): number {
    return Math.max(0, ...keysOf(attempt).map(({ key, free }) => this.#wait(key, free, now)))
  }

  /** Counts an attempt before it is looked at, so that many at once are counted one by one; {@link succeeded} takes it back. */
  begins(attempt: Attempt, now: number): void {
    for (const { key } of keysOf(attempt)) {
      const count = (this.#known(key, now)?.count ?? 0) + 1
      this.#failures.delete(key)
      this.#failures.set(key, { count, last: now })
    }
    for (const key of this.#failures.keys()) {
      if (this.#failures.size <= MOST_KEPT) break
      this.#failures.delete(key)
    }
  }

  /** Whoever signed in begins anew; what strangers did to the account stays counted against strangers. */
  succeeded(attempt: Attempt): void {
    const [own, ...others] = keysOf(attempt)
    if (own) this.#failures.delete(own.key)
    for (const { key } of others) {
      const known = this.#failures.get(key)
      if (known) this.#failures.set(key, { ...known, count: known.count - 1 })
    }
  }

  /** @returns whether this refusal is to be written down: one of a row of them is, not each. */
  isNews({ login }: Attempt, now: number): boolean {
    const last = this.#told.get(login)
    if (last !== undefined && now - last < LONGEST_WAIT_MS) return false
    if (this.#told.size >= MOST_KEPT) this.#told.clear()
    this.#told.set(login, now)
    return true
  }

  #wait(key: string, free: number, now: number): number {
    const known = this.#known(key, now)
    if (!known || known.count < free) return 0
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (known.count - free))
    // A clock set back must not lengthen it.
    return Math.min(wait, Math.max(0, known.last + wait - now))
  }

  #known(key: string, now: number): Failures | undefined {
    const known = this.#failures.get(key)
    return known && now - known.last <= FORGET_MS ? known : undefined
  }
}

function keysOf({ login, address, device }: Attempt): readonly { readonly key: string; readonly free: number }[] {
  if (device !== undefined) return [{ key: `device ${device}`, free: FREE }]
  return [
    { key: `address ${address}`, free: FREE },
    { key: `account ${login}`, free: FREE_BY_ACCOUNT },
  ]
}
