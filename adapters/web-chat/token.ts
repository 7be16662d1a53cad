/**
 * Names of visitors, and the tokens that prove them.
 *
 * A visitor's name is 26 random letters and digits (130 bits) made by the server, never by the client. The token is
 * `<visitor>.<expiry in base 36>.<HMAC-SHA256 of both>`; it carries nothing about the person, and only this server can make one.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Without letters that are mistaken for digits when read aloud. */
const ALPHABET = 'abcdefghjkmnpqrstvwxyz0123456789'
const LENGTH = 26
const DAY_MS = 86_400_000
/** A token lasts this long after the last visit. */
export const TOKEN_DAYS = 60
const FORM = new RegExp(`^([${ALPHABET}]{${LENGTH}})\\.([0-9a-z]{1,11})\\.([A-Za-z0-9_-]{43})$`)

export interface Tokens {
  /** @returns a token for `visitor`, good for {@link TOKEN_DAYS} from `now`. */
  issue(visitor: string, now: number): { readonly token: string; readonly expiresAt: number }
  /** @returns the visitor, or undefined for a token that is not ours, was changed, or is too old. */
  verify(token: string, now: number): string | undefined
}

/** @returns a name that nobody has. */
export function newVisitor(): string {
  return [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

/** @returns what a visitor can read out on the phone. */
export function spoken(visitor: string): string {
  return visitor.slice(0, 4).toUpperCase()
}

/** @param key at least 32 random bytes that never leave this machine */
export function openTokens(key: Uint8Array): Tokens {
  const sign = (claim: string) => createHmac('sha256', key).update(`web-chat:${claim}`).digest('base64url')
  return {
    issue: (visitor, now) => {
      const expiresAt = now + TOKEN_DAYS * DAY_MS
      const claim = `${visitor}.${expiresAt.toString(36)}`
      return { token: `${claim}.${sign(claim)}`, expiresAt }
    },
    verify: (token, now) => {
      const [, visitor, expiry, mac] = token.match(FORM) ?? []
      if (!visitor || !expiry || !mac) return undefined
      // As text: the last letter has bits that stand for nothing, and a token is either the one that was issued or none.
      const [given, right] = [Buffer.from(mac), Buffer.from(sign(`${visitor}.${expiry}`))]
      const genuine = given.length === right.length && timingSafeEqual(given, right)
      return genuine && Number.parseInt(expiry, 36) > now ? visitor : undefined
    },
  }
}
