/**
 * The quizzes for everybody, as pages without a script.
 *
 *   GET  /trac-nghiem                       all of them
 *   GET  /trac-nghiem/:quiz                 one, and the form that begins it
 *   POST /trac-nghiem/:quiz                 begins an attempt ─▶ /trac-nghiem/luot/:id
 *   GET  /trac-nghiem/luot/:id              the next question, or how it ended
 *   POST /trac-nghiem/luot/:id              answers a question ─▶ /trac-nghiem/luot/:id/:question
 *   GET  /trac-nghiem/luot/:id/:question    what is said of that answer
 *
 * Nobody signs in: whoever knows the id of an attempt, 122 random bits that no other site is told, may go on with it. That is also why no other site can answer
 * for somebody; and none can begin, since a browser says where a form was sent from.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { beginAttempt, giveAnswer, isOpen, nextQuestion, resultOf, SEEDS } from '../../bot/quiz/attempt.ts'
import { type LawStandings, type OfferedQuiz, offered } from '../../bot/quiz/offer.ts'
import { askedOf, questionIn, verdictOn, wrongOnes } from '../../bot/quiz/verdict.ts'
import { waitPlease } from '../../bot/wording/limits.ts'
import { QUIZ_PAGE } from '../../bot/wording/quiz.ts'
import type { Quiz, QuizQuestion, Quizzes } from '../../knowledge/quizzes.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { Limiter } from '../http/limits.ts'
import { troubleOf } from '../http/trouble.ts'
import type { Store } from '../storage/database.ts'
import { changeAttempt, type KeptAttempt, keepAttempt, readAttempt } from '../storage/quiz-store.ts'
import { BROWSER_COOKIE, type BrowserNumbers, cookieSeconds } from './browser.ts'
import { framed, type Leaf, listPage, placeOf, questionPage, ROOT, resultPage, SHOWN, startPage, troublePage, verdictPage, type Way } from './page.ts'

export interface QuizDoorParts {
  readonly store: Store
  readonly quizzes: Quizzes
  readonly communes: readonly string[]
  readonly browsers: BrowserNumbers
  readonly limiter: Pick<Limiter, 'admit'>
  readonly clock: () => number
  /** What passes, in percent; and for how many days an attempt is kept. */
  readonly mark: number
  readonly keptDays: number
  /** Where people reach the service; undefined: this machine only. */
  readonly publicUrl: string | undefined
  /** Every clause that quizzes rest on as it stands at `now`; rejects while the library is not open. */
  laws(now: number): Promise<LawStandings>
  /** @returns titles of guides; ids that are not known are left out. */
  titles(guides: readonly string[]): readonly string[]
  /** Told of faults of ours. */
  readonly fault: (error: unknown) => void
}

/** Refuses with a page. */
class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly title: string
  readonly retryAfterSeconds: number | undefined
  constructor(status: number, title: string, sentence: string, retryAfterSeconds?: number) {
    super(sentence)
    this.status = status
    this.title = title
    this.retryAfterSeconds = retryAfterSeconds
  }
}

const FORM = 'application/x-www-form-urlencoded'
const FORM_LIMIT = 4_096
const NOT_READY_SECONDS = 30

/** @returns the plugin. */
export function quizDoor(parts: QuizDoorParts): FastifyPluginAsync {
  return async (app) => {
    await app.register(cookie)
    app.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: FORM_LIMIT }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))))
    })
    // The id of an attempt stands in the address: no other site may be told it, and nobody's history server keeps it.
    app.addHook('onRequest', async (_request, reply) => void reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' }))
    app.setErrorHandler<FastifyError>((error, request, reply) => answerFault(parts, error, request, reply))
    addQuizzes(app, parts)
    addAttempts(app, parts)
  }
}

function addQuizzes(app: FastifyInstance, parts: QuizDoorParts): void {
  app.get(ROOT, async (request, reply) => {
    admit(parts, request, 'message')
    const laws = await lawsNow(parts)
    return send(reply, listPage(shownQuizzes(parts).map((quiz) => offered(quiz, laws))))
  })
  app.get(`${ROOT}/:quiz`, async (request, reply) => {
    admit(parts, request, 'message')
    return send(reply, startPage(await offeredIn(parts, request), parts))
  })
  app.post(`${ROOT}/:quiz`, async (request, reply) => {
    mustBeOurs(parts, request)
    admit(parts, request, 'session')
    const offer = await offeredIn(parts, request)
    if (!offer.open) return send(reply, startPage(offer, parts))
    const id = await begin(parts, offer, browserOf(parts, request, reply), communeIn(parts, request.body))
    return reply.redirect(placeOf.attempt(id), 303)
  })
}

