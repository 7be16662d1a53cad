/** What the assistant could not answer, as it was asked. Nothing of it is kept apart: it goes with its conversation. */
import type { Content } from '../../bot/delivery/message.ts'
import { wordsIn } from '../../bot/delivery/message.ts'
import type { Unanswered } from '../../bot/report/gaps.ts'
import { isCitizens } from './alert-store.ts'
import type { Store } from './database.ts'

/** @returns questions that were abstained from or failed since a moment, at most `limit`, the latest first. */
export async function readUnanswered(store: Store, since: number, limit: number): Promise<readonly Unanswered[]> {
  const rows = await store.read((tx) =>
    tx
      .selectFrom('decision as d')
      .innerJoin('inbox as i', 'i.id', 'd.inbox_id')
      .select(['d.conversation_id as chat', 'd.decided_at as at', 'i.content'])
      .where('d.kind', 'in', ['abstained', 'failed'])
      .where('d.decided_at', '>=', since)
      .where((eb) => isCitizens(eb, 'd.conversation_id'))
      .orderBy('d.decided_at', 'desc')
      .limit(limit)
      .execute(),
  )
  return rows.flatMap(({ chat, at, content }) => {
    const text = wordsIn(JSON.parse(content) as Content)
    return text === '' ? [] : [{ chat, at, text }]
  })
}
