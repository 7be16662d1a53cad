/** Showing that an answer is being made: only where it takes a while, and never for ever. */

/** An answer that is there sooner needs no sign. */
const FIRST_MS = 700
/** Telegram takes the sign away after five seconds. */
const AGAIN_MS = 5_000
const LONGEST_MS = 30_000

export interface Timers {
  /** @returns what ends it. */
  after(ms: number, run: () => void): () => void
}

export const realTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  },
}

/** @param show shows the sign to a chat once; must not throw */
export function typingSigns(show: (address: string) => void, timers: Timers): (address: string, on: boolean) => void {
  const running = new Map<string, () => void>()
  const off = (address: string) => {
    running.get(address)?.()
    running.delete(address)
  }
  const next = (address: string, waitMs: number, spentMs: number) => {
    const spent = spentMs + waitMs
    if (spent > LONGEST_MS) return off(address)
    running.set(
      address,
      timers.after(waitMs, () => {
        show(address)
        next(address, AGAIN_MS, spent)
      }),
    )
  }
  return (address, on) => {
    if (!on) off(address)
    else if (!running.has(address)) next(address, FIRST_MS, 0)
  }
}
