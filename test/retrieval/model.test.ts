import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CorpusArticle } from '../../knowledge/corpus.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import { loadEmbedder } from '../../retrieval/embedder.ts'
import { readManifest, SHIPPED_MODEL, writeModel } from '../../retrieval/model/files.ts'
import { multiply, multiplyTransposed, transpose } from '../../retrieval/model/matrix.ts'
import { quantise } from '../../retrieval/model/onnx.ts'
import { drawBatch, drawPair, type TrainingText, trainingText } from '../../retrieval/model/pairs.ts'
import { Random } from '../../retrieval/model/random.ts'
import { StaticEmbedding } from '../../retrieval/model/static-embedding.ts'
import { Vocabulary } from '../../retrieval/model/vocabulary.ts'
import { cosine, length } from './linear.ts'

const DIMENSION = 16
const article = (i: number, heading: string, text: string): CorpusArticle => ({
  id: `a#${i}`,
  document: 'A',
  article: String(i),
  heading,
  documentTitle: 'Luật Mẫu',
  topic: '',
  text,
})

/** Forty matters, each with words of its own: m7x0 … m7x9 in its heading and body. */
const MATTERS = 40
const own = (i: number, from: number, to: number) => Array.from({ length: to - from }, (_, x) => `m${i}x${from + x}`).join(' ')
const TOY: readonly TrainingText[] = Array.from({ length: MATTERS }, (_, i) =>
  trainingText(article(i, own(i, 0, 5), `${own(i, 5, 10)} quy định chung ${own(i, 2, 8)} của luật này ${own(i, 5, 10)}`)),
)
const VOCABULARY = Vocabulary.build(
  TOY.map((t) => [...t.heading, ...t.title, ...t.body]),
  { syllableFloor: 1, pairs: 400 },
)

interface Trained {
  readonly table: Float32Array
  readonly losses: readonly number[]
}

function trainToy(seed: number, steps: number): Trained {
  const random = new Random(seed)
  const model = new StaticEmbedding(VOCABULARY.size, DIMENSION, Float32Array.from(VOCABULARY.idf), random)
  const losses = Array.from({ length: steps }, () => {
    const batch = drawBatch(TOY, 20, random).map((text) => drawPair(text, VOCABULARY, random))
    return model.step(batch, { temperature: 0.05, learningRate: 0.02 })
  })
  return { table: model.table, losses }
}

/** The vector of a text straight from the table: the normalised sum of the rows of its tokens. */
function embed(table: Float32Array, tokens: readonly string[]): number[] {
  const sum = new Array<number>(DIMENSION).fill(0)
  for (const id of VOCABULARY.encode(tokens)) for (let x = 0; x < DIMENSION; x++) sum[x] = (sum[x] ?? 0) + (table[id * DIMENSION + x] ?? Number.NaN)
  const norm = length(sum) || 1
  return sum.map((value) => value / norm)
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length

describe('quantising', () => {
  const row = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 4, maxLength: 4 })

  it('moves no number by more than half a step of its row, and the largest not at all', () =>
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (table) => {
        const { rows, scales } = quantise(Float32Array.from(table.flat()), 4)
        table.forEach((values, r) => {
          const scale = scales[r] ?? Number.NaN
          const top = Math.max(...values.map(Math.abs))
          // Below this the scale itself is not a normal 32-bit number.
          if (top < 1e-30) return
          values.forEach((value, x) => {
            const back = (rows[r * 4 + x] ?? Number.NaN) * scale
            expect(Math.abs(back - value)).toBeLessThanOrEqual((top / 127) * (0.5 + 1e-4))
            if (Math.abs(value) === top) expect(Math.abs(rows[r * 4 + x] ?? Number.NaN)).toBe(127)
          })
        })
      }),
      { seed: 17, numRuns: 300 },
    ))

  it('keeps a row of zeros', () => {
    const { rows, scales } = quantise(new Float32Array(8), 4)
    expect([...rows, ...scales].every((x) => x === 0)).toBe(true)
  })
})

describe('the ONNX graph', () => {
  let root: string
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'antam-model-'))
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('gives, through transformers.js, the vectors of the table', async () => {
    const { table } = trainToy(1, 40)
    const folder = join(root, 'toy')
    const made = writeModel(folder, VOCABULARY, table, DIMENSION, { steps: 40 })
    expect(readManifest(folder)).toEqual(made)
    const embedder = await loadEmbedder({ folder })
    const texts = [...TOY.map((t) => [...t.heading]), [...(TOY[3]?.body ?? [])], ['m1x1', 'lạ', 'm1x2'], ['m9x9']]
    const vectors = await embedder.embedPassages(texts.map((t) => t.join(' ')))
    vectors.forEach((vector, i) => {
      expect(cosine(vector, embed(table, texts[i] ?? []))).toBeGreaterThan(0.999)
    })
  })

  it('is named after its bytes: another table is another revision', () => {
    const revision = (seed: number) => writeModel(join(root, `r${seed}`), VOCABULARY, trainToy(seed, 1).table, DIMENSION, {}).revision
    expect(revision(1)).toBe(revision(1))
    expect(revision(1)).not.toBe(revision(2))
  })
})

