/** The console's two cookies: the session's token, and the name of a browser that has signed in before. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Only over a safe line (or this very machine), only this host, never to a script, never from another site. */
const SESSION = '__Host-antam-session'
const DEVICE = '__Host-antam-device'
const SAFE = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const
const DEVICE_SECONDS = 180 * 86_400
const TOKEN_BYTES = 32

/** @returns 256 random bits for a session or a link. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

export function sessionToken(request: FastifyRequest): string | undefined {
  return request.cookies[SESSION]
}

/** Ends with the browser; the server's own limits are shorter. */
export function setSession(reply: FastifyReply, token: string): void {
  reply.setCookie(SESSION, token, SAFE)
}

export function clearSession(reply: FastifyReply): void {
  reply.clearCookie(SESSION, SAFE)
}

/** @returns what a browser calls itself, hashed: a token that turns up in another browser was copied. */
export function agentOf(request: FastifyRequest): string {
  return createHash('sha256')
    .update(request.headers['user-agent'] ?? '')
    .digest('base64url')
}

/** @returns the browser's own name where it has signed in to `login` before; forged or of another account: undefined. */
export function knownDevice(key: Uint8Array, request: FastifyRequest, login: string): string | undefined {
  const [name = '', proof = ''] = (request.cookies[DEVICE] ?? '').split('.')
  const expected = proofOf(key, login, name)
  const same = proof.length === expected.length && timingSafeEqual(Buffer.from(proof), Buffer.from(expected))
  return same && name !== '' ? name : undefined
}

/** Remembers the browser for `login`. */
export function setDevice(key: Uint8Array, reply: FastifyReply, login: string): void {
  const name = randomBytes(16).toString('base64url')
  reply.setCookie(DEVICE, `${name}.${proofOf(key, login, name)}`, { ...SAFE, maxAge: DEVICE_SECONDS })
}

function proofOf(key: Uint8Array, login: string, name: string): string {
  return createHmac('sha256', key).update(`an-tam console device\n${login}\n${name}`).digest('base64url')
}

/** @returns the word that every change of a session must carry, which no other site can read. */
export function csrfOf(key: Uint8Array, session: string): string {
  return createHmac('sha256', key).update(`an-tam console change\n${session}`).digest('base64url')
}
