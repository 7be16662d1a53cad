/** Deciding and sending as loops, over stores in memory: what they do when things go wrong, and in which order. */
import { describe, expect, it } from 'vitest'
import { type Decided, newConversation } from '../../bot/conversation/decide.ts'
import { Bell } from '../../bot/delivery/bell.ts'
import { type Capabilities, type Channel, DeliveryError } from '../../bot/delivery/channel.ts'
import type { Outgoing, Parcel } from '../../bot/delivery/message.ts'
import { backoffMs, type Next, type OutboxStore, Relay, type RelayOptions } from '../../bot/delivery/relay.ts'
import { type Committed, decideNext, type Lease, runTurns, type TurnOptions } from '../../bot/delivery/turns.ts'
import { CHANNEL_SAY } from '../../bot/wording/channels.ts'

const NOW = Date.UTC(2026, 10, 26, 3)

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

function leaseOf(id: string, attempts = 0): Lease {
  return {
    ...{ token: `t-${id}`, inboxId: id, conversationId: 'c', channel: 'web', address: 'a', attempts, conversation: newConversation(NOW) },
    message: { id, content: { kind: 'text', text: id, masked: false }, receivedAt: NOW - 40 },
  }
}

function decidedAs(reason: string, effects: Decided['effects'] = []): Decided {
  const { dialogue, ownership } = newConversation(NOW)
  return { decision: { kind: 'service', reason, sections: [], citations: [], choices: [] }, nextState: { dialogue, ownership }, effects }
}
const replying: Decided['effects'] = [{ kind: 'send', outgoing: { kind: 'owner', owner: 'bot' } }]

/** Turns over a queue in memory, with a record of everything that happened in order. */
function turns(waiting: Lease[], given: Partial<TurnOptions> & { readonly results?: (Committed | Error)[] } = {}) {
  const happened: string[] = []
  const note = (what: string) => void happened.push(what)
  const results = [...(given.results ?? [])]
  const sent = new Bell()
  sent.ring = () => note('rang')
  const options: TurnOptions = {
    store: {
      lease: async () => waiting.shift(),
      commit: async (lease, decided) => {
        note(`commit ${lease.message.id} ${'reason' in decided.decision ? decided.decision.reason : ''}`)
        const result = results.shift() ?? 'committed'
        if (result instanceof Error) throw result
        return result
      },
      release: async (lease) => note(`release ${lease.message.id}`),
    },
    decide: async (lease) => decidedAs(`on ${lease.message.id}`, replying),
    giveUp: async () => decidedAs('given up', replying),
    ready: () => true,
    ...{ work: new Bell(), sent, clock: () => NOW },
    events: {
      decided: (kind, _tookMs, waitedMs) => note(`decided ${kind} after ${waitedMs}`),
      again: () => note('again'),
      fault: (error) => note(`fault ${(error as Error).message}`),
    },
    failpoint: (name) => note(name),
    ...given,
  }
  return { options, happened }
}

describe('a turn', () => {
  it('is leased, decided, committed and told, and rings for who sends', async () => {
    const { options, happened } = turns([leaseOf('m')])
    expect(await decideNext(options)).toBe(true)
    expect(happened).toEqual(['after-model', 'commit m on m', 'after-outcome-commit', 'decided service after 40', 'rang'])
    expect(await decideNext(options)).toBe(false)
  })

  it('that says nothing rings for nobody', async () => {
    const { options, happened } = turns([leaseOf('m')], { decide: async () => decidedAs('silent') })
    await decideNext(options)
    expect(happened).not.toContain('rang')
  })

  it('is not begun while nothing can be decided, and the message stays', async () => {
    const waiting = [leaseOf('m')]
    const { options, happened } = turns(waiting, { ready: () => false })
    expect(await decideNext(options)).toBe(false)
    expect([waiting.length, happened]).toEqual([1, []])
  })

  it.each(['superseded', 'lost'] as const)('that is %s says nothing to anybody', async (result) => {
    const { options, happened } = turns([leaseOf('m')], { results: [result] })
    expect(await decideNext(options)).toBe(true)
    expect(happened.slice(2)).toEqual(['after-outcome-commit', 'again'])
  })

  it('whose deciding throws is given back, and told', async () => {
    const { options, happened } = turns([leaseOf('m')], { decide: () => Promise.reject(new Error('thread ended')) })
    expect(await decideNext(options)).toBe(true)
    expect(happened).toEqual(['fault thread ended', 'release m'])
  })

  it('is given up with an apology at the sixth try, without trying once more', async () => {
    const never = () => Promise.reject(new Error('tried again'))
    const fifth = turns([leaseOf('m', 4)], { decide: never })
    await decideNext(fifth.options)
    expect(fifth.happened).toContain('release m')
    const sixth = turns([leaseOf('m', 5)], { decide: never })
    await decideNext(sixth.options)
    expect(sixth.happened).toContain('commit m given up')
  })

  it('never has a negative wait, whatever the clock does', async () => {
    const { options, happened } = turns([leaseOf('m')], { clock: () => NOW - 9_000_000 })
    await decideNext(options)
    expect(happened).toContain('decided service after 0')
  })
})

