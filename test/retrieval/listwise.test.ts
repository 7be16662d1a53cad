import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../retrieval/model/random.ts'
import { fitListwise, LISTWISE, weigh } from '../../retrieval/rerank/listwise.ts'
import type { Ranking } from '../../retrieval/rerank/trees.ts'

/** Questions of five candidates; the right one is that with the most of the first column, the second column is noise, the third is the same for all. */
function questions(n: number, random: Random): Ranking {
  const [features, labels, groups] = [[] as number[], [] as number[], [0]]
  for (let q = 0; q < n; q++) {
    const rows = Array.from({ length: 5 }, () => [random.next(), random.next() * 100, q])
    const best = Math.max(...rows.map(([first = 0]) => first))
    features.push(...rows.flat())
    labels.push(...rows.map(([first]) => (first === best ? 1 : 0)))
    groups.push(labels.length)
  }
  return { width: 3, features: Float32Array.from(features), labels: Uint8Array.from(labels), groups: Uint32Array.from(groups) }
}

/** Share of questions whose right row weighs the most. */
function right(ranking: Ranking, weights: ArrayLike<number>): number {
  const { width, features, labels, groups } = ranking
  let hits = 0
  for (let q = 0; q + 1 < groups.length; q++) {
    const rows = Array.from({ length: (groups[q + 1] as number) - (groups[q] as number) }, (_, i) => (groups[q] as number) + i)
    const first = [...rows].sort((a, b) => weigh(weights, features, b * width) - weigh(weights, features, a * width))[0] as number
    hits += labels[first] as number
  }
  return hits / (groups.length - 1)
}

describe('a linear order', () => {
  const seen = questions(200, new Random(1))
  const weights = fitListwise(seen)

  it('finds the column that decides, for questions it has not seen as well', () => {
    expect(right(questions(200, new Random(2)), weights)).toBeGreaterThan(0.95)
    expect(right(seen, [0, 1, 0])).toBeLessThan(0.4)
  })

  it('gives no weight to what is the same for all candidates of a question, and next to none to noise', () => {
    expect(Math.abs(weights[2] as number)).toBeLessThan(1e-6)
    expect(Math.abs((weights[1] as number) * 100)).toBeLessThan(0.1 * (weights[0] as number))
  })

  it('is the same each time, and whatever unit a column is told in', () => {
    expect(fitListwise(seen)).toEqual(weights)
    const larger = { ...seen, features: seen.features.map((value, i) => (i % 3 === 1 ? value * 1000 : value)) }
    expect((fitListwise(larger)[0] as number) / (weights[0] as number)).toBeCloseTo(1, 2)
  })

  it('leaves out a column that is not kept', () => {
    const without = fitListwise(seen, { kept: (column) => column !== 0 })
    expect(without[0]).toBe(0)
    expect(right(seen, without)).toBeLessThan(0.5)
  })

  it('never lets a rising column speak against a candidate, and leaves the others their sign', () => {
    const against = { ...seen, features: seen.features.map((value, i) => (i % 3 === 0 ? -value : value)) }
    expect(fitListwise(against)[0]).toBeLessThan(0)
    expect(fitListwise(against, { rising: (column) => column === 0 })[0]).toBe(0)
    expect(fitListwise(seen, { rising: (column) => column === 0 })[0]).toBeCloseTo(weights[0] as number, 3)
  })

  it('learns nothing from questions without a right row, or with only right ones', () => {
    const labels = seen.labels.map((_, row) => (row < 500 ? 0 : 1))
    expect([...fitListwise({ ...seen, labels })]).toEqual([0, 0, 0])
  })

  it('does not break on huge scores', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 12, maxLength: 12 }), (values) => {
        const ranking = { width: 3, features: Float32Array.from(values), labels: Uint8Array.from([1, 0, 0, 1]), groups: Uint32Array.from([0, 2, 4]) }
        expect([...fitListwise(ranking, {}, { ...LISTWISE, rounds: 20 })].every(Number.isFinite)).toBe(true)
      }),
      { seed: 20261127, numRuns: 50 },
    )
  })
})
