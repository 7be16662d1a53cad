/** "Xem nguyên văn": the law's own words behind the last answer, where the association has taken the document in. */
import { provisionId } from '../../knowledge/citation.ts'
import type { Citation } from '../../knowledge/cite.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { CHOICE, HEADING, SAY } from '../wording/vi.ts'
import { isNonEmpty, type Outcome, plain } from './outcome.ts'

const WISH = /^(?:(?:cho|toi|em|minh|con|muon|can) )*(?:xem|doc|gui|lay)(?: (?:toi|em|minh|lai|them|luon))* nguyen van\b.{0,40}$/

/** @returns whether a message asks for the law's own words behind the answer before it. */
export function asksForVerbatim(text: string): boolean {
  return WISH.test(fold(text.trim()).replace(/\s+/g, ' '))
}

/** More would not be read in a chat. */
const MOST_PLACES = 3

/** @returns the words of the law behind `outcome`, the first places that it cites; a sentence where they are not at hand. */
export function verbatimOf(outcome: Outcome): Outcome {
  const citations = firstPlaces(outcome.citations)
  if (outcome.kind !== 'answered' || !isNonEmpty(citations))
    return {
      ...{ kind: 'service', reason: 'no_verbatim', citations: [], choices: [CHOICE.complain, CHOICE.officer] },
      sections: [{ kind: 'answer', heading: '', lines: [plain(SAY.noVerbatim)] }],
    }
  const lines = citations.map((citation, place) => ({ text: `${citation.label}: ${citation.verbatim}`, citations: [place] }))
  return {
    kind: 'answered',
    confidence: outcome.confidence,
    citations,
    choices: [CHOICE.complain, CHOICE.officer],
    sections: [{ kind: 'related', heading: HEADING.verbatim, lines }],
  }
}

/** One citation a clause: a clause brings its points. */
function firstPlaces(citations: readonly Citation[]): Citation[] {
  const places = new Map<string, Citation>()
  for (const citation of citations) {
    const id = provisionId(citation.pointer)
    if (citation.verbatim && !places.has(id)) places.set(id, citation)
  }
  return [...places.values()].slice(0, MOST_PLACES)
}

/** @returns the outcome, offering the law's own words where there are any. */
export function offeringVerbatim(outcome: Outcome): Outcome {
  if (outcome.kind !== 'answered' || !outcome.citations.some(({ verbatim }) => verbatim)) return outcome
  return { ...outcome, choices: [...outcome.choices, CHOICE.verbatim] }
}
