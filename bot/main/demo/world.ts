/**
 * The parts of a real service on a clock that only the demonstration moves: messages go in at the inbox, the service's own loops decide and send, timers fire
 * when they are due. One deed at a time, and all that follows from it is done before the next.
 */
import { randomBytes } from 'node:crypto'
import { accountAsked, textContent } from '../../../adapters/platform/content.ts'
import { changeCase, fileCase, recordReading } from '../../../adapters/storage/case-changes.ts'
import { judge, openFiles } from '../../../adapters/storage/file-store.ts'
import { openOwners, readThread } from '../../../adapters/storage/owner-store.ts'
import { arrivalOf, personOf, WEB, type WebContent } from '../../../adapters/web-chat/channel.ts'
import { attachmentContent, readMessage } from '../../../adapters/web-chat/read-message.ts'
import { parsePointer } from '../../../knowledge/citation.ts'
import { cite } from '../../../knowledge/cite.ts'
import type { Library } from '../../../knowledge/library.ts'
import { dayInVietnam } from '../../../knowledge/validity.ts'
import type { BuildProgress } from '../../../retrieval/open.ts'
import { fileComplaint } from '../../case/filing.ts'
import { newCaseNumber } from '../../case/number.ts'
import { toldOf, wordsFor } from '../../case/told.ts'
import type { Config } from '../../config.ts'
import type { Decided } from '../../conversation/deciding.ts'
import type { Arrival, Content } from '../../delivery/message.ts'
import type { Relay } from '../../delivery/relay.ts'
import type { Lease } from '../../delivery/turns.ts'
import { fireTimers, officerDoes, timerOf } from '../../handoff/officer.ts'
import { openLibrary } from '../assistant.ts'
import { lanes, relays } from '../loops.ts'
import { firstReplyBy } from '../of-cases.ts'
import { accept, closeParts, type Exchangeable, fileLimits, openParts, type Parts } from '../parts.ts'
import { withDemoPlatforms } from './channels.ts'
import type { Deed, Heard, Person } from './deeds.ts'
import { drawPhoto } from './photo.ts'
import { MINUTE, SECOND } from './times.ts'

type Of<K extends Deed['kind']> = Extract<Deed, { kind: K }>

/** What a person waits until the answer is decided. */
const THINKING_MS = 2 * SECOND

export class World {
  readonly parts: Parts
  readonly #clock: Clock
  readonly #hearing: Hearing
  readonly #library: Library
  readonly #relays: readonly Relay[]
  readonly #ending = new AbortController()
  readonly #loops: readonly Promise<void>[]
  #messages = 0

  private constructor(parts: Parts, clock: Clock, hearing: Hearing) {
    this.parts = parts
    this.#clock = clock
    this.#hearing = hearing
    this.#library = openLibrary(parts.config.dataFolder)
    this.#relays = relays(parts)
    this.#loops = lanes(parts, this.#ending.signal)
  }

  /** Opens the service's parts at `start`; nothing listens. Throws a sentence where the assistant cannot be opened. */
  static async open(config: Config, start: number, progress: BuildProgress): Promise<World> {
    const clock = new Clock(start)
    const hearing = new Hearing()
    const exchange = (parts: Exchangeable) => hearing.beside(withDemoPlatforms(parts))
    const parts = await openParts({ config, progress, exchange, log: () => undefined, clock: () => clock.now })
    try {
      await parts.answerer.opened
      return new World(parts, clock, hearing)
    } catch (error) {
      await closeParts(parts)
      throw error
    }
  }

  get now(): number {
    return this.#clock.now
  }

  /** Lets time pass until `until`: whatever timers are due by then have fired, at the minute at which they were due. */
  async pass(until: number): Promise<void> {
    const office = this.#office()
    while ((await office.store.due(until, 1)).length > 0) {
      this.#clock.advance(Math.min(until, this.now + MINUTE))
      if ((await fireTimers(office, this.now)) > 0) await this.#send()
    }
    this.#clock.advance(until)
  }

