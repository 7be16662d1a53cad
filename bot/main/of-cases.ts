/** What a decision needs to know of cases: the person's own, what stands behind a number that the message gives, by when the office means to look. */
import { lookUpCase, ownCases, ownOpenCases } from '../../adapters/storage/complaint-store.ts'
import type { Store } from '../../adapters/storage/database.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import { type HolidayCalendar, holidayCalendar, shippedHolidays } from '../calendar/holidays.ts'
import { dueDay } from '../calendar/working-days.ts'
import { guessIn } from '../conversation/case-requests.ts'
import type { Situation } from '../conversation/decide.ts'
import type { Content } from '../delivery/message.ts'
import { wordsIn } from '../delivery/message.ts'
import type { Lease } from '../delivery/turns.ts'

/** Words without which nobody speaks of a case: the storage is not asked for every message. */
const OF_CASES = /ho so|don|khieu nai|vu viec|\bvu\b|dong y|cho phep|hai long|xoa|du lieu|\bgl ?\d\d/

/** @returns what the storage knows of cases, as far as this message may be about one. */
export async function ofCases(store: Store, lease: Lease, now: number): Promise<Partial<Situation>> {
  const { conversationId: conversation, conversation: known, message } = lease
  const { complaint, about } = known.dialogue
  if (!mayBeOfCases(message.content) && !complaint && !about) return {}
  const guess = guessIn(wordsIn(message.content), about)
  return {
    cases: await ownCases(store, conversation),
    ...(complaint ? { openCases: await ownOpenCases(store, conversation) } : {}),
    ...(guess ? { lookedUp: await lookUpCase(store, { ...guess, conversation, message: lease.inboxId }, now) } : {}),
  }
}

function mayBeOfCases(content: Content): boolean {
  return content.kind === 'attachment' || content.kind === 'choice' || OF_CASES.test(fold(wordsIn(content)))
}

/** @returns the last working day on which the office means to have looked at a case confirmed at `now`; undefined where it promises nothing or no calendar reaches so far. */
export function firstReplyBy(calendar: HolidayCalendar, workingDays: number, now: number): Day | undefined {
  if (workingDays === 0) return undefined
  try {
    return dueDay(calendar, dayInVietnam(new Date(now)), { workingDays })
  } catch {
    return undefined
  }
}

/** @returns the calendar that ships. */
export function openCalendar(): HolidayCalendar {
  return holidayCalendar(shippedHolidays())
}
