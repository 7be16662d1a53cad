/** The project's embedding model behind LangChain's `Embeddings`, for use in another LangChain program. */
import { Embeddings, type EmbeddingsParams } from '@langchain/core/embeddings'
import type { Embedder } from '../../retrieval/embedder.ts'

export class AnTamEmbeddings extends Embeddings {
  readonly #embedder: Embedder

  constructor(embedder: Embedder, params: EmbeddingsParams = {}) {
    super(params)
    this.#embedder = embedder
  }

  /** @returns a unit vector for each document, in order. */
  async embedDocuments(documents: string[]): Promise<number[][]> {
    return (await this.#embedder.embedPassages(documents)).map((vector) => Array.from(vector))
  }

  /** @returns the unit vector of a question. */
  async embedQuery(document: string): Promise<number[]> {
    return Array.from(await this.#embedder.embedQuery(document))
  }
}
