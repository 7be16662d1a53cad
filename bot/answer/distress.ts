/** Someone who speaks of ending their life: a person first, before anything else is read. */
import { fold } from '../../knowledge/language/normalise.ts'
import { CHOICE, HEADING, SAY } from '../wording/vi.ts'
import { plain } from './outcome.ts'
import type { Step } from './turn.ts'

const SIGNS =
  /\b((khong|chang|ko|k|het) (con )?(muon|thiet) song|muon chet|chet (cho xong|di cho)|tu tu|tu sat|tu van (di|luon|cho xong)|ket lieu|song (lam gi|khong noi|het noi)|nhay (cau|lau)|uong thuoc (sau|ngu) (cho|de) (chet|xong))\b/

/** Ends the turn when the words speak of self-harm; folded text, so that it is seen in any spelling. */
export const comfort: Step = (draft) => {
  if (!SIGNS.test(fold(draft.restored))) return draft
  return {
    kind: 'first_aid',
    reason: 'distress',
    sections: [{ kind: 'urgent', heading: HEADING.distress, lines: SAY.distress.map(plain) }],
    choices: [CHOICE.officer],
    citations: [],
  }
}
