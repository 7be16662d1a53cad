/** What was found out of a word is kept for the next time that it comes. */

/** So many words are held: a language has few, an attacker any number. */
const MOST = 20_000
/** Longer than any syllable, or with a digit: an order, a number, a person's. That is nobody's to keep. */
const OWN = /^.{13}|\d/su

/** @returns `find`, which must be pure, asked once for each text while that is held; what is held is forgotten all at once when it is full. */
export function remembered<T>(find: (text: string) => T): (text: string) => T {
  const held = new Map<string, T>()
  return (text) => {
    if (OWN.test(text)) return find(text)
    const known = held.get(text)
    if (known !== undefined || held.has(text)) return known as T
    const found = find(text)
    if (held.size >= MOST) held.clear()
    held.set(text, found)
    return found
  }
}
