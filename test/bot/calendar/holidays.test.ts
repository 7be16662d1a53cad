import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { holidayCalendar, shippedHolidays } from '../../../bot/calendar/holidays.ts'

const shipped = holidayCalendar(shippedHolidays())
const extended = (yaml: string) => holidayCalendar(shippedHolidays(), load(yaml))
const kindOn = (day: string, calendar = shipped) => calendar.dayOff(day)?.kind

const YEAR_2027 = `
years:
  - year: 2027
    complete: true
    chosen: { tet: { from: -2, to: 2 }, quoc-khanh: { from: 0, to: 1 } }
    daysOff: [2027-09-06]
    workingDays: [2027-09-11]
    source: công bố giả cho bài kiểm tra
    verified: true
`

describe('days off by rule', () => {
  it.each([
    ['2026-01-01', 'Tết Dương lịch'],
    ['2026-02-16', 'Tết Nguyên đán'],
    ['2026-02-20', 'Tết Nguyên đán'],
    ['2026-04-26', 'Giỗ Tổ Hùng Vương'],
    ['2026-04-30', 'Ngày Chiến thắng'],
    ['2026-05-01', 'Ngày Quốc tế Lao động'],
    ['2026-09-01', 'Quốc khánh'],
    ['2026-09-02', 'Quốc khánh'],
  ])('%s is %s', (day, name) => expect(shipped.dayOff(day)).toMatchObject({ kind: 'holiday', name }))

  it.each(['2026-01-02', '2026-02-13', '2026-02-23', '2026-05-04', '2026-09-03', '2026-11-26', '2026-11-24'])('%s is a working day', (day) =>
    expect(shipped.dayOff(day)).toBeUndefined(),
  )

  it('takes the usual five days of Tết, and 1 September, where the year has no choice yet', () => {
    expect(['2028-01-24', '2028-01-25', '2028-01-28', '2028-01-31', '2028-02-01'].map((day) => kindOn(day))).toEqual([
      undefined,
      'holiday',
      'holiday',
      'compensation',
      undefined,
    ])
    expect(['2028-08-31', '2028-09-01', '2028-09-04', '2028-09-05'].map((day) => kindOn(day))).toEqual([
      undefined,
      'holiday',
      'compensation',
      undefined,
    ])
  })

  it('rests on Saturday and Sunday', () => {
    expect(shipped.dayOff('2026-11-28')).toMatchObject({ kind: 'weekly', name: 'Nghỉ hằng tuần' })
    expect(kindOn('2026-11-29')).toBe('weekly')
  })

  it('marks as not verified whatever no text at hand proves, with a source each', () => {
    for (const day of ['2026-01-01', '2026-02-17', '2026-04-27', '2026-11-28']) {
      expect(shipped.dayOff(day)).toMatchObject({ verified: false, source: expect.stringContaining('cần xác minh') })
    }
  })
})

describe('a holiday on a weekly day of rest', () => {
  it('moves to the next working day, and says what for', () => {
    expect(shipped.dayOff('2026-04-27')).toMatchObject({ kind: 'compensation', name: 'Nghỉ bù Giỗ Tổ Hùng Vương' })
    expect(kindOn('2022-01-03')).toBe('compensation')
    expect(shipped.dayOff('2022-01-04')).toBeUndefined()
  })

  it('moves over other holidays, one day for each: Giỗ Tổ 2023 on Saturday, 30 April on Sunday, 1 May on Monday', () => {
    expect(['2023-05-01', '2023-05-02', '2023-05-03', '2023-05-04'].map((day) => kindOn(day))).toEqual([
      'holiday',
      'compensation',
      'compensation',
      undefined,
    ])
  })

  it('moves two days of Tết to Tuesday and Wednesday', () => {
    const calendar = extended('years: [{ year: 2024, chosen: { tet: { from: -2, to: 2 } }, source: thử, verified: false }]')
    expect(['2024-02-07', '2024-02-08', '2024-02-12', '2024-02-13', '2024-02-14', '2024-02-15'].map((day) => kindOn(day, calendar))).toEqual([
      undefined,
      'holiday',
      'holiday',
      'compensation',
      'compensation',
      undefined,
    ])
  })

  it('moves across the turn of the year', () => {
    const calendar = extended('rules: [{ id: cuoi-nam, name: Cuối năm, solar: { month: 12, day: 31 }, source: thử, verified: false }]')
    // 31 December 2022 is a Saturday, 1 January 2023 a Sunday.
    expect(['2023-01-02', '2023-01-03', '2023-01-04'].map((day) => kindOn(day, calendar))).toEqual(['compensation', 'compensation', undefined])
  })
})

