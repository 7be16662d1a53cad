/** How many messages a month went each way on each channel: some plans count them. Nobody is named, nothing is erased with a person. */
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import type { Store, Tx } from './database.ts'

export interface Usage {
  readonly channel: string
  /** Of the present month, in Vietnam. */
  readonly received: number
  readonly sent: number
  /** Conversations there are at present. */
  readonly people: number
}

/** @returns "2026-11". */
export function monthOf(now: number): string {
  const day: Day = dayInVietnam(new Date(now))
  return day.slice(0, 7)
}

/** One message came in. */
export function countReceived(tx: Tx, channel: string, now: number): Promise<void> {
  return count(tx, channel, now, { received: 1, sent: 0 })
}

/** One message went out. */
export function countSent(tx: Tx, channel: string, now: number): Promise<void> {
  return count(tx, channel, now, { received: 0, sent: 1 })
}

async function count(tx: Tx, channel: string, now: number, one: { readonly received: number; readonly sent: number }): Promise<void> {
  await tx
    .insertInto('usage')
    .values({ channel, month: monthOf(now), ...one })
    .onConflict((conflict) =>
      conflict.columns(['channel', 'month']).doUpdateSet((eb) => ({
        received: eb('usage.received', '+', one.received),
        sent: eb('usage.sent', '+', one.sent),
      })),
    )
    .execute()
}

/** @returns the figures of one channel for the month of `now`. */
export function readUsage(store: Store, channel: string, now: number): Promise<Usage> {
  return store.read(async (tx) => {
    const row = await tx
      .selectFrom('usage')
      .select(['received', 'sent'])
      .where('channel', '=', channel)
      .where('month', '=', monthOf(now))
      .executeTakeFirst()
    const people = await tx
      .selectFrom('conversation')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('channel', '=', channel)
      .executeTakeFirst()
    return { channel, received: row?.received ?? 0, sent: row?.sent ?? 0, people: Number(people?.count ?? 0) }
  })
}
