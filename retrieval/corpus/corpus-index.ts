/** The index of a corpus of law: words, vectors of windows and columns of articles, built with progress and kept in a folder. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type CorpusReport, emptyReport, readCorpus } from '../../knowledge/corpus.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import { digestOfFile, openSealed, type Sealed, writeSealed } from '../../knowledge/sealed-file.ts'
import type { Embedder } from '../embedder.ts'
import { LexicalIndex, type LexicalSettings } from '../lexical/bm25f.ts'
import { readLexical, writeLexical } from '../lexical/file.ts'
import { ForwardBuilder, type ForwardIndex, type Syllabary, type Tokens } from '../lexical/forward.ts'
import { type IndexKey, VectorIndex } from '../vector-index.ts'
import { ArticleColumns, type Articles, articlesSchema } from './articles.ts'
import { joined, WindowVectors, windowTokens } from './chunks.ts'
import { BODY, HEADING, TITLE } from './features.ts'

/** Weights of the fields of a law article, chosen by hand on a plateau: a search over hundreds of settings fitted one half of the questions and lost on the other. */
export const CORPUS_LEXICAL: LexicalSettings = {
  k1: 0.7,
  pairWeight: 0.6,
  fields: [
    { name: 'heading', weight: 5, b: 0.6 },
    { name: 'title', weight: 2.5, b: 0.5 },
    { name: 'body', weight: 1, b: 0.7 },
  ],
}
const FORMAT = 2
const SLICE = 512

/** Told what is being done, in articles and windows. */
export interface CorpusProgress {
  start(total: number, what: 'words' | 'vectors'): void
  step(done: number): void
  stop(): void
}
export const QUIET: CorpusProgress = { start() {}, step() {}, stop() {} }

export class CorpusIndex {
  constructor(
    readonly articles: Articles,
    readonly lexical: LexicalIndex,
    readonly windows: WindowVectors,
    /** One vector an article: of its heading and its document's title. */
    readonly headings: WindowVectors,
    readonly vectors: VectorIndex,
  ) {}

  /**
   * Opens the index of `corpus` in `folder`; builds it there when it is missing, damaged, or made of another corpus or model.
   * Throws {@link EmptyCorpus} when no line can be used, and what the file system throws.
   */
  static async open(corpus: string, folder: string, embedder: Embedder, progress: CorpusProgress = QUIET): Promise<CorpusIndex> {
    const content = digestOf(corpus)
    return (await readIndex(folder, content, embedder)) ?? buildIndex(corpus, folder, await content, embedder, progress)
  }
}

/** No line of a corpus holds an article; `report` says why. */
export class EmptyCorpus extends Error {
  override readonly name = 'EmptyCorpus'

  constructor(
    readonly corpus: string,
    readonly report: CorpusReport,
  ) {
    super(`Kho luật ${corpus} không có điều nào dùng được (${report.notJson} dòng hỏng, ${report.withoutDocument} dòng không số hiệu).`)
  }
}

const inFolder = (folder: string) => ({
  words: join(folder, 'words.bin'),
  articles: join(folder, 'articles.bin'),
  windows: join(folder, 'windows.bin'),
  headings: join(folder, 'headings.bin'),
  vectors: join(folder, 'vectors'),
})

/** @returns how many bytes the index in `folder` takes. */
export function indexBytes(folder: string): number {
  const { words, articles, windows, headings, vectors } = inFolder(folder)
  return [words, articles, windows, headings, join(vectors, 'vectors.hnsw')].reduce((sum, file) => sum + statSync(file).size, 0)
}

async function digestOf(file: string): Promise<string> {
  return `${FORMAT}:${JSON.stringify(CORPUS_LEXICAL)}:${await digestOfFile(file)}`
}

/** The vectors take longest: they are loaded on another thread while the rest is read here. */
async function readIndex(folder: string, digest: Promise<string>, embedder: Embedder): Promise<CorpusIndex | undefined> {
  const files = inFolder(folder)
  const key = digest.then((content): IndexKey => ({ content, model: embedder.identity }))
  const [content, load] = await Promise.all([digest, VectorIndex.checked(files.vectors, key)])
  if (typeof load === 'string') return undefined
  const [vectors, lexical, articles, rows, headingRows] = await Promise.all([
    load(),
    readLexical(files.words, content).then((words) => (typeof words === 'string' ? words : new LexicalIndex(words))),
    ...[files.articles, files.windows, files.headings].map(openSealed),
  ])
  if (typeof lexical === 'string' || !isRead(articles) || !isRead(rows) || !isRead(headingRows) || typeof vectors === 'string') return undefined
  const { dimension } = embedder.identity
  const { forward } = lexical.parts
  const windows = readRows(rows, bodyLengths(forward), dimension)
  const headings = readRows(headingRows, noLengths(forward), dimension)
  return new CorpusIndex(articlesSchema.parse(JSON.parse(articles.toString('utf8'))), lexical, windows, headings, vectors)
}

