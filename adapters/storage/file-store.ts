/** Rows about files that people sent, and what they say of an answer. The bytes of a file lie in the quarantine. */
import { randomUUID } from 'node:crypto'
import type { Store, Tx } from './database.ts'
import { openConversation } from './inbox-store.ts'

export interface KeptFile {
  readonly id: string
  readonly mime: string
  readonly size: number
}

interface Whose {
  readonly channel: string
  readonly address: string
  readonly person: string
}

interface NewFile {
  readonly hash: string
  readonly mime: string
  readonly size: number
}

export interface FileStore {
  /** @returns how many bytes the conversation holds already; 0 where there is none yet. */
  used(whose: Whose): Promise<number>
  /** Records a file; opens the conversation when it is the first thing sent. `quotaBytes` counts again here: two uploads at once both thought that there was room. */
  add(whose: Whose, file: NewFile, quotaBytes: number, now: number): Promise<KeptFile | 'erased' | 'quota'>
  /** @returns the file if it was sent in this conversation. */
  find(whose: Whose, id: string): Promise<KeptFile | undefined>
}

/** @returns the files of `store`. */
export function openFiles(store: Store): FileStore {
  return {
    used: (whose) => store.read((tx) => used(tx, whose)),
    add: (whose, file, quotaBytes, now) => store.write((tx) => add(tx, whose, file, quotaBytes, now)),
    find: (whose, id) => store.read((tx) => find(tx, whose, id)),
  }
}

async function add(tx: Tx, whose: Whose, { hash, mime, size }: NewFile, quotaBytes: number, now: number): Promise<KeptFile | 'erased' | 'quota'> {
  if ((await used(tx, whose)) + size > quotaBytes) return 'quota'
  const conversation = (await conversationOf(tx, whose)) ?? (await openConversation(tx, whose, now))
  if (conversation === undefined) return 'erased'
  const id = randomUUID()
  const row = { id, conversation_id: conversation, hash, kind: mime, size, state: 'quarantined' as const, received_at: now }
  await tx.insertInto('attachment').values(row).execute()
  return { id, mime, size }
}

async function conversationOf(tx: Tx, { channel, address }: Whose): Promise<string | undefined> {
  const row = await tx.selectFrom('conversation').select('id').where('channel', '=', channel).where('address', '=', address).executeTakeFirst()
  return row?.id
}

async function used(tx: Tx, { channel, address }: Whose): Promise<number> {
  const row = await tx
    .selectFrom('attachment as a')
    .innerJoin('conversation as c', 'c.id', 'a.conversation_id')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('a.size'), eb.val(0)).as('bytes'))
    .where('c.channel', '=', channel)
    .where('c.address', '=', address)
    .executeTakeFirst()
  return Number(row?.bytes ?? 0)
}

async function find(tx: Tx, { channel, address }: Whose, id: string): Promise<KeptFile | undefined> {
  return tx
    .selectFrom('attachment as a')
    .innerJoin('conversation as c', 'c.id', 'a.conversation_id')
    .select(['a.id', 'a.kind as mime', 'a.size'])
    .where('a.id', '=', id)
    .where('c.channel', '=', channel)
    .where('c.address', '=', address)
    .executeTakeFirst()
}

export interface Judgement {
  readonly value: 'up' | 'down'
  readonly word: string | null
}

/** Records what a person thinks of one of our answers to them; the last word counts. @returns false when it is no answer of this conversation. */
export function judge(store: Store, whose: Whose, messageId: string, { value, word }: Judgement, now: number): Promise<boolean> {
  return store.write(async (tx) => {
    const conversation = await conversationOf(tx, whose)
    if (conversation === undefined || !(await isAnswer(tx, conversation, messageId))) return false
    await tx
      .insertInto('feedback')
      .values({ conversation_id: conversation, message_id: messageId, value, word, at: now })
      .onConflict((conflict) => conflict.columns(['conversation_id', 'message_id']).doUpdateSet({ value, word, at: now }))
      .execute()
    return true
  })
}

async function isAnswer(tx: Tx, conversation: string, messageId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('outbox')
    .select('id')
    .where('id', '=', messageId)
    .where('conversation_id', '=', conversation)
    .where('author', '=', 'assistant')
    .executeTakeFirst()
  return row !== undefined
}
