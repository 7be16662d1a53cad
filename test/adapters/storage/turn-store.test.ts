import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../../adapters/storage/database.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { freeLeases } from '../../../adapters/storage/turn-store.ts'
import type { Answered } from '../../../bot/answer/outcome.ts'
import type { Decided } from '../../../bot/conversation/decide.ts'
import type { Change } from '../../../bot/conversation/effects.ts'
import { DEFAULT_OWNER_RULES, step } from '../../../bot/conversation/owner.ts'
import { type Committed, type Lease, UnreadableLane } from '../../../bot/delivery/turns.ts'
import { inFolder } from '../../bot/open.ts'
import { accept, decideAll, decidedOn, decideOne, does, HAI, LAN, LEASE_MS, only, reply, rows, send, timer, turnsOf } from './lanes.ts'
import { count, DAY, inStore, NOW, tamper } from './office.ts'
import { plansOf, slowSteps } from './plans.ts'

const place = inStore()
const HOUR = 3_600_000
const timing = (now = NOW) => ({ now, tookMs: 12.5 })

/** Leases and expects that there is something. */
async function leased(store: Store, now = NOW): Promise<Lease> {
  const lease = await turnsOf(store).lease(now, LEASE_MS)
  if (!lease) throw new Error('nothing to lease')
  return lease
}

const lease = (now = NOW) => turnsOf(place.store).lease(now, LEASE_MS)
const commit = (held: Lease, decided: Decided = decidedOn(held), now = NOW) => turnsOf(place.store).commit(held, decided, timing(now))
const conversation = () => only(place.store, 'conversation')

