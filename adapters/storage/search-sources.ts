/**
 * Where a search reads: a source lists its subjects (conversations or cases), then reads what was said in them, a page at a time. Every page is a `read` of its
 * own, and between two the service does what else is due: writers wait for one page at most.
 */
import { setImmediate as otherWork } from 'node:timers/promises'
import { z } from 'zod'
import { recordSchema } from '../../bot/complaint/confirmed.ts'
import { factsSchema } from '../../bot/complaint/facts.ts'
import type { CaseStatus } from '../../bot/complaint/status.ts'
import type { Owner } from '../../bot/conversation/owner.ts'
import { type Content, type Outgoing, wordsIn } from '../../bot/delivery/message.ts'
import type { Passage as AnyPassage } from '../../bot/search/gather.ts'
import type { Place, SearchKind } from '../../bot/search/kinds.ts'
import { isCitizens } from './alert-store.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'
import type { CaseEventTable, ComplaintTable } from './tables.ts'

export type Passage = AnyPassage<Place>

/** What narrows a search; times in milliseconds UTC, `to` is the first moment after. `owner` is of conversations only, `status` of cases only. */
export interface Narrowed {
  readonly channel?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly owner?: Owner | undefined
  readonly status?: CaseStatus | undefined
}

/** A conversation or a case, without what was said in it. */
export type Subject = ChatSubject | CaseSubject

export interface ChatSubject {
  readonly of: 'chat'
  readonly id: string
  readonly channel: string
  readonly owner: Owner
  /** Position of its last message. */
  readonly last: number
  readonly begunAt: number
  readonly changedAt: number
}

export interface CaseSubject {
  readonly of: 'case'
  readonly id: string
  readonly channel: string
  readonly status: CaseStatus
  readonly begunAt: number
  readonly changedAt: number
}

/** Some of what was said about a subject; a long conversation comes in several. */
export interface Heard {
  readonly subject: Subject
  readonly passages: readonly Passage[]
}

export interface Source {
  readonly kind: SearchKind
  /** @returns what was said, subject by subject, the latest change first. */
  readonly heard: (store: Store, narrowed: Narrowed) => AsyncIterable<Heard>
}

// ── listing ─────────────────────────────────────────────────────────────────────────────────────

const LISTED = 500

/** What was listed last. */
interface Mark {
  readonly changedAt: number
  readonly id: string
}
const FIRST: Mark = { changedAt: Number.MIN_SAFE_INTEGER, id: '' }

/**
 * Lists from the oldest change on: what changes meanwhile moves to the end and is not missed.
 * @returns the latest change first, each subject once.
 */
async function listed<S extends Subject>(store: Store, page: (tx: Tx, after: Mark) => Promise<readonly S[]>): Promise<readonly S[]> {
  const known = new Map<string, S>()
  for (let after: Mark | undefined = FIRST; after; ) {
    const from: Mark = after
    const some = await store.read((tx) => page(tx, from))
    for (const one of some) moveToEnd(known, one)
    after = some.length < LISTED ? undefined : some.at(-1)
    await otherWork()
  }
  return [...known.values()].reverse()
}

function moveToEnd<S extends Subject>(known: Map<string, S>, one: S): void {
  known.delete(one.id)
  known.set(one.id, one)
}

async function chatsPage(tx: Tx, narrowed: Narrowed, after: Mark): Promise<readonly ChatSubject[]> {
  const { channel, from, to, owner } = narrowed
  let query = tx
    .selectFrom('conversation')
    .select(['id', 'channel', 'owner', 'position as last', 'created_at as begunAt', 'updated_at as changedAt'])
    .where('updated_at', '>=', after.changedAt)
    .where((eb) => eb.or([eb('updated_at', '>', after.changedAt), eb('id', '>', after.id)]))
    .where((eb) => isCitizens(eb, 'conversation.id'))
  if (channel !== undefined) query = query.where('channel', '=', channel)
  if (owner !== undefined) query = query.where('owner', '=', owner)
  if (from !== undefined) query = query.where('updated_at', '>=', from)
  if (to !== undefined) query = query.where('created_at', '<', to)
  const rows = await query.orderBy('updated_at').orderBy('id').limit(LISTED).execute()
  return rows.map((row) => ({ of: 'chat', ...row, owner: row.owner as Owner }))
}

async function casesPage(tx: Tx, narrowed: Narrowed, after: Mark): Promise<readonly CaseSubject[]> {
  const { channel, from, to, status } = narrowed
  let query = tx
    .selectFrom('complaint')
    .select(['number as id', 'channel', 'status', 'confirmed_at as begunAt', 'updated_at as changedAt'])
    .where('updated_at', '>=', after.changedAt)
    .where((eb) => eb.or([eb('updated_at', '>', after.changedAt), eb('number', '>', after.id)]))
  if (channel !== undefined) query = query.where('channel', '=', channel)
  if (status !== undefined) query = query.where('status', '=', status)
  if (from !== undefined) query = query.where('updated_at', '>=', from)
  if (to !== undefined) query = query.where('confirmed_at', '<', to)
  const rows = await query.orderBy('updated_at').orderBy('number').limit(LISTED).execute()
  return rows.map((row) => ({ of: 'case', ...row }))
}