describe('training', () => {
  const trained = trainToy(20261123, 150)

  it('lowers the loss', () => {
    expect(mean(trained.losses.slice(-20))).toBeLessThan(mean(trained.losses.slice(0, 10)) / 2)
    expect(trained.losses.every(Number.isFinite)).toBe(true)
  })

  it('lets a heading find its own text, though heading and text share few words', () => {
    const hits = (table: Float32Array) => {
      const texts = TOY.map((t) => embed(table, t.body.slice(0, 5)))
      return TOY.filter((t, i) => {
        const query = embed(table, t.heading.slice(0, 2))
        const scores = texts.map((text) => cosine(query, text))
        return scores.indexOf(Math.max(...scores)) === i
      }).length
    }
    expect(hits(trained.table)).toBeGreaterThanOrEqual(MATTERS * 0.9)
    expect(hits(trainToy(20261123, 0).table)).toBeLessThan(MATTERS * 0.5)
  })

  it('leaves the unknown token at zero', () => expect([...trained.table.slice(0, DIMENSION)].every((x) => x === 0)).toBe(true))

  it('gives the same table for the same seed, another for another', () => {
    expect(trainToy(5, 15).table).toEqual(trainToy(5, 15).table)
    expect(trainToy(5, 15).table).not.toEqual(trainToy(6, 15).table)
  })

  it('bears texts without a known word', () => {
    const random = new Random(1)
    const model = new StaticEmbedding(VOCABULARY.size, DIMENSION, Float32Array.from(VOCABULARY.idf), random)
    const none = Int32Array.from([])
    const some = VOCABULARY.encode(['m1x1'])
    const batch = [
      { query: none, target: some },
      { query: some, target: none },
    ]
    expect(Number.isFinite(model.step(batch, { temperature: 0.05, learningRate: 0.01 }))).toBe(true)
    expect(model.table.every(Number.isFinite)).toBe(true)
  })
})

describe('matrices', () => {
  const size = fc.integer({ min: 1, max: 9 })
  it('are multiplied as by definition, whatever their sizes', () =>
    fc.assert(
      fc.property(size, size, size, fc.integer(), (m, n, k, seed) => {
        const random = new Random(seed)
        const filled = (count: number) => Float32Array.from({ length: count }, () => random.gaussian())
        const [a, b, w] = [filled(m * k), filled(n * k), filled(m * n)]
        const at = (x: Float32Array, i: number) => x[i] ?? Number.NaN
        const [abT, wb] = [new Float32Array(m * n), new Float32Array(m * k).fill(9)]
        multiplyTransposed(a, b, abT, m, n, k)
        multiply(w, b, wb, m, n, k)
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            let sum = 0
            for (let x = 0; x < k; x++) sum += at(a, i * k + x) * at(b, j * k + x)
            expect(at(abT, i * n + j)).toBeCloseTo(sum, 4)
            expect(at(transpose(w, m, n), j * m + i)).toBe(at(w, i * n + j))
          }
          for (let x = 0; x < k; x++) {
            let sum = 0
            for (let j = 0; j < n; j++) sum += at(w, i * n + j) * at(b, j * k + x)
            expect(at(wb, i * k + x)).toBeCloseTo(sum, 4)
          }
        }
      }),
      { seed: 2, numRuns: 60 },
    ))
})

