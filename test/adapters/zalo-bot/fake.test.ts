/** The fake of the Zalo Bot Platform itself: what it claims of the platform must be what it does, or the tests on it prove nothing. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../../bot/config.ts'
import { closeAll, closeLater, event, SECRET, startFake, TOKEN, USER } from './open.ts'

afterEach(closeAll)

/** A service that answers with these statuses, one after the other, the last for ever. */
async function serviceOf(...statuses: number[]) {
  const got: { headers: IncomingHttpHeaders; body: string; path: string | undefined }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    got.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8'), path: request.url })
    const status = statuses.length > 1 ? statuses.shift() : statuses[0]
    if (status === undefined || status === 0) response.destroy()
    else response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closeLater(async () => void server.close())
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got }
}

async function ask(root: string, method: string, body: object = {}, token = TOKEN) {
  const response = await fetch(`${root}/bot${token}/${method}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, answer: (await response.json()) as { ok: boolean; error_code?: number; result?: unknown } }
}

describe('delivery', () => {
  it('is flat JSON from Java, with the secret and an id of its own', async () => {
    const fake = await startFake()
    const { address, got } = await serviceOf(200)
    fake.deliverTo(address)
    const { id } = await fake.say(USER, 'chào')
    expect(got).toMatchObject([
      { path: '/webhooks/zalo-bot', headers: { 'user-agent': 'Java/17.0.9', 'content-type': 'application/json', 'x-bot-api-secret-token': SECRET } },
    ])
    expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({
      event_name: 'message.text.received',
      message: { message_id: id, text: 'chào', chat: { id: USER } },
    })
  })

  it.each([
    ['until it is taken', [0, 503, 200], { acknowledged: true, deliveries: 3 }],
    ['and is given up', [500], { acknowledged: false, deliveries: 3 }],
    ['and a redirect is no yes', [302], { acknowledged: false, deliveries: 3 }],
  ])('comes again %s', async (_what, statuses, expected) => {
    const fake = await startFake()
    const { address } = await serviceOf(...statuses)
    fake.deliverTo(address)
    expect(await fake.say(USER, 'chào')).toMatchObject(expected)
  })

  it('is repeated as often as asked, with the same bytes', async () => {
    const fake = await startFake()
    const { address, got } = await serviceOf(200)
    fake.deliverTo(address)
    expect(await fake.say(USER, 'chào', { repeat: 2 })).toMatchObject({ acknowledged: true, deliveries: 3 })
    expect(new Set(got.map(({ body }) => body)).size).toBe(1)
  })

  it('of our own words follows each send', async () => {
    const fake = await startFake({ selfEcho: true })
    await ask(fake.root, 'sendMessage', { chat_id: USER, text: 'Dạ' })
    expect((await ask(fake.root, 'getUpdates')).answer.result).toMatchObject({ message: { from: { is_bot: true }, text: 'Dạ' } })
  })

  it('begins with a probe that is empty, has no type and no secret', async () => {
    const fake = await startFake()
    const { address, got } = await serviceOf(200)
    await ask(fake.root, 'setWebhook', { url: `${address}/w`, secret_token: SECRET })
    expect(got).toMatchObject([{ body: '', path: '/w' }])
    expect(got[0]?.headers).not.toHaveProperty('content-type')
    expect(got[0]?.headers).not.toHaveProperty('x-bot-api-secret-token')
  })
})

describe('the API', () => {
  it('answers errors with the status 200', async () => {
    const fake = await startFake({ mostMessages: 0, strictUrls: true })
    const codeOf = async (method: string, body: object = {}, token = TOKEN) => {
      const { status, answer } = await ask(fake.root, method, body, token)
      expect([status, answer.ok]).toEqual([200, false])
      return answer.error_code
    }
    expect(await codeOf('getMe', {}, '1:khac')).toBe(401)
    expect(await codeOf('getme')).toBe(400)
    expect(await codeOf('sendMessage', { chat_id: USER, text: 'a'.repeat(2001) })).toBe(400)
    expect(await codeOf('sendMessage', { chat_id: USER, text: '' })).toBe(400)
    expect(await codeOf('sendMessage', { chat_id: USER, text: 'a' })).toBe(429)
    expect(await codeOf('sendVoice', { chat_id: USER, voice_url: 'https://a.vn/a.mp3' })).toBe(400)
    expect(await codeOf('setWebhook', { url: 'https://a.vn', secret_token: 'short' })).toBe(400)
    expect(await codeOf('setWebhook', { url: 'http://a.vn', secret_token: SECRET })).toBe(400)
    expect(await codeOf('setWebhook', { url: 'https://10.0.0.1', secret_token: SECRET })).toBe(400)
    fake.block(USER, true)
    expect(await codeOf('sendMessage', { chat_id: USER, text: 'a' })).toBe(404)
    fake.deliverTo('http://127.0.0.1:1')
    expect(await codeOf('getUpdates')).toBe(409)
  })

  it('hands out an update once', async () => {
    const fake = await startFake({ idlePollMs: 0 })
    await fake.deliver(event('text', { text: 'a' }), 'm1')
    expect((await ask(fake.root, 'getUpdates')).answer).toEqual({ ok: true, result: event('text', { text: 'a' }) })
    expect((await ask(fake.root, 'getUpdates')).answer).toMatchObject({ ok: false, error_code: 408 })
  })

  it('serves a photo to anybody, as often as they ask', async () => {
    const fake = await startFake()
    await fake.sendFile(USER, { kind: 'photo', bytes: Buffer.from('ảnh'), mime: 'image/webp', caption: 'đây' })
    const { result } = (await ask(fake.root, 'getUpdates')).answer as { result: { message: { photo_url: string; caption: string } } }
    for (let i = 0; i < 2; i++) {
      const photo = await fetch(result.message.photo_url)
      expect([photo.status, photo.headers.get('content-type'), await photo.text()]).toEqual([200, 'image/webp', 'ảnh'])
    }
    expect(result.message.caption).toBe('đây')
    expect((await fetch(`${fake.root}/photo/00`)).status).toBe(404)
  })

  it('has bad days as they are drawn, for sends only', async () => {
    const fake = await startFake()
    fake.badDay(0.5, [{ kind: 'status', status: 403 }], () => 0.4)
    expect((await ask(fake.root, 'sendMessage', { chat_id: USER, text: 'a' })).answer.error_code).toBe(403)
    expect((await ask(fake.root, 'getMe')).answer.ok).toBe(true)
    fake.badDay(0.5, [{ kind: 'status', status: 403 }], () => 0.6)
    expect((await ask(fake.root, 'sendMessage', { chat_id: USER, text: 'a' })).answer.ok).toBe(true)
    fake.badDay(0, [], () => 0)
    await ask(fake.root, 'sendMessage', { chat_id: USER, text: 'b' })
    await fake.whenShown(2, USER)
    expect(fake.shown().map(({ text, number }) => [text, number])).toEqual([
      ['a', 0],
      ['b', 1],
    ])
    expect(fake.calls()).toEqual(
      new Map([
        ['sendMessage', 3],
        ['getMe', 1],
      ]),
    )
  })

  it('hands out an environment that the service takes', async () => {
    const fake = await startFake()
    const config = readConfig({ ...fake.env, PUBLIC_URL: 'https://antam.example.vn' })
    expect(config.zaloBot).toMatchObject({ token: TOKEN, webhookSecret: SECRET, apiRoot: fake.root, mediaHosts: [fake.host] })
    expect(config.allowPrivateHosts).toEqual([fake.host])
  })
})
