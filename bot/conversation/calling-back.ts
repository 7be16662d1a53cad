/**
 * Being called back, asked for in the chat: number and hours in one go, read back in part, confirmed once.
 *
 *   wish ─ no number? ─▶ ask ─ a number ─▶ confirm ─ yes ─▶ written down, or the open one changed
 *                         └ a wrong one: said so, asked again     └ another number, other hours: read back anew
 *   "sửa số" ─▶ ask · "thôi không cần gọi" ─▶ withdrawn · anything else leaves it; what stood before its confirmation is recalled once
 */
import { type Day, formatDay } from '../../knowledge/validity.ts'
import { type Outcome, plain, type Section } from '../answer/outcome.ts'
import { type CallBackGiven, callBackAskedIn, givenIn, isEdit, isStop, isWithdrawn, isYes } from '../handoff/call-back-words.ts'
import { phoneTail } from '../privacy/partly.ts'
import { CALL_BACK, CALL_BACK_CHOICE, CALL_BACK_CONSENT } from '../wording/call-back.ts'
import { COMPLAINT_CHOICE } from '../wording/complaint.ts'
import { type Ask, type CallBackSituation, type Input, service, spoken } from './deciding.ts'
import type { CallBackPending } from './dialogue.ts'
import type { Change } from './effects.ts'

/** What a message is in asking for a call. */
export interface CallingBack {
  readonly outcome: Outcome
  readonly changes: readonly Change[]
  readonly pending: CallBackPending | null
}

interface Heard extends Input {
  readonly text: string
  readonly asOf: Day
}

interface Calling extends Heard {
  readonly with: CallBackSituation
}

/** @param answer asks the answering steps: danger comes before a call. @returns undefined where the message has nothing to do with one. */
export async function callingBack(heard: Heard, answer: Ask): Promise<CallingBack | undefined> {
  const { callBack } = heard.situation
  const { kind } = heard.message.content
  if (!callBack || (kind !== 'text' && kind !== 'choice')) return undefined
  const calling: Calling = { ...heard, with: callBack }
  const { callBack: pending } = heard.conversation.dialogue
  const said = (pending && followed(calling, pending)) ?? ofOpen(calling)
  if (said) return aided(await urgent(heard, answer), withDraft(heard, said))
  const wish = callBackAskedIn(heard.text)
  const wished = wish && asked(calling, wish)
  if (!wished) return undefined
  return wish.whole ? aided(await urgent(heard, answer), withDraft(heard, wished)) : beside(await answer(heard.text), wished)
}

// ── what was asked, and its answer ──────────────────────────────────────────────────────────────

function followed(c: Calling, pending: CallBackPending): CallingBack | undefined {
  const { text } = c
  if (isWithdrawn(text) || isStop(text)) return c.with.open && isWithdrawn(text) ? withdrawn() : say('call_back_dropped', [CALL_BACK.dropped])
  if (pending.stage === 'confirm' && isYes(text)) return confirmed(c, pending)
  const given = givenIn(text)
  if (given.phone) return read(c, { ...pending, ...(given.hours === '' ? {} : { hours: given.hours }) }, given)
  if (isEdit(text)) return askedAnew(pending.hours)
  if (pending.stage === 'ask' && isShort(text) && CUT_OFF.test(text)) return wrong(pending.hours)
  if (given.hours !== '' && isShort(text)) return pending.stage === 'confirm' ? readBack(c, pending.phone, given.hours) : ask(given.hours)
  return undefined
}

/** Whoever was asked for a number and writes some of one; "55/2024" is a law's. */
const CUT_OFF = /(?<![\d/])\d(?:[\s.-]?\d){4,}(?![\d/])/

/** Hours alone; a story that names a day is told of something else. */
const isShort = (text: string): boolean => text.trim().split(/\s+/).length <= 10

/** Of one that the office has already. */
function ofOpen(c: Calling): CallingBack | undefined {
  const { open } = c.with
  if (!open) return undefined
  if (isWithdrawn(c.text)) return withdrawn()
  if (!isEdit(c.text)) return undefined
  const given = givenIn(c.text)
  return given.phone ? read(c, { hours: given.hours || open.hours }, given) : askedAnew(open.hours)
}

function asked(c: Calling, given: CallBackGiven): CallingBack | undefined {
  // Whoever is asked for their number in a complaint answers that.
  if (given.phone && isTelling(c)) return undefined
  const { open } = c.with
  if (given.phone) return read(c, { hours: given.hours || (open?.hours ?? '') }, given)
  return open ? already(c, open) : ask(given.hours)
}

function isTelling({ conversation }: Heard): boolean {
  const { complaint } = conversation.dialogue
  return complaint !== null && !complaint.paused
}

// ── what is said ────────────────────────────────────────────────────────────────────────────────

