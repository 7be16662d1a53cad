/** Answers what is asked about the conversation itself: going on with it on another channel, and the person's own data. */

import type { Day } from '../../knowledge/validity.ts'
import { type Outcome, plain } from '../answer/outcome.ts'
import { ALERT_CHAT } from '../wording/alerts.ts'
import { CASES_ERASED } from '../wording/cases.ts'
import { QUIZ_CHAT } from '../wording/quiz.ts'
import { ERASE_CHOICE, KEEP_CHOICE, OWN_DATA, TRANSFER } from '../wording/requests.ts'
import { type Decided, type Input, type MatterElsewhere, own, type Situation, service, toReply } from './deciding.ts'
import { type Change, settle, settleWithNotice, toldBy } from './effects.ts'
import type { Accepted, Ownership } from './owner.ts'
import { CODE_MS, type Request } from './requests.ts'
import { answerWarnings } from './warned.ts'

export interface Requested extends Input {
  readonly wrote: Accepted
  readonly asOf: Day
  readonly request: Request
}

/** @returns what is decided; never asks the answering steps. */
export function answerRequest(r: Requested): Decided {
  switch (r.request.kind) {
    case 'transfer':
      return offerTransfer(r)
    case 'quizzes':
      return said(r, 'quizzes', quizLines(r.situation))
    case 'code':
      return redeem(r)
    case 'own_data':
      return said(r, 'own_data', [OWN_DATA.ask(r.situation.keptDays), ...casesErased(r)], [], [KEEP_CHOICE, ERASE_CHOICE])
    case 'erase':
      return said(r, 'erasing', [OWN_DATA.erasing, ...casesErased(r)], [{ kind: 'erasure_asked' }])
    case 'keep':
      return said(r, 'kept', [OWN_DATA.kept])
    case 'alerts_on':
      return connectAlerts(r, r.request.code)
    case 'alerts_off':
      return r.situation.alerts?.here
        ? said(r, 'alerts_ended', [ALERT_CHAT.ended], [{ kind: 'alerts_ended' }])
        : said(r, 'alerts_none', [ALERT_CHAT.notConnected])
    case 'warnings':
    case 'subscribe':
    case 'unsubscribe': {
      const { reason, lines, changes, choices } = answerWarnings(r.request, r.situation)
      return said(r, reason, lines, changes, choices)
    }
  }
}

/** Cases go with everything else, except where an officer wrote down why one must stay. */
function casesErased({ situation }: Requested): readonly string[] {
  const numbersOf = (held: boolean) => (situation.cases ?? []).filter((one) => one.held === held).map(({ number }) => number)
  const [gone, held] = [numbersOf(false), numbersOf(true)]
  const which = [...(gone.length > 0 ? [CASES_ERASED.with(gone)] : []), ...(held.length > 0 ? [CASES_ERASED.held(held)] : [])]
  return which.length > 0 ? [...which, CASES_ERASED.when] : []
}

function offerTransfer(r: Requested): Decided {
  const { newCode: code, elsewhere } = r.situation
  const lines = TRANSFER.offered(code, CODE_MS / 60_000, elsewhere(code))
  return said(r, 'transfer_offered', lines, [{ kind: 'transfer_offered', code, expiresAt: r.now + CODE_MS }])
}

/** The list of quizzes, each with its address. */
function quizLines({ quizzes }: Situation): readonly string[] {
  if (!quizzes) return [QUIZ_CHAT.noAddress]
  return [QUIZ_CHAT.intro, ...quizzes.each.map(({ title, address }) => QUIZ_CHAT.link(title, address)), QUIZ_CHAT.all(quizzes.all)]
}

function redeem(r: Requested): Decided {
  const { redeemed = 'unknown' } = r.situation
  if (redeemed === 'own') return said(r, 'transfer_own', [TRANSFER.own])
  if (redeemed === 'unknown' || r.request.kind !== 'code') return said(r, 'transfer_refused', [TRANSFER.refused])
  return continueFrom(r, redeemed, r.request.code)
}

/** What the assistant remembers comes along, and whoever waits or serves there does so here. */
function continueFrom(r: Requested, from: MatterElsewhere, code: string): Decided {
  const { now, situation } = r
  const here = follow(r.wrote.ownership, from.ownership, r)
  const there = own(from.ownership, { kind: 'person_moved' }, now, situation.rules)
  const left: Change = {
    ...{ kind: 'transfer_redeemed' as const, code, conversation: from.id, version: from.version, ownership: there.ownership },
    changes: settleWithNotice(there.effects, situation.hours),
  }
  const lines = [TRANSFER.continued(from.dialogue.questions.at(-1)), ...toldBy(here.effects, situation.hours).map((line) => line.text)]
  const wrote = { ownership: here.ownership, effects: [...r.wrote.effects, ...here.effects] }
  return said({ ...r, wrote, conversation: { ...r.conversation, dialogue: from.dialogue } }, 'transfer_continued', lines, [left])
}

/** Who waited waits here; who had an officer has them here, and an answer that was owed is owed here. */
function follow(here: Ownership, from: Ownership, { now, situation }: Requested): Accepted {
  if (from.owner === 'waiting') return own(here, { kind: 'person_asked' }, now, situation.rules)
  if (from.owner !== 'staff') return { ownership: here, effects: [] }
  const taken = own(here, { kind: 'officer_took', officer: from.officer }, now, situation.rules)
  if (from.unansweredSince === undefined) return taken
  return { ...taken, ownership: own(taken.ownership, { kind: 'person_wrote' }, now, situation.rules).ownership }
}

/** An officer's own chat is nobody's case: whoever waits in it for a person, waits no longer. */
function connectAlerts(r: Requested, code: string): Decided {
  const { possible = false, code: worth = 'unknown' } = r.situation.alerts ?? {}
  if (!possible) return said(r, 'alerts_refused', [ALERT_CHAT.notHere])
  if (worth !== 'good') return said(r, 'alerts_refused', [worth === 'too_many' ? ALERT_CHAT.tooMany : ALERT_CHAT.refused])
  const left = own(r.wrote.ownership, { kind: 'person_returned' }, r.now, r.situation.rules)
  const wrote = { ownership: left.ownership, effects: [...r.wrote.effects, ...left.effects] }
  return said({ ...r, wrote }, 'alerts_connected', ALERT_CHAT.connected, [{ kind: 'alerts_connected', code }])
}

/** A reply about the conversation itself. */
function said(r: Requested, reason: string, lines: readonly string[], changes: readonly Change[] = [], choices: readonly string[] = []): Decided {
  const decision: Outcome = { ...service(reason, lines.map(plain)), choices }
  const dialogue = { ...r.conversation.dialogue, choices, clarified: false, flooded: false, about: null, callBack: null }
  const effects: Change[] = [...changes, ...settle(r.wrote.effects), { kind: 'send', outgoing: toReply(decision, r.asOf) }]
  return { decision, nextState: { dialogue, ownership: r.wrote.ownership }, effects }
}
