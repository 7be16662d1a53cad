import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WindowVectors, windowsOf, windowTokens } from '../../retrieval/corpus/chunks.ts'
import { CorpusIndex, type CorpusProgress, EmptyCorpus, indexBytes } from '../../retrieval/corpus/corpus-index.ts'
import { CorpusEngine } from '../../retrieval/corpus/engine.ts'
import { FEATURES } from '../../retrieval/corpus/features.ts'
import { topOf } from '../../retrieval/corpus/top.ts'
import { type Embedder, loadEmbedder, runtimeEmbedder } from '../../retrieval/embedder.ts'
import { SHIPPED_MODEL } from '../../retrieval/model/files.ts'
import { Random } from '../../retrieval/model/random.ts'
import { shippedTrees } from '../../retrieval/rerank/shipped.ts'
import { TreeScorer } from '../../retrieval/rerank/trees.ts'
import { askOf, LAW, lawLine, writeLines } from './bench-corpus.ts'

let root: string
let corpus: string
let embedder: Embedder
let engine: CorpusEngine
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'antam-corpus-'))
  corpus = writeLines(join(root, 'luật.jsonl.gz'), LAW)
  embedder = await loadEmbedder()
  engine = new CorpusEngine(await CorpusIndex.open(corpus, join(root, 'index'), embedder), embedder)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Asks only whether a row's feature is above a bar. */
const byFeature = (name: string, bar: number) =>
  new TreeScorer([{ feature: [FEATURES.indexOf(name), 0, 0], threshold: [bar, 0, 0], left: [1, 0, 0], value: [0, 0, 1] }])
const shipped = new TreeScorer(shippedTrees())

function heard(): CorpusProgress & { readonly built: string[] } {
  const built: string[] = []
  return { built, start: (_, what) => built.push(what), step() {}, stop() {} }
}

