import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskForLogs, maskPersonal, type PersonalKind } from '../../../knowledge/language/mask.ts'

const ID = '[số giấy tờ đã che]'
const CARD = '[số thẻ đã che]'
const ACCOUNT = '[số tài khoản đã che]'

const MASKED: [text: string, masked: string][] = [
  // identity papers
  ['cccd 001099012345', `cccd ${ID}`],
  ['CCCD của tôi là 001099012345 nhé', `CCCD của tôi là ${ID} nhé`],
  ['001099012345', ID],
  ['001 099 012 345', ID],
  ['001.099.012345', ID],
  ['0010-9901-2345', ID],
  ['căn cước công dân: 064201000123', `căn cước công dân: ${ID}`],
  ['can cuoc 064201000123', `can cuoc ${ID}`],
  ['số001099012345', `số${ID}`],
  ['cccd001099012345', `cccd${ID}`],
  ['cmnd 123456789', `cmnd ${ID}`],
  ['CMND số 123 456 789', `CMND số ${ID}`],
  ['chứng minh nhân dân 231234567', `chứng minh nhân dân ${ID}`],
  ['231234567 là số cmnd của em', `${ID} là số cmnd của em`],
  ['hộ chiếu C1234567', `hộ chiếu C${ID}`],
  ['００１０９９０１２３４５', ID],
  ['0010\u200b9901\u200b2345', ID],
  ['0 0 1 0 9 9 0 1 2 3 4 5', ID],
  ['gửi số 0 5 2 3 7 0 2 4 2 8 4 0 rồi', `gửi số ${ID} rồi`],
  ['CMND cũ là 308.071.612', `CMND cũ là ${ID}`],
  ['cccd 001099012345 cấp ngày 10/05/2021', `cccd ${ID} cấp ngày 10/05/2021`],
  // cards
  ['4111111111111111', CARD],
  ['thẻ 4111 1111 1111 1111', `thẻ ${CARD}`],
  ['4111-1111-1111-1111', CARD],
  ['4111.1111.1111.1111', CARD],
  ['4111 - 1111 - 1111 - 1111', CARD],
  ['4111\n1111\n1111\n1111', CARD],
  ['５５５５５５５５５５５５４４４４', CARD],
  ['378282246310005', CARD],
  ['3782 822463 10005', CARD],
  ['9704 3612 3456 7890 123', CARD],
  ['số thẻ 1234 5678 9012 3456', `số thẻ ${CARD}`],
  ['0905123456 4111111111111111', `0905123456 ${CARD}`],
  ['4111 1111 1111 1111 hết hạn 12/27', `${CARD} hết hạn 12/27`],
  // accounts
  ['stk 177.729.879.285 Vietcombank', `stk ${ACCOUNT} Vietcombank`],
  ['số tài khoản nhận tiền hoàn của tôi: 227.630.895.047', `số tài khoản nhận tiền hoàn của tôi: ${ACCOUNT}`],
  ['mã đơn tk77120458, tk19036789012', `mã đơn tk77120458, tk${ACCOUNT}`],
  ['stk 0123456789 vietcombank', `stk ${ACCOUNT} vietcombank`],
  ['STK: 19036512345678', `STK: ${ACCOUNT}`],
  ['STK. 0123456789', `STK. ${ACCOUNT}`],
  ['số tài khoản 0071000123456', `số tài khoản ${ACCOUNT}`],
  ['so tai khoan cua toi la 0071000123456', `so tai khoan cua toi la ${ACCOUNT}`],
  ['chuyen vao tai khoan 123456', `chuyen vao tai khoan ${ACCOUNT}`],
  ['tài khoản ngân hàng của Nguyễn Văn A là 123 456 789', `tài khoản ngân hàng của Nguyễn Văn A là ${ACCOUNT}`],
  ['account 1234567890', `account ${ACCOUNT}`],
  ['tk mb 0905123456', `tk mb ${ACCOUNT}`],
  ['STK:MB0905123456', `STK:MB${ACCOUNT}`],
  ['VCB 1012345678', `VCB ${ACCOUNT}`],
  ['0123456789 (stk của shop)', `${ACCOUNT} (stk của shop)`],
  ['chuyển 5 triệu vào số 19036512345678 techcombank', `chuyển 5 triệu vào số ${ACCOUNT} techcombank`],
  ['chuyen 5000000 stk 0123456789', `chuyen 5000000 stk ${ACCOUNT}`],
  ['stk 111111111 và 222222222', `stk ${ACCOUNT} và ${ACCOUNT}`],
  ['stk 111111111, 0905123456', `stk ${ACCOUNT}, 0905123456`],
  ['cmnd 123456789, stk 0123456789', `cmnd ${ID}, stk ${ACCOUNT}`],
  ['stk\u200b 0123\u200b456789', `stk\u200b ${ACCOUNT}`],
]

