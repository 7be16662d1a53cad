/** Cases after their confirmation: events beside the record, which never changes; their own files; who guesses at numbers. All inside a transaction of the caller's. */
import { z } from 'zod'
import { type CaseEvent, type CaseLife, type CaseRefusal, type ChosenAgency, type Satisfaction, stepCase } from '../../bot/case/life.ts'
import { type ComplaintRecord, type ConfirmedComplaint, recordSchema } from '../../bot/complaint/confirmed.ts'
import { PURPOSES, type Purpose } from '../../bot/complaint/consent.ts'
import type { Draft } from '../../bot/complaint/draft.ts'
import type { CaseAdded, CaseChanged } from '../../bot/conversation/effects.ts'
import type { Day } from '../../knowledge/validity.ts'
import type { Tx } from './database.ts'
import { parsed } from './parsed.ts'
import type { CaseEventTable, ComplaintTable } from './tables.ts'

const DAY_MS = 86_400_000

/** @returns the first moment (milliseconds UTC) after `day` in Vietnam. */
export function endOf(day: Day): number {
  return Date.parse(`${day}T00:00:00+07:00`) + DAY_MS
}

// ── making a case ───────────────────────────────────────────────────────────────────────────────

/** Where a case comes from: a conversation, or an officer who filed it. */
export interface Origin {
  readonly person: string
  readonly channel: string
  /** Empty where it was told in no conversation. */
  readonly toldIn: string
  readonly filedBy?: string
  readonly dueOn?: Day
}

/** @returns whether the number is free: two complaints never share one. */
export async function isFreeNumber(tx: Tx, { case: number }: ConfirmedComplaint): Promise<boolean> {
  return (await tx.selectFrom('complaint').select('number').where('number', '=', number).executeTakeFirst()) === undefined
}

/** Makes the case that a conversation has confirmed. */
export async function openCase(tx: Tx, conversation: string, complaint: ConfirmedComplaint, dueOn?: Day): Promise<void> {
  const { person, channel } = await tx
    .selectFrom('conversation')
    .select(['person', 'channel'])
    .where('id', '=', conversation)
    .executeTakeFirstOrThrow()
  await insertCase(tx, complaint, { person, channel, toldIn: conversation, ...(dueOn === undefined ? {} : { dueOn }) })
  await keepFiles(tx, conversation, complaint.case, complaint.evidence, complaint.confirmedAt)
}

/** Writes the row of a case and the first of its events. */
export async function insertCase(tx: Tx, complaint: ConfirmedComplaint, { person, channel, toldIn, filedBy, dueOn }: Origin): Promise<void> {
  const { case: number, confirmedAt } = complaint
  await tx
    .insertInto('complaint')
    .values({
      ...{ number, person, channel, told_in: toldIn, status: 'confirmed', record: JSON.stringify(complaint) },
      ...{ confirmed_at: confirmedAt, updated_at: confirmedAt, chosen: null, result: null, filed_by: filedBy ?? null },
      ...{ satisfaction: null, hold: null, due_at: dueOn === undefined ? null : endOf(dueOn), closed_at: null },
    })
    .execute()
}

/** A case holds its own rows of what was sent for it, so that its files outlive the conversation. What shows papers stays outside. */
async function keepFiles(tx: Tx, conversation: string, number: string, evidence: Draft['evidence'], now: number): Promise<void> {
  for (const { attachment, caption, clear } of evidence) {
    const file = await ownFile(tx, conversation, attachment)
    if (!file || clear === false) continue
    await tx
      .insertInto('case_file')
      .values({ number, attachment, caption, clear: clear === true ? 1 : null, added_at: now, hash: file.hash, kind: file.kind, size: file.size })
      .onConflict((conflict) => conflict.columns(['number', 'attachment']).doNothing())
      .execute()
  }
}

/** @returns a file that was sent here, or where the matter was told before. */
function ownFile(tx: Tx, conversation: string, attachment: string) {
  return tx
    .selectFrom('attachment as a')
    .innerJoin('conversation as there', 'there.id', 'a.conversation_id')
    .select(['a.hash', 'a.kind', 'a.size'])
    .where('a.id', '=', attachment)
    .where('a.state', '=', 'quarantined')
    .where((eb) => {
      const matter = eb.selectFrom('conversation').select('matter').where('id', '=', conversation).where('matter', 'is not', null)
      return eb.or([eb('there.id', '=', conversation), eb('there.matter', 'in', matter)])
    })
    .executeTakeFirst()
}

