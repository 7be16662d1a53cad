/** Confirmed cases on their way to the intake. A row is made in the transaction that makes its case, and leaves this table only with it. */
import {
  type Handover,
  type HandoverStore,
  LONGEST_HANDOVER_WAIT_MS,
  type NewHandover,
  type Verdict,
  WAYS,
  type WayName,
} from '../../bot/delivery/handover.ts'
import type { Store, Tx } from './database.ts'
import type { HandoverTable } from './tables.ts'

/** @returns the handovers of `store`. */
export function openHandovers(store: Store): HandoverStore {
  return {
    leaseHandovers: (ways, now, leaseMs, limit) => store.note((tx) => leaseHandovers(tx, { ways, now, leaseMs, limit })),
    // A delivery whose mark is lost comes again under the same id; one that was given up must not seem to be under way.
    mark: (handover, verdict, now) => store.write((tx) => mark(tx, handover, verdict, now)),
    hasten: (now) => store.write((tx) => hasten(tx, now)),
  }
}

/** Makes the rows, inside the transaction that makes their case. */
export async function addHandovers(tx: Tx, handovers: readonly NewHandover[], now: number): Promise<void> {
  for (const { id, number, way, body, linksEndAt } of handovers)
    await tx
      .insertInto('handover')
      .values({
        ...{ id, number, way, body, state: 'pending', attempts: 0, links_end_at: linksEndAt, created_at: now },
        // Due whatever the clock will say: it may be set back before the first try.
        ...{ next_attempt_at: 0, lease_until: null, trouble: null, receipt: null, delivered_at: null },
      })
      .execute()
}

interface Asked {
  readonly ways: readonly WayName[]
  readonly now: number
  readonly leaseMs: number
  readonly limit: number
}

async function leaseHandovers(tx: Tx, { ways, now, leaseMs, limit }: Asked): Promise<readonly Handover[]> {
  const rows = await tx
    .selectFrom('handover')
    .selectAll()
    .where('state', '=', 'pending')
    .where('way', 'in', ways)
    .where('next_attempt_at', '<=', now)
    // A lease that ends absurdly late was taken before the clock was set back.
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now), eb('lease_until', '>', now + 2 * leaseMs)]))
    .orderBy('next_attempt_at')
    .orderBy('created_at')
    .limit(limit)
    .execute()
  for (const { id } of rows)
    await tx
      .updateTable('handover')
      .set({ lease_until: now + leaseMs })
      .where('id', '=', id)
      .execute()
  return rows.map(handoverOf)
}

function handoverOf({ id, number, way, body, attempts, links_end_at, created_at }: HandoverTable): Handover {
  return { id, number, way, body, attempts, linksEndAt: links_end_at, createdAt: created_at }
}

async function mark(tx: Tx, { id }: Handover, verdict: Verdict, now: number): Promise<void> {
  await tx
    .updateTable('handover')
    .set((eb) => ({ lease_until: null, ...(verdict.kind === 'delivered' ? {} : { attempts: eb('attempts', '+', 1) }), ...afterwards(verdict, now) }))
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .execute()
}

function afterwards(verdict: Verdict, now: number) {
  switch (verdict.kind) {
    case 'delivered':
      return { state: 'delivered' as const, receipt: verdict.receipt, delivered_at: now, trouble: null }
    case 'later':
      return { next_attempt_at: now + verdict.afterMs, trouble: verdict.code }
    case 'gone':
    case 'given_up':
      return { state: verdict.kind, trouble: verdict.code }
  }
}

async function hasten(tx: Tx, now: number): Promise<void> {
  await tx
    .updateTable('handover')
    .set({ next_attempt_at: now })
    .where('state', '=', 'pending')
    .where('next_attempt_at', '>', now + LONGEST_HANDOVER_WAIT_MS)
    .execute()
}

// ── for the office ──────────────────────────────────────────────────────────────────────────────

/** A case on one way; nothing of what it says. Times in milliseconds UTC. */
export interface HandoverRow {
  readonly number: string
  readonly way: WayName
  readonly state: HandoverTable['state']
  readonly attempts: number
  /** When it is tried next; 0: at once. Of no meaning unless it is pending. */
  readonly nextAttemptAt: number
  readonly trouble: string | null
  readonly receipt: string | null
  readonly linksEndAt: number | null
  readonly createdAt: number
  readonly deliveredAt: number | null
}

