import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import fitted from '../../retrieval/confidence.json' with { type: 'json' }
import { confidence, type Evidence, FEATURES, features, THRESHOLDS } from '../../retrieval/confidence.ts'
import { fitIsotonic, readCurve, type Weighed } from '../../retrieval/isotonic.ts'
import { auroc, fitLogistic, fitLogisticFully, probability } from '../../retrieval/logistic.ts'
import { Random } from '../../retrieval/model/random.ts'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const seed = 31

describe('probability', () => {
  it('grows with a feature of positive weight and falls with one of negative weight, between 0 and 1', () =>
    fc.assert(
      fc.property(fc.array(number(-5, 5), { minLength: 1, maxLength: 6 }), number(-3, 3), number(0.01, 3), fc.nat(), (weights, base, more, which) => {
        const at = which % weights.length
        const point = weights.map(() => base)
        const further = point.map((x, i) => (i === at ? x + more : x))
        const [before, after] = [probability(weights, point), probability(weights, further)]
        const weight = weights[at] ?? 0
        expect(before).toBeGreaterThanOrEqual(0)
        expect(before).toBeLessThanOrEqual(1)
        if (weight > 0) expect(after).toBeGreaterThanOrEqual(before)
        if (weight < 0) expect(after).toBeLessThanOrEqual(before)
      }),
      { seed },
    ))

  it.each<readonly [readonly number[], readonly number[], number]>([
    [[0], [1], 0.5],
    [[Math.log(3)], [1], 0.75],
    [[1, -1], [2, 2], 0.5],
    [[1000], [1], 1],
    [[-1000], [1], 0],
  ])('of weights %j and features %j is %d', (weights, point, p) => expect(probability(weights, point)).toBeCloseTo(p, 12))

  it('refuses weights that were fitted on other features', () => expect(() => probability([1], [1, 2])).toThrow(/chạy lại npm run fit/))
})

describe('fitLogistic', () => {
  const random = new Random(3)
  const points = Array.from({ length: 200 }, () => [1, random.next() * 2 - 1, random.next() * 2 - 1] as const)

  it('separates what can be separated, on the right side of each feature', () => {
    const examples = points.map((p) => ({ features: p, label: p[1] - 2 * p[2] > 0.2 }))
    const weights = fitLogistic(examples, 1e-4)
    expect(examples.filter((e) => probability(weights, e.features) > 0.5 === e.label).length).toBeGreaterThanOrEqual(196)
    const [bias, first, second] = weights as [number, number, number]
    expect(first).toBeGreaterThan(0)
    expect(second / first).toBeCloseTo(-2, 0)
    expect(bias / first).toBeCloseTo(-0.2, 0)
  })

  it('does not shrink the bias: with features that say nothing it gives the share of positives', () => {
    const examples = Array.from({ length: 40 }, (_, i) => ({ features: [1, i % 2], label: i % 4 < 1 || i % 8 === 1 }))
    const weights = fitLogistic(
      examples.map((e) => ({ ...e, features: [1, 0] })),
      0.5,
    )
    expect(probability(weights, [1, 0])).toBeCloseTo(examples.filter((e) => e.label).length / 40, 3)
    expect(weights[1]).toBe(0)
  })

  it('counts an example by its weight', () => {
    const [yes, no] = [
      { features: [1], label: true },
      { features: [1], label: false },
    ]
    expect(probability(fitLogistic([{ ...yes, weight: 3 }, no]), [1])).toBeCloseTo(0.75, 3)
    expect(fitLogistic([{ ...yes, weight: 2 }, no])[0]).toBeCloseTo(fitLogistic([yes, yes, no])[0] ?? Number.NaN, 9)
  })

  it('shrinks harder when told to, and is the same each time', () => {
    const examples = points.map((p) => ({ features: p, label: p[1] > 0 }))
    const [free, shrunk] = [fitLogistic(examples, 1e-4), fitLogistic(examples, 0.5)]
    expect(Math.abs(shrunk[1] ?? 0)).toBeLessThan(Math.abs(free[1] ?? 0))
    expect(fitLogistic(examples, 1e-4)).toEqual(free)
  })

  it('makes no weights of no examples', () => expect(fitLogistic([])).toEqual([]))
})