describe('the loop of turns', () => {
  it('decides everything, survives a failing store, and ends when told, with the message in hand done', async () => {
    const waiting = [leaseOf('1'), leaseOf('2'), leaseOf('3')]
    const ending = new AbortController()
    const { options, happened } = turns(waiting, { results: ['committed', new Error('disk is full'), 'committed'] })
    const decide: TurnOptions['decide'] = async (lease) => {
      if (lease.message.id === '3') ending.abort()
      return options.decide(lease)
    }
    options.work.ring() // it sleeps once, after the fault
    await runTurns({ ...options, decide }, ending.signal)
    expect(happened.filter((what) => /^(commit|fault)/.test(what))).toEqual(['commit 1 on 1', 'commit 2 on 2', 'fault disk is full', 'commit 3 on 3'])
  })

  it('sleeps when there is nothing, and wakes at the bell', async () => {
    const waiting: Lease[] = []
    const ending = new AbortController()
    const { options, happened } = turns(waiting)
    let asked = 0
    const store = {
      ...options.store,
      lease: async () => {
        asked++
        return waiting.shift()
      },
    }
    const decide: TurnOptions['decide'] = async () => {
      ending.abort()
      return decidedAs('late')
    }
    const loop = runTurns({ ...options, store, decide }, ending.signal)
    for (let rounds = 0; rounds < 20; rounds++) await new Promise((resolve) => setImmediate(resolve))
    expect(asked).toBe(1)
    waiting.push(leaseOf('m'))
    options.work.ring()
    await loop
    expect([asked, happened.includes('commit m late')]).toEqual([2, true])
  })
})

// ── sending ─────────────────────────────────────────────────────────────────────────────────────

type Reply = Extract<Outgoing, { kind: 'reply' }>
const reply: Reply = { kind: 'reply', author: 'assistant', status: 'service', text: 'chữ', sections: [], citations: [], choices: [] }
function parcel(key: string, more: Partial<Parcel> = {}): Parcel {
  return {
    ...{ key, conversation: 'c', channel: 'web', address: 'a', replyTo: null, body: reply, createdAt: NOW - 70, attempts: 0 },
    ...{ delivered: 0, doubts: 0, heardAt: NOW - 100, ...more },
  }
}

const KNOWS_KEYS: Capabilities = {
  idempotentSend: true,
  reachesAway: true,
  showsOwner: true,
  typing: false,
  maxTextLength: null,
  buttons: 9,
  proactiveWindowMs: null,
}
/** Short messages, no keys, no buttons, a week to answer. */
const PLAIN: Capabilities = {
  idempotentSend: false,
  reachesAway: true,
  showsOwner: false,
  typing: false,
  maxTextLength: 60,
  buttons: 0,
  proactiveWindowMs: 604_800_000,
}

function channel(send: Channel['send'], capabilities = KNOWS_KEYS): Channel {
  return { name: 'web', capabilities, send }
}

