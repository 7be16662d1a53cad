/**
 * Links to the papers of a case: who holds one may read them until it ends, and nobody else can make one.
 *
 *   /letters/GL26-4K7-9HX-2MR?until=1796688000&sig=<HMAC-SHA256 of both, by a key of its own derived from the installation's>
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

export const LINK_DAYS = 7
const DAY_SECONDS = 86_400
const UNTIL = /^\d{1,11}$/

export interface LetterLinks {
  /** @returns path and query of a link that is good for {@link LINK_DAYS} from `now`. */
  make(caseNumber: string, now: number): string
  /** @returns until when (milliseconds) what was asked for may be read; undefined for a link that is not ours, was changed, or has ended. */
  verify(caseNumber: string, until: string, sig: string, now: number): number | undefined
}

/** @param secret the installation's key; what is signed here can be used for nothing else, and nothing else here */
export function openLetterLinks(secret: Uint8Array): LetterLinks {
  const key = Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), 'an-tam letters', 32))
  const sign = (caseNumber: string, until: string) => createHmac('sha256', key).update(`${caseNumber}\n${until}`).digest('base64url')
  return {
    make: (caseNumber, now) => {
      const until = String(Math.floor(now / 1_000) + LINK_DAYS * DAY_SECONDS)
      return `/letters/${encodeURIComponent(caseNumber)}?until=${until}&sig=${sign(caseNumber, until)}`
    },
    verify: (caseNumber, until, sig, now) => {
      const end = Number(until) * 1_000
      return UNTIL.test(until) && same(sig, sign(caseNumber, until)) && now < end ? end : undefined
    },
  }
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** @returns a link that can be sent; undefined where people cannot reach this service from outside. */
export function letterLink(links: LetterLinks, publicUrl: string | undefined, caseNumber: string, now: number): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl.replace(/\/+$/, '')}${links.make(caseNumber, now)}`
}