describe('a lane', () => {
  it('that this version cannot read is put off, said aloud, and keeps nobody else waiting', async () => {
    await accept(place.store, 'a', '1')
    await accept(place.store, 'b', '2', { receivedAt: NOW + 1 })
    tamper(place.folder, `update conversation set ownership = '{"owner":"bot","unknown":1}' where address = 'a'`)
    await expect(decideOne(place.store, NOW + 2)).rejects.toThrow(UnreadableLane)
    expect(await decideOne(place.store, NOW + 2)).toBe('b:2')
    expect(await decideOne(place.store, NOW + 2)).toBeUndefined()
  })

  it('gives its first message, with all that is needed to decide', async () => {
    await accept(place.store, 'a', '1')
    const held = await leased(place.store)
    const { id, dialogue, ownership } = await conversation()
    expect(held).toEqual({
      ...{ token: expect.any(String), inboxId: (await only(place.store, 'inbox')).id, conversationId: id, channel: 'web', address: 'a', attempts: 0 },
      conversation: { version: 0, dialogue: JSON.parse(dialogue), ownership: JSON.parse(ownership) },
      message: { id: 'a:1', content: { kind: 'text', text: '1', masked: false }, receivedAt: NOW },
    })
  })

  it('gives nothing when nothing waits', async () => {
    expect(await lease()).toBeUndefined()
    await accept(place.store, 'a', '1')
    await decideAll(place.store)
    expect(await lease()).toBeUndefined()
  })

  it('is held by one at a time, however many ask at once', async () => {
    for (const who of ['a', 'b', 'c']) for (const id of ['1', '2']) await accept(place.store, who, id)
    const held = await Promise.all(Array.from({ length: 12 }, () => lease()))
    expect(held.filter(Boolean).map((one) => one?.message.id)).toEqual(['a:1', 'b:1', 'c:1'])
  })

  it('keeps the order of its messages', async () => {
    for (const id of ['1', '2', '3', '4']) await accept(place.store, 'a', id)
    expect(await decideAll(place.store)).toEqual(['a:1', 'a:2', 'a:3', 'a:4'])
  })

  it('that has waited longest comes first', async () => {
    for (const [i, who] of ['a', 'b', 'c'].entries()) await accept(place.store, who, '1', { receivedAt: NOW + 10 * (3 - i) })
    await accept(place.store, 'c', '2', { receivedAt: NOW + 100 })
    expect(await decideAll(place.store)).toEqual(['c:1', 'b:1', 'a:1', 'c:2'])
  })

  it('is free again when its lease has run out, and not a moment before', async () => {
    await accept(place.store, 'a', '1')
    await leased(place.store)
    expect(await lease(NOW + LEASE_MS - 1)).toBeUndefined()
    expect((await leased(place.store, NOW + LEASE_MS)).attempts).toBe(1)
  })

  it.each([
    ['hours', -5 * HOUR],
    ['a year', -365 * DAY],
  ])('is not blocked by a clock that was set back by %s', async (_what, moved) => {
    await accept(place.store, 'a', '1')
    const before = await leased(place.store)
    const after = await leased(place.store, NOW + moved)
    expect(after.message.id).toBe('a:1')
    expect(await commit(before)).toBe('lost')
    expect(await commit(after, decidedOn(after), NOW + moved)).toBe('committed')
  })

  it('is not blocked for longer than twice a lease by a clock that was set back a little', async () => {
    await accept(place.store, 'a', '1')
    await leased(place.store)
    expect(await lease(NOW - LEASE_MS)).toBeUndefined()
    expect((await leased(place.store, NOW + LEASE_MS)).message.id).toBe('a:1')
  })

  it('is free when the service starts, whatever a dead one held', async () => {
    await accept(place.store, 'a', '1')
    await accept(place.store, 'b', '1')
    await decideOne(place.store)
    const dead = await leased(place.store)
    tamper(place.folder, `update outbox set lease_until = ${NOW + HOUR}`)
    await freeLeases(place.store)
    expect((await leased(place.store)).message.id).toBe(dead.message.id)
    expect((await only(place.store, 'outbox')).lease_until).toBeNull()
  })

  it('given back undecided keeps its place and rests for a moment', async () => {
    await accept(place.store, 'a', '1')
    await accept(place.store, 'a', '2')
    const held = await leased(place.store)
    await turnsOf(place.store).release(held, NOW)
    expect(await lease(NOW + 499)).toBeUndefined()
    const again = await leased(place.store, NOW + 500)
    expect([again.message.id, again.attempts]).toEqual(['a:1', 1])
    expect(await commit(held)).toBe('lost')
  })

  it('given back by one who does not hold it any more stays with the one who does', async () => {
    await accept(place.store, 'a', '1')
    const old = await leased(place.store)
    const held = await leased(place.store, NOW + LEASE_MS)
    await turnsOf(place.store).release(old, NOW + LEASE_MS)
    expect(await lease(NOW + LEASE_MS + 1_000)).toBeUndefined()
    expect(await commit(held, decidedOn(held), NOW + LEASE_MS)).toBe('committed')
  })

  it('counts a try before the work, so that a message that kills the process is seen', async () => {
    await accept(place.store, 'a', '1')
    for (let tries = 0; tries < 4; tries++) expect((await leased(place.store, NOW + tries * LEASE_MS)).attempts).toBe(tries)
    expect((await only(place.store, 'inbox')).attempts).toBe(4)
  })

  it('that says it waits and does not is put right, and does not hide the others', async () => {
    await accept(place.store, 'a', '1', { receivedAt: NOW - 1 })
    await decideAll(place.store)
    tamper(place.folder, `update conversation set pending = 1, pending_since = ${NOW - 5}`)
    await accept(place.store, 'b', '1')
    expect(await lease()).toBeUndefined()
    expect((await leased(place.store)).message.id).toBe('b:1')
  })
})