function relay(parcels: readonly Parcel[], to: Channel, given: Partial<RelayOptions> = {}) {
  const happened: string[] = []
  const note = (what: string) => void happened.push(what)
  const left = [[...parcels]]
  const nextText = (next: Next) => (typeof next === 'string' ? next : `+${next.at - NOW}${next.movedTo ? ` to ${next.movedTo}` : ''}`)
  const store: OutboxStore = {
    leaseParcels: async (name, _now, _leaseMs, limit) => {
      note(`lease ${limit} of ${name}`)
      return left.shift() ?? []
    },
    hasten: async (now) => note(`hasten ${now - NOW}`),
    markSending: async ({ key }, until) => note(`sending ${key} until +${until - NOW}`),
    markPart: async ({ key }, delivered) => note(`part ${delivered} of ${key}`),
    markSent: async ({ key }) => note(`sent ${key}`),
    markFailed: async ({ key }, code, next, inDoubt) => note(`failed ${key} ${code} ${nextText(next)}${inDoubt ? ' in doubt' : ''}`),
  }
  const options: RelayOptions = {
    ...{ store, channel: to, paused: () => false, work: new Bell(), clock: () => NOW, random: () => 0 },
    events: {
      delivered: (name, tries, waitedMs) => note(`delivered ${name} at try ${tries} after ${waitedMs}`),
      repeated: (name) => note(`repeated on ${name}`),
      undelivered: (name, code, what) => note(`undelivered ${name} ${code} ${what}`),
      fault: (error) => note(`fault ${(error as Error).message}`),
    },
    failpoint: note,
    ...given,
  }
  return { options, happened, relay: new Relay(options) }
}

const works = channel(async () => undefined)
const fails = (error: unknown, capabilities = KNOWS_KEYS) => channel(() => Promise.reject(error), capabilities)

describe('sending', () => {
  it('hands the parcel to its channel, marks it and tells it', async () => {
    const given: Parcel[] = []
    const sending = relay(
      [parcel('p', { attempts: 2 })],
      channel(async (one) => void given.push(one)),
    )
    expect(await sending.relay.sendDue()).toBe(1)
    expect(given.map((one) => one.key)).toEqual(['p'])
    expect(sending.happened).toEqual(['hasten 0', 'lease 16 of web', 'after-send-before-mark', 'sent p', 'delivered web at try 3 after 70'])
  })

  it('asks for nothing while its channel is paused', async () => {
    const sending = relay([parcel('p')], works, { paused: () => true })
    expect(await sending.relay.sendDue()).toBe(0)
    expect(sending.happened).toEqual(['hasten 0'])
  })

  it.each([
    ['later', 'later', '+1000', 'again'],
    ['after the time that the channel named', { afterMs: 90_000 }, '+90000', 'again'],
    ['after an hour at the latest, whatever the channel named', { afterMs: 900_000_000 }, '+3600000', 'again'],
    ['at once at another address', { movedTo: 'b' }, '+0 to b', 'again'],
    ['when the person is heard again', 'when_heard', 'when_heard', 'held'],
    ['never again', 'never', 'never', 'final'],
  ] as const)('that fails is tried %s', async (_what, retry, marked, told) => {
    const sending = relay([parcel('p', { attempts: 1 })], fails(new DeliveryError('x', retry)))
    expect(await sending.relay.sendDue()).toBe(1)
    expect(sending.happened.slice(2)).toEqual([`failed p x ${marked}`, `undelivered web x ${told}`])
  })

  it('that fails in a way nobody thought of is told as a fault, and tried later', async () => {
    const sending = relay([parcel('p')], fails(new TypeError('token 123 in the url')))
    await sending.relay.sendDue()
    expect(sending.happened.slice(2)).toEqual(['fault token 123 in the url', 'failed p unexpected +500', 'undelivered web unexpected again'])
  })

  it('does not show owners where a channel cannot, and takes them as sent', async () => {
    const sending = relay([parcel('p', { body: { kind: 'owner', owner: 'staff' } })], fails(new Error('sent'), { ...KNOWS_KEYS, showsOwner: false }))
    await sending.relay.sendDue()
    expect(sending.happened).toContain('sent p')
  })

  it('of one parcel does not keep the others', async () => {
    const mixed = channel(async ({ key }) => {
      if (key === 'b') throw new DeliveryError('x', 'never')
    })
    const sending = relay(
      ['a', 'b', 'c'].map((key) => parcel(key)),
      mixed,
    )
    expect(await sending.relay.sendDue()).toBe(3)
    expect(sending.happened.filter((what) => /^(sent|failed)/.test(what)).sort()).toEqual(['failed b x never', 'sent a', 'sent c'])
  })

  it('rests the whole channel where the channel asks for that, and goes on after it or when the clock is set back', async () => {
    let now = NOW
    const sending = relay([parcel('p')], fails(new DeliveryError('quota', { afterMs: 60_000 }, { wholeChannel: true })), { clock: () => now })
    await sending.relay.sendDue()
    const leases = () => sending.happened.filter((what) => what.startsWith('lease')).length
    now += 59_999
    await sending.relay.sendDue()
    expect(leases()).toBe(1)
    now += 1
    await sending.relay.sendDue()
    expect(leases()).toBe(2)
    const other = relay([parcel('p')], fails(new DeliveryError('quota', { afterMs: 60_000 }, { wholeChannel: true })), { clock: () => now })
    await other.relay.sendDue()
    now -= 3_600_000
    await other.relay.sendDue()
    expect(other.happened.filter((what) => what.startsWith('lease')).length).toBe(2)
  })
})

