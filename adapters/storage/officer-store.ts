/** Those who work in the console: accounts, the links with which they are set up, and their sessions. What could be used to sign in is kept only as a hash or sealed. */
import { createHash, randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { LINK_MS, type OfficerAccount } from '../../bot/officers/account.ts'
import { ROLES, type Role } from '../../bot/officers/permissions.ts'
import { judgeSession, type SessionVerdict } from '../../bot/officers/session.ts'
import { endAlertsOf } from './alert-store.ts'
import { appendAudit } from './audit-store.ts'
import type { Store, Tx } from './database.ts'
import type { OfficerSessionTable, OfficerTable } from './tables.ts'

/** @returns the form in which a token is kept. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

// ── accounts ────────────────────────────────────────────────────────────────────────────────────

/** What is needed to let somebody in. */
export interface Credentials {
  readonly account: OfficerAccount
  readonly password: string | null
  readonly totp: string | null
  readonly totpStep: number
  readonly spareCodes: readonly string[]
}

/** @returns everybody who has an account, by login. */
export async function readOfficers(store: Store): Promise<readonly OfficerAccount[]> {
  const rows = await store.read((tx) => tx.selectFrom('officer').selectAll().orderBy('login').execute())
  return rows.map(accountOf)
}

export async function readOfficer(store: Store, id: string): Promise<OfficerAccount | undefined> {
  const row = await store.read((tx) => tx.selectFrom('officer').selectAll().where('id', '=', id).executeTakeFirst())
  return row && accountOf(row)
}

/** @returns what is needed to let `login` in; undefined for nobody. */
export async function credentialsOf(store: Store, login: string): Promise<Credentials | undefined> {
  const row = await store.read((tx) => tx.selectFrom('officer').selectAll().where('login', '=', login).executeTakeFirst())
  if (!row) return undefined
  const { password, totp, totp_step: totpStep, spare_codes: spare } = row
  return { account: accountOf(row), password, totp, totpStep, spareCodes: JSON.parse(spare) as string[] }
}

function accountOf({ id, login, name, role, active, password, seen_at, approval }: Selectable<OfficerTable>): OfficerAccount {
  return { id, login, name, role: roleOf(role), active: active === 1, ready: password !== null, lastSeenAt: seen_at, approval: approval === 1 }
}

/** A role of another version may do the least. */
function roleOf(text: string): Role {
  return ROLES.find((role) => role === text) ?? 'officer'
}

export interface NewOfficer {
  readonly login: string
  readonly name: string
  readonly role: Role
}

/** Makes an account that a link has yet to set up. @returns its id, or undefined where the login is taken. */
export function createOfficer(store: Store, { login, name, role }: NewOfficer, by: string, now: number): Promise<string | undefined> {
  return store.write(async (tx) => {
    const id = randomUUID()
    const made = await tx
      .insertInto('officer')
      .values({ id, login, name, role, active: 1, password: null, totp: null, totp_step: 0, spare_codes: '[]', made_at: now, seen_at: null })
      .onConflict((conflict) => conflict.column('login').doNothing())
      .executeTakeFirst()
    if (!made.numInsertedOrUpdatedRows) return undefined
    await appendAudit(tx, { actor: by, action: 'officer.made', subject: `officer:${id}`, detail: { code: role } }, now)
    return id
  })
}

export interface OfficerChange {
  readonly name: string
  readonly role: Role
  readonly active: boolean
  /** What they write waits for a supervisor; undefined: as it was. */
  readonly approval?: boolean | undefined
}

/** `last_administrator`: nobody would be left who can let others in. */
export type OfficerChanged = 'changed' | 'missing' | 'last_administrator'

/** Changes name, role or whether somebody may sign in; whoever loses something is signed out everywhere. */
export function changeOfficer(store: Store, id: string, given: OfficerChange, by: string, now: number): Promise<OfficerChanged> {
  return store.write(async (tx) => {
    const before = await tx.selectFrom('officer').selectAll().where('id', '=', id).executeTakeFirst()
    if (!before) return 'missing'
    const stays = given.active && given.role === 'administrator'
    if (before.role === 'administrator' && !stays && (await otherAdministrators(tx, id)) === 0) return 'last_administrator'
    const { name, role, active, approval } = given
    await tx
      .updateTable('officer')
      .set({ name, role, active: active ? 1 : 0, ...(approval === undefined ? {} : { approval: approval ? 1 : 0 }) })
      .where('id', '=', id)
      .execute()
    if (!active || role !== before.role) await endSessionsOf(tx, id)
    if (!active) await tx.deleteFrom('officer_link').where('officer', '=', id).execute()
    if (!active) await endAlertsOf(tx, id, now)
    await appendAudit(tx, { actor: by, action: 'officer.changed', subject: `officer:${id}`, detail: { code: active ? role : 'closed' } }, now)
    return 'changed'
  })
}

async function otherAdministrators(tx: Tx, id: string): Promise<number> {
  const row = await tx
    .selectFrom('officer')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('role', '=', 'administrator')
    .where('active', '=', 1)
    .where('password', 'is not', null)
    .where('id', '!=', id)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** @returns whether somebody can already sign in and let others in. */
export async function hasAdministrator(store: Store): Promise<boolean> {
  return store.read(async (tx) => (await otherAdministrators(tx, '')) > 0)
}

// ── set-up links ────────────────────────────────────────────────────────────────────────────────

/** A new link takes the place of older ones; the account can still be used until it is set up anew. @returns when it ends; undefined where there is no such officer. */
export function addLink(store: Store, id: string, token: string, by: string, now: number): Promise<number | undefined> {
  return store.write(async (tx) => {
    const officer = await tx.selectFrom('officer').select('id').where('id', '=', id).where('active', '=', 1).executeTakeFirst()
    if (!officer) return undefined
    const endsAt = now + LINK_MS
    await tx.deleteFrom('officer_link').where('officer', '=', id).execute()
    await tx
      .insertInto('officer_link')
      .values({ hash: hashOf(token), officer: id, ends_at: endsAt, name: null, password: null, totp: null })
      .execute()
    await appendAudit(tx, { actor: by, action: 'officer.invited', subject: `officer:${id}`, detail: {} }, now)
    return endsAt
  })
}

export interface Link {
  readonly account: OfficerAccount
  readonly endsAt: number
  /** What was set with it and waits for the first code. */
  readonly pending: { readonly name: string; readonly password: string; readonly totp: string } | undefined
}

/** @returns whose link `token` is; undefined when it has ended or was used. */
export async function readLink(store: Store, token: string, now: number): Promise<Link | undefined> {
  const row = await store.read((tx) =>
    tx
      .selectFrom('officer_link as l')
      .innerJoin('officer as o', 'o.id', 'l.officer')
      .selectAll('o')
      .select(['l.ends_at', 'l.name as newName', 'l.password as newPassword', 'l.totp as newTotp'])
      .where('l.hash', '=', hashOf(token))
      .where('l.ends_at', '>', now)
      .where('o.active', '=', 1)
      .executeTakeFirst(),
  )
  if (!row) return undefined
  const { newName: name, newPassword: password, newTotp: totp } = row
  return { account: accountOf(row), endsAt: row.ends_at, pending: name && password && totp ? { name, password, totp } : undefined }
}

/** Keeps what was set with a link until the first code proves that the app has it. */
export async function prepareSetUp(store: Store, token: string, set: { name: string; password: string; totp: string }): Promise<void> {
  await store.write((tx) => tx.updateTable('officer_link').set(set).where('hash', '=', hashOf(token)).execute())
}

/** The account is what the link set; the link is used up, and whoever was signed in with the old password is not any more. */
export function finishSetUp(
  store: Store,
  token: string,
  { step, spareCodes }: { readonly step: number; readonly spareCodes: readonly string[] },
  now: number,
): Promise<boolean> {
  return store.write(async (tx) => {
    const link = await tx.selectFrom('officer_link').selectAll().where('hash', '=', hashOf(token)).where('ends_at', '>', now).executeTakeFirst()
    if (!link?.name || !link.password || !link.totp) return false
    await tx
      .updateTable('officer')
      .set({ name: link.name, password: link.password, totp: link.totp, totp_step: step, spare_codes: JSON.stringify(spareCodes.map(hashOf)) })
      .where('id', '=', link.officer)
      .execute()
    await tx.deleteFrom('officer_link').where('officer', '=', link.officer).execute()
    await endSessionsOf(tx, link.officer)
    await appendAudit(tx, { actor: link.officer, action: 'officer.set_up', subject: `officer:${link.officer}`, detail: {} }, now)
    return true
  })
}

/** A new password, where the old one was given: other sessions of theirs end, and the one it was given in goes on under `token` alone. */
export function changePassword(
  store: Store,
  id: string,
  password: string,
  { session, token }: { readonly session: string; readonly token: string },
  now: number,
): Promise<void> {
  return store.write(async (tx) => {
    await tx.updateTable('officer').set({ password }).where('id', '=', id).execute()
    await tx.deleteFrom('officer_session').where('officer', '=', id).where('id', '!=', session).execute()
    const fresh = { hash: hashOf(token), previous: null, rotated_at: now, arrived: 0 as const }
    await tx.updateTable('officer_session').set(fresh).where('id', '=', session).execute()
    await appendAudit(tx, { actor: id, action: 'officer.changed', subject: `officer:${id}`, detail: { code: 'password' } }, now)
  })
}

// ── sessions ────────────────────────────────────────────────────────────────────────────────────

/** How somebody proved who they are beside the password: a step of time whose code was used, or a spare code. */
export type Proof = { readonly step: number } | { readonly spare: string }

/**
 * Begins a session; the proof is used up in the same transaction, so that two sign-ins with one code give one session.
 * @returns its id, or undefined where the proof was used up by somebody else in the meantime.
 */
export function beginSession(
  store: Store,
  { officer, token, agent, proof }: { readonly officer: string; readonly token: string; readonly agent: string; readonly proof: Proof },
  now: number,
): Promise<string | undefined> {
  return store.write(async (tx) => {
    if (!(await useUp(tx, officer, proof))) return undefined
    const id = randomUUID()
    await tx
      .insertInto('officer_session')
      .values({ id, officer, hash: hashOf(token), previous: null, agent, began_at: now, seen_at: now, rotated_at: now, arrived: 0 })
      .execute()
    await tx.updateTable('officer').set({ seen_at: now }).where('id', '=', officer).execute()
    await appendAudit(tx, { actor: officer, action: 'session.began', subject: `officer:${officer}`, detail: {} }, now)
    return id
  })
}

async function useUp(tx: Tx, officer: string, proof: Proof): Promise<boolean> {
  const row = await tx.selectFrom('officer').select(['totp_step', 'spare_codes']).where('id', '=', officer).where('active', '=', 1).executeTakeFirst()
  if (!row) return false
  if ('step' in proof) {
    if (proof.step <= row.totp_step) return false
    await tx.updateTable('officer').set({ totp_step: proof.step }).where('id', '=', officer).execute()
    return true
  }
  const codes = JSON.parse(row.spare_codes) as string[]
  const left = codes.filter((code) => code !== hashOf(proof.spare))
  if (left.length === codes.length) return false
  await tx
    .updateTable('officer')
    .set({ spare_codes: JSON.stringify(left) })
    .where('id', '=', officer)
    .execute()
  return true
}

export interface OpenSession {
  readonly session: string
  readonly account: OfficerAccount
}

/** What a request's token stands for. `rotate`: a new token is due. */
export type SessionFound = (OpenSession & { readonly verdict: 'good' | 'rotate' }) | { readonly verdict: 'ended' | 'stolen' | 'unknown' }

/** Who brings a token: the browser, hashed, and whether somebody sits before it. */
export interface Bearer {
  readonly agent: string
  readonly prolongs: boolean
}

/** Looks the token up, marks the session as seen, and ends it where it must end. */
export async function findSession(store: Store, token: string, { agent, prolongs }: Bearer, now: number): Promise<SessionFound> {
  const hash = hashOf(token)
  const found = await store.read(async (tx) => {
    const row = await tx
      .selectFrom('officer_session')
      .selectAll()
      .where((eb) => eb.or([eb('hash', '=', hash), eb('previous', '=', hash)]))
      .executeTakeFirst()
    const officer = row && (await tx.selectFrom('officer').selectAll().where('id', '=', row.officer).where('active', '=', 1).executeTakeFirst())
    return row && officer ? { row, officer } : undefined
  })
  if (!found) return { verdict: 'unknown' }
  const { row, officer } = found
  const verdict = verdictOf(row, hash, agent, now)
  if (verdict === 'ended' || verdict === 'stolen') {
    await endSession(store, row.id, verdict, now)
    return { verdict }
  }
  await noteUse(store, row, { current: row.hash === hash, prolongs }, now)
  return { verdict, session: row.id, account: accountOf(officer) }
}

/** Once a minute is enough for a session that ends after half an hour; that a token has arrived is written at once. */
async function noteUse(
  store: Store,
  row: OfficerSessionTable,
  { current, prolongs }: { current: boolean; prolongs: boolean },
  now: number,
): Promise<void> {
  const seen = prolongs && now - row.seen_at > SEEN_EVERY_MS ? { seen_at: now } : {}
  const arrived = current && row.arrived === 0 ? { arrived: 1 as const } : {}
  const change = { ...seen, ...arrived }
  if (Object.keys(change).length > 0) await store.note((tx) => tx.updateTable('officer_session').set(change).where('id', '=', row.id).execute())
}

/** @returns whether a session still stands; asking does not prolong it. */
export async function sessionHolds(store: Store, id: string, now: number): Promise<boolean> {
  const row = await store.read((tx) => tx.selectFrom('officer_session').selectAll().where('id', '=', id).executeTakeFirst())
  return row !== undefined && verdictOf(row, row.hash, row.agent, now) !== 'ended'
}

const SEEN_EVERY_MS = 60_000

function verdictOf(row: OfficerSessionTable, hash: string, agent: string, now: number): SessionVerdict {
  const { began_at: beganAt, seen_at: seenAt, rotated_at: rotatedAt, arrived } = row
  return judgeSession(
    { beganAt, seenAt, rotatedAt, agent: row.agent, arrived: arrived === 1 },
    { token: row.hash === hash ? 'current' : 'previous', agent },
    now,
  )
}

/** Exchanges the token. @returns whether it was this one that was exchanged: of two requests at once only one is. */
export function rotateSession(store: Store, session: string, from: string, to: string, now: number): Promise<boolean> {
  return store.write(async (tx) => {
    const changed = await tx
      .updateTable('officer_session')
      .set({ hash: hashOf(to), previous: hashOf(from), rotated_at: now, arrived: 0 })
      .where('id', '=', session)
      .where((eb) => eb.or([eb('hash', '=', hashOf(from)), eb.and([eb('previous', '=', hashOf(from)), eb('arrived', '=', 0)])]))
      .executeTakeFirst()
    return Number(changed.numUpdatedRows) === 1
  })
}

/** Ends one session; `code` says why, for the audit. */
export function endSession(store: Store, session: string, code: 'signed_out' | 'ended' | 'stolen', now: number): Promise<void> {
  return store.write(async (tx) => {
    const row = await tx.deleteFrom('officer_session').where('id', '=', session).returning('officer').executeTakeFirst()
    if (row) await appendAudit(tx, { actor: row.officer, action: 'session.ended', subject: `officer:${row.officer}`, detail: { code } }, now)
  })
}

async function endSessionsOf(tx: Tx, officer: string): Promise<void> {
  await tx.deleteFrom('officer_session').where('officer', '=', officer).execute()
}