describe('fitLogisticFully', () => {
  const random = new Random(4)
  const examples = Array.from({ length: 300 }, () => {
    const [x, noise] = [random.next() * 2 - 1, random.next() * 0.1]
    return { features: [1, x, x + noise], label: random.next() < probability([0.5, 2, 1], [1, x, x + noise]), weight: 1 + random.integer(0, 2) }
  })
  const loss = (weights: readonly number[], l2: number) => {
    const total = examples.reduce((sum, e) => sum + e.weight, 0)
    const miss = examples.reduce((sum, e) => {
      const p = probability(weights, e.features)
      return sum - (e.weight / total) * Math.log(e.label ? p : 1 - p)
    }, 0)
    return miss + (l2 / 2) * weights.slice(1).reduce((sum, w) => sum + w * w, 0)
  }

  it.each([1e-4, 1e-2])('stands where no step to any side makes it better (l2 %d), lower than what descending reaches', (l2) => {
    const weights = fitLogisticFully(examples, l2)
    const here = loss(weights, l2)
    for (const i of weights.keys())
      for (const step of [-0.01, 0.01]) expect(loss(weights.with(i, (weights[i] as number) + step), l2)).toBeGreaterThan(here)
    expect(here).toBeLessThan(loss(fitLogistic(examples, l2, 200), l2))
  })

  it('gives the share of positives where features say nothing, one that never varies included', () => {
    const same = examples.map((_, i) => ({ features: [1, 0], label: i < 60 }))
    expect(probability(fitLogisticFully(same, 1e-3), [1, 0])).toBeCloseTo(0.2, 9)
  })
})

const weighed = fc.array(fc.record({ score: fc.integer({ min: -6, max: 6 }), label: fc.boolean(), weight: fc.constantFrom(0.5, 1, 2) }), {
  minLength: 1,
  maxLength: 40,
})

/** The best rising values by their own definition (min-max formula of Robertson et al. 1988), a value for each distinct score. */
function risingNaively(questions: readonly Weighed[]): number[] {
  const scores = [...new Set(questions.map((q) => q.score))].sort((a, b) => a - b)
  const mean = (from: number, to: number) => {
    const some = questions.filter((q) => q.score >= from && q.score <= to)
    return some.reduce((sum, q) => sum + (q.label ? q.weight : 0), 0) / some.reduce((sum, q) => sum + q.weight, 0)
  }
  return scores.map((at) =>
    Math.max(...scores.filter((from) => from <= at).map((from) => Math.min(...scores.filter((to) => to >= at).map((to) => mean(from, to))))),
  )
}

describe('isotonic regression', () => {
  it('by hand: two that came out the wrong way round become one step', () => {
    const question = (score: number, label: boolean, weight = 1) => ({ score, label, weight })
    expect(fitIsotonic([question(3, true), question(0, false), question(2, false), question(1, true)])).toEqual([
      [0, 0],
      [1.5, 0.5],
      [3, 1],
    ])
    expect(fitIsotonic([question(1, true, 3), question(2, false)])).toEqual([[1.25, 0.75]])
    expect(fitIsotonic([])).toEqual([])
  })

  it('rises strictly in score and probability, and its steps are those of the definition', () =>
    fc.assert(
      fc.property(weighed, (questions) => {
        const knots = fitIsotonic(questions)
        knots.slice(1).forEach(([score, p], i) => {
          const [before, lower] = knots[i] as readonly [number, number]
          expect(score).toBeGreaterThan(before)
          expect(p).toBeGreaterThan(lower)
        })
        const steps = [...new Set(risingNaively(questions).map((p) => p.toFixed(9)))]
        expect(knots.map(([, p]) => p.toFixed(9))).toEqual(steps)
      }),
      { seed },
    ))

  it('with doubt is never 0 or 1, and the less of it the more questions there are', () => {
    const ends = (n: number) => {
      const knots = fitIsotonic(
        Array.from({ length: 2 * n }, (_, i) => ({ score: i, label: i >= n, weight: 1 })),
        1,
      )
      return [knots[0]?.[1], knots.at(-1)?.[1]]
    }
    expect(ends(4)).toEqual([0.2, 0.8])
    expect(ends(9)).toEqual([0.1, 0.9])
  })

  it('is read along straight lines between its knots and stays beyond them, never falling', () => {
    const knots = [
      [-1, 0.1],
      [0, 0.4],
      [2, 0.8],
    ] as const
    expect([-9, -1, -0.5, 0, 1, 2, 9].map((score) => readCurve(knots, score))).toEqual([0.1, 0.1, 0.25, 0.4, expect.closeTo(0.6, 12), 0.8, 0.8])
    fc.assert(
      fc.property(number(-5, 5), number(0, 5), (score, more) => {
        expect(readCurve(knots, score + more)).toBeGreaterThanOrEqual(readCurve(knots, score))
      }),
      { seed },
    )
    expect(() => readCurve([], 0)).toThrow(/chạy lại npm run fit/)
  })
})

describe('auroc', () => {
  const scored = (...pairs: readonly (readonly [number, boolean])[]) => pairs.map(([score, label]) => ({ score, label }))
  it.each([
    ['all right', scored([0.9, true], [0.8, true], [0.1, false]), 1],
    ['all wrong', scored([0.1, true], [0.8, false]), 0],
    ['all tied', scored([0.5, true], [0.5, false], [0.5, false]), 0.5],
    ['one pair of four wrong', scored([0.9, true], [0.4, true], [0.5, false], [0.1, false]), 0.75],
    ['half a tie', scored([0.9, true], [0.5, true], [0.5, false], [0.1, false]), 0.875],
  ])('%s', (_name, list, expected) => expect(auroc(list)).toBe(expected))
})

