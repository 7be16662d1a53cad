/** The page of quizzes on a real server and database: a whole way through by forms, and everything that is refused. */
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { openLimits } from '../../../adapters/http/limits.ts'
import { buildServer } from '../../../adapters/http/server.ts'
import { BROWSER_COOKIE } from '../../../adapters/quiz-page/browser.ts'
import { type QuizDoorParts, quizDoor } from '../../../adapters/quiz-page/door.ts'
import { runDesk } from '../../../adapters/storage/desk-retention.ts'
import { endedAttempts, keepAttempt } from '../../../adapters/storage/quiz-store.ts'
import { readConfig } from '../../../bot/config.ts'
import { RETENTION_CLASSES } from '../../../bot/privacy/retention.ts'
import { ATTEMPT_MS, beginAttempt } from '../../../bot/quiz/attempt.ts'
import { offered } from '../../../bot/quiz/offer.ts'
import { QUIZ_PAGE } from '../../../bot/wording/quiz.ts'
import { loadQuizzes } from '../../../knowledge/quizzes.ts'
import { rows } from '../storage/lanes.ts'
import { inStore } from '../storage/office.ts'
import { doorParts, lawsAt, placeFor } from './kit.ts'

const NOW = Date.UTC(2026, 10, 28, 3)
const QUIZ = 'giai-quyet-khieu-nai'
const place = inStore()
const open: FastifyInstance[] = []
afterEach(async () => void (await Promise.all(open.splice(0).map((app) => app.close()))))

const unescaped = (html: string) =>
  html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** A browser without script: it follows redirects, keeps the cookie and sends forms. */
class Visitor {
  cookie = ''
  readonly app: FastifyInstance
  constructor(app: FastifyInstance) {
    this.app = app
  }