describe('what the operator adds', () => {
  const calendar = extended(YEAR_2027)

  it('chooses the days of Tết and of Quốc khánh', () => {
    expect([kindOn('2027-02-04', calendar), kindOn('2027-02-04')]).toEqual(['holiday', undefined])
    expect([kindOn('2027-09-01', calendar), kindOn('2027-09-03', calendar)]).toEqual([undefined, 'holiday'])
  })

  it('takes announced days off and working Saturdays, and says by which announcement', () => {
    expect(calendar.dayOff('2027-09-06')).toEqual({
      kind: 'announced',
      name: 'Nghỉ theo công bố',
      source: 'công bố giả cho bài kiểm tra',
      verified: true,
    })
    expect([kindOn('2027-09-11', calendar), kindOn('2027-09-11')]).toEqual([undefined, 'weekly'])
  })

  it('knows only what is declared complete', () => {
    expect([2025, 2026, 2027, 2028].map((year) => calendar.isComplete(year))).toEqual([false, false, true, false])
    expect(shipped.isComplete(2027)).toBe(false)
  })

  it('adds a rule from its first year on, and replaces one by its id', () => {
    const more = extended(`
rules:
  - { id: them, name: Ngày thêm, solar: { month: 11, day: 24 }, fromYear: 2026, source: thử, verified: false }
  - { id: quoc-khanh, name: Quốc khánh, solar: { month: 9, day: 2 }, source: thử, verified: false }`)
    expect([kindOn('2026-11-24', more), kindOn('2025-11-24', more)]).toEqual(['holiday', undefined])
    expect([kindOn('2026-09-01', more), kindOn('2026-09-02', more)]).toEqual([undefined, 'holiday'])
  })

  it.each([
    ['một năm gọi là đủ mà chưa chọn', 'years: [{ year: 2027, complete: true, source: x, verified: true }]', /còn thiếu: tet, quoc-khanh/],
    ['ngày của năm khác', 'years: [{ year: 2027, daysOff: [2026-01-02], source: x, verified: true }]', /ngày của năm khác: 2026-01-02/],
    [
      'vừa nghỉ vừa làm',
      'years: [{ year: 2027, daysOff: [2027-01-02], workingDays: [2027-01-02], source: x, verified: true }]',
      /vừa nghỉ vừa làm: 2027-01-02/,
    ],
    ['chọn cho quy tắc lạ', 'years: [{ year: 2027, chosen: { gio-to: { from: 0, to: 1 } }, source: x, verified: true }]', /"chosen" nêu gio-to/],
    ['ngày không có', 'years: [{ year: 2027, daysOff: [2027-02-30], source: x, verified: true }]', /không phải ngày có trong lịch/],
    ['không có nguồn', 'years: [{ year: 2027, verified: true }]', /^Lịch nghỉ chưa đúng\. years\.0\.source: /],
    ['trường lạ', 'nam: []', /^Lịch nghỉ chưa đúng. cả tệp: Khóa không được nhận dạng/],
    [
      'quy tắc hai lịch',
      'rules: [{ id: a, name: A, solar: { month: 1, day: 1 }, lunar: { month: 1, day: 1 }, source: x, verified: true }]',
      /đúng một trong hai/,
    ],
    [
      'ngày không phải năm nào cũng có',
      'rules: [{ id: a, name: A, solar: { month: 2, day: 29 }, source: x, verified: true }]',
      /không phải năm nào cũng có/,
    ],
    [
      'ngược',
      'rules: [{ id: a, name: A, solar: { month: 2, day: 2 }, from: 1, to: 0, source: x, verified: true }]',
      /"from" phải không lớn hơn "to"/,
    ],
  ])('refuses %s', (_, yaml, message) => expect(() => extended(yaml)).toThrow(message))

  it('takes an empty file as nothing', () => expect(kindOn('2026-09-02', holidayCalendar(shippedHolidays(), null))).toBe('holiday'))
})

it('does not reach beyond the lunar calendar', () => {
  expect(() => shipped.dayOff('1900-12-31')).toThrow(RangeError)
  expect(() => shipped.dayOff('2199-01-01')).toThrow(RangeError)
  expect(() => shipped.dayOff('2026-02-30')).toThrow(RangeError)
  expect(kindOn('2198-01-01')).toBe('holiday')
})
