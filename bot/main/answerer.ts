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
import type { ShelfAnswer, ShelfQuestion, ShelfSaid } from './shelf-desk.ts'

/** What the thread is asked, and what it says. No words of a person are in anything but `asked` and `outcome`. */
export type Question = { readonly number: number } & Wanted
export type Wanted = { readonly asked: Asked } | { readonly law: LawQuestion } | { readonly shelf: ShelfQuestion }
export type Said =
  | { readonly kind: 'opened' }
  /** A sentence for the operator where `mendable`: the assistant cannot be opened. */
  | { readonly kind: 'broken'; readonly message: string; readonly mendable: boolean }
  | { readonly kind: 'law'; readonly number: number; readonly found: readonly LawFound[] }
  | { readonly kind: 'shelf'; readonly number: number; readonly said: ShelfSaid }
  /** Of this one question: the thread goes on. */
  | { readonly kind: 'failed'; readonly number: number; readonly name: string }
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
  /** Asks about the library itself; rejects as `answer` does. */
  shelf<Q extends ShelfQuestion>(question: Q): Promise<ShelfAnswer<Q>>
  /**
   * Opens the library as it is now beside the one that answers, and changes over; nobody's question waits for it or is lost. Rejects, and the old one goes on
   * answering, when the new one cannot be opened.
   */
  renew(): Promise<void>
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
  readonly resolve: (said: Answering) => void
  readonly reject: (error: Error) => void
}

/** What answers a question. */
type Answering = Extract<Said, { readonly kind: 'answer' | 'law' | 'shelf' }>

const RESTART_MS = 1_000
/** Shorter than a lease, so that the lane that asked still holds its message; far longer than any answer takes. */
const LONGEST_ANSWER_MS = 20_000
/** One that opens beside the one that answers; building the whole index takes half a minute. */
const LONGEST_OPENING_MS = 5 * 60_000

/** Starts the thread. One that dies later is started again; what it was asked is rejected, and asked again by whoever waits. */
export function openAnswerer(config: Config, events: AnswererEvents, progress: BuildProgress): Answerer {
  return new ThreadAnswerer(config, events, progress)
}

interface Settle {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** The thread has gone; what it was asked may be asked again. */
class ThreadEnded extends Error {
  override readonly name = 'ThreadEnded'
  constructor() {
    super('the answering thread ended')
  }
}

/** One thread from its start to its end. */
class Thread {
  /** Resolves when it can be asked; rejects when it cannot be opened, or ended before. */
  readonly opened: Promise<void>
  readonly #events: AnswererEvents
  readonly #progress: BuildProgress
  readonly #waiting = new Map<number, Waiting>()
  readonly #worker: Worker
  readonly #ended: Promise<unknown>
  #ready = false
  #leaving = false
  #count = 0
  #settle!: Settle

  constructor(config: Config, events: AnswererEvents, progress: BuildProgress) {
    this.#events = events
    this.#progress = progress
    this.opened = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    // Whoever wants to know asks `opened`; nobody wanting to is no fault.
    this.opened.catch(() => undefined)
    this.#worker = new Worker(new URL('./answer-thread.mjs', import.meta.url), { workerData: config })
    this.#worker.on('message', (said: Said) => this.#heard(said))
    this.#worker.on('error', (error) => events.fault(error.name))
    this.#ended = new Promise((resolve) => this.#worker.once('exit', () => resolve(this.#end())))
  }

  get ready(): boolean {
    return this.#ready
  }

  /** Resolves once it is gone. */
  get ended(): Promise<unknown> {
    return this.#ended
  }

  ask(wanted: Wanted): Promise<Answering> {
    if (!this.#ready) return Promise.reject(new Error('the answering thread is not ready'))
    return new Promise((resolve, reject) => {
      const number = ++this.#count
      this.#waiting.set(number, { resolve, reject })
      this.#watch(number)
      this.#worker.postMessage({ number, ...wanted } satisfies Question)
    })
  }

  /** Ends it once it has answered what it was asked. */
  leave(): void {
    this.#leaving = true
    this.#goWhenDone()
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate()
  }

  #goWhenDone(): void {
    if (this.#leaving && this.#waiting.size === 0) void this.#worker.terminate()
  }

  /** A thread that hangs holds up everybody who asks it: it is ended, and a new one is asked. */
  #watch(number: number): void {
    const timer = setTimeout(() => {
      if (!this.#waiting.has(number)) return
      this.#events.fault('answerer_hangs')
      void this.#worker.terminate()
    }, LONGEST_ANSWER_MS)
    timer.unref()
  }

  #end(): void {
    this.#ready = false
    this.#settle.reject(new ThreadEnded())
    for (const { reject } of this.#waiting.values()) reject(new ThreadEnded())
    this.#waiting.clear()
  }

  #heard(said: Said): void {
    switch (said.kind) {
      case 'opened':
        this.#ready = true
        this.#settle.resolve()
        break
      case 'broken':
        this.#events.fault('answerer_broken')
        this.#settle.reject(said.mendable ? new AnswererBroken(said.message) : new Error(said.message))
        void this.#worker.terminate()
        break
      case 'building':
        draw(this.#progress, said)
        break
      case 'answer':
        this.#counted(said)
        this.#settled(said)
        break
      case 'law':
      case 'shelf':
        this.#settled(said)
        break
      case 'failed':
        this.#events.fault(said.name)
        this.#failed(said)
        break
    }
  }

  #counted({ steps, fault }: Extract<Said, { kind: 'answer' }>): void {
    for (const [name, ms] of steps) this.#events.step(name, ms)
    if (fault) this.#events.fault(fault)
  }

