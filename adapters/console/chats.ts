/** Conversations in the console: the queue, one of them with its brief, what an officer does in it, notes for colleagues, and who else has it open. */
import { z } from 'zod'
import type { ChangeResult, OfficerDeed } from '../../bot/handoff/officer.ts'
import { byHarmThenClock } from '../../bot/handoff/queue.ts'
import { officerNameSchema } from '../../bot/officers/account.ts'
import { mayDo } from '../../bot/officers/permissions.ts'
import { CONSOLE_SAYS } from '../../bot/wording/console.ts'
import { REFUSAL_WORDS } from '../../bot/wording/office.ts'
import { maskPersonal } from '../../knowledge/language/mask.ts'
import { addNote, countDesk, readDesk, readDeskChat, readDeskMessages, readNotes } from '../storage/desk-store.ts'
import { chatsWithProposed, readProposed } from '../storage/proposed-store.ts'
import { type BriefParts, chatViewOf, queueItemOf } from './chat-view.ts'
import type { ChatView, DraftView, QueueView } from './contract.ts'
import type { Live } from './live.ts'
import { type ProposedParts, proposedRoutes, proposedViews } from './proposed.ts'
import { type Asked, type ConsoleRoute, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'
import { checked, text } from './words.ts'

export interface ChatParts extends BriefParts, ProposedParts {
  readonly live: Live
  /** Whether what this officer writes waits for a supervisor. */
  readonly needsApproval: (officer: SignedIn) => Promise<boolean>
  /** What an officer does, committed with its audit entry; rings whoever sends. */
  readonly does: (chat: string, officer: { readonly id: string; readonly name: string }, deed: OfficerDeed, now: number) => Promise<ChangeResult>
  /** @returns the colleague, where they may be given a conversation. */
  readonly colleague: (id: string) => Promise<{ readonly id: string; readonly name: string } | undefined>
  readonly audited: (action: 'chat.read' | 'note.written', officer: SignedIn, chat: string, now: number) => Promise<void>
  /** What the assistant would answer to the person's last question. */
  readonly draft: (question: string, previous: readonly string[], now: number) => Promise<DraftView | undefined>
}

const QUEUE_MOST = 200
/** Of those that wait or are served: harm is looked for among so many. */
const LOOKED_AT = 1_000
const MESSAGES_AT_ONCE = 60
const queueQuery = z.object({ all: z.literal('1').optional() })
const chatQuery = z.object({ before: z.coerce.number().int().positive().optional() })
const writeBody = z.strictObject({ id: z.uuid(), text, citations: z.array(z.string().max(100)).max(20).default([]) })
const outcomeBody = z.strictObject({ outcome: text })
const assignBody = z.strictObject({ officer: z.string().max(64) })
const noteBody = z.strictObject({ id: z.uuid(), text, mentions: z.array(z.string().max(64)).max(20).default([]) })
const lookingBody = z.strictObject({ typing: z.boolean(), leaving: z.boolean().default(false) })

/** @returns the routes of conversations. */
export function chatRoutes(parts: ChatParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/queue', may: 'chat.read', query: queueQuery, handle: ({ query, now }) => queue(parts, query.all === '1', now) }),
    route({
      ...{ method: 'GET', url: '/chats/:id', may: 'chat.read', query: chatQuery },
      handle: ({ params, query, officer, now }) => chat(parts, params['id'] ?? '', query.before, officer, now),
    }),
    route({ method: 'POST', url: '/chats/:id/take', may: 'chat.act', handle: (asked) => does(parts, asked, { kind: 'take' }) }),
    route({ method: 'POST', url: '/chats/:id/write', may: 'chat.act', body: writeBody, handle: (asked) => write(parts, asked, asked.body) }),
    route({
      ...{ method: 'POST', url: '/chats/:id/hand-back', may: 'chat.act', body: outcomeBody },
      handle: (asked) => does(parts, asked, { kind: 'hand_back', outcome: asked.body.outcome }),
    }),
    route({
      ...{ method: 'POST', url: '/chats/:id/close', may: 'chat.act', body: outcomeBody },
      handle: (asked) => does(parts, asked, { kind: 'close', outcome: asked.body.outcome }),
    }),
    route({
      ...{ method: 'POST', url: '/chats/:id/assign', may: 'chat.act', body: assignBody },
      handle: (asked) => assign(parts, asked, asked.body.officer),
    }),
    route({ method: 'POST', url: '/chats/:id/notes', may: 'chat.act', body: noteBody, handle: (asked) => note(parts, asked, asked.body) }),
    route({
      ...{ method: 'POST', url: '/chats/:id/looking', may: 'chat.read', body: lookingBody },
      handle: async (asked) => looking(parts, asked, asked.body),
    }),
    ...proposedRoutes(parts),
    route({ method: 'POST', url: '/chats/:id/draft', may: 'chat.act', handle: ({ params, now }) => draft(parts, params['id'] ?? '', now) }),
  ]
}

type OfChat = Pick<Asked, 'officer' | 'params' | 'now'>

