/**
 * One message of a conversation and what the bot decides about it, as a function of what it is given: nothing is stored or sent here.
 *
 *   an officer's own words? ──▶ the officer owns it from now on
 *   who owns it? ── staff ──▶ own data? answered ─▶ for_staff: kept for the officer, the bot is silent
 *        └ bot, waiting ──▶ too many? ─▶ about the conversation itself (other channel, own data)? ─▶ leaves the queue? ─▶ assistant off? ─▶ without words? a file?
 *                            ─▶ a call-back, a case, a complaint? ─▶ the answering steps ─▶ asks for a person? unsure too often? ─▶ queue
 */
import { clean, fold } from '../../knowledge/language/normalise.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import { type Line, type Outcome, plain, type Unanswered } from '../answer/outcome.ts'
import type { Asked, AskingAudience } from '../answer/turn.ts'
import { type Content, type Outgoing, wordsIn } from '../delivery/message.ts'
import type { NamedLimits } from '../wording/attachments.ts'
import { CALL_BACK, CALL_BACK_CHOICE } from '../wording/call-back.ts'
import { CHANNEL_SAY, unfetchedSaid, wordlessSaid } from '../wording/channels.ts'
import { CHAT } from '../wording/chat.ts'
import { BY_WORDS_ONLY } from '../wording/deliberate.ts'
import { queuedWithoutAssistant, RETURN_CHOICE } from '../wording/handoff.ts'
import { CHOICE, SAY } from '../wording/vi.ts'
import { type CallingBack, callingBack, stillPending } from './calling-back.ts'
import { type CaseTalk, caseTalk, ownCasesSaid } from './case-talk.ts'
import { beginComplaint, type Complaining, complaining } from './complaining.ts'
import { type Ask, type Conversation, type Decided, type Input, own, type Situation, service, spoken, toReply } from './deciding.ts'
import { afterReply, type Dialogue, isUnsure } from './dialogue.ts'
import { type Change, noticed, settle, toldBy } from './effects.ts'
import { type Accepted, botMayAnswer, type Officer, type OwnerEvent, type Ownership } from './owner.ts'
import { answerRequest, type Requested } from './requested.ts'
import { type Request, requestIn } from './requests.ts'
import { sellerTalk } from './seller-talk.ts'
import { warnedInPassing } from './warned.ts'

export * from './deciding.ts'

/** Unsure replies in a row after which an officer is called. */
const UNSURE_MOST = 2

/** Decides about one message. `answer` is the port to the answering steps; it says its own failures as an Outcome. */
export async function decide(input: Input, answer: (asked: Asked) => Promise<Outcome>): Promise<Decided> {
  const { conversation, message, now, situation } = input
  if (message.content.kind === 'officer') return officerWrote(input, message.content.officer)
  const text = meant(wordsOf(message.content, conversation.dialogue.choices), conversation.ownership)
  const returning = !message.content.tooMany && conversation.ownership.owner === 'waiting' && clean(text) === RETURN_CHOICE
  const wrote = own(conversation.ownership, { kind: returning ? 'person_returned' : 'person_wrote' }, now, situation.rules)
  const asOf = dayInVietnam(new Date(message.receivedAt))
  const request = message.content.tooMany ? undefined : requestIn(text, conversation.dialogue.choices)
  if (!botMayAnswer(wrote.ownership))
    return request ? besideOfficer({ ...input, wrote, asOf, request }) : silent(conversation, wrote, message.content)
  if (message.content.tooMany) return tooMany(input, wrote, asOf)
  if (request) return answerRequest({ ...input, wrote, asOf, request })
  const audience = audienceChosen(text) ?? conversation.dialogue.audience
  const heard = { ...input, text, audience, asOf, wrote }
  if (returning) return conclude({ ...heard, outcome: service('returned', toldBy(wrote.effects, situation.hours)) })
  const steps: Ask = async (words, alone) => withCases(await outcomeOf(input, { text: words, alone }, audience, asOf, answer), situation)
  const calling = await callingBack(heard, steps)
  if (calling) return conclude({ ...heard, outcome: calling.outcome, calling })
  const ofSeller = sellerTalk(heard)
  if (ofSeller) return conclude({ ...heard, outcome: ofSeller.outcome, ofCase: ofSeller })
  const ofCase = await caseTalk(heard, steps)
  if (ofCase) return conclude({ ...heard, outcome: ofCase.outcome, ofCase })
  const told = await complaining(heard, steps)
  if (told) return conclude({ ...heard, outcome: told.outcome, complaining: told })
  const outcome = await steps(text)
  const begun = beginComplaint(heard, outcome)
  return conclude({ ...heard, outcome: begun?.outcome ?? outcome, ...(begun ? { complaining: begun } : {}) })
}