  #failed({ number, name }: Extract<Said, { kind: 'failed' }>): void {
    this.#waiting.get(number)?.reject(new Error(`the answering thread failed: ${name}`))
    this.#waiting.delete(number)
    this.#goWhenDone()
  }

  #settled(said: Answering): void {
    this.#waiting.get(said.number)?.resolve(said)
    this.#waiting.delete(said.number)
    this.#goWhenDone()
  }
}

class ThreadAnswerer implements Answerer {
  readonly opened: Promise<void>
  readonly #start: () => Thread
  readonly #events: AnswererEvents
  #now: Thread
  /** Opens while the other answers. */
  #next: Thread | undefined
  #renewing: Promise<void> = Promise.resolve()
  #queued: Promise<void> | undefined
  #closed = false
  #first: Settle | undefined

  constructor(config: Config, events: AnswererEvents, progress: BuildProgress) {
    this.#events = events
    this.#start = () => new Thread(config, events, progress)
    this.opened = new Promise((resolve, reject) => {
      this.#first = { resolve, reject }
    })
    this.#now = this.#start()
    this.#keep(this.#now)
  }

  ready(): boolean {
    return this.#now.ready
  }

  async answer(asked: Asked): Promise<Outcome> {
    const said = await this.#now.ask({ asked })
    if (said.kind !== 'answer') throw new Error(`the answering thread answered with ${said.kind}`)
    return said.outcome
  }

  async look(law: LawQuestion): Promise<readonly LawFound[]> {
    const said = await this.#now.ask({ law })
    if (said.kind !== 'law') throw new Error(`the answering thread answered with ${said.kind}`)
    return said.found
  }

  async shelf<Q extends ShelfQuestion>(question: Q): Promise<ShelfAnswer<Q>> {
    const said = await this.#now.ask({ shelf: question })
    if (said.kind !== 'shelf') throw new Error(`the answering thread answered with ${said.kind}`)
    return said.said as ShelfAnswer<Q>
  }

  renew(): Promise<void> {
    // What is asked for while one opens may have come too late for that one; one more serves all who ask meanwhile.
    this.#queued ??= this.#renewing
      .catch(() => undefined)
      .then(() => {
        this.#queued = undefined
        this.#renewing = this.#changeOver()
        return this.#renewing
      })
    return this.#queued
  }

  async #changeOver(): Promise<void> {
    if (this.#closed) return
    const next = this.#start()
    this.#next = next
    const tooLong = setTimeout(() => void next.terminate(), LONGEST_OPENING_MS).unref()
    try {
      await next.opened
    } finally {
      clearTimeout(tooLong)
      this.#next = undefined
    }
    const before = this.#now
    this.#now = next
    this.#keep(next)
    before.leave()
  }

  /** The thread that answers is started again when it dies. */
  #keep(thread: Thread): void {
    void thread.opened.then(
      () => this.#firstOpened(),
      (error) => this.#notOpened(error),
    )
    void thread.ended.then(() => {
      if (this.#closed || this.#now !== thread) return
      this.#events.fault('answerer_ended')
      setTimeout(() => this.#restart(thread), RESTART_MS).unref()
    })
  }

  #firstOpened(): void {
    this.#first?.resolve()
    this.#first = undefined
  }

  /** Final only before the first opening: later the content may just be being exchanged, and the thread is started again until it opens. */
  #notOpened(error: Error): void {
    if (!this.#first || error instanceof ThreadEnded) return
    this.#closed = true
    this.#first.reject(error)
  }

  #restart(dead: Thread): void {
    if (this.#closed || this.#now !== dead) return
    this.#now = this.#start()
    this.#keep(this.#now)
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([this.#now.terminate(), this.#next?.terminate()])
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
