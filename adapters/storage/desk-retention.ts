/** What the desk itself keeps of people and of its own, and how it ends: one entry for each of the desk's classes in `bot/privacy/retention.ts`. */
import { type SelectQueryBuilder, sql } from 'kysely'
import { SESSION_RULES } from '../../bot/officers/session.ts'
import { BATCH, type ClassPlan, DESK_CLASSES, type DeskClass, dueBefore, type RetentionRules } from '../../bot/privacy/retention.ts'
import type { ViolatorStatus } from '../../bot/violators/entry.ts'
import { forgetAlerts } from './alert-store.ts'
import { appendAudit } from './audit-store.ts'
import type { Store, Tx } from './database.ts'
import type { Tables } from './tables.ts'
import { forgetViolators } from './violator-store.ts'

/** Codes, links and sessions that have ended: nobody can use them any more. `now` in milliseconds UTC. */
export function forgetEnded(store: Store, now: number): Promise<void> {
  return store.write(async (tx) => {
    await tx
      .deleteFrom('officer_session')
      .where('began_at', '<', now - SESSION_RULES.longestMs)
      .execute()
    await forgetAlerts(tx, now)
    await tx.deleteFrom('officer_link').where('ends_at', '<', now).execute()
  })
}

// biome-ignore lint/suspicious/noExplicitAny: each class reads a table of its own
type Due = SelectQueryBuilder<Tables, any, object>

interface KeptRows {
  /** Rows that are due when what lies before `before` is. */
  readonly due: (tx: Tx, before: number) => Due
  /** What a row is known by, and the column of the time (milliseconds UTC) that decides. */
  readonly key: string
  readonly at: string
  readonly forget: (tx: Tx, keys: readonly string[]) => Promise<unknown>
}

const KEPT: Readonly<Record<DeskClass, KeptRows>> = {
  call_back: {
    ...{ key: 'id', at: 'due_at' },
    due: (tx, before) =>
      tx
        .selectFrom('call_back')
        .where('due_at', '<', before)
        .where((eb) => eb.or([eb('phone', '!=', ''), eb('hours', '!=', '')])),
    forget: (tx, ids) => tx.updateTable('call_back').set({ phone: '', hours: '' }).where('id', 'in', ids).execute(),
  },
  data_request: {
    ...{ key: 'id', at: 'done_at' },
    due: (tx, before) =>
      tx
        .selectFrom('data_request')
        .where('done_at', '<', before)
        .where((eb) => eb.or([eb('person', 'is not', null), eb('note', '!=', ''), eb('outcome', 'is not', null)])),
    forget: (tx, ids) => tx.updateTable('data_request').set({ person: null, note: '', outcome: null }).where('id', 'in', ids).execute(),
  },
  subscription: {
    ...{ key: 'conversation_id', at: 'ended_at' },
    due: (tx, before) => tx.selectFrom('subscriber').where('ended_at', '<', before),
    forget: (tx, ids) => tx.deleteFrom('subscriber').where('conversation_id', 'in', ids).execute(),
  },
  attempt_left: {
    ...{ key: 'id', at: 'started_at' },
    due: (tx, before) => tx.selectFrom('quiz_attempt').where('finished_at', 'is', null).where('started_at', '<', before),
    forget: forgetAttempts,
  },
  attempt: {
    ...{ key: 'id', at: 'finished_at' },
    due: (tx, before) => tx.selectFrom('quiz_attempt').where('finished_at', '<', before).where(ofNobodyHere),
    forget: forgetAttempts,
  },
  violator_refused: violators(['refused']),
  violator_removed: violators(['removed', 'replaced']),
}

/** Whether an officer has passed is known as long as the account is in use. */
const ofNobodyHere = sql<boolean>`(officer is null or officer not in (select id from officer where active = 1))`

function forgetAttempts(tx: Tx, ids: readonly string[]): Promise<unknown> {
  return tx.deleteFrom('quiz_attempt').where('id', 'in', ids).execute()
}

function violators(statuses: readonly ViolatorStatus[]): KeptRows {
  return {
    ...{ key: 'id', at: 'changed_at' },
    due: (tx, before) => tx.selectFrom('violator').where('status', 'in', statuses).where('changed_at', '<', before),
    forget: forgetViolators,
  }
}

/** Counts what is due in each of the desk's classes at `now` (milliseconds UTC); nothing is written. */
export async function planDesk(tx: Tx, rules: RetentionRules, now: number): Promise<Readonly<Record<DeskClass, ClassPlan>>> {
  const plans: Partial<Record<DeskClass, ClassPlan>> = {}
  for (const name of DESK_CLASSES) plans[name] = await planOf(tx, name, rules, now)
  return plans as Record<DeskClass, ClassPlan>
}

function planOf(tx: Tx, name: DeskClass, rules: RetentionRules, now: number): Promise<ClassPlan> {
  const { due, at } = KEPT[name]
  return due(tx, dueBefore(name, rules, now) ?? 0)
    .select(({ fn }) => [fn.countAll<number>().as('due'), fn.min<number | null>(at).as('oldest'), fn.max<number | null>(at).as('newest')])
    .executeTakeFirstOrThrow() as Promise<ClassPlan>
}

/**
 * Blanks and removes what is due in the desk's classes at `now` (milliseconds UTC), in small transactions with an entry of the audit each.
 * @returns how many rows.
 */
export async function runDesk(store: Store, rules: RetentionRules, now: number, by: string): Promise<number> {
  let rows = 0
  for (const name of DESK_CLASSES)
    for (let some = await forgetSome(store, name, rules, now, by); some > 0; some = await forgetSome(store, name, rules, now, by)) rows += some
  return rows
}

function forgetSome(store: Store, name: DeskClass, rules: RetentionRules, now: number, by: string): Promise<number> {
  const { due, key, forget } = KEPT[name]
  return store.write(async (tx) => {
    const rows = await due(tx, dueBefore(name, rules, now) ?? 0)
      .select(sql.ref<string>(key).as('key'))
      .limit(BATCH.conversations)
      .execute()
    const keys = rows.map((row) => (row as { key: string }).key)
    if (keys.length === 0) return 0
    await forget(tx, keys)
    await appendAudit(tx, { actor: by, action: 'retention.ran', subject: `retention:${name}`, detail: { class: name, count: keys.length } }, now)
    return keys.length
  })
}
