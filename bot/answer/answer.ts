/**
 * One question in, one Outcome out. Answering is this list of steps and nothing else:
 *
 *   clean → guard → understand(date, audience, references) → comfort → route(intent) → retrieve → recogniseDanger → refuse → references → select → checkCitations
 *
 * Danger is recognised after retrieval because nearness to known scams is part of the evidence; it still comes before any law is said.
 */
import { CHOICE, HEADING, SAY } from '../wording/vi.ts'
import { checkCitations, UnsoundAnswer } from './check.ts'
import { recogniseDanger } from './danger.ts'
import { comfort } from './distress.ts'
import { retrieve } from './find.ts'
import { type Failed, type Outcome, plain, type Section } from './outcome.ts'
import { cleanText, guard, newDraft, understand } from './read.ts'
import { followReferences } from './references.ts'
import { refuse } from './refusal.ts'
import { route } from './route.ts'
import { select } from './select.ts'
import { type Asked, type Draft, isOutcome, type Step, type Tools } from './turn.ts'
import { asksForVerbatim, offeringVerbatim, verbatimOf } from './verbatim.ts'

export const STEPS: readonly (readonly [name: string, step: Step])[] = [
  ['clean', cleanText],
  ['guard', guard],
  ['understand', understand],
  ['distress', comfort],
  ['route', route],
  ['retrieve', retrieve],
  ['danger', recogniseDanger],
  ['refuse', refuse],
  ['references', followReferences],
  ['select', select],
]

/** Who is told what happens on the way: how long a step took, and a fault inside. Neither is handed the person's words. */
export interface Hooks {
  readonly onStep?: (name: string, ms: number) => void
  readonly onFault?: (error: unknown) => void
}

/** Answers one question. Never throws for what a person may write; a fault inside becomes the outcome `failed`. */
export async function answer(asked: Asked, tools: Tools, hooks: Hooks = {}): Promise<Outcome> {
  const previous = asked.previous?.filter((text) => !asksForVerbatim(text)) ?? []
  const before = previous.at(-1)
  if (before === undefined || !asksForVerbatim(asked.text)) return offeringVerbatim(await answerOne({ ...asked, previous }, tools, hooks))
  return verbatimOf(await answerOne({ ...asked, text: before, previous: previous.slice(0, -1), clarified: true }, tools, hooks))
}

async function answerOne(asked: Asked, tools: Tools, hooks: Hooks): Promise<Outcome> {
  let draft: Draft = newDraft(asked)
  try {
    for (const [name, step] of STEPS) {
      const started = performance.now()
      const result = await step(draft, tools)
      hooks.onStep?.(name, performance.now() - started)
      if (isOutcome(result)) return warned(checkCitations(tools.library, result, [asked.asOf, draft.eventDay]), draft)
      draft = result
    }
    return failed('no_outcome')
  } catch (error) {
    hooks.onFault?.(error)
    return failed(error instanceof UnsoundAnswer ? 'unsound_answer' : 'step_failed')
  }
}

/** A warning in front where it may be a scam; whoever sent an identity, card or account number is told that it was covered. */
function warned(outcome: Outcome, draft: Draft): Outcome {
  const before: Section[] =
    draft.caution && CAUTIONED.has(outcome.kind) ? [{ kind: 'urgent', heading: HEADING.caution, lines: [plain(SAY.caution)] }] : []
  const after: Section[] = draft.hadNumbers ? [{ kind: 'note', heading: '', lines: [plain(SAY.numbersCovered)] }] : []
  return { ...outcome, sections: [...before, ...outcome.sections, ...after] }
}

const CAUTIONED: ReadonlySet<Outcome['kind']> = new Set(['answered', 'clarify', 'abstained'])

/** @returns the outcome of a fault: an apology with a way out, and a code for the log. */
export function failed(code: string): Failed {
  return { kind: 'failed', code, sections: [{ kind: 'answer', heading: '', lines: [plain(SAY.failed)] }], choices: [CHOICE.officer], citations: [] }
}
