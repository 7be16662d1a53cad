/** Quizzes of the demonstration's month: what sellers and buyers took on the open page, and how far the officers are. By the rules of the service, drawn from the seed. */
import { createHash } from 'node:crypto'
import type { Store } from '../../../adapters/storage/database.ts'
import { changeAttempt, keepAttempt, type TakenBy } from '../../../adapters/storage/quiz-store.ts'
import { loadCommunes } from '../../../knowledge/communes.ts'
import { loadQuizzes, type Quiz } from '../../../knowledge/quizzes.ts'
import { Random } from '../../../retrieval/model/random.ts'
import type { Officer } from '../../conversation/owner.ts'
import { type Attempt, beginAttempt, giveAnswer, nextQuestion, resultOf, SEEDS, shownOrder } from '../../quiz/attempt.ts'
import { type LawStandings, offered } from '../../quiz/offer.ts'
import { questionIn } from '../../quiz/verdict.ts'
import { DAY, MINUTE } from './times.ts'

export interface Quizzing {
  readonly seed: number
  readonly days: number
  /** When the month ends (milliseconds UTC). */
  readonly until: number
  /** What passes, in percent. */
  readonly mark: number
}

const BROWSERS = 34
const OPEN_ATTEMPTS = 58
const COMMUNES = 9
/** By then an attempt has ended. */
const LONGEST = 15 * MINUTE

/** Writes the attempts of a month. The first officer has passed all, the second all but one. @returns how many there are. */
export async function fillQuizzes(
  store: Store,
  officers: readonly Officer[],
  laws: LawStandings,
  { seed, days, until, mark }: Quizzing,
): Promise<number> {
  const random = new Random(seed + 319)
  const communes = Array.from({ length: COMMUNES }, () => random.pick(loadCommunes()))
  const all = [...loadQuizzes().values()]
  const [own, open] = [all.filter(({ audience }) => audience === 'officer'), all.filter(({ audience }) => audience !== 'officer')]
  const moment = () => until - LONGEST - Math.floor(random.next() * (days * DAY - LONGEST))
  const taken: Taken[] = Array.from({ length: OPEN_ATTEMPTS }, () => {
    const browser = hashed(`${seed} ${random.integer(1, BROWSERS)}`)
    return {
      quiz: random.pick(open),
      by: { browser, commune: random.next() < 0.6 ? random.pick(communes) : '' },
      at: moment(),
      skill: 0.55 + random.next() * 0.45,
    }
  })
  for (const [i, { id }] of officers.entries()) for (const quiz of own.slice(i)) taken.push({ quiz, by: { officer: id }, at: moment(), skill: 1 })
  for (const [i, one] of taken.entries()) await take(store, one, { id: hashed(`${seed} attempt ${i}`), laws, mark, random })
  return taken.length
}

interface Taken {
  readonly quiz: Quiz
  readonly by: TakenBy
  readonly at: number
  /** How likely an answer is right, 0 to 1. */
  readonly skill: number
}

interface Taking {
  readonly id: string
  readonly laws: LawStandings
  readonly mark: number
  readonly random: Random
}

async function take(store: Store, { quiz, by, at, skill }: Taken, { id, laws, mark, random }: Taking): Promise<void> {
  const attempt = beginAttempt(offered(quiz, laws), random.integer(0, SEEDS - 1), at)
  await keepAttempt(store, { id, audience: quiz.audience, by, attempt })
  const done = answered(attempt, quiz, skill, random)
  await changeAttempt(
    store,
    id,
    () => done,
    (ended) => resultOf(ended, mark),
  )
}

function answered(begun: Attempt, quiz: Quiz, skill: number, random: Random): Attempt {
  let attempt = begun
  for (let minute = 1; nextQuestion(attempt) !== undefined; minute++) {
    const question = questionIn(quiz, nextQuestion(attempt) ?? '')
    if (!question) return attempt
    const wanted = random.next() < skill
    const places = shownOrder(attempt, question).flatMap((i, place) => (question.answers[i]?.right === wanted ? [place] : []))
    attempt = giveAnswer(attempt, question, random.pick(places), begun.startedAt + minute * MINUTE) ?? attempt
  }
  return attempt
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)
