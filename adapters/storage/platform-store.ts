/** What the doors of the platforms must look up before they can take an event. */
import type { Outgoing } from '../../bot/delivery/message.ts'
import type { Store } from './database.ts'
import { erasuresOf, generationOf } from './inbox-store.ts'

const BUTTON = /^([0-9a-f-]{36}):(\d{1,2})$/

/**
 * @param data what the button sends: the key of the reply, a colon, and which of its choices
 * @returns the words of the choice; undefined when no such reply was sent to this address: a name from outside reaches nobody else's conversation.
 */
export async function choiceSent(store: Store, channel: string, address: string, data: string): Promise<string | undefined> {
  const [, key, number] = data.match(BUTTON) ?? []
  if (key === undefined) return undefined
  const row = await store.read((tx) =>
    tx
      .selectFrom('outbox as o')
      .innerJoin('conversation as c', 'c.id', 'o.conversation_id')
      .select('o.body')
      .where('o.id', '=', key)
      .where('c.channel', '=', channel)
      .where('c.address', '=', address)
      .executeTakeFirst(),
  )
  const body = row && (JSON.parse(row.body) as Outgoing)
  return body?.kind === 'reply' ? body.choices[Number(number)] : undefined
}

/** @returns under which pseudonym the person is known at present; undefined when they were erased at `at` or later: the event is a late repeat. */
export function personSince(store: Store, person: string, at: number): Promise<string | undefined> {
  return store.read(async (tx) => {
    const erased = await erasuresOf(tx, person)
    return erased.some((erasedAt) => erasedAt >= at) ? undefined : generationOf(person, erased.length)
  })
}
