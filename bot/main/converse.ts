/** `npm run -s converse -- --jsonl`: whole dialogues without a network, one JSON line a message in, one a decision out. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { DEFAULT_LIMITS } from '../../adapters/attachments/quarantine.ts'
import { maskPersonal } from '../../knowledge/language/mask.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import type { HolidayCalendar } from '../calendar/holidays.ts'
import { CaseBook } from '../case/book.ts'
import { newCaseNumber } from '../case/number.ts'
import type { Suggestion } from '../complaint/confirmed.ts'
import type { Facts } from '../complaint/facts.ts'
import type { IntakeGuide } from '../complaint/guide.ts'
import type { Config } from '../config.ts'
import { guessIn } from '../conversation/case-requests.ts'
import { type Conversation, type Decided, decide, newConversation, type Situation } from '../conversation/decide.ts'
import type { CallBackSituation } from '../conversation/deciding.ts'
import { step } from '../conversation/owner.ts'
import { codeFrom } from '../conversation/requests.ts'
import type { Content, Outgoing } from '../delivery/message.ts'
import { phoneTail } from '../privacy/partly.ts'
import { citationRow } from './answer-row.ts'
import { type Assistant, openAssistant, runCommand } from './assistant.ts'
import { openComplaintGuide } from './complaint-guide.ts'
import { streamLines } from './json-lines.ts'
import { callsFrom } from './of-calls.ts'
import { firstReplyBy, openCalendar } from './of-cases.ts'
import { barProgress } from './progress.ts'

const row = z.object({
  conversation: z.string(),
  messageId: z.union([z.string(), z.number()]).transform(String),
  at: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)))
    .optional(),
  channel: z.string().optional(),
  text: z.string().optional(),
  choice: z.string().optional(),
  attachment: z.unknown().optional(),
})
type Row = z.infer<typeof row>

interface Open {
  readonly assistant: Assistant
  readonly config: Config
  readonly kept: Map<string, Kept>
  readonly complaints: IntakeGuide
  readonly cases: CaseBook
  readonly calendar: HolidayCalendar
}

/** A conversation in memory, with the messages already decided: the same message is decided once. */
interface Kept {
  conversation: Conversation
  /** The call that is waited for. */
  call: CallBackSituation['open']
  readonly decided: Set<string>
}

async function take(open: Open, input: Row): Promise<object> {
  const { assistant, config, kept, complaints, cases } = open
  const now = input.at ? Date.parse(input.at) : Date.now()
  const one = kept.get(input.conversation) ?? { conversation: newConversation(now), call: undefined, decided: new Set<string>() }
  kept.set(input.conversation, one)
  const head = { conversation: input.conversation, messageId: input.messageId }
  if (one.decided.has(input.messageId))
    return { ...head, status: 'ignored', reason: 'duplicate', ...nothing, owner: one.conversation.ownership.owner }
  const message = { id: input.messageId, content: contentOf(input), receivedAt: now }
  const situation = situationOf(open, one, input, now)
  const decided = await decide({ conversation: timed(one.conversation, now, config), message, now, situation }, (asked) => assistant.answer(asked))
  one.conversation = { version: one.conversation.version + 1, ...decided.nextState }
  one.decided.add(input.messageId)
  cases.take(input.conversation, decided.effects)
  one.call = callAfter(one.call, decided)
  const complaint = complaintRow(decided, complaints, dayInVietnam(new Date(now)))
  return { ...head, status: decided.decision.kind, ...shown(decided), owner: decided.nextState.ownership.owner, ...(complaint ? { complaint } : {}) }
}

