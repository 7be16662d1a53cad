/** What reports count of quizzes: attempts that ended in the period, and how far the accounts in use are. */
import { quizLines, trainedLines } from '../../bot/quiz/lines.ts'
import type { Basis, Period } from '../../bot/report/shape.ts'
import { loadQuizzes, type Quizzes } from '../../knowledge/quizzes.ts'
import { endOf } from './case-store.ts'
import type { Store } from './database.ts'
import { readOfficers } from './officer-store.ts'
import { endedAttempts, standings } from './quiz-store.ts'

const DAY_MS = 86_400_000

/** @returns the lines of quizzes of a report. */
export async function trainingBasis(
  store: Store,
  { from, to }: Period,
  quizzes: Quizzes = loadQuizzes(),
): Promise<Pick<Basis, 'quizzes' | 'trained'>> {
  const ended = await endedAttempts(store, { start: endOf(from) - DAY_MS, end: endOf(to) })
  const officers = (await readOfficers(store)).filter(({ active, ready }) => active && ready).map(({ id }) => id)
  return { quizzes: quizLines(ended.map(endedOf), quizzes), trained: trainedLines(officers, await standings(store), quizzes) }
}

function endedOf({
  quiz,
  audience,
  officer,
  browser,
  commune,
  right_count: right,
  total,
  passed,
  finished_at: finishedAt,
}: Awaited<ReturnType<typeof endedAttempts>>[number]) {
  return { quiz, audience, officer, browser, commune, right, total, passed: passed === 1, finishedAt }
}
