import { canonical } from './normalise.ts'

const WORD = /[\p{L}\p{N}]+/gu

/** @returns the canonical syllables and numbers of `text` in order: "Trả hàng 7 ngày" → ["trả","hàng","7","ngày"]. */
export function syllables(text: string): string[] {
  return canonical(text).match(WORD) ?? []
}

/** @returns adjacent pairs joined by "_": they stand in for word segmentation. */
export function bigrams(tokens: readonly string[]): string[] {
  const pairs: string[] = []
  for (let i = 1; i < tokens.length; i++) pairs.push(`${tokens[i - 1]}_${tokens[i]}`)
  return pairs
}

/** @returns the distinct runs of `n` adjacent syllables of `text`, in order of first appearance. */
export function ngrams(tokens: readonly string[], n: number): Set<string> {
  const runs = new Set<string>()
  for (let i = 0; i + n <= tokens.length; i++) runs.add(tokens.slice(i, i + n).join(' '))
  return runs
}

/** @returns the share of the runs that two sets have in common (Jaccard), 0 when both are empty. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const item of a) if (b.has(item)) common++
  const union = a.size + b.size - common
  return union === 0 ? 0 : common / union
}

/** @returns syllables and bigrams woven in reading order ("a a_b b b_c c"), the input form of the shipped embedding model. */
export function weave(text: string): string {
  const tokens = syllables(text)
  return tokens.map((token, i) => (i === 0 ? token : `${tokens[i - 1]}_${token} ${token}`)).join(' ')
}
