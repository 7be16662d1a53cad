/** People who asked to be called back. What belongs to a conversation or a case goes with it. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('call_back')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.references('conversation.id').onDelete('cascade'))
    .addColumn('number', 'text', (column) => column.references('complaint.number').onDelete('cascade'))
    .addColumn('phone', 'text', (column) => column.notNull())
    .addColumn('hours', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('taken_by', 'text')
    .addColumn('done_at', 'bigint')
    .addColumn('outcome', 'text')
    .execute()
  await db.schema.createIndex('call_back_conversation').on('call_back').column('conversation_id').execute()
  await db.schema.createIndex('call_back_number').on('call_back').column('number').execute()
  await db.schema.createIndex('call_back_open').on('call_back').columns(['done_at', 'due_at']).execute()
}
