/** What the tests of inbox, turns, outbox and owners share: messages, decisions, officers, and a look into the file itself. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Store } from '../../../adapters/storage/database.ts'
import { openInbox } from '../../../adapters/storage/inbox-store.ts'
import { openOwners } from '../../../adapters/storage/owner-store.ts'
import type { Tables } from '../../../adapters/storage/tables.ts'
import { openTurns } from '../../../adapters/storage/turn-store.ts'
import type { Decided } from '../../../bot/conversation/decide.ts'
import type { Change } from '../../../bot/conversation/effects.ts'
import { DEFAULT_OWNER_RULES, type Officer, type Ownership, step } from '../../../bot/conversation/owner.ts'
import type { Acceptance, Arrival, Outgoing } from '../../../bot/delivery/message.ts'
import type { Lease, TurnStore } from '../../../bot/delivery/turns.ts'
import { type OfficerDeed, type OwnerStore, officerDoes, timerOf } from '../../../bot/handoff/officer.ts'
import { FILE, NOW } from './office.ts'

export const LEASE_MS = 30_000
export const LAN: Officer = { id: 'lan', name: 'Lan' }
export const HAI: Officer = { id: 'hai', name: 'Hải' }
export const timer = (ownership: Ownership): number | null => timerOf(ownership, DEFAULT_OWNER_RULES)
export const turnsOf = (store: Store): TurnStore => openTurns(store, timer)
export const ownersOf = (store: Store): OwnerStore => openOwners(store, timer)

/** @returns a message of `who` on its way in. */
export function arrival(who: string, id: string, more: Partial<Arrival> = {}): Arrival {
  return {
    ...{ channel: 'web', externalId: `${who}:${id}`, address: who, person: `web:${who}`, receivedAt: NOW },
    content: { kind: 'text', text: id, masked: false },
    ...more,
  }
}

export function accept(store: Store, who: string, id: string, more: Partial<Arrival> = {}): Promise<Acceptance> {
  return openInbox(store).accept(arrival(who, id, more))
}

/** @returns a reply of a few words. */
export function reply(text: string): Extract<Outgoing, { kind: 'reply' }> {
  return { kind: 'reply', author: 'assistant', status: 'service', text, sections: [], citations: [], choices: [] }
}

export const send = (text: string): Change => ({ kind: 'send', outgoing: reply(text) })

/** @returns a decision that answers the leased message with its own words. */
export function decidedOn({ conversation, message }: Lease, effects?: readonly Change[]): Decided {
  const result = step(conversation.ownership, { kind: 'person_wrote' }, message.receivedAt, DEFAULT_OWNER_RULES)
  return {
    decision: { kind: 'service', reason: 'test', sections: [], citations: [], choices: [] },
    nextState: { dialogue: conversation.dialogue, ownership: 'refused' in result ? conversation.ownership : result.ownership },
    effects: effects ?? [send(`về ${message.id}`)],
  }
}

/** Leases one message and decides it. @returns its id, or undefined when there was none. */
export async function decideOne(store: Store, now = NOW, effects?: readonly Change[]): Promise<string | undefined> {
  const lease = await turnsOf(store).lease(now, LEASE_MS)
  if (!lease) return undefined
  await turnsOf(store).commit(lease, decidedOn(lease, effects), { now, tookMs: 1 })
  return lease.message.id
}

/** Decides all there is. @returns the ids in the order in which they were decided. */
export async function decideAll(store: Store, now = NOW): Promise<string[]> {
  const ids: string[] = []
  for (let id = await decideOne(store, now); id !== undefined; id = await decideOne(store, now)) ids.push(id)
  return ids
}

export function does(store: Store, conversation: string, officer: Officer, deed: OfficerDeed, now = NOW) {
  return officerDoes({ store: ownersOf(store), rules: DEFAULT_OWNER_RULES, hours: '' }, conversation, officer, deed, now)
}

/** @returns all rows of a table. */
export function rows<T extends keyof Tables>(store: Store, table: T): Promise<Tables[T][]> {
  return store.read(async (tx) => (await sql<Tables[T]>`select * from ${sql.table(table)} order by rowid`.execute(tx)).rows)
}

export async function only<T extends keyof Tables>(store: Store, table: T): Promise<Tables[T]> {
  const [row, another] = await rows(store, table)
  if (!row || another) throw new Error(`${table} does not have exactly one row`)
  return row
}

/** @returns how many transactions stand in the log: each ends with a frame that names the size of the database. */
export function commitsIn(folder: string): number {
  const path = join(folder, `${FILE}-wal`)
  if (!existsSync(path)) return 0
  const log = readFileSync(path)
  if (log.length < 32) return 0
  const frame = 24 + log.readUInt32BE(8)
  const salts = log.subarray(16, 24)
  let commits = 0
  for (let at = 32; at + frame <= log.length; at += frame) if (log.subarray(at + 8, at + 16).equals(salts) && log.readUInt32BE(at + 4) > 0) commits++
  return commits
}
