/** What one entry of the audit may say: ids, counts, codes and a written reason. Message text, names of citizens and telephone numbers have no field to go into. */
import { z } from 'zod'
import { maskForLogs } from '../../knowledge/language/mask.ts'

/** Everything that is audited: who may have seen, changed or removed something. */
export const AUDIT_ACTIONS = [
  'owner.took',
  'owner.wrote',
  'owner.handed_back',
  'owner.closed',
  'person.exported',
  'person.erased',
  'retention.ran',
  'switch.off',
  'switch.on',
  'attachment.read',
  'case.changed',
  'case.filed',
  'case.read',
  'account.opened',
  'owner.assigned',
  'chat.read',
  'note.written',
  'officer.made',
  'officer.invited',
  'officer.set_up',
  'officer.changed',
  'session.began',
  'session.ended',
  'session.refused',
  'reply.changed',
  'shelf.changed',
  'document.changed',
  'warning.changed',
  'violator.changed',
  'report.made',
  'report.exported',
  'cases.exported',
  'training.exported',
  'search.ran',
  'data.requested',
  'data.answered',
  'data.breach_listed',
  'consent.withdrawn',
  'alerts.connected',
  'alerts.ended',
  'words.proposed',
  'words.approved',
  'words.returned',
  'backup.made',
  'backup.restored',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

const REASON_MAX = 500

// Ids hold no blanks: a sentence cannot pass for one.
const id = z.string().regex(/^\S{1,200}$/u)
const code = z.string().regex(/^[a-z0-9_.:-]{1,60}$/)
const count = z.int().min(0)
const written = z.string().transform(writtenReason)
// One line, as the chain is read on a terminal.
const actor = z.string().regex(/^[^\p{C}]{1,100}$/u)

const detailSchema = z
  .strictObject({
    conversation: id,
    message: id,
    attachment: id,
    episode: count,
    class: code,
    code,
    conversations: count,
    messages: count,
    files: count,
    cases: count,
    bytes: count,
    count,
    reason: written,
  })
  .partial()
export type AuditDetail = z.input<typeof detailSchema>

const entrySchema = z.strictObject({ actor, action: z.enum(AUDIT_ACTIONS), subject: id, detail: detailSchema })

/** What is given to be audited; number and time are the chain's own. `subject` is a kind and an id, as in `person:…`, `conversation:…`, `channel:web`. */
export type NewEntry = z.input<typeof entrySchema>

/** @returns the entry with its reason cleaned. Throws ZodError when a field is unknown or holds what it may not hold: a fault of the caller. */
export function auditEntry(entry: NewEntry): NewEntry {
  return entrySchema.parse(entry)
}

/**
 * @returns a reason as it may be kept: one line, personal numbers masked, at most 500 characters; empty when nothing was written.
 * A name cannot be recognised: whoever writes a reason is told not to write one.
 */
export function writtenReason(text: string): string {
  const line = maskForLogs(text).text.replace(/[\s\p{C}]+/gu, ' ')
  return [...line.trim()].slice(0, REASON_MAX).join('').trim()
}
