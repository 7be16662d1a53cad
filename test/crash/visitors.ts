/** Web visitors as they are: several tabs, impatient, sending again whatever was not acknowledged, always under the same id. */
import sharp from 'sharp'
import type { FakeIntake } from '../fakes/intake.ts'
import { tellComplaint } from './complainers.ts'
import type { History, SentMessage } from './history.ts'
import type { Person } from './people.ts'
import type { Platforms } from './platforms.ts'
import type { Random } from './random.ts'
import type { ServiceProcess } from './service-process.ts'
import { pause, type Session, Tab } from './sse.ts'
import { CHOICES, masked, question, withNumbers } from './words.ts'

/** What every actor of a run can reach. */
export interface World {
  readonly folder: string
  readonly clockFile: string
  readonly service: ServiceProcess
  readonly history: History
  readonly random: Random
  readonly visitors: Visitor[]
  /** Undefined in a run of the web chat alone. */
  readonly platforms: Platforms | undefined
  /** Where the service hands its cases over. */
  readonly intake: FakeIntake
  /** Who is telling a complaint, by "channel:address": officers leave them to it. */
  readonly telling: Set<string>
  /** Everybody who was ever on a platform, by "channel:chat". */
  readonly people: Map<string, Person>
  /** The service is held by SIGSTOP, perhaps inside a transaction: whoever shares this process with the nemesis must not wait for its lock. */
  stopped: boolean
  /** The clock that the service reads. */
  now(): number
  /** How it was set, oldest first; `at` is the real time. */
  readonly clockSettings: { readonly at: number; readonly offset: number }[]
}

/** @returns the earliest and the latest moment that the service's clock has shown since the real moment `since`: it may have been set back meanwhile */
export function shownSince({ clockSettings }: World, since: number): { readonly earliest: number; readonly latest: number } {
  const spans = clockSettings
    .map(({ at, offset }, i) => ({ from: Math.max(at, since), to: clockSettings[i + 1]?.at ?? Date.now(), offset }))
    .filter(({ from, to }) => to >= from)
  return {
    earliest: Math.min(...spans.map(({ from, offset }) => from + offset)),
    latest: Math.max(...spans.map(({ to, offset }) => to + offset)),
  }
}

type Body = { readonly text: string } | { readonly choice: string } | { readonly attachment: string; readonly caption: string }
interface Answer {
  readonly status: number
  readonly body: { repeated?: boolean; attachment?: string; token?: string; error?: { code: string } }
}

const PATIENCE_MS = [1_500, 8_000] as const
const THINKING_MS = [100, 900] as const
const AGAIN_MS = [20, 300] as const
/** After so many tries something is wrong that trying does not mend. */
const MOST_TRIES = 400

export class Visitor {
  readonly #world: World
  readonly #random: Random
  readonly tabs: Tab[] = []
  readonly #mine: { message: SentMessage; body: Body }[] = []
  #session: Session | undefined
  #count = 0

  constructor(world: World) {
    this.#world = world
    this.#random = world.random.fork()
    world.visitors.push(this)
  }

