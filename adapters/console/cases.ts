/** Cases in the console: the list, one of them, what an officer decides, its files and papers, and cases told on the telephone or at the counter. */
import { z } from 'zod'
import type { AuditDetail } from '../../bot/audit/entry.ts'
import { CLUSTER_DAYS } from '../../bot/case/clusters.ts'
import { CONSENT_WAYS, type Filing, filingSchema } from '../../bot/case/filing.ts'
import { byHarmThenClock } from '../../bot/case/harm.ts'
import type { OfficerEvent } from '../../bot/case/life.ts'
import { type CaseNumber, parseCaseNumber } from '../../bot/case/number.ts'
import { CONSENT_TEXT, PURPOSES } from '../../bot/complaint/consent.ts'
import { FACT_NAMES, type FactName, PAYMENTS, PLATFORMS, WISHES } from '../../bot/complaint/facts.ts'
import type { Paper } from '../../bot/complaint/paper.ts'
import { CASE_RESULTS, CASE_STATUSES } from '../../bot/complaint/status.ts'
import { CASE_OFFICE, CASE_REFUSED, CONSENT_WAY_WORDS } from '../../bot/wording/cases.ts'
import { PAYMENT_NAME, PLATFORM_NAME, WISH_NAME } from '../../bot/wording/complaint.ts'
import { CASE_REFUSED_HERE, CONSOLE_SAYS } from '../../bot/wording/console.ts'
import { OFFICE_LABEL } from '../../bot/wording/handover.ts'
import type { Agency, Directory } from '../../knowledge/agencies.ts'
import { agencyOn } from '../../knowledge/agencies.ts'
import { maskPersonal } from '../../knowledge/language/mask.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { writeDocx } from '../letter/docx.ts'
import { PAPERS, type PaperKind } from '../letter/door.ts'
import { type CaseChange, judgeFile } from '../storage/case-changes.ts'
import { type CaseRow, readCase, readCases, type WholeCase } from '../storage/complaint-store.ts'
import type { Store } from '../storage/database.ts'
import { listHandovers, retryHandover, stoppedNumbers } from '../storage/handover-store.ts'
import { type CaseViewParts, caseItemOf, caseViewOf, clustersIn } from './case-view.ts'
import type { AgencyView, CaseForm, CaseItem, CasesView, CaseView, ClustersView } from './contract.ts'
import { type Asked, type ConsoleRoute, Download, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface CaseParts extends CaseViewParts {
  readonly store: Store
  readonly directory: Directory
  /** Does it, with the notice to the person. */
  readonly change: (number: CaseNumber, event: OfficerEvent, officer: SignedIn, now: number) => Promise<CaseChange>
  readonly file: (filing: Filing, officer: SignedIn, now: number) => Promise<string>
  readonly papers: (found: WholeCase, now: number) => Readonly<Record<PaperKind, Paper>> | undefined
  readonly readFile: (hash: string) => Promise<Uint8Array | undefined>
  readonly account: (number: CaseNumber, why: string, officer: SignedIn, now: number) => Promise<string>
  readonly audited: (
    action: 'case.read' | 'attachment.read' | 'case.changed',
    officer: SignedIn,
    number: string,
    detail: AuditDetail,
    now: number,
  ) => Promise<void>
  /** Something is due again. */
  readonly stirred: () => void
}

const MOST = 10_000
const LISTED = 500
const words = z.string().max(5_000)

const casesQuery = z.object({ open: z.literal('1').optional(), status: z.enum(CASE_STATUSES).optional() })
const paperQuery = z.object({ what: z.enum(PAPERS).default('don') })
const eventBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['receive', 'handle', 'reopen', 'release']) }),
  z.strictObject({ kind: z.enum(['ask_info', 'answer']), text: words }),
  z.strictObject({ kind: z.literal('choose'), agency: z.string().max(100), why: words }),
  z.strictObject({ kind: z.literal('transfer'), agency: z.string().max(100) }),
  z.strictObject({ kind: z.literal('close'), result: z.enum(CASE_RESULTS), text: words }),
  z.strictObject({ kind: z.literal('hold'), why: words }),
])
type EventBody = z.output<typeof eventBody>
const judgeBody = z.strictObject({ clear: z.boolean() })
const accountBody = z.strictObject({ why: z.string().trim().min(1).max(500) })

