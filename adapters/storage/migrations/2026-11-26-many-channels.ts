/** Messaging platforms: replies in several parts, replies that wait for the person, files still to be fetched, one matter on several channels, erasures asked for in the chat. */
import { type Kysely, sql } from 'kysely'

type Any = Kysely<unknown>

export async function up(db: Any): Promise<void> {
  await parts(db)
  await matters(db)
  await downloads(db)
  await usage(db)
}

async function parts(db: Any): Promise<void> {
  for (const column of ['delivered', 'sending', 'doubts'])
    await db.schema
      .alterTable('outbox')
      .addColumn(column, 'bigint', (c) => c.notNull().defaultTo(0))
      .execute()
  await db.schema.createIndex('outbox_held').on('outbox').columns(['conversation_id', 'position']).where(sql.ref('state'), '=', 'held').execute()
  // Each channel has its own loop: what waits for one must not be read through by the others.
  await db.schema.dropIndex('outbox_due').execute()
  await db.schema
    .createIndex('outbox_due')
    .on('outbox')
    .columns(['channel', 'next_attempt_at', 'created_at'])
    .where(sql.ref('state'), '=', 'pending')
    .execute()
}

async function matters(db: Any): Promise<void> {
  await db.schema.alterTable('conversation').addColumn('heard_at', 'bigint').execute()
  await db.schema.alterTable('conversation').addColumn('matter', 'text').execute()
  await db.schema.createIndex('conversation_matter').on('conversation').column('matter').where(sql.ref('matter'), 'is not', null).execute()
  await db.schema
    .createTable('transfer')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversation.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .execute()
  await db.schema.createIndex('transfer_conversation').on('transfer').column('conversation_id').execute()
  await db.schema
    .createTable('erasure')
    .addColumn('conversation_id', 'text', (column) => column.primaryKey().references('conversation.id').onDelete('cascade'))
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .execute()
}

async function downloads(db: Any): Promise<void> {
  await db.schema
    .createTable('download')
    .addColumn('inbox_id', 'text', (column) => column.primaryKey().references('inbox.id').onDelete('cascade'))
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversation.id').onDelete('cascade'))
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('attempts', 'bigint', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_until', 'bigint')
    .execute()
  await db.schema.createIndex('download_conversation').on('download').columns(['conversation_id', 'position']).execute()
  await db.schema.createIndex('download_due').on('download').column('next_attempt_at').execute()
}

async function usage(db: Any): Promise<void> {
  await db.schema
    .createTable('usage')
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('received', 'bigint', (column) => column.notNull())
    .addColumn('sent', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('usage_month', ['channel', 'month'])
    .execute()
}