/** It shows what must not be kept: nothing finds it any more, and its bytes go within moments. */
export async function discardFile(tx: Tx, conversation: string, attachment: string): Promise<void> {
  if (!(await ownFile(tx, conversation, attachment))) return
  await tx.updateTable('attachment').set({ state: 'discarded' }).where('id', '=', attachment).execute()
  await tx.deleteFrom('case_file').where('attachment', '=', attachment).execute()
}

// ── its life ────────────────────────────────────────────────────────────────────────────────────

const chosenSchema = z.object({ id: z.string(), name: z.string(), by: z.string(), at: z.int(), why: z.string() })
const holdSchema = z.object({ why: z.string(), by: z.string(), at: z.int() })
const satisfactionSchema: z.ZodType<Satisfaction & { at: number }> = z.object({ satisfied: z.boolean(), why: z.string(), at: z.int() })
const withdrawnSchema = z.object({ purposes: z.array(z.enum(PURPOSES)) })

/** The body that was chosen, by whom and when. */
export type Chosen = z.infer<typeof chosenSchema>
export type Hold = z.infer<typeof holdSchema>

export interface LivingCase {
  readonly row: ComplaintTable
  readonly record: ComplaintRecord
  readonly life: CaseLife
}

/** @returns a case as it stands; `unreadable` where its record is another version's. */
export async function readLife(tx: Tx, number: string): Promise<LivingCase | 'missing' | 'unreadable'> {
  const row = await tx.selectFrom('complaint').selectAll().where('number', '=', number).executeTakeFirst()
  if (!row) return 'missing'
  const record = parsed(recordSchema, row.record)
  if (!record) return 'unreadable'
  return { row, record, life: lifeOf(row, await purposesNow(tx, number, record)) }
}

function lifeOf({ status, result, chosen, hold, satisfaction }: ComplaintTable, purposes: readonly Purpose[]): CaseLife {
  return {
    ...{ status, result, purposes, chosen: chosenOf(chosen) ?? null, hold: holdOf(hold)?.why ?? null },
    satisfaction: (satisfaction && parsed(satisfactionSchema, satisfaction)) || null,
  }
}

/** @returns the column read back. */
export function chosenOf(column: string | null): Chosen | undefined {
  return column === null ? undefined : parsed(chosenSchema, column)
}

/** @returns the column read back; what cannot be read still holds. */
export function holdOf(column: string | null): Hold | undefined {
  return column === null ? undefined : (parsed(holdSchema, column) ?? { why: '', by: '', at: 0 })
}

/** @returns what the person still agrees to: what they agreed to, less what they withdrew. */
export async function purposesNow(tx: Tx, number: string, { consents }: ComplaintRecord): Promise<readonly Purpose[]> {
  const rows = await tx.selectFrom('case_event').select('detail').where('number', '=', number).where('kind', '=', 'consents_withdrawn').execute()
  const withdrawn = rows.flatMap(({ detail }) => parsed(withdrawnSchema, detail)?.purposes ?? [])
  return consents.map(({ purpose }) => purpose).filter((purpose) => !withdrawn.includes(purpose))
}

/** Who did something to a case, with what the person reads of it and what is the office's alone. */
export interface Doing {
  readonly actor: string
  readonly now: number
  readonly words: string
  readonly note: string
}

/** Applies an event: the status, the event's row, whatever the event decides. @returns the case before and after, or why nothing changed. */
export async function applyEvent(tx: Tx, number: string, event: CaseEvent, doing: Doing): Promise<Applied | Refusal> {
  const living = await readLife(tx, number)
  if (typeof living === 'string') return { refused: living }
  const step = stepCase(living.life, event)
  if ('refused' in step) return step
  await tx
    .updateTable('complaint')
    .set(columnsOf(living, step.life, event, doing))
    .where('number', '=', number)
    .execute()
  await appendEvent(tx, number, event, step.life, doing)
  if (step.life.result === 'withdrawn') await stopHandovers(tx, number)
  return { before: living, life: step.life }
}

