/** The search box: what an officer typed, read into what is asked; each search is audited by how much it found, never by its words. */
import { z } from 'zod'
import type { AuditAction, AuditDetail } from '../../bot/audit/entry.ts'
import { CASE_STATUSES, type CaseStatus } from '../../bot/complaint/status.ts'
import type { Owner } from '../../bot/conversation/owner.ts'
import type { Role } from '../../bot/officers/permissions.ts'
import { SEARCH_KINDS, type SearchKind } from '../../bot/search/kinds.ts'
import { parseQuery, type Term } from '../../bot/search/query.ts'
import { QUERY_WORDS, SEARCH_SAYS } from '../../bot/wording/search.ts'
import { addDays, isDay } from '../../knowledge/language/calendar-days.ts'
import { type ConsoleRoute, route } from './route.ts'
import type { SearchAnswer } from './search-contract.ts'
import { ConsoleTrouble } from './trouble.ts'

/** What is asked of the storage; times in milliseconds UTC, `to` is the first moment after. */
export interface SearchOrder {
  readonly terms: readonly Term[]
  readonly kinds: readonly SearchKind[]
  readonly channel: string | undefined
  readonly from: number | undefined
  readonly to: number | undefined
  readonly owner: Owner | undefined
  readonly status: CaseStatus | undefined
  readonly limit: number
  readonly shown: (text: string) => string
}

export interface SearchParts {
  search(order: SearchOrder): Promise<SearchAnswer>
  /** @returns `text` as somebody of `role` may read it. */
  masked(role: Role, text: string): string
  audited(action: AuditAction, subject: string, detail: AuditDetail, by: string): Promise<unknown>
}

/** Most results of one search. */
export const MOST_RESULTS = 50

// Each field is judged by a sentence of its own: here it is only a text, or absent.
const text = z.string().optional()
const asked = z.object({ q: text, kind: text, channel: text, from: text, to: text, owner: text, status: text })
type Given = z.output<typeof asked>

/** @returns `GET /search`. */
export function searchRoutes(parts: SearchParts): readonly ConsoleRoute[] {
  return [
    route({
      ...{ method: 'GET', url: '/search', may: 'search', query: asked },
      handle: async ({ query, officer }) => {
        const order = { ...orderOf(query), shown: (text: string) => parts.masked(officer.role, text) }
        const answer = await parts.search(order)
        await parts.audited('search.ran', `search:${order.kinds.join('+')}`, { count: answer.results.length }, officer.id)
        return answer
      },
    }),
  ]
}

function orderOf(given: Given): Omit<SearchOrder, 'shown'> {
  const terms = parseQuery(given.q ?? '')
  if (typeof terms === 'string') return refuse(QUERY_WORDS[terms])
  const { from, to } = periodOf(given)
  return {
    ...{ terms, kinds: kindsOf(given.kind), channel: channelOf(given.channel), from, to, limit: MOST_RESULTS },
    owner: oneOf(OWNERS, given.owner, SEARCH_SAYS.owner),
    status: oneOf(CASE_STATUSES, given.status, SEARCH_SAYS.status),
  }
}

function refuse(sentence: string): never {
  throw new ConsoleTrouble('bad_request', sentence)
}

const OWNERS = ['bot', 'waiting', 'staff', 'closed'] as const satisfies readonly Owner[]

function kindsOf(given: string | undefined): readonly SearchKind[] {
  const named = filled(given)?.split(',')
  const kinds = named?.map((one) => oneOf(SEARCH_KINDS, one, SEARCH_SAYS.kind) ?? refuse(SEARCH_SAYS.kind)) ?? SEARCH_KINDS
  return [...new Set(kinds)]
}

function channelOf(given: string | undefined): string | undefined {
  const channel = filled(given)
  return channel === undefined || /^[a-z][a-z-]{0,39}$/.test(channel) ? channel : refuse(SEARCH_SAYS.channel)
}

function oneOf<T extends string>(all: readonly T[], given: string | undefined, sentence: string): T | undefined {
  const wanted = filled(given)
  return wanted === undefined ? undefined : (all.find((one) => one === wanted) ?? refuse(sentence))
}

/** A field that was left empty is none. */
const filled = (given: string | undefined): string | undefined => given?.trim() || undefined

function periodOf(given: Given): { readonly from: number | undefined; readonly to: number | undefined } {
  const [from, to] = [dayOf(given.from), dayOf(given.to)]
  if (from !== undefined && to !== undefined && from > to) refuse(SEARCH_SAYS.days)
  return { from: from === undefined ? undefined : startOf(from), to: to === undefined ? undefined : startOf(addDays(to, 1)) }
}

function dayOf(given: string | undefined): string | undefined {
  const day = filled(given)
  return day === undefined || isDay(day) ? day : refuse(SEARCH_SAYS.day)
}

/** The first moment of a day in Vietnam. */
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+07:00`)
