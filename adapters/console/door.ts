/** The console as one plugin of its own: its cookies, its refusals and its routes are seen by nothing else, and it sees none of the webhooks. */
import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { troubleOf } from '../http/trouble.ts'
import type { ConsolePages } from './bundle.ts'
import { setSession } from './cookies.ts'
import { letIn, signedIn } from './gate.ts'
import type { Live } from './live.ts'
import { type ConsoleRoute, Download, Exchanged, type SignedIn } from './route.ts'
import { addSignIn, read, type SignInParts } from './sign-in.ts'
import { openConsoleStream } from './stream.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface ConsoleParts extends SignInParts {
  readonly live: Live
  readonly routes: readonly ConsoleRoute[]
  readonly pages: () => Promise<ConsolePages>
  readonly sessionHolds: (session: string) => Promise<boolean>
  /** Told of faults of ours; the officer reads none of it. */
  readonly fault: (error: unknown) => void
}

const BODY_LIMIT = 256 * 1024

/** @returns the plugin. */
export function consoleDoor(parts: ConsoleParts): FastifyPluginAsync {
  return async (app) => {
    await app.register(
      async (scope) => {
        await scope.register(cookie)
        scope.setErrorHandler((error, request, reply) => refuse(parts, error, request, reply))
        scope.addHook('onRequest', async (_request, reply) => void guarded(reply))
        await scope.register(async (api) => addApi(api, parts), { prefix: '/api' })
        addPages(scope, parts)
      },
      { prefix: '/console' },
    )
  }
}

/** Nothing of the console is kept by a browser or a proxy, and no other page may hold it. Said first, so that an answer may say otherwise of itself. */
function guarded(reply: FastifyReply): void {
  reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-security-policy': POLICY })
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const FILE = 'application/octet-stream'
/** Who each request comes from. */
const officers = new WeakMap<FastifyRequest, SignedIn>()

function addApi(api: FastifyInstance, parts: ConsoleParts): void {
  addSignIn(api, parts)
  api.addContentTypeParser(FILE, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  api.get('/events', (request, reply) => events(parts, request, reply))
  for (const route of parts.routes)
    api.route({
      method: route.method,
      url: route.url,
      bodyLimit: route.upload ?? BODY_LIMIT,
      // Before anything of the body is read: a stranger's file is nothing to wait for.
      onRequest: async (request, reply) => {
        officers.set(request, await letIn(parts, route, request, reply))
        if (route.upload !== undefined && request.headers['content-type'] !== FILE) throw new ConsoleTrouble('bad_request')
      },
      handler: (request, reply) => handled(parts, route, request, reply),
    })
  api.all('/*', async () => {
    throw new ConsoleTrouble('not_found')
  })
}

async function handled(parts: ConsoleParts, route: ConsoleRoute, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const result = await route.handle({
    officer: officers.get(request) as SignedIn,
    params: request.params as Record<string, string>,
    query: route.query ? read(route.query, request.query) : {},
    body: bodyOf(route, request),
    now: parts.clock(),
  })
  if (result instanceof Exchanged) {
    setSession(reply, result.token)
    return {}
  }
  if (!(result instanceof Download)) return result ?? {}
  if (result.policy !== undefined) reply.header('content-security-policy', result.policy)
  const how = `${result.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(result.name)}`
  return reply.type(result.type).header('content-disposition', how).header('x-content-type-options', 'nosniff').send(Buffer.from(result.bytes))
}

function bodyOf(route: ConsoleRoute, { body }: FastifyRequest): unknown {
  if (route.upload !== undefined) return body
  return route.body ? read(route.body, body) : {}
}

async function events(parts: ConsoleParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { id, session } = await signedIn(parts, request, reply)
  // The stream itself is nothing that anybody does: it must not keep a session alive, so it only asks whether there still is one.
  const stream = openConsoleStream({ live: parts.live, officer: id, session, holds: () => parts.sessionHolds(session) })
  return reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no').send(stream)
}

function refuse({ fault }: ConsoleParts, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const trouble = error instanceof ConsoleTrouble ? error : consoleTroubleOf(error, fault)
  request.outcome = trouble?.code ?? 'failed'
  if (trouble?.retryAfterSeconds !== undefined) reply.header('retry-after', String(trouble.retryAfterSeconds))
  return reply.code(trouble?.status ?? 500).send({ error: { code: trouble?.code ?? 'failed', message: trouble?.sentence ?? FAILED } })
}

const FAILED = 'Có trục trặc phía máy chủ, việc vừa rồi có thể chưa được ghi. Bạn tải lại trang và xem lại; còn lỗi thì báo quản trị.'

/** What fastify refuses by itself is the sender's fault; anything else is ours, and told to the operator. */
function consoleTroubleOf(error: unknown, fault: (error: unknown) => void): ConsoleTrouble | undefined {
  const { code, cause } = troubleOf(error)
  if (code === 'too_large') return new ConsoleTrouble('too_large')
  if (code !== 'failed') return new ConsoleTrouble('bad_request')
  fault(cause ?? error)
  return undefined
}

/** Made at the first visit: a start must not wait for it. What could not be made is tried again at the next. */
function addPages(scope: FastifyInstance, { pages: make }: ConsoleParts): void {
  let made: Promise<ConsolePages> | undefined
  const pages = () => {
    made ??= make().catch((error) => {
      made = undefined
      throw error
    })
    return made
  }
  for (const url of ASSETS) scope.get(url, async (request, reply) => asset(await pages(), url, request, reply))
  // Every address of the page is the same page; its script reads which.
  const page = async (_request: FastifyRequest, reply: FastifyReply) => reply.type('text/html; charset=utf-8').send((await pages()).index)
  scope.get('/', page)
  scope.get('/*', page)
}

const ASSETS = ['/app.js', '/app.css'] as const

function asset({ assets }: ConsolePages, url: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const found = assets.find((one) => one.url === url)
  if (!found) throw new ConsoleTrouble('not_found')
  reply.header('etag', found.tag).header('cache-control', 'no-cache')
  return request.headers['if-none-match'] === found.tag ? reply.code(304).send() : reply.type(found.type).send(found.bytes)
}
