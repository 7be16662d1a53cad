/**
 * One question in, one Outcome out. Answering is this list of steps and nothing else:
 *
 *   clean → guard → understand(date, audience, references) → route(intent) → retrieve → recogniseDanger → refuse → references → select → checkCitations
 *
 * Danger is recognised after retrieval because nearness to known scams is part of the evidence; it still comes before any law is said.
 */
import { CHOICE, SAY } from '../wording/vi.ts'
import { checkCitations, UnsoundAnswer } from './check.ts'
import { recogniseDanger } from './danger.ts'
import { retrieve } from './find.ts'
import { type Failed, type Outcome, plain } from './outcome.ts'
import { cleanText, guard, newDraft, understand } from './read.ts'
import { followReferences } from './references.ts'
import { refuse } from './refusal.ts'
import { route } from './route.ts'
import { select } from './select.ts'
import { type Asked, type Draft, isOutcome, type Step, type Tools } from './turn.ts'

export const STEPS: readonly (readonly [name: string, step: Step])[] = [
  ['clean', cleanText],
  ['guard', guard],
  ['understand', understand],
  ['route', route],
  ['retrieve', retrieve],
  ['danger', recogniseDanger],
  ['refuse', refuse],
  ['references', followReferences],
  ['select', select],
]

/** Told how long each step took, in milliseconds. */
export type OnStep = (name: string, ms: number) => void

/** Answers one question. Never throws for what a person may write; a fault inside becomes the outcome `failed`. */
export async function answer(asked: Asked, tools: Tools, onStep: OnStep = () => {}): Promise<Outcome> {
  let draft: Draft = newDraft(asked)
  try {
    for (const [name, step] of STEPS) {
      const started = performance.now()
      const result = await step(draft, tools)
      onStep(name, performance.now() - started)
      if (isOutcome(result)) return checkCitations(tools.library, result, [asked.asOf, draft.eventDay])
      draft = result
    }
    return failed('no_outcome')
  } catch (error) {
    return failed(error instanceof UnsoundAnswer ? 'unsound_answer' : 'step_failed')
  }
}

/** @returns the outcome of a fault: an apology with a way out, and a code for the log. */
export function failed(code: string): Failed {
  return { kind: 'failed', code, sections: [{ kind: 'answer', heading: '', lines: [plain(SAY.failed)] }], choices: [CHOICE.officer], citations: [] }
}