const KEPT = [
  '123456789',
  '4111111111111112',
  'SPX0123456789',
  'đơn SPXVN0412345678901',
  'mã đơn 230915012345',
  'mã đơn TK77120458',
  'đơn hàng của em là TK77120458',
  'mã vận đơn 012345678901',
  'mã đơn hàng 4111111111111111',
  'imei 356938035643809',
  '12.000.000.000đ',
  '1.200.000 đồng',
  'giá 15000000 đồng',
  '150000, 200000, 350000',
  'tài khoản bị trừ 500000',
  'tài khoản tôi mất 12.000.000đ',
  'tài khoản nhận 500000',
  'tài khoản nhận 1.234.567',
  'tài khoản nhận 123.456.789 đồng',
  'tài khoản bị trừ 123.456.789',
  'tài khoản còn số dư 2500000',
  'ngày 01/07/2024',
  '03-04-2025',
  '2024-07-01',
  'luật 19/2023/QH15',
  'nghị định 52/2013/NĐ-CP',
  'gọi 1900 6838',
  'gọi 1800 6838 để khiếu nại',
  '0905123456',
  'sđt 0905 123 456',
  '+84 905 123 456',
  'tài khoản bị khóa, số điện thoại 0905123456',
  'khóa tài khoản. 0905123456 nhé',
  'mst 0312345678',
  'a.b@mail.vn',
  'stk 12345',
  'khoản 2 điều 39',
  'hỗ trợ 24/7',
  '2021 đến 2024',
  '',
]

describe('telephone numbers on lines of their own', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 })
  const mobile = fc.tuple(fc.constantFrom('03', '05', '07', '08', '09'), digits).map(([head, rest]) => head + rest.join(''))
  const spaced = fc.tuple(mobile, fc.constantFrom('', ' ', '.')).map(([n, by]) => [n.slice(0, 4), n.slice(4, 7), n.slice(7)].join(by))

  // This pair adds up like a card from its second group on.
  it('are kept, the same one twice', () => expect(maskPersonal('số em 0325 768 149\n0325 768 149').text).toBe('số em 0325 768 149\n0325 768 149'))

  it('are kept whatever they add up to', () => {
    fc.assert(fc.property(fc.array(spaced, { minLength: 2, maxLength: 4 }), (lines) => maskPersonal(lines.join('\n')).text === lines.join('\n')))
  })

  it('do not hide a card that follows them', () => expect(maskPersonal('0325768149\n4111 1111\n1111 1111').text).toContain(CARD))
})

describe('maskPersonal', () => {
  it.each(MASKED)('%s', (text, masked) => expect(maskPersonal(text).text).toBe(masked))
  it.each(KEPT)('kept: %s', (text) => expect(maskPersonal(text).text).toBe(text))
  it('has at least fifty cases', () => expect(MASKED.length + KEPT.length).toBeGreaterThanOrEqual(50))

  it.each<[string, PersonalKind[]]>([
    ['cmnd 123456789, thẻ 4111111111111111, stk 0123456789', ['id', 'card', 'bank_account']],
    ['gọi 0905123456 hoặc a@b.vn, mst 0312345678', ['phone', 'email', 'tax']],
    ['gọi 1900 6838', []],
  ])('found in %s', (text, found) => expect(maskPersonal(text).found).toEqual(found))
})

describe('maskForLogs', () => {
  it.each([
    ['sđt 0905.123.456, mail a.b+c@mail.com.vn', 'sđt [số điện thoại đã che], mail [thư điện tử đã che]'],
    ['+84905123456', '[số điện thoại đã che]'],
    ['02693 823 456', '[số điện thoại đã che]'],
    ['mst 0312345678', 'mst [mã số thuế đã che]'],
    ['cccd 001099012345', `cccd ${ID}`],
    ['shop trả 500k', 'shop trả 500k'],
  ])('%s', (text, masked) => expect(maskForLogs(text).text).toBe(masked))
})

