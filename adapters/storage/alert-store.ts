/**
 * Where officers are told of work outside the console, and what they were told. An address is a conversation that an officer has connected with a one-time code; while it is
 * one, it is nobody's case: neither queue nor reports nor search know it.
 */
import { createHash } from 'node:crypto'
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import { ALERT_TRIES } from '../../bot/alerts/code.ts'
import { ALERT_KINDS, type Alerted, type AlertKind } from '../../bot/alerts/matters.ts'
import { appendAudit } from './audit-store.ts'
import type { Store, Tx } from './database.ts'
import type { Tables } from './tables.ts'

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex')

/** @returns the condition that a conversation is a citizen's: no officer is told of work there. `id`: the column that names it. */
// biome-ignore lint/suspicious/noExplicitAny: asked of many joins, each with its own tables
export function isCitizens(eb: ExpressionBuilder<Tables, any>, id: string): ExpressionWrapper<Tables, any, SqlBool> {
  const addresses = eb.selectFrom('alert_address').select('alert_address.conversation_id')
  return eb.not(
    eb.exists(addresses.where((inner) => inner(inner.ref('alert_address.conversation_id'), '=', inner.ref(id as 'alert_address.conversation_id')))),
  )
}

/** @returns whether an officer is told of work in this conversation. */
export async function isAlertAddress(store: Store, conversation: string): Promise<boolean> {
  const row = await store.read((tx) => addressRow(tx, conversation))
  return row !== undefined
}

function addressRow(tx: Tx, conversation: string) {
  return tx.selectFrom('alert_address').selectAll().where('conversation_id', '=', conversation).executeTakeFirst()
}

// ── connecting ──────────────────────────────────────────────────────────────────────────────────

