/** Deciding and sending as loops, over stores in memory: what they do when things go wrong, and in which order. */
import { describe, expect, it } from 'vitest'
import { type Decided, newConversation } from '../../bot/conversation/decide.ts'
import { Bell } from '../../bot/delivery/bell.ts'
import type { Outgoing, Parcel } from '../../bot/delivery/message.ts'
import { backoffMs, type Channel, DeliveryError, type OutboxStore, type RelayOptions, runRelay, sendDue } from '../../bot/delivery/relay.ts'
import { type Committed, decideNext, type Lease, runTurns, type TurnOptions } from '../../bot/delivery/turns.ts'

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

const reply: Outgoing = { kind: 'reply', author: 'assistant', status: 'service', text: 'chữ', sections: [], citations: [], choices: [] }
function parcel(key: string, more: Partial<Parcel> = {}): Parcel {
  return { key, conversation: 'c', channel: 'web', address: 'a', replyTo: null, body: reply, createdAt: NOW - 70, attempts: 0, ...more }
}

function channel(name: string, send: Channel['send'], showsOwner = true): Channel {
  return { name, capabilities: { idempotentSend: true, showsOwner, typing: false }, send }
}

function relay(parcels: readonly Parcel[], channels: readonly Channel[], given: Partial<RelayOptions> = {}) {
  const happened: string[] = []
  const note = (what: string) => void happened.push(what)
  const left = [[...parcels]]
  const store: OutboxStore = {
    leaseParcels: async (_now, _leaseMs, paused, limit) => {
      note(`lease ${limit}${paused.length > 0 ? ` without ${paused}` : ''}`)
      return left.shift() ?? []
    },
    hasten: async (now) => note(`hasten ${now - NOW}`),
    markSent: async (key) => note(`sent ${key}`),
    markFailed: async (key, code, next) => note(`failed ${key} ${code} ${next === null ? 'never' : `+${next - NOW}`}`),
  }
  const options: RelayOptions = {
    ...{ store, channels: new Map(channels.map((one) => [one.name, one])), paused: () => [], work: new Bell(), clock: () => NOW, random: () => 0 },
    events: {
      delivered: (name, tries, waitedMs) => note(`delivered ${name} at try ${tries} after ${waitedMs}`),
      undelivered: (name, code, final) => note(`undelivered ${name} ${code} ${final ? 'for good' : 'for now'}`),
      fault: (error) => note(`fault ${(error as Error).message}`),
    },
    failpoint: note,
    ...given,
  }
  return { options, happened }
}

const works = channel('web', async () => undefined)
const fails = (error: unknown) => channel('web', () => Promise.reject(error))

describe('sending', () => {
  it('hands the parcel to its channel, marks it and tells it', async () => {
    const given: Parcel[] = []
    const { options, happened } = relay([parcel('p', { attempts: 2 })], [channel('web', async (one) => void given.push(one))])
    expect(await sendDue(options)).toBe(1)
    expect(given.map((one) => one.key)).toEqual(['p'])
    expect(happened).toEqual(['lease 16', 'after-send-before-mark', 'sent p', 'delivered web at try 3 after 70'])
  })

  it('asks for nothing of channels that are paused', async () => {
    const { options, happened } = relay([], [works], { paused: () => ['web'] })
    expect(await sendDue(options)).toBe(0)
    expect(happened).toEqual(['lease 16 without web'])
  })

  it.each([
    ['later', 'later', 'failed p x +1000', 'for now'],
    ['after the time that the channel named', { afterMs: 90_000 }, 'failed p x +90000', 'for now'],
    ['after an hour at the latest, whatever the channel named', { afterMs: 900_000_000 }, 'failed p x +3600000', 'for now'],
    ['never again', 'never', 'failed p x never', 'for good'],
  ] as const)('that fails is tried %s', async (_what, retry, marked, told) => {
    const { options, happened } = relay([parcel('p', { attempts: 1 })], [fails(new DeliveryError('x', retry))])
    expect(await sendDue(options)).toBe(1)
    expect(happened.slice(1)).toEqual([marked, `undelivered web x ${told}`])
  })

  it('that fails in a way nobody thought of is told as a fault, and tried later', async () => {
    const { options, happened } = relay([parcel('p')], [fails(new TypeError('token 123 in the url'))])
    await sendDue(options)
    expect(happened.slice(1)).toEqual(['fault token 123 in the url', 'failed p unexpected +500', 'undelivered web unexpected for now'])
  })

  it('to a channel that is not there waits for it', async () => {
    const { options, happened } = relay([parcel('p', { channel: 'zalo' })], [works])
    await sendDue(options)
    expect(happened[1]).toBe('failed p channel_absent +500')
  })

  it('does not show owners where a channel cannot, and takes them as sent', async () => {
    const { options, happened } = relay(
      [parcel('p', { body: { kind: 'owner', owner: 'staff' } })],
      [{ ...fails(new Error('sent')), capabilities: { ...works.capabilities, showsOwner: false } }],
    )
    await sendDue(options)
    expect(happened).toContain('sent p')
  })

  it('of one parcel does not keep the others', async () => {
    const mixed = channel('web', async ({ key }) => {
      if (key === 'b') throw new DeliveryError('x', 'never')
    })
    const { options, happened } = relay(
      ['a', 'b', 'c'].map((key) => parcel(key)),
      [mixed],
    )
    expect(await sendDue(options)).toBe(3)
    expect(happened.filter((what) => /^(sent|failed)/.test(what)).sort()).toEqual(['failed b x never', 'sent a', 'sent c'])
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
    const { options, happened } = relay([parcel('p')], [works])
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
    await runRelay({ ...options, store }, ending.signal)
    expect(happened).toEqual(['hasten 0', 'fault disk is full', 'lease 16', 'after-send-before-mark', 'sent p', 'delivered web at try 1 after 70'])
  })

  it('looks again at what was put off when the clock is set back, and only then', async () => {
    const ending = new AbortController()
    const times = [0, 1_000, -3_600_000, -3_599_000]
    const clock = () => {
      if (times.length === 1) ending.abort()
      return NOW + (times.length > 1 ? (times.shift() as number) : (times[0] as number))
    }
    const { options, happened } = relay([], [works], { clock })
    const wait = async () => undefined
    await runRelay({ ...options, work: Object.assign(new Bell(), { wait }) }, ending.signal)
    expect(happened.filter((what) => what.startsWith('hasten'))).toEqual(['hasten 0', 'hasten -3600000'])
  })

  it('sends again under the same key what it sent but could not mark', async () => {
    const keys: string[] = []
    const { options } = relay([parcel('p')], [channel('web', async ({ key }) => void keys.push(key))], {
      failpoint: () => Promise.reject(new Error('killed')),
    })
    await expect(sendDue(options)).rejects.toThrow('killed')
    const again = relay([parcel('p')], [channel('web', async ({ key }) => void keys.push(key))])
    await sendDue(again.options)
    expect(keys).toEqual(['p', 'p'])
  })
})