describe('vocabulary', () => {
  const TEXTS = ['trả hàng mua hàng', 'trả hàng', 'mua đất', 'trả tiền'].map(syllables)

  it('keeps frequent syllables, then the most frequent pairs, ties in the order of letters; 0 is unknown', () => {
    expect(Vocabulary.build(TEXTS, { syllableFloor: 2, pairs: 3 }).tokens).toEqual([
      '[UNK]',
      'trả',
      'hàng',
      'mua',
      'trả_hàng',
      'hàng_mua',
      'mua_hàng',
    ])
  })

  it('does not depend on the order of the texts', () => {
    const of = (texts: readonly (readonly string[])[]) => Vocabulary.build(texts, { syllableFloor: 1, pairs: 10 })
    expect(of([...TEXTS].reverse()).tokens).toEqual(of(TEXTS).tokens)
    expect(of([...TEXTS].reverse()).idf).toEqual(of(TEXTS).idf)
  })

  it('encodes what it knows and leaves out the rest; a pair stands only where its syllables touch', () => {
    const { encode, tokens } = bound(Vocabulary.build(TEXTS, { syllableFloor: 2, pairs: 1 }))
    const words = (text: string) => [...encode(syllables(text))].map((id) => tokens[id])
    expect(words('Trả hàng cho ai')).toEqual(['trả', 'hàng', 'trả_hàng'])
    expect(words('trả lại hàng')).toEqual(['trả', 'hàng'])
    expect(words('lạ')).toEqual([])
  })

  it('weighs the rare above the common', () => {
    const { idf, tokens } = Vocabulary.build(TEXTS, { syllableFloor: 1, pairs: 0 })
    expect(idf[tokens.indexOf('đất')]).toBeGreaterThan(idf[tokens.indexOf('trả')] ?? Number.NaN)
    expect(idf[0]).toBe(0)
  })

  it('of the model that ships is written under running numbers', () => {
    const file = JSON.parse(readFileSync(join(SHIPPED_MODEL, 'tokenizer.json'), 'utf8')) as { model: { vocab: Record<string, number> } }
    const ids = Object.values(file.model.vocab).sort((a, b) => a - b)
    expect(ids.every((id, i) => id === i)).toBe(true)
    expect(file.model.vocab['[UNK]']).toBe(0)
  })
})

function bound(vocabulary: Vocabulary) {
  return { tokens: vocabulary.tokens, encode: (tokens: readonly string[]) => vocabulary.encode(tokens) }
}

describe('pairs for training', () => {
  const QUESTION: TrainingText = { heading: ['m0x0'], title: [], body: ['m0x1', 'm0x2'], questions: [['m1x0', 'm1x1', 'm1x2']] }

  it('cut an article to 1,500 syllables of text and 40 of title', () => {
    const long = trainingText({ ...article(1, 'Tên', 'chữ '.repeat(5000)), documentTitle: 'luật '.repeat(90) })
    expect({ body: long.body.length, title: long.title.length, questions: long.questions }).toEqual({ body: 1500, title: 40, questions: [] })
  })

  it('never have an empty side, long texts or short', () => {
    const random = new Random(8)
    for (const text of [...TOY, QUESTION, trainingText(article(1, own(1, 0, 5), '')), trainingText(article(1, own(1, 0, 5), 'm1x2 '.repeat(12)))])
      for (let i = 0; i < 30; i++) {
        const { query, target } = drawPair(text, VOCABULARY, random)
        expect(query.length).toBeGreaterThan(0)
        expect(target.length).toBeGreaterThan(0)
      }
  })

  it('ask with the everyday question where there is one, and are the same for the same seed', () => {
    const asked = new Set(VOCABULARY.encode(QUESTION.questions[0] ?? []))
    const draw = () => {
      const random = new Random(4)
      return Array.from({ length: 20 }, () => drawPair(QUESTION, VOCABULARY, random))
    }
    for (const { query } of draw()) expect([...query].every((id) => asked.has(id))).toBe(true)
    expect(draw()).toEqual(draw())
  })

  it.each([0, 1, 2, 19, 40, 64])('fill a batch of %d with different texts, as many as there are', (wanted) => {
    const batch = drawBatch(TOY, wanted, new Random(wanted))
    expect(batch).toHaveLength(Math.min(wanted, MATTERS))
    expect(new Set(batch).size).toBe(batch.length)
    expect(drawBatch([], wanted, new Random(1))).toEqual([])
  })
})

describe('random numbers', () => {
  it('come in the same order for the same seed, evenly, whole numbers within their bounds', () => {
    const draw = (seed: number) => {
      const random = new Random(seed)
      return Array.from({ length: 2000 }, () => random.integer(1, 6))
    }
    expect(draw(9)).toEqual(draw(9))
    expect(draw(9)).not.toEqual(draw(10))
    for (const face of [1, 2, 3, 4, 5, 6]) expect(draw(9).filter((x) => x === face).length).toBeGreaterThan(250)
    expect(draw(9).every((x) => x >= 1 && x <= 6)).toBe(true)
  })

  it('are normal when asked for, and refuse to choose from nothing', () => {
    const random = new Random(3)
    const values = Array.from({ length: 4000 }, () => random.gaussian())
    expect(Math.abs(mean(values))).toBeLessThan(0.06)
    expect(mean(values.map((v) => v * v))).toBeCloseTo(1, 1)
    expect(() => random.pick([])).toThrow(/Không có phần tử/)
  })
})