  async get(url: string) {
    const answer = await this.app.inject({ url, headers: { accept: 'text/html', ...this.#cookies() } })
    this.#keep(answer.cookies)
    return answer
  }

  async post(url: string, fields: Record<string, string>, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) {
    const payload = new URLSearchParams(fields).toString()
    const answer = await this.app.inject({
      ...{ method: 'POST', url, payload },
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers, ...this.#cookies() },
    })
    this.#keep(answer.cookies)
    return answer
  }

  #cookies(): Record<string, string> {
    return this.cookie === '' ? {} : { cookie: `${BROWSER_COOKIE}=${this.cookie}` }
  }

  #keep(cookies: readonly { readonly name: string; readonly value: string }[]): void {
    this.cookie = cookies.find(({ name }) => name === BROWSER_COOKIE)?.value ?? this.cookie
  }

  /** Begins a quiz. @returns the address of the attempt. */
  async begin(commune = '', quiz = QUIZ): Promise<string> {
    const { statusCode, headers } = await this.post(`/trac-nghiem/${quiz}`, { commune })
    expect(statusCode).toBe(303)
    return String(headers['location'])
  }

  /** The question that stands on a page, with its answers in order. */
  async question(address: string) {
    const { body } = await this.get(address)
    const ask = unescaped(body.match(/<legend>(.*?)<\/legend>/)?.[1] ?? expect.unreachable(body))
    const answers = [...body.matchAll(/value="(\d)" required[^>]*><span>(.*?)<\/span>/g)].map(([, , words = '']) => unescaped(words))
    return { ask, answers, id: body.match(/name="question" value="([^"]+)"/)?.[1] ?? '' }
  }

  /** Answers the next question. @returns what is said of it. */
  async answer(address: string, right: boolean) {
    const { ask, answers, id } = await this.question(address)
    const sent = await this.post(address, { question: id, place: String(placeFor(ask, answers, right)) })
    expect(sent.statusCode).toBe(303)
    return this.get(String(sent.headers['location']))
  }

  /** All the way through. @param wrong how many of seven are answered wrongly */
  async through(address: string, wrong: number) {
    for (let i = 0; i < 7; i++) await this.answer(address, i >= wrong)
    return this.get(address)
  }
}

function visitor(change: Partial<QuizDoorParts> = {}, clock: () => number = () => NOW): Visitor {
  const app = buildServer({
    ready: () => ({ ok: true }),
    metrics: async () => '',
    plugins: [quizDoor(doorParts(place.store, clock, change))],
  })
  open.push(app)
  return new Visitor(app)
}

const all = () => endedAttempts(place.store, { start: 0, end: NOW * 2 })

describe('the way through a quiz', () => {
  it('begins at a list of those for sellers and buyers, never those for officers', async () => {
    const { statusCode, body } = await visitor().get('/trac-nghiem')
    expect(statusCode).toBe(200)
    const shown = [...body.matchAll(/href="\/trac-nghiem\/([a-z-]+)"/g)].map(([, id = '']) => loadQuizzes().get(id)?.audience)
    expect([shown.length, new Set(shown)]).toEqual([7, new Set(['seller', 'consumer'])])
    expect((await visitor().get('/trac-nghiem/can-bo-tham-quyen')).statusCode).toBe(404)
  })

  it('says of each answer whether it is right, why, and on what it rests', async () => {
    const somebody = visitor()
    const address = await somebody.begin()
    const right = await somebody.answer(address, true)
    expect(right.body).toContain(QUIZ_PAGE.right)
    expect(right.body).not.toContain(QUIZ_PAGE.theRight)
    const wrong = await somebody.answer(address, false)
    for (const words of [
      QUIZ_PAGE.wrong,
      QUIZ_PAGE.why,
      QUIZ_PAGE.theRight,
      'Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)',
      'có hiệu lực từ 01/07/2024',
    ])
      expect(wrong.body).toContain(words)
  })

  it('ends with how many were right, and what to read again', async () => {
    const somebody = visitor()
    const failed = await somebody.through(await somebody.begin(), 2)
    expect(failed.body).toContain(QUIZ_PAGE.score(5, 7))
    expect(failed.body).toContain(QUIZ_PAGE.notPassed(80))
    expect(failed.body.match(/<li class="card">/g)).toHaveLength(2)
    expect(failed.body).toContain('href="/?hoi=')
    const passed = await somebody.through(await somebody.begin(), 1)
    expect(passed.body).toContain(QUIZ_PAGE.passed(80))
    expect((await all()).map(({ right_count, total, passed: done }) => [right_count, total, done])).toEqual(
      expect.arrayContaining([
        [5, 7, 0],
        [6, 7, 1],
      ]),
    )
  })

  it('never says in the page which answer is right before one was chosen', async () => {
    const { body } = await visitor().get(await visitor().begin())
    for (const { answers, because } of loadQuizzes().get(QUIZ)?.questions ?? []) {
      expect(body).not.toContain(because)
      for (const { why } of answers) if (why) expect(body).not.toContain(why)
    }
    expect(body.slice(body.indexOf('<main>'))).not.toMatch(/right|checked/)
  })
})

describe('who is counted', () => {
  it('is one browser, however often it takes a quiz; another one is another', async () => {
    const [one, two] = [visitor(), visitor()]
    await one.through(await one.begin('Xã Gào'), 0)
    await one.through(await one.begin('Xã Gào'), 0)
    await two.through(await two.begin(), 0)
    const kept = await all()
    expect([kept.length, new Set(kept.map(({ browser }) => browser)).size]).toEqual([3, 2])
    expect(kept.map(({ commune }) => commune).sort()).toEqual(['', 'Xã Gào', 'Xã Gào'])
    expect(JSON.stringify(kept)).not.toContain(one.cookie.split('.')[0])
  })

  it('is nobody else whose cookie was changed or made up', async () => {
    const somebody = visitor()
    await somebody.begin()
    const before = somebody.cookie
    somebody.cookie = `${before.slice(0, 22)}.${'A'.repeat(43)}`
    await somebody.begin()
    expect(somebody.cookie.slice(0, 22)).not.toBe(before.slice(0, 22))
  })

  it('keeps no place that is on no list: nothing that somebody types', async () => {
    const somebody = visitor()
    await somebody.through(await somebody.begin('Nguyễn Văn A, 0900000017'), 0)
    expect((await all())[0]?.commune).toBe('')
  })

  it('is given a cookie that no script reads, for the pages of quizzes only', async () => {
    const { headers } = await visitor().post(`/trac-nghiem/${QUIZ}`, {})
    expect(String(headers['set-cookie'])).toMatch(/Path=\/trac-nghiem; HttpOnly; SameSite=Lax/)
    const safe = await visitor({ publicUrl: 'https://antam.example.vn' }).post(`/trac-nghiem/${QUIZ}`, {})
    expect(String(safe.headers['set-cookie'])).toContain('Secure')
    expect((await visitor().get('/trac-nghiem')).headers['set-cookie']).toBeUndefined()
  })
})

describe('what comes twice or wrongly', () => {
  it('the first answer stands, also to the last question, and is counted once', async () => {
    const somebody = visitor()
    const address = await somebody.begin()
    const { ask, answers, id } = await somebody.question(address)
    const [wrong, right] = [placeFor(ask, answers, false), placeFor(ask, answers, true)]
    await Promise.all([
      somebody.post(address, { question: id, place: String(wrong) }),
      somebody.post(address, { question: id, place: String(wrong) }),
    ])
    await somebody.post(address, { question: id, place: String(right) })
    expect((await somebody.get(`${address}/${id}`)).body).toContain(QUIZ_PAGE.wrong)
    for (let i = 1; i < 7; i++) await somebody.answer(address, true)
    expect((await somebody.post(address, { question: id, place: String(right) })).statusCode).toBe(303)
    expect((await all()).map(({ right_count }) => right_count)).toEqual([6])
  })

  it('nothing chosen: the question again, with a sentence that the fields point at', async () => {
    const somebody = visitor()
    const address = await somebody.begin()
    const { id } = await somebody.question(address)
    const { statusCode, body } = await somebody.post(address, { question: id })
    expect([statusCode, body.includes(QUIZ_PAGE.choose), body.includes('aria-describedby="unchosen"')]).toEqual([400, true, true])
  })

  it.each([
    ['a quiz that is not there', 'GET', '/trac-nghiem/khong-co', 404, QUIZ_PAGE.lost],
    ['an attempt that is not there', 'GET', '/trac-nghiem/luot/00000000-0000-4000-8000-000000000000', 404, QUIZ_PAGE.gone],
    ['an attempt with no id', 'GET', '/trac-nghiem/luot/..%2f', 404, QUIZ_PAGE.gone],
  ])('%s is told in words, with the way back', async (_name, _method, url, status, words) => {
    const { statusCode, body } = await visitor().get(url)
    expect([statusCode, body.includes(words), body.includes('href="/trac-nghiem"')]).toEqual([status, true, true])
  })

  it('an explanation asked for before the answer leads back to the question', async () => {
    const somebody = visitor()
    const address = await somebody.begin()
    const { id } = await somebody.question(address)
    expect((await somebody.get(`${address}/${id}`)).headers['location']).toBe(address)
  })

  it('an attempt of an officer is nobody’s business here', async () => {
    const quiz = loadQuizzes().get(QUIZ) ?? expect.unreachable('no quiz')
    const id = '00000000-0000-4000-8000-000000000001'
    await place.store.write((tx) =>
      tx
        .insertInto('officer')
        .values({
          id: 'lan',
          login: 'lan',
          name: 'Lan',
          role: 'officer',
          active: 1,
          password: null,
          totp: null,
          totp_step: 0,
          spare_codes: '[]',
          made_at: 0,
          seen_at: null,
        })
        .execute(),
    )
    await keepAttempt(place.store, {
      id,
      audience: 'seller',
      by: { officer: 'lan' },
      attempt: beginAttempt(offered(quiz, await lawsAt(NOW)), 1, NOW),
    })
    expect((await visitor().get(`/trac-nghiem/luot/${id}`)).statusCode).toBe(404)
  })

  it('an attempt ends after a day, and is begun anew', async () => {
    let now = NOW
    const somebody = visitor({}, () => now)
    const address = await somebody.begin()
    now += ATTEMPT_MS
    const { statusCode, body } = await somebody.get(address)
    expect([statusCode, body.includes(QUIZ_PAGE.changed)]).toEqual([409, true])
  })
})

describe('protection', () => {
  it('takes no form from another site, and nothing is written', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const { statusCode, body } = await visitor().post(`/trac-nghiem/${QUIZ}`, {}, headers)
      expect([statusCode, body.includes(QUIZ_PAGE.forged)]).toEqual([403, true])
    }
    expect(await rows(place.store, 'quiz_attempt')).toHaveLength(0)
  })

