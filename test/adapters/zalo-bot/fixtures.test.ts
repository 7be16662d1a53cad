/** The platform's own examples, where they are at hand: events as they come, answers as they are given, requests as they must look. */

import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openZaloBot } from '../../../adapters/zalo-bot/adapter.ts'
import { type ZaloBotClient, zaloBotClient } from '../../../adapters/zalo-bot/client.ts'
import { readZaloBot } from '../../../adapters/zalo-bot/read.ts'
import { closeAll, closeLater, failureOf, settingOf, TOKEN, way } from './open.ts'

afterEach(closeAll)

const FOLDER = new URL('../../../../shared/channel-fixtures/', import.meta.url)
const there = existsSync(new URL('index.json', FOLDER))
const fixture = (name: string) => JSON.parse(readFileSync(new URL(`zalo-bot/${name}`, FOLDER), 'utf8')) as unknown

const SENT_AT = 1789033572455
const RECEIVED_AT = SENT_AT + 500
const PERSON = 'a1b2c3d4e5f607182930'
const reading = { receivedAt: RECEIVED_AT, pseudonym: (id: string) => `p-${id}` }
const bot = { key: '46', ids: new Set(['46', '1459232241454765289']) }

const photo = { content: { kind: 'remote', caption: 'mẫu này', masked: false }, download: '{"url":"https://photo-stal-1.zdn.vn/fixture/a.jpg"}' }
const ARRIVALS: Readonly<Record<string, object>> = {
  'webhook.text.flat.json': { content: { kind: 'text', text: 'Chào shop, còn hàng không ạ?', masked: false } },
  'webhook.text.enveloped.json': { content: { kind: 'text', text: 'Chào shop, còn hàng không ạ?', masked: false } },
  'webhook.image.flat.json': photo,
  'webhook.image.enveloped.json': photo,
  'webhook.sticker.enveloped.json': { content: { kind: 'wordless', what: 'sticker' } },
  'webhook.unsupported.flat.json': { content: { kind: 'wordless', what: 'hidden' } },
  'webhook.group.mention.flat.json': { content: { kind: 'group' }, address: 'f0e1d2c3b4a596877869', person: 'zalo-bot:p-f0e1d2c3b4a596877869' },
  'getUpdates.text.json': { content: { kind: 'joined' } },
}

const ANSWERS: Readonly<Record<string, readonly [(client: ZaloBotClient) => Promise<unknown>, object | undefined]>> = {
  'getMe.ok.json': [(c) => c.getMe(), { id: '1459232241454765289', account_name: 'bot.VDKyGxQvc', can_join_groups: false }],
  'getUpdates.text.json': [(c) => c.getUpdates(), { event_name: 'message.text.received' }],
  'getUpdates.idle408.json': [(c) => c.getUpdates(), undefined],
  'getWebhookInfo.ok.json': [(c) => c.getWebhookInfo(), { url: 'https://bot.example.com/webhooks/zalo-bot' }],
  'deleteWebhook.ok.json': [(c) => c.deleteWebhook(), { url: '' }],
  'setWebhook.ok.json': [
    (c) => c.setWebhook({ url: 'https://bot.example.com/w', secret_token: 'x' }),
    { verification: { ok: true, outcome: 'webhook.ok' } },
  ],
  'sendMessage.ok.json': [(c) => c.sendMessage({ chat_id: PERSON, text: 'a' }), { message_id: '82599fa32f56d00e8941', date: 1749632637199 }],
  'sendChatAction.ok.json': [(c) => c.sendChatAction({ chat_id: PERSON, action: 'typing' }), undefined],
}

const ERRORS: Readonly<Record<string, object>> = {
  'error.400.json': { code: 400, inDoubt: false },
  'error.401.json': { code: 401, inDoubt: false },
  'error.403.json': { code: 403, inDoubt: true },
  'error.429.json': { code: 429, inDoubt: false },
  'testWebhook.426.json': { code: 426, inDoubt: false },
}

