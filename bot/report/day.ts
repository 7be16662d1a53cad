/** One day's conversations as they are kept when the conversations themselves are gone: counted, nobody named. */
import { z } from 'zod'
import type { AnswerLine, ChatLine, OpinionLine } from './shape.ts'

const count = z.int().min(0)

export const daySchema = z.strictObject({
  answers: z.array(z.strictObject({ channel: z.string(), kind: z.string(), count })),
  chats: z.array(z.strictObject({ ref: z.string(), channel: z.string(), waitedMinutes: count.nullable() })),
  up: count,
  down: count,
})
export type DayCount = z.infer<typeof daySchema>

export interface CountedDay extends DayCount {
  readonly day: string
}

/** Lines of conversations, all of one period. */
export interface ChatBasis {
  readonly answers: readonly AnswerLine[]
  readonly chats: readonly ChatLine[]
  readonly opinions: readonly OpinionLine[]
}

/** @returns the lines of `days`, which are in order. */
export function chatBasis(days: readonly CountedDay[]): ChatBasis {
  return {
    answers: days.flatMap(({ day, answers }) => answers.map((one) => ({ day, ...one }))),
    chats: days.flatMap(({ day, chats }) => chats.map((one) => ({ day, ...one }))),
    opinions: days.filter(({ up, down }) => up + down > 0).map(({ day, up, down }) => ({ day, up, down })),
  }
}
