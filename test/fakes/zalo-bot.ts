/**
 * The Zalo Bot Platform as far as it is known: a real HTTP server with the whole API, the delivery of webhooks and the bad days.
 *
 * What is documented or was seen is followed (errors with the status 200, one update at a time and never twice, a poll refused beside a webhook, flat bodies, Java as the
 * caller). What nobody knows is decided here: an event is delivered up to `tries` times until it hears a 2xx, a person who blocked us is answered with 404, a refused poll
 * with 409.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import type { Delivered, Fake, SentFile, Shown, Trouble } from './fake.ts'

export interface FakeZaloBotOptions {
  readonly token?: string
  /** The secret with which `deliverTo` signs. */
  readonly secret?: string
  readonly bot?: { readonly id: string; readonly account_name: string }
  /** Longest wait of an idle poll, in milliseconds; the platform waits as long as it is asked to, 30 s by default. */
  readonly idlePollMs?: number
  /** Of the plan, in both directions: sends beyond it are answered with 429. Undefined: without a limit. */
  readonly mostMessages?: number
  /** Each send comes back as an event; `unmarked`: with our id, but without `is_bot`. */
  readonly selfEcho?: boolean | 'unmarked'
  /** How often an event is delivered until it is acknowledged, and the pause between, in milliseconds. */
  readonly tries?: number
  readonly retryPauseMs?: number
  /** Refuses webhooks that are not public and https, as the platform does. */
  readonly strictUrls?: boolean
  /** How many calls of testWebhook a day holds. */
  readonly mostTests?: number
  readonly port?: number
}

/** One call of the API as it came. */
export interface Asked {
  readonly method: string
  readonly body: Readonly<Record<string, unknown>>
  readonly contentType: string | undefined
}

export interface FakeZaloBot extends Fake {
  /** Every call of the API, oldest first. */
  asked(): readonly Asked[]
  /** Resolves once `method` was called `count` times in all. */
  whenCalled(method: string, count: number): Promise<void>
  /** The next `times` calls of exactly this method meet this. */
  troubleFor(method: string, trouble: Trouble, times?: number): void
  /** The registered webhook; empty: none. */
  webhook(): string
  /** Delivers a body as it stands, through the webhook or the poll, like any event. */
  deliver(body: object, id: string, repeat?: number): Promise<Delivered>
  /** Events that wait to be polled. */
  waiting(): number
}

type Fields = Readonly<Record<string, unknown>>
interface Hook {
  readonly url: string
  readonly secret: string
}
interface Waiter {
  readonly give: (event: object) => void
}
interface Watch {
  readonly met: () => boolean
  readonly tell: () => void
}

interface State {
  readonly options: Required<Omit<FakeZaloBotOptions, 'mostMessages' | 'port'>> & { readonly mostMessages: number }
  root: string
  hook: Hook | undefined
  hookChangedAt: number
  tests: number
  messages: number
  bad: { readonly probability: number; readonly kinds: readonly Trouble[]; readonly random: () => number } | undefined
  readonly asked: Asked[]
  readonly shown: Shown[]
  readonly troubles: Trouble[]
  readonly troublesFor: Map<string, Trouble[]>
  readonly blocked: Set<string>
  readonly queue: object[]
  readonly waiters: Set<Waiter>
  readonly photos: Map<string, SentFile>
  readonly watches: Set<Watch>
}

const DEFAULTS = {
  token: '4601234567:mau-khoa_cho_thu-nghiem',
  secret: 'bi-mat-webhook-zalo-bot',
  bot: { id: '1459232241454765289', account_name: 'bot.AnTamThu' },
  idlePollMs: 30_000,
  mostMessages: Number.POSITIVE_INFINITY,
  selfEcho: false,
  tries: 3,
  retryPauseMs: 50,
  strictUrls: false,
  mostTests: 5,
} as const

const PATH = '/webhooks/zalo-bot'
const SENDS: ReadonlySet<string> = new Set(['sendMessage', 'sendPhoto', 'sendSticker', 'sendVoice'])
const JAVA = { 'user-agent': 'Java/17.0.9' }
const DELIVERY_MS = 10_000