describe('a decision', () => {
  it('is written with the next state, the reply and the timer, in one', async () => {
    await accept(place.store, 'a', '1')
    await accept(place.store, 'a', '2', { receivedAt: NOW + 7 })
    const held = await leased(place.store)
    const asked = step(held.conversation.ownership, { kind: 'person_asked' }, NOW, DEFAULT_OWNER_RULES)
    if ('refused' in asked) throw new Error(asked.refused)
    const changes = asked.effects.filter((effect): effect is Extract<Change, { kind: 'episode_began' | 'episode_ended' }> =>
      effect.kind.startsWith('episode'),
    )
    const dialogue = { ...held.conversation.dialogue, questions: ['1'], unsure: 1 }
    const decided: Decided = { ...decidedOn(held), nextState: { dialogue, ownership: asked.ownership }, effects: [...changes, send('chờ nhé')] }
    expect(await commit(held, decided, NOW + 3)).toBe('committed')

    const row = await conversation()
    expect(row).toMatchObject({ version: 1, pending: 1, pending_since: NOW + 7, position: 3, owner: 'waiting', lease_token: null, lease_until: null })
    expect([JSON.parse(row.dialogue), JSON.parse(row.ownership), row.timer_at]).toEqual([dialogue, asked.ownership, timer(asked.ownership)])
    expect(await only(place.store, 'decision')).toEqual({
      ...{ inbox_id: held.inboxId, conversation_id: row.id, episode: 2, kind: 'service', reason: 'test', citations: '[]', confidence: null },
      ...{ decided_at: NOW + 3, took_ms: 12.5 },
    })
    expect(await only(place.store, 'outbox')).toMatchObject({
      ...{ conversation_id: row.id, channel: 'web', position: 3, inbox_id: held.inboxId, author: 'assistant', state: 'pending', attempts: 0 },
      ...{ next_attempt_at: 0, created_at: NOW + 3, sent_at: null, body: JSON.stringify(reply('chờ nhé')) },
    })
    expect((await rows(place.store, 'episode')).map(({ number, owner, ended_by }) => [number, owner, ended_by])).toEqual([
      [1, 'bot', 'person'],
      [2, 'waiting', null],
    ])
    expect((await rows(place.store, 'inbox')).map((one) => one.state)).toEqual(['decided', 'waiting'])
  })

  it('keeps what it rests on: citations by their pointers, confidence, why, and nothing of the words', async () => {
    const cited = {
      ...{ kind: 'answered', confidence: 0.87, sections: [{ kind: 'answer', heading: '', lines: [{ text: 'chữ', citations: [0] }] }], choices: [] },
      citations: [{ pointer: { document: '19/2023/QH15', article: '30' }, title: 'chữ' }],
    } as unknown as Answered
    await accept(place.store, 'a', '1')
    const first = await leased(place.store)
    await commit(first, { ...decidedOn(first), decision: cited })
    await accept(place.store, 'a', '2')
    const second = await leased(place.store)
    await commit(second, { ...decidedOn(second), decision: { kind: 'failed', code: 'given_up', sections: [], choices: [], citations: [] } })
    await accept(place.store, 'a', '3')
    const third = await leased(place.store)
    await commit(third, { ...decidedOn(third, []), decision: { kind: 'for_staff' } })
    const kept = (await rows(place.store, 'decision')).map(({ kind, reason, citations, confidence }) => [kind, reason, citations, confidence])
    expect(kept).toEqual([
      ['answered', null, '[{"document":"19/2023/QH15","article":"30"}]', 0.87],
      ['failed', 'given_up', '[]', null],
      ['for_staff', null, '[]', null],
    ])
  })

  it('is superseded when an officer changed the conversation meanwhile; nothing is written, and it is decided again at once', async () => {
    await accept(place.store, 'a', '1')
    const held = await leased(place.store)
    await does(place.store, held.conversationId, LAN, { kind: 'take' })
    const [before, sent] = [await conversation(), await rows(place.store, 'outbox')]
    expect(await commit(held)).toBe('superseded')
    expect(await conversation()).toEqual({ ...before, lease_token: null, lease_until: null })
    expect([await rows(place.store, 'outbox'), await rows(place.store, 'decision')]).toEqual([sent, []])
    const again = await leased(place.store)
    expect([again.message.id, again.attempts, again.conversation.ownership.owner]).toEqual(['a:1', 0, 'staff'])
    expect(await commit(again, decidedOn(again, []))).toBe('committed')
  })

  it('is lost when another took the lane over, also when that one has not decided yet', async () => {
    await accept(place.store, 'a', '1')
    const slow = await leased(place.store)
    const quick = await leased(place.store, NOW + LEASE_MS)
    expect(await commit(slow)).toBe('lost')
    expect(await commit(quick)).toBe('committed')
    expect(await commit(slow)).toBe('lost')
    expect(await commit(quick)).toBe('lost')
    expect([await count(place.store, 'outbox'), (await rows(place.store, 'decision')).length]).toEqual([1, 1])
  })

  it('is lost when the person was erased meanwhile', async () => {
    await accept(place.store, 'a', '1')
    const held = await leased(place.store)
    await erasePerson(place.store, { person: 'web:a', by: 'person', why: 'thử' }, NOW)
    expect(await commit(held)).toBe('lost')
    for (const table of ['conversation', 'inbox', 'outbox', 'decision'] as const) expect(await rows(place.store, table), table).toEqual([])
  })

  it('is lost when the message was decided already, whatever the lane says', async () => {
    await accept(place.store, 'a', '1')
    const held = await leased(place.store)
    tamper(
      place.folder,
      `insert into decision (conversation_id, inbox_id, episode, kind, citations, decided_at, took_ms) values ('${held.conversationId}', '${held.inboxId}', 1, 'answered', '[]', 1, 1)`,
    )
    expect(await commit(held)).toBe('lost')
    expect(await count(place.store, 'outbox')).toBe(0)
  })

  it('of which one part cannot be written leaves nothing of the others', async () => {
    await accept(place.store, 'a', '1')
    const held = await leased(place.store)
    const before = [await conversation(), await rows(place.store, 'inbox'), await rows(place.store, 'episode')]
    const twice: Change = { kind: 'episode_began', number: 1, owner: 'waiting', at: NOW }
    await expect(commit(held, decidedOn(held, [send('một'), twice, send('hai')]))).rejects.toThrow(/UNIQUE/)
    expect([await conversation(), await rows(place.store, 'inbox'), await rows(place.store, 'episode')]).toEqual(before)
    expect([await count(place.store, 'outbox'), (await rows(place.store, 'decision')).length]).toEqual([0, 0])
    expect(await commit(held)).toBe('committed')
  })
})

