/** What the reranker knows of the articles of a corpus beside their words: column after column. */
import { z } from 'zod'
import type { CorpusArticle } from '../../knowledge/corpus.ts'
import { fold } from '../../knowledge/language/normalise.ts'

/** Kinds of document, by their number; their order is that of the feature. */
const KINDS: readonly RegExp[] = [/\/qh\d/i, /pl-ub|pl\//i, /nđ-cp/i, /ttlt|tt-/i, /qđ-/i]

/** What a heading says that the article is about, where the words of a question alone would not tell; without marks. */
const HEADINGS: readonly RegExp[] = [
  /phat|vi pham/,
  /giai thich tu ngu|khai niem/,
  /pham vi dieu chinh|doi tuong ap dung|hieu luc/,
  /ho so|thu tuc|trinh tu/,
  /tham quyen|trach nhiem/,
]
/** How many flags {@link headingFlags} holds. */
export const HEADING_FLAGS = HEADINGS.length

/** One entry for each article, all in the same order. */
export const articlesSchema = z.object({
  ids: z.array(z.string()),
  /** Number of the document, of its topic, of the kind of document, of the article; flags of the heading as bits. */
  document: z.array(z.number().int()),
  topic: z.array(z.number().int()),
  kind: z.array(z.number().int()),
  number: z.array(z.number().int()),
  flags: z.array(z.number().int()),
})
export type Articles = z.infer<typeof articlesSchema>

/** Collects articles one by one. */
export class ArticleColumns {
  readonly columns: Articles = { ids: [], document: [], topic: [], kind: [], number: [], flags: [] }
  readonly #documents = new Map<string, number>()
  readonly #topics = new Map<string, number>()

  add({ id, document, topic, article, heading }: CorpusArticle): void {
    this.columns.ids.push(id)
    this.columns.document.push(numbered(this.#documents, document))
    this.columns.topic.push(numbered(this.#topics, topic))
    this.columns.kind.push(kindOf(document))
    this.columns.number.push(Number(/^\d{1,4}/.exec(article)?.[0] ?? 0))
    this.columns.flags.push(headingFlags(heading))
  }
}

function numbered(known: Map<string, number>, name: string): number {
  const number = known.get(name) ?? known.size
  known.set(name, number)
  return number
}

function kindOf(document: string): number {
  const kind = KINDS.findIndex((pattern) => pattern.test(document))
  return kind < 0 ? KINDS.length : kind
}

function headingFlags(heading: string): number {
  const plain = fold(heading)
  return HEADINGS.reduce((flags, pattern, i) => flags | (pattern.test(plain) ? 1 << i : 0), 0)
}
