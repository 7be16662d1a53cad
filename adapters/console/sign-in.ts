/** The addresses that need no session: signing in, and setting an account up with a link. Who fails learns only that something was wrong. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { needsApproval } from '../../bot/handoff/approval.ts'
import { loginSchema, officerNameSchema, passwordProblem } from '../../bot/officers/account.ts'
import { type Attempt, Attempts } from '../../bot/officers/attempts.ts'
import { permissionsOf } from '../../bot/officers/permissions.ts'
import { CONSOLE_SAYS, PASSWORD_WORDS } from '../../bot/wording/console.ts'
import { addressKey } from '../http/limits.ts'
import type { Box } from '../operations/sealed-number.ts'
import {
  beginSession,
  type Credentials,
  credentialsOf,
  finishSetUp,
  type Proof,
  prepareSetUp,
  readLink,
  readOfficer,
} from '../storage/officer-store.ts'
import type { Me, OfficeView, SecondFactor, SetUpView, SpareCodes } from './contract.ts'
import { agentOf, csrfOf, knownDevice, newToken, setDevice, setSession } from './cookies.ts'
import { type Gate, mustBeOurs, mustBeSameSite, signedIn, signOut } from './gate.ts'
import type { Passwords } from './passwords.ts'
import { newSecondFactor, newSpareCodes, spareCodeIn, stepOf } from './second-factor.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface SignInParts extends Gate {
  readonly passwords: Passwords
  /** Seals the secrets of authenticator apps. */
  readonly box: Box
  readonly office: () => OfficeView
  /** Writes down that sign-ins as `login` are refused for a while. */
  readonly refused: (login: string) => Promise<void>
  /** Ends the open streams of a session. */
  readonly ended: (session: string) => void
  /** Somebody has chosen the name that citizens and colleagues read. */
  readonly renamed: () => Promise<void>
}

const word = z.string().max(1_000)
const signInBody = z.strictObject({ login: word, password: word, code: word })
const setUpBody = z.strictObject({ token: word, name: word, password: word })
const confirmBody = z.strictObject({ token: word, code: word })

/** Adds the addresses to `app`, whose prefix is `/console/api`. */
export function addSignIn(app: FastifyInstance, parts: SignInParts): void {
  const attempts = new Attempts()
  app.post('/session', (request, reply) => signIn(parts, attempts, request, reply))
  app.delete('/session', async (request, reply) => {
    const officer = await signedIn(parts, request, reply)
    mustBeOurs(parts, request, officer.session)
    await signOut(parts, officer, reply)
    parts.ended(officer.session)
    return {}
  })
  app.get('/me', async (request, reply) => {
    const { id, session } = await signedIn(parts, request, reply)
    return meOf(parts, id, session)
  })
  app.get<{ Params: { token: string } }>('/set-up/:token', async ({ params }) => setUpView(parts, params.token))
  app.post('/set-up', (request) => setUp(parts, request))
  app.post('/set-up/confirm', (request, reply) => confirmSetUp(parts, request, reply))
}

async function meOf({ store, key, office }: SignInParts, id: string, session: string): Promise<Me> {
  const account = await readOfficer(store, id)
  if (!account) throw new ConsoleTrouble('signed_out')
  const { login, name, role } = account
  return {
    id,
    login,
    name,
    role,
    may: permissionsOf(role),
    csrf: csrfOf(key, session),
    office: office(),
    approval: needsApproval(account, office().approval),
  }
}

async function signIn(parts: SignInParts, attempts: Attempts, request: FastifyRequest, reply: FastifyReply): Promise<Me> {
  mustBeSameSite(parts, request)
  const { login, password, code } = read(signInBody, request.body)
  const name = login.trim().toLowerCase()
  const attempt = { login: name, address: addressKey(request.ip), device: knownDevice(parts.key, request, name) }
  await mayTry(parts, attempts, attempt)
  const known = loginSchema.safeParse(name).success ? await credentialsOf(parts.store, name) : undefined
  const session = await begin(parts, known, { password, code, agent: agentOf(request) })
  if (!known || !session) {
    throw new ConsoleTrouble('wrong_sign_in')
  }
  attempts.succeeded(attempt)
  setSession(reply, session.token)
  setDevice(parts.key, reply, name)
  return meOf(parts, known.account.id, session.id)
}

