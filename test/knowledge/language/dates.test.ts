import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, isDay, makeDay, wholeWeek } from '../../../knowledge/language/calendar-days.ts'
import { readDates } from '../../../knowledge/language/dates.ts'

const AS_OF = '2026-11-23' // a Monday
const brief = (text: string) => readDates(text, AS_OF).map((date) => `${date.kind} ${date.from} ${date.to}`)
const day = (at: string) => [`day ${at} ${at}`]
const near = (from: string, to = from) => [`relative ${from} ${to}`]

const FORMS: [text: string, expected: string[]][] = [
  // days
  ['mua ngày 3/4/2025', day('2025-04-03')],
  ['3-4-2025', day('2025-04-03')],
  ['03.04.2025', day('2025-04-03')],
  ['3/4/25 tôi mua', day('2025-04-03')],
  ['ngay 03/04/2025', day('2025-04-03')],
  ['2025-04-03', day('2025-04-03')],
  ['ngày 3 tháng 4 năm 2025', day('2025-04-03')],
  ['ngay 3 thang 4 nam 2025', day('2025-04-03')],
  ['3 tháng 4 năm 2025', day('2025-04-03')],
  ['ngày 3 tháng 4', day('2026-04-03')],
  ['mùng 5 tháng 8 năm ngoái', day('2025-08-05')],
  ['hôm 15/8 tôi đặt', day('2026-08-15')],
  ['15/8', day('2026-08-15')],
  ['25/12 mua máy', day('2025-12-25')],
  ['15/8 năm ngoái', day('2025-08-15')],
  ['15/8 năm 2024', day('2024-08-15')],
  ['1/12 tới', day('2026-12-01')],
  // "này" is whichever lies nearer: said in November, January has yet to come and October is just gone.
  ['đầu tháng 1 này', ['month 2027-01-01 2027-01-10']],
  ['ngày 15/10 này', day('2026-10-15')],
  ['ngày 29/2', day('2024-02-29')],
  ['ngày 15-8', day('2026-08-15')],
  ['hôm 20 tôi nhận hàng', day('2026-11-20')],
  ['hôm 25 tôi nhận hàng', day('2026-10-25')],
  ['ngày 15 tháng trước', day('2026-10-15')],
  ['３/４/２０２５', day('2025-04-03')],
  ['3/4\u200b/2025', day('2025-04-03')],
  ['ngày 2/9 và ngày 1/5/2025', [...day('2026-09-02'), ...day('2025-05-01')]],
  // months, quarters, years
  ['tháng 3/2024', ['month 2024-03-01 2024-03-31']],
  ['tháng 3 năm 2024', ['month 2024-03-01 2024-03-31']],
  ['thang 3 nam 2024', ['month 2024-03-01 2024-03-31']],
  ['t3/2024', ['month 2024-03-01 2024-03-31']],
  ['mua 3/2024', ['month 2024-03-01 2024-03-31']],
  ['hồi tháng 3', ['month 2026-03-01 2026-03-31']],
  ['hoi thang 12', ['month 2025-12-01 2025-12-31']],
  ['hồi tháng ba năm ngoái', ['month 2025-03-01 2025-03-31']],
  ['tháng 3 năm ngoái', ['month 2025-03-01 2025-03-31']],
  ['giữa tháng 9', ['month 2026-09-11 2026-09-20']],
  ['cuối tháng 2/2024', ['month 2024-02-21 2024-02-29']],
  ['quý 3/2024', ['range 2024-07-01 2024-09-30']],
  ['quý II năm ngoái', ['range 2025-04-01 2025-06-30']],
  ['năm 2023', ['year 2023-01-01 2023-12-31']],
  ['nam 2023', ['year 2023-01-01 2023-12-31']],
  ['năm ngoái', ['year 2025-01-01 2025-12-31']],
  ['nam ngoai toi mua', ['year 2025-01-01 2025-12-31']],
  ['năm kia', ['year 2024-01-01 2024-12-31']],
  ['năm trước', ['year 2025-01-01 2025-12-31']],
  ['đầu năm 2024', ['year 2024-01-01 2024-04-30']],
  ['giữa năm 2024', ['year 2024-05-01 2024-08-31']],
  ['cuoi nam 2024', ['year 2024-09-01 2024-12-31']],
  ['giữa năm nay', ['year 2026-05-01 2026-08-31']],
  ['cuối 2023', ['year 2023-09-01 2023-12-31']],
  // years in two digits and in words, quarters in words, spans of years
  ['mua t3/24', ['month 2024-03-01 2024-03-31']],
  ['mua tháng 3/24 cái máy giặt', ['month 2024-03-01 2024-03-31']],
  ['sắm 6/24 cái tủ', ['month 2024-06-01 2024-06-30']],
  ['cuối tháng 6/24', ['month 2024-06-21 2024-06-30']],
  ['15/5/24 cái nồi', day('2024-05-15')],
  ['hồi năm 23', ['year 2023-01-01 2023-12-31']],
  ['hè 24', ['range 2024-05-15 2024-08-31']],
  ['năm hai ngàn hai mươi bốn', ['year 2024-01-01 2024-12-31']],
  ['nam hai khong hai bon', ['year 2024-01-01 2024-12-31']],
  ['quý hai năm 2024', ['range 2024-04-01 2024-06-30']],
  ['q2/2024', ['range 2024-04-01 2024-06-30']],
  ['quý 2/24', ['range 2024-04-01 2024-06-30']],
  ['năm 2022-2023', ['range 2022-01-01 2023-12-31']],
  ['năm kìa', ['year 2023-01-01 2023-12-31']],
  // a year counted back, beside a day, a month or a season
  ['dịp 30/4 hai năm trước', day('2024-04-30')],
  ['tháng 6 cách đây 2 năm', ['month 2026-06-01 2026-06-30', 'relative 2024-05-23 2025-05-23']],
  ['tháng 6 hai năm trước', ['month 2024-06-01 2024-06-30']],
  ['mùa hè 2 năm trước', ['range 2024-05-15 2024-08-31']],
  ['tết hai năm trước', near('2024-02-03', '2024-02-17')],
  ['12.12 năm ngoái', day('2025-12-12')],
  ['mồng một tháng bảy năm 2024', day('2024-07-01')],
  // a thing may follow
  ['mua cuối 2023 cái máy', ['year 2023-09-01 2023-12-31']],
  ['tháng 2 năm nay cái quạt hư', ['month 2026-02-01 2026-02-28']],
  ['mua hơn 3 năm rồi giờ mới hư', near('2023-05-23', '2024-05-23')],
  ['mới đây tôi mua', near('2026-09-24', '2026-11-23')],
  // the lunar calendar
  ['tết giáp thìn', ['range 2024-02-03 2024-02-17']],
  ['hồi Tết Ất Tỵ', ['range 2025-01-22 2025-02-05']],
  ['năm Giáp Thìn', ['range 2024-02-10 2025-01-28']],
  ['tháng tư âm lịch năm 2024', ['range 2024-05-08 2024-06-07']],
  ['mùng 10 tháng 3 âm lịch năm 2024', ['range 2024-04-17 2024-04-19']],
  ['rằm tháng bảy vừa rồi', ['range 2026-08-26 2026-08-28']],
  ['hồi đầu năm', near('2026-01-01', '2026-04-30')],
  // named days and seasons
  ['mùa hè năm kia', ['range 2024-05-15 2024-08-31']],
  ['mua he nam kia', ['range 2024-05-15 2024-08-31']],
  ['hè 2025 tôi mua', ['range 2025-05-15 2025-08-31']],
  ['mùa đông năm ngoái', ['range 2025-11-01 2025-12-31']],
  ['dịp quốc khánh năm ngoái', day('2025-09-02')],
  ['hôm lễ quốc khánh', day('2026-09-02')],
  ['noel năm ngoái', ['range 2025-12-24 2025-12-25']],
  ['dịp black friday', ['range 2026-11-20 2026-11-30']],
  ['tết trung thu vừa rồi', ['range 2026-09-07 2026-10-08']],
  ['mua hồi dịch covid', ['range 2020-02-01 2022-03-15']],
  ['ngày 1 tháng 7 giờ hỏng', day('2026-07-01')],
  ['mua tháng 6 năm kia giờ hỏng', ['month 2024-06-01 2024-06-30']],
  // near now
  ['hôm nay', near('2026-11-23')],
  ['sáng nay', near('2026-11-23')],
  ['hôm qua', near('2026-11-22')],
  ['hom qua', near('2026-11-22')],
  ['tối qua', near('2026-11-22')],
  ['hôm kia', near('2026-11-21')],
  ['ngày mai', near('2026-11-24')],
  ['tuần trước', near('2026-11-16', '2026-11-22')],
  ['tuan truoc', near('2026-11-16', '2026-11-22')],
  ['thứ 3 tuần trước', near('2026-11-17')],
  ['chủ nhật tuần trước', near('2026-11-22')],
  ['thứ bảy vừa rồi', near('2026-11-21')],
  ['cuối tuần trước', near('2026-11-21', '2026-11-22')],
  ['tháng trước', near('2026-10-01', '2026-10-31')],
  ['cuối tháng trước', near('2026-10-21', '2026-10-31')],
  ['tháng này', near('2026-11-01', '2026-11-30')],
  ['3 ngày trước', near('2026-11-20')],
  ['ba ngay truoc', near('2026-11-20')],
  ['hai tuần trước', near('2026-11-06', '2026-11-12')],
  ['Ba tuần trước tôi lấy', near('2026-10-30', '2026-11-05')],
  ['2 tháng trước', near('2026-09-08', '2026-10-08')],
  ['nửa năm trước', near('2026-03-23', '2026-07-23')],
  ['2 năm trước', near('2024-05-23', '2025-05-23')],
  ['cách đây 4 tháng', near('2026-07-08', '2026-08-07')],
  ['cach day mot nam', near('2025-07-23', '2026-03-23')],
  ['cách đây mười phút', near('2026-11-23')],
  ['vài ngày trước', near('2026-11-18', '2026-11-21')],
  ['8 ngày nay', ['range 2026-11-15 2026-11-23']],
  ['hai mươi lăm ngày trước', near('2026-10-29')],
  // Tết
  ['mua hồi Tết', near('2026-02-10', '2026-02-24')],
  ['Tết năm ngoái', near('2025-01-22', '2025-02-05')],
  ['mùng 2 Tết', near('2026-02-18')],
  ['tết dương lịch', near('2026-01-01')],
  // bounds
  ['trước ngày 1/7/2024', ['range 0001-01-01 2024-06-30']],
  ['truoc 1/7/2024', ['range 0001-01-01 2024-06-30']],
  ['trước tháng 7/2024', ['range 0001-01-01 2024-06-30']],
  ['trước năm 2024', ['range 0001-01-01 2023-12-31']],
  ['sau 1/7/2026', ['range 2026-07-02 9999-12-31']],
  ['từ 1/7/2026', ['range 2026-07-01 9999-12-31']],
  ['từ ngày 1/7/2026', ['range 2026-07-01 9999-12-31']],
  ['từ 2022', ['range 2022-01-01 9999-12-31']],
  ['từ hai năm trước mà', ['range 2024-05-23 9999-12-31']],
  ['từ 15/8 đến 20/9', ['range 2026-08-15 2026-09-20']],
  ['1/5/2025 - 3/5/2025', ['range 2025-05-01 2025-05-03']],
]

