/**
 * The assistant in a thread of its own: searching and embedding take the processor for milliseconds at a time, opening the index for seconds, and nobody's
 * message may wait at the door for that.
 */
import { Worker } from 'node:worker_threads'
import type { BuildProgress } from '../../retrieval/open.ts'
import type { Outcome } from '../answer/outcome.ts'
import type { Asked } from '../answer/turn.ts'
import type { Config } from '../config.ts'
import type { LawFound, LawQuestion } from './law-desk.ts'

/** What the thread is asked, and what it says. No words of a person are in anything but `asked` and `outcome`. */
export type Question = { readonly number: number } & ({ readonly asked: Asked } | { readonly law: LawQuestion })
export type Said =
  | { readonly kind: 'opened' }
  /** A sentence for the operator where `mendable`: the assistant cannot be opened. */
  | { readonly kind: 'broken'; readonly message: string; readonly mendable: boolean }
  | { readonly kind: 'law'; readonly number: number; readonly found: readonly LawFound[] }
  | { readonly kind: 'building'; readonly step: 'start'; readonly total: number; readonly reason: Parameters<BuildProgress['start']>[1] }
  | { readonly kind: 'building'; readonly step: 'step'; readonly done: number }
  | { readonly kind: 'building'; readonly step: 'stop' }
  | {
      readonly kind: 'answer'
      readonly number: number
      readonly outcome: Outcome
      readonly steps: readonly (readonly [name: string, ms: number])[]
      readonly fault?: string
    }

export interface Answerer {
  /** Resolves once the index is open; rejects with a sentence when it cannot be. */
  readonly opened: Promise<void>
  ready(): boolean
  /** Answers; rejects when the thread ends before it has. */
  answer(asked: Asked): Promise<Outcome>
  /** Looks something up in the library; rejects as `answer` does. */
  look(law: LawQuestion): Promise<readonly LawFound[]>
  close(): Promise<void>
}

export interface AnswererEvents {
  step(name: string, ms: number): void
  fault(name: string): void
}

/** The assistant cannot be opened; the message is a sentence for the operator. */
export class AnswererBroken extends Error {
  override readonly name = 'AnswererBroken'
}

interface Waiting {
  readonly resolve: (said: Said) => void
  readonly reject: (error: Error) => void
}

const RESTART_MS = 1_000
/** Shorter than a lease, so that the lane that asked still holds its message; far longer than any answer takes. */
const LONGEST_ANSWER_MS = 20_000

/** Starts the thread. One that dies later is started again; what it was asked is rejected, and asked again by whoever waits. */
export function openAnswerer(config: Config, events: AnswererEvents, progress: BuildProgress): Answerer {
  return new ThreadAnswerer(config, events, progress)
}

class ThreadAnswerer implements Answerer {
  readonly opened: Promise<void>
  readonly #config: Config
  readonly #events: AnswererEvents
  readonly #progress: BuildProgress
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker
  #ready = false
  #closed = false
  #count = 0
  #settle: { resolve: () => void; reject: (error: Error) => void } | undefined

  constructor(config: Config, events: AnswererEvents, progress: BuildProgress) {
    this.#config = config
    this.#events = events
    this.#progress = progress
    this.opened = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.#worker = this.#start()
  }

  ready(): boolean {
    return this.#ready
  }

  async answer(asked: Asked): Promise<Outcome> {
    const said = await this.#ask({ asked })
    if (said.kind !== 'answer') throw new Error(`the answering thread answered with ${said.kind}`)
    return said.outcome
  }

  async look(law: LawQuestion): Promise<readonly LawFound[]> {
    const said = await this.#ask({ law })
    if (said.kind !== 'law') throw new Error(`the answering thread answered with ${said.kind}`)
    return said.found
  }

  #ask(question: { readonly asked: Asked } | { readonly law: LawQuestion }): Promise<Said> {
    if (!this.#ready) return Promise.reject(new Error('the answering thread is not ready'))
    return new Promise((resolve, reject) => {
      const number = ++this.#count
      this.#waiting.set(number, { resolve, reject })
      this.#watch(number)
      this.#worker.postMessage({ number, ...question } satisfies Question)
    })
  }

  /** A thread that hangs holds up everybody who asks it: it is ended, and a new one is asked. */
  #watch(number: number): void {
    const worker = this.#worker
    const timer = setTimeout(() => {
      if (!this.#waiting.has(number)) return
      this.#events.fault('answerer_hangs')
      void worker.terminate()
    }, LONGEST_ANSWER_MS)
    timer.unref()
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#worker.terminate()
  }

  #start(): Worker {
    const worker = new Worker(new URL('./answer-thread.mjs', import.meta.url), { workerData: this.#config })
    worker.on('message', (said: Said) => this.#heard(said))
    worker.on('error', (error) => this.#events.fault(error.name))
    worker.once('exit', () => this.#ended())
    return worker
  }

  #ended(): void {
    this.#ready = false
    for (const { reject } of this.#waiting.values()) reject(new Error('the answering thread ended'))
    this.#waiting.clear()
    if (this.#closed) return
    this.#events.fault('answerer_ended')
    setTimeout(() => this.#restart(), RESTART_MS).unref()
  }

  #restart(): void {
    if (!this.#closed) this.#worker = this.#start()
  }

  #heard(said: Said): void {
    switch (said.kind) {
      case 'opened':
        this.#ready = true
        this.#settle?.resolve()
        this.#settle = undefined
        break
      case 'broken':
        this.#broken(said)
        break
      case 'building':
        draw(this.#progress, said)
        break
      case 'answer':
        this.#counted(said)
        this.#settled(said)
        break
      case 'law':
        this.#settled(said)
        break
    }
  }

  /** Final only before the first opening: later the content may just be being exchanged, and the thread is started again until it opens. */
  #broken(said: Extract<Said, { kind: 'broken' }>): void {
    this.#events.fault('answerer_broken')
    if (!this.#settle) {
      void this.#worker.terminate()
      return
    }
    this.#closed = true
    this.#settle.reject(said.mendable ? new AnswererBroken(said.message) : new Error(said.message))
  }

  #counted({ steps, fault }: Extract<Said, { kind: 'answer' }>): void {
    for (const [name, ms] of steps) this.#events.step(name, ms)
    if (fault) this.#events.fault(fault)
  }

  #settled(said: Extract<Said, { kind: 'answer' | 'law' }>): void {
    this.#waiting.get(said.number)?.resolve(said)
    this.#waiting.delete(said.number)
  }
}

function draw(progress: BuildProgress, said: Extract<Said, { kind: 'building' }>): void {
  switch (said.step) {
    case 'start':
      progress.start(said.total, said.reason)
      break
    case 'step':
      progress.step(said.done)
      break
    case 'stop':
      progress.stop()
      break
  }
}
