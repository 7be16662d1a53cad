/** Quizzes in the console on a real database: one's own way through, who has passed what, figures and the list as a file. */
import { beforeEach, describe, expect, it } from 'vitest'
import { type ConsoleRoute, Download, type SignedIn } from '../../../adapters/console/route.ts'
import { type TrainingParts, trainingRoutes } from '../../../adapters/console/training.ts'
import type { AttemptView, ReviewView, TrainedView, TrainingFigures, TrainingView } from '../../../adapters/console/training-contract.ts'
import { ConsoleTrouble } from '../../../adapters/console/trouble.ts'
import { runDesk } from '../../../adapters/storage/desk-retention.ts'
import { keepAttempt } from '../../../adapters/storage/quiz-store.ts'
import { beginAttempt } from '../../../bot/quiz/attempt.ts'
import { offered } from '../../../bot/quiz/offer.ts'
import { TRAINING_SAYS } from '../../../bot/wording/quiz.ts'
import { loadQuizzes } from '../../../knowledge/quizzes.ts'
import { doorParts, lawsAt, placeFor, titles } from '../quiz-page/kit.ts'
import { rows } from '../storage/lanes.ts'
import { inStore } from '../storage/office.ts'

const NOW = Date.UTC(2026, 10, 28, 3)
const DAY = 86_400_000
const place = inStore()
const LAN: SignedIn = { id: 'lan', name: 'Lan', role: 'officer', session: 's' }
const HAI: SignedIn = { ...LAN, id: 'hai', name: 'Hải', role: 'supervisor' }
const OFFICERS = [...loadQuizzes().values()].filter(({ audience }) => audience === 'officer').map(({ id }) => id)
const [QUIZ = ''] = OFFICERS

const exported: object[] = []
beforeEach(async () => {
  exported.splice(0)
  for (const [id, name] of [
    ['lan', 'Lan'],
    ['hai', 'Hải'],
  ] as const)
    await place.store.write((tx) =>
      tx
        .insertInto('officer')
        .values({
          ...{ id, login: id, name, role: 'officer', active: 1, password: 'x', totp: null },
          ...{ totp_step: 0, spare_codes: '[]', made_at: 0, seen_at: null },
        })
        .execute(),
    )
})

const routes = (change: Partial<TrainingParts> = {}): readonly ConsoleRoute[] =>
  trainingRoutes({
    ...{ store: place.store, quizzes: loadQuizzes(), mark: 80, page: '/trac-nghiem', laws: lawsAt, titles },
    audited: async (action, subject, detail, by) => void exported.push({ action, subject, detail, by }),
    ...change,
  })

interface Given {
  readonly params?: Record<string, string>
  readonly query?: object
  readonly body?: object
  readonly by?: SignedIn
  readonly now?: number
  readonly change?: Partial<TrainingParts>
}

async function ask<T>(name: string, { params = {}, query, body, by = LAN, now = NOW, change = {} }: Given = {}): Promise<T> {
  const route = routes(change).find(({ method, url }) => `${method} ${url}` === name) ?? expect.unreachable(name)
  return (await route.handle({ officer: by, params, query: route.query?.parse(query), body: route.body?.parse(body), now })) as T
}

const begin = (quiz = QUIZ, given: Given = {}) => ask<AttemptView>('POST /training/:quiz/attempts', { ...given, params: { quiz } })
const answer = (id: string, question: string, at: number, given: Given = {}) =>
  ask<AttemptView>('POST /training/attempts/:id/answers', { ...given, params: { id }, body: { question, place: at } })

async function through(wrong = 0, quiz = QUIZ, given: Given = {}): Promise<AttemptView> {
  let view = await begin(quiz, given)
  for (let i = 0; view.question; i++)
    view = await answer(view.id, view.question.id, placeFor(view.question.ask, view.question.answers, i >= wrong), given)
  return view
}

const sentence = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof ConsoleTrouble ? `${thrown.status} ${thrown.sentence}` : String(thrown)),
  )