describe('a reply in several messages', () => {
  const long = { ...reply, text: 'Câu thứ nhất nói về việc đổi hàng.\n\nCâu thứ hai nói về việc trả hàng.\n\nCâu thứ ba nói về tiền.' }
  const texts: string[] = []
  const keeps = channel(async (_parcel, { text }) => void texts.push(text), PLAIN)

  it('is marked part by part, each under a lease of its own', async () => {
    texts.length = 0
    const sending = relay([parcel('p', { body: long })], keeps)
    await sending.relay.sendDue()
    expect(texts).toEqual(['Câu thứ nhất nói về việc đổi hàng.', 'Câu thứ hai nói về việc trả hàng.', 'Câu thứ ba nói về tiền.'])
    expect(sending.happened.slice(2)).toEqual([
      ...['sending p until +60000', 'after-send-before-mark', 'part 1 of p', 'sending p until +60000', 'after-send-before-mark', 'part 2 of p'],
      ...['sending p until +60000', 'after-send-before-mark', 'sent p', 'delivered web at try 1 after 70'],
    ])
  })

  it('goes on with the part that has not arrived', async () => {
    texts.length = 0
    await relay([parcel('p', { body: long, delivered: 2 })], keeps).relay.sendDue()
    expect(texts).toEqual(['Câu thứ ba nói về tiền.'])
  })

  it('says so where a part may have arrived already, of that part only, and counts it', async () => {
    texts.length = 0
    const sending = relay([parcel('p', { body: long, delivered: 1, doubts: 1 })], keeps)
    await sending.relay.sendDue()
    expect(texts).toEqual([`${CHANNEL_SAY.again}\nCâu thứ hai nói về việc trả hàng.`, 'Câu thứ ba nói về tiền.'])
    expect(sending.happened.filter((what) => what.startsWith('repeated'))).toEqual(['repeated on web'])
  })

  it('is never said to be a repeat where the channel knows keys', async () => {
    texts.length = 0
    const sending = relay(
      [parcel('p', { doubts: 2 })],
      channel(async (_parcel, { text }) => void texts.push(text)),
    )
    await sending.relay.sendDue()
    expect([texts, sending.happened.some((what) => what.startsWith('repeated'))]).toEqual([['chữ'], false])
  })
})

describe('a send whose fate nobody knows', () => {
  const doubtful = fails(new DeliveryError('timed_out', 'later', { inDoubt: true }), PLAIN)

  it.each([
    [0, '+500 in doubt'],
    [1, '+500 in doubt'],
    [2, 'when_heard in doubt'],
  ])('after %i doubts is tried: %s', async (doubts, marked) => {
    const sending = relay([parcel('p', { doubts })], doubtful)
    await sending.relay.sendDue()
    expect(sending.happened).toContain(`failed p timed_out ${marked}`)
  })
})

