/**
 * What a report is made of and what it says, as plain JSON. Nobody is named in any of it: a case is its number, a person a running number of this one report,
 * a seller likewise. Types only, so that the console's page reads them too.
 */
import type { QuizAudience } from '../../knowledge/quizzes.ts'
import type { CaseResult, CaseStatus } from '../complaint/status.ts'

/** Days of the calendar in Vietnam, both counted in. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** All that is counted of one case. Texts are empty and everything else null where the case says nothing of it. */
export interface CaseLine {
  readonly number: string
  readonly receivedOn: string
  /** Received before the period and not closed before it. */
  readonly carried: boolean
  readonly channel: string
  /** An officer filed it for somebody on the telephone or at the counter. */
  readonly byOfficer: boolean
  /** The same number is the same person within this report. */
  readonly person: number
  readonly group: string
  readonly issue: string
  readonly platform: string
  readonly commune: string
  /** In đồng. */
  readonly amount: number | null
  /** The body that the program suggested first, by name; and the one that an officer chose. */
  readonly suggested: string
  readonly chosen: string
  /** As it stood when the report was made. */
  readonly status: CaseStatus
  readonly result: CaseResult | null
  readonly closedOn: string | null
  /** Working days from its confirmation to the office's first deed. */
  readonly lookedAfter: number | null
  readonly transferredAfter: number | null
  /** Working days from the last transfer before it to the first answer after a transfer. */
  readonly bodyAnsweredAfter: number | null
  /** The office's first deed was, or is by now, later than promised. */
  readonly overdue: boolean
  readonly satisfied: boolean | null
  /** The same number is the same seller of whom at least three people complained within ninety days. */
  readonly seller: number | null
}

/** Somebody who waited for an officer in a chat. */
export interface ChatLine {
  /** Conversation and episode; the conversation itself may be gone by now. */
  readonly ref: string
  readonly day: string
  readonly channel: string
  /** Until an officer's first words; null: nobody came before the wait ended. */
  readonly waitedMinutes: number | null
}

/** Messages of one day and channel about which the same kind of decision was made. */
export interface AnswerLine {
  readonly day: string
  readonly channel: string
  readonly kind: string
  readonly count: number
}

/** Judgements of single replies, of one day. */
export interface OpinionLine {
  readonly day: string
  readonly up: number
  readonly down: number
}

/** An attempt at a quiz that was brought to its end. */
export interface QuizLine {
  /** A running number of this one report. */
  readonly ref: string
  readonly day: string
  /** By title. */
  readonly quiz: string
  readonly audience: QuizAudience
  /** The same number is the same account within this report; null on the open page. */
  readonly officer: number | null
  /** The same number is the same browser, which may be several people, as several may be one; null in the console. */
  readonly browser: number | null
  /** Empty where none was chosen. */
  readonly commune: string
  readonly right: number
  readonly total: number
  readonly passed: boolean
}

/** An account in use, and how far it is with the quizzes for officers, as of when the report was made. */
export interface TrainedLine {
  readonly officer: number
  readonly passed: number
  readonly of: number
}

/** Everything that a report's figures are counted from. */
export interface Basis {
  readonly period: Period
  /** Milliseconds UTC. */
  readonly readAt: number
  /** The first day of which conversations are known; null: of none. */
  readonly chatsFrom: string | null
  readonly cases: readonly CaseLine[]
  readonly chats: readonly ChatLine[]
  readonly answers: readonly AnswerLine[]
  readonly opinions: readonly OpinionLine[]
  readonly quizzes: readonly QuizLine[]
  readonly trained: readonly TrainedLine[]
}

export type Unit =
  | 'cases'
  | 'people'
  | 'messages'
  | 'chats'
  | 'judgements'
  | 'sellers'
  | 'percent'
  | 'dong'
  | 'working_days'
  | 'minutes'
  | 'attempts'
  | 'browsers'
  | 'officers'

/** One number with what it rests on. */
export interface Figure {
  /** Stays the same from report to report. */
  readonly id: string
  /** Its place in this report, from 1. */
  readonly no: number
  readonly label: string
  /** Null: there is nothing to count it from. */
  readonly value: number | null
  readonly unit: Unit
  /** What `on` lists: case numbers, waits in chats, the days whose lines are summed up, attempts at quizzes, or accounts. */
  readonly of: 'case' | 'chat' | 'day' | 'attempt' | 'officer'
  readonly on: readonly string[]
}

export interface FigureRow {
  readonly label: string
  /** One under each column. */
  readonly cells: readonly Figure[]
}

export interface FigureTable {
  readonly id: string
  readonly title: string
  /** The first is that of the rows' labels. */
  readonly columns: readonly string[]
  readonly rows: readonly FigureRow[]
}

export type SectionId = 'received' | 'matters' | 'answers' | 'handling' | 'times' | 'opinions' | 'sellers' | 'training'

export interface FigureSection {
  readonly id: SectionId
  readonly title: string
  readonly figures: readonly Figure[]
  readonly tables: readonly FigureTable[]
}

/** What a report says in numbers. */
export interface Figures {
  readonly period: Period
  readonly readAt: number
  readonly chatsFrom: string | null
  readonly sections: readonly FigureSection[]
}
