/** Those who asked to be called back. The number is kept until it is done, and no longer. */
import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { CallBackAsked } from '../../bot/conversation/effects.ts'
import type { CallBackOutcome } from '../../bot/handoff/call-back.ts'
import type { HeldCallBack } from '../../bot/privacy/ports.ts'
import { endOf } from './case-store.ts'
import type { Store, Tx } from './database.ts'
import type { CallBackTable } from './tables.ts'

export interface NewCallBack {
  readonly id: string
  readonly conversation: string | undefined
  readonly number: string | undefined
  readonly phone: string
  readonly hours: string
  /** Milliseconds UTC; `dueAt` is the first moment at which it is late. */
  readonly askedAt: number
  readonly dueAt: number
}

export type CallBackRow = Readonly<Selectable<CallBackTable>>
export type CallBackAdded = 'added' | 'no_conversation' | 'no_case'

/** Writes it down, unless the conversation or the case that it belongs to is not there (any more). */
export function addCallBack(store: Store, { id, conversation, number, phone, hours, askedAt, dueAt }: NewCallBack): Promise<CallBackAdded> {
  return store.write(async (tx) => {
    if (conversation !== undefined && !(await hasConversation(tx, conversation))) return 'no_conversation'
    if (number !== undefined && !(await hasCase(tx, number))) return 'no_case'
    const links = { conversation_id: conversation ?? null, number: number ?? null }
    const state = { asked_at: askedAt, due_at: dueAt, taken_by: null, done_at: null, outcome: null, changed_at: askedAt }
    await tx
      .insertInto('call_back')
      .values({ id, ...links, phone, hours, ...state })
      .execute()
    return 'added'
  })
}

async function hasConversation(tx: Tx, id: string): Promise<boolean> {
  return (await tx.selectFrom('conversation').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

async function hasCase(tx: Tx, number: string): Promise<boolean> {
  return (await tx.selectFrom('complaint').select('number').where('number', '=', number).executeTakeFirst()) !== undefined
}

/** @returns all that are open, the next due first, and the latest that are done; at most `limit` of each. */
export function readCallBacks(
  store: Store,
  limit: number,
): Promise<{ readonly open: readonly CallBackRow[]; readonly done: readonly CallBackRow[] }> {
  return store.read(async (tx) => {
    const all = tx.selectFrom('call_back').selectAll().limit(limit)
    const open = await all.where('done_at', 'is', null).orderBy('due_at').orderBy('asked_at').execute()
    const done = await all.where('done_at', 'is not', null).orderBy('done_at', 'desc').execute()
    return { open, done }
  })
}

/** @returns one of them, or undefined. */
export function readCallBack(store: Store, id: string): Promise<CallBackRow | undefined> {
  return store.read((tx) => rowOf(tx, id))
}

/** @returns `by`, or who was faster; undefined for none, or one that is done. Taking it again changes nothing. */
export function takeCallBack(store: Store, id: string, by: string, now: number): Promise<string | undefined> {
  return store.write(async (tx) => {
    const taken = { taken_by: by, changed_at: now }
    await tx.updateTable('call_back').set(taken).where('id', '=', id).where('taken_by', 'is', null).where('done_at', 'is', null).execute()
    const row = await rowOf(tx, id)
    return row?.done_at === null ? (row.taken_by ?? undefined) : undefined
  })
}

/** Ends it, whoever had taken it, and forgets the number. @returns whether it was open. */
export function finishCallBack(store: Store, id: string, outcome: CallBackOutcome, by: string, now: number): Promise<boolean> {
  return store.write(async (tx) => {
    const ended = { outcome, done_at: now, taken_by: by, phone: '', hours: '', changed_at: now }
    const { numUpdatedRows } = await tx.updateTable('call_back').set(ended).where('id', '=', id).where('done_at', 'is', null).executeTakeFirst()
    return numUpdatedRows > 0n
  })
}

/** @returns those of a conversation or of a case, for whoever asks what is held on them. */
export function heldCallBacks(tx: Tx, of: 'conversation_id' | 'number', value: string): Promise<HeldCallBack[]> {
  return tx
    .selectFrom('call_back')
    .select([
      'id',
      'phone',
      'hours',
      'asked_at as askedAt',
      'due_at as dueAt',
      'taken_by as takenBy',
      'done_at as doneAt',
      'outcome',
      'consent',
      'changed_at as changedAt',
    ])
    .where(of, '=', value)
    .orderBy('asked_at')
    .execute()
}

function rowOf(tx: Tx, id: string): Promise<CallBackRow | undefined> {
  return tx.selectFrom('call_back').selectAll().where('id', '=', id).executeTakeFirst()
}

// ── asked for in the chat ───────────────────────────────────────────────────────────────────────

interface Asking {
  readonly conversationId: string
  readonly now: number
}

/** Writes down what a person asked for, or changes the one that waits: whoever asks twice, here or where the same matter goes on, is called once. Its clock goes on. */
export async function askCallBack(tx: Tx, { conversationId, now }: Asking, { phone, hours, dueOn, consent }: CallBackAsked): Promise<void> {
  const given = { phone, hours, consent: JSON.stringify({ ...consent, at: now }), changed_at: now }
  const open = await openOf(tx, conversationId)
  if (open) {
    await tx.updateTable('call_back').set(given).where('id', '=', open.id).execute()
    return
  }
  const links = { conversation_id: conversationId, number: null }
  const state = { asked_at: now, due_at: endOf(dueOn), taken_by: null, done_at: null, outcome: null }
  await tx
    .insertInto('call_back')
    .values({ id: randomUUID(), ...links, ...state, ...given })
    .execute()
}

/** The person wants no call any more: the number goes at once. */
export async function withdrawCallBack(tx: Tx, { conversationId, now }: Asking): Promise<void> {
  const open = await openOf(tx, conversationId)
  if (!open) return
  const ended = { outcome: 'not_wanted' as const, done_at: now, phone: '', hours: '', changed_at: now }
  await tx.updateTable('call_back').set(ended).where('id', '=', open.id).execute()
}

/** @returns the one that the person of a conversation waits for; undefined for none. */
export function openCallBack(store: Store, conversation: string): Promise<CallBackRow | undefined> {
  return store.read((tx) => openOf(tx, conversation))
}

function openOf(tx: Tx, conversation: string): Promise<CallBackRow | undefined> {
  const matter = tx.selectFrom('conversation').select('matter').where('id', '=', conversation).where('matter', 'is not', null)
  const same = tx.selectFrom('conversation').select('id').where('matter', 'in', matter)
  return tx
    .selectFrom('call_back')
    .selectAll()
    .where((eb) => eb.or([eb('conversation_id', '=', conversation), eb('conversation_id', 'in', same)]))
    .where('done_at', 'is', null)
    .where('phone', '!=', '')
    .orderBy('asked_at')
    .limit(1)
    .executeTakeFirst()
}

/** @returns how the list stands: differs whenever anything of it has changed. */
export async function callBackMark(store: Store): Promise<string> {
  const row = await store.read((tx) =>
    tx
      .selectFrom('call_back')
      .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('changed_at').as('latest')])
      .executeTakeFirst(),
  )
  return `${row?.count ?? 0} ${row?.latest ?? 0}`
}