const NOT_DATES = [
  'điều 38 luật 19/2023',
  'theo 52/2013',
  'nghị định 248/2026',
  'nghị định 52/2013/NĐ-CP',
  'nđ 7/2024',
  'Quyết định 07/2024/QĐ-TTg',
  'luật bảo vệ quyền lợi người tiêu dùng năm 2010',
  'nghị định 85 năm 2021',
  'khoản 2 điều 3/2',
  'hỗ trợ 24/7',
  'hoàn 1/2 số tiền',
  'mới trả 2/3 giá trị',
  'giảm 3/4',
  'gọi 0905.123.456',
  'số 0905-12-3456',
  '1.200.000đ',
  'nhà số 15/8 đường 30/4',
  'hẻm 12/5',
  '5/5 sao',
  'bảo hành 12 tháng',
  'báo trước 3 ngày',
  '7 ngày trước khi giao',
  'tháng trước khi mua',
  'mỗi tháng 2 lần',
  '2-3 ngày',
  '31/2/2025',
  '13/13/2024',
  'giá 2000 đồng',
  'sang Việt Nam rồi',
  'hỏng lần thứ ba rồi',
  'tết tóc',
  'theo luật',
  'ba năm bảo hành',
  'em 24 tuổi, năm 24 tuổi',
  'hỗ trợ 7/24',
  'mỗi năm 24 triệu',
  'mỗi tháng 3 lần',
  'trả góp tháng 24 triệu',
  'chia 3/24 phần',
  '',
]

