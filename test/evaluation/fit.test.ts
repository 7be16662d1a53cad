import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Found, Tools } from '../../bot/answer/turn.ts'
import { answersAmong, articlesOf, sources } from '../../bot/main/as-served.ts'
import { cheapest, fitConfidence, weightsOf } from '../../bot/main/fit-confidence.ts'
import { type DevConfidence, devExamples, rowsToFit } from '../../bot/main/fit-examples.ts'
import { acrossFolds } from '../../bot/main/fit-folds.ts'
import { confidence, FEATURES } from '../../retrieval/confidence.ts'
import { calibrationError } from '../../retrieval/evaluate/calibration.ts'
import type { Row } from '../../retrieval/evaluate/rows.ts'
import { readCurve } from '../../retrieval/isotonic.ts'
import { fitLogisticFully, logit } from '../../retrieval/logistic.ts'
import { Random } from '../../retrieval/model/random.ts'
import { smallLibrary } from '../retrieval/small-library.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antam-fit-test-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const library = smallLibrary()
const row = (id: string, changed: Partial<Row> = {}): Row => ({
  ...{ id, slice: 'consumer', question: 'Mua áo trên mạng không vừa, trả lại được không?', asOf: '2026-11-23' },
  expect: { status: ['answered'], anyOf: [{ document: '2/2023/QH15', article: '1' }], mustMention: [], mustNot: [] },
  ...changed,
})

describe('the test half', () => {
  it('is not opened to fit on: it may be there and not even be JSON', () => {
    writeFileSync(join(folder, 'dev.jsonl'), ['dev-1', 'dev3-1', 'dev3-2'].map((id) => JSON.stringify(row(id))).join('\n'))
    writeFileSync(join(folder, 'test.jsonl'), '{ never read')
    expect(rowsToFit(folder).map((r) => r.id)).toEqual(['dev-1', 'dev3-1', 'dev3-2'])
    expect(rowsToFit(folder, 'dev3-').map((r) => r.id)).toEqual(['dev-1', 'dev3-2'])
  })

  it('is asked for by no command but the one that measures', () => {
    const main = join(import.meta.dirname, '../../bot/main')
    const sources = readdirSync(main).filter((name) => name.endsWith('.ts'))
    const reading = sources.filter((name) => /\breadHalf\((?!.*'dev'\))|test\.jsonl/.test(readFileSync(join(main, name), 'utf8')))
    expect(reading).toEqual(['evaluate.ts'])
    expect(readFileSync(join(main, 'fit-examples.ts'), 'utf8')).toMatch(/readHalf\(folder, 'dev'\)/)
  })
})

const found = (id: string, kind: Found['kind'], score: number): Found => ({ id, kind, score, lexical: score, cosine: score })

describe('what was found first', () => {
  const guide = found('mua-hang-qua-mang', 'guide', 0.8)

  it('answers where its article is wanted: a guide stands for what its reply rests on, matters outside and other law for nothing', () => {
    const list = [found('dat-dai', 'field', 1), found('x:9#1', 'distractor', 0.9), guide, found('2/2023/QH15#2.1', 'provision', 0.5)]
    expect(sources(library, list).map((f) => f.id)).toEqual(['mua-hang-qua-mang', '2/2023/QH15#2.1'])
    expect(articlesOf(library, guide.id)).toEqual(['2/2023/QH15#1'])
    expect(articlesOf(library, 'dat-dai')).toEqual([])
    expect(answersAmong(library, list, ['2/2023/QH15#1'])).toBe(true)
    expect(answersAmong(library, list, ['2/2023/QH15#2'])).toBe(false)
    expect(answersAmong(library, list, ['2/2023/QH15#2'], 2)).toBe(true)
    expect(answersAmong(library, [], ['2/2023/QH15#2'])).toBe(false)
  })

  it('is never a scam: that is another judgement', () => {
    const scams = new Map([...library.guides].map(([id, g]) => [id, { ...g, kind: 'scam' as const }]))
    expect(sources({ ...library, guides: scams }, [guide])).toEqual([])
  })
})

/** Finds the first provision for everything, the second where marks are gone. */
const tools: Tools = {
  ...{ library, confidence, nearness: () => 0, vietnamese: () => 1, repair: (text) => text },
  search: async (query) => [found(/[à-ỹ]/.test(query) ? '2/2023/QH15#1.1' : '2/2023/QH15#2.1', 'provision', 0.9)],
  near: async (query) => [found(/[à-ỹ]/.test(query) ? '2/2023/QH15#1.1' : '2/2023/QH15#2.1', 'provision', 0.9)],
}

