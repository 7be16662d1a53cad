import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEPTH, MEASURES, mean, means, measure, percentile } from '../../retrieval/evaluate/ranking.ts'

const L = 1 / Math.log2(3)

/** Worked out by hand: what is ranked, what is right, and Recall@1/5/10/20, MRR@10, nDCG@10. */
const TABLE: readonly (readonly [why: string, ranked: string[], gold: string[], figures: number[]])[] = [
  ['first of one', ['a', 'b'], ['a'], [1, 1, 1, 1, 1, 1]],
  ['second of one', ['b', 'a'], ['a'], [0, 1, 1, 1, 0.5, L]],
  ['both of two', ['a', 'b'], ['a', 'b'], [1, 1, 1, 1, 1, 1]],
  ['one of two', ['a', 'x', 'y'], ['a', 'b'], [1, 0.5, 0.5, 0.5, 1, 1 / (1 + L)]],
  ['eleventh', [...'klmnopqrst', 'a'], ['a'], [0, 0, 0, 1, 0, 0]],
  ['twenty-first', [...'bcdefghijklmnopqrstu', 'a'], ['a'], [0, 0, 0, 0, 0, 0]],
  ['nothing found', [], ['a'], [0, 0, 0, 0, 0, 0]],
  ['the same article twice takes one place', ['x', 'x', 'a'], ['a'], [0, 1, 1, 1, 0.5, L]],
  ['the same right article twice counts once', ['a', 'a'], ['a', 'b'], [1, 0.5, 0.5, 0.5, 1, 1 / (1 + L)]],
]

const articles = fc.uniqueArray(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 30 })
const gold = fc.uniqueArray(fc.integer({ min: 0, max: 40 }).map(String), { minLength: 1, maxLength: 12 })

describe('measures of one ranking', () => {
  it.each(TABLE)('%s', (_why, ranked, right, figures) => {
    const found = measure(ranked, right)
    MEASURES.forEach((name, i) => {
      expect(found[name], name).toBeCloseTo(figures[i] as number, 12)
    })
  })

  it('lie between 0 and 1, and are 1 when the right articles come first', () => {
    fc.assert(
      fc.property(articles, gold, (ranked, right) => {
        for (const value of Object.values(measure(ranked, right))) expect(value).toBeGreaterThanOrEqual(0)
        for (const value of Object.values(measure(ranked, right))) expect(value).toBeLessThanOrEqual(1 + 1e-12)
        for (const value of Object.values(measure([...right, ...ranked], right))) expect(value).toBeCloseTo(1, 12)
      }),
    )
  })

  it('agree with a count by hand', () => {
    fc.assert(
      fc.property(articles, gold, (ranked, right) => {
        const found = measure(ranked, right)
        for (const k of [1, 5, 10, 20] as const) {
          let hits = 0
          for (const id of right) if (ranked.indexOf(id) >= 0 && ranked.indexOf(id) < k) hits++
          expect(found[`recall${k}`]).toBeCloseTo(hits / Math.min(k, right.length), 12)
        }
        const places = right.map((id) => ranked.indexOf(id)).filter((place) => place >= 0 && place < 10)
        expect(found.mrr10).toBeCloseTo(places.length === 0 ? 0 : 1 / (Math.min(...places) + 1), 12)
      }),
    )
  })

  it('never fall when a right article moves up', () => {
    fc.assert(
      fc.property(articles, gold, fc.nat(), (ranked, right, at) => {
        const place = ranked.findIndex((id, i) => i > at % 25 && right.includes(id))
        if (place < 1) return
        const better = [...ranked]
        ;[better[place - 1], better[place]] = [ranked[place] as string, ranked[place - 1] as string]
        const [before, after] = [measure(ranked, right), measure(better, right)]
        for (const name of MEASURES) expect(after[name], name).toBeGreaterThanOrEqual(before[name] - 1e-12)
      }),
    )
  })

  it('look no deeper than what is asked for', () => {
    const below = Array.from({ length: DEPTH }, (_, i) => `x${i}`)
    expect(Object.values(measure([...below, 'a'], ['a']))).toEqual([0, 0, 0, 0, 0, 0])
  })
})

describe('means', () => {
  it('have an interval around them, the same for the same values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (values) => {
        const found = mean(values)
        expect(found.low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12)
        expect(found.high).toBeLessThanOrEqual(Math.max(...values) + 1e-12)
        expect(found.low).toBeLessThanOrEqual(found.high)
        expect(mean(values)).toEqual(found)
      }),
      { numRuns: 30 },
    )
  })

  it('of half hits lie where the normal distribution says', () => {
    const { value, low, high } = mean(Array.from({ length: 400 }, (_, i) => i % 2))
    const half = 1.96 * Math.sqrt(0.25 / 400)
    expect(value).toBe(0.5)
    expect(low).toBeCloseTo(0.5 - half, 1.7)
    expect(high).toBeCloseTo(0.5 + half, 1.7)
  })

  it('are taken measure by measure', () => {
    const found = means([measure(['a'], ['a']), measure(['x', 'a'], ['a'])])
    expect([found.recall1.value, found.recall5.value, found.mrr10.value]).toEqual([0.5, 1, 0.75])
  })

  it('of nothing are refused', () => {
    expect(() => mean([])).toThrow('Không có giá trị nào')
    expect(() => percentile([], 0.5)).toThrow('Không có giá trị nào')
  })
})

describe('percentile', () => {
  it('is the smallest value below or at which that share lies', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(values, fc.constantFrom(0.05, 0.5, 0.95, 1), (all, p) => {
        const reached = (value: number) => all.filter((other) => other <= value).length >= p * all.length
        expect(percentile(all, p)).toBe(Math.min(...all.filter(reached)))
      }),
    )
  })

  it('leaves the list as it was', () => {
    const values = [3, 1, 2]
    expect([percentile(values, 0.5), percentile(values, 0.95), values]).toEqual([2, 3, [3, 1, 2]])
  })
})
