/**
 * What is said aloud, apart from what is shown: the whole card of an answer would be read for minutes, and again whenever a detail of it changes.
 * Each finished answer is said once, shortened; the card itself is there to be read.
 */
import { el, set } from './dom.ts'

/** Long enough to be picked up; afterwards nobody comes across the same words twice. */
const STAYS_MS = 10_000

export class Announcer {
  readonly node = set(el('div', 'unseen'), { 'aria-live': 'polite', 'aria-relevant': 'additions' })

  say(words: string): void {
    const line = el('p', '', words)
    this.node.append(line)
    setTimeout(() => line.remove(), STAYS_MS)
  }
}
