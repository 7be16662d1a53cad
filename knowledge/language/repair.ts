/** A message as it was meant: what the machine reads in place of what was typed. */
import { expandShorthand, repairTyping } from './shorthand.ts'
import type { ToneRestorer } from './tones.ts'

/** @returns `text` with keyboard left-overs decoded, then shorthand written out, then tone marks put back: each step reads what the one before made. */
export function repairText(text: string, tones: ToneRestorer): string {
  const typed = repairTyping(text, (syllable) => tones.knows(syllable))
  return tones.restore(expandShorthand(typed.text).text)
}
