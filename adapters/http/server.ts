/** The web server: protection, health and metrics of its own; pages and routes are plugins that cannot see each other. Built here, listened to by whoever built it. */
import helmet from '@fastify/helmet'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import { answerTrouble, Trouble, troubleOf } from './trouble.ts'

/** All that is ever logged of a request. There is no field that a message, a name or an address could go into. */
export interface RequestEvent {
  readonly route: string
  readonly status: number
  readonly ms: number
  /** The code of the trouble, or `ok`. */
  readonly outcome: string
}

export interface ServerOptions {
  /** Whether the service can do its work; `/readyz` says 503 until then and names what is missing. */
  readonly ready: () => { readonly ok: true } | { readonly ok: false; readonly waitingFor: readonly string[] }
  /** The metrics as Prometheus text; served to this machine and its private network only. */
  readonly metrics: () => Promise<string>
  readonly plugins: readonly FastifyPluginAsync[]
  /** Which proxies may name the visitor in X-Forwarded-For; as a number, how many stand in front, the nearest on this machine or its private network. Absent: none. */
  readonly trustProxy?: boolean | string | string[] | number
  readonly log?: (event: RequestEvent) => void
  /** Told of faults of ours behind a refusal; the visitor reads none of it. */
  readonly fault?: (error: unknown) => void
}

const BODY_LIMIT = 64 * 1024
/** How long what is in hand at a stop may take. */
const CLOSE_MS = 2_000

/** @returns a server that does not listen yet. */
export function buildServer({ ready, metrics, plugins, trustProxy, log, fault }: ServerOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    // Long enough for a photo over a village's mobile network; a slow header is cut off much earlier.
    requestTimeout: 300_000,
    http: { headersTimeout: 15_000 },
    // Idle keep-alive connections must not hold up a stop.
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void answerTrouble(troubleOf(error), request, reply),
    ...(trustProxy === undefined ? {} : { trustProxy: trusted(trustProxy) }),
  })
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('outcome', 'ok')
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const trouble = troubleOf(error)
    if (trouble.cause !== undefined) fault?.(trouble.cause)
    return answerTrouble(trouble, request, reply)
  })
  app.setNotFoundHandler((request, reply) => answerTrouble(new Trouble('not_found'), request, reply))
  // `idle` closes neither a connection that has never said anything (browsers open them in advance) nor a request that does not come to its end.
  app.addHook('preClose', async () => void setTimeout(() => app.server.closeAllConnections(), CLOSE_MS).unref())
  if (log) app.addHook('onResponse', async (request, reply) => log(eventOf(request, reply)))
  addProtection(app)
  app.register(async (scope) => addHealth(scope, ready))
  app.register(async (scope) => addMetrics(scope, metrics))
  for (const plugin of plugins) app.register(plugin)
  return app
}

/** fastify 5.12 believes nobody where only a number of proxies is given, since a visitor who comes past them could claim any address. */
function trusted(proxies: NonNullable<ServerOptions['trustProxy']>): NonNullable<FastifyServerOptions['trustProxy']> {
  if (typeof proxies !== 'number') return proxies
  return (address, hop) => hop < proxies && (hop > 0 || NEAR.test(address))
}

function addProtection(app: FastifyInstance): void {
  app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    // Only this host: the association's other sites may not all have a certificate.
    strictTransportSecurity: { maxAge: 15_552_000, includeSubDomains: false },
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  })
}

function addHealth(app: FastifyInstance, ready: ServerOptions['ready']): void {
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  app.get('/readyz', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const state = ready()
    if (state.ok) return { status: 'ready' }
    request.outcome = 'not_ready'
    return reply.code(503).header('retry-after', '5').send({ status: 'not ready', waitingFor: state.waitingFor })
  })
}

const NEAR = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/i

/** Numbers of an office are nobody else's business: from outside the address does not exist. */
function addMetrics(app: FastifyInstance, metrics: ServerOptions['metrics']): void {
  app.get('/metrics', async (request, reply) => {
    if (!NEAR.test(request.ip)) throw new Trouble('not_found')
    return reply
      .header('cache-control', 'no-store')
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(await metrics())
  })
}

function eventOf(request: FastifyRequest, reply: FastifyReply): RequestEvent {
  return {
    // The pattern of the route, never the address that was asked for.
    route: request.routeOptions.url ?? 'unknown',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
    outcome: request.outcome,
  }
}
