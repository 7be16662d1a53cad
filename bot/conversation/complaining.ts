/**
 * Where telling a complaint meets the conversation: what of a message goes to the draft, what is answered first, and when a draft begins.
 *
 *   a draft is open ── a scam going on, a person asked for? ──▶ that first; what was told is kept, and the draft waits
 *                   ├─ a question? ──▶ answered briefly, and asked again for what the draft needs
 *                   └─ else ──▶ the next step of the draft
 *   none is open ── "tôi muốn khiếu nại" ──▶ begins, with the story that was told before
 */
import { fold } from '../../knowledge/language/normalise.ts'
import type { Day } from '../../knowledge/validity.ts'
import { isOutright } from '../answer/danger.ts'
import { isNonEmpty, type Outcome, plain, type Unanswered } from '../answer/outcome.ts'
import { isContact } from '../complaint/asking.ts'
import { consentIn, speaksOfConsent } from '../complaint/consent.ts'
import { type Draft, newDraft } from '../complaint/draft.ts'
import { filesAnswerIn, withFile } from '../complaint/files.ts'
import type { IntakeGuide, IntakeInput, IntakeStep } from '../complaint/guide.ts'
import { askAgain, beginIntake, takeIntake } from '../complaint/intake.ts'
import { choosingIn } from '../complaint/matter.ts'
import { readReply } from '../complaint/reply.ts'
import type { Content } from '../delivery/message.ts'
import { COMPLAINT_CHOICE, INTAKE, INTAKE_ANSWERS } from '../wording/complaint.ts'
import { CHOICE } from '../wording/vi.ts'
import { type Ask, type Input, service } from './deciding.ts'

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

/** A question before the wish to complain is taken as its story only when it tells something. */
const STORY = 40

/** Longer than a reply to a question: it tells of something. */
const TELLING = 60
/** The same for who gives their name, number or place in it: nobody does who is being robbed this minute, and much is said around it. */
const TELLING_BESIDE = 100

/** @param answer asks the answering steps */
export async function complaining(heard: Heard, answer: Ask): Promise<Complaining | undefined> {
  const { intake } = heard.situation
  const { complaint: draft } = heard.conversation.dialogue
  if (!intake || !isTold(heard.message.content)) return undefined
  const resumes = intake.guide.commandIn(heard.text) === 'resume'
  if (!draft) return resumes ? nothingOpen() : undefined
  const input = inputOf(heard, draft)
  if (draft.paused && !resumes) return heard.text === COMPLAINT_CHOICE.fresh ? begin(heard, intake.guide, '') : undefined
  return (await first(heard, intake.guide, input, answer)) ?? stepped(takeIntake(input, intake.guide))
}

/** @returns what begins where the answering steps heard the wish to complain; undefined for any other outcome. */
export function beginComplaint(heard: Heard, outcome: Outcome): Complaining | undefined {
  const { intake } = heard.situation
  if (!intake || outcome.kind !== 'complaint') return undefined
  const { complaint: open, questions } = heard.conversation.dialogue
  if (open) return stillOpen(open)
  const told = questions.filter((text, i) => i === questions.length - 1 || !intake.guide.isQuestion(text))
  const story = [told.join('\n'), heard.text].filter((text) => text.length >= STORY).join('\n')
  return begin(heard, intake.guide, story)
}

function begin(heard: Heard, guide: IntakeGuide, story: string): Complaining {
  return stepped(beginIntake(inputOf(heard, newDraft(story, heard.now)), guide))
}

/** What was put aside is never overwritten silently. */
function stillOpen(open: Draft): Complaining {
  const what = [open.facts.goods?.value, open.facts.respondent?.value].filter(Boolean).join(', ')
  const outcome = { ...service('draft_open', [plain(INTAKE.stillOpen(what))]), choices: [COMPLAINT_CHOICE.resume, COMPLAINT_CHOICE.fresh] }
  return { outcome, draft: { ...open, paused: true } }
}

function nothingOpen(): Complaining {
  return { outcome: service('nothing_to_resume', [plain(INTAKE.nothingToResume)]), draft: null }
}

/** Stickers, voices and the like are answered as anywhere else. */
function isTold({ kind }: Content): boolean {
  return kind === 'text' || kind === 'choice' || kind === 'attachment'
}

function inputOf({ message, text, now, asOf, situation }: Heard, draft: Draft): IntakeInput {
  const { content } = message
  const { newCase = '', firstReplyBy, letterLink } = situation.intake ?? {}
  const link = letterLink?.(newCase)
  const input = {
    ...{ draft, text, messageId: message.id, now, asOf, newCase, openCases: situation.openCases ?? [] },
    ...(content.kind === 'attachment' ? { attachment: content.attachment } : {}),
    ...(content.kind === 'text' && content.sealed ? { account: content.sealed } : {}),
    ...(firstReplyBy === undefined ? {} : { firstReplyBy }),
    ...(link === undefined ? {} : { letterLink: link }),
  }
  // A file is kept whatever becomes of the words under it.
  return { ...input, draft: withFile(input) }
}

