import { describe, expect, it } from 'vitest'
import { fold } from '../../knowledge/language/normalise.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { type QuestionKind, WordOdds, wordOdds } from '../../retrieval/word-odds.ts'
import { smallLibrary } from './small-library.ts'

const QUESTIONS: readonly (readonly [QuestionKind, string])[] = [
  ['scam', 'nó bắt nạp thêm tiền mới cho rút'],
  ['scam', 'chúng bắt nạp thêm mới rút được'],
  ['outside', 'ly hôn thì ai nuôi con'],
  ['outside', 'vợ chồng ly hôn chia nhà'],
  ['shelf', 'máy hỏng thì ai đổi cho tôi'],
  ['shelf', 'máy hỏng hoài có được đổi không'],
]
const odds = new WordOdds(QUESTIONS)
const scam = (text: string) => odds.of('scam', ['outside', 'shelf'], text)

describe('word odds', () => {
  it('rise with words of the kind and fall with words of the others', () => {
    expect(scam('bắt nạp thêm')).toBeGreaterThan(0)
    expect(scam('máy hỏng')).toBeLessThan(0)
    expect(scam('bắt nạp thêm, máy hỏng')).toBeLessThan(scam('bắt nạp thêm'))
    expect(odds.of('outside', ['shelf'], 'ly hôn')).toBeGreaterThan(0)
  })

  it('are 0 for words never seen, for numbers and for nothing', () => {
    for (const text of ['kính lúp', '2024 500', '']) expect(scam(text), text).toBe(0)
  })

  it('do not change with marks or capitals', () => {
    for (const [, text] of QUESTIONS) expect(scam(fold(text).toUpperCase()), text).toBe(scam(text))
  })

  it('are the count they claim to be: log odds of each term, over the root of how many there are', () => {
    // "nap" and "them" in 2 of 2 scams and none of 4 others, as is the pair; of the one question before, a third falls to scams.
    const term = Math.log((2 + 1 / 3) / (2 + 1 / 3)) - Math.log((0 + 2 / 3) / (4 + 2 / 3))
    expect(scam('nạp thêm')).toBeCloseTo((3 * term) / Math.sqrt(3), 12)
  })

  it('are counted once a library, and tell apart the kinds of the library that ships', () => {
    const library = smallLibrary()
    expect(wordOdds(library)).toBe(wordOdds(library))
    const real = wordOdds(loadLibrary())
    expect(real.of('scam', ['shelf', 'outside', 'refused'], 'nó kêu nạp thêm mới cho rút rồi chặn số')).toBeGreaterThan(0.5)
    expect(real.of('outside', ['shelf'], 'vợ chồng ly hôn thì ai được nuôi con')).toBeGreaterThan(0.5)
    expect(real.of('outside', ['shelf'], 'shop giao hàng lỗi không cho đổi trả')).toBeLessThan(-0.5)
  })
})
