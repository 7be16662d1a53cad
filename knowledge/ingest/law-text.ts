/** The parsed text of a document. */

export interface PointText {
  readonly letter: string
  readonly text: string
}

export interface ClauseText {
  readonly number: string
  /** Before the first point, its number left out. */
  readonly text: string
  readonly points: readonly PointText[]
  readonly page?: number
}

export interface ArticleText {
  readonly number: string
  readonly heading: string
  /** Headings above it, outermost first: "Chương II. Bảo vệ …", "Mục 1. …". */
  readonly place: readonly string[]
  /** Before the first clause; the whole article where it has none. */
  readonly text: string
  readonly points: readonly PointText[]
  readonly clauses: readonly ClauseText[]
  readonly page?: number
}

/** A part of a document without articles (a plan), or an appendix. */
export interface SectionText {
  /** Named by its headings: numbers may be given twice. */
  readonly heading: readonly string[]
  readonly text: string
  readonly page?: number
}

export interface Header {
  readonly number?: string
  readonly kind?: string
  readonly issuer?: string
  /** ISO days. */
  readonly issued?: string
  readonly inForceFrom?: string
  readonly title?: string
}

/** Something in the text that a reviewer should look at. */
export interface Oddity {
  readonly where: string
  readonly what: string
}

export interface LawText {
  readonly header: Header
  readonly articles: readonly ArticleText[]
  readonly sections: readonly SectionText[]
  readonly appendices: readonly SectionText[]
  readonly oddities: readonly Oddity[]
  /** Headers of further documents in the same file. */
  readonly others: readonly Header[]
}

/** @returns the whole text of an article in reading order. */
export function articleWords({ text, points, clauses }: ArticleText): string {
  return [text, ...points.map(pointLine), ...clauses.map(clauseWords)].filter((part) => part !== '').join('\n')
}

/** @returns "1. …" with its points. */
export function clauseWords({ number, text, points }: ClauseText): string {
  return [`${number}. ${text}`, ...points.map(pointLine)].join('\n')
}

const pointLine = ({ letter, text }: PointText) => `${letter}) ${text}`
