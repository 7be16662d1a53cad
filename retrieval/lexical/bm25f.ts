/**
 * Fielded BM25 over syllables and syllable pairs (Robertson, Zaragoza & Taylor 2004, "Simple BM25 extension to multiple weighted fields").
 *
 * Pairs stand in for Vietnamese word segmentation. Postings lie in flat typed arrays, one slice a term, documents in order:
 *
 *   starts: [0, 3, 5 …]   docs: [7 19 40 | 2 19 | …]   weights: [.8 .3 .9 | …] in 65,535ths: tf / (k1 + tf)
 */
import { bigrams, syllables } from '../../knowledge/language/syllables.ts'
import { type Edit, ForwardIndex, Growing, type LexicalDocument, pairKey } from './forward.ts'
import { KeyTable } from './key-table.ts'

export type { LexicalDocument } from './forward.ts'

/** Weight and length normalisation of each field, saturation, and the weight of a pair beside a syllable. */
export interface LexicalSettings {
  readonly k1: number
  readonly pairWeight: number
  readonly fields: readonly { readonly name: string; readonly weight: number; readonly b: number }[]
}

/** Everything an index is made of; what a file of it holds. */
export interface LexicalParts {
  readonly settings: LexicalSettings
  readonly forward: ForwardIndex
  /** How many documents say how rare a term is. */
  readonly counted: number
  /** Keys of terms, rising: single syllables, then pairs. */
  readonly keys: Float64Array
  readonly starts: Uint32Array
  readonly docs: Uint32Array
  readonly weights: Uint16Array
  /** In how many counted documents each term stands. */
  readonly held: Uint32Array
}

/** Scores of one search: of the documents that share a term; the best score that any document could reach. */
export interface LexicalScores {
  readonly docs: Uint32Array
  /** Score of `docs[i]`. */
  readonly scores: Float32Array
  readonly ceiling: number
}

const FULL = 65_535

/** @returns syllables then pairs of a text: the terms that are indexed and looked up. */
export function terms(text: string): string[] {
  const tokens = syllables(text)
  return [...tokens, ...bigrams(tokens)]
}

export class LexicalIndex {
  readonly parts: LexicalParts
  readonly #idf: Float32Array
  readonly #unseen: number
  /** Scores of the last search, one a document. */
  readonly #sums: Float32Array

  constructor(parts: LexicalParts) {
    this.parts = parts
    this.#unseen = Math.log(1 + parts.counted)
    this.#idf = Float32Array.from(parts.held, (df) => (df === 0 ? this.#unseen : Math.log(1 + (parts.counted - df + 0.5) / (df + 0.5))))
    this.#sums = new Float32Array(parts.forward.size)
  }

  /** How many documents say how rare a term is. */
  get size(): number {
    return this.parts.counted
  }

  /**
   * Builds an index. Only the first `counted` documents say how rare a word is and how long a field should be: what stands behind
   * them is scored by the same measure and changes no score of theirs.
   */
  static build(documents: readonly LexicalDocument[], settings: LexicalSettings, counted = documents.length): LexicalIndex {
    const names = settings.fields.map(({ name }) => name)
    return LexicalIndex.over(ForwardIndex.build(documents, names), settings, counted)
  }

  /** Builds an index over documents that are cut already; `step` hears how many are done. */
  static over(forward: ForwardIndex, settings: LexicalSettings, counted = forward.size, step: (done: number) => void = () => {}): LexicalIndex {
    const table = new KeyTable(forward.size * 8)
    const postings = collect(forward, settings, counted, table, step)
    return new LexicalIndex({ settings, forward, counted, ...sorted(postings, table, counted) })
  }

