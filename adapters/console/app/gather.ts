/** Many wake-ups, few fetches. */

export interface Timers {
  readonly set: (run: () => void, ms: number) => unknown
  readonly clear: (handle: unknown) => void
}

export const BROWSER_TIMERS: Timers = {
  set: (run, ms) => setTimeout(run, ms),
  clear: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
}

export interface Gathered {
  /** Something has changed: `run` comes soon, once for all that happens until then. */
  readonly wake: () => void
  readonly stop: () => void
}

/**
 * Calls `run` at most once in `waitMs` and never twice at a time. The first wake-up sets the time and later ones do not put it off, so that a busy
 * morning cannot keep the page from ever being fresh; what wakes it while it runs makes it run again, since the answer on its way may be older.
 */
export function gather(run: () => Promise<void>, waitMs: number, timers: Timers = BROWSER_TIMERS): Gathered {
  let timer: unknown
  let running = false
  let again = false
  let stopped = false

  const wake = () => {
    if (stopped || timer !== undefined) return
    if (running) again = true
    else timer = timers.set(start, waitMs)
  }
  const start = () => {
    timer = undefined
    running = true
    // Whoever fetches shows what went wrong; here it only matters that it is over.
    void run().then(ended, ended)
  }
  const ended = () => {
    running = false
    if (!again) return
    again = false
    wake()
  }
  const stop = () => {
    stopped = true
    if (timer !== undefined) timers.clear(timer)
  }
  return { wake, stop }
}
