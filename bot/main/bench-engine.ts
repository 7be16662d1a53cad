/**
 * One engine of the retrieval benchmark in a process of its own, so that its time and memory are its own. Started by bench-run.ts with
 * a job as its only argument; tells what it does by messages and writes nothing.
 */
import { readFileSync } from 'node:fs'
import { AnTamEmbeddings } from '../../adapters/langchain/embeddings.ts'
import { readCorpus } from '../../knowledge/corpus.ts'
import { loadEmbedder } from '../../retrieval/embedder.ts'
import type { OpenPeer } from '../../retrieval/evaluate/peers/peer.ts'
import { type BenchQuestion, readQuestions } from '../../retrieval/evaluate/questions.ts'
import { type CorpusSearch, DEPTH } from '../../retrieval/evaluate/ranking.ts'
import { type Typed, typedAs } from '../../retrieval/evaluate/typed.ts'
import { openOurs } from './bench-antam.ts'
import type { EngineJob, EngineMessage, EngineName } from './bench-job.ts'

interface Opened {
  readonly engine: CorpusSearch
  readonly buildSeconds: number
  indexBytes(): number | undefined
  close(): void
}

/** Questions that are asked once more before anything is timed: code runs slow at first. */
const WARMING = 20
/** So many are asked before memory is looked at. */
const SERVED = 100

const PEERS: Readonly<Record<Exclude<EngineName, 'antam'>, (model: string) => Promise<OpenPeer>>> = {
  minisearch: async () => (await import('../../retrieval/evaluate/peers/minisearch.ts')).openMiniSearch,
  orama: async () => (await import('../../retrieval/evaluate/peers/orama.ts')).openOrama,
  fts5: async () => (await import('../../retrieval/evaluate/peers/fts5.ts')).openFts5,
  memoryvectors: async (folder) => {
    const { memoryVectors } = await import('../../retrieval/evaluate/peers/memory-vectors.ts')
    return memoryVectors(new AnTamEmbeddings(await loadEmbedder({ folder })))
  },
}

function tell(message: EngineMessage): void {
  process.send?.(message)
}

async function open(job: EngineJob, questions: readonly BenchQuestion[]): Promise<Opened> {
  const step = (done: number, total?: number) => tell({ kind: 'indexed', done, ...(total === undefined ? {} : { total }) })
  if (job.engine === 'antam') {
    const ours = await openOurs(job.corpus, job.folder, questions, step, job.model)
    return { ...ours, indexBytes: () => ours.indexBytes, close: () => {} }
  }
  const openPeer = await PEERS[job.engine](job.model)
  const began = performance.now()
  const peer = await openPeer({ articles: readCorpus(job.corpus), folder: job.folder, step })
  return {
    engine: peer.engine,
    buildSeconds: (performance.now() - began) / 1000,
    indexBytes: () => peer.indexBytes(),
    close: () => peer.close(),
  }
}

/** Linux knows the peak of this program alone; what getrusage says may be that of the program that started it. */
function peakBytes(): number {
  try {
    const held = readFileSync('/proc/self/status', 'utf8').match(/^VmHWM:\s+(\d+) kB/mu)
    if (held) return Number(held[1]) * 1024
  } catch {
    // no such file on this system
  }
  return process.resourceUsage().maxRSS * 1024
}

async function ask(engine: CorpusSearch, questions: readonly BenchQuestion[], typed: Typed): Promise<void> {
  const asked = questions.map(({ gold: _, ...rest }) => ({ ...rest, question: typedAs(rest.question, typed) }))
  for (const question of asked.slice(0, WARMING)) await engine.search(question, DEPTH)
  for (const [at, question] of asked.entries()) {
    const began = performance.now()
    const ranked = await engine.search(question, DEPTH)
    const ms = performance.now() - began
    tell({ kind: 'answered', at, ids: ranked.slice(0, DEPTH).map(({ id }) => id), ms, peak: peakBytes() })
  }
}

/** As a service serves it: the index from its files, the order that ships. */
async function serve(job: EngineJob): Promise<void> {
  const questions = readQuestions(job.questionFile)
    .slice(0, SERVED)
    .map(({ fold: _, ...rest }) => rest)
  const opened = await open(job, questions)
  for (const { gold: _, ...question } of questions)
    await opened.engine.search({ ...question, question: typedAs(question.question, job.typed) }, DEPTH)
  tell({ kind: 'served', seconds: opened.buildSeconds, resident: process.memoryUsage().rss })
  opened.close()
}

async function run(job: EngineJob): Promise<void> {
  if (job.served) return serve(job)
  const questions = readQuestions(job.questionFile)
  const opened = await open(job, questions)
  tell({ kind: 'built', seconds: opened.buildSeconds, peak: peakBytes() })
  await ask(opened.engine, questions.slice(0, job.limit ?? undefined), job.typed)
  tell({ kind: 'done', indexBytes: opened.indexBytes() ?? null })
  opened.close()
}

function reason(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND')
    return 'Thư viện của công cụ này chưa được cài: chạy "npm ci" (cả phần chỉ dùng khi phát triển).'
  return error instanceof Error ? error.message : String(error)
}

// Who started this is gone: nobody reads the figures any more.
process.once('disconnect', () => process.exit())
await run(JSON.parse(process.argv[2] as string)).catch((error) => tell({ kind: 'failed', message: reason(error) }))
process.disconnect()
