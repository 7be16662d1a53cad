/** What updates mean: every kind that Telegram sends, and whatever else could come. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Inbound } from '../../../adapters/platform/inbound.ts'
import { readDownload, readUpdate, type Self } from '../../../adapters/telegram/read.ts'
import { fixture, fixturesThere, NOW, reading } from './open.ts'

const SENT = 1_789_033_572
const self: Self = { botId: '1', username: 'b_bot', maxFileBytes: 50_000 }
const lan = { id: 501, is_bot: false, first_name: 'Lan' }
const chat = { id: 501, type: 'private' }

const read = (body: unknown, changes: Partial<Self> = {}): Inbound => readUpdate(body, reading, { ...self, ...changes })
const message = (part: object, kind = 'message') => ({ update_id: 900_001, [kind]: { message_id: 1, from: lan, chat, date: SENT, ...part } })
/** @returns the content of an update that must be an arrival. */
function contentOf(body: unknown, changes: Partial<Self> = {}) {
  const inbound = read(body, changes)
  return inbound.kind === 'arrival' ? inbound.arrival.content : inbound
}
const reasonOf = (body: unknown, changes: Partial<Self> = {}) => {
  const inbound = read(body, changes)
  return inbound.kind === 'ignored' ? inbound.reason : inbound.kind
}
const text = (words: string) => ({ kind: 'text', text: words, masked: false })

test('a text arrives under the name of its update, with the pseudonym of its person and the end of its second', () => {
  expect(read(message({ text: 'Chào Hội' }))).toEqual({
    kind: 'arrival',
    arrival: {
      ...{ channel: 'telegram', externalId: '1:900001', address: '501', person: 'telegram:p(501)', receivedAt: NOW, sentAt: SENT * 1_000 + 999 },
      content: text('Chào Hội'),
    },
  })
})

test.each([
  ['of the future', NOW / 1_000 + 60],
  ['of this very second', NOW / 1_000],
  ['missing', undefined],
  ['no number', 'yesterday'],
  ['zero', 0],
  ['negative', -5],
  ['not finite', Number.NaN],
])('a date that is %s counts as now', (_what, date) => {
  expect(read(message({ text: 'a', date }))).toMatchObject({ arrival: { sentAt: NOW } })
})

test.each([
  ['/start', { kind: 'joined' }],
  ['/start ', { kind: 'joined' }],
  ['/start@b_bot', { kind: 'joined' }],
  ['/help', { kind: 'joined' }],
  ['/start tt-AB12CD34EF', text('tt-AB12CD34EF')],
  ['/start web_9f2c', text('web_9f2c')],
  ['/START tt-AB12CD34EF', text('tt-AB12CD34EF')],
  ['/help tôi bị lừa', text('tôi bị lừa')],
  ['/gap_can_bo', text('gap can bo')],
  ['/gap_can_bo@b_bot gấp', text('gap can bo gấp')],
  ['/tra\nhai dòng', text('tra hai dòng')],
  ['/', text('/')],
  ['/không phải lệnh', text('/không phải lệnh')],
  ['// hai gạch', text('// hai gạch')],
])('%j says %j', (words, content) => expect(contentOf(message({ text: words }))).toEqual(content))

test('numbers that must not be kept are covered, in words and in captions', () => {
  expect(contentOf(message({ text: 'thẻ 4111 1111 1111 1111' }))).toMatchObject({ masked: true })
  expect(contentOf(message({ photo: [{ file_id: 'f' }], caption: 'thẻ 4111 1111 1111 1111' }))).toMatchObject({ kind: 'remote', masked: true })
  expect(JSON.stringify(read(message({ text: '/start 4111 1111 1111 1111' })))).not.toContain('4111 1111')
})

test('what was corrected is said again, under a name of its own', () => {
  const first = read(message({ text: 'sai' }))
  const second = read({ ...message({ text: 'đúng', edit_date: SENT + 5 }, 'edited_message'), update_id: 900_002 })
  expect(second).toMatchObject({ arrival: { externalId: '1:900002', content: text('đúng'), sentAt: (SENT + 5) * 1_000 + 999 } })
  expect(first).toMatchObject({ arrival: { externalId: '1:900001' } })
  expect(contentOf(message({ photo: [{ file_id: 'f' }], caption: 'lời mới' }, 'edited_message'))).toEqual(text('lời mới'))
})

