import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Trouble } from '../../../adapters/http/trouble.ts'
import { attachmentContent, readEventNumber, readFeedback, readMessage } from '../../../adapters/web-chat/read-message.ts'
import { WEB_TROUBLE } from '../../../bot/wording/web.ts'

const ID = 'abcdefgh'
const FILE = '00000000-0000-4000-8000-000000000000'
const textOf = (text: string) => readMessage({ id: ID, text })

/** @returns the code with which it is refused. */
function refusalOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Trouble) return error.code
    throw error
  }
  return 'taken'
}

describe('what a visitor sends', () => {
  it('is words, a choice, or a file with or without words', () => {
    expect(textOf('Máy hỏng')).toEqual({ id: ID, content: { kind: 'text', text: 'Máy hỏng', masked: false } })
    expect(readMessage({ id: ID, choice: 'Gặp cán bộ' })).toEqual({ id: ID, content: { kind: 'choice', text: 'Gặp cán bộ' } })
    expect(readMessage({ id: ID, attachment: FILE })).toEqual({ id: ID, attachment: FILE, caption: '' })
    expect(readMessage({ id: ID, attachment: FILE, caption: 'ảnh' })).toEqual({ id: ID, attachment: FILE, caption: 'ảnh' })
  })

  it('loses what it was not asked for', () => {
    expect(readMessage({ id: ID, text: 'a', person: 'web:khác', receivedAt: 1 })).toEqual(textOf('a'))
  })

  it.each([
    ['text', 'tôi tên A, cccd 052099001234, thẻ 4111 1111 1111 1111', true],
    ['a phone, which stays', 'gọi 0905123456', false],
    ['an order and a price, which stay', 'đơn DH052099 giá 1.250.000đ', false],
  ])('is masked before anything else: %s', (_what, text, masked) => {
    const message = textOf(text)
    const content = 'content' in message && message.content.kind === 'text' ? message.content : undefined
    expect(content?.masked).toBe(masked)
    expect(content?.text).not.toMatch(/052099001234|4111/)
    if (!masked) expect(content?.text).toBe(text)
  })

  it('is masked in a choice and in the words of a file and of feedback too', () => {
    const number = 'cccd 052099001234'
    const choice = readMessage({ id: ID, choice: number })
    const caption = attachmentContent({ id: FILE, mime: 'image/png', size: 5 }, number)
    const { word } = readFeedback({ message: FILE, value: 'up', word: number })
    expect(JSON.stringify([choice, caption, word])).not.toContain('0520')
    expect(caption).toMatchObject({ kind: 'attachment', attachment: FILE, mime: 'image/png', size: 5, masked: true })
  })

  it('of any shape is read or refused with a code of the catalogue, and never breaks anything', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record(
        {
          id: fc.oneof(fc.constant(ID), fc.anything()),
          text: fc.anything(),
          choice: fc.anything(),
          attachment: fc.anything(),
          caption: fc.anything(),
        },
        { requiredKeys: [] },
      ),
      fc.record({ id: fc.constant(ID), text: fc.string({ unit: 'binary' }) }),
    )
    fc.assert(
      fc.property(anything, (body) => {
        expect(['taken', ...Object.keys(WEB_TROUBLE)]).toContain(refusalOf(() => readMessage(body)))
        expect(['taken', ...Object.keys(WEB_TROUBLE)]).toContain(refusalOf(() => readFeedback(body)))
      }),
      { seed: 20261126, numRuns: 500 },
    )
  })

  it('is counted in characters as people see them', () => {
    expect(refusalOf(() => textOf('😀'.repeat(10_000)))).toBe('taken')
    expect(refusalOf(() => textOf('😀'.repeat(10_001)))).toBe('text_too_long')
    expect(refusalOf(() => readMessage({ id: ID, choice: '😀'.repeat(200) }))).toBe('taken')
    expect(refusalOf(() => readMessage({ id: ID, attachment: FILE, caption: 'a'.repeat(10_001) }))).toBe('text_too_long')
  })
})

describe('feedback', () => {
  it('is up or down, with or without a word', () => {
    expect(readFeedback({ message: FILE, value: 'up' })).toEqual({ message: FILE, value: 'up', word: null })
    expect(readFeedback({ message: FILE, value: 'down', word: ' sai ' })).toEqual({ message: FILE, value: 'down', word: 'sai' })
    expect(readFeedback({ message: FILE, value: 'down', word: '   ' }).word).toBeNull()
    expect(refusalOf(() => readFeedback({ message: FILE, value: 'down', word: '😀'.repeat(500) }))).toBe('taken')
  })
})

describe('the event that is known', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['0', 0],
    ['7', 7],
    ['007', 7],
    ['999999999999999', 999_999_999_999_999],
    [['3', '4'], 3],
  ])('%j is %d', (header, number) => expect(readEventNumber(header)).toBe(number))

  it.each(['-1', '1.5', 'abc', '1e3', '0x1', ' 1', '1\n', '١', '9'.repeat(16)])('%j is none', (header) =>
    expect(refusalOf(() => readEventNumber(header))).toBe('event_id_invalid'),
  )
})

describe('the account that money was sent to', () => {
  const seal = (digits: string) => ({ sealed: `khóa:${digits.length}`, shown: `…${digits.slice(-4)}` })
  const digits = '19036789012345'

  it('is sealed beside the message as it is otherwise, for the inbox to decide which of them is kept', () => {
    expect(readMessage({ id: ID, text: `stk ${digits}` }, seal)).toEqual({
      id: ID,
      content: { kind: 'text', text: 'stk [số tài khoản đã che]', masked: true },
      accountAsked: { kind: 'text', text: 'stk [số tài khoản đã che]', masked: true, sealed: { sealed: 'khóa:14', shown: '…2345' } },
    })
  })

  it('is nothing where nobody seals, in a choice, and in a story', () => {
    for (const read of [
      readMessage({ id: ID, text: digits }),
      readMessage({ id: ID, choice: digits }, seal),
      readMessage({ id: ID, text: `${digits} ${'a'.repeat(300)}` }, seal),
    ])
      expect(read).not.toHaveProperty('accountAsked')
  })
})
