/** Every weight of the engine, in one place. Fitted on the development half of the evaluation set only. */
import type { LexicalSettings } from './lexical/bm25f.ts'

export const LEXICAL: LexicalSettings = {
  k1: 0.7,
  pairWeight: 0.6,
  fields: [
    { name: 'heading', weight: 5, b: 0.6 },
    { name: 'questions', weight: 2, b: 0.5 },
    { name: 'body', weight: 1, b: 0.7 },
    { name: 'document', weight: 0.5, b: 0.5 },
  ],
}

/** Share of the vectors in the fused score; each side is divided by its own best. Plain reciprocal ranks hurt when the sides are unequal. */
export const DENSE_SHARE = 0.5

/** Share of the words without marks in the score by words. */
export const FOLDED_SHARE = 0.5

/** How many nearest faces are read from the vector index. */
export const NEAREST_FACES = 120

/** So many candidates of the library's own shelf, the best by the fused score, are put in order by trees. */
export const ORDERED = 40
