/** Runs one engine of the retrieval benchmark in its own process, for so long as it may take, and gathers what it tells. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type EngineJob, type EngineMessage, KEPT_ON_DISK } from './bench-job.ts'

const PROGRAM = fileURLToPath(new URL('./bench-engine.ts', import.meta.url))
/** Reads TypeScript in the new process, whatever this one was started with. */
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** What came of one engine; of one that did not end in time, what it had told until then. */
export interface EngineRun {
  state: 'done' | 'unfinished' | 'failed'
  /** Why it failed, for the operator. */
  message: string | undefined
  buildSeconds: number | undefined
  indexBytes: number | undefined
  peakBytes: number | undefined
  /** Of an index opened from its files. */
  openSeconds: number | undefined
  residentBytes: number | undefined
  /** By the number of the question: the articles it ranked, and how long that took. */
  readonly answers: Map<number, { readonly ids: readonly string[]; readonly ms: number }>
}

/** Told how far an engine is: articles indexed (or what else it counts, with their `total`), then questions asked. */
export type OnStep = (phase: 'build' | 'ask', done: number, total?: number) => void

const running = new Set<ChildProcess>()

/** Ends every engine that runs, at once: for when the benchmark itself is stopped. */
export function stopEngines(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Runs `job` for at most `limitMs`; its folder is made before and gone after, however it ends. */
export async function runEngine(job: EngineJob, limitMs: number, onStep: OnStep): Promise<EngineRun> {
  const run: EngineRun = {
    state: 'unfinished',
    message: undefined,
    buildSeconds: undefined,
    indexBytes: undefined,
    peakBytes: undefined,
    openSeconds: undefined,
    residentBytes: undefined,
    answers: new Map(),
  }
  mkdirSync(job.folder, { recursive: true })
  try {
    await listen(job, limitMs, (message) => note(run, message, onStep))
    if (run.state === 'done' && KEPT_ON_DISK.includes(job.engine))
      await listen({ ...job, served: true }, limitMs, (message) => note(run, message, onStep))
  } catch (error) {
    if (run.state === 'unfinished') Object.assign(run, { state: 'failed', message: (error as Error).message })
  } finally {
    rmSync(job.folder, { recursive: true, force: true })
  }
  return run
}

/** Until the process ends or its time is over. Throws when it ended by itself and not well. */
function listen(job: EngineJob, limitMs: number, hear: (message: EngineMessage) => void): Promise<void> {
  return new Promise((end, fail) => {
    const child = fork(PROGRAM, [JSON.stringify(job)], { execArgv: ['--import', LOADER], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    running.add(child)
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, limitMs)
    child.on('message', hear)
    child.on('error', fail)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      running.delete(child)
      if (late || code === 0) end()
      else fail(new Error(`Tiến trình dừng giữa chừng (${signal ?? `mã ${code}`}).`))
    })
  })
}

function note(run: EngineRun, message: EngineMessage, onStep: OnStep): void {
  switch (message.kind) {
    case 'indexed':
      onStep('build', message.done, message.total)
      break
    case 'built':
      run.buildSeconds = message.seconds
      run.peakBytes = message.peak
      break
    case 'answered':
      run.answers.set(message.at, message)
      run.peakBytes = message.peak
      onStep('ask', run.answers.size)
      break
    case 'served':
      run.openSeconds = message.seconds
      run.residentBytes = message.resident
      break
    case 'done':
      run.state = 'done'
      run.indexBytes = message.indexBytes ?? undefined
      break
    case 'failed':
      run.state = 'failed'
      run.message = message.message
      break
  }
}
