/** What the order of the library's own shelf sees of each candidate of a question: one row of numbers a candidate. */
import { syllables } from '../../knowledge/language/syllables.ts'
import type { Entry, Traits } from '../entries.ts'
import type { LexicalIndex } from '../lexical/bm25f.ts'
import type { Tokens } from '../lexical/forward.ts'
import { askedWords } from './asked.ts'
import { type Overlap, OverlapReader } from './overlap.ts'

/** Who asks, and the day whose law decides; both may be unknown. */
export interface Asker {
  readonly audience?: 'consumer' | 'seller' | undefined
  readonly day?: string | undefined
}

/** A candidate as the plain search found it, best fused score first: its number, its evidence. */
export interface ShelfCandidate {
  readonly entry: number
  /** Score by words, and its share of the best score that any text could reach. */
  readonly words: number
  readonly lexical: number
  readonly cosine: number
  readonly fused: number
}

const OVERLAPS = ['Syllables', 'Pairs', 'Covered', 'Run', 'Triples'] as const
const TEXTS = ['heading', 'question', 'body'] as const
/** Roles of a provision, a column each; what has none is none of them. */
const ROLES = ['right', 'duty', 'prohibition', 'deadline', 'procedure', 'definition', 'principle', 'scope', 'state'] as const

/**
 * Name of each column of a row. Left out on purpose is what kind of document an entry is of, and whether a question asks for a fine: questions that were
 * written when there were only two laws on the shelf would teach that decrees answer nothing.
 */
export const SHELF_FEATURES: readonly string[] = [
  ...['wordsShare', 'wordsRank', 'wordsCeiling', 'cosine', 'cosineShare', 'cosineRank', 'fused', 'fusedRank'],
  ...TEXTS.flatMap((text) => OVERLAPS.map((overlap) => `${text}${overlap}`)),
  ...['bodyWindow', 'bodyLength', 'headingLength'],
  ...['audienceFits', 'forBuyers', 'forSellers', 'young', 'penal'],
  ...ROLES.map((role) => `role:${role}`),
  ...['articleCount', 'articleSum', 'linkedBest', 'linkedCount'],
]

/** Fields of the lexical index, as `settings.ts` orders them. */
const [HEADING, BODY] = [0, 2]

export class ShelfFeatures {
  readonly #index: LexicalIndex
  readonly #entries: readonly Entry[]
  readonly #overlaps: OverlapReader
  /** The everyday questions of each entry that was met, each on its own: the lexical index holds them as one text. */
  readonly #questions = new Map<number, readonly Tokens[]>()

  constructor(index: LexicalIndex, entries: readonly Entry[]) {
    this.#index = index
    this.#entries = entries
    this.#overlaps = new OverlapReader(index.parts.forward.syllabary.all.length)
  }

  /** Cut when it is first needed: of thousands of entries a question meets forty. */
  #questionsOf(entry: number): readonly Tokens[] {
    const known = this.#questions.get(entry)
    if (known) return known
    const { fields } = this.#entries[entry] as Entry
    const cut = (fields['questions'] ?? '').split('\n').flatMap((text) => this.#tokens(text))
    this.#questions.set(entry, cut)
    return cut
  }

  #tokens(text: string): Uint32Array[] {
    const { syllabary } = this.#index.parts.forward
    const ids = syllables(text).map((syllable) => syllabary.id(syllable))
    return ids.length > 0 ? [Uint32Array.from(ids.filter((id) => id >= 0))] : []
  }

  /** @returns the rows of `candidates`, one after another: candidates × {@link SHELF_FEATURES}. */
  read(question: string, candidates: readonly ShelfCandidate[], asker: Asker): Float32Array {
    this.#overlaps.take(askedWords(this.#index, question))
    const around = surroundings(candidates, this.#entries)
    const rows = new Float32Array(candidates.length * SHELF_FEATURES.length)
    candidates.forEach((candidate, place) => {
      const { traits } = this.#entries[candidate.entry] as Entry
      const columns = [
        ...scoreColumns(candidate, place, around),
        ...this.#textColumns(candidate.entry),
        ...traitColumns(traits, asker),
        ...linkColumns(candidate.entry, traits, around),
      ]
      rows.set(columns, place * SHELF_FEATURES.length)
    })
    return rows
  }

  #textColumns(entry: number): number[] {
    const { forward } = this.#index.parts
    const [heading, body] = [forward.field(entry, HEADING), forward.field(entry, BODY)]
    const bodyOverlap = this.#overlaps.read(body)
    const texts = [this.#overlaps.read(heading), this.#bestQuestion(entry), bodyOverlap]
    return [...texts.flatMap(overlapColumns), bodyOverlap.window, Math.log1p(body.length), heading.length]
  }

  /** The everyday question that shares the most with this one. */
  #bestQuestion(entry: number): Overlap {
    let best = this.#overlaps.read(new Uint32Array(0))
    for (const tokens of this.#questionsOf(entry)) {
      const overlap = this.#overlaps.read(tokens)
      if (nearness(overlap) > nearness(best)) best = overlap
    }
    return best
  }
}