describe('one’s own', () => {
  it('list stands with those for officers in front, nothing taken yet', async () => {
    const { quizzes, mark, page } = await ask<TrainingView>('GET /training')
    expect([mark, page]).toEqual([80, '/trac-nghiem'])
    expect(quizzes.slice(0, OFFICERS.length).map(({ id }) => id)).toEqual(OFFICERS)
    expect(quizzes.every(({ open, mine, goingOn }) => open && mine === null && !goingOn)).toBe(true)
  })

  it('way through says of each answer why, with the clause and its words, and ends with a result', async () => {
    const first = await begin()
    expect([first.of, first.verdicts, first.result]).toEqual([7, [], null])
    const { verdicts } = await answer(first.id, first.question?.id ?? '', 0)
    expect(verdicts[0]?.grounds[0]?.text).toMatch(/Điều \d+ .*\(.*\/(QH1\d|NĐ-CP)\)/)
    expect(verdicts[0]?.grounds[0]?.restatement).not.toBe('')
    const done = await through(1)
    expect([done.question, done.result?.total, done.guides.length > 0]).toEqual([null, 7, true])
  })

  it('attempt that was begun is gone on with, not begun twice', async () => {
    const [one, two] = [await begin(), await begin()]
    expect(two.id).toBe(one.id)
    await answer(one.id, one.question?.id ?? '', 0)
    expect((await begin()).verdicts).toHaveLength(1)
    expect((await ask<TrainingView>('GET /training')).quizzes.find(({ id }) => id === QUIZ)?.goingOn).toBe(true)
  })

  it('result stays the best, and passing stays passed', async () => {
    await through(3)
    const mine = async () => (await ask<TrainingView>('GET /training')).quizzes.find(({ id }) => id === QUIZ)?.mine
    expect(await mine()).toEqual({ attempts: 1, best: 4, total: 7, passedAt: null, passedBefore: false })
    await through(0)
    await through(5, QUIZ, { now: NOW + DAY })
    expect(await mine()).toEqual({ attempts: 3, best: 7, total: 7, passedAt: NOW, passedBefore: false })
  })

  it('pass of an older version does not count, and is not forgotten', async () => {
    const quiz = loadQuizzes().get(QUIZ) ?? expect.unreachable('no quiz')
    await through(0)
    const change = { quizzes: new Map([...loadQuizzes()].map(([id, one]) => [id, id === QUIZ ? { ...quiz, version: 'neu' } : one])) }
    const mine = (await ask<TrainingView>('GET /training', { change })).quizzes.find(({ id }) => id === QUIZ)?.mine
    expect([mine?.passedAt, mine?.passedBefore]).toEqual([null, true])
    expect(
      (await ask<TrainedView>('GET /training/people', { by: HAI, change })).people.find(({ id }) => id === 'lan')?.standings[0]?.passedAt,
    ).toBeNull()
  })

  it('attempt is nobody else’s', async () => {
    const { id, question } = await begin()
    expect(await sentence(ask('GET /training/attempts/:id', { params: { id }, by: HAI }))).toBe(`404 ${TRAINING_SAYS.noAttempt}`)
    expect(await sentence(answer(id, question?.id ?? '', 0, { by: HAI }))).toBe(`404 ${TRAINING_SAYS.noAttempt}`)
    const page = doorParts(place.store, () => NOW)
    const quiz = page.quizzes.get(QUIZ) ?? expect.unreachable('no quiz')
    await keepAttempt(place.store, {
      id: 'open',
      audience: 'seller',
      by: { browser: 'b', commune: '' },
      attempt: beginAttempt(offered(quiz, await lawsAt(NOW)), 1, NOW),
    })
    expect(await sentence(ask('GET /training/attempts/:id', { params: { id: 'open' } }))).toBe(`404 ${TRAINING_SAYS.noAttempt}`)
  })

  it('answers that are none are refused with a sentence, one that comes twice changes nothing', async () => {
    const { id, question } = await begin()
    expect(await sentence(answer(id, 'khong-co', 0))).toBe(`400 ${TRAINING_SAYS.noSuchAnswer}`)
    expect(await sentence(answer(id, question?.id ?? '', 9))).toBe(`400 ${TRAINING_SAYS.noSuchAnswer}`)
    const [one, two] = await Promise.all([answer(id, question?.id ?? '', 0), answer(id, question?.id ?? '', 1)])
    expect(two.verdicts).toEqual(one.verdicts)
    expect(await sentence(answer(id, one.question?.id ?? '', 0, { now: NOW + DAY }))).toBe(`409 ${TRAINING_SAYS.changed}`)
    expect(await sentence(begin('khong-co'))).toBe(`404 ${TRAINING_SAYS.unknown}`)
  })
})