function ask(hours: string): CallingBack {
  const lines = [hours === '' ? CALL_BACK.askBoth : CALL_BACK.askPhone(hours), CALL_BACK.why]
  return { ...say('call_back_asks', lines, [CALL_BACK_CHOICE.never]), pending: { stage: 'ask', phone: '', hours, recalled: false } }
}

function askedAnew(hours: string): CallingBack {
  return { ...say('call_back_asks', [CALL_BACK.askNew], [CALL_BACK_CHOICE.never]), pending: { stage: 'ask', phone: '', hours, recalled: false } }
}

function read(c: Calling, { hours }: { readonly hours: string }, { phone }: CallBackGiven): CallingBack {
  if (phone?.kind === 'phone') return readBack(c, phone.phone, hours)
  return wrong(hours)
}

function wrong(hours: string): CallingBack {
  return { ...say('call_back_wrong', [CALL_BACK.wrong], [CALL_BACK_CHOICE.never]), pending: { stage: 'ask', phone: '', hours, recalled: false } }
}

function readBack({ with: { dueOn, open, office, phone: ours } }: Calling, phone: string, hours: string): CallingBack {
  const lines = [
    CALL_BACK.read(phoneTail(phone), hours),
    CALL_BACK.who(formatDay(open?.dueOn ?? dueOn)),
    ...(ours === '' ? [] : [CALL_BACK.from(ours)]),
    ...(office === '' ? [] : [CALL_BACK.office(office)]),
    CALL_BACK.consent,
  ]
  const choices = [CALL_BACK_CHOICE.confirm, CALL_BACK_CHOICE.edit, CALL_BACK_CHOICE.never]
  return { ...say('call_back_read', lines, choices), pending: { stage: 'confirm', phone, hours, recalled: false } }
}

function confirmed({ with: { dueOn, open }, message }: Calling, { phone, hours }: CallBackPending): CallingBack {
  const words = open ? CALL_BACK.changed : CALL_BACK.kept
  const line = words(phoneTail(phone), hours, formatDay(open?.dueOn ?? dueOn))
  const consent = { version: CALL_BACK_CONSENT, message: message.id }
  return {
    ...say('call_back_kept', [line], [CALL_BACK_CHOICE.edit, CALL_BACK_CHOICE.never]),
    changes: [{ kind: 'call_back_asked', phone, hours, dueOn, consent }],
  }
}

function already({ asOf }: Calling, { tail, hours, dueOn, taken }: NonNullable<CallBackSituation['open']>): CallingBack {
  const lines = [CALL_BACK.already(tail, hours, formatDay(dueOn)), ...(taken ? [CALL_BACK.taken] : []), ...(asOf > dueOn ? [CALL_BACK.late] : [])]
  return say('call_back_open', lines, [CALL_BACK_CHOICE.edit, CALL_BACK_CHOICE.never])
}

function withdrawn(): CallingBack {
  return { ...say('call_back_withdrawn', [CALL_BACK.withdrawn]), changes: [{ kind: 'call_back_withdrawn' }] }
}

function say(reason: string, lines: readonly string[], choices: readonly string[] = []): CallingBack {
  return { outcome: { ...service(reason, lines.map(plain)), choices }, changes: [], pending: null }
}

// ── beside it ───────────────────────────────────────────────────────────────────────────────────

const FORMULAS: ReadonlySet<string> = new Set(Object.values(CALL_BACK_CHOICE))

/** Somebody who says in the same breath that money is going out is helped first. */
async function urgent({ text }: Heard, answer: Ask): Promise<Outcome | undefined> {
  if (FORMULAS.has(text) || isYes(text) || isWithdrawn(text)) return undefined
  const outcome = await answer(text, true)
  return outcome.kind === 'first_aid' ? outcome : undefined
}

function aided(first: Outcome | undefined, said: CallingBack): CallingBack {
  if (!first) return said
  const { sections, choices } = said.outcome
  return { ...said, outcome: { ...first, sections: [...first.sections, ...sections], choices } }
}

/** Whatever else was told is answered first. A complaint begins with all of it, the number too; who asks for an officer has one called. */
function beside(outcome: Outcome, said: CallingBack): CallingBack | undefined {
  if (outcome.kind === 'complaint' || outcome.kind === 'handoff') return undefined
  return { ...said, outcome: { ...outcome, sections: [...outcome.sections, ...said.outcome.sections], choices: said.outcome.choices } }
}

function withDraft(heard: Heard, said: CallingBack): CallingBack {
  if (!isTelling(heard)) return said
  const note: Section[] = [...spoken([plain(CALL_BACK.draftWaits(COMPLAINT_CHOICE.resume))])]
  const { outcome } = said
  return { ...said, outcome: { ...outcome, sections: [...outcome.sections, ...note], choices: [...outcome.choices, COMPLAINT_CHOICE.resume] } }
}

/** @returns what stays of a call-back that another message has come between: recalled once, then left. */
export function stillPending(pending: CallBackPending | null): CallBackPending | null {
  return pending?.stage === 'confirm' && !pending.recalled ? { ...pending, recalled: true } : null
}