/** A new code takes the place of those before it. `endsAt` in milliseconds UTC. */
export function offerAlertCode(store: Store, officer: string, code: string, endsAt: number): Promise<void> {
  return store.write(async (tx) => {
    await tx.deleteFrom('alert_code').where('officer', '=', officer).execute()
    await tx
      .insertInto('alert_code')
      .values({ hash: hashOf(code), officer, ends_at: endsAt })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

/** `too_many`: guessed at too often; nothing was looked up. */
export type AlertCodeFound = 'good' | 'unknown' | 'too_many'

interface Guess {
  readonly code: string
  readonly conversation: string
  /** Names the message: looked at twice it is one guess. */
  readonly message: string
}

/** @returns what a code is worth; a wrong one is counted. */
export function lookUpAlertCode(store: Store, { code, conversation, message }: Guess, now: number): Promise<AlertCodeFound> {
  return store.write(async (tx) => {
    if (await triedTooOften(tx, conversation, message, now)) return 'too_many'
    const row = await tx.selectFrom('alert_code').select('officer').where('hash', '=', hashOf(code)).where('ends_at', '>', now).executeTakeFirst()
    if (row) return 'good'
    await tx
      .insertInto('alert_try')
      .values({ message, conversation_id: conversation, at: now })
      .onConflict((conflict) => conflict.column('message').doNothing())
      .execute()
    return 'unknown'
  })
}

async function triedTooOften(tx: Tx, conversation: string, message: string, now: number): Promise<boolean> {
  const tries = await tx
    .selectFrom('alert_try')
    .select(['conversation_id', 'message'])
    .where('at', '>', now - ALERT_TRIES.withinMs)
    .where('message', '!=', message)
    .limit(ALERT_TRIES.all)
    .execute()
  return tries.length >= ALERT_TRIES.all || tries.filter((one) => one.conversation_id === conversation).length >= ALERT_TRIES.conversation
}

/** @returns whether the code can still be used. */
export async function isAlertCode(tx: Tx, code: string): Promise<boolean> {
  return (await tx.selectFrom('alert_code').select('hash').where('hash', '=', hashOf(code)).executeTakeFirst()) !== undefined
}

/** Uses the code up: its officer is told of work here from now on, and nowhere else. */
export async function connectAlerts(
  tx: Tx,
  { conversationId, now }: { readonly conversationId: string; readonly now: number },
  code: string,
): Promise<void> {
  const used = await tx.deleteFrom('alert_code').where('hash', '=', hashOf(code)).returning('officer').executeTakeFirst()
  if (!used) return
  const { officer } = used
  await tx
    .deleteFrom('alert_address')
    .where((eb) => eb.or([eb('officer', '=', officer), eb('conversation_id', '=', conversationId)]))
    .execute()
  await tx.insertInto('alert_address').values({ conversation_id: conversationId, officer, connected_at: now }).execute()
  await appendAudit(tx, { actor: officer, action: 'alerts.connected', subject: `officer:${officer}`, detail: {} }, now)
}

/** Nobody is told of work there any more; the conversation is like any other. */
export async function endAlertsAt(tx: Tx, conversation: string, now: number): Promise<void> {
  const ended = await tx.deleteFrom('alert_address').where('conversation_id', '=', conversation).returning('officer').executeTakeFirst()
  if (ended) await noteEnd(tx, ended.officer, now)
}

/** The officer is told nowhere any more, and no code of theirs is good. */
export async function endAlertsOf(tx: Tx, officer: string, now: number): Promise<void> {
  await tx.deleteFrom('alert_code').where('officer', '=', officer).execute()
  const ended = await tx.deleteFrom('alert_address').where('officer', '=', officer).returning('officer').executeTakeFirst()
  if (ended) await noteEnd(tx, officer, now)
}

async function noteEnd(tx: Tx, officer: string, now: number): Promise<void> {
  await appendAudit(tx, { actor: officer, action: 'alerts.ended', subject: `officer:${officer}`, detail: {} }, now)
}

// ── what an officer has chosen ──────────────────────────────────────────────────────────────────

export interface AlertWishes {
  readonly off: readonly AlertKind[]
  readonly night: boolean
}

export interface AlertPlace {
  readonly conversation: string
  readonly channel: string
  readonly connectedAt: number
  readonly heardAt: number | null
  /** The last message could not be delivered, and nothing was heard from there since. */
  readonly blocked: boolean
}

/** @returns what an officer wants to be told, and where. */
export function readAlerts(store: Store, officer: string): Promise<AlertWishes & { readonly place: AlertPlace | undefined }> {
  return store.read(async (tx) => {
    const wishes = await tx.selectFrom('alert_wish').selectAll().where('officer', '=', officer).executeTakeFirst()
    const [place] = await placesOf(tx, officer)
    return { ...wishesOf(wishes), place: place && placeOf(place) }
  })
}

export async function writeWishes(store: Store, officer: string, { off, night }: AlertWishes): Promise<void> {
  const row = { off: JSON.stringify(off), night: night ? 1 : 0 } as const
  await store.write((tx) =>
    tx
      .insertInto('alert_wish')
      .values({ officer, ...row })
      .onConflict((conflict) => conflict.column('officer').doUpdateSet(row))
      .execute(),
  )
}

function wishesOf(row: { readonly off: string; readonly night: number } | undefined): AlertWishes {
  const off = row ? (JSON.parse(row.off) as string[]) : []
  return { off: ALERT_KINDS.filter((kind) => off.includes(kind)), night: row?.night === 1 }
}

function placesOf(tx: Tx, officer?: string) {
  return tx
    .selectFrom('alert_address as a')
    .innerJoin('conversation as c', 'c.id', 'a.conversation_id')
    .innerJoin('officer as o', 'o.id', 'a.officer')
    .leftJoin('alert_wish as w', 'w.officer', 'a.officer')
    .select(['a.officer', 'a.conversation_id', 'a.connected_at', 'c.channel', 'c.heard_at', 'o.role', 'w.off', 'w.night'])
    .select((eb) => [
      eb
        .selectFrom('alert_told')
        .select((inner) => inner.fn.max('at').as('at'))
        .whereRef('officer', '=', 'a.officer')
        .where('outbox_id', 'is not', null)
        .as('last_at'),
      eb
        .selectFrom('officer_session')
        .select((inner) => inner.fn.max('seen_at').as('at'))
        .whereRef('officer', '=', 'a.officer')
        .as('seen_at'),
      eb
        .selectFrom('outbox')
        .innerJoin('alert_told', 'alert_told.outbox_id', 'outbox.id')
        .select((inner) => inner.fn.max('outbox.created_at').as('at'))
        .whereRef('outbox.conversation_id', '=', 'a.conversation_id')
        .where('outbox.state', 'in', ['undeliverable', 'held'])
        .as('failed_at'),
    ])
    .where('o.active', '=', 1)
    .$if(officer !== undefined, (query) => query.where('a.officer', '=', officer ?? ''))
    .execute()
}

type PlaceRow = Awaited<ReturnType<typeof placesOf>>[number]

function placeOf({
  conversation_id: conversation,
  channel,
  connected_at: connectedAt,
  heard_at: heardAt,
  failed_at: failedAt,
}: PlaceRow): AlertPlace {
  return { conversation, channel, connectedAt, heardAt, blocked: failedAt !== null && (heardAt ?? 0) <= failedAt }
}

/** An officer who is told outside the console, and where. */
export interface AlertedRow extends Alerted {
  readonly role: string
  readonly place: AlertPlace
  /** When they last did something in the console. */
  readonly seenAt: number | null
}

/** @returns everybody who is told of work outside the console, with those of `keys` that they were told already. */
export function readAlerted(store: Store, keys: readonly string[]): Promise<readonly AlertedRow[]> {
  return store.read(async (tx) => {
    const rows = await placesOf(tx)
    const told = keys.length === 0 ? [] : await tx.selectFrom('alert_told').select(['officer', 'matter']).where('matter', 'in', keys).execute()
    return rows.map((row) => {
      const { off, night } = wishesOf(row.off === null || row.night === null ? undefined : { off: row.off, night: row.night })
      return {
        ...{
          officer: row.officer,
          role: row.role,
          off: new Set(off),
          night,
          connectedAt: row.connected_at,
          lastAt: row.last_at,
          seenAt: row.seen_at,
        },
        ...{ told: new Set(told.filter(({ officer }) => officer === row.officer).map(({ matter }) => matter)), place: placeOf(row) },
      }
    })
  })
}

/** @returns whether anybody is told outside the console: where nobody is, nothing need be read. */
export async function hasAlertAddress(store: Store): Promise<boolean> {
  return (await store.read((tx) => tx.selectFrom('alert_address').select('officer').limit(1).executeTakeFirst())) !== undefined
}

/** @returns how addresses stand: differs whenever one comes or goes. */
export async function alertMark(store: Store): Promise<string> {
  const row = await store.read((tx) =>
    tx
      .selectFrom('alert_address')
      .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('connected_at').as('latest')])
      .executeTakeFirst(),
  )
  return `${row?.count ?? 0} ${row?.latest ?? 0}`
}

// ── what ends ───────────────────────────────────────────────────────────────────────────────────

/** How long the chat of an officer who is told of work keeps what was said in it. */
export const ALERT_CHAT_DAYS = 30
const DAY_MS = 86_400_000

/** What is past its time of alerts, for the daily round. */
export async function forgetAlerts(tx: Tx, now: number): Promise<void> {
  const before = now - ALERT_CHAT_DAYS * DAY_MS
  const addresses = tx.selectFrom('alert_address').select('conversation_id')
  await tx.deleteFrom('alert_code').where('ends_at', '<', now).execute()
  await tx
    .deleteFrom('alert_try')
    .where('at', '<', now - DAY_MS)
    .execute()
  await tx.deleteFrom('alert_told').where('at', '<', before).execute()
  await tx.deleteFrom('outbox').where('conversation_id', 'in', addresses).where('created_at', '<', before).where('state', '!=', 'pending').execute()
  await tx.deleteFrom('inbox').where('conversation_id', 'in', addresses).where('received_at', '<', before).where('state', '=', 'decided').execute()
}