/** What its person has taken back goes nowhere any more. */
async function stopHandovers(tx: Tx, number: string): Promise<void> {
  await tx
    .updateTable('handover')
    .set({ state: 'given_up', trouble: 'withdrawn' })
    .where('number', '=', number)
    .where('state', '=', 'pending')
    .execute()
}

export interface Applied {
  readonly before: LivingCase
  readonly life: CaseLife
}
export interface Refusal {
  readonly refused: CaseRefusal | 'missing' | 'unreadable'
}

function columnsOf({ row }: LivingCase, life: CaseLife, event: CaseEvent, { actor, now }: Doing): Partial<ComplaintTable> {
  const { status, result, satisfaction, hold } = life
  const closedAt = status !== 'closed' ? null : (row.closed_at ?? now)
  return {
    ...{ status, result, updated_at: now, closed_at: closedAt },
    satisfaction: satisfaction && JSON.stringify({ ...satisfaction, at: now }),
    ...('agency' in event ? { chosen: JSON.stringify(chosenBy(row, event, { actor, now })) } : {}),
    ...(event.kind === 'hold' || event.kind === 'release' ? { hold: hold === null ? null : JSON.stringify({ why: hold, by: actor, at: now }) } : {}),
  }
}

/** Handing a case on to the body that was chosen before leaves standing why it was. */
function chosenBy(
  { chosen }: ComplaintTable,
  event: CaseEvent & { readonly agency: ChosenAgency },
  { actor, now }: Pick<Doing, 'actor' | 'now'>,
): Chosen {
  const before = chosenOf(chosen)
  const stands = before?.id === event.agency.id ? before.why : ''
  const why = 'why' in event ? event.why : stands
  return { ...event.agency, by: actor, at: now, why }
}

async function appendEvent(tx: Tx, number: string, event: CaseEvent, { status }: CaseLife, { actor, now, words, note }: Doing): Promise<void> {
  const { kind, ...detail } = event
  const last = await tx
    .selectFrom('case_event')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('number', '=', number)
    .executeTakeFirst()
  const values: CaseEventTable = {
    ...{ number, seq: Number(last?.seq ?? 0) + 1, at: now, actor, kind, status, words, note, detail: JSON.stringify(withoutWords(detail)) },
  }
  await tx.insertInto('case_event').values(values).execute()
}

/** They have a column of their own. */
function withoutWords({ text: _text, story: _story, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest
}

// ── what a person does, as a decision left it ───────────────────────────────────────────────────

/** @returns whether what the person does still means something: the case is theirs, and is not closed or reopened meanwhile. */
export async function stillMeans(tx: Tx, conversation: string, change: CaseAdded | CaseChanged): Promise<boolean> {
  const living = await readLife(tx, change.number)
  if (typeof living === 'string' || !(await isOwn(tx, conversation, living.row))) return false
  const step = stepCase(living.life, eventOf(change))
  return !('refused' in step) || !['closed', 'not_closed'].includes(step.refused)
}

async function isOwn(tx: Tx, conversation: string, { person }: ComplaintTable): Promise<boolean> {
  return (await peopleOf(tx, conversation)).includes(person)
}

/** @returns the pseudonyms of the person of a conversation, on every channel of its matter. */
export async function peopleOf(tx: Tx, conversation: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select('person')
    .where((eb) => {
      const matter = eb.selectFrom('conversation').select('matter').where('id', '=', conversation).where('matter', 'is not', null)
      return eb.or([eb('id', '=', conversation), eb('matter', 'in', matter)])
    })
    .execute()
  return [...new Set(rows.map((row) => row.person))]
}

function eventOf(change: CaseAdded | CaseChanged): CaseEvent {
  if (change.kind === 'case_changed') return change.event
  const { story, facts, evidence } = change
  return { kind: 'added', story, facts, evidence }
}

/** Writes what the person does; {@link stillMeans} was asked before, in the same transaction. */
export async function writePersonEvent(
  tx: Tx,
  { conversationId, now }: { readonly conversationId: string; readonly now: number },
  change: CaseAdded | CaseChanged,
): Promise<void> {
  const words = change.kind === 'case_added' ? change.story : ''
  const applied = await applyEvent(tx, change.number, eventOf(change), { actor: 'person', now, words, note: '' })
  if (!('refused' in applied) && change.kind === 'case_added') await keepFiles(tx, conversationId, change.number, change.evidence, now)
}
