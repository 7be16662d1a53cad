/** What of a quiz can be asked today: nobody is taught from a clause that has ended, or that says something else since the question was written. Pure. */
import { pointerId } from '../../knowledge/citation.ts'
import type { Citation } from '../../knowledge/cite.ts'
import { type Quiz, type QuizQuestion, sealOf } from '../../knowledge/quizzes.ts'

/** A clause as it stands on the day. */
export interface LawStanding {
  /** Undefined where the pointer points at nothing any more. */
  readonly citation: Citation | undefined
  readonly inForce: boolean
}
/** By pointer id. */
export type LawStandings = ReadonlyMap<string, LawStanding>

/** `gone`: nothing stands there any more; `past`: not in force; `changed`: other words than when it was written; `doubted`: the law's own words differ from ours. */
export const LEFT_OUT = ['gone', 'past', 'changed', 'doubted'] as const
export type LeftOutWhy = (typeof LEFT_OUT)[number]

/** A question that waits to be looked through. */
export interface LeftOut {
  readonly question: QuizQuestion
  readonly why: LeftOutWhy
  /** The first clause for which it is left out. */
  readonly pointer: string
}

export interface OfferedQuiz {
  readonly quiz: Quiz
  readonly questions: readonly QuizQuestion[]
  readonly leftOut: readonly LeftOut[]
  /** Enough is left to be asked. */
  readonly open: boolean
}

/** With fewer questions chance passes too often. */
export const LEAST_QUESTIONS = 4

/** @returns every clause that `quizzes` rest on, each once. */
export function pointersOf(quizzes: Iterable<Quiz>): readonly string[] {
  return [...new Set([...quizzes].flatMap(({ questions }) => questions.flatMap(({ cites }) => cites.map(pointerId))))]
}

/** @returns the quiz with what of it can be asked as `laws` stand. */
export function offered(quiz: Quiz, laws: LawStandings): OfferedQuiz {
  const judged = quiz.questions.map((question) => ({ question, left: leftOut(question, laws) }))
  const questions = judged.flatMap(({ question, left }) => (left ? [] : [question]))
  return { quiz, questions, leftOut: judged.flatMap(({ left }) => left ?? []), open: questions.length >= LEAST_QUESTIONS }
}

function leftOut(question: QuizQuestion, laws: LawStandings): LeftOut | undefined {
  const cited = question.cites.map((one) => ({ pointer: pointerId(one), law: laws.get(pointerId(one)) }))
  for (const { pointer, law } of cited) {
    if (!law?.citation) return { question, why: 'gone', pointer }
    if (!law.inForce) return { question, why: 'past', pointer }
    if (law.citation.restatementInDoubt) return { question, why: 'doubted', pointer }
  }
  if (sealOf(cited.map(({ law }) => law?.citation)) === question.seal) return undefined
  return { question, why: 'changed', pointer: cited[0]?.pointer ?? '' }
}
