/** What people ask about their own data, as far as an officer wrote it down, and the indexes with which the rest is found where it is stored. */
import { type Kysely, sql } from 'kysely'

type Any = Kysely<unknown>

export async function up(db: Any): Promise<void> {
  await requests(db)
  await indexes(db)
}

/** A request outlives its case: what was answered stays, without saying whom it was about. */
async function requests(db: Any): Promise<void> {
  await db.schema
    .createTable('data_request')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text')
    .addColumn('number', 'text', (column) => column.references('complaint.number').onDelete('set null'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('way', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('done_at', 'bigint')
    .addColumn('done_by', 'text')
    .addColumn('result', 'text')
    .addColumn('outcome', 'text')
    .execute()
  await db.schema.createIndex('data_request_person').on('data_request').column('person').execute()
  await db.schema.createIndex('data_request_number').on('data_request').column('number').execute()
}

/** Few of very many rows are looked for: each index holds these alone. */
async function indexes(db: Any): Promise<void> {
  await db.schema.createIndex('audit_action').on('audit').columns(['action', 'number']).execute()
  await db.schema.createIndex('case_event_consent').on('case_event').column('at').where(sql.ref('kind'), '=', 'consents_withdrawn').execute()
  await db.schema.createIndex('decision_own_data').on('decision').column('decided_at').where(sql.ref('reason'), '=', 'own_data').execute()
}
