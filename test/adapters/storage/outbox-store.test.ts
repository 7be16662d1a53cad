import { describe, expect, it } from 'vitest'
import { openStore } from '../../../adapters/storage/database.ts'
import { openOutbox } from '../../../adapters/storage/outbox-store.ts'
import { readQueueState } from '../../../adapters/storage/queue-state.ts'
import type { Parcel } from '../../../bot/delivery/message.ts'
import { accept, decideAll, decideOne, does, LAN, LEASE_MS, only, reply, rows, send } from './lanes.ts'
import { inStore, NOW, tamper } from './office.ts'
import { plansOf, slowSteps } from './plans.ts'

const place = inStore()
const HOUR = 3_600_000
const outbox = () => openOutbox(place.store)
const lease = (now = NOW, channel = 'web', limit = 16) => outbox().leaseParcels(channel, now, LEASE_MS, limit)
const there = (parcel: Parcel | undefined): Parcel => parcel ?? expect.unreachable('no parcel was handed out')
const textsOf = (parcels: readonly Parcel[]) => parcels.map(({ body }) => (body.kind === 'reply' ? body.text : body.owner))

/** A conversation of `who` with these replies waiting to be sent. */
async function replies(who: string, texts: readonly string[], now = NOW, channel = 'web'): Promise<void> {
  await accept(place.store, who, `${texts[0]}`, { channel, receivedAt: now })
  await decideOne(place.store, now, texts.map(send))
}

/** Sends everything that is due. @returns the words in the order in which they went. */
async function sendAll(now = NOW): Promise<string[]> {
  const sent: string[] = []
  for (let parcels = await lease(now); parcels.length > 0; parcels = await lease(now))
    for (const parcel of parcels) {
      sent.push(...textsOf([parcel]))
      await outbox().markSent(parcel, now)
    }
  return sent
}

describe('a reply', () => {
  it('is handed out with all that is needed to send it, and is held', async () => {
    await replies('a', ['một'])
    const [parcel, ...more] = await lease(NOW + 5)
    const row = await only(place.store, 'outbox')
    expect(more).toEqual([])
    expect(parcel).toEqual({
      ...{ key: row.id, conversation: row.conversation_id, channel: 'web', address: 'a', replyTo: 'a:một', body: reply('một') },
      ...{ createdAt: NOW, attempts: 0, delivered: 0, doubts: 0, heardAt: NOW },
    })
    expect(row.lease_until).toBe(NOW + 5 + LEASE_MS)
  })

  it('that answers no message says so', async () => {
    await accept(place.store, 'a', '1')
    await decideOne(place.store, NOW, [])
    await does(place.store, (await only(place.store, 'conversation')).id, LAN, { kind: 'take' })
    const [parcel] = await lease()
    expect([parcel?.replyTo, parcel?.body.kind]).toEqual([null, 'owner'])
  })

  it('is handed out to one only, until its lease runs out, and then under the same key', async () => {
    await replies('a', ['một'])
    const [first] = await lease()
    expect(await lease(NOW + LEASE_MS - 1)).toEqual([])
    const [second] = await lease(NOW + LEASE_MS)
    expect(second?.key).toBe(first?.key)
  })

  it('is not held back by a lease taken before the clock was set back by hours', async () => {
    await replies('a', ['một'], NOW - 6 * HOUR)
    await lease(NOW)
    expect(textsOf(await lease(NOW - 5 * HOUR))).toEqual(['một'])
  })

  it('that was never tried is due whatever the clock says, and one that was put off is looked at again after the clock was set back', async () => {
    await replies('a', ['một'])
    const [first] = await lease(NOW - 5 * HOUR)
    await outbox().markFailed(there(first), 'busy', { at: NOW + 1_000 }, false)
    expect(await lease(NOW - 5 * HOUR)).toEqual([])
    await outbox().hasten(NOW - 5 * HOUR)
    expect(textsOf(await lease(NOW - 5 * HOUR))).toEqual(['một'])
  })

  it('that was sent is never handed out again', async () => {
    await replies('a', ['một'])
    expect(await sendAll()).toEqual(['một'])
    expect(await lease(NOW + 10 * HOUR)).toEqual([])
    expect(await only(place.store, 'outbox')).toMatchObject({ state: 'sent', sent_at: NOW, attempts: 1, lease_until: null, trouble: null })
  })
})