describe('readDates', () => {
  it.each(FORMS)('%s', (text, expected) => expect(brief(text)).toEqual(expected))
  it.each(NOT_DATES)('no date: %s', (text) => expect(brief(text)).toEqual([]))

  it('has at least seventy forms', () => expect(FORMS.length).toBeGreaterThanOrEqual(70))

  it('reads both days of a story and leaves the law alone', () => {
    const text = 'Chốt đơn tối 30/6/2024, hôm 2/7/2024 nhận; luật 19/2023 áp dụng từ 1/7/2024?'
    expect(brief(text)).toEqual([...day('2024-06-30'), ...day('2024-07-02'), 'range 2024-07-01 9999-12-31'])
  })

  it('gives words and place of the text as it was written', () => {
    const text = 'Tôi mua NGÀY\u200b 3/4/2025 ở chợ'
    const [date] = readDates(text, AS_OF)
    expect(text.slice(date?.index, (date?.index ?? 0) + (date?.text.length ?? 0))).toBe(date?.text)
    expect(date?.text).toBe('NGÀY\u200b 3/4/2025')
  })

  it('refuses a day of asking that is no day', () => {
    for (const asOf of ['', '2026-02-30', '23/11/2026', '2026-1-1']) expect(() => readDates('hôm qua', asOf)).toThrow(RangeError)
  })
})

