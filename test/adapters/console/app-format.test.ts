import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  charactersIn,
  clockOf,
  dayOf,
  dayOfIso,
  daysUntil,
  figureOf,
  isoDayOf,
  lengthOf,
  momentOf,
  moneyOf,
  percentOf,
  sizeOf,
} from '../../../adapters/console/app/format.ts'

const at = (text: string) => Date.parse(`${text}+07:00`)
const NOW = at('2026-11-28T14:05:00')

describe('times', () => {
  it('are those of Vietnam, also around midnight', () => {
    expect([clockOf(at('2026-01-01T00:00:00')), dayOf(at('2026-01-01T00:00:00'))]).toEqual(['00:00', '01/01/2026'])
    expect([clockOf(at('2025-12-31T23:59:59')), isoDayOf(at('2025-12-31T23:59:59'))]).toEqual(['23:59', '2025-12-31'])
  })

  it('say only as much of a moment as tells it from others', () => {
    expect(momentOf(at('2026-11-28T07:30:00'), NOW)).toBe('07:30')
    expect(momentOf(at('2026-11-27T23:30:00'), NOW)).toBe('hôm qua 23:30')
    expect(momentOf(at('2026-11-26T23:30:00'), NOW)).toBe('26/11 23:30')
    expect(momentOf(at('2025-11-28T14:05:00'), NOW)).toBe('28/11/2025')
    expect(momentOf(at('2026-11-29T09:00:00'), NOW)).toBe('29/11 09:00')
  })

  it('count whole days of the calendar, not stretches of 24 hours', () => {
    expect(daysUntil(at('2026-11-28T23:59:00'), NOW)).toBe(0)
    expect(daysUntil(at('2026-11-29T00:00:00'), NOW)).toBe(1)
    expect(daysUntil(at('2026-11-27T23:59:00'), NOW)).toBe(-1)
    expect(daysUntil(at('2027-01-01T00:00:00'), NOW)).toBe(34)
  })

  it('turn a day of the calendar round and leave anything else', () => {
    expect([dayOfIso('2026-12-14'), dayOfIso('tuần sau')]).toEqual(['14/12/2026', 'tuần sau'])
  })

  it.each([
    [0, 'dưới 1 phút'],
    [59_999, 'dưới 1 phút'],
    [60_000, '1 phút'],
    [3_599_999, '59 phút'],
    [3_600_000, '1 giờ'],
    [3_600_000 * 3 + 300_000, '3 giờ 5 phút'],
    [86_400_000, '1 ngày'],
    [86_400_000 * 2 + 3_600_000 * 4, '2 ngày 4 giờ'],
  ])('say a stretch of %d ms as %s', (ms, words) => expect(lengthOf(ms)).toBe(words))

  it('never say a clock that was set back as a negative stretch', () => {
    fc.assert(fc.property(fc.integer({ min: -10_000_000, max: 400_000_000 }), (ms) => !lengthOf(ms).includes('-')))
  })
})

describe('numbers', () => {
  it('are written as in Vietnamese', () => {
    expect([moneyOf(5_000_000), percentOf(0.42), percentOf(0.055), percentOf(0), sizeOf(345_000), sizeOf(1_245_000), sizeOf(1)]).toEqual([
      '5.000.000 ₫',
      '42 %',
      '5,5 %',
      '0 %',
      '345 kB',
      '1,2 MB',
      '1 kB',
    ])
  })

  it('carry the sign of their unit', () => {
    expect([figureOf(1_234_500, 'dong'), figureOf(12.5, 'percent'), figureOf(1_234, 'cases'), figureOf(2.5, 'working_days')]).toEqual([
      '1.234.500 ₫',
      '12,5 %',
      '1.234',
      '2,5',
    ])
  })

  it('count characters as a reader does', () => {
    expect([charactersIn('Đổi'), charactersIn('😀😀')]).toEqual([3, 2])
  })
})
