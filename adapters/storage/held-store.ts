/** Reads everything held on a person, from every table that names the person or a conversation: a table that is added later must be added here (a test compares). */
import type { Selectable } from 'kysely'
import type { Held, HeldConversation, HeldEpisode, HeldMessage, HeldReceived, HeldSent } from '../../bot/privacy/ports.ts'
import { appendAudit } from './audit-store.ts'
import { heldCallBacks } from './call-back-store.ts'
import { eventsOf, filesOf } from './complaint-store.ts'
import type { Store, Tx } from './database.ts'
import { requestsOf } from './register-store.ts'
import { heldSubscription } from './subscriber-store.ts'
import type { ComplaintTable, ConversationTable, DecisionTable, EpisodeTable, FeedbackTable, InboxTable, OutboxTable } from './tables.ts'

/** @returns everything held on the person, as one state of the data, or undefined when there is nothing. */
export function readHeld(store: Store, person: string): Promise<Held | undefined> {
  return store.read(async (tx) => {
    const rows = await tx.selectFrom('conversation').selectAll().where('person', '=', person).orderBy('created_at').execute()
    const audit = await auditOf(tx, person, rows)
    const complaints = await complaintsOf(tx, person)
    const requests = await heldRequests(tx, person)
    if ([rows, audit, complaints, requests].every(({ length }) => length === 0)) return undefined
    const conversations: HeldConversation[] = []
    for (const row of rows) conversations.push(await conversationOf(tx, row))
    return { person, conversations, complaints, requests, audit }
  })
}

async function heldRequests(tx: Tx, person: string): Promise<Held['requests']> {
  const rows = await requestsOf(tx, person)
  return rows.map(({ id, number, kind, way, by, note, result, outcome, ...row }) => ({
    ...{ id, number, kind, way, by, note, result, outcome },
    ...{ askedAt: row.asked_at, dueAt: row.due_at, doneAt: row.done_at, doneBy: row.done_by },
  }))
}

/** Writes into the audit that everything `held` was handed out. `at` in milliseconds UTC. */
export async function recordExport(store: Store, held: Held, by: string, at: number): Promise<void> {
  const messages = held.conversations.reduce((sum, conversation) => sum + conversation.messages.length, 0)
  const detail = { conversations: held.conversations.length, messages }
  await store.write((tx) => appendAudit(tx, { actor: by, action: 'person.exported', subject: `person:${held.person}`, detail }, at))
}

async function complaintsOf(tx: Tx, person: string): Promise<Held['complaints'][number][]> {
  const rows = await tx.selectFrom('complaint').selectAll().where('person', '=', person).orderBy('confirmed_at').execute()
  const complaints: Held['complaints'][number][] = []
  for (const row of rows) complaints.push(await complaintOf(tx, row))
  return complaints
}

async function complaintOf(tx: Tx, row: ComplaintTable): Promise<Held['complaints'][number]> {
  const { number, channel, status, result } = row
  const column = (text: string | null) => (text === null ? null : json(text))
  return {
    ...{ number, channel, status, result, toldIn: row.told_in, filedBy: row.filed_by, record: json(row.record) },
    ...{ confirmedAt: row.confirmed_at, updatedAt: row.updated_at, dueAt: row.due_at, closedAt: row.closed_at },
    ...{ chosen: column(row.chosen), satisfaction: column(row.satisfaction), hold: column(row.hold) },
    callBacks: await heldCallBacks(tx, 'number', number),
    ...{ events: await eventsOf(tx, number), files: await filesOf(tx, number), handovers: await handoversOf(tx, number) },
  }
}

function handoversOf(tx: Tx, number: string): Promise<Held['complaints'][number]['handovers'][number][]> {
  return tx
    .selectFrom('handover')
    .select(['way', 'state', 'created_at as createdAt', 'delivered_at as deliveredAt'])
    .where('number', '=', number)
    .orderBy('created_at')
    .execute()
}

/** Subjects are a kind and an id; a bare id is read as well. */
function auditOf(tx: Tx, person: string, rows: readonly ConversationTable[]): Promise<Held['audit'][number][]> {
  const subjects = [person, `person:${person}`, ...rows.flatMap(({ id }) => [id, `conversation:${id}`])]
  return tx.selectFrom('audit').select(['at', 'action', 'subject']).where('subject', 'in', subjects).orderBy('number').execute()
}

