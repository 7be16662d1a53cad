/** Cutting a reply into messages: nothing is lost, nothing is torn apart that belongs together, whatever the text is. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { split } from '../../bot/delivery/split.ts'

const bare = (text: string) => text.replaceAll(/\s+/g, '')
const CITATION = 'điểm a, b khoản 2 Điều 39 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)'

/** What may stand in a reply, and what nobody thought of. */
const anything = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string({ unit: 'binary', maxLength: 400 }))
const syllable = fc.constantFrom('người', 'bán', 'phải', 'trả', 'lại', 'tiền', 'hàng', 'bạn', 'giữ', 'hóa', 'đơn', 'ngày', '15', 'Hội', 'gửi', 'được')
const clause = fc.array(syllable, { minLength: 2, maxLength: 9 }).map((words) => words.join(' '))
const sentence = fc.array(clause, { minLength: 1, maxLength: 3 }).map((clauses) => `${clauses.join(', ')}.`)
const line = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((sentences) => sentences.join(' '))
const section = fc
  .tuple(fc.constantFrom('Căn cứ', 'Luật nói gì', 'Việc nên làm tiếp', 'Bằng chứng nên giữ'), fc.array(line, { minLength: 1, maxLength: 4 }))
  .map(([heading, lines]) => [`${heading}:`, ...lines.map((one) => `– ${one}`)].join('\n'))
const replies = fc.array(fc.oneof(line, section), { minLength: 1, maxLength: 6 }).map((sections) => sections.join('\n\n'))
const most = (least: number) => fc.integer({ min: least, max: 500 })

describe('every text', () => {
  it('is cut into pieces that fit, and joined again differs in white space only', () => {
    fc.assert(
      fc.property(fc.oneof(anything, replies), most(1), (text, limit) => {
        const pieces = split(text, limit)
        expect(pieces.length).toBeGreaterThan(0)
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(limit)
        expect(bare(pieces.join(''))).toBe(bare(text))
      }),
      { numRuns: 600 },
    )
  })

  it('has no empty piece, and none with white space around it', () => {
    fc.assert(
      fc.property(fc.oneof(anything, replies), most(1), (text, limit) => {
        if (text.trim() === '') return
        for (const piece of split(text, limit)) expect([piece.trim(), piece === '']).toEqual([piece, false])
      }),
      { numRuns: 300 },
    )
  })

  it('that fits is one piece, unchanged but for white space around it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(split(text, Math.max(1, text.length))).toEqual([text.trim()])
      }),
    )
  })

  it('of white space only, or of nothing, is one empty piece', () => {
    for (const text of ['', ' ', '\n\n\n', '\u00a0\t']) expect(split(text, 1)).toEqual([''])
  })

  it('gives the same pieces every time', () => {
    fc.assert(
      fc.property(replies, most(20), (text, limit) => {
        expect(split(text, limit)).toEqual(split(text, limit))
      }),
    )
  })
})