function addAttempts(app: FastifyInstance, parts: QuizDoorParts): void {
  app.get(`${ROOT}/luot/:id`, async (request, reply) => {
    admit(parts, request, 'message')
    const found = await attemptIn(parts, request)
    return found.kept.attempt.finishedAt === null ? asking(parts, found, reply, false) : send(reply, await ending(parts, found))
  })
  app.post(`${ROOT}/luot/:id`, async (request, reply) => {
    mustBeOurs(parts, request)
    admit(parts, request, 'message')
    return answered(parts, await attemptIn(parts, request), request, reply)
  })
  app.get(`${ROOT}/luot/:id/:question`, async (request, reply) => {
    admit(parts, request, 'message')
    const found = await attemptIn(parts, request)
    return judged(parts, found, paramOf(request, 'question'), reply)
  })
}

// ── what is there ───────────────────────────────────────────────────────────────────────────────

const paramOf = ({ params }: FastifyRequest, name: string): string => (params as Readonly<Record<string, string>>)[name] ?? ''

const shownQuizzes = ({ quizzes }: QuizDoorParts): readonly Quiz[] => [...quizzes.values()].filter(({ audience }) => SHOWN.includes(audience))

async function lawsNow({ laws, clock }: QuizDoorParts): Promise<LawStandings> {
  try {
    return await laws(clock())
  } catch {
    throw new Refused(503, QUIZ_PAGE.troubleTitle, QUIZ_PAGE.notReady, NOT_READY_SECONDS)
  }
}

async function offeredIn(parts: QuizDoorParts, request: FastifyRequest): Promise<OfferedQuiz> {
  const quiz = shownQuizzes(parts).find(({ id }) => id === paramOf(request, 'quiz'))
  if (!quiz) throw new Refused(404, QUIZ_PAGE.lostTitle, QUIZ_PAGE.lost)
  return offered(quiz, await lawsNow(parts))
}

interface Found {
  readonly kept: KeptAttempt
  readonly quiz: Quiz
}

/** An attempt of the page, with its quiz; one of an officer is nobody's business here. */
async function attemptIn(parts: QuizDoorParts, request: FastifyRequest): Promise<Found> {
  const id = z.uuid().safeParse(paramOf(request, 'id'))
  const kept = id.success ? await readAttempt(parts.store, id.data) : undefined
  const quiz = kept && parts.quizzes.get(kept.attempt.quiz)
  if (!kept || !quiz || 'officer' in kept.by) throw new Refused(404, QUIZ_PAGE.goneTitle, QUIZ_PAGE.gone)
  return { kept, quiz }
}

// ── deeds ───────────────────────────────────────────────────────────────────────────────────────

async function begin({ store, clock }: QuizDoorParts, offer: OfferedQuiz, browser: string, commune: string): Promise<string> {
  const id = randomUUID()
  await keepAttempt(store, { id, audience: offer.quiz.audience, by: { browser, commune }, attempt: beginAttempt(offer, randomInt(SEEDS), clock()) })
  return id
}

/** A place that is on no list is none: nothing that somebody types is kept. */
function communeIn({ communes }: QuizDoorParts, body: unknown): string {
  const said = (body as { readonly commune?: unknown } | undefined)?.commune
  return typeof said === 'string' && communes.includes(said) ? said : ''
}

/** @returns the hash of the browser's number; one that has none is given one. */
function browserOf({ browsers, keptDays, publicUrl }: QuizDoorParts, request: FastifyRequest, reply: FastifyReply): string {
  const known = browsers.read(request.cookies[BROWSER_COOKIE])
  if (known !== undefined) return known
  const value = browsers.issue()
  const secure = publicUrl?.startsWith('https:') ?? false
  reply.setCookie(BROWSER_COOKIE, value, { path: ROOT, httpOnly: true, sameSite: 'lax', secure, maxAge: cookieSeconds(keptDays) })
  return browsers.read(value) ?? ''
}

const answerSchema = z.object({ question: z.string().max(100), place: z.coerce.number().int().min(0).max(10) })
const askedSchema = z.object({ question: z.string().max(100) })

async function answered(parts: QuizDoorParts, found: Found, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const given = answerSchema.safeParse(request.body)
  // Nothing chosen: a browser that knows `required` does not come here.
  if (!given.success) return asking(parts, found, reply.code(400), askedSchema.safeParse(request.body).success)
  const { question: name, place } = given.data
  const question = questionIn(found.quiz, name)
  const done = question && (await answerIn(parts, found, question, place))
  if (done === undefined) throw new Refused(409, QUIZ_PAGE.goneTitle, QUIZ_PAGE.changed)
  return reply.redirect(placeOf.question(found.kept.id, name), 303)
}