const isRead = (sealed: Sealed | undefined): sealed is Buffer => typeof sealed === 'object'

function readRows(bytes: Buffer, lengths: readonly number[], dimension: number): WindowVectors {
  const starts = WindowVectors.starts(lengths)
  const size = (starts.at(-1) as number) * dimension
  const scales = new Float32Array(new Uint8Array(bytes.subarray(size)).buffer)
  return new WindowVectors(dimension, starts, new Int8Array(bytes.buffer, bytes.byteOffset, size), scales)
}

function bodyLengths(forward: ForwardIndex): number[] {
  return Array.from({ length: forward.size }, (_, doc) => forward.field(doc, BODY).length)
}

/** A text of no length has one window. */
function noLengths(forward: ForwardIndex): number[] {
  return new Array<number>(forward.size).fill(0)
}

async function buildIndex(corpus: string, folder: string, content: string, embedder: Embedder, progress: CorpusProgress): Promise<CorpusIndex> {
  const files = inFolder(folder)
  const { articles, forward } = await readArticles(corpus)
  progress.start(forward.size, 'words')
  const lexical = LexicalIndex.over(forward, CORPUS_LEXICAL, forward.size, (done) => progress.step(done))
  progress.stop()
  const windows = WindowVectors.empty(embedder.identity.dimension, bodyLengths(forward))
  const headings = WindowVectors.empty(windows.dimension, noLengths(forward))
  progress.start(windows.count, 'vectors')
  const embed = embedding(embedder, forward.syllabary)
  for await (const _ of embedded(headingTexts(forward), headings, embed));
  const made = embedded(windowTexts(forward, windows), windows, embed)
  const vectors = await VectorIndex.grow(made, windows.count, windows.dimension, (done) => progress.step(done))
  progress.stop()
  writeLexical(files.words, lexical.parts, content)
  writeSealed(files.articles, [Buffer.from(JSON.stringify(articles))])
  writeSealed(files.windows, [new Uint8Array(windows.rows.buffer), new Uint8Array(windows.scales.buffer)])
  writeSealed(files.headings, [new Uint8Array(headings.rows.buffer), new Uint8Array(headings.scales.buffer)])
  await vectors.write(files.vectors, { content, model: embedder.identity })
  return new CorpusIndex(articles, lexical, windows, headings, vectors)
}

async function readArticles(corpus: string): Promise<{ articles: Articles; forward: ForwardIndex }> {
  const report = emptyReport()
  const columns = new ArticleColumns()
  const builder = new ForwardBuilder(CORPUS_LEXICAL.fields.length)
  for await (const article of readCorpus(corpus, report)) {
    columns.add(article)
    builder.add([article.heading, `${article.documentTitle} ${article.topic}`, article.text].map(syllables))
  }
  if (columns.columns.ids.length === 0) throw new EmptyCorpus(corpus, report)
  return { articles: columns.columns, forward: builder.finish() }
}

/** Makes the vectors of texts in their order, and keeps each one small. */
async function* embedded(texts: Iterable<Tokens>, windows: WindowVectors, embed: Embed): AsyncGenerator<readonly Float32Array[]> {
  let row = 0
  for (const some of slices(texts)) {
    const made = await embed(some)
    for (const vector of made) windows.set(row++, vector)
    yield made
  }
}

type Embed = (texts: readonly Tokens[]) => Promise<readonly Float32Array[]>

/** By numbers where the model can, else by words. */
function embedding(embedder: Embedder, { all }: Syllabary): Embed {
  const read = embedder.readerOf?.(all)
  if (read) return async (texts) => texts.map(read)
  return (texts) => embedder.embedPassages(texts.map((tokens) => Array.from(tokens, (id) => all[id] as string).join(' ')))
}

function* headingTexts(forward: ForwardIndex): Generator<Tokens> {
  for (let doc = 0; doc < forward.size; doc++) yield joined([forward.field(doc, HEADING), forward.field(doc, TITLE)])
}

function* windowTexts(forward: ForwardIndex, windows: WindowVectors): Generator<Tokens> {
  for (let doc = 0; doc < forward.size; doc++) {
    const [heading, title, body] = [forward.field(doc, HEADING), forward.field(doc, TITLE), forward.field(doc, BODY)]
    const count = (windows.starts[doc + 1] as number) - (windows.starts[doc] as number)
    for (let i = 0; i < count; i++) yield windowTokens(heading, title, body, i)
  }
}

function* slices(texts: Iterable<Tokens>): Generator<Tokens[]> {
  let slice: Tokens[] = []
  for (const text of texts) {
    slice.push(text)
    if (slice.length < SLICE) continue
    yield slice
    slice = []
  }
  if (slice.length > 0) yield slice
}