describe('everybody’s', () => {
  it('standing shows who has passed what, and how many have passed all', async () => {
    for (const quiz of OFFICERS) await through(0, quiz)
    await through(4, QUIZ, { by: HAI })
    const { quizzes, people, trained } = await ask<TrainedView>('GET /training/people', { by: HAI })
    expect([quizzes.map(({ id }) => id), trained]).toEqual([OFFICERS, 1])
    expect(people.map(({ name, standings }) => [name, standings.map((one) => one?.passedAt ?? null)])).toEqual([
      ['Hải', [null, null, null]],
      ['Lan', [NOW, NOW, NOW]],
    ])
  })

  it('figures count officers by their accounts and the open page by attempts and browsers', async () => {
    for (const quiz of OFFICERS) await through(0, quiz)
    const quiz = loadQuizzes().get('nhan-hang-quang-cao') ?? expect.unreachable('no quiz')
    for (const [i, browser] of ['b1', 'b1', 'b2'].entries()) {
      const attempt = { ...beginAttempt(offered(quiz, await lawsAt(NOW)), i, NOW), finishedAt: NOW }
      await keepAttempt(place.store, { id: `open-${i}`, audience: 'seller', by: { browser, commune: i === 0 ? 'Xã Gào' : '' }, attempt })
    }
    const { figures, tables } = await ask<TrainingFigures>('GET /training/figures', { query: { from: '2026-11-01', to: '2026-11-30' } })
    const value = Object.fromEntries(figures.map(({ id, value: of }) => [id, of]))
    expect(value).toEqual({ officers: 2, trained: 1, trainedShare: 50, attempts: 3, attemptPasses: 0, browsers: 2, browserPasses: 0 })
    expect(tables.map(({ id, rows: all }) => [id, all.map(({ label, cells }) => [label, cells[0]?.value])])).toEqual([
      ['quizAudiences', [['Người bán', 3]]],
      ['quizzes', [['Nhãn hàng và quảng cáo', 3]]],
      ['quizMonths', [['Tháng 11/2026', 3]]],
      ['quizCommunes', [['Xã Gào', 1]]],
    ])
    const october = await ask<TrainingFigures>('GET /training/figures', { query: { from: '2026-10-01', to: '2026-10-31' } })
    expect(october.figures.find(({ id }) => id === 'attempts')?.value).toBe(0)
  })

  it('list as a file names nobody, and its making is audited', async () => {
    await through(0)
    const file = await ask<Download>('GET /training/attempts.csv', { query: { from: '2026-11-01', to: '2026-11-30' }, by: HAI })
    expect(file).toBeInstanceOf(Download)
    const text = Buffer.from(file.bytes).toString('utf8')
    expect(text.split('\r\n')[1]).toMatch(/^TN1,2026-11-28,.*,Cán bộ,1,,,7,7,có$/)
    expect(text).not.toMatch(/Lan|lan/)
    expect(exported).toEqual([{ action: 'training.exported', subject: 'training:2026-11-01..2026-11-30', detail: { count: 1 }, by: 'hai' }])
    expect(await sentence(ask('GET /training/attempts.csv', { query: { from: '2026-11-30', to: '2026-11-01' } }))).toBe(`400 ${TRAINING_SAYS.days}`)
  })

  it('questions that wait to be looked through are listed with the reason, and not asked', async () => {
    expect((await ask<ReviewView>('GET /training/review')).rows).toEqual([])
    const laws = async (now: number) => {
      const all = new Map(await lawsAt(now))
      const law = all.get('19/2023/QH15#57.4') ?? expect.unreachable('not cited')
      return all.set('19/2023/QH15#57.4', { ...law, citation: law.citation && { ...law.citation, restatement: 'Khác.' } })
    }
    const { rows: waiting } = await ask<ReviewView>('GET /training/review', { change: { laws } })
    expect(waiting).toMatchObject([{ why: 'changed', pointer: expect.stringContaining('khoản 4 Điều 57') }])
    expect((await begin('can-bo-tiep-nhan-thuong-luong', { change: { laws } })).of).toBe(6)
  })

  it('says while the library is not open that it is not', async () => {
    expect(await sentence(ask('GET /training', { change: { laws: () => Promise.reject(new Error('not ready')) } }))).toMatch(/^409 /)
  })
})

describe('what ends', () => {
  it('an officer’s attempts stay while the account is in use, and end with their time once it is closed', async () => {
    await through(0)
    const rules = { conversationDays: 90, caseDays: 1_825, attemptDays: 400 }
    const [due, late] = [NOW + 400 * DAY, NOW + 401 * DAY]
    expect(await runDesk(place.store, rules, late, 'system')).toBe(0)
    await place.store.write((tx) => tx.updateTable('officer').set({ active: 0 }).where('id', '=', 'lan').execute())
    expect(await runDesk(place.store, rules, due, 'system')).toBe(0)
    expect(await runDesk(place.store, rules, late, 'system')).toBe(1)
    expect(await rows(place.store, 'quiz_attempt')).toHaveLength(0)
  })
})
