/**
 * `npm run test:crash -- [--seconds 600] [--seed N] [--only clock,disk] [--crowd everybody|web|platforms|complainers] [--keep]`: the real service, killed, stopped, starved and set back while people write to it, and nothing may be lost or said twice.
 * Ends with one line of figures; exit code 1 when a promise was broken. ENGINEERING invariants: see checker.ts.
 *
 *   rounds of: traffic and trouble ──▶ quiet ──▶ check ──▶ SIGTERM ──▶ put a backup back ──▶ quiet ──▶ check
 */
import { setMaxListeners } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStore } from '../../adapters/storage/database.ts'
import { retryHandover } from '../../adapters/storage/handover-store.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { openEngine } from '../../retrieval/open.ts'
import { DATA } from '../bot/open.ts'
import { type FakeIntake, type IntakeTrouble, startFakeIntake } from '../fakes/intake.ts'
import type { Bug } from './bugs.ts'
import { check, checkLeases, checkSecrets, handingPutOff, heldFor, putOff, streamLengths, unfinished } from './checker.ts'
import { type Disk, openDisk } from './disk.ts'
import { History, type Violation } from './history.ts'
import { FAILPOINTS, type Failpoint, Nemesis } from './nemesis.ts'
import { officersWork } from './officer.ts'
import { Person, type Role } from './people.ts'
import { type Platform, type Platforms, startPlatforms } from './platforms.ts'
import { Random } from './random.ts'
import { freePort, ServiceProcess } from './service-process.ts'
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
  /** Who is there; everybody unless told. */
  readonly crowd?: Crowd
  /** Leave the folder where it is when a promise was broken, to look into. */
  readonly keep?: boolean
  readonly say?: (line: string) => void
}

/** `complainers`: who does nothing but tell complaints, in the web chat. */
export type Crowd = 'everybody' | 'web' | 'platforms' | 'complainers'

export interface Result {
  readonly violations: readonly Violation[]
  /** One line. */
  readonly figures: string
}

const VISITORS = 4
/** People in the web chat who tell complaints; on each platform there is one more. */
const COMPLAINERS = 2
/** Of each platform. */
const ROLES: readonly Role[] = ['stays', 'blocks', 'leaves', 'complains']
/** So often it is seen whether somebody must write again, or time must pass, before all can be quiet. */
const NUDGE_MS = 3_000
const MINUTE_MS = 61_000
const ROUND_SECONDS = 120
/** Without anything getting done. Longer than any lease: what a stuck transaction left leased is tried again after a minute. */
const QUIET_MS = 120_000
/** Answers, a tab or a phone. */
const LEAST_SHOWN = 60
/** Complaints. */
const LEAST_CONFIRMED = 3
/** By officers in a platform's own console; the first comes early, the others by chance. */
const LEAST_TAKEN_OVER = 1
/** How the intake behaves while things go wrong. What takes long to notice is left to the platforms. */
const BAD_HANDOVERS = 0.5
const INTAKE_TROUBLES: readonly IntakeTrouble[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429, retryAfter: '1' },
  { kind: 'lost_ack' },
  { kind: 'lost_ack' },
]
/** Before the first trouble, and for how long that is waited for. */
const SOME_SHOWN = 30
const CALM_MS = 40_000
const TELL_MS = 10_000
const POLL_MS = 100

/** Runs it once in a folder of its own, which is removed afterwards. */
export async function run(options: RunOptions): Promise<Result> {
  await prepareIndex()
  const base = mkdtempSync(join(tmpdir(), 'an-tam-crash-'))
  const folder = join(base, 'data')
  mkdirSync(folder)
  const disk = openDisk(folder)
  const random = new Random(options.seed)
  const platforms = options.crowd === 'web' || options.crowd === 'complainers' ? undefined : await startPlatforms(random.fork())
  const intake = await startFakeIntake({ clock: () => Date.now() + offsetIn(join(base, 'clock')) })
  const crash = new CrashRun(options, { base, disk, random, platforms, intake, port: await freePort(random.fork()) })
  let kept = false
  try {
    const result = await crash.run()
    kept = options.keep === true && result.violations.length > 0
    if (kept) console.log(`kept: ${base}`)
    return result
  } finally {
    await crash.end()
    await platforms?.close()
    await intake.close()
    if (!kept) disk?.remove()
    if (!kept) rmSync(base, { recursive: true, force: true })
  }
}

