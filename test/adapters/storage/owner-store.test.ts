import { describe, expect, it } from 'vitest'
import { readLastAudit } from '../../../adapters/storage/audit-store.ts'
import { openStore } from '../../../adapters/storage/database.ts'
import { readQueue, readThread } from '../../../adapters/storage/owner-store.ts'
import { DEFAULT_OWNER_RULES, step } from '../../../bot/conversation/owner.ts'
import { fireTimers } from '../../../bot/handoff/officer.ts'
import { accept, decideAll, decideOne, does, HAI, LAN, only, ownersOf, rows, send, timer } from './lanes.ts'
import { inStore, NOW, tamper } from './office.ts'
import { plansOf, slowSteps } from './plans.ts'

const place = inStore()
const office = () => ({ store: ownersOf(place.store), rules: DEFAULT_OWNER_RULES, hours: '' })

/** A conversation of `who` with one message that was answered. @returns its id. */
async function conversationOf(who: string, now = NOW): Promise<string> {
  const { conversation } = await accept(place.store, who, '1', { receivedAt: now })
  await decideAll(place.store, now)
  return conversation
}

/** Puts the conversation into the officers' queue. */
function queue(id: string, now = NOW): Promise<unknown> {
  return ownersOf(place.store).change(id, now, (ownership) => {
    const result = step(ownership, { kind: 'person_asked' }, now, DEFAULT_OWNER_RULES)
    return 'refused' in result ? result : { ownership: result.ownership, effects: [] }
  })
}

describe('a change of owner', () => {
  it('is written with the version, the copied column and the timer', async () => {
    const id = await conversationOf('a')
    const { version } = await only(place.store, 'conversation')
    expect(await does(place.store, id, LAN, { kind: 'take' }, NOW + 5)).toBe('changed')
    const row = await only(place.store, 'conversation')
    const ownership = JSON.parse(row.ownership)
    expect(row).toMatchObject({ version: version + 1, owner: 'staff', timer_at: timer(ownership), updated_at: NOW + 5 })
    expect(ownership).toMatchObject({ owner: 'staff', officer: LAN, since: NOW + 5 })
  })

  it('of a conversation that is gone is missing', async () => {
    expect(await does(place.store, 'không có', LAN, { kind: 'take' })).toBe('missing')
  })

  it('that is refused writes nothing', async () => {
    const id = await conversationOf('a')
    await does(place.store, id, LAN, { kind: 'take' })
    const before = [await rows(place.store, 'conversation'), await rows(place.store, 'outbox'), await rows(place.store, 'audit')]
    expect(await does(place.store, id, HAI, { kind: 'take' })).toBe('taken_by_other')
    expect([await rows(place.store, 'conversation'), await rows(place.store, 'outbox'), await rows(place.store, 'audit')]).toEqual(before)
  })

  it('is taken by one of two officers who reach for it at once', async () => {
    const id = await conversationOf('a')
    const results = await Promise.all([LAN, HAI, LAN, HAI].map((officer) => does(place.store, id, officer, { kind: 'take' })))
    expect(results).toEqual(['changed', 'taken_by_other', 'changed', 'taken_by_other'])
  })

  it('and its audit entry are written together or not at all', async () => {
    const id = await conversationOf('a')
    const before = [await rows(place.store, 'conversation'), await rows(place.store, 'episode'), await rows(place.store, 'outbox')]
    tamper(place.folder, "create trigger full before insert on audit begin select raise(abort, 'disk is full'); end")
    await expect(does(place.store, id, LAN, { kind: 'take' })).rejects.toThrow('disk is full')
    expect([await rows(place.store, 'conversation'), await rows(place.store, 'episode'), await rows(place.store, 'outbox')]).toEqual(before)
    tamper(place.folder, 'drop trigger full')
    await does(place.store, id, LAN, { kind: 'take' })
    expect(await readLastAudit(place.store, 9)).toMatchObject([
      { actor: 'lan', action: 'owner.took', subject: `conversation:${id}`, detail: '{}', at: NOW },
    ])
  })
})