/** A narrowing that only the other kind knows leaves nothing of this one. */
const chats: Listing<ChatSubject> = async (store, narrowed) =>
  narrowed.status === undefined ? listed(store, (tx, after) => chatsPage(tx, narrowed, after)) : []
const cases: Listing<CaseSubject> = async (store, narrowed) =>
  narrowed.owner === undefined ? listed(store, (tx, after) => casesPage(tx, narrowed, after)) : []

type Listing<S> = (store: Store, narrowed: Narrowed) => Promise<readonly S[]>

// ── what was said in chats ──────────────────────────────────────────────────────────────────────

/** Messages read at once. */
const MESSAGES = 100

interface Slice {
  readonly chats: readonly ChatSubject[]
  readonly after: number
  readonly upTo: number
}

/** Short conversations together, a long one in several slices. */
function* slicesOf(all: readonly ChatSubject[]): Generator<Slice> {
  let together: ChatSubject[] = []
  let size = 0
  for (const chat of all) {
    if (size + chat.last > MESSAGES) {
      yield* cut(together)
      ;[together, size] = [[], 0]
    }
    together.push(chat)
    size += chat.last
  }
  yield* cut(together)
}

function* cut(together: readonly ChatSubject[]): Generator<Slice> {
  const last = Math.max(0, ...together.map((chat) => chat.last))
  for (let after = 0; after < last; after += MESSAGES) yield { chats: together, after, upTo: after + MESSAGES }
}

async function* readMessages(store: Store, all: readonly ChatSubject[]): AsyncGenerator<Heard> {
  for (const slice of slicesOf(all)) {
    await otherWork()
    const [inbox, outbox] = await store.read((tx) => messagesOf(tx, slice))
    const said = grouped([
      ...inbox.map(({ of, ...row }) => [of, received(row)] as const),
      ...outbox.map(({ of, ...row }) => [of, sent(row)] as const),
    ])
    yield* slice.chats.map((subject) => ({ subject, passages: said.get(subject.id) ?? [] }))
  }
}

async function messagesOf(tx: Tx, { chats, after, upTo }: Slice) {
  const ids = chats.map((chat) => chat.id)
  const inbox = tx.selectFrom('inbox').select(['conversation_id as of', 'content as json', 'received_at as at'])
  const outbox = tx.selectFrom('outbox').select(['conversation_id as of', 'body as json', 'created_at as at'])
  return [
    await inbox.where('conversation_id', 'in', ids).where('position', '>', after).where('position', '<=', upTo).execute(),
    await outbox.where('conversation_id', 'in', ids).where('position', '>', after).where('position', '<=', upTo).execute(),
  ] as const
}

interface Row {
  readonly json: string
  readonly at: number
}

/** What another version wrote has no words here. */
const ofSomeKind = (value: unknown): boolean => typeof value === 'object' && value !== null && 'kind' in value
const contentSchema = z.custom<Content>(ofSomeKind)
const outgoingSchema = z.custom<Outgoing>(ofSomeKind)

function received({ json, at }: Row): Passage | undefined {
  const content = parsed(contentSchema, json)
  return content && { place: content.kind === 'officer' ? 'officer' : 'person', text: wordsIn(content), at }
}

function sent({ json, at }: Row): Passage | undefined {
  const body = parsed(outgoingSchema, json)
  return body?.kind === 'reply' ? { place: body.author === 'staff' ? 'officer' : 'assistant', text: body.text, at } : undefined
}

function grouped(said: readonly (readonly [string, Passage | undefined])[]): ReadonlyMap<string, Passage[]> {
  const groups = new Map<string, Passage[]>()
  for (const [of, passage] of said) {
    const group = groups.get(of)
    if (passage?.text && group) group.push(passage)
    else if (passage?.text) groups.set(of, [passage])
  }
  return groups
}

// ── what cases tell ─────────────────────────────────────────────────────────────────────────────

/** Cases read at once. */
const CASES = 25

function* chunksOf<T>(all: readonly T[], most: number): Generator<readonly T[]> {
  for (let i = 0; i < all.length; i += most) yield all.slice(i, i + most)
}

async function* readCaseWords(store: Store, all: readonly CaseSubject[]): AsyncGenerator<Heard> {
  for (const some of chunksOf(all, CASES)) {
    await otherWork()
    const [rows, events] = await store.read(async (tx) => [await recordsOf(tx, some), await eventsOf(tx, some)] as const)
    const said = grouped([
      ...rows.flatMap((row) => ofCase(row.number, recordPassages(row))),
      ...events.flatMap((row) => ofCase(row.number, toldIn(row))),
    ])
    yield* some.map((subject) => ({ subject, passages: said.get(subject.id) ?? [] }))
  }
}

const ofCase = (number: string, passages: readonly Passage[]) => passages.map((passage) => [number, passage] as const)
const numbersOf = (some: readonly CaseSubject[]): readonly string[] => some.map((one) => one.id)