/** @returns the running platform, on a free port of this machine. */
export async function startFakeZaloBot(options: FakeZaloBotOptions = {}): Promise<FakeZaloBot> {
  const { port = 0, ...rest } = options
  const state = newState({ ...DEFAULTS, ...rest })
  const server = createServer((incoming, response) => void serve(state, incoming, response).catch(() => response.destroy()))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  state.root = `http://${host}`
  return fakeOf(state, server, host)
}

function newState(options: State['options']): State {
  return {
    ...{ options, root: '', hook: undefined, hookChangedAt: Date.now(), tests: 0, messages: 0, bad: undefined },
    ...{
      asked: [],
      shown: [],
      troubles: [],
      troublesFor: new Map(),
      blocked: new Set(),
      queue: [],
      waiters: new Set(),
      photos: new Map(),
      watches: new Set(),
    },
  }
}

function fakeOf(state: State, server: Server, host: string): FakeZaloBot {
  const { token, secret } = state.options
  const shownTo = (to: string | undefined) => state.shown.filter((one) => to === undefined || one.to === to)
  const called = (method: string) => state.asked.filter((one) => one.method === method).length
  return {
    root: state.root,
    host,
    env: { ZALO_BOT_TOKEN: token, ZALO_BOT_WEBHOOK_SECRET: secret, ZALO_BOT_API_ROOT: state.root, ZALO_MEDIA_HOSTS: host, ALLOW_PRIVATE_HOSTS: host },
    shown: shownTo,
    whenShown: (count, to) => whenMet(state, () => shownTo(to).length >= count),
    calls: () => new Map(state.asked.map(({ method }) => [method, called(method)])),
    trouble: (trouble, times = 1) => void state.troubles.push(...repeated(trouble, times)),
    badDay: (probability, kinds, random) => {
      state.bad = probability > 0 && kinds.length > 0 ? { probability, kinds, random } : undefined
    },
    block: (user, blocked) => void (blocked ? state.blocked.add(user) : state.blocked.delete(user)),
    deliverTo: (service) => hang(state, service === undefined ? undefined : { url: service + PATH, secret }),
    say: (user, text, { repeat = 0 } = {}) => happens(state, 'message.text.received', user, { text }, repeat),
    sendFile: (user, file) => sendFile(state, user, file),
    sendOther: (user, what) => sendOther(state, user, what),
    press: (user, _shown, index) => happens(state, 'message.text.received', user, { text: String(index + 1) }),
    post: (body, headers = {}) => post(state, Buffer.from(body), headers),
    close: () => close(server),
    ...{ asked: () => state.asked, waiting: () => state.queue.length, webhook: () => state.hook?.url ?? '' },
    whenCalled: (method, count) => whenMet(state, () => called(method) >= count),
    troubleFor: (method, trouble, times = 1) =>
      void state.troublesFor.set(method, [...(state.troublesFor.get(method) ?? []), ...repeated(trouble, times)]),
    deliver: (body, id, repeat = 0) => deliver(state, body, id, repeat),
  }
}

function repeated(trouble: Trouble, times: number): Trouble[] {
  return Array.from({ length: times }, () => trouble)
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

function whenMet(state: State, met: () => boolean): Promise<void> {
  if (met()) return Promise.resolve()
  return new Promise((tell) => state.watches.add({ met, tell }))
}

function changed(state: State): void {
  for (const watch of state.watches) {
    if (!watch.met()) continue
    state.watches.delete(watch)
    watch.tell()
  }
}

function hang(state: State, hook: Hook | undefined): void {
  state.hook = hook
  state.hookChangedAt = Date.now()
}

// ── The API ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function serve(state: State, incoming: IncomingMessage, response: ServerResponse): Promise<ServerResponse> {
  const path = new URL(incoming.url ?? '/', state.root).pathname
  const photo = /^\/photo\/([0-9a-f]+)$/.exec(path)?.[1]
  if (photo !== undefined) return servePhoto(state, photo, response)
  const [, token, method = ''] = /^\/bot([^/]*)\/(\w+)$/.exec(path) ?? []
  const body = fieldsOf(await bytesOf(incoming))
  if (token !== state.options.token) return token === undefined ? plain(response, 404, 'not found') : refuse(response, 401, 'Unauthorized')
  state.asked.push({ method, body, contentType: incoming.headers['content-type'] })
  changed(state)
  const trouble = nextTrouble(state, method)
  return trouble ? meet(state, trouble, method, body, response) : carryOut(state, method, body, response)
}

