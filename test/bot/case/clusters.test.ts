import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Accused, clustersOf, keysOf, plainLink, plainName, plainPhone } from '../../../bot/case/clusters.ts'
import type { Facts } from '../../../bot/complaint/facts.ts'

const NOW = Date.UTC(2026, 10, 26)
const DAY = 86_400_000
const from = { words: '', message: 'm' }
const facts = (told: { respondent?: string; respondentPhone?: string; link?: string; platform?: 'shopee' | 'facebook' }): Facts =>
  Object.fromEntries(Object.entries(told).map(([name, value]) => [name, { value, from }])) as Facts
const accused = (number: string, told: Parameters<typeof facts>[0], more: Partial<Accused> = {}): Accused => ({
  ...{ number, person: `web:${number}`, confirmedAt: NOW - DAY, facts: facts(told) },
  ...more,
})

describe('a seller is known', () => {
  it.each([
    ['Shop Hoa Mai', 'hoamai'],
    ['cửa hàng  HOA-MAI', 'hoamai'],
    ['Công ty TNHH Hoa Mai', 'hoamai'],
    ['shop', ''],
    ['Shopaholic', 'shopaholic'],
  ])('by the name without what everybody is called: %s', (told, plain) => {
    expect(plainName(told)).toBe(plain)
  })

  it.each([
    ['0905 123 456', '0905123456'],
    ['+84 905.123.456', '0905123456'],
    ['123', ''],
  ])('by the telephone: %s', (told, plain) => {
    expect(plainPhone(told)).toBe(plain)
  })

  it.each([
    ['https://www.facebook.com/HoaMai?ref=1', 'facebook.com/hoamai'],
    ['m.facebook.com/hoamai/', 'facebook.com/hoamai'],
    ['https://shopee.vn', ''],
    ['@hoamai.store', 'hoamai.store'],
  ])('by the page: %s', (told, plain) => {
    expect(plainLink(told)).toBe(plain)
  })

  it('by a name on its platform only', () => {
    expect(keysOf(facts({ respondent: 'Hoa Mai', platform: 'shopee' }))).not.toEqual(keysOf(facts({ respondent: 'Hoa Mai', platform: 'facebook' })))
  })
})

describe('a cluster', () => {
  const three = ['1', '2', '3'].map((number) => accused(number, { respondent: 'Shop Hoa Mai' }))

  it('is three people and one seller', () => {
    expect(clustersOf(three, NOW)).toMatchObject([{ respondent: 'Shop Hoa Mai', people: 3 }])
    expect(clustersOf(three.slice(1), NOW)).toEqual([])
  })

  it('counts people, not cases', () => {
    expect(
      clustersOf(
        three.map((one) => ({ ...one, person: 'web:a' })),
        NOW,
      ),
    ).toEqual([])
  })

  it('forgets what is older than ninety days', () => {
    const [first, ...others] = three
    expect(clustersOf([{ ...(first as Accused), confirmedAt: NOW - 91 * DAY }, ...others], NOW)).toEqual([])
  })

  it('joins through what only some of them know', () => {
    const chain = [
      accused('1', { respondent: 'Hoa Mai', respondentPhone: '0905123456' }),
      accused('3', { link: 'https://facebook.com/hoamai' }),
      accused('2', { respondentPhone: '+84905123456', link: 'facebook.com/hoamai?x=1' }),
    ]
    expect(clustersOf(chain, NOW)).toMatchObject([{ people: 3, respondent: 'Hoa Mai' }])
  })

  it('does not depend on the order in which cases are read', () => {
    const told = fc.record({ respondent: fc.constantFrom('Hoa Mai', 'Bình An'), respondentPhone: fc.constantFrom('0905123456', '0905123457', '') })
    fc.assert(
      fc.property(fc.array(told, { minLength: 3, maxLength: 12 }), fc.infiniteStream(fc.nat()), (all, seeds) => {
        const cases = all.map((one, i) => accused(String(i), one))
        const mixed = cases
          .map((one) => ({ one, by: seeds.next().value ?? 0 }))
          .sort((a, b) => a.by - b.by)
          .map(({ one }) => one)
        const shape = (list: readonly Accused[]) =>
          clustersOf(list, NOW)
            .map(({ cases: numbers }) => [...numbers].sort().join())
            .sort()
        expect(shape(mixed)).toEqual(shape(cases))
      }),
    )
  })
})
