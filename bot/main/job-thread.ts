/** The thread that does one piece of heavy work and ends. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { IngestFault } from '../../knowledge/ingest/fault.ts'
import { doWithDocuments } from './documents-desk.ts'
import type { Job, JobGiven, JobSaid } from './jobs.ts'
import { Refused } from './office.ts'
import { runTrial } from './trial.ts'

const port = parentPort
if (!port) throw new Error('job-thread.ts is started by jobs.ts')
const NICE = 15
const say = (said: JobSaid) => port.postMessage(said)

function work({ config, job }: JobGiven): Promise<unknown> {
  return job.kind === 'trial'
    ? runTrial(config, job, (done, total) => say({ kind: 'step', done, total }))
    : doWithDocuments(config, job satisfies Job)
}

try {
  // On Linux a priority belongs to a thread: whoever is being answered comes first.
  if (process.platform === 'linux') setPriority(NICE)
  say({ kind: 'done', result: await work(workerData as JobGiven) })
} catch (error) {
  // What names a path of the server is for its operator.
  const sentence = error instanceof IngestFault || error instanceof Refused ? error.message : undefined
  say({ kind: 'failed', sentence, name: error instanceof Error ? error.name : 'unknown' })
}
