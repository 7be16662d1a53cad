/** What cannot be sent is looked for every second while an officer looks: not through everything that ever was. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('outbox_state').on('outbox').columns(['state', 'created_at']).execute()
}
