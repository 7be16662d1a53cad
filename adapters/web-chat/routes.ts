/** The HTTP contract of the web chat (contract.ts). Every request: origin, limits, token, and only then the work; a message is answered 202 only once it is on disk. */
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Acceptance, Arrival, Seal } from '../../bot/delivery/message.ts'
import { type AttachmentRefusal, attachmentRefusal } from '../../bot/wording/attachments.ts'
import { waitPlease } from '../../bot/wording/limits.ts'
import { type AttachmentLimits, AttachmentRefused, KINDS, type Quarantine } from '../attachments/quarantine.ts'
import type { Limiter, RequestKind } from '../http/limits.ts'
import { Trouble } from '../http/trouble.ts'
import type { FileStore, Judgement, KeptFile } from '../storage/file-store.ts'
import type { WebEventStore } from '../storage/web-event-store.ts'
import { arrivalOf, personOf, WEB, type WebContent } from './channel.ts'
import type { About, Accepted, Session } from './contract.ts'
import type { Hub } from './hub.ts'
import { addOrigins, type OriginRules } from './origins.ts'
import { attachmentContent, readEventNumber, readFeedback, readMessage } from './read-message.ts'
import { openStream } from './stream.ts'
import { newVisitor, spoken, type Tokens } from './token.ts'

/** What the chat may ask of the rest of the program. */
export interface WebChatParts {
  readonly tokens: Tokens
  readonly hub: Hub
  readonly events: WebEventStore
  readonly files: FileStore
  readonly quarantine: Quarantine
  readonly fileLimits: AttachmentLimits
  readonly limiter: Limiter
  readonly origins: OriginRules
  readonly clock: () => number
  /** Puts a message into the inbox; resolves once it is on disk. */
  accept(arrival: Arrival): Promise<Acceptance>
  /** Seals the account that money was sent to; absent where nobody is asked for it. */
  readonly seal?: Seal
  judge(visitor: Visitor, messageId: string, judgement: Judgement): Promise<boolean>
  /** Removes a file that no conversation names. */
  discard(hash: string): Promise<void>
  /** Erases everything that is held on the person. */
  erase(person: string): Promise<void>
  isErased(person: string): Promise<boolean>
  /** A sentence while the channel is off, else undefined. */
  paused(): string | undefined
  /** A sentence while files are not taken, else undefined. */
  filesPaused(): string | undefined
  about(): Omit<About, 'pause'>
}

export interface Visitor {
  readonly channel: string
  readonly address: string
  readonly person: string
}

/** @returns the plugin that serves the chat. */
export function webChat(parts: WebChatParts): FastifyPluginAsync {
  return async (app) => {
    addOrigins(app, parts.origins)
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'))
    addSessions(app, parts)
    addMessages(app, parts)
    addEvents(app, parts)
    app.register(async (scope) => addFiles(scope, parts))
    app.addHook('preClose', async () => parts.hub.end())
  }
}

function addSessions(app: FastifyInstance, parts: WebChatParts): void {
  app.post('/api/chat/session', async (request) => openSession(parts, request))
  app.delete('/api/chat/session', async (request, reply) => {
    const { address, person } = whoIs(parts, request)
    // Not as a new visitor: who shares an address with many must be able to erase at once.
    admit(parts, request, 'message', address)
    await parts.erase(person)
    parts.hub.end(address)
    return reply.code(204).send()
  })
  app.get('/api/chat/about', async () => ({ ...parts.about(), pause: parts.paused() ?? null }) satisfies About)
}

/** A token that still holds is renewed; anything else makes a new visitor, which is what costs. */
async function openSession(parts: WebChatParts, request: FastifyRequest): Promise<Session> {
  const known = await knownVisitor(parts, request)
  if (known === undefined) admit(parts, request, 'session', undefined)
  const visitor = known ?? newVisitor()
  return { ...parts.tokens.issue(visitor, parts.clock()), visitor: spoken(visitor) }
}

async function knownVisitor(parts: WebChatParts, request: FastifyRequest): Promise<string | undefined> {
  const token = tokenOf(request)
  const visitor = token === undefined ? undefined : parts.tokens.verify(token, parts.clock())
  return visitor !== undefined && !(await parts.isErased(personOf(visitor))) ? visitor : undefined
}

function addMessages(app: FastifyInstance, parts: WebChatParts): void {
  app.post('/api/chat/messages', async (request, reply) => {
    const visitor = begin(parts, request, 'message')
    const message = readMessage(request.body, parts.seal)
    const content = 'content' in message ? message.content : await carrying(parts, visitor, message)
    return reply.code(202).send(await take(parts, visitor, message.id, content, 'content' in message ? message.accountAsked : undefined))
  })
  app.post('/api/chat/typing', async (request, reply) => {
    whoIs(parts, request)
    return reply.code(204).send()
  })
  app.post('/api/chat/feedback', async (request, reply) => {
    const visitor = begin(parts, request, 'message')
    const { message, ...judgement } = readFeedback(request.body)
    if (!(await parts.judge(visitor, message, judgement))) throw new Trouble('message_unknown')
    return reply.code(204).send()
  })
}

async function carrying(parts: WebChatParts, visitor: Visitor, message: { attachment: string; caption: string }): Promise<WebContent> {
  const file = await parts.files.find(visitor, message.attachment)
  if (!file) throw new Trouble('attachment_unknown')
  return attachmentContent(file, message.caption)
}

/** Of a text also what it is instead, should the account have been asked for. */
function withAccount(parts: WebChatParts, visitor: Visitor, id: string, content: WebContent, asked: WebContent | undefined): Arrival {
  const now = parts.clock()
  const arrival = arrivalOf(visitor.address, id, content, now)
  return asked ? { ...arrival, accountAsked: pickShown(arrivalOf(visitor.address, id, asked, now)) } : arrival
}

