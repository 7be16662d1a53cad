/** Polling: the platform forgets an event as it answers, so nothing may be lost between its answer and our disk. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Polling } from '../../../adapters/platform/adapter.ts'
import type { Inbound, Taken } from '../../../adapters/platform/inbound.ts'
import type { FakeZaloBotOptions } from '../../fakes/zalo-bot.ts'
import { closeAll, closeLater, event, openOnFake, reading, USER } from './open.ts'

afterEach(closeAll)

/** A running poll whose pauses pass at once and are written down. `take` may be made to fail. */
async function start(
  options: FakeZaloBotOptions = {},
  before: (fake: Awaited<ReturnType<typeof openOnFake>>['fake']) => Promise<void> | void = () => undefined,
) {
  const pauses: number[] = []
  const pause = async (ms: number) => void pauses.push(ms)
  const { fake, adapter } = await openOnFake(options, { pause }, { webhookSecret: undefined })
  const taking = { before: () => {}, failing: 0, taken: [] as Inbound[], tries: 0, troubles: [] as string[], polls: [] as number[] }
  const told = new Set<() => void>()
  const changed = () => {
    for (const tell of told) tell()
  }
  const polling: Polling = {
    take: async (inbound): Promise<Taken> => {
      taking.tries += 1
      taking.polls.push(fake.calls().get('getUpdates') ?? 0)
      taking.before()
      if (taking.failing-- > 0) throw new Error('đĩa đầy')
      taking.taken.push(inbound)
      changed()
      return 'new'
    },
    reading: () => reading,
    trouble: (code) => {
      taking.troubles.push(code)
      changed()
    },
  }
  const until = (met: () => boolean) =>
    new Promise<void>((resolve) => {
      const tell = () => met() && resolve()
      told.add(tell)
      tell()
    })
  await before(fake)
  const controller = new AbortController()
  const ended = adapter.poll?.(polling, controller.signal) ?? Promise.reject(new Error('No poll'))
  const stop = async () => {
    controller.abort()
    await ended
  }
  closeLater(stop)
  return { fake, taking, pauses, until, stop, controller, ended }
}

const texts = (taken: readonly Inbound[]) =>
  taken.map((one) => (one.kind === 'arrival' && one.arrival.content.kind === 'text' ? one.arrival.content.text : one.kind))

describe('a poll', () => {
  it('takes what waits and what comes, in order, one at a time', async () => {
    const { fake, taking, until, stop } = await start({}, async (platform) => {
      await platform.say(USER, 'một')
      await platform.say(USER, 'hai')
    })
    await until(() => taking.taken.length === 2)
    await fake.whenCalled('getUpdates', 3)
    await fake.say(USER, 'ba')
    await until(() => taking.taken.length === 3)
    await stop()
    expect(texts(taking.taken)).toEqual(['một', 'hai', 'ba'])
    expect(taking.troubles).toEqual([])
  })

  it('asks for nothing more until what it has is on disk, however often that fails', async () => {
    const { fake, taking, pauses, until, stop } = await start({}, async (platform) => {
      await platform.say(USER, 'một')
      await platform.say(USER, 'hai')
    })
    taking.failing = 2
    await until(() => taking.taken.length === 2)
    await stop()
    expect(texts(taking.taken)).toEqual(['một', 'hai'])
    expect(taking.polls).toEqual([1, 1, 1, 2])
    expect(taking.troubles).toEqual(['not_kept', 'not_kept'])
    expect(pauses.slice(0, 2)).toEqual([1_000, 2_000])
    expect(fake.waiting()).toBe(0)
  })

  it('asks again at once after an idle wait, which is no trouble', async () => {
    const { fake, taking, pauses, stop } = await start({ idlePollMs: 0 })
    await fake.whenCalled('getUpdates', 5)
    await stop()
    expect([taking.troubles, pauses]).toEqual([[], []])
  })

  it('takes a list too, and an answer without anything with a little patience', async () => {
    const { fake, taking, pauses, until, stop } = await start({}, async (platform) => {
      await platform.deliver([event('text', { text: 'a' }), event('text', { text: 'b', message_id: 'm2' })], 'm')
      await platform.deliver({}, 'm')
      await platform.deliver([], 'm')
      await platform.say(USER, 'c')
    })
    await until(() => taking.taken.length === 3)
    await fake.whenCalled('getUpdates', 5)
    await stop()
    expect(texts(taking.taken)).toEqual(['a', 'b', 'c'])
    expect(pauses).toEqual([250, 250])
  })

  it('hands on what is none of ours too, so that it is counted', async () => {
    const { taking, until, stop } = await start({}, async (platform) => void (await platform.deliver({ event_name: 'user.follow' }, 'm')))
    await until(() => taking.taken.length === 1)
    await stop()
    expect(taking.taken).toEqual([{ kind: 'ignored', reason: 'unknown_event' }])
  })
})

