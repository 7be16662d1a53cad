/** Links to evidence: good for seven days, and only this installation can make one. What stands behind a link is asked when it is followed. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { EvidenceLink } from '../../bot/complaint/event.ts'

export const LINK_MS = 7 * 86_400_000
export const EVIDENCE_PATH = '/intake/evidence/'

export interface Links {
  /** @returns a link to the file, good for {@link LINK_MS} from `now`; undefined where nobody outside could follow it. */
  link(attachment: string, now: number): EvidenceLink | undefined
  /** @returns whether the link to `attachment` is one of ours and still good at `now`; compares in constant time. */
  holds(attachment: string, until: string, signature: string, now: number): boolean
}

/** @param key the installation's own; what signs links is derived from it, so that no other signature can pass for one */
export function openLinks(key: Uint8Array, publicUrl: string | undefined): Links {
  const own = Buffer.from(hkdfSync('sha256', key, '', 'an-tam evidence links', 32))
  const sign = (attachment: string, until: string) => createHmac('sha256', own).update(`${attachment}.${until}`).digest('base64url')
  return {
    link: (attachment, now) => {
      if (publicUrl === undefined) return undefined
      const until = Math.floor((now + LINK_MS) / 1_000)
      const path = `${EVIDENCE_PATH}${encodeURIComponent(attachment)}?until=${until}&sig=${sign(attachment, String(until))}`
      return { url: `${publicUrl.replace(/\/+$/, '')}${path}`, until: until * 1_000 }
    },
    holds: (attachment, until, signature, now) => {
      const [given, right] = [Buffer.from(signature), Buffer.from(sign(attachment, until))]
      const genuine = given.length === right.length && timingSafeEqual(given, right)
      return genuine && /^\d{1,12}$/.test(until) && Number(until) * 1_000 > now
    },
  }
}
