/** Replies in several parts, replies that wait for the person, chats that moved, matters that went on elsewhere: over a real database. */
import { describe, expect, it } from 'vitest'
import { openStore } from '../../../adapters/storage/database.ts'
import { openOutbox } from '../../../adapters/storage/outbox-store.ts'
import { freeLeases } from '../../../adapters/storage/turn-store.ts'
import { decide } from '../../../bot/conversation/decide.ts'
import { DEFAULT_OWNER_RULES, step } from '../../../bot/conversation/owner.ts'
import { Bell } from '../../../bot/delivery/bell.ts'
import { type Channel, DeliveryError } from '../../../bot/delivery/channel.ts'
import type { Parcel } from '../../../bot/delivery/message.ts'
import { MOST_DOUBTS, type OutboxStore, Relay } from '../../../bot/delivery/relay.ts'
import { fireTimers } from '../../../bot/handoff/officer.ts'
import { CHANNEL_SAY } from '../../../bot/wording/channels.ts'
import { RETURN_CHOICE } from '../../../bot/wording/handoff.ts'
import { CHOICE } from '../../../bot/wording/vi.ts'
import { ALL_ON } from '../../bot/situation.ts'
import { accept, decideAll, decideOne, LEASE_MS, only, ownersOf, reply, rows, send, turnsOf } from './lanes.ts'
import { inStore, NOW, tamper } from './office.ts'
import { plansOf, slowSteps } from './plans.ts'

const place = inStore()
const MINUTE = 60_000
const outbox = () => openOutbox(place.store)
const lease = (now = NOW, channel = 'telegram', limit = 16) => outbox().leaseParcels(channel, now, LEASE_MS, limit)
const there = (parcel: Parcel | undefined): Parcel => parcel ?? expect.unreachable('no parcel was handed out')
const textsOf = (parcels: readonly Parcel[]) => parcels.map(({ body }) => (body.kind === 'reply' ? body.text : body.owner))
const states = async () => (await rows(place.store, 'outbox')).map(({ state }) => state)
const fail = (parcel: Parcel, next: Parameters<OutboxStore['markFailed']>[2], inDoubt = false) => outbox().markFailed(parcel, 'x', next, inDoubt)

/** A conversation of `who` with these replies waiting to be sent. */
async function replies(who: string, texts: readonly string[], now = NOW, channel = 'telegram'): Promise<string> {
  const { conversation } = await accept(place.store, who, `${texts[0]}`, { channel, receivedAt: now })
  await decideOne(place.store, now, texts.map(send))
  return conversation
}

/** The person writes; nothing is answered. */
async function hear(who: string, id: string, now: number, channel = 'telegram', more = {}): Promise<void> {
  await accept(place.store, who, id, { channel, receivedAt: now, ...more })
  await decideOne(place.store, now, [])
}

/** Sends everything that is due. @returns the words in the order in which they went. */
async function sendAll(now: number, channel = 'telegram'): Promise<string[]> {
  const sent: string[] = []
  for (let parcels = await lease(now, channel); parcels.length > 0; parcels = await lease(now, channel))
    for (const parcel of parcels) {
      sent.push(...textsOf([parcel]))
      await outbox().markSent(parcel, now)
    }
  return sent
}

const join = (...ids: readonly string[]) =>
  place.store.write((tx) => tx.updateTable('conversation').set({ matter: 'm' }).where('id', 'in', ids).execute())

