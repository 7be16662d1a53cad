import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAmounts } from '../../../knowledge/language/amounts.ts'
import { numberInWords } from '../../../knowledge/language/numbers.ts'

const sums = (text: string) => readAmounts(text).map(({ dong }) => dong)

const SUMS: [text: string, ...dong: number[]][] = [
  ['1tr2', 1_200_000],
  ['1tr250', 1_250_000],
  ['1tr25', 1_250_000],
  ['1tr05', 1_050_000],
  ['2TR5', 2_500_000],
  ['500k', 500_000],
  ['500K nhé', 500_000],
  ['95k', 95_000],
  ['1k5', 1_500],
  ['hai triệu rưỡi', 2_500_000],
  ['hai trieu ruoi', 2_500_000],
  ['2,5 triệu', 2_500_000],
  ['2.5tr', 2_500_000],
  ['1.200.000đ', 1_200_000],
  ['1,200,000 đồng', 1_200_000],
  ['1 500 000đ', 1_500_000],
  ['1200000 đồng', 1_200_000],
  ['500000d', 500_000],
  ['350.000 ₫', 350_000],
  ['1.250.000 VNĐ', 1_250_000],
  ['VND 500.000', 500_000],
  ['150 nghìn', 150_000],
  ['150 nghin dong', 150_000],
  ['năm trăm ngàn', 500_000],
  ['nam tram ngan', 500_000],
  ['5 trăm nghìn', 500_000],
  ['hai trăm ba mươi nghìn', 230_000],
  ['một trăm linh năm nghìn', 105_000],
  ['hai mươi lăm triệu', 25_000_000],
  ['ba lăm triệu', 35_000_000],
  ['mười triệu', 10_000_000],
  ['1 củ', 1_000_000],
  ['2 củ rưỡi', 2_500_000],
  ['mất 2 cu', 2_000_000],
  ['mất 3 lít', 300_000],
  ['cọc 5 xị', 500_000],
  ['lừa 2 tỏi', 2_000_000_000],
  ['5 tỷ', 5_000_000_000],
  ['2 ty 500 trieu', 2_500_000_000],
  ['2 tỉ rưỡi', 2_500_000_000],
  ['2ty5', 2_500_000_000],
  ['1 triệu 8', 1_800_000],
  ['3 triệu 2 mua hai vé', 3_200_000],
  ['1 triệu 250', 1_250_000],
  ['1 triệu 250 nghìn', 1_250_000],
  ['2 triệu năm trăm nghìn', 2_500_000],
  ['hai triệu năm', 2_500_000],
  ['hai triệu năm trăm', 2_500_000],
  ['1 triệu mốt', 1_100_000],
  ['triệu rưỡi', 1_500_000],
  ['triệu hai', 1_200_000],
  ['nửa triệu', 500_000],
  ['2 chục triệu', 20_000_000],
  ['ba trăm triệu', 300_000_000],
  ['1.200 triệu đồng', 1_200_000_000],
  ['12.000.000.000đ', 12_000_000_000],
  ['giá 500000', 500_000],
  ['chuyển 1.200.000 cho shop', 1_200_000],
  ['tài khoản bị trừ 500.000', 500_000],
  ['0đ', 0],
  ['1 triệu 2 lần', 1_000_000],
  ['5 triệu năm ngoái', 5_000_000],
  ['đền 2 triệu sau khi nói chuyện', 2_000_000],
  ['15 triệu 2 tháng', 15_000_000],
  ['chuyển 2 triệu người bán chặn', 2_000_000],
  ['hai triệu ba mẹ tôi trả', 2_000_000],
  ['20tr/tháng', 20_000_000],
  ['giá 199k mà trừ 268k', 199_000, 268_000],
  ['１tr２', 1_200_000],
  ['500\u200bk', 500_000],
]

const NO_SUMS = [
  '200 đô',
  '$200',
  '2 triệu đô',
  '500 nghìn won',
  '3 lít xăng',
  '1 tỏi',
  '2 củ khoai',
  '1 củ sạc',
  '3 đồng hồ',
  '2 ti vi',
  'tivi 4k',
  'đợi 10 k thấy',
  'hai nghìn khách',
  '80 nghìn theo dõi',
  '10k lượt xem',
  'công ty tư nhân',
  'mấy triệu rưỡi',
  'không mất một đồng',
  'vài triệu',
  '2-3 triệu',
  'gọi 0905.123.456',
  'mã đơn SPX500k',
  'điều 38 khoản 3',
  'năm 2024',
  'ngày 15/8/2025',
  '1.200.000 lượt xem',
  'công ty 2 người',
  'trăm năm',
  '',
]

describe('readAmounts', () => {
  it.each(SUMS)('%s', (text, ...dong) => expect(sums(text)).toEqual(dong))
  it.each(NO_SUMS)('no sum: %s', (text) => expect(sums(text)).toEqual([]))
  it('has at least sixty forms', () => expect(SUMS.length).toBeGreaterThanOrEqual(60))

  it('gives words and place', () => {
    expect(readAmounts('cọc trước 1 triệu 250 nghìn đồng rồi')).toEqual([{ dong: 1_250_000, text: '1 triệu 250 nghìn đồng', index: 10 }])
  })
})

const PIECES = [
  '1',
  '2,5',
  '1.200.000',
  'triệu',
  'tr',
  'k',
  'rưỡi',
  'hai',
  'năm',
  'trăm',
  'củ',
  'đ',
  'đồng',
  'tỷ',
  'giá',
  '9999999999999',
  '.',
  '\u200b',
]
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 10 }).map((words) => words.join(' ')),
)

describe('properties of readAmounts', () => {
  it('never throws; spans lie in the text, in order, apart; sums are whole and safe', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0
        for (const found of readAmounts(text)) {
          expect(text.slice(found.index, found.index + found.text.length)).toBe(found.text)
          expect(found.index).toBeGreaterThanOrEqual(end)
          expect(Number.isSafeInteger(found.dong) && found.dong >= 0).toBe(true)
          end = found.index + found.text.length
        }
      }),
      { seed: 4, numRuns: 600 },
    )
  })

  it('reads every sum back as banks write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (thousands) => {
        const dong = thousands * 1000
        const dotted = dong.toLocaleString('de-DE')
        for (const text of [`${dotted}đ`, `${dotted} đồng`, `${dotted} VNĐ`, `${dong}đ`, `${dotted.replaceAll('.', ',')}đ`])
          expect(sums(text)).toEqual([dong])
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('reads thousands in k, nghìn and words alike', () => {
    const UNITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']
    const said = (n: number) =>
      `${UNITS[Math.floor(n / 100)]} trăm ${n % 100 < 10 ? 'linh' : `${UNITS[Math.floor((n % 100) / 10)]} mươi`} ${UNITS[n % 10]}`.replace(
        'một mươi',
        'mười',
      )
    fc.assert(
      fc.property(
        fc.integer({ min: 101, max: 999 }).filter((n) => n % 10 !== 0),
        (n) => {
          for (const text of [`${n}k`, `${n} nghìn`, `${said(n)} ngàn`]) expect(sums(text)).toEqual([n * 1000])
          expect(numberInWords(said(n))).toBe(n)
        },
      ),
      { seed: 6, numRuns: 200 },
    )
  })
})
