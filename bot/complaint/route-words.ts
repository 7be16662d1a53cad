/**
 * How people put each issue: how near the words of a story are to the everyday questions of an issue, to all of them together and to the
 * nearest few. Counted from reviewed questions when the router is opened; nothing is fitted and nothing ships.
 *
 *   a question is a unit vector of its words and word pairs, rare ones weighing more
 *   score of an issue = cosine to the sum of its questions + half the mean cosine to its NEAREST nearest
 */

/** A question as compared (folded, shorthand written out) and the issue it belongs to. */
export interface LabelledQuestion {
  readonly issue: string
  readonly form: string
}

type Vector = ReadonlyMap<string, number>

/** How many of an issue's nearest questions count. */
const NEAREST = 5
const NEAREST_SHARE = 0.5

/**
 * Things whose names are made of words that mean something else alone: a "tủ lạnh" has nothing to do with electricity bills, a "điện thoại"
 * nothing with a number given away. Whatever the thing, it tells no issue from another.
 */
const THINGS = new RegExp(
  `\\b(?:${[
    '(?<!(?:so|qua|goi|cuoc|bang) )dien thoai|dtdd|smartphone|iphone|samsung|laptop|may tinh(?: bang)?|tai nghe|ti ?vi|man hinh may tinh|may anh|loa',
    'tu (?:lanh|dong|mat)|may (?:giat|lanh|say|xay|hut bui|cay|xoi|phat dien|ep|massage|loc khong khi|rua chen)|dieu hoa|quat(?: dien| may)?',
    'may (?:nuoc nong|loc nuoc|bom(?: nuoc)?)|binh nong lanh|noi com(?: dien)?|noi chien(?: khong dau)?|noi (?:ap suat|dien)|ban (?:ui|la)',
    'am(?: dien)? sieu toc|am dien|bep (?:ga|tu|dien|hong ngoai)|lo (?:vi song|nuong)|(?:pin|sac|cuc sac) du phong|den (?:hoc|ban|pin)|dien may',
    'xe (?:may|dap|dien)(?: dien)?|dong ho(?! (?:dien|nuoc|bom|do))(?: deo tay)?',
  ].join('|')})\\b`,
  'g',
)
/** Stands for any of them. */
export const THING = 'mon'

/** Words and pairs of words; numbers are left out, a sum tells no issue from another, nor does a thing. */
function termsOf(form: string): string[] {
  const words = form
    .replace(THINGS, THING)
    .split(' ')
    .filter((word) => /[a-z]/.test(word))
  return [...new Set([...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)])]
}

function add<K>(counts: Map<K, number>, key: K, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount)
}

function unit(vector: Vector): Vector {
  const length = Math.sqrt([...vector.values()].reduce((sum, x) => sum + x * x, 0))
  return new Map([...vector].map(([term, x]) => [term, length === 0 ? 0 : x / length]))
}

/** The words of every issue. */
export class IssueWords {
  readonly #rarity: Vector
  readonly #centres: ReadonlyMap<string, Vector>
  /** The questions that hold a term: their number and how much the term weighs there. */
  readonly #holders = new Map<string, [question: number, weight: number][]>()
  readonly #owners: readonly string[]

  constructor(questions: readonly LabelledQuestion[]) {
    const terms = questions.map(({ form }) => termsOf(form))
    const counts = new Map<string, number>()
    for (const term of terms.flat()) add(counts, term, 1)
    this.#rarity = new Map([...counts].map(([term, count]) => [term, Math.log((questions.length + 1) / (count + 0.5))]))
    this.#owners = questions.map(({ issue }) => issue)
    const vectors = questions.map(({ form }) => this.#vector(form))
    for (const [question, vector] of vectors.entries()) for (const [term, weight] of vector) this.#hold(term, question, weight)
    this.#centres = centresOf(this.#owners, vectors)
  }

  /** @returns how near the words of `form` are to each issue; issues without a shared word are left out. */
  scores(form: string): Map<string, number> {
    const story = this.#vector(form)
    const near = this.#nearest(story)
    const issues = [...this.#centres].map(([issue, centre]) => [issue, dot(story, centre) + NEAREST_SHARE * (near.get(issue) ?? 0)] as const)
    return new Map(issues.filter(([, score]) => score > 0))
  }

  #vector(form: string): Vector {
    const known = termsOf(form).filter((term) => this.#rarity.has(term))
    return unit(new Map(known.map((term) => [term, this.#rarity.get(term) as number])))
  }

  #hold(term: string, question: number, weight: number): void {
    const holders = this.#holders.get(term) ?? []
    this.#holders.set(term, holders)
    holders.push([question, weight])
  }

  #nearest(story: Vector): Map<string, number> {
    const cosines = new Map<number, number>()
    for (const [term, x] of story) for (const [question, y] of this.#holders.get(term) ?? []) add(cosines, question, x * y)
    const taken = new Map<string, number>()
    const sums = new Map<string, number>()
    for (const [question, cosine] of [...cosines].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
      const issue = this.#owners[question] as string
      if ((taken.get(issue) ?? 0) >= NEAREST) continue
      add(taken, issue, 1)
      add(sums, issue, cosine / NEAREST)
    }
    return sums
  }
}

function centresOf(owners: readonly string[], vectors: readonly Vector[]): Map<string, Vector> {
  const sums = new Map<string, Map<string, number>>()
  for (const [i, vector] of vectors.entries()) {
    const sum = sums.get(owners[i] as string) ?? new Map<string, number>()
    sums.set(owners[i] as string, sum)
    for (const [term, weight] of vector) add(sum, term, weight)
  }
  return new Map([...sums].map(([issue, sum]) => [issue, unit(sum)]))
}

const dot = (a: Vector, b: Vector): number => [...a].reduce((sum, [term, x]) => sum + x * (b.get(term) ?? 0), 0)
