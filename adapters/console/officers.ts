/** Accounts in the console: the administrator's list, links for setting up, and what everybody may do with their own. */
import { z } from 'zod'
import { loginSchema, officerNameSchema, passwordProblem } from '../../bot/officers/account.ts'
import { ROLES } from '../../bot/officers/permissions.ts'
import { CONSOLE_SAYS, PASSWORD_WORDS } from '../../bot/wording/console.ts'
import type { Store } from '../storage/database.ts'
import {
  addLink,
  changeOfficer,
  changePassword,
  createOfficer,
  credentialsOf,
  type OfficerChange,
  readOfficer,
  readOfficers,
} from '../storage/officer-store.ts'
import type { ColleagueView, LinkView, OfficerView } from './contract.ts'
import { newToken } from './cookies.ts'
import type { Live } from './live.ts'
import type { Passwords } from './passwords.ts'
import { type Asked, type ConsoleRoute, Exchanged, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface OfficerParts {
  readonly store: Store
  readonly live: Live
  readonly passwords: Passwords
  /** @returns the address at which a link is opened. */
  readonly linkOf: (token: string) => string
  /** Gives what somebody who cannot work any more had back to the queue. */
  readonly leaves: (officer: string, now: number) => Promise<void>
  /** Names have changed. */
  readonly renamed: () => Promise<void>
}

const newBody = z.strictObject({ login: loginSchema, name: officerNameSchema, role: z.enum(ROLES) })
const changeBody = z.strictObject({ name: officerNameSchema, role: z.enum(ROLES), active: z.boolean(), approval: z.boolean().optional() })
const passwordBody = z.strictObject({ old: z.string().max(1_000), password: z.string().max(1_000) })

/** @returns the routes of accounts. */
export function officerRoutes(parts: OfficerParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/officers', may: 'officer.manage', handle: () => list(parts) }),
    route({ method: 'POST', url: '/officers', may: 'officer.manage', body: newBody, handle: (asked) => make(parts, asked, asked.body) }),
    route({ method: 'PUT', url: '/officers/:id', may: 'officer.manage', body: changeBody, handle: (asked) => change(parts, asked, asked.body) }),
    route({ method: 'POST', url: '/officers/:id/link', may: 'officer.manage', handle: (asked) => invite(parts, asked.params['id'] ?? '', asked) }),
    route({ method: 'GET', url: '/colleagues', may: 'chat.read', handle: () => colleagues(parts) }),
    route({
      method: 'POST',
      url: '/me/password',
      may: 'self',
      body: passwordBody,
      handle: (asked) => renew(parts, asked.officer, asked.body, asked.now),
    }),
  ]
}

async function list({ store }: OfficerParts): Promise<{ readonly officers: readonly OfficerView[] }> {
  return { officers: await readOfficers(store) }
}

async function colleagues({ store, live }: OfficerParts): Promise<{ readonly colleagues: readonly ColleagueView[] }> {
  const able = (await readOfficers(store)).filter(({ active, ready }) => active && ready)
  return { colleagues: able.map(({ id, name }) => ({ id, name, here: live.has(id) })) }
}

type By = Pick<Asked, 'officer' | 'now'>

async function make(parts: OfficerParts, { officer, now }: By, given: z.output<typeof newBody>): Promise<LinkView> {
  const id = await createOfficer(parts.store, given, officer.id, now)
  if (id === undefined) throw new ConsoleTrouble('conflict', CONSOLE_SAYS.loginTaken)
  await parts.renamed()
  return invite(parts, id, { officer, now })
}

async function invite({ store, linkOf }: OfficerParts, id: string, { officer, now }: By): Promise<LinkView> {
  const token = newToken()
  const endsAt = await addLink(store, id, token, officer.id, now)
  if (endsAt === undefined) throw new ConsoleTrouble('not_found')
  return { link: linkOf(token), endsAt }
}

async function change(
  parts: OfficerParts,
  { officer, params, now }: Pick<Asked, 'officer' | 'params' | 'now'>,
  given: OfficerChange,
): Promise<object> {
  const id = params['id'] ?? ''
  const before = await readOfficer(parts.store, id)
  const done = await changeOfficer(parts.store, id, given, officer.id, now)
  if (done === 'missing' || !before) throw new ConsoleTrouble('not_found')
  if (done === 'last_administrator') throw new ConsoleTrouble('conflict', CONSOLE_SAYS.lastAdministrator)
  if (!given.active || given.role !== before.role) parts.live.end({ officer: id })
  if (!given.active) await parts.leaves(id, now)
  await parts.renamed()
  return {}
}

async function renew(parts: OfficerParts, officer: SignedIn, { old, password }: z.output<typeof passwordBody>, now: number): Promise<Exchanged> {
  const account = await readOfficer(parts.store, officer.id)
  const known = account && (await credentialsOf(parts.store, account.login))
  if (!known || !(await parts.passwords.matches(known.password ?? undefined, old)))
    throw new ConsoleTrouble('bad_request', CONSOLE_SAYS.oldPasswordWrong)
  const problem = passwordProblem(password, known.account)
  if (problem) throw new ConsoleTrouble('bad_request', PASSWORD_WORDS[problem])
  const token = newToken()
  await changePassword(parts.store, officer.id, await parts.passwords.hash(password), { session: officer.session, token }, now)
  // Open pages of other sessions are shown the door; one's own opens its stream again.
  parts.live.end({ officer: officer.id })
  return new Exchanged(token)
}
