/** Finds whom a leak touches: conversations and cases of a span, a page at a time. */
import type { ExpressionBuilder } from 'kysely'
import { recordSchema } from '../../bot/complaint/confirmed.ts'
import { type AffectedPerson, affectedPeople, type BreachSpan, type Touched } from '../../bot/privacy/breach.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'
import type { Tables } from './tables.ts'

const PAGE = 200

/** @returns the people whose conversations or cases the span touches; a telephone is known where a case of theirs that is touched holds one. */
export async function readAffected(store: Store, span: BreachSpan): Promise<readonly AffectedPerson[]> {
  const chats = await everyPage((after) => store.read((tx) => touchedChats(tx, span, after)))
  const cases = await everyPage((after) => store.read((tx) => touchedCases(tx, span, after)))
  return affectedPeople([...chats, ...cases])
}

interface Found {
  readonly key: string
  readonly touched: Touched
}

async function everyPage(read: (after: string) => Promise<readonly Found[]>): Promise<readonly Touched[]> {
  const all: Touched[] = []
  for (let after = ''; ; ) {
    const page = await read(after)
    all.push(...page.map(({ touched }) => touched))
    after = page.at(-1)?.key ?? after
    if (page.length < PAGE) return all
  }
}

async function touchedChats(tx: Tx, span: BreachSpan, after: string): Promise<readonly Found[]> {
  const chats = tx.selectFrom('conversation').select(['id', 'person', 'channel']).where('id', '>', after).where('created_at', '<', span.to)
  const there = span.channel === undefined ? chats : chats.where('channel', '=', span.channel)
  const within = span.scope === 'held' ? there : there.where((eb) => spokenIn(eb, span))
  const rows = await within.orderBy('id').limit(PAGE).execute()
  return rows.map(({ id, person, channel }) => ({ key: id, touched: { person, channel, number: null, phoneKnown: false } }))
}

function spokenIn(eb: ExpressionBuilder<Tables, 'conversation'>, { from, to }: BreachSpan) {
  const heard = eb.selectFrom('inbox').select('id').whereRef('inbox.conversation_id', '=', 'conversation.id')
  const said = eb.selectFrom('outbox').select('id').whereRef('outbox.conversation_id', '=', 'conversation.id')
  return eb.or([
    eb('created_at', '>=', from),
    eb.exists(heard.where('received_at', '>=', from).where('received_at', '<', to)),
    eb.exists(said.where('outbox.created_at', '>=', from).where('outbox.created_at', '<', to)),
  ])
}

async function touchedCases(tx: Tx, span: BreachSpan, after: string): Promise<readonly Found[]> {
  const cases = tx.selectFrom('complaint').select(['number', 'person', 'channel', 'record']).where('number', '>', after)
  const known = cases.where('confirmed_at', '<', span.to)
  const there = span.channel === undefined ? known : known.where('channel', '=', span.channel)
  const within = span.scope === 'held' ? there : there.where((eb) => doneIn(eb, span))
  const rows = await within.orderBy('number').limit(PAGE).execute()
  return rows.map(({ number, person, channel, record }) => ({ key: number, touched: { person, channel, number, phoneKnown: holdsPhone(record) } }))
}

function doneIn(eb: ExpressionBuilder<Tables, 'complaint'>, { from, to }: BreachSpan) {
  const events = eb.selectFrom('case_event').select('seq').whereRef('case_event.number', '=', 'complaint.number')
  return eb.or([eb('confirmed_at', '>=', from), eb.exists(events.where('at', '>=', from).where('at', '<', to))])
}

/** What cannot be read may hold one: whoever calls people looks into the case. */
function holdsPhone(record: string): boolean {
  const read = parsed(recordSchema, record)
  return read === undefined || read.facts.phone !== undefined
}
