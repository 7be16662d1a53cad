/** The door of the Zalo Bot Platform in a real server, with the fake before it: who gets in, what they hear, and what became of it. */

import fastify from 'fastify'
import { request } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import type { IgnoredReason } from '../../../adapters/platform/inbound.ts'
import { platformDoor } from '../../../adapters/platform/webhook.ts'
import { openZaloBot } from '../../../adapters/zalo-bot/adapter.ts'
import type { Arrival } from '../../../bot/delivery/message.ts'
import type { FakeZaloBotOptions } from '../../fakes/zalo-bot.ts'
import { closeAll, closeLater, event, NOW, openOnFake, SECRET, settingOf, USER, way } from './open.ts'

afterEach(closeAll)

/** A service with nothing but the door; `failing`: how many of the next arrivals cannot be written. */
async function serve(options: FakeZaloBotOptions = {}) {
  const { fake, adapter } = await openOnFake(options)
  const kept = { arrivals: [] as Arrival[], names: new Set<string>(), ignored: [] as IgnoredReason[], failing: 0 }
  const accept = async (arrival: Arrival) => {
    if (kept.failing-- > 0) throw new Error('đĩa đầy')
    const status = kept.names.has(arrival.externalId) ? 'repeated' : 'new'
    kept.names.add(arrival.externalId)
    if (status === 'new') kept.arrivals.push(arrival)
    return { status, conversation: 'c1' } as const
  }
  const app = fastify()
  app.decorateRequest('outcome', 'ok')
  if (!adapter.door) throw new Error('No door')
  await app.register(
    platformDoor(adapter.door, {
      ...{ accept, clock: () => NOW, pseudonym: (channel: string, id: string) => `${channel}/${id}`, hasRoom: () => true },
      ...{
        wordsOf: async () => undefined,
        withdraw: async () => undefined,
        ignored: (_channel: string, reason: IgnoredReason) => void kept.ignored.push(reason),
      },
    }),
  )
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  closeLater(() => app.close())
  fake.deliverTo(address)
  return { fake, kept, address }
}

const body = (more: object = {}) => JSON.stringify(event('text', { text: 'chào', ...more }))

describe('who gets in', () => {
  it('an event with the secret', async () => {
    const { fake, kept } = await serve()
    const said = await fake.say(USER, 'Mua phải hàng giả')
    expect(said).toMatchObject({ acknowledged: true, deliveries: 1 })
    expect(kept.arrivals).toMatchObject([
      { address: USER, person: `zalo-bot:zalo-bot/${USER}`, content: { kind: 'text', text: 'Mua phải hàng giả' } },
    ])
    expect(kept.arrivals[0]?.externalId.endsWith(`:${said.id}`)).toBe(true)
  })

  it.each([
    ['none', { 'x-bot-api-secret-token': '' }],
    ['another of the same length', { 'x-bot-api-secret-token': SECRET.replace('b', 'c') }],
    ['a beginning of it', { 'x-bot-api-secret-token': SECRET.slice(0, -1) }],
    ['more than it', { 'x-bot-api-secret-token': `${SECRET}x` }],
    ['an endless one', { 'x-bot-api-secret-token': 'x'.repeat(8_000) }],
  ])('not with a secret that is %s', async (_what, headers) => {
    const { fake, kept } = await serve()
    expect(await fake.post(body(), headers)).toBe(401)
    expect(kept.arrivals).toEqual([])
  })

  it('not without the header', async () => {
    const { address } = await serve()
    expect((await request(`${address}/webhooks/zalo-bot`, { method: 'POST', body: body() })).statusCode).toBe(401)
  })

  it('not with the header twice', async () => {
    const { fake } = await serve()
    expect(await fake.post(body(), { 'x-bot-api-secret-token': `${SECRET}, ${SECRET}` })).toBe(401)
  })

  it('an empty probe without type and secret hears yes, and is nothing', async () => {
    const { fake, kept, address } = await serve()
    expect((await request(`${address}/webhooks/zalo-bot`, { method: 'POST' })).statusCode).toBe(200)
    expect(await fake.post('')).toBe(200)
    expect(kept).toMatchObject({ arrivals: [], ignored: [] })
  })

  it('is closed where there is no secret', () => {
    expect(
      openZaloBot({ setting: settingOf('http://127.0.0.1:1', { webhookSecret: undefined }), outside: way([]), maxFileBytes: 1 }).door,
    ).toBeUndefined()
  })
})

