/** The fake is as strict as Telegram: what it lets through, Telegram would too. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FakeTelegram, startFakeTelegram } from '../../fakes/telegram.ts'

let fake: FakeTelegram

beforeEach(async () => {
  fake = await startFakeTelegram()
  fake.know('501')
})
afterEach(() => fake.close())

async function call(
  method: string,
  body: object = {},
  token = String(fake.env['TELEGRAM_TOKEN']),
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await fetch(`${fake.root}/bot${token}/${method}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const html = (text: string) => call('sendMessage', { chat_id: 501, text, parse_mode: 'HTML' })

test.each([
  '<b>',
  '</b>',
  '<b>a</i></b>',
  '<b>a',
  'a < b',
  'a <',
  '<br>',
  '<b class="x">a</b>',
  '<script>a</script>',
  'R&D',
  '&nbsp;',
  '&#39;',
  '<B',
])('%j is refused', async (text) => {
  const answer = await html(text)
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ ok: false, error_code: 400, description: expect.stringContaining("can't parse entities") })
  expect(fake.shown()).toEqual([])
})

test.each([
  ['<b>a</b> b', 'a b', ['a']],
  ['<b>a <i>b</i></b>', 'a b', ['a b']],
  ['a &lt;b&gt; &amp;amp; &quot;', 'a <b> &amp; "', []],
  ['a > b', 'a > b', []],
  [' \n a \n ', 'a', []],
])('%j is shown as %j', async (text, shown, bold) => {
  expect((await html(text)).status).toBe(200)
  expect(fake.shown('501')).toMatchObject([{ text: shown, bold }])
})

test.each<[string, object, number, string]>([
  ['an unknown chat', { chat_id: 999, text: 'a' }, 400, 'chat not found'],
  ['no text', { chat_id: 501, text: '' }, 400, 'message text is empty'],
  ['only marks', { chat_id: 501, text: '<b> </b>', parse_mode: 'HTML' }, 400, 'message text is empty'],
  ['too long a text', { chat_id: 501, text: 'x'.repeat(4_097) }, 400, 'message is too long'],
  ['too long a text within marks', { chat_id: 501, text: `<b>${'&lt;'.repeat(4_097)}</b>`, parse_mode: 'HTML' }, 400, 'message is too long'],
  ['half a character', { chat_id: 501, text: '\ud83d' }, 400, 'UTF-8'],
  ['a button without words', { chat_id: 501, text: 'a', reply_markup: { inline_keyboard: [[{ text: ' ', callback_data: 'x' }]] } }, 400, 'non-empty'],
  [
    'a button without data',
    { chat_id: 501, text: 'a', reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: '' }]] } },
    400,
    'BUTTON_DATA_INVALID',
  ],
  [
    'data of more than 64 bytes',
    { chat_id: 501, text: 'a', reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'á'.repeat(33) }]] } },
    400,
    'BUTTON_DATA_INVALID',
  ],
])('%s is refused', async (_what, body, status, description) => {
  const answer = await call('sendMessage', body)
  expect(answer).toMatchObject({ status, body: { ok: false, error_code: status, description: expect.stringContaining(description) } })
})

test('marks count neither for the length nor for what is shown', async () => {
  expect((await html(`<b>${'&amp;'.repeat(4_096)}</b>`)).status).toBe(200)
})

test('who is not the bot is nobody', async () => {
  expect(await call('getMe', {}, '1:x')).toMatchObject({ status: 401, body: { ok: false, error_code: 401 } })
  expect(await call('noSuchMethod')).toMatchObject({ status: 404 })
})

test('updates are polled until they are confirmed; webhook and polling exclude each other', async () => {
  const said = [fake.say('501', 'một'), fake.say('501', 'hai')]
  const ids = async (body: object) =>
    ((await call('getUpdates', body)).body['result'] as { readonly update_id: number }[]).map(({ update_id }) => update_id)
  expect(await ids({})).toEqual([900_001, 900_002])
  expect(await ids({ limit: 1 })).toEqual([900_001])
  expect(await ids({ offset: 900_002 })).toEqual([900_002])
  expect(await ids({ offset: 900_003 })).toEqual([])
  expect(await Promise.all(said)).toMatchObject([
    { acknowledged: true, deliveries: 2 },
    { acknowledged: true, deliveries: 2 },
  ])
  await call('setWebhook', { url: 'https://antam.example.vn/webhooks/telegram', secret_token: 'x' })
  expect(await call('getUpdates')).toMatchObject({ status: 409 })
  expect((await call('setWebhook', { url: 'http://antam.example.vn/' })).status).toBe(400)
  expect((await call('setWebhook', { url: 'https://antam.example.vn/', secret_token: 'not allowed!' })).status).toBe(400)
  await call('deleteWebhook')
  expect((await call('getUpdates')).status).toBe(200)
})

test('a second poller ends the first', async () => {
  const first = call('getUpdates', { timeout: 50 })
  await fake.whenCalled('getUpdates', 1)
  const second = call('getUpdates', { timeout: 50 })
  expect(await first).toMatchObject({ status: 409, body: { description: expect.stringContaining('terminated by other getUpdates') } })
  void fake.say('501', 'một')
  expect(await second).toMatchObject({ status: 200, body: { result: [{ update_id: 900_001 }] } })
})

test('what comes twice comes twice when it is polled, too', async () => {
  const said = fake.say('501', 'một', { repeat: 1 })
  for (const offset of [undefined, 900_002, undefined, 900_002]) await call('getUpdates', { offset })
  expect(await said).toMatchObject({ acknowledged: true, deliveries: 2 })
})

test('only kinds that were asked for come', async () => {
  await call('getUpdates', { allowed_updates: ['callback_query'] })
  expect(await fake.say('501', 'một')).toMatchObject({ acknowledged: false, deliveries: 0 })
})

test('on a bad day sends meet troubles, and a lost answer was carried out', async () => {
  fake.badDay(1, [{ kind: 'lost_ack' }], () => 0)
  await expect(call('sendMessage', { chat_id: 501, text: 'a' })).rejects.toThrow()
  fake.badDay(0, [], () => 0)
  expect((await call('sendMessage', { chat_id: 501, text: 'b' })).status).toBe(200)
  expect(fake.shown('501').map(({ text }) => text)).toEqual(['a', 'b'])
})

test('troubles queue up, and each is met once for every time', async () => {
  fake.trouble({ kind: 'rate', retryAfter: 3 }, 2)
  fake.trouble({ kind: 'status', status: 503 })
  const statuses: number[] = []
  for (let i = 0; i < 4; i += 1) statuses.push((await call('sendMessage', { chat_id: 501, text: 'a' })).status)
  expect(statuses).toEqual([429, 429, 503, 200])
  fake.trouble({ kind: 'reset' })
  await expect(call('sendMessage', { chat_id: 501, text: 'b' })).rejects.toThrow()
  expect(fake.shown('501').length).toBe(1)
})

test('people may have names; what they are shown is found by them', async () => {
  void fake.say('lan', 'Chào')
  const { body } = await call('getUpdates')
  const [update] = body['result'] as { readonly message: { readonly chat: { readonly id: number } } }[]
  await call('sendMessage', { chat_id: update?.message.chat.id, text: 'Chào bạn' })
  await fake.whenShown(1, 'lan')
  expect(fake.shown('lan')).toMatchObject([{ to: 'lan', text: 'Chào bạn' }])
})

test('a delivery that nobody takes is given up after its tries', async () => {
  const hasty = await startFakeTelegram({ mostTries: 3, retryMs: 1 })
  hasty.deliverTo('http://127.0.0.1:9')
  expect(await hasty.say('501', 'một')).toMatchObject({ acknowledged: false, deliveries: 3 })
  await hasty.close()
})
