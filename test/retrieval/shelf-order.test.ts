import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../retrieval/engine.ts'
import { entriesOf } from '../../retrieval/entries.ts'
import { LexicalIndex } from '../../retrieval/lexical/bm25f.ts'
import { openEngine } from '../../retrieval/open.ts'
import { SHELF_FEATURES, type ShelfCandidate, ShelfFeatures } from '../../retrieval/rerank/shelf-features.ts'
import { orderFile, shelfOrder } from '../../retrieval/rerank/shelf-order.ts'
import { LEXICAL } from '../../retrieval/settings.ts'
import { smallLibrary } from './small-library.ts'

const library = smallLibrary()
const entries = entriesOf(library)
const features = new ShelfFeatures(LexicalIndex.build(entries, LEXICAL), entries)
const number = (id: string) => entries.findIndex((entry) => entry.id === id)
const candidate = (id: string, fused: number): ShelfCandidate => ({ entry: number(id), words: fused * 10, lexical: fused / 2, cosine: fused, fused })
const CLAUSE = '2/2023/QH15#1.1'
const GUIDE = 'mua-hang-qua-mang'
const FIELD = 'dat-dai'

/** The rows of three candidates, by the names of their columns. */
function rows(question: string, asker = {}): Record<string, Record<string, number>> {
  const ids = [CLAUSE, GUIDE, FIELD]
  const read = features.read(question, [candidate(CLAUSE, 1), candidate(GUIDE, 0.8), candidate(FIELD, 0.4)], asker)
  const width = SHELF_FEATURES.length
  return Object.fromEntries(ids.map((id, i) => [id, Object.fromEntries(SHELF_FEATURES.map((name, c) => [name, read[i * width + c] ?? Number.NaN]))]))
}

describe('what the order sees of a candidate', () => {
  it('is a number in every column, also for a question that shares nothing', () => {
    for (const row of Object.values(rows('xyz'))) expect(Object.values(row).every(Number.isFinite)).toBe(true)
  })

  it('scores as shares of the best, and ranks', () => {
    const { [CLAUSE]: clause, [GUIDE]: guide } = rows('mua qua mạng')
    expect(clause).toMatchObject({ wordsShare: 1, cosineShare: 1, fused: 1 })
    expect(guide?.['wordsShare']).toBeCloseTo(0.8, 5)
    expect(guide?.['fusedRank']).toBeLessThan(clause?.['fusedRank'] ?? 0)
  })

  it('the everyday question that lies nearest, each read on its own', () => {
    const nearest = rows('hàng giao không giống quảng cáo thì sao')[CLAUSE]
    expect(nearest).toMatchObject({ questionSyllables: 1, questionCovered: 1, questionRun: 1 })
    // The words of two questions together are none of either.
    const mixed = rows('mua qua mạng giao không giống quảng cáo')[CLAUSE]
    expect(mixed?.['questionSyllables']).toBeLessThan(1)
  })

  it('whether it speaks to who asks; a matter outside speaks to nobody', () => {
    expect(rows('mua', { audience: 'consumer' })[CLAUSE]?.['audienceFits']).toBe(1)
    expect(rows('mua', { audience: 'seller' })[CLAUSE]?.['audienceFits']).toBe(-1)
    expect(rows('mua')[CLAUSE]?.['audienceFits']).toBe(0)
    expect(rows('mua', { audience: 'seller' })[FIELD]?.['audienceFits']).toBe(0)
  })

  it('how long it had held on the day that decides', () => {
    expect(rows('mua', { day: '2024-07-01' })[CLAUSE]?.['young']).toBe(0)
    expect(rows('mua', { day: '2026-01-01' })[CLAUSE]?.['young']).toBeCloseTo(0.5, 1)
    expect(rows('mua', { day: '2040-01-01' })[CLAUSE]?.['young']).toBe(1)
  })

  it('what rests on the same clause among the candidates', () => {
    const { [CLAUSE]: clause, [GUIDE]: guide, [FIELD]: field } = rows('mua')
    expect(clause).toMatchObject({ linkedCount: 1, articleCount: 1 })
    expect(clause?.['linkedBest']).toBeCloseTo(0.8, 5)
    expect(guide).toMatchObject({ linkedCount: 1, linkedBest: 1, articleCount: 0 })
    expect(field).toMatchObject({ linkedCount: 0, linkedBest: 0 })
  })
})

describe('the order of the shelf', () => {
  let folder: string
  let plain: Engine
  /** The best by evidence last. */
  let reversed: Engine
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'antam-order-test-'))
    plain = await openEngine(library, { dataFolder: folder, order: 'plain' })
    reversed = await openEngine(library, { dataFolder: folder, order: SHELF_FEATURES.map((name) => (name === 'fused' ? -1 : 0)) })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('sorts the shelf by its weights and leaves the evidence as it is', async () => {
    const found = await plain.search('mua qua mạng trả lại được không')
    const turned = await reversed.search('mua qua mạng trả lại được không')
    expect(turned.map(({ id }) => id)).toEqual(found.map(({ id }) => id).reverse())
    for (const { id, score, lexical, cosine } of turned) expect(found.find((f) => f.id === id)).toMatchObject({ score, lexical, cosine })
    expect(found.every(({ order }) => order === undefined)).toBe(true)
    expect(turned.every(({ order }) => order !== undefined)).toBe(true)
  })

  it('tells for fitting the very rows that it weighs', async () => {
    const { candidates, rows: read } = await reversed.judged('mua qua mạng trả lại được không')
    const fused = SHELF_FEATURES.indexOf('fused')
    expect(read).toHaveLength(candidates.length * SHELF_FEATURES.length)
    candidates.forEach(({ score }, i) => {
      expect(read[i * SHELF_FEATURES.length + fused]).toBeCloseTo(score, 5)
    })
  })

  it('is read from its file as it was written, and refused when its features are others', () => {
    const weights = SHELF_FEATURES.map((_, c) => c / 7)
    const file = join(folder, 'order.json')
    writeFileSync(file, orderFile(weights, 3))
    shelfOrder(file).forEach((weight, c) => {
      expect(weight).toBeCloseTo(weights[c] as number, 4)
    })
    writeFileSync(file, orderFile(weights, 3).replace('"fused"', '"melted"'))
    expect(() => shelfOrder(file)).toThrow(/npm run fit:order/)
  })

  it('that ships fits the code', () => expect(shelfOrder()).toHaveLength(SHELF_FEATURES.length))
})
