/**
 * `npm run train -- --corpus FILE.jsonl(.gz) [--steps 1200] [--out FOLDER]`: trains the embedding model that ships with the project.
 * Inputs: a corpus of law articles (from outside, never committed) and the everyday questions of `knowledge/content`.
 */
import { parseArgs } from 'node:util'
import { emptyReport, readCorpus } from '../../knowledge/corpus.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import { fullText, type Library, loadLibrary } from '../../knowledge/library.ts'
import { topOf } from '../corpus/top.ts'
import { LexicalIndex } from '../lexical/bm25f.ts'
import { ForwardBuilder } from '../lexical/forward.ts'
import { SHIPPED_MODEL, writeModel } from './files.ts'
import { aroundIn, drawBatch, drawPair, type Nearby, type TrainingText, trainingText } from './pairs.ts'
import { Random } from './random.ts'
import { StaticEmbedding } from './static-embedding.ts'
import { Vocabulary } from './vocabulary.ts'

const SETTINGS = {
  dimension: 256,
  syllableFloor: 4,
  pairs: 58_000,
  batch: 512,
  seed: 20261123,
  /** Share of a batch taken from our own entries, by phase. */
  phases: [
    { share: 0.55, temperature: 0.05, rate: 3e-3, own: 0 },
    { share: 0.3, temperature: 0.03, rate: 1.5e-3, own: 0.25 },
    { share: 0.15, temperature: 0.03, rate: 5e-4, own: 0.4 },
  ],
}

/** @returns our provisions and guides as training texts, each with its everyday questions. */
function ownTexts(library: Library): TrainingText[] {
  const cut = (texts: readonly { text: string }[]) => texts.map((q) => syllables(q.text))
  const provisions = [...library.provisions.values()].map((p) => ({
    heading: syllables(`${p.heading} ${p.title}`),
    title: [],
    body: syllables(fullText(p)),
    questions: cut(p.questions),
  }))
  const guides = [...library.guides.values()].map((g) => ({
    heading: syllables(g.title),
    title: [],
    body: syllables([...g.answer, ...g.conditions].map((s) => s.text).join(' ')),
    questions: cut(g.questions),
  }))
  const fields = [...library.fields.values()].map((f) => ({
    heading: syllables(f.name),
    title: [],
    body: [],
    questions: cut(f.questions.map((text) => ({ text }))),
  }))
  return [...provisions, ...guides, ...fields].filter((t) => t.questions.length > 0)
}

async function readTexts(corpus: string): Promise<TrainingText[]> {
  const report = emptyReport()
  const texts: TrainingText[] = []
  for await (const article of readCorpus(corpus, report)) texts.push(trainingText(article))
  console.error(`Đã đọc ${texts.length} điều (bỏ ${report.notJson} dòng hỏng, ${report.withoutDocument} không số hiệu, ${report.duplicate} trùng)`)
  return texts
}

function* forVocabulary(law: readonly TrainingText[], own: readonly TrainingText[]): Generator<readonly string[]> {
  for (const text of law) yield [...text.heading, ...text.title, ...text.body.slice(0, 400)]
  // Everyday words are rare in law: our own questions count several times so that they reach the vocabulary.
  for (let i = 0; i < 3; i++) for (const text of own) for (const q of text.questions) yield q
}

const FIELDS = [
  { name: 'heading', weight: 5, b: 0.6 },
  { name: 'title', weight: 2.5, b: 0.5 },
  { name: 'body', weight: 1, b: 0.7 },
]
/** So many that share words with a text stand in a batch beside it. */
const ALIKE = 7
/** Nearly the same words are the same rule in another decree: no wrong answer. */
const SAME = 0.9

/** @returns what shares the most words with a text's heading and title without being the same: the hardest to tell apart. */
function alikeIn(law: readonly TrainingText[]): Nearby {
  const builder = new ForwardBuilder(FIELDS.length)
  for (const { heading, title, body } of law) builder.add([heading, title, body])
  const words = LexicalIndex.over(builder.finish(), { k1: 0.7, pairWeight: 0.6, fields: FIELDS })
  return (i, random) => {
    const { heading, title, body } = law[i] as TrainingText
    const span = body.length > 24 && random.next() < 0.5 ? body.slice(random.integer(0, body.length - 24)).slice(0, 24) : heading
    const { sums } = words.scores([...span, ...title.slice(0, 8)].join(' '))
    const own = sums[i] as number
    return topOf(sums, 4 * ALIKE)
      .filter(({ doc, score }) => doc !== i && score < SAME * own)
      .slice(0, ALIKE)
      .map(({ doc }) => doc)
  }
}

function train(
  model: StaticEmbedding,
  vocabulary: Vocabulary,
  law: readonly TrainingText[],
  own: readonly TrainingText[],
  steps: number,
  random: Random,
): void {
  const alike = alikeIn(law)
  const nearby = [aroundIn(law), alike, alike, alike, alike]
  let step = 0
  for (const phase of SETTINGS.phases) {
    const until = step + Math.round(phase.share * steps)
    const ownCount = own.length > 0 ? Math.round(SETTINGS.batch * phase.own) : 0
    for (; step < until; step++) {
      const texts = [...drawBatch(law, SETTINGS.batch - ownCount, random, nearby), ...drawBatch(own, Math.min(ownCount, own.length), random)]
      const pairs = texts.map((text) => drawPair(text, vocabulary, random))
      const loss = model.step(pairs, { temperature: phase.temperature, learningRate: phase.rate })
      if (step % 20 === 0) console.error(`bước ${step}/${steps}  tổn thất ${loss.toFixed(3)}`)
    }
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { corpus: { type: 'string' }, steps: { type: 'string', default: '1200' }, out: { type: 'string', default: SHIPPED_MODEL } },
  })
  if (!values.corpus) {
    console.error('Thiếu --corpus: tệp .jsonl hoặc .jsonl.gz, mỗi dòng một điều luật.')
    process.exit(2)
  }
  const law = await readTexts(values.corpus)
  const own = ownTexts(loadLibrary())
  const vocabulary = Vocabulary.build(forVocabulary(law, own), SETTINGS)
  console.error(`Từ vựng ${vocabulary.size}; ${own.length} mục của ta`)
  const random = new Random(SETTINGS.seed)
  const model = new StaticEmbedding(vocabulary.size, SETTINGS.dimension, Float32Array.from(vocabulary.idf), random)
  const steps = Number(values.steps)
  train(model, vocabulary, law, own, steps, random)
  const trained = { articles: law.length, own: own.length, steps, settings: SETTINGS }
  const manifest = writeModel(values.out, vocabulary, model.table, SETTINGS.dimension, trained)
  console.error(`Đã ghi ${values.out} (${manifest.revision}, ${steps} bước)`)
}

await main()
