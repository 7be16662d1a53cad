import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CASE_ALPHABET,
  CASE_NUMBERS_A_YEAR,
  type CaseNumber,
  caseNumberIn,
  newCaseNumber,
  parseCaseNumber,
  RANDOM_BYTES,
  spoken,
} from '../../../bot/case/number.ts'
import { maskPersonal } from '../../../knowledge/language/mask.ts'

const NUMBER = 'GL26-4K7-9HX-2MR' as CaseNumber
const numbers = fc
  .tuple(fc.uint8Array({ minLength: RANDOM_BYTES, maxLength: RANDOM_BYTES }), fc.integer({ min: 2000, max: 2099 }))
  .map(([random, year]) => newCaseNumber(random, year))
/** The eleven characters that the check runs over, and back. */
const symbols = (number: string): string[] => [...number.slice(2).replaceAll('-', '')]
const isRight = (read: readonly string[]): boolean => typeof parseCaseNumber(`GL${read.join('')}`) === 'string'
const PLACES = Array.from({ length: 11 }, (_, at) => at)

describe('a new case number', () => {
  it('has one form, is read back as itself, and is the same for the same bytes', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        expect(number).toMatch(/^GL\d\d-[0-9HKMRTXY]{3}-[0-9HKMRTXY]{3}-[0-9HKMRTXY]{3}$/)
        expect(parseCaseNumber(number)).toBe(number)
      }),
    )
    expect(newCaseNumber(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]), 2026)).toBe('GL26-HTK-XMY-1XR')
  })

  it('cannot be guessed: over thirty random bits beside the check', () => {
    expect(Math.log2(CASE_NUMBERS_A_YEAR)).toBeGreaterThan(31)
    const bytes = (seed: number): Uint8Array => new Uint8Array(new BigUint64Array([BigInt.asUintN(64, BigInt(seed) * 0x9e3779b97f4a7c15n)]).buffer)
    const seen = Array.from({ length: 3_400 }, (_, seed) => symbols(newCaseNumber(bytes(seed + 1), 2026)))
    expect(new Set(seen.map((one) => one.slice(0, 10).join(''))).size).toBe(3_400)
    // 200 each if all were as likely; letters come a little more often, since every group holds one.
    for (const place of PLACES.slice(2)) {
      const counts = [...CASE_ALPHABET].map((symbol) => seen.filter((one) => one[place] === symbol).length)
      expect(Math.min(...counts)).toBeGreaterThan(80)
      expect(Math.max(...counts)).toBeLessThan(370)
    }
  })

  it('is never taken for a number that must not be kept, whatever is said before it', () => {
    const before = fc.constantFrom('hồ sơ ', 'stk tôi gửi rồi, mã ', 'cccd tôi gửi rồi, hồ sơ ', 'thẻ ngân hàng, mã hồ sơ ', 'số tài khoản ', '')
    const way = fc.constantFrom('', ' ', '-', '.')
    fc.assert(
      fc.property(before, numbers, way, fc.boolean(), (words, number, between, whole) => {
        const text = words + number.slice(whole ? 0 : 2).replaceAll('-', between)
        expect(maskPersonal(text).text).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })

  it('refuses another century and too little chance', () => {
    expect(() => newCaseNumber(new Uint8Array(8), 1999)).toThrow(RangeError)
    expect(() => newCaseNumber(new Uint8Array(8), 2026.5)).toThrow(RangeError)
    expect(() => newCaseNumber(new Uint8Array(7), 2026)).toThrow('needs 8 random bytes, not 7')
  })
})

describe('the check character', () => {
  it('notices every single wrong character, at every place', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const right = symbols(number)
        return PLACES.every((place) => [...CASE_ALPHABET].every((symbol) => isRight(right.with(place, symbol)) === (symbol === right[place])))
      }),
    )
  })

  it('notices any two characters that changed places, neighbours or not', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const right = symbols(number)
        const swapped = (a: number, b: number): string[] => right.with(a, right[b] as string).with(b, right[a] as string)
        return PLACES.every((a) => PLACES.every((b) => isRight(swapped(a, b)) === (right[a] === right[b])))
      }),
    )
  })

  it('does so for every pair of values at every pair of places, not only for those drawn', () => {
    // The check is a sum, so what a mistake adds depends only on places and values: all of them, once.
    const weights = PLACES.map((at) => 3 ** (10 - at) % 17)
    const differences = Array.from({ length: 16 }, (_, at) => at + 1)
    const vanishes = (weight: number): boolean => differences.some((difference) => (weight * difference) % 17 === 0)
    expect(weights.filter(vanishes)).toEqual([])
    expect(weights.flatMap((one, a) => weights.slice(a + 1).map((other) => one - other)).filter(vanishes)).toEqual([])
    expect(
      weights
        .slice(1)
        .flatMap((one, at) => [one + (weights[at] as number)])
        .filter(vanishes),
    ).toEqual([])
  })

  it('lets a number made up by chance pass once in seventeen, not more', () => {
    const passing = [...CASE_ALPHABET].filter((last) => isRight([...'264K79HX2M', last]))
    expect(passing).toEqual(['R'])
  })
})

