import { describe, expect, it } from 'vitest'
import { openOaClient } from '../../../adapters/zalo-oa/client.ts'
import { openTokens } from '../../../adapters/zalo-oa/tokens.ts'
import { ANN, failureOf, hasFixture, memoryStore, NOWHERE, openAdapter, openFake, readFixture, thereAreFixtures, wholeOf } from './open.ts'

const CS = '/v3.0/oa/message/cs'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

async function openClient(timeoutMs = 10_000) {
  const world = await openFake()
  const { setting, outside, clock, fake } = world
  const tokens = openTokens({ ...setting, outside, clock, store: memoryStore() })
  await fake.say(ANN, 'chào')
  return { ...world, tokens, client: openOaClient({ apiRoot: setting.apiRoot, outside, clock, tokens, timeoutMs }) }
}

/** An adapter whose person has just written. */
async function openHeard() {
  const world = await openAdapter()
  await world.fake.say(ANN, 'chào')
  return world
}

describe('a send', () => {
  it('shows the text to the person', async () => {
    const { send, fake, told } = await openHeard()
    await send('Chào bạn')
    await send('x'.repeat(2_000))
    expect(fake.shown(ANN).map(({ text }) => text)).toEqual(['Chào bạn', 'x'.repeat(2_000)])
    expect(told).toEqual([])
  })

  it('that Zalo does not call free is counted', async () => {
    const { send, fake, told } = await openHeard()
    fake.free(false)
    await send('một')
    expect(told).toEqual(['charged'])
    fake.free(true)
    await send('hai')
    expect(told).toEqual(['charged'])
  })

  it('too long for one message is never tried', async () => {
    const { send, fake } = await openHeard()
    expect(await failureOf(send('x'.repeat(2_001)))).toMatchObject({ code: 'too_long', retry: 'never', inDoubt: false })
    expect(fake.calls().get(CS)).toBeUndefined()
  })

  it('shows buttons only where they are switched on', async () => {
    const { fake, send } = await openHeard()
    await send('Chọn', ANN, ['Một', 'Hai'])
    const on = await openAdapter({ buttons: 9 })
    await on.fake.say(ANN, 'chào')
    expect(on.adapter.channel.capabilities.buttons).toBe(5)
    await on.send('Chọn', ANN, ['Một', 'Hai'])
    expect(fake.shown()[0]?.buttons).toEqual([])
    expect(on.fake.shown()[0]?.buttons).toEqual(['Một', 'Hai'].map((label) => ({ label, data: label })))
  })

  it('reaches a group at its own address, and is given up where it cannot', async () => {
    const { fake, send, told } = await openHeard()
    await fake.sayInGroup('f414c8f76fa586fbdfb4', ANN, 'hỏi', true)
    fake.free(false)
    await send('Nói riêng nhé', 'f414c8f76fa586fbdfb4')
    expect(fake.shown('f414c8f76fa586fbdfb4')).toHaveLength(1)
    expect(told).toEqual([])
    expect(await failureOf(send('x', 'nhom-la'))).toMatchObject({ code: 'group_unreachable', retry: 'never' })
  })
})

