/**
 * The OA's access to Zalo: an access token of about a day, and a refresh token that is good for one use and brings both anew.
 *
 *   due or refused ──▶ one refresh at a time ──▶ "pending" on disk ──▶ call ──▶ both new tokens on disk in one save
 *
 * Between the call and the save the process may die: then the refresh token on disk is used up. It is tried once more at the next start, for it may be that the
 * call never left; when Zalo refuses it, only a human can give a new one.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { CallError, type Called, call } from '../platform/call.ts'
import type { Outside } from '../platform/outside.ts'
import { errorNumber } from './error-number.ts'

export interface StoredTokens {
  readonly accessToken: string
  /** Milliseconds UTC. */
  readonly expiresAt: number
  readonly refreshToken: string
  /** When a refresh was begun of which no end is known; null: none. */
  readonly pendingSince: number | null
  /** SHA-256 of the configured refresh token that this chain began with. */
  readonly seed: string
}

export interface TokenStore {
  /** @returns what was saved last; undefined when there is nothing usable. */
  read(): Promise<StoredTokens | undefined>
  /** Resolves once it is on disk. */
  save(state: StoredTokens): Promise<void>
}

/** Why there is no access token now. */
export type TokenTrouble = 'needs_authorisation' | 'rate' | 'tokens_unreachable' | 'tokens_not_kept'

/** No access token. Without cause: what Zalo and the network say may repeat a secret. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly code: TokenTrouble
  constructor(code: TokenTrouble) {
    super(code)
    this.code = code
  }
}

export type TokenState =
  | { readonly kind: 'ready'; readonly expiresAt: number }
  /** Nothing fetched yet: the next send fetches it. */
  | { readonly kind: 'unused' }
  | { readonly kind: 'needs_authorisation' }
  | { readonly kind: 'not_kept' }

export interface OaTokens {
  /** @returns an access token that should be good. Throws {@link TokenError}. */
  access(): Promise<string>
  /** @param refused the access token that Zalo no longer takes. @returns another. Throws {@link TokenError}. */
  renew(refused: string): Promise<string>
  /** Asks nobody and never throws. */
  state(): Promise<TokenState>
}

export interface TokensOptions {
  readonly appId: string
  readonly appSecret: string
  /** As configured: the first of a chain. */
  readonly refreshToken: string
  readonly oauthRoot: string
  readonly outside: Outside
  readonly clock: () => number
  readonly store: TokenStore
  /** Told of what went wrong. */
  readonly trouble?: (code: TokenTrouble) => void
}

/** This long before its end an access token is replaced. */
const EARLY_MS = 10 * 60_000
/** After a refresh that failed, the token that is still good is used for this long before the next try. */
const PAUSE_MS = 60_000
const TIMEOUT_MS = 10_000

/** @returns the tokens of one OA; there must be one of these in a process. */
export function openTokens(options: TokensOptions): OaTokens {
  return new Chain(options)
}

class Chain implements OaTokens {
  readonly #options: TokensOptions
  readonly #seed: string
  /** The refresh that everybody waits for. */
  #running: Promise<StoredTokens> | undefined
  /** Fetched, but not on disk yet. */
  #unsaved: StoredTokens | undefined
  /** The refresh token that Zalo refused for good. */
  #dead: string | undefined
  #pausedUntil = 0

  constructor(options: TokensOptions) {
    this.#options = options
    this.#seed = sha256(options.refreshToken)
  }