const PIECES = [
  'ngày',
  'tháng',
  'năm',
  'trước',
  'sau',
  'từ',
  'đến',
  'hôm',
  'qua',
  'tết',
  '3/4/2025',
  '15/8',
  '12',
  '2024',
  'ba',
  'nửa',
  'luật',
  '/',
  '-',
  '.',
  'cách đây',
  'tuần',
  '\u200b',
]
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((words) => words.join(' ')),
)

describe('properties of readDates', () => {
  it('never throws; spans lie in the text, in order, apart; days are days and in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0
        for (const date of readDates(text, AS_OF)) {
          expect(text.slice(date.index, date.index + date.text.length)).toBe(date.text)
          expect(date.index).toBeGreaterThanOrEqual(end)
          expect(isDay(date.from) && isDay(date.to)).toBe(true)
          end = date.index + date.text.length
        }
      }),
      { seed: 1, numRuns: 600 },
    )
  })

  it('reads every day of the calendar back in each way of writing', () => {
    const days = fc.integer({ min: 0, max: 9000 }).map((n) => addDays('2005-01-01', n))
    fc.assert(
      fc.property(days, fc.constantFrom('/', '-', '.'), (at, sep) => {
        const [y, m, d] = at.split('-').map(Number)
        for (const text of [[d, m, y].join(sep), `ngày ${d} tháng ${m} năm ${y}`, at]) expect(brief(`mua ${text} nhé`)).toEqual(day(at))
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('a day without a year is never ahead and less than a year back, leap days aside', () => {
    const dates = fc.integer({ min: 0, max: 364 }).map((n) => addDays('2025-01-01', n))
    const asOfs = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2020-01-01', n))
    fc.assert(
      fc.property(dates, asOfs, (at, asOf) => {
        const [found] = readDates(`hôm ${Number(at.slice(8))}/${Number(at.slice(5, 7))}`, asOf)
        expect((found?.from ?? '') <= asOf && (found?.from ?? '') > addMonths(asOf, -12)).toBe(true)
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})

describe('calendar days', () => {
  it('knows which days exist', () => {
    expect(makeDay(2024, 2, 29)).toBe('2024-02-29')
    expect([makeDay(2023, 2, 29), makeDay(2024, 4, 31), makeDay(0, 1, 1), makeDay(2024, 13, 1)]).toEqual([undefined, undefined, undefined, undefined])
  })

  it('moves by months to the last day that exists, and stays within the calendar', () => {
    expect([addMonths('2024-01-31', 1), addMonths('2024-03-31', -1), addDays('0001-01-01', -1), addDays('9999-12-31', 1)]).toEqual([
      '2024-02-29',
      '2024-02-29',
      '0001-01-01',
      '9999-12-31',
    ])
  })

  it('weeks run from Monday to Sunday', () => {
    expect(wholeWeek('2026-11-22', 0)).toEqual({ from: '2026-11-16', to: '2026-11-22' })
    expect(wholeWeek('2026-11-23', 0)).toEqual({ from: '2026-11-23', to: '2026-11-29' })
  })
})