test('a place that moves is not said again with each step', () => {
  expect(reasonOf(message({ location: { latitude: 1, longitude: 2 } }, 'edited_message'))).toBe('unknown_event')
})

const photo = (file_id: string, side: number, file_size?: number) => ({ file_id, width: side, height: side, ...(file_size ? { file_size } : {}) })

test.each([
  ['the largest that may be kept', [photo('s', 90, 900), photo('m', 320, 40_000), photo('l', 1_280, 90_000)], 'm'],
  ['the largest, in any order', [photo('m', 320, 40_000), photo('s', 90, 900)], 'm'],
  ['the largest of unknown weight', [photo('s', 90), photo('l', 1_280)], 'l'],
  ['the largest, where none may be kept', [photo('m', 320, 60_000), photo('l', 1_280, 90_000)], 'l'],
])('of a photo, %s is fetched', (_what, sizes, chosen) => {
  const inbound = read(message({ photo: sizes, caption: 'hóa đơn' }))
  expect(inbound).toMatchObject({ arrival: { content: { kind: 'remote', caption: 'hóa đơn', masked: false } } })
  expect(inbound.kind === 'arrival' && readDownload(inbound.arrival.download ?? '')).toEqual({ file_id: chosen, mime: 'image/jpeg' })
})

test('a document is fetched as what it says it is', () => {
  const inbound = read(message({ document: { file_id: 'd', mime_type: 'application/pdf', file_name: 'hop-dong.pdf' } }))
  expect(inbound).toMatchObject({ arrival: { content: { kind: 'remote', caption: '' } } })
  expect(inbound.kind === 'arrival' && readDownload(inbound.arrival.download ?? '')).toEqual({ file_id: 'd', mime: 'application/pdf' })
})

test.each([
  ['sticker', 'sticker'],
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['animation', 'video'],
  ['location', 'location'],
  ['venue', 'location'],
  ['contact', 'contact'],
  ['poll', 'hidden'],
  ['dice', 'hidden'],
  ['story', 'hidden'],
  ['paid_media', 'hidden'],
])('a %s has no words', (key, what) => expect(contentOf(message({ [key]: { file_id: 'x' } }))).toEqual({ kind: 'wordless', what }))

test('words that come with something wordless are what was said', () => {
  expect(contentOf(message({ video: { file_id: 'v' }, caption: 'họ nói thế này' }))).toEqual(text('họ nói thế này'))
  expect(contentOf(message({ voice: { file_id: 'v' }, caption: '  ' }))).toEqual({ kind: 'wordless', what: 'voice' })
})

test('moving pictures are no document, although they bring one', () => {
  expect(contentOf(message({ animation: { file_id: 'a' }, document: { file_id: 'a', mime_type: 'video/mp4' } }))).toEqual({
    kind: 'wordless',
    what: 'video',
  })
})

test.each(['pinned_message', 'write_access_allowed', 'message_auto_delete_timer_changed', 'successful_payment'])(
  'the notice %s is nothing that was said',
  (key) => {
    expect(reasonOf(message({ [key]: {} }))).toBe('unknown_event')
  },
)

test('a button says which one it is, and by whom and where it was pressed', () => {
  const body = { update_id: 7, callback_query: { id: 'q', from: lan, data: 'key:1', message: { message_id: 2, chat, date: 0 } } }
  expect(read(body)).toEqual({
    kind: 'press',
    press: { channel: 'telegram', externalId: '1:7', address: '501', person: 'telegram:p(501)', receivedAt: NOW, sentAt: NOW, data: 'key:1' },
  })
})

const query = (part: object) => ({ update_id: 7, callback_query: { id: 'q', from: lan, data: 'key:1', message: { chat }, ...part } })
const member = (status: string, type = 'private') => ({
  update_id: 8,
  my_chat_member: { chat: { ...chat, type }, from: lan, new_chat_member: { status } },
})

