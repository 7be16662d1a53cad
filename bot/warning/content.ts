/** What a public warning says: plain JSON, written by rule or by an officer, read back through a schema. It names a trick, never a person or a seller. */
import { z } from 'zod'
import { isDay } from '../../knowledge/language/calendar-days.ts'
import { clean } from '../../knowledge/language/normalise.ts'
import type { Day } from '../../knowledge/validity.ts'

export const TITLE_MAX = 150
export const OPENING_MAX = 1_500
export const LINE_MAX = 400
export const LINES_MAX = 12

const oneLine = (max: number) =>
  z
    .string()
    .transform((text) => clean(text).replace(/\n+/g, ' '))
    .pipe(z.string().max(max))
const lines = z
  .array(oneLine(LINE_MAX))
  .transform((all) => all.filter((line) => line !== ''))
  .pipe(z.array(z.string()).max(LINES_MAX))
const day = z.string().refine(isDay).nullable()

/** A legal sentence and the pointers that it rests on. */
const law = z.strictObject({ text: oneLine(LINE_MAX * 2).pipe(z.string().min(1)), cites: z.array(z.string().max(100)).min(1).max(8) })

export const contentSchema = z.strictObject({
  title: oneLine(TITLE_MAX).pipe(z.string().min(1)),
  opening: z.string().transform(clean).pipe(z.string().max(OPENING_MAX)),
  signs: lines,
  steps: lines,
  report: lines,
  law: z.array(law).max(8),
  /** The guide of the library that it warns along; null for none. */
  scam: z
    .string()
    .regex(/^[a-z0-9-]{1,100}$/)
    .nullable(),
  /** The last day on which it is shown; null: until it is withdrawn. */
  endsOn: day,
})
export type WarningContent = z.output<typeof contentSchema>

/** How often it was told of, in figures that name nobody. Money in đồng, already rounded; null where nobody told any. */
export const figuresSchema = z.object({
  cases: z.int().min(0),
  communes: z.int().min(0),
  weeks: z.int().min(0),
  least: z.int().nullable(),
  most: z.int().nullable(),
})
export type Figures = z.output<typeof figuresSchema>

/** A warning as everybody sees it: frozen when it was approved. */
export const shownSchema = z.object({
  content: contentSchema,
  figures: figuresSchema /** A line a clause, as it held on the day of publishing. */,
  basis: z.array(z.string()),
})
export type ShownContent = z.output<typeof shownSchema>

/** One that is shown to everybody now. Times in milliseconds UTC. */
export interface ShownWarning extends ShownContent {
  readonly id: string
  readonly firstAt: number
  /** When what is shown was approved; later than `firstAt` for one that was corrected. */
  readonly at: number
}

/** What is known of warnings where somebody writes. */
export interface WarningsNow {
  readonly shown: readonly ShownWarning[]
  readonly subscribed: boolean
  /** Ids of those that this person should have been sent and could not be. */
  readonly missed: readonly string[]
  /** @returns where one, or all of them, is read; undefined where nobody outside could follow it. */
  readonly link: (id?: string) => string | undefined
}

/** @returns whether it is still to be shown on `today`. */
export function isCurrent({ endsOn }: Pick<WarningContent, 'endsOn'>, today: Day): boolean {
  return endsOn === null || endsOn >= today
}