const nearness = ({ syllables: shared, pairs, covered }: Overlap): number => shared + pairs + covered

function overlapColumns({ syllables: shared, pairs, covered, run, triples }: Overlap): number[] {
  return [shared, pairs, covered, run, triples]
}

function scoreColumns({ entry, words, lexical, cosine, fused }: ShelfCandidate, place: number, around: Surroundings): number[] {
  const rank = (list: readonly number[]) => 1 / (RANK + list.indexOf(entry))
  return [
    ...[words / around.topWords, rank(around.byWords), lexical],
    ...[cosine, cosine / around.topCosine, rank(around.byCosine), fused, 1 / (RANK + place)],
  ]
}
/** Softens ranks, as in reciprocal rank fusion. */
const RANK = 5

/** What is no provision and no guide speaks to nobody and has no age. */
function traitColumns(traits: Traits | undefined, { audience, day }: Asker): number[] {
  if (!traits) return [0, 0, 0, 0, 0, ...ROLES.map(() => 0)]
  const fits = traits.audience.some((one) => one === audience || (audience === 'seller' && one === 'platform'))
  const flag = (is: boolean | undefined) => (is ? 1 : 0)
  return [
    ...[audience === undefined ? 0 : fits ? 1 : -1, flag(traits.audience.includes('consumer')), flag(traits.audience.includes('seller'))],
    ...[youth(day, traits.from), flag(traits.penal)],
    ...ROLES.map((role) => flag(traits.role === role)),
  ]
}

/** Years for which the text had held on the day that decides, from 0 to 3, in thirds; 0 where either is not known. */
function youth(day: string | undefined, from: string | undefined): number {
  return day && from ? Math.max(0, Math.min(3, (Date.parse(day) - Date.parse(from)) / A_YEAR)) / 3 : 0
}
const A_YEAR = 365.25 * 86_400_000

interface Surroundings {
  readonly topWords: number
  readonly topCosine: number
  /** Entries, best first. */
  readonly byWords: readonly number[]
  readonly byCosine: readonly number[]
  /** Fused scores of the candidates of each article, and of those that are, or rest on, each provision. */
  readonly article: ReadonlyMap<string, readonly number[]>
  readonly provision: ReadonlyMap<string, readonly (readonly [entry: number, fused: number])[]>
}

function surroundings(candidates: readonly ShelfCandidate[], entries: readonly Entry[]): Surroundings {
  const top = (of: (candidate: ShelfCandidate) => number) => candidates.reduce((most, candidate) => Math.max(most, of(candidate)), 1e-9)
  const by = (of: (candidate: ShelfCandidate) => number) => [...candidates].sort((a, b) => of(b) - of(a)).map(({ entry }) => entry)
  const [article, provision] = [new Map<string, number[]>(), new Map<string, (readonly [number, number])[]>()]
  for (const { entry, fused } of candidates) {
    const traits = entries[entry]?.traits
    if (!traits) continue
    if (traits.article) push(article, traits.article, fused)
    for (const id of traits.rests) push(provision, id, [entry, fused] as const)
  }
  return {
    ...{ topWords: top(({ words }) => words), topCosine: top(({ cosine }) => cosine) },
    ...{ byWords: by(({ words }) => words), byCosine: by(({ cosine }) => cosine), article, provision },
  }
}

function push<T>(into: Map<string, T[]>, key: string, item: T): void {
  const there = into.get(key)
  if (there) there.push(item)
  else into.set(key, [item])
}

/** How its article stands among the candidates, and how those that rest on the same provisions: a guide found beside its clause speaks for both. */
function linkColumns(entry: number, traits: Traits | undefined, { article, provision }: Surroundings): number[] {
  const siblings = (traits?.article && article.get(traits.article)) || []
  const linked = (traits?.rests ?? []).flatMap((id) => provision.get(id) ?? []).filter(([other]) => other !== entry)
  return [
    ...[siblings.length, siblings.reduce((sum, fused) => sum + fused, 0)],
    ...[linked.reduce((most, [, fused]) => Math.max(most, fused), 0), linked.length],
  ]
}
