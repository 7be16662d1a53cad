/** What can be searched, and where in it something is found. */

/** What was said in chats, what cases tell, what the office wrote for itself. */
export const SEARCH_KINDS = ['chat', 'case', 'note'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

/**
 * `person`, `assistant`, `officer`: who said it in a chat. `number`, `story`, `facts`, `files` (their captions), `added` (by the person, later), `told` (to the person):
 * of a case. `note`, `outcome` (of an officer's stretch of a chat): the office's own.
 */
export type Place = 'person' | 'assistant' | 'officer' | 'number' | 'story' | 'facts' | 'files' | 'added' | 'told' | 'note' | 'outcome'