describe('a reply in parts', () => {
  it('remembers what has arrived, also over a restart', async () => {
    await replies('a', ['một'])
    const [first] = await lease()
    await outbox().markSending(there(first), NOW + MINUTE)
    await outbox().markPart(there(first), 1, NOW)
    await freeLeases(place.store)
    await place.store.close()
    Object.assign(place, { store: await openStore(place.folder) })
    const [again] = await lease(NOW + 1)
    expect(again).toMatchObject({ key: first?.key, delivered: 1, doubts: 0, attempts: 0 })
  })

  it('found under way after a crash counts as one doubt, once a crash', async () => {
    await replies('a', ['một'])
    for (let crashes = 1; crashes <= 3; crashes++) {
      const [parcel] = await lease(NOW + crashes)
      expect(parcel?.doubts).toBe(crashes - 1)
      await outbox().markSending(there(parcel), NOW + MINUTE)
      await freeLeases(place.store)
    }
    expect((await lease(NOW + 9))[0]?.doubts).toBe(3)
    await freeLeases(place.store)
    // Leased and never begun: nothing was sent, so nothing is in doubt.
    expect((await lease(NOW + 10))[0]?.doubts).toBe(3)
  })

  it('found under way because its lease ran out counts too', async () => {
    await replies('a', ['một'])
    const [parcel] = await lease()
    await outbox().markSending(there(parcel), NOW + MINUTE)
    expect(await lease(NOW + MINUTE - 1)).toEqual([])
    expect((await lease(NOW + MINUTE))[0]?.doubts).toBe(1)
  })

  it('is under a lease that runs on with each part', async () => {
    await replies('a', ['một'])
    const [parcel] = await lease()
    await outbox().markSending(there(parcel), NOW + 10 * MINUTE)
    expect((await only(place.store, 'outbox')).lease_until).toBe(NOW + 10 * MINUTE)
  })

  it('that arrived leaves no doubt to the next one', async () => {
    await replies('a', ['một'])
    const [parcel] = await lease()
    await fail(there(parcel), { at: NOW + 1 }, true)
    const [again] = await lease(NOW + 1)
    expect(again?.doubts).toBe(1)
    await outbox().markPart(there(again), 1, NOW + 1)
    expect(await only(place.store, 'outbox')).toMatchObject({ delivered: 1, doubts: 0, sending: 0, state: 'pending' })
  })

  it('that certainly did not arrive adds no doubt and takes none away', async () => {
    await replies('a', ['một'])
    await fail(there((await lease())[0]), { at: NOW + 1 }, true)
    await fail(there((await lease(NOW + 1))[0]), { at: NOW + 2 }, false)
    expect((await lease(NOW + 2))[0]).toMatchObject({ doubts: 1, attempts: 2 })
  })
})

describe('a reply that waits for the person', () => {
  it('keeps what follows it back, and both go in order once the person writes', async () => {
    await replies('a', ['một', 'hai', 'ba'])
    await fail(there((await lease())[0]), 'when_heard')
    expect([await states(), await lease(NOW + 100 * MINUTE)]).toEqual([['held', 'pending', 'pending'], []])
    await hear('a', 'alo', NOW + MINUTE)
    expect(await sendAll(NOW + MINUTE)).toEqual(['một', 'hai', 'ba'])
  })

  it('goes before the answer to what released it', async () => {
    await replies('a', ['một'])
    await fail(there((await lease())[0]), 'when_heard')
    await replies('a', ['hai'], NOW + MINUTE)
    expect(await sendAll(NOW + MINUTE)).toEqual(['một', 'hai'])
  })

  it('is released whatever the clock says, and however often it was tried', async () => {
    await replies('a', ['một'])
    for (let i = 0; i < 5; i++) {
      await fail(there((await lease(NOW + i))[0]), 'when_heard', true)
      await hear('a', `alo ${i}`, NOW - 100 * MINUTE)
    }
    expect((await lease(NOW - 100 * MINUTE))[0]).toMatchObject({ attempts: 5, doubts: 5 })
  })

  it('keeps no other conversation back', async () => {
    await replies('a', ['a1', 'a2'])
    await fail(there((await lease())[0]), 'when_heard')
    await replies('b', ['b1'])
    expect(await sendAll(NOW)).toEqual(['b1'])
  })

  it('is not released by somebody else, by an officer, by a message that is known already, or by the same address elsewhere', async () => {
    await replies('a', ['một'])
    await fail(there((await lease())[0]), 'when_heard')
    await hear('b', 'alo', NOW + 1)
    await hear('a', 'alo', NOW + 1, 'zalo-bot')
    await accept(place.store, 'a', 'một', { channel: 'telegram' })
    await accept(place.store, 'a', 'o', { channel: 'telegram', content: { kind: 'officer', officer: { id: 'oa', name: '' }, text: 'Chào' } })
    expect(await states()).toEqual(['held'])
  })

  it('is released by a file, which is not here yet, by a sticker, and by opening the chat', async () => {
    for (const [i, content] of (
      [{ kind: 'remote', caption: '', masked: false }, { kind: 'wordless', what: 'sticker' }, { kind: 'joined' }] as const
    ).entries()) {
      await replies(`p${i}`, ['một'])
      await fail(there((await lease())[0]), 'when_heard')
      await accept(place.store, `p${i}`, 'x', { channel: 'telegram', content })
      expect((await states()).at(-1)).toBe('pending')
      await sendAll(NOW)
      await decideOne(place.store, NOW, [])
    }
  })

  it('does not wait for another message when the person wrote while it was being sent', async () => {
    await replies('a', ['một'])
    const [parcel] = await lease()
    await replies('a', ['hai'], NOW + 10)
    await fail(there(parcel), 'when_heard', true)
    expect(await sendAll(NOW + MINUTE)).toEqual(['một', 'hai'])
  })
})

