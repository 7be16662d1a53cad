/** What the tests of the web chat share: the real parts joined as bot/main/service.ts joins them, listening on a free port, and a visitor's side of the wire. */
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterEach } from 'vitest'
import { type AttachmentLimits, KINDS, openQuarantine } from '../../../adapters/attachments/quarantine.ts'
import { type Limits, openLimits } from '../../../adapters/http/limits.ts'
import { buildServer, type RequestEvent } from '../../../adapters/http/server.ts'
import { openStore, type Store } from '../../../adapters/storage/database.ts'
import { judge, openFiles } from '../../../adapters/storage/file-store.ts'
import { isErased, openInbox } from '../../../adapters/storage/inbox-store.ts'
import { openOutbox } from '../../../adapters/storage/outbox-store.ts'
import { openOwners } from '../../../adapters/storage/owner-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { keepTombstones, removeFiles } from '../../../adapters/storage/tombstone-file.ts'
import { openTurns } from '../../../adapters/storage/turn-store.ts'
import { openWebEvents } from '../../../adapters/storage/web-event-store.ts'
import { webChannel } from '../../../adapters/web-chat/channel.ts'
import { Hub } from '../../../adapters/web-chat/hub.ts'
import { type WebChatParts, webChat } from '../../../adapters/web-chat/routes.ts'
import { openTokens, type Tokens } from '../../../adapters/web-chat/token.ts'
import { type Outcome, plain, type Unanswered } from '../../../bot/answer/outcome.ts'
import type { Asked } from '../../../bot/answer/turn.ts'
import { decide } from '../../../bot/conversation/decide.ts'
import { DEFAULT_OWNER_RULES, type Officer } from '../../../bot/conversation/owner.ts'
import { Bell } from '../../../bot/delivery/bell.ts'
import { Relay } from '../../../bot/delivery/relay.ts'
import { decideNext } from '../../../bot/delivery/turns.ts'
import { type OfficerDeed, officerDoes, timerOf } from '../../../bot/handoff/officer.ts'
import { ALL_ON } from '../../bot/situation.ts'

export const NOW = Date.UTC(2026, 10, 26, 3)
export const DAY = 86_400_000
export const PLENTY: Limits = {
  perVisitorPerMinute: 10_000,
  perVisitorPerHour: 100_000,
  perAddressPerMinute: 100_000,
  globalPerSecond: 100_000,
  sessionsPerAddressPerHour: 10_000,
}
const RULES = DEFAULT_OWNER_RULES

export interface Wanted {
  readonly limits?: Partial<Limits>
  readonly publicUrl?: string
  readonly listed?: readonly string[]
  readonly fileLimits?: Partial<AttachmentLimits>
  /** Changes one part before the parts are joined. */
  readonly change?: (parts: WebChatParts) => WebChatParts
}

/** The chat, open. What is switched off and what time it is are set on it. */
export interface House {
  readonly base: string
  readonly folder: string
  readonly store: Store
  readonly hub: Hub
  readonly tokens: Tokens
  readonly app: FastifyInstance
  readonly events: RequestEvent[]
  readonly faults: unknown[]
  readonly time: { now: number }
  readonly off: { channel?: string; files?: string }
  /** Decides and sends all there is; each message is answered with its own words. */
  work(answer?: (asked: Asked) => Outcome): Promise<void>
  officer(conversation: string, who: Officer, deed: OfficerDeed): Promise<string>
  close(): Promise<void>
}

const houses: House[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close()
})

/** @returns an outcome that repeats the question. */
export function echo({ text }: Asked): Outcome {
  return said(`Về: ${text}`)
}

/** @returns an outcome of a few words. */
export function said(text: string, more: Partial<Unanswered> = {}): Outcome {
  return { kind: 'service', reason: 'test', citations: [], choices: [], sections: [{ kind: 'answer', heading: '', lines: [plain(text)] }], ...more }
}