describe('the order', () => {
  it('within a conversation is kept: the second waits until the first is sent', async () => {
    await replies('a', ['một', 'hai', 'ba'])
    expect(textsOf(await lease())).toEqual(['một'])
    expect(await lease(NOW + 1)).toEqual([])
    expect(await sendAll(NOW + LEASE_MS)).toEqual(['một', 'hai', 'ba'])
  })

  it('within one conversation holds up no other', async () => {
    await replies('a', ['a1', 'a2'])
    await replies('b', ['b1', 'b2'], NOW + 1)
    expect(textsOf(await lease(NOW + 1))).toEqual(['a1', 'b1'])
  })

  it('waits with a reply that could not be sent', async () => {
    await replies('a', ['một', 'hai'])
    const [first] = await lease()
    await outbox().markFailed(there(first), 'unreachable', { at: NOW + 1_000 }, false)
    expect(await lease(NOW + 999)).toEqual([])
    expect((await rows(place.store, 'outbox'))[0]).toMatchObject({
      state: 'pending',
      attempts: 1,
      trouble: 'unreachable',
      next_attempt_at: NOW + 1_000,
    })
    const [again] = await lease(NOW + 1_000)
    expect([again?.key, again?.attempts]).toEqual([first?.key, 1])
    await outbox().markSent(there(again), NOW + 1_000)
    expect((await rows(place.store, 'outbox'))[0]).toMatchObject({ state: 'sent', attempts: 2, trouble: null })
    expect(textsOf(await lease(NOW + 1_000))).toEqual(['hai'])
  })

  it('goes on after a reply that never can be sent, which is kept', async () => {
    await replies('a', ['một', 'hai'])
    const [first] = await lease()
    await outbox().markFailed(there(first), 'blocked', 'never', false)
    expect(await sendAll(NOW + 1)).toEqual(['hai'])
    expect((await rows(place.store, 'outbox')).map(({ state, trouble }) => [state, trouble])).toEqual([
      ['undeliverable', 'blocked'],
      ['sent', null],
    ])
  })

  it('of what is due longest comes first, and no more than asked for', async () => {
    for (const [i, who] of ['a', 'b', 'c'].entries()) await replies(who, [who], NOW - i)
    expect(textsOf(await lease(NOW, 'web', 2))).toEqual(['c', 'b'])
    expect(textsOf(await lease(NOW, 'web', 2))).toEqual(['a'])
  })
})

describe('a channel', () => {
  it('is handed its own replies only, and holds up no other', async () => {
    await replies('a', ['web'])
    await replies('b', ['zalo'], NOW, 'zalo')
    expect(textsOf(await lease(NOW, 'zalo'))).toEqual(['zalo'])
    expect(await lease(NOW, 'telegram')).toEqual([])
    expect(textsOf(await lease(NOW))).toEqual(['web'])
  })
})

describe('the state of the queues', () => {
  it('is counted', async () => {
    expect(await readQueueState(place.store, NOW)).toEqual({
      ...{ undecided: 0, oldestUndecidedMs: 0, unsent: 0, oldestUnsentMs: 0, held: 0, undeliverable: 0, waitingForOfficer: 0, withOfficer: 0 },
      ...{ handingOver: 0, oldestHandingOverMs: 0, notHandedOver: 0 },
    })
    await replies('a', ['một', 'hai', 'ba'], NOW - 50)
    const [first] = await lease()
    await outbox().markFailed(there(first), 'blocked', 'never', false)
    await accept(place.store, 'b', '1', { receivedAt: NOW - 20 })
    await accept(place.store, 'b', '2', { receivedAt: NOW - 10 })
    await does(place.store, first?.conversation ?? '', LAN, { kind: 'take' }, NOW)
    // Taking it shows the officer and says so: two rows more.
    expect(await readQueueState(place.store, NOW)).toEqual({
      ...{ undecided: 2, oldestUndecidedMs: 20, unsent: 4, oldestUnsentMs: 50, held: 0, undeliverable: 1, waitingForOfficer: 0, withOfficer: 1 },
      ...{ handingOver: 0, oldestHandingOverMs: 0, notHandedOver: 0 },
    })
  })

  it('has no negative ages after the clock was set back', async () => {
    await replies('a', ['một'])
    await accept(place.store, 'b', '1')
    expect(await readQueueState(place.store, NOW - HOUR)).toMatchObject({ oldestUndecidedMs: 0, oldestUnsentMs: 0 })
  })
})

describe('twenty thousand replies', () => {
  it('are handed out, marked and counted by index alone', async () => {
    await accept(place.store, 'a', '1')
    await decideAll(place.store)
    tamper(
      place.folder,
      `with recursive n(i) as (select 3 union all select i + 1 from n where i < 20000)
       insert into outbox select conversation_id, 'o' || i, channel, i, body, null, author, 'pending', 0, ${NOW} + i, null, ${NOW}, null, null, 0, 0, 0 from n, outbox`,
    )
    const plans = await plansOf(place.folder, async () => {
      const store = await openStore(place.folder)
      const [parcel] = await openOutbox(store).leaseParcels('web', NOW + 30_000, LEASE_MS, 16)
      await openOutbox(store).markSent(there(parcel), NOW)
      await openOutbox(store).markFailed(there(parcel), 'x', { at: NOW }, false)
      await store.close()
    })
    expect(slowSteps(plans)).toEqual([])
    const steps = plans.flatMap((plan) => plan.steps)
    expect(steps).toContainEqual(expect.stringMatching(/^SEARCH o USING INDEX outbox_due \(channel=\? AND next_attempt_at<\?\)/))
    expect(steps).toContainEqual(
      expect.stringMatching(/^SEARCH earlier USING (COVERING )?INDEX outbox_pending \(conversation_id=\? AND position<\?\)/),
    )
  })
})
