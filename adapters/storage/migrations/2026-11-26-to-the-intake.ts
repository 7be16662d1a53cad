/** What is handed over to the intake: made with the case, gone with it, and otherwise never. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handover')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().references('complaint.number').onDelete('cascade'))
    .addColumn('way', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'bigint', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_until', 'bigint')
    .addColumn('trouble', 'text')
    .addColumn('receipt', 'text')
    .addColumn('links_end_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('delivered_at', 'bigint')
    // A confirmation is handed over once on each way, whatever code may do.
    .addUniqueConstraint('handover_once', ['number', 'way'])
    .execute()
  await db.schema.createIndex('handover_due').on('handover').columns(['state', 'next_attempt_at']).execute()
}