async function conversationOf(tx: Tx, row: ConversationTable): Promise<HeldConversation> {
  const { id, channel, address, owner, created_at: createdAt, updated_at: updatedAt } = row
  return {
    ...{ id, channel, address, owner, createdAt, updatedAt, dialogue: json(row.dialogue), ownership: json(row.ownership) },
    messages: await messagesOf(tx, id),
    shownOnWeb: await shownOf(tx, id),
    episodes: (await tx.selectFrom('episode').selectAll().where('conversation_id', '=', id).orderBy('number').execute()).map(episode),
    attachments: await attachmentsOf(tx, id),
    ...{ heardAt: row.heard_at, matter: row.matter, transfers: await transfersOf(tx, id), downloads: await downloadsOf(tx, id) },
    notes: await tx
      .selectFrom('thread_note')
      .select(['id', 'at', 'by', 'text', 'mentions'])
      .where('conversation_id', '=', id)
      .orderBy('at')
      .execute(),
    callBacks: await heldCallBacks(tx, 'conversation_id', id),
    warnings: await heldSubscription(tx, id),
    alertsOf:
      (await tx
        .selectFrom('alert_address')
        .select(['officer', 'connected_at as connectedAt'])
        .where('conversation_id', '=', id)
        .executeTakeFirst()) ?? null,
    alertTries: await tx.selectFrom('alert_try').select(['message', 'at']).where('conversation_id', '=', id).orderBy('at').execute(),
    proposed: await proposedOf(tx, id),
    caseTries: await tx.selectFrom('case_try').select(['message', 'number', 'at']).where('conversation_id', '=', id).orderBy('at').execute(),
    erasureAskedAt: (await tx.selectFrom('erasure').select('asked_at').where('conversation_id', '=', id).executeTakeFirst())?.asked_at ?? null,
  }
}

async function proposedOf(tx: Tx, id: string): Promise<HeldConversation['proposed'][number][]> {
  const rows = await tx
    .selectFrom('proposed_words')
    .select(['id', 'episode', 'by', 'text', 'citations', 'at', 'state', 'decided_by as decidedBy', 'decided_at as decidedAt', 'reason'])
    .where('conversation_id', '=', id)
    .orderBy('at')
    .execute()
  return rows.map((row) => ({ ...row, citations: json(row.citations) }))
}

async function messagesOf(tx: Tx, id: string): Promise<readonly HeldMessage[]> {
  const inbox = await tx.selectFrom('inbox').selectAll().where('conversation_id', '=', id).execute()
  const outbox = await tx.selectFrom('outbox').selectAll().where('conversation_id', '=', id).execute()
  const decisions = await tx.selectFrom('decision').selectAll().where('conversation_id', '=', id).execute()
  const feedback = await tx.selectFrom('feedback').selectAll().where('conversation_id', '=', id).execute()
  const decided = new Map(decisions.map((row) => [row.inbox_id, row]))
  const judged = new Map(feedback.map((row) => [row.message_id, row]))
  const all = [...inbox.map((row) => received(row, decided.get(row.id))), ...outbox.map((row) => sent(row, judged.get(row.id)))]
  return all.sort((a, b) => a.position - b.position)
}

function received(row: InboxTable, decision: DecisionTable | undefined): HeldReceived {
  const { id, position, state, attempts, external_id: externalId, received_at: at } = row
  const head = { direction: 'in' as const, position, at, id, externalId, state, attempts, content: json(row.content) }
  return decision ? { ...head, decision: decisionOf(decision) } : head
}

function decisionOf(row: DecisionTable): NonNullable<HeldReceived['decision']> {
  const { kind, episode: number, reason, confidence, decided_at: decidedAt, took_ms: tookMs } = row
  return { kind, episode: number, reason, citations: json(row.citations), confidence, decidedAt, tookMs }
}

function sent(row: Selectable<OutboxTable>, feedback: FeedbackTable | undefined): HeldSent {
  const { id, position, author, state, attempts, trouble, delivered, sending, doubts } = row
  const times = { at: row.created_at, nextAttemptAt: row.next_attempt_at, sentAt: row.sent_at }
  const parts = { delivered, sending, doubts }
  const head = {
    direction: 'out' as const,
    position,
    id,
    inboxId: row.inbox_id,
    author,
    state,
    attempts,
    trouble,
    ...parts,
    ...times,
    content: json(row.body),
  }
  return feedback ? { ...head, feedback: { value: feedback.value, word: feedback.word, at: feedback.at } } : head
}

async function shownOf(tx: Tx, id: string): Promise<HeldConversation['shownOnWeb']> {
  const rows = await tx.selectFrom('web_event').selectAll().where('conversation_id', '=', id).orderBy('number').execute()
  return rows.map(({ number, key, type, data, at }) => ({ number, key, type, data: json(data), at }))
}

function transfersOf(tx: Tx, id: string): Promise<HeldConversation['transfers'][number][]> {
  return tx
    .selectFrom('transfer')
    .select(['hash', 'created_at as createdAt', 'expires_at as expiresAt', 'used_at as usedAt'])
    .where('conversation_id', '=', id)
    .execute()
}

function downloadsOf(tx: Tx, id: string): Promise<HeldConversation['downloads'][number][]> {
  return tx.selectFrom('download').select(['source', 'attempts', 'next_attempt_at as nextAttemptAt']).where('conversation_id', '=', id).execute()
}

function episode(row: EpisodeTable): HeldEpisode {
  const { number, owner, reason, officer, outcome, began_at: beganAt, ended_at: endedAt, ended_by: endedBy } = row
  return { number, owner, reason, officer, beganAt, endedAt, endedBy, outcome }
}

function attachmentsOf(tx: Tx, id: string): Promise<HeldConversation['attachments'][number][]> {
  return tx
    .selectFrom('attachment')
    .select(['id', 'hash', 'kind', 'size', 'state', 'received_at as receivedAt'])
    .where('conversation_id', '=', id)
    .orderBy('received_at')
    .execute()
}

/** What cannot be read as JSON is handed out as the text it is: nothing may be left out. */
function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
