/** Bugs that the self-test plants through the service's own seams: a checker that does not find them proves nothing. */
import { randomUUID } from 'node:crypto'
import { openCase } from '../../adapters/storage/case-store.ts'
import { openStore } from '../../adapters/storage/database.ts'
import { addHandovers } from '../../adapters/storage/handover-store.ts'
import type { ConfirmedComplaint } from '../../bot/complaint/confirmed.ts'
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
  /** Hands over what the person is only shown to check. */
  'hands-over-drafts': (parts) => ({
    ...parts,
    turns: {
      ...parts.turns,
      commit: async (lease, decided, timing) => {
        const draft = decided.nextState.dialogue.complaint
        if (draft?.stage === 'summary') await parts.ways[0]?.send(draftHandover(draft.story))
        return parts.turns.commit(lease, decided, timing)
      },
    },
  }),
  /** Gives a case a new id at each try to hand it over. */
  'fresh-handover': (parts) => {
    const real = new Map<string, string>()
    const renamed = <T extends { readonly id: string }>(row: T): T => {
      const id = `case_${randomUUID()}`
      real.set(id, row.id)
      return { ...row, id }
    }
    const { leaseHandovers, mark, hasten } = parts.handovers
    return {
      ...parts,
      handovers: {
        ...{ hasten, mark: (handover, verdict, now) => mark({ ...handover, id: real.get(handover.id) ?? '' }, verdict, now) },
        leaseHandovers: async (...asked) => (await leaseHandovers(...asked)).map(renamed),
      },
    }
  },
  /** Says the number first and makes the case a little later. */
  'case-later': (parts) => ({
    ...parts,
    turns: {
      ...parts.turns,
      commit: async (lease, decided, timing) => {
        const made = decided.effects.flatMap((effect) => (effect.kind === 'complaint_confirmed' ? [effect.complaint] : []))
        const effects = decided.effects.filter((effect) => effect.kind !== 'complaint_confirmed')
        const committed = await parts.turns.commit(lease, { ...decided, effects }, timing)
        if (committed === 'committed') for (const complaint of made) setTimeout(() => void makeCase(lease.conversationId, complaint), MUCH_LATER_MS)
        return committed
      },
    },
  }),
} satisfies Record<string, Exchange>

export type Bug = keyof typeof BUGS

const LATE_MS = 700
const MUCH_LATER_MS = 2_500

function draftHandover(story: string) {
  const body = JSON.stringify({ type: 'complaint.confirmed', data: { case: 'nháp', story } })
  return { id: `case_${randomUUID()}`, way: 'webhook' as const, number: 'nháp', body, linksEndAt: null, attempts: 0, createdAt: 0 }
}

/** Whole, hand-over and all, in a transaction of its own. */
async function makeCase(conversation: string, complaint: ConfirmedComplaint): Promise<void> {
  const store = await openStore(process.env['ANTAM_DATA'] ?? '')
  const body = JSON.stringify({ type: 'complaint.confirmed', data: { case: complaint.case } })
  await store.write(async (tx) => {
    await openCase(tx, conversation, complaint)
    await addHandovers(tx, [{ id: `case_${randomUUID()}`, way: 'webhook', number: complaint.case, body, linksEndAt: null }], Date.now())
  })
  await store.close()
}

async function soon(work: () => void) {
  setTimeout(work, LATE_MS)
  return { status: 'new', conversation: '' } as const
}

/** @returns what exchanges the parts, or undefined for a sound service */
export function planted(name: string | undefined): Exchange | undefined {
  return name ? BUGS[name as Bug] : undefined
}
