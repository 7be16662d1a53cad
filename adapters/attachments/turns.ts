/** Runs a piece of work as soon as its turn has come; passes on what it returns or throws. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

/**
 * @param most how many pieces of work may run at once; the others wait in the order they came, without a bound: whoever calls limits how many come
 */
export function openTurns(most: number): Turns {
  const waiting: (() => void)[] = []
  let free = most

  async function enter(): Promise<void> {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }

  /** The turn is handed on, not given back, so that a newcomer cannot slip in before who waits. */
  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }

  return async (work) => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
