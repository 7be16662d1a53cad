/**
 * What leaves with a confirmed case: the event `complaint.confirmed`. It can only be made of a {@link ConfirmedComplaint}. The same shape as JSON Schema, for whoever
 * receives it: `complaint.schema.json`.
 */
import { z } from 'zod'
import { type ConfirmedComplaint, recordSchema } from './confirmed.ts'
import { PURPOSES } from './consent.ts'
import { type FactName, factsSchema } from './facts.ts'

/** Facts that go with the event, each named here: a new one stays with us until it is. */
export const SENT_FACTS = {
  respondent: true,
  platform: true,
  link: true,
  respondentPhone: true,
  goods: true,
  order: true,
  boughtOn: true,
  deliveredOn: true,
  amount: true,
  payment: true,
  promised: true,
  contacted: true,
  wish: true,
  name: true,
  phone: true,
  commune: true,
  email: true,
} as const satisfies Partial<Record<FactName, true>>

const moment = z.iso.datetime({ precision: 3 }).describe('Moment in UTC')

const evidenceSchema = z
  .object({
    id: z.string().describe('Name of the file; stays the same'),
    caption: z.string().describe('Words that the person sent with it'),
    released: z
      .boolean()
      .describe('Whether the person said that it shows no identity card or bank card; without that an officer must let it out first'),
    link: z
      .string()
      .regex(/^https?:\/\/\S+$/)
      .nullable()
      .describe('Where the bytes can be fetched while they are released; null where this installation has no public address'),
    linkEndsAt: moment.nullable().describe('The link is good until then'),
  })
  .describe('A file; its bytes are never in the event')

export const eventSchema = z
  .object({
    type: z.literal('complaint.confirmed'),
    timestamp: moment,
    data: z.object({
      case: z.string().min(1).describe('Case number with its check character, as it is read aloud'),
      channel: z.string().describe('Where it was told'),
      issue: recordSchema.shape.issue.describe('Kind of matter, by id; null where it was not made out'),
      issueTitle: z.string(),
      story: z.string().describe("What happened, in the person's words; personal numbers are masked"),
      facts: factsSchema.pick(SENT_FACTS).describe('Each value with the words it was read from'),
      missing: z.array(z.string()).describe('What this kind of matter needs and the person has not told'),
      evidence: z.array(evidenceSchema),
      consents: z.array(z.object({ purpose: z.enum(PURPOSES), version: z.string(), at: moment, message: z.string() })).min(1),
      route: recordSchema.shape.route.describe('Competent bodies as suggested, the most likely first; an officer chooses'),
      confirmedBy: z.string().describe('Name of the message that confirmed it'),
      confirmedAt: moment,
    }),
  })
  .describe('An Tâm: a complaint that its person has confirmed. Unknown properties may be added later and must be ignored.')
export type ComplaintEvent = z.infer<typeof eventSchema>

/** Where the bytes of a file can be fetched, and until when. */
export interface EvidenceLink {
  readonly url: string
  /** Milliseconds UTC. */
  readonly until: number
}

export interface EventDetail {
  readonly channel: string
  /** @returns undefined where there is no public address. */
  link(attachment: string): EvidenceLink | undefined
}

/** @returns the event; undefined for a complaint whose person did not agree that it is handled: the intake is the association's own, and no more than that is needed. */
export function eventOf(complaint: ConfirmedComplaint, { channel, link }: EventDetail): ComplaintEvent | undefined {
  if (!complaint.consents.some(({ purpose }) => purpose === 'handle')) return undefined
  const { consents, evidence, confirmedAt, ...rest } = complaint
  const data = {
    ...{ ...rest, channel, confirmedAt: iso(confirmedAt) },
    consents: consents.map((consent) => ({ ...consent, at: iso(consent.at) })),
    evidence: evidence.map((one) => evidenceOf(one, link)),
  }
  // Parsed, so that whatever the record may come to hold besides does not leave with it.
  return eventSchema.parse({ type: 'complaint.confirmed', timestamp: iso(confirmedAt), data })
}

/** A file as the record names it. `clear`: the person was asked whether it shows an identity card or a bank card, and said that it does not. */
interface Evidence {
  readonly attachment: string
  readonly caption: string
  readonly clear?: boolean | null
}

function evidenceOf(evidence: Evidence, link: EventDetail['link']): ComplaintEvent['data']['evidence'][number] {
  const { attachment: id, caption } = evidence
  const found = link(id)
  return { id, caption, released: isClear(evidence), link: found?.url ?? null, linkEndsAt: found ? iso(found.until) : null }
}

/** @returns whether the person has said that the file shows nothing that must stay here; not asked, or not answered, is no. */
export function isClear({ clear }: Evidence): boolean {
  return clear === true
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