/** Counts the attempt, or refuses it: counted before anything is looked at, for many may come at once. */
async function mayTry({ clock, passwords, refused }: SignInParts, attempts: Attempts, attempt: Attempt): Promise<void> {
  const now = clock()
  const wait = attempts.waitFor(attempt, now)
  if (wait > 0) {
    if (attempts.isNews(attempt, now)) await refused(attempt.login)
    throw new ConsoleTrouble('too_many', CONSOLE_SAYS.waitMinutes(Math.ceil(wait / 60_000)), Math.ceil(wait / 1_000))
  }
  if (passwords.busy()) throw new ConsoleTrouble('too_many')
  attempts.begins(attempt, now)
}

interface Given {
  readonly password: string
  readonly code: string
  readonly agent: string
}

/** The password is hashed whoever is asked for, and the code looked at only after it. */
async function begin(parts: SignInParts, known: Credentials | undefined, { password, code, agent }: Given) {
  const usable = known?.account.active ? known.password : null
  const same = await parts.passwords.matches(usable ?? undefined, password)
  const proof = known && same ? proofOf(parts, known, code) : undefined
  if (!known || !proof) return undefined
  const token = newToken()
  const id = await beginSession(parts.store, { officer: known.account.id, token, agent, proof }, parts.clock())
  return id === undefined ? undefined : { id, token }
}

function proofOf({ box, clock }: SignInParts, { totp, totpStep }: Credentials, code: string): Proof | undefined {
  const step = totp === null ? undefined : stepOf(box, totp, code, totpStep, clock())
  if (step !== undefined) return { step }
  const spare = spareCodeIn(code)
  return spare === undefined ? undefined : { spare }
}

// ── with a link ─────────────────────────────────────────────────────────────────────────────────

async function linkOf({ store, clock }: SignInParts, token: string) {
  const link = await readLink(store, token, clock())
  if (!link) throw new ConsoleTrouble('link_ended')
  return link
}

async function setUpView(parts: SignInParts, token: string): Promise<SetUpView> {
  const { account, endsAt } = await linkOf(parts, token)
  const { login, name, role } = account
  return { login, name, role, endsAt }
}

async function setUp(parts: SignInParts, request: FastifyRequest): Promise<SecondFactor> {
  mustBeSameSite(parts, request)
  const { token, name: given, password } = read(setUpBody, request.body)
  const { account } = await linkOf(parts, token)
  const name = read(officerNameSchema, given)
  const problem = passwordProblem(password, { login: account.login, name })
  if (problem) throw new ConsoleTrouble('bad_request', PASSWORD_WORDS[problem])
  const { sealed, ...factor } = await newSecondFactor(parts.box, account.login)
  await prepareSetUp(parts.store, token, { name, password: await parts.passwords.hash(password), totp: sealed })
  return factor
}

async function confirmSetUp(parts: SignInParts, request: FastifyRequest, reply: FastifyReply): Promise<SpareCodes> {
  mustBeSameSite(parts, request)
  const { token, code } = read(confirmBody, request.body)
  const { pending, account } = await linkOf(parts, token)
  const step = pending && stepOf(parts.box, pending.totp, code, 0, parts.clock())
  if (step === undefined) throw new ConsoleTrouble('bad_request', CONSOLE_SAYS.codeWrong)
  const spareCodes = newSpareCodes()
  if (!(await finishSetUp(parts.store, token, { step, spareCodes }, parts.clock()))) throw new ConsoleTrouble('link_ended')
  await parts.renamed()
  // Password and app were just proved here: no stranger's failures may keep this browser out.
  setDevice(parts.key, reply, account.login)
  return { spareCodes }
}

/** @returns what `schema` makes of `given`. Throws {@link ConsoleTrouble}. */
export function read<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new ConsoleTrouble('bad_request')
  return parsed.data
}
