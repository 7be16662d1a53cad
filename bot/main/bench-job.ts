/** What the retrieval benchmark and the process of one engine say to each other. */

import type { Typed } from '../../retrieval/evaluate/typed.ts'

/** In the order in which they run and are shown; ours is the first. */
export const ENGINES = ['antam', 'minisearch', 'orama', 'fts5', 'memoryvectors'] as const
export type EngineName = (typeof ENGINES)[number]
/** Those whose index is read again from its files at a start. */
export const KEPT_ON_DISK: readonly EngineName[] = ['antam']

/** What one process has to do. */
export interface EngineJob {
  readonly engine: EngineName
  readonly corpus: string
  readonly questionFile: string
  readonly limit: number | null
  /** How the questions are typed. */
  readonly typed: Typed
  /** Empty when the engine starts. */
  readonly folder: string
  readonly model: string
  /** The index lies in `folder` already: only how it is opened and what it holds while it answers is told. */
  readonly served?: boolean
}

/**
 * What it tells. `total` is told where what is indexed is not articles. Peaks are the most memory that the process has held so far, in bytes;
 * `ms` is the time of one search.
 */
export type EngineMessage =
  | { readonly kind: 'indexed'; readonly done: number; readonly total?: number }
  | { readonly kind: 'built'; readonly seconds: number; readonly peak: number }
  | { readonly kind: 'answered'; readonly at: number; readonly ids: readonly string[]; readonly ms: number; readonly peak: number }
  /** Of an index that lay there: how long opening took, and the memory held after some questions. */
  | { readonly kind: 'served'; readonly seconds: number; readonly resident: number }
  | { readonly kind: 'done'; readonly indexBytes: number | null }
  | { readonly kind: 'failed'; readonly message: string }
