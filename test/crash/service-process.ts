/** The service as a child process: started, killed, and waited for by its own words, never by guessing how long it takes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import type { Bug } from './bugs.ts'
import type { History } from './history.ts'
import type { Random } from './random.ts'

export const ROOT = resolve(import.meta.dirname, '../..')
const CHILD = join(import.meta.dirname, 'child.ts')
/** Two cores shared with other work: generous, and only to end a run that would never end. */
const START_MS = 90_000
const STOP_SECONDS = 30

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ServiceSettings {
  readonly folder: string
  readonly clockFile: string
  readonly bug?: Bug | undefined
  /** A port that is there again after each start: the platforms know us by it. */
  readonly port: number
  /** What the platforms need. */
  readonly env: Readonly<Record<string, string>>
}

export class ServiceProcess {
  readonly #settings: ServiceSettings
  readonly #history: History
  #child: ChildProcess | undefined
  #exited: Promise<Exit> = Promise.resolve({ code: 0, signal: null })
  #waiting: (() => void)[] = []
  #launchedAt = 0
  #stopping = false
  /** Everything it ever printed. */
  output = ''
  /** Where it listens; undefined while it does not. */
  url: string | undefined

  constructor(settings: ServiceSettings, history: History) {
    this.#settings = settings
    this.#history = history
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  get running(): boolean {
    return this.#child !== undefined
  }

  /** Starts it. @returns once it listens, or once it has died before that. @param crashAt as in child.ts */
  async start(crashAt = ''): Promise<'up' | 'died'> {
    this.launch(crashAt)
    const up = this.up().then(() => 'up' as const)
    const result = await within(START_MS, 'the service neither started nor ended', Promise.race([up, this.#exited.then(() => 'died' as const)]))
    if (result === 'died' && crashAt === '') throw new Error(`the service does not start:\n${this.output.slice(-2_000)}`)
    return result
  }

  /** Starts it and does not wait. */
  launch(crashAt = ''): void {
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD], { cwd: ROOT, env: this.#env(crashAt), stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    this.#stopping = false
    this.#launchedAt = performance.now()
    this.#history.counts.restarts++
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#heard(text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.output += text
    })
    this.#exited = new Promise((done) => child.once('exit', (code, signal) => done(this.#ended({ code, signal }))))
  }

  #env(crashAt: string): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env
    const { folder, clockFile, bug = '', port, env } = this.#settings
    // Limits are another test's matter; here they would only hide what is looked for.
    const limits = {
      RATE_PER_MINUTE: '100000',
      RATE_PER_HOUR: '100000',
      RATE_PER_ADDRESS: '100000',
      RATE_GLOBAL: '100000',
      SESSIONS_PER_HOUR: '100000',
    }
    const crash = { CRASH_CLOCK: clockFile, CRASH_AT: crashAt, CRASH_BUG: bug }
    return { PATH, HOME, PORT: String(port), ANTAM_DATA: folder, STOP_SECONDS: String(STOP_SECONDS), ...limits, ...crash, ...env }
  }

  #heard(text: string): void {
    this.output += text
    const url = text.match(/^listening (\S+)$/m)?.[1]
    if (!url || !this.#child) return
    this.url = url
    this.#recovered()
    for (const wake of this.#waiting.splice(0)) wake()
  }

  #recovered(): void {
    const { counts } = this.#history
    counts.longestRecoveryMs = Math.max(counts.longestRecoveryMs, performance.now() - this.#launchedAt)
  }

  #ended(exit: Exit): Exit {
    this.#child = undefined
    this.url = undefined
    if (exit.signal !== 'SIGKILL' && !this.#stopping)
      this.#history.broken('died', `by itself, ${exit.signal ?? `code ${exit.code}`}: ${this.output.slice(-600)}`)
    return exit
  }

  /** Resolves once it listens, now or after some later start. */
  async up(): Promise<string> {
    while (this.url === undefined) await new Promise<void>((wake) => this.#waiting.push(wake))
    return this.url
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  /** Resolves when it has ended; undefined when it has not after `ms`. */
  async exit(ms: number): Promise<Exit | undefined> {
    return Promise.race([this.#exited, after(ms)])
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL')
    await this.#exited
  }

  /** Asks it to stop. @returns how it ended, by its own deadline at the latest */
  async terminate(): Promise<Exit> {
    this.#stopping = true
    this.signal('SIGTERM')
    return within((STOP_SECONDS + 10) * 1_000, 'the service did not stop', this.#exited)
  }
}

/** @returns a port that nobody listens at, below those that the system hands out: no connection from here can take it while the service is away. */
export async function freePort(random: Random): Promise<number> {
  for (;;) {
    const port = random.between(20_000, 32_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
}

/** @returns undefined after `ms`; keeps nobody from ending */
export function after(ms: number): Promise<undefined> {
  return new Promise((done) => void setTimeout(() => done(undefined), ms).unref())
}

/** @returns what `work` gives; throws `trouble` when it has not after `ms` */
export async function within<T>(ms: number, trouble: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(trouble)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
