/**
 * What an event of a messaging platform means to us, whatever the platform, and the one way in which it is taken: by webhook and by polling alike.
 *
 *   verified event ── read() of the platform's room, pure ──▶ Inbound ── take() ──▶ inbox (on disk) · erased · counted as ignored
 */
import type { Acceptance, Arrival, Seal } from '../../bot/delivery/message.ts'

/** Why an event is none of ours to answer. Counted and logged; nothing of the event is kept. */
export const IGNORED = [
  /** JSON, but nothing that the platform would send. */
  'not_an_event',
  /** A kind of event that is not known here. */
  'unknown_event',
  /** A known event in which something is missing that it cannot be understood without. */
  'malformed',
  /** What we sent ourselves, or another bot. */
  'own_echo',
  /** Said in a group without calling us. */
  'group',
  'seen',
  'delivered',
  'reaction',
  /** The person left: nothing to answer; what cannot be delivered waits. */
  'left',
  /** A button of a reply that is gone. */
  'old_button',
  /** Somebody who is not known by a pseudonym, as before they agree to chat. */
  'anonymous',
] as const
export type IgnoredReason = (typeof IGNORED)[number]

/** A button that was pressed: `data` says which, in words that only `take` can look up. */
export interface Press extends Omit<Arrival, 'content'> {
  readonly data: string
}

export type Inbound =
  | { readonly kind: 'arrival'; readonly arrival: Arrival }
  | { readonly kind: 'press'; readonly press: Press }
  /** The person withdraws from the platform's data processing: everything held on them goes. `at`: by the platform's clock. */
  | { readonly kind: 'withdraw'; readonly person: string; readonly at: number }
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason }

/** What reading an event needs besides its body; reading is pure. */
export interface Reading {
  readonly receivedAt: number
  /** @returns the pseudonym of a person whom the platform calls `id`: nobody can tell the id from it without the key of this installation. */
  readonly pseudonym: (id: string) => string
  /** Seals the account that money was sent to; absent where complaints are not taken. */
  readonly seal?: Seal
}

/** What the rest of the program does with what comes in; each resolves once it is on disk. */
export interface Taking {
  accept(arrival: Arrival): Promise<Acceptance>
  /** @returns the words of a button of a reply that was sent to `address`; undefined when there is no such button any more. */
  wordsOf(channel: string, address: string, data: string): Promise<string | undefined>
  withdraw(person: string, at: number): Promise<void>
  /** Whether the person has room under the limits for one more message; `event` names it, so that bringing it again takes no more room. */
  hasRoom(person: string, event: string): boolean
  /** Counts and logs what was not taken. */
  ignored(channel: string, reason: IgnoredReason): void
}

/** What became of it; `ignored` carries why. */
export type Taken = Acceptance['status'] | 'withdrawn' | IgnoredReason

/** Takes what an event meant. Rejects when it could not be written: then the platform must hear no "yes". */
export async function take(taking: Taking, channel: string, inbound: Inbound): Promise<Taken> {
  switch (inbound.kind) {
    case 'arrival':
      return accept(taking, inbound.arrival)
    case 'press':
      return press(taking, channel, inbound.press)
    case 'withdraw':
      await taking.withdraw(inbound.person, inbound.at)
      return 'withdrawn'
    case 'ignored':
      taking.ignored(channel, inbound.reason)
      return inbound.reason
  }
}

async function accept(taking: Taking, arrival: Arrival): Promise<Taken> {
  const tooMany = !taking.hasRoom(arrival.person, arrival.externalId)
  return (await taking.accept(tooMany ? { ...arrival, tooMany: true } : arrival)).status
}

async function press(taking: Taking, channel: string, { data, ...arrival }: Press): Promise<Taken> {
  const words = await taking.wordsOf(channel, arrival.address, data)
  if (words !== undefined) return accept(taking, { ...arrival, content: { kind: 'choice', text: words } })
  taking.ignored(channel, 'old_button')
  return 'old_button'
}

const MOST_REMEMBERED = 10_000

/** What is brought again, after a fault of ours or because nobody heard our answer, is judged as it was the first time. */
export function onceEach(judge: (person: string) => boolean): (person: string, event: string) => boolean {
  const judged = new Map<string, boolean>()
  return (person, event) => {
    const known = judged.get(`${person} ${event}`)
    if (known !== undefined) return known
    const room = judge(person)
    judged.set(`${person} ${event}`, room)
    if (judged.size > MOST_REMEMBERED) judged.delete(judged.keys().next().value ?? '')
    return room
  }
}