// ── anything in any order ───────────────────────────────────────────────────────────────────────

interface Known {
  readonly messages: { readonly id: string; decided: boolean }[]
  id: string
  version: number
  /** Who holds the lane, and until when. */
  held: string | undefined
  until: number
}

/** A naive idea of what the store should hold, and everything that was done to it. */
class World {
  readonly people = new Map<string, Known>()
  readonly leases: Lease[] = []
  now = NOW
  readonly store: Store
  constructor(store: Store) {
    this.store = store
  }

  async accept(who: string, id: string): Promise<void> {
    const { status, conversation: at } = await accept(this.store, who, id, { receivedAt: this.now })
    const known = this.people.get(who) ?? { messages: [], id: at, version: 0, held: undefined, until: 0 }
    this.people.set(who, known)
    const repeated = known.messages.some((message) => message.id === `${who}:${id}`)
    expect(status).toBe(repeated ? 'repeated' : 'new')
    if (!repeated) known.messages.push({ id: `${who}:${id}`, decided: false })
  }

  async lease(): Promise<void> {
    const held = await turnsOf(this.store).lease(this.now, LEASE_MS)
    const free = [...this.people.values()].filter((known) => known.until <= this.now && known.messages.some((message) => !message.decided))
    expect(held === undefined).toBe(free.length === 0)
    if (!held) return
    const known = this.of(held)
    expect(free).toContain(known)
    expect(held.message.id).toBe(known.messages.find((message) => !message.decided)?.id)
    expect(held.conversation.version).toBe(known.version)
    Object.assign(known, { held: held.token, until: this.now + LEASE_MS })
    this.leases.push(held)
  }

  async commit(which: number): Promise<void> {
    const held = this.leases[which % Math.max(1, this.leases.length)]
    if (!held) return
    const known = this.of(held)
    const expected = this.expected(known, held)
    expect(await turnsOf(this.store).commit(held, decidedOn(held), timing(this.now))).toBe(expected)
    if (expected === 'lost') return
    Object.assign(known, { held: undefined, until: 0 })
    if (expected === 'superseded') return
    known.version++
    const message = known.messages.find(({ id }) => id === held.message.id)
    expect(message?.decided).toBe(false)
    if (message) message.decided = true
  }

  private expected(known: Known, held: Lease): Committed {
    if (known.held !== held.token) return 'lost'
    return held.conversation.version === known.version ? 'committed' : 'superseded'
  }

  async release(which: number): Promise<void> {
    const held = this.leases[which % Math.max(1, this.leases.length)]
    if (!held) return
    await turnsOf(this.store).release(held, this.now)
    const known = this.of(held)
    if (known.held === held.token) Object.assign(known, { held: undefined, until: this.now + 500 })
  }

