/**
 * Telegram's Bot API for tests and for trying things out, as far as the service uses it: webhook and polling, per-chat order, retries, parsed entities, buttons, files.
 *
 *   a person's deed ──▶ pending ─┬─ deliverTo(service): POST, one lane a chat, again until 2xx
 *                                └─ otherwise getUpdates, forgotten once `offset` has passed
 *
 * Stricter than Telegram in one thing: an ampersand that begins no entity is refused, so that missing escapes are seen.
 */

import { setMaxListeners } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Delivered, Fake, SentFile, Shown, Trouble } from './fake.ts'

export interface ShownByTelegram extends Shown {
  /** What of the text is bold. */
  readonly bold: readonly string[]
}

export interface FakeTelegram extends Fake {
  shown(to?: string): readonly ShownByTelegram[]
  /** The bodies with which a method was called, oldest first. */
  bodies(method: string): readonly Json[]
  /** Resolves once a method was called `count` times in all. */
  whenCalled(method: string, count: number): Promise<void>
  /** Answers to button presses, by the text that was shown; null: answered without a text. */
  pressAnswers(): readonly (string | null)[]
  /** Resolves once `count` presses were answered. */
  whenPressesAnswered(count: number): Promise<void>
  /** The next send is answered like this, and not carried out. */
  answer(status: number, body: unknown): void
  /** The next getUpdates is answered with this as its result. */
  answerPoll(result: unknown): void
  /** From now on the chat is known, as if the person had written. */
  know(user: string): void
  /** Something happens that has no method of its own: `part` becomes an update of this kind, from the chat of `user`. */
  happen(user: string, kind: string, part: Json): Promise<Delivered>
  /** Number that the next update will have. */
  countFrom(updateId: number): void
  /** How long Telegram was told to wait, and other things that it remembers of the webhook. */
  webhook(): { readonly url: string; readonly secret: string; readonly allowed: readonly string[] }
  /** What getWebhookInfo says of the last failed delivery. */
  failedDelivery(message: string, at: number): void
}

export interface FakeTelegramOptions {
  readonly token?: string
  readonly secret?: string
  readonly clock?: () => number
  /** Pause before a delivery is tried again; it grows up to 20 times of it. */
  readonly retryMs?: number
  /** After so many tries a delivery is given up. */
  readonly mostTries?: number
  /** 0: any free one. */
  readonly port?: number
}

export type Json = Readonly<Record<string, unknown>>

const PATH = '/webhooks/telegram'
const BOT_NAME = 'an_tam_thu_bot'
const MOST_TEXT = 4_096
const MOST_FILE = 20 * 1024 * 1024
const DELIVERY_MS = 10_000

interface Pending {
  readonly update: Json & { readonly update_id: number }
  readonly chat: string
  /** How many acknowledgements it still takes. */
  left: number
  tries: number
  readonly done: (delivered: Delivered) => void
}