/** What comes before the draft: somebody in danger, somebody who wants a person, a question. Everything told is kept with the draft all the same. */
async function first(heard: Heard, guide: IntakeGuide, input: IntakeInput, answer: Ask): Promise<Complaining | undefined> {
  const { text } = heard
  if (text === '' || input.account || filesAnswerIn(input.draft, text) || isFormula(input, guide)) return undefined
  const choosing = choosingIn({ draft: input.draft, guide, text })
  if (choosing?.outright) return undefined
  const known = INTAKE_ANSWERS.find(([pattern]) => guide.isQuestion(text) && pattern.test(fold(text)))
  if (known) return answeredFirst(service('intake_question', [plain(known[1])]), beside(input, guide) ?? askAgain(input, guide))
  // Only a question leans on what was asked before: an answer read together with the story would tell all of the story's danger again.
  const isQuestion = guide.isQuestion(text)
  const outcome = await answer(text, !isQuestion)
  if (outcome.kind === 'handoff' || interrupts(outcome, input, guide)) return keptFor(await withStory(outcome, text, answer), input, guide)
  if (choosing) return undefined
  if (outcome.kind === 'complaint') return stepped(answering(input, guide) ?? askAgain(input, guide))
  return isQuestion ? answeredFirst(briefly(outcome), beside(input, guide) ?? askAgain(input, guide)) : undefined
}

/** @returns the next step where the message tells something of what was asked; a wish to complain, said once more, is none. */
function answering(input: IntakeInput, guide: IntakeGuide): IntakeStep | undefined {
  const step = takeIntake(input, guide)
  const told = input.draft.asked.some((name) => input.draft.facts[name] === undefined && step.draft?.facts[name] !== undefined)
  return told ? step : undefined
}

const SENTENCES = /(?<=[.!?…])\s+|\n+/u

/** "Thuốc trừ sâu chị ơi. Xịt lỡ rồi có sao không?": the answer that stands before a question is not asked for again. */
function beside(input: IntakeInput, guide: IntakeGuide): IntakeStep | undefined {
  const told = input.text.split(SENTENCES).filter((sentence) => !sentence.includes('?') && !guide.isQuestion(sentence))
  return told.length > 0 ? answering({ ...input, text: told.join('\n') }, guide) : undefined
}

/** Whether it is danger the words say by themselves; which danger, the story before them tells better. */
async function withStory(outcome: Outcome, text: string, answer: Ask): Promise<Outcome> {
  if (outcome.kind !== 'first_aid' || outcome.reason === 'distress') return outcome
  const fuller = await answer(text)
  return fuller.kind === 'first_aid' ? fuller : outcome
}

const FORMULAS: ReadonlySet<string> = new Set(Object.values(COMPLAINT_CHOICE).map((words) => fold(words)))

/** A command, a button, an agreement: told by itself it says nothing of danger, read together with the story before it everything again. */
function isFormula({ draft, text }: IntakeInput, guide: IntakeGuide): boolean {
  return (
    guide.commandIn(text) !== undefined ||
    guide.correctionIn(text) !== undefined ||
    FORMULAS.has(fold(text).trim()) ||
    (draft.stage === 'consent' && (consentIn(text) !== undefined || (speaksOfConsent(text) && !isOutright(text))))
  )
}

/** Whoever answers a question may use words of a scam; only what leaves no doubt interrupts them, and somebody who speaks of dying always. */
function interrupts(outcome: Outcome, input: IntakeInput, guide: IntakeGuide): boolean {
  if (outcome.kind !== 'first_aid') return false
  const { draft, text } = input
  return outcome.reason === 'distress' || draft.stage === 'story' || draft.stage === 'matter' || isOutright(text) || tellsMore(input, guide)
}

/** @returns whether a message tells a story beside what answers the question: a name, a number and a place make none. */
function tellsMore(input: IntakeInput, guide: IntakeGuide): boolean {
  const { read } = readReply({ ...input, guide }, input.draft.asked)
  // Any words may be taken for a place.
  const asked = input.draft.asked.filter((name) => name !== 'commune')
  const words = asked.map((name) => read[name]?.from.words ?? '').join('')
  const signed = asked.some((name) => isContact(name) && read[name])
  return input.text.length - words.length >= (signed ? TELLING_BESIDE : TELLING)
}

/** The story goes into the draft, and the draft waits until what is urgent is done. Words of despair are no facts of anything. */
function keptFor(outcome: Outcome, input: IntakeInput, guide: IntakeGuide): Complaining {
  if (outcome.kind !== 'first_aid' || outcome.reason === 'distress') return { outcome, draft: input.draft }
  const told = takeIntake(input, guide).draft ?? input.draft
  const sections = [...outcome.sections, ...spokenLines(INTAKE.storyKept)]
  return { outcome: { ...outcome, sections, choices: [COMPLAINT_CHOICE.resume, CHOICE.officer] }, draft: { ...told, paused: true } }
}

function spokenLines(line: string): Outcome['sections'] {
  return [{ kind: 'note', heading: '', lines: [plain(line)] }]
}

/** In the middle of a complaint the direct answer is enough, with what that rests on. */
function briefly(outcome: Outcome): Outcome {
  const { sections, citations } = outcome
  const [direct] = sections.filter(({ kind }) => kind === 'answer')
  if (outcome.kind !== 'answered' || !direct) return outcome
  const used = [...new Set(direct.lines.flatMap((line) => line.citations))].sort((a, b) => a - b)
  const kept = used.map((position) => citations[position]).filter((citation) => citation !== undefined)
  if (!isNonEmpty(kept)) return outcome
  const lines = direct.lines.map((line) => ({ ...line, citations: line.citations.map((position) => used.indexOf(position)) }))
  return { ...outcome, sections: [{ ...direct, lines }], citations: kept }
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
