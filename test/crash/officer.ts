/** Officers at the same database from another process, as the office's console is: they take, write, hand back and close while the service answers. */
import { openStore } from '../../adapters/storage/database.ts'
import { openOwners } from '../../adapters/storage/owner-store.ts'
import { DEFAULT_OWNER_RULES, type Officer, ownershipSchema } from '../../bot/conversation/owner.ts'
import { type OfficerDeed, officerDoes, timerOf } from '../../bot/handoff/officer.ts'
import type { Random } from './random.ts'
import { pause } from './sse.ts'
import type { World } from './visitors.ts'

const OFFICERS: readonly Officer[] = [
  { id: 'can-bo-1', name: 'Hạnh' },
  { id: 'can-bo-2', name: 'Bình' },
]
const REST_MS = [150, 900] as const

/**
 * Works until `signal`. The database is opened for each visit and closed after it: a connection that is always there would spare the service every recovery of its
 * log after a kill.
 */
export async function officersWork(world: World, signal: AbortSignal): Promise<void> {
  const random = world.random.fork()
  const ended = new Promise<void>((done) => signal.addEventListener('abort', () => done()))
  while (!signal.aborted) {
    await Promise.race([world.service.up(), ended])
    if (!signal.aborted && !world.stopped && world.service.url) await visit(world, random)
    await pause(random.between(...REST_MS))
  }
}

async function visit(world: World, random: Random): Promise<void> {
  const store = await openStore(world.folder).catch(() => undefined)
  if (!store) return
  try {
    const all = await store.read((tx) => tx.selectFrom('conversation').select(['id', 'ownership', 'channel', 'address']).execute())
    const rows = all.filter(
      ({ channel, address }) =>
        !world.history.leaving.has(channel === 'web' ? address : `${channel}:${address}`) && !world.telling.has(`${channel}:${address}`),
    )
    const office = { store: openOwners(store, (ownership) => timerOf(ownership, DEFAULT_OWNER_RULES)), rules: DEFAULT_OWNER_RULES, hours: '' }
    for (let i = 0; i < 3 && rows.length > 0; i++) await one(world, random, office, random.pick(rows))
  } catch {
    // A full disk or a lock held too long: the office tries again later.
  } finally {
    await store.close().catch(() => undefined)
  }
}

interface Row {
  readonly id: string
  readonly ownership: string
}

async function one(world: World, random: Random, office: Parameters<typeof officerDoes>[0], { id: conversation, ownership }: Row): Promise<void> {
  const { owner, officer } = ownershipSchema.parse(JSON.parse(ownership)) as { owner: string; officer?: Officer }
  // Most of the time people talk to the assistant: where nobody is answered, little can go wrong.
  if (owner !== 'staff' && random.chance(0.6)) return
  const who = officer && random.chance(0.85) ? officer : random.pick(OFFICERS)
  const deed = drawn(random, owner === 'staff')
  const note = (result: 'changed' | 'uncertain') =>
    world.history.deeds.push({ kind: deed.kind, conversation, text: 'text' in deed ? deed.text : '', at: performance.now(), result })
  try {
    const result = await officerDoes(office, conversation, who, deed, world.now())
    if (result === 'changed') note(result)
  } catch {
    note('uncertain')
  }
}

function drawn(random: Random, staysHere: boolean): Exclude<OfficerDeed, { readonly kind: 'assign' | 'propose' }> {
  const kind = random.pick(staysHere ? (['write', 'hand_back', 'hand_back', 'close'] as const) : (['take', 'write', 'close'] as const))
  // Too short for a number that would be masked, long enough to be said once.
  const note = `ghi chú ${random.digits(7)}`
  if (kind === 'take') return { kind }
  return kind === 'write' ? { kind, text: `Cán bộ đang xem giúp bạn, ${note}` } : { kind, outcome: note }
}
