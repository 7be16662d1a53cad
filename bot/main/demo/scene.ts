/** What every script of the demonstration needs: who writes, who serves, what is said, and chance of its own. */
import type { Directory } from '../../../knowledge/agencies.ts'
import type { Random } from '../../../retrieval/model/random.ts'
import type { HolidayCalendar } from '../../calendar/holidays.ts'
import type { Matters } from '../../complaint/guide.ts'
import type { Officer } from '../../conversation/owner.ts'
import type { OfficerDeed } from '../../handoff/officer.ts'
import type { Deed, Person, Seen, Stretch } from './deeds.ts'
import { type Texts, withoutMarks } from './texts.ts'
import { inOfficeHours, MINUTE, SECOND } from './times.ts'

export interface Scene {
  readonly person: Person
  /** Types without marks. */
  readonly plain: boolean
  readonly name: string
  readonly phone: string
  readonly commune: string
  readonly officer: Officer
  /** Its own: what one draws does not depend on who else is about. */
  readonly random: Random
  readonly texts: Texts
  readonly calendar: HolidayCalendar
  readonly directory: Directory
  readonly matters: Matters | undefined
  /** When it begins (milliseconds UTC). */
  readonly start: number
}

/** @returns `least` to `most` minutes, in milliseconds. */
export function minutes({ random }: Scene, least: number, most: number): number {
  return random.integer(least * 60, most * 60) * SECOND
}

/** @returns a moment about `hours` after `now` at which the office is open. */
export function atTheOffice(scene: Scene, now: number, hours: number): number {
  return inOfficeHours(scene.calendar, now + Math.round(hours * (0.6 + 0.8 * scene.random.next()) * 60) * MINUTE) + minutes(scene, 0, 14)
}

/** The person writes, in their own way of typing. */
export function* says({ person, plain }: Scene, words: string, at: number): Stretch {
  return yield { at, deed: { kind: 'say', person, words: plain ? withoutMarks(words) : words } }
}

/** The person taps a choice: its words are always whole. */
export function* taps({ person }: Scene, words: string, at: number): Stretch {
  return yield { at, deed: { kind: 'tap', person, words } }
}

/** The officer does something to the conversation. */
export function* serves({ officer }: Scene, { conversation = '' }: Seen, deed: OfficerDeed, at: number): Stretch {
  return yield { at, deed: { kind: 'officer', officer, conversation, deed } }
}

/** The officer does something to the case. */
export function* handles({ officer }: Scene, seen: Seen, event: Extract<Deed, { kind: 'case' }>['event'], at: number): Stretch {
  return yield { at, deed: { kind: 'case', officer, number: seen.complaint?.case ?? '', event } }
}
