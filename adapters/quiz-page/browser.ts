/**
 * The number by which a browser is told from another, so that one that takes a quiz again is not counted as another person: random, signed, and known to nobody
 * but the browser; only its hash is kept.
 *
 *   <128 random bits>.<HMAC-SHA256 of them, by a key of its own derived from the installation's>
 */
import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

const DAY_SECONDS = 86_400
/** Browsers themselves end a cookie after 400 days. */
const MOST_DAYS = 400
const FORM = /^([\w-]{22})\.([\w-]{43})$/

export const BROWSER_COOKIE = 'antam-trac-nghiem'

export interface BrowserNumbers {
  /** @returns a cookie's value for a browser that has none. */
  issue(): string
  /** @returns the hash that stands for the browser; undefined for a value that is not ours. */
  read(value: string | undefined): string | undefined
}

/** @param secret the installation's key */
export function openBrowserNumbers(secret: Uint8Array): BrowserNumbers {
  const key = Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), 'an-tam quizzes', 32))
  const sign = (number: string) => createHmac('sha256', key).update(number).digest('base64url')
  return {
    issue: () => {
      const number = randomBytes(16).toString('base64url')
      return `${number}.${sign(number)}`
    },
    read: (value) => {
      const [, number, mac] = value?.match(FORM) ?? []
      if (!number || !mac || !same(mac, sign(number))) return undefined
      return createHash('sha256').update(number).digest('base64url').slice(0, 22)
    },
  }
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** @returns for how long a browser keeps its number, in seconds: not longer than what is counted by it. */
export function cookieSeconds(keptDays: number): number {
  return Math.min(keptDays, MOST_DAYS) * DAY_SECONDS
}
