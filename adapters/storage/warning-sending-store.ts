/** What was sent to whom of warnings: one row a warning and subscriber, made together with the message, so that nobody is told twice whatever stops in between. */
import { randomUUID } from 'node:crypto'
import type { Owner } from '../../bot/conversation/owner.ts'
import type { Capabilities } from '../../bot/delivery/channel.ts'
import type { Outgoing } from '../../bot/delivery/message.ts'
import type { ShownWarning } from '../../bot/warning/content.ts'
import { newCounts, type SendingCounts } from '../../bot/warning/counts.ts'
import { sendNow } from '../../bot/warning/sending.ts'
import { writeChanges } from './changes.ts'
import type { Store, Tx } from './database.ts'
import { unsent } from './subscriber-store.ts'

export interface SendingOrder {
  readonly warning: ShownWarning
  readonly channel: string
  readonly capabilities: Pick<Capabilities, 'proactiveWindowMs'>
  /** How many the channel's plan has room for, and how many may be begun in this call. */
  readonly room: number
  readonly limit: number
  readonly outgoing: Outgoing
}

/** Read in one transaction at a time. */
const PAGE = 50

/** Begins to send a warning to those on a channel who have not been told of it. @returns how many messages were made, and to how many it cannot go now. */
export async function sendWarning(store: Store, order: SendingOrder, now: number): Promise<{ readonly queued: number; readonly nextTime: number }> {
  let [queued, nextTime, after] = [0, 0, '']
  for (;;) {
    const left = { room: order.room - queued, limit: order.limit - queued }
    const page = await store.write((tx) => sendPage(tx, order, left, after, now))
    queued += page.queued
    nextTime += page.nextTime
    if (page.last === undefined || queued >= order.limit) return { queued, nextTime }
    after = page.last
  }
}

async function sendPage(tx: Tx, order: SendingOrder, left: { readonly room: number; readonly limit: number }, after: string, now: number) {
  const listeners = await untold(tx, order, after)
  let [queued, nextTime] = [0, 0]
  for (const one of listeners) {
    if (queued >= left.limit) break
    const what = sendNow({ owner: one.owner as Owner, heardAt: one.heard_at, pending: one.pending > 0 }, order.capabilities, left.room - queued, now)
    if (what === 'later') continue
    if (what === 'send') queued += 1
    else nextTime += 1
    await begin(tx, order, one, what, now)
  }
  return { queued, nextTime, last: listeners.length < PAGE ? undefined : listeners.at(-1)?.id }
}

/** Who subscribed before it was first shown; what is older they can ask for. */
function untold(tx: Tx, { warning, channel }: SendingOrder, after: string) {
  return tx
    .selectFrom('subscriber as s')
    .innerJoin('conversation as c', 'c.id', 's.conversation_id')
    .select(['c.id', 'c.channel', 'c.owner', 'c.heard_at', 'c.pending', 'c.position'])
    .where('s.ended_at', 'is', null)
    .where('s.since', '<=', warning.firstAt)
    .where('c.channel', '=', channel)
    .where('c.id', '>', after)
    .where((eb) => {
      const told = eb
        .selectFrom('warning_delivery as d')
        .select('d.warning_id')
        .whereRef('d.conversation_id', '=', 'c.id')
        .where('d.warning_id', '=', warning.id)
      return eb.not(eb.exists(told))
    })
    .orderBy('c.id')
    .limit(PAGE)
    .execute()
}

type Listening = Awaited<ReturnType<typeof untold>>[number]

async function begin(tx: Tx, { warning, outgoing }: SendingOrder, to: Listening, what: 'send' | 'next_time', now: number): Promise<void> {
  const id = what === 'send' ? randomUUID() : null
  await tx
    .insertInto('warning_delivery')
    .values({ warning_id: warning.id, conversation_id: to.id, state: id === null ? 'next_time' : 'queued', outbox_id: id, at: now })
    .execute()
  if (id === null) return
  const context = { conversationId: to.id, channel: to.channel, position: to.position, inboxId: null, now, timerOf: () => null }
  const position = await writeChanges(tx, context, [{ kind: 'send', outgoing, id }])
  await tx
    .updateTable('conversation')
    .set((eb) => ({ version: eb('version', '+', 1), position, updated_at: now }))
    .where('id', '=', to.id)
    .execute()
}

/** @returns how many warnings are on their way on a channel. */
export async function countUnderWay(store: Store, channel: string): Promise<number> {
  const row = await store.read((tx) =>
    tx
      .selectFrom('outbox as o')
      .innerJoin('warning_delivery as d', 'd.outbox_id', 'o.id')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('o.state', '=', 'pending')
      .where('o.channel', '=', channel)
      .executeTakeFirst(),
  )
  return Number(row?.count ?? 0)
}

/** Night falls: what has not gone out is taken back, and begun anew in the morning. @returns how many. */
export function takeBack(store: Store, now: number): Promise<number> {
  return store.write(async (tx) => {
    const rows = await unsent(tx, now).where('o.state', '=', 'pending').execute()
    for (const { id } of rows) {
      await tx.deleteFrom('warning_delivery').where('outbox_id', '=', id).execute()
      await tx.deleteFrom('outbox').where('id', '=', id).execute()
    }
    return rows.length
  })
}

/** @returns what became of a warning, in counts; nobody is named. */
export async function countSending(store: Store, warning: string): Promise<SendingCounts> {
  const rows = await store.read((tx) =>
    tx
      .selectFrom('warning_delivery as d')
      .leftJoin('outbox as o', 'o.id', 'd.outbox_id')
      .select((eb) => ['d.state', 'o.state as sent', eb.fn.countAll<number>().as('count')])
      .where('d.warning_id', '=', warning)
      .groupBy(['d.state', 'o.state'])
      .execute(),
  )
  const counts = newCounts()
  for (const { state, sent, count } of rows) counts[state === 'queued' ? (OF_OUTBOX[sent ?? 'sent'] ?? 'sent') : state] += Number(count)
  return counts
}

const OF_OUTBOX: Readonly<Record<string, keyof SendingCounts>> = {
  ...{ pending: 'under_way', held: 'held', sent: 'sent', moved: 'sent', undeliverable: 'undeliverable' },
}
