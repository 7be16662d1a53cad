/** A complaint that the person has confirmed. There is no other way to make one than {@link confirm}: what is unconfirmed cannot be handed on. */
import { z } from 'zod'
import { PURPOSES } from './consent.ts'
import { accountSchema, type Draft, draftSchema } from './draft.ts'
import { factsSchema } from './facts.ts'

declare const confirmed: unique symbol

export const suggestionSchema = z.object({ agency: z.string(), basis: z.string(), confidence: z.number(), why: z.string() })
/** A competent body, the most likely first. */
export type Suggestion = z.infer<typeof suggestionSchema>

export const recordSchema = z.object({
  case: z.string(),
  issue: z.string().nullable(),
  issueTitle: z.string(),
  story: z.string(),
  facts: factsSchema,
  missing: z.array(z.string()),
  evidence: draftSchema.shape.evidence,
  /** The account that money was sent to, sealed: opened for bank and police only. */
  account: accountSchema.nullable().default(null),
  consents: z.array(z.object({ purpose: z.enum(PURPOSES), version: z.string(), at: z.int(), message: z.string() })),
  route: z.array(suggestionSchema),
  /** The message that confirmed it. */
  confirmedBy: z.string(),
  confirmedAt: z.int(),
})
export type ComplaintRecord = z.infer<typeof recordSchema>
export type ConfirmedComplaint = ComplaintRecord & { readonly [confirmed]: true }

export interface Confirmation {
  readonly caseNumber: string
  readonly issueTitle: string
  readonly missing: readonly string[]
  readonly route: readonly Suggestion[]
  readonly message: string
  readonly now: number
}

/** @returns the complaint; undefined where the person never agreed that it is handled, or has not seen the summary. */
export function confirm(draft: Draft, confirmation: Confirmation): ConfirmedComplaint | undefined {
  if (draft.stage !== 'summary' || !draft.consents.some(({ purpose }) => purpose === 'handle')) return undefined
  const { caseNumber, issueTitle, missing, route, message, now } = confirmation
  const { issue, story, facts, evidence, account, consents } = draft
  const record: ComplaintRecord = {
    ...{ case: caseNumber, issue, issueTitle, story, facts, missing: [...missing], evidence, account, consents, route: [...route] },
    ...{ confirmedBy: message, confirmedAt: now },
  }
  return record as ConfirmedComplaint
}