describe('reading a case number', () => {
  it.each([
    'GL26-4K7-9HX-2MR',
    'gl26-4k7-9hx-2mr',
    '  GL26 4K7 9HX 2MR ',
    'GL264K79HX2MR',
    'g l 2 6 . 4 k 7 . 9 h x . 2 m r',
    'GL26–4K7—9HX‑2MR',
    '26-4K7-9HX-2MR',
    'GL26 gạch 4K7 gạch 9HX gạch 2MR',
    'gl26 gach ngang 4k7 gach noi 9hx cham 2mr',
    'GL26 chấm 4K7 chấm 9HX chấm 2MR.',
    'Mã số: GL26-4K7-9HX-2MR',
    'GL26-4K7-9HX-ZMR',
    'G126-4K7-9HX-2MR',
    'GI2G-4K7-9HX-2MR',
    'ＧＬ２６－４Ｋ７－９ＨＸ－２ＭＲ',
    'gờ lờ hai sáu, bốn ca bảy, chín hát ích xì, hai mờ rờ',
    'Gia Lai hai mươi sáu tư ca bảy chín hờ xờ hai em-mờ e-rờ',
    'gia lai hai sau bon ca bay chin hat x hai m r',
  ])('takes “%s”', (text) => expect(parseCaseNumber(text)).toBe(NUMBER))

  it('takes each look-alike for its digit', () => {
    for (const [letter, digit] of ['O0', 'I1', 'L1', 'Z2', 'S5', 'G6', 'B8', 'o0', 'l1'].map((pair) => [...pair] as [string, string])) {
      const right = fc.sample(numbers, { numRuns: 200, seed: 1 }).filter((number) => number.slice(2).includes(digit))
      expect(right.length).toBeGreaterThan(20)
      for (const number of right) expect(parseCaseNumber(`GL${number.slice(2).replaceAll(digit, letter)}`)).toBe(number)
    }
  })

  it.each(['GL26-4K7-9HX-2M4', 'GL27-4K7-9HX-2MR', 'GL26-K47-9HX-2MR', 'GL26-9HX-4K7-2MR', 'GL26-4K7-9HX-0OO'])(
    'finds %s wrong by its check',
    (text) => expect(parseCaseNumber(text)).toEqual({ wrong: 'check' }),
  )

  it.each([
    '',
    'GL',
    'GL26',
    'GL26-4K7-9HX-2M',
    'GL26-4K7-9HX-2MRR',
    'GL26-4A7-9HX-2MR',
    'GLKK-4K7-9HX-2MR',
    'ĐN26-4K7-9HX-2MR',
    'tôi không nhớ mã',
    'constructor',
    '__proto__',
    '😀'.repeat(13),
    'GL26-4K7-9HX-2MR'.repeat(100),
  ])('says that “%s” has not the form', (text) => expect(parseCaseNumber(text)).toEqual({ wrong: 'form' }))

  it('never throws, and what it takes is in the normal form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'GL26-4K79HXMRoOiIsSbB ạ') })), (text) => {
        const read = parseCaseNumber(text)
        expect(typeof read !== 'string' || parseCaseNumber(read) === read).toBe(true)
      }),
    )
  })
})

describe('reading aloud', () => {
  it('says every character with a word to tell it by', () => {
    expect(spoken(NUMBER)).toBe(
      'Gia Lai hai sáu, gạch, bốn, ca như kẹo, bảy, gạch, chín, hát như hoa, ích-xì như xe, gạch, hai, em-mờ như mẹ, e-rờ như rau',
    )
  })

  it('is understood when it is written down as heard', () => {
    fc.assert(fc.property(numbers, (number) => parseCaseNumber(spoken(number)) === number))
    fc.assert(fc.property(numbers, (number) => parseCaseNumber(spoken(number).replaceAll(/[,-]/g, ' ').toUpperCase()) === number))
  })

  it('has no two letters of one sounding group', () => {
    for (const group of ['BCDGPTV', 'MN', 'LR', 'SXZDF', 'CKQ', 'AH', 'IJY', 'O0', 'IL1', 'Z2', 'S5', 'G6', 'B8'])
      expect([...group].filter((one) => CASE_ALPHABET.includes(one)).length).toBe(1)
  })
})

describe('finding a case number in a sentence', () => {
  it.each([
    'hồ sơ GL26-4K7-9HX-2MR tới đâu rồi',
    'ho so gl26 4k7 9hx 2mr toi dau roi',
    'Mã của tôi là GL26.4K7.9HX.2MR, cảm ơn',
    '(GL264K79HX2MR)',
    'mã gl26 gạch 4k7 gạch 9hx gạch 2mr ạ',
    'không phải GL26-4K7-9HX-2M4 mà là GL26-4K7-9HX-2MR',
  ])('“%s”', (text) => expect(caseNumberIn(text)).toBe(NUMBER))

  it.each([
    ['hồ sơ GL26-4K7-9HX-2M4 tới đâu rồi', 'check'],
    ['hồ sơ GL26-4K7-9HX-2M tới đâu rồi', 'form'],
    ['ho so GL26-4K7-9HX-2M toi dau roi', 'form'],
    ['hồ sơ GL26-4A7-9HX-2MR', 'form'],
    ['hồ sơ GL264K79HX2 đâu', 'form'],
  ] as const)('“%s” is wrong by its %s', (text, wrong) => expect(caseNumberIn(text)).toEqual({ wrong }))

  it.each([
    'hồ sơ của tôi tới đâu rồi',
    'tôi ở GL, 26 tuổi, mua hàng 500k',
    'GL 26/11/2026 shop giao sai',
    'gọi 0912345678 giúp tôi',
    'đơn 264K79HX2MR',
    'XGL26-4K7-9HX-2MR',
    '',
  ])('“%s” holds none', (text) => expect(caseNumberIn(text)).toBeUndefined())

  it('finds any number between any ordinary words', () => {
    const word = fc.constantFrom('hồ sơ', 'mã', 'của tôi', 'tới đâu', 'rồi', 'ạ', 'toi', 'hoi', 'cho xin', '2', '500k', 'ngày 3/4')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), numbers, fc.constantFrom(',', '?', '.', ' nhé', ' giúp tôi'), (before, number, after) => {
        expect(caseNumberIn(`${before.join(' ')} ${number}${after}`)).toBe(number)
      }),
    )
  })
})