test.each<[string, unknown, string]>([
  ['a button under a message that is gone', query({ message: undefined }), 'old_button'],
  ['a button in a group', query({ message: { chat: { id: -1, type: 'supergroup' } } }), 'group'],
  ['a button without data', query({ data: undefined }), 'malformed'],
  ['a button pressed by a bot', query({ from: { id: 9, is_bot: true } }), 'own_echo'],
  ['who blocks us', member('kicked'), 'left'],
  ['who comes back', member('member'), 'unknown_event'],
  ['a group that takes us in', member('member', 'supergroup'), 'group'],
  ['a member without a status', { update_id: 8, my_chat_member: { chat } }, 'malformed'],
  ['a message of a bot', message({ text: 'a', from: { id: 9, is_bot: true } }), 'own_echo'],
  ['our own message', message({ text: 'a', from: { id: 1, is_bot: false } }), 'own_echo'],
  ['a reaction', { update_id: 9, message_reaction: {} }, 'reaction'],
  ['a kind that is not known', { update_id: 9, business_message: {} }, 'unknown_event'],
  ['a channel', { update_id: 9, channel_post: { chat: { id: -1, type: 'channel' }, text: 'a' } }, 'unknown_event'],
  ['an update without its number', { message: { chat, text: 'a' } }, 'malformed'],
  ['a number that is none', { ...message({ text: 'a' }), update_id: 1.5 }, 'malformed'],
  ['a message without a chat', { update_id: 1, message: { text: 'a' } }, 'malformed'],
  ['a chat without an id', { update_id: 1, message: { chat: { type: 'private' }, text: 'a' } }, 'malformed'],
  ['words without a visible character', message({ text: ' \n ' }), 'unknown_event'],
  ['a list', [], 'not_an_event'],
  ['a list that pretends', Object.assign([], { update_id: 1 }), 'not_an_event'],
  ['nothing', null, 'not_an_event'],
  ['a text', 'update_id', 'not_an_event'],
  ['an empty object', {}, 'not_an_event'],
])('%s is not answered', (_what, body, reason) => expect(reasonOf(body)).toBe(reason))

describe('in a group', () => {
  const group = { id: -1_001_234_567_890, type: 'supergroup', title: 'Nhóm' }
  const said = (words: string, entities: readonly object[] = [], part: object = {}) => message({ chat: group, text: words, entities, ...part })
  const mention = (words: string) => said(words, [{ type: 'mention', offset: words.indexOf('@'), length: /@\w+/.exec(words)?.[0].length ?? 0 }])
  const command = (words: string) => said(words, [{ type: 'bot_command', offset: 0, length: words.length }])

  test('a call is heard, as coming from the group, and nothing of it is kept', () => {
    expect(read(mention('này @B_bot giá?'))).toEqual({
      kind: 'arrival',
      arrival: {
        ...{ channel: 'telegram', externalId: '1:900001', address: '-1001234567890', person: 'telegram:p(-1001234567890)' },
        ...{ receivedAt: NOW, sentAt: SENT * 1_000 + 999, content: { kind: 'group' } },
      },
    })
  })

  test.each<[string, unknown, string]>([
    ['a mention', mention('@b_bot giá?'), 'arrival'],
    [
      'a mention in a caption',
      message({ chat: group, photo: [{ file_id: 'f' }], caption: '@b_bot', caption_entities: [{ type: 'mention', offset: 0, length: 6 }] }),
      'arrival',
    ],
    ['a mention by link', said('Trợ lý ơi', [{ type: 'text_mention', offset: 0, length: 6, user: { id: 1, is_bot: true } }]), 'arrival'],
    ['a reply to us', said('sao?', [], { reply_to_message: { from: { id: 1, is_bot: true } } }), 'arrival'],
    ['a command', command('/start'), 'arrival'],
    ['a command to us', command('/start@b_bot'), 'arrival'],
    ['a command to another bot', command('/start@other_bot'), 'group'],
    ['a mention of another bot', mention('@other_bot giá?'), 'group'],
    ['a mention of somebody else', said('Lan ơi', [{ type: 'text_mention', offset: 0, length: 3, user: { id: 2, is_bot: false } }]), 'group'],
    ['a reply to somebody else', said('sao?', [], { reply_to_message: { from: { id: 2, is_bot: false } } }), 'group'],
    ['our name without Telegram marking it', said('@b_bot giá?'), 'group'],
    ['anything else', said('giá?'), 'group'],
    ['a new member', message({ chat: group, new_chat_members: [{ id: 1, is_bot: true }] }), 'group'],
  ])('%s: %#', (_what, body, outcome) => expect(reasonOf(body)).toBe(outcome))

  test('before our name is known, the name of a bot counts as ours', () => {
    expect(reasonOf(mention('@nao_do_bot giá?'), { username: undefined })).toBe('arrival')
    expect(reasonOf(mention('@ai_do giá?'), { username: undefined })).toBe('group')
  })
})

