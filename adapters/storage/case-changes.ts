/** What the office does to a case: status, event, notice to the person and audit entry in one transaction. */
import { randomUUID } from 'node:crypto'
import type { CaseRefusal, OfficerEvent } from '../../bot/case/life.ts'
import type { ConfirmedComplaint } from '../../bot/complaint/confirmed.ts'
import type { NewHandover } from '../../bot/delivery/handover.ts'
import type { Outgoing } from '../../bot/delivery/message.ts'
import type { Day } from '../../knowledge/validity.ts'
import { appendAudit } from './audit-store.ts'
import { applyEvent, insertCase, isFreeNumber } from './case-store.ts'
import { writeChanges } from './changes.ts'
import type { Store, Tx } from './database.ts'
import { addHandovers } from './handover-store.ts'
import { withChoices } from './owner-store.ts'
import type { ComplaintTable } from './tables.ts'

/** What an officer does, with what is said of it. */
export interface OfficerDoes {
  readonly event: OfficerEvent
  readonly by: string
  /** For the person; undefined for what is the office's own matter. */
  readonly notice: Outgoing | undefined
  /** The officer's own words in the notice, kept with the event. */
  readonly words: string
  readonly note: string
}

/** `nobody`: no conversation of the person is left to tell it in; `nothing`: there was nothing to tell. */
export type Told = 'told' | 'nobody' | 'nothing'
export type CaseChange = { readonly told: Told } | { readonly refused: CaseRefusal | 'missing' | 'unreadable' }

/** Does it, or says why not. `now` in milliseconds UTC. */
export function changeCase(store: Store, number: string, does: OfficerDoes, now: number): Promise<CaseChange> {
  const { event, by, notice, words, note } = does
  return store.write(async (tx) => {
    const applied = await applyEvent(tx, number, event, { actor: by, now, words, note })
    if ('refused' in applied) return applied
    await appendAudit(tx, { actor: by, action: 'case.changed', subject: `case:${number}`, detail: { code: event.kind } }, now)
    return { told: notice ? await tell(tx, applied.before.row, notice, now) : 'nothing' }
  })
}

/** In the conversation in which the person wrote last, of those where it was told or gone on with; where that cannot be written to, the relay waits. */
async function tell(tx: Tx, { person, told_in }: ComplaintTable, notice: Outgoing, now: number): Promise<Told> {
  const there = await tx
    .selectFrom('conversation')
    .select(['id', 'channel', 'position', 'dialogue'])
    .where((eb) => {
      const matter = eb.selectFrom('conversation').select('matter').where('id', '=', told_in).where('matter', 'is not', null)
      return eb.or([eb('id', '=', told_in), eb('person', '=', person), eb('matter', 'in', matter)])
    })
    .orderBy('heard_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!there) return 'nobody'
  const changes = [{ kind: 'send' as const, outgoing: notice }]
  const context = { conversationId: there.id, channel: there.channel, position: there.position, inboxId: null, now, timerOf: () => null }
  const position = await writeChanges(tx, context, changes)
  await tx
    .updateTable('conversation')
    // A decision that is being made right now must not forget what was said meanwhile.
    .set((eb) => ({ version: eb('version', '+', 1), position, updated_at: now, dialogue: withChoices(there.dialogue, changes) }))
    .where('id', '=', there.id)
    .execute()
  return 'told'
}

export interface Filed {
  readonly by: string
  /** Of the filing itself, made by whoever sends it. */
  readonly id?: string | undefined
  readonly dueOn?: Day | undefined
  /** What goes to the intake, made in the same transaction. */
  readonly handovers?: readonly NewHandover[]
}

/**
 * Makes a case of what somebody told an officer on the telephone or at the counter; what is sent twice under one `id` is one case.
 * @returns the number of the case; undefined where another case has this number.
 */
export function fileCase(
  store: Store,
  complaint: ConfirmedComplaint,
  { by, dueOn, id = randomUUID(), handovers = [] }: Filed,
  now: number,
): Promise<string | undefined> {
  return store.write(async (tx) => {
    const person = `office:${id}`
    const known = await tx.selectFrom('complaint').select('number').where('person', '=', person).executeTakeFirst()
    if (known) return known.number
    if (!(await isFreeNumber(tx, complaint))) return undefined
    const origin = { person, channel: 'office', toldIn: '', filedBy: by, ...(dueOn === undefined ? {} : { dueOn }) }
    await insertCase(tx, complaint, origin)
    await addHandovers(tx, handovers, now)
    await appendAudit(tx, { actor: by, action: 'case.filed', subject: `case:${complaint.case}`, detail: {} }, now)
    return complaint.case
  })
}

/** Writes into the audit that somebody read a case. */
export async function recordReading(store: Store, number: string, by: string, now: number): Promise<void> {
  await store.write((tx) => appendAudit(tx, { actor: by, action: 'case.read', subject: `case:${number}`, detail: {} }, now))
}

/** An officer has looked: the file shows nothing that must not be kept and may be used, or it goes. @returns whether the case has such a file. */
export function judgeFile(
  store: Store,
  which: { readonly number: string; readonly attachment: string },
  clear: boolean,
  by: string,
  now: number,
): Promise<boolean> {
  const { number, attachment } = which
  return store.write(async (tx) => {
    const file = await tx.selectFrom('case_file').select('hash').where('number', '=', number).where('attachment', '=', attachment).executeTakeFirst()
    if (!file) return false
    if (clear) await tx.updateTable('case_file').set({ clear: 1 }).where('number', '=', number).where('attachment', '=', attachment).execute()
    else await drop(tx, attachment)
    const detail = { attachment, code: clear ? 'file_released' : 'file_dropped' }
    await appendAudit(tx, { actor: by, action: 'case.changed', subject: `case:${number}`, detail }, now)
    return true
  })
}

async function drop(tx: Tx, attachment: string): Promise<void> {
  await tx.deleteFrom('case_file').where('attachment', '=', attachment).execute()
  await tx.updateTable('attachment').set({ state: 'discarded' }).where('id', '=', attachment).execute()
}
