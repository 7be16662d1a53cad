/** The client of the Zalo Bot API against the fake: what is asked, what is understood, and that the token shows nowhere. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type ZaloBotClient, zaloBotClient } from '../../../adapters/zalo-bot/client.ts'
import { mishapOf, ZaloBotError } from '../../../adapters/zalo-bot/error.ts'
import type { Trouble } from '../../fakes/fake.ts'
import { clientOnFake, closeAll, closeLater, event, everythingOf, failureOf, SECRET, TOKEN, USER, way } from './open.ts'

afterEach(closeAll)

/** A platform that gives exactly this answer. */
async function clientOf(status: number, body: string): Promise<ZaloBotClient> {
  const answer: RequestListener = (_request, response) => response.writeHead(status).end(body)
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closeLater(async () => void server.close())
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return zaloBotClient({ apiRoot: `http://${host}`, token: TOKEN, outside: way([host]) })
}

const METHODS: readonly (readonly [string, (client: ZaloBotClient) => Promise<unknown>, object])[] = [
  ['getMe', (client) => client.getMe(), {}],
  ['getUpdates', (client) => client.getUpdates(), { timeout: '30' }],
  [
    'setWebhook',
    (client) => client.setWebhook({ url: 'https://antam.example/w', secret_token: SECRET }),
    { url: 'https://antam.example/w', secret_token: SECRET },
  ],
  ['getWebhookInfo', (client) => client.getWebhookInfo(), {}],
  ['deleteWebhook', (client) => client.deleteWebhook(), {}],
  ['testWebhook', (client) => client.testWebhook(), {}],
  ['sendMessage', (client) => client.sendMessage({ chat_id: USER, text: 'Chào bạn' }), { chat_id: USER, text: 'Chào bạn' }],
  [
    'sendMessage',
    (client) => client.sendMessage({ chat_id: USER, text: 'Chào', text_styles: [{ start: 0, len: 4, st: ['b'] }] }),
    { chat_id: USER, text: 'Chào', text_styles: [{ start: 0, len: 4, st: ['b'] }] },
  ],
  [
    'sendPhoto',
    (client) => client.sendPhoto({ chat_id: USER, photo: 'https://a.example/a.jpg', caption: 'ảnh' }),
    { chat_id: USER, photo: 'https://a.example/a.jpg', caption: 'ảnh' },
  ],
  ['sendSticker', (client) => client.sendSticker({ chat_id: USER, sticker: 's1' }), { chat_id: USER, sticker: 's1' }],
  [
    'sendVoice',
    (client) => client.sendVoice({ chat_id: USER, voice_url: 'https://a.example/a.aac' }),
    { chat_id: USER, voice_url: 'https://a.example/a.aac' },
  ],
  ['sendChatAction', (client) => client.sendChatAction({ chat_id: USER, action: 'typing' }), { chat_id: USER, action: 'typing' }],
]

describe('every method', () => {
  it.each(METHODS)('%s is asked by its name, as JSON, with its parameters', async (method, ask, body) => {
    const { fake, client } = await clientOnFake({ idlePollMs: 0 })
    await ask(client).catch(() => undefined)
    expect(fake.asked()).toEqual([{ method, body, contentType: expect.stringMatching(/^application\/json/) }])
  })

  it.each(METHODS)('%s with a token that is refused, with the status 200', async (method, ask) => {
    const { client } = await clientOnFake({ token: '1:khac-han' })
    const error = await failureOf(ask(client))
    expect(error).toBeInstanceOf(ZaloBotError)
    expect(error).toMatchObject({ method, code: 401, inDoubt: false })
    expect(everythingOf(error)).not.toContain(TOKEN.slice(11))
  })

  it.each(METHODS)('%s where nobody listens', async (method, ask) => {
    const client = zaloBotClient({ apiRoot: 'http://127.0.0.1:1', token: TOKEN, outside: way(['127.0.0.1:1']) })
    const error = await failureOf(ask(client))
    expect(error).toMatchObject({ method, code: 'not_sent', inDoubt: false })
    expect(everythingOf(error)).not.toContain(TOKEN.slice(11))
  })

  it.each(METHODS)('%s that is not answered in time', async (method, ask) => {
    const { fake, client } = await clientOnFake({}, { timeouts: { usual: 30, getUpdates: 30, sendPhoto: 30 } })
    fake.troubleFor(method, { kind: 'hang' })
    const error = await failureOf(ask(client))
    expect(error).toMatchObject({ method, code: 'no_answer', inDoubt: true })
    expect(everythingOf(error)).not.toContain(TOKEN.slice(11))
  })
})

