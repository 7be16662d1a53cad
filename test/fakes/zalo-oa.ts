/** A Zalo Official Account for tests and trying out: OAuth with rotation, the message API, uploads, media files and signed webhooks, all on one port. */
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Delivered, Fake, SentFile, Shown, Trouble } from './fake.ts'

export interface FakeZaloOaOptions {
  /** Before the second and each later delivery, in milliseconds; Zalo waits 30 s, 5 min, 15 min, 30 min and 1 h. */
  readonly pausesMs?: readonly number[]
  /** How long a webhook may take. */
  readonly ackMs?: number
  /** The platform's clock, milliseconds UTC. */
  readonly clock?: () => number
  /** 0: any free one. */
  readonly port?: number
}

/** What the next refreshes meet. `refused`: the refresh token is declared dead; `lost_ack`: rotated, but the answer never arrives. */
export type RotateTrouble = 'status' | 'rate' | 'refused' | 'lost_ack' | 'reset' | 'not_json'

export interface FakeZaloOa extends Fake {
  /** An officer writes in Zalo's own console. */
  takeover(user: string, text: string): Promise<Delivered>
  /** The person withdraws from data processing. */
  withdraw(user: string): Promise<Delivered>
  follow(user: string): Promise<Delivered>
  unfollow(user: string): Promise<Delivered>
  /** The person looked at what was shown to them. */
  seen(user: string): Promise<Delivered>
  submitInfo(user: string): Promise<Delivered>
  /** Said in a group; `called`: with a mention of the OA. */
  sayInGroup(group: string, user: string, text: string, called: boolean): Promise<Delivered>
  /** Whether messages sent by the API come back as events, as they do at Zalo. Default: they do not. */
  echo(on: boolean): void
  rotateFailure(trouble: RotateTrouble, times?: number): void
  /** The operator authorises anew. @returns the new refresh token. */
  authorise(): string
  /** `expires_in` of the next rotation. */
  nextLife(expiresIn: string): void
  /** The next `times` calls that carry a good token answer with this error. */
  refuse(error: number, times?: number): void
  /** The answers say that so many calls are left in this minute. */
  remaining(calls: number | undefined): void
  /** Whether messages are free; those that are not carry no `quota`. */
  free(on: boolean): void
  expireToken(): void
  /** Moves the platform's clock. */
  shift(ms: number): void
  /** Gave up on the webhook: nothing is delivered until it is set to false. */
  unsubscribed(): boolean
  resubscribe(): void
  /** Signs as Zalo does. */
  sign(body: Buffer | string, timestamp: string): string
  /** How often the tokens were rotated. */
  refreshes(): number
  /** Headers of the deliveries, oldest first. */
  deliveries(): readonly { readonly id: string; readonly retry: string | undefined }[]
  /** Resolves once `count` events were acknowledged or given up. */
  whenDelivered(count: number): Promise<void>
  /** Bodies of the messages that were taken or refused, oldest first. */
  bodies(): readonly unknown[]
  uploads(): readonly Upload[]
}

export interface Upload {
  readonly bytes: Buffer
  /** Headers of the part of the form. */
  readonly head: string
}

export const FAKE_OA_ID = '4321098765432109876'
const APP_ID = '1234567890123456789'
const APP_SECRET = 'app-secret-of-the-fake-only'
const SECRET_KEY = 'oa-secret-key-of-the-fake-only'
const ADMIN_ID = '5566778899001122334'
const WEEK_MS = 7 * 24 * 60 * 60_000
const LIFE_S = 90_000
const MOST_TEXT = 2_000

const FAILURE: Readonly<Record<number, string>> = {
  [-32]: 'Your application reached limit call api',
  [-201]: 'Params is invalid',
  [-213]: 'User has not followed OA',
  [-216]: 'Access token is invalid',
  [-220]: 'access_token is expired or removed',
  [-230]: 'User has not interacted with the OA in the past 7 days',
}

/** @returns the running fake. */
export async function startFakeZaloOa(options: FakeZaloOaOptions = {}): Promise<FakeZaloOa> {
  const platform = new ZaloOa(options)
  await platform.listen(options.port ?? 0)
  return platform
}

interface Event {
  readonly id: string
  readonly body: string
  readonly timestamp: string
}