  async access(): Promise<string> {
    const state = await this.#current()
    if (!this.#isDue(state)) return state.accessToken
    try {
      return (await this.#refresh(state)).accessToken
    } catch (error) {
      if (!this.#isStillGood(state, error)) throw error
      this.#pausedUntil = this.#options.clock() + PAUSE_MS
      return state.accessToken
    }
  }

  async renew(refused: string): Promise<string> {
    const state = await this.#current()
    return state.accessToken === refused ? (await this.#refresh(state)).accessToken : state.accessToken
  }

  async state(): Promise<TokenState> {
    try {
      const { accessToken, expiresAt } = await this.#current()
      return accessToken === '' ? { kind: 'unused' } : { kind: 'ready', expiresAt }
    } catch (error) {
      return { kind: error instanceof TokenError && error.code === 'needs_authorisation' ? 'needs_authorisation' : 'not_kept' }
    }
  }

  /** @returns what is on disk, or the beginning of a new chain. Another process may have gone on with it, so it is read each time. */
  async #current(): Promise<StoredTokens> {
    if (this.#unsaved) await this.#save(this.#unsaved).catch(() => undefined)
    const state = this.#unsaved ?? (await this.#read())
    if (state.refreshToken === this.#dead) throw new TokenError('needs_authorisation')
    return state
  }

  async #read(): Promise<StoredTokens> {
    const stored = await this.#options.store.read().catch(() => this.#fail('tokens_not_kept'))
    if (stored?.seed === this.#seed) return stored
    return { accessToken: '', expiresAt: 0, refreshToken: this.#options.refreshToken, pendingSince: null, seed: this.#seed }
  }

  async #save(state: StoredTokens): Promise<void> {
    this.#unsaved = state
    await this.#options.store.save(state).catch(() => this.#fail('tokens_not_kept'))
    this.#unsaved = undefined
  }

  #isDue({ accessToken, expiresAt, pendingSince }: StoredTokens): boolean {
    const now = this.#options.clock()
    if (accessToken === '' || expiresAt <= now) return true
    return (pendingSince !== null || expiresAt - EARLY_MS <= now) && now >= this.#pausedUntil
  }

  #isStillGood({ accessToken, expiresAt }: StoredTokens, error: unknown): boolean {
    const forNow = error instanceof TokenError && error.code !== 'needs_authorisation'
    return forNow && accessToken !== '' && expiresAt > this.#options.clock()
  }

  #refresh(seen: StoredTokens): Promise<StoredTokens> {
    this.#running ??= this.#rotate(seen).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #rotate(seen: StoredTokens): Promise<StoredTokens> {
    const before = await this.#current()
    if (before.accessToken !== seen.accessToken) return before
    await this.#begin(before)
    const answer = await this.#ask(before)
    if (answer.kind === 'tokens') return this.#keep(before, answer)
    if (answer.kind === 'not_done' || answer.kind === 'rate') await this.#options.store.save({ ...before, pendingSince: null }).catch(() => undefined)
    if (answer.kind === 'refused') this.#dead = before.refreshToken
    return this.#fail(troubleOf(answer))
  }

  /** Without the note on disk nothing is asked: what comes back could not be kept either. */
  async #begin(before: StoredTokens): Promise<void> {
    await this.#options.store.save({ ...before, pendingSince: this.#options.clock() }).catch(() => this.#fail('tokens_not_kept'))
  }

  /** The new tokens are good even while the disk refuses them: they are held, and saved as soon as it takes them. */
  async #keep({ seed, refreshToken }: StoredTokens, answer: Tokens): Promise<StoredTokens> {
    const { accessToken, lifeMs } = answer
    const state = {
      ...{ accessToken, refreshToken: answer.refreshToken ?? refreshToken, seed },
      ...{ expiresAt: this.#options.clock() + lifeMs, pendingSince: null },
    }
    await this.#save(state).catch(() => undefined)
    return state
  }

  async #ask({ refreshToken }: StoredTokens): Promise<Answer> {
    const { outside, oauthRoot, appId, appSecret } = this.#options
    try {
      const called = await call(outside, {
        url: `${oauthRoot}/v4/oa/access_token`,
        headers: { secret_key: appSecret, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ refresh_token: refreshToken, app_id: appId, grant_type: 'refresh_token' }).toString(),
        timeoutMs: TIMEOUT_MS,
      })
      return answerOf(called)
    } catch (error) {
      return { kind: error instanceof CallError && error.code === 'not_sent' ? 'not_done' : 'in_doubt' }
    }
  }

  #fail(code: TokenTrouble): never {
    this.#options.trouble?.(code)
    throw new TokenError(code)
  }
}

interface Tokens {
  readonly kind: 'tokens'
  readonly accessToken: string
  /** Undefined: Zalo gave none, so the old one stays. */
  readonly refreshToken: string | undefined
  readonly lifeMs: number
}

/** `not_done`, `rate`: the refresh token is still good, for certain. `in_doubt`: it may be used up. */
type Answer = Tokens | { readonly kind: 'refused' | 'rate' | 'in_doubt' | 'not_done' }

const TOO_OFTEN = -32
/** Shorter than any that Zalo gives: a life that cannot be read must not cost the tokens. */
const UNKNOWN_LIFE_S = 3_600

const tokens = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional().catch(undefined),
  expires_in: z.coerce.number().positive().catch(UNKNOWN_LIFE_S),
})
const failure = z.object({ error: errorNumber })

function answerOf({ status, body }: Called): Answer {
  const given = tokens.safeParse(body)
  if (given.success) {
    const { access_token: accessToken, refresh_token: refreshToken, expires_in } = given.data
    return { kind: 'tokens', accessToken, refreshToken, lifeMs: expires_in * 1_000 }
  }
  const failed = failure.safeParse(body)
  if (status === 429 || (failed.success && failed.data.error === TOO_OFTEN)) return { kind: 'rate' }
  if (status >= 500 || !failed.success || failed.data.error === 0) return { kind: 'in_doubt' }
  return { kind: 'refused' }
}

function troubleOf({ kind }: { readonly kind: Exclude<Answer['kind'], 'tokens'> }): TokenTrouble {
  switch (kind) {
    case 'refused':
      return 'needs_authorisation'
    case 'rate':
      return 'rate'
    case 'in_doubt':
    case 'not_done':
      return 'tokens_unreachable'
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
