/** Sending, typing and fetching through the Zalo Bot Platform: one message a call, and an honest word on what became of it. */
import { afterEach, describe, expect, it } from 'vitest'
import { deliveryError } from '../../../adapters/zalo-bot/adapter.ts'
import { ZaloBotError } from '../../../adapters/zalo-bot/error.ts'
import { DeliveryError, FetchError, type Retry } from '../../../bot/delivery/relay.ts'
import type { Trouble } from '../../fakes/fake.ts'
import { closeAll, event, everythingOf, failureOf, openOnFake, parcel, part, reading, TOKEN, USER } from './open.ts'

afterEach(closeAll)

describe('send', () => {
  it('sends exactly one message, plain and whole', async () => {
    const { fake, adapter } = await openOnFake()
    await adapter.channel.send(parcel(), part('**Điều 39** <b>không</b> là định dạng\n1. có'))
    expect(fake.shown()).toMatchObject([{ to: USER, text: '**Điều 39** <b>không</b> là định dạng\n1. có' }])
    expect(fake.asked().filter(({ method }) => method === 'sendMessage')).toMatchObject([{ body: { chat_id: USER, text: expect.any(String) } }])
    expect(Object.keys(fake.asked().find(({ method }) => method === 'sendMessage')?.body ?? {})).toEqual(['chat_id', 'text'])
  })

  it('takes what is as long as the platform allows, and tells what is longer as refused for good', async () => {
    const { fake, adapter } = await openOnFake()
    const most = adapter.channel.capabilities.maxTextLength ?? 0
    await adapter.channel.send(parcel(), part('ă'.repeat(most)))
    expect(await failureOf(adapter.channel.send(parcel(), part('ă'.repeat(most + 1))))).toMatchObject({
      code: 'refused',
      retry: 'never',
      inDoubt: false,
    })
    expect(fake.shown().length).toBe(1)
  })

  it('asks once who we are, beside the first send and never in its way', async () => {
    const { fake, adapter } = await openOnFake()
    fake.troubleFor('getMe', { kind: 'hang' })
    await adapter.channel.send(parcel(), part('một'))
    await adapter.channel.send(parcel(), part('hai'))
    expect(fake.calls().get('getMe')).toBe(1)
  })

  it('asks again who we are when it was not told', async () => {
    const { fake, adapter } = await openOnFake()
    fake.troubleFor('getMe', { kind: 'reset' })
    await adapter.channel.send(parcel(), part('một'))
    await fake.whenCalled('getMe', 1)
    while ((fake.calls().get('getMe') ?? 0) < 2) await adapter.channel.send(parcel(), part('nữa'))
    expect(fake.calls().get('getMe')).toBe(2)
  })

  it.each<readonly [Trouble, string, Retry, boolean, boolean]>([
    [{ kind: 'status', status: 400 }, 'refused', 'never', false, false],
    [{ kind: 'status', status: 401 }, 'token_refused', 'later', false, true],
    [{ kind: 'status', status: 403 }, 'platform_fault', 'later', true, false],
    [{ kind: 'status', status: 404 }, 'not_found', 'when_heard', false, false],
    [{ kind: 'status', status: 408 }, 'no_answer', 'later', true, false],
    [{ kind: 'status', status: 418 }, 'refused', 'later', false, false],
    [{ kind: 'rate', retryAfter: 1 }, 'quota', { afterMs: 60_000 }, false, true],
    [{ kind: 'status', status: 503 }, 'platform_fault', 'later', true, false],
    [{ kind: 'not_json' }, 'unreadable', 'later', true, false],
    [{ kind: 'reset' }, 'no_answer', 'later', true, false],
    [{ kind: 'lost_ack' }, 'no_answer', 'later', true, false],
    [{ kind: 'hang' }, 'no_answer', 'later', true, false],
  ])('%j is %s, again %j, in doubt %s, for the whole channel %s', async (trouble, code, retry, inDoubt, wholeChannel) => {
    // Only who never answers is worth a short wait: on a busy machine others answer late.
    const { fake, adapter } = await openOnFake({}, trouble.kind === 'hang' ? { timeouts: { usual: 100 } } : {})
    fake.trouble(trouble)
    const error = await failureOf(adapter.channel.send(parcel(), part('a')))
    expect(error).toBeInstanceOf(DeliveryError)
    expect(error).toMatchObject({ code, retry, inDoubt, wholeChannel })
    expect(everythingOf(error)).not.toContain(TOKEN.slice(11))
  })

  it('where nobody listens nothing was sent', async () => {
    const { fake, adapter } = await openOnFake()
    await fake.close()
    expect(await failureOf(adapter.channel.send(parcel(), part('a')))).toMatchObject({ code: 'not_sent', retry: 'later', inDoubt: false })
  })

  it('what a person who blocked us should get waits until they write', async () => {
    const { fake, adapter } = await openOnFake()
    fake.block(USER, true)
    expect(await failureOf(adapter.channel.send(parcel(), part('a')))).toMatchObject({ retry: 'when_heard', inDoubt: false })
    fake.block(USER, false)
    await adapter.channel.send(parcel(), part('a'))
    expect(fake.shown().length).toBe(1)
  })

  it('beyond the plan the whole channel rests', async () => {
    const { adapter } = await openOnFake({ mostMessages: 1 })
    await adapter.channel.send(parcel(), part('a'))
    expect(await failureOf(adapter.channel.send(parcel(), part('b')))).toMatchObject({
      code: 'quota',
      wholeChannel: true,
      retry: { afterMs: 60_000 },
    })
  })

  it('a fault of ours is in doubt, and never lost', () => {
    expect(deliveryError(new TypeError('x'))).toMatchObject({ code: 'unexpected', retry: 'later', inDoubt: true })
    expect(deliveryError(new ZaloBotError('sendMessage', 404, false))).toMatchObject({ retry: 'when_heard' })
  })

  it('what comes back under our own id is known once we know it, mark or no mark', async () => {
    const { adapter } = await openOnFake({ bot: { id: 'b0t1d', account_name: 'bot.Khac' } })
    const echo = event('text', { from: { id: 'b0t1d', is_bot: false }, chat: { id: USER, chat_type: 'PRIVATE' }, text: 'a' })
    expect(adapter.door?.read(echo, reading).kind).toBe('arrival')
    await adapter.channel.send(parcel(), part('a'))
    while (adapter.door?.read(echo, reading).kind === 'arrival') await adapter.channel.send(parcel(), part('a'))
    expect(adapter.door?.read(echo, reading)).toEqual({ kind: 'ignored', reason: 'own_echo' })
  })
})

