/** What the tests of quizzes share: the law as the library has it on a day, and the parts of the page on a real database. */
import { openLimits } from '../../../adapters/http/limits.ts'
import { openBrowserNumbers } from '../../../adapters/quiz-page/browser.ts'
import type { QuizDoorParts } from '../../../adapters/quiz-page/door.ts'
import type { Store } from '../../../adapters/storage/database.ts'
import { readConfig } from '../../../bot/config.ts'
import { type LawStandings, pointersOf } from '../../../bot/quiz/offer.ts'
import { parsePointer } from '../../../knowledge/citation.ts'
import { cite } from '../../../knowledge/cite.ts'
import { loadCommunes } from '../../../knowledge/communes.ts'
import { loadLibrary } from '../../../knowledge/library.ts'
import { loadQuizzes, type QuizQuestion } from '../../../knowledge/quizzes.ts'
import { dayInVietnam, pointerInForce } from '../../../knowledge/validity.ts'

const library = loadLibrary()

/** @returns what the library says to every clause of every quiz at `now`. */
export async function lawsAt(now: number): Promise<LawStandings> {
  const day = dayInVietnam(new Date(now))
  const at = (text: string) => ({ citation: cite(library, parsePointer(text)), inForce: pointerInForce(library, parsePointer(text), day) })
  return new Map(pointersOf(loadQuizzes().values()).map((text) => [text, at(text)]))
}

export const titles = (guides: readonly string[]): readonly string[] => guides.flatMap((id) => library.guides.get(id)?.title ?? [])

/** The parts of the page; `change` exchanges some. */
export function doorParts(store: Store, clock: () => number, change: Partial<QuizDoorParts> = {}): QuizDoorParts {
  return {
    ...{ store, clock, quizzes: loadQuizzes(), communes: loadCommunes(), browsers: openBrowserNumbers(new Uint8Array(32).fill(1)) },
    ...{ limiter: openLimits(readConfig({}).limits, clock), mark: 80, keptDays: 400, publicUrl: undefined, laws: lawsAt, titles },
    fault: (error) => {
      throw error
    },
    ...change,
  }
}

/** @returns a question of any quiz by the words that it is asked in. */
export function questionSaid(ask: string): QuizQuestion {
  const found = [...loadQuizzes().values()].flatMap(({ questions }) => questions).find((one) => one.ask === ask)
  if (!found) throw new Error(`no question "${ask}"`)
  return found
}

/** @returns where among `answers` the right one stands, or another one. */
export function placeFor(ask: string, answers: readonly string[], right: boolean): number {
  const question = questionSaid(ask)
  return answers.findIndex((text) => question.answers.find((one) => one.text === text)?.right === right)
}