/** Said by somebody who waits for an officer: nothing to look up, only that they still wait. The whole message; a story is never one. */
const IMPATIENT = [
  /^(?:(?:toi|em|minh|sao|the|co) ){0,2}(?:cho|doi) (?:mai|lau|nay gio|hoai|tu (?:sang|trua|chieu|nay)|ca (?:buoi|ngay|tieng))(?: \S+){0,3}$/,
  /^(?:sao |lam gi ma )?(?:lau|cham) (?:the|vay|qua)(?: \S+){0,3}$/,
  /^(?:co |con )?ai (?:o day |o do |tra loi |truc |nghe ){1,2}?khong(?: \S+){0,2}$/,
  /^(?:bao gio|khi nao) (?:moi )?(?:co nguoi|co can bo|can bo)(?: \S+){0,4}$/,
]
const CALLING = /^(?:(?:alo|a lo|oi|em oi|ad oi|da|hello)[ ,]+)+/

/** @returns what is meant: who waits for an officer and says that it takes long asks for one once more. */
function meant(text: string, { owner }: Ownership): string {
  if (owner !== 'waiting') return text
  const said = fold(text)
    .trim()
    .replace(/[.!?…]{1,9}$/, '')
    .replace(CALLING, '')
  return IMPATIENT.some((pattern) => pattern.test(said)) ? CHOICE.officer : text
}

/** Who asks in more words how far a case is, is told of their own all the same. */
function withCases(outcome: Outcome, { cases = [], intake }: Situation): Outcome {
  if (outcome.kind !== 'service' || outcome.reason !== 'case_status' || cases.length === 0) return outcome
  return { ...outcome, sections: ownCasesSaid(cases, intake?.letterLink) }
}

/** The person has the words already; whoever wrote them owns the conversation from now on, unless another officer does. */
function officerWrote({ conversation, now, situation }: Input, officer: Officer): Decided {
  const { ownership, effects } = own(conversation.ownership, { kind: 'officer_wrote', officer }, now, situation.rules)
  return {
    decision: { kind: 'ignored', reason: 'officer_wrote' },
    nextState: { dialogue: conversation.dialogue, ownership },
    effects: settle(effects),
  }
}

const OWN_DATA: ReadonlySet<Request['kind']> = new Set(['own_data', 'erase', 'keep', 'subscribe', 'unsubscribe'])

/** What people want done with their own data, or with what they agreed to, waits for no officer, and leaves what the officer owes as it was. */
function besideOfficer(r: Requested): Decided {
  const { conversation, message } = r
  if (!OWN_DATA.has(r.request.kind)) return silent(conversation, r.wrote, message.content)
  return answerRequest({ ...r, wrote: { ownership: conversation.ownership, effects: [] } })
}

/** Opening the chat is no message that an officer owes an answer to. */
function silent({ dialogue, ownership }: Conversation, wrote: Accepted, content: Content): Decided {
  if (isHello(content)) return { decision: { kind: 'ignored', reason: content.kind }, nextState: { dialogue, ownership }, effects: [] }
  return { decision: { kind: 'for_staff' }, nextState: { dialogue, ownership: wrote.ownership }, effects: settle(wrote.effects) }
}

/** Said once; what follows at the same pace is kept and not answered. */
function tooMany({ conversation }: Input, wrote: Accepted, asOf: Day): Decided {
  const { dialogue } = conversation
  const nextState = { dialogue: { ...dialogue, flooded: true }, ownership: wrote.ownership }
  if (dialogue.flooded) return { decision: { kind: 'ignored', reason: 'too_many' }, nextState, effects: settle(wrote.effects) }
  const decision = service('too_many', [plain(CHANNEL_SAY.tooMany)])
  return { decision, nextState, effects: [...settle(wrote.effects), { kind: 'send', outgoing: toReply(decision, asOf) }] }
}

