/**
 * `npm run test:crash -- [--seconds 600] [--seed N] [--only clock,disk]`: the real service, killed, stopped, starved and set back while people write to it, and nothing may be lost or said twice.
 * Ends with one line of figures; exit code 1 when a promise was broken. ENGINEERING invariants: see checker.ts.
 *
 *   rounds of: traffic and trouble ──▶ quiet ──▶ check ──▶ SIGTERM ──▶ put a backup back ──▶ quiet ──▶ check
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadLibrary } from '../../knowledge/library.ts'
import { openEngine } from '../../retrieval/open.ts'
import { DATA } from '../bot/open.ts'
import type { Bug } from './bugs.ts'
import { check, checkLeases, checkSecrets, streamLengths, unfinished } from './checker.ts'
import { type Disk, openDisk } from './disk.ts'
import { History, type Violation } from './history.ts'
import { FAILPOINTS, type Failpoint, Nemesis } from './nemesis.ts'
import { officersWork } from './officer.ts'
import { Random } from './random.ts'
import { ServiceProcess } from './service-process.ts'
import { pause, type Tab } from './sse.ts'
import { Visitor, type World } from './visitors.ts'

export type Trouble = Failpoint | 'failpoints' | 'random' | 'standStill' | 'terminate' | 'clock' | 'disk' | 'backup'
const EVERY_TROUBLE: readonly Trouble[] = ['failpoints', 'random', 'standStill', 'terminate', 'clock', 'disk', 'backup']

export interface RunOptions {
  readonly seconds: number
  readonly seed: number
  readonly bug?: Bug
  /** What may go wrong; everything unless told. */
  readonly troubles?: readonly Trouble[]
  readonly say?: (line: string) => void
}

export interface Result {
  readonly violations: readonly Violation[]
  /** One line. */
  readonly figures: string
}

const VISITORS = 5
const ROUND_SECONDS = 120
/** Without anything getting done. Longer than any lease: what a stuck transaction left leased is tried again after a minute. */
const QUIET_MS = 120_000
/** Answers, a tab. */
const LEAST_SHOWN = 60
const TELL_MS = 10_000
const POLL_MS = 100

/** Runs it once in a folder of its own, which is removed afterwards. */
export async function run(options: RunOptions): Promise<Result> {
  await prepareIndex()
  const base = mkdtempSync(join(tmpdir(), 'an-tam-crash-'))
  const folder = join(base, 'data')
  mkdirSync(folder)
  const disk = openDisk(folder)
  const crash = new CrashRun(options, base, disk)
  try {
    return await crash.run()
  } finally {
    await crash.end()
    disk?.remove()
    rmSync(base, { recursive: true, force: true })
  }
}

/** Built once, read by every start: it is not what is tested here. */
async function prepareIndex(): Promise<void> {
  await openEngine(loadLibrary(), { dataFolder: DATA })
}

class CrashRun {
  readonly #options: RunOptions
  readonly #folder: string
  readonly #history = new History()
  readonly #random: Random
  readonly #world: World
  readonly #nemesis: Nemesis
  readonly #started = performance.now()

