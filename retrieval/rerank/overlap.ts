/**
 * How a question lies in a text: one walk over the text's syllables. It is done for every field of every candidate of every question, so it
 * reads numbers in flat arrays and never the text again.
 */
import { pairKey, type Tokens } from '../lexical/forward.ts'

/** A question as the walk needs it; rarities are inverse document frequencies in nats. */
export interface AskedWords {
  /** Distinct syllables of the question that some document has, as numbers of the syllabary, and how rare each is. */
  readonly distinct: readonly number[]
  readonly rarity: readonly number[]
  /** Distinct pairs by key, and how rare each is. */
  readonly pairs: ReadonlyMap<number, number>
  /** The question in order: places in `distinct`, -1 for a syllable that no document has. */
  readonly order: readonly number[]
}

/** What one text shares with a question, everything in 0…1. */
export interface Overlap {
  /** Shares of the question's rarity that stand in the text: by syllables, by pairs. */
  readonly syllables: number
  readonly pairs: number
  /** Share of the text's syllables that are asked for. */
  readonly covered: number
  /** Longest unbroken run of the question in the text, by the length of the question; share of its runs of three that stand there. */
  readonly run: number
  readonly triples: number
  /** Share of the question's rarity in the best window of 60 syllables, and where in the text that window begins. */
  readonly window: number
  readonly windowAt: number
}

const WINDOW = 60
const NOTHING: Overlap = { syllables: 0, pairs: 0, covered: 0, run: 0, triples: 0, window: 0, windowAt: 0 }

/** The place that stands after another one in the question, and the number of their pair. */
interface Follower {
  readonly next: number
  readonly pair: number
}

interface Run {
  readonly position: number
  readonly length: number
}
const NO_RUNS: Run[] = []

function lengthAt(runs: readonly Run[], position: number): number {
  for (const run of runs) if (run.position === position) return run.length
  return 0
}

/** @returns the pairs of a question, from their first place on; what no document has is none. */
function pairsOf({ distinct, order, pairs }: AskedWords): { followers: Follower[][]; rarity: number[] } {
  const followers: Follower[][] = distinct.map(() => [])
  const rarity: number[] = []
  order.forEach((place, i) => {
    const before = i > 0 ? (order[i - 1] as number) : -1
    if (before < 0 || place < 0) return
    const worth = pairs.get(pairKey(distinct[before] as number, distinct[place] as number))
    const there = followers[before] as Follower[]
    if (worth === undefined || there.some(({ next }) => next === place)) return
    there.push({ next: place, pair: rarity.push(worth) - 1 })
  })
  return { followers, rarity }
}

export class OverlapReader {
  /** Place of each syllable among the distinct ones of the question at hand, plus one; 0 for the others. */
  readonly #placeOf: Uint16Array
  #asked: AskedWords = { distinct: [], rarity: [], pairs: new Map(), order: [] }
  #total = 0
  #totalPairs = 0
  /** Where in the question each distinct syllable stands. */
  #positions: readonly (readonly number[])[] = []

  #seen = new Uint8Array(0)
  /** Pairs of the question: after which place which other one stands, as numbers of pairs; what each is worth; which were met. */
  #followers: readonly (readonly Follower[])[] = []
  #pairRarity: readonly number[] = []
  #seenPairs = new Uint8Array(0)
  #sum = 0
  #sumPairs = 0
  /** How often each distinct syllable stands in the window, and what rarity stands there. */
  #inWindow = new Uint16Array(0)
  #windowSum = 0
  #windowBest = 0
  #windowEnd = 0
  /** Runs that end with the syllable just read: at which position of the question, and how long; few at a time. */
  #runs: Run[] = []
  #longest = 0
  #tripled = new Uint8Array(0)
  #triples = 0

  /** @param syllables how many there are in the syllabary */
  constructor(syllables: number) {
    this.#placeOf = new Uint16Array(syllables)
  }