describe('a character as people see it', () => {
  const FAMILY = '👨‍👩‍👧‍👦'
  const visible = fc.constantFrom('a', 'ệ', 'e\u0302\u0323', '👍🏽', FAMILY, '🇻🇳', '👍', 'đ', 'ngày ', '. ')
  const characters = new Intl.Segmenter('vi', { granularity: 'grapheme' })
  const longest = FAMILY.length

  it('is never cut where it fits in a message', () => {
    fc.assert(
      fc.property(fc.array(visible, { maxLength: 120 }), fc.integer({ min: longest, max: 60 }), (marks, limit) => {
        const text = marks.join('').trim()
        const seen = (one: string) => [...characters.segment(one)].map(({ segment }) => segment).filter((segment) => segment.trim() !== '')
        expect(split(text, limit).flatMap(seen)).toEqual(seen(text))
      }),
      { numRuns: 400 },
    )
  })

  it('of two units is never cut in half, also where what belongs together is longer than a message', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(FAMILY, '👍🏽', '🇻🇳', `a${'\u{1D165}'.repeat(9)}`), { minLength: 1, maxLength: 20 }),
        most(2),
        (marks, limit) => {
          for (const piece of split(marks.join(''), limit)) expect(piece.isWellFormed()).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a citation', () => {
  const CITATIONS = [
    CITATION,
    'khoản 2 Điều 39 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)',
    'Điều 39 Nghị định quy định chi tiết một số điều (55/2024/NĐ-CP)',
    'khoản 2 Điều 39',
  ]
  const words = fc.array(syllable, { maxLength: 60 }).map((all) => all.join(' '))

  it('stays whole where it fits in half a message, wherever it stands', () => {
    fc.assert(
      fc.property(words, fc.constantFrom(...CITATIONS), words, most(1), (before, citation, after, limit) => {
        fc.pre(citation.length <= limit / 2)
        const pieces = split(`${before} ${citation} ${after}`, limit)
        expect(pieces.filter((piece) => piece.includes(citation))).toHaveLength(1)
      }),
      { numRuns: 500 },
    )
  })

  it('stays whole in the list that a reply ends with, at every length of message', () => {
    const text = [
      'Người bán phải trả lại tiền cho bạn.',
      '',
      'Căn cứ:',
      `– ${CITATION}, có hiệu lực từ 01/07/2024`,
      `– ${CITATION}, có hiệu lực từ 01/07/2024`,
    ].join('\n')
    for (let limit = CITATION.length * 2; limit < 400; limit++)
      expect(split(text, limit).flatMap((piece) => piece.split(CITATION)).length).toBe(split(text, limit).length + 2)
  })

  it.each(['Khoản 2 Điều 39', 'Điểm a khoản 2 Điều 39'])('that begins a sentence stays whole too: %s', (citation) => {
    for (let before = 1; before < 40; before++) {
      const text = `${'ờ '.repeat(before)}${citation} ${'ờ '.repeat(40)}`
      expect(split(text, 60).some((piece) => piece.includes(citation))).toBe(true)
    }
  })

  it('longer than half a message is cut rather than kept for ever', () => {
    expect(split(CITATION, 20).every((piece) => piece.length <= 20)).toBe(true)
  })
})

describe('a heading', () => {
  const HEADINGS = ['Căn cứ:', 'Luật nói gì:', 'Việc nên làm tiếp:', 'Bằng chứng nên giữ:']
  const orphans = (text: string, limit: number) =>
    split(text, limit)
      .slice(0, -1)
      .filter((piece) => HEADINGS.includes(piece.split('\n').at(-1) ?? ''))

  it('is never the last line of a message when more follows', () => {
    fc.assert(
      fc.property(replies, fc.integer({ min: 60, max: 500 }), (text, limit) => {
        expect(orphans(text, limit)).toEqual([])
      }),
      { numRuns: 600 },
    )
  })

  it('is not, also where a long line without a stop follows it', () => {
    const endless = 'ờ '.repeat(200)
    for (let before = 0; before < 100; before++) expect(orphans(`${'x'.repeat(before)}.\n\nCăn cứ:\n${endless}`, 100)).toEqual([])
  })
})

describe('the place of a cut', () => {
  it('is the end of a paragraph before that of a line, of a line before that of a sentence, of a sentence before a comma, of a clause before a word', () => {
    const first = (text: string, limit = 40) => split(text, limit)[0]
    expect(first('Một hai ba bốn năm sáu.\n\nBảy tám\nchín mười. Mười một mười hai mười ba.')).toBe('Một hai ba bốn năm sáu.')
    expect(first('Một hai ba bốn năm sáu\nbảy tám chín. Mười một mười hai mười ba.')).toBe('Một hai ba bốn năm sáu')
    expect(first('Một hai ba bốn năm sáu. Bảy tám, chín mười mười một mười hai mười ba.')).toBe('Một hai ba bốn năm sáu.')
    expect(first('Một hai ba bốn năm sáu, bảy tám chín mười mười một mười hai mười ba')).toBe('Một hai ba bốn năm sáu,')
    expect(first('Một hai ba bốn năm sáu bảy tám chín mười mười một')).toBe('Một hai ba bốn năm sáu bảy tám chín mười')
  })

  it('is the end of a sentence wherever sentences are short', () => {
    fc.assert(
      fc.property(
        fc.array(
          clause.map((words) => `${words.slice(0, 60)}.`),
          { minLength: 2, maxLength: 20 },
        ),
        (sentences) => {
          for (const piece of split(sentences.join(' '), 260)) expect(piece.endsWith('.')).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each(['khoản 1. Điều', 'a. Bên bán', '1. Giữ lại'])('does not take the stop in “%s” for the end of a sentence', (words) => {
    const text = `${'ờ '.repeat(15)}${words} ${'ờ '.repeat(40)}`
    const [stop] = words.split('. ')
    expect(split(text, 60)[0]?.endsWith(`${stop}.`)).toBe(false)
  })
})

describe('a hostile text', () => {
  const HOSTILE: readonly (readonly [string, string])[] = [
    ['opening brackets', '('.repeat(10_000)],
    ['an endless word', 'ờ'.repeat(10_000)],
    ['new lines', `a${'\n'.repeat(10_000)}b`],
    ['new lines with spaces', `a${'\n '.repeat(10_000)}b`],
    ['spaces', `a${' '.repeat(10_000)}b`],
    ['stops', '.'.repeat(10_000)],
    ['stops and spaces', '. '.repeat(5_000)],
    ['articles', 'Điều 1 '.repeat(2_000)],
    ['articles that begin a bracket', 'Điều 1 (1/'.repeat(1_500)],
    ['a law without an end', `Điều 1 (1/${'A'.repeat(10_000)}`],
    ['points', `điểm ${'a, '.repeat(4_000)}`],
    ['clauses', `khoản ${'1-'.repeat(5_000)}`],
    ['digits', `khoản ${'1'.repeat(10_000)}`],
    ['marks on one letter', `e${'\u0301'.repeat(10_000)}`],
    ['joined pictures', '👨‍👩‍👧‍👦'.repeat(1_500)],
    ['halves of pictures', '\ud83d'.repeat(10_000)],
  ]

  // No limit of time is asserted: what explodes does not end before the test runner loses its patience.
  it.each(HOSTILE)('of %s is cut at every length', (_what, text) => {
    for (const limit of [1, 7, 100, 2_000, 4_096]) {
      const pieces = split(text, limit)
      expect(pieces.every((piece) => piece.length <= limit)).toBe(true)
      expect(bare(pieces.join(''))).toBe(bare(text))
    }
  })
})