interface Poller {
  readonly offset: number
  readonly limit: number
  readonly answer: (answer: Answer) => void
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Everything that the fake remembers. */
interface State {
  readonly options: Required<FakeTelegramOptions>
  readonly shown: ShownByTelegram[]
  readonly calls: Map<string, number>
  readonly bodies: { readonly method: string; readonly body: Json }[]
  readonly troubles: (Trouble | Answer)[]
  readonly pollAnswers: unknown[]
  badDay: { readonly probability: number; readonly kinds: readonly Trouble[]; readonly random: () => number } | undefined
  readonly blocked: Set<string>
  /** Names that tests gave to people, by chat id. */
  readonly names: Map<string, string>
  readonly files: Map<string, Buffer>
  readonly presses: Map<string, string | null | undefined>
  readonly watchers: Set<() => void>
  pending: Pending[]
  readonly lanes: Set<string>
  poller: Poller | undefined
  service: string | undefined
  webhook: { readonly url: string; readonly secret: string }
  allowed: readonly string[]
  lastError: { readonly message: string; readonly at: number } | undefined
  nextUpdate: number
  nextMessage: number
  readonly stop: AbortController
}

/** @returns a running Telegram. */
export async function startFakeTelegram(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const state = newState(options)
  // As many lanes as there are chats wait for the end.
  setMaxListeners(0, state.stop.signal)
  const server = createServer((request, response) => void serve(state, request, response).catch(() => response.destroy()))
  await new Promise<void>((done) => server.listen(state.options.port, '127.0.0.1', done))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { ...identity(state, host), ...seen(state), ...weather(state), ...people(state), close: () => close(state, server) }
}

function newState(options: FakeTelegramOptions): State {
  return {
    options: {
      token: '7000000001:fake-token-An_Tam',
      secret: 'fake-secret-An_Tam',
      clock: Date.now,
      retryMs: 20,
      mostTries: 1_000,
      port: 0,
      ...options,
    },
    ...{
      shown: [],
      calls: new Map(),
      bodies: [],
      troubles: [],
      pollAnswers: [],
      badDay: undefined,
      blocked: new Set(),
      names: new Map(),
      files: new Map(),
    },
    ...{ presses: new Map(), watchers: new Set(), pending: [], lanes: new Set(), poller: undefined, service: undefined },
    ...{ webhook: { url: '', secret: '' }, allowed: [], lastError: undefined, nextUpdate: 900_001, nextMessage: 1, stop: new AbortController() },
  }
}

async function close(state: State, server: Server): Promise<void> {
  state.stop.abort()
  for (const entry of state.pending.splice(0)) entry.done(deliveredOf(state, entry, false))
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}

// ── What a test sees and sets ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

function identity(state: State, host: string): Pick<Fake, 'root' | 'host' | 'env'> {
  const { token, secret } = state.options
  const root = `http://${host}`
  return { root, host, env: { TELEGRAM_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_API_ROOT: root, ALLOW_PRIVATE_HOSTS: host } }
}

function seen(state: State) {
  const shown = (to?: string) => (to === undefined ? state.shown : state.shown.filter((one) => one.to === to))
  const answered = () => [...state.presses.values()].filter((answer) => answer !== undefined)
  return {
    shown: (to?: string) => [...shown(to)],
    whenShown: (count: number, to?: string) => until(state, () => shown(to).length >= count),
    calls: () => state.calls,
    bodies: (method: string) => state.bodies.filter((call) => call.method === method).map((call) => call.body),
    whenCalled: (method: string, count: number) => until(state, () => (state.calls.get(method) ?? 0) >= count),
    pressAnswers: answered,
    whenPressesAnswered: (count: number) => until(state, () => answered().length >= count),
    webhook: () => ({ ...state.webhook, allowed: state.allowed }),
  }
}

function until(state: State, reached: () => boolean): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      if (!reached()) return
      state.watchers.delete(look)
      done()
    }
    state.watchers.add(look)
    look()
  })
}

function changed(state: State): void {
  for (const look of [...state.watchers]) look()
}

function weather(state: State) {
  return {
    trouble: (trouble: Trouble, times = 1) => void state.troubles.push(...Array.from({ length: times }, () => trouble)),
    badDay: (probability: number, kinds: readonly Trouble[], random: () => number) => {
      state.badDay = probability > 0 && kinds.length > 0 ? { probability, kinds, random } : undefined
    },
    answer: (status: number, body: unknown) => void state.troubles.push({ status, body }),
    answerPoll: (result: unknown) => void state.pollAnswers.push(result),
    failedDelivery: (message: string, at: number) => {
      state.lastError = { message, at }
    },
    countFrom: (updateId: number) => {
      state.nextUpdate = updateId
    },
    deliverTo: (service: string | undefined) => {
      state.service = service
      if (service !== undefined) endPoll(state, refused(409, 'Conflict: terminated by setWebhook request'))
      for (const { chat } of state.pending) void runLane(state, chat)
    },
    post: (body: Buffer | string, headers: Readonly<Record<string, string>> = {}) => post(state, body, headers),
  }
}

