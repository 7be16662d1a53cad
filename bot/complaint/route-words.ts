/**
 * How people put each issue: how much likelier the words of a story are in the everyday questions of one issue than in all of them.
 * Counted from reviewed questions when the router is opened; nothing is fitted and nothing ships.
 *
 *   share of a term in an issue = (times seen there + PRIOR · its share anywhere) / (terms seen there + PRIOR)
 *
 * so an issue with few questions says little of itself, and a term seen nowhere says nothing of any.
 */

/** A question as compared (folded, shorthand written out) and the issue it belongs to. */
export type LabelledQuestion = readonly [issue: string, form: string]

/** How many terms of the general speech are taken to have been seen in each issue before any was counted. */
const PRIOR = Number(process.env['PRIOR'] ?? 120)

interface Seen {
  readonly terms: Map<string, number>
  total: number
}

const seenNothing = (): Seen => ({ terms: new Map(), total: 0 })

function count(seen: Seen, term: string): void {
  seen.terms.set(term, (seen.terms.get(term) ?? 0) + 1)
  seen.total++
}

/** Words and pairs of words; numbers are left out, a sum tells no issue from another. */
function termsOf(form: string): Set<string> {
  const words = form.split(' ').filter((word) => /[a-z]/.test(word))
  return new Set([...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)])
}

/** Word counts of every issue. */
export class IssueWords {
  readonly #anywhere = seenNothing()
  readonly #issues = new Map<string, Seen>()

  constructor(questions: Iterable<LabelledQuestion>) {
    for (const [issue, form] of questions) {
      const seen = this.#issues.get(issue) ?? seenNothing()
      this.#issues.set(issue, seen)
      for (const term of termsOf(form)) for (const counts of [seen, this.#anywhere]) count(counts, term)
    }
  }

  /** @returns the log odds of `issue` against all by the words of `form`, divided by the root of how many there are. */
  of(issue: string, form: string): number {
    const seen = this.#issues.get(issue)
    const terms = [...termsOf(form)].filter((term) => this.#anywhere.terms.has(term))
    if (!seen || terms.length === 0) return 0
    return terms.reduce((sum, term) => sum + this.#term(seen, term), 0) / Math.sqrt(terms.length)
  }

  #term(seen: Seen, term: string): number {
    const anywhere = (this.#anywhere.terms.get(term) ?? 0) / this.#anywhere.total
    const v = Math.log(((seen.terms.get(term) ?? 0) + PRIOR * anywhere) / ((seen.total + PRIOR) * anywhere))
    return Math.max(Number(process.env['FLOOR'] ?? -9), v)
  }
}
