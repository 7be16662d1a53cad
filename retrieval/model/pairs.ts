/** Mines (query, text) pairs from law: a heading should find its article, and a span should find the rest of it. */
import type { CorpusArticle } from '../../knowledge/corpus.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import type { Random } from './random.ts'
import type { Pair } from './static-embedding.ts'
import type { Vocabulary } from './vocabulary.ts'

/** One article, or one entry of our own, cut into syllables once. */
export interface TrainingText {
  readonly heading: readonly string[]
  readonly title: readonly string[]
  readonly body: readonly string[]
  /** Everyday questions that this text answers; none for a plain law article. */
  readonly questions: readonly (readonly string[])[]
}

const WINDOW = 64
const BODY_LIMIT = 1500

/** Ways in which people ask: wrapped around a heading so that queries look like questions. */
const FRAMES: readonly (readonly [string, string])[] = [
  ['', 'được quy định như thế nào'],
  ['', 'quy định ra sao'],
  ['', 'là gì'],
  ['', 'gồm những gì'],
  ['cho hỏi', ''],
  ['tôi muốn biết', ''],
  ['thế nào là', ''],
  ['khi nào', ''],
  ['ai phải', ''],
  ['ai có quyền', ''],
  ['làm sao để', ''],
  ['bao lâu thì', ''],
  ['có được', 'không'],
  ['', 'có đúng không'],
  ['', 'thì phải làm gì'],
  ['', 'theo luật'],
  ['trường hợp nào', ''],
  ['xin hỏi về', 'ạ'],
  ['em bị', 'thì sao'],
  ['', 'cần điều kiện gì'],
]
const FRAMES_CUT = FRAMES.map(([before, after]) => [syllables(before), syllables(after)] as const)

/** @returns an article as training text; bodies are read up to 1,500 syllables. */
export function trainingText(article: CorpusArticle): TrainingText {
  return {
    heading: syllables(article.heading),
    title: syllables(`${article.documentTitle} ${article.topic}`).slice(0, 40),
    body: syllables(article.text).slice(0, BODY_LIMIT),
    questions: [],
  }
}

/** Draws one pair from `text`: an everyday question where there is one, else its heading (40 %) or a span of its body (60 %). */
export function drawPair(text: TrainingText, vocabulary: Vocabulary, random: Random): Pair {
  const { query, target } = drawWords(text, random)
  const kept = query.filter(() => random.next() >= 0.15)
  return { query: vocabulary.encode(kept.length > 1 ? kept : query), target: vocabulary.encode(target) }
}

function drawWords(text: TrainingText, random: Random): { query: readonly string[]; target: readonly string[] } {
  if (text.questions.length > 0) return fromQuestion(text, random)
  if (text.body.length < 12 || random.next() < 0.4) return fromHeading(text, random)
  return fromSpan(text, random)
}

/** A question should find what answers it, and (35 %) the other questions that the same text answers. */
function fromQuestion(text: TrainingText, random: Random) {
  const query = random.pick(text.questions)
  const other = random.pick(text.questions)
  if (other !== query && random.next() < 0.35) return { query, target: other }
  return { query, target: [...text.heading, ...window(text.body, random)] }
}

function fromHeading(text: TrainingText, random: Random) {
  const core = random.next() < 0.4 ? [...text.heading, ...text.title.slice(0, 8)] : text.heading
  const shown = random.next() < 0.5 ? [] : text.heading
  return { query: frame(core, random), target: [...text.title, ...shown, ...window(text.body, random)] }
}

function fromSpan(text: TrainingText, random: Random) {
  const length = Math.min(random.integer(5, 24), Math.floor(text.body.length / 2))
  const start = random.integer(0, text.body.length - length)
  const span = text.body.slice(start, start + length)
  const core = random.next() < 0.3 ? [...text.title.slice(0, 8), ...span] : span
  const from = Math.max(0, start - random.integer(0, WINDOW))
  const around = text.body.slice(from, from + WINDOW + length)
  const rest = random.next() < 0.6 ? cutOut(around, start - from, length) : around
  return { query: random.next() < 0.4 ? frame(core, random) : core, target: [...text.title, ...text.heading, ...rest] }
}

function window(body: readonly string[], random: Random): readonly string[] {
  const start = random.next() < 0.5 ? 0 : random.integer(0, Math.max(0, body.length - WINDOW))
  return body.slice(start, start + WINDOW)
}

function cutOut(words: readonly string[], start: number, length: number): string[] {
  return [...words.slice(0, start), ...words.slice(start + length)]
}

function frame(words: readonly string[], random: Random): readonly string[] {
  if (random.next() < 0.25) return words
  const [before, after] = random.pick(FRAMES_CUT)
  return [...before, ...words, ...after]
}

/** @returns the texts that are hard to tell from text `i`, by number. */
export type Nearby = (i: number, random: Random) => readonly number[]

/** The corpus lies in order of topic: what stands around a text is harder to tell from it than what is drawn anywhere. */
export const aroundIn =
  (texts: readonly unknown[]): Nearby =>
  (i, random) =>
    Array.from({ length: 31 }, () => (i + random.integer(0, 160)) % texts.length)

/** @returns a batch of `size` distinct texts, half of them in groups that are hard to tell apart, each sort of `nearby` in turn. */
export function drawBatch(
  texts: readonly TrainingText[],
  size: number,
  random: Random,
  nearby: readonly Nearby[] = [aroundIn(texts)],
): TrainingText[] {
  const chosen = new Set<number>()
  for (let group = 0; chosen.size < Math.min(size / 2, texts.length); group++) {
    const start = random.integer(0, texts.length - 1)
    for (const i of [start, ...(nearby[group % nearby.length] as Nearby)(start, random)]) chosen.add(i)
  }
  while (chosen.size < Math.min(size, texts.length)) chosen.add(random.integer(0, texts.length - 1))
  return [...chosen].slice(0, size).map((i) => texts[i] as TrainingText)
}
