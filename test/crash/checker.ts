/**
 * Compares the history with the disk and with what people were shown, once all is quiet. Reads the file itself and no code of the storage, so that both cannot be wrong
 * in the same way; only the chain of the audit is verified by the code that made it.
 *
 *   I1 I10 lost, invented, twice, changed, taken_twice       I6 order, event order       I8 lease, stop
 *   I2     undecided, decided_twice                          I7 erased_*, forgotten      I9 integrity, foreign_keys, audit
 *   I3     no_reply, second_reply, duplicate_reply, undelivered, event_*, tab_*; on the platforms phone_*, see phone-checker.ts
 *   Of the platforms also told_lost, told_twice, told_invented, told_changed, told_order, told_file, and not_silent.
 *   I4, I5 of cases and of what the intake got of them: case_*, handed_*, not_handed, see case-checker.ts
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type ChainedEntry, verify } from '../../bot/audit/chain.ts'
import { diedOf } from '../canary.ts'
import type { FakeIntake } from '../fakes/intake.ts'
import { type CaseRow, checkCases, type HandoverRow } from './case-checker.ts'
import type { History, PlatformEvent, StreamEvent, Violation } from './history.ts'
import { checkPhone, checkRepeats, type Phone } from './phone-checker.ts'
import type { Platforms } from './platforms.ts'
import type { Tab } from './sse.ts'

interface Conversation {
  readonly id: string
  readonly channel: string
  readonly address: string
  readonly person: string
  readonly owner: string
  readonly ownership: string
  readonly event_number: number
  readonly pending: number
  readonly pending_since: number | null
}
interface Inbox {
  readonly id: string
  readonly channel: string
  readonly external_id: string
  readonly conversation_id: string
  readonly position: number
  readonly content: string
}
interface Decision {
  readonly inbox_id: string
  readonly conversation_id: string
  readonly kind: string
  readonly reason: string | null
  readonly episode: number
}
interface Outbox {
  readonly id: string
  readonly channel: string
  readonly conversation_id: string
  readonly position: number
  readonly body: string
  readonly inbox_id: string | null
  readonly author: string
  readonly state: string
}
interface WebEvent extends StreamEvent {
  readonly conversation_id: string
  readonly key: string
}
interface Episode {
  readonly conversation_id: string
  readonly number: number
  readonly owner: string
  readonly ended_at: number | null
}

/** Everything on the disk, read in one go. */
interface Found {
  readonly conversations: readonly Conversation[]
  readonly inbox: readonly Inbox[]
  readonly decisions: readonly Decision[]
  readonly outbox: readonly Outbox[]
  readonly events: readonly WebEvent[]
  readonly episodes: readonly Episode[]
  readonly files: readonly { readonly id: string; readonly hash: string }[]
  readonly audit: readonly ChainedEntry[]
  readonly cases: readonly CaseRow[]
  readonly handovers: readonly HandoverRow[]
}

type Say = (code: string, detail: string) => void

/** What is still to be done; empty when all is quiet. */
export function unfinished(folder: string): string[] {
  return reading(folder, (file) => {
    const waiting = file.prepare("select external_id, state, attempts from inbox where state in ('waiting', 'fetching')").all()
    const erasing = file.prepare('select conversation_id, asked_at from erasure').all()
    // What stands behind something that is held waits with it.
    const behind = "exists (select 1 from outbox h where h.conversation_id = o.conversation_id and h.position < o.position and h.state = 'held')"
    const unsent = file
      .prepare(`select id, channel, attempts, next_attempt_at, trouble, lease_until from outbox o where state = 'pending' and not ${behind}`)
      .all()
    const unhanded = file.prepare("select id, attempts, next_attempt_at, trouble, lease_until from handover where state = 'pending'").all()
    return [
      ...unhanded.map((row) => `not handed over ${JSON.stringify(row)}`),
      ...waiting.map((row) => `undecided ${JSON.stringify(row)}`),
      ...unsent.map((row) => `unsent ${JSON.stringify(row)}`),
      ...erasing.map((row) => `unerased ${JSON.stringify(row)}`),
    ]
  })
}