function servePhoto(state: State, id: string, response: ServerResponse): ServerResponse {
  const file = state.photos.get(id)
  if (!file) return plain(response, 404, 'not found')
  return response.writeHead(200, { 'content-type': file.mime, 'content-length': file.bytes.length }).end(file.bytes)
}

function nextTrouble(state: State, method: string): Trouble | undefined {
  const own = state.troublesFor.get(method)?.shift()
  if (own || !SENDS.has(method)) return own
  const { bad } = state
  const queued = state.troubles.shift()
  if (queued || !bad || bad.random() >= bad.probability) return queued
  return bad.kinds[Math.floor(bad.random() * bad.kinds.length)]
}

function meet(state: State, trouble: Trouble, method: string, body: Fields, response: ServerResponse): ServerResponse | Promise<ServerResponse> {
  switch (trouble.kind) {
    case 'status':
      return trouble.status < 500 ? refuse(response, trouble.status, 'Error') : plain(response, trouble.status, '<html>Bad Gateway</html>')
    case 'rate':
      return refuse(response, 429, 'Quota exceeded')
    case 'hang':
      return response
    case 'reset':
      return response.destroy()
    case 'not_json':
      return plain(response, 200, '<html>bảo trì</html>')
    case 'lost_ack':
      doMethod(state, method, body)
      return response.destroy()
  }
}

function carryOut(state: State, method: string, body: Fields, response: ServerResponse): ServerResponse | Promise<ServerResponse> {
  if (method === 'getUpdates') return poll(state, body, response)
  if (method === 'setWebhook') return setWebhook(state, body, response)
  if (method === 'testWebhook') return testWebhook(state, response)
  const done = doMethod(state, method, body)
  return typeof done === 'number' ? refuse(response, done, DESCRIPTIONS[done] ?? 'Error') : json(response, { ok: true, ...done })
}

const DESCRIPTIONS: Readonly<Record<number, string>> = { 400: 'Bad request', 404: 'Not found', 429: 'Quota exceeded' }

/** @returns what is answered beside `ok`, or the number of an error. */
function doMethod(state: State, method: string, body: Fields): object | number {
  const { bot } = state.options
  switch (method) {
    case 'getMe':
      return { result: { ...bot, account_type: 'BASIC', can_join_groups: false } }
    case 'getWebhookInfo':
      return { result: hookInfo(state) }
    case 'deleteWebhook':
      hang(state, undefined)
      return { result: hookInfo(state) }
    case 'sendMessage':
      return send(state, body, body['text'], isText(body['text']))
    case 'sendPhoto':
      return send(state, body, body['caption'] ?? '', isText(body['photo']) && (body['caption'] === undefined || isText(body['caption'])))
    case 'sendSticker':
      return send(state, body, `[sticker ${body['sticker']}]`, isText(body['sticker']))
    case 'sendVoice':
      return send(state, body, `[voice ${body['voice_url']}]`, String(body['voice_url']).endsWith('.aac'))
    case 'sendChatAction':
      return isText(body['chat_id']) && body['action'] === 'typing' ? {} : 400
    default:
      return 400
  }
}

const hookInfo = ({ hook, hookChangedAt }: State) => ({ url: hook?.url ?? '', updated_at: hookChangedAt })
/** In UTF-16 units, as nobody knows better. */
const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 2000

function send(state: State, body: Fields, text: unknown, isFit: boolean): object | number {
  const to = body['chat_id']
  if (!isText(to) || !isFit) return 400
  if (state.blocked.has(to)) return 404
  if (state.messages >= state.options.mostMessages) return 429
  state.messages += 1
  const id = newId()
  state.shown.push({ id, to, text: String(text), buttons: [], number: state.shown.length })
  changed(state)
  echo(state, to, String(text), id)
  return { result: { message_id: id, date: Date.now() } }
}

