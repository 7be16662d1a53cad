/** Warnings in a conversation: asked for by name, subscribed to, and told in passing where one fits or could not be sent. */
import { type Line, type Outcome, plain } from '../answer/outcome.ts'
import type { ShownWarning, WarningsNow } from '../warning/content.ts'
import { latestFirst, warningsNear, warningsOf } from '../warning/fit.ts'
import type { WarningRequest } from '../warning/requests.ts'
import { SUBSCRIBE_CHOICE, SUBSCRIBE_TEXT, SUBSCRIBE_VERSION, UNSUBSCRIBE_CHOICE, WARNING_TALK } from '../wording/warnings.ts'
import type { Input, Situation } from './deciding.ts'
import type { Change } from './effects.ts'

export interface WarningReply {
  readonly reason: string
  readonly lines: readonly string[]
  readonly changes: readonly Change[]
  readonly choices: readonly string[]
}

const NONE: WarningsNow = { shown: [], subscribed: false, missed: [], link: () => undefined }
const LISTED = 5

/** @returns what is said of a request about warnings. */
export function answerWarnings(request: WarningRequest, { warnings = NONE, keptDays }: Situation): WarningReply {
  switch (request.kind) {
    case 'warnings':
      return listed(request.topic, warnings)
    case 'subscribe':
      return warnings.subscribed ? reply('warnings_subscribed', [WARNING_TALK.already]) : subscribed(keptDays)
    case 'unsubscribe':
      return warnings.subscribed
        ? reply('warnings_unsubscribed', [WARNING_TALK.unsubscribed], [{ kind: 'warnings_unsubscribed' }])
        : reply('warnings_unsubscribed', [WARNING_TALK.notSubscribed])
  }
}

function subscribed(keptDays: number): WarningReply {
  return reply(
    'warnings_subscribed',
    [WARNING_TALK.subscribed, SUBSCRIBE_TEXT(keptDays)],
    [{ kind: 'warnings_subscribed', version: SUBSCRIBE_VERSION }],
    [UNSUBSCRIBE_CHOICE],
  )
}

function listed(topic: string, warnings: WarningsNow): WarningReply {
  const { shown, subscribed: told, missed, link } = warnings
  const choices = told ? [] : [SUBSCRIBE_CHOICE]
  const found = topic === '' ? latestFirst(shown) : warningsNear(shown, topic)
  if (found.length === 0) return reply('warnings', [topic === '' ? WARNING_TALK.none : WARNING_TALK.noneAbout(topic)], [], choices)
  const rows = found.slice(0, LISTED).map(({ id, content, firstAt }) => WARNING_TALK.row(content.title, dayOf(firstAt), link(id)))
  const more = found.length > LISTED ? [WARNING_TALK.more(found.length - LISTED, link())] : []
  const changes: Change[] = missed.length > 0 ? [{ kind: 'warnings_told', warnings: missed }] : []
  return reply('warnings', [topic === '' ? WARNING_TALK.list : WARNING_TALK.listAbout(topic), ...rows, ...more], changes, choices)
}

const dayOf = (at: number) => new Date(at + VIETNAM_MS).toISOString().slice(0, 10)
const VIETNAM_MS = 7 * 3_600_000

function reply(reason: string, lines: readonly string[], changes: readonly Change[] = [], choices: readonly string[] = []): WarningReply {
  return { reason, lines, changes, choices }
}

// ── in passing ──────────────────────────────────────────────────────────────────────────────────

interface Told extends Input {
  readonly text: string
  readonly outcome: Outcome
}

/** What is said of warnings behind another reply, and what that leaves behind. */
export interface InPassing {
  readonly lines: readonly Line[]
  readonly changes: readonly Change[]
}

/** Who is in need, complains or waits for a person is told of nothing else; a warning of the very trick is no other thing. */
export function warnedInPassing({ situation: { warnings }, conversation: { dialogue, ownership }, outcome, text }: Told): InPassing {
  if (!warnings) return { lines: [], changes: [] }
  const fitting = fittingOne(warnings, outcome, text)
  const free = QUIET.has(outcome.kind) && dialogue.complaint === null && ownership.owner === 'bot'
  const missed = free ? warnings.shown.filter(({ id }) => warnings.missed.includes(id) && id !== fitting?.id) : []
  const told = [...missed.map(({ id }) => id), ...(fitting && warnings.missed.includes(fitting.id) ? [fitting.id] : [])]
  return {
    lines: [...(fitting ? [plain(WARNING_TALK.fits(fitting.content.title, warnings.link(fitting.id)))] : []), ...missedLine(missed, warnings)],
    changes: told.length > 0 ? [{ kind: 'warnings_told', warnings: told }] : [],
  }
}

const QUIET: ReadonlySet<Outcome['kind']> = new Set(['answered', 'abstained', 'service', 'refused'])

function fittingOne({ shown }: WarningsNow, outcome: Outcome, text: string): ShownWarning | undefined {
  if (outcome.kind === 'first_aid') return warningsOf(shown, outcome.reason)[0]
  return outcome.kind === 'answered' || outcome.kind === 'abstained' ? warningsNear(shown, text)[0] : undefined
}

function missedLine(missed: readonly ShownWarning[], { link }: WarningsNow): readonly Line[] {
  if (missed.length === 0) return []
  const [only, ...others] = latestFirst(missed)
  const titles = latestFirst(missed).slice(0, 3)
  return [
    plain(
      WARNING_TALK.missed(
        titles.map(({ content }) => content.title),
        others.length === 0 ? link(only?.id) : link(),
      ),
    ),
  ]
}
