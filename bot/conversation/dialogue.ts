/** What the bot remembers of a conversation between two messages: plain JSON, stored as text and read back through a schema. */
import { z } from 'zod'
import type { Outcome } from '../answer/outcome.ts'
import type { AskingAudience } from '../answer/turn.ts'
import { type Draft, draftSchema } from '../complaint/draft.ts'

export interface Dialogue {
  readonly audience: AskingAudience | null
  /** Earlier questions, oldest first; only the last few. */
  readonly questions: readonly string[]
  /** Choices of the last reply, so that "2" means the second one. */
  readonly choices: readonly string[]
  /** Whether the last reply was a clarifying question. */
  readonly clarified: boolean
  /** How many replies in a row knew no answer. */
  readonly unsure: number
  /** Told that it is too much, and not yet heard at a bearable pace again. */
  readonly flooded: boolean
  /** A complaint that is being told; null for none. */
  readonly complaint: Draft | null
  /** What was just asked about a case; whatever comes next answers it or leaves it. */
  readonly about: About | null
  /** A call-back that is being asked for; null for none. */
  readonly callBack: CallBackPending | null
}

/** `ask`: the number is asked for; `confirm`: it was read back. `recalled`: another message came between, and the person was reminded. */
export type CallBackPending = z.infer<typeof callBackSchema>

const callBackSchema = z.object({ stage: z.enum(['ask', 'confirm']), phone: z.string(), hours: z.string(), recalled: z.boolean() })

/** A question about a case that the next message may answer. */
export type About = z.infer<typeof aboutSchema>

const REMEMBERED = 3
const file = z.object({ attachment: z.string(), caption: z.string() })

const aboutSchema = z.discriminatedUnion('kind', [
  /** The last four digits of the telephone number in somebody's record. */
  z.object({ kind: z.literal('digits'), number: z.string() }),
  /** Which of several cases is meant. */
  z.object({ kind: z.literal('which'), want: z.enum(['add', 'withdraw', 'consents', 'again']), text: z.string() }),
  /** What is to be added, whether the case is really withdrawn, which consents are. */
  z.object({ kind: z.enum(['add', 'withdraw', 'consents', 'why']), number: z.string() }),
  /** The name of a seller, to be looked for in the published list. */
  z.object({ kind: z.literal('seller') }),
  /** Whether files belong to a case, and then whether they show papers; `number` null until it is clear which. */
  z.object({ kind: z.literal('files'), number: z.string().nullable(), files: z.array(file) }),
])

export const dialogueSchema: z.ZodType<Dialogue> = z.object({
  audience: z.enum(['consumer', 'seller']).nullable(),
  questions: z.array(z.string()),
  choices: z.array(z.string()),
  clarified: z.boolean(),
  unsure: z.int().min(0),
  // Absent in what an earlier version stored.
  flooded: z.boolean().default(false),
  complaint: draftSchema.nullable().default(null),
  about: aboutSchema.nullable().default(null),
  callBack: callBackSchema.nullable().default(null),
})

/** @returns the memory of a conversation before its first message. */
export function newDialogue(): Dialogue {
  return { audience: null, questions: [], choices: [], clarified: false, unsure: 0, flooded: false, complaint: null, about: null, callBack: null }
}

const SUBSTANTIAL: ReadonlySet<Outcome['kind']> = new Set(['answered', 'first_aid', 'abstained', 'clarify'])

/** @returns the memory after `text` was answered with `outcome`. Questions about the law are remembered for follow-ups; greetings and thanks are not. */
export function afterReply(before: Dialogue, text: string, audience: AskingAudience | null, outcome: Outcome): Dialogue {
  return {
    audience,
    questions: SUBSTANTIAL.has(outcome.kind) ? [...before.questions, text].slice(-REMEMBERED) : before.questions,
    choices: outcome.choices,
    clarified: outcome.kind === 'clarify',
    flooded: false,
    complaint: before.complaint,
    about: null,
    callBack: null,
    unsure: isUnsure(outcome) ? before.unsure + 1 : SUBSTANTIAL.has(outcome.kind) ? 0 : before.unsure,
  }
}

/** @returns whether the assistant had nothing to say, as against a matter that it knows to belong elsewhere. */
export function isUnsure(outcome: Outcome): boolean {
  return outcome.kind === 'failed' || (outcome.kind === 'abstained' && outcome.reason === 'nothing_near')
}
