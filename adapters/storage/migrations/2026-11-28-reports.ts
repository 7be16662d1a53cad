/** Reports as they were made, and each day's conversations as counts that outlive the conversations. Neither names anybody. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('report')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('year', 'bigint', (column) => column.notNull())
    .addColumn('made_at', 'bigint', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('report_day')
    .addColumn('day', 'text', (column) => column.primaryKey())
    .addColumn('content', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('complaint_confirmed').on('complaint').columns(['confirmed_at', 'number']).execute()
  await db.schema.createIndex('decision_at').on('decision').column('decided_at').execute()
  await db.schema.createIndex('episode_began').on('episode').column('began_at').execute()
  await db.schema.createIndex('feedback_at').on('feedback').column('at').execute()
}
