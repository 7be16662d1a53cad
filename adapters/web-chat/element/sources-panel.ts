/** The panel "Căn cứ": one citation with its validity, its document, and our own words for it, labelled as ours. */
import type { ShownCitation } from '../contract.ts'
import { el } from './dom.ts'
import { SAY } from './words.ts'

export interface Validity {
  readonly mood: 'alive' | 'gone' | 'soon'
  readonly words: string
}

const day = (iso: string) => iso.split('-').reverse().join('/')
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date())

/** `inForceTo` is the first day on which the text no longer applies. */
export function validity({ inForceFrom, inForceTo }: Pick<ShownCitation, 'inForceFrom' | 'inForceTo'>, now = today()): Validity {
  if (inForceTo && inForceTo <= now) return { mood: 'gone', words: `hết hiệu lực từ ${day(inForceTo)}` }
  if (inForceFrom && inForceFrom > now) return { mood: 'soon', words: `chưa có hiệu lực, bắt đầu từ ${day(inForceFrom)}` }
  const end = inForceTo ? `hết hiệu lực từ ${day(inForceTo)}` : ''
  if (inForceFrom) return { mood: 'alive', words: [`còn hiệu lực từ ${day(inForceFrom)}`, end].filter(Boolean).join(', ') }
  return { mood: 'soon', words: end || 'chưa rõ thời điểm hiệu lực' }
}

export function validityMark(citation: ShownCitation): HTMLElement {
  const { mood, words } = validity(citation)
  return el('span', `validity ${mood}`, words)
}

export function sourcesPanel(citation: ShownCitation): Node[] {
  const facts = el(
    'dl',
    'facts',
    el('dt', '', SAY.document),
    el('dd', '', `${citation.documentName} (${citation.document})`),
    el('dt', '', SAY.inForce),
    el('dd', '', validityMark(citation)),
    ...(citation.caveat ? [el('dt', '', SAY.caveat), el('dd', 'caveat', citation.caveat)] : []),
  )
  return [el('h2', 'capital', citation.label), el('p', 'sheet-title', citation.title), facts, ...words(citation)]
}

function words({ restatement, verbatim, verbatimOnly, restatementInDoubt }: ShownCitation): Node[] {
  if (verbatimOnly) return [passage(SAY.verbatim, verbatim ?? restatement)]
  if (restatement === '') return [el('p', 'restatement', SAY.noRestatement)]
  return [
    ...(restatementInDoubt ? [el('p', 'caveat', SAY.inDoubt)] : []),
    passage(SAY.restatement, restatement),
    ...(verbatim ? [el('details', 'verbatim', el('summary', '', SAY.seeVerbatim), passage(SAY.verbatim, verbatim))] : []),
  ]
}

const passage = (heading: string, text: string) => el('section', 'restatement', el('h3', '', heading), el('div', '', text))