/** @returns "channel:chat" of everybody for whom something is held until they write again */
export function heldFor(folder: string): readonly string[] {
  const query =
    "select distinct c.channel || ':' || c.address as who from outbox o join conversation c on c.id = o.conversation_id where o.state = 'held'"
  return reading(folder, (file) => (file.prepare(query).all() as { who: string }[]).map(({ who }) => who))
}

/** @returns how many replies wait for a time that has not come, by the clock of the service */
export function putOff(folder: string, now: number): number {
  const query = "select count(*) as count from outbox where state = 'pending' and (next_attempt_at > ? or lease_until > ?)"
  return reading(folder, (file) => (file.prepare(query).get(now, now) as { count: number }).count)
}

/** @returns numbers of the cases that wait for a time that has not come before they are handed over again */
export function handingPutOff(folder: string, now: number): readonly string[] {
  const query = "select number from handover where state = 'pending' and lease_until is null and next_attempt_at > ?"
  return reading(folder, (file) => (file.prepare(query).all(now) as { number: string }[]).map(({ number }) => number))
}

function reading<T>(folder: string, read: (file: Database.Database) => T): T {
  const file = new Database(join(folder, 'an-tam.sqlite'), { readonly: true, timeout: 5_000 })
  try {
    return read(file)
  } finally {
    file.close()
  }
}

/** @returns how many events a visitor's stream holds, by visitor */
export function streamLengths(folder: string): ReadonlyMap<string, number> {
  const read = (file: Database.Database) => file.prepare('select address, event_number from conversation').all() as Conversation[]
  return new Map(reading(folder, read).map((row) => [row.address, row.event_number]))
}

/** Who was on the platforms, and how these behaved. */
export interface Elsewhere {
  readonly platforms: Platforms | undefined
  readonly people: ReadonlyMap<string, Phone>
  /** Where there are cases. */
  readonly intake?: FakeIntake
}

/** Checks the quiet service. `tabs`: everything that anybody was shown since the last restored backup, fresh tabs read from the beginning included. */
export async function check(folder: string, history: History, tabs: readonly Tab[], elsewhere: Elsewhere): Promise<readonly Violation[]> {
  const violations: Violation[] = []
  const say: Say = (code, detail) => void violations.push({ code, detail })
  reading(folder, (file) => checkFile(file, say))
  const found = reading(folder, readAll)
  checkInbox(found, history, say)
  checkTold(found, history, say)
  checkDecisions(found, elsewhere.people, say)
  checkStreams(found, say)
  checkSilence(found, say)
  checkTakeovers(found, say)
  checkOwners(found, say)
  checkDeeds(found, history, say)
  checkErased(found, history, say)
  checkFiles(found, folder, history, say)
  checkTabs(found, tabs, say)
  checkPhones(found, history, elsewhere, say)
  if (elsewhere.intake) checkCases(found, shownTo(tabs, elsewhere), elsewhere.intake, history, say)
  const verdict = await verify(found.audit)
  if (!verdict.ok) say('audit', `entry ${verdict.number}: ${verdict.why}`)
  history.counts.checked++
  for (const { inbox_id } of found.decisions) history.counts.decided.add(inbox_id)
  for (const { id, inbox_id, author } of found.outbox) if (inbox_id && author === 'assistant') history.counts.replied.add(id)
  return violations
}

function checkFile(file: Database.Database, say: Say): void {
  const integrity = file.pragma('integrity_check', { simple: true })
  if (integrity !== 'ok') say('integrity', String(integrity))
  const foreign = file.pragma('foreign_key_check') as unknown[]
  if (foreign.length > 0) say('foreign_keys', JSON.stringify(foreign.slice(0, 3)))
}

