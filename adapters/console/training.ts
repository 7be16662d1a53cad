/** Quizzes in the console: officers take theirs here, whoever answers for the office sees who has passed what, and what the open page was used for. */
import { randomInt, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { AuditAction, AuditDetail } from '../../bot/audit/entry.ts'
import { beginAttempt, giveAnswer, isOpen, nextQuestion, resultOf, SEEDS } from '../../bot/quiz/attempt.ts'
import { forOfficers, hasPassed } from '../../bot/quiz/lines.ts'
import { type LawStandings, type OfferedQuiz, offered } from '../../bot/quiz/offer.ts'
import { askedOf, questionIn, verdictOn } from '../../bot/quiz/verdict.ts'
import { quizCells } from '../../bot/report/cells.ts'
import { figuresOf } from '../../bot/report/figures.ts'
import type { FigureSection, Period } from '../../bot/report/shape.ts'
import { CONSOLE_SAYS } from '../../bot/wording/console.ts'
import { ATTEMPT_COLUMNS, LEFT_OUT_WHY, TRAINING_SAYS } from '../../bot/wording/quiz.ts'
import { addDays, isDay } from '../../knowledge/language/calendar-days.ts'
import type { Quiz, Quizzes } from '../../knowledge/quizzes.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import { writeCsv } from '../report/csv.ts'
import type { Store } from '../storage/database.ts'
import { readOfficers } from '../storage/officer-store.ts'
import { changeAttempt, type KeptAttempt, keepAttempt, readAttempt, type Standing, standings, unendedOf } from '../storage/quiz-store.ts'
import { trainingBasis } from '../storage/training-basis.ts'
import { citationView } from './law.ts'
import { type Asked, type ConsoleRoute, Download, route, type SignedIn } from './route.ts'
import type { AttemptView, GroundView, QuizStanding, QuizView, ReviewView, TrainedView, TrainingView } from './training-contract.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface TrainingParts {
  readonly store: Store
  readonly quizzes: Quizzes
  /** What passes, in percent. */
  readonly mark: number
  /** Where everybody else takes theirs. */
  readonly page: string
  /** Every clause that quizzes rest on as it stands at `now`; rejects while the library is not open. */
  readonly laws: (now: number) => Promise<LawStandings>
  /** @returns titles of guides; ids that are not known are left out. */
  readonly titles: (guides: readonly string[]) => readonly string[]
  /** Writes an export into the audit before it is handed out. `by` is the officer's id. */
  readonly audited: (action: AuditAction, subject: string, detail: AuditDetail, by: string) => Promise<unknown>
}

const MOST_DAYS = 5 * 366
const day = z.string().refine(isDay)
const periodSchema = z.strictObject({ from: day, to: day })
const answerBody = z.strictObject({ question: z.string().max(100), place: z.int().min(0).max(10) })

/** @returns the routes below `/training`. */
export function trainingRoutes(parts: TrainingParts): readonly ConsoleRoute[] {
  return [...own(parts), ...ofEverybody(parts)]
}

function own(parts: TrainingParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/training', may: 'self', handle: (asked) => list(parts, asked) }),
    route({ method: 'POST', url: '/training/:quiz/attempts', may: 'self', handle: (asked) => begin(parts, asked) }),
    route({ method: 'GET', url: '/training/attempts/:id', may: 'self', handle: async (asked) => viewOf(parts, await mine(parts, asked), asked.now) }),
    route({
      ...{ method: 'POST', url: '/training/attempts/:id/answers', may: 'self', body: answerBody },
      handle: (asked) => answer(parts, asked, asked.body),
    }),
  ]
}

function ofEverybody(parts: TrainingParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/training/people', may: 'training.read', handle: () => people(parts) }),
    route({
      ...{ method: 'GET', url: '/training/figures', may: 'report.read', query: periodSchema },
      handle: ({ query, now }) => figures(parts, sound(query), now),
    }),
    route({
      ...{ method: 'GET', url: '/training/attempts.csv', may: 'export', query: periodSchema },
      handle: ({ query, officer }) => csv(parts, sound(query), officer),
    }),
    route({ method: 'GET', url: '/training/review', may: 'knowledge.read', handle: ({ now }) => review(parts, now) }),
  ]
}

