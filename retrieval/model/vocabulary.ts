/** The tokens of the shipped model: frequent syllables and frequent syllable pairs. */

/** Counts while reading a corpus, then fixed. Token 0 is unknown and padding. */
export class Vocabulary {
  readonly #ids = new Map<string, number>()
  readonly tokens: string[] = ['[UNK]']
  readonly idf: number[] = [0]

  private constructor() {}

  /**
   * @param texts syllables of every text
   * @param limits least document frequency of a syllable, and how many of the most frequent pairs to keep
   */
  static build(texts: Iterable<readonly string[]>, limits: { syllableFloor: number; pairs: number }): Vocabulary {
    const unigrams = new Map<string, number>()
    const pairs = new Map<string, number>()
    let count = 0
    for (const tokens of texts) {
      count++
      const seen = new Set<string>()
      tokens.forEach((token, i) => {
        seen.add(token)
        if (i > 0) seen.add(`${tokens[i - 1]}_${token}`)
      })
      for (const item of seen) {
        const table = item.includes('_') ? pairs : unigrams
        table.set(item, (table.get(item) ?? 0) + 1)
      }
      if (count % 4000 === 0) prune(pairs, 2)
    }
    const vocabulary = new Vocabulary()
    for (const [token, df] of byFrequency(unigrams)) if (df >= limits.syllableFloor) vocabulary.#add(token, Math.log(1 + count / df))
    for (const [token, df] of byFrequency(pairs).slice(0, limits.pairs)) vocabulary.#add(token, Math.log(1 + count / df))
    return vocabulary
  }

  #add(token: string, idf: number): void {
    this.#ids.set(token, this.tokens.length)
    this.tokens.push(token)
    this.idf.push(idf)
  }

  get size(): number {
    return this.tokens.length
  }

  /** @returns the ids of the known syllables and pairs of `tokens`; unknown ones are left out. */
  encode(tokens: readonly string[]): Int32Array {
    const ids: number[] = []
    tokens.forEach((token, i) => {
      const one = this.#ids.get(token)
      if (one !== undefined) ids.push(one)
      const two = i > 0 ? this.#ids.get(`${tokens[i - 1]}_${token}`) : undefined
      if (two !== undefined) ids.push(two)
    })
    return Int32Array.from(ids)
  }
}

/** Pairs seen once in thousands of texts never reach the vocabulary; dropping them early keeps memory flat. */
function prune(counts: Map<string, number>, floor: number): void {
  for (const [item, count] of counts) if (count < floor) counts.delete(item)
}

function byFrequency(counts: Map<string, number>): [string, number][] {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}
