/** People on the platforms as they are: they type, press, send photos, block us and come back, have themselves erased, and go on elsewhere with a code. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ERASE_CHOICE } from '../../bot/wording/requests.ts'
import type { Delivered, Shown } from '../fakes/fake.ts'
import { tellComplaint } from './complainers.ts'
import type { PlatformEvent } from './history.ts'
import type { Phone } from './phone-checker.ts'
import type { Platform } from './platforms.ts'
import type { Random } from './random.ts'
import { pause } from './sse.ts'
import { pictureOf, shownSince, type World } from './visitors.ts'
import { CHOICES, masked, question, withNumbers } from './words.ts'

/** `leaves`: has everything erased once, and begins anew. `moves`: goes on with the matter on another platform. `complains`: tells one complaint after another. */
export type Role = 'stays' | 'blocks' | 'leaves' | 'moves' | 'complains'

const THINKING_MS = [300, 1_800] as const
const MANY_UNANSWERED = 6
const BLOCKED_MS = [500, 3_000] as const
/** For as long a person waits to be asked back, or for an erasure; less when everybody is going home. */
const WAITING_MS = 45_000
const LAST_WAIT_MS = 15_000
const LOOK_MS = 150
/** What is under way while a person is erased may still be shown. */
const STRAGGLERS_MS = 2_000
const CODE = /AT-[0-9A-Z]{5}-[0-9A-Z]{5}/

const OTHERS = { telegram: ['sticker', 'voice', 'location'], 'zalo-bot': ['sticker', 'voice'], 'zalo-oa': ['sticker', 'audio', 'location'] } as const

export class Person implements Phone {
  readonly #world: World
  readonly #random: Random
  readonly #platform: Platform
  readonly #role: Role
  readonly id: string
  readonly #mine: PlatformEvent[] = []
  #count = 0
  #acts = 0
  /** The service's clock when the last erasure was certainly over. */
  #erasedAt = Number.NEGATIVE_INFINITY
  /** When they asked for it; real time. */
  #askedAt = 0
  /** No question is waited for after this. */
  #homeBy = Number.POSITIVE_INFINITY
  /** Was asked whether everything is to be erased, too late to answer: a number might be taken for the answer. */
  #unanswered = false
  #left = false
  #hasBlocked = false
  /** A backup from before was put back: what the phone shows is no longer what the service knows. */
  restored = false
  /** `maybe`: asked for, not seen yet. */
  erasing: 'no' | 'maybe' = 'no'
  /** Parts that were shown again, as the checker counted them. */
  repeats = 0
  /** How much of what the phone shows belongs to a conversation that was erased. */
  baseline = 0