  /** Does it now. Throws where the service refuses: a script that asks for what cannot be is wrong. */
  async do(deed: Deed): Promise<Heard> {
    const heard = await this.#does(deed)
    await this.#send()
    return heard
  }

  /** Stops the loops and closes everything. */
  async close(): Promise<void> {
    this.#ending.abort()
    this.parts.arrived.ring()
    await Promise.all(this.#loops)
    await closeParts(this.parts)
  }

  #does(deed: Deed): Promise<Heard> {
    switch (deed.kind) {
      case 'say':
      case 'tap':
        return this.#writes(deed.person, (id) => said(deed, id, this.parts))
      case 'photo':
        return this.#sends(deed)
      case 'judge':
        return this.#judges(deed)
      case 'officer':
        return this.#serves(deed)
      case 'case':
        return this.#changes(deed)
      case 'file':
        return this.#files(deed)
    }
  }

  // ── a person ──────────────────────────────────────────────────────────────────────────────────

  async #writes(person: Person, read: (id: string) => Said): Promise<Heard> {
    const id = `demo-${String(++this.#messages).padStart(6, '0')}`
    const arrival = arrivalFrom(this.parts, person, id, read(id), this.now)
    const heard = this.#hearing.next()
    this.#clock.advance(this.now + THINKING_MS)
    const { status } = await accept(this.parts, arrival)
    if (status !== 'new') throw new Error(`The demonstration's message was ${status}.`)
    return heard
  }

  async #sends({ person, words }: Of<'photo'>): Promise<Heard> {
    const { quarantine, store, config } = this.parts
    const [files, whose] = [openFiles(store), whoseOf(this.parts, person)]
    const { hash, kind: mime, size } = await quarantine.take(await drawPhoto(person.number), 'image/png', await files.used(whose))
    const kept = await files.add(whose, { hash, mime, size }, fileLimits(config).quotaBytes, this.now)
    if (typeof kept === 'string') throw new Error(`The demonstration's photo was refused: ${kept}.`)
    return this.#writes(person, () => ({ content: attachmentContent(kept, words) }))
  }

  async #judges({ person, conversation, value, words }: Of<'judge'>): Promise<Heard> {
    const { store } = this.parts
    const answers = (await readThread(store, conversation)).filter(
      (row) => row.from === 'us' && row.body.kind === 'reply' && row.body.author === 'assistant',
    )
    await judge(store, whoseOf(this.parts, person), answers.at(-1)?.id ?? '', { value, word: words }, this.now)
    return {}
  }

  // ── an officer ────────────────────────────────────────────────────────────────────────────────

  #office() {
    const { store, config } = this.parts
    const owners = openOwners(store, (ownership) => timerOf(ownership, config.owner))
    return { store: owners, rules: config.owner, hours: config.association.hours }
  }

  async #serves({ officer, conversation, deed }: Of<'officer'>): Promise<Heard> {
    const result = await officerDoes(this.#office(), conversation, officer, deed, this.now)
    if (result !== 'changed') throw new Error(`An officer of the demonstration could not ${deed.kind}: ${result}.`)
    return {}
  }

  async #changes({ officer, number, event }: Of<'case'>): Promise<Heard> {
    const { store } = this.parts
    await recordReading(store, number, officer.id, this.now)
    const notice = toldOf(event, { number, day: dayInVietnam(new Date(this.now)), cite: (pointer) => cite(this.#library, parsePointer(pointer)) })
    const note = 'why' in event ? event.why : ''
    const done = await changeCase(store, number, { event, by: officer.id, notice, words: wordsFor(event), note }, this.now)
    if ('refused' in done) throw new Error(`A case of the demonstration could not ${event.kind}: ${done.refused}.`)
    return {}
  }

  async #files({ officer, filing }: Of<'file'>): Promise<Heard> {
    const { complaints: guide, calendar, config, store } = this.parts
    const day = dayInVietnam(new Date(this.now))
    const caseNumber = newCaseNumber(randomBytes(16), Number(day.slice(0, 4)))
    const complaint = fileComplaint(filing, { guide, caseNumber, by: officer.id, now: this.now, day })
    if ('wrong' in complaint) throw new Error(`A filing of the demonstration has no ${complaint.wrong}.`)
    await fileCase(store, complaint, { by: officer.id, dueOn: firstReplyBy(calendar, config.firstReplyDays, this.now) }, this.now)
    return { complaint }
  }

  /** Everything that is due goes out. */
  async #send(): Promise<void> {
    for (const relay of this.#relays) while ((await relay.sendDue()) > 0);
  }
}

