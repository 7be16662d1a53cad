/** Searching goes through conversations and cases by when something last happened in them. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('conversation_updated').on('conversation').columns(['updated_at', 'id']).execute()
  await db.schema.createIndex('complaint_updated').on('complaint').columns(['updated_at', 'number']).execute()
}
