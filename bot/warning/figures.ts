/** How often something was told of, as far as it may be said aloud: only what people agreed to, in round figures, nothing about too few. Pure. */
import { fold } from '../../knowledge/language/normalise.ts'
import { PURPOSES, type Purpose } from '../complaint/consent.ts'
import type { Facts } from '../complaint/facts.ts'
import type { Figures } from './content.ts'

/** A case as far as a warning may be made of it. */
export interface ToldCase {
  readonly number: string
  readonly person: string
  readonly confirmedAt: number
  readonly issue: string | null
  readonly facts: Facts
  /** In the person's own words, masked. */
  readonly story: string
  /** What its person agrees to at this moment. */
  readonly purposes: readonly Purpose[]
}

/** Of fewer people nothing is counted aloud: they could be recognised. */
export const FEWEST_TOLD = 3
const WEEK_MS = 7 * 86_400_000
export const NO_FIGURES: Figures = { cases: 0, communes: 0, weeks: 0, least: null, most: null }

/** @returns the cases whose people agreed that their story warns others without their name. */
export function agreed<T extends Pick<ToldCase, 'purposes'>>(cases: readonly T[]): readonly T[] {
  return cases.filter(({ purposes }) => purposes.includes(WARNING))
}
const WARNING = PURPOSES[3]

/** @returns the figures of those who agreed; {@link NO_FIGURES} where they are too few people. */
export function figuresOf(cases: readonly ToldCase[]): Figures {
  const told = agreed(cases)
  if (new Set(told.map(({ person }) => person)).size < FEWEST_TOLD) return NO_FIGURES
  const times = told.map(({ confirmedAt }) => confirmedAt)
  const communes = new Set(told.map(({ facts }) => fold(facts.commune?.value ?? '').trim()).filter(Boolean))
  const amounts = told.flatMap(({ facts }) => (facts.amount ? [roundMoney(facts.amount.value)] : []))
  return {
    ...{ cases: told.length, communes: communes.size, weeks: Math.max(1, Math.ceil((Math.max(...times) - Math.min(...times)) / WEEK_MS)) },
    // One sum would be somebody's.
    ...(amounts.length < FEWEST_TOLD ? { least: null, most: null } : { least: Math.min(...amounts), most: Math.max(...amounts) }),
  }
}

/** @returns a sum in đồng with its first figure only: 1.340.000 → 1.000.000. */
export function roundMoney(amount: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, amount)))
  return Math.round(amount / unit) * unit
}
