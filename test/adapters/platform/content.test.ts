/** Words from a platform on their way into the inbox: what is kept of them, and what never is. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONGEST_TEXT, remoteContent, safeWords, textContent } from '../../../adapters/platform/content.ts'

const ID = '079203001234'
const CARD = '4111 1111 1111 1111'

describe('words', () => {
  it('that hold nothing to hide stay as they were written', () => {
    for (const text of ['Máy hỏng', 'Máy hỏng'.normalize('NFD'), ' hai  dấu cách ', 'dòng\nmới', '👨‍👩‍👧‍👦 50.000đ', 'đơn SPX0123456789'])
      expect(safeWords(text)).toEqual({ text, masked: false })
  })

  it('lose the numbers that must not be kept, and say so', () => {
    for (const number of [ID, CARD]) {
      const safe = safeWords(`số của tôi là ${number} nhé`)
      expect([safe.masked, safe.text.includes(number)]).toEqual([true, false])
    }
  })

  it('hide no number behind what is no character', () => {
    for (const between of ['\0', '\0\0']) expect(safeWords(`cccd ${ID.slice(0, 6)}${between}${ID.slice(6)}`).text).not.toMatch(/079203|001234/)
  })

  it('are well formed and without NUL, whatever comes: they must go into a database and out to a platform', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
        ),
        (text) => {
          const safe = safeWords(text)
          expect([safe.text.isWellFormed(), safe.text.includes('\0')]).toEqual([true, false])
          expect(safeWords(safe.text)).toEqual({ text: safe.text, masked: false })
        },
      ),
    )
  })

  it('are cut in characters, never within one, and not at all when they fit', () => {
    const fits = '😀'.repeat(LONGEST_TEXT)
    expect(safeWords(fits).text).toBe(fits)
    const cut = safeWords(`${fits}😀x`).text
    expect([cut === fits, cut.isWellFormed()]).toEqual([true, true])
    expect(safeWords('a'.repeat(LONGEST_TEXT + 1)).text).toHaveLength(LONGEST_TEXT)
  })

  it('that are cut in the middle of a number keep no half of it', () => {
    for (let kept = 1; kept < ID.length; kept++) {
      const { text } = safeWords(`${'a '.repeat(LONGEST_TEXT).slice(0, LONGEST_TEXT - kept - 5)}cccd ${ID}`)
      expect(text.endsWith(ID.slice(0, kept)) && kept >= 6).toBe(false)
    }
  })
})

describe('a text message', () => {
  it('is one when there is something to read in it', () => {
    expect(textContent('Máy hỏng')).toEqual({ kind: 'text', text: 'Máy hỏng', masked: false })
    expect(textContent('?')).toEqual({ kind: 'text', text: '?', masked: false })
    expect(textContent('👍')?.kind).toBe('text')
    expect(textContent(`thẻ ${CARD}`)).toMatchObject({ kind: 'text', masked: true })
  })

  it.each(['', '   ', '\n\t', '\0', '\u00a0', '\ufeff', '\u200b', '\u200b\u200d', '\u2060', '\u3164', '\u00ad'])(
    'is none when there is not a single visible character: %j',
    (text) => {
      expect(textContent(text)).toBeUndefined()
    },
  )
})

describe('a file', () => {
  it('waits with the words that came with it, masked', () => {
    expect(remoteContent('hóa đơn')).toEqual({ kind: 'remote', caption: 'hóa đơn', masked: false })
    expect(remoteContent(undefined)).toEqual({ kind: 'remote', caption: '', masked: false })
    expect(remoteContent(`cccd ${ID}`)).toMatchObject({ kind: 'remote', masked: true })
  })

  it('names no place where it lies: that is no content', () => {
    expect(Object.keys(remoteContent('x')).sort()).toEqual(['caption', 'kind', 'masked'])
  })
})