function pickShown({ content, echo }: Arrival): Pick<Arrival, 'content' | 'echo'> {
  return { content, ...(echo ? { echo } : {}) }
}

async function take(parts: WebChatParts, visitor: Visitor, id: string, content: WebContent, asked?: WebContent): Promise<Accepted> {
  const { status } = await kept(parts.accept(withAccount(parts, visitor, id, content, asked)))
  switch (status) {
    case 'new':
      parts.hub.wake(visitor.address)
      return { id, repeated: false }
    case 'repeated':
      return { id, repeated: true }
    case 'conflict':
      throw new Trouble('id_reused')
    case 'erased':
      throw new Trouble('token_unknown')
  }
}

/** A message that could not be written is refused, so that the sender keeps it: never taken and then forgotten. */
async function kept<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new Trouble('not_kept', { retryAfterSeconds: 5 }, { cause: error })
  }
}

function addEvents(app: FastifyInstance, parts: WebChatParts): void {
  // A HEAD would open a stream that nobody reads and nobody ends.
  app.get('/api/chat/events', { exposeHeadRoute: false }, async (request, reply) => {
    const { address, person } = whoIs(parts, request)
    const number = readEventNumber(request.headers['last-event-id'])
    if (await parts.isErased(person)) throw new Trouble('token_unknown')
    const token = tokenOf(request) ?? ''
    const source = {
      hub: parts.hub,
      after: async (visitor: string, after: number, limit: number) => (await parts.events.after(WEB, visitor, after, limit)) ?? [],
      holds: () => parts.tokens.verify(token, parts.clock()) !== undefined,
    }
    const stream = openStream(source, address, number, () => reply.raw.destroy())
    // Proxies must hand each event on at once.
    return reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }).send(stream)
  })
}

function addFiles(app: FastifyInstance, parts: WebChatParts): void {
  const { attachments } = parts.about()
  app.addContentTypeParser(
    [...KINDS, 'application/octet-stream', 'image/jpg'],
    { parseAs: 'buffer', bodyLimit: attachments.maxBytes },
    (_request, body, done) => done(null, body),
  )
  app.addContentTypeParser('*', (_request, _payload, done) => done(new Trouble('attachment_kind'), undefined))
  app.post(
    '/api/chat/attachments',
    { bodyLimit: attachments.maxBytes, onRequest: async (request) => mayUpload(parts, request) },
    async (request, reply) => {
      const file = await keepFile(parts, whoIs(parts, request), request.body, request.headers['content-type'] ?? '')
      return reply.code(201).send({ attachment: file.id })
    },
  )
}

/** Before the body is read: nobody uploads ten megabytes to be told no. */
function mayUpload(parts: WebChatParts, request: FastifyRequest): void {
  begin(parts, request, 'attachment')
  const off = parts.filesPaused()
  if (off !== undefined) throw new Trouble('paused', { sentence: off, as: 'attachments_paused', retryAfterSeconds: 60 })
}

async function keepFile(parts: WebChatParts, visitor: Visitor, body: unknown, declared: string): Promise<KeptFile> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  const { hash, kind, size } = await quarantined(parts, bytes, declared, await parts.files.used(visitor))
  const file = await parts.files.add(visitor, { hash, mime: kind, size }, parts.fileLimits.quotaBytes, parts.clock())
  if (typeof file !== 'string') return file
  // It belongs to nobody: it must not lie there until the daily sweep.
  await parts.discard(hash)
  throw file === 'erased' ? new Trouble('token_unknown') : refusedFile(parts, 'quota')
}

function refusedFile(parts: WebChatParts, code: AttachmentRefusal): Trouble {
  const status = code === 'too_large' || code === 'quota' ? 413 : 415
  return new Trouble('attachment_kind', { sentence: attachmentRefusal(code, parts.fileLimits), status, as: `attachment_${code}` })
}

async function quarantined(parts: WebChatParts, bytes: Buffer, declared: string, used: number) {
  try {
    return await parts.quarantine.take(bytes, declared, used)
  } catch (error) {
    if (error instanceof AttachmentRefused) throw refusedFile(parts, error.code)
    throw new Trouble('not_kept', { retryAfterSeconds: 5 }, { cause: error })
  }
}

/** What every request that changes something passes: the channel is on, the token is ours, the limits have room. */
function begin(parts: WebChatParts, request: FastifyRequest, kind: RequestKind): Visitor {
  const off = parts.paused()
  if (off !== undefined) throw new Trouble('paused', { sentence: off, retryAfterSeconds: 60 })
  const visitor = whoIs(parts, request)
  admit(parts, request, kind, visitor.address)
  return visitor
}

function admit(parts: WebChatParts, request: FastifyRequest, kind: RequestKind, visitor: string | undefined): void {
  const admission = parts.limiter.admit(kind, visitor, request.ip)
  if (admission.ok) return
  const { code, retryAfterSeconds } = admission
  throw new Trouble('too_many', { sentence: waitPlease(code, retryAfterSeconds), retryAfterSeconds })
}

function tokenOf(request: FastifyRequest): string | undefined {
  return request.headers.authorization?.match(/^Bearer ([\w.-]{1,200})$/i)?.[1]
}

function whoIs(parts: WebChatParts, request: FastifyRequest): Visitor {
  if (request.headers.authorization === undefined) throw new Trouble('token_missing')
  const visitor = parts.tokens.verify(tokenOf(request) ?? '', parts.clock())
  if (visitor === undefined) throw new Trouble('token_unknown')
  return { channel: WEB, address: visitor, person: personOf(visitor) }
}