type OfOne = Pick<Asked, 'officer' | 'params' | 'now'>

async function lawsAt({ laws }: TrainingParts, now: number): Promise<LawStandings> {
  try {
    return await laws(now)
  } catch {
    throw new ConsoleTrouble('conflict', CONSOLE_SAYS.notReadyToDraft)
  }
}

// ── one's own ───────────────────────────────────────────────────────────────────────────────────

/** Those for officers first; the others are open to officers too, who are asked about them. */
async function list(parts: TrainingParts, { officer, now }: OfOne): Promise<TrainingView> {
  const laws = await lawsAt(parts, now)
  const known = await standings(parts.store, officer.id)
  const ordered = [...forOfficers(parts.quizzes), ...[...parts.quizzes.values()].filter(({ audience }) => audience !== 'officer')]
  const quizzes: QuizView[] = []
  for (const quiz of ordered) quizzes.push(await quizView(parts, offered(quiz, laws), known, officer, now))
  return { mark: parts.mark, quizzes, page: parts.page }
}

async function quizView({ store }: TrainingParts, offer: OfferedQuiz, known: readonly Standing[], officer: SignedIn, now: number): Promise<QuizView> {
  const { quiz, questions, open } = offer
  const unended = await unendedOf(store, officer.id, quiz.id)
  return {
    ...{ id: quiz.id, title: quiz.title, about: quiz.about, audience: quiz.audience, questions: questions.length, open },
    mine: standingOf(known, officer.id, quiz),
    goingOn: unended !== undefined && isOpen(unended.attempt, offer, now),
  }
}

/** Of the quiz as it is asked today, where it was taken at all since; else of before. */
function standingOf(known: readonly Standing[], officer: string, quiz: Quiz): QuizStanding | null {
  const all = known.filter((one) => one.officer === officer && one.quiz === quiz.id)
  const current = all.find(({ version }) => version === quiz.version)
  const shown = current ?? all.at(-1)
  if (!shown) return null
  const passedAt = current?.passedAt ?? null
  const { attempts, best, total } = shown
  return { attempts, best, total, passedAt, passedBefore: passedAt === null && all.some((one) => one.passedAt !== null) }
}

/** Whoever begins twice goes on with what they had begun. */
async function begin(parts: TrainingParts, { officer, params, now }: OfOne): Promise<AttemptView> {
  const quiz = parts.quizzes.get(params['quiz'] ?? '')
  if (!quiz) throw new ConsoleTrouble('not_found', TRAINING_SAYS.unknown)
  const offer = offered(quiz, await lawsAt(parts, now))
  if (!offer.open) throw new ConsoleTrouble('conflict', TRAINING_SAYS.closed)
  const unended = await unendedOf(parts.store, officer.id, quiz.id)
  if (unended && isOpen(unended.attempt, offer, now)) return viewOf(parts, unended, now)
  const kept = { id: randomUUID(), audience: quiz.audience, by: { officer: officer.id }, attempt: beginAttempt(offer, randomInt(SEEDS), now) }
  await keepAttempt(parts.store, kept)
  return viewOf(parts, { ...kept, result: resultOf(kept.attempt, parts.mark) }, now)
}

/** Nobody else's attempt is there for an officer. */
async function mine({ store }: TrainingParts, { officer, params }: OfOne): Promise<KeptAttempt> {
  const kept = await readAttempt(store, params['id'] ?? '')
  if (!kept || !('officer' in kept.by) || kept.by.officer !== officer.id) throw new ConsoleTrouble('not_found', TRAINING_SAYS.noAttempt)
  return kept
}

async function answer(parts: TrainingParts, asked: OfOne, given: z.output<typeof answerBody>): Promise<AttemptView> {
  const kept = await mine(parts, asked)
  const quiz = parts.quizzes.get(kept.attempt.quiz)
  const question = quiz && questionIn(quiz, given.question)
  if (!question || !kept.attempt.questions.includes(question.id)) throw new ConsoleTrouble('bad_request', TRAINING_SAYS.noSuchAnswer)
  if (kept.attempt.given.some((one) => one.question === question.id)) return viewOf(parts, kept, asked.now)
  const offer = offered(quiz, await lawsAt(parts, asked.now))
  if (!isOpen(kept.attempt, offer, asked.now)) throw new ConsoleTrouble('conflict', TRAINING_SAYS.changed)
  const done = await changeAttempt(
    parts.store,
    kept.id,
    ({ attempt }) => giveAnswer(attempt, question, given.place, asked.now),
    (attempt) => resultOf(attempt, parts.mark),
  )
  if (done === undefined || done === 'refused') throw new ConsoleTrouble('bad_request', TRAINING_SAYS.noSuchAnswer)
  return viewOf(parts, done, asked.now)
}

