/** LangChain's in-memory vector store over one vector an article: what a program gets that takes our vectors without our engine. */
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import type { CorpusArticle } from '../../../knowledge/corpus.ts'
import { syllables } from '../../../knowledge/language/syllables.ts'
import { grouped, type OpenedPeer, type PeerInput } from './peer.ts'

const GROUP = 256
const FACE_SYLLABLES = 110

/** @returns how to open the store over a corpus with the vectors of `embeddings`. */
export function memoryVectors(embeddings: EmbeddingsInterface) {
  return async ({ articles, step }: PeerInput): Promise<OpenedPeer> => {
    const store = new MemoryVectorStore(embeddings)
    for await (const group of grouped(articles, GROUP, step)) await add(store, embeddings, group)
    return {
      engine: {
        search: async ({ question }, limit) => {
          const found = await store.similaritySearchWithScore(question, limit)
          return found.map(([document, score]) => ({ id: document.id as string, score }))
        },
      },
      indexBytes: () => undefined,
      close: () => {},
    }
  }
}

/** Nothing is near to a text without one known word: its vector has no direction, and the store would sort by NaN. */
async function add(store: MemoryVectorStore, embeddings: EmbeddingsInterface, group: readonly CorpusArticle[]): Promise<void> {
  const vectors = await embeddings.embedDocuments(group.map(face))
  const known = group.map((article, i) => ({ article, vector: vectors[i] as number[] })).filter(({ vector }) => vector.some((v) => v !== 0))
  await store.addVectors(
    known.map(({ vector }) => vector),
    known.map(({ article }) => ({ id: article.id, pageContent: article.heading, metadata: {} })),
  )
}

function face(article: CorpusArticle): string {
  return `${article.heading}. ${syllables(article.text).slice(0, FACE_SYLLABLES).join(' ')}`
}
