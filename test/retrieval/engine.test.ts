import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confidence } from '../../retrieval/confidence.ts'
import type { Embedder } from '../../retrieval/embedder.ts'
import { Engine } from '../../retrieval/engine.ts'
import { type Entry, entriesOf } from '../../retrieval/entries.ts'
import { openEngine } from '../../retrieval/open.ts'
import { VectorIndex } from '../../retrieval/vector-index.ts'
import { smallLibrary } from './small-library.ts'
import { hubIdentity } from './tiny-model.ts'

let root: string
let engine: Engine
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'antam-engine-'))
  engine = await openEngine(smallLibrary(), { dataFolder: root })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const entry = (id: string, body: string): Entry => ({ id, kind: 'distractor', title: id, fields: { body }, faces: [] })

describe('entries of a library', () => {
  it('are provisions, guides and outside fields in a fixed order, each with its heading and questions as faces', () => {
    const entries = entriesOf(smallLibrary())
    expect(entries.map((e) => e.kind)).toEqual(['provision', 'provision', 'provision', 'provision', 'guide', 'field'])
    const second = entries[1]
    expect(second?.fields).toMatchObject({ document: 'Luật mới', body: 'Người mua được trả lại hàng trong ba mươi ngày.' })
    expect(second?.faces).toContain('Hàng giao không giống quảng cáo thì sao?')
    expect(entriesOf(smallLibrary())).toEqual(entries)
  })
})

describe('search', () => {
  it('puts first what answers, with evidence in 0…1 and an order that falls', async () => {
    const found = await engine.search('sửa ba lần rồi máy vẫn hỏng, bảo hành thế nào')
    expect(found[0]?.id).toBe('2/2023/QH15#2.1')
    found.forEach((f, i) => {
      for (const share of [f.score, f.lexical, f.cosine]) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1 + 1e-6)
      }
      if (i > 0) expect(f.order).toBeLessThanOrEqual(found[i - 1]?.order ?? Number.NaN)
    })
  })

  it('finds by words whose marks came back wrong: the index without marks does not care', async () => {
    const [right] = await engine.search('sửa ba lần máy vẫn hỏng bảo hành')
    const [wrong] = await engine.search('sưa bà lan mày van hong bao hanh')
    expect(wrong?.id).toBe(right?.id)
    expect(wrong?.lexical).toBeGreaterThan((right?.lexical ?? 0) * 0.4)
  })

  it('gives the same list each time', async () => {
    expect(await engine.search('mua qua mạng trả lại')).toEqual(await engine.search('mua qua mạng trả lại'))
  })

  it('ranks only what is allowed, as if the rest were not there', async () => {
    const all = await engine.search('mua qua mạng trả lại')
    expect(all.some((f) => f.id.startsWith('1/2010'))).toBe(true)
    const some = await engine.search('mua qua mạng trả lại', 20, (id, kind) => kind === 'provision' && !id.startsWith('1/2010'))
    expect(some.length).toBeGreaterThan(0)
    expect(some.every((f) => f.kind === 'provision' && !f.id.startsWith('1/2010'))).toBe(true)
    expect(some[0]?.score).toBeCloseTo(1, 6)
    expect(await engine.search('mua qua mạng', 20, () => false)).toEqual([])
  })

  it('gives no more than asked for', async () => expect(await engine.search('mua hàng', 2)).toHaveLength(2))

  it.each(['', '🙂', 'xyzzyq wvutsr'])('finds nothing for %j, and is not confident of it', async (query) => {
    const found = await engine.search(query)
    expect(found).toEqual([])
    expect(confidence(found)).toBe(0)
  })

  it('works over an empty library', async () => {
    const none = { ...smallLibrary(), provisions: new Map(), guides: new Map(), fields: new Map() }
    const empty = await openEngine(none, { dataFolder: join(root, 'empty') })
    expect(await empty.search('mua hàng')).toEqual([])
  })

  it('finds one of 150,000 that all share a word', async () => {
    const zeros = new Float32Array(4)
    const blind: Embedder = { identity: hubIdentity({ dimension: 4 }), embedQuery: async () => zeros, embedPassages: async () => [] }
    const many = Array.from({ length: 150_000 }, (_, i) => entry(`x${i}`, i === 77_777 ? 'điều bảo hành' : 'điều'))
    const found = await new Engine({ entries: many, vectors: VectorIndex.build([], 4) }, blind).search('điều bảo hành', 1)
    expect(found[0]?.id).toBe('x77777')
  })

  it('finds other law that stands beside, and not a figure of our own entries moves for it', async () => {
    const texts = ['vùng biển và thềm lục địa', 'bảo hành nhà ở ba lần sửa máy', 'trả lại đất mua qua mạng']
    const extra = texts.map((text, i): Entry => ({ ...entry(`x${i}`, text), faces: [text] }))
    const crowded = await openEngine(smallLibrary(), { dataFolder: join(root, 'crowded'), extra })
    for (const query of ['sửa ba lần rồi máy vẫn hỏng', 'mua qua mạng trả lại đất', 'thềm lục địa']) {
      const found = await crowded.search(query)
      expect(found.filter((f) => f.kind !== 'distractor')).toEqual(await engine.search(query))
      expect(found.some((f) => f.kind === 'distractor')).toBe(true)
    }
  })
})

describe('nearness of a short text to a question', () => {
  it('grows with what they share and is 0 when that is nothing', () => {
    const question = 'mua qua mạng trả lại được không'
    expect(engine.nearness(question, 'trả lại hàng mua qua mạng')).toBeGreaterThan(engine.nearness(question, 'trả lại đất'))
    expect(engine.nearness(question, 'xyzzy')).toBe(0)
    expect(engine.nearness(question, '')).toBe(0)
  })
})
