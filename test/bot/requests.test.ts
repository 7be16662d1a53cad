/** Requests about the conversation itself: what is one as a whole message, in every writing, and which stories must never be taken for one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeWords } from '../../adapters/platform/content.ts'
import { CODE_LENGTH, CODE_LETTERS, codeFrom, requestIn, written } from '../../bot/conversation/requests.ts'
import { ERASE_CHOICE, KEEP_CHOICE } from '../../bot/wording/requests.ts'

const kindOf = (text: string, choices: readonly string[] = []) => requestIn(text, choices)?.kind
const ASKED = [ERASE_CHOICE, KEEP_CHOICE]
const codes = fc.uint8Array({ minLength: CODE_LENGTH, maxLength: 16 }).map(codeFrom)

describe('a code', () => {
  it('has its form, holds fifty bits, and no letter that people mistake for another', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^AT-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
        expect(requestIn(code, [])).toEqual({ kind: 'code', code })
      }),
    )
    expect([CODE_LETTERS.length, new Set(CODE_LETTERS).size, CODE_LENGTH]).toEqual([32, 32, 10])
  })

  it('that differs in any of its first ten bytes is another one', () => {
    const bytes = Uint8Array.from({ length: 10 }, (_, i) => i)
    for (let i = 0; i < 10; i++) expect(codeFrom(bytes.with(i, 31))).not.toBe(codeFrom(bytes))
  })

  it('is read however it is typed: small letters, O for 0, I and l for 1, spaces or nothing for the dashes', () => {
    fc.assert(
      fc.property(
        codes,
        fc.constantFrom('-', ' ', ''),
        fc.constantFrom('0', 'O', 'o'),
        fc.constantFrom('1', 'I', 'l', 'i'),
        (code, dash, zero, one) => {
          const [, first = '', second = ''] = code.split('-')
          const typed = (part: string) => part.replaceAll('0', zero).replaceAll('1', one)
          for (const text of [
            `AT${dash}${typed(first)}${dash}${typed(second)}`,
            `at${dash}${typed(first).toLowerCase()}${dash}${typed(second).toLowerCase()}`,
          ])
            expect(requestIn(text, [])).toEqual({ kind: 'code', code })
        },
      ),
      { numRuns: 300 },
    )
  })

  it.each([
    '  AT-0123A-BCDEF  ',
    'AT-0123A-BCDEF\n',
    'mã AT-0123A-BCDEF',
    'Mã AT-0123A-BCDEF',
    'MÃ AT-0123A-BCDEF',
    'ma at 0123a bcdef',
    'mã AT-0123A-BCDEF'.normalize('NFD'),
    'AT-0123A-BCDEF.',
    'AT - 0123A - BCDEF',
    'AT–0123A–BCDEF',
    'AT\u00a00123A\u00a0BCDEF',
    'mã: AT-0123A-BCDEF',
  ])('is read in %j', (text) => {
    expect(requestIn(text, [])).toEqual({ kind: 'code', code: 'AT-0123A-BCDEF' })
  })

  it.each([
    'AT-0123A-BCDE',
    'AT-0123A-BCDEFG',
    'XX-0123A-BCDEF',
    '0123A-BCDEF',
    'đây là AT-0123A-BCDEF của tôi',
    'AT-0123A-BCDEF AT-0123A-BCDEF',
    'AT-012_A-BCDEF',
  ])('is none in %j', (text) => {
    expect(kindOf(text)).toBeUndefined()
  })

  it('reaches the assistant as it was typed: no masking of numbers takes it for a card, a paper or an account', () => {
    const figures = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 10 }).map((digits) => written(digits.join('')))
    fc.assert(
      fc.property(fc.oneof(figures, codes), (code) => {
        for (const text of [code, code.toLowerCase(), code.replaceAll('-', ' '), `mã ${code}`])
          expect(safeWords(text)).toEqual({ text, masked: false })
      }),
      { numRuns: 1_000 },
    )
  })

  it('in its written form is written once only', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(written(code.replaceAll('-', '').slice(2))).toBe(code)
      }),
    )
  })
})

describe('going on elsewhere', () => {
  it.each([
    'chuyển kênh',
    'Chuyển kênh',
    'CHUYỂN KÊNH',
    'chuyen kenh',
    'chuyển kênh.',
    '/chuyenkenh',
    'đổi kênh',
    'chuyển kênh'.normalize('NFD'),
    'tôi muốn chuyển sang Zalo',
    'em muốn tiếp tục trên telegram',
    'cho tôi chuyển qua zalo',
    'chuyen sang kenh khac',
    'nói chuyện tiếp trên web',
    'Tiếp tục ở máy khác!',
  ])('is asked for by %j', (text) => {
    expect(kindOf(text)).toBe('transfer')
  })

  it.each([
    'shop bảo tôi chuyển sang zalo để giao dịch',
    'Người bán đòi chuyển qua Telegram rồi mới gửi hàng',
    'tôi muốn chuyển sang zalo pay thì có mất phí không',
    'chuyển tiền sang zalo',
    'nó nói chuyển kênh rồi chặn tôi',
    'chuyển kênh là gì',
    'chuyển khoản qua web',
    'có nên tiếp tục trên sàn không',
  ])('is not asked for by %j', (text) => {
    expect(kindOf(text)).toBeUndefined()
  })
})

describe('one’s own data', () => {
  it.each([
    'dữ liệu của tôi',
    'du lieu cua toi',
    'Dữ liệu của em',
    '/dulieu',
    '/xoa',
    'xóa',
    'Xoá',
    'xóa dữ liệu của tôi',
    'Xoá dữ liệu của tôi',
    'xoa du lieu',
    'tôi muốn xóa hết dữ liệu của tôi',
    'cho em xóa cuộc trò chuyện này',
    'xoa het tin nhan cua em di',
    'xóa toàn bộ thông tin về tôi',
    'xóa cuộc trò chuyện này giúp tôi',
    ERASE_CHOICE,
    ERASE_CHOICE.normalize('NFD'),
  ])('is asked about by %j, and nothing is erased yet', (text) => {
    expect(kindOf(text)).toBe('own_data')
  })

  it.each([
    'shop đòi tôi xóa tin nhắn thì mới hoàn tiền',
    'nó bắt xóa hết dữ liệu của tôi',
    'Công ty có phải xóa dữ liệu của tôi không?',
    'xóa dữ liệu của tôi trên sàn thì làm thế nào',
    'tôi lỡ xóa tin nhắn với shop rồi',
    'xóa dữ liệu của khách hàng',
    'xóa đánh giá xấu',
    'dữ liệu của tôi bị lộ',
    'dữ liệu của tôi bị bán thì kiện ai',
    'xóa app đi được không',
    'không xóa được tài khoản',
    'xóa dữ liệu cá nhân theo luật nào',
  ])('is not asked about by %j', (text) => {
    expect(kindOf(text)).toBeUndefined()
  })
})

describe('erasing', () => {
  it.each([
    ERASE_CHOICE,
    ERASE_CHOICE.toUpperCase(),
    'xoa het du lieu cua toi',
    `${ERASE_CHOICE}.`,
    ` ${ERASE_CHOICE} `,
    ERASE_CHOICE.normalize('NFD'),
  ])('is decided by %j of whoever was just asked', (text) => {
    expect([kindOf(text, ASKED), kindOf(text)]).toEqual(['erase', 'own_data'])
  })

  it.each([KEEP_CHOICE, 'khong xoa', 'Không xóa!', 'Không xoá'])('is decided against by %j of whoever was just asked', (text) => {
    expect([kindOf(text, ASKED), kindOf(text)]).toEqual(['keep', undefined])
  })

  it('is never decided by anything else', () => {
    for (const text of ['có', 'đồng ý', 'ok', 'xóa đi', 'vâng', '1']) expect(['erase', 'keep']).not.toContain(kindOf(text, ASKED))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(kindOf(text, ASKED)).not.toBe('erase')
      }),
    )
  })

  it('needs both words of the choice, whatever other choices stand beside', () => {
    expect(kindOf(ERASE_CHOICE, [KEEP_CHOICE])).toBe('own_data')
    expect(kindOf(ERASE_CHOICE, ['Gặp cán bộ', ...ASKED])).toBe('erase')
  })
})

describe('a story', () => {
  it('around the words is never a request', () => {
    const requests = fc.constantFrom('chuyển kênh', 'xóa dữ liệu của tôi', 'AT-0123A-BCDEF', ERASE_CHOICE, 'tôi muốn chuyển sang zalo')
    const words = fc.array(fc.constantFrom('shop', 'bảo', 'hàng', 'lừa', 'hôm', 'qua'), { minLength: 1, maxLength: 8 }).map((all) => all.join(' '))
    fc.assert(
      fc.property(words, requests, words, (before, request, after) => {
        expect(requestIn(`${before} ${request} ${after}`, ASKED)).toBeUndefined()
        expect(requestIn(`${before}\n${request}\n${after}`, ASKED)).toBeUndefined()
      }),
    )
  })

  it('of any kind is read without a fault, and quickly ends', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void requestIn(text, ASKED)))
    for (const text of [
      'xoa '.repeat(5_000),
      `xoa du lieu${' o day'.repeat(5_000)} x`,
      ' '.repeat(10_000),
      '.'.repeat(10_000),
      `${'.'.repeat(10_000)}x`,
    ])
      expect(['own_data', undefined]).toContain(kindOf(text))
  })
})