function people(state: State) {
  const happen = (user: string, kind: string, part: Json, repeat = 0) => enqueue(state, chatOf(state, user), kind, part, repeat)
  return {
    know: (user: string) => void chatOf(state, user),
    happen: (user: string, kind: string, part: Json) => happen(user, kind, part),
    say: (user: string, text: string, { repeat = 0 }: { readonly repeat?: number } = {}) =>
      happen(user, 'message', { ...frame(state, user), text, ...commandOf(text) }, repeat),
    sendFile: (user: string, file: SentFile) => happen(user, 'message', { ...frame(state, user), ...fileOf(state, file) }),
    sendOther: (user: string, what: string) => happen(user, 'message', { ...frame(state, user), ...otherOf(what) }),
    press: (user: string, shown: Shown, index: number) => happen(user, 'callback_query', pressOf(state, user, shown, index)),
    block: (user: string, blocked: boolean) => block(state, user, blocked),
  }
}

// ── What people do ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** @returns the chat id of a person: their own number, or one made from the name that a test gave them. */
function chatOf(state: State, user: string): string {
  const chat = /^-?\d+$/.test(user) ? user : String(5_000_000_000 + numberOf(user))
  state.names.set(chat, user)
  return chat
}

function numberOf(name: string): number {
  return [...Buffer.from(name)].reduce((sum, byte) => (sum * 257 + byte) % 1_000_000_007, 7)
}

function userOf(state: State, user: string): Json {
  return { id: Number(chatOf(state, user)), is_bot: false, first_name: 'Người dùng', language_code: 'vi' }
}

function frame(state: State, user: string): Json {
  const chat = { id: Number(chatOf(state, user)), type: 'private', first_name: 'Người dùng' }
  return { message_id: takeMessageId(state), from: userOf(state, user), chat, date: seconds(state) }
}

function seconds(state: State): number {
  return Math.floor(state.options.clock() / 1_000)
}

function takeMessageId(state: State): number {
  state.nextMessage += 1
  return state.nextMessage - 1
}

function commandOf(text: string): Json {
  const command = /^\/[a-z0-9_]+(@\w+)?/i.exec(text)?.[0]
  return command ? { entities: [{ type: 'bot_command', offset: 0, length: command.length }] } : {}
}

function fileOf(state: State, { kind, bytes, mime, caption, name }: SentFile): Json {
  const words = caption === undefined ? {} : { caption }
  const file = (content: Buffer) => {
    const file_id = `file-${state.files.size}`
    state.files.set(file_id, content)
    return { file_id, file_unique_id: `u-${file_id}`, file_size: content.length }
  }
  if (kind === 'document') return { document: { ...file(bytes), file_name: name ?? 'tep', mime_type: mime }, ...words }
  const small = { ...file(Buffer.from('thumbnail')), width: 90, height: 67 }
  return { photo: [small, { ...file(bytes), width: 1_280, height: 960 }], ...words }
}

const media = { file_id: 'other', file_unique_id: 'u-other', file_size: 900, duration: 3 }
const place = { latitude: 21.03, longitude: 105.85 }

/** The words that {@link Fake.sendOther} knows. `pinned` is a notice of the chat, nothing that a person sent. */
const OTHER: Readonly<Record<string, Json>> = {
  sticker: { sticker: { ...media, type: 'regular', width: 512, height: 512, emoji: '👍' } },
  voice: { voice: { ...media, mime_type: 'audio/ogg' } },
  audio: { audio: { ...media, mime_type: 'audio/mpeg' } },
  video: { video: { ...media, width: 640, height: 480, mime_type: 'video/mp4' } },
  video_note: { video_note: { ...media, length: 240 } },
  animation: { animation: { ...media, width: 320, height: 240 }, document: { ...media, mime_type: 'video/mp4' } },
  location: { location: place },
  venue: { venue: { location: place, title: 'Chợ', address: 'Phố' }, location: place },
  contact: { contact: { phone_number: '0900000000', first_name: 'Người quen' } },
  poll: { poll: { id: '1', question: 'Hỏi?', options: [], type: 'regular' } },
  dice: { dice: { emoji: '🎲', value: 3 } },
  story: { story: { id: 1, chat: { id: 1, type: 'private' } } },
  pinned: { pinned_message: { message_id: 1, date: 0, chat: { id: 1, type: 'private' } } },
}

