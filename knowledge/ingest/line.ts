/** A document as it was printed: the one form that every format is read into. */

export interface Line {
  readonly text: string
  /** Page of the source, from 1; absent where the format has no pages. */
  readonly page?: number
  /** A row of a table; its cells are joined by {@link CELL}. */
  readonly table?: boolean
  /** Text that a reader of the printed page does not see: hidden by style, colour or size. */
  readonly hidden?: boolean
}

export interface Printed {
  readonly lines: readonly Line[]
  /** What was met on the way and a reviewer should know, in sentences. */
  readonly notes: readonly string[]
}

export const CELL = ' | '
