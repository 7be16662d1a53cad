/**
 * `npx tsx test/channels/load.ts [--conversations 1000] [--turns 4] [--senders 32] [--seed N]`: that many people on the web chat and on all three platforms at once, against the real
 * service and real HTTP fakes: nothing lost, nothing decided twice, order kept, and how fast a message is acknowledged, beside a bare fastify with one SQLite insert in
 * the same run, in turns, with the same senders and through the same fakes. Ends with one line of figures; exit code 1 when a promise was broken.
 *
 *   a second of the bare side ─▶ a second of the service ─▶ … until all is said ─▶ quiet ─▶ check
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import Fastify from 'fastify'
import { readConfig } from '../../bot/config.ts'
import { startService } from '../../bot/main/service.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { openEngine, SILENT } from '../../retrieval/open.ts'
import { DATA } from '../bot/open.ts'
import { check, heldFor, unfinished } from '../crash/checker.ts'
import { History, type PlatformEvent, type SentMessage, type Violation } from '../crash/history.ts'
import type { Phone } from '../crash/phone-checker.ts'
import { type Platform, type PlatformName, type Platforms, startPlatforms } from '../crash/platforms.ts'
import { Random } from '../crash/random.ts'
import { question } from '../crash/words.ts'
import type { Shown, Trouble } from '../fakes/fake.ts'

export interface LoadOptions {
  readonly conversations: number
  readonly turns: number
  /** How many send at the same time. */
  readonly senders: number
  readonly seed: number
  readonly say?: (line: string) => void
}

export interface LoadResult {
  readonly violations: readonly Violation[]
  /** One line. */
  readonly figures: string
}

type ChannelName = 'web' | PlatformName

const CHANNELS: readonly ChannelName[] = ['web', 'telegram', 'zalo-bot', 'zalo-oa']
/** How long each channel waits for "taken": the platforms' own limits; a browser gives up after ten seconds. */
const LIMIT_MS: Readonly<Record<ChannelName, number>> = { web: 10_000, telegram: 10_000, 'zalo-bot': 2_000, 'zalo-oa': 2_000 }
const ROUND_MS = 1_000
const DUPLICATES = 0.05
const LOST_ANSWERS = 0.01
/** Without anything getting done. A channel that was told to slow down rests for a minute. */
const QUIET_MS = 150_000
const POLL_MS = 250

// ── the two sides, each a process of its own ────────────────────────────────────────────────────

interface Side {
  readonly name: 'bare' | 'whole'
  readonly child: ChildProcess
  readonly base: string
}

async function bare(): Promise<string> {
  const file = new Database(join(process.env['ANTAM_DATA'] ?? '', 'bare.sqlite'))
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) file.pragma(pragma)
  file.exec('create table message (number integer primary key, body text not null, at integer not null)')
  const insert = file.prepare('insert into message (body, at) values (?, ?)')
  const app = Fastify()
  app.post('/*', async (message, reply) => {
    insert.run(JSON.stringify(message.body), Date.now())
    return reply.code(message.url.startsWith('/api') ? 202 : 200).send()
  })
  return app.listen({ host: '127.0.0.1', port: 0 })
}

async function whole(): Promise<string> {
  const service = await startService({ config: readConfig(process.env), log: () => undefined, progress: SILENT })
  process.once('SIGTERM', () => void service.stop().then(() => process.exit(0)))
  await service.opened
  return service.address
}

const UNLIMITED = Object.fromEntries(
  ['RATE_PER_MINUTE', 'RATE_PER_HOUR', 'RATE_PER_ADDRESS', 'RATE_GLOBAL', 'SESSIONS_PER_HOUR'].map((name) => [name, '10000000']),
)

function startSide(name: Side['name'], folder: string, env: Readonly<Record<string, string>>): Promise<Side> {
  const child = fork(fileURLToPath(import.meta.url), ['--child', name], {
    env: { ...process.env, ...UNLIMITED, ...env, PORT: '0', ANTAM_DATA: folder },
    execArgv: ['--import', 'tsx'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', (base) => resolve({ name, child, base: String(base) }))
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)))
  })
}

// ── people ──────────────────────────────────────────────────────────────────────────────────────

/** One person who says `left` more things, one after the other. */
interface Talker {
  readonly channel: ChannelName
  readonly id: string
  readonly token: string
  said: number
  left: number
}