describe('searching a corpus', () => {
  it.each(LAW.map((_, i) => i))('puts the article that question %i asks for first, with the trees that ship', async (i) => {
    const { question, relevant } = askOf(i) as { question: string; relevant: { document: string; article: string }[] }
    const [best] = await engine.search(question, 3, shipped)
    expect(best?.id).toBe(`${relevant[0]?.document}#${relevant[0]?.article}`)
  })

  it('puts candidates in the order of the trees', async () => {
    const { ids, rows } = await engine.candidates('bảo hành máy giặt')
    const numbers = ids.map((_, i) => rows[i * FEATURES.length + FEATURES.indexOf('number')] as number)
    const [best] = await engine.search('bảo hành máy giặt', 20, byFeature('number', Math.max(...numbers) - 0.5))
    expect(best?.id).toBe(ids[numbers.indexOf(Math.max(...numbers))])
  })

  it('fills a row of finite numbers for every candidate, each candidate once', async () => {
    const { ids, rows } = await engine.candidates('Nghỉ hưu sớm thì được bao nhiêu tiền, ai trả?')
    expect(rows).toHaveLength(ids.length * FEATURES.length)
    expect(rows.every(Number.isFinite)).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(['', '   ', '🙂', 'xyzzyq wvutsr'])('finds nothing for %j', async (question) => {
    expect(await engine.search(question, 5, shipped)).toEqual([])
  })

  it('answers a question of 10,000 syllables', async () => {
    const [best] = await engine.search(`bảo hành máy giặt ${'thì sao '.repeat(5000)}`, 1, shipped)
    expect(best?.id).toBeDefined()
  })

  it('knows the articles before and after, within a document', async () => {
    const same = { doc_no: '9/2020/NĐ-CP', note: '(Điều 1 Nghị định số 9/2020/NĐ-CP Nghị định chung ngày 01/01/2020)' }
    const file = writeLines(join(root, 'láng giềng.jsonl'), [
      lawLine(0, { ...same, dieu: '1', text: 'thời hiệu khởi kiện' }),
      lawLine(1, { ...same, dieu: '2', text: 'thời hiệu khởi kiện vụ án' }),
      lawLine(2, { doc_no: '10/2020/NĐ-CP', dieu: '3', text: 'thời hiệu khởi kiện' }),
    ])
    const small = new CorpusEngine(await CorpusIndex.open(file, join(root, 'láng giềng'), embedder), embedder)
    const { ids, rows } = await small.candidates('thời hiệu khởi kiện')
    const column = (id: string, name: string) => rows[ids.indexOf(id) * FEATURES.length + FEATURES.indexOf(name)]
    expect(column('9/2020/nđ-cp#1', 'previous')).toBe(0)
    expect(column('9/2020/nđ-cp#1', 'next')).toBeCloseTo(column('9/2020/nđ-cp#2', 'wordsShare') ?? Number.NaN, 6)
    expect(column('9/2020/nđ-cp#2', 'next')).toBe(0)
    expect(column('9/2020/nđ-cp#2', 'documentCount')).toBe(2)
    expect(column('10/2020/nđ-cp#3', 'previous')).toBe(0)
  })
})

describe('the index of a corpus on disk', () => {
  const question = 'Hoàn tiền hàng lỗi thế nào?'

  it('is read again, not built again, and finds the same', async () => {
    const progress = heard()
    const again = new CorpusEngine(await CorpusIndex.open(corpus, join(root, 'index'), embedder, progress), embedder)
    expect(progress.built).toEqual([])
    expect(await again.candidates(question)).toEqual(await engine.candidates(question))
    expect(indexBytes(join(root, 'index'))).toBeGreaterThan(1000)
  })

  it.each(['words.bin', 'articles.bin', 'windows.bin', 'headings.bin', 'vectors/vectors.hnsw'])(
    'is built again when %s is damaged or gone',
    async (name) => {
      const folder = join(root, `hỏng ${name.replace('/', ' ')}`)
      await CorpusIndex.open(corpus, folder, embedder)
      for (const damage of [() => truncateSync(join(folder, name), 60), () => rmSync(join(folder, name))]) {
        damage()
        const progress = heard()
        const built = new CorpusEngine(await CorpusIndex.open(corpus, folder, embedder, progress), embedder)
        expect(progress.built).toEqual(['words', 'vectors'])
        expect(await built.candidates(question)).toEqual(await engine.candidates(question))
      }
    },
  )

  it('is built again for another corpus and for another model', async () => {
    const folder = join(root, 'khác')
    await CorpusIndex.open(corpus, folder, embedder)
    const other = heard()
    await CorpusIndex.open(writeLines(join(root, 'khác.jsonl'), LAW.slice(1)), folder, embedder, other)
    expect(other.built).toEqual(['words', 'vectors'])
    const model = heard()
    await CorpusIndex.open(join(root, 'khác.jsonl'), folder, { ...embedder, identity: { ...embedder.identity, revision: 'khác' } }, model)
    expect(model.built).toEqual(['words', 'vectors'])
  })

  it('is not made of a corpus without a single article; nothing is left behind', async () => {
    const file = join(root, 'rỗng.jsonl')
    writeFileSync(file, 'không phải JSON\n{"dieu":"1","text":"không số hiệu"}\n')
    const folder = join(root, 'rỗng')
    await expect(CorpusIndex.open(file, folder, embedder)).rejects.toThrow(EmptyCorpus)
    await expect(CorpusIndex.open(file, folder, embedder)).rejects.toThrow('1 dòng hỏng, 1 dòng không số hiệu')
    expect(() => readFileSync(join(folder, 'words.bin'))).toThrow('ENOENT')
  })
})

describe('windows of long articles', () => {
  it.each([
    [0, 1],
    [30, 1],
    [110, 1],
    [111, 2],
    [190, 2],
    [191, 3],
    [1_000_000, 40],
  ])('a body of %i syllables has %i', (length, count) => expect(windowsOf(length)).toBe(count))

  it('overlap, and begin with the heading and the beginning of the title', () => {
    const [heading, title, body] = [Uint16Array.of(7, 8), new Uint16Array(30).fill(9), Uint16Array.from({ length: 200 }, (_, i) => 100 + i)]
    const [first, second] = [windowTokens(heading, title, body, 0), windowTokens(heading, title, body, 1)]
    expect([...first.slice(0, 3)]).toEqual([7, 8, 9])
    expect(first).toHaveLength(2 + 20 + 110)
    expect(second[22]).toBe(180)
  })

  it('keep vectors to two digits: the nearest window of an article counts', () => {
    const random = new Random(9)
    const unit = () => {
      const v = Float32Array.from({ length: 32 }, () => random.gaussian())
      return v.map((x) => x / Math.hypot(...v))
    }
    const vectors = [unit(), unit(), unit()]
    const windows = WindowVectors.empty(32, [150, 20])
    vectors.forEach((vector, row) => {
      windows.set(row, vector)
    })
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0)
    for (let n = 0; n < 20; n++) {
      const query = unit()
      const exact = vectors.map((vector) => Math.max(0, dot(query, vector)))
      expect(windows.cosine(query, 0)).toBeCloseTo(Math.max(exact[0] as number, exact[1] as number), 2)
      expect(windows.cosine(query, 1)).toBeCloseTo(exact[2] as number, 2)
    }
    expect([...windows.owners()]).toEqual([0, 0, 1])
  })
})

describe('the shipped model read as a table', () => {
  const most = (a: Float32Array, b: Float32Array) => a.reduce((top, x, i) => Math.max(top, Math.abs(x - (b[i] as number))), 0)

  it.each(['mua hàng qua mạng bị lừa thì sao', 'Bảo hành MÁY GIẶT 24 tháng!', 'xyzzyq', ''])(
    'makes of %j the vector that transformers.js makes',
    async (text) => {
      const runtime = await runtimeEmbedder(SHIPPED_MODEL, embedder.identity)
      const [read] = await embedder.embedPassages([text])
      const [run] = await runtime.embedPassages([text])
      expect(read).toHaveLength(embedder.identity.dimension)
      expect(most(read as Float32Array, run as Float32Array)).toBeLessThan(1e-6)
      expect(most(await embedder.embedQuery(text), await runtime.embedQuery(text))).toBeLessThan(1e-6)
    },
  )
})

describe('the best of many', () => {
  it('are those that sorting finds, in its order', () => {
    const random = new Random(4)
    for (const limit of [1, 5, 100]) {
      const scores = Float32Array.from({ length: 60 }, () => random.integer(0, 20))
      const sorted = [...scores].map((score, doc) => ({ doc, score })).sort((a, b) => b.score - a.score)
      expect(topOf(scores, limit)).toEqual(sorted.filter(({ score }) => score > 0).slice(0, limit))
    }
  })
})
