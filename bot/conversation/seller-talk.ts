/**
 * "Shop này có bị cảnh báo chưa?": answered from what authorities have made public and from nothing else. No complaint is looked at, and no opinion of a seller is given.
 *
 *   asked with a name ──▶ found: who published what, when ─ near: shown beside, to compare ─ none: said so, with how to check
 *   asked without    ──▶ a name in what was told before? ─ none: asked for once; the next short message is it
 */
import { plain, type Section } from '../answer/outcome.ts'
import { type SellerAsked, sellerAnswered, sellerAskedIn, sellerNamedIn } from '../violators/asked.ts'
import type { ListedEntry, Published } from '../violators/entry.ts'
import { CHOICE } from '../wording/vi.ts'
import { entrySaid, SELLER_TALK } from '../wording/violators.ts'
import type { CaseTalk } from './case-talk.ts'
import { type Input, service } from './deciding.ts'
import type { Dialogue } from './dialogue.ts'

const NOTHING: Published = { exact: [], near: [] }
const MOST_NEAR = 3
const MOST_EXACT = 5
const LONGEST_SHOWN = 80

/** @returns whom the message asks about, with what was told before it; undefined where it asks no such thing. */
export function sellerMeant(text: string, { about, questions, complaint }: Dialogue): SellerAsked | undefined {
  const asked = sellerAskedIn(text)
  if (asked?.words !== undefined) return asked
  if (asked) return { words: sellerBefore(questions) ?? complaint?.facts.link?.value ?? complaint?.facts.respondent?.value }
  const answered = about?.kind === 'seller' ? sellerAnswered(text) : undefined
  return answered === undefined ? undefined : { words: answered }
}

/** The latest that was spoken of. */
function sellerBefore(questions: readonly string[]): string | undefined {
  return questions.map((question) => sellerAskedIn(question)?.words ?? sellerNamedIn(question)).findLast((words) => words !== undefined)
}

interface Heard extends Input {
  readonly text: string
}

/** @returns what is said of the published list; undefined where the message asks for something else. */
export function sellerTalk({ text, message, situation, conversation }: Heard): CaseTalk | undefined {
  const { kind } = message.content
  if (situation.off.answering !== undefined || (kind !== 'text' && kind !== 'choice')) return undefined
  const meant = sellerMeant(text, conversation.dialogue)
  if (!meant) return undefined
  if (meant.words === undefined) return said('seller_which', [lines('answer', [SELLER_TALK.ask])], { kind: 'seller' })
  return told(shortened(meant.words), situation.published ?? NOTHING)
}

const shortened = (words: string): string => (words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN).trim()}…` : words)

function told(asked: string, { exact, near }: Published): CaseTalk {
  if (exact.length > 0)
    return said('seller_published', [...foundSections(asked, exact), ...alsoNear(near), lines('way_out', [SELLER_TALK.lost, SELLER_TALK.person])])
  const first =
    near.length > 0
      ? [lines('answer', [SELLER_TALK.near(asked)]), ...rows(near.slice(0, MOST_NEAR)), repeats()]
      : [lines('answer', [SELLER_TALK.none(asked)])]
  const reason = near.length > 0 ? 'seller_near' : 'seller_unpublished'
  return said(reason, [
    ...first,
    { ...lines('steps', SELLER_TALK.check), heading: SELLER_TALK.checks },
    lines('way_out', [SELLER_TALK.lost, SELLER_TALK.person]),
  ])
}

function foundSections(asked: string, exact: readonly ListedEntry[]): readonly Section[] {
  return [lines('answer', [SELLER_TALK.found(asked)]), ...rows(exact.slice(0, MOST_EXACT)), repeats()]
}

const alsoNear = (near: readonly ListedEntry[]): readonly Section[] =>
  near.length === 0 ? [] : [lines('answer', [SELLER_TALK.alsoNear]), ...rows(near.slice(0, MOST_NEAR))]
const repeats = () => lines('answer', [SELLER_TALK.repeats])
const rows = (entries: readonly ListedEntry[]): readonly Section[] => entries.map((entry) => lines('note', entrySaid(entry)))
const lines = (kind: Section['kind'], all: readonly string[]): Section => ({ kind, heading: '', lines: all.map(plain) })

function said(reason: string, sections: readonly Section[], about: CaseTalk['about'] = null): CaseTalk {
  return { outcome: { ...service(reason, []), sections, choices: about ? [] : [CHOICE.officer] }, changes: [], about }
}
