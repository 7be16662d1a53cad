/** Bugs that the self-test plants through the service's own seams: a checker that does not find them proves nothing. */
import { randomUUID } from 'node:crypto'
import type { Decided } from '../../bot/conversation/decide.ts'
import type { Arrival } from '../../bot/delivery/message.ts'
import type { Lease } from '../../bot/delivery/turns.ts'
import type { Exchangeable } from '../../bot/main/service.ts'

type Exchange = (parts: Exchangeable) => Exchangeable

const BUGS = {
  /** Says "taken" first and writes a little later: what comes between is lost. */
  'ack-before-commit': (parts) => ({ ...parts, inbox: { accept: async (arrival) => soon(() => void parts.inbox.accept(arrival)) } }),
  /** Every third decision answers twice. */
  'two-decisions': (parts) => {
    let count = 0
    const twice = (decided: Parameters<typeof parts.turns.commit>[1]) =>
      ++count % 3 === 0 ? { ...decided, effects: [...decided.effects, ...decided.effects.filter((effect) => effect.kind === 'send')] } : decided
    return { ...parts, turns: { ...parts.turns, commit: (lease, decided, timing) => parts.turns.commit(lease, twice(decided), timing) } }
  },
  /** Sends under a new key at each try, so that a repeat is a second message. */
  'fresh-key': (parts) => ({
    ...parts,
    channels: parts.channels.map((channel) => ({ ...channel, send: (parcel, part) => channel.send({ ...parcel, key: randomUUID() }, part) })),
  }),
  /** Forgets which parts of a reply have arrived, and that one may have: it begins again, and says nothing of it. */
  'forgets-parts': (parts) => ({
    ...parts,
    outbox: {
      ...parts.outbox,
      leaseParcels: async (...asked) => (await parts.outbox.leaseParcels(...asked)).map((parcel) => ({ ...parcel, delivered: 0, doubts: 0 })),
    },
  }),
  /** Takes two messages with the same words for one. */
  'same-words': (parts) => {
    const known = new Set<string>()
    const isNew = ({ address, content }: Arrival) => content.kind !== 'text' || known.size === known.add(`${address} ${content.text}`).size - 1
    return {
      ...parts,
      inbox: { accept: async (arrival) => (isNew(arrival) ? parts.inbox.accept(arrival) : { status: 'repeated', conversation: '' }) },
    }
  },
  /** Does not heed that an officer wrote in the platform's own console. */
  'deaf-to-officers': (parts) => {
    const unchanged = (lease: Lease, decided: Decided): Decided =>
      lease.message.content.kind === 'officer' ? { ...decided, nextState: lease.conversation, effects: [] } : decided
    return { ...parts, turns: { ...parts.turns, commit: (lease, decided, timing) => parts.turns.commit(lease, unchanged(lease, decided), timing) } }
  },
} satisfies Record<string, Exchange>

export type Bug = keyof typeof BUGS

const LATE_MS = 700

async function soon(work: () => void) {
  setTimeout(work, LATE_MS)
  return { status: 'new', conversation: '' } as const
}

/** @returns what exchanges the parts, or undefined for a sound service */
export function planted(name: string | undefined): Exchange | undefined {
  return name ? BUGS[name as Bug] : undefined
}
