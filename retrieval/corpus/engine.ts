/** Searching a corpus of law: candidates by words and by vectors, put in order by trees. */
import type { Embedder } from '../embedder.ts'
import type { TreeScorer } from '../rerank/trees.ts'
import type { CorpusIndex } from './corpus-index.ts'
import { FEATURES, FeatureReader, type Found } from './features.ts'
import { type Best, topOf } from './top.ts'

/** How many candidates each side gives. */
const CANDIDATES = 100
/** Several windows of one article may be near. */
const WINDOWS = 300
/** Rank of a candidate that the other side did not find. */
const NO_RANK = 200

/** Reads a question as it was meant: keyboard left-overs, shorthand, missing marks. */
export type Repair = (question: string) => string

export class CorpusEngine {
  readonly #index: CorpusIndex
  readonly #embedder: Embedder
  readonly #repair: Repair
  readonly #features: FeatureReader
  readonly #owners: Uint32Array

  constructor(index: CorpusIndex, embedder: Embedder, repair: Repair = (question) => question) {
    this.#index = index
    this.#embedder = embedder
    this.#repair = repair
    this.#features = new FeatureReader(index.lexical, index.articles)
    this.#owners = index.windows.owners()
  }

  /** @returns at most `limit` articles for `question` in the order of `trees`, best first, with what they gave. */
  async search(question: string, limit: number, trees: TreeScorer): Promise<{ id: string; score: number }[]> {
    const { ids, rows } = await this.candidates(question)
    return ids
      .map((id, i) => ({ id, score: trees.score(rows, i * FEATURES.length) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
  }

  /** @returns the articles that may answer what is `asked`, and the row of {@link FEATURES} of each. */
  async candidates(asked: string): Promise<{ ids: readonly string[]; rows: Float32Array }> {
    const question = this.#repair(asked)
    const vector = await this.#embedder.embedQuery(question)
    const found = this.#found(question, vector)
    return { ids: found.candidates.map(({ doc }) => this.#index.articles.ids[doc] as string), rows: this.#features.read(found) }
  }

  #found(question: string, vector: Float32Array): Found {
    const { sums, ceiling } = this.#index.lexical.scores(question)
    const wordsOf = (doc: number) => sums[doc] as number
    const [byWords, byVector] = [topOf(sums, CANDIDATES), this.#nearest(vector)]
    const [wordsRank, cosineRank] = [ranksOf(byWords), ranksOf(byVector)]
    const candidates = [...new Set([...wordsRank.keys(), ...cosineRank.keys()])].map((doc) => ({
      doc,
      words: wordsOf(doc),
      cosine: this.#index.windows.cosine(vector, doc),
      headingCosine: this.#index.headings.cosine(vector, doc),
      wordsRank: wordsRank.get(doc) ?? NO_RANK,
      cosineRank: cosineRank.get(doc) ?? NO_RANK,
    }))
    return { question, candidates, ceiling, wordsOf }
  }

  /** The articles whose windows are nearest, each once. */
  #nearest(vector: Float32Array): Best[] {
    const best = new Map<number, number>()
    for (const { face, cosine } of this.#index.vectors.search(vector, WINDOWS)) {
      const doc = this.#owners[face] as number
      if (cosine > 0 && !best.has(doc)) best.set(doc, cosine)
    }
    return [...best].slice(0, CANDIDATES).map(([doc, score]) => ({ doc, score }))
  }
}

function ranksOf(best: readonly Best[]): Map<number, number> {
  return new Map(best.map(({ doc }, rank) => [doc, rank]))
}
