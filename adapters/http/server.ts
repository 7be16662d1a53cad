/** The web server of the page at `/` and of its one question route. Built here, listened to by whoever built it. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify'
import { z } from 'zod'
import type { Ask, AskReply, AskRequest } from './ask-port.ts'

export interface ServerConfig {
  /** False while the library and the indexes are being read: `/readyz` then says 503 and questions are asked to wait. */
  readonly ready: () => boolean
  /** Questions one visitor (one IPv4 address, one IPv6 /64) may ask in a minute; 60 when absent. */
  readonly questionsPerMinute?: number
  /** Which proxies may name the visitor in X-Forwarded-For. Absent: none, and behind a proxy all visitors then count as one. */
  readonly trustProxy?: boolean | string | string[] | number
}

/** All that is ever logged of a request. There is no field that a question, a name or an address could go into. */
export interface RequestEvent {
  /** The pattern of the route, never the address that was asked for; `unknown` when none matched. */
  readonly route: string
  readonly status: number
  readonly ms: number
  /** The status of the reply, the code of the error, or `ok`. */
  readonly outcome: string
}

export interface ServerOptions {
  readonly ask: Ask
  readonly config: ServerConfig
  readonly log?: (event: RequestEvent) => void
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Goes into the event of the request. */
    outcome: string
  }
}

const BODY_LIMIT = 64 * 1024
const LONGEST_TEXT = 10_000
const PREVIOUS_KEPT = 3
const HOTLINE = 'tổng đài quốc gia 1800.6838'

/** Every trouble of this server: its HTTP status and what the visitor reads. */
const TROUBLES = {
  not_json: [400, 'Yêu cầu phải là JSON (Content-Type: application/json) và đúng cú pháp.'],
  not_an_object: [400, 'Nội dung gửi lên phải là một đối tượng JSON có trường "text".'],
  text_missing: [400, 'Chưa thấy câu hỏi. Xin viết câu hỏi vào trường "text", dưới dạng chữ.'],
  text_too_long: [400, 'Câu hỏi dài quá 10.000 ký tự. Xin rút gọn, chỉ giữ những việc chính rồi gửi lại.'],
  previous_invalid: [400, 'Trường "previous" phải là danh sách các câu hỏi trước, dưới dạng chữ, không quá 20 câu.'],
  audience_unknown: [400, 'Trường "audience" chỉ nhận "consumer" (người mua) hoặc "seller" (người bán).'],
  bad_request: [400, 'Yêu cầu chưa đúng nên chưa xử lý được. Xin kiểm tra rồi gửi lại.'],
  not_found: [404, 'Không có trang này. Xin về trang chính của An Tâm để đặt câu hỏi.'],
  too_large: [413, 'Nội dung gửi lên lớn quá 64 kB. Xin rút gọn câu hỏi rồi gửi lại.'],
  too_many: [429, `Bạn hỏi hơi nhanh nên An Tâm chưa kịp trả lời. Xin chờ chừng một phút rồi gửi lại; việc gấp xin gọi ${HOTLINE} (miễn phí).`],
  failed: [500, `Xin lỗi, An Tâm đang trục trặc nên chưa trả lời được. Xin thử lại sau ít phút, hoặc gọi ${HOTLINE} (miễn phí).`],
  starting: [503, `An Tâm đang khởi động. Xin thử lại sau ít giây; việc gấp xin gọi ${HOTLINE} (miễn phí).`],
} as const satisfies Record<string, readonly [number, string]>
type TroubleCode = keyof typeof TROUBLES

/** Thrown to answer with one of {@link TROUBLES}; not for faults of the program, which become `failed`. */
class Trouble extends Error {
  readonly code: TroubleCode
  constructor(code: TroubleCode) {
    super(code)
    this.code = code
  }
}

/** Fastify's own refusals, in our words. */
const FASTIFY_CODES: Readonly<Record<string, TroubleCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'not_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'not_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'not_json',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_NOT_FOUND: 'not_found',
}

/** The message of each issue is a code of {@link TROUBLES}. Lengths are counted in characters, not in UTF-16 units. */
const questionSchema = z.object(
  {
    text: z
      .string({ error: 'text_missing' })
      .refine((text) => text.trim() !== '', { error: 'text_missing' })
      .refine((text) => Array.from(text).length <= LONGEST_TEXT, { error: 'text_too_long' }),
    previous: z
      .array(z.string({ error: 'previous_invalid' }), { error: 'previous_invalid' })
      .max(20, { error: 'previous_invalid' })
      .optional(),
    audience: z.enum(['consumer', 'seller'], { error: 'audience_unknown' }).optional(),
  },
  { error: 'not_an_object' },
)

