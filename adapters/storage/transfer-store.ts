/** One-time codes with which a person goes on with a matter on another channel. Only the hash of a code is kept; it is used in the transaction that joins the two. */
import { createHash } from 'node:crypto'
import type { Redeemed } from '../../bot/conversation/deciding.ts'
import { dialogueSchema } from '../../bot/conversation/dialogue.ts'
import type { TransferOffered, TransferRedeemed } from '../../bot/conversation/effects.ts'
import { ownershipSchema } from '../../bot/conversation/owner.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex')

/** A new code takes the place of those that the conversation asked for before. */
export async function offerTransfer(
  tx: Tx,
  to: { readonly conversationId: string; readonly now: number },
  { code, expiresAt }: TransferOffered,
): Promise<void> {
  await tx.deleteFrom('transfer').where('conversation_id', '=', to.conversationId).execute()
  await tx
    .insertInto('transfer')
    .values({ hash: hashOf(code), conversation_id: to.conversationId, created_at: to.now, expires_at: expiresAt, used_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** @returns what stands behind `code`, asked by the conversation `by`. */
export function lookUpTransfer(store: Store, code: string, by: string, now: number): Promise<Redeemed> {
  return store.read(async (tx) => {
    const row = await tx
      .selectFrom('transfer as t')
      .innerJoin('conversation as c', 'c.id', 't.conversation_id')
      .select(['c.id', 'c.version', 'c.dialogue', 'c.ownership'])
      .where('t.hash', '=', hashOf(code))
      .where('t.used_at', 'is', null)
      .where('t.expires_at', '>', now)
      .executeTakeFirst()
    const dialogue = row && parsed(dialogueSchema, row.dialogue)
    const ownership = row && parsed(ownershipSchema, row.ownership)
    if (!row || !dialogue || !ownership) return 'unknown'
    return row.id === by ? 'own' : { id: row.id, version: row.version, dialogue, ownership }
  })
}

/** @returns whether the code can still be used and the conversation behind it is as it was read. */
export async function isRedeemable(tx: Tx, { code, conversation, version }: TransferRedeemed): Promise<boolean> {
  const row = await tx
    .selectFrom('transfer as t')
    .innerJoin('conversation as c', 'c.id', 't.conversation_id')
    .select('c.version')
    .where('t.hash', '=', hashOf(code))
    .where('t.used_at', 'is', null)
    .where('c.id', '=', conversation)
    .executeTakeFirst()
  return row?.version === version
}

/** Marks the code as used and makes both conversations one matter. @returns where the code came from. */
export async function joinMatter(tx: Tx, here: string, { code, conversation: there }: TransferRedeemed, now: number) {
  await tx.updateTable('transfer').set({ used_at: now }).where('hash', '=', hashOf(code)).execute()
  const rows = await tx.selectFrom('conversation').select(['id', 'matter', 'channel', 'position']).where('id', 'in', [here, there]).execute()
  const from = rows.find((row) => row.id === there)
  const matter = from?.matter ?? there
  const before = rows.find((row) => row.id === here)?.matter ?? here
  // Whatever was one matter with this conversation already comes along.
  await tx
    .updateTable('conversation')
    .set({ matter })
    .where((eb) => eb.or([eb('id', 'in', [here, there]), eb('matter', '=', before)]))
    .execute()
  return { conversationId: there, channel: from?.channel ?? '', position: from?.position ?? 0 }
}