  /**
   * @returns the index after `edit`, the same as one that is built anew; what stays is not cut again. Documents that come are counted where all others are.
   */
  edited({ remove, replace, add }: Edit<LexicalDocument>): LexicalIndex {
    const { settings, forward, counted } = this.parts
    const cut = ({ fields }: LexicalDocument) => settings.fields.map(({ name }) => syllables(fields[name] ?? ''))
    const told = new Map([...(replace ?? [])].map(([doc, document]) => [doc, cut(document)]))
    const next = forward.edited({ remove: remove ?? new Set(), replace: told, add: (add ?? []).map(cut) })
    const gone = [...(remove ?? [])].filter((doc) => doc < counted).length
    return LexicalIndex.over(next, settings, counted === forward.size ? next.size : counted - gone)
  }

  /** @returns the score of every document that shares a term with `query`, documents rising. */
  search(query: string): LexicalScores {
    const { sums, ceiling } = this.scores(query)
    const docs = new Growing()
    for (let doc = 0; doc < sums.length; doc++) if ((sums[doc] as number) > 0) docs.push(doc)
    const found = docs.finish()
    return { docs: found, scores: Float32Array.from(found, (doc) => sums[doc] as number), ceiling }
  }

  /** @returns the score of every document, 0 for one that shares no term with `query`; the array is that of the next search, too. */
  scores(query: string): { readonly sums: Float32Array; readonly ceiling: number } {
    const { ids, ceiling } = this.#look(this.terms(query))
    this.#sums.fill(0)
    for (const id of ids) this.#add(id)
    return { sums: this.#sums, ceiling }
  }

  /** @returns the distinct terms of `query` as keys; -1 for one whose syllables no document has. */
  terms(query: string): { readonly key: number; readonly pair: boolean }[] {
    const tokens = syllables(query)
    const ids = this.parts.forward.syllabary.read(query)
    const seen = new Map<string, { key: number; pair: boolean }>()
    tokens.forEach((token, i) => {
      seen.set(token, { key: ids[i] as number, pair: false })
    })
    for (let i = 1; i < tokens.length; i++) {
      const [first, second] = [ids[i - 1] as number, ids[i] as number]
      seen.set(`${tokens[i - 1]}_${tokens[i]}`, { key: first < 0 || second < 0 ? -1 : pairKey(first, second), pair: true })
    }
    return [...seen.values()]
  }

  /** A word that no counted document has counts against every one of them; a pair does not. */
  #look(asked: readonly { key: number; pair: boolean }[]): { ids: number[]; ceiling: number } {
    const ids: number[] = []
    let ceiling = 0
    for (const { key, pair } of asked) {
      const id = this.find(key)
      if (id >= 0) ids.push(id)
      if (id >= 0 && (this.parts.held[id] as number) > 0) ceiling += (this.#idf[id] as number) * (pair ? this.parts.settings.pairWeight : 1)
      else if (!pair) ceiling += this.#unseen
    }
    return { ids, ceiling }
  }

  /** Adds what term `id` gives to each document. */
  #add(id: number): void {
    const { keys, starts, docs, weights, settings } = this.parts
    const sums = this.#sums
    const each = ((this.#idf[id] as number) * ((keys[id] as number) < pairKey(0, 0) ? 1 : settings.pairWeight)) / FULL
    const end = starts[id + 1] as number
    for (let i = starts[id] as number; i < end; i++) {
      const doc = docs[i] as number
      sums[doc] = (sums[doc] as number) + each * (weights[i] as number)
    }
  }

  /** @returns the number of the term with `key`, -1 when no document has it. */
  find(key: number): number {
    const { keys } = this.parts
    let [low, high] = [0, keys.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const there = keys[middle] as number
      if (there === key) return middle
      if (there < key) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  /** @returns the inverse document frequency of the term with `key`, or that of an unseen one. */
  idfOf(key: number): number {
    const id = this.find(key)
    return id < 0 ? this.#unseen : (this.#idf[id] as number)
  }

  /** @returns the inverse document frequency of a term, "trả" or "trả_hàng", or that of an unseen one. */
  idf(term: string): number {
    const [first = -1, second] = term.split('_').map((syllable) => this.parts.forward.syllabary.id(syllable))
    if (second === undefined) return this.idfOf(first)
    return this.idfOf(first < 0 || second < 0 ? -1 : pairKey(first, second))
  }
}

/** Postings in order of documents: the number of the term in `table`, the document, its weight. */
interface Postings {
  readonly terms: Uint32Array
  readonly docs: Uint32Array
  readonly weights: Uint32Array
}

function collect(forward: ForwardIndex, settings: LexicalSettings, counted: number, table: KeyTable, step: (done: number) => void): Postings {
  const lengths = averageLengths(forward, counted)
  const [terms, docs, weights] = [new Growing(), new Growing(), new Growing()]
  for (let doc = 0; doc < forward.size; doc++) {
    for (const [key, tf] of weightedTerms(forward, doc, settings, lengths)) {
      terms.push(table.add(key))
      docs.push(doc)
      weights.push(Math.round((FULL * tf) / (settings.k1 + tf)))
    }
    if (doc % 512 === 0) step(doc)
  }
  return { terms: terms.finish(), docs: docs.finish(), weights: weights.finish() }
}

/** Counting sort by term, terms in the order of their keys: postings of one term become neighbours, documents stay in order. */
function sorted(
  { terms, docs, weights }: Postings,
  table: KeyTable,
  counted: number,
): Pick<LexicalParts, 'keys' | 'starts' | 'docs' | 'weights' | 'held'> {
  const { keys, rank } = ranked(table.keys())
  const starts = new Uint32Array(keys.length + 1)
  const held = new Uint32Array(keys.length)
  terms.forEach((term, i) => {
    const at = rank[term] as number
    starts[at + 1] = (starts[at + 1] as number) + 1
    if ((docs[i] as number) < counted) held[at] = (held[at] as number) + 1
  })
  for (let t = 0; t < keys.length; t++) starts[t + 1] = (starts[t + 1] as number) + (starts[t] as number)
  const next = starts.slice()
  const placed = { docs: new Uint32Array(docs.length), weights: new Uint16Array(docs.length) }
  terms.forEach((term, i) => {
    const rankOf = rank[term] as number
    const at = next[rankOf] as number
    next[rankOf] = at + 1
    placed.docs[at] = docs[i] as number
    placed.weights[at] = weights[i] as number
  })
  return { keys, starts, held, ...placed }
}

/** @returns `keys` rising, and the place of each in that order. */
function ranked(keys: Float64Array): { keys: Float64Array; rank: Uint32Array } {
  const order = Uint32Array.from(keys, (_, i) => i).sort((a, b) => (keys[a] as number) - (keys[b] as number))
  const rank = new Uint32Array(keys.length)
  order.forEach((id, place) => {
    rank[id] = place
  })
  return { keys: keys.slice().sort(), rank }
}

/** Average length of each field over the documents that have it: thousands of texts without everyday questions must not make ours look long. */
function averageLengths(forward: ForwardIndex, counted: number): number[] {
  return Array.from({ length: forward.fields }, (_, f) => {
    let [total, having] = [0, 0]
    for (let doc = 0; doc < counted; doc++) {
      const { length } = forward.field(doc, f)
      total += length
      if (length > 0) having++
    }
    return Math.max(1, total / Math.max(1, having))
  })
}

/** tf of each term over all fields, each field normalised by its own length: Σ w·tf / (1 − b + b·len/avg). */
function weightedTerms(forward: ForwardIndex, doc: number, settings: LexicalSettings, lengths: readonly number[]): Map<number, number> {
  const weights = new Map<number, number>()
  settings.fields.forEach((field, f) => {
    const tokens = forward.field(doc, f)
    const each = field.weight / (1 - field.b + (field.b * tokens.length) / (lengths[f] as number))
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i] as number
      weights.set(token, (weights.get(token) ?? 0) + each)
      if (i === 0) continue
      const key = pairKey(tokens[i - 1] as number, token)
      weights.set(key, (weights.get(key) ?? 0) + each)
    }
  })
  return weights
}
