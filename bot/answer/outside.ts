/** The reply to a matter outside the shelf, or to a wish that is not served: why, and the right door. */
import type { Field } from '../../knowledge/schema.ts'
import { CHOICE } from '../wording/vi.ts'
import { plain, type Unanswered } from './outcome.ts'

/** @returns `abstained` or `refused`, as the field says. */
export function outsideReply(field: Field): Unanswered {
  return {
    kind: field.outcome,
    reason: field.id,
    sections: [
      { kind: 'answer', heading: '', lines: [plain(field.why)] },
      { kind: 'way_out', heading: '', lines: [plain(field.door)] },
    ],
    choices: [CHOICE.officer],
    citations: [],
  }
}