const PAGE_FILES = [
  { url: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { url: '/app.js', file: 'app.js', type: 'text/javascript; charset=utf-8' },
  { url: '/style.css', file: 'style.css', type: 'text/css; charset=utf-8' },
  { url: '/icon.svg', file: 'icon.svg', type: 'image/svg+xml' },
] as const

/**
 * @param options the assistant, the settings, and where events go (nowhere when absent)
 * @returns a server that does not listen yet
 */
export function buildServer({ ask, config, log }: ServerOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    ...(config.trustProxy === undefined ? {} : { trustProxy: config.trustProxy as NonNullable<FastifyServerOptions['trustProxy']> }),
  })
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('outcome', 'ok')
  app.setErrorHandler<FastifyError>(answerError)
  app.setNotFoundHandler((request, reply) => answerTrouble('not_found', request, reply))
  if (log) app.addHook('onResponse', async (request, reply) => log(eventOf(request, reply)))
  addProtection(app)
  app.register(async (scope) => addPage(scope))
  app.register(async (scope) => addHealth(scope, config))
  app.register(async (scope) => addQuestions(scope, ask, config))
  return app
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

/** The four files of the page, read once: a page changed on disk is served after the next start. */
function addPage(app: FastifyInstance): void {
  for (const { url, file, type } of PAGE_FILES) {
    const bytes = readFileSync(new URL(`../page/static/${file}`, import.meta.url))
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
    app.get(url, async (request, reply) => {
      reply.header('etag', etag).header('cache-control', 'no-cache')
      if (knows(request.headers['if-none-match'], etag)) return reply.code(304).send()
      return reply.type(type).send(bytes)
    })
  }
}

/** @returns whether an If-None-Match header names this tag; proxies may have marked it weak (`W/`) when they compressed. */
function knows(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}

function addHealth(app: FastifyInstance, config: ServerConfig): void {
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  app.get('/readyz', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    if (config.ready()) return { status: 'ready' }
    request.outcome = 'starting'
    return reply.code(503).send({ status: 'starting' })
  })
}

async function addQuestions(app: FastifyInstance, ask: Ask, config: ServerConfig): Promise<void> {
  await app.register(rateLimit, {
    max: config.questionsPerMinute ?? 60,
    timeWindow: 60_000,
    errorResponseBuilder: () => new Trouble('too_many'),
  })
  app.post('/api/ask', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    if (!config.ready()) throw new Trouble('starting')
    const answer = await askSafely(ask, readQuestion(request.body))
    request.outcome = answer.status
    return answer
  })
}

/** Whatever the assistant throws, an Error or not, is a plain `failed` from here on. */
async function askSafely(ask: Ask, question: AskRequest): Promise<AskReply> {
  try {
    return await ask(question)
  } catch {
    throw new Trouble('failed')
  }
}

/** @throws {Trouble} with the code of the first thing that is wrong */
function readQuestion(body: unknown): AskRequest {
  const parsed = questionSchema.safeParse(body)
  if (!parsed.success) throw new Trouble(troubleCode(parsed.error.issues[0]?.message))
  const { text, previous, audience } = parsed.data
  const earlier = (previous ?? []).filter((line) => line.trim() !== '').slice(-PREVIOUS_KEPT)
  return { text, ...(earlier.length > 0 ? { previous: earlier } : {}), ...(audience ? { audience } : {}) }
}

function troubleCode(message: string | undefined): TroubleCode {
  return message !== undefined && Object.hasOwn(TROUBLES, message) ? (message as TroubleCode) : 'bad_request'
}

/** A fault of ours, whatever it says of itself, reads as `failed`: an error's message never leaves this process. */
function answerError(error: FastifyError | Trouble, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Trouble) return answerTrouble(error.code, request, reply)
  const known = FASTIFY_CODES[error.code]
  if (known) return answerTrouble(known, request, reply)
  const theirs = error.code?.startsWith('FST_') && error.statusCode !== undefined && error.statusCode < 500
  return answerTrouble(theirs ? 'bad_request' : 'failed', request, reply)
}

function answerTrouble(code: TroubleCode, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [status, message] = TROUBLES[code]
  request.outcome = code
  reply.code(status).header('cache-control', 'no-store')
  if (code === 'starting') reply.header('retry-after', '5')
  if (code === 'not_found' && request.headers.accept?.includes('text/html')) return reply.type('text/html; charset=utf-8').send(LOST_PAGE)
  return reply.type('application/json; charset=utf-8').send({ error: { code, message } })
}

/** For a person who followed a wrong link; programs get JSON. */
const LOST_PAGE = `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Không có trang này — An Tâm</title>
<link rel="stylesheet" href="/style.css">
<body class="lost">
<main>
<h1>Không có trang này</h1>
<p>Đường dẫn có thể đã đổi hoặc gõ nhầm.</p>
<p><a href="/">Về trang chính của An Tâm để đặt câu hỏi</a></p>
<p>Việc gấp, xin gọi ${HOTLINE} (miễn phí).</p>
</main>
</body>
</html>
`

function eventOf(request: FastifyRequest, reply: FastifyReply): RequestEvent {
  return {
    route: request.routeOptions.url ?? 'unknown',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
    outcome: request.outcome,
  }
}