/** @returns handovers, the latest first; of one case where its number is given. */
export async function listHandovers(
  store: Store,
  { number, limit = 500 }: { number?: string; limit?: number } = {},
): Promise<readonly HandoverRow[]> {
  const rows = await store.read((tx) =>
    tx
      .selectFrom('handover')
      .selectAll()
      .$if(number !== undefined, (query) => query.where('number', '=', number ?? ''))
      .orderBy('created_at', 'desc')
      .orderBy('way')
      .limit(limit)
      .execute(),
  )
  return rows.map((row) => ({
    ...{ number: row.number, way: row.way, state: row.state, attempts: row.attempts, nextAttemptAt: row.next_attempt_at, trouble: row.trouble },
    ...{ receipt: row.receipt, linksEndAt: row.links_end_at, createdAt: row.created_at, deliveredAt: row.delivered_at },
  }))
}

/** @returns the cases whose hand-over has stopped until somebody looks after it. */
export async function stoppedNumbers(store: Store): Promise<ReadonlySet<string>> {
  const rows = await store.read((tx) => tx.selectFrom('handover').select('number').distinct().where('state', 'in', ['gone', 'given_up']).execute())
  return new Set(rows.map((row) => row.number))
}

/** What making due again came to. `linksEnded`: what goes out says the same as ever, but its links to the evidence are no longer good. */
export interface Retried {
  /** Ways on which it is due again. */
  readonly ways: readonly WayName[]
  readonly linksEnded: boolean
}

/** Makes everything of a case that is not delivered due at once, with a new schedule: also what was given up or is gone. Same id, same bytes. Nothing of a case that its person withdrew. */
export function retryHandover(store: Store, number: string, now: number): Promise<Retried> {
  return store.write(async (tx) => {
    const withdrawn = await tx
      .selectFrom('complaint')
      .select('number')
      .where('number', '=', number)
      .where('result', '=', 'withdrawn')
      .executeTakeFirst()
    if (withdrawn) return { ways: [], linksEnded: false }
    const rows = await tx
      .updateTable('handover')
      .set({ state: 'pending', attempts: 0, next_attempt_at: 0, lease_until: null })
      .where('number', '=', number)
      .where('state', '!=', 'delivered')
      .returning(['way', 'links_end_at'])
      .execute()
    const ways = WAYS.filter((way) => rows.some((row) => row.way === way))
    return { ways, linksEnded: rows.some((row) => row.links_end_at !== null && row.links_end_at <= now) }
  })
}

/** How handing over goes, for metrics and the doctor. */
export interface HandoverState {
  readonly waiting: number
  readonly oldestWaitingMs: number
  /** Gone or given up: somebody must look. */
  readonly stopped: number
}

/** @returns the state at `now`. */
export async function handoverState(tx: Tx, now: number): Promise<HandoverState> {
  const rows = await tx
    .selectFrom('handover')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count'), eb.fn.min('created_at').as('oldest')])
    .where('state', '!=', 'delivered')
    .groupBy('state')
    .execute()
  const waiting = rows.find((row) => row.state === 'pending')
  const stopped = rows.filter((row) => row.state !== 'pending').reduce((sum, row) => sum + Number(row.count), 0)
  return { waiting: Number(waiting?.count ?? 0), oldestWaitingMs: waiting ? Math.max(0, now - waiting.oldest) : 0, stopped }
}

// ── evidence ────────────────────────────────────────────────────────────────────────────────────

/** A file that may be fetched by the intake. */
export interface ReleasedFile {
  readonly hash: string
  readonly mime: string
  readonly number: string
}

/** @returns a file of a confirmed case, if the person has said that it shows nothing that must stay here, or an officer has let it out. */
export async function releasedFile(store: Store, attachment: string): Promise<ReleasedFile | undefined> {
  return store.read((tx) =>
    tx
      .selectFrom('case_file as f')
      .innerJoin('complaint as c', 'c.number', 'f.number')
      .select(['f.hash', 'f.kind as mime', 'f.number'])
      .where('f.attachment', '=', attachment)
      .where('f.clear', '=', 1)
      .limit(1)
      .executeTakeFirst(),
  )
}
