/** Heavy work that an officer asks for, each piece in a thread of its own: reading a file of law, trying a guide on all saved questions. */
import { Worker } from 'node:worker_threads'
import type { Config } from '../config.ts'
import type { DocumentsAnswer, DocumentsJob } from './documents-desk.ts'
import type { TrialJob, TrialSaid } from './trial.ts'

export type Job = TrialJob | DocumentsJob
export type JobAnswer<J extends Job> = J extends TrialJob ? TrialSaid : J extends DocumentsJob ? DocumentsAnswer<J> : never

/** What the thread is given, and what it says. */
export interface JobGiven {
  readonly config: Config
  readonly job: Job
}
export type JobSaid =
  | { readonly kind: 'step'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly result: unknown }
  /** `sentence`: for whoever asked, where they can mend it. */
  | { readonly kind: 'failed'; readonly sentence: string | undefined; readonly name: string }

/** It was not done. `sentence`: why, for whoever asked; undefined: a fault of ours. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed'
  readonly sentence: string | undefined
  constructor(name: string, sentence: string | undefined) {
    super(`a job failed: ${name}`)
    this.sentence = sentence
  }
}

/** A hostile file may ask for as much as it likes. */
const MOST_MEGABYTES = 1_024
const LONGEST_MS: Readonly<Record<Job['kind'], number>> = { trial: 30 * 60_000, documents: 3 * 60_000 }
const TOO_LONG = 'Việc này chạy quá lâu nên đã dừng. Nếu là tệp văn bản, bạn thử bản khác (.docx hoặc PDF có lớp chữ).'

export interface Jobs {
  /** Does one piece of work. Rejects with {@link JobFailed}. */
  run<J extends Job>(job: J, onStep?: (done: number, total: number) => void): Promise<JobAnswer<J>>
  /** Breaks off what is being done. */
  close(): Promise<void>
}

/** So many pieces of one kind may wait for the one that runs. */
const MOST_WAITING = 20
const TOO_MANY = 'Đang có nhiều việc xếp hàng ở phần này. Bạn đợi một phút rồi thử lại.'

/** @returns who does the work, of each kind one piece after another; nothing runs until it is asked for. */
export function openJobs(config: Config): Jobs {
  const running = new Set<Worker>()
  const lines: Record<Job['kind'], Line> = { trial: new Line(), documents: new Line() }
  return {
    run: (job, onStep) => lines[job.kind].next(() => inThread(running, { config, job }, onStep)),
    close: async () => void (await Promise.all([...running].map((worker) => worker.terminate()))),
  }
}

/** Work that is done one piece after another: two threads at the same files would be in each other's way. */
class Line {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  next<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MOST_WAITING) return Promise.reject(new JobFailed('too_many', TOO_MANY))
    this.#waiting++
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined).finally(() => this.#waiting--)
    return done
  }
}

function inThread<T>(running: Set<Worker>, given: JobGiven, onStep: ((done: number, total: number) => void) | undefined): Promise<T> {
  const worker = new Worker(new URL('./job-thread.mjs', import.meta.url), {
    workerData: given,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  running.add(worker)
  return new Promise<T>((resolve, reject) => {
    const tooLong = setTimeout(() => reject(new JobFailed('too_long', TOO_LONG)), LONGEST_MS[given.job.kind])
    worker.on('message', (said: JobSaid) => {
      if (said.kind === 'step') onStep?.(said.done, said.total)
      else if (said.kind === 'done') resolve(said.result as T)
      else reject(new JobFailed(said.name, said.sentence))
    })
    worker.on('error', (error) => reject(new JobFailed(error.name, memorySentence(error))))
    worker.once('exit', () => reject(new JobFailed('ended', undefined)))
    void worker.once('exit', () => clearTimeout(tooLong))
  }).finally(() => {
    running.delete(worker)
    void worker.terminate()
  })
}

function memorySentence(error: Error): string | undefined {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'Việc này cần quá nhiều bộ nhớ nên đã dừng. Nếu là một tệp, tệp có thể hỏng hoặc không phải văn bản luật.'
    : undefined
}
