/** Sending to a Telegram that shows, refuses, dawdles and breaks off. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openOutside } from '../../../adapters/platform/outside.ts'
import { openTelegram } from '../../../adapters/telegram/adapter.ts'
import { html, labelOf } from '../../../adapters/telegram/send.ts'
import type { Part } from '../../../bot/delivery/message.ts'
import { DeliveryError } from '../../../bot/delivery/relay.ts'
import type { Trouble } from '../../fakes/fake.ts'
import { everythingIn, fixture, fixturesThere, NOW, type Opened, openAgainstFake, parcelTo, partOf, SECRET, TOKEN } from './open.ts'

let opened: Opened

beforeEach(async () => {
  opened = await openAgainstFake()
  opened.fake.know('501')
})
afterEach(() => opened.close())

const send = (part: Part, address = '501') => opened.adapter.channel.send(parcelTo(address), part)

/** @returns the error of a send that must fail; it holds neither the token nor what was sent nor to whom. */
async function failure(sending: Promise<void>): Promise<DeliveryError> {
  const error = await sending.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof DeliveryError)) throw new Error('expected a DeliveryError')
  expect(error.cause).toBe(undefined)
  const words = everythingIn(error)
  for (const hidden of [TOKEN, TOKEN.split(':')[1], SECRET, WORDS, '501', opened.fake.root]) expect(words).not.toContain(hidden)
  return error
}

const WORDS = 'lời của một người'

test('a part is one message: as it was written, headings bold, no preview of links', async () => {
  await send(partOf('Căn cứ\n1 < 2 & "3" > \'2\'\nhttps://example.vn/?a=1&b=2', { headings: ['Căn cứ'] }))
  expect(opened.fake.shown('501')).toMatchObject([
    { text: 'Căn cứ\n1 < 2 & "3" > \'2\'\nhttps://example.vn/?a=1&b=2', bold: ['Căn cứ'], buttons: [] },
  ])
  expect(opened.fake.bodies('sendMessage')).toMatchObject([{ chat_id: '501', parse_mode: 'HTML', link_preview_options: { is_disabled: true } }])
  expect(opened.fake.bodies('sendMessage')[0]).not.toHaveProperty('reply_markup')
})

test('choices are buttons that name the row they belong to, one a row', async () => {
  const parcel = parcelTo('501')
  const long = 'Tôi mua hàng trên mạng, đã trả tiền mà người bán không giao và chặn liên lạc'
  await opened.adapter.channel.send(parcel, partOf('Bạn cần gì?', { choices: ['Khiếu nại', long] }))
  expect(opened.fake.shown('501')[0]?.buttons).toEqual([
    { label: 'Khiếu nại', data: `${parcel.key}:0` },
    { label: 'Tôi mua hàng trên mạng, đã trả tiền mà người bán không giao…', data: `${parcel.key}:1` },
  ])
  expect(opened.fake.bodies('sendMessage')[0]).toMatchObject({ reply_markup: { inline_keyboard: [[{}], [{}]] } })
})

test('a label has at most 60 characters as people count them, and none is cut through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90, size: 'max' }), (choice) => {
      const label = labelOf(choice)
      const count = (text: string) => Array.from(new Intl.Segmenter('vi').segment(text)).length
      expect(count(label)).toBeLessThanOrEqual(60)
      if (count(choice) <= 60) expect(label).toBe(choice)
      else expect(choice.startsWith(label.slice(0, -1)) && label.endsWith('…')).toBe(true)
    }),
  )
})

test('letters with their marks apart are letters', () => {
  expect(labelOf('e\u0302\u0301'.repeat(60))).toBe('e\u0302\u0301'.repeat(60))
  expect(labelOf('e\u0302\u0301'.repeat(61))).toBe(`${'e\u0302\u0301'.repeat(59)}…`)
})

