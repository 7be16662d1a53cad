/** The one-time code with which an officer's own chat becomes the place where they are told of work. */
import { fold } from '../../knowledge/language/normalise.ts'

/** How long a code can be used. */
export const ALERT_CODE_MS = 10 * 60_000
/** Wrong codes in one conversation, and in all of them, before none is looked at for a while. */
export const ALERT_TRIES = { conversation: 5, all: 60, withinMs: 60 * 60_000 } as const

/** Nobody takes one for another, or for a digit. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ'
const ON = /^\/?(?:bao viec|nhan bao viec)(?: ma)?[\s:]+([a-z]{4})[\s–—-]*(\d{4})[.!]?$/
const OFF = /^\/?(?:ngung|dung|thoi|tat|huy)(?: nhan)? bao viec(?: (?:nua|nhe|di|cho toi))*[.!]?$/

export type AlertRequest = { readonly kind: 'alerts_on'; readonly code: string } | { readonly kind: 'alerts_off' }

/** @returns what the whole message asks for; undefined for any other. */
export function alertRequestIn(text: string): AlertRequest | undefined {
  const said = fold(text).trim().replace(/\s+/g, ' ')
  const [, letters = '', digits = ''] = ON.exec(said) ?? []
  if (letters !== '') return { kind: 'alerts_on', code: `${letters.toUpperCase()}-${digits}` }
  return OFF.test(said) ? { kind: 'alerts_off' } : undefined
}

/** @param random bytes, at least eight. @returns a code as "ABCD-1234"; 2·10⁹ of them, of which few guesses are taken. */
export function alertCodeFrom(random: Uint8Array): string {
  const bytes = [...random.slice(0, 8)]
  const letters = bytes.slice(0, 4).map((byte) => LETTERS[byte % LETTERS.length])
  return `${letters.join('')}-${bytes
    .slice(4)
    .map((byte) => byte % 10)
    .join('')}`
}
