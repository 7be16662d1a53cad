/**
 * `npm run fit:ranking -- --corpus FILE.jsonl(.gz) --questions FILE.jsonl [--ablation] [--write]`: fits the order of candidates that ships.
 * Prints what it reaches cross-fitted by the questions' folds; `--ablation` also without each group of features; `--write` fits on all and keeps it.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repairText } from '../../knowledge/language/repair.ts'
import { ToneRestorer } from '../../knowledge/language/tones.ts'
import { CorpusIndex } from '../../retrieval/corpus/corpus-index.ts'
import { CorpusEngine } from '../../retrieval/corpus/engine.ts'
import { FEATURES } from '../../retrieval/corpus/features.ts'
import { loadEmbedder } from '../../retrieval/embedder.ts'
import { type BenchQuestion, readQuestions } from '../../retrieval/evaluate/questions.ts'
import { DEPTH, MEASURES, type Measures, means, measure } from '../../retrieval/evaluate/ranking.ts'
import { crossFitted, fitTrees, rankingOf } from '../../retrieval/rerank/fit.ts'
import { SHIPPED_TREES, treesFile } from '../../retrieval/rerank/shipped.ts'
import { type Ranking, TreeScorer } from '../../retrieval/rerank/trees.ts'
import { readConfig } from '../config.ts'

/** Groups of features, by how their names begin. */
const GROUPS: Readonly<Record<string, RegExp>> = {
  'chữ (BM25F)': /^words|^fused/,
  'véc-tơ': /^cosine|^fused|^documentCosine/,
  'trùng lặp với tiêu đề, tên văn bản, nội dung': /^(heading|title|body)[A-Z]/,
  'văn bản và đề mục quanh ứng viên': /^document|^topic/,
  'điều liền trước, liền sau': /^previous|^next/,
  'loại văn bản, số điều': /^kind|^number/,
  'loại câu hỏi và tiêu đề': /^(heading|asked)\d/,
}

/** The candidates of every question, in the order of the ranking's rows. */
interface Candidates {
  readonly questions: readonly BenchQuestion[]
  readonly ids: readonly (readonly string[])[]
  readonly ranking: Ranking
}

async function candidatesOf(engine: CorpusEngine, questions: readonly BenchQuestion[]): Promise<Candidates> {
  const bar = sparse('câu hỏi', questions.length)
  const ranking = await rankingOf(engine, questions, bar)
  const ids: (readonly string[])[] = []
  for (const { question } of questions) ids.push((await engine.candidates(question)).ids)
  return { questions, ids, ranking }
}

function sparse(what: string, total: number): (done: number) => void {
  return (done) => {
    if (done % 100 === 0 || done === total) console.error(`${what}: ${done}/${total}`)
  }
}

/** Cross-fits with the features that `kept` names; the others are set to 0, so that no tree can ask about them. */
function crossFittedMeasures({ questions, ids, ranking }: Candidates, kept: (name: string) => boolean): Measures[] {
  const some = { ...ranking, features: ranking.features.map((value, i) => (kept(FEATURES[i % FEATURES.length] as string) ? value : 0)) }
  const folds = questions.map(({ fold }) => fold ?? 0)
  const scorers = new Map([...crossFitted(some, folds)].map(([fold, trees]) => [fold, new TreeScorer(trees)]))
  return questions.map(({ gold }, q) => {
    const from = ranking.groups[q] as number
    const scorer = scorers.get(folds[q] as number) as TreeScorer
    const scored = (ids[q] as readonly string[]).map((id, i) => ({ id, score: scorer.score(some.features, (from + i) * FEATURES.length) }))
    const best = scored.sort((a, b) => b.score - a.score).slice(0, DEPTH)
    return measure(
      best.map(({ id }) => id),
      gold,
    )
  })
}

function print(label: string, rows: readonly Measures[]): void {
  const all = means(rows)
  const shown = MEASURES.map((name) => `${name} ${all[name].value.toFixed(3)} [${all[name].low.toFixed(3)}–${all[name].high.toFixed(3)}]`)
  console.log(`${label}: ${shown.join(' · ')}`)
}

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    questions: { type: 'string' },
    ablation: { type: 'boolean' },
    write: { type: 'boolean' },
  },
})
if (!values.corpus || !values.questions) {
  console.error('Thiếu --corpus hoặc --questions.')
  process.exit(2)
}
const embedder = await loadEmbedder()
const folder = join(readConfig(process.env).dataFolder, 'index', 'corpus')
const tones = ToneRestorer.load()
const engine = new CorpusEngine(await CorpusIndex.open(values.corpus, folder, embedder), embedder, (question) => repairText(question, tones))
const candidates = await candidatesOf(engine, readQuestions(values.questions))
print(
  'mọi đặc trưng',
  crossFittedMeasures(candidates, () => true),
)
if (values.ablation)
  for (const [name, group] of Object.entries(GROUPS))
    print(
      `không có ${name}`,
      crossFittedMeasures(candidates, (feature) => !group.test(feature)),
    )
if (values.write) {
  writeFileSync(SHIPPED_TREES, treesFile(fitTrees(candidates.ranking), candidates.questions.length))
  console.error(`Đã ghi ${SHIPPED_TREES}`)
}