describe('a matter that went on elsewhere', () => {
  it('has said there what cannot be delivered here, in order, under new keys', async () => {
    const here = await replies('a', ['một', 'hai'])
    const elsewhere = await replies('b', ['kia'], NOW + 10, 'zalo-bot')
    await join(here, elsewhere)
    const [parcel] = await lease(NOW + 20)
    await fail(there(parcel), 'when_heard')
    expect(await states()).toEqual(['moved', 'moved', 'pending', 'pending', 'pending'])
    expect(await lease(NOW + 100 * MINUTE)).toEqual([])
    const [kia] = await lease(NOW + 20, 'zalo-bot')
    await outbox().markSent(there(kia), NOW + 20)
    const [first] = await lease(NOW + 20, 'zalo-bot')
    expect(first).toMatchObject({
      conversation: elsewhere,
      channel: 'zalo-bot',
      address: 'b',
      replyTo: null,
      body: reply('một'),
      attempts: 0,
      createdAt: NOW,
    })
    expect(first?.key).not.toBe(parcel?.key)
    await outbox().markSent(there(first), NOW + 20)
    expect(await sendAll(NOW + 20, 'zalo-bot')).toEqual(['hai'])
  })

  it('says there from its beginning what had only begun to arrive here, and what follows after it', async () => {
    const here = await replies('a', ['một', 'hai'])
    await join(here, await replies('b', ['kia'], NOW + 10, 'zalo-bot'))
    const [parcel] = await lease(NOW + 20)
    await outbox().markPart(there(parcel), 1, NOW + 20)
    await fail(there(parcel), 'when_heard')
    expect(await states()).toEqual(['moved', 'moved', 'pending', 'pending', 'pending'])
    expect(await sendAll(NOW + MINUTE, 'zalo-bot')).toEqual(['kia', 'một', 'hai'])
  })

  it('stays here where the person was heard last', async () => {
    const here = await replies('a', ['một'], NOW + 10)
    await join(here, await replies('b', ['kia'], NOW, 'zalo-bot'))
    await fail(there((await lease(NOW + 20))[0]), 'when_heard')
    expect(await states()).toEqual(['held', 'pending'])
  })

  it('does not run in a circle when nobody can be reached anywhere', async () => {
    const here = await replies('a', ['một'])
    await join(here, await replies('b', ['kia'], NOW + 10, 'zalo-bot'))
    await fail(there((await lease(NOW + 20))[0]), 'when_heard')
    for (let i = 0; i < 4; i++)
      for (const channel of ['telegram', 'zalo-bot']) for (const parcel of await lease(NOW + 20, channel)) await fail(parcel, 'when_heard')
    expect(await states()).toEqual(['moved', 'held', 'pending'])
    await hear('b', 'alo', NOW + MINUTE, 'zalo-bot')
    expect(await sendAll(NOW + MINUTE, 'zalo-bot')).toEqual(['kia', 'một'])
  })

  it('does not move what could not be delivered for another reason', async () => {
    const here = await replies('a', ['một'])
    await join(here, await replies('b', ['kia'], NOW + 10, 'zalo-bot'))
    const [parcel] = await lease(NOW + 20)
    await fail(there(parcel), { at: NOW + 30 })
    expect((await states())[0]).toBe('pending')
    await fail(there(parcel), 'never')
    expect((await states())[0]).toBe('undeliverable')
  })

  it('does not move what only shows who has the conversation', async () => {
    const { conversation: here } = await accept(place.store, 'a', 'một', { channel: 'telegram' })
    await decideOne(place.store, NOW, [send('một'), { kind: 'send', outgoing: { kind: 'owner', owner: 'staff' } }])
    await join(here, await replies('b', ['kia'], NOW + 10, 'zalo-bot'))
    await fail(there((await lease(NOW + 20))[0]), 'when_heard')
    expect(await states()).toEqual(['moved', 'pending', 'pending', 'pending'])
    expect(await sendAll(NOW + 20, 'zalo-bot')).toEqual(['kia', 'một'])
  })

  it('has said there also what came to wait here after a half-delivered reply', async () => {
    const here = await replies('a', ['một'])
    await join(here, await replies('b', ['kia'], NOW + 10, 'zalo-bot'))
    const [parcel] = await lease(NOW + 20)
    await outbox().markPart(there(parcel), 1, NOW + 20)
    await fail(there(parcel), 'when_heard')
    await place.store.write(async (tx) => {
      await tx
        .insertInto('outbox')
        .values({
          ...{
            id: 'late',
            conversation_id: here,
            channel: 'telegram',
            position: 50,
            body: JSON.stringify(reply('muộn')),
            inbox_id: null,
            author: 'staff',
          },
          ...{ state: 'pending', attempts: 0, next_attempt_at: 0, lease_until: null, created_at: NOW, sent_at: null, trouble: null },
        })
        .execute()
    })
    const sent = [...(await sendAll(NOW + MINUTE)), ...(await sendAll(NOW + MINUTE, 'zalo-bot'))]
    expect(sent).toContain('muộn')
  })
})