  get session(): Session {
    if (!this.#session) throw new Error('the visitor has no session yet')
    return this.#session
  }

  get joined(): boolean {
    return this.#session !== undefined
  }

  /** Comes and opens a tab. */
  async join(): Promise<void> {
    const token = await this.#insist('POST', '/api/chat/session', {}, (answer) => (answer.status === 200 ? answer.body.token : undefined))
    if (!token) return
    this.#session = { token, visitor: token.slice(0, token.indexOf('.')) }
    this.#world.history.secrets.add(token).add(this.#session.visitor)
    this.openTab()
  }

  /** Behaves like a visitor until `signal`. Ends with nothing in hand. */
  async live(signal: AbortSignal): Promise<void> {
    await this.join()
    while (!signal.aborted) {
      await this.#act()
      await pause(this.#random.between(...THINKING_MS))
    }
  }

  /** Tells one complaint after another until `signal`. */
  async complain(signal: AbortSignal): Promise<void> {
    await this.join()
    const { history, telling } = this.#world
    telling.add(`web:${this.session.visitor}`)
    while (!signal.aborted) {
      const teller = { say: async (text: string) => void (await this.#say({ text }, text)), heard: () => this.#heard(), over: () => signal.aborted }
      const told = await tellComplaint(teller, this.#random, this.#mark())
      history.told(told)
      await pause(this.#random.between(...THINKING_MS))
    }
  }

  /** What the first tab was told by the assistant. */
  #heard(): readonly string[] {
    return this.tabs[0]?.events.filter(({ data }) => data.includes('"author":"assistant"')).map(({ data }) => data) ?? []
  }

  async #act(): Promise<void> {
    const drawn = this.#random.next()
    if (drawn < 0.4) await this.write()
    else if (drawn < 0.55) await Promise.all([this.write(), this.write(), this.write()])
    else if (drawn < 0.68) await this.#choose()
    else if (drawn < 0.78) await this.#repeat()
    else if (drawn < 0.85) await this.#reuse()
    else if (drawn < 0.9) await this.sendNumbers()
    else if (drawn < 0.94) await this.sendFile()
    else if (this.#open.length < 3) this.openTab()
    else await this.#open.at(-1)?.close()
  }

  get #open(): Tab[] {
    return this.tabs.filter((tab) => !tab.isClosed)
  }

  openTab(): void {
    this.tabs.push(new Tab(this.session, this.#world.service, this.#world.history, this.#random.fork()))
  }

  async closeTabs(): Promise<void> {
    await Promise.all(this.tabs.splice(0).map((tab) => tab.close()))
  }

  /** @returns once the message was acknowledged */
  write(): Promise<SentMessage> {
    const text = question(this.#random, this.#mark())
    return this.#say({ text }, text)
  }

  sendNumbers(): Promise<SentMessage> {
    const text = withNumbers(this.#random, this.#world.history, this.#mark())
    return this.#say({ text }, masked(text))
  }

  #choose(): Promise<SentMessage> {
    const choice = this.#random.pick(CHOICES)
    return this.#say({ choice }, choice)
  }

  async sendFile(): Promise<void> {
    const picture = await pictureOf(this.#random)
    const id = await this.#insist('POST', '/api/chat/attachments', picture, (answer) => (answer.status === 201 ? answer.body.attachment : undefined))
    if (!id) return
    this.#world.history.files.push({ visitor: this.session.visitor, id, ackedAt: performance.now(), forgiven: false })
    const caption = question(this.#random, this.#mark())
    await this.#say({ attachment: id, caption }, caption)
  }

  /** Sends an acknowledged message once more. */
  async #repeat(): Promise<void> {
    const known = this.#known()
    if (known) await this.deliver(known.message, known.body)
  }

  /** Uses the id of an acknowledged message for other words: must be refused. */
  async #reuse(): Promise<void> {
    const known = this.#known()
    if (!known) return
    const body = { id: known.message.clientId, text: `lời khác ${this.#mark()}` }
    const answer = await this.#request('POST', '/api/chat/messages', body)
    if (answer && answer.status < 500 && answer.status !== 409)
      this.#world.history.broken('id_reused', `${known.message.clientId} with other words was answered ${answer.status}`)
  }

  #known(): { message: SentMessage; body: Body } | undefined {
    const known = this.#mine.filter(({ message }) => message.ackedAt !== undefined)
    return known.length > 0 ? this.#random.pick(known) : undefined
  }

  #mark(): string {
    return `d${this.session.visitor.slice(0, 6)}n${++this.#count}`
  }

  async #say(body: Body, kept: string): Promise<SentMessage> {
    const clientId = `tin-${this.#count.toString().padStart(6, '0')}-${this.#mine.length}`
    const message: SentMessage = { visitor: this.session.visitor, clientId, kept, firstTriedAt: performance.now(), news: 0, forgiven: false }
    this.#mine.push({ message, body })
    this.#world.history.sent.set(`${message.visitor}:${clientId}`, message)
    await this.deliver(message, body)
    return message
  }

  /** Tries until it is acknowledged: a person would, and so does the element. */
  async deliver(message: SentMessage, body: Body): Promise<void> {
    await this.#insist('POST', '/api/chat/messages', { id: message.clientId, ...body }, (answer) => {
      if (answer.status !== 202) return undefined
      this.#world.history.acknowledged(message, answer.body.repeated ?? false)
      return true
    })
  }

  /** One attempt. @returns the status, or undefined when there was no answer */
  async tryOnce(text: string): Promise<{ status: number; code: string | undefined; again: () => Promise<void> } | undefined> {
    const clientId = `mot-${this.#mine.length.toString().padStart(8, '0')}`
    const message: SentMessage = { visitor: this.session.visitor, clientId, kept: text, firstTriedAt: performance.now(), news: 0, forgiven: false }
    this.#mine.push({ message, body: { text } })
    this.#world.history.sent.set(`${message.visitor}:${clientId}`, message)
    const answer = await this.#request('POST', '/api/chat/messages', { id: clientId, text })
    if (answer?.status === 202) this.#world.history.acknowledged(message, answer.body.repeated ?? false)
    return answer && { status: answer.status, code: answer.body.error?.code, again: () => this.deliver(message, { text }) }
  }

  /** Has everything erased. Afterwards nothing is taken under this name. */
  async erase(): Promise<void> {
    const { history } = this.#world
    const { visitor } = this.session
    history.leaving.add(visitor)
    for (const { message } of this.#mine) history.forgotten.add(message.kept)
    await this.#insist('DELETE', '/api/chat/session', undefined, (answer) => (answer.status === 204 ? true : undefined))
    history.erased.add(visitor)
    const after = await this.tryOnce('còn ai không')
    if (after && after.status !== 401 && after.status < 500) history.broken('taken_after_erasure', `${visitor} was answered ${after.status}`)
  }

  /** Repeats a request until `read` finds in an answer what it wants. Network failures, time-outs and 5xx are all "try again"; anything else is a broken promise. */
  async #insist<T>(method: string, path: string, body: unknown, read: (answer: Answer) => T | undefined): Promise<T | undefined> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const answer = await this.#request(method, path, body)
      const found = answer && read(answer)
      if (found !== undefined) return found
      if (answer && answer.status < 500) {
        this.#world.history.broken('refused', `${method} ${path}: ${answer.status} ${answer.body.error?.code}`)
        return undefined
      }
      await pause(this.#random.between(...AGAIN_MS))
    }
    this.#world.history.broken('never_acknowledged', `${method} ${path} after ${MOST_TRIES} tries`)
    return undefined
  }

  async #request(method: string, path: string, body: unknown): Promise<Answer | undefined> {
    const url = await this.#world.service.up()
    const token = this.#session && { authorization: `Bearer ${this.#session.token}` }
    const isPicture = Buffer.isBuffer(body)
    const type = body === undefined ? {} : { 'content-type': isPicture ? 'image/png' : 'application/json' }
    try {
      const response = await fetch(`${url}${path}`, {
        ...{ method, headers: { ...token, ...type }, signal: AbortSignal.timeout(this.#random.between(...PATIENCE_MS)) },
        ...(body === undefined ? {} : { body: isPicture ? new Uint8Array(body) : JSON.stringify(body) }),
      })
      const text = await response.text()
      return this.#counted({ status: response.status, body: text ? (JSON.parse(text) as Answer['body']) : {} })
    } catch {
      return undefined
    }
  }

  #counted(answer: Answer): Answer {
    const { counts } = this.#world.history
    if (answer.status === 503) counts.notKept++
    else if (answer.status >= 500) counts.faults++
    return answer
  }
}

/** @returns a photo that nobody else sends */
export function pictureOf(random: Random): Promise<Buffer> {
  const background = { r: random.between(0, 256), g: random.between(0, 256), b: random.between(0, 256) }
  return sharp({ create: { width: 8 + random.between(0, 40), height: 8 + random.between(0, 40), channels: 3, background } })
    .png()
    .toBuffer()
}
