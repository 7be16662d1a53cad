/** The officers' console joined to the running service: its parts, the link for the first administrator, and what tells open pages that something has changed. */
import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'
import { auditRoutes } from '../../adapters/console/audit.ts'
import { bundleConsole } from '../../adapters/console/bundle.ts'
import { callBackRoutes } from '../../adapters/console/call-backs.ts'
import { caseItemOf } from '../../adapters/console/case-view.ts'
import { caseRoutes } from '../../adapters/console/cases.ts'
import { chatRoutes } from '../../adapters/console/chats.ts'
import type { DraftView } from '../../adapters/console/contract.ts'
import { newToken } from '../../adapters/console/cookies.ts'
import { consoleDoor } from '../../adapters/console/door.ts'
import { gapRoutes } from '../../adapters/console/gaps.ts'
import { citationView, lawRoutes, openLawDesk } from '../../adapters/console/law.ts'
import { officerRoutes } from '../../adapters/console/officers.ts'
import { paperRoutes } from '../../adapters/console/papers.ts'
import { openPasswords } from '../../adapters/console/passwords.ts'
import { posterRoutes } from '../../adapters/console/posters.ts'
import { privacyRoutes } from '../../adapters/console/privacy.ts'
import { replyRoutes } from '../../adapters/console/replies.ts'
import { reportRoutes } from '../../adapters/console/reports.ts'
import type { ConsoleRoute, SignedIn } from '../../adapters/console/route.ts'
import { searchRoutes } from '../../adapters/console/search.ts'
import { ConsoleTrouble } from '../../adapters/console/trouble.ts'
import { openBox } from '../../adapters/operations/sealed-number.ts'
import { readAuditBefore } from '../../adapters/storage/audit-pages.ts'
import { appendAudit, readAudit } from '../../adapters/storage/audit-store.ts'
import { changeCase, fileCase } from '../../adapters/storage/case-changes.ts'
import { casesOfChat } from '../../adapters/storage/complaint-store.ts'
import { stoppedNumbers } from '../../adapters/storage/handover-store.ts'
import { addLink, createOfficer, hasAdministrator, readOfficers, sessionHolds } from '../../adapters/storage/officer-store.ts'
import { openOwners } from '../../adapters/storage/owner-store.ts'
import { runRetention } from '../../adapters/storage/privacy-store.ts'
import { keepDays } from '../../adapters/storage/report-store.ts'
import { searchEverything } from '../../adapters/storage/search-store.ts'
import { keepTombstones, removeFiles } from '../../adapters/storage/tombstone-file.ts'
import { agencyOn, loadDirectory } from '../../knowledge/agencies.ts'
import { loadKinds } from '../../knowledge/complaint-kinds.ts'
import { maskForLogs } from '../../knowledge/language/mask.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { renderText } from '../answer/render.ts'
import type { AuditAction, AuditDetail } from '../audit/entry.ts'
import { type Filing, fileComplaint } from '../case/filing.ts'
import type { OfficerEvent } from '../case/life.ts'
import { newCaseNumber } from '../case/number.ts'
import { type CiteText, toldOf, wordsFor } from '../case/told.ts'
import { missingOf } from '../complaint/asking.ts'
import type { Draft } from '../complaint/draft.ts'
import { officerDoes, officerLeaves, timerOf } from '../handoff/officer.ts'
import { CASE_OFFICE, WHAT_ELSE } from '../wording/cases.ts'
import { openAccount } from './account.ts'
import { openDossiers } from './dossiers.ts'
import { handoversFor } from './handing-over.ts'
import { linkTo } from './links.ts'
import { faultEvent } from './log.ts'
import { firstReplyBy } from './of-cases.ts'
import { Refused } from './office.ts'
import { fault, type Parts } from './parts.ts'
import { posterPlaces } from './posters.ts'

/** Names of officers by id, read again whenever one changes: what an officer did stays under the name that they have now. */
interface Names {
  readonly of: (id: string) => string
  readonly refresh: () => Promise<void>
}

