/**
 * One message of a conversation and what the bot decides about it, as a function of what it is given: nothing is stored or sent here.
 *
 *   who owns it? ── staff ──▶ for_staff: kept for the officer, the bot is silent
 *        └ bot, waiting ──▶ leaves the queue? ─▶ assistant off? ─▶ a file? ─▶ the answering steps ─▶ asks for a person? unsure too often? ─▶ queue
 */
import { clean } from '../../knowledge/language/normalise.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import { type Line, type Outcome, plain, type Section, type Unanswered } from '../answer/outcome.ts'
import { renderText } from '../answer/render.ts'
import type { Asked, AskingAudience } from '../answer/turn.ts'
import type { Content, Outgoing } from '../delivery/message.ts'
import { CHAT } from '../wording/chat.ts'
import { queuedWithoutAssistant, RETURN_CHOICE } from '../wording/handoff.ts'
import { CHOICE, SAY } from '../wording/vi.ts'
import { afterReply, type Dialogue, isUnsure, newDialogue } from './dialogue.ts'
import { type Change, noticed, settle, toldBy } from './effects.ts'
import { type Accepted, botMayAnswer, newOwnership, type OwnerEvent, type OwnerRules, type Ownership, step } from './owner.ts'

export interface Conversation {
  readonly version: number
  readonly dialogue: Dialogue
  readonly ownership: Ownership
}

export interface Message {
  /** Names the message within the conversation. */
  readonly id: string
  readonly content: Content
  readonly receivedAt: number
}

export type Decision =
  | Outcome
  | { readonly kind: 'for_staff' }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'superseded' }

/** What decides besides the conversation and the message: all of it data. */
export interface Situation {
  readonly rules: OwnerRules
  /** Office hours as configured; empty when not. */
  readonly hours: string
  /** Sentences for what is switched off; absent when on. */
  readonly off: { readonly answering?: string; readonly handoff?: string }
}

export interface Decided {
  readonly decision: Decision
  readonly nextState: { readonly dialogue: Dialogue; readonly ownership: Ownership }
  readonly effects: readonly Change[]
}

/** Unsure replies in a row after which an officer is called. */
const UNSURE_MOST = 2

/** @returns a conversation before its first message. */
export function newConversation(now: number): Conversation {
  return { version: 0, dialogue: newDialogue(), ownership: newOwnership(now) }
}

interface Input {
  readonly conversation: Conversation
  readonly message: Message
  readonly now: number
  readonly situation: Situation
}

/** Decides about one message. `answer` is the port to the answering steps; it says its own failures as an Outcome. */
export async function decide(input: Input, answer: (asked: Asked) => Promise<Outcome>): Promise<Decided> {
  const { conversation, message, now, situation } = input
  const text = wordsOf(message.content, conversation.dialogue.choices)
  const returning = conversation.ownership.owner === 'waiting' && clean(text) === RETURN_CHOICE
  const wrote = own(conversation.ownership, { kind: returning ? 'person_returned' : 'person_wrote' }, now, situation.rules)
  if (!botMayAnswer(wrote.ownership)) return silent(conversation.dialogue, wrote)
  const asOf = dayInVietnam(new Date(message.receivedAt))
  const audience = audienceChosen(text) ?? conversation.dialogue.audience
  const outcome = returning ? service('returned', toldBy(wrote.effects, situation.hours)) : await outcomeOf(input, text, audience, asOf, answer)
  return conclude({ ...input, text, audience, asOf, outcome, wrote })
}

function own(ownership: Ownership, event: OwnerEvent, now: number, rules: OwnerRules): Accepted {
  const result = step(ownership, event, now, rules)
  return 'refused' in result ? { ownership, effects: [] } : result
}

function silent(dialogue: Dialogue, wrote: Accepted): Decided {
  return { decision: { kind: 'for_staff' }, nextState: { dialogue, ownership: wrote.ownership }, effects: settle(wrote.effects) }
}

async function outcomeOf(
  { conversation, message, situation }: Input,
  text: string,
  audience: AskingAudience | null,
  asOf: Day,
  answer: (asked: Asked) => Promise<Outcome>,
): Promise<Outcome> {
  if (situation.off.answering !== undefined) return service('assistant_off', [plain(situation.off.answering)])
  if (message.content.kind === 'attachment' && clean(text) === '') return service('attachment', [plain(CHAT.attachment)])
  const { questions, clarified } = conversation.dialogue
  return answer({ text, asOf, previous: questions, clarified, ...(audience ? { audience } : {}) })
}

