/** Plays the dialogues and counts: fields right, turns until confirmed, promises kept. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Facts } from '../../bot/complaint/facts.ts'
import type { IntakeGuide } from '../../bot/complaint/guide.ts'
import type { Assistant } from '../../bot/main/assistant.ts'
import { COMPLAINT_CHOICE } from '../../bot/wording/complaint.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { type DialogueRow, dialogue, MemoryLine, Person, type Played } from './person.ts'

/** The first were written by a tester before the intake was tuned; the others blind, by people who had read nothing of it. */
const FILES = [
  'dialogues.jsonl',
  'dialogues-scripted.jsonl',
  'dialogues-free.jsonl',
  'dialogues-third.jsonl',
  'dialogues-fourth.jsonl',
  'dialogues-fifth.jsonl',
  'dialogues-sixth.jsonl',
  'dialogues-seventh.jsonl',
  'dialogues-eighth.jsonl',
]

/** @returns the dialogues, written by people who had not made the intake, before they were played. */
export function readDialogues(): readonly DialogueRow[] {
  return FILES.map((name) => join(import.meta.dirname, name))
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
    .map((line) => dialogue.parse(JSON.parse(line)))
}

export interface Measured {
  readonly dialogues: number
  /** That had to end in a case, and how many did. */
  readonly due: number
  readonly confirmed: number
  readonly fields: number
  readonly right: number
  /** Beside these: facts that a person would only have told in answer to a question that this kind of matter does not need. */
  readonly untold: number
  /** Of those that are right: told before, asked for nevertheless, and told again. */
  readonly again: number
  /** Turns to each case, the shortest first. */
  readonly turns: readonly number[]
  /** The same without what people put in between. */
  readonly plainTurns: readonly number[]
  /** One line each: a promise that was broken. */
  readonly broken: readonly string[]
  /** One line each, for who works on it. */
  readonly wrong: readonly string[]
}

export async function measure(rows: readonly DialogueRow[], assistant: Assistant, guide: IntakeGuide): Promise<Measured> {
  const played: (readonly [DialogueRow, Played])[] = []
  for (const row of rows) played.push([row, await new Person(row, new MemoryLine(assistant, guide), guide).play()])
  const all = played.flatMap(([row, what]) => fieldsOf(row, what))
  const checked = all.filter(({ untold }) => !untold)
  const due = played.filter(([row]) => row.expect.mustEndIn === 'confirmed')
  const took = (of: (one: Played) => number) => due.flatMap(([, one]) => (one.confirmed ? [of(one)] : [])).sort((a, b) => a - b)
  const [turns, plainTurns] = [took((one) => one.turns), took((one) => one.turns - one.between)]
  return {
    ...{ dialogues: rows.length, due: due.length, confirmed: turns.length, turns, plainTurns },
    ...{
      fields: checked.length,
      right: checked.filter(({ right }) => right).length,
      untold: all.length - checked.length,
      again: checked.filter(({ right, again }) => right && again).length,
    },
    broken: played.flatMap(([row, what]) => brokenIn(row, what)),
    wrong: [
      ...checked.filter(({ right }) => !right).map(({ what }) => what),
      ...due.filter(([, { confirmed }]) => !confirmed).map(([row]) => `${row.id}: no case`),
    ],
  }
}

interface Field {
  readonly right: boolean
  readonly untold: boolean
  readonly again: boolean
  readonly what: string
}

function fieldsOf(row: DialogueRow, { facts, askedFor, saidAgain }: Played): readonly Field[] {
  return Object.entries(row.expect.fields).map(([name, wanted]) => {
    const got = facts[name as keyof Facts]?.value
    const untold = got === undefined && row.answers[name] !== undefined && !askedFor.has(name)
    return { right: isRight(wanted, got), untold, again: saidAgain.has(name), what: `${row.id} ${name}: ${wanted} ≠ ${got}` }
  })
}

/** "~words": holds them; "/pattern/": matches. */
function isRight(wanted: string | number, got: string | number | undefined): boolean {
  if (typeof wanted === 'string' && wanted.startsWith('~')) return fold(String(got ?? '')).includes(fold(wanted.slice(1)))
  if (typeof wanted === 'string' && wanted.startsWith('/')) return new RegExp(wanted.slice(1, -1)).test(String(got ?? ''))
  return got === wanted
}

/** What must hold in every dialogue, whatever was understood. */
function brokenIn({ id, expect }: DialogueRow, { confirmed, confirmedBy, heard }: Played): readonly string[] {
  const said = [heard, JSON.stringify(confirmed ?? {})].join('\n')
  return [
    ...(confirmed && fold(confirmedBy ?? '').replace(/[.!]$/, '') !== fold(COMPLAINT_CHOICE.confirm) ? [`${id}: confirmed by "${confirmedBy}"`] : []),
    ...(confirmed && !confirmed.consents.some(({ purpose }) => purpose === 'handle') ? [`${id}: a case without consent`] : []),
    ...expect.never.filter((pattern) => new RegExp(pattern).test(said)).map((pattern) => `${id}: said or kept ${pattern}`),
    ...expect.must.filter((pattern) => !new RegExp(pattern).test(said)).map((pattern) => `${id}: never said ${pattern}`),
  ]
}

/** @returns both together. */
export function joined(a: Measured, b: Measured): Measured {
  return {
    ...{ dialogues: a.dialogues + b.dialogues, due: a.due + b.due, confirmed: a.confirmed + b.confirmed },
    ...{ fields: a.fields + b.fields, right: a.right + b.right, untold: a.untold + b.untold, again: a.again + b.again },
    ...{ turns: both(a.turns, b.turns), plainTurns: both(a.plainTurns, b.plainTurns) },
    ...{ broken: [...a.broken, ...b.broken], wrong: [...a.wrong, ...b.wrong] },
  }
}

const both = (a: readonly number[], b: readonly number[]): number[] => [...a, ...b].sort((x, y) => x - y)

/** @returns the median of numbers, the smallest first; 0 without any. */
export function median(numbers: readonly number[]): number {
  return numbers[Math.floor(numbers.length / 2)] ?? 0
}

/** @returns one line. */
export function figures(m: Measured): string {
  const share = (part: number, whole: number) => `${part}/${whole} = ${(part / whole).toFixed(3)}`
  return `intake: ${m.dialogues} dialogues · cases ${share(m.confirmed, m.due)} of those due · fields ${share(m.right, m.fields)} of those told (${m.again} of them only when asked again; ${m.untold} more never asked) · turns to a case ${median(m.turns)} (median; ${median(m.plainTurns)} without what people put in between) · broken promises ${m.broken.length}`
}