function recordsOf(tx: Tx, some: readonly CaseSubject[]) {
  return tx.selectFrom('complaint').select(['number', 'record', 'confirmed_at']).where('number', 'in', numbersOf(some)).execute()
}

function eventsOf(tx: Tx, some: readonly CaseSubject[]) {
  return tx.selectFrom('case_event').selectAll().where('number', 'in', numbersOf(some)).orderBy('number').orderBy('seq').execute()
}

/** Without the sealed account, of which nobody searches. */
function recordPassages({ number, record, confirmed_at: at }: Pick<ComplaintTable, 'number' | 'record' | 'confirmed_at'>): Passage[] {
  const read = parsed(recordSchema, record)
  const head: Passage = { place: 'number', text: number, at }
  if (!read) return [head]
  const captions = read.evidence.map(({ caption }) => caption)
  return [head, { place: 'story', text: `${read.issueTitle}. ${read.story}`, at }, ...told(read.facts, captions, at)]
}

const TOLD_FACTS = [
  ...(['respondent', 'platform', 'link', 'respondentPhone', 'goods', 'order', 'amount', 'promised', 'contacted'] as const),
  ...(['name', 'phone', 'commune', 'email'] as const),
] satisfies readonly (keyof z.infer<typeof factsSchema>)[]

function told(facts: z.infer<typeof factsSchema>, captions: readonly string[], at: number): Passage[] {
  return [
    { place: 'facts', text: listedWords(TOLD_FACTS.map((name) => facts[name]?.value)), at },
    { place: 'files', text: listedWords(captions), at },
  ]
}

/** With a semicolon between, which stands inside no number. */
const listedWords = (words: readonly (string | number | undefined)[]): string => words.filter(Boolean).join('; ')

const detailSchema = z.object({
  facts: factsSchema.default({}),
  evidence: z.array(z.object({ caption: z.string() })).default([]),
  why: z.string().default(''),
})

/** What the person added or said of it, and what they were told. */
function toldIn({ actor, words, detail, at }: CaseEventTable): Passage[] {
  const read = parsed(detailSchema, detail)
  const captions = read?.evidence.map(({ caption }) => caption) ?? []
  const theirs = actor === 'person'
  return [
    { place: theirs ? 'added' : 'told', text: words, at },
    ...(theirs ? [{ place: 'added' as const, text: read?.why ?? '', at }] : []),
    ...told(read?.facts ?? {}, captions, at),
  ]
}

// ── what the office wrote for itself ────────────────────────────────────────────────────────────

/** Conversations whose notes are read at once. */
const NOTED = 100

async function* readChatNotes(store: Store, all: readonly ChatSubject[]): AsyncGenerator<Heard> {
  for (const some of chunksOf(all, NOTED)) {
    await otherWork()
    const said = grouped(await store.read((tx) => notesOf(tx, some)))
    yield* some.map((subject) => ({ subject, passages: said.get(subject.id) ?? [] }))
  }
}

async function notesOf(tx: Tx, some: readonly ChatSubject[]): Promise<(readonly [string, Passage])[]> {
  const ids = some.map((chat) => chat.id)
  const notes = await tx.selectFrom('thread_note').select(['conversation_id as of', 'text', 'at']).where('conversation_id', 'in', ids).execute()
  const episodes = tx.selectFrom('episode').select(['conversation_id as of', 'outcome', 'ended_at'])
  const outcomes = await episodes.where('conversation_id', 'in', ids).where('outcome', 'is not', null).execute()
  return [
    ...notes.map(({ of, text, at }) => [of, { place: 'note', text, at }] as const),
    ...outcomes.map(({ of, outcome, ended_at: at }) => [of, { place: 'outcome', text: outcome ?? '', at: at ?? 0 }] as const),
  ]
}

async function* readCaseNotes(store: Store, all: readonly CaseSubject[]): AsyncGenerator<Heard> {
  for (const some of chunksOf(all, CASES)) {
    await otherWork()
    const events = await store.read((tx) => eventsOf(tx, some))
    const said = grouped(events.flatMap((row) => ofCase(row.number, notedIn(row))))
    yield* some.map((subject) => ({ subject, passages: said.get(subject.id) ?? [] }))
  }
}

/** Beside the note: why a body was chosen, why a case is kept. */
function notedIn({ actor, note, detail, at }: CaseEventTable): Passage[] {
  const why = actor === 'person' ? '' : (parsed(detailSchema, detail)?.why ?? '')
  return [note, why].map((text) => ({ place: 'note', text, at }))
}

// ── all of them ─────────────────────────────────────────────────────────────────────────────────

/** Ties what is listed to what reads it. */
function source<S extends Subject>(kind: SearchKind, subjects: Listing<S>, read: (store: Store, some: readonly S[]) => AsyncIterable<Heard>): Source {
  return {
    kind,
    heard: async function* (store, narrowed) {
      yield* read(store, await subjects(store, narrowed))
    },
  }
}

/** What stands beside a conversation or a case later is one more of these. */
export const SOURCES: readonly Source[] = [
  source('chat', chats, readMessages),
  source('case', cases, readCaseWords),
  source('note', chats, readChatNotes),
  source('note', cases, readCaseNotes),
]