/** Our own words come back as an event, as was reported. */
function echo(state: State, to: string, text: string, id: string): void {
  const { selfEcho, bot } = state.options
  if (selfEcho === false) return
  const from = { id: bot.id, display_name: 'An Tâm', is_bot: selfEcho === true }
  const message = { from, chat: { id: to, chat_type: 'PRIVATE' }, message_id: id, date: Date.now(), text }
  void deliver(state, { event_name: 'message.text.received', message }, id, 0)
}

/** One object, taken from what waits as it is answered: there is no second time. */
function poll(state: State, body: Fields, response: ServerResponse): ServerResponse {
  if (state.hook) return refuse(response, 409, 'Webhook is set')
  const event = state.queue.shift()
  return event ? json(response, { ok: true, result: event }) : wait(state, body, response)
}

/** Whoever hangs up while waiting gets nothing, and what comes then waits for the next poll. */
function wait(state: State, body: Fields, response: ServerResponse): ServerResponse {
  const waiter: Waiter = {
    give: (event) => {
      leave()
      json(response, { ok: true, result: event })
    },
  }
  const idle = () => {
    leave()
    refuse(response, 408, 'Request timeout')
  }
  const timer = setTimeout(idle, Math.min(state.options.idlePollMs, pollMs(body)))
  const leave = () => {
    clearTimeout(timer)
    state.waiters.delete(waiter)
  }
  state.waiters.add(waiter)
  return response.on('close', leave)
}

function pollMs(body: Fields): number {
  const seconds = Number(body['timeout'] ?? 30)
  return Number.isFinite(seconds) ? seconds * 1000 : 30_000
}

async function setWebhook(state: State, body: Fields, response: ServerResponse): Promise<ServerResponse> {
  const { url, secret_token: secret } = body
  const isFit = typeof secret === 'string' && secret.length >= 8 && secret.length <= 256 && typeof url === 'string' && URL.canParse(url)
  if (!isFit || (state.options.strictUrls && !isPublicUrl(url))) return refuse(response, 400, 'Bad request')
  hang(state, { url, secret })
  return json(response, { ok: true, result: { ...hookInfo(state), verification: await probe(url) } })
}

function isPublicUrl(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' && !/^(localhost|127\.|10\.|192\.168\.)/.test(hostname)
}

async function testWebhook(state: State, response: ServerResponse): Promise<ServerResponse> {
  if (!state.hook) return refuse(response, 400, 'Bad request')
  state.tests += 1
  if (state.tests > state.options.mostTests) return json(response, { ok: false, errorCode: 426, description: 'limit' })
  return json(response, { ok: true, result: await probe(state.hook.url) })
}

/** An empty body without a type and without the secret: what was seen at registration. */
async function probe(url: string): Promise<object> {
  const status = await knock(url, undefined, JAVA)
  const ok = status !== undefined && status >= 200 && status < 300
  return {
    ok,
    url,
    outcome: ok ? 'webhook.ok' : outcomeOf(status),
    ...(status === undefined ? {} : { status_code: status }),
    hint: 'See the documentation.',
  }
}

function outcomeOf(status: number | undefined): string {
  if (status === undefined) return 'webhook.err.conn'
  if (status === 403 || status === 404) return `webhook.http.${status}`
  return status >= 500 ? 'webhook.http.5xx' : 'webhook.http.other'
}

// ── What people do ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function sendFile(state: State, user: string, file: SentFile): Promise<Delivered> {
  // Documents are not handed over: it is only told that something came.
  if (file.kind === 'document') return happens(state, 'message.unsupported.received', user, {})
  const id = newId()
  state.photos.set(id, file)
  const caption = file.caption === undefined ? {} : { caption: file.caption }
  return happens(state, 'message.image.received', user, { photo_url: `${state.root}/photo/${id}`, ...caption, message_type: 'CHAT_PHOTO' })
}