async function queue(parts: ChatParts, all: boolean, now: number): Promise<QueueView> {
  const rows = await readDesk(parts.store, { all, limit: all ? QUEUE_MOST : LOOKED_AT }, now)
  const proposed = await chatsWithProposed(parts.store)
  const items = rows.map((row) => queueItemOf(row, parts.live.lookers(row.id, now), proposed.has(row.id)))
  return { ...(await countDesk(parts.store)), rows: items.toSorted(byHarmThenClock).slice(0, QUEUE_MOST) }
}

async function chat(parts: ChatParts, id: string, before: number | undefined, officer: SignedIn, now: number): Promise<ChatView> {
  const isNews = parts.live.isFirstRead(id, officer.id, now)
  const found = await readDeskChat(parts.store, id, now)
  if (!found) throw new ConsoleTrouble('not_found')
  const page = await readDeskMessages(parts.store, id, { before, limit: MESSAGES_AT_ONCE })
  const notes = await readNotes(parts.store, id)
  // Reading is audited once for each look, not for each refresh of an open page.
  if (isNews) await parts.audited('chat.read', officer, id, now)
  parts.live.look(id, officer, undefined, now)
  const proposed = await proposedViews(parts, id, officer, now)
  return chatViewOf(parts, { found, page, notes, lookers: parts.live.lookers(id, now), proposed }, now)
}

async function does({ does: act }: ChatParts, { officer, params, now }: OfChat, deed: OfficerDeed): Promise<object> {
  const result = await act(params['id'] ?? '', officer, deed, now)
  if (result === 'changed') return {}
  throw new ConsoleTrouble(result === 'missing' ? 'not_found' : 'conflict', CONSOLE_REFUSALS[result] ?? REFUSAL_WORDS[result])
}

/** The command line names its options in these; a page has fields. */
const CONSOLE_REFUSALS: Readonly<Partial<Record<ChangeResult, string>>> = {
  outcome_missing: 'Bạn ghi giúp kết quả trước khi giao lại hay khép.',
}

async function write(parts: ChatParts, asked: OfChat, { id, text: given, citations }: z.output<typeof writeBody>): Promise<object> {
  const words = checked(given)
  const law = await parts.law.inForce(citations, asked.now)
  if (!(await parts.needsApproval(asked.officer))) return does(parts, asked, { kind: 'write', id, text: words, citations: law })
  // Sent again because no answer came: it waits already.
  if (!(await readProposed(parts.store, asked.params['id'] ?? '', id))) await does(parts, asked, { kind: 'propose', id, text: words, citations: law })
  return { proposed: true }
}

async function assign(parts: ChatParts, asked: OfChat, to: string): Promise<object> {
  const colleague = await parts.colleague(to)
  if (!colleague) throw new ConsoleTrouble('bad_request', CONSOLE_SAYS.notAnOfficer)
  const mayTakeAway = mayDo(asked.officer.role, 'case.hold')
  await does(parts, asked, { kind: 'assign', to: { id: colleague.id, name: officerNameSchema.parse(colleague.name) }, mayTakeAway })
  parts.live.tellOne(colleague.id, { kind: 'mention', chat: asked.params['id'] ?? '', by: asked.officer.name })
  return {}
}

async function note(parts: ChatParts, { officer, params, now }: OfChat, { id, text: given, mentions }: z.output<typeof noteBody>): Promise<object> {
  const chatId = params['id'] ?? ''
  const written = await addNote(parts.store, chatId, { id, at: now, by: officer.id, text: maskPersonal(checked(given)).text, mentions })
  if (!written) throw new ConsoleTrouble('not_found')
  await parts.audited('note.written', officer, chatId, now)
  parts.live.tell({ kind: 'chat', chat: chatId })
  for (const mentioned of mentions) parts.live.tellOne(mentioned, { kind: 'mention', chat: chatId, by: officer.name })
  return {}
}

function looking({ live }: ChatParts, { officer, params, now }: OfChat, { typing, leaving }: z.output<typeof lookingBody>): object {
  const chatId = params['id'] ?? ''
  if (leaving) live.leave(chatId, officer.id, now)
  else live.look(chatId, officer, typing, now)
  return { lookers: live.lookers(chatId, now) }
}

async function draft(parts: ChatParts, id: string, now: number): Promise<DraftView> {
  const found = await readDeskChat(parts.store, id, now)
  if (!found) throw new ConsoleTrouble('not_found')
  const { messages } = await readDeskMessages(parts.store, id, { limit: MESSAGES_AT_ONCE })
  const asked = messages.flatMap((one) => (one.from === 'person' && one.content.kind === 'text' ? [one.content.text] : []))
  const question = asked.at(-1)
  if (question === undefined) throw new ConsoleTrouble('bad_request', CONSOLE_SAYS.nothingToDraft)
  const made = await parts.draft(question, asked.slice(-4, -1), now)
  if (!made) throw new ConsoleTrouble('bad_request', CONSOLE_SAYS.noDraft)
  return made
}
