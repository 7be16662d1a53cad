/** A report as it is laid out: what stands on it, in order. Pure data; how it looks in a Word file is written elsewhere. */
import type { Block } from '../complaint/paper.ts'

/** A number in a table, with the place of its figure in the annex. */
export interface PaperCell {
  readonly text: string
  readonly no: number
}

export interface PaperRow {
  readonly label: string
  readonly cells: readonly PaperCell[]
}

export interface PaperTable {
  readonly kind: 'table'
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly PaperRow[]
}

type Kept = Extract<Block, { kind: 'place' | 'title' | 'to' | 'heading' | 'paragraph' | 'blanks' | 'signature' }>

export type ReportBlock =
  | Kept
  | PaperTable
  /** Its office, and the line for the number that the office gives it. */
  | { readonly kind: 'office'; readonly name: string; readonly number: string }
  | { readonly kind: 'receivers'; readonly title: string; readonly lines: readonly string[] }
  /** Begins a new page; what it lists are all the figures. */
  | { readonly kind: 'annex'; readonly title: string; readonly columns: readonly string[] }

export interface ReportPaper {
  readonly name: string
  /** Small, at the foot of every page. */
  readonly foot: string
  readonly blocks: readonly ReportBlock[]
}
