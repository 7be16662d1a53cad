/** Wakes loops when there is work, so that they need not poll fast: ringing before anybody waits is not lost, and of several that wait all are woken. */
export class Bell {
  #rung = false
  readonly #sleepers = new Set<() => void>()
  readonly #also: readonly Bell[]

  /** @param also bells that ring with this one */
  constructor(...also: readonly Bell[]) {
    this.#also = also
  }

  ring(): void {
    this.#rung = true
    for (const wake of this.#sleepers) wake()
    for (const bell of this.#also) bell.ring()
  }

  /** Resolves at the next ring, or after `ms` at the latest: work may have come from another process. */
  async wait(ms: number): Promise<void> {
    if (!this.#rung) await this.#sleep(ms)
    this.#rung = false
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.#sleepers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      this.#sleepers.add(wake)
    })
  }
}