describe('a send that Zalo does not take', () => {
  it.each([-213, -217, -218, -227, -244])('%i waits until the person writes', async (error) => {
    const { send, fake } = await openHeard()
    fake.refuse(error)
    expect(await failureOf(send('x'))).toMatchObject({ code: 'blocked', retry: 'when_heard', inDoubt: false, wholeChannel: false })
  })

  it('because the person blocked the OA, or has not written for seven days, waits until they write', async () => {
    const { send, fake } = await openHeard()
    fake.block(ANN, true)
    expect(await failureOf(send('x'))).toMatchObject({ code: 'blocked', retry: 'when_heard' })
    fake.block(ANN, false)
    fake.shift(7 * DAY + 1)
    expect(await failureOf(send('x'))).toMatchObject({ code: 'window_closed', retry: 'when_heard' })
    await fake.say(ANN, 'tôi đây')
    await send('Chào lại bạn')
    expect(fake.shown()).toHaveLength(1)
  })

  it.each([
    [Date.UTC(2026, 10, 26, 15), 8 * HOUR],
    [Date.UTC(2026, 10, 26, 22, 59), MINUTE],
    [Date.UTC(2026, 10, 26, 17), 6 * HOUR],
  ])('at night (%i) waits until six in Vietnam', async (now, afterMs) => {
    const { send, fake, time } = await openHeard()
    time.now = now
    fake.refuse(-234)
    expect(await failureOf(send('x'))).toMatchObject({ code: 'night', retry: { afterMs } })
  })

  it('because there were too many calls rests for a minute', async () => {
    const { send, fake } = await openHeard()
    fake.trouble({ kind: 'rate', retryAfter: 1 })
    fake.trouble({ kind: 'status', status: 429 })
    for (let time = 0; time < 2; time += 1)
      expect(await failureOf(send('x'))).toMatchObject({ code: 'rate', retry: { afterMs: MINUTE }, wholeChannel: true, inDoubt: false })
  })

  it('is not even tried when no call is left in this minute', async () => {
    const { send, fake, time } = await openHeard()
    fake.remaining(0)
    await send('một')
    fake.remaining(100)
    time.now += 20_000
    expect(await failureOf(send('hai'))).toMatchObject({ code: 'rate', retry: { afterMs: 40_000 }, wholeChannel: true })
    expect(fake.calls().get(CS)).toBe(1)
    time.now += 40_000
    await send('ba')
    expect(fake.shown().map(({ text }) => text)).toEqual(['một', 'ba'])
  })

  it.each([-209, -212, -219, -221, -223, -224, -240, -320, -321])('%i is the operator’s to put right', async (error) => {
    const { send, fake } = await openHeard()
    fake.refuse(error)
    expect(await failureOf(send('x'))).toMatchObject({ code: `setting_${-error}`, retry: 'later', wholeChannel: true, inDoubt: false })
  })

  it.each([-1, -999, 5])('%i, which nobody knows, is tried again', async (error) => {
    const { send, fake } = await openHeard()
    fake.refuse(error)
    expect(await failureOf(send('x'))).toMatchObject({ code: 'refused', retry: 'later', inDoubt: false, wholeChannel: false })
  })
})

describe('a send of which nobody knows', () => {
  it('is in doubt', async () => {
    const { send, fake } = await openHeard()
    for (const [trouble, code] of [
      [{ kind: 'lost_ack' }, 'no_answer'],
      [{ kind: 'reset' }, 'no_answer'],
      [{ kind: 'status', status: 502 }, 'platform_fault'],
      [{ kind: 'not_json' }, 'unreadable_answer'],
    ] as const) {
      fake.trouble(trouble)
      expect(await failureOf(send('x'))).toMatchObject({ code, retry: 'later', inDoubt: true, wholeChannel: false })
    }
    expect(fake.shown()).toHaveLength(1)
  })

  it('is in doubt when no answer comes in time', async () => {
    const { client, fake } = await openClient(50)
    await client.probe()
    fake.trouble({ kind: 'hang' })
    expect(await failureOf(client.sendText(ANN, 'x'))).toMatchObject({ code: 'no_answer', inDoubt: true })
  })

  it('is not in doubt when nothing left the house, or somebody before Zalo said no', async () => {
    const { send, fake } = await openHeard()
    fake.trouble({ kind: 'status', status: 403 })
    expect(await failureOf(send('x'))).toMatchObject({ code: 'refused', retry: 'later', inDoubt: false })
    const away = await openAdapter({ apiRoot: NOWHERE })
    expect(await failureOf(away.send('x'))).toMatchObject({ code: 'unreachable', retry: 'later', inDoubt: false })
  })
})

describe('the access token', () => {
  it('is renewed once when it is refused, for all sends at once, and each is sent', async () => {
    const { send, fake } = await openHeard()
    await Promise.all(Array.from({ length: 12 }, (_, number) => send(`a${number}`)))
    expect(fake.refreshes()).toBe(1)
    fake.expireToken()
    await Promise.all(Array.from({ length: 12 }, (_, number) => send(`b${number}`)))
    expect(fake.refreshes()).toBe(2)
    expect(new Set(fake.shown().map(({ text }) => text)).size).toBe(24)
    expect(fake.shown()).toHaveLength(24)
  })

  it.each([-216, -220])('that is refused twice (%i) rests the channel', async (error) => {
    const { send, fake } = await openHeard()
    fake.refuse(error, 2)
    expect(await failureOf(send('x'))).toMatchObject({ code: 'token_refused', retry: 'later', wholeChannel: true, inDoubt: false })
    expect(fake.refreshes()).toBe(2)
  })

  it.each([-124, -201])('that is only perhaps at fault (%i) is renewed once in ten minutes, and the channel goes on', async (error) => {
    const { send, fake, time } = await openHeard()
    fake.refuse(error)
    await send('một')
    expect(fake.refreshes()).toBe(2)
    fake.refuse(error)
    expect(await failureOf(send('hai'))).toMatchObject({ code: 'refused', retry: 'later', wholeChannel: false })
    expect(fake.refreshes()).toBe(2)
    time.now += 10 * MINUTE
    fake.refuse(error)
    await send('ba')
    expect(fake.refreshes()).toBe(3)
  })

  it('that cannot be had lets everything wait', async () => {
    const { send, fake, told } = await openHeard()
    fake.rotateFailure('status')
    expect(await failureOf(send('x'))).toMatchObject({ code: 'tokens_unreachable', retry: 'later', wholeChannel: true, inDoubt: false })
    fake.rotateFailure('rate')
    expect(await failureOf(send('x'))).toMatchObject({ code: 'rate', retry: { afterMs: MINUTE }, wholeChannel: true })
    fake.rotateFailure('refused')
    for (let time = 0; time < 2; time += 1)
      expect(await failureOf(send('x'))).toMatchObject({ code: 'needs_authorisation', retry: 'later', wholeChannel: true, inDoubt: false })
    expect(told).toEqual(['tokens_unreachable', 'rate', 'needs_authorisation'])
    expect(fake.calls().get(CS)).toBeUndefined()
  })
})

