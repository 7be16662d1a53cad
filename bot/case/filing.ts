/** A case that somebody told an officer on the telephone or at the counter: the same facts, the same consents, the same way to a case as in the chat. */
import { z } from 'zod'
import { readAmounts } from '../../knowledge/language/amounts.ts'
import { maskPersonal } from '../../knowledge/language/mask.ts'
import type { Day } from '../../knowledge/validity.ts'
import { missingOf } from '../complaint/asking.ts'
import { type ConfirmedComplaint, confirm } from '../complaint/confirmed.ts'
import { CONSENT_VERSION, PURPOSES, type Purpose } from '../complaint/consent.ts'
import { type Draft, LONGEST_STORY, newDraft } from '../complaint/draft.ts'
import { FACT_NAMES, type FactName, type Facts, factsSchema } from '../complaint/facts.ts'
import type { IntakeGuide } from '../complaint/guide.ts'

/** How somebody who did not write agreed. */
export const CONSENT_WAYS = ['telephone', 'paper', 'counter'] as const
export type ConsentWay = (typeof CONSENT_WAYS)[number]

const factNames = FACT_NAMES as readonly [FactName, ...FactName[]]

/** What an officer writes down; values as they are said, each checked against the same schema as what is read from a story. */
export const filingSchema = z.strictObject({
  /** Made by whoever sends it: what comes twice under one is one case. */
  id: z.uuid().optional(),
  story: z.string().trim().min(1).max(LONGEST_STORY),
  facts: z.partialRecord(z.enum(factNames), z.union([z.string(), z.number()])),
  consents: z.array(z.strictObject({ purpose: z.enum(PURPOSES), how: z.enum(CONSENT_WAYS) })),
})
export type Filing = z.infer<typeof filingSchema>

export interface FilingAt {
  readonly guide: IntakeGuide
  readonly caseNumber: string
  readonly by: string
  readonly now: number
  readonly day: Day
}

/** A filing that makes no case; the names are those of facts that have no such value. */
export type Unfilable = { readonly wrong: 'consent' } | { readonly wrong: 'facts'; readonly names: readonly string[] }

/** @returns the complaint, or why there is none: without consent to be handled nothing is ever filed. */
export function fileComplaint(filing: Filing, { guide, caseNumber, by, now, day }: FilingAt): ConfirmedComplaint | Unfilable {
  const facts = factsOf(filing)
  if (Array.isArray(facts)) return { wrong: 'facts', names: facts }
  const draft: Draft = { ...newDraft(maskPersonal(filing.story).text, now), stage: 'summary', facts, consents: consentsOf(filing, now) }
  const issue = guide.issueOf(draft.story, facts, day)
  const confirmation = {
    ...{ caseNumber, issueTitle: issue.title, missing: missingOf(draft, issue), route: guide.competence(draft.story, facts, day) },
    ...{ message: `office:${by}`, now },
  }
  return confirm({ ...draft, issue: issue.id }, confirmation) ?? { wrong: 'consent' }
}

/** @returns the facts, or the names of those whose value is none. */
function factsOf({ facts }: Filing): Facts | string[] {
  const told = Object.entries(facts).map(([name, value]) => [
    name,
    { value: kept(name, value), from: { words: String(kept(name, value)), message: 'office' } },
  ])
  const read = factsSchema.safeParse(Object.fromEntries(told))
  if (read.success) return read.data
  return [...new Set(read.error.issues.map((issue) => String(issue.path[0])))]
}

const TELEPHONES: ReadonlySet<string> = new Set(['phone', 'respondentPhone'])

/** Numbers that must not be kept are not kept here either. An amount may come as text, from a flag. */
function kept(name: string, value: string | number): string | number {
  if (name === 'amount') return typeof value === 'number' ? value : sumIn(value)
  return TELEPHONES.has(name) || typeof value === 'number' ? String(value) : maskPersonal(value).text
}

/** @returns the one sum that is written, "1.200.000 đ", "5 triệu"; NaN, which is refused, for none or several. */
function sumIn(text: string): number {
  if (/^\s*\d+\s*$/.test(text)) return Number(text)
  const [sum, another] = readAmounts(text)
  return sum && !another ? sum.dong : Number.NaN
}

function consentsOf({ consents }: Filing, now: number): Draft['consents'] {
  const given = new Map<Purpose, ConsentWay>(consents.map(({ purpose, how }) => [purpose, how]))
  return [...given].map(([purpose, how]) => ({ purpose, version: CONSENT_VERSION, at: now, message: `office:${how}` }))
}
