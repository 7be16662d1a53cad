/** One attempt at a quiz: begun, answered question by question, ended with a result. The first answer to a question stands. Pure. */
import type { QuizQuestion } from '../../knowledge/quizzes.ts'
import type { OfferedQuiz } from './offer.ts'
import { shuffled } from './shuffle.ts'

/** An answer that was given; `answer` counts in the order of the quiz, never in that of the page. */
export interface Given {
  readonly question: string
  readonly answer: number
  readonly right: boolean
}

export interface Attempt {
  readonly quiz: string
  readonly version: string
  /** Decides in which order answers are shown. */
  readonly seed: number
  /** Ids, in the order in which they are asked. */
  readonly questions: readonly string[]
  readonly given: readonly Given[]
  /** Milliseconds UTC. */
  readonly startedAt: number
  readonly finishedAt: number | null
}

export interface Result {
  readonly right: number
  readonly total: number
  readonly passed: boolean
}

/** How long an attempt may be gone on with: what is law may be another on another day. */
export const ATTEMPT_MS = 86_400_000
/** Seeds are whole numbers below this. */
export const SEEDS = 2 ** 31

/** @returns a new attempt at all that is asked today. `now` in milliseconds UTC. */
export function beginAttempt({ quiz, questions }: OfferedQuiz, seed: number, now: number): Attempt {
  const order = shuffled(questions.length, seed, quiz.id)
  const asked = order.flatMap((i) => questions[i]?.id ?? [])
  return { quiz: quiz.id, version: quiz.version, seed, questions: asked, given: [], startedAt: now, finishedAt: null }
}

/** @returns whether it can still be gone on with: the quiz is the same, and what it has yet to ask is still asked. */
export function isOpen({ version, questions, given, startedAt, finishedAt }: Attempt, { quiz, questions: asked }: OfferedQuiz, now: number): boolean {
  if (finishedAt !== null || version !== quiz.version || now - startedAt >= ATTEMPT_MS) return false
  return questions.every((id) => given.some((one) => one.question === id) || asked.some((one) => one.id === id))
}

/** @returns the answers of a question in the order of the page, by their number in the quiz. */
export function shownOrder({ seed }: Pick<Attempt, 'seed'>, question: QuizQuestion): readonly number[] {
  return shuffled(question.answers.length, seed, question.id)
}

/** @returns the id of the question that is asked next; undefined where all are answered. */
export function nextQuestion({ questions, given }: Attempt): string | undefined {
  return questions.find((id) => !given.some((one) => one.question === id))
}

/**
 * Takes an answer by its place on the page. @returns the attempt with it, the same attempt where that question is answered already, and undefined for a
 * question that is not asked or a place where no answer stands.
 */
export function giveAnswer(attempt: Attempt, question: QuizQuestion, place: number, now: number): Attempt | undefined {
  const answer = shownOrder(attempt, question)[place]
  if (answer === undefined || !attempt.questions.includes(question.id)) return undefined
  if (attempt.given.some((one) => one.question === question.id)) return attempt
  const given = [...attempt.given, { question: question.id, answer, right: question.answers[answer]?.right === true }]
  return { ...attempt, given, finishedAt: given.length === attempt.questions.length ? now : null }
}

/** @returns how it ended. @param mark what passes, in percent of all questions */
export function resultOf({ questions, given }: Pick<Attempt, 'questions' | 'given'>, mark: number): Result {
  const right = given.filter((one) => one.right).length
  return { right, total: questions.length, passed: right * 100 >= mark * questions.length }
}