describe('a chat that moved', () => {
  it('is written to at its new address, at once and for good', async () => {
    await replies('a', ['một', 'hai'])
    await fail(there((await lease())[0]), { at: NOW, movedTo: 'a2' })
    expect((await lease()).map(({ address }) => address)).toEqual(['a2'])
    await accept(place.store, 'a2', 'alo', { channel: 'telegram', receivedAt: NOW + 5 })
    expect(await only(place.store, 'conversation')).toMatchObject({ address: 'a2', position: 4 })
  })

  it('to an address that is known already leaves that conversation alone, and waits', async () => {
    await replies('a', ['một', 'hai'])
    const known = await replies('a2', ['kia'])
    const [first] = (await lease()).filter(({ address }) => address === 'a')
    await fail(there(first), { at: NOW, movedTo: 'a2' })
    expect((await rows(place.store, 'conversation')).map(({ id, address }) => [address, id === known])).toEqual([
      ['a', false],
      ['a2', true],
    ])
    expect(await states()).toEqual(['held', 'held', 'pending'])
    await freeLeases(place.store)
    expect(await sendAll(NOW + MINUTE)).toEqual(['kia'])
  })

  it('is not mixed up with the same address of another channel', async () => {
    await replies('a', ['một'])
    await replies('a2', ['kia'], NOW, 'zalo-bot')
    await fail(there((await lease())[0]), { at: NOW, movedTo: 'a2' })
    expect((await lease()).map(({ address }) => address)).toEqual(['a2'])
  })
})

describe('messages that went out', () => {
  const usage = async () => (await rows(place.store, 'usage')).map(({ channel, month, received, sent }) => [channel, month, received, sent])

  it('are counted part by part, an owner that is only shown is not', async () => {
    await accept(place.store, 'a', '1', { channel: 'telegram' })
    await decideOne(place.store, NOW, [send('một'), { kind: 'send', outgoing: { kind: 'owner', owner: 'staff' } }])
    const [parcel] = await lease()
    for (const delivered of [1, 2]) await outbox().markPart(there(parcel), delivered, NOW)
    await outbox().markSent(there(parcel), NOW)
    await outbox().markSent(there((await lease())[0]), NOW)
    expect(await usage()).toEqual([['telegram', '2026-11', 1, 3]])
  })

  it('are counted in the month in which they went, as it is in Vietnam', async () => {
    const midnight = Date.UTC(2026, 10, 30, 17)
    await replies('a', ['một', 'hai'], midnight - 1)
    await sendAll(midnight - 1)
    await replies('b', ['ba'], midnight)
    await sendAll(midnight)
    expect(await usage()).toEqual([
      ['telegram', '2026-11', 1, 2],
      ['telegram', '2026-12', 1, 1],
    ])
  })

  it('are not counted when they failed', async () => {
    await replies('a', ['một'])
    await fail(there((await lease())[0]), 'never')
    expect(await usage()).toEqual([['telegram', '2026-11', 1, 0]])
  })
})