/** How long each acknowledgement took, by channel. */
type Times = Record<ChannelName, number[]>
const noTimes = (): Times => ({ web: [], telegram: [], 'zalo-bot': [], 'zalo-oa': [] })

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

function post(url: string, body: object, token: string): Promise<{ readonly status: number; readonly text: string }> {
  const bytes = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes), authorization: `Bearer ${token}` }
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', reject).end(bytes)
  })
}

class Load {
  readonly #options: LoadOptions
  readonly #random: Random
  readonly #platforms: Platforms
  readonly #history = new History()
  readonly #people = new Map<string, Phone>()
  readonly #times = { bare: noTimes(), whole: noTimes() }
  /** Messages a second, a round. */
  readonly #pace = { bare: [] as number[], whole: [] as number[] }
  #duplicates = 0
  #strangers = 0

  constructor(options: LoadOptions, random: Random, platforms: Platforms) {
    this.#options = options
    this.#random = random
    this.#platforms = platforms
  }

  async run(plain: Side, ours: Side, folder: string): Promise<LoadResult> {
    const talkers = await this.#gather(ours)
    this.#say(`${talkers.length} people on ${CHANNELS.length} channels, ${this.#options.turns} messages each`)
    this.#unsettle()
    const started = performance.now()
    for (let queue = this.#random.shuffled(talkers); queue.length > 0; ) {
      await this.#round(plain, this.#strangersOf(), false)
      queue = await this.#round(ours, queue, true)
    }
    this.#say(`all is said after ${seconds(started)} s`)
    await this.#quiet(folder)
    const tookS = (performance.now() - started) / 1_000
    const violations = [
      ...this.#history.violations,
      ...(await check(folder, this.#history, [], { platforms: this.#platforms, people: this.#people })),
    ]
    return { violations: [...violations, ...this.#late()], figures: this.#figures(violations, tookS) }
  }

  #say(line: string): void {
    this.#options.say?.(line)
  }

  async #gather({ base }: Side): Promise<Talker[]> {
    const talkers: Talker[] = []
    for (let i = 0; i < this.#options.conversations; i++) {
      const channel = CHANNELS[i % CHANNELS.length] ?? 'web'
      talkers.push(channel === 'web' ? await this.#visitor(base) : this.#person(channel))
    }
    return talkers
  }

  async #visitor(base: string): Promise<Talker> {
    const { text } = await post(`${base}/api/chat/session`, {}, '')
    const { token } = JSON.parse(text) as { token: string }
    return { channel: 'web', id: token.slice(0, token.indexOf('.')), token, said: 0, left: this.#options.turns }
  }

  #person(channel: PlatformName): Talker {
    const id =
      channel === 'zalo-bot'
        ? Array.from({ length: 20 }, () => this.#random.between(0, 16).toString(16)).join('')
        : `6${this.#random.digits(channel === 'telegram' ? 9 : 17)}`
    const { fake } = this.#platform(channel)
    const key = `${channel}:${id}`
    const shown = (): readonly Shown[] => fake.shown(id)
    this.#people.set(key, { key, channel, blocked: false, restored: false, erasing: 'no', repeats: 0, shown })
    return { channel, id, token: '', said: 0, left: this.#options.turns }
  }

  #platform(channel: PlatformName): Platform {
    const found = this.#platforms.list.find(({ name }) => name === channel)
    if (!found) throw new Error(`no ${channel}`)
    return found
  }

  /** Answers get lost, and each platform says once or now and then that it is too much. */
  #unsettle(): void {
    const lost: Trouble = { kind: 'lost_ack' }
    const random = this.#random.fork()
    for (const { name, fake, met } of this.#platforms.list) {
      const kinds: readonly Trouble[] = name === 'telegram' ? [lost, { kind: 'rate', retryAfter: 1 }] : [lost]
      const likely = LOST_ANSWERS * kinds.length
      let picking = false
      fake.badDay(likely, kinds, () => {
        const drawn = random.next()
        const kind = picking ? kinds[Math.floor(drawn * kinds.length)]?.kind : undefined
        picking = !picking && drawn < likely
        if (kind) met.set(kind, (met.get(kind) ?? 0) + 1)
        return drawn
      })
      if (name !== 'telegram' && this.#options.conversations >= 1_000) fake.trouble({ kind: 'rate', retryAfter: 0 })
    }
  }

  /** New people for the bare side, which knows nobody. */
  #strangersOf(): Talker[] {
    return Array.from({ length: this.#options.senders * 4 }, (_, i) => {
      const channel = CHANNELS[i % CHANNELS.length] ?? 'web'
      const serial = ++this.#strangers
      const id = channel === 'zalo-bot' ? serial.toString(16).padStart(20, 'f') : String(4_000_000_000 + serial)
      return { channel, id, token: '', said: 0, left: Number.POSITIVE_INFINITY }
    })
  }

  /** A second of one side: each sender takes whoever has waited longest, says one thing, and lets the next one speak. @returns who still has something to say */
  async #round(side: Side, queue: readonly Talker[], counts: boolean): Promise<Talker[]> {
    this.#platforms.deliverTo(side.base)
    const waiting = [...queue]
    const started = performance.now()
    let sent = 0
    const sender = async (): Promise<void> => {
      while (performance.now() < started + ROUND_MS) {
        const talker = waiting.shift()
        if (!talker) return
        await this.#speak(side, talker, counts)
        sent++
        if (talker.left > 0) waiting.push(talker)
      }
    }
    await Promise.all(Array.from({ length: this.#options.senders }, sender))
    this.#pace[side.name].push(sent / ((performance.now() - started) / 1_000))
    return waiting
  }

  async #speak(side: Side, talker: Talker, counts: boolean): Promise<void> {
    talker.left--
    talker.said++
    const text = question(this.#random, `${talker.channel.slice(-3)}${talker.id.slice(-7)}n${talker.said}`)
    const repeat = counts && this.#random.chance(DUPLICATES) ? 1 : 0
    this.#duplicates += repeat
    const started = performance.now()
    if (talker.channel === 'web') await this.#write(side, talker, text, repeat, counts)
    else await this.#tell(talker.channel, talker, text, repeat, counts)
    // One that is delivered again is through only after the second time.
    if (repeat === 0) this.#times[side.name][talker.channel].push(performance.now() - started)
  }

  async #write({ base }: Side, talker: Talker, text: string, repeat: number, counts: boolean): Promise<void> {
    const clientId = `tai-${talker.said.toString().padStart(6, '0')}`
    const message: SentMessage = { visitor: talker.id, clientId, kept: text, firstTriedAt: performance.now(), news: 0, forgiven: false }
    if (counts) this.#history.sent.set(`${talker.id}:${clientId}`, message)
    for (let i = 0; i <= repeat; i++) {
      const answer = await post(`${base}/api/chat/messages`, { id: clientId, text }, talker.token)
      if (answer.status !== 202) this.#history.broken('refused', `${answer.status} ${answer.text}`)
      else if (counts) this.#history.acknowledged(message, (JSON.parse(answer.text) as { repeated?: boolean }).repeated ?? false)
    }
  }

  async #tell(channel: PlatformName, talker: Talker, text: string, repeat: number, counts: boolean): Promise<void> {
    const event: PlatformEvent = {
      ...{ channel, address: talker.id, name: '', kind: 'text', kept: text, mark: '', firstTriedAt: performance.now() },
      ...{ due: true, leaving: false, gone: false, forgiven: false },
    }
    if (counts) this.#history.events.push(event)
    const { id, acknowledged, deliveries } = await this.#platform(channel).fake.say(talker.id, text, { repeat })
    event.name = id
    if (acknowledged) event.ackedAt = performance.now()
    else this.#history.broken('never_acknowledged', `${channel} after ${deliveries} deliveries`)
    if (deliveries > 1 + repeat) this.#history.counts.redelivered += deliveries - 1 - repeat
  }

  async #quiet(folder: string): Promise<void> {
    let [fewest, progressed] = [Number.POSITIVE_INFINITY, performance.now()]
    for (let told = 0; ; await new Promise((done) => setTimeout(done, POLL_MS))) {
      const left = [...unfinished(folder), ...heldFor(folder)]
      const now = performance.now()
      if (left.length < fewest) progressed = now
      fewest = Math.min(fewest, left.length)
      if (left.length === 0) return
      if (now > progressed + QUIET_MS) return this.#history.broken('not_quiet', `${left.length} left, first ${left[0]}`)
      if (now < told + 10_000) continue
      told = now
      this.#say(`${left.length} left to decide or to send`)
    }
  }

  /** The platforms' own limits on an acknowledgement. */
  #late(): Violation[] {
    const late = CHANNELS.filter((name) => quantile(this.#times.whole[name], 0.99) >= LIMIT_MS[name])
    return late.map((name) => ({
      code: 'late',
      detail: `${name}: p99 ${quantile(this.#times.whole[name], 0.99).toFixed(0)} ms of ${LIMIT_MS[name]}`,
    }))
  }

  #figures(violations: readonly Violation[], tookS: number): string {
    const { sent, events, counts } = this.#history
    const count = (...codes: string[]) => violations.filter(({ code }) => codes.includes(code)).length
    const [plain, ours] = [quantile(this.#pace.bare, 0.5), quantile(this.#pace.whole, 0.5)]
    const lost = this.#platforms.list.reduce((sum, { met }) => sum + (met.get('lost_ack') ?? 0), 0)
    const repeats = [...counts.repeats.values()].reduce((sum, one) => sum + one, 0)
    return [
      `load: ${this.#options.conversations} conversations at once (${CHANNELS.join(', ')}), ${sent.size + events.length} messages, seed ${this.#options.seed}`,
      `duplicates delivered ${this.#duplicates}, answers lost ${lost}, repeats marked ${repeats}`,
      `lost ${count('lost', 'told_lost', 'no_reply', 'undecided', 'undelivered', 'phone_lost')}`,
      `doubly decided ${count('twice', 'told_twice', 'taken_twice', 'decided_twice', 'second_reply')}`,
      `out of order ${count('order', 'told_order', 'phone_order')}`,
      `acknowledged p50/p99 ms: ${CHANNELS.map((name) => timesOf(name, this.#times.whole[name])).join(', ')}`,
      `bare: ${timesOf(
        'all',
        CHANNELS.flatMap((name) => this.#times.bare[name]),
      )}`,
      `throughput ${ours.toFixed(0)}/s beside ${plain.toFixed(0)}/s bare = ${(ours / plain).toFixed(2)} (${this.#options.senders} senders)`,
      `all answered after ${tookS.toFixed(0)} s (${((sent.size + events.length) / tookS).toFixed(0)}/s), broken promises ${violations.length}`,
    ].join(' · ')
  }
}

const seconds = (since: number): string => ((performance.now() - since) / 1_000).toFixed(0)

function timesOf(name: string, times: readonly number[]): string {
  return `${name} ${quantile(times, 0.5).toFixed(0)}/${quantile(times, 0.99).toFixed(0)}`
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Runs it once in a folder of its own, which is removed afterwards. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  await openEngine(loadLibrary(), { dataFolder: DATA })
  const folder = mkdtempSync(join(tmpdir(), 'an-tam-load-'))
  const [plainFolder, ourFolder] = [join(folder, 'bare'), join(folder, 'whole')]
  for (const one of [plainFolder, ourFolder]) mkdirSync(one)
  symlinkSync(join(DATA, 'index'), join(ourFolder, 'index'))
  const random = new Random(options.seed)
  const platforms = await startPlatforms(random.fork())
  const sides: Side[] = []
  try {
    sides.push(await startSide('bare', plainFolder, {}), await startSide('whole', ourFolder, { ...platforms.env, PUBLIC_URL: 'http://127.0.0.1' }))
    const [plain, ours] = sides
    if (!plain || !ours) throw new Error('no sides')
    return await new Load(options, random, platforms).run(plain, ours, ourFolder)
  } finally {
    for (const { child } of sides) child.kill('SIGKILL')
    agent.destroy()
    await platforms.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      ...{ conversations: { type: 'string', default: '1000' }, turns: { type: 'string', default: '4' }, senders: { type: 'string', default: '32' } },
      ...{ seed: { type: 'string', default: '20261126' }, child: { type: 'string' } },
    },
  })
  if (values.child) return void process.send?.(await (values.child === 'bare' ? bare() : whole()))
  const [conversations, turns, senders, seed] = [values.conversations, values.turns, values.senders, values.seed].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  const { violations, figures } = await load({ conversations, turns, senders, seed, say: console.log })
  for (const { code, detail } of violations.slice(0, 40)) console.log(`BROKEN ${code}: ${detail}`)
  console.log(figures)
  process.exitCode = violations.length > 0 ? 1 : 0
}

if (process.argv[1] === import.meta.filename) await main()
