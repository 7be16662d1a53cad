/** Someone who speaks of ending their life: a person first, before anything else is read. */
import { fold, hasMarks } from '../../knowledge/language/normalise.ts'
import { CHOICE, HEADING, SAY } from '../wording/vi.ts'
import { plain } from './outcome.ts'
import type { Draft, Step } from './turn.ts'

/** Words that mean nothing else, with their marks or without; "nhảy cầu dao" trips a switch. */
const SIGNS =
  /\b((khong|chang|ko|k|het) (con )?(muon|thiet) song|muon chet|chet (cho xong|di cho)|tu sat|ket lieu (doi|cuoc|ban than|tat ca)|song (lam gi|khong noi|het noi)|nhay (cau(?! (dao|chi|giao))|lau)|uong thuoc (sau|ngu) (cho|de) (chet|xong))\b/
/** Without marks "tự tử" is "từ từ" (slowly) and "tự vẫn" is "tư vấn" (advise): the marks decide. */
const MARKED = /(?<!\p{L})tự (tử|vẫn)(?!\p{L})/u
/** Where no mark was typed, a word of wanting before it does. */
const BARE = /\b(muon|dinh|nghi toi|nghi den|tinh|chac|doi|se|con nuoc) (di )?(tu tu|tu van (di|luon|cho xong))(?! (giup|cho|gium|ho))\b/

function speaksOfDying(draft: Draft): boolean {
  const folded = fold(draft.restored)
  if (SIGNS.test(folded) || MARKED.test(draft.restored.toLowerCase())) return true
  return !hasMarks(draft.text) && BARE.test(folded)
}

/** Ends the turn when the words speak of self-harm, in any spelling. */
export const comfort: Step = (draft) => {
  if (!speaksOfDying(draft)) return draft
  return {
    kind: 'first_aid',
    reason: 'distress',
    sections: [{ kind: 'urgent', heading: HEADING.distress, lines: SAY.distress.map(plain) }],
    choices: [CHOICE.officer],
    citations: [],
  }
}
