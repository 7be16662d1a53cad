/** Telegram's door in a real server, with a fake Telegram before it. */
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Taking } from '../../../adapters/platform/inbound.ts'
import { platformDoor } from '../../../adapters/platform/webhook.ts'
import { OLD_BUTTON, openTelegram } from '../../../adapters/telegram/adapter.ts'
import type { Arrival } from '../../../bot/delivery/message.ts'
import { NOW, type Opened, openAgainstFake, parcelTo, partOf, SECRET, TOKEN } from './open.ts'

let opened: Opened
let app: FastifyInstance
let base: string
/** What is "on disk", by its name. */
let kept: Map<string, Arrival>
let ignored: string[]
/** How many times the disk still refuses. */
let refusals: number
let buttons: Map<string, string>

beforeEach(async () => {
  opened = await openAgainstFake({}, { retryMs: 1 })
  ;[kept, ignored, refusals, buttons] = [new Map(), [], 0, new Map()]
  const { door } = opened.adapter
  if (!door) throw new Error('expected a door')
  app = Fastify()
  await app.register(platformDoor(door, { ...taking, clock: () => NOW, pseudonym: (_channel, id) => `p(${id})` }))
  base = await app.listen({ port: 0, host: '127.0.0.1' })
  opened.fake.deliverTo(base)
})

afterEach(async () => {
  await opened.close()
  await app.close()
})

const taking: Taking = {
  async accept(arrival) {
    refusals -= 1
    if (refusals >= 0) throw new Error('the disk is full')
    const known = kept.has(arrival.externalId)
    if (!known) kept.set(arrival.externalId, arrival)
    return { status: known ? 'repeated' : 'new', conversation: 'c' }
  },
  wordsOf: async (_channel, address, data) => buttons.get(`${address} ${data}`),
  withdraw: async () => undefined,
  hasRoom: () => true,
  ignored: (_channel, reason) => void ignored.push(reason),
}

const update = (part: object) =>
  JSON.stringify({ update_id: 1, message: { from: { id: 501, is_bot: false }, chat: { id: 501, type: 'private' }, date: 1, ...part } })

test.each<[string, string | Buffer, Record<string, string>, number]>([
  ['a message', update({ text: 'Chào' }), {}, 200],
  ['a message by another name', update({ text: 'Chào' }), { 'content-type': 'text/plain' }, 200],
  ['an empty probe without the secret', '', { 'x-telegram-bot-api-secret-token': '' }, 200],
  ['the wrong secret', update({ text: 'Chào' }), { 'x-telegram-bot-api-secret-token': `${SECRET}x` }, 401],
  ['the beginning of the secret', update({ text: 'Chào' }), { 'x-telegram-bot-api-secret-token': SECRET.slice(0, -1) }, 401],
  ['no secret', update({ text: 'Chào' }), { 'x-telegram-bot-api-secret-token': '' }, 401],
  ['no secret and no JSON', '{', { 'x-telegram-bot-api-secret-token': '' }, 401],
  ['no JSON', '{"update_id":1', {}, 400],
  ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400],
  ['JSON that is no update', '[]', {}, 200],
  ['an update that is not known', '{"update_id":1,"business_message":{}}', {}, 200],
  ['more than Telegram would send', update({ text: 'x'.repeat(300_000) }), {}, 413],
])('%s is answered', async (_what, body, headers, status) => {
  expect(await opened.fake.post(body, headers)).toBe(status)
})

test('what could not be written is asked for again, and comes again', async () => {
  refusals = 3
  expect(await opened.fake.post(update({ text: 'Chào' }))).toBe(503)
  expect(await opened.fake.say('501', 'Chào Hội')).toEqual({ id: `${TOKEN.split(':')[0]}:900001`, acknowledged: true, deliveries: 3 })
  expect([...kept.values()].map(({ content }) => content)).toEqual([{ kind: 'text', text: 'Chào Hội', masked: false }])
})

