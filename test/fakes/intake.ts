/**
 * An intake for tests and for trying things out, and an example of how one is written: a real HTTP server that verifies Standard Webhooks, takes each event once by its id,
 * and has bad days. `npm run -s fake -- intake` runs it by itself.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Webhook } from 'standardwebhooks'

/** `lost_ack`: taken, then the connection breaks without an answer. `hang`: never answered. */
export type IntakeTrouble =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'lost_ack' }

/** One request, as it came. */
export interface Received {
  readonly id: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Whether the signature and the time were right. */
  readonly genuine: boolean
  /** Whether it was taken: also where the answer was lost. */
  readonly taken: boolean
  /** By the steady clock of this process. */
  readonly at: number
}

export interface FakeIntake {
  readonly url: string
  /** "127.0.0.1:4000", for ALLOW_PRIVATE_HOSTS. */
  readonly host: string
  /** The environment that makes the service hand over to this fake, secret included. */
  readonly env: Readonly<Record<string, string>>
  /** Everything that came, oldest first. */
  received(): readonly Received[]
  /** Bodies that were taken, by id: the same id again is the same event, and is taken once. */
  taken(): ReadonlyMap<string, string>
  /** Resolves once `count` requests have come in all. */
  whenReceived(count: number): Promise<void>
  /** The next `times` requests (default 1) meet this. Troubles queue up. */
  trouble(trouble: IntakeTrouble, times?: number): void
  /** Each request meets a trouble of `kinds` with this probability; replaces an earlier rule, probability 0 ends it. */
  badDay(probability: number, kinds: readonly IntakeTrouble[], random: () => number): void
  close(): Promise<void>
}

export interface FakeIntakeOptions {
  readonly port?: number
  readonly secret?: string
  /** In milliseconds; the service's own where that is shifted. */
  readonly clock?: () => number
  readonly onEvent?: (received: Received) => void
}

/** Made for this fake; worth nothing anywhere else. */
export const FAKE_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const TOLERANCE_MS = 5 * 60_000
const PATH = '/ho-so'

export async function startFakeIntake(options: FakeIntakeOptions = {}): Promise<FakeIntake> {
  const fake = new Intake(options)
  await fake.listen(options.port ?? 0)
  return fake
}

class Intake implements FakeIntake {
  readonly #server = createServer((request, response) => void this.#receive(request, response))
  readonly #sockets = new Set<Socket>()
  readonly #signer: Webhook
  readonly #secret: string
  readonly #clock: () => number
  readonly #onEvent: ((received: Received) => void) | undefined
  readonly #received: Received[] = []
  readonly #taken = new Map<string, string>()
  readonly #queued: IntakeTrouble[] = []
  #weather: () => IntakeTrouble | undefined = () => undefined
  #waiting: { readonly count: number; readonly wake: () => void }[] = []
  #port = 0

  constructor({ secret = FAKE_SECRET, clock = Date.now, onEvent }: FakeIntakeOptions) {
    this.#secret = secret
    this.#signer = new Webhook(secret)
    this.#clock = clock
    this.#onEvent = onEvent
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => this.#server.once('error', reject).listen(port, '127.0.0.1', resolve))
    this.#port = (this.#server.address() as AddressInfo).port
  }

  get host(): string {
    return `127.0.0.1:${this.#port}`
  }

  get url(): string {
    return `http://${this.host}${PATH}`
  }

  get env(): Readonly<Record<string, string>> {
    return { INTAKE_URL: this.url, INTAKE_SECRET: this.#secret, ALLOW_PRIVATE_HOSTS: this.host }
  }

  received = (): readonly Received[] => [...this.#received]
  taken = (): ReadonlyMap<string, string> => this.#taken

  async whenReceived(count: number): Promise<void> {
    if (this.#received.length >= count) return
    await new Promise<void>((wake) => this.#waiting.push({ count, wake }))
  }

  trouble(trouble: IntakeTrouble, times = 1): void {
    for (let i = 0; i < times; i++) this.#queued.push(trouble)
  }

  badDay(probability: number, kinds: readonly IntakeTrouble[], random: () => number): void {
    this.#weather = () => (random() < probability ? kinds[Math.floor(random() * kinds.length)] : undefined)
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request).catch(() => undefined)
    if (body === undefined) return
    const genuine = request.method === 'POST' && request.url === PATH && this.#isGenuine(request.headers, body)
    const trouble = genuine ? (this.#queued.shift() ?? this.#weather()) : undefined
    const taken = genuine && (trouble === undefined || trouble.kind === 'lost_ack')
    const received = { id: String(request.headers['webhook-id'] ?? ''), headers: request.headers, body, genuine, taken, at: performance.now() }
    this.#note(received)
    if (!genuine) return void response.writeHead(401).end()
    this.#answer(trouble, received.id, response)
  }

  /** What every receiver must do: the time within five minutes, the signature over id, time and the bytes as they came. */
  #isGenuine(headers: IncomingHttpHeaders, body: string): boolean {
    const [id, seconds, signatures] = [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']]
    if (typeof id !== 'string' || typeof seconds !== 'string' || typeof signatures !== 'string') return false
    const at = Number(seconds) * 1_000
    if (!(Math.abs(this.#clock() - at) <= TOLERANCE_MS)) return false
    return signatures.split(' ').includes(this.#signer.sign(id, new Date(at), body))
  }

  #note(received: Received): void {
    this.#received.push(received)
    const { id, body, taken } = received
    if (taken && !this.#taken.has(id)) this.#taken.set(id, body)
    this.#onEvent?.(received)
    for (const { count, wake } of this.#waiting) if (this.#received.length >= count) wake()
    this.#waiting = this.#waiting.filter(({ count }) => this.#received.length < count)
  }

  #answer(trouble: IntakeTrouble | undefined, id: string, response: ServerResponse): void {
    switch (trouble?.kind) {
      case undefined:
        return void response.writeHead(202, { 'content-type': 'application/json' }).end(JSON.stringify({ receipt: `nhan-${id}` }))
      case 'status':
        return void response.writeHead(trouble.status, trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter }).end('lỗi')
      case 'redirect':
        return void response.writeHead(307, { location: trouble.to }).end()
      case 'lost_ack':
        return void response.destroy()
      case 'hang':
        return
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
