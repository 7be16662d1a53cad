/** Rows of the database as the console's page shows them: nothing is read or decided here. */
import { renderText } from '../../bot/answer/render.ts'
import type { Draft } from '../../bot/complaint/draft.ts'
import { FACT_NAMES, type Facts } from '../../bot/complaint/facts.ts'
import { saidValue } from '../../bot/complaint/shown.ts'
import { dueAt, type OwnerRules, type Ownership } from '../../bot/conversation/owner.ts'
import type { Capabilities } from '../../bot/delivery/channel.ts'
import { type Content, type Outgoing, wordsIn } from '../../bot/delivery/message.ts'
import { isHarm, waitingSinceOf } from '../../bot/handoff/queue.ts'
import { CONSOLE_SHOWN, DELIVERY_WORDS } from '../../bot/wording/console.ts'
import { OFFICE_LABEL } from '../../bot/wording/handover.ts'
import { OWNER_WORDS, REASON_WORDS, WORDLESS_WORDS } from '../../bot/wording/office.ts'
import { heldWhy } from '../../bot/wording/operations.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import type { DeskChat, DeskMessage, DeskNote, DeskRow } from '../storage/desk-store.ts'
import type { BriefView, CaseItem, ChatView, FieldView, Looker, MessageView, ProposedView, QueueItem } from './contract.ts'
import { citationView } from './law.ts'

export interface BriefParts {
  readonly rules: OwnerRules
  readonly capabilities: (channel: string) => Capabilities | undefined
  /** @returns what the draft's kind of matter still needs. */
  readonly missing: (draft: Draft) => readonly string[]
  readonly casesOf: (chat: string, now: number) => Promise<readonly CaseItem[]>
  /** @returns the name under which an officer is known. */
  readonly nameOf: (officer: string) => string
}

const PREVIEW = 140

/** @returns one row of the queue. */
export function queueItemOf({ id, channel, ownership, last, firstAid }: DeskRow, lookers: readonly Looker[], proposed: boolean): QueueItem {
  return {
    ...{ id, channel, owner: ownership.owner, who: whoOf(ownership), officer: ownership.owner === 'staff' ? ownership.officer.id : null },
    ...reasonOf(ownership),
    danger: isHarm(ownership, firstAid),
    waitingSince: waitingSinceOf(ownership),
    ...lastOf(last, ownership),
    lookers: lookers.map(({ name }) => name),
    proposed,
  }
}

function whoOf(ownership: Ownership): string {
  return ownership.owner === 'staff' ? ownership.officer.name : OWNER_WORDS[ownership.owner]
}

function reasonOf(ownership: Ownership): Pick<QueueItem, 'reason' | 'reasonWords'> {
  return 'reason' in ownership ? { reason: ownership.reason, reasonWords: REASON_WORDS[ownership.reason] } : { reason: null, reasonWords: '' }
}

function lastOf(last: DeskRow['last'], { lastActivity }: Ownership): Pick<QueueItem, 'lastWords' | 'lastFrom' | 'lastAt'> {
  if (!last) return { lastWords: '', lastFrom: 'assistant', lastAt: lastActivity }
  const words = last.from === 'person' ? [shownAs(last.content), wordsIn(last.content)].filter(Boolean).join(' ') : last.text
  return { lastWords: [...words.replace(/\s+/g, ' ')].slice(0, PREVIEW).join(''), lastFrom: last.from, lastAt: last.at }
}

interface Opened {
  readonly found: DeskChat
  readonly page: { readonly messages: readonly DeskMessage[]; readonly more: boolean }
  readonly notes: readonly DeskNote[]
  readonly lookers: readonly Looker[]
  readonly proposed: readonly ProposedView[]
}

/** @returns a conversation as it is opened. */
export async function chatViewOf(parts: BriefParts, { found, page, notes, lookers, proposed }: Opened, now: number): Promise<ChatView> {
  const { id, channel, ownership, heardAt } = found
  const able = parts.capabilities(channel)
  const day = dayInVietnam(new Date(now))
  return {
    ...{ id, channel, owner: ownership.owner, who: whoOf(ownership), officer: ownership.owner === 'staff' ? ownership.officer : null },
    ...reasonOf(ownership),
    ...{ danger: isHarm(ownership, found.firstAid), episode: ownership.episode, since: ownership.since },
    returnsAt: ownership.owner === 'staff' && ownership.unansweredSince !== undefined ? (dueAt(ownership, parts.rules) ?? null) : null,
    writableUntil: able?.proactiveWindowMs && heardAt !== null ? heardAt + able.proactiveWindowMs : null,
    maxTextLength: able?.maxTextLength ?? null,
    brief: briefOf(parts, found, page.messages, day),
    messages: page.messages.flatMap((message) => messageViewOf(message, day)),
    more: page.more,
    notes: notes.map((note) => ({ ...note, by: parts.nameOf(note.by), mentions: note.mentions.map(parts.nameOf) })),
    cases: await parts.casesOf(id, now),
    lookers,
    proposed,
  }
}

