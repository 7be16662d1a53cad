/** Rules of quizzes: shuffling moves answers and changes none, the first answer stands, what is counted can be counted again. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ATTEMPT_MS, beginAttempt, giveAnswer, isOpen, nextQuestion, resultOf, SEEDS, shownOrder } from '../../../bot/quiz/attempt.ts'
import { type Ended, hasPassed, quizLines, trainedLines } from '../../../bot/quiz/lines.ts'
import { type LawStanding, type LawStandings, LEAST_QUESTIONS, offered, pointersOf } from '../../../bot/quiz/offer.ts'
import { shuffled } from '../../../bot/quiz/shuffle.ts'
import { questionIn, verdictOn, wrongOnes } from '../../../bot/quiz/verdict.ts'
import { parsePointer, pointerId } from '../../../knowledge/citation.ts'
import { cite } from '../../../knowledge/cite.ts'
import { loadLibrary } from '../../../knowledge/library.ts'
import { loadQuizzes, type Quiz } from '../../../knowledge/quizzes.ts'
import { pointerInForce } from '../../../knowledge/validity.ts'

const NOW = Date.UTC(2026, 10, 28, 3)
const library = loadLibrary()
const all = [...loadQuizzes().values()]
const seed = fc.integer({ min: 0, max: SEEDS - 1 })
const anyQuiz = fc.constantFrom(...all)

function lawsOn(day: string): Map<string, LawStanding> {
  return new Map(
    pointersOf(all).map((text) => [text, { citation: cite(library, parsePointer(text)), inForce: pointerInForce(library, parsePointer(text), day) }]),
  )
}

const laws: LawStandings = lawsOn('2026-11-28')
const offer = (quiz: Quiz) => offered(quiz, laws)

describe('an order drawn by a seed', () => {
  it('holds every number once, and is the same each time', () => {
    fc.assert(
      fc.property(fc.nat(12), seed, fc.string(), (count, number, name) => {
        const order = shuffled(count, number, name)
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i))
        expect(shuffled(count, number, name)).toEqual(order)
      }),
      { numRuns: 100, seed: 319 },
    )
  })

  it('puts the right answer in each place about as often', () => {
    const four = ({ answers }: Quiz['questions'][number]) => answers.length === 4
    const question = all.flatMap(({ questions }) => questions).find(four) ?? expect.unreachable('no question of four')
    const places = [0, 0, 0, 0]
    for (let number = 0; number < 400; number++) {
      const place = shownOrder({ seed: number }, question).findIndex((i) => question.answers[i]?.right)
      places[place] = (places[place] ?? 0) + 1
    }
    for (const count of places) expect(count).toBeGreaterThan(60)
  })
})

describe('an attempt', () => {
  it('judges the same answer the same, wherever it stands', () => {
    fc.assert(
      fc.property(anyQuiz, seed, (quiz, number) => {
        const attempt = beginAttempt(offer(quiz), number, NOW)
        for (const question of offer(quiz).questions)
          for (const [place, i] of shownOrder(attempt, question).entries()) {
            const given = giveAnswer(attempt, question, place, NOW) ?? expect.unreachable('refused')
            const verdict = verdictOn(given, question) ?? expect.unreachable('not judged')
            expect([verdict.right, verdict.answers[verdict.chosen]]).toEqual([question.answers[i]?.right, question.answers[i]?.text])
            expect(question.answers.find(({ right }) => right)?.text).toBe(verdict.answers[verdict.rightOne])
          }
      }),
      { numRuns: 60, seed: 319 },
    )
  })

  it('asks every question once, takes the first answer to each, and ends with the last', () => {
    fc.assert(
      fc.property(anyQuiz, seed, fc.array(fc.nat(4), { minLength: 8, maxLength: 8 }), (quiz, number, places) => {
        let attempt = beginAttempt(offer(quiz), number, NOW)
        const rights: boolean[] = []
        for (let step = 0; nextQuestion(attempt) !== undefined; step++) {
          const question = questionIn(quiz, nextQuestion(attempt) ?? '') ?? expect.unreachable('unknown')
          const place = (places[step] ?? 0) % question.answers.length
          attempt = giveAnswer(attempt, question, place, NOW + step) ?? expect.unreachable('refused')
          rights.push(attempt.given.at(-1)?.right === true)
          expect(giveAnswer(attempt, question, (place + 1) % question.answers.length, NOW)).toBe(attempt)
        }
        expect(attempt.finishedAt).toBe(NOW + rights.length - 1)
        expect(new Set(attempt.questions)).toEqual(new Set(offer(quiz).questions.map(({ id }) => id)))
        expect(resultOf(attempt, 80).right).toBe(rights.filter(Boolean).length)
        expect(wrongOnes(attempt, quiz)).toHaveLength(rights.filter((right) => !right).length)
      }),
      { numRuns: 60, seed: 319 },
    )
  })

  it('passes with the share that is asked for and not with less', () => {
    const given = (right: number) => Array.from({ length: 7 }, (_, i) => ({ question: String(i), answer: 0, right: i < right }))
    const questions = given(0).map(({ question }) => question)
    expect([5, 6, 7].map((right) => resultOf({ questions, given: given(right) }, 80).passed)).toEqual([false, true, true])
    expect([6, 7].map((right) => resultOf({ questions, given: given(right) }, 100).passed)).toEqual([false, true])
  })

  it('takes no answer that stands nowhere, and no question of another quiz', () => {
    const [one, two] = all as [Quiz, Quiz]
    const attempt = beginAttempt(offer(one), 7, NOW)
    const [question, foreign] = [one.questions[0], two.questions[0]] as [Quiz['questions'][number], Quiz['questions'][number]]
    expect(giveAnswer(attempt, question, 9, NOW)).toBeUndefined()
    expect(giveAnswer(attempt, foreign, 0, NOW)).toBeUndefined()
  })

  it('can be gone on with for a day, and not once the quiz or the law has changed', () => {
    const [quiz] = all as [Quiz]
    const attempt = beginAttempt(offer(quiz), 7, NOW)
    expect([isOpen(attempt, offer(quiz), NOW + ATTEMPT_MS - 1), isOpen(attempt, offer(quiz), NOW + ATTEMPT_MS)]).toEqual([true, false])
    expect(isOpen(attempt, { ...offer(quiz), quiz: { ...quiz, version: 'anders' } }, NOW)).toBe(false)
    expect(isOpen(attempt, { ...offer(quiz), questions: offer(quiz).questions.slice(1) }, NOW)).toBe(false)
  })
})

describe('what is asked', () => {
  const [quiz] = all as [Quiz]
  const [first] = quiz.questions as [Quiz['questions'][number]]
  const pointer = pointerId(first.cites[0] ?? expect.unreachable('no citation'))
  const with_ = (change: (law: LawStanding) => LawStanding) => {
    const changed = new Map(laws)
    changed.set(pointer, change(laws.get(pointer) ?? expect.unreachable('not looked up')))
    return offered(quiz, changed)
  }

  it('is all of it while the law stands', () => {
    for (const one of all) expect([offer(one).open, offer(one).leftOut]).toEqual([true, []])
  })

  it.each([
    ['gone', (law: LawStanding): LawStanding => ({ ...law, citation: undefined })],
    ['past', (law: LawStanding): LawStanding => ({ ...law, inForce: false })],
    [
      'changed',
      (law: LawStanding): LawStanding => ({
        ...law,
        citation: law.citation && { ...law.citation, restatement: `${law.citation.restatement} Thêm.` },
      }),
    ],
    ['doubted', (law: LawStanding): LawStanding => ({ ...law, citation: law.citation && { ...law.citation, restatementInDoubt: true } })],
  ] as const)('leaves out a question whose clause is %s, and says so', (why, change) => {
    const { questions, leftOut, open } = with_(change)
    expect(questions.map(({ id }) => id)).not.toContain(first.id)
    expect(leftOut.find(({ question }) => question.id === first.id)).toMatchObject({ why, pointer })
    expect(open).toBe(questions.length >= LEAST_QUESTIONS)
  })

  it('is nothing of law that is not yet, and then the quiz is closed', () => {
    const early = lawsOn('2024-01-01')
    for (const one of all) expect(offered(one, early).open).toBe(false)
  })
})

const ended = fc.record<Ended>({
  quiz: fc.constantFrom(...all.map(({ id }) => id), 'bo-cu'),
  ...{
    audience: fc.constantFrom('officer', 'seller', 'consumer'),
    officer: fc.constantFrom(null, 'o-1', 'o-2'),
    browser: fc.constantFrom(null, 'b-1', 'b-2', 'b-3'),
  },
  ...{
    commune: fc.constantFrom('', 'Xã Gào'),
    right: fc.nat(7),
    total: fc.constant(7),
    passed: fc.boolean(),
    finishedAt: fc.integer({ min: NOW, max: NOW + 9e9 }),
  },
})

describe('lines', () => {
  it('keep who is the same the same, and name nobody', () => {
    fc.assert(
      fc.property(fc.array(ended, { maxLength: 30 }), (rows) => {
        const lines = quizLines(rows, loadQuizzes())
        for (const [i, a] of rows.entries())
          for (const [j, b] of rows.entries()) {
            expect(lines[i]?.officer === lines[j]?.officer).toBe(a.officer === b.officer)
            expect(lines[i]?.browser === lines[j]?.browser).toBe(a.browser === b.browser)
          }
        expect(JSON.stringify(lines)).not.toMatch(/"[ob]-\d"/)
      }),
      { numRuns: 60, seed: 319 },
    )
  })

  it('count an officer as trained who passed every officers’ quiz as it is asked today', () => {
    const needed = all.filter(({ audience }) => audience === 'officer')
    const passed = (quiz: Quiz, version = quiz.version) => ({ officer: 'o-1', quiz: quiz.id, version, passedAt: NOW })
    const standings = needed.map((quiz) => passed(quiz))
    expect(trainedLines(['o-1', 'o-2'], standings, loadQuizzes())).toEqual([
      { officer: 1, passed: needed.length, of: needed.length },
      { officer: 2, passed: 0, of: needed.length },
    ])
    const [quiz] = needed as [Quiz]
    expect(hasPassed([passed(quiz, 'older')], 'o-1', quiz)).toBe(false)
    expect(hasPassed([{ ...passed(quiz), passedAt: null }], 'o-1', quiz)).toBe(false)
  })
})
