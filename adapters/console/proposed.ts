/** Words of officers that wait: read by a supervisor, sent as they stand or changed, or given back; taken back by whoever wrote them. */
import { z } from 'zod'
import type { ApprovalResult, Proposed } from '../../bot/handoff/approval.ts'
import { APPROVAL_SAYS } from '../../bot/wording/approval.ts'
import { REFUSAL_WORDS } from '../../bot/wording/office.ts'
import type { Citation } from '../../knowledge/cite.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { Store } from '../storage/database.ts'
import { dropProposed, openProposed, overtake, type ProposedRow, readProposed } from '../storage/proposed-store.ts'
import type { ProposedView } from './contract.ts'
import { citationView, type LawDesk } from './law.ts'
import { type Asked, type ConsoleRoute, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'
import { checked, text } from './words.ts'

export interface ProposedParts {
  readonly store: Store
  readonly law: LawDesk
  readonly nameOf: (officer: string) => string
  /** Each is committed with its audit entry; rings whoever sends. */
  readonly approve: (
    words: Proposed,
    as: { readonly text: string; readonly citations: readonly Citation[]; readonly by: string },
    now: number,
  ) => Promise<ApprovalResult>
  readonly giveBack: (words: Proposed, as: { readonly reason: string; readonly by: string }, now: number) => Promise<ApprovalResult>
}

const sendBody = z.strictObject({ text, citations: z.array(z.string().max(100)).max(20).default([]) })
const returnBody = z.strictObject({ reason: text })
const BELOW = '/chats/:id/proposed/:words'

/** @returns the routes of words that wait. */
export function proposedRoutes(parts: ProposedParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'POST', url: `${BELOW}/send`, may: 'chat.approve', body: sendBody, handle: (asked) => send(parts, asked, asked.body) }),
    route({
      method: 'POST',
      url: `${BELOW}/return`,
      may: 'chat.approve',
      body: returnBody,
      handle: (asked) => giveBack(parts, asked, asked.body.reason),
    }),
    route({ method: 'POST', url: `${BELOW}/drop`, may: 'chat.act', handle: (asked) => drop(parts, asked) }),
  ]
}

/** @returns what of a conversation waits, was returned or came too late. */
export async function proposedViews(
  { store, law, nameOf }: ProposedParts,
  chat: string,
  officer: SignedIn,
  now: number,
): Promise<readonly ProposedView[]> {
  const rows = await openProposed(store, chat)
  const cited = await law.at([...new Set(rows.flatMap(pointersOf))], now)
  const day = dayInVietnam(new Date(now))
  return rows.map((row) => ({
    ...{ id: row.id, at: row.at, by: nameOf(row.by), mine: row.by === officer.id, text: row.text, reason: row.reason },
    state: row.state === 'returned' || row.state === 'overtaken' ? row.state : 'waiting',
    decidedBy: row.decided_by === null ? null : nameOf(row.decided_by),
    citations: pointersOf(row).flatMap((pointer) => {
      const citation = cited.find((one) => one.pointer === pointer)?.citation
      return citation ? [citationView(citation, day)] : []
    }),
  }))
}

const pointersOf = ({ citations }: ProposedRow): readonly string[] => JSON.parse(citations) as string[]

type OfWords = Pick<Asked, 'officer' | 'params' | 'now'>

async function found({ store }: ProposedParts, { params }: OfWords): Promise<ProposedRow> {
  const row = await readProposed(store, params['id'] ?? '', params['words'] ?? '')
  if (!row) throw new ConsoleTrouble('not_found', APPROVAL_SAYS.unknown)
  return row
}

async function send(parts: ProposedParts, asked: OfWords, given: z.output<typeof sendBody>): Promise<object> {
  const row = await waiting(parts, asked)
  const as = { text: checked(given.text), citations: await parts.law.inForce(given.citations, asked.now), by: asked.officer.id }
  return settled(parts, asked, await parts.approve(proposedOf(row), as, asked.now))
}

async function giveBack(parts: ProposedParts, asked: OfWords, reason: string): Promise<object> {
  const row = await waiting(parts, asked)
  if (reason.trim() === '') throw new ConsoleTrouble('bad_request', APPROVAL_SAYS.reasonMissing)
  return settled(parts, asked, await parts.giveBack(proposedOf(row), { reason: checked(reason), by: asked.officer.id }, asked.now))
}

async function waiting(parts: ProposedParts, asked: OfWords): Promise<ProposedRow> {
  const row = await found(parts, asked)
  if (row.state !== 'waiting') throw new ConsoleTrouble('conflict', STANDS[row.state])
  return row
}

const STANDS: Readonly<Record<Exclude<ProposedRow['state'], 'waiting'>, string>> = {
  sent: APPROVAL_SAYS.sent,
  returned: APPROVAL_SAYS.returned,
  overtaken: APPROVAL_SAYS.overtaken,
  dropped: APPROVAL_SAYS.dropped,
}

const proposedOf = ({ id, conversation_id: conversation, episode, by }: ProposedRow): Proposed => ({ id, conversation, episode, by })

async function settled(parts: ProposedParts, asked: OfWords, result: ApprovalResult): Promise<object> {
  if (result === 'changed') return {}
  if (result === 'missing') throw new ConsoleTrouble('not_found', APPROVAL_SAYS.unknown)
  if (result === 'overtaken') {
    await overtake(parts.store, asked.params['words'] ?? '', asked.officer.id, asked.now)
    throw new ConsoleTrouble('conflict', APPROVAL_SAYS.overtaken)
  }
  if (result !== 'decided') throw new ConsoleTrouble('conflict', REFUSAL_WORDS[result])
  const { state } = await found(parts, asked)
  throw new ConsoleTrouble('conflict', state === 'waiting' ? undefined : STANDS[state])
}

async function drop(parts: ProposedParts, asked: OfWords): Promise<object> {
  const { id, by, state } = await found(parts, asked)
  if (by !== asked.officer.id) throw new ConsoleTrouble('conflict', APPROVAL_SAYS.notYours)
  if (!(await dropProposed(parts.store, asked.params['id'] ?? '', id, by, asked.now)))
    throw new ConsoleTrouble('conflict', state === 'waiting' ? APPROVAL_SAYS.sent : STANDS[state])
  return {}
}
