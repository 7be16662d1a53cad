/**
 * How much what a story says speaks for each issue, beside its signs and its words: concepts (complaint-concepts.yaml) and situations, each with a
 * weight for every issue. The weights are fitted on stories told for it (`npm run fit:kinds`) and ship with the program.
 *
 *   odds of an issue ∝ exp( score by signs and words / SPREAD + its own weight + Σ weights of the concepts that the story holds )
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Concept, loadConcepts } from '../../knowledge/complaint-concepts.ts'
import { SITUATIONS, type Situation } from '../../knowledge/complaint-kinds.ts'

/** So many points of score are one step of odds. */
export const SPREAD = 2

export const WEIGHTS_FILE = fileURLToPath(new URL('./complaint-weights.json', import.meta.url))

const weightsFile = z.strictObject({
  /** What the weights belong to, in order: concepts, then situations. */
  features: z.array(z.string()),
  /** Of each issue: its own weight, then one for each feature. */
  issues: z.record(z.string(), z.array(z.number()).min(1)),
})
export type Weights = z.output<typeof weightsFile>

/** @returns the names of what weights are fitted for. */
export function featuresOf(concepts: readonly Concept[]): string[] {
  return [...concepts.map(({ id }) => id), ...SITUATIONS]
}

/** Weighs what a story says. */
export class ConceptOdds {
  readonly #concepts: readonly Concept[]
  readonly #weights: Weights

  /** Throws where the weights were fitted for other concepts. */
  constructor(concepts: readonly Concept[], weights: Weights) {
    if (featuresOf(concepts).join() !== weights.features.join())
      throw new RangeError('trọng số của loại việc không khớp với khái niệm: chạy lại npm run fit:kinds')
    this.#concepts = concepts
    this.#weights = weights
  }

  /** @returns the places of the features that the story holds. */
  held(story: string, situations: ReadonlySet<Situation>): number[] {
    const concepts = this.#concepts.flatMap(({ signs }, at) => (signs.some((sign) => sign.test(story)) ? [at] : []))
    const shown = SITUATIONS.flatMap((one, at) => (situations.has(one) ? [this.#concepts.length + at] : []))
    return [...concepts, ...shown]
  }

  /** @returns how many points of score they are worth for `issue`; 0 for one that nothing was fitted for. */
  pull(issue: string, held: readonly number[]): number {
    const [own = 0, ...weights] = this.#weights.issues[issue] ?? []
    return SPREAD * held.reduce((sum, at) => sum + (weights[at] ?? 0), own)
  }
}

/** Reads concepts and weights. Throws where they do not fit each other. */
export function loadConceptOdds(): ConceptOdds {
  return new ConceptOdds(loadConcepts(), weightsFile.parse(JSON.parse(readFileSync(WEIGHTS_FILE, 'utf8'))))
}

/** @returns odds that weigh nothing: what the weights are fitted beside. */
export function withoutWeights(): ConceptOdds {
  const concepts = loadConcepts()
  return new ConceptOdds(concepts, { features: featuresOf(concepts), issues: {} })
}