function otherOf(what: string): Json {
  const part = OTHER[what]
  if (!part) throw new Error(`no such kind: ${what}; known are ${Object.keys(OTHER).join(', ')}`)
  return part
}

function pressOf(state: State, user: string, shown: Shown, index: number): Json {
  const data = shown.buttons[index]?.data
  if (data === undefined) throw new Error(`the message has no button ${index}`)
  const id = `press-${state.presses.size}`
  state.presses.set(id, undefined)
  const under = { ...frame(state, shown.to), message_id: Number(shown.id), from: bot(state), text: shown.text }
  return { id, from: userOf(state, user), chat_instance: '1', data, message: under }
}

function block(state: State, user: string, blocked: boolean): void {
  const chat = chatOf(state, user)
  if (blocked === state.blocked.has(chat)) return
  if (blocked) state.blocked.add(chat)
  else state.blocked.delete(chat)
  const member = (status: string) => ({ user: bot(state), status })
  const [from, to] = blocked ? ['member', 'kicked'] : ['kicked', 'member']
  const { message_id: _id, ...around } = frame(state, user)
  void enqueue(state, chat, 'my_chat_member', { ...around, old_chat_member: member(from), new_chat_member: member(to) }, 0)
}

function bot(state: State): Json {
  return { id: Number(botId(state)), is_bot: true, first_name: 'An Tâm', username: BOT_NAME }
}

function botId({ options }: State): string {
  return options.token.slice(0, options.token.indexOf(':'))
}

// ── Delivery ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Telegram asks for nothing that nobody wants: reactions and members of a chat come only when they were asked for. */
function isWanted({ allowed }: State, kind: string): boolean {
  return allowed.length > 0 ? allowed.includes(kind) : !/^(chat_member|message_reaction|message_reaction_count)$/.test(kind)
}

function enqueue(state: State, chat: string, kind: string, part: Json, repeat: number): Promise<Delivered> {
  const update = { update_id: state.nextUpdate, [kind]: part }
  state.nextUpdate += 1
  return new Promise((done) => {
    const entry: Pending = { update, chat, left: 1 + repeat, tries: 0, done }
    if (!isWanted(state, kind)) return done(deliveredOf(state, entry, false))
    state.pending.push(entry)
    void runLane(state, chat)
    answerPoller(state)
  })
}

function deliveredOf(state: State, entry: Pending, acknowledged: boolean): Delivered {
  return { id: `${botId(state)}:${entry.update.update_id}`, acknowledged, deliveries: entry.tries }
}

/** Delivers what is pending of one chat, in order; ends when there is nothing, or nobody to deliver to. */
async function runLane(state: State, chat: string): Promise<void> {
  if (state.lanes.has(chat)) return
  state.lanes.add(chat)
  while (state.service !== undefined && !state.stop.signal.aborted) {
    const entry = state.pending.find((one) => one.chat === chat)
    if (!entry) break
    await deliver(state, entry)
  }
  state.lanes.delete(chat)
}

async function deliver(state: State, entry: Pending): Promise<void> {
  entry.tries += 1
  const status = await post(state, JSON.stringify(entry.update), {}).catch(() => 0)
  if (status >= 200 && status < 300) return acknowledge(state, entry)
  if (entry.tries >= state.options.mostTries) return settle(state, entry, false)
  await pause(state, state.options.retryMs * Math.min(20, entry.tries))
}

function acknowledge(state: State, entry: Pending): void {
  entry.left -= 1
  if (entry.left <= 0) settle(state, entry, true)
}

function settle(state: State, entry: Pending, acknowledged: boolean): void {
  state.pending = state.pending.filter((one) => one !== entry)
  entry.done(deliveredOf(state, entry, acknowledged))
}

async function pause({ stop }: State, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal: stop.signal }).catch(() => undefined)
}

