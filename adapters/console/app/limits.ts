/** Limits that the server checks, said while one writes. In characters. */

/** As `OUTCOME_MAX` of bot/conversation/owner.ts and `CASE_TEXT_MAX` of bot/case/life.ts; the test of this file holds them together. */
export const OUTCOME_MAX = 2_000
export const CASE_TEXT_MAX = 2_000
/** `LONGEST_STORY` of bot/complaint/draft.ts. */
export const STORY_MAX = 5_000
/** Of one message to a person, whatever the channel lets through; and of a note. */
export const TEXT_MAX = 4_000