function briefOf(parts: BriefParts, { dialogue, episodes }: DeskChat, messages: readonly DeskMessage[], day: Day): BriefView {
  const draft = dialogue?.complaint ?? null
  return {
    questions: dialogue?.questions ?? [],
    answer: lastAnswer(messages, day),
    fields: draft ? fieldsOf(draft.facts) : [],
    stage: draft ? CONSOLE_SHOWN.stage[draft.stage] : null,
    missing: draft ? parts.missing(draft) : [],
    episodes: episodes.map((episode) => ({
      ...episode,
      owner: CONSOLE_SHOWN.owner(episode.owner),
      officer: episode.officer === null ? null : parts.nameOf(episode.officer),
      reason: episode.reason === null ? null : CONSOLE_SHOWN.reason(episode.reason),
    })),
  }
}

/** Of what the assistant says: answers to what was asked, as against notices of who speaks now. */
const ANSWERS: ReadonlySet<string> = new Set(['answered', 'clarify', 'first_aid', 'abstained', 'refused', 'failed'])

type Reply = Extract<Outgoing, { readonly kind: 'reply' }>

/** @returns the words without their basis, which is shown beside them. */
function wordsOf({ sections }: Reply, day: Day): string {
  return renderText({ kind: 'service', reason: 'shown', sections, citations: [], choices: [] }, day)
}

function lastAnswer(messages: readonly DeskMessage[], day: Day): BriefView['answer'] {
  const answers = messages.flatMap((one) => (one.from === 'us' && one.body.kind === 'reply' && ANSWERS.has(one.body.status) ? [one.body] : []))
  const last = answers.at(-1)
  if (!last) return null
  const { status, citations } = last
  return { status, text: wordsOf(last, day), citations: citations.map((citation) => citationView(citation, day)) }
}

/** @returns facts with the words that each was read from. */
export function fieldsOf(facts: Facts): readonly FieldView[] {
  return FACT_NAMES.filter((name) => facts[name]).map((name) => ({
    ...{ name, label: OFFICE_LABEL[name], value: saidValue(name, facts), from: facts[name]?.from.words ?? '' },
  }))
}

function messageViewOf(message: DeskMessage, day: Day): readonly MessageView[] {
  const { id, position, at } = message
  const bare = { id, position, at, citations: [], attachment: null, delivery: null, deliveryWords: '' }
  if (message.from === 'person') return [{ ...bare, ...heardOf(message.content) }]
  const { body, delivery, trouble } = message
  if (body.kind === 'owner') return [{ ...bare, from: 'system', name: '', text: CONSOLE_SHOWN.nowWith(OWNER_WORDS[body.owner], body.officer) }]
  const name = body.author === 'staff' ? (body.officer ?? CONSOLE_SHOWN.officer) : CONSOLE_SHOWN.assistant
  const why = delivery === 'held' ? `: ${heldWhy(trouble ?? '')}` : ''
  return [
    {
      ...{ ...bare, from: body.author, name, text: wordsOf(body, day), citations: body.citations.map((citation) => citationView(citation, day)) },
      ...{ delivery, deliveryWords: `${DELIVERY_WORDS[delivery]}${why}` },
    },
  ]
}

function heardOf(content: Content): Pick<MessageView, 'from' | 'name' | 'text' | 'attachment'> {
  const attachment = shownAs(content) || null
  if (content.kind === 'officer') return { from: 'staff', name: content.officer.name || CONSOLE_SHOWN.officer, text: content.text, attachment }
  return { from: 'person', name: CONSOLE_SHOWN.person, text: wordsIn(content), attachment }
}

/** @returns what stands for something that is not only words. */
function shownAs(content: Content): string {
  switch (content.kind) {
    case 'attachment':
      return CONSOLE_SHOWN.file(content.mime)
    case 'remote':
      return CONSOLE_SHOWN.fileComing
    case 'unfetched':
      return CONSOLE_SHOWN.fileLost
    case 'wordless':
      return `[${WORDLESS_WORDS[content.what]}]`
    case 'joined':
      return CONSOLE_SHOWN.joined
    case 'group':
      return CONSOLE_SHOWN.group
    default:
      return ''
  }
}
