/** The thread that answers: opens the assistant, then one question at a time in the order they come. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { BuildProgress } from '../../retrieval/open.ts'
import type { Asked } from '../answer/turn.ts'
import type { Config } from '../config.ts'
import type { Question, Said, Wanted } from './answerer.ts'
import { type Assistant, isMendable, openAssistant } from './assistant.ts'
import { askLaw } from './law-desk.ts'
import { askShelf } from './shelf-desk.ts'

const port = parentPort
if (!port) throw new Error('answer-thread.ts is started by answerer.ts')
const NICE = 10
const say = (said: Said) => port.postMessage(said)

async function told(assistant: Assistant, number: number, wanted: Wanted): Promise<void> {
  if ('asked' in wanted) await answerOne(assistant, number, wanted.asked)
  else if ('law' in wanted) say({ kind: 'law', number, found: await askLaw(assistant.tools, wanted.law) })
  else say({ kind: 'shelf', number, said: askShelf(assistant, wanted.shelf) })
}

async function answerOne(assistant: Assistant, number: number, asked: Asked): Promise<void> {
  const steps: [string, number][] = []
  let fault: string | undefined
  const outcome = await assistant.answer(asked, {
    onStep: (name, ms) => steps.push([name, ms]),
    onFault: (error) => {
      fault = error instanceof Error ? error.name : 'unknown'
    },
  })
  say({ kind: 'answer', number, outcome, steps, ...(fault ? { fault } : {}) })
}

/** Drawn by the main thread, which owns the terminal. */
const progress: BuildProgress = {
  start: (total, reason) => say({ kind: 'building', step: 'start', total, reason }),
  step: (done) => say({ kind: 'building', step: 'step', done }),
  stop: () => say({ kind: 'building', step: 'stop' }),
}

/** Where both cores are busy, taking messages and handing out answers goes before making the next one. */
function yieldToTheDoor(): void {
  // On Linux a priority belongs to a thread; elsewhere it would slow the whole process.
  if (process.platform === 'linux') setPriority(NICE)
}

try {
  yieldToTheDoor()
  const assistant = await openAssistant(workerData as Config, { progress })
  port.on('message', ({ number, ...question }: Question) => {
    told(assistant, number, question).catch((error) => say({ kind: 'failed', number, name: error instanceof Error ? error.name : 'unknown' }))
  })
  say({ kind: 'opened' })
} catch (error) {
  say({ kind: 'broken', mendable: isMendable(error), message: error instanceof Error ? error.message : String(error) })
}