function readAll(file: Database.Database): Found {
  const all = <T>(query: string) => file.prepare(query).all() as T[]
  // One transaction: the officers' timers may still write.
  return file.transaction(() => ({
    conversations: all<Conversation>('select * from conversation'),
    inbox: all<Inbox>('select * from inbox order by conversation_id, position'),
    decisions: all<Decision>('select * from decision'),
    outbox: all<Outbox>('select * from outbox order by conversation_id, position'),
    events: all<WebEvent>('select * from web_event order by conversation_id, number'),
    episodes: all<Episode>('select * from episode order by conversation_id, number'),
    files: all<{ id: string; hash: string }>('select * from attachment'),
    audit: all<ChainedEntry>('select * from audit order by number'),
    cases: all<CaseRow>('select * from complaint'),
    handovers: all<HandoverRow>('select * from handover'),
  }))()
}

function grouped<T>(rows: readonly T[], key: (row: T) => string | null): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const name = key(row)
    if (name === null) continue
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return groups
}

const WEB = 'web'

// ── what was taken ──────────────────────────────────────────────────────────────────────────────

function checkInbox({ inbox }: Found, history: History, say: Say): void {
  const rows = grouped(inbox, (row) => (row.channel === WEB ? row.external_id : null))
  for (const [name, message] of history.sent) {
    if (history.isDue(message) && !rows.has(name)) say('lost', `${name} was acknowledged and is not in the inbox`)
  }
  for (const [name, [first, second]] of rows) {
    const message = history.sent.get(name)
    if (second) say('twice', `${name} is in the inbox twice`)
    if (!message) say('invented', `${name} was never sent`)
    else if (first && wordsOf(first) !== message.kept) say('changed', `${name} is not what was sent`)
  }
  checkOrder(rows, history, say)
}

/** What a platform was told is taken is there, once, in its place, and nothing else. */
function checkTold({ inbox, files }: Found, history: History, say: Say): void {
  const rows = grouped(inbox, (row) => (row.channel === WEB ? null : `${row.channel} ${nameOf(row)}`))
  const kept = new Set(files.map((file) => file.id))
  const events = new Map(history.events.filter(({ name }) => name !== '').map((event) => [`${event.channel} ${event.name}`, event]))
  for (const [key, event] of events) {
    const [row, second] = rows.get(key) ?? []
    const due = event.ackedAt !== undefined && event.due && !event.forgiven && !event.leaving
    if (!row && due) say('told_lost', `${key} (${event.kind}) was acknowledged and is not in the inbox`)
    if (second) say('told_twice', `${key} is in the inbox twice`)
    if (row) checkToldRow(event, row, kept, say)
  }
  for (const [key, [row]] of rows) if (!events.has(key) && row && kindOf(row) !== 'joined') say('told_invented', `${key} never happened`)
  checkToldOrder(rows, events, say)
}

function checkToldRow(event: PlatformEvent, row: Inbox, files: ReadonlySet<string>, say: Say): void {
  const { kind, attachment, reason } = JSON.parse(row.content) as { kind: string; attachment?: string; reason?: string }
  if (event.gone) say('erased_back', `${row.channel} ${row.external_id}`)
  if (event.kept !== undefined && wordsOf(row) !== event.kept) say('told_changed', `${row.channel} ${row.external_id} is not what was sent`)
  if (event.kind === 'file' && !files.has(attachment ?? '')) say('told_file', `${row.external_id} is ${kind}, ${reason ?? attachment}`)
}

function checkToldOrder(rows: ReadonlyMap<string, readonly Inbox[]>, events: ReadonlyMap<string, PlatformEvent>, say: Say): void {
  for (const own of grouped([...events.entries()], ([, { channel, address }]) => `${channel}:${address}`).values()) {
    const placed = own.flatMap(([key, event]) => rows.get(key)?.map((row) => ({ key, event, row })) ?? [])
    for (const one of placed) {
      const before = placed.find((other) => isBefore(one.event, other.event) && one.row.position > other.row.position)
      if (before && before.row.conversation_id === one.row.conversation_id)
        say('told_order', `${one.key} was acknowledged before ${before.key} was sent, and stands after it`)
    }
  }
}

