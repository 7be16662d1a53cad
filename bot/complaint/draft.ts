/** A complaint while it is being told: plain JSON in the memory of the conversation, so that it survives restarts, other channels and interruptions. */
import { z } from 'zod'
import { PURPOSES } from './consent.ts'
import { FACT_NAMES, type FactName, factsSchema } from './facts.ts'

export const STAGES = ['story', 'facts', 'evidence', 'contact', 'consent', 'summary'] as const
export type Stage = (typeof STAGES)[number]

const factName = z.enum(FACT_NAMES as readonly [FactName, ...FactName[]])

export const draftSchema = z.object({
  stage: z.enum(STAGES),
  /** Put aside: kept, and asked nothing until the person goes on with it where it is. */
  paused: z.boolean(),
  /** What the person told, masked, as much as is kept of it. */
  story: z.string(),
  /** Kind of matter, by id; null until it is clear. */
  issue: z.string().nullable(),
  facts: factsSchema,
  /** The fact that the last question was about. */
  asked: factName.nullable(),
  /** Facts that the person cannot or will not tell. */
  skipped: z.array(factName),
  /** Files that came with it. */
  evidence: z.array(z.object({ attachment: z.string(), caption: z.string() })),
  /** What was agreed to, with the version of the words, when, and in which message. */
  consents: z.array(z.object({ purpose: z.enum(PURPOSES), version: z.string(), at: z.int(), message: z.string() })),
  startedAt: z.int(),
})
export type Draft = z.infer<typeof draftSchema>

/** Of a story; what is longer is cut, and the person is told. */
export const LONGEST_STORY = 5_000

/** @returns a draft that begins with what was told already; empty where nothing was. */
export function newDraft(story: string, now: number): Draft {
  return { stage: 'story', paused: false, story, issue: null, facts: {}, asked: null, skipped: [], evidence: [], consents: [], startedAt: now }
}
