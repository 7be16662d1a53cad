/**
 * Fielded BM25 over syllables and syllable pairs (Robertson, Zaragoza & Taylor 2004, "Simple BM25 extension to multiple weighted fields").
 *
 * Pairs stand in for Vietnamese word segmentation. Postings lie in flat typed arrays, one slice a term:
 *
 *   starts: [0, 3, 5 …]   docs: [7 19 40 | 2 19 | …]   impacts: [.8 .3 .9 | …]
 */
import { bigrams, syllables } from '../../knowledge/language/syllables.ts'

/** Weight and length normalisation of each field, saturation, and the weight of a pair beside a syllable. */
export interface LexicalSettings {
  readonly k1: number
  readonly pairWeight: number
  readonly fields: readonly { readonly name: string; readonly weight: number; readonly b: number }[]
}

/** A document to index: its id and the text of each field by name. */
export interface LexicalDocument {
  readonly id: string
  readonly fields: Readonly<Record<string, string>>
}

/** Doubles when full; holds the postings before they are sorted by term. */
class PostingBuffer {
  terms = new Uint32Array(1 << 16)
  docs = new Uint32Array(1 << 16)
  weights = new Float32Array(1 << 16)
  length = 0

  push(term: number, doc: number, weight: number): void {
    if (this.length === this.terms.length) this.#grow()
    this.terms[this.length] = term
    this.docs[this.length] = doc
    this.weights[this.length] = weight
    this.length++
  }

  #grow(): void {
    const size = this.length * 2
    const grown = { terms: new Uint32Array(size), docs: new Uint32Array(size), weights: new Float32Array(size) }
    grown.terms.set(this.terms)
    grown.docs.set(this.docs)
    grown.weights.set(this.weights)
    Object.assign(this, grown)
  }
}

/** @returns syllables then pairs of a text: the terms that are indexed and looked up. */
export function terms(text: string): string[] {
  const tokens = syllables(text)
  return [...tokens, ...bigrams(tokens)]
}

export class LexicalIndex {
  readonly #settings: LexicalSettings
  readonly #termIds: ReadonlyMap<string, number>
  readonly #starts: Uint32Array
  readonly #docs: Uint32Array
  readonly #impacts: Float32Array
  readonly #idf: Float32Array
  /** In how many counted documents each term stands. */
  #held = new Uint32Array(0)
  readonly #unseen: number
  /** How many documents are counted. */
  readonly size: number

  private constructor(settings: LexicalSettings, size: number, termIds: Map<string, number>, postings: PostingBuffer) {
    this.#settings = settings
    this.size = size
    this.#unseen = Math.log(1 + size)
    this.#termIds = termIds
    this.#starts = new Uint32Array(termIds.size + 1)
    for (let i = 0; i < postings.length; i++) (this.#starts[(postings.terms[i] as number) + 1] as number)++
    for (let t = 0; t < termIds.size; t++) this.#starts[t + 1] = (this.#starts[t + 1] as number) + (this.#starts[t] as number)
    this.#docs = new Uint32Array(postings.length)
    this.#impacts = new Float32Array(postings.length)
    this.#idf = new Float32Array(termIds.size)
    this.#sortByTerm(postings)
  }

  /**
   * Builds an index. Only the first `counted` documents say how rare a word is and how long a field should be: what stands behind
   * them is scored by the same measure and changes no score of theirs.
   */
  static build(documents: readonly LexicalDocument[], settings: LexicalSettings, counted = documents.length): LexicalIndex {
    const lengths = averageLengths(documents.slice(0, counted), settings)
    const termIds = new Map<string, number>()
    const postings = new PostingBuffer()
    let index = 0
    for (const document of documents) {
      for (const [term, weight] of weightedTerms(document, settings, lengths)) {
        let id = termIds.get(term)
        if (id === undefined) {
          id = termIds.size
          termIds.set(term, id)
        }
        postings.push(id, index, weight)
      }
      index++
    }
    return new LexicalIndex(settings, counted, termIds, postings)
  }

  /** Counting sort: postings of one term become neighbours, weights become impacts. */
  #sortByTerm(postings: PostingBuffer): void {
    const held = new Uint32Array(this.#idf.length)
    for (let i = 0; i < postings.length; i++) if ((postings.docs[i] as number) < this.size) (held[postings.terms[i] as number] as number)++
    held.forEach((df, t) => {
      this.#idf[t] = df === 0 ? this.#unseen : Math.log(1 + (this.size - df + 0.5) / (df + 0.5))
    })
    this.#held = held
    const next = this.#starts.slice()
    for (let i = 0; i < postings.length; i++) {
      const term = postings.terms[i] as number
      const at = next[term] as number
      next[term] = at + 1
      const tf = postings.weights[i] as number
      this.#docs[at] = postings.docs[i] as number
      this.#impacts[at] = ((this.#idf[term] as number) * tf) / (this.#settings.k1 + tf)
    }
  }

  /** @returns every document that shares a term with `query`, unordered, and the best score that any document could reach. */
  search(query: string): { scores: Map<number, number>; ceiling: number } {
    const scores = new Map<number, number>()
    let ceiling = 0
    for (const term of new Set(terms(query))) {
      const weight = term.includes('_') ? this.#settings.pairWeight : 1
      const id = this.#termIds.get(term)
      // A word that no counted document has counts against every one of them; a pair does not.
      if (id === undefined || this.#held[id] === 0) ceiling += weight === 1 ? this.#unseen : 0
      else ceiling += weight * (this.#idf[id] as number)
      if (id === undefined) continue
      for (let i = this.#starts[id] as number; i < (this.#starts[id + 1] as number); i++) {
        const doc = this.#docs[i] as number
        scores.set(doc, (scores.get(doc) ?? 0) + weight * (this.#impacts[i] as number))
      }
    }
    return { scores, ceiling }
  }

  /** @returns the inverse document frequency of a term, or that of an unseen one. */
  idf(term: string): number {
    const id = this.#termIds.get(term)
    return id === undefined ? this.#unseen : (this.#idf[id] as number)
  }
}

/** Average length of each field over the documents that have it: thousands of texts without everyday questions must not make ours look long. */
function averageLengths(documents: readonly LexicalDocument[], settings: LexicalSettings): number[] {
  const totals = settings.fields.map(() => 0)
  const counts = settings.fields.map(() => 0)
  for (const document of documents) {
    settings.fields.forEach((field, f) => {
      const length = syllables(document.fields[field.name] ?? '').length
      totals[f] = (totals[f] as number) + length
      if (length > 0) counts[f] = (counts[f] as number) + 1
    })
  }
  return totals.map((total, f) => total / Math.max(1, counts[f] as number))
}

/** tf of each term over all fields, each field normalised by its own length: Σ w·tf / (1 − b + b·len/avg). */
function weightedTerms(document: LexicalDocument, settings: LexicalSettings, lengths: readonly number[]): Map<string, number> {
  const weights = new Map<string, number>()
  settings.fields.forEach((field, f) => {
    const tokens = syllables(document.fields[field.name] ?? '')
    if (tokens.length === 0) return
    const norm = 1 - field.b + (field.b * tokens.length) / Math.max(1, lengths[f] as number)
    for (const term of [...tokens, ...bigrams(tokens)]) weights.set(term, (weights.get(term) ?? 0) + field.weight / norm)
  })
  return weights
}
