/** What the office writes for the library: every version of every guide and word, who wrote and who approved it, and what it showed when it was tried. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('shelf_edit')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('base_digest', 'text')
    .addColumn('cites', 'text', (column) => column.notNull())
    .addColumn('trial', 'text')
    .addColumn('written_by', 'text', (column) => column.notNull())
    .addColumn('authors', 'text', (column) => column.notNull())
    .addColumn('written_at', 'bigint', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('approved_by', 'text')
    .addColumn('approved_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    // The key while it is being written, and while it is live: of each there is one at most.
    .addColumn('open_key', 'text', (column) => column.unique())
    .addColumn('live_key', 'text', (column) => column.unique())
    .execute()
  await db.schema.createIndex('shelf_edit_key').on('shelf_edit').columns(['kind', 'key']).execute()
  await db.schema.createIndex('shelf_edit_state').on('shelf_edit').columns(['state', 'written_at']).execute()
}