/** @returns `digits` with a check digit that passes Luhn. */
function withLuhn(digits: number[]): string {
  const sum = [...digits].reverse().reduce((total, digit, i) => total + (i % 2 === 0 ? Math.floor(digit / 5) + ((2 * digit) % 10) : digit), 0)
  return [...digits, (10 - (sum % 10)) % 10].join('')
}

const digit = fc.integer({ min: 0, max: 9 })
const card = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.array(digit, { minLength: 11, maxLength: 17 }))
  .map(([first, rest]) => withLuhn([first, ...rest]))
const separator = fc.constantFrom('', ' ', '-', '.', ' - ', '\u00a0', '\u200b', '–')
const words = fc
  .array(fc.constantFrom('shop', 'lừa', 'tôi', 'mua', 'hàng', 'ngày', 'đã', 'chuyển', 'của', '15/8', 'thẻ', 'gửi', 'nhé', '!', '2 triệu'), {
    maxLength: 6,
  })
  .map((w) => w.join(' '))
const wide = (text: string) => text.replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)))
const digitsOf = (text: string) => text.normalize('NFKC').replace(/[^\d]/g, '')
const PIECES = [
  'stk',
  'cccd',
  'thẻ',
  '0905123456',
  '123456789',
  '4111 1111',
  '001099012345',
  '4111111111111111',
  'và',
  ',',
  '.',
  '/',
  'đ',
  'là',
  'mã đơn',
  ID,
  ACCOUNT,
  '(',
  '@',
  'a@b.vn',
  '6',
  '\u200b',
  '-',
]
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).chain((p) => fc.constantFrom(' ', '').map((glue) => p.join(glue))),
)

describe('properties of masking', () => {
  it('never throws; masking twice is masking once', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const mask of [maskPersonal, maskForLogs]) {
          const once = mask(text).text
          expect(mask(once).text).toBe(once)
        }
      }),
      { seed: 10, numRuns: 1500 },
    )
  })

  it('no run of a planted card remains, however it is grouped', () => {
    fc.assert(
      fc.property(card, separator, fc.boolean(), words, words, (number, sep, full, before, after) => {
        const grouped = sep === '' ? number : (number.match(/\d{1,4}/g) ?? []).join(sep)
        const { text, found } = maskPersonal(`${before} ${full ? wide(grouped) : grouped} ${after}`)
        expect(digitsOf(text)).not.toContain(number.slice(0, 8))
        expect(found.some((kind) => kind === 'card' || kind === 'id' || kind === 'bank_account')).toBe(true)
      }),
      { seed: 11, numRuns: 800 },
    )
  })

  it('no planted account or identity number remains behind its word', () => {
    const number = fc.array(digit, { minLength: 9, maxLength: 15 }).map((d) => `1${d.join('')}7`)
    fc.assert(
      fc.property(fc.constantFrom('stk', 'STK:', 'số tài khoản', 'so tai khoan', 'tài khoản của em là'), number, words, (word, planted, before) => {
        expect(digitsOf(maskPersonal(`${before} ${word} ${planted}`).text)).not.toContain(planted.slice(0, 6))
      }),
      { seed: 12, numRuns: 400 },
    )
    const id = fc.array(digit, { minLength: 9, maxLength: 9 }).map((d) => `0${d.length % 2}${d.join('')}1`)
    fc.assert(
      fc.property(id, fc.constantFrom('', 'cccd ', 'căn cước '), words, (planted, word, before) => {
        expect(digitsOf(maskPersonal(`${before} ${word}${planted}`).text)).not.toContain(planted)
      }),
      { seed: 13, numRuns: 400 },
    )
  })

  it('what it does not mask stays to the letter', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(maskPersonal(text).text).toBe(text)
      }),
      { seed: 14, numRuns: 200 },
    )
  })
})

describe('an address of mail', () => {
  it.each([
    ['lan.nguyen+shop@thu.gialai.gov.vn', '[thư điện tử đã che]'],
    ['gửi về a@b.vn nhé', 'gửi về [thư điện tử đã che] nhé'],
    ['(đặng@ví-dụ.vn)', '([thư điện tử đã che])'],
  ])('is recognised: %s', (text, masked) => expect(maskForLogs(text).text).toBe(masked))

  it.each(['đ'.repeat(10_000), 'a.'.repeat(5_000), `${'đ'.repeat(9_000)}@`, 'a@'.repeat(5_000)])(
    'is not found in one endless word, nor does that change',
    (text) => {
      expect(maskPersonal(text)).toEqual({ text, found: [] })
    },
  )
})
