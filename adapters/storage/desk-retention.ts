/** What the desk itself keeps of people and of its own, and for how long: removed by the daily round. */
import { SESSION_RULES } from '../../bot/officers/session.ts'
import { forgetAlerts } from './alert-store.ts'
import type { Store } from './database.ts'
import { forgetViolators } from './violator-store.ts'

const DAY_MS = 86_400_000
/** A telephone number that nobody has called for so long after it was due helps nobody any more. */
export const CALL_BACK_DAYS = 30
/** What was written of a request of somebody's, after it was answered: long enough to show that it was. */
export const REQUEST_DAYS = 365

/** That somebody subscribed and unsubscribed, after they did: long enough to show that they were asked. */
export const SUBSCRIPTION_DAYS = 365
/** Names that a second person refused, and names that were taken off the list: the latter long enough to answer for having repeated them. */
export const REFUSED_DAYS = 90
export const REMOVED_DAYS = 1825

/** Blanks and removes what is past its time. `now` in milliseconds UTC. */
export function forgetOfDesk(store: Store, now: number): Promise<void> {
  return store.write(async (tx) => {
    await tx
      .updateTable('call_back')
      .set({ phone: '', hours: '' })
      .where('due_at', '<', now - CALL_BACK_DAYS * DAY_MS)
      .execute()
    await tx
      .updateTable('data_request')
      .set({ person: null, note: '', outcome: null })
      .where('done_at', '<', now - REQUEST_DAYS * DAY_MS)
      .execute()
    await tx
      .deleteFrom('officer_session')
      .where('began_at', '<', now - SESSION_RULES.longestMs)
      .execute()
    await forgetAlerts(tx, now)
    await tx
      .deleteFrom('subscriber')
      .where('ended_at', '<', now - SUBSCRIPTION_DAYS * DAY_MS)
      .execute()
    await forgetViolators(tx, ['refused'], now - REFUSED_DAYS * DAY_MS)
    await forgetViolators(tx, ['removed', 'replaced'], now - REMOVED_DAYS * DAY_MS)
    await tx.deleteFrom('officer_link').where('ends_at', '<', now).execute()
  })
}
