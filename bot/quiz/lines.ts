/** From attempts as they are kept to the lines that are counted: accounts and browsers become running numbers. Pure. */
import type { Quiz, QuizAudience, Quizzes } from '../../knowledge/quizzes.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { QuizLine, TrainedLine } from '../report/shape.ts'

/** An attempt that has ended; milliseconds UTC. */
export interface Ended {
  readonly quiz: string
  readonly audience: QuizAudience
  readonly officer: string | null
  readonly browser: string | null
  readonly commune: string
  readonly right: number
  readonly total: number
  readonly passed: boolean
  readonly finishedAt: number
}

/** @returns a line for each attempt, in the order in which they ended. */
export function quizLines(ended: readonly Ended[], quizzes: Quizzes): readonly QuizLine[] {
  const [officers, browsers] = [numbers(), numbers()]
  return ended.map(({ quiz, officer, browser, finishedAt, ...rest }, i) => ({
    ...{ ref: `TN${i + 1}`, day: dayInVietnam(new Date(finishedAt)), quiz: quizzes.get(quiz)?.title ?? quiz },
    ...{ audience: rest.audience, officer: officers(officer), browser: browsers(browser), commune: rest.commune },
    ...{ right: rest.right, total: rest.total, passed: rest.passed },
  }))
}

/** @returns what gives each name a number, from 1, in the order in which they come. */
function numbers(): (name: string | null) => number | null {
  const known = new Map<string, number>()
  return (name) => {
    if (name === null) return null
    if (!known.has(name)) known.set(name, known.size + 1)
    return known.get(name) ?? null
  }
}

/** @returns the quizzes that officers are to pass. */
export function forOfficers(quizzes: Quizzes): readonly Quiz[] {
  return [...quizzes.values()].filter(({ audience }) => audience === 'officer')
}

/** Who passed what, in which version. */
export interface Passed {
  readonly officer: string
  readonly quiz: string
  readonly version: string
  readonly passedAt: number | null
}

/** @returns whether somebody passed the quiz as it is asked today: an older version was of other questions or other law. */
export function hasPassed(standings: readonly Passed[], officer: string, { id, version }: Quiz): boolean {
  return standings.some((one) => one.officer === officer && one.quiz === id && one.version === version && one.passedAt !== null)
}

/** @returns a line for each account in use. @param officers their ids */
export function trainedLines(officers: readonly string[], standings: readonly Passed[], quizzes: Quizzes): readonly TrainedLine[] {
  const needed = forOfficers(quizzes)
  return officers.map((officer, i) => ({
    ...{ officer: i + 1, of: needed.length },
    passed: needed.filter((quiz) => hasPassed(standings, officer, quiz)).length,
  }))
}
