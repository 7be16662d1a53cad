/** Our own engine as the retrieval benchmark opens it: the one place that knows how it is built over a corpus. */
import { join } from 'node:path'
import { repairText } from '../../knowledge/language/repair.ts'
import { ToneRestorer } from '../../knowledge/language/tones.ts'
import { CorpusIndex, type CorpusProgress, indexBytes } from '../../retrieval/corpus/corpus-index.ts'
import { CorpusEngine } from '../../retrieval/corpus/engine.ts'
import { loadEmbedder } from '../../retrieval/embedder.ts'
import type { BenchQuestion } from '../../retrieval/evaluate/questions.ts'
import type { CorpusSearch } from '../../retrieval/evaluate/ranking.ts'
import { crossFitted, rankingOf } from '../../retrieval/rerank/fit.ts'
import { shippedTrees } from '../../retrieval/rerank/shipped.ts'
import { TreeScorer } from '../../retrieval/rerank/trees.ts'

/** Our engine over a corpus. `indexBytes` is the size of what lies in the data folder. */
export interface OpenedOurs {
  readonly engine: CorpusSearch
  readonly buildSeconds: number
  readonly indexBytes: number | undefined
}

/**
 * Builds our engine over `corpusFile` in `dataFolder`. Where every question has a fold, the order of candidates is fitted on the questions of
 * the other folds; else the weights that ship put them in order. The vectors are those of `modelFolder`. `progress` hears how many steps are done, and of how many.
 */
export async function openOurs(
  corpusFile: string,
  dataFolder: string,
  questions: readonly BenchQuestion[],
  progress: (done: number, total?: number) => void,
  modelFolder: string,
): Promise<OpenedOurs> {
  const began = performance.now()
  const embedder = await loadEmbedder({ folder: modelFolder })
  const folder = join(dataFolder, 'corpus')
  const opening = CorpusIndex.open(corpusFile, folder, embedder, told(progress))
  // Read here while the files of the index are read on other threads.
  const tones = ToneRestorer.load()
  const index = await opening
  const engine = new CorpusEngine(index, embedder, (question) => repairText(question, tones))
  const buildSeconds = (performance.now() - began) / 1000
  const treesOf = await fitted(engine, questions)
  return {
    engine: { search: ({ question, fold }, limit) => engine.search(question, limit, treesOf(fold)) },
    buildSeconds,
    indexBytes: indexBytes(folder),
  }
}

function told(progress: (done: number, total?: number) => void): CorpusProgress {
  let total = 0
  return {
    start: (all) => {
      total = all
      progress(0, total)
    },
    step: (done) => progress(done, total),
    stop() {},
  }
}

async function fitted(engine: CorpusEngine, questions: readonly BenchQuestion[]): Promise<(fold: number | undefined) => TreeScorer> {
  const folds = questions.flatMap(({ fold }) => (fold === undefined ? [] : [fold]))
  if (folds.length < questions.length || new Set(folds).size < 2) {
    const shipped = new TreeScorer(shippedTrees())
    return () => shipped
  }
  const byFold = new Map([...crossFitted(await rankingOf(engine, questions), folds)].map(([fold, trees]) => [fold, new TreeScorer(trees)]))
  return (fold) => byFold.get(fold ?? -1) as TreeScorer
}