/** The platform's own name of an event: adapters put theirs before it. */
function nameOf({ channel, external_id }: Inbox): string {
  if (channel === 'zalo-oa') return external_id.replace(/^m:/, '')
  return channel === 'zalo-bot' ? (external_id.split(':').at(-1) ?? '') : external_id
}

const kindOf = ({ content }: Inbox): string => (JSON.parse(content) as { kind: string }).kind

function wordsOf({ content }: Inbox): string {
  const read = JSON.parse(content) as { text?: string; caption?: string }
  return read.text ?? read.caption ?? ''
}

/** What was acknowledged before another was first tried must stand before it. */
function checkOrder(rows: ReadonlyMap<string, readonly Inbox[]>, history: History, say: Say): void {
  for (const own of grouped([...history.sent.entries()], ([, message]) => message.visitor).values()) {
    const placed = own.flatMap(([name, message]) => rows.get(name)?.map((row) => ({ message, position: row.position })) ?? [])
    for (const one of placed) {
      const before = placed.find((other) => isBefore(one.message, other.message) && one.position > other.position)
      if (before)
        say(
          'order',
          `${one.message.visitor}:${one.message.clientId} was acknowledged before ${before.message.clientId} was sent, and stands after it`,
        )
    }
  }
}

interface Timed {
  readonly firstTriedAt: number
  readonly ackedAt?: number
}

function isBefore(one: Timed, other: Timed): boolean {
  return one.ackedAt !== undefined && one.ackedAt < other.firstTriedAt
}

// ── what was decided ────────────────────────────────────────────────────────────────────────────

/**
 * Reasons of decisions that are told also where an officer owns the conversation: what people want done with their own data waits for nobody, and who moved to
 * another channel by a code is told that the officer has come along.
 */
const BESIDE_OFFICERS: ReadonlySet<string> = new Set(['own_data', 'erasing', 'kept', 'transfer_continued'])
const SILENT: ReadonlySet<string> = new Set(['for_staff', 'ignored'])

function checkDecisions({ inbox, decisions, outbox, conversations }: Found, people: ReadonlyMap<string, Phone>, say: Say): void {
  const decided = grouped(decisions, (row) => row.inbox_id)
  const replies = grouped(outbox, (row) => (row.inbox_id && row.author === 'assistant' ? row.inbox_id : null))
  for (const { id, external_id } of inbox) {
    const [decision, second] = decided.get(id) ?? []
    if (!decision) say('undecided', external_id)
    if (second) say('decided_twice', external_id)
    if (decision) checkReplies(decision, replies.get(id) ?? [], external_id, say)
  }
  const addresses = new Map(conversations.map((row) => [row.id, `${row.channel}:${row.address}`]))
  for (const row of outbox) {
    const blocked = people.get(addresses.get(row.conversation_id) ?? '')?.blocked ?? false
    const fine = row.state === 'sent' || row.state === 'moved' || (blocked && (row.state === 'held' || row.state === 'pending'))
    if (!fine) say('undelivered', `${row.channel} ${row.id} is ${row.state}`)
  }
  for (const row of conversations) if (row.pending !== 0 || row.pending_since !== null) say('lane', `${row.id} says that ${row.pending} wait`)
}

function checkReplies({ kind }: Decision, replies: readonly Outbox[], name: string, say: Say): void {
  const due = SILENT.has(kind) ? 0 : 1
  if (replies.length < due) say('no_reply', `${name}: ${kind}`)
  if (replies.length > due) say('second_reply', `${name}: ${kind} has ${replies.length} replies`)
}

/**
 * No answer of the assistant stands where an officer owned the conversation. Judged by the order of the commits and by the number of the episode, never by a time: the
 * clock is jumping.
 */
