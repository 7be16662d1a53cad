/** The audit for the administrator: a view, the latest first, and the proof that nobody changed it. Both go a page at a time, so that the service keeps answering. */
import { setImmediate as otherWork } from 'node:timers/promises'
import { z } from 'zod'
import { anchorText, type ChainedEntry, parseAnchor, type Verdict, verify } from '../../bot/audit/chain.ts'
import { AUDIT_ACTIONS } from '../../bot/audit/entry.ts'
import { type AuditPage, everyEntry } from '../../bot/audit/ports.ts'
import { AUDIT_SAYS } from '../../bot/wording/audit.ts'
import { type ConsoleRoute, route } from './route.ts'
import type { AuditAnswer, AuditProof, AuditRow } from './search-contract.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface AuditParts {
  /** @returns the entries with a number above `after`, in order. */
  readonly after: AuditPage
  /** @returns the entries with a number below `before` (undefined: the last of all), the latest first. */
  before(before: number | undefined, limit: number): Promise<readonly ChainedEntry[]>
}

/** Most rows of one answer. */
export const MOST_ROWS = 200
const USUAL_ROWS = 50

// Each field is judged by a sentence of its own: here it is only a text, or absent.
const text = z.string().optional()
const viewed = z.object({ before: text, action: text, actor: text, subject: text, limit: text })
const proved = z.object({ expect: text })

/** @returns `GET /audit` and `GET /audit/verify`. */
export function auditRoutes(parts: AuditParts): readonly ConsoleRoute[] {
  return [
    route({
      ...{ method: 'GET', url: '/audit', may: 'audit.read', query: viewed },
      handle: ({ query }) => view(parts, wantedOf(query), numberOf(query.before, Number.MAX_SAFE_INTEGER, AUDIT_SAYS.before)),
    }),
    route({
      ...{ method: 'GET', url: '/audit/verify', may: 'audit.read', query: proved },
      handle: ({ query }) => proof(parts, query.expect),
    }),
  ]
}

function refuse(sentence: string): never {
  throw new ConsoleTrouble('bad_request', sentence)
}

/** A field that was left empty is none. */
const filled = (given: string | undefined): string | undefined => given?.trim() || undefined

function numberOf(given: string | undefined, most: number, sentence: string): number | undefined {
  const digits = filled(given)
  const number = digits === undefined || /^\d{1,15}$/.test(digits) ? Number(digits ?? 1) : 0
  if (number < 1 || number > most) refuse(sentence)
  return digits === undefined ? undefined : number
}

// ── the view ────────────────────────────────────────────────────────────────────────────────────

interface Wanted {
  readonly limit: number
  readonly fits: (entry: ChainedEntry) => boolean
}

function wantedOf(query: z.output<typeof viewed>): Wanted {
  const [action, actor, subject] = [filled(query.action), filled(query.actor), filled(query.subject)]
  if (action !== undefined && !AUDIT_ACTIONS.some((one) => one === action)) refuse(AUDIT_SAYS.action)
  const ofSubject = (one: string) => subject === undefined || one === subject || (subject.endsWith(':') && one.startsWith(subject))
  return {
    limit: numberOf(query.limit, MOST_ROWS, AUDIT_SAYS.limit(MOST_ROWS)) ?? USUAL_ROWS,
    fits: (entry) => (action ?? entry.action) === entry.action && (actor ?? entry.actor) === entry.actor && ofSubject(entry.subject),
  }
}

/** Entries read at once. */
const PAGE = 1_000

async function view(parts: AuditParts, { limit, fits }: Wanted, from: number | undefined): Promise<AuditAnswer> {
  const found: ChainedEntry[] = []
  let before = from
  for (let full = true; full && found.length <= limit; ) {
    const page = await parts.before(before, PAGE)
    found.push(...page.filter(fits))
    before = page.at(-1)?.number
    full = page.length === PAGE
    await otherWork()
  }
  const rows = found.slice(0, limit)
  return { rows: rows.map(rowOf), next: found.length > limit ? (rows.at(-1)?.number ?? null) : null }
}

function rowOf({ number, at, actor, action, subject, detail }: ChainedEntry): AuditRow {
  return { number, at, actor, action, subject, detail: detailOf(detail) }
}

const detailSchema = z.record(z.string(), z.unknown())

/** What somebody wrote into it that is no detail is shown as it is. */
function detailOf(detail: string): Readonly<Record<string, unknown>> {
  try {
    return detailSchema.parse(JSON.parse(detail))
  } catch {
    return { text: detail }
  }
}

// ── the proof ───────────────────────────────────────────────────────────────────────────────────

async function proof(parts: AuditParts, expect: string | undefined): Promise<AuditProof> {
  const written = filled(expect)
  const anchor = written === undefined ? undefined : (parseAnchor(written) ?? refuse(AUDIT_SAYS.anchor))
  const pages: AuditPage = async (after, limit) => {
    await otherWork()
    return parts.after(after, limit)
  }
  return proofOf(await verify(everyEntry(pages), anchor))
}

function proofOf(verdict: Verdict): AuditProof {
  if (!verdict.ok) return { sound: false, number: verdict.number, anchor: null, sentence: AUDIT_SAYS.broken(verdict.number, verdict.why) }
  const { count, last } = verdict
  return { sound: true, number: count, anchor: last ? anchorText(last) : null, sentence: last ? AUDIT_SAYS.sound(count) : AUDIT_SAYS.nothing }
}