describe('pictures and files', () => {
  it('are uploaded as forms and sent by what that gave', async () => {
    const { client, fake } = await openClient()
    const image = await client.uploadImage(Buffer.from('\x89PNG'), 'png')
    await client.sendImage(ANN, { attachmentId: image }, 'Mẫu')
    await client.sendImage(ANN, { url: 'https://example.com/a.jpg' })
    await client.sendFile(ANN, await client.uploadFile(Buffer.from('%PDF-'), 'pdf'))
    expect(fake.shown().map(({ text }) => text)).toEqual(['Mẫu', '[template]', '[file]'])
    expect(
      fake.uploads().map(({ bytes, head }) => [bytes.toString(), /filename="([^"]+)"/.exec(head)?.[1], /content-type: (\S+)/.exec(head)?.[1]]),
    ).toEqual([
      ['\x89PNG', 'an-tam.png', 'image/png'],
      ['%PDF-', 'an-tam.pdf', 'application/pdf'],
    ])
  })

  it('that are too large are not sent out', async () => {
    const { client, fake } = await openClient()
    expect(await failureOf(client.uploadImage(Buffer.alloc(1024 * 1024 + 1), 'jpg'))).toMatchObject({ code: 'too_large', retry: 'never' })
    expect(await failureOf(client.uploadFile(Buffer.alloc(5 * 1024 * 1024 + 1), 'docx'))).toMatchObject({ code: 'too_large', retry: 'never' })
    expect(fake.uploads()).toEqual([])
  })
})

describe('a person', () => {
  it('can be asked for by id', async () => {
    const { client } = await openClient()
    expect(await client.personDetail(ANN)).toEqual({ displayName: 'Người thử', follows: true })
    expect((await failureOf(client.personDetail('1'))).code).toBe('refused')
  })
})

describe.skipIf(!thereAreFixtures)('what goes out is written as in the fixtures (needs ../shared/channel-fixtures)', () => {
  const wanted = (name: string): unknown => JSON.parse(readFixture(`zalo-oa/cs.${name}.request.json`).toString())
  it('is there', () => expect(hasFixture('zalo-oa/cs.text.request.json')).toBe(true))

  it('texts, pictures and files', async () => {
    const { client, fake } = await openClient()
    await client.sendText(ANN, 'Dạ còn hàng ạ')
    await client.sendImage(ANN, { attachmentId: 'att-fixture' })
    await client.sendImage(ANN, { url: 'https://example.com/a.jpg' }, 'Mẫu')
    await client.sendFile(ANN, 'file-token-fixture')
    expect(fake.bodies()).toEqual(['text', 'image.attachment_id', 'image.url', 'file'].map(wanted))
  })
})

describe('what a send fails with', () => {
  it('gives no secret away, nor who it was for', async () => {
    const { send, fake, setting, store } = await openHeard()
    await send('một')
    const troubles = [
      { kind: 'lost_ack' },
      { kind: 'reset' },
      { kind: 'status', status: 500 },
      { kind: 'not_json' },
      { kind: 'rate', retryAfter: 1 },
    ] as const
    const failures = [...troubles.map((trouble) => () => fake.trouble(trouble)), ...[-213, -224, -999].map((error) => () => fake.refuse(error))]
    failures.push(
      () => fake.refuse(-216, 2),
      () => {
        fake.expireToken()
        fake.rotateFailure('refused')
      },
    )
    const secrets = [
      setting.appSecret,
      setting.secretKey,
      setting.refreshToken,
      'access-of-the-fake',
      'refresh-of-the-fake',
      store.disk?.accessToken ?? '?',
      ANN,
      'bí mật',
    ]
    for (const fail of failures) {
      fail()
      const whole = wholeOf(await failureOf(send('bí mật')))
      for (const secret of secrets) expect(whole).not.toContain(secret)
    }
  })
})
