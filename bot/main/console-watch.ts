/** Tells the open pages of the console which conversations have changed, whoever changed them: this process, or a command beside it. */
import { setTimeout as pause } from 'node:timers/promises'
import { alertMark } from '../../adapters/storage/alert-store.ts'
import { callBackMark } from '../../adapters/storage/call-back-store.ts'
import { type DeskMark, readDelivered, readMarks } from '../../adapters/storage/desk-store.ts'
import { fault, type Parts } from './parts.ts'

/** Nobody rings for what another process does. */
const LOOK_MS = 1_000
/** What comes together is told together. */
const GATHER_MS = 40
const WATCHED = 300
/** A delivery is on disk only a while after the moment it bears: so far back each look begins. */
const BACK_MS = 10_000

interface Seen {
  readonly marks: ReadonlyMap<string, DeskMark>
  /** Deliveries of the last seconds, which were told already. */
  readonly delivered: ReadonlySet<string>
  readonly calls: string
  readonly addresses: string
}

/** Watches until `signal`; asks the database only while somebody looks. */
export async function watchDesk(parts: Parts, signal: AbortSignal): Promise<void> {
  const tell = fault(parts, 'console_watch')
  let seen: Seen | undefined
  while (!signal.aborted) {
    await parts.stirred.wait(LOOK_MS)
    if (signal.aborted) break
    if (parts.live.size === 0) seen = undefined
    else
      seen = await look(parts, seen).catch((error) => {
        tell(error)
        return seen
      })
    await pause(GATHER_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

async function look({ store, live, options }: Parts, before: Seen | undefined): Promise<Seen> {
  const rows = await readMarks(store, WATCHED)
  const delivered = await readDelivered(store, options.clock() - BACK_MS)
  const seen: Seen = {
    marks: new Map(rows.map((row) => [row.id, row])),
    delivered: new Set(delivered.map(({ id }) => id)),
    calls: await callBackMark(store),
    addresses: await alertMark(store),
  }
  // From here on every change is told; what came before it each page fetches for itself.
  if (!before) {
    live.tell({ kind: 'everything' })
    return seen
  }
  const changed = rows.filter(({ id, mark }) => before.marks.get(id)?.mark !== mark)
  const arrived = delivered.filter(({ id }) => !before.delivered.has(id))
  for (const chat of new Set([...changed.map(({ id }) => id), ...arrived.map(({ chat }) => chat)])) live.tell({ kind: 'chat', chat })
  if (seen.addresses !== before.addresses) live.tell({ kind: 'alerts' })
  if (seen.calls !== before.calls) live.tell({ kind: 'call_backs' })
  if (changed.length > 0) live.tell({ kind: 'queue' })
  if (changed.some(({ id, owner }) => owner === 'waiting' && before.marks.get(id)?.owner !== 'waiting')) live.tell({ kind: 'waiting' })
  return seen
}
