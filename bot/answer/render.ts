/** An Outcome as plain text, for the command line and for channels without buttons. */
import { formatCitation, provisionId } from '../../knowledge/citation.ts'
import type { Citation } from '../../knowledge/cite.ts'
import { type Day, formatDay } from '../../knowledge/validity.ts'
import { HEADING } from '../wording/vi.ts'
import type { Outcome, Section } from './outcome.ts'

/** @returns the whole reply: sections, then "Căn cứ" with each citation and its validity. */
export function renderText(outcome: Outcome, asOf: Day): string {
  const parts = outcome.sections.map(renderSection)
  if (outcome.citations.length > 0) parts.push([`${HEADING.basis}:`, ...basisLines(outcome.citations, asOf).map((line) => `– ${line}`)].join('\n'))
  return parts.join('\n\n')
}

/** @returns one line a clause: "điểm a, b, đ khoản 2 Điều 30 Luật … (19/2023/QH15), có hiệu lực từ 01/07/2024". */
export function basisLines(citations: readonly Citation[], asOf: Day): string[] {
  const clauses = new Map<string, Citation[]>()
  for (const citation of citations) {
    const id = provisionId(citation.pointer)
    clauses.set(id, [...(clauses.get(id) ?? []), citation])
  }
  const warned = new Set<string>()
  return [...clauses.values()].map((group) => {
    const first = group[0] as Citation
    const points = group
      .map((c) => c.pointer.point)
      .filter((point) => point !== undefined)
      .sort(byLetter)
    const { point: _, ...clause } = first.pointer
    const place = points.length > 0 ? `điểm ${points.join(', ')} ` : ''
    // What must be known of a document is said once.
    const caveat = first.caveat && !warned.has(clause.document) ? [first.caveat] : []
    warned.add(clause.document)
    const said = [`${place}${formatCitation(clause, first.documentName)}`, validity(first, asOf), ...caveat]
    return said.join(', ')
  })
}

function renderSection(section: Section): string {
  const numbered = section.kind === 'urgent' || section.kind === 'steps'
  const lines = section.lines.map((line, i) => (numbered ? `${i + 1}. ${line.text}` : section.kind === 'answer' ? line.text : `– ${line.text}`))
  return [...(section.heading ? [`${section.heading}:`] : []), ...lines].join('\n')
}

/** Vietnamese order: … d, đ, e … */
function byLetter(a: string, b: string): number {
  return a.localeCompare(b, 'vi')
}

/** @returns "có hiệu lực từ 01/07/2024", "đã hết hiệu lực từ …" or, before that day, "hết hiệu lực từ …". */
export function validity(citation: Citation, asOf: Day): string {
  if (citation.inForceTo) return `${citation.inForceTo <= asOf ? 'đã ' : ''}hết hiệu lực từ ${formatDay(citation.inForceTo)}`
  return citation.inForceFrom ? `có hiệu lực từ ${formatDay(citation.inForceFrom)}` : 'còn hiệu lực'
}
