/** A complaint while it is being told: plain JSON in the memory of the conversation, so that it survives restarts, other channels and interruptions. */
import { z } from 'zod'
import { PURPOSES } from './consent.ts'
import { FACT_NAMES, type FactName, factsSchema } from './facts.ts'

export const STAGES = ['story', 'matter', 'facts', 'account', 'contact', 'consent', 'summary'] as const
export type Stage = (typeof STAGES)[number]

const factName = z.enum(FACT_NAMES as readonly [FactName, ...FactName[]])
/** An earlier version had a stage for evidence, and asked for one fact at a time. */
const stage = z.preprocess((stored) => (stored === 'evidence' ? 'contact' : stored), z.enum(STAGES))
const asked = z.preprocess((stored) => (Array.isArray(stored) ? stored : [stored].filter((name) => typeof name === 'string')), z.array(factName))

/** A file: `clear` once the person has said that it shows no papers and no cards; null while nobody has said, and until then nobody opens it. */
const fileSchema = z.object({ attachment: z.string(), caption: z.string(), clear: z.boolean().nullable().default(null) })
export type EvidenceFile = z.infer<typeof fileSchema>

/** The account that money was sent to: sealed for the office, and its last figures as everybody may see them. */
export const accountSchema = z.object({ sealed: z.string(), shown: z.string() })
export type SealedAccount = z.infer<typeof accountSchema>

/** What the person said that their matter is, and where that question stands. */
const matterSchema = z.object({
  /** Its id; null where the story alone has to say it. */
  chosen: z.string().nullable(),
  /** What was last offered: the likeliest matters, the groups, or those of one group. */
  among: z.union([z.enum(['likeliest', 'next', 'groups']), z.object({ group: z.string() })]),
  /** What was offered, by id, in the order in which it was shown. */
  offered: z.array(z.string()),
  /** How often it was asked without an answer that could be read. */
  tries: z.int(),
  /** Nothing is asked of it any more. */
  settled: z.boolean(),
})
const UNASKED = { chosen: null, among: 'likeliest', offered: [], tries: 0, settled: false } as const

export const draftSchema = z.object({
  stage,
  /** Put aside: kept, and asked nothing until the person goes on with it where it is. */
  paused: z.boolean(),
  /** What the person told, masked, as much as is kept of it. */
  story: z.string(),
  /** Kind of matter, by id; null until it is clear. */
  issue: z.string().nullable(),
  /** A draft from before the question goes on without it. */
  matter: matterSchema.default({ ...UNASKED, offered: [], settled: true }),
  facts: factsSchema,
  /** The facts that the last question was about; none where it was about something else. */
  asked,
  /** How often that question was put without an answer that could be read. */
  tries: z.int().default(0),
  /** Facts that the person cannot or will not tell. */
  skipped: z.array(factName),
  /** Facts that are asked for although the matter does not need them: what was told of them cannot be. */
  unsettled: z.array(factName).default([]),
  /** One fact told in two ways, until the person says which is right. */
  contest: z.object({ fact: factName, told: factsSchema.array() }).nullable().default(null),
  /** Files that came with it. */
  evidence: z.array(fileSchema),
  /** The files that the person was last asked about: whether they show papers or cards. */
  filesAsked: z.array(z.string()).default([]),
  /** Asked once more at the summary, where they had not said. */
  filesAskedAgain: z.boolean().default(false),
  account: accountSchema.nullable().default(null),
  /** Asked for it, the person had none to tell. */
  accountLeft: z.boolean().default(false),
  /** The person said that it is another matter than the case they have. */
  apart: z.boolean().default(false),
  /** An insult was answered once. */
  calmed: z.boolean().default(false),
  /** What was agreed to, with the version of the words, when, and in which message. */
  consents: z.array(z.object({ purpose: z.enum(PURPOSES), version: z.string(), at: z.int(), message: z.string() })),
  startedAt: z.int(),
})
export type Draft = z.infer<typeof draftSchema>

/** Of a story; what is longer is cut, and the person is told. */
export const LONGEST_STORY = 5_000

/** @returns a draft that begins with what was told already; empty where nothing was. */
export function newDraft(story: string, now: number): Draft {
  return {
    ...{ stage: 'story', paused: false, story, issue: null, facts: {}, asked: [], tries: 0, skipped: [], unsettled: [], contest: null },
    ...{
      matter: { ...UNASKED, offered: [] },
      evidence: [],
      filesAsked: [],
      filesAskedAgain: false,
      account: null,
      accountLeft: false,
      apart: false,
      calmed: false,
      consents: [],
      startedAt: now,
    },
  }
}