function checkSilence({ inbox, outbox, decisions, episodes }: Found, say: Say): void {
  const beside = besideOfficers(decisions)
  for (const [id, rows] of grouped(outbox, (row) => row.conversation_id)) {
    let owner = 'bot'
    for (const row of rows) {
      const body = JSON.parse(row.body) as { kind: string; owner?: string }
      if (body.kind === 'owner') owner = body.owner ?? owner
      else if (row.author === 'assistant' && row.inbox_id && !beside.has(row.inbox_id) && (owner === 'staff' || owner === 'closed'))
        say('talked_over', `${id} at ${row.position}`)
    }
  }
  const owners = new Map(episodes.map((row) => [`${row.conversation_id} ${row.number}`, row.owner]))
  const unanswered = new Set(inbox.filter((row) => ['officer', 'joined', 'group'].includes(kindOf(row))).map((row) => row.id))
  for (const { inbox_id, conversation_id, episode, kind } of decisions) {
    if (unanswered.has(inbox_id) || beside.has(inbox_id)) continue
    const owner = owners.get(`${conversation_id} ${episode}`)
    if (SILENT.has(kind) !== (owner === 'staff')) say('talked_over', `${kind} in episode ${episode} of ${conversation_id}, owned by ${owner}`)
  }
}

/** @returns the messages that were answered although an officer may have owned the conversation. */
function besideOfficers(decisions: readonly Decision[]): ReadonlySet<string> {
  return new Set(decisions.filter(({ reason }) => BESIDE_OFFICERS.has(reason ?? '')).map(({ inbox_id }) => inbox_id))
}

/** From the moment an officer wrote in the platform's own console the assistant is silent, until somebody hands the conversation back. */
function checkTakeovers({ inbox, outbox, decisions, episodes }: Found, say: Say): void {
  const owners = new Map(episodes.map((row) => [`${row.conversation_id} ${row.number}`, row.owner]))
  const decided = new Map(decisions.map((row) => [row.inbox_id, row]))
  const rows = new Map(inbox.map((row) => [row.id, row]))
  const beside = besideOfficers(decisions)
  const own = grouped(
    outbox.filter((row) => !beside.has(row.inbox_id ?? '')),
    (row) => row.conversation_id,
  )
  for (const { id, conversation_id, position } of inbox.filter((row) => kindOf(row) === 'officer')) {
    const owner = owners.get(`${conversation_id} ${decided.get(id)?.episode}`)
    if (owner !== 'staff') say('not_silent', `${owner} owns ${conversation_id} after an officer wrote`)
    const later = (own.get(conversation_id) ?? []).filter((row) => row.position > position)
    const back =
      later.find((row) => row.author === 'owner' && (JSON.parse(row.body) as { owner: string }).owner !== 'staff')?.position ??
      Number.POSITIVE_INFINITY
    const spoke = later.find((row) => row.author === 'assistant' && (rows.get(row.inbox_id ?? '')?.position ?? 0) > position && row.position < back)
    if (spoke) say('talked_over', `${conversation_id}: ${spoke.id} after an officer wrote at ${position}`)
  }
}

function checkOwners({ conversations, episodes }: Found, say: Say): void {
  const own = grouped(episodes, (row) => row.conversation_id)
  for (const { id, owner, ownership } of conversations) {
    const rows = own.get(id) ?? []
    const last = rows.at(-1)
    const now = JSON.parse(ownership) as { owner: string; episode: number }
    const open = rows.filter((row) => row.ended_at === null).length
    if (rows.some((row, i) => row.number !== i + 1) || open !== 1) say('episodes', `${id}: ${rows.length} episodes, ${open} open`)
    if (last?.owner !== owner || now.owner !== owner || now.episode !== last.number) say('episodes', `${id}: ${owner}, ${last?.owner}, ${now.owner}`)
  }
}