describe('the queue', () => {
  it('shows who waits and who is with an officer, the longest without news first', async () => {
    const [one, two, three] = [await conversationOf('a'), await conversationOf('b'), await conversationOf('c')]
    await conversationOf('d')
    await queue(two, NOW + 1)
    await queue(one, NOW + 2)
    await does(place.store, three, LAN, { kind: 'take' }, NOW + 3)
    await accept(place.store, 'a', '2', { receivedAt: NOW + 4 })
    expect((await readQueue(place.store)).map(({ id, ownership, pending, updatedAt }) => [id, ownership.owner, pending, updatedAt])).toEqual([
      [two, 'waiting', 0, NOW + 1],
      [three, 'staff', 0, NOW + 3],
      [one, 'waiting', 1, NOW + 4],
    ])
    expect(await readQueue(place.store, 1)).toHaveLength(1)
  })

  it('is read, as due timers are, by index alone', async () => {
    await queue(await conversationOf('a'))
    const plans = await plansOf(place.folder, async () => {
      const store = await openStore(place.folder)
      await readQueue(store)
      await readThread(store, 'x')
      await ownersOf(store).due(NOW, 100)
      await store.close()
    })
    const steps = plans.flatMap((plan) => plan.steps)
    expect(slowSteps(plans).filter((step) => !step.startsWith('USE TEMP B-TREE'))).toEqual([])
    expect(steps).toContainEqual(expect.stringMatching(/^SEARCH conversation USING (COVERING )?INDEX conversation_timer \(timer_at<\?\)/))
    expect(steps).toContainEqual(expect.stringMatching(/^SEARCH conversation USING INDEX conversation_owner \(owner=\?\)/))
  })
})

describe('a thread', () => {
  it('is both sides in order, the last of them, with what is not sent yet', async () => {
    const { conversation } = await accept(place.store, 'a', '1')
    await accept(place.store, 'a', '2')
    await decideOne(place.store, NOW + 1, [send('r1')])
    await decideOne(place.store, NOW + 2, [send('r2')])
    const said = (await readThread(place.store, conversation)).map((row) =>
      row.from === 'person' ? row.content.kind === 'text' && row.content.text : row.body.kind === 'reply' && `${row.body.text} ${row.sentAt}`,
    )
    expect(said).toEqual(['1', '2', 'r1 null', 'r2 null'])
    expect(await readThread(place.store, conversation, 1)).toMatchObject([{ from: 'us' }])
    expect(await readThread(place.store, 'không có')).toEqual([])
  })
})

describe('timers', () => {
  const MINUTE = 60_000
  const HOUR = 60 * MINUTE

  it('fire once they are due, the earliest first, and each once', async () => {
    const id = await conversationOf('a')
    await queue(id)
    expect(await fireTimers(office(), NOW + DEFAULT_OWNER_RULES.waitingNoticeMs - 1)).toBe(0)
    expect(await fireTimers(office(), NOW + DEFAULT_OWNER_RULES.waitingNoticeMs)).toBe(1)
    expect(await fireTimers(office(), NOW + DEFAULT_OWNER_RULES.waitingNoticeMs)).toBe(0)
    expect(await ownersOf(place.store).due(NOW + DEFAULT_OWNER_RULES.waitingEndsMs, 9)).toEqual([id])
    expect(await fireTimers(office(), NOW + DEFAULT_OWNER_RULES.waitingEndsMs)).toBe(1)
    expect(await only(place.store, 'conversation')).toMatchObject({ owner: 'bot', timer_at: null })
  })

  it('of many conversations are found in order, no more than asked for', async () => {
    const ids: string[] = []
    for (const [i, who] of ['a', 'b', 'c'].entries()) {
      ids.push(await conversationOf(who, NOW - HOUR))
      await queue(ids.at(-1) ?? '', NOW - i * MINUTE)
    }
    expect(await ownersOf(place.store).due(NOW + 20 * MINUTE, 2)).toEqual(ids.toReversed().slice(0, 2))
  })

  it('that an officer has overtaken do nothing', async () => {
    const id = await conversationOf('a')
    await queue(id)
    await does(place.store, id, LAN, { kind: 'take' }, NOW + 1)
    expect(await fireTimers(office(), NOW + DEFAULT_OWNER_RULES.waitingNoticeMs)).toBe(0)
    expect((await only(place.store, 'conversation')).owner).toBe('staff')
  })
})
