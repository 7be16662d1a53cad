/** Attempts at quizzes. How they end: `desk-retention.ts`. */
import { z } from 'zod'
import type { Attempt, Result } from '../../bot/quiz/attempt.ts'
import type { QuizAudience } from '../../knowledge/quizzes.ts'
import type { Store, Tx } from './database.ts'
import { parsed } from './parsed.ts'
import type { QuizAttemptTable } from './tables.ts'

/** Whose attempt it is: an account's, or a browser's that is known by nothing else. */
export type TakenBy = { readonly officer: string } | { readonly browser: string; readonly commune: string }

export interface KeptAttempt {
  readonly id: string
  readonly audience: QuizAudience
  readonly by: TakenBy
  readonly attempt: Attempt
  /** As it was judged when it ended. */
  readonly result: Result
}

/** An attempt that has ended, as far as it is counted. */
export type EndedAttempt = Pick<
  QuizAttemptTable,
  'id' | 'quiz' | 'version' | 'audience' | 'officer' | 'browser' | 'commune' | 'right_count' | 'total' | 'passed'
> & { readonly finished_at: number }

const givenSchema = z.array(z.strictObject({ question: z.string(), answer: z.int(), right: z.boolean() }))

/** Writes a new attempt down. */
export function keepAttempt(store: Store, { id, audience, by, attempt }: Omit<KeptAttempt, 'result'>): Promise<void> {
  return store.write(async (tx) => {
    const { quiz, version, seed, startedAt } = attempt
    const whose = {
      officer: 'officer' in by ? by.officer : null,
      browser: 'browser' in by ? by.browser : null,
      commune: 'browser' in by ? by.commune : '',
    }
    const progress = { ...progressOf(attempt), right_count: 0, total: attempt.questions.length, passed: 0 as const }
    await tx
      .insertInto('quiz_attempt')
      .values({ id, quiz, version, audience, ...whose, seed, ...progress, started_at: startedAt })
      .execute()
  })
}

const progressOf = ({ questions, given, finishedAt }: Attempt) => ({
  ...{ questions: JSON.stringify(questions), given: JSON.stringify(given), finished_at: finishedAt },
})

/** @returns one attempt, or undefined. */
export function readAttempt(store: Store, id: string): Promise<KeptAttempt | undefined> {
  return store.read((tx) => attemptIn(tx, id))
}

async function attemptIn(tx: Tx, id: string): Promise<KeptAttempt | undefined> {
  const row = await tx.selectFrom('quiz_attempt').selectAll().where('id', '=', id).executeTakeFirst()
  return row && attemptOf(row)
}

function attemptOf(row: QuizAttemptTable): KeptAttempt | undefined {
  const [questions, given] = [parsed(z.array(z.string()), row.questions), parsed(givenSchema, row.given)]
  if (!questions || !given) return undefined
  const { id, audience, officer, browser, commune, quiz, version, seed, started_at: startedAt, finished_at: finishedAt } = row
  return {
    ...{ id, audience, by: officer === null ? { browser: browser ?? '', commune } : { officer } },
    attempt: { quiz, version, seed, questions, given, startedAt, finishedAt },
    result: { right: row.right_count, total: row.total, passed: row.passed === 1 },
  }
}

/**
 * Changes an attempt as `change` says, in one transaction: of two answers to one question at the same time the first stands.
 * @param change pure; undefined refuses. @returns the attempt as it is now; `refused`, or undefined where there is none.
 */
export function changeAttempt(
  store: Store,
  id: string,
  change: (kept: KeptAttempt) => Attempt | undefined,
  judge: (attempt: Attempt) => Result,
): Promise<KeptAttempt | 'refused' | undefined> {
  return store.write(async (tx) => {
    const kept = await attemptIn(tx, id)
    if (!kept) return undefined
    const attempt = change(kept)
    if (!attempt) return 'refused'
    if (attempt === kept.attempt) return kept
    const result = attempt.finishedAt === null ? kept.result : judge(attempt)
    const judged = { right_count: result.right, total: result.total, passed: result.passed ? (1 as const) : (0 as const) }
    await tx
      .updateTable('quiz_attempt')
      .set({ ...progressOf(attempt), ...judged })
      .where('id', '=', id)
      .execute()
    return { ...kept, attempt, result }
  })
}

/** @returns the officer's latest attempt at a quiz that has not ended, or undefined. */
export function unendedOf(store: Store, officer: string, quiz: string): Promise<KeptAttempt | undefined> {
  return store.read(async (tx) => {
    const row = await tx
      .selectFrom('quiz_attempt')
      .selectAll()
      .where('officer', '=', officer)
      .where('quiz', '=', quiz)
      .where('finished_at', 'is', null)
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && attemptOf(row)
  })
}

const PAGE = 500

const COUNTED = ['id', 'quiz', 'version', 'audience', 'officer', 'browser', 'commune', 'right_count', 'total', 'passed', 'finished_at'] as const

/** From when (milliseconds UTC) on, and before when, attempts ended. */
export interface Ended {
  readonly start: number
  readonly end: number
}

/** @returns the attempts that ended within the span, in that order. */
export async function endedAttempts(store: Store, span: Ended): Promise<readonly EndedAttempt[]> {
  const found: EndedAttempt[] = []
  for (;;) {
    const page = await store.read((tx) => endedPage(tx, span, found.at(-1)))
    found.push(...page)
    if (page.length < PAGE) return found
  }
}

async function endedPage(tx: Tx, { start, end }: Ended, after: EndedAttempt | undefined): Promise<readonly EndedAttempt[]> {
  const from = after?.finished_at ?? start
  const rows = await tx
    .selectFrom('quiz_attempt')
    .select(COUNTED)
    .where('finished_at', '>=', from)
    .where('finished_at', '<', end)
    .where((eb) => eb.or([eb('finished_at', '>', from), eb('id', '>', after?.id ?? '')]))
    .orderBy('finished_at')
    .orderBy('id')
    .limit(PAGE)
    .execute()
  return rows.flatMap(({ finished_at, ...row }) => (finished_at === null ? [] : [{ ...row, finished_at }]))
}

/** How an account stands with one version of a quiz. */
export interface Standing {
  readonly officer: string
  readonly quiz: string
  readonly version: string
  readonly attempts: number
  /** Of the best attempt. */
  readonly best: number
  readonly total: number
  /** When it was passed first; null: never. */
  readonly passedAt: number | null
}

/** @returns how accounts stand with every quiz that they have ended at least once; of one account where `officer` is given. */
export async function standings(store: Store, officer?: string): Promise<readonly Standing[]> {
  const rows = await store.read((tx) => {
    const ended = tx
      .selectFrom('quiz_attempt')
      .select(({ fn }) => [
        'officer',
        'quiz',
        'version',
        fn.countAll<number>().as('attempts'),
        fn.max('right_count').as('best'),
        fn.max('total').as('total'),
      ])
      .select((eb) => eb.fn.min(eb.case().when('passed', '=', 1).then(eb.ref('finished_at')).end()).as('passedAt'))
      .where('finished_at', 'is not', null)
      .where('officer', 'is not', null)
      .groupBy(['officer', 'quiz', 'version'])
      .orderBy('officer')
      .orderBy('quiz')
      .orderBy('version')
    return (officer === undefined ? ended : ended.where('officer', '=', officer)).execute()
  })
  return rows.map((row) => ({
    ...{ officer: row.officer ?? '', quiz: row.quiz, version: row.version, attempts: Number(row.attempts), best: Number(row.best) },
    ...{ total: Number(row.total), passedAt: row.passedAt === null ? null : Number(row.passedAt) },
  }))
}