/** @returns the routes of cases. */
export function caseRoutes(parts: CaseParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/cases', may: 'case.read', query: casesQuery, handle: ({ query, now }) => list(parts, query, now) }),
    route({ method: 'GET', url: '/cases/:number', may: 'case.read', handle: (asked) => show(parts, asked) }),
    route({ method: 'POST', url: '/cases/:number/event', may: 'case.act', body: eventBody, handle: (asked) => happen(parts, asked, asked.body) }),
    route({ method: 'POST', url: '/cases/:number/hold', may: 'case.hold', body: holdBody, handle: (asked) => hold(parts, asked, asked.body.why) }),
    route({
      method: 'POST',
      url: '/cases/:number/files/:file',
      may: 'case.act',
      body: judgeBody,
      handle: (asked) => judge(parts, asked, asked.body.clear),
    }),
    route({ method: 'GET', url: '/cases/:number/files/:file', may: 'case.read', handle: (asked) => showFile(parts, asked) }),
    route({
      method: 'GET',
      url: '/cases/:number/letter.docx',
      may: 'case.read',
      query: paperQuery,
      handle: (asked) => letter(parts, asked, asked.query.what),
    }),
    route({ method: 'POST', url: '/cases/:number/retry', may: 'case.act', handle: (asked) => retry(parts, asked) }),
    route({
      ...{ method: 'POST', url: '/cases/:number/account', may: 'case.account', body: accountBody },
      handle: async (asked) => ({ account: await parts.account(numberOf(asked), asked.body.why, asked.officer, asked.now) }),
    }),
    route({ method: 'GET', url: '/agencies', may: 'case.read', handle: async ({ now }) => agencies(parts.directory, now) }),
    route({ method: 'GET', url: '/clusters', may: 'case.read', handle: ({ now }) => clusters(parts, now) }),
    route({ method: 'GET', url: '/case-form', may: 'case.act', handle: async () => form(parts) }),
    route({
      ...{ method: 'POST', url: '/cases', may: 'case.act', body: filingSchema },
      handle: async ({ body, officer, now }) => ({ number: await parts.file(body, officer, now) }),
    }),
  ]
}

const holdBody = z.strictObject({ why: words.nullable() })

type OfCase = Pick<Asked, 'officer' | 'params' | 'now'>

function numberOf({ params }: OfCase): CaseNumber {
  const number = parseCaseNumber(params['number'] ?? '')
  if (typeof number !== 'string') throw new ConsoleTrouble('not_found', CASE_OFFICE.wrongNumber)
  return number
}

async function list(parts: CaseParts, { open, status }: z.output<typeof casesQuery>, now: number): Promise<CasesView> {
  const stopped = await stoppedNumbers(parts.store)
  const items = (rows: readonly CaseRow[]) => rows.map((row) => caseItemOf(parts, row, stopped, now))
  const standing = items(await readCases(parts.store, MOST, { open: true }))
  const wanted = open && status === undefined ? standing : items(await readCases(parts.store, LISTED, { open: open !== undefined, status }))
  return {
    rows: wanted.toSorted((a, b) => byHarmThenClock(weighed(a), weighed(b))).slice(0, LISTED),
    open: standing.length,
    overdue: standing.filter((one) => one.overdue).length,
  }
}

const weighed = ({ danger, dueAt, confirmedAt }: CaseItem) => ({ dangerous: danger, dueAt, confirmedAt })

async function found({ store }: CaseParts, asked: OfCase): Promise<WholeCase> {
  const one = await readCase(store, numberOf(asked))
  if (!one) throw new ConsoleTrouble('not_found', CASE_OFFICE.noCase(asked.params['number'] ?? ''))
  return one
}

async function show(parts: CaseParts, asked: OfCase): Promise<CaseView> {
  const one = await found(parts, asked)
  await parts.audited('case.read', asked.officer, one.number, {}, asked.now)
  const beside = { handovers: await listHandovers(parts.store, { number: one.number }), cases: await lately(parts, asked.now) }
  return caseViewOf(parts, one, beside, asked.now)
}

async function happen(parts: CaseParts, asked: OfCase, given: EventBody): Promise<object> {
  if (given.kind === 'hold' || given.kind === 'release') throw new ConsoleTrouble('not_allowed')
  return changed(await parts.change(numberOf(asked), eventOf(parts, given, asked.now), asked.officer, asked.now))
}

/** Keeping a case from being erased is for whoever answers for the office. */
async function hold(parts: CaseParts, asked: OfCase, why: string | null): Promise<object> {
  const event: OfficerEvent = why === null ? { kind: 'release' } : { kind: 'hold', why: maskPersonal(why).text }
  return changed(await parts.change(numberOf(asked), event, asked.officer, asked.now))
}

function changed(done: CaseChange): object {
  if ('refused' in done) throw new ConsoleTrouble('conflict', CASE_REFUSED_HERE[done.refused] ?? CASE_REFUSED[done.refused])
  return { told: CASE_OFFICE.told[done.told] }
}

/** Numbers that must not be kept are not kept in an officer's words either. */
function eventOf({ directory }: CaseParts, given: EventBody, now: number): OfficerEvent {
  switch (given.kind) {
    case 'receive':
    case 'handle':
    case 'reopen':
    case 'release':
      return { kind: given.kind }
    case 'ask_info':
    case 'answer':
      return { kind: given.kind, text: maskPersonal(given.text).text }
    case 'close':
      return { ...given, text: maskPersonal(given.text).text }
    case 'hold':
      return { ...given, why: maskPersonal(given.why).text }
    case 'choose':
      return { kind: 'choose', agency: takerOf(directory, given.agency, now), why: maskPersonal(given.why).text }
    case 'transfer':
      return { kind: 'transfer', agency: takerOf(directory, given.agency, now) }
  }
}

