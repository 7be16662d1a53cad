import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { abstentionAt, abstentionBand, abstentionCurve, type Decided } from '../../retrieval/evaluate/abstention.ts'
import { calibrationError, reliability } from '../../retrieval/evaluate/calibration.ts'
import { errorInterval, interval, intervals } from '../../retrieval/evaluate/interval.ts'
import { foundAmong, rankedArticles } from '../../retrieval/evaluate/recall.ts'
import { auroc, type Scored } from '../../retrieval/logistic.ts'
import { Random } from '../../retrieval/model/random.ts'

const seed = 43
/** Few different scores, so that ties are common. */
const scored = fc.array(fc.record({ score: fc.integer({ min: 0, max: 8 }).map((x) => x / 8), label: fc.boolean() }), { minLength: 1, maxLength: 60 })
const list = (...pairs: readonly (readonly [number, 0 | 1])[]): Scored[] => pairs.map(([score, label]) => ({ score, label: label === 1 }))

describe('reliability', () => {
  const four = list([0.1, 0], [0.3, 1], [0.7, 1], [0.9, 1])

  it('of four questions in two bins, by hand', () => {
    const bins = reliability([...four].reverse(), 2)
    expect(bins).toEqual([
      { from: 0.1, to: 0.3, n: 2, predicted: expect.closeTo(0.2, 12), right: 0.5 },
      { from: 0.7, to: 0.9, n: 2, predicted: expect.closeTo(0.8, 12), right: 1 },
    ])
    // (2/4)·|0.2 − 0.5| + (2/4)·|0.8 − 1|
    expect(calibrationError(four, 2)).toBeCloseTo(0.25, 12)
  })

  it('weighs a bin by its size: three at 0 that come true and one at 1 that does', () => {
    expect(calibrationError(list([0, 1], [0, 1], [0, 1], [1, 1]), 4)).toBeCloseTo(0.75, 12)
  })

  it('loses no question, keeps equal scores together and does not depend on their order', () =>
    fc.assert(
      fc.property(scored, (questions) => {
        const bins = reliability(questions)
        expect(bins.reduce((sum, b) => sum + b.n, 0)).toBe(questions.length)
        expect(bins.reduce((sum, b) => sum + b.n * b.right, 0)).toBeCloseTo(questions.filter((q) => q.label).length, 9)
        bins.slice(1).forEach((bin, i) => {
          expect(bin.from).toBeGreaterThan((bins[i] as { to: number }).to)
        })
        expect(reliability([...questions].reverse())).toEqual(bins.map((b) => ({ ...b, predicted: expect.closeTo(b.predicted, 12) })))
      }),
      { seed },
    ))

  it('of a probability that is what it says shows an error of a few hundredths, and of one that is off by a fifth as much', () => {
    const random = new Random(5)
    const draws = Array.from({ length: 600 }, () => random.next())
    const honest = draws.map((score) => ({ score, label: random.next() < score }))
    expect(calibrationError(honest)).toBeLessThan(0.06)
    expect(calibrationError(honest.map((q) => ({ ...q, score: Math.min(1, q.score + 0.2) })))).toBeGreaterThan(0.14)
  })

  it('of nothing is no bin and no number', () => {
    expect(reliability([])).toEqual([])
    expect(calibrationError([])).toBeNaN()
  })
})

describe('auroc by ranks', () => {
  it('is what comparing all pairs gives, ties counting half', () =>
    fc.assert(
      fc.property(scored, (questions) => {
        const [yes, no] = [questions.filter((q) => q.label), questions.filter((q) => !q.label)]
        fc.pre(yes.length > 0 && no.length > 0)
        let wins = 0
        for (const y of yes) for (const n of no) wins += y.score > n.score ? 1 : y.score === n.score ? 0.5 : 0
        expect(auroc(questions)).toBeCloseTo(wins / (yes.length * no.length), 12)
      }),
      { seed },
    ))

  it('is no number without one of each', () => {
    expect(auroc(list([0.4, 1]))).toBeNaN()
    expect(auroc(list([0.4, 0]))).toBeNaN()
  })
})

const decided = (inside: readonly number[], outside: readonly number[]): Decided[] => [
  ...inside.map((score) => ({ score, answerable: true })),
  ...outside.map((score) => ({ score, answerable: false })),
]

