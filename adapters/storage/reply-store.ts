/** Replies that the office keeps ready, each with what the law said when it was written. */
import { z } from 'zod'
import { appendAudit } from './audit-store.ts'
import type { Store } from './database.ts'
import { parsed } from './parsed.ts'

const citationsSchema = z.array(z.object({ pointer: z.string(), digest: z.string() }))
/** A clause and the digest of its words at the time. */
export type KeptCitation = z.infer<typeof citationsSchema>[number]

export interface KeptReply {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly citations: readonly KeptCitation[]
  readonly by: string
  readonly at: number
}

/** @returns all of them, by title. */
export async function readReplies(store: Store): Promise<readonly KeptReply[]> {
  const rows = await store.read((tx) => tx.selectFrom('canned_reply').selectAll().orderBy('title').orderBy('id').execute())
  return rows.map(({ citations, ...row }) => ({ ...row, citations: parsed(citationsSchema, citations) ?? [] }))
}

/**
 * Writes one, new or anew.
 * @param seen when what is written anew was written, as whoever writes has seen it; undefined: it is new
 * @returns whether it still stood so
 */
export function keepReply(store: Store, reply: KeptReply, seen: number | undefined, now: number): Promise<boolean> {
  const { citations, ...rest } = reply
  const row = { ...rest, citations: JSON.stringify(citations) }
  return store.write(async (tx) => {
    const there = await tx.selectFrom('canned_reply').select('at').where('id', '=', reply.id).executeTakeFirst()
    if (there?.at !== seen) return false
    await tx
      .insertInto('canned_reply')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    await appendAudit(tx, { actor: reply.by, action: 'reply.changed', subject: `reply:${reply.id}`, detail: { code: 'kept' } }, now)
    return true
  })
}

/** @returns whether there was one. */
export function dropReply(store: Store, id: string, by: string, now: number): Promise<boolean> {
  return store.write(async (tx) => {
    const gone = await tx.deleteFrom('canned_reply').where('id', '=', id).executeTakeFirst()
    if (Number(gone.numDeletedRows) === 0) return false
    await appendAudit(tx, { actor: by, action: 'reply.changed', subject: `reply:${id}`, detail: { code: 'dropped' } }, now)
    return true
  })
}
