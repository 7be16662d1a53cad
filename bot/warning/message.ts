/** A warning as it is sent to those who subscribed: short, complete enough to act on, and how to be told no more. Pure. */
import { plain, type Section } from '../answer/outcome.ts'
import { renderText } from '../answer/render.ts'
import type { Outgoing } from '../delivery/message.ts'
import { WARNING_TALK } from '../wording/warnings.ts'
import type { ShownWarning } from './content.ts'

const LINES = 3
const OPENING = 400

/** @param link where the whole of it is read; undefined where nobody outside could follow it */
export function warningMessage({ content }: ShownWarning, link: string | undefined): Outgoing {
  const sections: readonly Section[] = [
    {
      kind: 'answer',
      heading: WARNING_TALK.sentHead,
      lines: [plain(content.title), ...(content.opening === '' ? [] : [plain(shortened(content.opening))])],
    },
    { kind: 'note', heading: WARNING_TALK.signs, lines: content.signs.slice(0, LINES).map(plain) },
    { kind: 'steps', heading: WARNING_TALK.steps, lines: content.steps.slice(0, LINES).map(plain) },
    { kind: 'way_out', heading: '', lines: [...(link === undefined ? [] : [plain(WARNING_TALK.whole(link))]), plain(WARNING_TALK.stop)] },
  ]
  const filled = sections.filter(({ lines }) => lines.length > 0)
  const text = renderText({ kind: 'service', reason: 'warning', sections: filled, choices: [], citations: [] }, '')
  return { kind: 'reply', author: 'assistant', status: 'notice', text, sections: filled, citations: [], choices: [] }
}

/** At the end of a sentence, where there is one. */
function shortened(text: string): string {
  if (text.length <= OPENING) return text
  const cut = text.slice(0, OPENING)
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('! '), cut.lastIndexOf('\n'))
  return end > OPENING / 2 ? cut.slice(0, end + 1).trim() : `${cut.trim()}…`
}