class ZaloOa implements FakeZaloOa {
  readonly #server: Server
  readonly #pauses: readonly number[]
  readonly #ackMs: number
  readonly #clock: () => number
  readonly #shown: Shown[] = []
  readonly #waiting: { readonly count: number; readonly to: string | undefined; readonly done: () => void }[] = []
  readonly #calls = new Map<string, number>()
  readonly #troubles: Trouble[] = []
  readonly #rotateTroubles: RotateTrouble[] = []
  readonly #refusals: number[] = []
  readonly #blocked = new Set<string>()
  readonly #heard = new Map<string, number>()
  readonly #groups = new Set<string>()
  readonly #files = new Map<string, SentFile>()
  readonly #names = new Map<string, string>()
  readonly #deliveries: { id: string; retry: string | undefined }[] = []
  readonly #kept: Event[] = []
  readonly #bodies: unknown[] = []
  readonly #uploads: Upload[] = []
  readonly #awaited: { readonly count: number; readonly done: () => void }[] = []
  #settled = 0
  #badDay: { probability: number; kinds: readonly Trouble[]; random: () => number } = { probability: 0, kinds: [], random: () => 1 }
  #service: string | undefined
  #access = ''
  #expired = false
  #refresh = 'refresh-of-the-fake-0'
  #refreshes = 0
  #life: string | undefined
  #shift = 0
  #echo = false
  #free = true
  #remaining: number | undefined
  #unsubscribed = false
  #number = 0
  #closing = new AbortController()
  root = ''
  host = ''

