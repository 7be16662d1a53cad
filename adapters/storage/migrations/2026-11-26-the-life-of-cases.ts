/** What becomes of a case: its events, its own files, who guessed at its number; and what an officer decides about it. Every row goes with its case. */
import type { CreateTableBuilder, Kysely } from 'kysely'

type Any = Kysely<unknown>

const ofCase = (table: CreateTableBuilder<string, string>) =>
  table.addColumn('number', 'text', (column) => column.notNull().references('complaint.number').onDelete('cascade'))

export async function up(db: Any): Promise<void> {
  await columns(db)
  await events(db)
  await files(db)
  await tries(db)
}

async function columns(db: Any): Promise<void> {
  for (const column of ['chosen', 'result', 'filed_by', 'satisfaction', 'hold'])
    await db.schema.alterTable('complaint').addColumn(column, 'text').execute()
  for (const column of ['due_at', 'closed_at']) await db.schema.alterTable('complaint').addColumn(column, 'bigint').execute()
  await db.schema.createIndex('complaint_told_in').on('complaint').column('told_in').execute()
}

async function events(db: Any): Promise<void> {
  await ofCase(db.schema.createTable('case_event'))
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_event_seq', ['number', 'seq'])
    .execute()
}

async function files(db: Any): Promise<void> {
  await ofCase(db.schema.createTable('case_file'))
    .addColumn('attachment', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('caption', 'text', (column) => column.notNull())
    .addColumn('clear', 'bigint')
    .addColumn('added_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_file_attachment', ['number', 'attachment'])
    .execute()
  await db.schema.createIndex('case_file_hash').on('case_file').column('hash').execute()
}

/** Wrong guesses at somebody's case; no foreign key: a number that does not exist is counted like any other. */
async function tries(db: Any): Promise<void> {
  await db.schema
    .createTable('case_try')
    .addColumn('message', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('number', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('case_try_conversation').on('case_try').columns(['conversation_id', 'at']).execute()
  await db.schema.createIndex('case_try_number').on('case_try').columns(['number', 'at']).execute()
}
