/** Choices that are never meant by a number: a late or doubled "1" must not erase anything or send anything off. */
import { COMPLAINT_CHOICE } from './complaint.ts'
import { ERASE_CHOICE } from './requests.ts'

export const BY_WORDS_ONLY: ReadonlySet<string> = new Set([COMPLAINT_CHOICE.confirm, ERASE_CHOICE])