async function post(state: State, body: Buffer | string, headers: Readonly<Record<string, string>>): Promise<number> {
  if (state.service === undefined) throw new Error('deliverTo() first')
  const secret = state.webhook.secret || state.options.secret
  const response = await fetch(`${state.service}${PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
    signal: AbortSignal.any([state.stop.signal, AbortSignal.timeout(DELIVERY_MS)]),
  })
  await response.arrayBuffer()
  return response.status
}

// ── The API ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** An answer of undefined: it is dealt with already, or never given. */
async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const raw = await readAll(request)
  const answer = answerTo(state, request.url ?? '', raw, response)
  if (answer) send(response, answer)
}

function answerTo(state: State, url: string, raw: string, response: ServerResponse): Answer | undefined {
  const [, file, token, rest] = /^\/(file\/)?bot([^/]+)\/(.*)$/.exec(decodeURI(url)) ?? []
  if (rest === undefined) return refused(404, 'Not Found')
  if (token !== state.options.token) return refused(401, 'Unauthorized')
  if (file) return serveFile(state, rest, response)
  count(state, rest)
  const body = parse(raw)
  if (!body) return refused(400, 'Bad Request: object expected as JSON')
  state.bodies.push({ method: rest, body })
  changed(state)
  return serveMethod(state, rest, body, response)
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function parse(raw: string): Json | undefined {
  try {
    const body: unknown = raw === '' ? {} : JSON.parse(raw)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Json) : undefined
  } catch {
    return undefined
  }
}

function count({ calls }: State, method: string): void {
  calls.set(method, (calls.get(method) ?? 0) + 1)
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function ok(result: unknown): Answer {
  return { status: 200, body: { ok: true, result } }
}

function refused(status: number, description: string, parameters?: Json): Answer {
  return { status, body: { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) } }
}

function serveFile(state: State, path: string, response: ServerResponse): Answer | undefined {
  const bytes = state.files.get(path.replace(/^files\//, '').replace(/\.bin$/, ''))
  if (!bytes) return refused(404, 'Not Found')
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length }).end(bytes)
  return undefined
}

function serveMethod(state: State, method: string, body: Json, response: ServerResponse): Answer | undefined {
  if (method === 'getUpdates') return getUpdates(state, body, response)
  if (method === 'sendMessage') return serveSend(state, body, response)
  return METHODS[method]?.(state, body) ?? refused(404, 'Not Found')
}

const METHODS: Readonly<Record<string, (state: State, body: Json) => Answer>> = {
  getMe: (state) => ok({ ...bot(state), can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false }),
  setWebhook,
  deleteWebhook: (state) => {
    state.webhook = { url: '', secret: '' }
    state.service = undefined
    answerPoller(state)
    return ok(true)
  },
  getWebhookInfo: (state) =>
    ok({
      ...{ url: state.webhook.url, has_custom_certificate: false, pending_update_count: state.pending.length, max_connections: 40 },
      ...(state.lastError ? { last_error_date: Math.floor(state.lastError.at / 1_000), last_error_message: state.lastError.message } : {}),
      allowed_updates: state.allowed,
    }),
  sendChatAction: (state, body) =>
    refusalOfChat(state, body) ?? (body['action'] === 'typing' ? ok(true) : refused(400, 'Bad Request: wrong parameter action in request')),
  answerCallbackQuery,
  getFile: (state, { file_id }) => {
    const bytes = state.files.get(String(file_id))
    if (!bytes) return refused(400, 'Bad Request: wrong file_id or the file is temporarily unavailable')
    if (bytes.length > MOST_FILE) return refused(400, 'Bad Request: file is too big')
    return ok({ file_id, file_unique_id: `u-${file_id}`, file_size: bytes.length, file_path: `files/${file_id}.bin` })
  },
}

function setWebhook(state: State, { url, secret_token: secret = '', allowed_updates: allowed }: Json): Answer {
  if (typeof url !== 'string' || !/^https:\/\/[^/:]+(:(443|80|88|8443))?(\/|$)/.test(url))
    return refused(400, 'Bad Request: bad webhook: HTTPS url must be provided for webhook')
  if (typeof secret !== 'string' || !/^[\w-]{0,256}$/.test(secret)) return refused(400, 'Bad Request: secret token contains unallowed characters')
  state.webhook = { url, secret }
  if (Array.isArray(allowed)) state.allowed = allowed.map(String)
  endPoll(state, refused(409, 'Conflict: terminated by setWebhook request'))
  return ok(true)
}

function answerCallbackQuery(state: State, { callback_query_id: id, text = null }: Json): Answer {
  if (typeof id !== 'string' || state.presses.get(id) !== undefined || !state.presses.has(id))
    return refused(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid')
  if (text !== null && (typeof text !== 'string' || text.length > 200)) return refused(400, 'Bad Request: MESSAGE_TOO_LONG')
  state.presses.set(id, text)
  changed(state)
  return ok(true)
}

// ── Polling ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

function getUpdates(
  state: State,
  { offset = 0, limit = 100, timeout = 0, allowed_updates: allowed }: Json,
  response: ServerResponse,
): Answer | undefined {
  if (state.webhook.url !== '' || state.service !== undefined) return refused(409, WEBHOOK_ACTIVE)
  if (state.pollAnswers.length > 0) return ok(state.pollAnswers.shift())
  endPoll(state, refused(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'))
  if (Array.isArray(allowed)) state.allowed = allowed.map(String)
  for (const entry of state.pending.filter((one) => one.update.update_id < Number(offset))) acknowledge(state, entry)
  longPoll(state, Number(offset), Math.min(100, Number(limit)), Number(timeout) * 1_000, response)
  return undefined
}

const WEBHOOK_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

function longPoll(state: State, offset: number, limit: number, waitMs: number, response: ServerResponse): void {
  const timer = setTimeout(() => endPoll(state, ok([])), waitMs)
  const poller: Poller = {
    offset,
    limit,
    answer: (answer) => {
      clearTimeout(timer)
      if (state.poller === poller) state.poller = undefined
      if (!response.destroyed) send(response, answer)
    },
  }
  state.poller = poller
  response.on('close', () => {
    clearTimeout(timer)
    if (state.poller === poller) state.poller = undefined
  })
  answerPoller(state)
}

function answerPoller(state: State): void {
  const { offset = 0, limit = 0 } = state.poller ?? {}
  const updates = state.pending.filter((one) => one.update.update_id >= offset).slice(0, limit)
  if (updates.length === 0) return
  for (const entry of updates) entry.tries += 1
  endPoll(state, ok(updates.map(({ update }) => update)))
}

function endPoll(state: State, answer: Answer): void {
  state.poller?.answer(answer)
}

// ── Sending ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

function serveSend(state: State, body: Json, response: ServerResponse): Answer | undefined {
  const trouble = state.troubles.shift() ?? drawn(state)
  if (!trouble) return sendMessage(state, body)
  return 'kind' in trouble ? inTrouble(state, trouble, body, response) : trouble
}

function drawn({ badDay }: State): Trouble | undefined {
  if (!badDay || badDay.random() >= badDay.probability) return undefined
  return badDay.kinds[Math.min(badDay.kinds.length - 1, Math.floor(badDay.random() * badDay.kinds.length))]
}

function inTrouble(state: State, trouble: Trouble, body: Json, response: ServerResponse): Answer | undefined {
  switch (trouble.kind) {
    case 'status':
      return refused(trouble.status, STATUS[trouble.status] ?? 'Internal Server Error')
    case 'rate':
      return refused(429, `Too Many Requests: retry after ${trouble.retryAfter}`, { retry_after: trouble.retryAfter })
    case 'hang':
      return undefined
    case 'lost_ack':
      sendMessage(state, body)
      response.destroy()
      return undefined
    case 'reset':
      response.destroy()
      return undefined
    case 'not_json':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>busy</html>')
      return undefined
  }
}

const STATUS: Readonly<Record<number, string>> = {
  400: 'Bad Request: message text is empty',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  409: 'Conflict',
}

function refusalOfChat(state: State, { chat_id }: Json): Answer | undefined {
  const chat = String(chat_id)
  if (!state.names.has(chat)) return refused(400, 'Bad Request: chat not found')
  return state.blocked.has(chat) ? refused(403, 'Forbidden: bot was blocked by the user') : undefined
}

function sendMessage(state: State, body: Json): Answer {
  const { text, parse_mode: mode, reply_markup: markup } = body
  if (typeof text !== 'string' || !text.isWellFormed()) return refused(400, 'Bad Request: strings must be encoded in UTF-8')
  const parsed = mode === 'HTML' ? parseHtml(text) : { text: text.trim(), bold: [] }
  if (typeof parsed === 'string') return refused(400, `Bad Request: can't parse entities: ${parsed}`)
  if (parsed.text === '') return refused(400, 'Bad Request: message text is empty')
  if (parsed.text.length > MOST_TEXT) return refused(400, 'Bad Request: message is too long')
  const buttons = buttonsOf(markup)
  if (typeof buttons === 'string') return refused(400, `Bad Request: ${buttons}`)
  return refusalOfChat(state, body) ?? show(state, String(body['chat_id']), parsed, buttons)
}

function show(state: State, chat: string, parsed: Parsed, buttons: Shown['buttons']): Answer {
  const id = takeMessageId(state)
  state.shown.push({ id: String(id), to: state.names.get(chat) ?? chat, ...parsed, buttons, number: state.shown.length })
  changed(state)
  return ok({ message_id: id, from: bot(state), chat: { id: Number(chat), type: 'private' }, date: seconds(state), text: parsed.text })
}

/** @returns the buttons, or what is wrong with them. */
function buttonsOf(markup: unknown): Shown['buttons'] | string {
  if (markup === undefined) return []
  const rows = (markup as { inline_keyboard?: unknown }).inline_keyboard
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) return "can't parse inline keyboard"
  const buttons = rows.flat().map(({ text, callback_data: data }) => ({ label: String(text), data: String(data) }))
  if (buttons.some(({ label }) => label.trim() === '')) return "can't parse inline keyboard button: Text must be non-empty"
  return buttons.every(({ data }) => data !== '' && Buffer.byteLength(data) <= 64) ? buttons : 'BUTTON_DATA_INVALID'
}

