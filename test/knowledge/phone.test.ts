/** Telephone numbers of Vietnam in every form in which people write their own. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dialled, phoneIn } from '../../knowledge/language/phone.ts'

const number = (text: string) => {
  const found = phoneIn(text)
  return found?.kind === 'phone' ? found.phone : found?.kind
}

const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''))
const mobile = fc.tuple(fc.constantFrom('3', '5', '7', '8', '9'), digits(8)).map(([first, rest]) => `0${first}${rest}`)
const landline = digits(8).map((rest) => `02${rest.slice(0, 1)}${rest}`.slice(0, 11).padEnd(11, '4'))
const any = fc.oneof(mobile, landline)

/** Cuts a number at places drawn, with separators drawn. */
const written = any.chain((plain) =>
  fc.tuple(
    fc.constant(plain),
    fc.constantFrom('0', '+84', '84', '0084', '(0', '+84 (0)'),
    fc.array(fc.constantFrom('', '', ' ', '.', '-', ' - '), { minLength: plain.length, maxLength: plain.length }),
  ),
)

describe('a telephone number', () => {
  it('is read however it is cut and begun, and stands where it was found', () => {
    fc.assert(
      fc.property(written, fc.constantFrom('', 'số em ', 'SĐT: '), ([plain, head, cuts], before) => {
        const begun = head === '(0' ? `(0${plain.slice(1, 3)})` : head
        const rest = [...plain.slice(head === '(0' ? 3 : 1)].map((digit, i) => `${cuts[i]}${digit}`).join('')
        const text = `${before}${begun}${rest} nhé`
        const found = phoneIn(text)
        expect(found).toMatchObject({ kind: 'phone', phone: plain })
        expect(dialled(text.slice(found?.start, found?.end))).toBe(plain)
      }),
    )
  })

  it.each([
    ['gọi 0905123456 sau 17h30', '0905123456'],
    ['0905 123 456 17 giờ', '0905123456'],
    ['sau 5h, số 0905.123.456', '0905123456'],
    ['từ 8 - 10 0905123456', '0905123456'],
    ['o905 123 456', '0905123456'],
    ['O9O5123456', '0905123456'],
    ['+84905123456', '0905123456'],
    ['84 905 123 456', '0905123456'],
    ['(0269) 3 822 111', '02693822111'],
    ['0269.3822.111', '02693822111'],
    ['không chín không năm một hai ba bốn năm sáu', '0905123456'],
    ['khong chin khong nam mot hai ba bon nam sau', '0905123456'],
  ])('%s', (text, phone) => expect(number(text)).toBe(phone))

  it.each(['0905 123 45', '090512345678', '0105123456', '+1 202 555 0123', '1800 6838', '0169123456', '+84 905 12'])('%s is a wrong one', (text) =>
    expect(number(text)).toBe('wrong'),
  )

  it.each(['gọi lại cho tôi', 'sau 17h30 ngày 28/11', 'trả 450.000 đồng', '', 'không không không', 'hai ba bốn năm sáu bảy'])('%s is none', (text) =>
    expect(number(text)).toBeUndefined(),
  )

  it('never throws, whatever is written, and stands inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const found = phoneIn(text)
        if (found) expect(found.start >= 0 && found.end <= text.length && found.start < found.end).toBe(true)
      }),
    )
  })
})