describe('the end of a poll', () => {
  it('comes at once while it waits', async () => {
    const { fake, taking, stop } = await start()
    await fake.whenCalled('getUpdates', 1)
    await stop()
    expect(taking.troubles).toEqual([])
  })

  it('comes at once where it was called off before', async () => {
    const { fake, adapter } = await openOnFake()
    await adapter.poll?.({ take: async () => 'new', reading: () => reading, trouble: () => undefined }, AbortSignal.abort())
    expect(fake.calls().get('getUpdates')).toBeUndefined()
  })

  it('comes at once in a pause, for real', async () => {
    const { fake, adapter } = await openOnFake()
    fake.troubleFor('getUpdates', { kind: 'reset' }, 100)
    const controller = new AbortController()
    // A pause of minutes, were it not called off.
    const polling = { take: async () => 'new' as const, reading: () => reading, trouble: () => controller.abort() }
    await adapter.poll?.(polling, controller.signal)
    expect(fake.calls().get('getUpdates')).toBe(1)
  })

  it('tries once more to keep what it has', async () => {
    const { taking, until, controller, ended } = await start({}, async (platform) => void (await platform.say(USER, 'một')))
    taking.failing = 1
    await until(() => taking.troubles.length === 1)
    controller.abort()
    await ended
    expect(texts(taking.taken)).toEqual(['một'])
  })

  it('tries once more also when it is called off while it writes', async () => {
    const { fake, taking, controller, ended } = await start()
    await fake.whenCalled('getUpdates', 1)
    taking.failing = 1
    taking.before = () => controller.abort()
    await fake.say(USER, 'một')
    await ended
    expect(texts(taking.taken)).toEqual(['một'])
    expect(taking.troubles).toEqual(['not_kept'])
  })

  it('says so when what it had is lost', async () => {
    const { taking, until, controller, ended } = await start({}, async (platform) => void (await platform.say(USER, 'một')))
    taking.failing = 1_000_000
    await until(() => taking.troubles.length === 1)
    controller.abort()
    await ended
    expect(taking.troubles.at(-1)).toBe('lost')
  })
})

describe('trouble', () => {
  it.each([
    ['token_refused', { kind: 'status', status: 401 }],
    ['platform_fault', { kind: 'status', status: 403 }],
    ['platform_fault', { kind: 'status', status: 502 }],
    ['quota', { kind: 'rate', retryAfter: 1 }],
    ['refused', { kind: 'status', status: 400 }],
    ['no_answer', { kind: 'reset' }],
    ['unreadable', { kind: 'not_json' }],
  ] as const)('%s is told, and it goes on with growing patience: %j', async (code, trouble) => {
    const { taking, pauses, until, stop } = await start({}, async (platform) => {
      platform.troubleFor('getUpdates', trouble, 8)
      await platform.say(USER, 'một')
    })
    await until(() => taking.taken.length === 1)
    await stop()
    expect(taking.troubles).toEqual(Array.from({ length: 8 }, () => code))
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  })

  it('not_sent where nobody listens', async () => {
    const { fake, taking, until, stop } = await start()
    await fake.whenCalled('getUpdates', 1)
    await fake.close()
    await until(() => taking.troubles.includes('not_sent'))
    await stop()
  })

  it('webhook_set is told once, until it is gone', async () => {
    const { fake, taking, until, stop } = await start({}, (platform) => platform.deliverTo('http://127.0.0.1:1'))
    await fake.whenCalled('getUpdates', 4)
    expect(taking.troubles).toEqual(['webhook_set'])
    fake.deliverTo(undefined)
    await fake.say(USER, 'một')
    await until(() => taking.taken.length === 1)
    await stop()
    expect(taking.troubles.filter((code) => code === 'webhook_set').length).toBe(1)
  })
})
