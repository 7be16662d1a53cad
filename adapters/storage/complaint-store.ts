/** The association's own case store: a complaint becomes a row in the same transaction as the reply that says so. */
import { type ComplaintRecord, type ConfirmedComplaint, recordSchema } from '../../bot/complaint/confirmed.ts'
import type { CaseStatus } from '../../bot/complaint/status.ts'
import type { OwnCase } from '../../bot/conversation/deciding.ts'
import type { CaseAdded } from '../../bot/conversation/effects.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'

/** @returns whether the number is free: two complaints never share one. */
export async function isFreeNumber(tx: Tx, { case: number }: ConfirmedComplaint): Promise<boolean> {
  return (await tx.selectFrom('complaint').select('number').where('number', '=', number).executeTakeFirst()) === undefined
}

/** Makes the case, inside the transaction that commits the confirmation. */
export async function openCase(tx: Tx, conversation: string, complaint: ConfirmedComplaint): Promise<void> {
  const { person, channel } = await tx
    .selectFrom('conversation')
    .select(['person', 'channel'])
    .where('id', '=', conversation)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('complaint')
    .values({
      ...{ number: complaint.case, person, channel, told_in: conversation, status: 'confirmed' as const, record: JSON.stringify(complaint) },
      ...{ confirmed_at: complaint.confirmedAt, updated_at: complaint.confirmedAt, chosen: null, result: null, filed_by: null },
      ...{ satisfaction: null, hold: null, due_at: null, closed_at: null },
    })
    .execute()
}

const MOST_SHOWN = 5

/** @returns the latest cases of the person of a conversation, also those told on another channel of the same matter. */
export function ownCases(store: Store, conversation: string): Promise<readonly OwnCase[]> {
  return store.read(async (tx) => {
    const own = tx.selectFrom('conversation').select('person').where('id', '=', conversation)
    const matter = tx.selectFrom('conversation').select('matter').where('id', '=', conversation).where('matter', 'is not', null)
    const people = tx.selectFrom('conversation').select('person').where('matter', 'in', matter)
    const rows = await tx
      .selectFrom('complaint')
      .select(['number', 'confirmed_at', 'status', 'record'])
      .where((eb) => eb.or([eb('person', 'in', own), eb('person', 'in', people)]))
      .orderBy('confirmed_at', 'desc')
      .limit(MOST_SHOWN)
      .execute()
    return rows.map((row) => ({
      number: row.number,
      confirmedAt: row.confirmed_at,
      status: row.status,
      issue: parsed(recordSchema, row.record)?.issueTitle ?? '',
    }))
  })
}

export interface CaseRow {
  readonly number: string
  readonly channel: string
  readonly conversation: string
  readonly status: CaseStatus
  readonly confirmedAt: number
  /** Undefined for a record of another version. */
  readonly record: ComplaintRecord | undefined
}

/** @returns cases, the latest first. */
export async function readCases(store: Store, limit = 100): Promise<readonly CaseRow[]> {
  const rows = await store.read((tx) => tx.selectFrom('complaint').selectAll().orderBy('confirmed_at', 'desc').limit(limit).execute())
  return rows.map(caseOf)
}

/** @returns one case, or undefined. */
export async function readCase(store: Store, number: string): Promise<CaseRow | undefined> {
  const row = await store.read((tx) => tx.selectFrom('complaint').selectAll().where('number', '=', number).executeTakeFirst())
  return row && caseOf(row)
}

function caseOf(row: { number: string; channel: string; told_in: string; status: CaseStatus; confirmed_at: number; record: string }): CaseRow {
  const { number, channel, status } = row
  return { number, channel, status, conversation: row.told_in, confirmedAt: row.confirmed_at, record: parsed(recordSchema, row.record) }
}

/** Placeholder until the life of a case is stored: what is added is kept nowhere yet. */
export async function addToCase(_tx: Tx, _to: { readonly conversationId: string; readonly now: number }, _added: CaseAdded): Promise<void> {}

/** The file is forgotten; its bytes go with the next sweep. */
export async function discardFile(tx: Tx, conversation: string, attachment: string): Promise<void> {
  await tx.deleteFrom('attachment').where('id', '=', attachment).where('conversation_id', '=', conversation).execute()
}