  it('runs and loads nothing but the style of the very page, sends forms to itself only, and tells no other site where it was', async () => {
    const { headers, body } = await visitor().get('/trac-nghiem')
    const nonce = body.match(/<style nonce="([^"]+)"/)?.[1]
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    )
    expect([headers['referrer-policy'], headers['cache-control'], body.includes('<script')]).toEqual(['same-origin', 'no-store', false])
  })

  it('lets one address begin so often and no more, and says when to come back', async () => {
    const limits = { ...readConfig({}).limits, sessionsPerAddressPerHour: 2 }
    const somebody = visitor({ limiter: openLimits(limits, () => NOW) })
    const statuses: number[] = []
    for (let i = 0; i < 3; i++) statuses.push((await somebody.post(`/trac-nghiem/${QUIZ}`, {})).statusCode)
    expect(statuses).toEqual([303, 303, 429])
    expect((await somebody.post(`/trac-nghiem/${QUIZ}`, {})).headers['retry-after']).toBeDefined()
  })

  it('says while the library is not open that it is not, and asks to come back', async () => {
    const { statusCode, headers, body } = await visitor({ laws: () => Promise.reject(new Error('not ready')) }).get('/trac-nghiem')
    expect([statusCode, headers['retry-after'], body.includes(QUIZ_PAGE.notReady)]).toEqual([503, '30', true])
  })
})

