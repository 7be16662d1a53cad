/** What an operator is told about Telegram. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PlatformAdmin, Report } from '../../../adapters/platform/adapter.ts'
import { openTelegram } from '../../../adapters/telegram/adapter.ts'
import { NOW, type Opened, openAgainstFake, SECRET, TOKEN } from './open.ts'

let opened: Opened

beforeEach(async () => {
  opened = await openAgainstFake()
})
afterEach(() => opened.close())

function adminWith(changes: { readonly token?: string; readonly webhookSecret?: string | undefined } = {}): PlatformAdmin {
  const setting = { token: TOKEN, webhookSecret: SECRET, apiRoot: opened.fake.root, ...changes }
  return openTelegram({ setting, outside: opened.outside, clock: () => NOW, maxFileBytes: 1 }).admin
}

/** Every report is whole sentences, without a secret. */
function checked(report: Report): Report {
  for (const sentence of report.sentences) expect(sentence).toMatch(/^[A-ZĐ].*\.$/)
  expect(report.sentences.join()).not.toContain(TOKEN)
  expect(report.sentences.join()).not.toContain(SECRET)
  expect(report.sentences.length).toBeGreaterThan(0)
  return report
}

const URL = 'https://antam.example.vn'

test('a webhook is set with its secret and what we have a use for, and nothing waiting is dropped', async () => {
  expect(checked(await adminWith().setWebhook(`${URL}/`)).ok).toBe(true)
  expect(opened.fake.bodies('setWebhook')).toEqual([
    {
      ...{ url: `${URL}/webhooks/telegram`, secret_token: SECRET, max_connections: 40, drop_pending_updates: false },
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    },
  ])
  const status = checked(await adminWith().status())
  expect(status).toMatchObject({ ok: true, sentences: ['Telegram nhận token, bot là @an_tam_thu_bot.', 'Webhook đang đặt tới antam.example.vn.'] })
})

test('a webhook is not set without a secret, nor where there is no TLS', async () => {
  expect(checked(await adminWith({ webhookSecret: undefined }).setWebhook(URL)).ok).toBe(false)
  expect(checked(await adminWith().setWebhook('http://antam.example.vn')).ok).toBe(false)
  expect(opened.fake.calls().get('setWebhook')).toBe(undefined)
})

test('a webhook that Telegram refuses is explained', async () => {
  expect(checked(await adminWith().setWebhook('https://antam.example.vn:9999'))).toMatchObject({
    ok: false,
    sentences: [expect.stringContaining('PUBLIC_URL')],
  })
})

test('a webhook is taken away again', async () => {
  await adminWith().setWebhook(URL)
  expect(checked(await adminWith().deleteWebhook()).ok).toBe(true)
  expect(opened.fake.bodies('deleteWebhook')).toEqual([{ drop_pending_updates: false }])
  expect(opened.fake.webhook().url).toBe('')
})

test('without a webhook, whether something must be done depends on the secret', async () => {
  expect(checked(await adminWith({ webhookSecret: undefined }).status()).ok).toBe(true)
  expect(checked(await adminWith().status()).ok).toBe(false)
  expect(checked(await adminWith().test()).ok).toBe(false)
})

test.each([
  ['Read timeout expired', 'trả lời quá chậm'],
  ['SSL error {error:0A000086:SSL routines::certificate verify failed}', 'chứng chỉ HTTPS'],
  ['Failed to resolve host: Name or service not known', 'tên miền'],
  ['Wrong response from the webhook: 401 Unauthorized', 'mã bí mật'],
  ['Wrong response from the webhook: 404 Not Found', 'địa chỉ webhook'],
  ['Wrong response from the webhook: 502 Bad Gateway', 'báo lỗi hoặc chưa chạy'],
  ['Connection refused', 'không kết nối được'],
  ['<b>Something else</b>', 'không nói rõ'],
])('“%s” is told in our words', async (said, ours) => {
  await adminWith().setWebhook(URL)
  opened.fake.failedDelivery(said, NOW - 60_000)
  const report = checked(await adminWith().status())
  expect(report.ok).toBe(false)
  expect(report.sentences[2]).toContain(ours)
  expect(report.sentences[2]).not.toContain(said)
})

test('an error of long ago is told with its time, and is nothing to be done about', async () => {
  await adminWith().setWebhook(URL)
  opened.fake.failedDelivery('Connection refused', NOW - 3_600_000)
  const report = checked(await adminWith().test())
  expect(report.ok).toBe(true)
  expect(report.sentences[2]).toMatch(/lúc \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/)
  expect(report.sentences.at(-1)).toContain('nhắn thử')
})

test('what still waits is told', async () => {
  void opened.fake.say('501', 'Chào')
  void opened.fake.say('501', 'Có ai không')
  expect(checked(await adminWith({ webhookSecret: undefined }).status()).sentences).toContain('Telegram còn giữ 2 tin chưa giao.')
})

test('a wrong token is told, and where to get another', async () => {
  for (const question of ['status', 'test', 'deleteWebhook'] as const) {
    const report = checked(await adminWith({ token: `${TOKEN}x` })[question]())
    expect(report).toMatchObject({ ok: false, sentences: [expect.stringContaining('BotFather')] })
  }
})

test('a Telegram that is away is told, and where to look', async () => {
  await opened.fake.close()
  expect(checked(await adminWith().status())).toMatchObject({ ok: false, sentences: [expect.stringContaining('Không kết nối được')] })
  expect(checked(await adminWith().setWebhook(URL)).ok).toBe(false)
})

test('an invitation opens a chat with us and carries the code, as soon as we know what we are called', async () => {
  const { adapter, close } = await openAgainstFake()
  const code = 'AT-0123A-BCDEF'
  expect(adapter.invitation?.(code)).toBeUndefined()
  await adapter.tend?.()
  const { where, address } = adapter.invitation?.(code) ?? {}
  expect([where, address]).toEqual(['Telegram', expect.stringMatching(/^https:\/\/t\.me\/\w+\?start=AT-0123A-BCDEF$/)])
  // What Telegram takes after "start=".
  expect(code).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
  await close()
})
