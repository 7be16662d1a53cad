/**
 * Where telling a complaint meets the conversation: what of a message goes to the draft, what is answered first, and when a draft begins.
 *
 *   a draft is open ── a scam going on, a person asked for? ──▶ that first, the draft stays
 *                   ├─ a question? ──▶ answered, and asked again for what the draft needs
 *                   └─ else ──▶ the next step of the draft
 *   none is open ── "tôi muốn khiếu nại" ──▶ begins, with the story that was told before
 */
import type { Day } from '../../knowledge/validity.ts'
import type { Outcome, Unanswered } from '../answer/outcome.ts'
import { plain } from '../answer/outcome.ts'
import { type Draft, newDraft } from '../complaint/draft.ts'
import type { IntakeGuide, IntakeInput, IntakeStep } from '../complaint/guide.ts'
import { askAgain, beginIntake, takeIntake } from '../complaint/intake.ts'
import type { Content } from '../delivery/message.ts'
import { INTAKE } from '../wording/complaint.ts'
import { type Input, service } from './deciding.ts'

/** What a message is in the life of a draft; undefined where it has nothing to do with one. */
export interface Complaining {
  readonly outcome: Outcome
  readonly draft: Draft | null
  readonly step?: IntakeStep
}

interface Heard extends Input {
  readonly text: string
  readonly asOf: Day
}

/** Shorter messages are replies to what was asked; longer ones may tell of something that cannot wait. */
const TELLING = 25
/** A question before the wish to complain is taken as its story only when it tells something. */
const STORY = 40

/** @param answer asks the answering steps */
export async function complaining(heard: Heard, answer: (text: string) => Promise<Outcome>): Promise<Complaining | undefined> {
  const { intake } = heard.situation
  const { complaint: draft } = heard.conversation.dialogue
  if (!intake || !isTold(heard.message.content)) return undefined
  if (!draft) return intake.guide.commandIn(heard.text) === 'resume' ? nothingOpen() : undefined
  const input = inputOf(heard, draft, intake.newCase)
  if (draft.stage === 'paused' && intake.guide.commandIn(heard.text) !== 'resume') return undefined
  return (await first(heard, intake.guide, input, answer)) ?? stepped(takeIntake(input, intake.guide))
}

/** @returns the draft that begins where the answering steps heard the wish to complain; undefined for any other outcome. */
export function beginComplaint(heard: Heard, outcome: Outcome): Complaining | undefined {
  const { intake } = heard.situation
  if (!intake || outcome.kind !== 'complaint') return undefined
  const before = heard.conversation.dialogue.questions.at(-1) ?? ''
  const draft = newDraft(before.length >= STORY ? before : '', heard.now)
  return stepped(beginIntake(inputOf(heard, draft, intake.newCase), intake.guide))
}

function nothingOpen(): Complaining {
  return { outcome: service('nothing_to_resume', [plain(INTAKE.nothingToResume)]), draft: null }
}

/** Stickers, voices and the like are answered as anywhere else. */
function isTold({ kind }: Content): boolean {
  return kind === 'text' || kind === 'choice' || kind === 'attachment'
}

function inputOf({ message, text, now, asOf }: Heard, draft: Draft, newCase: string): IntakeInput {
  const file = message.content.kind === 'attachment' ? { attachment: message.content.attachment } : {}
  return { draft, text, messageId: message.id, now, asOf, newCase, ...file }
}

/** What comes before the draft: somebody in danger, somebody who wants a person, a question. */
async function first(
  heard: Heard,
  guide: IntakeGuide,
  input: IntakeInput,
  answer: (text: string) => Promise<Outcome>,
): Promise<Complaining | undefined> {
  const { text } = heard
  const asks = guide.isQuestion(text)
  if (!asks && text.length < TELLING) return undefined
  const outcome = await answer(text)
  if (outcome.kind === 'first_aid' || outcome.kind === 'handoff') return { outcome, draft: { ...input.draft, asked: input.draft.asked } }
  return asks ? answeredFirst(outcome, askAgain(input, guide)) : undefined
}

function answeredFirst(outcome: Outcome, again: IntakeStep): Complaining {
  return { outcome: { ...outcome, sections: [...outcome.sections, ...again.sections], choices: again.choices }, draft: again.draft }
}

function stepped(step: IntakeStep): Complaining {
  const { sections, choices, draft } = step
  const outcome: Unanswered = {
    kind: 'complaint',
    reason: step.confirmed ? 'confirmed' : (draft?.stage ?? 'ended'),
    sections,
    choices,
    citations: [],
  }
  return { outcome, draft, step }
}
