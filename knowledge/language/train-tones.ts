/**
 * `npm run train:tones -- --corpus FILE.jsonl(.gz)`: counts syllables and pairs in law texts and in our own content, and writes the tone model.
 * Our everyday questions count many times: they hold the words that people write and that law does not. At 20 times law, two hundred times their
 * size, still drowned them: of the bare syllables of the development questions one in nine came back wrong; at 300 one in twelve.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadKinds } from '../complaint-kinds.ts'
import { loadStories } from '../complaint-stories.ts'
import { readCorpus } from '../corpus.ts'
import { fullText, loadLibrary } from '../library.ts'
import { hasMarks } from './normalise.ts'
import { syllables } from './syllables.ts'
import { encodeToneModel, PAUSE, SHIPPED_TONES, type ToneCounts } from './tones.ts'

const QUESTION_WEIGHT = 300
const CONTENT_WEIGHT = 3
const SYLLABLE_FLOOR = 3
const PAIRS = 400_000
const TRIPLES = 600_000
const VIETNAMESE = /^\p{L}{1,7}$/u
const PLACES = 65_536

/** Counts by number: syllables as they are first met, pairs and triples as digits to the base 65,536. */
class Counts {
  readonly #ids = new Map<string, number>()
  readonly syllables: string[] = []
  readonly singles: number[] = []
  readonly pairs = new Map<number, number>()
  readonly triples = new Map<number, number>()

  add(text: string, weight: number): void {
    for (const piece of text.split(PAUSE)) this.#addPiece(piece, weight)
  }

  #addPiece(text: string, weight: number): void {
    let [before, last] = [-1, -1]
    for (const token of syllables(text)) {
      const id = VIETNAMESE.test(token) ? this.#id(token) : -1
      if (id >= 0) this.singles[id] = (this.singles[id] as number) + weight
      if (id >= 0 && last >= 0) raise(this.pairs, last * PLACES + id, weight)
      if (id >= 0 && last >= 0 && before >= 0) raise(this.triples, (before * PLACES + last) * PLACES + id, weight)
      ;[before, last] = [id < 0 ? -1 : last, id]
    }
  }

  /** Throws RangeError past 65,536 different syllables: Vietnamese has a tenth of that. */
  #id(syllable: string): number {
    const known = this.#ids.get(syllable)
    if (known !== undefined) return known
    if (this.syllables.length >= PLACES) throw new RangeError(`quá ${PLACES} âm tiết khác nhau`)
    this.#ids.set(syllable, this.syllables.length)
    this.singles.push(0)
    return this.syllables.push(syllable) - 1
  }
}

function raise(counts: Map<number, number>, key: number, weight: number): void {
  counts.set(key, (counts.get(key) ?? 0) + weight)
}

async function count(corpus: string): Promise<Counts> {
  const counts = new Counts()
  for await (const article of readCorpus(corpus)) {
    const text = `${article.heading}. ${article.documentTitle} ${article.topic}. ${article.text}`
    // An article typed without marks would teach the wrong lesson.
    if (hasMarks(text)) counts.add(text, 1)
  }
  const library = loadLibrary()
  for (const p of library.provisions.values()) {
    counts.add(`${p.title}. ${fullText(p)}`, CONTENT_WEIGHT)
    for (const q of p.questions) counts.add(q.text, QUESTION_WEIGHT)
  }
  for (const g of library.guides.values()) {
    counts.add([...g.signs, ...g.firstAid, ...g.answer, ...g.conditions, ...g.steps].map((s) => s.text).join('. '), CONTENT_WEIGHT)
    for (const q of g.questions) counts.add(q.text, QUESTION_WEIGHT)
  }
  for (const f of library.fields.values()) for (const q of f.questions) counts.add(q, QUESTION_WEIGHT)
  for (const text of told()) if (hasMarks(text)) counts.add(text, QUESTION_WEIGHT)
  return counts
}

/** @returns how people put and tell complaints. */
function told(): string[] {
  return [...[...loadKinds().issues.values()].flatMap(({ questions }) => questions), ...loadStories().map(({ text }) => text)]
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { corpus: { type: 'string' }, out: { type: 'string', default: SHIPPED_TONES } } })
  if (!values.corpus) {
    console.error('Thiếu --corpus: tệp .jsonl hoặc .jsonl.gz, mỗi dòng một điều luật.')
    process.exit(2)
  }
  const counts = modelOf(await count(values.corpus))
  writeFileSync(values.out, encodeToneModel(counts))
  const { syllables, bigrams, trigrams } = counts
  console.error(
    `${syllables.length} âm tiết, ${bigrams.length} cặp, ${trigrams.length} bộ ba, ${readFileSync(values.out).length} byte → ${values.out}`,
  )
}

/** @returns what is frequent enough to be kept, syllables numbered anew by how frequent they are. */
function modelOf({ syllables, singles, pairs, triples }: Counts): ToneCounts {
  const kept = syllables.flatMap((syllable, old) =>
    (singles[old] as number) >= SYLLABLE_FLOOR ? [{ syllable, old, n: singles[old] as number }] : [],
  )
  kept.sort((a, b) => b.n - a.n)
  const place = new Map(kept.map(({ old }, i) => [old, i]))
  const placed = (ids: readonly number[]) => ids.map((id) => place.get(id) ?? -1)
  const bigrams = mostFrequent(pairs, PAIRS)
    .map(([key, n]) => [...placed([Math.floor(key / PLACES), key % PLACES]), n] as [number, number, number])
    .filter(([first, second]) => first >= 0 && second >= 0)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const known = new Set(bigrams.map(([first, second]) => first * PLACES + second))
  const trigrams = mostFrequent(triples, TRIPLES)
    .map(
      ([key, n]) =>
        [...placed([Math.floor(key / PLACES ** 2), Math.floor(key / PLACES) % PLACES, key % PLACES]), n] as [number, number, number, number],
    )
    .filter(([first, second, third]) => third >= 0 && known.has(first * PLACES + second))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
  return { syllables: kept.map(({ syllable }) => syllable), unigrams: kept.map(({ n }) => n), bigrams, trigrams }
}

/** @returns the `most` highest counts, of equals those that were met first. */
function mostFrequent(counts: ReadonlyMap<number, number>, most: number): [number, number][] {
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, most)
}

await main()
