/**
 * How much likelier the words of a message are in one kind of everyday question than in the others: naive Bayes over folded syllables and
 * pairs. Counted from the library when it is opened, so nothing is fitted and nothing ships; marks that were left out or put back wrongly
 * change nothing. Vectors say what a message is nearest to; this says what sort of message it is, also when it is near to nothing known.
 */
import { fold } from '../knowledge/language/normalise.ts'
import { bigrams, syllables } from '../knowledge/language/syllables.ts'
import type { Library } from '../knowledge/library.ts'

/** A scam going on; a matter outside the shelf; a wish that is not served; what the shelf answers. */
export type QuestionKind = 'scam' | 'outside' | 'refused' | 'shelf'

const KINDS: readonly QuestionKind[] = ['scam', 'outside', 'refused', 'shelf']
/** How many questions a term is taken to have been in before any was counted, shared out among the kinds by their sizes: a word seen once says little. */
const BEFORE = 1

export class WordOdds {
  readonly #counts: ReadonlyMap<string, readonly number[]>
  readonly #sizes: readonly number[]

  constructor(questions: Iterable<readonly [QuestionKind, string]>) {
    const counts = new Map<string, number[]>()
    const sizes = KINDS.map(() => 0)
    for (const [kind, text] of questions) {
      const at = KINDS.indexOf(kind)
      sizes[at] = (sizes[at] as number) + 1
      for (const term of termsOf(text)) {
        const row = counts.get(term) ?? KINDS.map(() => 0)
        row[at] = (row[at] as number) + 1
        counts.set(term, row)
      }
    }
    this.#counts = counts
    this.#sizes = sizes
  }

  /** @returns the log odds of `kind` against `others` by the words of `text`, divided by the root of how many there are; 0 for words never seen. */
  of(kind: QuestionKind, others: readonly QuestionKind[], text: string): number {
    const terms = [...termsOf(text)]
    const sum = terms.reduce((odds, term) => odds + this.#term(term, [kind], others), 0)
    return terms.length === 0 ? 0 : sum / Math.sqrt(terms.length)
  }

  #term(term: string, kinds: readonly QuestionKind[], others: readonly QuestionKind[]): number {
    const row = this.#counts.get(term)
    if (!row) return 0
    const [size, otherSize] = [total(this.#sizes, kinds), total(this.#sizes, others)]
    const share = (count: number, of: number) => {
      const before = (BEFORE * of) / (size + otherSize)
      return Math.log((count + before) / (of + before))
    }
    return share(total(row, kinds), size) - share(total(row, others), otherSize)
  }
}

const total = (counts: readonly number[], kinds: readonly QuestionKind[]) => kinds.reduce((n, kind) => n + (counts[KINDS.indexOf(kind)] as number), 0)

const counted = new WeakMap<Library, WordOdds>()

/** @returns the odds counted from the everyday questions of `library`, counted once. */
export function wordOdds(library: Library): WordOdds {
  const known = counted.get(library)
  if (known) return known
  const made = new WordOdds(questionsOf(library))
  counted.set(library, made)
  return made
}

function* questionsOf(library: Library): Generator<readonly [QuestionKind, string]> {
  for (const p of library.provisions.values()) for (const q of p.questions) yield ['shelf', q.text]
  for (const g of library.guides.values()) for (const q of g.questions) yield [g.kind === 'scam' ? 'scam' : 'shelf', q.text]
  for (const f of library.fields.values()) for (const q of f.questions) yield [f.outcome === 'refused' ? 'refused' : 'outside', q]
}

/** Numbers are left out: a sum tells no kind of question from another. */
function termsOf(text: string): Set<string> {
  const words = syllables(fold(text)).filter((word) => /\p{L}/u.test(word))
  return new Set([...words, ...bigrams(words)])
}
