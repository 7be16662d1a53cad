import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { digestOfFile, openSealed, readSealed, writeSealed } from '../../knowledge/sealed-file.ts'
import { LexicalIndex, type LexicalSettings } from '../../retrieval/lexical/bm25f.ts'
import { readLexical, writeLexical } from '../../retrieval/lexical/file.ts'

const SETTINGS: LexicalSettings = {
  k1: 0.7,
  pairWeight: 0.6,
  fields: [
    { name: 'heading', weight: 5, b: 0.6 },
    { name: 'body', weight: 1, b: 0.7 },
  ],
}
const root = mkdtempSync(join(tmpdir(), 'antam-lexical-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const file = join(root, 'sâu', 'words.bin')

const word = fc.constantFrom('mua', 'bán', 'trả', 'hàng', 'đổi', 'tiền', '7', 'ngày', 'hòa', 'giải')
const sentence = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))
const documents = fc.array(fc.record({ heading: sentence, body: sentence }), { maxLength: 8 })
const indexOf = (texts: readonly Record<string, string>[]) =>
  LexicalIndex.build(
    texts.map((fields, i) => ({ id: `d${i}`, fields })),
    SETTINGS,
    Math.ceil(texts.length / 2),
  )
const SOME = [
  { heading: 'trả hàng', body: 'trong 7 ngày' },
  { heading: 'bảo hành', body: 'sửa miễn phí' },
]

describe('a lexical index in a file', () => {
  it('searches as the one that was written', () =>
    fc.assert(
      fc.asyncProperty(documents, fc.array(sentence, { maxLength: 4 }), async (texts, queries) => {
        const index = indexOf(texts)
        writeLexical(file, index.parts, 'nội dung')
        const parts = await readLexical(file, 'nội dung')
        if (typeof parts === 'string') throw new Error(parts)
        const read = new LexicalIndex(parts)
        for (const query of queries) expect(read.search(query)).toEqual(index.search(query))
        expect(read.parts.forward.size).toBe(texts.length)
        for (let doc = 0; doc < texts.length; doc++)
          for (const field of [0, 1]) expect([...read.parts.forward.field(doc, field)]).toEqual([...index.parts.forward.field(doc, field)])
      }),
      { seed: 20261126, numRuns: 60 },
    ))

  it('leaves nothing beside it', () => {
    writeLexical(file, indexOf(SOME).parts, 'a')
    expect(readdirSync(join(root, 'sâu'))).toEqual(['words.bin'])
  })

  it('is not taken for that of other content', async () => {
    writeLexical(file, indexOf(SOME).parts, 'a')
    expect(await readLexical(file, 'b')).toBe('other')
  })

  it('is missing where there is none', async () => expect(await readLexical(join(root, 'không có'), 'a')).toBe('missing'))

  it('is damaged when a single bit anywhere is another, or its end is gone', async () => {
    writeLexical(file, indexOf(SOME).parts, 'a')
    const whole = readFileSync(file)
    for (const at of [0, 7, 12, 45, 60, whole.length >> 1, whole.length - 1]) {
      const broken = Buffer.from(whole)
      broken[at] = (broken[at] as number) ^ 4
      writeFileSync(file, broken)
      expect(await readLexical(file, 'a'), `byte ${at}`).toBe('damaged')
    }
    for (const length of [whole.length - 1, 39, 3, 0]) {
      writeFileSync(file, whole)
      truncateSync(file, length)
      expect(await readLexical(file, 'a'), `${length} bytes`).toBe('damaged')
    }
  })
})

describe('a sealed file', () => {
  it('gives back its parts joined', () => {
    writeSealed(file, [Buffer.from('một '), new Uint8Array(0), Buffer.from('hai')])
    expect(readSealed(file).toString()).toBe('một hai')
  })

  it('is read the same in one go and piece by piece, whole or not', async () => {
    const large = Buffer.alloc(9_000_001, 'an tâm ')
    writeSealed(file, [large])
    expect([await openSealed(file), readSealed(file)].every((read) => typeof read !== 'string' && read.equals(large))).toBe(true)
    expect(await digestOfFile(file)).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'))
    for (const at of [0, 20, 5_000_000]) {
      const bytes = readFileSync(file)
      bytes[at] = (bytes[at] as number) ^ 1
      writeFileSync(file, bytes)
      expect([await openSealed(file), readSealed(file)], `byte ${at}`).toEqual(['damaged', 'damaged'])
      bytes[at] = (bytes[at] as number) ^ 1
      writeFileSync(file, bytes)
    }
    truncateSync(file, 20)
    expect([await openSealed(file), readSealed(file)]).toEqual(['damaged', 'damaged'])
    rmSync(file)
    expect(await openSealed(file)).toBe('missing')
  })
})
