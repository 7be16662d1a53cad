import type { ExcerptView } from '../search-contract.ts'

export interface Piece {
  readonly text: string
  readonly hit: boolean
}

/** @returns an excerpt cut at its marked places; put together again it is the same text. */
export function piecesOf({ text, hits }: ExcerptView): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end } of [...hits].sort((a, b) => a.start - b.start)) {
    const from = Math.max(at, start)
    pieces.push({ text: text.slice(at, from), hit: false }, { text: text.slice(from, Math.max(from, end)), hit: true })
    at = Math.max(from, end)
  }
  return [...pieces, { text: text.slice(at), hit: false }].filter((piece) => piece.text !== '')
}