const found = (kind: string, score: number, lexical = score, cosine = score): Evidence => ({ kind, score, lexical, cosine })

describe('confidence', () => {
  it('reads the first source on the shelf, the lead over the second, and how near the first matter outside is, other law left aside', () => {
    const list = [
      found('distractor', 1.2),
      found('field', 1, 0.9, 0.9),
      found('guide', 0.8, 0.5, 0.6),
      found('provision', 0.6, 0.4, 0.7),
      found('distractor', 0.3),
    ]
    const [bias, lexical, cosine, margin, outside, agreement] = features(list)
    expect({ bias, lexical, cosine, agreement }).toEqual({ bias: 1, lexical: 0.5, cosine: 0.6, agreement: 0 })
    expect(margin).toBeCloseTo(0.2, 12)
    expect(outside).toBeCloseTo(1.25, 12)
    expect(features(list)).toHaveLength(FEATURES.length)
  })

  it('sees agreement when the first is also the nearest, and no lead to lose when it is alone', () => {
    expect(features([found('provision', 1)])).toEqual([1, 1, 1, 1, 0, 1, 4, 0, 0, 0, 0, 4])
  })

  it('sees how far the order holds the first before the second and before the first matter outside, up to a bound either way', () => {
    const ordered = (kind: string, order: number): Evidence => ({ ...found(kind, 0.5), order })
    const leads = (...list: Evidence[]) => [features(list).at(FEATURES.indexOf('lead')), features(list).at(FEATURES.indexOf('beyond'))]
    expect(leads(ordered('guide', 3), ordered('provision', 2.5), ordered('field', 1))).toEqual([0.5, 2])
    expect(leads(ordered('field', 3), ordered('guide', 2), ordered('provision', -9))).toEqual([4, -1])
    expect(leads(ordered('field', 30), ordered('guide', 2))).toEqual([4, -4])
    expect(leads(ordered('guide', 2))).toEqual([4, 4])
  })

  it('falls when the words name a matter outside the shelf', () => {
    const list = [found('provision', 0.6), found('field', 0.5)]
    expect(features(list, true).at(FEATURES.indexOf('said'))).toBe(1)
    expect(confidence(list, true)).toBeLessThan(confidence(list))
  })

  it('falls the likelier the words are of a matter outside the shelf', () => {
    const list = [found('provision', 0.6), found('field', 0.5)]
    expect(features(list, false, 1.5).at(FEATURES.indexOf('words'))).toBe(1.5)
    const falling = [-2, 0, 2].map((odds) => confidence(list, false, odds))
    expect(falling).toEqual([...falling].sort((a, b) => b - a))
    expect(new Set(falling).size).toBe(3)
  })

  it('is read off a curve that rises, keeps clear of 0 and 1, and has its thresholds on it: asking back comes before answering', () => {
    const { curve, weights } = fitted
    const rising = (of: (knot: readonly number[]) => number) => curve.slice(1).every((knot, i) => of(knot) > of(curve[i] as number[]))
    expect(rising((knot) => knot[0] as number) && rising((knot) => knot[1] as number)).toBe(true)
    expect(curve[0]?.[1]).toBeGreaterThan(0)
    expect(curve.at(-1)?.[1]).toBeLessThan(1)
    expect(0 < THRESHOLDS.ask && THRESHOLDS.ask <= THRESHOLDS.answer && THRESHOLDS.answer < (curve.at(-1)?.[1] ?? 0)).toBe(true)
    expect(weights).toHaveLength(FEATURES.length)
  })

  it.each<readonly [string, readonly Evidence[]]>([
    ['nothing', []],
    ['outside matters only', [found('field', 1), found('distractor', 0.5)]],
    ['no evidence at all', [found('provision', 0), found('guide', 0)]],
  ])('is 0 when there is %s: the bias alone must not speak', (_name, list) => expect(confidence(list)).toBe(0))

  it('is a probability, and lower the nearer an outside matter is', () =>
    fc.assert(
      fc.property(fc.array(number(0.01, 1), { minLength: 1, maxLength: 8 }), number(0, 1), number(0, 1), (scores, a, b) => {
        const shelf = scores.map((s) => found('provision', s)).sort((x, y) => y.score - x.score)
        const of = (outside: number) => confidence([...shelf, found('field', outside)])
        expect(of(a)).toBeGreaterThanOrEqual(0)
        expect(of(a)).toBeLessThanOrEqual(1)
        // A sum of features is rounded in its last place.
        expect(of(Math.max(a, b))).toBeLessThanOrEqual(of(Math.min(a, b)) + 1e-12)
      }),
      { seed },
    ))
})