/** `sticker`, `voice`, `unsupported`, `group` (a mention in a group whose id is `user`), `start`; anything else is the name of an event. */
function sendOther(state: State, user: string, what: string): Promise<Delivered> {
  switch (what) {
    case 'sticker':
      return happens(state, 'message.sticker.received', user, { sticker: newId(), url: `${state.root}/sticker` })
    case 'voice':
      return happens(state, 'message.voice.received', user, { voice_url: `${state.root}/voice.aac`, message_type: 'CHAT_VOICE' })
    case 'unsupported':
      return happens(state, 'message.unsupported.received', user, {})
    case 'group':
      return happens(state, 'message.text.received', newId(), { chat: { id: user, chat_type: 'GROUP' }, text: '@Bot An Tâm cho hỏi' })
    case 'start':
      return happens(state, 'message.text.received', user, { text: '/start' })
    default:
      return happens(state, what, user, {})
  }
}

function happens(state: State, event_name: string, user: string, more: object, repeat = 0): Promise<Delivered> {
  const id = newId()
  const from = { id: user, display_name: 'Người dùng', is_bot: false }
  const message = { from, chat: { id: user, chat_type: 'PRIVATE' }, message_id: id, date: Date.now(), ...more }
  state.messages += 1
  return deliver(state, { event_name, message }, id, repeat)
}

/** Where there is no webhook the event waits for a poll: it counts as neither delivered nor acknowledged. */
async function deliver(state: State, event: object, id: string, repeat: number): Promise<Delivered> {
  const { hook } = state
  if (hook) return push(state, hook, event, id, repeat)
  for (let i = 0; i <= repeat; i++) enqueue(state, event)
  return { id, acknowledged: false, deliveries: 0 }
}

function enqueue(state: State, event: object): void {
  const [waiter] = state.waiters
  if (waiter) waiter.give(event)
  else state.queue.push(event)
}

async function push(state: State, hook: Hook, event: object, id: string, repeat: number): Promise<Delivered> {
  const { tries, retryPauseMs } = state.options
  let deliveries = 0
  let acknowledged = false
  while (!acknowledged && deliveries < tries) {
    if (deliveries > 0) await sleep(retryPauseMs)
    acknowledged = await isTaken(hook, event)
    deliveries += 1
  }
  for (let i = 0; acknowledged && i < repeat; i++, deliveries++) await isTaken(hook, event)
  return { id, acknowledged, deliveries }
}

async function isTaken({ url, secret }: Hook, event: object): Promise<boolean> {
  const status = await knock(url, Buffer.from(JSON.stringify(event)), signed(secret))
  return status !== undefined && status >= 200 && status < 300
}

function signed(secret: string): Record<string, string> {
  return { ...JAVA, 'content-type': 'application/json', 'x-bot-api-secret-token': secret }
}

async function post({ hook }: State, body: Buffer, headers: Readonly<Record<string, string>>): Promise<number> {
  if (!hook) throw new Error('deliverTo() was not called: there is no door to post to.')
  const status = await knock(hook.url, body, { ...signed(hook.secret), ...headers })
  if (status === undefined) throw new Error('No answer from the door.')
  return status
}

/** @returns the status; undefined when there was no answer. */
async function knock(url: string, body: Buffer | undefined, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  try {
    const response = await request(url, { method: 'POST', headers, reset: true, signal: AbortSignal.timeout(DELIVERY_MS), ...(body ? { body } : {}) })
    await response.body.dump()
    return response.statusCode
  } catch {
    return undefined
  }
}

// ── Bytes ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function fieldsOf(bytes: Buffer): Fields {
  try {
    const read: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : {}
  } catch {
    return {}
  }
}

/** An error of the platform comes with the status 200. */
function refuse(response: ServerResponse, error_code: number, description: string): ServerResponse {
  return json(response, { ok: false, description, error_code })
}

function json(response: ServerResponse, body: object): ServerResponse {
  return response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

function plain(response: ServerResponse, status: number, words: string): ServerResponse {
  return response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(words)
}

/** Names of messages look like this on the platform. */
function newId(): string {
  return randomBytes(10).toString('hex')
}