interface Parsed {
  readonly text: string
  readonly bold: readonly string[]
}

const TAGS = /^(b|strong|i|em|u|ins|s|strike|del|code|pre|blockquote)$/
const ESCAPES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' }

/** @returns what a phone shows, or what is wrong with the marks. */
function parseHtml(html: string): Parsed | string {
  const open: { readonly tag: string; readonly from: number }[] = []
  const bold: string[] = []
  let text = ''
  for (const [piece] of html.matchAll(/<[^<>]*>?|&(?:[a-z]+|#\d+);|[^<&]+|&/gs)) {
    if (piece.startsWith('<')) {
      const wrong = tagIn(piece, open, bold, text)
      if (wrong) return wrong
    } else if (!piece.startsWith('&')) text += piece
    else if (ESCAPES[piece] === undefined) return `Unexpected entity ${piece}`
    else text += ESCAPES[piece]
  }
  if (open.length > 0) return `Can't find end tag corresponding to start tag "${open.at(-1)?.tag}"`
  return { text: text.trim(), bold }
}

/** Opens or closes a tag. @returns what is wrong with it. */
function tagIn(piece: string, open: { readonly tag: string; readonly from: number }[], bold: string[], text: string): string | undefined {
  const [, closing, tag = ''] = /^<(\/?)([a-z]+)>$/i.exec(piece) ?? []
  if (!TAGS.test(tag)) return `Unsupported start tag "${tag}"`
  if (!closing) {
    open.push({ tag, from: text.length })
    return undefined
  }
  const last = open.pop()
  if (last?.tag !== tag) return `Unmatched end tag "${tag}"`
  if (tag === 'b' || tag === 'strong') bold.push(text.slice(last.from))
  return undefined
}