interface Concluding extends Input {
  readonly text: string
  readonly audience: AskingAudience | null
  readonly asOf: Day
  readonly outcome: Outcome
  readonly wrote: Accepted
}

/** Joins the answer with what it means for the owner, into one reply. */
function conclude(c: Concluding): Decided {
  const dialogue = afterReply(c.conversation.dialogue, c.text, c.audience, c.outcome)
  const passed = passOn(c, dialogue)
  const decision = worded(c, passed, dialogue.choices)
  const reply: Outgoing = toReply(decision, c.asOf)
  const owners = [...settle(c.wrote.effects), ...settle(passed.effects)]
  return {
    decision,
    nextState: { dialogue: { ...dialogue, choices: decision.choices }, ownership: passed.ownership },
    effects: [...owners, { kind: 'send', outgoing: reply }],
  }
}

/** Calls an officer where one is asked for, where the assistant is off, or where it has known nothing twice. */
function passOn(c: Concluding, dialogue: Dialogue): Accepted {
  const from: Accepted = { ownership: c.wrote.ownership, effects: [] }
  if (c.situation.off.handoff !== undefined) return from
  const event = callOf(c.outcome, dialogue.unsure)
  return event ? own(from.ownership, event, c.now, c.situation.rules) : from
}

function callOf(outcome: Outcome, unsure: number): OwnerEvent | undefined {
  if (outcome.kind === 'handoff') return { kind: 'person_asked' }
  if (outcome.kind === 'service' && outcome.reason === 'assistant_off') return { kind: 'escalated', reason: 'assistant_off' }
  return isUnsure(outcome) && unsure >= UNSURE_MOST ? { kind: 'escalated', reason: 'low_confidence' } : undefined
}

/** What is said of the queue takes the place of a handoff's own words, and follows any other reply; what happened to the message itself comes last. */
function worded(c: Concluding, passed: Accepted, choices: readonly string[]): Outcome {
  const told = toldOf(c, passed)
  const replaced = c.outcome.kind === 'handoff' && told.length > 0
  const said = replaced ? spoken(told) : [...c.outcome.sections, ...noticed(told)]
  return { ...c.outcome, sections: [...said, ...noticed(ofMessage(c.message.content))], choices: offered(c, passed, choices) }
}

/** Nothing untrue while something is off: no officer is promised, and an assistant that pauses does not say that it can be asked. */
function toldOf(c: Concluding, passed: Accepted): readonly Line[] {
  const { off, hours } = c.situation
  if (off.handoff !== undefined) return c.outcome.kind === 'handoff' ? [plain(off.handoff)] : []
  if (off.answering === undefined) return toldBy(passed.effects, hours)
  return passed.effects.some((effect) => effect.kind === 'tell') ? [plain(queuedWithoutAssistant(hours))] : []
}

function offered(c: Concluding, passed: Accepted, choices: readonly string[]): readonly string[] {
  const { off } = c.situation
  const waiting = passed.ownership.owner === 'waiting'
  const kept = waiting || off.handoff !== undefined ? choices.filter((words) => words !== CHOICE.officer) : choices
  return waiting && off.answering === undefined ? [...kept, RETURN_CHOICE] : kept
}

/** What became of the message: numbers were covered, a file was kept. */
function ofMessage(content: Content): readonly Line[] {
  const covered = content.kind !== 'choice' && content.masked ? [plain(SAY.numbersCovered)] : []
  const kept = content.kind === 'attachment' && clean(content.caption) !== '' ? [plain(CHAT.attachmentKept)] : []
  return [...covered, ...kept]
}

function spoken(lines: readonly Line[]): readonly Section[] {
  return [{ kind: 'answer', heading: '', lines }]
}

function service(reason: string, lines: Section['lines']): Unanswered {
  return { kind: 'service', reason, sections: spoken(lines), choices: [], citations: [] }
}

function toReply(outcome: Outcome, asOf: Day): Outgoing {
  const { kind: status, sections, citations, choices } = outcome
  return { kind: 'reply', author: 'assistant', status, text: renderText(outcome, asOf), sections, citations, choices }
}

/** A number stands for the choice of that number; a tapped choice is its words. */
function wordsOf(content: Content, choices: readonly string[]): string {
  if (content.kind === 'attachment') return content.caption
  const number = clean(content.text).match(/^(\d{1,2})[.)]?$/)?.[1]
  return (number && choices[Number(number) - 1]) || content.text
}

function audienceChosen(text: string): AskingAudience | undefined {
  if (text === CHOICE.seller) return 'seller'
  return text === CHOICE.buyer ? 'consumer' : undefined
}