/** Opens the chat; it is closed after the test. */
export async function openHouse(wanted: Wanted = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'an-tam-chat-'))
  const store = await openStore(folder)
  const [hub, events, faults, time, off]: [Hub, RequestEvent[], unknown[], { now: number }, House['off']] = [new Hub(), [], [], { now: NOW }, {}]
  const tokens = openTokens(Buffer.alloc(32, 7))
  const parts = partsOf({ wanted, folder, store, hub, tokens, time, off })
  const app = buildServer({
    ready: () => ({ ok: true }),
    metrics: async () => '',
    plugins: [webChat(wanted.change?.(parts) ?? parts)],
    log: (event) => events.push(event),
    fault: (error) => faults.push(error),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const house: House = {
    ...{ base, folder, store, hub, tokens, app, events, faults, time, off },
    work: (answer = echo) => work(store, hub, time, answer),
    officer: (conversation, who, deed) =>
      officerDoes({ store: openOwners(store, timer), rules: RULES, hours: '' }, conversation, who, deed, time.now),
    close: async () => {
      await app.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  houses.push(house)
  return house
}

const timer = (ownership: Parameters<typeof timerOf>[0]) => timerOf(ownership, RULES)

interface Opening {
  readonly wanted: Wanted
  readonly folder: string
  readonly store: Store
  readonly hub: Hub
  readonly tokens: Tokens
  readonly time: { readonly now: number }
  readonly off: House['off']
}

/** As bot/main/service.ts joins them, but for the switches and the clock. */
function partsOf({ wanted, folder, store, hub, tokens, time, off }: Opening): WebChatParts {
  const fileLimits = { maxBytes: 1_000_000, maxPixels: 1_000_000, quotaBytes: 2_000_000, ...wanted.fileLimits }
  const quarantine = openQuarantine(join(folder, 'attachments'), fileLimits)
  const inbox = openInbox(store)
  const clock = () => time.now
  return {
    ...{ tokens, hub, quarantine, fileLimits, clock, events: openWebEvents(store), files: openFiles(store) },
    limiter: openLimits({ ...PLENTY, ...wanted.limits }, clock),
    origins: { publicUrl: wanted.publicUrl, listed: wanted.listed ?? [] },
    accept: (arrival) => inbox.accept(arrival),
    judge: (visitor, messageId, judgement) => judge(store, visitor, messageId, judgement, clock()),
    discard: async (hash) => void (await removeFiles(store, quarantine, [hash])),
    erase: async (person) => {
      const erased = await erasePerson(store, { person, by: 'person', why: 'thử' }, clock())
      await keepTombstones(store, folder)
      await removeFiles(store, quarantine, erased.unusedHashes)
      await store.truncateLog()
    },
    isErased: (person) => isErased(store, person),
    paused: () => off.channel,
    filesPaused: () => off.files,
    about: () => ({
      association: { name: 'Hội', phone: '', email: '', address: '', hours: '' },
      ...{ keptDays: 90, attachments: { kinds: KINDS, maxBytes: fileLimits.maxBytes }, maxCharacters: 10_000 },
    }),
  }
}

async function work(store: Store, hub: Hub, time: { readonly now: number }, answer: (asked: Asked) => Outcome): Promise<void> {
  const clock = () => time.now
  const shared = { work: new Bell(), clock, failpoint: () => undefined }
  const fail = (error: unknown) => {
    throw error
  }
  const decided = async ({ conversation, message }: Parameters<Parameters<typeof decideNext>[0]['decide']>[0]) =>
    decide({ conversation, message, now: clock(), situation: ALL_ON }, async (asked) => answer(asked))
  const turns = {
    ...{ ...shared, store: openTurns(store, timer), decide: decided, giveUp: decided, ready: () => true, sent: new Bell() },
    events: { decided: () => {}, again: () => {}, fault: fail },
  }
  while (await decideNext(turns));
  const relay = new Relay({
    ...{ ...shared, store: openOutbox(store), channel: webChannel(openWebEvents(store), hub), paused: () => false, random: () => 0 },
    events: { delivered: () => {}, repeated: () => {}, undelivered: () => {}, fault: fail },
  })
  while ((await relay.sendDue()) > 0);
}

// ── the visitor's side ──────────────────────────────────────────────────────────────────────────

export interface Guest {
  readonly token: string
  /** The whole name, out of the token. */
  readonly name: string
}

/** @returns a new visitor. */
export async function guest(house: House): Promise<Guest> {
  const response = await ask(house, 'POST', '/api/chat/session')
  const { token } = (await response.json()) as { token: string }
  return { token, name: token.split('.')[0] as string }
}

export type Body = NonNullable<RequestInit['body']>

export interface Asking {
  readonly token?: string | undefined
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is. */
  readonly body?: Body
  readonly headers?: Readonly<Record<string, string>>
}

export function ask(house: House, method: string, path: string, { token, json, body, headers }: Asking = {}): Promise<Response> {
  return fetch(`${house.base}${path}`, {
    ...{ method, body: json === undefined ? (body ?? null) : JSON.stringify(json) },
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  })
}

let count = 0
/** @returns a message id that no other test uses. */
export const newId = (): string => `tin-${String(++count).padStart(6, '0')}`

/** Sends words and expects them to be taken. @returns the id. */
export async function tell(house: House, { token }: Guest, text: string, id = newId()): Promise<string> {
  const response = await ask(house, 'POST', '/api/chat/messages', { token, json: { id, text } })
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`)
  return id
}

export async function errorOf(response: Response): Promise<{ readonly code: string; readonly message: string }> {
  const body = (await response.json()) as { error?: { code: string; message: string } }
  if (!body.error) throw new Error(`no refusal but ${response.status} ${JSON.stringify(body)}`)
  return body.error
}

/** @returns `"status code"` of a refusal. */
export async function refusalOf(response: Response): Promise<string> {
  return `${response.status} ${(await errorOf(response)).code}`
}

export const messageOf = async (response: Response): Promise<string> => (await errorOf(response)).message

export interface Frame {
  readonly id?: number
  readonly event?: string
  // biome-ignore lint/suspicious/noExplicitAny: looked at field by field
  readonly data?: any
  readonly comment?: true
}

const streams: Listening[] = []
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})

/** An open stream of events, read as it comes. */
export class Listening {
  readonly frames: Frame[] = []
  #ended = false
  #rest = ''
  readonly #abort: AbortController
  readonly #waiting = new Set<() => void>()

  constructor(response: Response, abort: AbortController) {
    this.#abort = abort
    void this.#read(response)
  }

  /** Resolves once `enough` says so of all that has come; rejects when the stream ends before. */
  async until(enough: (frames: readonly Frame[]) => boolean): Promise<readonly Frame[]> {
    while (!enough(this.frames)) {
      if (this.#ended) throw new Error(`the stream ended after ${JSON.stringify(this.frames)}`)
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
    return this.frames
  }

  /** Resolves when the server has ended the stream. */
  async ended(): Promise<void> {
    while (!this.#ended) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  close(): void {
    this.#abort.abort()
  }

  async #read(response: Response): Promise<void> {
    const decoder = new TextDecoder()
    try {
      for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) this.#take(decoder.decode(part, { stream: true }))
    } catch {
      // Closed by us, or torn by the server: ended either way.
    }
    this.#ended = true
    this.#tell()
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split('\n\n')
    this.#rest = parts.pop() ?? ''
    this.frames.push(...parts.map(frameOf))
    this.#tell()
  }

  #tell(): void {
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }
}

/** @returns one frame of server-sent events, read. */
export function frameOf(text: string): Frame {
  if (text.startsWith(':')) return { comment: true }
  const fields = new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)] as const))
  const [id, event, data] = [fields.get('id'), fields.get('event'), fields.get('data')]
  return {
    ...(id === undefined ? {} : { id: Number(id) }),
    ...(event === undefined ? {} : { event }),
    ...(data === undefined ? {} : { data: JSON.parse(data) }),
  }
}

/** Opens the stream of a visitor, from the event `after` on. */
export async function listen(house: House, { token }: Guest, after?: number | string): Promise<Listening> {
  const abort = new AbortController()
  const response = await fetch(`${house.base}/api/chat/events`, {
    headers: { authorization: `Bearer ${token}`, ...(after === undefined ? {} : { 'last-event-id': String(after) }) },
    signal: abort.signal,
  })
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  const stream = new Listening(response, abort)
  streams.push(stream)
  return stream
}

/** @returns the frames that are kept and numbered. */
export const numbered = (frames: readonly Frame[]): readonly Frame[] => frames.filter((frame) => frame.id !== undefined)

/** @returns a test for `until`: whether this many numbered events have come. */
export const numberedAre = (least: number) => (frames: readonly Frame[]) => numbered(frames).length >= least

/** @returns the id of the visitor's conversation. */
export async function conversationOf(house: House, { name }: Guest): Promise<string> {
  const row = await house.store.read((tx) => tx.selectFrom('conversation').select('id').where('address', '=', name).executeTakeFirstOrThrow())
  return row.id
}

/** Resolves when nobody listens any more. */
export async function gone(house: House): Promise<void> {
  while (house.hub.size > 0) await new Promise((resolve) => setImmediate(resolve))
}
