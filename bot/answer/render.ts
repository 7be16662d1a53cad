/** An Outcome as plain text, for the command line and for channels without buttons. */
import type { Citation } from '../../knowledge/cite.ts'
import { formatDay } from '../../knowledge/validity.ts'
import { HEADING } from '../wording/vi.ts'
import type { Outcome, Section } from './outcome.ts'

/** @returns the whole reply: sections, then "Căn cứ" with each citation and its validity. */
export function renderText(outcome: Outcome): string {
  const parts = outcome.sections.map(renderSection)
  if (outcome.citations.length > 0) parts.push([`${HEADING.basis}:`, ...outcome.citations.map((c) => `– ${c.label} (${validity(c)})`)].join('\n'))
  return parts.join('\n\n')
}

function renderSection(section: Section): string {
  const numbered = section.kind === 'urgent' || section.kind === 'steps'
  const lines = section.lines.map((line, i) => (numbered ? `${i + 1}. ${line.text}` : section.kind === 'answer' ? line.text : `– ${line.text}`))
  return [...(section.heading ? [`${section.heading}:`] : []), ...lines].join('\n')
}

/** @returns "còn hiệu lực từ 01/07/2024", "đã hết hiệu lực từ …" or that the start is not known. */
export function validity(citation: Citation): string {
  if (citation.inForceTo) return `đã hết hiệu lực từ ${formatDay(citation.inForceTo)}`
  return citation.inForceFrom ? `có hiệu lực từ ${formatDay(citation.inForceFrom)}` : 'còn hiệu lực'
}