/** The body as it is called today; one that ended stands for its successor. */
function takerOf(directory: Directory, id: string, now: number): { readonly id: string; readonly name: string } {
  const known = directory.records.some((record) => record.id === id)
  const agency = known ? agencyOn(directory, id, dayInVietnam(new Date(now))) : undefined
  if (!known) throw new ConsoleTrouble('bad_request', CASE_REFUSED.agency_unknown)
  if (!agency) throw new ConsoleTrouble('bad_request', CASE_REFUSED.agency_past)
  if (agency.role === 'never') throw new ConsoleTrouble('bad_request', CASE_REFUSED.agency_never)
  return { id: agency.id, name: agency.name }
}

function agencies(directory: Directory, now: number): { readonly agencies: readonly AgencyView[] } {
  const day = dayInVietnam(new Date(now))
  const standing = directory.records.filter(({ id, role }) => role !== 'never' && role !== 'us' && agencyOn(directory, id, day)?.id === id)
  const byId = new Map(standing.map((one): [string, Agency] => [one.id, one]))
  return { agencies: [...byId.values()].map(agencyView) }
}

function agencyView({ id, name, duties, trust }: Agency): AgencyView {
  return { id, name, receives: duties.map(({ why }) => why).join('; '), verified: trust !== 'unverified' }
}

// ── files and papers ────────────────────────────────────────────────────────────────────────────

async function judge({ store }: CaseParts, asked: OfCase, clear: boolean): Promise<object> {
  const which = { number: numberOf(asked), attachment: asked.params['file'] ?? '' }
  if (!(await judgeFile(store, which, clear, asked.officer.id, asked.now))) throw new ConsoleTrouble('not_found', CASE_OFFICE.fileUnknown)
  return {}
}

/** What may show papers or a card stays closed until somebody has said that it does not. */
async function showFile(parts: CaseParts, asked: OfCase): Promise<Download> {
  const one = await found(parts, asked)
  const file = one.files.find(({ attachment }) => attachment === asked.params['file'])
  if (!file) throw new ConsoleTrouble('not_found', CASE_OFFICE.fileUnknown)
  if (file.clear !== true) throw new ConsoleTrouble('conflict', CONSOLE_SAYS.fileUnseen)
  const bytes = await parts.readFile(file.hash)
  if (!bytes) throw new ConsoleTrouble('not_found', CONSOLE_SAYS.fileGone)
  await parts.audited('attachment.read', asked.officer, one.number, { attachment: file.attachment }, asked.now)
  return new Download(bytes, file.kind, `${one.number}-${file.attachment.slice(0, 8)}`, file.kind.startsWith('image/'))
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

async function letter(parts: CaseParts, asked: OfCase, what: PaperKind): Promise<Download> {
  const one = await found(parts, asked)
  const paper = parts.papers(one, asked.now)?.[what]
  if (!paper) throw new ConsoleTrouble('conflict', CASE_OFFICE.unreadable)
  await parts.audited('case.read', asked.officer, one.number, { code: 'letter' }, asked.now)
  return new Download(await writeDocx(paper), WORD, `${paper.name} ${one.number}.docx`)
}

async function retry({ store, stirred, audited }: CaseParts, asked: OfCase): Promise<object> {
  const { ways, linksEnded } = await retryHandover(store, numberOf(asked), asked.now)
  if (ways.length === 0) throw new ConsoleTrouble('conflict', CASE_OFFICE.nothingToRetry)
  await audited('case.changed', asked.officer, numberOf(asked), { code: 'sent_again', count: ways.length }, asked.now)
  stirred()
  return linksEnded ? { note: CASE_OFFICE.linksEnded } : {}
}

async function clusters(parts: CaseParts, now: number): Promise<ClustersView> {
  return { clusters: clustersIn(await lately(parts, now), now) }
}

/** Whoever is accused by several people is so within these days. */
function lately({ store }: CaseParts, now: number): Promise<readonly CaseRow[]> {
  return readCases(store, MOST, { since: now - CLUSTER_DAYS * 86_400_000 })
}

// ── told on the telephone or at the counter ─────────────────────────────────────────────────────

function form({ kinds }: CaseParts): CaseForm {
  return {
    facts: FACT_NAMES.map((name) => ({ name, label: OFFICE_LABEL[name], choices: choicesOf(name) })),
    issues: [...kinds.issues.values()].map(({ id, title, group }) => ({ id, title, group: kinds.groups.get(group)?.name ?? group })),
    consents: PURPOSES.map((purpose) => ({ purpose, text: CONSENT_TEXT[purpose] })),
    ways: CONSENT_WAYS.map((id) => ({ id, label: CONSENT_WAY_WORDS[`office:${id}`] ?? id })),
  }
}

const CHOICES: Readonly<Partial<Record<FactName, readonly (readonly [value: string, label: string])[]>>> = {
  platform: PLATFORMS.map((value) => [value, PLATFORM_NAME[value]]),
  payment: PAYMENTS.map((value) => [value, PAYMENT_NAME[value]]),
  wish: WISHES.map((value) => [value, WISH_NAME[value]]),
}

function choicesOf(name: FactName): CaseForm['facts'][number]['choices'] {
  return CHOICES[name]?.map(([value, label]) => ({ value, label })) ?? null
}
