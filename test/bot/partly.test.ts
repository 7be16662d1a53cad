import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { communeOnly, initialsOf, phoneTail, veiled } from '../../bot/privacy/partly.ts'

describe('personal details in part', () => {
  it.each([
    ['0900 000 017', '…017'],
    ['+84 900.000.017', '…017'],
    ['12', '…'],
    ['', '…'],
  ])('a telephone %j is %j', (phone, shown) => expect(phoneTail(phone)).toBe(shown))

  it.each([
    ['Trần Thử', 'T. T.'],
    ['đặng  văn Á', 'Đ. V. Á.'],
    ['Đặng'.normalize('NFD'), 'Đ.'],
    ['1234', ''],
  ])('a name %j is %j', (name, shown) => expect(initialsOf(name)).toBe(shown))

  it.each([
    ['phường Pleiku', 'phường Pleiku'],
    ['số 5 Lê Lợi, phường Pleiku', 'phường Pleiku'],
    ['12 Lê Lợi phường Hội Phú', 'phường Hội Phú'],
    ['phường Hội Phú 12 Lê Lợi', 'phường Hội Phú'],
    ['xã Ia Krai thôn Ba', 'xã Ia Krai'],
    ['thôn 3, xã Ia Krai, tỉnh Gia Lai', 'xã Ia Krai'],
    ['Phường 5', 'Phường 5'],
    ['Lê Lợi, Pleiku', 'Pleiku'],
    ['Pleiku', 'Pleiku'],
    ['12 Lê Lợi Pleiku', ''],
    ['thôn Ba', ''],
  ])('where somebody lives, %j, is %j', (place, shown) => expect(communeOnly(place)).toBe(shown))

  it.each([
    ['Tôi là Trần Thử đây', 'Tôi là T. T. đây'],
    ['toi la tran thu, TRẦN THỬ', 'toi la T. T., T. T.'],
    ['Trần Thử Trần Thử', 'T. T. T. T.'],
    ['Trần  và Thử', 'Trần  và Thử'],
    ['gọi 0900000017 nhé', 'gọi [số điện thoại đã che] nhé'],
  ])('%j reads %j', (text, shown) => expect(veiled(text, 'Trần Thử')).toBe(shown))

  it('of one word, a name is only what is written like it', () => {
    expect(veiled('Lan mua hoa lan', 'Lan')).toBe('L. mua hoa lan')
    expect(veiled('không tên', '')).toBe('không tên')
  })

  it('never leave a name of several words standing, wherever it is put', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{1,6}$/)
    const text = fc.stringMatching(/^[a-z .,\n]{0,40}$/)
    fc.assert(
      fc.property(word, word, text, text, (first, last, before, after) => {
        const name = `${first} ${last}`
        expect(veiled(`${before} ${name} ${after}`, name).toLowerCase()).not.toMatch(new RegExp(`\\b${name.toLowerCase()}\\b`))
      }),
      { seed: 8, numRuns: 200 },
    )
  })
})