async function openNames({ store }: Parts): Promise<Names> {
  let names = new Map<string, string>()
  const refresh = async () => {
    names = new Map((await readOfficers(store)).map(({ id, name }) => [id, name]))
  }
  await refresh()
  return { of: (id) => names.get(id) ?? id, refresh }
}

/** The console as a plugin of the server, and what can be asked of it. */
export interface OfficersConsole {
  readonly door: FastifyPluginAsync
  readonly routes: readonly ConsoleRoute[]
}

/** @param base where people reach the service */
export async function officersConsole(parts: Parts, base: () => string): Promise<OfficersConsole> {
  const { config, store, live, options } = parts
  const names = await openNames(parts)
  const passwords = openPasswords()
  const routes = [
    ...chatsOf(parts, names),
    ...casesOf(parts, names),
    ...lawRoutes(lawDesk(parts)),
    ...replyRoutes({ store, law: lawDesk(parts), nameOf: names.of }),
    ...officerRoutes({
      ...{ store, live, passwords, renamed: names.refresh, linkOf: (token: string) => linkTo(base(), token) },
      leaves: (officer, now) => leaves(parts, officer, now),
    }),
    ...paperworkOf(parts, names),
  ]
  const door = consoleDoor({
    ...{ store, live, routes, passwords, key: parts.key, clock: options.clock, publicUrl: config.publicUrl, fault: fault(parts, 'console') },
    box: openBox(parts.key, 'an-tam console second factor', 'antam-totp-1'),
    office: () => ({ name: config.association.name, hours: config.association.hours, silentMinutes: config.owner.officerSilentMs / 60_000 }),
    ended: (session) => live.end({ session }),
    refused: (login) => refused(parts, login),
    sessionHolds: (session) => sessionHolds(store, session, options.clock()),
    pages: bundleConsole,
  })
  return { door, routes }
}

/** Somebody guesses: written down once for a while, under the account where there is one. */
async function refused({ store, options }: Parts, login: string): Promise<void> {
  const known = (await readOfficers(store)).find((one) => one.login === login)
  const entry = { actor: 'system', action: 'session.refused' as const, subject: `officer:${known?.id ?? 'unknown'}`, detail: {} }
  await store.write((tx) => appendAudit(tx, entry, options.clock()))
}

function lawDesk({ answerer }: Parts) {
  return openLawDesk((question) => answerer.look(question))
}

function owners({ store, config }: Parts) {
  return { store: openOwners(store, (ownership) => timerOf(ownership, config.owner)), rules: config.owner, hours: config.association.hours }
}

async function leaves(parts: Parts, officer: string, now: number): Promise<void> {
  if ((await officerLeaves(owners(parts), officer, now)) > 0) parts.decided.ring()
}

function audited({ store }: Parts, action: AuditAction, officer: SignedIn, subject: string, now: number, detail: AuditDetail = {}): Promise<void> {
  return store.write(async (tx) => void (await appendAudit(tx, { actor: officer.id, action, subject, detail }, now)))
}

// ── conversations ───────────────────────────────────────────────────────────────────────────────

function chatsOf(parts: Parts, names: Names): readonly ConsoleRoute[] {
  const { store, live, config, channels } = parts
  return chatRoutes({
    ...{ store, live, rules: config.owner, law: lawDesk(parts), nameOf: names.of },
    capabilities: (channel) => channels.find(({ name }) => name === channel)?.capabilities,
    missing: (draft) => missing(parts, draft),
    casesOf: async (chat, now) => {
      const stopped = await stoppedNumbers(store)
      return (await casesOfChat(store, chat)).map((row) => caseItemOf(viewParts(parts, names), row, stopped, now))
    },
    does: async (chat, officer, deed, now) => {
      const done = await officerDoes(owners(parts), chat, officer, deed, now)
      if (done === 'changed') parts.decided.ring()
      return done
    },
    colleague: async (id) => (await readOfficers(store)).find((one) => one.id === id && one.active && one.ready),
    audited: (action, officer, chat, now) => audited(parts, action, officer, `conversation:${chat}`, now),
    draft: (question, previous, now) => draftFor(parts, question, previous, now),
  })
}