describe('while the law changes', () => {
  it('a question whose clause has ended is not asked, and a quiz with too few is closed', async () => {
    const ended = async (now: number) =>
      new Map([...(await lawsAt(now))].map(([pointer, law]) => [pointer, pointer.startsWith('19/2023') ? { ...law, inForce: false } : law]))
    const { body } = await visitor({ laws: ended }).get(`/trac-nghiem/${QUIZ}`)
    expect([body.includes(QUIZ_PAGE.closed), body.includes('<form')]).toEqual([true, false])
    expect((await visitor({ laws: ended }).post(`/trac-nghiem/${QUIZ}`, {})).statusCode).toBe(200)
    expect(await rows(place.store, 'quiz_attempt')).toHaveLength(0)
  })
})

describe('what ends', () => {
  it('an attempt that nobody went on with goes after a day, one that ended after its time', async () => {
    const somebody = visitor()
    await somebody.begin()
    await somebody.through(await somebody.begin(), 0)
    const rules = { conversationDays: 90, caseDays: 1_825, attemptDays: 30 }
    const forgotten = (days: number) => runDesk(place.store, rules, NOW + days * ATTEMPT_MS, 'system')
    expect([await forgotten(1), await forgotten(2), await forgotten(30), await forgotten(31)]).toEqual([0, 1, 0, 1])
    expect(RETENTION_CLASSES.attempt_left.days * 86_400_000).toBe(ATTEMPT_MS)
    expect(await rows(place.store, 'quiz_attempt')).toHaveLength(0)
  })
})
