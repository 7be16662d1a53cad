/**
 * What stands where in every document: its fields as numbers of syllables, one after another in one array. The lexical index is made of
 * it, and the reranker reads candidates from it without cutting their text again.
 */
import { syllables } from '../../knowledge/language/syllables.ts'

/** A document to index: its id and the text of each field by name. */
export interface LexicalDocument {
  readonly id: string
  readonly fields: Readonly<Record<string, string>>
}

/** Pairs of syllables are numbered `(first + 1) · PAIR + second`, above every single syllable. */
export const PAIR = 2 ** 21

/** @returns the key of a pair of syllables. */
export function pairKey(first: number, second: number): number {
  return (first + 1) * PAIR + second
}

/** Syllables by number. */
export class Syllabary {
  readonly #ids = new Map<string, number>()
  readonly all: string[] = []

  constructor(known: readonly string[] = []) {
    for (const syllable of known) this.add(syllable)
  }

  /** @returns the number of `syllable`, -1 when no document has it. */
  id(syllable: string): number {
    return this.#ids.get(syllable) ?? -1
  }

  /** @returns the number of `syllable`, a new one when it is new. Throws RangeError past two million: pairs could not be numbered. */
  add(syllable: string): number {
    const known = this.#ids.get(syllable)
    if (known !== undefined) return known
    if (this.all.length >= PAIR - 1) throw new RangeError(`quá ${PAIR} âm tiết khác nhau`)
    this.#ids.set(syllable, this.all.length)
    return this.all.push(syllable) - 1
  }

  /** @returns `text` as numbers of syllables; -1 for one that no document has. */
  read(text: string): Int32Array {
    return Int32Array.from(syllables(text), (syllable) => this.id(syllable))
  }
}

/** What is to change: documents, by number, that go or are told anew in their place, and those that come behind all others. */
export interface Edit<Document> {
  readonly remove?: ReadonlySet<number>
  readonly replace?: ReadonlyMap<number, Document>
  readonly add?: readonly Document[]
}

/** Numbers of syllables, in 16 bits where they fit: half of the memory of a large corpus. */
export type Tokens = Uint16Array | Uint32Array

export class ForwardIndex {
  /**
   * @param syllabary what the numbers stand for
   * @param fields how many fields each document has
   * @param starts where field f of document d begins in `tokens`: `starts[d · fields + f]`; one more at the end
   */
  constructor(
    readonly syllabary: Syllabary,
    readonly fields: number,
    readonly starts: Uint32Array,
    readonly tokens: Tokens,
  ) {}

  /** Reads the fields called `names` of every document. */
  static build(documents: readonly LexicalDocument[], names: readonly string[]): ForwardIndex {
    const builder = new ForwardBuilder(names.length)
    for (const { fields } of documents) builder.add(names.map((name) => syllables(fields[name] ?? '')))
    return builder.finish()
  }

  /** @returns the index after `edit`; what stays is not cut again. The numbers of documents behind one that goes move up. */
  edited({ remove, replace, add = [] }: Edit<readonly (readonly string[])[]>): ForwardIndex {
    const builder = new ForwardBuilder(this.fields, new Syllabary(this.syllabary.all))
    for (let doc = 0; doc < this.size; doc++) {
      if (remove?.has(doc)) continue
      const told = replace?.get(doc)
      if (told) builder.add(told)
      else builder.copy(this, doc)
    }
    for (const fields of add) builder.add(fields)
    return builder.finish()
  }

  /** How many documents. */
  get size(): number {
    return this.fields === 0 ? 0 : (this.starts.length - 1) / this.fields
  }

  /** @returns the syllables of a field, as numbers; a view, not a copy. */
  field(document: number, field: number): Tokens {
    const at = document * this.fields + field
    return this.tokens.subarray(this.starts[at], this.starts[at + 1])
  }
}

/** Takes documents one after another, so that their texts need not all be held. */
export class ForwardBuilder {
  readonly #syllabary: Syllabary
  readonly #fields: number
  readonly #starts = new Growing()
  readonly #tokens = new Growing()

  /** @param fields how many fields each document has */
  constructor(fields: number, syllabary = new Syllabary()) {
    this.#fields = fields
    this.#syllabary = syllabary
    this.#starts.push(0)
  }

  /** Adds a document: the syllables of each of its fields. */
  add(fields: readonly (readonly string[])[]): void {
    for (const field of fields) {
      for (const syllable of field) this.#tokens.push(this.#syllabary.add(syllable))
      this.#starts.push(this.#tokens.length)
    }
  }

  /** Adds a document of another index with the same numbers of syllables. */
  copy(from: ForwardIndex, doc: number): void {
    for (let f = 0; f < this.#fields; f++) {
      for (const token of from.field(doc, f)) this.#tokens.push(token)
      this.#starts.push(this.#tokens.length)
    }
  }

  /** @returns the index of all that was added. */
  finish(): ForwardIndex {
    const tokens = this.#tokens.finish()
    const small = this.#syllabary.all.length <= 65_536
    return new ForwardIndex(this.#syllabary, this.#fields, this.#starts.finish(), small ? Uint16Array.from(tokens) : tokens)
  }
}

/** An array of whole numbers that doubles when it is full. */
export class Growing {
  #items = new Uint32Array(1 << 12)
  length = 0

  push(item: number): void {
    if (this.length === this.#items.length) {
      const grown = new Uint32Array(this.length * 2)
      grown.set(this.#items)
      this.#items = grown
    }
    this.#items[this.length++] = item
  }

  /** @returns what was pushed. */
  finish(): Uint32Array {
    return this.#items.slice(0, this.length)
  }
}