function missing({ complaints, options }: Parts, draft: Draft): readonly string[] {
  const issue = complaints.issueOf(draft.story, draft.facts, dayInVietnam(new Date(options.clock())), draft.issue ?? undefined)
  return missingOf(draft, issue)
}

/** What the assistant would say, for an officer to edit; nothing where it would not answer. */
async function draftFor({ answerer }: Parts, text: string, previous: readonly string[], now: number): Promise<DraftView | undefined> {
  const asOf = dayInVietnam(new Date(now))
  const outcome = await answerer.answer({ text, asOf, previous }).catch(() => undefined)
  if (outcome?.kind !== 'answered') return undefined
  const { sections, citations } = outcome
  const words = renderText({ kind: 'service', reason: 'draft', sections, citations: [], choices: [] }, asOf)
  return { text: words, citations: citations.map((citation) => citationView(citation, asOf)) }
}

// ── cases ───────────────────────────────────────────────────────────────────────────────────────

const directory = loadDirectory()
const kinds = loadKinds()

function viewParts({ calendar, options }: Parts, names: Names) {
  const agencyNamed = (name: string) => {
    const known = directory.records.find((record) => record.name === name)
    return known && agencyOn(directory, known.id, dayInVietnam(new Date(options.clock())))
  }
  return { kinds, calendar, agencyNamed, nameOf: names.of }
}

function casesOf(parts: Parts, names: Names): readonly ConsoleRoute[] {
  const { store, letters, quarantine, key } = parts
  return caseRoutes({
    ...{ ...viewParts(parts, names), store, directory },
    change: (number, event, officer, now) => change(parts, number, event, officer, now),
    file: (filing, officer, now) => file(parts, filing, officer, now),
    papers: (found, now) => letters.write(found, now),
    readFile: (hash) => quarantine.read(hash),
    account: (number, why, officer, now) => openAccount(store, key, { number, by: officer.id, why }, now).catch(refusedHere),
    audited: (action, officer, number, attachment, now) => audited(parts, action, officer, `case:${number}`, now, attachment ? { attachment } : {}),
    stirred: () => parts.toHandOver.ring(),
  })
}

/** What an operator would read at the command line an officer reads in the page. */
function refusedHere(error: unknown): never {
  throw error instanceof Refused ? new ConsoleTrouble('conflict', error.message) : error
}

async function change(parts: Parts, number: string, event: OfficerEvent, officer: SignedIn, now: number) {
  const notice = toldOf(event, { number, day: dayInVietnam(new Date(now)), cite: await citing(parts, event, now) })
  const note = 'why' in event ? event.why.trim() : ''
  const done = await changeCase(parts.store, number, { event, by: officer.id, notice, words: wordsFor(event), note }, now)
  if (!('refused' in done)) parts.decided.ring()
  return done
}

/** The library is asked only where law is said; while it is not open that part of the notice is left out. */
async function citing({ answerer }: Parts, { kind }: OfficerEvent, now: number): Promise<CiteText> {
  if (kind !== 'close') return () => undefined
  const pointers = [...new Set(WHAT_ELSE.flatMap(([, cites]) => cites))]
  const found = await answerer.look({ kind: 'cite', pointers, day: dayInVietnam(new Date(now)) }).catch(() => [])
  return (pointer) => found.find((one) => one.pointer === pointer)?.citation
}

