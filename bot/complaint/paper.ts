/** A paper that a person prints, reads and signs: what stands on it, in order. Pure data; how it looks in a Word file or on a page is written elsewhere. */

/** An empty `value` is a dotted line to be filled by hand. */
export interface Field {
  readonly label: string
  readonly value: string
}

export type Block =
  /** The head of every Vietnamese paper; `office` beside it where an office issues it. */
  | { readonly kind: 'head'; readonly office: readonly string[] }
  | { readonly kind: 'place'; readonly text: string }
  | { readonly kind: 'title'; readonly text: string; readonly about: string }
  | { readonly kind: 'to'; readonly name: string }
  | { readonly kind: 'heading'; readonly text: string }
  | ({ readonly kind: 'field' } & Field)
  | { readonly kind: 'paragraph'; readonly text: string }
  /** In the person's own words, line by line as they were written. */
  | { readonly kind: 'told'; readonly text: string }
  | { readonly kind: 'list'; readonly lines: readonly string[] }
  | { readonly kind: 'blanks'; readonly count: number }
  /** What is signed for stays on the page of the signature: a signature alone on a page could belong to anything. */
  | { readonly kind: 'signature'; readonly declared: readonly string[]; readonly title: string; readonly hint: string; readonly name: string }

export interface Paper {
  /** Names the paper without naming anybody. */
  readonly name: string
  /** Small, at the foot of every page. */
  readonly foot: string
  readonly blocks: readonly Block[]
  /** For the person at the screen, never printed. */
  readonly notes: readonly string[]
}