async function outcomeOf(
  { conversation, message, situation }: Input,
  { text, alone = false }: { readonly text: string; readonly alone?: boolean | undefined },
  audience: AskingAudience | null,
  asOf: Day,
  answer: (asked: Asked) => Promise<Outcome>,
): Promise<Outcome> {
  if (situation.off.answering !== undefined) return service('assistant_off', [plain(situation.off.answering)])
  const { questions, clarified } = conversation.dialogue
  if (message.content.kind === 'joined') return answer({ text: GREETING, asOf, previous: [], clarified: false })
  const wordless = clean(text) === '' ? withoutWords(message.content, situation) : undefined
  return wordless ?? answer({ text, asOf, previous: alone ? [] : questions, clarified, ...(audience ? { audience } : {}) })
}

/** What somebody says who opens the chat without a word. */
const GREETING = 'Xin chào'

/** @returns what is said of something that has no words to answer; undefined for a text. */
function withoutWords(content: Content, { files }: Situation): Unanswered | undefined {
  switch (content.kind) {
    case 'attachment':
      return service('attachment', [plain(CHAT.attachment)])
    case 'unfetched':
      return service('attachment_refused', [plain(unfetchedSaid(content.reason, files))])
    case 'wordless':
      return { ...service('wordless', [plain(wordlessSaid(content.what))]), choices: content.what === 'voice' ? [CHOICE.officer] : [] }
    case 'group':
      return service('group', [plain(CHANNEL_SAY.group)])
    default:
      return undefined
  }
}

interface Concluding extends Input {
  readonly text: string
  readonly audience: AskingAudience | null
  readonly asOf: Day
  readonly outcome: Outcome
  readonly wrote: Accepted
  /** What the message was in the life of a case. */
  readonly ofCase?: CaseTalk
  /** What became of the draft of a complaint. */
  readonly complaining?: Complaining
  /** What the message was in asking for a call. */
  readonly calling?: CallingBack
}

/** Joins the answer with what it means for the owner, into one reply. */
function conclude(c: Concluding): Decided {
  const dialogue = rememberedAfter(c)
  const passed = passOn(c, dialogue)
  const decision = worded(c, passed, dialogue.choices)
  const reply: Outgoing = toReply(decision, c.asOf)
  const owners = [
    ...complaintChanges(c),
    ...(c.ofCase?.changes ?? []),
    ...(c.calling?.changes ?? []),
    ...warnedInPassing(c).changes,
    ...settle(c.wrote.effects),
    ...settle(passed.effects),
  ]
  return {
    decision,
    nextState: { dialogue: { ...dialogue, choices: decision.choices }, ownership: passed.ownership },
    effects: [...owners, { kind: 'send', outgoing: reply }],
  }
}

function rememberedAfter(c: Concluding): Dialogue {
  const { complaining: told, calling } = c
  const before = c.conversation.dialogue
  const remembered = afterReply(before, c.text, c.audience, c.outcome)
  const callBack = calling ? calling.pending : stillPending(before.callBack)
  const { complaint } = remembered
  // Whatever is asked about the call is answered next; the story waits.
  const draft = told ? told.draft : complaint && { ...complaint, paused: complaint.paused || calling !== undefined }
  return { ...remembered, complaint: draft, about: c.ofCase?.about ?? null, callBack }
}

/** What a step of the intake leaves behind: a case, an addition to one, files that go. */
function complaintChanges({ complaining: told, situation }: Concluding): readonly Change[] {
  const { confirmed, added, discarded = [] } = told?.step ?? {}
  const { firstReplyBy } = situation.intake ?? {}
  return [
    ...(confirmed ? [{ kind: 'complaint_confirmed' as const, complaint: confirmed, ...(firstReplyBy ? { firstReplyBy } : {}) }] : []),
    ...(added ? [{ kind: 'case_added' as const, ...added }] : []),
    ...discarded.map((attachment) => ({ kind: 'evidence_discarded' as const, attachment })),
  ]
}