describe('the relay over this outbox', () => {
  const LONG = 'Câu thứ nhất nói về việc đổi hàng.\n\nCâu thứ hai nói về việc trả hàng.\n\nCâu thứ ba nói về tiền.'
  const capabilities = {
    idempotentSend: false,
    reachesAway: true,
    showsOwner: false,
    typing: false,
    maxTextLength: 60,
    buttons: 0,
    proactiveWindowMs: null,
  }

  function relay(sends: Channel['send'], store: OutboxStore = outbox()) {
    let now = NOW
    const noted: string[] = []
    const channel: Channel = { name: 'telegram', capabilities, send: sends }
    const made = new Relay({
      ...{ store, channel, work: new Bell(), clock: () => now, random: () => 0, paused: () => false, failpoint: () => undefined },
      events: {
        delivered: () => noted.push('delivered'),
        repeated: () => noted.push('repeated'),
        undelivered: (_name, code, what) => noted.push(`${code} ${what}`),
        fault: (error) => noted.push(`fault ${(error as Error).message}`),
      },
    })
    return {
      noted,
      async sendAt(at: number) {
        now = at
        return made.sendDue()
      },
    }
  }

  it('goes on where it was broken off, and marks only what may be a repeat', async () => {
    await replies('a', [LONG])
    const texts: string[] = []
    const broken = relay(async (_parcel, { number, text }) => {
      if (number === 1) throw new DeliveryError('timed_out', 'later', { inDoubt: true })
      texts.push(text)
    })
    await broken.sendAt(NOW)
    expect(await only(place.store, 'outbox')).toMatchObject({ delivered: 1, doubts: 1, sending: 0, trouble: 'timed_out' })
    await relay(async (_parcel, { text }) => void texts.push(text)).sendAt(NOW + MINUTE)
    expect(texts).toEqual([
      'Câu thứ nhất nói về việc đổi hàng.',
      `${CHANNEL_SAY.again}\nCâu thứ hai nói về việc trả hàng.`,
      'Câu thứ ba nói về tiền.',
    ])
    expect(await states()).toEqual(['sent'])
  })

  it('floods nobody with repeats: after some doubts it waits for the person, and loses nothing', async () => {
    await replies('a', ['một'])
    let sends = 0
    const doubtful = relay(() => {
      sends++
      return Promise.reject(new DeliveryError('timed_out', 'later', { inDoubt: true }))
    })
    for (let i = 0; i < 20; i++) await doubtful.sendAt(NOW + i * 10 * MINUTE)
    expect([sends, await states()]).toEqual([MOST_DOUBTS, ['held']])
    await hear('a', 'alo', NOW + 500 * MINUTE)
    const texts: string[] = []
    await relay(async (_parcel, { text }) => void texts.push(text)).sendAt(NOW + 500 * MINUTE)
    expect(texts).toEqual([`${CHANNEL_SAY.again}\nmột`])
  })

  it('says of a part that it may have arrived already when it was sent and could not be marked', async () => {
    await replies('a', [LONG])
    const texts: string[] = []
    const keeps: Channel['send'] = async (_parcel, { text }) => void texts.push(text)
    const store: OutboxStore = { ...outbox(), markPart: () => Promise.reject(new Error('disk is full')) }
    await relay(keeps, store).sendAt(NOW)
    await relay(keeps).sendAt(NOW + MINUTE)
    expect(texts.slice(0, 2)).toEqual(['Câu thứ nhất nói về việc đổi hàng.', `${CHANNEL_SAY.again}\nCâu thứ nhất nói về việc đổi hàng.`])
  })

  it('says so also when a send ended in a way nobody thought of', async () => {
    await replies('a', ['một'])
    const texts: string[] = []
    await relay(() => Promise.reject(new TypeError('cannot read the answer'))).sendAt(NOW)
    await relay(async (_parcel, { text }) => void texts.push(text)).sendAt(NOW + MINUTE)
    expect(texts).toEqual([`${CHANNEL_SAY.again}\nmột`])
  })

  it('does not say so of what certainly did not go out', async () => {
    await replies('a', ['một'])
    const texts: string[] = []
    await relay(() => Promise.reject(new DeliveryError('not_sent', 'later'))).sendAt(NOW)
    await relay(async (_parcel, { text }) => void texts.push(text)).sendAt(NOW + MINUTE)
    expect(texts).toEqual(['một'])
  })
})

