/** Which published warning fits what somebody asks or tells: the same guide, or words of its title. Pure. */
import { fold } from '../../knowledge/language/normalise.ts'
import type { ShownWarning } from './content.ts'

/** @returns those of the trick `scam`, the latest first. */
export function warningsOf(warnings: readonly ShownWarning[], scam: string): readonly ShownWarning[] {
  return latestFirst(warnings.filter(({ content }) => content.scam === scam))
}

/** Vietnamese words are mostly of two syllables: a pair says more than each alone. */
const PAIRS_LEAST = 2

/** @returns those whose title shares at least two pairs of neighbouring syllables with `text`, the most first; one pair is enough for a short text. */
export function warningsNear(warnings: readonly ShownWarning[], text: string): readonly ShownWarning[] {
  const said = pairsOf(text)
  const least = Math.min(PAIRS_LEAST, Math.max(1, said.size))
  return warnings
    .map((warning) => ({ warning, shared: [...pairsOf(warning.content.title)].filter((pair) => said.has(pair)).length }))
    .filter(({ shared }) => shared >= least)
    .sort((a, b) => b.shared - a.shared || b.warning.at - a.warning.at)
    .map(({ warning }) => warning)
}

export const latestFirst = (warnings: readonly ShownWarning[]): readonly ShownWarning[] => warnings.toSorted((a, b) => b.firstAt - a.firstAt)

/** Said of everything. */
const EVERYWHERE = new Set([
  'canh bao',
  'lua dao',
  'gia re',
  'nguoi ban',
  'nguoi mua',
  'mua hang',
  'ban hang',
  'qua mang',
  'tren mang',
  'thu doan',
  'chieu tro',
])

/** @returns the pairs of neighbouring syllables of a text, but for those said of everything. */
export function pairsOf(text: string): ReadonlySet<string> {
  const words = fold(text).match(/[a-z0-9]+/g) ?? []
  const pairs = words.slice(1).map((word, i) => `${words[i]} ${word}`)
  return new Set(pairs.filter((pair) => !EVERYWHERE.has(pair)))
}