/** Calls an officer where one is asked for, where the assistant is off, or where it has known nothing twice. */
function passOn(c: Concluding, dialogue: Dialogue): Accepted {
  const from: Accepted = { ownership: c.wrote.ownership, effects: [] }
  if (c.situation.off.handoff !== undefined) return from
  const event = isHello(c.message.content) ? undefined : callOf(c.outcome, dialogue.unsure)
  return event ? own(from.ownership, event, c.now, c.situation.rules) : from
}

/** Who only opens the chat, or calls us in a group, has asked for nobody. */
function isHello({ kind }: Content): boolean {
  return kind === 'joined' || kind === 'group'
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
  const recalled = isRecalled(c) ? [plain(CALL_BACK.notYet)] : []
  const notes = [...recalled, ...warnedInPassing(c).lines, ...ofMessage(c.message.content, c.situation)]
  return { ...c.outcome, sections: [...said, ...noticed(notes)], choices: offered(c, passed, choices) }
}

/** Something else came between the read number and its confirmation. */
function isRecalled({ calling, conversation }: Concluding): boolean {
  return calling === undefined && stillPending(conversation.dialogue.callBack) !== null
}

/** Nothing untrue while something is off: no officer is promised, and an assistant that pauses does not say that it can be asked. */
function toldOf(c: Concluding, passed: Accepted): readonly Line[] {
  const { off, hours } = c.situation
  if (off.handoff !== undefined) return c.outcome.kind === 'handoff' ? [plain(off.handoff)] : []
  const told = off.answering === undefined ? toldBy(passed.effects, hours) : withoutAssistant(passed, hours)
  return told.length > 0 && offersCall(c, passed) ? [...told, plain(CALL_BACK.offer)] : told
}

function withoutAssistant({ effects }: Accepted, hours: string): readonly Line[] {
  return effects.some((effect) => effect.kind === 'tell') ? [plain(queuedWithoutAssistant(hours))] : []
}

/** Who waits for a person may ask for a call instead. */
function offersCall({ situation, calling }: Concluding, { ownership }: Accepted): boolean {
  return ownership.owner === 'waiting' && calling === undefined && situation.callBack !== undefined && !situation.callBack.open
}

function offered(c: Concluding, passed: Accepted, choices: readonly string[]): readonly string[] {
  const { off } = c.situation
  const waiting = passed.ownership.owner === 'waiting'
  const kept = waiting || off.handoff !== undefined ? choices.filter((words) => words !== CHOICE.officer) : choices
  const calls = offersCall(c, passed) ? [CALL_BACK_CHOICE.ask] : []
  const recalled = isRecalled(c) ? [CALL_BACK_CHOICE.confirm] : []
  return [...kept, ...recalled, ...calls, ...(waiting && off.answering === undefined ? [RETURN_CHOICE] : [])]
}

/** What became of the message: numbers were covered, a file was kept or was not. */
function ofMessage(content: Content, { files }: Situation): readonly Line[] {
  const covered = 'masked' in content && content.masked && !('sealed' in content && content.sealed) ? [plain(SAY.numbersCovered)] : []
  return [...covered, ...ofFile(content, files)]
}

/** Of a file that came with words; one without is all that the reply is about. */
function ofFile(content: Content, files: NamedLimits): readonly Line[] {
  if (!('caption' in content) || clean(content.caption) === '') return []
  if (content.kind === 'attachment') return [plain(CHAT.attachmentKept)]
  return content.kind === 'unfetched' ? [plain(unfetchedSaid(content.reason, files))] : []
}

/** A number stands for the choice of that number, and so do its words, however they are typed. */
function wordsOf(content: Content, choices: readonly string[]): string {
  const words = wordsIn(content)
  if (content.kind !== 'text' && content.kind !== 'choice') return words
  const number = clean(words).match(/^(?:s[ốo] )?(\d{1,2})[.)]?$/i)?.[1]
  if (number) return byNumber(choices[Number(number) - 1]) ?? words
  return choices.find((choice) => fold(choice) === fold(clean(words))) ?? words
}

function byNumber(choice: string | undefined): string | undefined {
  return choice !== undefined && BY_WORDS_ONLY.has(choice) ? undefined : choice
}

function audienceChosen(text: string): AskingAudience | undefined {
  if (text === CHOICE.seller) return 'seller'
  return text === CHOICE.buyer ? 'consumer' : undefined
}