test('what comes twice has one name, and what one person says stays in order', async () => {
  const said = await Promise.all(['một', 'hai', 'ba'].map((words) => opened.fake.say('501', words, { repeat: 2 })))
  expect(said.map(({ deliveries }) => deliveries)).toEqual([3, 3, 3])
  expect([...kept.keys()]).toEqual(said.map(({ id }) => id))
  expect([...kept.values()].map(({ content }) => content)).toMatchObject([{ text: 'một' }, { text: 'hai' }, { text: 'ba' }])
})

test.each(['sticker', 'voice', 'audio', 'video', 'video_note', 'animation', 'location', 'venue', 'contact', 'poll', 'dice', 'story'])(
  'a %s arrives',
  async (what) => {
    const { id } = await opened.fake.sendOther('501', what)
    expect(kept.get(id)?.content.kind).toBe('wordless')
  },
)

test('a notice of the chat does not', async () => {
  await opened.fake.sendOther('501', 'pinned')
  expect([kept.size, ignored]).toEqual([0, ['unknown_event']])
})

test('a button that was pressed becomes its words, and stops turning', async () => {
  await opened.fake.say('501', 'Chào')
  const parcel = parcelTo('501')
  await opened.adapter.channel.send(parcel, partOf('Bạn cần gì?', { choices: ['Hỏi', 'Khiếu nại'] }))
  buttons.set(`501 ${parcel.key}:1`, 'Khiếu nại')
  const [shown] = opened.fake.shown('501')
  if (!shown) throw new Error('expected a message')
  const { id } = await opened.fake.press('501', shown, 1)
  expect(kept.get(id)).toMatchObject({ address: '501', person: 'telegram:p(501)', content: { kind: 'choice', text: 'Khiếu nại' } })
  await opened.fake.whenPressesAnswered(1)
  expect(opened.fake.pressAnswers()).toEqual([null])
  await opened.fake.press('501', shown, 0)
  await opened.fake.whenPressesAnswered(2)
  expect(opened.fake.pressAnswers()).toEqual([null, OLD_BUTTON])
  expect(ignored).toEqual(['old_button'])
})

test('a press that cannot be answered any more harms nothing', async () => {
  const press = { update_id: 3, callback_query: { id: 'gone', from: { id: 501 }, data: 'x', message: { chat: { id: 501, type: 'private' } } } }
  expect(await opened.fake.post(JSON.stringify(press))).toBe(200)
  await opened.fake.whenCalled('answerCallbackQuery', 1)
})

test('who blocks us and comes back is nobody to answer', async () => {
  await opened.fake.say('501', 'Chào')
  opened.fake.block('501', true)
  opened.fake.block('501', false)
  await opened.fake.say('501', '/start')
  expect(ignored).toEqual(['left', 'unknown_event'])
  expect([...kept.values()].at(-1)?.content).toEqual({ kind: 'joined' })
})

test('in a group we learn what we are called, and then hear only that', async () => {
  const chat = { id: -1_001, type: 'supergroup' }
  const call = (text: string) => ({
    message_id: 1,
    from: { id: 501, is_bot: false },
    chat,
    date: 1,
    text,
    entities: [{ type: 'mention', offset: 0, length: text.indexOf(' ') }],
  })
  await opened.fake.happen('-1001', 'message', call('@nao_do_bot ơi'))
  await opened.fake.whenCalled('getMe', 1)
  // Sending names us as well, and is awaited.
  await opened.adapter.channel.send(parcelTo('-1001'), partOf('Chào nhóm'))
  const before = kept.size
  await opened.fake.happen('-1001', 'message', call('@nao_do_bot ơi'))
  expect(kept.size).toBe(before)
  await opened.fake.happen('-1001', 'message', call('@an_tam_thu_bot ơi'))
  expect([...kept.values()].at(-1)).toMatchObject({ address: '-1001', person: 'telegram:p(-1001)', content: { kind: 'group' } })
})

test('without a secret there is no door', () => {
  const setting = { token: TOKEN, webhookSecret: undefined, apiRoot: opened.fake.root }
  expect(openTelegram({ setting, outside: opened.outside, clock: () => NOW, maxFileBytes: 1 }).door).toBe(undefined)
})