/** Never goes back. */
class Clock {
  now: number

  constructor(start: number) {
    this.now = start
  }

  advance(to: number): void {
    this.now = Math.max(this.now, to)
  }
}

/** Listens where decisions are committed. Only one message is under way at a time. */
class Hearing {
  #waiting: { resolve: (heard: Heard) => void; reject: (error: Error) => void } | undefined

  /** @returns what is decided next; rejects when deciding failed. */
  next(): Promise<Heard> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  beside(parts: Exchangeable): Exchangeable {
    const { turns } = parts
    return {
      ...parts,
      turns: {
        lease: turns.lease,
        commit: async (lease, decided, timing) => {
          const result = await turns.commit(lease, decided, timing)
          if (result === 'committed') this.#waiting?.resolve(heardOf(lease, decided))
          return result
        },
        // Given back, it would be tried again after a time that does not pass here.
        release: async (lease, now) => {
          await turns.release(lease, now)
          this.#waiting?.reject(new Error('A message of the demonstration could not be decided.'))
        },
      },
    }
  }
}

function heardOf({ conversationId }: Lease, { decision, nextState, effects }: Decided): Heard {
  const complaint = effects.flatMap((effect) => (effect.kind === 'complaint_confirmed' ? [effect.complaint] : []))[0]
  const { dialogue, ownership } = nextState
  return { conversation: conversationId, decision: decision.kind, owner: ownership.owner, dialogue, ...(complaint ? { complaint } : {}) }
}

// ── how a message arrives ───────────────────────────────────────────────────────────────────────

/** Content as each door reads it, with what it is instead where an account number was asked for. */
interface Said {
  readonly content: Content
  readonly accountAsked?: Content
}

function said({ kind, person, words }: Of<'say' | 'tap'>, id: string, { platforms }: Parts): Said {
  if (person.channel !== WEB) return saidOnPlatform(kind, words, platforms.seal)
  const message = readMessage({ id, [kind === 'tap' ? 'choice' : 'text']: words }, platforms.seal)
  if ('attachment' in message) throw new Error('A text was read as a file.')
  return message
}

function saidOnPlatform(kind: Deed['kind'], words: string, seal: Parts['platforms']['seal']): Said {
  if (kind === 'tap') return { content: { kind: 'choice', text: words } }
  const content = textContent(words)
  if (!content) throw new Error('A message of the demonstration has no words.')
  const asked = accountAsked(words, seal).accountAsked
  return { content, ...(asked ? { accountAsked: asked.content } : {}) }
}

function whoseOf({ platforms }: Parts, { channel, number }: Person) {
  const address = `demo${String(number).padStart(22, '0')}`
  return { channel, address, person: channel === WEB ? personOf(address) : platforms.pseudonym(channel, address) }
}

function arrivalFrom(parts: Parts, person: Person, id: string, { content, accountAsked: asked }: Said, now: number): Arrival {
  const whose = whoseOf(parts, person)
  if (person.channel === WEB) {
    const web = (one: Content) => arrivalOf(whose.address, id, one as WebContent, now)
    return { ...web(content), ...(asked ? { accountAsked: web(asked) } : {}) }
  }
  return { ...whose, externalId: id, content, receivedAt: now, sentAt: now, ...(asked ? { accountAsked: { content: asked } } : {}) }
}
