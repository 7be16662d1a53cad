/** Our own engine as the retrieval benchmark opens it: the one place that knows how it is built over a corpus. */
import { readCorpus } from '../../knowledge/corpus.ts'
import type { BenchQuestion } from '../../retrieval/evaluate/questions.ts'
import type { CorpusSearch, Ranked } from '../../retrieval/evaluate/ranking.ts'
import { type LexicalDocument, LexicalIndex } from '../../retrieval/lexical/bm25f.ts'

const SETTINGS = {
  k1: 0.7,
  pairWeight: 0.6,
  fields: [
    { name: 'heading', weight: 5, b: 0.5 },
    { name: 'document', weight: 2.5, b: 0.5 },
    { name: 'body', weight: 1, b: 0.7 },
  ],
}
const STEP = 1_000

/** Our engine over a corpus. `indexBytes` is the size of what lies in the data folder; undefined when nothing does. */
export interface OpenedOurs {
  readonly engine: CorpusSearch
  readonly buildSeconds: number
  readonly indexBytes: number | undefined
}

/**
 * Builds our engine over `corpusFile`. What it keeps goes into `dataFolder`; `questions` are all questions of the run with their folds,
 * for weights that are fitted on the other folds; `progress` hears how many articles are done. The vectors are those of `modelFolder`.
 */
export async function openOurs(
  corpusFile: string,
  _dataFolder: string,
  _questions: readonly BenchQuestion[],
  progress: (done: number) => void,
  _modelFolder: string,
): Promise<OpenedOurs> {
  const began = performance.now()
  const documents: LexicalDocument[] = []
  for await (const { id, heading, documentTitle, topic, text } of readCorpus(corpusFile)) {
    documents.push({ id, fields: { heading, document: `${documentTitle} ${topic}`, body: text } })
    if (documents.length % STEP === 0) progress(documents.length)
  }
  const ids = documents.map(({ id }) => id)
  const index = LexicalIndex.build(documents, SETTINGS)
  return {
    engine: { search: async ({ question }, limit) => best(index, ids, question, limit) },
    buildSeconds: (performance.now() - began) / 1000,
    indexBytes: undefined,
  }
}

/** Nearly every article shares a syllable with a question: only the few best are ever put in order. */
function best(index: LexicalIndex, ids: readonly string[], question: string, limit: number): Ranked[] {
  const { docs, scores } = index.search(question)
  const floor = scores.length <= limit ? 0 : (scores.slice().sort()[scores.length - limit] as number)
  return Array.from(docs.keys())
    .filter((i) => (scores[i] as number) >= floor)
    .map((i) => ({ id: ids[docs[i] as number] as string, score: scores[i] as number }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
}
