import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holidayCalendar, shippedHolidays } from '../../../bot/calendar/holidays.ts'
import { addWorkingDays, COUNTING_RULE, dueDay, isCertain, isWorkingDay, workingDaysBetween } from '../../../bot/calendar/working-days.ts'

const calendar = holidayCalendar(shippedHolidays(), {
  years: [{ year: 2026, daysOff: ['2026-08-31'], workingDays: ['2026-08-22'], source: 'thử', verified: false }],
})
const at = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10)
const anyDay = fc.integer({ min: Date.UTC(2020, 0, 1) / 86_400_000, max: Date.UTC(2035, 0, 1) / 86_400_000 }).map(at)
const workingDay = anyDay.filter((day) => isWorkingDay(calendar, day))
const count = fc.integer({ min: -120, max: 120 })

describe('counting working days', () => {
  it.each([
    ['over a weekend', '2026-11-26', 3, '2026-12-01'],
    ['from a Saturday', '2026-11-28', 1, '2026-11-30'],
    ['over Tết', '2026-02-13', 1, '2026-02-23'],
    ['over Giỗ Tổ made up for, 30 April and 1 May', '2026-04-24', 4, '2026-05-05'],
    ['with a working Saturday', '2026-08-21', 1, '2026-08-22'],
    ['over an announced day off and Quốc khánh', '2026-08-28', 1, '2026-09-03'],
    ['backwards', '2026-12-01', -3, '2026-11-26'],
    ['nothing, on a working day', '2026-11-26', 0, '2026-11-26'],
    ['nothing, on a day off', '2026-11-28', 0, '2026-11-30'],
  ])('%s: %s and %i days is %s', (_, day, days, expected) => expect(addWorkingDays(calendar, day, days)).toBe(expected))

  it('never lands on a day off', () => {
    fc.assert(fc.property(anyDay, count, (day, days) => isWorkingDay(calendar, addWorkingDays(calendar, day, days))))
  })

  it('is undone by its opposite', () => {
    fc.assert(fc.property(workingDay, count, (day, days) => addWorkingDays(calendar, addWorkingDays(calendar, day, days), -days) === day))
  })

  it('adds up', () => {
    fc.assert(
      fc.property(
        workingDay,
        count,
        count,
        (day, a, b) => addWorkingDays(calendar, addWorkingDays(calendar, day, a), b) === addWorkingDays(calendar, day, a + b),
      ),
    )
  })

  it('keeps the order of days, and later for more', () => {
    fc.assert(
      fc.property(anyDay, anyDay, count, (a, b, days) => {
        const [early, late] = [a, b].sort() as [string, string]
        return addWorkingDays(calendar, early, days) <= addWorkingDays(calendar, late, days)
      }),
    )
    fc.assert(fc.property(workingDay, count, (day, days) => addWorkingDays(calendar, day, days) < addWorkingDays(calendar, day, days + 1)))
  })

  it('between is what was added, and changes sign with the order', () => {
    fc.assert(fc.property(workingDay, count, (day, days) => workingDaysBetween(calendar, day, addWorkingDays(calendar, day, days)) === days))
    fc.assert(fc.property(anyDay, anyDay, (a, b) => workingDaysBetween(calendar, a, b) + workingDaysBetween(calendar, b, a) === 0))
    expect(workingDaysBetween(calendar, '2026-11-26', '2026-11-30')).toBe(2)
  })

  it('agrees with counting day by day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (day, days) => {
        const walked = Array.from({ length: 120 }, (_, step) => at(Date.parse(day) / 86_400_000 + step + 1)).filter((one) =>
          isWorkingDay(calendar, one),
        )
        return walked[days - 1] === addWorkingDays(calendar, day, days)
      }),
    )
  })

  it('refuses half a day', () => expect(() => addWorkingDays(calendar, '2026-11-26', 1.5)).toThrow(RangeError))
})

describe('due days', () => {
  it.each([
    ['2026-11-26', { workingDays: 5 }, '2026-12-03'],
    ['2026-11-28', { workingDays: 1 }, '2026-11-30'],
    ['2026-11-26', { days: 5 }, '2026-12-01'],
    ['2026-11-26', { days: 2 }, '2026-11-30'],
    ['2026-02-06', { days: 10 }, '2026-02-23'],
    ['2026-11-28', { days: 0 }, '2026-11-30'],
  ])('from %s with %j is %s', (start, term, expected) => expect(dueDay(calendar, start, term)).toBe(expected))

  it('fall on a working day, not before the term has run', () => {
    const length = fc.integer({ min: 0, max: 200 })
    fc.assert(
      fc.property(anyDay, length, (start, days) => {
        const due = dueDay(calendar, start, { days })
        return isWorkingDay(calendar, due) && Date.parse(due) >= Date.parse(start) + days * 86_400_000
      }),
    )
    fc.assert(fc.property(anyDay, length, (start, days) => dueDay(calendar, start, { workingDays: days }) >= dueDay(calendar, start, { days })))
  })

  it('refuse a term below nothing', () => {
    expect(() => dueDay(calendar, '2026-11-26', { days: -1 })).toThrow(RangeError)
    expect(() => dueDay(calendar, '2026-11-26', { workingDays: Number.NaN })).toThrow(RangeError)
  })

  it('follow a rule that is written down and marked as the association’s own', () => {
    expect(COUNTING_RULE.text).toContain('Quy ước của Hội')
    expect(COUNTING_RULE.verified).toBe(false)
  })

  it('are certain only where every year between is complete', () => {
    const known = { isComplete: (year: number) => year === 2026 || year === 2027 }
    expect(isCertain(known, '2026-12-20', '2027-01-10')).toBe(true)
    expect(isCertain(known, '2027-12-20', '2028-01-10')).toBe(false)
    expect(isCertain(known, '2026-01-10', '2025-12-20')).toBe(false)
    expect(isCertain(calendar, '2026-11-26', '2026-12-03')).toBe(false)
  })
})
