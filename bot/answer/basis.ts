/** Gathers the citations of one reply: each pointer once, in order of use, only if it resolves. */

import { type Pointer, pointerId } from '../../knowledge/citation.ts'
import { type Citation, cite } from '../../knowledge/cite.ts'
import type { Library } from '../../knowledge/library.ts'
import type { Statement } from '../../knowledge/schema.ts'
import type { Line } from './outcome.ts'

export class Basis {
  readonly #library: Library
  readonly #citations: Citation[] = []

  constructor(library: Library) {
    this.#library = library
  }

  /** @returns a line resting on the pointers that resolve. */
  line(text: string, pointers: readonly Pointer[]): Line {
    const citations = pointers.map((pointer) => this.#place(pointer)).filter((place) => place >= 0)
    return { text, citations: [...new Set(citations)] }
  }

  /** @returns a guide's statement as a line. */
  statement(statement: Statement): Line {
    return this.line(statement.text, statement.cites)
  }

  #place(pointer: Pointer): number {
    const known = this.#citations.findIndex((citation) => citation.id === pointerId(pointer))
    if (known >= 0) return known
    const made = cite(this.#library, pointer)
    return made ? this.#citations.push(made) - 1 : -1
  }

  get citations(): readonly Citation[] {
    return this.#citations
  }
}
