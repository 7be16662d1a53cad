/** Who works in the console: what their names and passwords may be, and how long a link for setting them up is good. */
import { z } from 'zod'
import { fold } from '../../knowledge/language/normalise.ts'
import type { Role } from './permissions.ts'

/** Somebody of the office, as far as the console needs to know them. Times in milliseconds UTC. */
export interface OfficerAccount {
  readonly id: string
  readonly login: string
  /** As citizens and colleagues read it. */
  readonly name: string
  readonly role: Role
  /** False: may not sign in any more; what they did stays under their name. */
  readonly active: boolean
  /** Password and second factor are set. */
  readonly ready: boolean
  readonly lastSeenAt: number | null
  /** What they write to people waits for a supervisor. */
  readonly approval: boolean
}

/** Small letters, so that nobody is two people by how they type. */
export const loginSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)

/** One line that a citizen may read. */
export const officerNameSchema = z
  .string()
  .trim()
  .regex(/^[^\p{C}]{2,60}$/u)

const DAY_MS = 86_400_000
/** How long a link for setting up an account is good. */
export const LINK_MS = DAY_MS

export const PASSWORD_LEAST = 12
/** So much is hashed at most: a longer one costs the server, not the guesser. */
export const PASSWORD_MOST = 200

/** Why a password is not taken; the sentences are in `wording/console.ts`. */
export type PasswordProblem = 'too_short' | 'too_long' | 'own_name' | 'too_simple'

/** Words that guessers try first, folded; whatever is put around them adds little. */
const GUESSED = ['password', 'matkhau', 'antam', 'nguoitieudung', 'gialai', 'qwerty', 'asdfgh', 'iloveyou', 'welcome', 'admin']
const LEAST_DIFFERENT = 6
/** What may be left of a password once the guessed words are taken out of it. */
const LEAST_LEFT = 8

/** @returns why `password` is too easily guessed; undefined when it is taken. Length decides, no mixture of signs is asked for. */
export function passwordProblem(password: string, account: Pick<OfficerAccount, 'login' | 'name'>): PasswordProblem | undefined {
  const length = [...password].length
  if (length < PASSWORD_LEAST) return 'too_short'
  if (length > PASSWORD_MOST) return 'too_long'
  const plain = bare(password)
  if ([account.login, account.name].map(bare).some((own) => own !== '' && plain.includes(own))) return 'own_name'
  return isSimple(password, plain) ? 'too_simple' : undefined
}

const bare = (text: string) => fold(text).replace(/[^\p{L}\p{N}]+/gu, '')

function isSimple(password: string, plain: string): boolean {
  if (new Set(password).size < LEAST_DIFFERENT) return true
  const left = GUESSED.reduce((rest, word) => rest.replaceAll(word, ''), plain)
  return left !== plain ? left.length < LEAST_LEFT : isRun(plain)
}

/** "123456789012", "abcdefghijkl": every sign follows the one before it. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((sign, i) => (sign.codePointAt(0) ?? 0) - (text.codePointAt(i) ?? 0))
  return steps.length > 0 && steps.filter((step) => step === 1 || step === -1 || step === -9 || step === 0).length >= steps.length * 0.8
}