  constructor(options: RunOptions, base: string, disk: Disk | undefined) {
    this.#options = options
    this.#folder = join(base, 'data')
    this.#random = new Random(options.seed)
    const clockFile = join(base, 'clock')
    const service = new ServiceProcess({ folder: this.#folder, clockFile, bug: options.bug }, this.#history)
    const common = { folder: this.#folder, clockFile, service, history: this.#history, random: this.#random }
    this.#world = { ...common, visitors: [], stopped: false, now: () => Date.now() + Number(readFileSync(clockFile, 'utf8')) }
    this.#nemesis = new Nemesis(this.#world, disk, join(base, 'backup.sqlite'))
    this.#nemesis.setClock(0)
    symlinkSync(join(DATA, 'index'), join(this.#folder, 'index'))
  }

  async run(): Promise<Result> {
    try {
      await this.#rounds()
    } catch (error) {
      // A service that does not start, or does not stop, ends the run: what was found until then is told with it.
      this.#history.broken('run', error instanceof Error ? error.message : String(error))
    }
    return { violations: this.#history.violations, figures: this.#figures() }
  }

  async #rounds(): Promise<void> {
    const { seconds } = this.#options
    await this.#nemesis.duringMigration(this.#migrationPlaces())
    const rounds = Math.max(1, Math.round(seconds / ROUND_SECONDS))
    for (let i = 0; i < rounds && this.#history.violations.length === 0; i++) await this.#round(((i + 1) * seconds * 1_000) / rounds)
    checkSecrets(this.#folder, this.#world.service.output, this.#history)
  }

  async end(): Promise<void> {
    await this.#world.service.kill()
    for (const visitor of this.#world.visitors) await visitor.closeTabs()
  }

  /** All of them in a long run, some of them in a short one. */
  #migrationPlaces(): readonly number[] | 'every' {
    if (this.#options.seconds >= ROUND_SECONDS) return 'every'
    return this.#options.bug ? [] : [this.#random.between(1, 13), this.#random.between(13, 26)]
  }

  async #round(untilMs: number): Promise<void> {
    await this.#traffic(() => this.#trouble(untilMs))
    await this.#settleAndCheck()
    await this.#stop()
    if (!this.#nemesis.restore()) return
    // What tabs were shown after the backup is no longer the truth: they have been checked, and nobody goes on from there.
    await this.#world.service.start()
    await this.#settleAndCheck()
    await this.#stop()
    this.#world.visitors.length = 0
  }

  /** Visitors and officers at work while `trouble` lasts; then everybody finishes what they have in hand. */
  async #traffic(trouble: () => Promise<void>): Promise<void> {
    const ending = new AbortController()
    const visitors = Array.from({ length: VISITORS }, () => new Visitor(this.#world))
    const alive = [...visitors.map((visitor) => visitor.live(ending.signal)), officersWork(this.#world, ending.signal)]
    try {
      await trouble()
      if (!this.#world.service.running) await this.#world.service.start()
    } finally {
      ending.abort()
    }
    this.#say('what is in hand')
    await Promise.all(alive)
  }

  /** Every trouble once, in drawn order, then again until the time is over. */
  async #trouble(untilMs: number): Promise<void> {
    const { troubles = EVERY_TROUBLE } = this.#options
    do {
      for (const trouble of this.#random.shuffled(troubles)) {
        this.#say(trouble)
        await this.#do(trouble)
        if (this.#history.violations.length > 0) return
      }
    } while (performance.now() - this.#started < untilMs)
    await this.#enough()
  }

  /** A round in which little was said would prove little. */
  async #enough(): Promise<void> {
    const { service, history } = this.#world
    if (!service.running) await service.start()
    for (const started = performance.now(); history.counts.answersShown < LEAST_SHOWN && performance.now() < started + QUIET_MS; )
      await pause(POLL_MS)
  }

  #say(what: string): void {
    this.#options.say?.(`${Math.round((performance.now() - this.#started) / 1_000)} s: ${what}`)
  }

  async #do(trouble: Trouble): Promise<void> {
    const nemesis = this.#nemesis
    switch (trouble) {
      case 'failpoints':
        for (const place of this.#random.shuffled(FAILPOINTS)) await nemesis.atFailpoint(place)
        return
      case 'random':
        return nemesis.atRandom()
      case 'standStill':
        return nemesis.standStill()
      case 'terminate':
        return nemesis.terminate()
      case 'clock':
        return nemesis.jumpClock()
      case 'disk':
        return nemesis.fillDisk()
      case 'backup':
        return nemesis.backUp()
      default:
        return nemesis.atFailpoint(trouble)
    }
  }

  async #settleAndCheck(): Promise<void> {
    const { visitors, service } = this.#world
    const fresh = visitors.filter((visitor) => visitor.joined && !this.#history.leaving.has(visitor.session.visitor))
    for (const visitor of fresh) visitor.openTab()
    const tabs = fresh.flatMap((visitor) => visitor.tabs)
    this.#say('quiet?')
    const left = await this.#quiet(tabs)
    if (left.length > 0)
      this.#history.broken('not_quiet', `after ${QUIET_MS / 1_000} s: ${left.slice(0, 4).join('; ')}\n${service.output.slice(-800)}`)
    this.#history.violations.push(...(await check(this.#folder, this.#history, tabs)))
    for (const visitor of fresh) await visitor.closeTabs()
  }

  /** Waits until the disk says that all is done and every open tab was shown all of it. @returns what is not, when it takes too long */
  async #quiet(tabs: readonly Tab[]): Promise<string[]> {
    let progressed = performance.now()
    let fewest = Number.POSITIVE_INFINITY
    for (let told = progressed; ; await pause(POLL_MS)) {
      const left = [...unfinished(this.#folder), ...this.#behind(tabs)]
      const now = performance.now()
      if (left.length < fewest) progressed = now
      fewest = Math.min(fewest, left.length)
      if (left.length === 0 || now > progressed + QUIET_MS) return left
      if (now < told + TELL_MS) continue
      told = now
      this.#say(`${left.length} left, first ${left[0]}`)
    }
  }

  #behind(tabs: readonly Tab[]): string[] {
    const lengths = streamLengths(this.#folder)
    const late = tabs.filter((tab) => !tab.isClosed && tab.last < (lengths.get(tab.session.visitor) ?? 0))
    return late.map((tab) => `a tab of ${tab.session.visitor} at ${tab.last} of ${lengths.get(tab.session.visitor)}`)
  }

  async #stop(): Promise<void> {
    this.#say('stop')
    await this.#nemesis.terminate()
    checkLeases(this.#folder, this.#history)
  }

  #figures(): string {
    const { counts, sent, violations } = this.#history
    const acknowledged = [...sent.values()].filter((message) => message.ackedAt !== undefined).length
    const count = (...codes: string[]) => violations.filter(({ code }) => codes.includes(code)).length
    const parts = [
      `crash: ${Math.round((performance.now() - this.#started) / 1_000)} s, seed ${this.#options.seed}`,
      `trouble: ${[...counts.kills].map(([kind, times]) => `${kind} ${times}`).join(', ')}`,
      `acknowledged ${acknowledged}, decisions ${counts.decided.size}, replies ${counts.replied.size}`,
      `lost ${count('lost', 'no_reply', 'undecided', 'undelivered', 'tab_missing')}`,
      `duplicates ${count('twice', 'taken_twice', 'second_reply', 'duplicate_reply', 'decided_twice', 'event_doubled', 'tab_doubled')}`,
      `streams resumed ${counts.resumed}, restarts ${counts.restarts}, longest recovery ${(counts.longestRecoveryMs / 1_000).toFixed(1)} s`,
      `refused honestly ${counts.notKept}, faults ${counts.faults}, checks ${counts.checked}, broken promises ${violations.length}`,
      ...counts.notes,
    ]
    return parts.join(' · ')
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '600' }, seed: { type: 'string' }, only: { type: 'string' } } })
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
  console.log(`seed ${seed}`)
  const { violations, figures } = await run({
    seconds: Number(values.seconds),
    seed,
    say: console.log,
    ...(values.only ? { troubles: values.only.split(',') as Trouble[] } : {}),
  })
  for (const { code, detail } of violations) console.log(`BROKEN ${code}: ${detail}`)
  console.log(figures)
  process.exitCode = violations.length > 0 ? 1 : 0
}

if (process.argv[1] === import.meta.filename) await main()