/** What an officer was told is done is done once, and audited; nobody speaks in an officer's name. */
function checkDeeds({ outbox, audit, conversations }: Found, { deeds, leaving }: History, say: Say): void {
  const there = new Set(
    conversations.filter((row) => !leaving.has(row.channel === WEB ? row.address : `${row.channel}:${row.address}`)).map((row) => row.id),
  )
  const words = grouped(
    // What went out elsewhere is there as another row.
    outbox.filter((row) => row.author === 'staff' && row.state !== 'moved'),
    (row) => (JSON.parse(row.body) as { text: string }).text,
  )
  const certain = deeds.filter((deed) => deed.result === 'changed')
  for (const { kind, text, conversation } of certain) {
    const count = words.get(text)?.length ?? 0
    if (kind === 'write' && there.has(conversation) && count !== 1) say('officer_words', `"${text}" was said ${count} times`)
  }
  const known = new Set(deeds.map((deed) => deed.text))
  for (const text of words.keys()) if (!known.has(text)) say('officer_words', `"${text}" was said by nobody`)
  const audited = audit.filter((entry) => entry.action.startsWith('owner.')).length
  if (audited < certain.length || audited > deeds.length) say('audit', `${audited} entries for ${certain.length} to ${deeds.length} deeds`)
}

function checkErased({ conversations, inbox }: Found, { erased }: History, say: Say): void {
  for (const { address, person } of conversations) if (erased.has(address)) say('erased_back', person)
  for (const { external_id } of inbox) if (erased.has(external_id.split(':')[0] ?? '')) say('erased_back', external_id)
}

function checkFiles({ files }: Found, folder: string, history: History, say: Say): void {
  const rows = new Set(files.map((file) => file.id))
  const due = history.files.filter((file) => !file.forgiven && !history.leaving.has(file.visitor))
  for (const { id } of due) if (!rows.has(id)) say('lost', `the file ${id} was acknowledged and is not there`)
  for (const { id, hash } of files)
    if (!isWhole(join(folder, 'attachments', hash.slice(0, 2), hash), hash)) say('lost', `the bytes of the file ${id}`)
}

function isWhole(path: string, hash: string): boolean {
  return existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === hash
}

// ── what was shown ──────────────────────────────────────────────────────────────────────────────

function checkStreams({ conversations, inbox, outbox, events }: Found, say: Say): void {
  const own = {
    inbox: grouped(inbox, (row) => row.conversation_id),
    outbox: grouped(outbox, (row) => row.conversation_id),
    events: grouped(events, (row) => row.conversation_id),
  }
  for (const { id, event_number } of conversations.filter(({ channel }) => channel === WEB)) {
    const shown = own.events.get(id) ?? []
    if (shown.length !== event_number || shown.some((event, i) => event.number !== i + 1))
      say('event_numbers', `${id}: ${shown.length} of ${event_number}`)
    const messages = own.inbox.get(id) ?? []
    checkShown(
      id,
      shown,
      messages.map((row) => `in:${clientIdOf(row)}`),
      'event_own',
      say,
    )
    checkShown(
      id,
      shown,
      (own.outbox.get(id) ?? []).map((row) => row.id),
      'event_reply',
      say,
    )
    checkReplyOrder(id, shown, messages, say)
    const known = messages.length + (own.outbox.get(id)?.length ?? 0)
    if (shown.length !== known)
      say(shown.length > known ? 'event_doubled' : 'event_missing', `${id}: ${shown.length} events for ${known} messages in and out`)
  }
}

const clientIdOf = ({ external_id }: Inbox): string => external_id.slice(external_id.indexOf(':') + 1)

/** Each of `keys` stands in the stream once, in this order. */
function checkShown(id: string, shown: readonly WebEvent[], keys: readonly string[], code: string, say: Say): void {
  const due = new Set(keys)
  const there = shown.map((event) => event.key).filter((key) => due.has(key))
  if (there.join() !== keys.join()) say(code, `${id}: ${there.length} of ${keys.length}, or another order`)
}

/** One answer a message, in the order of the messages, each after the message itself. */
function checkReplyOrder(id: string, shown: readonly WebEvent[], messages: readonly Inbox[], say: Say): void {
  const places = new Map(messages.map((row) => [clientIdOf(row), row.position]))
  const answered = new Set<string>()
  const said = new Set<string>()
  let last = 0
  for (const event of shown.filter(({ type }) => type === 'message')) {
    const data = JSON.parse(event.data) as { author: string; id: string; replyTo?: string }
    if (data.author === 'person') said.add(data.id)
    if (data.replyTo === undefined) continue
    const place = places.get(data.replyTo) ?? 0
    if (answered.has(data.replyTo)) say('duplicate_reply', `${id}: ${data.replyTo} was answered again`)
    else if (place <= last || !said.has(data.replyTo)) say('order', `${id}: the answer to ${data.replyTo} is out of its place`)
    answered.add(data.replyTo)
    last = Math.max(last, place)
  }
}

