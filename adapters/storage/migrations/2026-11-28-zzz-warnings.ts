/** Public warnings with all that happened to them, who subscribed and what was sent to whom; and the list of names that authorities have made public. */
import type { Kysely } from 'kysely'

type Any = Kysely<unknown>

export async function up(db: Any): Promise<void> {
  await warnings(db)
  await subscribers(db)
  await violators(db)
}

async function warnings(db: Any): Promise<void> {
  await db.schema
    .createTable('warning')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('shown', 'text')
    .addColumn('writers', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('made_at', 'bigint', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('first_shown_at', 'bigint')
    .addColumn('shown_at', 'bigint')
    .execute()
  await db.schema.createIndex('warning_changed').on('warning').column('changed_at').execute()
  await db.schema
    .createTable('warning_step')
    .addColumn('warning_id', 'text', (column) => column.notNull().references('warning.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('content', 'text')
    .addPrimaryKeyConstraint('warning_step_key', ['warning_id', 'seq'])
    .execute()
  await db.schema
    .createTable('warning_case')
    .addColumn('warning_id', 'text', (column) => column.notNull().references('warning.id').onDelete('cascade'))
    .addColumn('number', 'text', (column) => column.notNull().references('complaint.number').onDelete('cascade'))
    .addPrimaryKeyConstraint('warning_case_key', ['warning_id', 'number'])
    .execute()
  await db.schema.createIndex('warning_case_number').on('warning_case').column('number').execute()
}

/** Both go with the conversation: who is erased is told nothing any more. */
async function subscribers(db: Any): Promise<void> {
  await db.schema
    .createTable('subscriber')
    .addColumn('conversation_id', 'text', (column) => column.primaryKey().references('conversation.id').onDelete('cascade'))
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('message', 'text')
    .addColumn('ended_at', 'bigint')
    .execute()
  await db.schema
    .createTable('warning_delivery')
    .addColumn('warning_id', 'text', (column) => column.notNull().references('warning.id').onDelete('cascade'))
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversation.id').onDelete('cascade'))
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('outbox_id', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('warning_delivery_key', ['warning_id', 'conversation_id'])
    .execute()
  await db.schema.createIndex('warning_delivery_conversation').on('warning_delivery').columns(['conversation_id', 'state']).execute()
  await db.schema.createIndex('warning_delivery_outbox').on('warning_delivery').column('outbox_id').execute()
}

async function violators(db: Any): Promise<void> {
  await db.schema
    .createTable('violator_batch')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'bigint')
    .addColumn('reason', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('violator')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('batch_id', 'text', (column) => column.notNull().references('violator_batch.id').onDelete('cascade'))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('entry', 'text', (column) => column.notNull())
    .addColumn('ends_on', 'text')
    .addColumn('replaces', 'text')
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('violator_batch_rows').on('violator').column('batch_id').execute()
  await db.schema.createIndex('violator_status').on('violator').columns(['status', 'name']).execute()
  await db.schema.createIndex('violator_identity').on('violator').columns(['identity', 'status']).execute()
  await db.schema
    .createTable('violator_key')
    .addColumn('violator_id', 'text', (column) => column.notNull().references('violator.id').onDelete('cascade'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('violator_key_key', ['violator_id', 'kind', 'key'])
    .execute()
  await db.schema.createIndex('violator_key_found').on('violator_key').columns(['key', 'kind']).execute()
}
