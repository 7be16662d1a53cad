/** The kill switches on disk. A change and its audit entry are one transaction; switching twice changes nothing. */
import { type NewEntry, writtenReason } from '../../bot/audit/entry.ts'
import { parseTarget, reasonProblem, type SwitchedOff, type SwitchTarget, targetText } from '../../bot/operations/switches.ts'
import { appendAudit } from './audit-store.ts'
import type { Store, Tx } from './database.ts'
import type { SwitchTable } from './tables.ts'

/** @returns what is off, oldest first. */
export async function readSwitches(store: Store): Promise<readonly SwitchedOff[]> {
  const rows = await store.read((tx) => tx.selectFrom('switch').selectAll().orderBy('off_since').orderBy('name').execute())
  return rows.flatMap(toSwitchedOff)
}

/** A row that this version does not know switches nothing. */
function toSwitchedOff({ scope, name, off_since, by, reason }: SwitchTable): SwitchedOff[] {
  const target = parseTarget(`${scope}:${name}`)
  return target ? [{ target, offSince: off_since, by, reason }] : []
}

export interface SwitchOrder {
  readonly by: string
  readonly reason: string
}

/** Switches off. Already off: the first time stays, and only another reason is written and audited. Throws a sentence when no reason is given. */
export async function turnOff(store: Store, target: SwitchTarget, order: SwitchOrder, at: number): Promise<'off' | 'already_off' | 'reason_changed'> {
  const problem = reasonProblem(order.reason)
  if (problem) throw new RangeError(problem)
  const values = { by: order.by, reason: writtenReason(order.reason) }
  return store.write(async (tx) => {
    const present = await find(tx, target)
    if (present?.reason === values.reason) return 'already_off'
    await appendAudit(tx, { actor: order.by, action: 'switch.off', subject: targetText(target), detail: { reason: values.reason } }, at)
    const row = { ...target, ...values, off_since: at }
    await tx
      .insertInto('switch')
      .values(row)
      .onConflict((conflict) => conflict.columns(['scope', 'name']).doUpdateSet(values))
      .execute()
    return present ? 'reason_changed' : 'off'
  })
}

/** Switches on; a reason may be given. */
export function turnOn(store: Store, target: SwitchTarget, order: { by: string; reason?: string }, at: number): Promise<'on' | 'already_on'> {
  const reason = writtenReason(order.reason ?? '')
  const entry: NewEntry = { actor: order.by, action: 'switch.on', subject: targetText(target), detail: reason ? { reason } : {} }
  return store.write(async (tx) => {
    if (!(await find(tx, target))) return 'already_on'
    await tx.deleteFrom('switch').where('scope', '=', target.scope).where('name', '=', target.name).execute()
    await appendAudit(tx, entry, at)
    return 'on'
  })
}

function find(tx: Tx, { scope, name }: SwitchTarget): Promise<SwitchTable | undefined> {
  return tx.selectFrom('switch').selectAll().where('scope', '=', scope).where('name', '=', name).executeTakeFirst()
}