describe('a channel that may be written to only for a while', () => {
  it.each([
    ['is written to a moment before it is over', NOW - 604_800_000 + 1, 'sent p'],
    ['is not written to when it is over: the reply waits', NOW - 604_800_000, 'failed p window_closed when_heard'],
    ['is written to where nobody knows when the person wrote', null, 'sent p'],
  ])('%s', async (_what, heardAt, expected) => {
    const sending = relay(
      [parcel('p', { heardAt })],
      channel(async () => undefined, PLAIN),
    )
    await sending.relay.sendDue()
    expect(sending.happened).toContain(expected)
  })
})

describe('the wait before the next try', () => {
  it('doubles, is capped, and lies between half and all of it', () => {
    expect([0, 1, 2, 3].map((attempts) => backoffMs(attempts, () => 0))).toEqual([500, 1_000, 2_000, 4_000])
    expect([0, 1, 2, 3].map((attempts) => backoffMs(attempts, () => 0.999999))).toEqual([1_000, 2_000, 4_000, 8_000])
    for (const attempts of [10, 20, 1_000, Number.MAX_SAFE_INTEGER]) expect(backoffMs(attempts, () => 1)).toBe(15 * 60_000)
  })
})

describe('the loop of the relay', () => {
  it('survives a failing store, and ends when told with what is in hand sent', async () => {
    const ending = new AbortController()
    const { options, happened } = relay([parcel('p')], works)
    let calls = 0
    const store = {
      ...options.store,
      leaseParcels: async (...args: Parameters<OutboxStore['leaseParcels']>) => {
        if (++calls === 1) throw new Error('disk is full')
        ending.abort()
        return options.store.leaseParcels(...args)
      },
    }
    options.work.ring()
    await new Relay({ ...options, store }).run(ending.signal)
    expect(happened).toEqual([
      ...['hasten 0', 'fault disk is full', 'lease 16 of web', 'after-send-before-mark', 'sent p', 'delivered web at try 1 after 70'],
    ])
  })

  it('looks again at what was put off when the clock is set back, and only then', async () => {
    const ending = new AbortController()
    const times = [0, 1_000, -3_600_000, -3_599_000]
    const clock = () => {
      if (times.length === 1) ending.abort()
      return NOW + (times.length > 1 ? (times.shift() as number) : (times[0] as number))
    }
    const { options, happened } = relay([], works, { clock })
    const wait = async () => undefined
    await new Relay({ ...options, work: Object.assign(new Bell(), { wait }) }).run(ending.signal)
    expect(happened.filter((what) => what.startsWith('hasten'))).toEqual(['hasten 0', 'hasten -3600000'])
  })

  it('begins with others while a slow one is in hand, as many as there is room for', async () => {
    const ending = new AbortController()
    const { options, happened } = relay([], works)
    const slow: (() => void)[] = []
    const waiting = [[parcel('slow')], [parcel('quick')], []]
    const to = channel(async ({ key }) => {
      if (key === 'slow') await new Promise<void>((resolve) => slow.push(resolve))
      else slow[0]?.()
    })
    const store = {
      ...options.store,
      leaseParcels: async (name: string, now: number, leaseMs: number, limit: number) => {
        await options.store.leaseParcels(name, now, leaseMs, limit)
        const parcels = waiting.shift() ?? []
        if (waiting.length === 0) ending.abort()
        return parcels
      },
    }
    await new Relay({ ...options, store, channel: to }).run(ending.signal)
    expect(happened.filter((what) => /^(lease|sent)/.test(what)).slice(0, 2)).toEqual(['lease 16 of web', 'lease 15 of web'])
    expect(happened.filter((what) => what.startsWith('sent')).sort()).toEqual(['sent quick', 'sent slow'])
  })

  it('sends again under the same key what it sent but could not mark', async () => {
    const keys: string[] = []
    const to = channel(async ({ key }) => void keys.push(key))
    const killed = relay([parcel('p')], to, { failpoint: () => Promise.reject(new Error('killed')) })
    await killed.relay.sendDue()
    expect(killed.happened.at(-1)).toBe('undelivered web unexpected again')
    await relay([parcel('p')], to).relay.sendDue()
    expect(keys).toEqual(['p', 'p'])
  })
})