  async officer(who: string, what: number): Promise<void> {
    const known = this.people.get(who)
    if (!known) return
    const deeds = [
      { kind: 'take' },
      { kind: 'write', text: 'chào' },
      { kind: 'hand_back', outcome: 'xong' },
      { kind: 'close', outcome: 'xong' },
    ] as const
    const deed = deeds[what % deeds.length] ?? deeds[0]
    if ((await does(this.store, known.id, what % 2 ? LAN : HAI, deed, this.now)) === 'changed') known.version++
  }

  private of(held: Lease): Known {
    const known = [...this.people.values()].find(({ id }) => id === held.conversationId)
    if (!known) throw new Error('a conversation of nobody')
    return known
  }

  async check(): Promise<void> {
    for (const [address, known] of this.people) {
      const row = (await rows(this.store, 'conversation')).find((one) => one.address === address)
      const waiting = known.messages.filter((message) => !message.decided).length
      expect(row).toMatchObject({ version: known.version, pending: waiting, lease_token: known.held ?? null })
      expect(row?.pending_since === null).toBe(waiting === 0)
    }
  }

  /** Lets all leases run out and decides what is left. */
  async finish(): Promise<void> {
    this.now += LEASE_MS
    const left = [...this.people.values()].flatMap(({ messages }) => messages.filter(({ decided }) => !decided))
    expect((await decideAll(this.store, this.now)).sort()).toEqual(left.map(({ id }) => id).sort())
    const inbox = await rows(this.store, 'inbox')
    const decisions = await rows(this.store, 'decision')
    expect(decisions.map((row) => row.inbox_id).sort()).toEqual(inbox.map((row) => row.id).sort())
    expect(inbox.every((row) => row.state === 'decided')).toBe(true)
    const places = [...inbox, ...(await rows(this.store, 'outbox'))].map((row) => `${row.conversation_id} ${row.position}`)
    expect(new Set(places).size).toBe(places.length)
    for (const row of await rows(this.store, 'conversation')) expect(row).toMatchObject({ pending: 0, pending_since: null, lease_token: null })
  }
}

const deed = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('accept' as const), fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 9 })) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('lease' as const)) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('commit' as const), fc.nat(50)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('release' as const), fc.nat(50)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('officer' as const), fc.constantFrom('a', 'b', 'c'), fc.nat(7)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('wait' as const), fc.constantFrom(1, 499, 500, LEASE_MS - 1, LEASE_MS)) },
)
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

async function act(world: World, one: Deed): Promise<void> {
  switch (one[0]) {
    case 'accept':
      return world.accept(one[1], String(one[2]))
    case 'lease':
      return world.lease()
    case 'commit':
      return world.commit(one[1])
    case 'release':
      return world.release(one[1])
    case 'officer':
      return world.officer(one[1], one[2])
    case 'wait':
      world.now += one[1]
  }
}

describe('whatever is done in whatever order', () => {
  it('each message is decided exactly once, places are unique, versions rise, and the lane knows how many wait', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 60 }), (deeds) =>
        inFolder(async (folder) => {
          const store = await openStore(folder)
          try {
            const world = new World(store)
            for (const one of deeds) await act(world, one)
            await world.check()
            await world.finish()
          } finally {
            await store.close()
          }
        }),
      ),
      { seed: 20261126, numRuns: 40, endOnFailure: true },
    )
  })
})

describe('twenty thousand messages in one conversation', () => {
  it('are leased, decided and advanced by index alone', async () => {
    await accept(place.store, 'a', '0')
    tamper(
      place.folder,
      `with recursive n(i) as (select 2 union all select i + 1 from n where i < 20000)
       insert into inbox select id, 'i' || i, 'web', 'a:' || i, i, '{"kind":"text","text":"x","masked":false}', 'waiting', 0, ${NOW} from n, conversation`,
      'update conversation set pending = 20000, position = 20000',
    )
    const plans = await plansOf(place.folder, async () => {
      const store = await openStore(place.folder)
      await decideOne(store)
      await turnsOf(store).release(await leased(store), NOW)
      await store.close()
    })
    const steps = plans.flatMap((plan) => plan.steps)
    expect(slowSteps(plans)).toEqual([])
    expect(steps).toContainEqual(expect.stringMatching(/^SEARCH conversation USING INDEX conversation_lane/))
    expect(steps).toContain('SEARCH inbox USING INDEX inbox_waiting (conversation_id=?)')
    expect(await conversation()).toMatchObject({ pending: 19_999 })
  })
})