  /** Makes the reader ready for a question. */
  take(asked: AskedWords): void {
    for (const syllable of this.#asked.distinct) this.#placeOf[syllable] = 0
    this.#asked = asked
    asked.distinct.forEach((syllable, place) => {
      this.#placeOf[syllable] = place + 1
    })
    this.#total = asked.rarity.reduce((sum, rarity) => sum + rarity, 0)
    this.#totalPairs = [...asked.pairs.values()].reduce((sum, rarity) => sum + rarity, 0)
    this.#positions = asked.distinct.map((_, place) => asked.order.flatMap((at, position) => (at === place ? [position] : [])))
    const { followers, rarity } = pairsOf(asked)
    this.#followers = followers
    this.#pairRarity = rarity
    this.#seenPairs = new Uint8Array(rarity.length)
    this.#seen = new Uint8Array(asked.distinct.length)
    this.#inWindow = new Uint16Array(asked.distinct.length)
    this.#tripled = new Uint8Array(asked.order.length)
  }

  /** @returns what `tokens`, a text as numbers of the syllabary, share with the question. */
  read(tokens: Tokens): Overlap {
    if (tokens.length === 0 || this.#asked.distinct.length === 0) return NOTHING
    this.#begin()
    let hits = 0
    let before = -1
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i] as number
      const place = (this.#placeOf[token] as number) - 1
      if (i >= WINDOW) this.#leave((this.#placeOf[tokens[i - WINDOW] as number] as number) - 1)
      if (place >= 0) {
        hits++
        this.#meet(place, i)
        if (before >= 0) this.#meetPair(before, place)
        this.#run(place)
      } else if (before >= 0) this.#runs = NO_RUNS
      before = place
    }
    return this.#overlap(hits, tokens.length)
  }

  #begin(): void {
    const { distinct, order } = this.#asked
    this.#seen.fill(0, 0, distinct.length)
    this.#inWindow.fill(0, 0, distinct.length)
    this.#tripled.fill(0, 0, order.length)
    this.#seenPairs.fill(0)
    this.#runs = NO_RUNS
    this.#sum = this.#sumPairs = this.#windowSum = this.#windowBest = this.#windowEnd = this.#longest = this.#triples = 0
  }

  #leave(place: number): void {
    if (place < 0) return
    const left = (this.#inWindow[place] as number) - 1
    this.#inWindow[place] = left
    if (left === 0) this.#windowSum -= this.#asked.rarity[place] as number
  }

  #meet(place: number, at: number): void {
    const rarity = this.#asked.rarity[place] as number
    if (this.#seen[place] === 0) {
      this.#seen[place] = 1
      this.#sum += rarity
    }
    const there = this.#inWindow[place] as number
    this.#inWindow[place] = there + 1
    if (there > 0) return
    this.#windowSum += rarity
    // Sums of the same rarities differ in their last digits: only a better window counts.
    if (this.#windowSum < this.#windowBest + 1e-6) return
    this.#windowBest = this.#windowSum
    this.#windowEnd = at
  }

  #meetPair(before: number, place: number): void {
    for (const { next, pair } of this.#followers[before] as readonly Follower[]) {
      if (next !== place || this.#seenPairs[pair] === 1) continue
      this.#seenPairs[pair] = 1
      this.#sumPairs += this.#pairRarity[pair] as number
    }
  }

  /** A run that ended one position before goes on. */
  #run(place: number): void {
    const before = this.#runs
    const runs: Run[] = []
    for (const position of this.#positions[place] as readonly number[]) {
      const length = 1 + lengthAt(before, position - 1)
      runs.push({ position, length })
      if (length > this.#longest) this.#longest = length
      if (length < 3 || this.#tripled[position] === 1) continue
      this.#tripled[position] = 1
      this.#triples++
    }
    this.#runs = runs
  }

  #overlap(hits: number, length: number): Overlap {
    const asked = this.#asked.order.length
    return {
      syllables: this.#sum / this.#total,
      pairs: this.#totalPairs > 0 ? this.#sumPairs / this.#totalPairs : 0,
      covered: hits / length,
      run: this.#longest / asked,
      triples: asked > 2 ? this.#triples / (asked - 2) : 0,
      window: this.#windowBest / this.#total,
      windowAt: Math.max(0, this.#windowEnd - WINDOW) / length,
    }
  }
}
