/** Public warnings: drafted by rule from a cluster or from nothing, approved by somebody who has not written in them, withdrawn. What names anybody is refused. */
import { z } from 'zod'
import { basisLines } from '../../bot/answer/render.ts'
import { mayDo, type Permission } from '../../bot/officers/permissions.ts'
import { namesOf, type Unfit, unfitIn } from '../../bot/warning/check.ts'
import { contentSchema, type WarningContent } from '../../bot/warning/content.ts'
import type { Trick } from '../../bot/warning/draft.ts'
import { agreed, figuresOf, type ToldCase } from '../../bot/warning/figures.ts'
import { stepWarning, WARNING_EVENTS, type WarningEvent } from '../../bot/warning/life.ts'
import { figuresSaid, PERSONAL_WORDS, WARNING_SAYS } from '../../bot/wording/warnings.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { Store } from '../storage/database.ts'
import { countSubscribers } from '../storage/subscriber-store.ts'
import { countSending } from '../storage/warning-sending-store.ts'
import {
  addWarning,
  changeWarning,
  readCasesToTell,
  readToldCases,
  readWarning,
  readWarnings,
  type WarningChange,
  type WarningDoes,
  type WarningRow,
  type WarningStepRow,
} from '../storage/warning-store.ts'
import { citationView, type LawDesk } from './law.ts'
import { type Asked, type ConsoleRoute, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'
import type { TricksView, WarningItem, WarningsView, WarningView } from './warnings-contract.ts'

export interface WarningParts {
  readonly store: Store
  readonly law: LawDesk
  readonly nameOf: (officer: string) => string
  /** The guides of the library that a warning can be drafted along. */
  readonly tricks: () => Promise<readonly Trick[]>
  /** A draft by rule along a guide, or along the one that most of the cases are about; an empty one where there is none. */
  readonly draft: (scam: string | null, cases: readonly ToldCase[], now: number) => Promise<WarningContent>
  /** @returns the cases of the cluster that a case belongs to; undefined for none. */
  readonly clusterOf: (number: string, now: number) => Promise<readonly string[] | undefined>
  /** @returns where everybody reads it; undefined where nobody outside could follow it. */
  readonly address: (id: string) => string | undefined
  /** Something was approved or withdrawn. */
  readonly stirred: () => void
}

const versioned = z.strictObject({ version: z.int().min(1) })
const withReason = versioned.extend({ reason: z.string().trim().max(500).default('') })
const draftBody = z.strictObject({ cluster: z.string().max(40).optional(), scam: z.string().max(100).nullable().default(null) })
const alongQuery = z.object({ scam: z.string().max(100) })
const editBody = versioned.extend({ content: contentSchema })

/** @returns the routes of warnings. */
export function warningRoutes(parts: WarningParts): readonly ConsoleRoute[] {
  const may = 'warning.edit' as const
  return [
    route({ method: 'GET', url: '/warnings', may, handle: () => list(parts) }),
    route({ method: 'GET', url: '/warnings/tricks', may, handle: async (): Promise<TricksView> => ({ tricks: await parts.tricks() }) }),
    route({
      ...{ method: 'GET', url: '/warnings/along', may, query: alongQuery },
      handle: ({ query, now }) => parts.draft(query.scam, [], now),
    }),
    route({ method: 'GET', url: '/warnings/:id', may, handle: (asked) => one(parts, asked) }),
    route({ ...{ method: 'POST', url: '/warnings', may, body: draftBody }, handle: (asked) => draft(parts, asked) }),
    route({ ...{ method: 'PUT', url: '/warnings/:id', may, body: editBody }, handle: (asked) => edit(parts, asked, asked.body) }),
    route({ ...{ method: 'POST', url: '/warnings/:id/ask', may, body: versioned }, handle: (asked) => ask(parts, asked, asked.body.version) }),
    route({
      ...{ method: 'POST', url: '/warnings/:id/approve', may: 'warning.approve', body: versioned },
      handle: (asked) => approve(parts, asked, asked.body.version),
    }),
    route({
      ...{ method: 'POST', url: '/warnings/:id/send-back', may: 'warning.approve', body: withReason },
      handle: (asked) => stopped(parts, asked, 'send_back', asked.body),
    }),
    route({
      ...{ method: 'POST', url: '/warnings/:id/withdraw', may, body: withReason },
      handle: (asked) => stopped(parts, asked, 'withdraw', asked.body),
    }),
  ]
}

type OfOne = Pick<Asked, 'officer' | 'params' | 'now'>
const idOf = ({ params }: OfOne): string => params['id'] ?? ''

async function list(parts: WarningParts): Promise<WarningsView> {
  const rows = await readWarnings(parts.store)
  const warnings: WarningItem[] = []
  for (const row of rows) warnings.push(await itemOf(parts, row))
  return { warnings, subscribers: await countSubscribers(parts.store) }
}

async function itemOf({ store, nameOf }: WarningParts, row: WarningRow): Promise<WarningItem> {
  return {
    ...{ id: row.id, title: row.content.title, status: row.status, shown: row.shown !== undefined, changedBy: nameOf(row.changedBy) },
    ...{ changedAt: row.changedAt, firstShownAt: row.firstShownAt, endsOn: row.content.endsOn, sending: await countSending(store, row.id) },
  }
}

async function one(parts: WarningParts, asked: OfOne): Promise<WarningView> {
  const { row, steps } = await found(parts, asked)
  const cases = await readToldCases(parts.store, row.id)
  const figures = figuresOf(cases)
  const { officer, now } = asked
  return {
    ...(await itemOf(parts, row)),
    ...{ version: row.version, content: row.content, figures, figuresSaid: figuresSaid(figures), cases: cases.length, agreed: agreed(cases).length },
    citations: await citationsOf(parts, row.content, now),
    steps: steps.map((step) => stepOf(parts, step)),
    ...{ may: mayNow(row, officer), ownWords: row.status === 'waiting' && row.writers.includes(officer.id) },
    address: row.shown ? (parts.address(row.id) ?? null) : null,
  }
}

const stepOf = ({ nameOf }: WarningParts, { at, by, kind, reason }: WarningStepRow) => ({ at, by: nameOf(by), kind, reason })

async function citationsOf({ law }: WarningParts, content: WarningContent, now: number) {
  const day = dayInVietnam(new Date(now))
  const found = await law.at(pointersIn(content), now).catch(() => [])
  return found.flatMap(({ citation }) => (citation ? [citationView(citation, day)] : []))
}

const pointersIn = ({ law }: WarningContent): readonly string[] => [...new Set(law.flatMap(({ cites }) => cites))]

/** What everybody sees is taken down by those who may put it up. */
const NEEDS: Readonly<Record<WarningEvent, Permission>> = {
  ...{ edit: 'warning.edit', ask: 'warning.edit', send_back: 'warning.approve', approve: 'warning.approve', withdraw: 'warning.edit' },
}

function mayNow({ status, shown, writers }: WarningRow, { id, role }: SignedIn): readonly WarningEvent[] {
  const state = { status, shown: shown !== undefined, writers }
  return WARNING_EVENTS.filter((event) => mayDo(role, permissionFor(event, state.shown)) && !('refused' in stepWarning(state, event, id)))
}

const permissionFor = (event: WarningEvent, shown: boolean): Permission => (event === 'withdraw' && shown ? 'warning.approve' : NEEDS[event])

async function draft(
  parts: WarningParts,
  { body, officer, now }: Pick<Asked, 'officer' | 'now'> & { readonly body: z.output<typeof draftBody> },
): Promise<object> {
  const numbers = body.cluster === undefined ? [] : await parts.clusterOf(body.cluster, now)
  if (!numbers) throw new ConsoleTrouble('conflict', WARNING_SAYS.noCluster)
  const cases = await readCasesToTell(parts.store, numbers)
  const content = await parts.draft(body.scam, cases, now)
  return { id: await addWarning(parts.store, content, numbers, officer.id, now) }
}

async function edit(parts: WarningParts, asked: OfOne, { version, content }: z.output<typeof editBody>): Promise<object> {
  const { row } = await found(parts, asked)
  await refuseUnfit(parts, row.id, content)
  await parts.law.inForce(pointersIn(content), asked.now)
  await done(parts, asked, { version, event: 'edit', content })
  return {}
}

async function ask(parts: WarningParts, asked: OfOne, version: number): Promise<object> {
  const { row } = await found(parts, asked)
  refuseUnfinished(row.content, asked.now)
  await refuseUnfit(parts, row.id, row.content)
  await done(parts, asked, { version, event: 'ask' })
  return {}
}

async function approve(parts: WarningParts, asked: OfOne, version: number): Promise<object> {
  const { row } = await found(parts, asked)
  refuseUnfinished(row.content, asked.now)
  await refuseUnfit(parts, row.id, row.content)
  const day = dayInVietnam(new Date(asked.now))
  const held = await parts.law.inForce(pointersIn(row.content), asked.now)
  const basis = basisLines(held, day)
  await done(parts, asked, { version, event: 'approve', basis })
  parts.stirred()
  return {}
}

async function stopped(
  parts: WarningParts,
  asked: OfOne,
  event: 'send_back' | 'withdraw',
  { version, reason }: z.output<typeof withReason>,
): Promise<object> {
  const { row } = await found(parts, asked)
  if (!mayDo(asked.officer.role, permissionFor(event, row.shown !== undefined))) throw new ConsoleTrouble('not_allowed')
  if (reason === '' && (event === 'send_back' || row.shown)) throw new ConsoleTrouble('bad_request', WARNING_SAYS.reason)
  await done(parts, asked, { version, event, reason })
  parts.stirred()
  return {}
}

function refuseUnfinished({ opening, signs, steps, endsOn }: WarningContent, now: number): void {
  if (opening === '' || signs.length === 0 || steps.length === 0) throw new ConsoleTrouble('bad_request', WARNING_SAYS.tooLittle)
  if (endsOn !== null && endsOn < dayInVietnam(new Date(now))) throw new ConsoleTrouble('bad_request', WARNING_SAYS.past)
}

async function refuseUnfit({ store }: WarningParts, id: string, content: WarningContent): Promise<void> {
  const cases = await readToldCases(store, id)
  const unfit = unfitIn(
    content,
    cases.flatMap(({ facts }) => namesOf(facts)),
  )
  if (unfit) throw new ConsoleTrouble('bad_request', unfitSaid(unfit))
}

function unfitSaid(unfit: Unfit): string {
  switch (unfit.why) {
    case 'personal':
      return WARNING_SAYS.personal(PERSONAL_WORDS[unfit.kind])
    case 'link':
      return WARNING_SAYS.link(unfit.words)
    case 'named':
      return WARNING_SAYS.named(unfit.words)
  }
}

async function found({ store }: WarningParts, asked: OfOne) {
  const read = await readWarning(store, idOf(asked))
  if (!read) throw new ConsoleTrouble('not_found', WARNING_SAYS.unknown)
  return read
}

async function done({ store }: WarningParts, asked: OfOne, does: Omit<WarningDoes, 'by' | 'reason'> & { readonly reason?: string }): Promise<void> {
  const change = await changeWarning(store, idOf(asked), { reason: '', ...does, by: asked.officer.id }, asked.now)
  if (change !== 'done') throw refusedWith(change)
}

function refusedWith(change: Exclude<WarningChange, 'done'>): ConsoleTrouble {
  if (change === 'missing') return new ConsoleTrouble('not_found', WARNING_SAYS.unknown)
  return new ConsoleTrouble(change === 'own_words' ? 'not_allowed' : 'conflict', WARNING_SAYS[change])
}