  constructor({ pausesMs = [20, 40, 60, 80, 100], ackMs = 2_000, clock = Date.now }: FakeZaloOaOptions) {
    this.#pauses = pausesMs
    this.#ackMs = ackMs
    this.#clock = clock
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy())
    })
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(port, '127.0.0.1', done))
    this.host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    this.root = `http://${this.host}`
  }

  get env(): Readonly<Record<string, string>> {
    return {
      ...{ ZALO_OA_APP_ID: APP_ID, ZALO_OA_APP_SECRET: APP_SECRET, ZALO_OA_SECRET_KEY: SECRET_KEY, ZALO_OA_REFRESH_TOKEN: 'refresh-of-the-fake-0' },
      ...{ ZALO_OA_API_ROOT: this.root, ZALO_OA_OAUTH_ROOT: this.root, ZALO_MEDIA_HOSTS: this.host, ALLOW_PRIVATE_HOSTS: this.host },
    }
  }

  shown(to?: string): readonly Shown[] {
    return to === undefined ? [...this.#shown] : this.#shown.filter((one) => one.to === to)
  }

  whenShown(count: number, to?: string): Promise<void> {
    if (this.shown(to).length >= count) return Promise.resolve()
    return new Promise((done) => this.#waiting.push({ count, to, done }))
  }

  calls = (): ReadonlyMap<string, number> => new Map(this.#calls)
  refreshes = (): number => this.#refreshes
  deliveries = () => [...this.#deliveries]
  bodies = () => [...this.#bodies]
  uploads = () => [...this.#uploads]
  unsubscribed = (): boolean => this.#unsubscribed

  whenDelivered(count: number): Promise<void> {
    if (this.#settled >= count) return Promise.resolve()
    return new Promise((done) => this.#awaited.push({ count, done }))
  }

  trouble(trouble: Trouble, times = 1): void {
    this.#troubles.push(...Array.from({ length: times }, () => trouble))
  }

  rotateFailure(trouble: RotateTrouble, times = 1): void {
    this.#rotateTroubles.push(...Array.from({ length: times }, () => trouble))
  }

  refuse(error: number, times = 1): void {
    this.#refusals.push(...Array.from({ length: times }, () => error))
  }

  badDay(probability: number, kinds: readonly Trouble[], random: () => number): void {
    this.#badDay = { probability, kinds, random }
  }

  authorise(): string {
    this.#refresh = `refresh-of-the-fake-anew-${randomBytes(6).toString('hex')}`
    return this.#refresh
  }

  nextLife(expiresIn: string): void {
    this.#life = expiresIn
  }

  block(user: string, blocked: boolean): void {
    if (blocked) this.#blocked.add(this.#idOf(user))
    else this.#blocked.delete(this.#idOf(user))
  }

  deliverTo(service: string | undefined): void {
    this.#service = service
    if (service !== undefined) for (const event of this.#kept.splice(0)) void this.#deliver(event, 0)
  }

  resubscribe(): void {
    this.#unsubscribed = false
  }

  echo(on: boolean): void {
    this.#echo = on
  }

  free(on: boolean): void {
    this.#free = on
  }

  remaining(calls: number | undefined): void {
    this.#remaining = calls
  }

  expireToken(): void {
    this.#expired = true
  }

  shift(ms: number): void {
    this.#shift += ms
  }

  say(user: string, text: string, { repeat = 0 }: { readonly repeat?: number } = {}): Promise<Delivered> {
    return this.#fromPerson('user_send_text', user, { text }, repeat)
  }

  sendFile(user: string, file: SentFile): Promise<Delivered> {
    const path = `/media/${randomBytes(8).toString('hex')}`
    this.#files.set(path, file)
    const url = this.root + path
    const text = file.caption === undefined ? {} : { text: file.caption }
    if (file.kind === 'photo')
      return this.#fromPerson('user_send_image', user, { ...text, attachments: [{ payload: { thumbnail: url, url }, type: 'image' }] })
    const name = file.name ?? 'tai-lieu.pdf'
    const payload = { url, name, size: String(file.bytes.length), checksum: '', type: name.split('.').at(-1) ?? '' }
    return this.#fromPerson('user_send_file', user, { ...text, attachments: [{ payload, type: 'file' }] })
  }

  /** @param what of {@link OTHER}: audio, video, sticker, location, business_card, link, gif */
  sendOther(user: string, what: string): Promise<Delivered> {
    const payload = OTHER[what]
    if (!payload) throw new Error(`Zalo OA knows no "${what}", only ${Object.keys(OTHER).join(', ')}`)
    return this.#fromPerson(`user_send_${what}`, user, { attachments: [{ payload, type: what }] })
  }

  press(user: string, _shown: Shown, index: number): Promise<Delivered> {
    return this.say(user, String(index + 1))
  }

  takeover(user: string, text: string): Promise<Delivered> {
    return this.#fromOa(this.#idOf(user), text, this.#newId(), { admin_id: ADMIN_ID })
  }

  withdraw(user: string): Promise<Delivered> {
    const event = { oa_id: FAKE_OA_ID, user_id: this.#idOf(user), user_id_by_app: '3611371994410983884', event_name: 'user_withdraw' }
    return this.#emit(event, this.#newId())
  }

  follow(user: string): Promise<Delivered> {
    return this.#emit(followEvent('follow', this.#idOf(user)), this.#newId())
  }

  unfollow(user: string): Promise<Delivered> {
    return this.#emit(followEvent('unfollow', this.#idOf(user)), this.#newId())
  }

  seen(user: string): Promise<Delivered> {
    return this.#emit({ ...between(this.#idOf(user)), event_name: 'user_seen_message', message: { msg_ids: [this.#newId()] } }, this.#newId())
  }

  submitInfo(user: string): Promise<Delivered> {
    const info = { name: 'Tên thử', phone: '84900000000', user_dob: '', gender: '', full_address: '' }
    return this.#emit({ oa_id: FAKE_OA_ID, ...between(this.#idOf(user)), event_name: 'user_submit_info', info }, this.#newId())
  }

  sayInGroup(group: string, user: string, text: string, called: boolean): Promise<Delivered> {
    this.#groups.add(group)
    const id = this.#newId()
    const message = { text: called ? `[@${FAKE_OA_ID}] ${text}` : text, msg_id: id }
    const event = { oa_id: FAKE_OA_ID, sender: { id: this.#idOf(user) }, recipient: { id: group }, event_name: 'user_send_group_text', message }
    return this.#emit(event, id)
  }

  async post(body: Buffer | string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
    const timestamp = /"timestamp"\s*:\s*"?(\d+)/.exec(body.toString())?.[1] ?? ''
    const signed = { 'content-type': 'application/json', 'x-zevent-signature': this.sign(body, timestamp), ...headers }
    const response = await fetch(`${this.#service}/webhooks/zalo-oa`, { method: 'POST', headers: signed, body: Uint8Array.from(Buffer.from(body)) })
    await response.arrayBuffer()
    return response.status
  }

  sign(body: Buffer | string, timestamp: string): string {
    return `mac=${createHash('sha256').update(APP_ID).update(body).update(timestamp).update(SECRET_KEY).digest('hex')}`
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  /** People are numbers at Zalo; any other name stands for one. */
  #idOf(user: string): string {
    if (/^\d+$/.test(user)) return user
    const id = BigInt(`0x1${createHash('sha256').update(user).digest('hex').slice(0, 15)}`).toString()
    this.#names.set(id, user)
    return id
  }

  #nameOf(id: string): string {
    return this.#names.get(id) ?? id
  }

  #now(): number {
    return this.#clock() + this.#shift
  }

  #newId(): string {
    return randomBytes(10).toString('hex')
  }

  #fromPerson(event_name: string, user: string, said: object, repeat = 0): Promise<Delivered> {
    const id = this.#newId()
    const from = this.#idOf(user)
    this.#heard.set(from, this.#now())
    return this.#emit({ ...between(from), event_name, message: { ...said, msg_id: id } }, id, repeat)
  }

  #fromOa(to: string, text: string, id: string, admin: object): Promise<Delivered> {
    const event = { sender: { id: FAKE_OA_ID, ...admin }, recipient: { id: to }, event_name: 'oa_send_text', message: { text, msg_id: id } }
    return this.#emit({ ...event, user_id_by_app: '3611371994410983884' }, id)
  }

  async #emit(event: object, id: string, repeat = 0): Promise<Delivered> {
    const timestamp = String(this.#now())
    const delivered = await this.#deliver({ id, body: JSON.stringify({ app_id: APP_ID, ...event, timestamp }), timestamp }, repeat)
    this.#settled += 1
    for (const { done } of this.#awaited.filter(({ count }) => count <= this.#settled)) done()
    return delivered
  }

  async #deliver(event: Event, repeat: number): Promise<Delivered> {
    if (this.#service === undefined) this.#kept.push(event)
    if (this.#service === undefined || this.#unsubscribed) return { id: event.id, acknowledged: false, deliveries: 0 }
    let deliveries = 0
    while (deliveries <= this.#pauses.length) {
      if (deliveries > 0) await pause(this.#pauses[deliveries - 1], undefined, { signal: this.#closing.signal }).catch(() => undefined)
      if (this.#closing.signal.aborted) return { id: event.id, acknowledged: false, deliveries }
      deliveries += 1
      if (await this.#knock(event, deliveries - 1)) return this.#again(event, repeat, deliveries)
    }
    this.#unsubscribed = true
    return { id: event.id, acknowledged: false, deliveries }
  }

  async #again(event: Event, repeat: number, deliveries: number): Promise<Delivered> {
    for (let number = 0; number < repeat; number += 1) await this.#knock(event, deliveries + number)
    return { id: event.id, acknowledged: true, deliveries: deliveries + repeat }
  }

  async #knock({ id, body, timestamp }: Event, retry: number): Promise<boolean> {
    const again: Record<string, string> = retry === 0 ? {} : { num_retry: String(retry) }
    this.#deliveries.push({ id, retry: again['num_retry'] })
    try {
      const response = await fetch(`${this.#service}/webhooks/zalo-oa`, {
        ...{ method: 'POST', body, signal: AbortSignal.any([AbortSignal.timeout(this.#ackMs), this.#closing.signal]) },
        headers: { 'content-type': 'application/json', 'x-zevent-signature': this.sign(body, timestamp), ...again },
      })
      await response.arrayBuffer()
      return response.status === 200
    } catch {
      return false
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<ServerResponse> {
    const url = new URL(request.url ?? '/', this.root)
    const bytes = await bodyOf(request)
    this.#calls.set(url.pathname, (this.#calls.get(url.pathname) ?? 0) + 1)
    if (url.pathname.startsWith('/media/')) return this.#media(url.pathname, response)
    if (url.pathname === '/v4/oa/access_token') return this.#token(request, bytes, response)
    const error = this.#tokenError(request) ?? this.#refusals.shift()
    if (error !== undefined) return this.#json(response, { error, message: FAILURE[error] ?? 'Failed' })
    if (url.pathname === '/v3.0/oa/message/cs' || url.pathname === '/v3.0/oa/group/message') return this.#message(bytes, response)
    if (url.pathname.startsWith('/v2.0/oa/upload/')) return this.#upload(url.pathname, request, bytes, response)
    if (url.pathname === '/v3.0/oa/user/detail') return this.#detail(url, response)
    return this.#json(response, { error: -240, message: 'MessageV2 API has been shut down, please switch to MessageV3' })
  }

  #tokenError({ headers }: IncomingMessage): number | undefined {
    if (headers['access_token'] !== this.#access || this.#access === '') return -216
    return this.#expired ? -220 : undefined
  }

  #token(request: IncomingMessage, bytes: Buffer, response: ServerResponse): ServerResponse {
    const trouble = this.#rotateTroubles.shift()
    if (trouble === 'reset') return response.destroy()
    if (trouble === 'status') return this.#json(response, { message: 'down' }, 503)
    if (trouble === 'not_json') return response.end('<html>')
    if (trouble === 'rate') return this.#json(response, { error: -32, error_name: 'Rate limit' })
    if (trouble === 'refused' || !this.#isRightRefresh(request, bytes))
      return this.#json(response, { error: -14014, error_name: 'Invalid refresh token', error_reason: 'Refresh token is used or expired' })
    this.#rotate()
    if (trouble === 'lost_ack') return response.destroy()
    const expires_in = this.#life ?? String(LIFE_S)
    this.#life = undefined
    return this.#json(response, { access_token: this.#access, refresh_token: this.#refresh, expires_in })
  }

  #isRightRefresh({ headers }: IncomingMessage, bytes: Buffer): boolean {
    const form = new URLSearchParams(bytes.toString('utf8'))
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
    const isOurs = headers['secret_key'] === APP_SECRET && form.get('app_id') === APP_ID && form.get('grant_type') === 'refresh_token'
    return isForm && isOurs && form.get('refresh_token') === this.#refresh
  }

  #rotate(): void {
    this.#refreshes += 1
    this.#access = `access-of-the-fake-${this.#refreshes}-${randomBytes(6).toString('hex')}`
    this.#refresh = `refresh-of-the-fake-${this.#refreshes}-${randomBytes(6).toString('hex')}`
    this.#expired = false
  }

  #nextTrouble(): Trouble | undefined {
    const queued = this.#troubles.shift()
    const { probability, kinds, random } = this.#badDay
    if (queued || probability <= 0 || random() >= probability) return queued
    return kinds[Math.floor(random() * kinds.length)]
  }

  #message(bytes: Buffer, response: ServerResponse): ServerResponse {
    const trouble = this.#nextTrouble()
    switch (trouble?.kind) {
      case 'status':
        return this.#json(response, { message: 'trouble' }, trouble.status)
      case 'rate':
        return this.#json(response, { error: -32, message: FAILURE[-32] })
      case 'hang':
        return response
      case 'reset':
        return response.destroy()
      case 'not_json':
        return response.end('<html>')
      case 'lost_ack':
        this.#take(bytes)
        return response.destroy()
      case undefined:
        return this.#json(response, this.#take(bytes))
    }
  }

  #take(bytes: Buffer): object {
    const { recipient, message } = JSON.parse(bytes.toString('utf8')) as SentMessage
    this.#bodies.push({ recipient, message })
    const to = recipient.user_id ?? recipient.group_id ?? ''
    const error = this.#recipientError(to, recipient.group_id !== undefined) ?? textError(message)
    if (error !== undefined) return { error, message: FAILURE[error] ?? 'Failed' }
    const id = this.#newId()
    this.#show(id, to, message)
    if (this.#echo) void this.#fromOa(to, message.text ?? '', id, {})
    const quota = this.#free ? { quota: { quota_type: 'reply' } } : {}
    return { data: { ...quota, message_id: id, user_id: to, sent_time: String(this.#now()) }, error: 0, message: 'Success' }
  }

  #recipientError(to: string, isGroup: boolean): number | undefined {
    if (isGroup) return this.#groups.has(to) ? undefined : -201
    if (this.#blocked.has(to)) return -213
    return this.#now() - (this.#heard.get(to) ?? 0) > WEEK_MS ? -230 : undefined
  }

  #show(id: string, to: string, { text, attachment }: SentMessage['message']): void {
    const buttons = (attachment?.payload?.buttons ?? []).map(({ title, payload }) => ({ label: title, data: payload }))
    this.#shown.push({ id, to: this.#nameOf(to), text: text ?? `[${attachment?.type ?? ''}]`, buttons, number: this.#number })
    this.#number += 1
    for (const one of this.#waiting.filter(({ count, to: whom }) => this.shown(whom).length >= count)) {
      this.#waiting.splice(this.#waiting.indexOf(one), 1)
      one.done()
    }
  }

  #upload(path: string, request: IncomingMessage, bytes: Buffer, response: ServerResponse): ServerResponse {
    const file = filePart(bytes, request.headers['content-type'] ?? '')
    const image = path.endsWith('/image')
    if (!file || file.bytes.length > (image ? 1 : 5) * 1024 * 1024)
      return this.#json(response, { error: -210, message: 'File is too large or missing' })
    this.#uploads.push(file)
    return this.#json(response, { data: image ? { attachment_id: this.#newId() } : { token: this.#newId() }, error: 0, message: 'Success' })
  }

  #detail(url: URL, response: ServerResponse): ServerResponse {
    const { user_id: user } = JSON.parse(url.searchParams.get('data') ?? '{}') as { user_id?: string }
    if (user === undefined || !this.#heard.has(user)) return this.#json(response, { error: -201, message: FAILURE[-201] })
    return this.#json(response, { data: { user_id: user, display_name: 'Người thử', user_is_follower: true }, error: 0, message: 'Success' })
  }

  #media(path: string, response: ServerResponse): ServerResponse {
    const file = this.#files.get(path)
    if (!file) return response.writeHead(404).end()
    return response.writeHead(200, { 'content-type': file.mime, 'content-length': file.bytes.length }).end(file.bytes)
  }

  #json(response: ServerResponse, body: object, status = 200): ServerResponse {
    const left = this.#remaining === undefined ? {} : { 'X-RateLimit-Limit': '4000', 'X-RateLimit-Remain': String(this.#remaining) }
    return response.writeHead(status, { 'content-type': 'application/json', ...left }).end(JSON.stringify(body))
  }
}

interface SentMessage {
  readonly recipient: { readonly user_id?: string; readonly group_id?: string }
  readonly message: {
    readonly text?: string
    readonly attachment?: {
      readonly type?: string
      readonly payload?: { readonly buttons?: readonly { readonly title: string; readonly payload: string }[] }
    }
  }
}

const OTHER: Readonly<Record<string, object | undefined>> = {
  audio: { url: 'https://example.com/a.amr' },
  video: { url: 'https://example.com/a.mp4', thumbnail: 'https://example.com/t.jpg', description: '' },
  sticker: { url: 'https://example.com/s.png', id: '23012' },
  location: { coordinates: { latitude: '10.762622', longitude: '106.660172' } },
  business_card: { thumbnail: 'https://example.com/t.jpg', description: '{}', url: 'https://example.com' },
  link: { thumbnail: 'https://example.com/t.jpg', description: 'Trang thử', url: 'https://example.com' },
  gif: { thumbnail: 'https://example.com/t.gif', url: 'https://example.com/a.gif' },
}

function textError({ text, attachment }: SentMessage['message']): number | undefined {
  if (text === undefined && attachment === undefined) return -201
  if (text !== undefined && (text.length === 0 || text.length > MOST_TEXT)) return -201
  return (attachment?.payload?.buttons?.length ?? 0) > 5 ? -201 : undefined
}

function between(person: string) {
  return { sender: { id: person }, user_id_by_app: '3611371994410983884', recipient: { id: FAKE_OA_ID } }
}

function followEvent(event_name: string, person: string) {
  return { oa_id: FAKE_OA_ID, follower: { id: person }, event_name, source: 'oa_profile', user_id_by_app: '3611371994410983884' }
}

/** @returns the part named "file". */
function filePart(form: Buffer, contentType: string): Upload | undefined {
  const boundary = /boundary=(\S+)/.exec(contentType)?.[1]
  const start = form.indexOf('\r\n\r\n')
  const end = form.lastIndexOf(`\r\n--${boundary}--`)
  const head = form.subarray(0, Math.max(0, start)).toString()
  return boundary && end > start && head.includes('name="file"') ? { bytes: form.subarray(start + 4, end), head } : undefined
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
