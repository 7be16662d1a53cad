/** Words from a platform, made safe to keep: what is no character is gone, numbers that must not be kept are masked, and nothing is endless. */
import type { Arrival, Content, Seal } from '../../bot/delivery/message.ts'
import { maskAskedAccount, maskPersonal } from '../../knowledge/language/mask.ts'
import { clean } from '../../knowledge/language/normalise.ts'

/** No platform lets a person send more; what claims to be longer is cut, in characters. */
export const LONGEST_TEXT = 10_000
/** No number that must be masked is longer, spaces included. */
const LONGEST_NUMBER = 60

/** @returns the words as they may be kept. `masked`: whether numbers were covered. */
export function safeWords(words: string): { readonly text: string; readonly masked: boolean } {
  const sound = firstCharacters(words.replaceAll('\0', '').toWellFormed(), LONGEST_TEXT + LONGEST_NUMBER)
  const { text } = maskPersonal(sound)
  // Cut only afterwards: half a number is not recognised.
  return { text: firstCharacters(text, LONGEST_TEXT), masked: text !== sound }
}

/** @returns a text message; undefined when there is not a single visible character in it. */
export function textContent(words: string): Content | undefined {
  const safe = safeWords(words)
  return clean(safe.text) === '' ? undefined : { kind: 'text', ...safe }
}

/** @returns what a text is instead, should the person have been asked for the account that they sent money to; nothing where no number in it can be one. */
export function accountAsked(words: string | undefined, seal: Seal | undefined): Pick<Arrival, 'accountAsked'> {
  const found = words === undefined || seal === undefined || words.length > LONGEST_ANSWER ? undefined : maskAskedAccount(words.toWellFormed())
  return found && seal ? { accountAsked: { content: { kind: 'text', text: found.text, masked: true, sealed: seal(found.account) } } } : {}
}

/** Whoever writes more than this tells a story. */
const LONGEST_ANSWER = 300

/** @returns a file that still lies with the platform, with the words that came with it. */
export function remoteContent(caption: string | undefined): Content {
  const { text, masked } = safeWords(caption ?? '')
  return { kind: 'remote', caption: text, masked }
}

function firstCharacters(text: string, most: number): string {
  if (text.length <= most) return text
  const characters = Array.from(text)
  return characters.length <= most ? text : characters.slice(0, most).join('')
}
