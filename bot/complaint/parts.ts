/** Pieces of what the intake says. */
import { plain, type Section } from '../answer/outcome.ts'
import type { Draft } from './draft.ts'

/** A reply in the making, with the draft as it stands after it. */
export interface Part {
  readonly draft: Draft
  readonly sections: readonly Section[]
  readonly choices: readonly string[]
}

/** @returns lines as a section without heading. */
export function answer(lines: readonly string[]): Section {
  return { kind: 'answer', heading: '', lines: lines.map(plain) }
}

/** @returns the same; none for no lines. */
export function answers(lines: readonly string[]): readonly Section[] {
  return lines.length > 0 ? [answer(lines)] : []
}

/** @returns lines under a heading; none for no lines. */
export function listed(heading: string, lines: readonly string[]): readonly Section[] {
  return lines.length > 0 ? [{ kind: 'conditions', heading, lines: lines.map(plain) }] : []
}