/** What a tab was shown, broken off and resumed as it was, is the stream: nothing missing, nothing doubled, nothing else. */
function checkTabs({ conversations, events }: Found, tabs: readonly Tab[], say: Say): void {
  const streams = grouped(events, (row) => row.conversation_id)
  const addresses = new Map(conversations.map((row) => [row.address, streams.get(row.id) ?? []]))
  for (const { session, events: seen, isClosed } of tabs) {
    const stream = addresses.get(session.visitor)
    if (!stream) continue
    if (seen.length > stream.length) say('tab_doubled', `${session.visitor}: ${seen.length} of ${stream.length}`)
    // Who closes a tab early has seen the beginning.
    if (seen.length < stream.length && !isClosed) say('tab_missing', `${session.visitor}: ${seen.length} of ${stream.length}`)
    const wrong = stream.findIndex((event, i) => seen[i] && (event.number !== seen[i].number || event.data !== seen[i].data))
    if (wrong >= 0) say('tab_differs', `${session.visitor} at event ${wrong + 1}`)
  }
}

/** All that anybody was shown since the last restored backup. */
function shownTo(tabs: readonly Tab[], { people }: Elsewhere): readonly string[] {
  const phones = [...people.values()].filter((person) => !person.restored).flatMap((person) => person.shown().map(({ text }) => text))
  return [...phones, ...tabs.flatMap(({ events }) => events.map(({ data }) => data))]
}

/** Each phone against the conversation behind it. Who is being erased is not looked at: what they were shown belongs to nothing any more. */
function checkPhones({ conversations, outbox }: Found, history: History, { platforms, people }: Elsewhere, say: Say): void {
  if (!platforms) return
  const rows = grouped(
    outbox.filter((row) => row.author !== 'owner'),
    (row) => row.conversation_id,
  )
  const there = new Map(conversations.map((row) => [`${row.channel}:${row.address}`, row.id]))
  for (const person of people.values()) if (person.erasing === 'no') checkPhone(person, rows.get(there.get(person.key) ?? '') ?? [], say)
  checkRepeats(platforms, people.values(), history, say)
  history.counts.held = outbox.filter((row) => row.state === 'held').length
}

// ── what must not be there ──────────────────────────────────────────────────────────────────────

/** After a stop in order nothing is held by anybody. */
export function checkLeases(folder: string, history: History): void {
  const held = reading(folder, (file) => [
    ...file.prepare('select id from conversation where lease_token is not null').all(),
    ...file.prepare("select id from outbox where state = 'pending' and lease_until is not null").all(),
    ...file.prepare('select inbox_id from download where lease_until is not null').all(),
    ...file.prepare('select id from handover where lease_until is not null').all(),
  ])
  if (held.length > 0) history.broken('lease', `${held.length} left after SIGTERM`)
}

/** Nothing personal in what the service printed, and nothing on the disk of what is masked or was erased. The service must have stopped. */
export function checkSecrets(folder: string, output: string, history: History): void {
  for (const said of diedOf(output)) history.broken('printed', said)
  for (const secret of history.secrets) if (output.includes(secret)) history.broken('printed', `a secret of ${secret.length} characters`)
  for (const name of readdirSync(folder).filter((one) => one.startsWith('an-tam.sqlite') || one === 'erased.jsonl')) {
    const bytes = readFileSync(join(folder, name))
    for (const number of history.unkept) if (bytes.includes(number)) history.broken('kept', `${number} in ${name}`)
    for (const words of history.forgotten)
      if (bytes.includes(JSON.stringify(words).slice(1, -1))) history.broken('forgotten', `"${words.slice(0, 40)}" in ${name}`)
  }
}
