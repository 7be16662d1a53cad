/** What the reranker sees of each candidate of a question: one row of numbers a candidate. */
import type { LexicalIndex } from '../lexical/bm25f.ts'
import { ASKED_KINDS, askedKinds, askedWords } from '../rerank/asked.ts'
import { type AskedWords, type Overlap, OverlapReader } from '../rerank/overlap.ts'
import { type Articles, HEADING_FLAGS } from './articles.ts'

const NAMES = [
  ...['words', 'wordsShare', 'wordsRank', 'wordsCeiling', 'cosine', 'cosineShare', 'cosineRank', 'cosineHeading', 'fused'],
  ...['headingSyllables', 'headingPairs', 'headingCovered', 'headingRun', 'headingTriples'],
  ...['titleSyllables', 'titlePairs', 'titleCovered', 'titleRun'],
  ...['bodySyllables', 'bodyPairs', 'bodyCovered', 'bodyRun', 'bodyTriples', 'bodyWindow', 'bodyWindowAt'],
  ...['logLength', 'headingLength', 'kind', 'number', 'askedLength', 'askedRarity', 'topCeiling'],
  ...['documentCount', 'documentSum', 'documentAhead', 'documentCosineAhead', 'topicCount', 'topicSum', 'previous', 'next'],
  ...Array.from({ length: HEADING_FLAGS }, (_, i) => `heading${i}`),
  ...Array.from({ length: ASKED_KINDS }, (_, i) => `asked${i}`),
] as const
/** Name of each column of a row. */
export const FEATURES: readonly string[] = NAMES

/** Columns of the corpus that the rows are made of. */
export const HEADING = 0
export const TITLE = 1
export const BODY = 2

/** One article that may answer: its number, its score by words, the cosines of its nearest window and of its heading, and its place in either list from 0. */
export interface CorpusCandidate {
  readonly doc: number
  readonly words: number
  readonly cosine: number
  readonly headingCosine: number
  readonly wordsRank: number
  readonly cosineRank: number
}

/** What was found for a question. `wordsOf` gives the score by words of any article, also of one that is no candidate. */
export interface Found {
  readonly question: string
  readonly candidates: readonly CorpusCandidate[]
  readonly ceiling: number
  readonly wordsOf: (doc: number) => number
}

/** Share of the vectors in the plain fused score, each side by its own best. */
const DENSE = 0.3

export class FeatureReader {
  readonly #index: LexicalIndex
  readonly #articles: Articles
  readonly #overlaps: OverlapReader

  constructor(index: LexicalIndex, articles: Articles) {
    this.#index = index
    this.#articles = articles
    this.#overlaps = new OverlapReader(index.parts.forward.syllabary.all.length)
  }

  /** @returns the rows of `found`, one after another: candidates × {@link FEATURES}. */
  read(found: Found): Float32Array {
    const asked = askedWords(this.#index, found.question)
    this.#overlaps.take(asked)
    const around = surroundings(found, this.#articles)
    const ofQuestion = questionColumns(found, asked, around.topWords)
    const rows = new Float32Array(found.candidates.length * FEATURES.length)
    found.candidates.forEach((candidate, i) => {
      rows.set(this.#row(candidate, found, around, ofQuestion), i * FEATURES.length)
    })
    return rows
  }

  #row(candidate: CorpusCandidate, found: Found, around: Surroundings, ofQuestion: QuestionColumns): number[] {
    const { doc } = candidate
    const { forward } = this.#index.parts
    const { topWords, topCosine, document, topic } = around
    const share = candidate.words / topWords
    const ofDocument = document.get(this.#articles.document[doc] as number) as Gathered
    const ofTopic = topic.get(this.#articles.topic[doc] as number) as Gathered
    const heading = this.#overlaps.read(forward.field(doc, HEADING))
    const title = this.#overlaps.read(forward.field(doc, TITLE))
    const body = this.#overlaps.read(forward.field(doc, BODY))
    return [
      ...[candidate.words, share, 1 / (10 + candidate.wordsRank), found.ceiling > 0 ? candidate.words / found.ceiling : 0],
      ...[candidate.cosine, candidate.cosine / topCosine, 1 / (10 + candidate.cosineRank), candidate.headingCosine],
      (1 - DENSE) * share + (DENSE * candidate.cosine) / topCosine,
      ...[heading.syllables, heading.pairs, heading.covered, heading.run, heading.triples],
      ...[title.syllables, title.pairs, title.covered, title.run],
      ...bodyColumns(body),
      ...[Math.log1p(forward.field(doc, BODY).length), forward.field(doc, HEADING).length],
      ...[this.#articles.kind[doc] as number, this.#articles.number[doc] as number],
      ...ofQuestion.size,
      ...[ofDocument.count, ofDocument.sum, ofDocument.best - share, ofDocument.cosine - candidate.cosine, ofTopic.count, ofTopic.sum],
      ...[this.#neighbour(doc, -1, found) / topWords, this.#neighbour(doc, 1, found) / topWords],
      ...Array.from({ length: HEADING_FLAGS }, (_, i) => ((this.#articles.flags[doc] as number) >> i) & 1),
      ...ofQuestion.kind,
    ]
  }

  /** Score by words of the article before or after, 0 across the border of a document. */
  #neighbour(doc: number, step: 1 | -1, { wordsOf }: Found): number {
    const there = doc + step
    return this.#articles.document[there] === this.#articles.document[doc] ? wordsOf(there) : 0
  }
}

function bodyColumns({ syllables, pairs, covered, run, triples, window, windowAt }: Overlap): number[] {
  return [syllables, pairs, covered, run, triples, window, windowAt]
}

/** Columns that are the same for every candidate of a question. */
interface QuestionColumns {
  readonly size: readonly number[]
  readonly kind: readonly number[]
}

function questionColumns({ question, ceiling }: Found, asked: AskedWords, topWords: number): QuestionColumns {
  const rarity = asked.rarity.reduce((sum, one) => sum + one, 0)
  return { size: [asked.order.length, rarity, ceiling > 0 ? topWords / ceiling : 0], kind: askedKinds(question) }
}

/** What the candidates of one document, or of one topic, have together; scores by words as shares of the best of all. */
interface Gathered {
  count: number
  sum: number
  best: number
  cosine: number
}

interface Surroundings {
  readonly topWords: number
  readonly topCosine: number
  readonly document: ReadonlyMap<number, Gathered>
  readonly topic: ReadonlyMap<number, Gathered>
}

function surroundings({ candidates }: Found, articles: Articles): Surroundings {
  const top = (of: (candidate: CorpusCandidate) => number) => candidates.reduce((most, candidate) => Math.max(most, of(candidate)), 1e-9)
  const topWords = top(({ words }) => words)
  const [document, topic] = [new Map<number, Gathered>(), new Map<number, Gathered>()]
  for (const candidate of candidates) {
    gather(document, articles.document[candidate.doc] as number, candidate, topWords)
    gather(topic, articles.topic[candidate.doc] as number, candidate, topWords)
  }
  return { topWords, topCosine: top(({ cosine }) => cosine), document, topic }
}

function gather(into: Map<number, Gathered>, key: number, { words, cosine }: CorpusCandidate, topWords: number): void {
  const there = into.get(key) ?? { count: 0, sum: 0, best: 0, cosine: 0 }
  there.count++
  there.sum += words / topWords
  there.best = Math.max(there.best, words / topWords)
  there.cosine = Math.max(there.cosine, cosine)
  into.set(key, there)
}
