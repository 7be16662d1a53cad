/** Where a case stands. What may follow what will be added with the officers' console; until then a case is received and looked at. */
export const CASE_STATUSES = ['confirmed', 'received', 'closed'] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]
