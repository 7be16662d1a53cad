/** What a message becomes on its way through the steps, and what the steps may use. */

import type { FoundDate } from '../../knowledge/language/dates.ts'
import type { LegalReference } from '../../knowledge/language/legal-references.ts'
import type { Library } from '../../knowledge/library.ts'
import type { Day } from '../../knowledge/validity.ts'
import type { Outcome } from './outcome.ts'

export type AskingAudience = 'consumer' | 'seller'

/** A question as it arrives. `previous` holds the earlier questions of the conversation, oldest first. */
export interface Asked {
  readonly text: string
  /** The calendar day on which it is asked. */
  readonly asOf: Day
  readonly audience?: AskingAudience
  readonly previous?: readonly string[]
  /** Whether the last reply was a clarifying question: there is at most one in a row. */
  readonly clarified?: boolean
}

/** One thing that search found; scores are in 0…1 and comparable within one search. */
export interface Found {
  readonly id: string
  readonly kind: 'provision' | 'guide' | 'field' | 'refusal' | 'distractor'
  readonly score: number
  readonly lexical: number
  readonly cosine: number
  /** What candidates of the shelf are sorted by, a log-odds comparable within one search. */
  readonly order?: number
}

/** The port to the retrieval room: best first. */
export type Search = (
  query: string,
  limit: number,
  allowed?: (id: string, kind: Found['kind']) => boolean,
  asker?: Asker,
) => Promise<readonly Found[]>

/** Who asks, and the day whose law decides: they change the order of what is found. */
export interface Asker {
  readonly audience?: AskingAudience | undefined
  readonly day?: Day | undefined
}

/** The port to Vietnamese text repair: shorthand, keyboard left-overs, tone marks. */
export type Repair = (text: string) => string

export type Nearness = (query: string, text: string) => number

export interface Tools {
  readonly library: Library
  readonly search: Search
  /** What is near by its evidence alone, whatever its validity: for judging what a message is, never to answer from. */
  readonly near: (query: string, limit: number) => Promise<readonly Found[]>
  readonly repair: Repair
  /** Probability that the first source found answers the question; `said` when the words name a matter outside the shelf, `odds` how much likelier they are of one. */
  readonly confidence: (found: readonly Found[], said: boolean, odds: number) => number
  /** How much of a question a short text shares, rare words counting more; comparable within one question. */
  readonly nearness: Nearness
  /** Share of the syllables of a text that are Vietnamese words; 1 for an empty text. */
  readonly vietnamese: (text: string) => number
}

/** The message half-way: each step adds what it learned. */
export interface Draft {
  readonly asked: Asked
  /** Cleaned text as the person wrote it. */
  readonly text: string
  /** The same with shorthand expanded and marks restored. */
  readonly restored: string
  /** What is searched for: `restored`, joined with the previous question where this one leans on it. */
  readonly query: string
  readonly audience: AskingAudience | undefined
  readonly references: readonly LegalReference[]
  readonly dates: readonly FoundDate[]
  /** The day whose law decides: read from the text, else the day of asking. */
  readonly eventDay: Day
  /** The last day that the person's words leave open: "2 năm trước" is a span, not a day. */
  readonly eventEnd: Day
  /** Whether the person says that the day is not known. */
  readonly unsureOfDay: boolean
  /** Whether the person asks which law holds, the old one or the new. */
  readonly asksWhichLaw: boolean
  /** Whether the person sets the old law against the new one. */
  readonly comparesLaws: boolean
  /** Whether personal numbers were covered in the text. */
  readonly hadNumbers: boolean
  /** Whether it may be a scam, though not likely enough for first aid alone. */
  readonly caution: boolean
  readonly found: readonly Found[]
  /** The matter outside the shelf that the words name, by its id. */
  readonly saidField: string | undefined
}

/** A step either adds to the draft or ends the turn. */
export type Step = (draft: Draft, tools: Tools) => Draft | Outcome | Promise<Draft | Outcome>

/** @returns whether a step ended the turn. */
export function isOutcome(result: Draft | Outcome): result is Outcome {
  return 'kind' in result
}
