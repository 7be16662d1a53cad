/** A reply as the messages of one channel: cut to its length, choices as buttons where it has them, else numbered. The same reply always gives the same parts. */
import type { NonEmpty } from '../answer/outcome.ts'
import { CHANNEL_SAY, officerSays } from '../wording/channels.ts'
import { BY_WORDS_ONLY } from '../wording/deliberate.ts'
import { HEADING } from '../wording/vi.ts'
import type { Capabilities } from './channel.ts'
import type { Outgoing, Part } from './message.ts'
import { split } from './split.ts'

type Reply = Extract<Outgoing, { kind: 'reply' }>

/** Room that is kept for the mark of a repeat. */
const MARK = `${CHANNEL_SAY.again}\n`

/** @returns the messages, in order. */
export function partsOf(outgoing: Outgoing, { maxTextLength, buttons }: Pick<Capabilities, 'maxTextLength' | 'buttons'>): NonEmpty<Part> {
  if (outgoing.kind === 'owner') return [{ text: '', headings: [], choices: [], number: 0 }]
  const { choices } = outgoing
  if (maxTextLength === null) return [{ text: outgoing.text, headings: [], choices, number: 0 }]
  const shown = choices.length <= buttons ? choices : []
  const text = [whoSays(outgoing), outgoing.text, shown.length < choices.length ? numbered(choices) : ''].filter(Boolean).join('\n\n')
  const texts = split(text, maxTextLength - MARK.length)
  const last = texts.length - 1
  const headings = headingsOf(outgoing)
  const parts = texts.map((part, number) => ({ text: part, headings, choices: number === last ? shown : [], number }))
  return parts as unknown as NonEmpty<Part>
}

/** @returns the part as it is sent when it may have arrived already. */
export function again(part: Part): Part {
  return { ...part, text: MARK + part.text }
}

function whoSays({ author, officer }: Reply): string {
  return author === 'staff' ? officerSays(officer) : ''
}

/** Each under its number; what is never meant by a number stands by itself. */
function numbered(choices: readonly string[]): string {
  const lines = choices.flatMap((choice, i) => (BY_WORDS_ONLY.has(choice) ? [] : [`${i + 1}. ${choice}`]))
  const words = choices.filter((choice) => BY_WORDS_ONLY.has(choice)).map(CHANNEL_SAY.inWords)
  return [...(lines.length > 0 ? [CHANNEL_SAY.choose, ...lines] : []), ...words].join('\n')
}

/** Lines as `renderText` writes them. */
function headingsOf(reply: Reply): readonly string[] {
  const headed = reply.sections.flatMap(({ heading }) => (heading === '' ? [] : [`${heading}:`]))
  return [...headed, `${HEADING.basis}:`, ...(reply.author === 'staff' ? [officerSays(reply.officer)] : [])]
}