/** Marks, look-alikes of entities and tags, composed and decomposed Vietnamese, emoji of many parts. */
const PIECE = fc.oneof(
  fc.constantFrom(
    '<b>',
    '</b>',
    '<',
    '>',
    '&',
    '"',
    "'",
    '&amp;',
    '&lt;',
    '&#39;',
    '<br/>',
    '<a href="x">',
    '\n',
    ' ',
    'ế',
    'e\u0302\u0301',
    '👨‍👩‍👧‍👦',
    '🇻🇳',
    '`*_~[]()',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const TEXT = fc.array(PIECE, { minLength: 1, maxLength: 12 }).map((pieces) => `a${pieces.join('')}z`.toWellFormed())

test('whatever is written is shown exactly so', async () => {
  await fc.assert(
    fc.asyncProperty(TEXT, fc.nat(), async (text, pick) => {
      const lines = text.split('\n')
      await send(partOf(text, { headings: [lines[pick % lines.length] ?? ''] }))
      expect(opened.fake.shown('501').at(-1)?.text).toBe(text)
    }),
    { numRuns: 200 },
  )
  // Not one of them had to be sent again without its marks.
  expect(opened.fake.shown().length).toBe(opened.fake.bodies('sendMessage').length)
})

test('half a character is replaced, not refused', async () => {
  await send(partOf('a\ud83d b'))
  expect(opened.fake.shown('501')[0]?.text).toBe('a\ufffd b')
})

test('only whole lines are headings', () => {
  expect(html({ text: 'Căn cứ\nCăn cứ là\n\n<Căn cứ>', headings: ['Căn cứ', '', '<Căn cứ>'] })).toBe(
    '<b>Căn cứ</b>\nCăn cứ là\n\n<b>&lt;Căn cứ&gt;</b>',
  )
})

test('4096 characters go through, however many marks they need', async () => {
  await send(partOf('&'.repeat(4_096)))
  expect(opened.fake.shown('501')[0]?.text.length).toBe(4_096)
})

test.each<[string, () => void, object]>([
  [
    'who blocked us is not written to until they write again',
    () => opened.fake.block('501', true),
    { code: 'blocked', retry: 'when_heard', inDoubt: false },
  ],
  [
    'a fault of Telegram leaves doubt',
    () => opened.fake.trouble({ kind: 'status', status: 500 }),
    { code: 'in_doubt', retry: 'later', inDoubt: true },
  ],
  ['so does a gateway', () => opened.fake.answer(502, 'bad gateway'), { code: 'in_doubt', retry: 'later', inDoubt: true }],
  [
    'a wrong token rests the whole channel',
    () => opened.fake.trouble({ kind: 'status', status: 401 }),
    { code: 'token_refused', retry: 'later', wholeChannel: true },
  ],
  [
    'a token that is none too',
    () => opened.fake.trouble({ kind: 'status', status: 404 }),
    { code: 'token_refused', retry: 'later', wholeChannel: true },
  ],
  [
    'what is refused stays refused',
    () => opened.fake.trouble({ kind: 'status', status: 400 }),
    { code: 'refused', retry: 'never', inDoubt: false, wholeChannel: false },
  ],
  [
    'a short wait concerns one chat',
    () => opened.fake.trouble({ kind: 'rate', retryAfter: 5 }),
    { code: 'too_many', retry: { afterMs: 5_000 }, inDoubt: false, wholeChannel: false },
  ],
  ['half a minute still does', () => opened.fake.trouble({ kind: 'rate', retryAfter: 30 }), { retry: { afterMs: 30_000 }, wholeChannel: false }],
  ['a longer one all of them', () => opened.fake.trouble({ kind: 'rate', retryAfter: 31 }), { retry: { afterMs: 31_000 }, wholeChannel: true }],
  ['no wait is longer than an hour', () => opened.fake.trouble({ kind: 'rate', retryAfter: 1e9 }), { retry: { afterMs: 3_600_000 } }],
  [
    'a wait of no length is tried later',
    () => opened.fake.answer(429, { ok: false, error_code: 429, description: '' }),
    { code: 'too_many', retry: 'later', wholeChannel: false },
  ],
  ['a gateway that asks to wait is believed', () => opened.fake.answer(429, 'slow down'), { code: 'too_many', retry: 'later', inDoubt: false }],
  [
    'a group that became another is written to there',
    () => opened.fake.answer(400, MIGRATED),
    { code: 'moved', retry: { movedTo: '-1009999999999' } },
  ],
  ['a lost answer leaves doubt', () => opened.fake.trouble({ kind: 'lost_ack' }), { code: 'in_doubt', retry: 'later', inDoubt: true }],
  ['a broken connection leaves doubt', () => opened.fake.trouble({ kind: 'reset' }), { code: 'in_doubt', inDoubt: true }],
  ['an answer that cannot be read leaves doubt', () => opened.fake.trouble({ kind: 'not_json' }), { code: 'in_doubt', inDoubt: true }],
  ['an answer that says nothing leaves doubt', () => opened.fake.answer(200, {}), { code: 'in_doubt', inDoubt: true }],
  ['so does a number', () => opened.fake.answer(200, 7), { code: 'in_doubt', inDoubt: true }],
  ['so does a refusal without a reason', () => opened.fake.answer(200, { ok: false }), { code: 'in_doubt', inDoubt: true }],
  ['so does a redirect', () => opened.fake.answer(302, {}), { code: 'in_doubt', inDoubt: true }],
])('%s', async (_what, prepare, expected) => {
  prepare()
  expect(await failure(send(partOf(WORDS)))).toMatchObject(expected)
})

const MIGRATED = {
  ok: false,
  error_code: 400,
  description: 'Bad Request: group chat was upgraded to a supergroup chat',
  parameters: { migrate_to_chat_id: -1_009_999_999_999 },
}

test('a chat that is not there waits until it is heard of', async () => {
  expect(await failure(send(partOf(WORDS), '999'))).toMatchObject({ code: 'no_chat', retry: 'when_heard' })
})

test('what is too long is not tried again', async () => {
  expect(await failure(send(partOf('x'.repeat(4_097))))).toMatchObject({ code: 'too_long', retry: 'never' })
})

test('an answer that does not come leaves doubt', async () => {
  const hasty = await openAgainstFake({ timeoutMs: 100 })
  hasty.fake.know('501')
  hasty.fake.trouble({ kind: 'hang' })
  expect(await failure(hasty.adapter.channel.send(parcelTo('501'), partOf(WORDS)))).toMatchObject({ code: 'in_doubt', retry: 'later', inDoubt: true })
  await hasty.close()
})

test('a Telegram that is not there leaves no doubt', async () => {
  await opened.fake.close()
  expect(await failure(send(partOf(WORDS)))).toMatchObject({ code: 'not_sent', retry: 'later', inDoubt: false })
})

test('a Telegram at a private address that is not listed is not spoken to', async () => {
  const outside = openOutside([])
  const setting = { token: TOKEN, webhookSecret: SECRET, apiRoot: opened.fake.root }
  const adapter = openTelegram({ setting, outside, clock: () => NOW, maxFileBytes: 1 })
  expect(await failure(adapter.channel.send(parcelTo('501'), partOf(WORDS)))).toMatchObject({ code: 'not_sent', inDoubt: false })
  expect(opened.fake.calls().size).toBe(0)
  await outside.close()
})

test('sent is sent, whatever else the answer says', async () => {
  opened.fake.answer(200, { ok: true })
  await send(partOf(WORDS))
})

describe('where Telegram refuses the marks', () => {
  const REFUSED = { ok: false, error_code: 400, description: "Bad Request: can't parse entities: Unsupported start tag" }

  test('the words go without them, once', async () => {
    opened.fake.answer(400, REFUSED)
    await send(partOf('1 < 2\nCăn cứ', { headings: ['Căn cứ'], choices: ['Có'] }))
    expect(opened.fake.shown('501')).toMatchObject([{ text: '1 < 2\nCăn cứ', bold: [], buttons: [{ label: 'Có' }] }])
    expect(opened.fake.bodies('sendMessage')[1]).not.toHaveProperty('parse_mode')
  })

  test('what goes wrong then is told as it is', async () => {
    opened.fake.answer(400, REFUSED)
    opened.fake.trouble({ kind: 'reset' })
    expect(await failure(send(partOf(WORDS)))).toMatchObject({ inDoubt: true })
    opened.fake.answer(400, REFUSED)
    opened.fake.answer(400, REFUSED)
    expect(await failure(send(partOf(WORDS)))).toMatchObject({ code: 'entities_refused', retry: 'never' })
    expect(opened.fake.calls().get('sendMessage')).toBe(4)
  })
})

test('no trouble of any kind sends a part more than once by itself', async () => {
  const kinds: readonly Trouble[] = [
    { kind: 'status', status: 500 },
    { kind: 'lost_ack' },
    { kind: 'reset' },
    { kind: 'not_json' },
    { kind: 'rate', retryAfter: 1 },
  ]
  for (const [index, trouble] of kinds.entries()) {
    opened.fake.trouble(trouble)
    await failure(send(partOf(WORDS)))
    expect(opened.fake.calls().get('sendMessage')).toBe(index + 1)
  }
})

describe.skipIf(!fixturesThere)('the answers among the fixtures (skipped where ../shared is not there)', () => {
  test.each<[string, number, object]>([
    ['response.403.blocked', 403, { code: 'blocked', retry: 'when_heard' }],
    ['response.429', 429, { code: 'too_many', retry: { afterMs: 5_000 } }],
    ['response.400.too-long', 400, { code: 'too_long', retry: 'never' }],
    ['response.409.conflict', 409, { code: 'conflict', retry: 'later' }],
  ])('%s', async (name, status, expected) => {
    opened.fake.answer(status, fixture(name))
    expect(await failure(send(partOf(WORDS)))).toMatchObject(expected)
  })

  test('response.400.entities', async () => {
    opened.fake.answer(400, fixture('response.400.entities'))
    await send(partOf(WORDS))
    expect(opened.fake.shown('501')).toMatchObject([{ text: WORDS }])
  })

  test('response.sendMessage.ok', async () => {
    opened.fake.answer(200, fixture('response.sendMessage.ok'))
    await send(partOf(WORDS))
    expect(opened.fake.calls().get('sendMessage')).toBe(1)
  })
})