  constructor(world: World, platform: Platform, role: Role) {
    this.#world = world
    this.#random = world.random.fork()
    this.#platform = platform
    this.#role = role
    this.id = platform.name === 'zalo-bot' ? hexOf(this.#random) : `7${this.#random.digits(platform.name === 'telegram' ? 9 : 17)}`
    world.people.set(this.key, this)
    world.history.secrets.add(this.id)
  }

  /** Has blocked us; or is not heard, since the service's clock stands before their erasure: what is held for them stays so until it has gone on. */
  get blocked(): boolean {
    return this.#hasBlocked || Math.min(Date.now(), this.#world.now()) <= this.#erasedAt
  }

  get key(): string {
    return `${this.#platform.name}:${this.id}`
  }

  get channel(): string {
    return this.#platform.name
  }

  /** What the phone shows since the last erasure. */
  shown(): readonly Shown[] {
    return this.#platform.fake.shown(this.id).slice(this.baseline)
  }

  /** Behaves like a person until `signal`. Ends with nothing in hand. @param elsewhere where a mover goes on */
  async live(signal: AbortSignal, elsewhere?: Person): Promise<void> {
    signal.addEventListener('abort', () => {
      this.#homeBy = performance.now() + LAST_WAIT_MS
    })
    if (this.#role === 'complains') return this.#complain(signal)
    while (!signal.aborted) {
      // Who is not answered waits a little, most of the time.
      if (this.#waitingFor < MANY_UNANSWERED || this.#random.chance(0.1)) await this.#act(elsewhere)
      if (this.#hasBlocked) return
      await pause(this.#random.between(...THINKING_MS))
    }
  }

  async #complain(signal: AbortSignal): Promise<void> {
    const { history, telling } = this.#world
    telling.add(this.key)
    while (!signal.aborted) {
      const heard = () => this.shown().map(({ text, buttons }) => [text, ...buttons.map(({ label }) => label)].join('\n'))
      const told = await tellComplaint({ say: (text) => this.#say(text, text), heard, over: () => signal.aborted }, this.#random, this.#mark())
      history.told(told)
      await pause(this.#random.between(...THINKING_MS))
    }
  }

  /** Messages without an answer, roughly: long answers come in parts, and an officer may be silent. */
  get #waitingFor(): number {
    return this.#mine.filter(({ gone }) => !gone).length - this.shown().length
  }

  async #act(elsewhere: Person | undefined): Promise<void> {
    this.#acts++
    if (this.#role === 'leaves' && !this.#left && this.#acts % 5 === 2) return this.leave()
    if (this.#isServed && this.#acts === 2) return this.#takenOver()
    if (this.#role === 'moves' && elsewhere && this.#acts % 5 === 2) return this.#move(elsewhere)
    const drawn = this.#random.next()
    if (this.#role === 'blocks' && drawn < 0.15) return this.#block()
    if (drawn < 0.4) await this.write()
    else if (drawn < 0.48) await Promise.all([this.write(), this.write(), this.write()])
    else if (drawn < 0.58) await this.#choose()
    else if (drawn < 0.66) await this.write(this.#random.between(1, 3))
    else if (drawn < 0.73) await this.#sendNumbers()
    else if (drawn < 0.8) await this.#sendPhoto()
    else if (drawn < 0.86) await this.#sendOther()
    else if (drawn < 0.94 || !this.#isServed) await this.#sameWords()
    else await this.#takenOver()
  }

  /** Officers sit at Zalo's own console too. */
  get #isServed(): boolean {
    return this.channel === 'zalo-oa' && this.#role === 'stays'
  }

  /** @param repeat how often it is delivered again though it was acknowledged */
  write(repeat = 0): Promise<void> {
    const text = question(this.#random, this.#mark())
    return this.#say(text, text, repeat)
  }

  #say(text: string, kept: string | undefined, repeat = 0): Promise<void> {
    return this.#happens('text', kept, () => this.#platform.fake.say(this.id, text, { repeat }))
  }

  /** Two messages may well have the same words. */
  async #sameWords(): Promise<void> {
    for (let i = 0; i < 2; i++) await this.#say('Cảm ơn bạn nhiều', 'Cảm ơn bạn nhiều')
  }

  #sendNumbers(): Promise<void> {
    const text = withNumbers(this.#random, this.#world.history, this.#mark())
    return this.#say(text, masked(text))
  }

  async #choose(): Promise<void> {
    const last = this.shown().at(-1)
    if (!last || this.#unanswered || (this.channel === 'telegram' && last.buttons.length === 0)) {
      const words = this.#random.pick(CHOICES)
      return this.#say(words, words)
    }
    await this.#press(last, this.#random.between(0, Math.max(1, last.buttons.length)))
  }

  #press(shown: Shown, index: number): Promise<void> {
    return this.#happens('press', undefined, () => this.#platform.fake.press(this.id, shown, index))
  }

  async #sendPhoto(): Promise<void> {
    const bytes = await pictureOf(this.#random)
    const caption = question(this.#random, this.#mark())
    const file = { kind: 'photo', bytes, mime: 'image/png', caption } as const
    await this.#happens('file', caption, () => this.#platform.fake.sendFile(this.id, file))
  }

  #sendOther(): Promise<void> {
    const what = this.#random.pick(OTHERS[this.#platform.name])
    return this.#happens('other', undefined, () => this.#platform.fake.sendOther(this.id, what))
  }

  /** An officer answers in Zalo's own console. */
  async #takenOver(): Promise<void> {
    const { platforms } = this.#world
    if (!platforms) return
    const text = `Cán bộ Hội đây, tôi xem giúp bạn (${this.#mark()})`
    await this.#happens('takeover', text, () => platforms.oa.takeover(this.id, text))
    for (let i = 0; i < 2; i++) await this.write()
  }

  async #block(): Promise<void> {
    await this.write()
    this.#platform.fake.block(this.id, true)
    this.#world.history.counts.blocks++
    this.#hasBlocked = true
    await pause(this.#random.between(...BLOCKED_MS))
    // Some never come back.
    if (this.#random.chance(0.25)) return
    this.#platform.fake.block(this.id, false)
    this.#hasBlocked = false
    await this.write()
  }

  /** Has everything erased, and begins anew. */
  async leave(): Promise<void> {
    if (this.channel === 'zalo-oa' && this.#random.chance(0.5)) return this.#withdraw()
    const before = this.shown().length
    await this.#say('xóa dữ liệu của tôi', undefined)
    const asked = await this.#shownSince(before, ({ text }) => text.includes(`“${ERASE_CHOICE}”`))
    if (!asked) {
      this.#unanswered = true
      return
    }
    this.#goes()
    const index = asked.buttons.findIndex(({ label }) => label === ERASE_CHOICE)
    // Without buttons only the words themselves erase, never a number.
    if (index >= 0) await this.#press(asked, index)
    else await this.#say(ERASE_CHOICE, undefined)
    for (const event of this.#mine) event.leaving = true
    if (await this.#waitUntilGone()) await this.#beginAnew()
  }

  async #withdraw(): Promise<void> {
    const { platforms } = this.#world
    if (!platforms) return
    this.#goes()
    const { acknowledged } = await platforms.oa.withdraw(this.id)
    if (!acknowledged) return
    if (this.#isThere() === true) this.#world.history.broken('withdrawn_there', this.key)
    await this.#beginAnew()
  }

  #goes(): void {
    const { history } = this.#world
    this.#left = true
    this.#askedAt = Date.now()
    this.erasing = 'maybe'
    history.leaving.add(this.key)
    for (const event of this.#mine) event.leaving = true
  }

  async #waitUntilGone(): Promise<boolean> {
    return (await this.#wait(() => (this.#isThere() === false ? true : undefined))) ?? false
  }

  async #wait<T>(look: () => T | undefined): Promise<T | undefined> {
    let until = performance.now() + WAITING_MS
    for (; performance.now() < until; await pause(LOOK_MS)) {
      const found = look()
      if (found !== undefined) return found
      until = Math.min(until, this.#homeBy)
    }
    return undefined
  }

  async #beginAnew(): Promise<void> {
    const { history } = this.#world
    // It may have been done while the clock was ahead, and be seen after it was set back.
    this.#erasedAt = Math.max(this.#erasedAt, shownSince(this.#world, this.#askedAt).latest)
    for (const event of this.#mine) {
      event.gone = true
      // Only what was seen to go must not be found: an officer who took the conversation in between has the wish before them.
      if (event.kept?.includes(event.mark)) history.forgotten.add(event.kept)
    }
    await pause(STRAGGLERS_MS)
    this.baseline = this.#platform.fake.shown(this.id).length
    this.erasing = 'no'
    history.leaving.delete(this.key)
    history.counts.erasures++
    await this.write()
  }

  /** @returns undefined when it cannot be seen just now */
  #isThere(): boolean | undefined {
    const world = this.#world
    if (world.stopped || !world.service.url) return undefined
    try {
      const file = new Database(join(world.folder, 'an-tam.sqlite'), { readonly: true, timeout: 200 })
      try {
        return file.prepare('select 1 from conversation where channel = ? and address = ?').get(this.channel, this.id) !== undefined
      } finally {
        file.close()
      }
    } catch {
      return undefined
    }
  }

  /** Asks for a code here and types it there. */
  async #move(elsewhere: Person): Promise<void> {
    const before = this.shown().length
    await this.#say('chuyển kênh', 'chuyển kênh')
    const offered = await this.#shownSince(before, ({ text }) => CODE.test(text))
    const code = offered?.text.match(CODE)?.[0]
    if (!code) return
    this.#world.history.secrets.add(code)
    const seen = elsewhere.shown().length
    await elsewhere.#say(code, undefined)
    if (await elsewhere.#shownSince(seen, ({ text }) => text.includes('Tôi đã nối'))) this.#world.history.counts.moves++
  }

  async #shownSince(count: number, fits: (shown: Shown) => boolean): Promise<Shown | undefined> {
    return this.#wait(() => this.shown().slice(count).find(fits))
  }

  #mark(): string {
    return `p${this.id.slice(-6)}n${++this.#count}`
  }

  /** Something a person does: told to the history before it is done, with its name once the platform has given it one. */
  async #happens(kind: PlatformEvent['kind'], kept: string | undefined, deed: () => Promise<Delivered>): Promise<void> {
    const { history } = this.#world
    const event: PlatformEvent = {
      ...{ channel: this.channel, address: this.id, name: '', kind, kept, mark: `p${this.id.slice(-6)}n`, firstTriedAt: performance.now() },
      ...{ due: true, gone: false, forgiven: false },
      // Until everything is gone, what is still said goes with it.
      leaving: this.erasing === 'maybe',
    }
    const [began, erasedAt] = [Date.now(), this.#erasedAt]
    this.#mine.push(event)
    history.events.push(event)
    const { id, acknowledged, deliveries } = await deed()
    event.name = id
    // It may have come in only after the clock was set back, past the erasure.
    event.due = Math.min(began, shownSince(this.#world, began).earliest) > erasedAt
    history.counts.redelivered += Math.max(0, deliveries - 1)
    if (acknowledged) event.ackedAt = performance.now()
    else history.broken('never_acknowledged', `${this.channel} ${kind} after ${deliveries} deliveries`)
  }
}

function hexOf(random: Random): string {
  return Array.from({ length: 20 }, () => random.between(0, 16).toString(16)).join('')
}
