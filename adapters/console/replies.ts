/** Replies kept ready. One whose law has changed since it was written is shown, and not used until somebody has looked at it again. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { REPLY_STALE } from '../../bot/wording/console.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { Store } from '../storage/database.ts'
import { dropReply, type KeptReply, keepReply, readReplies } from '../storage/reply-store.ts'
import type { CannedReply } from './contract.ts'
import { citationView, type LawDesk, type LawFound } from './law.ts'
import { type ConsoleRoute, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface ReplyParts {
  readonly store: Store
  readonly law: LawDesk
  readonly nameOf: (officer: string) => string
}

const written = {
  title: z.string().trim().min(1).max(120),
  text: z.string().trim().min(1).max(4_000),
  citations: z.array(z.string().max(100)).max(20).default([]),
}
const body = z.strictObject(written)
/** `seen`: when it was written, as whoever changes it has read it. */
const changed = z.strictObject({ ...written, seen: z.int() })

/** @returns the routes of replies kept ready. */
export function replyRoutes(parts: ReplyParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/replies', may: 'reply.read', handle: ({ now }) => list(parts, now) }),
    route({
      ...{ method: 'POST', url: '/replies', may: 'reply.edit', body },
      handle: ({ body: given, officer, now }) => keep(parts, randomUUID(), given, undefined, { officer, now }),
    }),
    route({
      ...{ method: 'PUT', url: '/replies/:id', may: 'reply.edit', body: changed },
      handle: ({ body: { seen, ...given }, officer, params, now }) => keep(parts, known(params['id']), given, seen, { officer, now }),
    }),
    route({
      ...{ method: 'DELETE', url: '/replies/:id', may: 'reply.edit' },
      handle: async ({ officer, params, now }) => {
        if (!(await dropReply(parts.store, params['id'] ?? '', officer.id, now))) throw new ConsoleTrouble('not_found')
        return {}
      },
    }),
  ]
}

function known(id: string | undefined): string {
  if (!z.uuid().safeParse(id).success) throw new ConsoleTrouble('not_found')
  return id as string
}

async function list(parts: ReplyParts, now: number): Promise<{ readonly replies: readonly CannedReply[] }> {
  const replies = await readReplies(parts.store)
  const pointers = [...new Set(replies.flatMap(({ citations }) => citations.map(({ pointer }) => pointer)))]
  const standing = new Map((await parts.law.at(pointers, now)).map((found): [string, LawFound] => [found.pointer, found]))
  return { replies: replies.map((reply) => shown(parts, reply, standing, now)) }
}

function shown({ nameOf }: ReplyParts, reply: KeptReply, standing: ReadonlyMap<string, LawFound>, now: number): CannedReply {
  const day = dayInVietnam(new Date(now))
  const citations = reply.citations.flatMap(({ pointer }) => {
    const citation = standing.get(pointer)?.citation
    return citation ? [citationView(citation, day)] : []
  })
  return { ...reply, by: nameOf(reply.by), citations, stale: staleWhy(reply, standing) }
}

/** @returns why a reply must be looked at again; null: all that it rests on says what it said. */
function staleWhy({ citations }: KeptReply, standing: ReadonlyMap<string, LawFound>): string | null {
  for (const { pointer, digest } of citations) {
    const now = standing.get(pointer)
    if (!now?.citation) return REPLY_STALE.gone(pointer)
    if (!now.inForce) return REPLY_STALE.past(now.citation.label)
    if (now.digest !== digest) return REPLY_STALE.changed(now.citation.label)
  }
  return null
}

async function keep(
  parts: ReplyParts,
  id: string,
  { title, text, citations }: z.output<typeof body>,
  seen: number | undefined,
  { officer, now }: { readonly officer: SignedIn; readonly now: number },
): Promise<object> {
  // Throws where one does not hold.
  await parts.law.inForce(citations, now)
  const found = await parts.law.at(citations, now)
  const kept = found.map(({ pointer, digest }) => ({ pointer, digest }))
  const reply = { id, title, text, citations: kept, by: officer.id, at: now }
  if (!(await keepReply(parts.store, reply, seen, now))) throw new ConsoleTrouble('conflict')
  return { id }
}