const ANY_PART = fc.oneof(
  fc.anything(),
  fc.json().map((json): unknown => JSON.parse(json)),
)
const NAMES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'update_id',
  'text',
  'chat',
  'from',
  'photo',
  'entities',
  'data',
  'date',
]
/** What looks like an update, with anything at all inside of it. */
const ALMOST = fc.record(
  {
    update_id: fc.oneof(fc.nat(), ANY_PART),
    message: fc.dictionary(
      fc.constantFrom(...NAMES, 'caption', 'document', 'sticker', 'reply_to_message', '__proto__'),
      fc.oneof(ANY_PART, fc.constant(chat), fc.constant(lan)),
    ),
    callback_query: fc.dictionary(fc.constantFrom(...NAMES), ANY_PART),
    my_chat_member: fc.dictionary(fc.constantFrom(...NAMES, 'new_chat_member'), ANY_PART),
    edited_message: ANY_PART,
  },
  { requiredKeys: [] },
)

test('nothing that could come makes reading fail', () => {
  fc.assert(
    fc.property(fc.oneof(ANY_PART, ALMOST), (body) => {
      expect(['arrival', 'press', 'ignored']).toContain(read(body).kind)
    }),
    { numRuns: 3_000 },
  )
})

test('an update has one name however often it comes, and no two have the same', () => {
  const key = (update_id: number) => {
    const inbound = read({ ...message({ text: 'a' }), update_id })
    return inbound.kind === 'arrival' ? inbound.arrival.externalId : undefined
  }
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
      expect(key(a)).toBe(key(a))
      expect(key(a) === key(b)).toBe(a === b)
      expect(key(a)).not.toBe(undefined)
    }),
  )
})

test('a download is read back as it was written, and nothing else is', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (file_id, mime) => {
      expect(readDownload(JSON.stringify({ file_id, mime }))).toEqual({ file_id, mime })
      expect(readDownload(file_id)).toBe(undefined)
      expect(readDownload(JSON.stringify({ file_id }))).toBe(undefined)
    }),
  )
})

describe.skipIf(!fixturesThere)('the fixtures beside the project (skipped where ../shared is not there)', () => {
  const arrival = (content: object) => ({
    kind: 'arrival',
    arrival: { channel: 'telegram', address: '501', person: 'telegram:p(501)', sentAt: SENT * 1_000 + 999, content },
  })
  const EXPECTED: readonly (readonly [string, object])[] = [
    ['update.message.text', arrival(text('Chào shop'))],
    ['update.message.start-deeplink', arrival(text('web_9f2c'))],
    ['update.message.photo', arrival({ kind: 'remote', caption: 'mẫu này', masked: false })],
    ['update.message.voice', arrival({ kind: 'wordless', what: 'voice' })],
    ['update.message.sticker', arrival({ kind: 'wordless', what: 'sticker' })],
    ['update.callback_query', { kind: 'press', press: { externalId: '1:900006', address: '501', person: 'telegram:p(501)', data: 'v1:price' } }],
    ['update.group.mention', { kind: 'arrival', arrival: { address: '-1001234567890', content: { kind: 'group' } } }],
    ['update.my_chat_member.blocked', { kind: 'ignored', reason: 'left' }],
  ]
  test.each(EXPECTED)('%s', (name, expected) => expect(read(fixture(name))).toMatchObject(expected))
})
