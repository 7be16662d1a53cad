/** One tab at a time, where the browser can tell tabs apart. */

/** The Web Locks of this browser; older ones and pages without https have none. */
export const locks = (): LockManager | undefined => (typeof navigator === 'undefined' ? undefined : navigator.locks)

/**
 * Runs `work` while no other tab runs the same. A tab that sleeps with the lock in its hands must not stop this one for ever: after `patience` the work is done
 * anyway, which is safe because the server does nothing twice for one id.
 */
export async function oneAtATime<T>(name: string, patience: number, work: () => Promise<T>): Promise<T> {
  const manager = locks()
  if (!manager) return work()
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patience)
  let begun = false
  const guarded = () => {
    begun = true
    clearTimeout(timer)
    return work()
  }
  try {
    return (await manager.request(name, { signal: stop.signal }, guarded)) as T
  } catch (error) {
    if (begun) throw error
    return work()
  }
}