describe('the abstention curve', () => {
  const small = decided([0.9, 0.8, 0.6, 0], [0.7, 0.2, 0, 1])

  it('by hand: four answerable, of which one never is answered, and four others, of which one always is', () => {
    expect(abstentionCurve(small)).toEqual([
      { threshold: 0.2, answerRate: 0.75, abstention: 0.25 },
      { threshold: 0.6, answerRate: 0.75, abstention: 0.5 },
      { threshold: 0.7, answerRate: 0.5, abstention: 0.5 },
      { threshold: 0.8, answerRate: 0.5, abstention: 0.75 },
      { threshold: 0.9, answerRate: 0.25, abstention: 0.75 },
      { threshold: 1, answerRate: 0, abstention: 0.75 },
    ])
  })

  it.each([
    [0.25, 0.75],
    [0.5, 0.75],
    [0.51, 0.5],
    [0.75, 0.5],
    [0.76, Number.NaN],
  ])('answering at least %d abstains %d', (rate, abstention) => expect(abstentionAt(small, rate)).toBe(abstention))

  it('counts 93 of 100 as 0.93, though 1 − 7/100 is a little less in floating point', () => {
    expect(1 - 7 / 100).toBeLessThan(0.93)
    const scores = [...Array.from({ length: 7 }, () => 0.1), ...Array.from({ length: 93 }, () => 0.5)]
    expect(abstentionAt(decided(scores, [0.3]), 0.93)).toBe(1)
  })

  it('answers less and abstains more as the threshold rises, and each point is what counting gives', () =>
    fc.assert(
      fc.property(scored, (questions) => {
        const all = questions.map((q) => ({ score: q.score, answerable: q.label }))
        const curve = abstentionCurve(all)
        fc.pre(curve.length > 0)
        curve.slice(1).forEach((point, i) => {
          const before = curve[i] as typeof point
          expect(point.threshold).toBeGreaterThan(before.threshold)
          expect(point.answerRate).toBeLessThanOrEqual(before.answerRate)
          expect(point.abstention).toBeGreaterThanOrEqual(before.abstention)
        })
        for (const { threshold, answerRate, abstention } of curve) {
          const share = (of: readonly Decided[], keep: (d: Decided) => boolean) => of.filter(keep).length / of.length
          const [inside, outside] = [all.filter((d) => d.answerable), all.filter((d) => !d.answerable)]
          expect(answerRate).toBeCloseTo(
            share(inside, (d) => d.score >= threshold),
            12,
          )
          expect(abstention).toBeCloseTo(
            share(outside, (d) => d.score < threshold),
            12,
          )
        }
      }),
      { seed },
    ))

  it('needs questions of both kinds', () => {
    expect(abstentionCurve(decided([0.5], []))).toEqual([])
    expect(abstentionCurve(decided([], [0.5]))).toEqual([])
    expect(abstentionBand(decided([0.5], []))).toEqual([])
  })

  it('has a band that holds it, and no rate in it that cannot be reached', () => {
    const random = new Random(9)
    const scores = (n: number, most: number) => Array.from({ length: n }, () => Math.round(random.next() * most * 1000) / 1000)
    const all = decided([...scores(80, 1), 0, 0, 0, 0], scores(40, 0.6))
    const band = abstentionBand(all)
    expect(band[0]?.answerRate).toBe(0.5)
    expect(band.at(-1)?.answerRate).toBeCloseTo(0.95, 9)
    for (const point of band) {
      expect(point.value).toBe(abstentionAt(all, point.answerRate))
      expect(point.low).toBeLessThanOrEqual(point.value)
      expect(point.high).toBeGreaterThanOrEqual(point.value)
    }
  })
})

describe('intervals', () => {
  it('hold the figure, get narrower with more, and are the same for many figures at once as for each', () => {
    const items = (n: number) => Array.from({ length: n }, (_, i) => (i * 7) % 10)
    const mean = (chosen: readonly number[]) => chosen.reduce((sum, x) => sum + x, 0) / chosen.length
    const most = (chosen: readonly number[]) => Math.max(...chosen)
    const [few, many] = [interval(items(20), mean), interval(items(500), mean)]
    expect(few.low < few.value && few.value < few.high).toBe(true)
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 3)
    expect(intervals(items(20), (chosen) => [mean(chosen), most(chosen)])).toEqual([few, interval(items(20), most)])
  })

  it('of an error hold it and do not begin below 0, where plain ones lie above it', () => {
    const random = new Random(12)
    const honest = Array.from({ length: 400 }, () => {
      const score = random.next()
      return { score, label: random.next() < score }
    })
    const [plain, moved] = [interval(honest, calibrationError), errorInterval(honest, calibrationError)]
    expect(plain.low).toBeGreaterThan(moved.low)
    expect(moved.low).toBeGreaterThanOrEqual(0)
    expect(moved.low <= moved.value && moved.value <= moved.high).toBe(true)
    expect(errorInterval([0.5], () => 0.001)).toEqual({ value: 0.001, low: 0.001, high: 0.001 })
    expect(errorInterval([1, 2], (chosen) => (chosen[0] === 1 && chosen[1] === 2 ? 0.01 : 0.4)).low).toBe(0)
  })

  it('leave out resamples that have no figure', () => {
    const { value, low, high } = interval([1, 2, 3], (chosen) => (chosen[0] === chosen[1] ? Number.NaN : 4))
    expect([value, low, high]).toEqual([4, 4, 4])
    expect(interval([1], () => Number.NaN)).toEqual({ value: Number.NaN, low: Number.NaN, high: Number.NaN })
  })
})

describe('recall', () => {
  const expected = { status: ['answered'], anyOf: [{ document: 'A', article: '3' }], mustMention: [], mustNot: [] }

  it('counts articles, not clauses, at their first place', () => {
    const articles = rankedArticles(['A#1.2', 'A#1.1', 'guide', 'A#3.1'], (id) => (id === 'guide' ? ['B#9', 'A#1'] : [id.replace(/\.\d+$/, '')]))
    expect(articles).toEqual(['A#1', 'B#9', 'A#3'])
    expect([1, 2, 3, 10].map((k) => foundAmong(articles, expected, k))).toEqual([false, false, true, true])
  })

  it('is never reached where nothing would be right', () => expect(foundAmong(['A#3'], { ...expected, anyOf: [] }, 1)).toBe(false))
})
