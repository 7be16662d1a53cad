import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIRST_LUNAR_YEAR, LAST_LUNAR_YEAR, lunarMonths, tet, toLunar, toSolar } from '../../../bot/calendar/lunar.ts'
import { newMoon, sunLongitude } from '../../../bot/calendar/sky.ts'

const TET = `1968-01-29 1969-02-16 1975-02-11 1984-02-02 1985-01-21 1990-01-27 1995-01-31 2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22
  2005-02-09 2006-01-29 2007-02-17 2008-02-07 2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28
  2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-02`
  .split(/\s+/)
  .filter(Boolean)

const OTHER_DAYS: readonly (readonly [solar: string, day: number, month: number, leap?: boolean])[] = [
  ['2024-04-18', 10, 3],
  ['2025-04-07', 10, 3],
  ['2026-04-26', 10, 3],
  ['2023-04-29', 10, 3],
  ['2023-09-29', 15, 8],
  ['2024-09-17', 15, 8],
  ['2025-10-06', 15, 8],
  ['2025-05-12', 15, 4],
  ['2025-09-06', 15, 7],
  ['2024-02-09', 30, 12],
  ['2025-01-28', 29, 12],
  ['2026-02-16', 29, 12],
  ['2020-05-23', 1, 4, true],
  ['2023-03-22', 1, 2, true],
  ['2025-07-25', 1, 6, true],
]

/** Years with a leap month, and its number; the others of 2012–2033 have none. */
const LEAP_MONTHS = { 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11 }
const YEARS = Array.from({ length: LAST_LUNAR_YEAR - FIRST_LUNAR_YEAR + 1 }, (_, at) => FIRST_LUNAR_YEAR + at)
const days = fc
  .integer({ min: Date.UTC(1900, 0, 31) / 86_400_000, max: Date.UTC(2200, 0, 1) / 86_400_000 })
  .map((number) => new Date(number * 86_400_000).toISOString().slice(0, 10))

describe('the Vietnamese lunar calendar', () => {
  it.each(TET)('begins a year on %s', (day) => {
    const year = Number(day.slice(0, 4))
    expect(tet(year)).toBe(day)
    expect(toLunar(day)).toEqual({ year, month: 1, day: 1, leap: false })
  })

  const others = OTHER_DAYS.map(([solar, day, month, leap = false]) => ({ solar, day, month, leap }))
  it.each(others)('knows $solar as $day/$month', ({ solar, day, month, leap }) => {
    const lunar = toLunar(solar)
    expect(lunar).toMatchObject({ day, month, leap })
    expect(toSolar(lunar)).toBe(solar)
  })

  it('puts the leap months where they were and will be', () => {
    const years = YEARS.filter((year) => year >= 2012 && year <= 2033)
    const leaps = years.flatMap((year) => lunarMonths(year).flatMap(({ leap, month }) => (leap ? [[String(year), month]] : [])))
    expect(leaps).toEqual(Object.entries(LEAP_MONTHS))
    expect(lunarMonths(1985).find(({ leap }) => leap)?.month).toBe(2)
  })

  it('has months of 29 or 30 days, numbered in order, without a gap, for three hundred years', () => {
    let next = lunarMonths(FIRST_LUNAR_YEAR)[0]?.start
    for (const year of YEARS) {
      const months = lunarMonths(year)
      expect(months.filter(({ leap }) => !leap).map(({ month }) => month)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
      expect([12, 13]).toContain(months.length)
      for (const { start, length } of months) {
        expect(start).toBe(next)
        expect([29, 30]).toContain(length)
        next = start + length
      }
    }
  })

  it('has a leap month just after the month whose number it bears, seven in nineteen years', () => {
    const leaps = YEARS.flatMap((year) => lunarMonths(year).flatMap((one, at, all) => (one.leap ? [[one.month, all[at - 1]?.month]] : [])))
    for (const [number, before] of leaps) expect(number).toBe(before)
    expect(Math.abs(leaps.length - (300 * 7) / 19)).toBeLessThan(2)
  })

  it('begins every year between 21 January and 21 February', () => {
    expect(YEARS.map(tet).filter((day) => day.slice(5) < '01-21' || day.slice(5) > '02-21')).toEqual([])
  })

  it('goes there and back', () => {
    fc.assert(fc.property(days, (day) => toSolar(toLunar(day)) === day))
  })

  it('goes on by one day, or to the first of a month', () => {
    fc.assert(
      fc.property(days, (day) => {
        const [today, tomorrow] = [toLunar(day), toLunar(new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10))]
        return tomorrow.day === today.day + 1 || (tomorrow.day === 1 && today.day >= 29)
      }),
    )
  })

  it('refuses what does not exist or lies outside, in a sentence', () => {
    expect(() => toSolar({ year: 2026, month: 3, day: 10, leap: true })).toThrow('No lunar day 10/3 (leap) in 2026.')
    expect(() => toSolar({ year: 2025, month: 12, day: 30, leap: false })).toThrow(RangeError)
    expect(() => toSolar({ year: 2025, month: 1, day: 0, leap: false })).toThrow(RangeError)
    expect(() => toLunar('1900-01-30')).toThrow(RangeError)
    expect(() => toLunar('2500-01-01')).toThrow(RangeError)
    expect(toLunar('2200-01-01').year).toBe(2199)
  })
})

describe('the sky', () => {
  it('has the new moon of Meeus’ worked example: 18 February 1977, 3:37:42 of even time', () => {
    const even = newMoon(-283) + 48 / 86_400
    expect(Math.abs(even * 86_400 - Date.UTC(1977, 1, 18, 3, 37, 42) / 1000)).toBeLessThan(10)
  })

  it('has the sun of Meeus’ worked example: 199.906° on 13 October 1992', () => {
    expect(sunLongitude(Date.UTC(1992, 9, 12, 23, 59, 1) / 86_400_000)).toBeCloseTo(199.906, 2)
  })
})