describe('results', () => {
  it('tell who we are', async () => {
    const { client } = await clientOnFake()
    expect(await client.getMe()).toEqual({ id: '1459232241454765289', account_name: 'bot.AnTamThu', account_type: 'BASIC', can_join_groups: false })
  })

  it('name what was sent', async () => {
    const { fake, client } = await clientOnFake()
    const { message_id } = await client.sendMessage({ chat_id: USER, text: 'Chào' })
    expect(fake.shown(USER)).toMatchObject([{ id: message_id, text: 'Chào', number: 0 }])
  })

  it('hold one update, as it came', async () => {
    const { fake, client } = await clientOnFake()
    await fake.deliver(event('text', { text: 'xin chào' }), 'm1')
    expect(await client.getUpdates()).toEqual(event('text', { text: 'xin chào' }))
  })

  it('hold nothing after an idle wait, which is no error', async () => {
    const { client } = await clientOnFake({ idlePollMs: 0 })
    expect(await client.getUpdates()).toBeUndefined()
  })

  it.each(['{"ok":true}', '{"ok":true,"result":{}}', '{"ok":true,"result":"x"}', '{"ok":true,"result":{"message_id":7,"date":"1789033572455"}}'])(
    'a message that was taken is taken, however it is told: %s',
    async (body) => {
      const sent = await (await clientOf(200, body)).sendMessage({ chat_id: USER, text: 'a' })
      expect(sent.message_id).toBe(body.includes('7,') ? '7' : undefined)
    },
  )

  it('that do not fit are an answer that nobody can read', async () => {
    expect(await failureOf((await clientOf(200, '{"ok":true,"result":7}')).getMe())).toMatchObject({ code: 'unreadable', inDoubt: true })
  })
})

describe('`ok` decides', () => {
  it.each<readonly [number, string, number | string, boolean]>([
    [200, '{"ok":false,"error_code":400,"description":"Bad request"}', 400, false],
    [200, '{"ok":false,"errorCode":426,"description":"limit"}', 426, false],
    [200, '{"ok":false,"error_code":"429"}', 429, false],
    [200, '{"ok":false,"error_code":403,"description":"Internal server error"}', 403, true],
    [200, '{"ok":false,"error_code":404}', 404, false],
    [408, '{"ok":false,"error_code":408}', 408, true],
    [200, '{"ok":false,"error_code":503}', 503, true],
    [400, '{"ok":false}', 400, false],
    [500, '{"ok":false,"error_code":400}', 400, false],
    [200, '{"ok":false}', 'unreadable', true],
    [200, '{"ok":"yes"}', 'unreadable', true],
    [200, '<html>', 'unreadable', true],
    [200, '[]', 'unreadable', true],
    [502, '<html>', 502, true],
    [401, '', 401, false],
    [302, '', 302, false],
    // A page that is not there: the address is wrong, not the chat gone.
    [404, '<html>', 'unreadable', false],
  ])('HTTP %i %s is %s, in doubt: %s', async (status, body, code, inDoubt) => {
    const error = await failureOf((await clientOf(status, body)).sendMessage({ chat_id: USER, text: 'a' }))
    expect(error).toMatchObject({ code, inDoubt })
  })

  it.each([400, 500])('also beside the status %i of an error', async (status) => {
    expect(await (await clientOf(status, '{"ok":true,"result":{"message_id":"m"}}')).sendMessage({ chat_id: USER, text: 'a' })).toMatchObject({
      message_id: 'm',
    })
  })

  it.each<readonly [Trouble, object]>([
    [
      { kind: 'status', status: 403 },
      { code: 403, inDoubt: true },
    ],
    [
      { kind: 'status', status: 502 },
      { code: 502, inDoubt: true },
    ],
    [
      { kind: 'rate', retryAfter: 3 },
      { code: 429, inDoubt: false },
    ],
    [{ kind: 'reset' }, { code: 'no_answer', inDoubt: true }],
    [{ kind: 'lost_ack' }, { code: 'no_answer', inDoubt: true }],
    [{ kind: 'not_json' }, { code: 'unreadable', inDoubt: true }],
  ])('on a bad day: %j', async (trouble, expected) => {
    const { fake, client } = await clientOnFake()
    fake.trouble(trouble)
    const error = await failureOf(client.sendMessage({ chat_id: USER, text: 'a' }))
    expect(error).toMatchObject(expected)
    expect(everythingOf(error)).not.toContain(TOKEN.slice(11))
    expect(fake.shown().length).toBe(trouble.kind === 'lost_ack' ? 1 : 0)
  })

  it('repeats no words of the platform, which may repeat the token', async () => {
    const error = await failureOf((await clientOf(200, JSON.stringify({ ok: false, error_code: 400, description: `no ${TOKEN}` }))).getMe())
    expect(everythingOf(error)).not.toContain(TOKEN.slice(11))
  })
})

describe('a poll', () => {
  it('ends at once when it is called off', async () => {
    const { fake, client } = await clientOnFake()
    const controller = new AbortController()
    const polled = failureOf(client.getUpdates(controller.signal))
    await fake.whenCalled('getUpdates', 1)
    controller.abort()
    expect(await polled).toMatchObject({ code: 'no_answer' })
  })
})

describe('mishapOf', () => {
  it.each([
    [400, 'refused'],
    [413, 'refused'],
    [426, 'refused'],
    [401, 'token_refused'],
    [403, 'platform_fault'],
    [500, 'platform_fault'],
    [404, 'not_found'],
    [408, 'no_answer'],
    [429, 'quota'],
    ['not_sent', 'not_sent'],
    ['no_answer', 'no_answer'],
    ['unreadable', 'unreadable'],
  ] as const)('%s is %s', (code, mishap) => expect(mishapOf(code)).toBe(mishap))
})
