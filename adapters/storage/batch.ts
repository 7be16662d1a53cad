/** Joins writes that arrive while another is being committed into one transaction: a commit waits for the disk, and many can wait together. */
import { setImmediate as nextRound } from 'node:timers/promises'

/**
 * @param run writes all items in one transaction and returns a result each; when it throws, none was written
 * @returns a function that resolves once its own item is committed. An item that fails together with others is tried alone, so that it fails only itself.
 */
export function batched<T, R>(run: (items: readonly T[]) => Promise<readonly R[]>, most: number): (item: T) => Promise<R> {
  interface Waiting {
    readonly item: T
    readonly resolve: (result: R) => void
    readonly reject: (error: unknown) => void
  }
  const queue: Waiting[] = []
  let running = false

  async function drain(): Promise<void> {
    running = true
    while (queue.length > 0) {
      // What the network has ready is read first: all of it then waits for one commit instead of one after the other.
      await nextRound()
      await runTogether(queue.splice(0, most))
    }
    running = false
  }

  async function runTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await run(batch.map(({ item }) => item))
      for (const [i, { resolve }] of batch.entries()) resolve(results[i] as R)
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error)
      else for (const one of batch) await runTogether([one])
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject })
      if (!running) void drain()
    })
}
