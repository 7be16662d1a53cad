import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align, eitherMarks, leftmostLongest, words } from '../../../knowledge/language/aligned.ts'

describe('align', () => {
  it('compares lower case, one tone placement, plain digits, nothing hidden', () => {
    expect(align('HOÀ １２\u200b３ tiê\u0300n').text).toBe('hòa 123 tiền')
  })

  it('leads back to the text as it was written', () => {
    const { text, span } = align('x HO\u200bÀ\u0301 ９')
    expect(span(0, text.length)).toEqual({ text: 'x HO\u200bÀ\u0301 ９', index: 0 })
    expect(span(text.length - 1, text.length)).toEqual({ text: '９', index: 8 })
  })

  it('takes a letter together with its combining marks', () => {
    expect(align('ye\u0302\u0301').span(1, 2)).toEqual({ text: 'e\u0302\u0301', index: 1 })
  })

  it('keeps three of a run of blanks', () => expect(align('a      b').text).toBe('a   b'))

  it('never throws, and every piece of it lies in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (original, a, b) => {
        const { text, span } = align(original)
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number]
        const piece = span(start, end)
        expect(original.slice(piece.index, piece.index + piece.text.length)).toBe(piece.text)
      }),
      { seed: 15, numRuns: 800 },
    )
  })
})

describe('patterns', () => {
  it('take marked words also without marks, and no half ones', () => {
    const pattern = new RegExp(`^${eitherMarks('tháng trước')}$`, 'u')
    expect(['tháng trước', 'thang truoc', 'tháng truoc', 'thằng trước'].map((text) => pattern.test(text))).toEqual([true, true, true, false])
  })

  it('stand at word borders', () => {
    expect('thang xthang thangx thang1'.match(words('tháng'))).toEqual(['thang'])
  })

  it('leftmost and longest wins', () => {
    expect(
      leftmostLongest([
        { start: 2, end: 9 },
        { start: 0, end: 1 },
        { start: 0, end: 3 },
        { start: 3, end: 5 },
        { start: 6, end: 6 },
      ]),
    ).toEqual([
      { start: 0, end: 3 },
      { start: 3, end: 5 },
    ])
  })
})