/** Built once, read by every start: it is not what is tested here. */
async function prepareIndex(): Promise<void> {
  await openEngine(loadLibrary(), { dataFolder: DATA })
}

interface Around {
  readonly base: string
  readonly disk: Disk | undefined
  readonly random: Random
  readonly platforms: Platforms | undefined
  readonly intake: FakeIntake
  readonly port: number
}

/** @returns by how much the clock of the service is shifted */
function offsetIn(clockFile: string): number {
  return Number(readFileSync(clockFile, 'utf8'))
}

class CrashRun {
  readonly #options: RunOptions
  readonly #folder: string
  readonly #history = new History()
  readonly #random: Random
  readonly #world: World
  readonly #nemesis: Nemesis
  readonly #started = performance.now()

  constructor(options: RunOptions, { base, disk, random, platforms, intake, port }: Around) {
    this.#options = options
    this.#folder = join(base, 'data')
    this.#random = random
    const clockFile = join(base, 'clock')
    const url = `http://127.0.0.1:${port}`
    const hosts = [platforms?.env['ALLOW_PRIVATE_HOSTS'], intake.host].filter(Boolean).join(',')
    const env = { ...intake.env, ...(platforms ? { ...platforms.env, PUBLIC_URL: url } : {}), ALLOW_PRIVATE_HOSTS: hosts }
    const service = new ServiceProcess({ folder: this.#folder, clockFile, bug: options.bug, port, env }, this.#history)
    const common = { folder: this.#folder, clockFile, service, history: this.#history, random, platforms, intake }
    const people = { people: new Map<string, Person>(), telling: new Set<string>() }
    this.#world = { ...common, ...people, visitors: [], clockSettings: [], stopped: false, now: () => Date.now() + this.#offset() }
    for (const secret of [...(platforms?.secrets ?? []), String(intake.env['INTAKE_SECRET'])]) this.#history.secrets.add(secret)
    platforms?.deliverTo(url)
    this.#nemesis = new Nemesis(this.#world, disk, join(base, 'backup.sqlite'))
    this.#nemesis.setClock(0)
    symlinkSync(join(DATA, 'index'), join(this.#folder, 'index'))
  }

  #offset(): number {
    return offsetIn(this.#world.clockFile)
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
    // What tabs and phones were shown after the backup is no longer the truth: they have been checked, and nobody goes on from there.
    for (const person of this.#world.people.values()) person.restored = true
    await this.#world.service.start()
    await this.#settleAndCheck()
    await this.#stop()
    this.#world.visitors.length = 0
  }

  /** Visitors and officers at work while `trouble` lasts; then everybody finishes what they have in hand. */
  async #traffic(trouble: () => Promise<void>): Promise<void> {
    const ending = new AbortController()
    // As many listen as there are people.
    setMaxListeners(0, ending.signal)
    const alive = [...this.#visitors(ending.signal), ...this.#people(ending.signal), officersWork(this.#world, ending.signal)]
    try {
      await trouble()
      if (!this.#world.service.running) await this.#world.service.start()
    } finally {
      ending.abort()
      this.#world.platforms?.fair()
      this.#world.intake.badDay(0, [], () => 1)
    }
    this.#say('what is in hand')
    await Promise.all(alive)
  }

  #visitors(signal: AbortSignal): Promise<void>[] {
    const { crowd } = this.#options
    if (crowd === 'platforms') return []
    const [living, complaining] = crowd === 'complainers' ? [0, 2 * COMPLAINERS] : [VISITORS, COMPLAINERS]
    return [
      ...Array.from({ length: living }, () => new Visitor(this.#world).live(signal)),
      ...Array.from({ length: complaining }, () => new Visitor(this.#world).complain(signal)),
    ]
  }

  /** Some on each platform, and one who goes on from each to the next. */
  #people(signal: AbortSignal): Promise<void>[] {
    const list = this.#world.platforms?.list ?? []
    const person = (platform: Platform, role: Role) => new Person(this.#world, platform, role)
    const staying = list.flatMap((platform) => ROLES.map((role) => person(platform, role)))
    const from = list[this.#random.between(0, Math.max(1, list.length))]
    const to = from && list[(list.indexOf(from) + 1) % list.length]
    const mover = from && to ? [person(from, 'moves').live(signal, person(to, 'stays'))] : []
    return [...staying.map((one) => one.live(signal)), ...mover]
  }

  /** Every trouble once, in drawn order, then again until the time is over. */
  async #trouble(untilMs: number): Promise<void> {
    const { troubles = EVERY_TROUBLE } = this.#options
    await this.#calm()
    this.#world.platforms?.bad(this.#options.seconds >= ROUND_SECONDS)
    this.#world.intake.badDay(BAD_HANDOVERS, INTAKE_TROUBLES, drawnBy(this.#random.fork()))
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
    const { service } = this.#world
    if (!service.running) await service.start()
    const shown = this.#options.crowd === 'complainers' ? 0 : LEAST_SHOWN
    const confirmed = this.#options.crowd === 'platforms' && this.#options.bug ? 0 : LEAST_CONFIRMED
    const takenOver = this.#world.platforms ? LEAST_TAKEN_OVER : 0
    await this.#until(() => this.#shown() >= shown && this.#history.counts.confirmed >= confirmed && this.#takenOver() >= takenOver, QUIET_MS)
  }

  /** So that everybody has begun a conversation, and somebody has had theirs erased, before anything goes wrong. */
  async #calm(): Promise<void> {
    const { counts } = this.#history
    if (this.#options.crowd === 'complainers') return this.#until(() => counts.confirmed >= LEAST_CONFIRMED, CALM_MS)
    if (!this.#world.platforms) return
    const [shown, erasures] = [this.#shown() + SOME_SHOWN, counts.erasures + 1]
    await this.#until(() => this.#shown() >= shown && counts.erasures >= erasures, CALM_MS)
  }

  async #until(enough: () => boolean, ms: number): Promise<void> {
    for (const started = performance.now(); !enough() && performance.now() < started + ms; ) await pause(POLL_MS)
  }

  /** Answers, a tab or a phone. */
  #shown(): number {
    const phones = this.#world.platforms?.list.reduce((sum, { fake }) => sum + fake.shown().length, 0) ?? 0
    return this.#history.counts.answersShown + phones
  }

  /** How often an officer wrote in a platform's own console, and it was taken. */
  #takenOver(): number {
    return this.#history.events.filter(({ kind, ackedAt }) => kind === 'takeover' && ackedAt !== undefined).length
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
    this.#history.violations.push(...(await check(this.#folder, this.#history, tabs, this.#world)))
    for (const visitor of fresh) await visitor.closeTabs()
  }

  /** Waits until the disk says that all is done and every open tab was shown all of it. @returns what is not, when it takes too long */
  async #quiet(tabs: readonly Tab[]): Promise<string[]> {
    let progressed = performance.now()
    let nudged = progressed
    let fewest = Number.POSITIVE_INFINITY
    for (let told = progressed; ; await pause(POLL_MS)) {
      const left = [...unfinished(this.#folder), ...this.#unheard().map((person) => `held for ${person.channel}`), ...this.#behind(tabs)]
      const now = performance.now()
      if (left.length > 0 && now > nudged + NUDGE_MS) {
        await this.#nudge()
        nudged = performance.now()
      }
      if (left.length < fewest) progressed = now
      fewest = Math.min(fewest, left.length)
      if (left.length === 0 || now > progressed + QUIET_MS) return left
      if (now < told + TELL_MS) continue
      told = now
      this.#say(`${left.length} left, first ${left[0]}`)
    }
  }

  /** People for whom something is held who could write, and so set it free. */
  #unheard(): Person[] {
    return heldFor(this.#folder)
      .map((key) => this.#world.people.get(key))
      .filter((person) => person !== undefined)
      .filter(({ blocked }) => !blocked)
  }

  /** Whoever is not answered writes again, and what was put off for a minute is due after a minute. */
  async #nudge(): Promise<void> {
    this.#world.platforms?.resubscribe()
    await this.#retryHandovers()
    await Promise.all(this.#unheard().map((person) => person.write()))
    if (!this.#world.platforms || putOff(this.#folder, this.#world.now()) === 0) return
    this.#nemesis.setClock(this.#offset() + MINUTE_MS)
    this.#history.killed('a minute')
  }

  /** As an officer does who knows that the intake is well again. */
  async #retryHandovers(): Promise<void> {
    const numbers = handingPutOff(this.#folder, this.#world.now())
    if (numbers.length === 0) return
    const store = await openStore(this.#folder)
    try {
      for (const number of numbers) await retryHandover(store, number, this.#world.now())
    } finally {
      await store.close()
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
    const { counts, sent, events, violations } = this.#history
    const acknowledged = [...sent.values(), ...events].filter((message) => message.ackedAt !== undefined).length
    const count = (...codes: string[]) => violations.filter(({ code }) => codes.includes(code)).length
    const parts = [
      `crash: ${Math.round((performance.now() - this.#started) / 1_000)} s, seed ${this.#options.seed}`,
      `trouble: ${[...counts.kills].map(([kind, times]) => `${kind} ${times}`).join(', ')}`,
      `acknowledged ${acknowledged}, decisions ${counts.decided.size}, replies ${counts.replied.size}`,
      ...this.#elsewhere(),
      `lost ${count('lost', 'case_lost', 'not_handed', 'told_lost', 'told_file', 'phone_lost', 'no_reply', 'undecided', 'undelivered', 'tab_missing')}`,
      `duplicates ${count('twice', 'case_twice', 'handed_twice', 'told_twice', 'phone_unmarked', 'phone_repeats', 'taken_twice', 'second_reply', 'duplicate_reply', 'decided_twice', 'event_doubled', 'tab_doubled')}`,
      `complaints confirmed ${counts.confirmed}, cancelled ${counts.cancelled}, cases ${counts.cases.size}, requests at the intake ${counts.handed}`,
      `streams resumed ${counts.resumed}, restarts ${counts.restarts}, longest recovery ${(counts.longestRecoveryMs / 1_000).toFixed(1)} s`,
      `refused honestly ${counts.notKept}, faults ${counts.faults}, checks ${counts.checked}, broken promises ${violations.length}`,
      ...counts.notes,
    ]
    return parts.join(' · ')
  }

  /** What came from each platform, what its phones showed, how much of it again, and what the platforms did to the sends. */
  #elsewhere(): string[] {
    const { platforms } = this.#world
    if (!platforms) return []
    const { counts, events } = this.#history
    const one = ({ name, fake, met }: Platform) => {
      const taken = events.filter((event) => event.channel === name && event.ackedAt !== undefined).length
      const troubles = [...met.values()].reduce((sum, times) => sum + times, 0)
      const lost = met.get('lost_ack') ?? 0
      return `${name} ${taken} in, ${fake.shown().length} shown, ${counts.repeats.get(name) ?? 0} repeats marked (${lost} lost answers, ${troubles} bad sends)`
    }
    return [
      platforms.list.map(one).join(', '),
      `delivered again ${counts.redelivered}, blocks ${counts.blocks}, erased and begun anew ${counts.erasures}, went on elsewhere ${counts.moves}, held for who is gone ${counts.held}`,
    ]
  }
}

function drawnBy(random: Random): () => number {
  return () => random.next()
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '600' },
      seed: { type: 'string' },
      only: { type: 'string' },
      crowd: { type: 'string' },
      bug: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  })
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
  console.log(`seed ${seed}`)
  const { violations, figures } = await run({
    seconds: Number(values.seconds),
    seed,
    say: console.log,
    keep: values.keep,
    ...(values.only === undefined ? {} : { troubles: values.only.split(',').filter(Boolean) as Trouble[] }),
    ...(values.crowd ? { crowd: values.crowd as Crowd } : {}),
    ...(values.bug ? { bug: values.bug as Bug } : {}),
  })
  for (const { code, detail } of violations) console.log(`BROKEN ${code}: ${detail}`)
  console.log(figures)
  process.exitCode = violations.length > 0 ? 1 : 0
}

if (process.argv[1] === import.meta.filename) await main()
