/** The project's search behind LangChain's `BaseRetriever`: provisions and guides as documents, citation and validity as metadata. */
import { Document, type DocumentInterface } from '@langchain/core/documents'
import { BaseRetriever, type BaseRetrieverInput } from '@langchain/core/retrievers'
import { parsePointer } from '../../knowledge/citation.ts'
import { cite } from '../../knowledge/cite.ts'
import type { Library } from '../../knowledge/library.ts'
import { type Day, pointerInForce } from '../../knowledge/validity.ts'
import type { Candidate, Engine } from '../../retrieval/engine.ts'

export interface AnTamRetrieverInput extends BaseRetrieverInput {
  readonly engine: Engine
  readonly library: Library
  /** Only what is in force on this day is found. */
  readonly asOf: Day
  /** How many documents to return; 5 unless told. */
  readonly k?: number
}

export class AnTamRetriever extends BaseRetriever {
  lc_namespace = ['an-tam', 'retrievers']
  readonly #input: AnTamRetrieverInput

  constructor(input: AnTamRetrieverInput) {
    super(input)
    this.#input = input
  }

  /** @returns the nearest provisions in force, best first. */
  override async _getRelevantDocuments(query: string): Promise<DocumentInterface[]> {
    const { engine, library, asOf, k } = this.#input
    const found = await engine.search(query, k ?? 5, (id, kind) => kind === 'provision' && pointerInForce(library, parsePointer(id), asOf))
    return found.map((candidate) => toDocument(library, candidate))
  }
}

function toDocument(library: Library, candidate: Candidate): DocumentInterface {
  const citation = cite(library, parsePointer(candidate.id))
  return new Document({
    id: candidate.id,
    pageContent: citation?.restatement ?? '',
    metadata: {
      ...citation?.pointer,
      label: citation?.label,
      inForceFrom: citation?.inForceFrom,
      inForceTo: citation?.inForceTo,
      score: candidate.score,
    },
  })
}
