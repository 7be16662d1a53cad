/** Where a case stands. What may follow what is in `bot/case/life.ts`. */
export const CASE_STATUSES = ['confirmed', 'received', 'needs_info', 'handling', 'transferred', 'answered', 'closed', 'reopened'] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

/** How a closed case ended. */
export const CASE_RESULTS = ['resolved', 'partly', 'not', 'withdrawn'] as const
export type CaseResult = (typeof CASE_RESULTS)[number]
