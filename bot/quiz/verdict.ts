/** What is said of an answer, and what is worth reading again. Pure. */
import { pointerId } from '../../knowledge/citation.ts'
import type { Quiz, QuizQuestion } from '../../knowledge/quizzes.ts'
import type { Attempt } from './attempt.ts'
import { shownOrder } from './attempt.ts'

/** A question as it is put: answers in the order of this attempt, nothing of which is right. */
export interface Asked {
  readonly id: string
  readonly ask: string
  readonly answers: readonly string[]
}

export interface Verdict extends Asked {
  readonly right: boolean
  /** Places among `answers`. */
  readonly chosen: number
  readonly rightOne: number
  /** Why the chosen one is wrong; empty where it is right. */
  readonly why: string
  readonly because: string
  /** Pointer ids. */
  readonly cites: readonly string[]
}

/** @returns a question of the quiz by its id. */
export function questionIn({ questions }: Pick<Quiz, 'questions'>, id: string): QuizQuestion | undefined {
  return questions.find((one) => one.id === id)
}

export function askedOf(attempt: Attempt, question: QuizQuestion): Asked {
  const answers = shownOrder(attempt, question).map((i) => question.answers[i]?.text ?? '')
  return { id: question.id, ask: question.ask, answers }
}

/** @returns what is said of a question that has been answered; undefined before. */
export function verdictOn(attempt: Attempt, question: QuizQuestion): Verdict | undefined {
  const given = attempt.given.find((one) => one.question === question.id)
  if (!given) return undefined
  const order = shownOrder(attempt, question)
  const rightAnswer = question.answers.findIndex(({ right }) => right)
  return {
    ...askedOf(attempt, question),
    ...{ right: given.right, chosen: order.indexOf(given.answer), rightOne: order.indexOf(rightAnswer) },
    ...{ why: question.answers[given.answer]?.why ?? '', because: question.because, cites: question.cites.map(pointerId) },
  }
}

/** @returns what was answered wrongly, in the order in which it was asked. */
export function wrongOnes(attempt: Attempt, quiz: Quiz): readonly Verdict[] {
  return attempt.questions.flatMap((id) => {
    const question = questionIn(quiz, id)
    const verdict = question && verdictOn(attempt, question)
    return verdict && !verdict.right ? [verdict] : []
  })
}
