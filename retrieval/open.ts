/** Opens the engine: reads the vector index when it fits the library and the model, else builds it with progress. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Library } from '../knowledge/library.ts'
import { type Embedder, loadEmbedder, type ModelChoice } from './embedder.ts'
import { buildWords, Engine, type Shelf, type Words } from './engine.ts'
import { type Entry, entriesOf } from './entries.ts'
import { LexicalIndex } from './lexical/bm25f.ts'
import { readLexical, writeLexical } from './lexical/file.ts'
import { shelfOrder } from './rerank/shelf-order.ts'
import { LEXICAL } from './settings.ts'
import { faceDigest, type IndexKey, VectorIndex } from './vector-index.ts'

/** Told what is being done: `total` faces, `done` so far, and why the index is built. */
export interface BuildProgress {
  start(total: number, reason: 'missing' | 'other' | 'damaged'): void
  step(done: number): void
  stop(): void
}

export const SILENT: BuildProgress = { start() {}, step() {}, stop() {} }

/** Where the index lies, which model makes vectors, further entries beside the library's (for measuring), and whom to tell. */
export interface OpenOptions {
  readonly dataFolder: string
  readonly model?: ModelChoice
  readonly extra?: readonly Entry[]
  readonly progress?: BuildProgress
  /** Weights that put the candidates in order, `plain` for none; left out: those that ship. */
  readonly order?: readonly number[] | 'plain'
}

/** Opens the engine over `library`. Throws ModelError when the model cannot be used. */
export async function openEngine(library: Library, options: OpenOptions): Promise<Engine> {
  const embedder = await loadEmbedder(options.model)
  const shelf = async (name: string, entries: readonly Entry[]): Promise<Shelf> => ({
    entries,
    vectors: await vectorsOf(name, entries, embedder, options),
  })
  const entries = entriesOf(library)
  const kept = options.extra ? undefined : keptWords(entries, options.dataFolder)
  const own = await shelf('library', entries)
  const beside = options.extra ? await shelf('measured', options.extra) : undefined
  const order = options.order === 'plain' ? undefined : (options.order ?? shelfOrder())
  return new Engine(own, embedder, { beside, order, words: await kept })
}

/** @returns the lexical indexes of `entries`: those in the data folder when they fit, else new ones, kept there. */
async function keptWords(entries: readonly Entry[], dataFolder: string): Promise<Words> {
  const content = wordsDigest(entries)
  const [marked, bare] = [join(dataFolder, 'index', 'library', 'words.bin'), join(dataFolder, 'index', 'library', 'bare-words.bin')]
  const [first, second] = await Promise.all([readLexical(marked, content), readLexical(bare, content)])
  if (typeof first !== 'string' && typeof second !== 'string') return { marked: new LexicalIndex(first), bare: new LexicalIndex(second) }
  const words = buildWords(entries)
  writeLexical(marked, words.marked.parts, content)
  writeLexical(bare, words.bare.parts, content)
  return words
}

function wordsDigest(entries: readonly Entry[]): string {
  const hash = createHash('sha256').update(JSON.stringify(LEXICAL))
  for (const { id, fields } of entries) for (const text of [id, ...Object.entries(fields).flat()]) hash.update(text).update('\0')
  return hash.digest('hex')
}

/** @returns the vectors of `entries`: those in the data folder when they fit, else new ones, kept there. */
async function vectorsOf(name: string, entries: readonly Entry[], embedder: Embedder, options: OpenOptions): Promise<VectorIndex> {
  const key: IndexKey = { content: contentDigest(entries), model: embedder.identity }
  const folder = join(options.dataFolder, 'index', name)
  const found = await VectorIndex.read(folder, key)
  if (typeof found !== 'string') return found
  const faces = entries.flatMap((entry) => entry.faces)
  const patched =
    found === 'other' ? await VectorIndex.patch(folder, embedder.identity, faces, (some) => embedder.embedPassages([...some])) : undefined
  const known = found === 'other' && !patched ? await VectorIndex.readFaces(folder, embedder.identity) : new Map()
  const vectors = patched ?? (await buildVectors(faces, known, embedder, found, options.progress ?? SILENT))
  await vectors.write(folder, key, faces)
  return vectors
}

/** Digest of every face: what the vectors are made of. */
function contentDigest(entries: readonly Entry[]): string {
  const hash = createHash('sha256')
  for (const entry of entries) for (const text of [entry.id, ...entry.faces]) hash.update(text).update('\0')
  return hash.digest('hex')
}

const SLICE = 256

/** Embeds what is not among `known`, then builds. */
async function buildVectors(
  faces: readonly string[],
  known: ReadonlyMap<string, Float32Array>,
  embedder: Embedder,
  reason: 'missing' | 'other' | 'damaged',
  progress: BuildProgress,
): Promise<VectorIndex> {
  progress.start(faces.length * 2, reason)
  try {
    const vectors = faces.map((face) => known.get(faceDigest(face)))
    const missing = vectors.flatMap((vector, i) => (vector ? [] : [i]))
    for (let at = 0; at < missing.length; at += SLICE) {
      const some = missing.slice(at, at + SLICE)
      const made = await embedder.embedPassages(some.map((i) => faces[i] as string))
      some.forEach((i, n) => {
        vectors[i] = made[n]
      })
      progress.step(faces.length - missing.length + at + some.length)
    }
    return VectorIndex.build(vectors as Float32Array[], embedder.identity.dimension, (done) => progress.step(faces.length + done))
  } finally {
    progress.stop()
  }
}
