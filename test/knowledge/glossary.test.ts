import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkGlossary, everydayWordsFor, type Glossary, loadGlossary } from '../../knowledge/glossary.ts'
import { withPublished } from '../../knowledge/overlay.ts'
import { entriesOf } from '../../retrieval/entries.ts'
import { smallLibrary } from '../retrieval/small-library.ts'

const glossary = loadGlossary()
const DOCS = fileURLToPath(new URL('../../../shared/law/docs', import.meta.url))

const small: Glossary = {
  words: [
    { legal: ['giao dịch từ xa'], everyday: ['mua qua mạng', 'đặt online'] },
    { legal: ['đặt cọc'], everyday: ['bỏ cọc'] },
  ],
  names: [{ name: 'Shopee', kind: 'sàn thương mại điện tử', everyday: ['sốp pi'] }],
}

describe('the glossary', () => {
  it('has no fault: no form stands under two entries', () => {
    expect(checkGlossary(glossary)).toEqual([])
    expect(glossary.words.length).toBeGreaterThan(300)
    expect(glossary.names.length).toBeGreaterThan(100)
  })

  it('names a form that stands twice, however its tone is placed', () => {
    const twice = { ...small, names: [{ ...small.names[0], name: 'Hòa', kind: 'khác' as const, everyday: ['Đặt Online'] }] }
    expect(checkGlossary(twice)).toEqual(['glossary.yaml: "Đặt Online" đứng ở cả "giao dịch từ xa" và "Hòa"'])
  })

  it.skipIf(!existsSync(DOCS))('has no legal term that no law at hand uses (skipped where the texts are not beside the project)', () => {
    const flat = (text: string) => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ')
    const law = readdirSync(DOCS)
      .map((file) => flat(readFileSync(`${DOCS}/${file}`, 'utf8')))
      .join('\n')
    expect(glossary.words.flatMap(({ legal }) => legal).filter((term) => !law.includes(flat(term)))).toEqual([])
  })

  it('gives the everyday words for the terms of a text: whole words, each entry once', () => {
    expect(everydayWordsFor('Trong giao dịch từ xa, bên giao dịch từ xa phải đặt cọc.', small)).toEqual(['mua qua mạng', 'đặt online', 'bỏ cọc'])
    expect(everydayWordsFor('Giao dịch từ xã', small)).toEqual([])
  })

  it('makes a text that nobody has restated findable by everyday words, and changes no entry of ours', () => {
    const library = smallLibrary()
    const article = { number: '1', heading: 'Thông tin', place: [], text: 'Bên bán trong giao dịch từ xa báo giá.', points: [], clauses: [] }
    const law = {
      header: { number: '901/2026/NĐ-CP', kind: 'nghị định', title: 'Nghị định', inForceFrom: '2026-05-01' },
      ...{ articles: [article], sections: [], appendices: [], oddities: [], others: [] },
    }
    const entries = entriesOf(withPublished(library, [{ law, sha256: '0'.repeat(64) }], new Map(), small))
    expect(entries.find(({ id }) => id === '901/2026/NĐ-CP#1')?.fields['questions']).toBe('mua qua mạng, đặt online')
    expect(entries.filter(({ id }) => !id.startsWith('901/'))).toEqual(entriesOf(library))
  })
})
