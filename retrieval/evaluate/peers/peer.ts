/** What every engine that ours is measured against offers, and how it is opened. */
import type { CorpusArticle } from '../../../knowledge/corpus.ts'
import type { CorpusSearch } from '../ranking.ts'

/** An engine that holds the whole corpus. */
export interface OpenedPeer {
  readonly engine: CorpusSearch
  /** @returns the size in bytes of the index as it would lie on disk; undefined for an engine that keeps none there. */
  indexBytes(): number | undefined
  close(): void
}

export interface PeerInput {
  readonly articles: AsyncIterable<CorpusArticle>
  /** A folder of its own, for an index that lies on disk. */
  readonly folder: string
  /** Told how many articles have been indexed, now and then. */
  readonly step: (done: number) => void
}

export type OpenPeer = (input: PeerInput) => Promise<OpenedPeer>

/** The fields of an article as every peer gets them, and how much each weighs. */
export const BOOST = { heading: 4, title: 2, text: 1 } as const

/** @returns an article in these fields. */
export function peerFields(article: CorpusArticle): Record<keyof typeof BOOST, string> {
  return { heading: article.heading, title: `${article.documentTitle} ${article.topic}`.trim(), text: article.text }
}

/** Hands `articles` on in groups of at most `size`, telling `step` after each. */
export async function* grouped(articles: AsyncIterable<CorpusArticle>, size: number, step: (done: number) => void): AsyncGenerator<CorpusArticle[]> {
  let done = 0
  let group: CorpusArticle[] = []
  for await (const article of articles) {
    group.push(article)
    if (group.length < size) continue
    yield group
    done += group.length
    step(done)
    group = []
  }
  if (group.length > 0) yield group
  step(done + group.length)
}