describe('what they hear', () => {
  it.each<{ what: string; status: number; bytes: Buffer | string; headers?: Record<string, string> }>([
    { what: 'no JSON', status: 400, bytes: '{"event_name":' },
    { what: 'no UTF-8', status: 400, bytes: Buffer.concat([Buffer.from('{"event_name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]) },
    { what: 'too much', status: 413, bytes: JSON.stringify({ x: 'x'.repeat(300 * 1024) }) },
    { what: 'a wrong type', status: 200, bytes: body(), headers: { 'content-type': 'text/plain' } },
    { what: 'a type that nobody knows', status: 200, bytes: body(), headers: { 'content-type': 'x/y; charset=latin1' } },
    { what: 'an unknown event', status: 200, bytes: JSON.stringify({ event_name: 'user.follow', message: {} }) },
    { what: 'JSON of something else', status: 200, bytes: '[1,2,3]' },
    { what: 'null', status: 200, bytes: 'null' },
    { what: 'names as numbers', status: 200, bytes: body({ from: { id: 7 }, chat: { id: 7 }, message_id: 9 }) },
  ])('$what: $status', async ({ status, bytes, headers }) => {
    const { fake } = await serve()
    expect(await fake.post(bytes, headers)).toBe(status)
  })

  it('503 while it cannot be written, and it comes again until it is', async () => {
    const { fake, kept } = await serve()
    kept.failing = 1
    expect(await fake.post(body())).toBe(503)
    kept.failing = 2
    expect(await fake.say(USER, 'một')).toMatchObject({ acknowledged: true, deliveries: 3 })
    expect(kept.arrivals.length).toBe(1)
  })

  it('yes to what comes again, which is the same message', async () => {
    const { fake, kept } = await serve()
    expect(await fake.say(USER, 'một', { repeat: 3 })).toMatchObject({ acknowledged: true, deliveries: 4 })
    expect(kept.arrivals.length).toBe(1)
  })

  it('yes to a time in the future, which is taken as now', async () => {
    const { fake, kept } = await serve()
    expect(await fake.post(body({ date: String(NOW + 1e9) }))).toBe(200)
    expect(kept.arrivals).toMatchObject([{ sentAt: NOW }])
  })

  it('yes to a group, of which nothing is kept', async () => {
    const { fake, kept } = await serve()
    expect(await fake.sendOther('g1', 'group')).toMatchObject({ acknowledged: true })
    expect(kept.arrivals).toMatchObject([{ address: 'g1', content: { kind: 'group' } }])
  })

  it.each([true, 'unmarked'] as const)('yes to our own words, which are dropped: %s', async (selfEcho) => {
    const { fake, kept } = await serve({ selfEcho, bot: { id: '4601234567', account_name: 'bot.A' } })
    const echoed = { from: { id: '4601234567', is_bot: selfEcho === true }, text: 'Dạ' }
    expect(await fake.post(body(echoed))).toBe(200)
    expect(kept).toMatchObject({ arrivals: [], ignored: ['own_echo'] })
  })

  it.each([
    ['sticker', 'sticker'],
    ['voice', 'voice'],
    ['unsupported', 'hidden'],
  ])('yes to a %s', async (sent, what) => {
    const { fake, kept } = await serve()
    expect(await fake.sendOther(USER, sent)).toMatchObject({ acknowledged: true })
    expect(kept.arrivals).toMatchObject([{ content: { kind: 'wordless', what } }])
  })

  it('yes to a number that was typed instead of pressed', async () => {
    const { fake, kept } = await serve()
    await fake.press(USER, { id: 'x', to: USER, text: '1. có\n2. không', buttons: [], number: 0 }, 1)
    expect(kept.arrivals).toMatchObject([{ content: { kind: 'text', text: '2' } }])
  })
})
