/** The thread that answers: opens the assistant, then one question at a time in the order they come. */
import { parentPort, workerData } from 'node:worker_threads'
import type { BuildProgress } from '../../retrieval/open.ts'
import type { Config } from '../config.ts'
import type { Question, Said } from './answerer.ts'
import { type Assistant, isMendable, openAssistant } from './assistant.ts'

const port = parentPort
if (!port) throw new Error('answer-thread.ts is started by answerer.ts')
const say = (said: Said) => port.postMessage(said)

async function answerOne(assistant: Assistant, { number, asked }: Question): Promise<void> {
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

try {
  const assistant = await openAssistant(workerData as Config, progress)
  port.on('message', (question: Question) => void answerOne(assistant, question))
  say({ kind: 'opened' })
} catch (error) {
  say({ kind: 'broken', mendable: isMendable(error), message: error instanceof Error ? error.message : String(error) })
}
