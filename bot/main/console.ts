/** The officers' console joined to the running service: its parts, the link for the first administrator, and what tells open pages that something has changed. */
import type { FastifyPluginAsync } from 'fastify'
import { bundleConsole } from '../../adapters/console/bundle.ts'
import { newToken } from '../../adapters/console/cookies.ts'
import { consoleDoor } from '../../adapters/console/door.ts'
import { lawRoutes } from '../../adapters/console/law.ts'
import { officerRoutes } from '../../adapters/console/officers.ts'
import { openPasswords } from '../../adapters/console/passwords.ts'
import { replyRoutes } from '../../adapters/console/replies.ts'
import type { ConsoleRoute } from '../../adapters/console/route.ts'
import { openBox } from '../../adapters/operations/sealed-number.ts'
import { appendAudit } from '../../adapters/storage/audit-store.ts'
import { addLink, createOfficer, hasAdministrator, readOfficers, sessionHolds } from '../../adapters/storage/officer-store.ts'
import { alertsOf } from './desk/alerts.ts'
import { casesOf } from './desk/cases.ts'
import { chatsOf } from './desk/chats.ts'
import { paperworkOf } from './desk/paperwork.ts'
import { lawDesk, leaves, openNames } from './desk/shared.ts'
import { clearIncoming, shelfOf } from './desk/shelf.ts'
import { trainingOf } from './desk/training.ts'
import { warningsOf } from './desk/warnings.ts'
import { linkTo } from './links.ts'
import { fault, type Parts } from './parts.ts'

/** The console as a plugin of the server, and what can be asked of it. */
export interface OfficersConsole {
  readonly door: FastifyPluginAsync
  readonly routes: readonly ConsoleRoute[]
}

/** @param base where people reach the service */
export async function officersConsole(parts: Parts, base: () => string): Promise<OfficersConsole> {
  const { config, store, live, options } = parts
  const names = await openNames(parts)
  await clearIncoming(config.dataFolder)
  const passwords = openPasswords()
  const routes = [
    ...chatsOf(parts, names),
    ...casesOf(parts, names),
    ...lawRoutes(lawDesk(parts)),
    ...replyRoutes({ store, law: lawDesk(parts), nameOf: names.of }),
    ...officerRoutes({
      ...{ store, live, passwords, renamed: names.refresh, linkOf: (token: string) => linkTo(base(), token) },
      leaves: (officer, now) => leaves(parts, officer, now),
    }),
    ...shelfOf(parts, names),
    ...paperworkOf(parts, names),
    ...warningsOf(parts, names),
    ...alertsOf(parts),
    ...trainingOf(parts),
  ]
  const door = consoleDoor({
    ...{
      store,
      live,
      routes,
      passwords,
      renamed: names.refresh,
      key: parts.key,
      clock: options.clock,
      publicUrl: config.publicUrl,
      fault: fault(parts, 'console'),
    },
    box: openBox(parts.key, 'an-tam console second factor', 'antam-totp-1'),
    office: () => ({
      name: config.association.name,
      hours: config.association.hours,
      silentMinutes: config.owner.officerSilentMs / 60_000,
      approval: config.approval,
    }),
    ended: (session) => live.end({ session }),
    refused: (login) => refused(parts, login),
    sessionHolds: (session) => sessionHolds(store, session, options.clock()),
    pages: bundleConsole,
  })
  return { door, routes }
}

/** Somebody guesses: written down once for a while, under the account where there is one. */
async function refused({ store, options }: Parts, login: string): Promise<void> {
  const known = (await readOfficers(store)).find((one) => one.login === login)
  const entry = { actor: 'system', action: 'session.refused' as const, subject: `officer:${known?.id ?? 'unknown'}`, detail: {} }
  await store.write((tx) => appendAudit(tx, entry, options.clock()))
}

// ── the first administrator ─────────────────────────────────────────────────────────────────────

const FIRST = { login: 'quantri', name: 'Quản trị', role: 'administrator' } as const

/** @returns a link with which the first administrator sets their account up; undefined where somebody can sign in already. */
export async function firstLink({ store, options }: Parts, base: string): Promise<string | undefined> {
  if (await hasAdministrator(store)) return undefined
  const now = options.clock()
  const known = (await readOfficers(store)).find(({ login }) => login === FIRST.login)
  const id = known?.id ?? (await createOfficer(store, FIRST, 'system', now))
  const token = newToken()
  return id !== undefined && (await addLink(store, id, token, 'system', now)) !== undefined ? linkTo(base, token) : undefined
}
