/** Words of officers that wait for a supervisor. They go with their conversation. */
import type { WordsProposed } from '../../bot/conversation/effects.ts'
import { WordsDecided } from '../../bot/handoff/approval.ts'
import type { Store, Tx } from './database.ts'
import type { ProposedWordsTable } from './tables.ts'

export type ProposedRow = Readonly<ProposedWordsTable>

interface Context {
  readonly conversationId: string
  readonly now: number
}

/** Writes them down; words that come twice under one id wait once. */
export async function proposeWords(tx: Tx, { conversationId, now }: Context, { id, text, episode, by, citations }: WordsProposed): Promise<void> {
  const decided = { decided_by: null, decided_at: null, reason: null }
  await tx
    .insertInto('proposed_words')
    .values({ id, conversation_id: conversationId, episode, by, text, citations: JSON.stringify(citations), at: now, state: 'waiting', ...decided })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

interface Decision {
  readonly id: string
  readonly state: ProposedRow['state']
  readonly by: string
  readonly reason: string | null
}

/** Throws {@link WordsDecided}, which undoes everything beside it, where the words wait no more. */
export async function decideWords(tx: Tx, { id, state, by, reason }: Decision, now: number): Promise<void> {
  const decided = { state, decided_by: by, decided_at: now, reason }
  const done = await tx.updateTable('proposed_words').set(decided).where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new WordsDecided('these words wait no more')
}

/** @returns those words of a conversation; undefined where there are none under that id. */
export function readProposed(store: Store, conversation: string, id: string): Promise<ProposedRow | undefined> {
  return store.read((tx) =>
    tx.selectFrom('proposed_words').selectAll().where('conversation_id', '=', conversation).where('id', '=', id).executeTakeFirst(),
  )
}

/** @returns what of a conversation still waits, was returned, or came too late, the oldest first. */
export function openProposed(store: Store, conversation: string): Promise<readonly ProposedRow[]> {
  return store.read((tx) =>
    tx
      .selectFrom('proposed_words')
      .selectAll()
      .where('conversation_id', '=', conversation)
      .where('state', 'in', ['waiting', 'returned', 'overtaken'])
      .orderBy('at')
      .execute(),
  )
}

/** @returns the conversations in which words wait. */
export async function chatsWithProposed(store: Store): Promise<ReadonlySet<string>> {
  const rows = await store.read((tx) => tx.selectFrom('proposed_words').select('conversation_id').distinct().where('state', '=', 'waiting').execute())
  return new Set(rows.map((row) => row.conversation_id))
}

/** The writer takes their own words back; they are kept with the conversation and shown no more. @returns whether they were theirs and open. */
export function dropProposed(store: Store, conversation: string, id: string, by: string, now: number): Promise<boolean> {
  return store.write(async (tx) => {
    const dropped = await tx
      .updateTable('proposed_words')
      .set({ state: 'dropped', decided_by: by, decided_at: now })
      .where('conversation_id', '=', conversation)
      .where('id', '=', id)
      .where('by', '=', by)
      .where('state', 'in', ['waiting', 'returned', 'overtaken'])
      .executeTakeFirst()
    return dropped.numUpdatedRows > 0n
  })
}

/** They can be sent no more, and are kept for whoever wants to read them. */
export async function overtake(store: Store, id: string, by: string, now: number): Promise<void> {
  await store.write(async (tx) => {
    await tx
      .updateTable('proposed_words')
      .set({ state: 'overtaken', decided_by: by, decided_at: now })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .execute()
  })
}