function situationOf(
  { config, complaints, cases, calendar }: Open,
  { conversation: { dialogue }, call }: Kept,
  { conversation, text = '', choice }: Row,
  now: number,
): Situation {
  const guess = guessIn(choice ?? text, dialogue.about)
  const by = firstReplyBy(calendar, config.firstReplyDays, now)
  const calls = callsFrom({ calendar, association: config.association }, now)
  return {
    ...(calls ? { callBack: { ...calls, ...(call ? { open: call } : {}) } } : {}),
    ...{ rules: config.owner, hours: config.association.hours, off: {}, files: DEFAULT_LIMITS, keptDays: config.conversationDays },
    ...{ newCode: codeFrom(randomBytes(16)), elsewhere: () => [], cases: cases.own(conversation), openCases: cases.open(conversation) },
    ...(guess ? { lookedUp: cases.lookUp({ ...guess, conversation }, now) } : {}),
    intake: {
      ...{ guide: complaints, newCase: newCaseNumber(randomBytes(16), new Date(now).getUTCFullYear()) },
      ...(by === undefined ? {} : { firstReplyBy: by }),
    },
  }
}

/** The call that is waited for after a decision; asked for again it keeps its day. */
function callAfter(before: Kept['call'], { effects }: Decided): Kept['call'] {
  return effects.reduce<Kept['call']>((call, effect) => {
    if (effect.kind === 'call_back_withdrawn') return undefined
    if (effect.kind !== 'call_back_asked') return call
    return { tail: phoneTail(effect.phone), hours: effect.hours, dueOn: call?.dueOn ?? effect.dueOn, taken: false }
  }, before)
}

/** The complaint as it stands after the message; undefined while there is none. */
function complaintRow({ nextState, effects }: Decided, guide: IntakeGuide, day: Day): object | undefined {
  const confirmed = effects.find((effect) => effect.kind === 'complaint_confirmed')?.complaint
  if (confirmed)
    return {
      stage: 'confirmed',
      fields: fieldsOf(confirmed.facts),
      missing: confirmed.missing,
      route: routeOf(confirmed.route),
      case: confirmed.case,
    }
  const { complaint: draft } = nextState.dialogue
  if (!draft) return undefined
  const issue = guide.issueOf(draft.story, draft.facts, day, draft.matter.chosen)
  const missing = issue.required.filter((name) => draft.facts[name] === undefined)
  const route = routeOf(guide.competence(draft.story, draft.facts, day, draft.matter.chosen))
  return { stage: draft.stage, fields: fieldsOf(draft.facts), missing, route }
}

function fieldsOf(facts: Facts): object {
  return Object.fromEntries(Object.entries(facts).flatMap(([name, fact]) => (fact ? [[name, { value: fact.value, from: fact.from.words }]] : [])))
}

function routeOf(route: readonly Suggestion[]): object[] {
  return route.map(({ agency, basis, confidence }) => ({ agency, basis, confidence }))
}

/** Time passes between two lines: the timers that were due by then have fired. */
function timed(conversation: Conversation, now: number, config: Config): Conversation {
  const result = step(conversation.ownership, { kind: 'tick' }, now, config.owner)
  return 'refused' in result ? conversation : { ...conversation, ownership: result.ownership }
}

function contentOf({ messageId, text, choice, attachment }: Row): Content {
  if (choice !== undefined) return { kind: 'choice', text: choice }
  const words = maskPersonal(text ?? '').text
  const masked = words !== (text ?? '')
  if (attachment !== undefined) return { kind: 'attachment', attachment: messageId, mime: '', size: 0, caption: words, masked }
  return { kind: 'text', text: words, masked }
}

const nothing = { text: '', choices: [] as readonly string[], citations: [] as readonly object[] }

/** What the person would read, the replies of one decision joined. */
function shown({ effects }: Decided): typeof nothing {
  const replies = effects.flatMap((effect) => (effect.kind === 'send' && effect.outgoing.kind === 'reply' ? [effect.outgoing] : []))
  const last = replies.at(-1)
  return last
    ? {
        text: replies.map(({ text }: Extract<Outgoing, { kind: 'reply' }>) => text).join('\n\n'),
        choices: last.choices,
        citations: last.citations.map(citationRow),
      }
    : nothing
}

await runCommand(async (config) => {
  const assistant = await openAssistant(config, { progress: barProgress() })
  const open: Open = {
    assistant,
    config,
    kept: new Map(),
    complaints: openComplaintGuide(assistant.library),
    cases: new CaseBook(),
    calendar: openCalendar(),
  }
  return streamLines(row, (input) => take(open, input))
})
