/** Since when a lane waits: of its undecided messages the first counts, and one whose file is not here yet holds up those behind it. */
import type { Tx } from './database.ts'

interface First {
  readonly position: number
  readonly received_at: number
}

/** @returns the first undecided message of the lane, unless it or one before it still waits for its file. */
export async function firstWaiting(tx: Tx, conversation: string) {
  const row = await tx
    .selectFrom('inbox')
    .select(['id', 'external_id', 'channel', 'content', 'attempts', 'received_at', 'position'])
    .where('conversation_id', '=', conversation)
    .where('state', '=', 'waiting')
    .orderBy('position')
    .limit(1)
    .executeTakeFirst()
  return row && (await isHeldUp(tx, conversation, row)) ? undefined : row
}

async function isHeldUp(tx: Tx, conversation: string, { position }: First): Promise<boolean> {
  const fetching = await tx
    .selectFrom('download')
    .select('inbox_id')
    .where('conversation_id', '=', conversation)
    .where('position', '<', position)
    .limit(1)
    .executeTakeFirst()
  return fetching !== undefined
}

/** Sets since when the lane waits, after something of it changed. */
export async function wakeLane(tx: Tx, conversation: string): Promise<void> {
  const first = await firstWaiting(tx, conversation)
  await tx
    .updateTable('conversation')
    .set({ pending_since: first?.received_at ?? null })
    .where('id', '=', conversation)
    .execute()
}
