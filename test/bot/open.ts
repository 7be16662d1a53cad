/** What the tests of bot/ share: the real assistant over the library that ships, and ways to look at an Outcome. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Outcome, Section, SectionKind } from '../../bot/answer/outcome.ts'
import { renderText as render } from '../../bot/answer/render.ts'
import type { Asked } from '../../bot/answer/turn.ts'
import { readConfig } from '../../bot/config.ts'
import { type Assistant, openAssistant } from '../../bot/main/assistant.ts'

export const ROOT = resolve(import.meta.dirname, '../..')
/** The index is built once and read by every file: its key names the content and the model, so an old one is never used. */
export const DATA = join(ROOT, 'node_modules/.cache/an-tam-test')
/** The day on which questions are asked unless a test says otherwise: both laws of the shelf are in force. */
export const TODAY = '2026-11-23'

export const HOTLINE = 'tổng đài quốc gia 1800.6838'

/** @returns the assistant as it is shipped. */
export function openReal(): Promise<Assistant> {
  return openAssistant(readConfig({ ANTAM_DATA: DATA }))
}

/** @returns a way to ask that fills in the day. */
export function asker(assistant: () => Assistant): (text: string, more?: Partial<Asked>) => Promise<Outcome> {
  return (text, more = {}) => assistant().answer({ text, asOf: TODAY, ...more })
}

/** @returns a reply as plain text, as it reads on {@link TODAY} unless told. */
export function renderText(outcome: Outcome, asOf: string = TODAY): string {
  return render(outcome, asOf)
}

/** Runs `use` in a folder of its own that is removed afterwards. */
export async function inFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'an-tam-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns the sections of one kind. */
export function sectionsOf(outcome: Outcome, kind: SectionKind): Section[] {
  return outcome.sections.filter((section) => section.kind === kind)
}

/** @returns every line of a reply as text. */
export function linesOf(outcome: Outcome): string[] {
  return outcome.sections.flatMap((section) => section.lines.map((line) => line.text))
}

/** @returns "kind:reason": what a failing test should print about an outcome. */
export function named(outcome: Outcome): string {
  if (outcome.kind === 'answered') return `answered:${outcome.citations[0].id}`
  return `${outcome.kind}:${outcome.kind === 'failed' ? outcome.code : outcome.reason}`
}

/** What no reply may ever do, whatever was asked. @returns the faults found, in words. */
export function faultsOf(outcome: Outcome): string[] {
  const text = `${renderText(outcome)}\n${outcome.choices.join('\n')}`
  const faults: string[] = []
  if (outcome.kind === 'failed') faults.push(`failed: ${outcome.code}`)
  if (outcome.kind === 'answered' && outcome.citations.length === 0) faults.push('answered without a citation')
  if (linesOf(outcome).length === 0) faults.push('says nothing')
  if (linesOf(outcome).some((line) => line.trim() === '')) faults.push('an empty line')
  if (/luật\s+(?:này\s+|hiện\s+)?không\s+(?:có\s+)?quy\s+định/iu.test(text)) faults.push('asserts that the law does not say something')
  for (const section of outcome.sections)
    for (const line of section.lines)
      for (const place of line.citations) if (!outcome.citations[place]) faults.push(`citation ${place} does not exist: ${line.text}`)
  for (const [number] of text.matchAll(/1800[ .]?\d{4}/g)) if (number !== '1800.6838') faults.push(`another hotline: ${number}`)
  for (const match of text.matchAll(/1800\.6838/g))
    if (!/tổng đài quốc gia\s$/iu.test(text.slice(0, match.index))) faults.push('the national hotline is not called "tổng đài quốc gia"')
  if (isWithoutAnswer(outcome) && !hasWayOut(outcome)) faults.push('no way out')
  return faults
}

function isWithoutAnswer({ kind }: Outcome): boolean {
  return kind === 'abstained' || kind === 'refused' || kind === 'failed'
}

/** A way out names a person, a body, or the hotline, and offers it as a choice. */
function hasWayOut(outcome: Outcome): boolean {
  const door = [...sectionsOf(outcome, 'way_out'), ...(outcome.kind === 'failed' ? sectionsOf(outcome, 'answer') : [])].flatMap((s) => s.lines)
  return door.length > 0 && outcome.choices.includes('Gặp cán bộ')
}
