import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../knowledge/language/normalise.ts'
import { typedAs } from '../../retrieval/evaluate/typed.ts'

const QUESTION = 'Mức phạt khi điều khiển xe quá tốc độ là bao nhiêu?'

describe('a question as it is typed', () => {
  it('is itself, or without any mark', () => {
    expect(typedAs(QUESTION, 'clean')).toBe(QUESTION)
    expect(typedAs(QUESTION, 'bare')).toBe(fold(QUESTION))
  })

  it('keeps about half of the marks, the same ones each time', () => {
    const words = Array.from({ length: 400 }, () => 'đường').join(' ')
    const kept = typedAs(words, 'half').split(' ')
    expect(typedAs(words, 'half')).toBe(kept.join(' '))
    expect(new Set(kept)).toEqual(new Set(['đường', 'duong']))
    expect(Math.abs(kept.filter((word) => word === 'đường').length - 200)).toBeLessThan(40)
  })

  it('says the same without marks, whatever was dropped', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('trả', 'Hàng', 'đổi,', '7', 'ngày?', 'ĐƯỢC')), (words) => {
        expect(fold(typedAs(words.join(' '), 'half'))).toBe(fold(words.join(' ')))
      }),
      { seed: 20261126 },
    ))
})