const REQUESTS: Readonly<Record<string, (client: ZaloBotClient) => Promise<unknown>>> = {
  'sendMessage.request.json': (c) => c.sendMessage({ chat_id: PERSON, text: 'Xin chào bạn' }),
  'sendMessage.request.markdown.json': (c) =>
    c.sendMessage({ chat_id: PERSON, text: '**Xin chào** _bạn_ {red}hết hàng{/red}', parse_mode: 'markdown' }),
  'sendMessage.request.text_styles.json': (c) =>
    c.sendMessage({ chat_id: PERSON, text: 'Xin chào bạn', text_styles: [{ start: 0, len: 8, st: ['b', 'c_db342e'] }] }),
  'sendPhoto.request.json': (c) => c.sendPhoto({ chat_id: PERSON, photo: 'https://example.com/a.jpg', caption: 'Ảnh mẫu' }),
  'sendSticker.request.json': (c) => c.sendSticker({ chat_id: PERSON, sticker: '0e078a2fb66a5f34067b' }),
  'sendVoice.request.json': (c) => c.sendVoice({ chat_id: PERSON, voice_url: 'https://example.com/a.aac' }),
  'sendChatAction.request.json': (c) => c.sendChatAction({ chat_id: PERSON, action: 'typing' }),
  'setWebhook.request.json': (c) => c.setWebhook({ url: 'https://bot.example.com/webhooks/zalo-bot', secret_token: 'fixture-secret-0123' }),
}

const IGNORED = { 'webhook.self-echo.flat.json': 'own_echo' }

/** A platform that answers everything with the example, and remembers what it was sent. */
async function answering(answer: unknown): Promise<{ readonly client: ZaloBotClient; readonly got: unknown[] }> {
  const got: unknown[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    got.push(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    response.writeHead(200).end(JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closeLater(async () => void server.close())
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { client: zaloBotClient({ apiRoot: `http://${host}`, token: TOKEN, outside: way([host]) }), got }
}

describe.skipIf(!there)('examples of the Zalo Bot Platform (skipped where ../shared/channel-fixtures is not there)', () => {
  it.each(Object.entries(ARRIVALS))('%s arrives', (name, expected) => {
    const usual = { channel: 'zalo-bot', address: PERSON, person: `zalo-bot:p-${PERSON}`, receivedAt: RECEIVED_AT, sentAt: SENT_AT }
    expect(readZaloBot(fixture(name), reading, bot)).toMatchObject({ kind: 'arrival', arrival: { ...usual, ...expected } })
  })

  it('flat and enveloped examples of one message have one name', () => {
    const nameOf = (name: string) => readZaloBot(fixture(name), reading, bot)
    expect(nameOf('webhook.text.flat.json')).toEqual(nameOf('webhook.text.enveloped.json'))
  })

  it.each(Object.entries(IGNORED))('%s is ignored', (name, reason) => {
    expect(readZaloBot(fixture(name), reading, bot)).toEqual({ kind: 'ignored', reason })
  })

  it.each(Object.entries(ANSWERS))('%s is understood', async (name, [ask, expected]) => {
    const result = await ask((await answering(fixture(name))).client)
    if (expected === undefined) expect(result).toBeUndefined()
    else expect(result).toMatchObject(expected)
  })

  it.each(Object.entries(ERRORS))('%s is an error, also with the status 200', async (name, expected) => {
    expect(await failureOf((await answering(fixture(name))).client.getMe())).toMatchObject(expected)
  })

  it.each(Object.entries(REQUESTS))('%s is what we send', async (name, ask) => {
    const { client, got } = await answering({ ok: true, result: { url: '' } })
    await ask(client)
    expect(got).toEqual([fixture(name)])
  })

  it('headers of the events open the door', () => {
    const { fixtures } = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8')) as {
      fixtures: { file: string; headers?: Record<string, string> }[]
    }
    const door = openZaloBot({
      setting: settingOf('http://127.0.0.1:1', { webhookSecret: 'fixture-secret-0123' }),
      outside: way([]),
      maxFileBytes: 1,
    }).door
    const events = fixtures.filter(({ file, headers }) => file.startsWith('zalo-bot/') && headers)
    expect(events.length).toBeGreaterThan(0)
    for (const { headers = {} } of events) expect(door?.verify(Buffer.alloc(1), headers)).toBe(true)
  })

  it('each of them is used here', () => {
    const used = [ARRIVALS, IGNORED, ANSWERS, ERRORS, REQUESTS].flatMap((some) => Object.keys(some))
    expect(readdirSync(new URL('zalo-bot/', FOLDER)).filter((name) => !used.includes(name))).toEqual([])
  })
})
