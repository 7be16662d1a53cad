/** A reply as a card: what is urgent first wherever the reply has it; the basis stands before the ways out and the closing note. */
import type { Line, Section, SectionKind } from '../../../bot/answer/outcome.ts'
import type { ShownCitation } from '../contract.ts'
import { button, type Child, el, set, withPhones } from './dom.ts'
import { validityMark } from './sources-panel.ts'
import type { Reply } from './thread.ts'
import { BADGES, SAY } from './words.ts'

export type OpenCitation = (citation: ShownCitation) => void

const PLACES: Readonly<Record<SectionKind, 0 | 1 | 2>> = {
  urgent: 0,
  answer: 1,
  conditions: 1,
  steps: 1,
  evidence: 1,
  related: 1,
  way_out: 2,
  note: 2,
}

/** The sections in the order in which they are shown; a reply without any is shown by its plain text. */
export function ordered({ sections, text }: Pick<Reply, 'sections' | 'text'>): readonly (readonly Section[])[] {
  const all = sections.length > 0 ? sections : [plainSection(text)]
  return [0, 1, 2].map((place) => all.filter(({ kind }) => (PLACES[kind] ?? 1) === place))
}

export function renderReply(reply: Reply, openCitation: OpenCitation): HTMLElement {
  const card = el('div', `reply reply-${reply.author}`)
  const badge = BADGES[reply.status]
  if (badge) card.append(el('p', 'badge', badge))
  const [urgent = [], main = [], after = []] = ordered(reply)
  const shown = (sections: readonly Section[]) => sections.map((section) => renderSection(section, reply.citations, openCitation))
  card.append(...shown(urgent), ...shown(main), ...renderSources(reply.citations, openCitation), ...shown(after))
  return card
}

function plainSection(text: string): Section {
  const lines = text.split(/\n+/).filter((line) => line.trim() !== '')
  return { heading: '', kind: 'answer', lines: lines.map((line) => ({ text: line, citations: [] })) }
}

const LISTS: Partial<Record<SectionKind, 'ol' | 'ul'>> = { steps: 'ol', urgent: 'ol', conditions: 'ul', evidence: 'ul', related: 'ul' }

function renderSection(section: Section, citations: readonly ShownCitation[], openCitation: OpenCitation): HTMLElement {
  const part = el('section', `part part-${section.kind}`)
  if (section.heading) part.append(el('h4', '', section.heading))
  const list = section.lines.length > 1 || section.kind !== 'urgent' ? LISTS[section.kind] : undefined
  const lines = section.lines.map((line) => renderLine(line, list !== undefined, marks(line.citations, citations, openCitation)))
  // Safari takes a list without bullets for no list.
  part.append(...(list ? [set(el(list, '', ...lines), { role: 'list' })] : lines))
  return part
}

/** A list numbers and marks its items itself. */
function renderLine({ text }: Line, inList: boolean, numbers: readonly Node[]): HTMLElement {
  const words = inList ? text.replace(/^\s*(?:\d{1,2}[.)]|[-•–])\s+/, '') : text
  return el(inList ? 'li' : 'p', '', ...withMarks(withPhones(words), numbers))
}

/** A little number never stands alone on a line: the last word stays with the first of them. */
function withMarks(parts: readonly Child[], [first, ...more]: readonly Node[]): Child[] {
  const end = parts[parts.length - 1]
  if (!first || typeof end !== 'string') return [...parts]
  const cut = end.trimEnd().lastIndexOf(' ') + 1
  const rest = more.flatMap((mark) => [' ', mark])
  if (end.length - cut > 20) return [...parts, ' ', first, ...rest]
  return [...parts.slice(0, -1), end.slice(0, cut), el('span', 'kept', end.slice(cut), ' ', first), ...rest]
}

/** The little numbers after a line, each opening its basis. */
function marks(indexes: readonly number[], citations: readonly ShownCitation[], openCitation: OpenCitation): HTMLElement[] {
  return indexes.flatMap((index) => {
    const citation = citations[index]
    if (!citation) return []
    const mark = button('mark', String(index + 1), () => openCitation(citation))
    return set(mark, { 'aria-label': SAY.seeBasis(index + 1, citation.label), 'aria-haspopup': 'dialog' })
  })
}

function renderSources(citations: readonly ShownCitation[], openCitation: OpenCitation): HTMLElement[] {
  if (citations.length === 0) return []
  const chips = citations.map((citation, index) => el('li', '', renderChip(citation, index, openCitation)))
  return [el('section', 'part part-sources', el('h4', '', SAY.basis), set(el('ul', 'chips', ...chips), { role: 'list' }))]
}

function renderChip(citation: ShownCitation, index: number, openCitation: OpenCitation): HTMLElement {
  const words = el('span', 'chip-words', el('span', 'chip-label capital', citation.label), validityMark(citation))
  const chip = button('chip', el('span', 'chip-number', String(index + 1)), () => openCitation(citation))
  chip.append(words)
  return set(chip, { 'aria-haspopup': 'dialog' })
}

const SPOKEN = 420

/** What is said aloud of a reply: enough to know what to do, not everything at once. */
export function spoken(reply: Reply): string {
  const who = reply.author === 'staff' ? SAY.officerSays(reply.officer || SAY.someOfficer) : (BADGES[reply.status] ?? SAY.answers)
  if (reply.author === 'staff' || reply.sections.length === 0) return `${who}: ${shorten(reply.text)}`
  const first = ordered(reply).flat()[0]
  return `${who}: ${shorten([first?.heading ?? '', ...(first?.lines ?? []).map(({ text }) => text)].map(ended).join(' '))}`
}

/** A voice stops where a heading ends only if there is a full stop. */
const ended = (words: string) => (words === '' || /[.!?…:;]\s*$/.test(words) ? words : `${words}.`)

function shorten(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  if (flat.length <= SPOKEN) return flat
  return `${flat.slice(0, flat.lastIndexOf(' ', SPOKEN))}… ${SAY.more}`
}
