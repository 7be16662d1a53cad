import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Embeddings } from '@langchain/core/embeddings'
import { BaseRetriever } from '@langchain/core/retrievers'
import { RunnableLambda } from '@langchain/core/runnables'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AnTamEmbeddings } from '../../adapters/langchain/embeddings.ts'
import { AnTamRetriever } from '../../adapters/langchain/retriever.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { loadEmbedder } from '../../retrieval/embedder.ts'
import type { Engine } from '../../retrieval/engine.ts'
import { openEngine } from '../../retrieval/open.ts'
import { cosine, length } from '../retrieval/linear.ts'
import { smallLibrary } from '../retrieval/small-library.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const QUESTION = 'mua qua mạng trả lại được không'
const library = smallLibrary()

let root: string
let engine: Engine
let embeddings: AnTamEmbeddings
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'antam-langchain-'))
  engine = await openEngine(library, { dataFolder: join(root, 'small') })
  embeddings = new AnTamEmbeddings(await loadEmbedder())
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const on = (asOf: string, k?: number) => new AnTamRetriever({ engine, library, asOf, ...(k === undefined ? {} : { k }) })
const ids = async (retriever: BaseRetriever) => (await retriever.invoke(QUESTION)).map((d) => d.id)

describe('AnTamEmbeddings', () => {
  it('is LangChain’s Embeddings: plain arrays of unit length, one a text, in order', async () => {
    const made: Embeddings = embeddings
    expect(made).toBeInstanceOf(Embeddings)
    const texts = ['Trả lại hàng', 'Bảo hành', '']
    const vectors = await made.embedDocuments(texts)
    expect(vectors.map((v) => Array.isArray(v) && v.length)).toEqual([256, 256, 256])
    expect(length(vectors[0])).toBeCloseTo(1, 4)
    expect(vectors[2]?.every((x) => x === 0)).toBe(true)
    expect(cosine(vectors[1], await made.embedQuery('Bảo hành'))).toBeGreaterThan(0.9999)
    expect(await made.embedDocuments([])).toEqual([])
  })
})

describe('AnTamRetriever', () => {
  it('is LangChain’s BaseRetriever: provisions as documents, with citation and validity', async () => {
    const retriever = on('2025-01-01')
    expect(retriever).toBeInstanceOf(BaseRetriever)
    const [first] = await retriever.invoke(QUESTION)
    expect(first?.id).toBe('2/2023/QH15#1.1')
    expect(first?.pageContent).toBe('Người mua được trả lại hàng trong ba mươi ngày.')
    expect(first?.metadata).toMatchObject({
      document: '2/2023/QH15',
      article: '1',
      clause: '1',
      label: 'khoản 1 Điều 1 Luật mới (2/2023/QH15)',
      inForceFrom: '2024-07-01',
      inForceTo: null,
    })
    expect(first?.metadata['score']).toBeCloseTo(1, 6)
  })

  it.each([
    ['2011-06-30', []],
    ['2011-07-01', ['1/2010/QH12']],
    ['2024-06-30', ['1/2010/QH12']],
    ['2024-07-01', ['2/2023/QH15']],
    ['2026-11-23', ['2/2023/QH15']],
  ])('on %s finds only the law in force: %j', async (asOf, documents) => {
    const found = await on(asOf).invoke(QUESTION)
    expect([...new Set(found.map((d) => d.metadata['document']))]).toEqual(documents)
  })

  it('returns provisions only, no more than k, 5 unless told', async () => {
    expect(await ids(on('2025-01-01', 1))).toEqual(['2/2023/QH15#1.1'])
    const all = await ids(on('2025-01-01'))
    expect(all.length).toBeLessThanOrEqual(5)
    expect(all.every((id) => id !== undefined && library.provisions.has(id))).toBe(true)
  })

  it.each(['', 'xyzzyq wvutsr'])('finds nothing for %j', async (query) => expect(await on('2025-01-01').invoke(query)).toEqual([]))

  it('runs in a chain, in a batch, and tells its callbacks', async () => {
    const ended: number[] = []
    const callbacks = [{ handleRetrieverEnd: (documents: readonly unknown[]) => void ended.push(documents.length) }]
    const chain = on('2025-01-01', 1).pipe(RunnableLambda.from((documents: { id?: string | undefined }[]) => documents.map((d) => d.id).join()))
    expect(await chain.invoke(QUESTION, { callbacks })).toBe('2/2023/QH15#1.1')
    expect(await chain.batch([QUESTION, 'máy sửa hoài không khỏi'])).toEqual(['2/2023/QH15#1.1', '2/2023/QH15#2.1'])
    expect(ended).toEqual([1])
  })
})

describe('the example of the README', () => {
  const text = readFileSync(join(ROOT, 'retrieval/README.md'), 'utf8')
  const block = text.match(/^## Use from a LangChain program\n[\s\S]*?^```ts\n([\s\S]*?)^```$/m)?.[1] ?? ''

  it('is short', () => {
    const lines = block.split('\n').filter((line) => line !== '' && !line.startsWith('import '))
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.length).toBeLessThanOrEqual(10)
  })

  it('runs as it stands and finds law in force', async () => {
    const dataFolder = join(root, 'readme')
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs')
    const { stdout } = await promisify(execFile)(process.execPath, [tsx, '--input-type=module', '--eval', block], {
      cwd: ROOT,
      env: { ...process.env, ANTAM_DATA: dataFolder },
    })
    const lines = stdout.trim().split('\n')
    const names = [...loadLibrary().documents.values()].map((d) => `${d.name} (${d.number})`)
    expect(lines).toHaveLength(4)
    for (const line of lines.slice(0, 3)) {
      expect(line).toMatch(/Điều \d+/)
      expect(
        names.some((name) => line.endsWith(name)),
        line,
      ).toBe(true)
    }
    expect(lines[3]).toBe('256')
    expect(readdirSync(join(dataFolder, 'index', 'library')).sort()).toEqual([
      'bare-words.bin',
      'faces.bin',
      'manifest.json',
      'vectors.hnsw',
      'words.bin',
    ])
  })
})
