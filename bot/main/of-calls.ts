/** What a decision needs to know of calling people back: by when the office means to call, and whether a call is waited for already. */
import { openCallBack } from '../../adapters/storage/call-back-store.ts'
import type { Store } from '../../adapters/storage/database.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { HolidayCalendar } from '../calendar/holidays.ts'
import type { Association } from '../config.ts'
import type { CallBackSituation } from '../conversation/deciding.ts'
import { wordsIn } from '../delivery/message.ts'
import type { Lease } from '../delivery/turns.ts'
import { callBackDue } from '../handoff/call-back.ts'
import { mayBeOfCalls } from '../handoff/call-back-words.ts'
import { phoneTail } from '../privacy/partly.ts'

interface Office {
  readonly calendar: HolidayCalendar
  readonly association: Association
}

/** @returns what calling back rests on for somebody who asks at `now`; undefined where no calendar reaches so far. */
export function callsFrom({ calendar, association }: Office, now: number): CallBackSituation | undefined {
  try {
    return { dueOn: callBackDue(calendar, now), phone: association.phone, office: association.hours }
  } catch {
    return undefined
  }
}

/** @returns the same with what this person waits for, as far as the message may be about it. */
export async function callsFor(store: Store, office: Office, lease: Lease, now: number): Promise<CallBackSituation | undefined> {
  const calls = callsFrom(office, now)
  const { conversation, message, conversationId } = lease
  if (!calls || (!mayBeOfCalls(wordsIn(message.content)) && conversation.ownership.owner !== 'waiting' && !conversation.dialogue.callBack))
    return calls
  const open = await openCallBack(store, conversationId)
  return open ? { ...calls, open: openFrom(open) } : calls
}

/** @param row with the first moment at which the call is late */
export function openFrom(row: { readonly phone: string; readonly hours: string; readonly due_at: number; readonly taken_by: string | null }) {
  return { tail: phoneTail(row.phone), hours: row.hours, dueOn: dayInVietnam(new Date(row.due_at - 1)), taken: row.taken_by !== null }
}
