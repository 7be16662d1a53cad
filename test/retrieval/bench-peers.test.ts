import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCorpus } from '../../knowledge/corpus.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import { openFts5 } from '../../retrieval/evaluate/peers/fts5.ts'
import { jsonBytes } from '../../retrieval/evaluate/peers/json-bytes.ts'
import { memoryVectors } from '../../retrieval/evaluate/peers/memory-vectors.ts'
import { openMiniSearch } from '../../retrieval/evaluate/peers/minisearch.ts'
import { openOrama } from '../../retrieval/evaluate/peers/orama.ts'
import { grouped, type OpenedPeer, type OpenPeer } from '../../retrieval/evaluate/peers/peer.ts'
import { askOf, LAW, lawLine, writeLines } from './bench-corpus.ts'

const FOLDER = mkdtempSync(join(tmpdir(), 'antam-peers-'))
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

const WORDS = [...new Set(LAW.flatMap((line) => syllables(Object.values(line).join(' '))))]

/** A vector that counts words: near are texts that share some. */
function counts(text: string): number[] {
  const tokens = syllables(text)
  return WORDS.map((word) => tokens.filter((token) => token === word).length)
}
const counting = { embedDocuments: async (texts: string[]) => texts.map(counts), embedQuery: async (text: string) => counts(text) }

const PEERS: readonly (readonly [string, OpenPeer, onDisk: boolean])[] = [
  ['minisearch', openMiniSearch, true],
  ['orama', openOrama, true],
  ['fts5', openFts5, true],
  ['memoryvectors', memoryVectors(counting), false],
]

describe.each(PEERS)('%s', (_name, open, onDisk) => {
  let peer: OpenedPeer
  const steps: number[] = []
  beforeAll(async () => {
    const strange = lawLine(50, { title: '', text: '§ ¶ …', note: null, demuc_name: null })
    const corpus = writeLines(join(FOLDER, 'corpus.jsonl'), [...LAW.slice(0, 2), strange, ...LAW.slice(2)])
    peer = await open({ articles: readCorpus(corpus), folder: mkdtempSync(join(FOLDER, 'peer-')), step: (done) => steps.push(done) })
  })
  afterAll(() => peer.close())

  it('finds the article that a question is about', async () => {
    for (let i = 0; i < 6; i++) {
      const { id, question } = askOf(i) as { id: string; question: string }
      const [first] = await peer.engine.search({ id, question }, 5)
      expect(first?.id).toBe(`${i + 1}/2020/nđ-cp#${i + 2}`)
      expect(first?.score).toBeGreaterThan(0)
    }
  })

  it('gives the best first and no more than was asked for', async () => {
    const found = await peer.engine.search({ id: 'q', question: 'thời giờ làm việc của cơ quan' }, 3)
    expect(found).toHaveLength(3)
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a))
  })

  it.each(['', '?! "AND" OR NOT (*', 'heading: NEAR(', `${'từ '.repeat(10_000)}`])('answers %#', async (question) => {
    expect(Array.isArray(await peer.engine.search({ id: 'q', question }, 3))).toBe(true)
  })

  it('tells how far it is and how large', () => {
    expect(steps.at(-1)).toBe(LAW.length + 1)
    const bytes = peer.indexBytes()
    if (onDisk) expect(bytes).toBeGreaterThan(500)
    else expect(bytes).toBeUndefined()
  })
})

describe('fts5', () => {
  it('reads words without their diacritics', async () => {
    const corpus = writeLines(join(FOLDER, 'corpus.jsonl'), LAW)
    const peer = await openFts5({ articles: readCorpus(corpus), folder: mkdtempSync(join(FOLDER, 'peer-')), step: () => {} })
    const [first] = await peer.engine.search({ id: 'q', question: 'hoc phi dai hoc' }, 1)
    expect(first?.id).toBe('10/2020/nđ-cp#11')
    peer.close()
  })
})

describe('grouped', () => {
  it('hands on everything once, in groups, and tells after each', async () => {
    const corpus = writeLines(join(FOLDER, 'corpus.jsonl'), LAW)
    const [sizes, steps]: [number[], number[]] = [[], []]
    for await (const group of grouped(readCorpus(corpus), 5, (done) => steps.push(done))) sizes.push(group.length)
    expect([sizes, steps]).toEqual([
      [5, 5, 2],
      [5, 10, 12],
    ])
  })
})

describe('jsonBytes', () => {
  it('counts what JSON.stringify would write', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(jsonBytes(value)).toBe(Buffer.byteLength(JSON.stringify(value) ?? ''))
      }),
    )
  })

  it('asks a value for its own form', () => {
    const value = { at: new Date(0), list: [undefined, () => 1, 'ầ'], none: undefined }
    expect(jsonBytes(value)).toBe(Buffer.byteLength(JSON.stringify(value)))
  })
})