describe('typing', () => {
  /** Time that only moves when it is told to. */
  function hand() {
    const set: { ms: number; work: () => void; off: boolean }[] = []
    const after = (ms: number, work: () => void) => {
      const one = { ms, work, off: false }
      set.push(one)
      return () => {
        one.off = true
      }
    }
    const pass = () => {
      for (const one of set.splice(0)) if (!one.off) one.work()
    }
    return { after, pass, set }
  }

  it('shows after 700 ms, once', async () => {
    const { after, pass, set } = hand()
    const { fake, adapter } = await openOnFake({}, { after })
    adapter.channel.typing?.(USER, true)
    adapter.channel.typing?.(USER, true)
    expect(set.map(({ ms }) => ms)).toEqual([700])
    expect(fake.calls().get('sendChatAction')).toBeUndefined()
    pass()
    await fake.whenCalled('sendChatAction', 1)
    expect(fake.asked()).toMatchObject([{ body: { chat_id: USER, action: 'typing' } }])
  })

  it('does not show for an answer that is there sooner, and shows for the next', async () => {
    const { after, pass } = hand()
    const { fake, adapter } = await openOnFake({}, { after })
    adapter.channel.typing?.(USER, true)
    adapter.channel.typing?.(USER, false)
    pass()
    adapter.channel.typing?.('other', true)
    pass()
    await fake.whenCalled('sendChatAction', 1)
    expect(fake.asked().map(({ body }) => body['chat_id'])).toEqual(['other'])
  })

  it('does so by the clock of the machine too', async () => {
    const { fake, adapter } = await openOnFake()
    adapter.channel.typing?.(USER, true)
    adapter.channel.typing?.(USER, false)
    adapter.channel.typing?.('other', true)
    await fake.whenCalled('sendChatAction', 1)
    expect(fake.asked().map(({ body }) => body['chat_id'])).toEqual(['other'])
  })

  it('does no harm when the platform does not take it', async () => {
    const { after, pass } = hand()
    const { fake, adapter } = await openOnFake({}, { after })
    fake.troubleFor('sendChatAction', { kind: 'status', status: 401 })
    adapter.channel.typing?.(USER, true)
    pass()
    await fake.whenCalled('sendChatAction', 1)
    await adapter.channel.send(parcel(), part('a'))
    adapter.channel.typing?.(USER, false)
    expect(fake.shown().length).toBe(1)
  })
})

describe('fetch', () => {
  const photo = { kind: 'photo', bytes: Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3]), mime: 'image/jpeg' } as const

  /** @returns where the photo of a person lies, as it was read from the event. */
  async function sent(more: Parameters<typeof openOnFake>[1] = {}, setting: Parameters<typeof openOnFake>[2] = {}) {
    const { fake, adapter } = await openOnFake({}, more, setting)
    await fake.sendFile(USER, photo)
    const client = await fetch(`${fake.root}/bot${TOKEN}/getUpdates`, { method: 'POST', body: '{}' })
    const { result } = (await client.json()) as { result: unknown }
    const inbound = adapter.door?.read(result, reading)
    if (inbound?.kind !== 'arrival') throw new Error('No arrival')
    return { fake, adapter, download: inbound.arrival.download ?? '' }
  }

  it('brings the photo with its type, as often as asked', async () => {
    const { adapter, download } = await sent()
    for (let i = 0; i < 2; i++) expect(await adapter.channel.fetch?.(download)).toEqual({ bytes: photo.bytes, declared: 'image/jpeg' })
  })

  it('refuses what is too large for good', async () => {
    const { adapter, download } = await sent({ maxFileBytes: 3 })
    expect(await failureOf(adapter.channel.fetch?.(download) ?? Promise.resolve())).toMatchObject({ code: 'too_large', retry: 'never' })
  })

  it('asks no host but those that are listed', async () => {
    const { adapter, download } = await sent({}, { mediaHosts: ['zdn.vn'] })
    expect(await failureOf(adapter.channel.fetch?.(download) ?? Promise.resolve())).toMatchObject({ code: 'unreachable', retry: 'never' })
  })

  it.each(['', 'null', '{}', '{"url":7}', 'https://zdn.vn/a.jpg'])('knows what is no address: %s', async (download) => {
    const { adapter } = await openOnFake()
    const error = await failureOf(adapter.channel.fetch?.(download) ?? Promise.resolve())
    expect(error).toBeInstanceOf(FetchError)
    expect(error).toMatchObject({ code: 'unreachable', retry: 'never' })
  })
})
