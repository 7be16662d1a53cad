/** Which pages may talk to the chat: our own, and those of the origins that the operator has listed. Everybody else is refused before anything is read. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Trouble } from '../http/trouble.ts'

const METHODS = 'GET, POST, DELETE, OPTIONS'
const HEADERS = 'authorization, content-type, last-event-id'
const EXPOSED = 'retry-after'
const PREFLIGHT_SECONDS = '600'

export interface OriginRules {
  readonly publicUrl: string | undefined
  /** "https://example.vn", exactly as browsers send it. */
  readonly listed: readonly string[]
}

/**
 * Adds the rule to all routes of `scope`. Written here and not taken from @fastify/cors because that only leaves headers out for a foreign page: the request
 * would still be carried out. No cookies are involved, so `Access-Control-Allow-Credentials` is never sent.
 */
export function addOrigins(scope: FastifyInstance, rules: OriginRules): void {
  scope.addHook('onRequest', async (request, reply) => {
    const origin = request.headers.origin
    if (origin === undefined || isOwn(request, origin, rules.publicUrl)) return
    if (!rules.listed.includes(origin)) throw new Trouble('origin_refused')
    // helmet's default would keep a listed page from reading what it asked for.
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED, 'cross-origin-resource-policy': 'cross-origin' })
    if (request.method === 'OPTIONS') reply.headers(preflight())
  })
  // The answers differ by origin, so no cache may hand one page the answer to another.
  scope.addHook('onSend', async (_request, reply) => void reply.header('vary', 'origin'))
  scope.options('/api/chat/*', async (_request, reply) => reply.code(204).send())
}

function preflight(): Record<string, string> {
  return { 'access-control-allow-methods': METHODS, 'access-control-allow-headers': HEADERS, 'access-control-max-age': PREFLIGHT_SECONDS }
}

/** A page of this very server, under whatever name it was reached. */
function isOwn(request: FastifyRequest, origin: string, publicUrl: string | undefined): boolean {
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true
  return URL.canParse(origin) && new URL(origin).host === request.host
}
