/** Every refusal of the web server: a code for programs, a status, and a sentence that is shown as it is. A fault of ours is always `failed`: its own words never leave this process. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { WEB_TROUBLE, type WebTroubleCode } from '../../bot/wording/web.ts'

const STATUS: Readonly<Record<WebTroubleCode, number>> = {
  not_json: 400,
  not_an_object: 400,
  message_id_invalid: 400,
  content_missing: 400,
  content_ambiguous: 400,
  text_too_long: 400,
  id_reused: 409,
  token_missing: 401,
  token_unknown: 401,
  origin_refused: 403,
  attachment_unknown: 404,
  attachment_kind: 415,
  feedback_invalid: 400,
  message_unknown: 404,
  event_id_invalid: 400,
  bad_request: 400,
  not_found: 404,
  link_ended: 404,
  too_large: 413,
  failed: 500,
  not_kept: 503,
  too_many: 429,
  paused: 503,
}

interface TroubleDetail {
  /** Shown instead of the catalogue's sentence. */
  readonly sentence?: string
  readonly retryAfterSeconds?: number
  readonly status?: number
  /** Names the trouble more closely than the code of the catalogue. */
  readonly as?: string
}

/** Thrown to answer with a sentence of the catalogue; not for faults of the program. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
  readonly code: WebTroubleCode
  readonly detail: TroubleDetail
  constructor(code: WebTroubleCode, detail: TroubleDetail = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.detail = detail
  }
}

/** Fastify's own refusals, in our words. */
const FASTIFY_CODES: Readonly<Record<string, WebTroubleCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'not_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'not_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'not_json',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_NOT_FOUND: 'not_found',
}

/** @returns the trouble that an error stands for; anything can be thrown, also nothing. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error
  const { code, statusCode } = partsOf(error)
  const known = FASTIFY_CODES[code]
  if (known) return new Trouble(known)
  const theirs = code.startsWith('FST_') && statusCode < 500
  return new Trouble(theirs ? 'bad_request' : 'failed', {}, { cause: error ?? new Error('nothing was thrown') })
}

function partsOf(error: unknown): { readonly code: string; readonly statusCode: number } {
  const { code, statusCode } = (error ?? {}) as Partial<FastifyError>
  return { code: typeof code === 'string' ? code : '', statusCode: statusCode ?? 500 }
}

/** Answers with the trouble as JSON, or as a page for a person who followed a wrong link. */
export function answerTrouble(trouble: Trouble, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, detail } = trouble
  const name = detail.as ?? code
  request.outcome = name
  reply.code(detail.status ?? STATUS[code]).header('cache-control', 'no-store')
  if (detail.retryAfterSeconds !== undefined) reply.header('retry-after', String(detail.retryAfterSeconds))
  if (code === 'not_found' && request.headers.accept?.includes('text/html')) return reply.type('text/html; charset=utf-8').send(lostPage())
  return reply.type('application/json; charset=utf-8').send({ error: { code: name, message: detail.sentence ?? WEB_TROUBLE[code] } })
}

function lostPage(): string {
  return `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Không có trang này — An Tâm</title>
<link rel="stylesheet" href="/page.css">
<body class="lost">
<main>
<h1>Không có trang này</h1>
<p>Đường dẫn có thể đã đổi hoặc gõ nhầm.</p>
<p><a href="/">Về trang chính của An Tâm để đặt câu hỏi</a></p>
</main>
</body>
</html>
`
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Goes into the event of the request. */
    outcome: string
  }
}
