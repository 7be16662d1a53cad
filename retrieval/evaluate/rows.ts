/** Evaluation rows: questions written by someone who has not seen the guides, and what a right answer must show. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const expectation = z.object({
  status: z.array(z.string()).min(1),
  anyOf: z.array(z.object({ document: z.string(), article: z.string(), clause: z.string().optional() })).default([]),
  mustMention: z.array(z.array(z.string()).min(1)).default([]),
  mustNot: z.array(z.string()).default([]),
})

export const SLICES = ['consumer', 'seller', 'procedure', 'scam', 'dates', 'out_of_scope'] as const

const row = z.object({
  id: z.string(),
  slice: z.enum(SLICES),
  question: z.string(),
  asOf: z.string().optional(),
  audience: z.enum(['consumer', 'seller']).optional(),
  expect: expectation,
})
const followUp = z.object({ id: z.string(), turns: z.array(z.string()).min(2), asOf: z.string().optional(), expectLast: expectation })

export type Row = z.output<typeof row>
export type FollowUp = z.output<typeof followUp>
export type Expectation = z.output<typeof expectation>
export type Slice = (typeof SLICES)[number]

/** Reads a JSONL file of rows. Throws with file and line when one has another form. */
function readJsonl<T>(file: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [parseRow(line, `${file}:${i + 1}`, schema)]))
}

function parseRow<T>(line: string, place: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parseJson(line, place))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`${place}: ${issue?.path.join('.')}: ${issue?.message}`)
}

function parseJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new Error(`${place}: không phải JSON`, { cause })
  }
}

/** @returns the rows of one half of the set in `folder`. */
export function readHalf(folder: string, half: 'dev' | 'test'): Row[] {
  return readJsonl(join(folder, `${half}.jsonl`), row)
}

/** Which rows of a half to ask: those whose id starts so, and of these the even or the odd numbers. */
export interface Chosen {
  readonly only?: string | undefined
  readonly parity?: 'even' | 'odd' | undefined
}

/** @returns the chosen rows. One parity can be looked into while the other stays unread: "dev3-seller-014" is even. */
export function chooseRows<T extends { id: string }>(rows: readonly T[], { only = '', parity }: Chosen): T[] {
  return rows.filter((r) => r.id.startsWith(only) && (!parity || parityOf(r.id) === parity))
}

function parityOf(id: string): 'even' | 'odd' | undefined {
  const number = /\d+$/.exec(id)?.[0]
  return number === undefined ? undefined : Number(number) % 2 === 0 ? 'even' : 'odd'
}

/** @returns dialogues whose last turn leans on an earlier one. */
export function readFollowUps(folder: string): FollowUp[] {
  return readJsonl(join(folder, 'followups.jsonl'), followUp)
}

/** @returns the questions as people type them in shorthand, by row id. */
export function readShorthand(folder: string): Map<string, string> {
  const file = join(folder, 'shorthand.jsonl')
  if (!existsSync(file)) return new Map()
  return new Map(readJsonl(file, z.object({ id: z.string(), question: z.string() })).map((r) => [r.id, r.question]))
}
