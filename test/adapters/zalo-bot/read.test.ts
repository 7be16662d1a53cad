/** Reading events of the Zalo Bot Platform: every shape that is documented or was seen, and nothing that could make it fall. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IGNORED, type Inbound } from '../../../adapters/platform/inbound.ts'
import { type OwnBot, readZaloBot } from '../../../adapters/zalo-bot/read.ts'
import type { Arrival } from '../../../bot/delivery/message.ts'
import { event, NOW, reading, USER } from './open.ts'

const seed = 11
const bot: OwnBot = { key: '46', ids: new Set(['46', '1459232241454765289']) }
const read = (body: unknown, by: OwnBot = bot): Inbound => readZaloBot(body, reading, by)
const ignored = (reason: string) => ({ kind: 'ignored', reason })

function arrivalOf(body: unknown, by: OwnBot = bot): Arrival {
  const inbound = read(body, by)
  if (inbound.kind !== 'arrival') throw new Error(`No arrival: ${JSON.stringify(inbound)}`)
  return inbound.arrival
}
const contentOf = (body: unknown) => arrivalOf(body).content
const GROUP = { chat: { id: 'g1', chat_type: 'GROUP' } }

describe('a text', () => {
  it('arrives under a name, with an address, a pseudonym and the time at which it was sent', () => {
    const arrival = arrivalOf(event('text', { text: 'Mua phải hàng giả' }))
    expect(arrival).toEqual({
      ...{ channel: 'zalo-bot', externalId: expect.stringMatching(/^46:[\w-]{12}:m1$/), address: USER, person: `zalo-bot:p-${USER}` },
      ...{ receivedAt: NOW, sentAt: NOW - 1_000, content: { kind: 'text', text: 'Mua phải hàng giả', masked: false } },
    })
    expect(arrival.externalId).not.toContain(USER)
  })

  it('is masked before anything keeps it', () => {
    expect(contentOf(event('text', { text: 'cccd 001099012345 của tôi' }))).toEqual({
      kind: 'text',
      text: expect.not.stringContaining('001099012345'),
      masked: true,
    })
  })

  it('that only opens the chat is no text', () => expect(contentOf(event('text', { text: ' /START ' }))).toEqual({ kind: 'joined' }))
  it('may be a number', () => expect(contentOf(event('text', { text: 42 }))).toMatchObject({ kind: 'text', text: '42' }))
  it.each([undefined, '', ' \n ', '\0', null, {}, []])('without a visible character is malformed: %j', (text) => {
    expect(read(event('text', { text }))).toEqual(ignored('malformed'))
  })
})

describe('shapes', () => {
  const flat = event('text', { text: 'chào' })

  it('flat and in an envelope are the same', () => expect(read({ ok: true, result: flat })).toEqual(read(flat)))
  it('of an envelope that says no are no event', () => expect(read({ ok: false, result: flat })).toEqual(ignored('not_an_event')))
  it('numbers may be strings, and names numbers', () => {
    const odd = event('text', { text: 'chào', date: String(NOW - 1_000), message_id: 12, from: { id: 7 }, chat: { id: 7, chat_type: 'private' } })
    const even = event('text', { text: 'chào', date: NOW - 1_000, message_id: '12', from: { id: '7' }, chat: { id: '7', chat_type: 'PRIVATE' } })
    expect(read(odd)).toEqual(read(even))
    expect(arrivalOf(odd)).toMatchObject({ address: '7', person: 'zalo-bot:p-7', sentAt: NOW - 1_000 })
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [flat]],
    ['a text', 'message.text.received'],
    ['an object of something else', { update_id: 1 }],
    ['a name that is no text', { ...flat, event_name: 7 }],
  ])('%s is no event', (_what, body) => expect(read(body)).toEqual(ignored('not_an_event')))

  it.each(['user.follow', 'user.unfollow', 'message.reaction.received', 'constructor', '__proto__', ''])(
    'a kind that is not known here: %s',
    (event_name) => {
      expect(read({ ...flat, event_name })).toEqual(ignored('unknown_event'))
    },
  )

  it.each([
    ['no message', { event_name: 'message.text.received' }],
    ['a message that is a list', { event_name: 'message.text.received', message: [] }],
    ['nobody who wrote', event('text', { text: 'a', from: undefined, chat: undefined })],
    ['empty names', event('text', { text: 'a', from: { id: '' }, chat: { id: ' ' } })],
    ['a name that is endless', event('text', { text: 'a', from: undefined, chat: { id: 'x'.repeat(129) } })],
    ['neither a name nor a time', event('text', { text: 'a', message_id: undefined, date: undefined })],
    ['no name and a time that is none', event('text', { text: 'a', message_id: undefined, date: 'hôm qua' })],
  ])('%s is malformed', (_what, body) => expect(read(body)).toEqual(ignored('malformed')))

  it('a person without a chat is answered where they are', () =>
    expect(arrivalOf(event('text', { text: 'a', chat: undefined }))).toMatchObject({ address: USER }))
  it('a chat without a person is its person', () =>
    expect(arrivalOf(event('text', { text: 'a', from: undefined }))).toMatchObject({ person: `zalo-bot:p-${USER}` }))
})

describe('the time', () => {
  it.each([
    ['in the past is kept', NOW - 5, NOW - 5],
    ['as a string is kept', String(NOW - 5), NOW - 5],
    ['in the future is now', NOW + 60_000, NOW],
    ['that is missing is now', undefined, NOW],
    ['that is none is now', 'x', NOW],
    ['that is nothing is now', 0, NOW],
    ['that is negative is now', -1, NOW],
    ['in seconds is not taken for 1970', Math.floor(NOW / 1000), NOW],
  ])('%s', (_what, date, sentAt) => expect(arrivalOf(event('text', { text: 'a', date }))).toMatchObject({ sentAt, receivedAt: NOW }))
})

describe('a picture', () => {
  const url = 'https://photo-stal-1.zdn.vn/a.jpg'

  it.each([
    ['photo_url', { photo_url: url }],
    ['photo', { photo: url }],
    ['photoUrl', { photoUrl: url }],
    ['image_url', { image_url: url }],
    ['url', { url }],
    ['photo, before a link', { photo: url, link: 'https://elsewhere.example/' }],
    ['photo_url, where photo is a name', { photo: 'a1b2', photo_url: url }],
    ['an object', { photo: { url } }],
    ['attachments', { attachments: [{ type: 'image', payload: { url, thumbnail: 'https://photo.example/t.jpg' } }] }],
  ])('lies with the platform: %s', (_what, more) => {
    const arrival = arrivalOf(event('image', { ...more, caption: 'hóa đơn', message_type: 'CHAT_PHOTO' }))
    expect(arrival).toMatchObject({ content: { kind: 'remote', caption: 'hóa đơn', masked: false }, download: JSON.stringify({ url }) })
  })

  it('may be without words', () => expect(contentOf(event('image', { photo_url: url }))).toEqual({ kind: 'remote', caption: '', masked: false }))
  it('has its words masked', () => {
    expect(contentOf(event('image', { photo_url: url, caption: 'thẻ 4111111111111111' }))).toMatchObject({
      masked: true,
      caption: expect.not.stringContaining('4111111111111111'),
    })
  })
  it.each([
    {},
    { photo: 'a1b2' },
    { photo_url: 'javascript:alert(1)' },
    { photo_url: 'file:///etc/passwd' },
    { photo_url: `https://a.vn/${'x'.repeat(5000)}` },
    { photo: 7 },
  ])('without an address is told as one that did not come: %j', (more) => {
    const arrival = arrivalOf(event('image', { ...more, caption: 'đây' }))
    expect(arrival.content).toEqual({ kind: 'unfetched', reason: 'unreachable', caption: 'đây', masked: false })
    expect(arrival.download).toBeUndefined()
  })
})

describe('without words', () => {
  it.each([
    ['sticker', 'sticker'],
    ['voice', 'voice'],
    ['unsupported', 'hidden'],
    ['document', 'file'],
    ['video', 'video'],
    ['link', 'link'],
    ['location', 'location'],
  ])('%s is told as %s, and nothing of it is kept', (name, what) => {
    const arrival = arrivalOf(event(name, { sticker: 's1', url: 'https://a.vn/s', voice_url: 'https://a.vn/a.aac', text: 'riêng' }))
    expect(arrival.content).toEqual({ kind: 'wordless', what })
    expect(arrival.download).toBeUndefined()
    expect(JSON.stringify(arrival)).not.toMatch(/riêng|a\.vn/)
  })

  it.each(['sticker', 'voice', 'unsupported', 'document', 'video'])('%s in a group stays unanswered', (name) => {
    expect(read(event(name, GROUP))).toEqual(ignored('group'))
  })
})

describe('a group', () => {
  it.each([
    ['a mention', event('text', { ...GROUP, text: '@Bot An Tâm giá bao nhiêu?' })],
    ['a picture with a mention', event('image', { ...GROUP, photo_url: 'https://a.vn/a.jpg', caption: '@Bot An Tâm' })],
    ['small letters', event('text', { chat: { id: 'g1', chat_type: 'group' }, text: '@Bot' })],
    ['no type, but somebody who is not the chat', event('text', { chat: { id: 'g1' }, text: '@Bot' })],
    ['a type that is not known, and somebody who is not the chat', event('text', { chat: { id: 'g1', chat_type: 'COMMUNITY' }, text: '@Bot' })],
  ])('%s calls us; nothing is kept of what was said nor of who said it', (_what, body) => {
    const arrival = arrivalOf(body)
    expect(arrival).toMatchObject({ content: { kind: 'group' }, address: 'g1', person: 'zalo-bot:p-g1' })
    expect(JSON.stringify(arrival)).not.toMatch(new RegExp(`Bot|a\\.vn|${USER}`))
  })
})

describe('what we sent ourselves', () => {
  it.each([
    ['marked', { id: 'x', is_bot: true }],
    ['marked with a word', { id: 'x', is_bot: 'true' }],
    ['under the id of the bot', { id: '1459232241454765289', is_bot: false }],
    ['under the number of the token', { id: 46 }],
  ])('%s', (_what, from) => expect(read(event('text', { from, text: 'Dạ' }))).toEqual(ignored('own_echo')))
})

describe('whatever comes', () => {
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(USER, 'GROUP', NOW, '', -1, Number.MAX_VALUE, true, 'https://a.vn/x', '/start', '\ud800'))
  const person = fc.record({ id: odd, is_bot: odd }, { requiredKeys: [] })
  const chat = fc.record({ id: odd, chat_type: odd }, { requiredKeys: [] })
  const fields = {
    from: fc.oneof(person, odd),
    chat: fc.oneof(chat, odd),
    message_id: odd,
    date: odd,
    text: odd,
    caption: odd,
    photo_url: odd,
    photo: odd,
    attachments: odd,
  }
  const message = fc.oneof(fc.record(fields, { requiredKeys: [] }), odd)
  const name = fc.constantFrom('text', 'image', 'sticker', 'voice', 'unsupported', 'x').map((kind) => `message.${kind}.received`)
  const nearly = fc.record({ event_name: fc.oneof(name, odd), message }, { requiredKeys: [] })
  const enveloped = fc.record({ ok: fc.oneof(fc.constant(true), odd), result: nearly })

  it('is read without a fall, to something known', () =>
    fc.assert(
      fc.property(fc.oneof(nearly, enveloped, fc.anything()), (body) => {
        const inbound = read(body)
        if (inbound.kind === 'ignored') {
          expect(IGNORED).toContain(inbound.reason)
          return
        }
        const arrival = arrivalOf(body)
        expect(arrival.sentAt).toBeLessThanOrEqual(NOW)
        expect(arrival.externalId).toMatch(/^46:[\w-]{12}:.+$/)
        expect(arrival.address).not.toBe('')
      }),
      { seed, numRuns: 2000 },
    ))

  it('is read to the same twice', () =>
    fc.assert(
      fc.property(nearly, (body) => {
        expect(read(structuredClone(body))).toEqual(read(body))
      }),
      { seed },
    ))
})

describe('the name of a message', () => {
  const name = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '' && text === text.trim())
  const sentence = fc.stringMatching(/^[a-zđêơ ]{1,20}$/).filter((text) => text.trim() !== '')
  const kind = fc.constantFrom('text', 'sticker', 'voice')
  // Few of each, so that two of them often differ in one thing only.
  const few = <T>(values: fc.Arbitrary<T>, ...often: T[]) =>
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...often) }, { weight: 1, arbitrary: values })
  const date = few(fc.integer({ min: NOW - 1e9, max: NOW + 1e9 }), NOW - 1, NOW - 2)
  const named = fc.record({ chat: few(name, 'a', 'b'), message_id: few(name, '1', '2') })
  const nameless = fc.record({ chat: few(name, 'a', 'b'), date, text: few(sentence, 'có', 'không'), kind })

  const bodyOfNamed = ({ chat, message_id }: { chat: string; message_id: string }) =>
    event('text', { from: { id: chat }, chat: { id: chat, chat_type: 'PRIVATE' }, message_id, text: 'a' })
  const bodyOfNameless = ({ chat, date, text, kind }: { chat: string; date: number; text: string; kind: string }) =>
    event(kind, {
      from: { id: chat },
      chat: { id: chat, chat_type: 'PRIVATE' },
      message_id: undefined,
      date,
      text: kind === 'text' ? text : undefined,
    })

  it('differs from message to message', () =>
    fc.assert(
      fc.property(fc.uniqueArray(named, { selector: (one) => JSON.stringify([one.chat, one.message_id]), minLength: 2, maxLength: 8 }), (all) => {
        expect(new Set(all.map((one) => arrivalOf(bodyOfNamed(one)).externalId)).size).toBe(all.length)
      }),
      { seed },
    ))

  it('differs also where the platform gave none, by where, when and what', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(nameless, {
          selector: (one) => JSON.stringify([one.chat, one.date, one.kind, one.kind === 'text' && one.text]),
          minLength: 2,
          maxLength: 8,
        }),
        (all) => {
          expect(new Set(all.map((one) => arrivalOf(bodyOfNameless(one)).externalId)).size).toBe(all.length)
        },
      ),
      { seed },
    ))

  it('of the one kind is never of the other', () =>
    fc.assert(
      fc.property(named, nameless, (one, other) => {
        const made = arrivalOf(bodyOfNameless(other)).externalId
        const forged = { ...one, chat: other.chat, message_id: made.slice(made.lastIndexOf(':') + 1) }
        expect(arrivalOf(bodyOfNamed(forged)).externalId).not.toBe(made)
      }),
      { seed },
    ))

  it('is the same at every delivery: later, in an envelope, and when we know more about ourselves', () =>
    fc.assert(
      fc.property(fc.oneof(named.map(bodyOfNamed), nameless.map(bodyOfNameless)), fc.nat(1e9), (body, later) => {
        const again = readZaloBot({ ok: true, result: body }, { ...reading, receivedAt: NOW + later }, { key: bot.key, ids: new Set(['46']) })
        expect(again).toMatchObject({ arrival: { externalId: arrivalOf(body).externalId } })
      }),
      { seed },
    ))

  it('differs from bot to bot', () => {
    const body = event('text', { text: 'a' })
    expect(arrivalOf(body, { key: '47', ids: new Set() }).externalId).not.toBe(arrivalOf(body).externalId)
  })

  it('that is made holds no trace of a number that must not be kept', () => {
    const withNumber = (text: string) => arrivalOf(event('text', { message_id: undefined, text })).externalId
    expect(withNumber('cccd 001099012345')).toBe(withNumber('cccd 001099012346'))
  })
})
