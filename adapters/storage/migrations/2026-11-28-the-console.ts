/** Those who work in the console, their sessions, what they note beside a conversation, and the replies that they keep ready. */
import type { Kysely } from 'kysely'

type Any = Kysely<unknown>

export async function up(db: Any): Promise<void> {
  await officers(db)
  await links(db)
  await sessions(db)
  await notes(db)
  await replies(db)
  await threads(db)
}

async function officers(db: Any): Promise<void> {
  await db.schema
    .createTable('officer')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('login', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('active', 'bigint', (column) => column.notNull())
    .addColumn('password', 'text')
    .addColumn('totp', 'text')
    .addColumn('totp_step', 'bigint', (column) => column.notNull())
    .addColumn('spare_codes', 'text', (column) => column.notNull())
    .addColumn('made_at', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'bigint')
    .execute()
}

async function links(db: Any): Promise<void> {
  await db.schema
    .createTable('officer_link')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('officer', 'text', (column) => column.notNull().references('officer.id').onDelete('cascade'))
    .addColumn('ends_at', 'bigint', (column) => column.notNull())
    .addColumn('name', 'text')
    .addColumn('password', 'text')
    .addColumn('totp', 'text')
    .execute()
}

async function sessions(db: Any): Promise<void> {
  await db.schema
    .createTable('officer_session')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('officer', 'text', (column) => column.notNull().references('officer.id').onDelete('cascade'))
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('previous', 'text')
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('began_at', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addColumn('rotated_at', 'bigint', (column) => column.notNull())
    .addColumn('arrived', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('officer_session_previous').on('officer_session').column('previous').execute()
}

/** Goes with its conversation. */
async function notes(db: Any): Promise<void> {
  await db.schema
    .createTable('thread_note')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversation.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('mentions', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('thread_note_conversation').on('thread_note').columns(['conversation_id', 'at']).execute()
}

async function replies(db: Any): Promise<void> {
  await db.schema
    .createTable('canned_reply')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('citations', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
}

/** Whoever watches a conversation asks what was delivered just now. */
async function threads(db: Any): Promise<void> {
  await db.schema.createIndex('outbox_sent').on('outbox').column('sent_at').execute()
}
