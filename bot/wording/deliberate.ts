/** Choices that are never meant by a number: a late or doubled "1" must not erase anything or send anything off. */
import { CASE_CHOICE } from './cases.ts'
import { COMPLAINT_CHOICE } from './complaint.ts'
import { ERASE_CHOICE } from './requests.ts'

export const BY_WORDS_ONLY: ReadonlySet<string> = new Set([COMPLAINT_CHOICE.confirm, COMPLAINT_CHOICE.addTo, ERASE_CHOICE, CASE_CHOICE.withdraw])
