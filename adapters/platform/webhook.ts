/**
 * The door of a messaging platform: one POST address, the same for all of them.
 *
 *   raw bytes ── too large? 413 ── empty probe? 200 ── verify 401 ── JSON? 400 ── read (masks) ── take: on disk? 200, else 503
 *
 * The raw body is never stored and never logged. Nothing is answered here: a platform waits two seconds at most, and asks again when it hears no 200.
 */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Seal } from '../../bot/delivery/message.ts'
import { type Inbound, type Reading, type Taken, type Taking, take } from './inbound.ts'

export interface Door {
  /** Name of the channel. */
  readonly channel: string
  /** As '/webhooks/telegram'. */
  readonly path: string
  /** @returns whether the bytes come from the platform; compares in constant time. Must not throw, whatever comes. */
  verify(raw: Buffer, headers: FastifyRequest['headers']): boolean
  /** @returns what the event means; pure, must not throw for any JSON. */
  read(body: unknown, reading: Reading): Inbound
  /** Told what became of the event, after it is on disk: for what the platform wants besides the 200. Must not throw. */
  taken?(body: unknown, taken: Taken): void
}

export interface DoorParts extends Taking {
  readonly clock: () => number
  readonly pseudonym: (channel: string, id: string) => string
  readonly seal?: Seal
}

/** Far above anything that the platforms send as an event. */
const BODY_LIMIT = 256 * 1024

/** @returns the plugin that serves the door. */
export function platformDoor(door: Door, parts: DoorParts): FastifyPluginAsync {
  return async (app) => {
    readRaw(app)
    app.post(door.path, { bodyLimit: BODY_LIMIT }, async (request, reply) => enter(door, parts, request, reply))
  }
}

/** Whatever the sender calls it, it is read as bytes: the signature is over these, and an empty probe comes without a content type. */
function readRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  // One that fastify cannot make out would be refused before anybody could look at the secret.
  app.addHook('onRequest', async (request) => {
    request.headers['content-type'] = 'application/octet-stream'
  })
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

async function enter(door: Door, parts: DoorParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  if (raw.length === 0) return answer(request, reply, 200, 'probe')
  if (!door.verify(raw, request.headers)) return answer(request, reply, 401, 'secret_wrong')
  const body = jsonOf(raw)
  if (body === undefined) return answer(request, reply, 400, 'not_json')
  return enterVerified(door, parts, body, request, reply)
}

async function enterVerified(door: Door, parts: DoorParts, body: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const reading: Reading = {
    ...{ receivedAt: parts.clock(), pseudonym: (id: string) => parts.pseudonym(door.channel, id) },
    ...(parts.seal ? { seal: parts.seal } : {}),
  }
  const inbound = door.read(body, reading)
  try {
    const taken = await take(parts, door.channel, inbound)
    tell(door, body, taken)
    return answer(request, reply, 200, taken)
  } catch {
    // Who could not be written down is asked to come again; why is told by the storage's own events.
    return answer(request, reply.header('retry-after', '5'), 503, 'not_kept')
  }
}

/** The event is on disk: whatever goes wrong now must not bring it again. */
function tell(door: Door, body: unknown, taken: Taken): void {
  try {
    door.taken?.(body, taken)
  } catch {
    // Only a courtesy towards the platform is lost.
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @returns the parsed body; undefined for what is no JSON in UTF-8. */
function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(raw))
  } catch {
    return undefined
  }
}

function answer(request: FastifyRequest, reply: FastifyReply, status: number, outcome: string): FastifyReply {
  request.outcome = outcome
  return reply.code(status).header('cache-control', 'no-store').send()
}
