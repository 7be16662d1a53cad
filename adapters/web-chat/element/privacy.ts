/** The notice about privacy and who runs this. What the server does not say is called missing, never made up. */
import type { About } from '../contract.ts'
import { el, withPhones } from './dom.ts'
import { PRIVACY } from './words.ts'

export function privacyNotice(about: About | undefined, visitor: string | undefined): Node[] {
  if (!about) return [el('p', '', PRIVACY.unknown), ...part(PRIVACY.machineTitle, PRIVACY.machine), ...part(PRIVACY.neverTitle, PRIVACY.never)]
  return [
    el('h3', '', PRIVACY.who),
    whoRunsIt(about.association),
    ...part(PRIVACY.machineTitle, PRIVACY.machine),
    ...part(PRIVACY.keptTitle, PRIVACY.kept(about.keptDays), PRIVACY.device),
    ...part(PRIVACY.neverTitle, PRIVACY.never),
    ...part(PRIVACY.rightsTitle, PRIVACY.rights),
    ...(visitor ? [el('p', 'visitor', PRIVACY.visitor, el('b', '', visitor))] : []),
  ]
}

function part(title: string, ...paragraphs: string[]): Node[] {
  return [el('h3', '', title), ...paragraphs.map((text) => el('p', '', text))]
}

function whoRunsIt(association: About['association']): HTMLElement {
  const rows = Object.entries(PRIVACY.fields) as [keyof About['association'], string][]
  const cells = rows.flatMap(([field, label]) => [el('dt', '', label), fact(association[field])])
  return el('dl', 'facts', ...cells)
}

function fact(words: string): HTMLElement {
  return words.trim() ? el('dd', '', ...withPhones(words)) : el('dd', 'missing', PRIVACY.missing)
}
