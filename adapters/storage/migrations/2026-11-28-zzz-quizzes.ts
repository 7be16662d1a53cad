/** Attempts at quizzes: of officers by their account, of everybody else by nothing but a number that their browser was given. */
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('quiz_attempt')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('quiz', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('officer', 'text', (column) => column.references('officer.id').onDelete('cascade'))
    .addColumn('browser', 'text')
    .addColumn('commune', 'text', (column) => column.notNull())
    .addColumn('seed', 'bigint', (column) => column.notNull())
    .addColumn('questions', 'text', (column) => column.notNull())
    .addColumn('given', 'text', (column) => column.notNull())
    .addColumn('right_count', 'integer', (column) => column.notNull())
    .addColumn('total', 'integer', (column) => column.notNull())
    .addColumn('passed', 'integer', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .execute()
  await db.schema.createIndex('quiz_attempt_finished').on('quiz_attempt').columns(['finished_at', 'id']).execute()
  await db.schema.createIndex('quiz_attempt_officer').on('quiz_attempt').columns(['officer', 'quiz']).execute()
  await db.schema.createIndex('quiz_attempt_started').on('quiz_attempt').columns(['started_at']).execute()
}
