/** What the console's page and the server say to each other about quizzes. Types only. */

import type { Result } from '../../bot/quiz/attempt.ts'
import type { LeftOutWhy } from '../../bot/quiz/offer.ts'
import type { Asked, Verdict } from '../../bot/quiz/verdict.ts'
import type { FigureSection } from '../../bot/report/shape.ts'
import type { QuizAudience } from '../../knowledge/quizzes.ts'
import type { CitationView } from './contract.ts'

/** How somebody stands with a quiz. */
export interface QuizStanding {
  readonly attempts: number
  /** Right answers of the best attempt. */
  readonly best: number
  readonly total: number
  /** When it was passed first as it is asked today (milliseconds UTC); null: not yet. */
  readonly passedAt: number | null
  /** It was passed only while it asked other questions, or rested on other words of the law. */
  readonly passedBefore: boolean
}

export interface QuizView {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly audience: QuizAudience
  readonly questions: number
  /** Enough of it holds today to be asked. */
  readonly open: boolean
  /** Null: never brought to its end. */
  readonly mine: QuizStanding | null
  /** An attempt waits to be gone on with. */
  readonly goingOn: boolean
}

/** `GET /training`. */
export interface TrainingView {
  /** What passes, in percent. */
  readonly mark: number
  readonly quizzes: readonly QuizView[]
  /** Where everybody else takes theirs. */
  readonly page: string
}

/** A clause as it is shown under an answer. */
export interface GroundView extends CitationView {
  readonly restatement: string
}

export interface VerdictView extends Verdict {
  readonly grounds: readonly GroundView[]
}

/** `POST /training/:quiz/attempts`, `GET /training/attempts/:id`, `POST /training/attempts/:id/answers {question, place}`. */
export interface AttemptView {
  readonly id: string
  readonly quiz: string
  readonly title: string
  readonly of: number
  readonly mark: number
  /** What is asked next; null where all are answered. */
  readonly question: Asked | null
  /** In the order in which they were answered. */
  readonly verdicts: readonly VerdictView[]
  /** Null until the last answer. */
  readonly result: Result | null
  /** Titles of guides that are worth reading. */
  readonly guides: readonly string[]
}

/** `GET /training/people`: accounts in use, and the quizzes for officers. */
export interface TrainedView {
  readonly quizzes: readonly { readonly id: string; readonly title: string }[]
  readonly people: readonly { readonly id: string; readonly name: string; readonly standings: readonly (QuizStanding | null)[] }[]
  /** How many passed all of them. */
  readonly trained: number
}

/** `GET /training/figures?from&to`: the section of a report that counts quizzes. */
export type TrainingFigures = FigureSection

/** `GET /training/review`: questions that are not asked until somebody has looked at them. */
export interface ReviewView {
  readonly rows: readonly {
    readonly quiz: string
    readonly ask: string
    readonly why: LeftOutWhy
    readonly words: string
    readonly pointer: string
  }[]
}
