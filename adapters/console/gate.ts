/** Who a request comes from: the session behind its cookie, the word that a change must carry, and whether it was made by our own page. */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayDo } from '../../bot/officers/permissions.ts'
import type { Store } from '../storage/database.ts'
import { endSession, findSession, rotateSession } from '../storage/officer-store.ts'
import { agentOf, clearSession, csrfOf, newToken, sessionToken, setSession } from './cookies.ts'
import type { ConsoleRoute, SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface Gate {
  readonly store: Store
  /** The installation's secret key. */
  readonly key: Uint8Array
  readonly clock: () => number
  /** Where people reach the service; undefined: this machine only. */
  readonly publicUrl: string | undefined
}

/** @returns who asks. A token that is due is exchanged on the way. Throws {@link ConsoleTrouble} for nobody. */
export async function signedIn({ store, clock }: Gate, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
  const token = sessionToken(request)
  const now = clock()
  const found =
    token === undefined
      ? undefined
      : await findSession(store, token, { agent: agentOf(request), prolongs: request.headers['x-antam-background'] === undefined }, now)
  if (!token || !found || !('session' in found)) {
    if (token) clearSession(reply)
    throw new ConsoleTrouble('signed_out')
  }
  if (found.verdict === 'rotate') {
    const next = newToken()
    if (await rotateSession(store, found.session, token, next, now)) setSession(reply, next)
  }
  const { id, name, role } = found.account
  return { id, name, role, session: found.session }
}

/** Lets `request` to `route`, or throws {@link ConsoleTrouble}. */
export async function letIn(gate: Gate, route: ConsoleRoute, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
  const officer = await signedIn(gate, request, reply)
  if (route.method !== 'GET') mustBeOurs(gate, request, officer.session)
  if (!mayDo(officer.role, route.may)) throw new ConsoleTrouble('not_allowed')
  return officer
}

/** A change comes from our own page, which alone could read the word that it carries. */
export function mustBeOurs(gate: Gate, request: FastifyRequest, session: string): void {
  mustBeSameSite(gate, request)
  const said = Buffer.from(String(request.headers['x-antam-csrf'] ?? ''))
  const expected = Buffer.from(csrfOf(gate.key, session))
  if (said.length !== expected.length || !timingSafeEqual(said, expected)) throw new ConsoleTrouble('forged')
}

/** What a browser itself says of where a request was made; a program that says nothing has no cookie of anybody's. */
export function mustBeSameSite({ publicUrl }: Gate, request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') throw new ConsoleTrouble('forged')
  const { origin, host } = request.headers
  if (origin === undefined) return
  const ours = [...(publicUrl === undefined ? [] : [new URL(publicUrl).host]), host]
  if (!URL.canParse(origin) || !ours.includes(new URL(origin).host)) throw new ConsoleTrouble('forged')
}

export async function signOut({ store, clock }: Gate, officer: SignedIn, reply: FastifyReply): Promise<void> {
  await endSession(store, officer.session, 'signed_out', clock())
  clearSession(reply)
}