describe('a notice with choices, where they are numbered', () => {
  it('is what a number that follows it means', async () => {
    await accept(place.store, 'a', '1', { channel: 'telegram' })
    const first = (await turnsOf(place.store).lease(NOW, LEASE_MS)) ?? expect.unreachable()
    const asked = step(first.conversation.ownership, { kind: 'person_asked' }, NOW, DEFAULT_OWNER_RULES)
    const ownership = 'refused' in asked ? expect.unreachable() : asked.ownership
    const choices = [CHOICE.complain, RETURN_CHOICE]
    const decision = { kind: 'service', reason: 'test', sections: [], citations: [], choices } as const
    const decided = {
      decision,
      nextState: { ownership, dialogue: { ...first.conversation.dialogue, choices } },
      effects: [{ kind: 'send', outgoing: { ...reply('Đây là câu trả lời.'), choices } }] as const,
    }
    await turnsOf(place.store).commit(first, decided, { now: NOW, tookMs: 1 })
    const later = NOW + DEFAULT_OWNER_RULES.waitingNoticeMs
    await fireTimers({ store: ownersOf(place.store), rules: DEFAULT_OWNER_RULES, hours: '' }, later)
    const shown = (await rows(place.store, 'outbox')).map(({ body }) => JSON.parse(body)).at(-1)
    expect(shown.choices).toEqual([RETURN_CHOICE])
    await accept(place.store, 'a', '2', { channel: 'telegram', receivedAt: later, content: { kind: 'text', text: '1', masked: false } })
    const { conversation, message } = (await turnsOf(place.store).lease(later, LEASE_MS)) ?? expect.unreachable()
    const { nextState } = await decide({ conversation, message, now: later, situation: ALL_ON }, async () => decision)
    expect(nextState.ownership.owner).toBe('bot')
  })
})

describe('twenty thousand rows of other channels, and of people who are waited for', () => {
  it('are not read through to find what is due', async () => {
    await replies('a', ['một'])
    await replies('b', ['kia'], NOW, 'zalo-bot')
    await decideAll(place.store)
    tamper(
      place.folder,
      `with recursive n(i) as (select 3 union all select i + 1 from n where i < 20000)
       insert into outbox select conversation_id, 'z' || i, channel, i, body, null, author, 'pending', 0, ${NOW - 1_000_000} + i, null, ${NOW}, null, null, 0, 0, 0
       from n, outbox where channel = 'zalo-bot'`,
    )
    tamper(
      place.folder,
      `with recursive n(i) as (select 3 union all select i + 1 from n where i < 20000)
       insert into outbox select conversation_id, 'h' || i, channel, i, body, null, author, 'held', 0, 0, null, ${NOW}, null, null, 0, 0, 0
       from n, outbox where channel = 'telegram' and id not like 'h%'`,
    )
    const plans = await plansOf(place.folder, async () => {
      const store = await openStore(place.folder)
      const box = openOutbox(store)
      const [parcel] = await box.leaseParcels('telegram', NOW, LEASE_MS, 16)
      await box.markSending(there(parcel), NOW + MINUTE)
      await box.markPart(there(parcel), 1, NOW)
      await box.markFailed(there(parcel), 'x', { at: NOW, movedTo: 'a9' }, true)
      await store.close()
    })
    expect(slowSteps(plans)).toEqual([])
    const steps = plans.flatMap((plan) => plan.steps)
    expect(steps).toContainEqual(expect.stringMatching(/^SEARCH o USING INDEX outbox_due \(channel=\? AND next_attempt_at<\?\)/))
    expect(steps).toContainEqual(expect.stringMatching(/^SEARCH earlier USING (COVERING )?INDEX outbox_held \(conversation_id=\? AND position<\?\)/))
  })

  it('of a matter are moved, and released, by index', async () => {
    const here = await replies('a', ['một'])
    await join(here, await replies('b', ['kia'], NOW + 10, 'zalo-bot'))
    const plans = await plansOf(place.folder, async () => {
      const store = await openStore(place.folder)
      const box = openOutbox(store)
      const [parcel] = await box.leaseParcels('telegram', NOW + 20, LEASE_MS, 16)
      await box.markFailed(there(parcel), 'x', 'when_heard', false)
      await accept(store, 'a', 'alo', { channel: 'telegram', receivedAt: NOW + 30 })
      await store.close()
    })
    expect(slowSteps(plans).filter((step) => !step.includes('TEMP B-TREE'))).toEqual([])
  })
})
