/** Call-backs that people ask for themselves; where officers are told of work; words that wait for a supervisor. */
import type { Kysely } from 'kysely'

type Any = Kysely<unknown>

export async function up(db: Any): Promise<void> {
  await callBacks(db)
  await addresses(db)
  await told(db)
  await proposed(db)
}

async function callBacks(db: Any): Promise<void> {
  await db.schema
    .alterTable('call_back')
    .addColumn('changed_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('call_back').addColumn('consent', 'text').execute()
}

/** An address goes with its conversation and with its officer. */
async function addresses(db: Any): Promise<void> {
  await db.schema
    .createTable('alert_code')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('officer', 'text', (column) => column.notNull().references('officer.id').onDelete('cascade'))
    .addColumn('ends_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('alert_try')
    .addColumn('message', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversation.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('alert_try_conversation').on('alert_try').column('conversation_id').execute()
  await db.schema.createIndex('alert_try_at').on('alert_try').column('at').execute()
  await db.schema
    .createTable('alert_address')
    .addColumn('conversation_id', 'text', (column) => column.primaryKey().references('conversation.id').onDelete('cascade'))
    .addColumn('officer', 'text', (column) => column.notNull().unique().references('officer.id').onDelete('cascade'))
    .addColumn('connected_at', 'bigint', (column) => column.notNull())
    .execute()
}

async function told(db: Any): Promise<void> {
  await db.schema
    .createTable('alert_wish')
    .addColumn('officer', 'text', (column) => column.primaryKey().references('officer.id').onDelete('cascade'))
    .addColumn('off', 'text', (column) => column.notNull())
    .addColumn('night', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('alert_told')
    .addColumn('officer', 'text', (column) => column.notNull().references('officer.id').onDelete('cascade'))
    .addColumn('matter', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('outbox_id', 'text')
    .addPrimaryKeyConstraint('alert_told_key', ['officer', 'matter'])
    .execute()
  await db.schema.createIndex('alert_told_at').on('alert_told').column('at').execute()
}

/** Goes with its conversation. */
async function proposed(db: Any): Promise<void> {
  await db.schema
    .alterTable('officer')
    .addColumn('approval', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .createTable('proposed_words')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversation.id').onDelete('cascade'))
    .addColumn('episode', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('citations', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'bigint')
    .addColumn('reason', 'text')
    .execute()
  await db.schema.createIndex('proposed_words_conversation').on('proposed_words').columns(['conversation_id', 'at']).execute()
  await db.schema.createIndex('proposed_words_state').on('proposed_words').column('state').execute()
}
