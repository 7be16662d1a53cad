/** The words of the intake: what it is given, what it asks of others, what comes out. */
import type { Day } from '../../knowledge/validity.ts'
import type { Section } from '../answer/outcome.ts'
import type { ConfirmedComplaint, Suggestion } from './confirmed.ts'
import type { Draft, SealedAccount } from './draft.ts'
import type { FactName, Facts } from './facts.ts'

export type Command = 'later' | 'skip' | 'back' | 'cancel' | 'resume'

/** One kind of matter: what it needs to be handled. */
export interface Issue {
  readonly id: string
  readonly title: string
  /** Whether it is a matter of consumer protection at all. */
  readonly ours: boolean
  readonly required: readonly FactName[]
  readonly evidence: readonly string[]
  /** Money may have gone to somebody's account: its number helps bank and police. */
  readonly account?: boolean
  /** It is about the association itself, which may not judge its own matter. */
  readonly aboutUs?: boolean
}

/** What a person may say that their matter is. */
export interface Matter {
  readonly id: string
  readonly title: string
  /** Money may be on its way right now: first aid comes before everything. */
  readonly urgent?: boolean
}

/** Kinds of matter to choose from, for a story that does not say well enough which body is competent. */
export interface Matters {
  /** Whether the story alone says it. */
  isClear(story: string, facts: Facts, day: Day): boolean
  /** @returns the likeliest, each with a title in plain words. */
  likeliest(story: string, facts: Facts, day: Day): readonly Matter[]
  /** @returns those after them, for a matter that is none of the likeliest; absent where there is only the way by groups. */
  next?(story: string, facts: Facts, day: Day): readonly Matter[]
  readonly groups: readonly (Matter & { readonly issues: readonly Matter[] })[]
}

/** One fact told in two ways. */
export interface Contest {
  readonly fact: FactName
  readonly told: readonly Facts[]
}

/** A case of the person's own that is not closed; empty for what is not known. */
export interface OpenCase {
  readonly number: string
  readonly respondent: string
  readonly order: string
  readonly goods: string
}

/** What the intake asks of others; pure, and all data behind it is reviewed. */
export interface IntakeGuide {
  /** @returns what is new or changed in `text`. */
  readFacts(text: string, context: { readonly messageId: string; readonly asOf: Day; readonly asked?: FactName; readonly known: Facts }): Facts
  correctionIn(text: string): { readonly fact: FactName; readonly text: string } | undefined
  commandIn(text: string): Command | undefined
  /** Whether a message during the intake asks something rather than tells it. */
  isQuestion(text: string): boolean
  /** @returns a fact that one message tells in two ways; undefined where it contradicts itself in nothing. */
  contestIn(text: string, context: { readonly messageId: string; readonly asOf: Day }): Contest | undefined
  /** @param chosen the matter that the person said it is. */
  issueOf(story: string, facts: Facts, day: Day, chosen?: string | null): Issue
  /** @returns the two likeliest bodies, each with what it rests on. */
  competence(story: string, facts: Facts, day: Day, chosen?: string | null): readonly Suggestion[]
  /** Without them nobody is asked which matter theirs is. */
  readonly matters?: Matters
  /** How an officer and a citizen read a case number to each other. */
  spoken(caseNumber: string): string
}

export interface IntakeInput {
  readonly draft: Draft
  /** Masked; empty for a file without words. */
  readonly text: string
  /** A file that came with the message. */
  readonly attachment?: string
  readonly messageId: string
  readonly now: number
  readonly asOf: Day
  /** A case number, should the complaint be confirmed. */
  readonly newCase: string
  /** An account that came with the message, sealed at the door; only where it was asked for. */
  readonly account?: SealedAccount
  readonly openCases?: readonly OpenCase[]
  /** By when an officer means to have looked at a case confirmed today. */
  readonly firstReplyBy?: Day
  /** Where the papers of the case can be read and printed. */
  readonly letterLink?: string
}

/** `draft` null: there is none any more. `confirmed` only where the person has just confirmed. */
export interface IntakeStep {
  readonly draft: Draft | null
  readonly sections: readonly Section[]
  readonly choices: readonly string[]
  readonly confirmed?: ConfirmedComplaint
  /** What goes to a case that the person has already. */
  readonly added?: Addition
  /** Files that show what must not be kept. */
  readonly discarded?: readonly string[]
}

/** What is told anew of a case that was confirmed before. */
export interface Addition {
  readonly number: string
  readonly story: string
  readonly facts: Facts
  readonly evidence: Draft['evidence']
}

/** One message in hand. */
export interface Full extends IntakeInput {
  readonly guide: IntakeGuide
}