async function answerIn(parts: QuizDoorParts, { kept, quiz }: Found, question: QuizQuestion, place: number) {
  const { store, mark, clock } = parts
  const [offer, now] = [offered(quiz, await lawsNow(parts)), clock()]
  const done = await changeAttempt(
    store,
    kept.id,
    ({ attempt }) => (alreadyOrOpen(attempt, question.id, offer, now) ? giveAnswer(attempt, question, place, now) : undefined),
    (attempt) => resultOf(attempt, mark),
  )
  return done === 'refused' ? undefined : done
}

/** An answer that comes twice is taken as the first, also to the last question. */
function alreadyOrOpen(attempt: KeptAttempt['attempt'], question: string, offer: OfferedQuiz, now: number): boolean {
  return attempt.given.some((one) => one.question === question) || isOpen(attempt, offer, now)
}

// ── pages ───────────────────────────────────────────────────────────────────────────────────────

async function asking(parts: QuizDoorParts, { kept, quiz }: Found, reply: FastifyReply, unchosen: boolean): Promise<FastifyReply> {
  const next = nextQuestion(kept.attempt)
  const question = next === undefined ? undefined : questionIn(quiz, next)
  const offer = offered(quiz, await lawsNow(parts))
  if (!question || !isOpen(kept.attempt, offer, parts.clock())) throw new Refused(409, QUIZ_PAGE.goneTitle, QUIZ_PAGE.changed)
  return send(reply, questionPage(wayOf(kept, quiz, question.id), askedOf(kept.attempt, question), unchosen))
}

function wayOf({ id, attempt }: KeptAttempt, quiz: Quiz, question: string): Way {
  return { id, quiz, at: attempt.questions.indexOf(question) + 1, of: attempt.questions.length }
}

async function judged(parts: QuizDoorParts, { kept, quiz }: Found, name: string, reply: FastifyReply): Promise<FastifyReply> {
  const question = questionIn(quiz, name)
  const verdict = question && verdictOn(kept.attempt, question)
  if (!verdict) return reply.redirect(placeOf.attempt(kept.id), 303)
  const isLast = nextQuestion(kept.attempt) === undefined
  return send(reply, verdictPage(wayOf(kept, quiz, name), verdict, isLast, await groundsNow(parts)))
}

async function ending(parts: QuizDoorParts, { kept, quiz }: Found): Promise<Leaf> {
  const wrong = wrongOnes(kept.attempt, quiz)
  const guides = parts.titles(quiz.guides)
  return resultPage({ quiz, result: kept.result, mark: parts.mark, wrong, guides }, await groundsNow(parts))
}

async function groundsNow(parts: QuizDoorParts) {
  return { laws: await lawsNow(parts), day: dayInVietnam(new Date(parts.clock())) }
}

/** The style of this very answer and nothing else; a form may be sent to ourselves only. */
function send(reply: FastifyReply, leaf: Leaf): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(framed(leaf, nonce))
}

// ── refusals ────────────────────────────────────────────────────────────────────────────────────

/** One address may look as often as it may chat; beginning costs what opening a chat costs. */
function admit({ limiter }: QuizDoorParts, { ip }: FastifyRequest, kind: 'message' | 'session'): void {
  const admission = limiter.admit(kind, undefined, ip)
  if (admission.ok) return
  const { code, retryAfterSeconds } = admission
  throw new Refused(429, QUIZ_PAGE.troubleTitle, waitPlease(code, retryAfterSeconds), retryAfterSeconds)
}

/** What a browser itself says of where a form was sent from. */
function mustBeOurs({ publicUrl }: QuizDoorParts, { headers }: FastifyRequest): void {
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  const hosts = [host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])]
  const foreign = origin !== undefined && !(URL.canParse(origin) && hosts.includes(new URL(origin).host))
  if (foreign || (site !== undefined && site !== 'same-origin')) throw new Refused(403, QUIZ_PAGE.troubleTitle, QUIZ_PAGE.forged)
}

function answerFault(parts: QuizDoorParts, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refused = error instanceof Refused ? error : refusedFor(parts, error)
  request.outcome = `quiz_${refused.status}`
  if (refused.retryAfterSeconds !== undefined) reply.header('retry-after', String(refused.retryAfterSeconds))
  return send(reply.code(refused.status), troublePage(refused.title, refused.message))
}

/** A form that cannot be read is somebody's mistake; anything else is ours, and is told of. */
function refusedFor({ fault }: QuizDoorParts, error: unknown): Refused {
  const { code, cause } = troubleOf(error)
  if (code !== 'failed') return new Refused(400, QUIZ_PAGE.troubleTitle, QUIZ_PAGE.gone)
  fault(cause)
  return new Refused(500, QUIZ_PAGE.troubleTitle, QUIZ_PAGE.failed)
}
