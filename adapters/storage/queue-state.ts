/** How long the queues are: for metrics and for the doctor. */
import type { QueueState } from '../operations/metrics.ts'
import type { Store } from './database.ts'
import { handoverState } from './handover-store.ts'

/** @returns the state of the queues at `now`. */
export function readQueueState(store: Store, now: number): Promise<QueueState> {
  return store.read(async (tx) => {
    const lanes = await tx
      .selectFrom('conversation')
      .select((eb) => [eb.fn.sum<number | null>('pending').as('count'), eb.fn.min('pending_since').as('oldest')])
      .where('pending', '>', 0)
      .executeTakeFirst()
    const unsent = await tx
      .selectFrom('outbox')
      .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('created_at').as('oldest')])
      .where('state', '=', 'pending')
      .executeTakeFirst()
    const stopped = await tx
      .selectFrom('outbox')
      .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
      .where('state', 'in', ['held', 'undeliverable'])
      .groupBy('state')
      .execute()
    const inState = (state: string) => Number(stopped.find((row) => row.state === state)?.count ?? 0)
    const owners = await tx
      .selectFrom('conversation')
      .select((eb) => ['owner', eb.fn.countAll<number>().as('count')])
      .where('owner', 'in', ['waiting', 'staff'])
      .groupBy('owner')
      .execute()
    const handing = await handoverState(tx, now)
    const ageOf = (oldest: number | null | undefined) => (oldest == null ? 0 : Math.max(0, now - oldest))
    const owned = (owner: string) => Number(owners.find((row) => row.owner === owner)?.count ?? 0)
    return {
      ...{ undecided: Number(lanes?.count ?? 0), oldestUndecidedMs: ageOf(lanes?.oldest) },
      ...{
        unsent: Number(unsent?.count ?? 0),
        oldestUnsentMs: ageOf(unsent?.oldest),
        held: inState('held'),
        undeliverable: inState('undeliverable'),
      },
      ...{ waitingForOfficer: owned('waiting'), withOfficer: owned('staff') },
      ...{ handingOver: handing.waiting, oldestHandingOverMs: handing.oldestWaitingMs, notHandedOver: handing.stopped },
    }
  })
}
