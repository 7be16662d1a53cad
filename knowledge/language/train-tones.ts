/**
 * `npm run train:tones -- --corpus FILE.jsonl(.gz)`: counts syllables and pairs in law texts and in our own content, and writes the tone model.
 * Our everyday questions count many times: they hold the words that people write and that law does not. At 20 times law, two hundred times their
 * size, still drowned them: of the bare syllables of the development questions one in nine came back wrong; at 300 one in twelve.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readCorpus } from '../corpus.ts'
import { fullText, loadLibrary } from '../library.ts'
import { hasMarks } from './normalise.ts'
import { syllables } from './syllables.ts'
import { encodeToneModel, SHIPPED_TONES } from './tones.ts'

const QUESTION_WEIGHT = 300
const CONTENT_WEIGHT = 3
const SYLLABLE_FLOOR = 3
const BIGRAMS = 260_000
const VIETNAMESE = /^\p{L}{1,7}$/u

class Counts {
  readonly unigrams = new Map<string, number>()
  readonly bigrams = new Map<string, number>()

  add(text: string, weight: number): void {
    let before: string | undefined
    for (const token of syllables(text)) {
      if (!VIETNAMESE.test(token)) {
        before = undefined
        continue
      }
      this.unigrams.set(token, (this.unigrams.get(token) ?? 0) + weight)
      if (before) this.bigrams.set(`${before} ${token}`, (this.bigrams.get(`${before} ${token}`) ?? 0) + weight)
      before = token
    }
  }
}

async function count(corpus: string): Promise<Counts> {
  const counts = new Counts()
  for await (const article of readCorpus(corpus)) {
    const text = `${article.heading}. ${article.text}`
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
  return counts
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { corpus: { type: 'string' }, out: { type: 'string', default: SHIPPED_TONES } } })
  if (!values.corpus) {
    console.error('Thiếu --corpus: tệp .jsonl hoặc .jsonl.gz, mỗi dòng một điều luật.')
    process.exit(2)
  }
  const { unigrams, bigrams } = await count(values.corpus)
  const list = [...unigrams]
    .filter(([, n]) => n >= SYLLABLE_FLOOR)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 65_535)
  const ids = new Map(list.map(([token], id) => [token, id]))
  const pairs = [...bigrams]
    .sort((a, b) => b[1] - a[1])
    .slice(0, BIGRAMS)
    .map(([pair, n]) => [...pair.split(' ').map((token) => ids.get(token) ?? -1), n] as [number, number, number])
    .filter(([left, right]) => left >= 0 && right >= 0)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
  writeFileSync(values.out, encodeToneModel({ syllables: list.map(([token]) => token), unigrams: list.map(([, n]) => n), bigrams: pairs }))
  console.error(`${list.length} âm tiết, ${pairs.length} cặp, ${readFileSync(values.out).length} byte → ${values.out}`)
}

await main()
