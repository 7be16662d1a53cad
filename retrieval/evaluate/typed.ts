/** Questions as they are typed: whole, without marks, or with the marks of half of their syllables. */
import { createHash } from 'node:crypto'
import { fold } from '../../knowledge/language/normalise.ts'

export const TYPED = ['clean', 'half', 'bare'] as const
/** `bare`: no syllable has its marks; `half`: about every other one. */
export type Typed = (typeof TYPED)[number]

/** @returns `question` as it would be typed; the same each time for the same words. */
export function typedAs(question: string, typed: Typed): string {
  if (typed === 'clean') return question
  if (typed === 'bare') return fold(question)
  let at = 0
  return question.replace(/\p{L}+/gu, (word) => (isDropped(question, at++) ? fold(word) : word))
}

/** One bit of a digest: as good as a coin, and the same on every machine. */
function isDropped(question: string, at: number): boolean {
  return ((createHash('sha256').update(`${at} ${question}`).digest()[0] as number) & 1) === 1
}