async function file(parts: Parts, filing: Filing, officer: SignedIn, now: number): Promise<string> {
  const { store, config, complaints, calendar, links } = parts
  const day = dayInVietnam(new Date(now))
  const number = newCaseNumber(randomBytes(16), Number(day.slice(0, 4)))
  const complaint = fileComplaint(filing, { guide: complaints, caseNumber: number, by: officer.id, now, day })
  if ('wrong' in complaint)
    throw new ConsoleTrouble('bad_request', complaint.wrong === 'consent' ? CASE_OFFICE.noConsent : CASE_OFFICE.wrongFacts(complaint.names))
  const handovers = handoversFor(config, links)(complaint, 'office')
  const dueOn = firstReplyBy(calendar, config.firstReplyDays, now)
  const filed = await fileCase(store, complaint, { by: officer.id, id: filing.id, dueOn, handovers }, now)
  if (filed === undefined) throw new ConsoleTrouble('conflict')
  parts.toHandOver.ring()
  return filed
}

// ── reports, search, audit ──────────────────────────────────────────────────────────────────────

function paperworkOf(parts: Parts, names: Names): readonly ConsoleRoute[] {
  const { store, calendar, config, options } = parts
  const written = (action: AuditAction, subject: string, detail: AuditDetail, by: string) =>
    store.write((tx) => appendAudit(tx, { actor: by, action, subject, detail }, options.clock()))
  const office = config.association.name || (directory.records.find(({ id }) => id === 'hoi')?.name ?? '')
  return [
    ...reportRoutes({ store, calendar, office, audited: written, groupOf: (issue) => kinds.issues.get(issue)?.groupName }),
    ...searchRoutes({
      search: (order) => searchEverything(store, order),
      // Who only answers people needs no numbers of those whom they do not answer.
      masked: (role, text) => (role === 'officer' ? maskForLogs(text).text : text),
      audited: written,
    }),
    ...gapRoutes(store, (text) => maskForLogs(text).text),
    ...paperRoutes({
      ...{ store, write: openDossiers(config.association) },
      audited: (officer, number, now) => audited(parts, 'case.read', officer, `case:${number}`, now),
    }),
    ...posterRoutes({ places: () => posterPlaces(parts), association: { ...config.association, name: office } }),
    ...callBackRoutes({
      ...{ store, calendar, nameOf: names.of },
      audited: (officer, id, now) => audited(parts, 'chat.read', officer, `call-back:${id}`, now),
    }),
    ...privacyRoutes({
      ...{ store, calendar, nameOf: names.of, rules: retentionRules(parts) },
      retain: async (by, now) => {
        await keepDays(store, now)
        return runRetention(store, retentionRules(parts), now, by)
      },
      cleanUp: (hashes) => cleanUp(parts, hashes),
    }),
    ...auditRoutes({ after: (after, limit) => readAudit(store, after, limit), before: (before, limit) => readAuditBefore(store, before, limit) }),
  ]
}

function retentionRules({ config }: Parts) {
  return { conversationDays: config.conversationDays, caseDays: config.caseDays }
}

/** After an erasure: files that nobody names any more, and the tombstones beside the database. */
async function cleanUp({ store, quarantine, config, options }: Parts, hashes: readonly string[]): Promise<void> {
  await removeFiles(store, quarantine, hashes)
  await keepTombstones(store, config.dataFolder)
  // The rows are gone either way; the daily round cleans the log when somebody is reading it just now.
  await store.truncateLog().catch((error) => options.log(faultEvent('erase', error)))
}

// ── the first administrator ─────────────────────────────────────────────────────────────────────

const FIRST = { login: 'quantri', name: 'Quản trị', role: 'administrator' } as const

/** @returns a link with which the first administrator sets their account up; undefined where somebody can sign in already. */
export async function firstLink({ store, options }: Parts, base: string): Promise<string | undefined> {
  if (await hasAdministrator(store)) return undefined
  const now = options.clock()
  const known = (await readOfficers(store)).find(({ login }) => login === FIRST.login)
  const id = known?.id ?? (await createOfficer(store, FIRST, 'system', now))
  const token = newToken()
  return id !== undefined && (await addLink(store, id, token, 'system', now)) !== undefined ? linkTo(base, token) : undefined
}
