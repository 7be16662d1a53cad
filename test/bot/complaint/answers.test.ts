/**
 * Four hundred answers to the questions of the intake, each taken as the conversation takes it, and 220 stories as they are read; written by
 * somebody who had read nothing of either. Their facts are given by the words that any right reading holds.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isContact } from '../../../bot/complaint/asking.ts'
import { newDraft } from '../../../bot/complaint/draft.ts'
import { FACT_NAMES, type FactName, type Facts } from '../../../bot/complaint/facts.ts'
import type { IntakeGuide } from '../../../bot/complaint/guide.ts'
import { takeIntake } from '../../../bot/complaint/intake.ts'
import { commandIn, correctionIn, isQuestion } from '../../../bot/complaint/read/commands.ts'
import { contestIn } from '../../../bot/complaint/read/contest.ts'
import { readFacts } from '../../../bot/complaint/read/read-facts.ts'
import { fold } from '../../../knowledge/language/normalise.ts'
import { plainGuide } from './guide.ts'

const name = z.enum(FACT_NAMES as readonly [FactName, ...FactName[]])
const row = z.object({
  id: z.string(),
  ask: z.array(name),
  story: z.string(),
  answer: z.string(),
  /** "~…": the value holds the words. */
  expect: z.partialRecord(name, z.union([z.string(), z.number()])),
  /** Facts that the answer does not tell. */
  none: z.array(name).default([]),
})
type Row = z.infer<typeof row>

const guide: IntakeGuide = { ...plainGuide, readFacts, commandIn, correctionIn, isQuestion, contestIn }
const [DAY, NOW] = ['2026-11-20', Date.parse('2026-11-20T02:00:00Z')] as const
const linesOf = (file: string) =>
  readFileSync(join(import.meta.dirname, 'dialogue-lines', file), 'utf8')
    .trim()
    .split('\n')
const rows = linesOf('answers-in-turn.jsonl')
  .map((line) => row.parse(JSON.parse(line)))
  // A question is answered before the intake sees it.
  .filter(({ answer }) => !isQuestion(answer))

/** The facts as they stand behind the answer, and as they stood before. */
function taken({ ask, story, answer }: Row): readonly [before: Facts, after: Facts] {
  const told = Object.entries(story === '' ? {} : readFacts(story, { messageId: 'm1', asOf: DAY, known: {} }))
  const facts = Object.fromEntries(told.filter(([fact]) => !ask.includes(fact as FactName))) as Facts
  const stage = ask.some(isContact) ? 'contact' : 'facts'
  const draft = { ...newDraft(story, NOW), facts, stage: stage as 'contact' | 'facts', asked: ask }
  const step = takeIntake({ draft, text: answer, messageId: 'm2', now: NOW, asOf: DAY, newCase: 'GL26-AAA-BBB' }, guide)
  return [facts, step.draft?.facts ?? {}]
}

function isTold(wanted: string | number, got: string | number | undefined): boolean {
  if (typeof wanted === 'string' && wanted.startsWith('~')) return fold(String(got ?? '')).includes(fold(wanted.slice(1)))
  return got === wanted
}

const results = rows.flatMap((one) => {
  const [before, after] = taken(one)
  const told = Object.entries(one.expect).map(([fact, wanted]) => ({ fact, ok: isTold(wanted, after[fact as FactName]?.value), kind: 'told' }))
  const none = one.none.map((fact) => ({ fact, ok: after[fact]?.value === before[fact]?.value, kind: 'none' }))
  return [...told, ...none]
})
const share = (kind: string, ...facts: readonly FactName[]) => {
  const of = results.filter((one) => one.kind === kind && (facts.length === 0 || facts.includes(one.fact as FactName)))
  return of.filter(({ ok }) => ok).length / of.length
}

describe('an answer', () => {
  it('what is told is read', () => expect(share('told')).toBeGreaterThanOrEqual(0.97))

  it('how to reach a person is read, however it is told', () => expect(share('told', 'name', 'phone', 'commune')).toBeGreaterThanOrEqual(0.99))

  it('what is not told is not read', () => expect(share('none')).toBeGreaterThanOrEqual(0.85))
})

describe('a story', () => {
  const told = z.object({ id: z.string(), text: z.string(), asOf: z.string(), expect: z.partialRecord(name, z.union([z.string(), z.number()])) })
  const stories = linesOf('read-stories-sixth.jsonl').map((line) => told.parse(JSON.parse(line)))
  const facts = stories.flatMap(({ text, expect: wanted }) => {
    const got = readFacts(text, { messageId: 'm1', asOf: DAY, known: {} })
    return Object.entries(wanted).map(([fact, value]) => ({ fact, ok: isTold(value, got[fact as FactName]?.value) }))
  })
  const right = (fact: FactName) => facts.filter((one) => one.fact === fact && one.ok).length / facts.filter((one) => one.fact === fact).length

  it.each([
    ['amount', 0.84],
    ['payment', 0.85],
    ['respondent', 0.83],
    ['goods', 0.78],
    ['promised', 0.68],
    ['contacted', 0.6],
  ] as const)('tells its %s', (fact, least) => expect(right(fact)).toBeGreaterThanOrEqual(least))
})