async function viewOf(parts: TrainingParts, { id, attempt, result }: KeptAttempt, now: number): Promise<AttemptView> {
  const quiz = parts.quizzes.get(attempt.quiz)
  if (!quiz) throw new ConsoleTrouble('not_found', TRAINING_SAYS.unknown)
  const laws = await lawsAt(parts, now)
  const next = questionIn(quiz, nextQuestion(attempt) ?? '')
  const verdicts = attempt.given.flatMap(({ question }) => {
    const asked = questionIn(quiz, question)
    const verdict = asked && verdictOn(attempt, asked)
    return verdict ? [{ ...verdict, grounds: groundsOf(verdict.cites, laws, dayInVietnam(new Date(now))) }] : []
  })
  return {
    ...{ id, quiz: quiz.id, title: quiz.title, of: attempt.questions.length, mark: parts.mark, verdicts },
    question: next ? askedOf(attempt, next) : null,
    result: attempt.finishedAt === null ? null : result,
    guides: parts.titles(quiz.guides),
  }
}

function groundsOf(cites: readonly string[], laws: LawStandings, today: Day): readonly GroundView[] {
  return cites.flatMap((pointer) => {
    const citation = laws.get(pointer)?.citation
    return citation ? [{ ...citationView(citation, today), restatement: citation.restatement }] : []
  })
}

// ── everybody's ─────────────────────────────────────────────────────────────────────────────────

async function people({ store, quizzes }: TrainingParts): Promise<TrainedView> {
  const needed = forOfficers(quizzes)
  const known = await standings(store)
  const officers = (await readOfficers(store)).filter(({ active, ready }) => active && ready)
  return {
    quizzes: needed.map(({ id, title }) => ({ id, title })),
    people: officers.map(({ id, name }) => ({ id, name, standings: needed.map((quiz) => standingOf(known, id, quiz)) })),
    trained: officers.filter(({ id }) => needed.every((quiz) => hasPassed(known, id, quiz))).length,
  }
}

function sound(period: Period): Period {
  if (period.from > period.to || addDays(period.from, MOST_DAYS) < period.to) throw new ConsoleTrouble('bad_request', TRAINING_SAYS.days)
  return period
}

/** Counted as a report counts it, so that the two never differ. */
async function figures({ store, quizzes }: TrainingParts, period: Period, now: number): Promise<FigureSection | undefined> {
  const lines = await trainingBasis(store, period, quizzes)
  const counted = figuresOf({ period, readAt: now, chatsFrom: null, cases: [], chats: [], answers: [], opinions: [], ...lines })
  return counted.sections.find(({ id }) => id === 'training')
}

async function csv({ store, quizzes, audited }: TrainingParts, period: Period, officer: SignedIn): Promise<Download> {
  const { quizzes: lines } = await trainingBasis(store, period, quizzes)
  await audited('training.exported', `training:${period.from}..${period.to}`, { count: lines.length }, officer.id)
  return new Download(writeCsv([ATTEMPT_COLUMNS, ...lines.map(quizCells)]), 'text/csv; charset=utf-8', `trac-nghiem-${period.from}-${period.to}.csv`)
}

async function review(parts: TrainingParts, now: number): Promise<ReviewView> {
  const laws = await lawsAt(parts, now)
  const rows = [...parts.quizzes.values()].flatMap((quiz) =>
    offered(quiz, laws).leftOut.map(({ question, why, pointer }) => ({
      ...{ quiz: quiz.title, ask: question.ask, why, words: LEFT_OUT_WHY[why] },
      pointer: laws.get(pointer)?.citation?.label ?? pointer,
    })),
  )
  return { rows }
}
