/** The one source of chance of a run: everything that is drawn comes from the seed that is printed. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** @returns 0 ≤ x < 1 (mulberry32: small, even enough, the same on every machine) */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** @returns a whole number, least ≤ x < end */
  between(least: number, end: number): number {
    return least + Math.floor(this.next() * (end - least))
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.between(0, list.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }

  /** @returns the list in another order */
  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((one) => ({ one, at: this.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one)
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.between(0, 10)).join('')
  }

  /** @returns a source of its own, so that what one actor draws does not depend on how fast another is */
  fork(): Random {
    return new Random(this.between(0, 4_294_967_296))
  }
}