describe('development examples', () => {
  it('are each question in its ways, counting once over them; its answer is right or wrong in each way for itself', async () => {
    const rows = [
      row('a'),
      row('b', { slice: 'dates' }),
      row('c', { slice: 'out_of_scope', expect: { ...row('c').expect, status: ['abstained'], anyOf: [] } }),
    ]
    const { confidence: made, danger } = await devExamples(tools, rows, new Map([['a', 'áo k vừa']]), () => true)
    expect(made.map((e) => [e.question, e.label, e.answerable])).toEqual([
      [0, true, true],
      [0, false, true],
      [0, true, true],
      [2, false, false],
      [2, false, false],
    ])
    const weight = (question: number) => made.filter((e) => e.question === question).reduce((sum, e) => sum + e.weight, 0)
    expect(weight(0)).toBeCloseTo(weight(2), 9)
    expect(made.every((e) => e.features.length === FEATURES.length)).toBe(true)
    expect(danger).toHaveLength(5)
  })

  it('may be asked part by part, each question keeping its number', async () => {
    const rows = [row('a'), row('b'), row('c')]
    const made = await devExamples(tools, rows, new Map(), (question) => question === 1)
    expect(new Set(made.confidence.map((e) => e.question))).toEqual(new Set([1]))
  })

  it('leave scams and wishes not served to the judgements of those', async () => {
    const refused = row('r', { slice: 'out_of_scope', expect: { ...row('r').expect, status: ['refused'], anyOf: [] } })
    const made = await devExamples(tools, [row('s', { slice: 'scam' }), refused], new Map(), () => true)
    expect(made.confidence).toEqual([])
    expect(made.danger.map((e) => e.label)).toEqual([true, true, false, false])
    expect(made.refusal.map((e) => e.label)).toEqual([false, false, true, true])
  })
})

/** A question whose answer turns on the second feature; every third has none. */
function devQuestions(n: number, random: Random): DevConfidence[] {
  return Array.from({ length: n }, (_, question) => {
    const answerable = question % 3 !== 0
    const x = random.next() + (answerable ? 0.4 : -0.4)
    const label = answerable && random.next() < x
    return { features: [1, x], label, shown: label, question, weight: 1, answerable }
  })
}

describe('cross-fitting', () => {
  it('judges every question by the others only, all its ways in one fold, in order', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 40 }), (numbers) => {
        const dev = numbers.map((question) => ({ features: [1], label: true, question, weight: 1 }))
        const judged = acrossFolds(dev, (seen) => (e) => ({ question: e.question, knew: seen.some((s) => s.question === e.question) }))
        expect(judged).toEqual(numbers.map((question) => ({ question, knew: false })))
      }),
      { seed: 11 },
    ))
})

describe('fitting confidence', () => {
  const { fitted, report } = fitConfidence([], devQuestions(900, new Random(21)))
  const probability = (e: DevConfidence) => readCurve(fitted.curve, logit(fitted.weights, e.features))

  it('makes a probability that means what it says on questions never seen, though chances are not logistic', () => {
    const unseen = devQuestions(3000, new Random(22))
    expect(calibrationError(unseen.map((e) => ({ score: probability(e), label: e.label })))).toBeLessThan(0.05)
  })

  it('sets thresholds between the two kinds, asking back before answering, and tells how well', () => {
    const { ask, answer } = fitted.thresholds
    expect(0 < ask && ask <= answer && answer < 1).toBe(true)
    expect(report.join('\n')).toContain(`trả lời từ ${answer}`)
  })

  it('needs development questions', () => expect(() => fitConfidence([], [])).toThrow(RangeError))
})

describe('the weights', () => {
  it('speak in the direction of their evidence: one that would speak against it is left out, and the others are fitted without it', () => {
    const random = new Random(8)
    const examples = Array.from({ length: 500 }, () => {
      const [x, z] = [random.next(), random.next()]
      return { features: [1, x, z], label: random.next() < 0.5 + (x - z) / 2 }
    })
    expect(fitLogisticFully(examples, 1e-4)[2]).toBeLessThan(-1)
    const [, lexical = 0, cosine] = weightsOf(examples)
    expect(lexical).toBeGreaterThan(1)
    expect(cosine).toBe(0)
  })
})

describe('an answer shown beside the first', () => {
  it('makes surer than none, less sure than the first itself', () => {
    // One feature tells the three kinds apart: its scores come out in the order of their worth.
    const kinds = [
      [false, false],
      [false, true],
      [true, true],
    ] as const
    const dev = Array.from({ length: 300 }, (_, question) => {
      const [label, shown] = kinds[question % 3] as readonly [boolean, boolean]
      return { features: [1, shown ? 1 : 0, label ? 1 : 0], label, shown, question, weight: 1, answerable: shown }
    })
    const [bias = 0, ofShown = 0, ofFirst = 0] = fitConfidence([], dev).fitted.weights
    expect(bias).toBeLessThan(-2)
    expect(Math.abs(bias + ofShown - Math.log(0.7 / 0.3))).toBeLessThan(0.5)
    expect(bias + ofShown + ofFirst).toBeGreaterThan(2)
  })
})

describe('the cheapest threshold', () => {
  const judged = (answerable: boolean, ...probabilities: readonly number[]) =>
    probabilities.map((probability) => ({ probability, answerable, weight: 1 }))
  const inside = judged(true, 0.9, 0.8, 0.4, 0.3)

  it.each([
    ['parts what can be parted, in the middle', judged(false, 0.1), 2, 0.2],
    ['gives up two answers rather than one wrong one that costs three', judged(false, 0.6), 3, 0.7],
    ['and not when it costs one', judged(false, 0.6), 1, 0.15],
  ])('%s', (_name, outside, costs, threshold) => expect(cheapest([...inside, ...outside], costs)).toBeCloseTo(threshold, 9))

  it('counts a question by its weight', () => {
    const light = judged(false, 0.6).map((j) => ({ ...j, weight: 0.1 }))
    expect(cheapest([...inside, ...light], 3)).toBeCloseTo(0.15, 9)
  })
})
