import { describe, expect, it } from 'vitest'
import { parsePointer } from '../../knowledge/citation.ts'
import { cite } from '../../knowledge/cite.ts'
import type { ArticleText, LawText } from '../../knowledge/ingest/law-text.ts'
import type { Library } from '../../knowledge/library.ts'
import { driftedFrom, sourceDigestsOf, withPublished, wordsDigest } from '../../knowledge/overlay.ts'
import { entriesOf } from '../../retrieval/entries.ts'
import { smallLibrary } from '../retrieval/small-library.ts'

const library = smallLibrary()
const OWN = [...library.provisions.values()][0] as NonNullable<ReturnType<Library['provisions']['get']>>

const article = (number: string, clauses: readonly [number: string, text: string][], text = ''): ArticleText => ({
  ...{ number, heading: `Việc thứ ${number}`, place: [], text, points: [] },
  clauses: clauses.map(([clause, words]) => ({ number: clause, text: words, points: [{ letter: 'a', text: 'một điểm' }], page: 4 })),
})
const law = (number: string, articles: readonly ArticleText[], more: Partial<LawText['header']> = {}): LawText => ({
  header: { number, kind: 'nghị định', title: 'Nghị định về sổ góp ý', issuer: 'Chính phủ', inForceFrom: '2026-05-01', ...more },
  ...{ articles, sections: [], appendices: [], oddities: [], others: [] },
})
const published = (text: LawText) => [{ law: text, sha256: 'f'.repeat(64) }]
const NEW = law('901/2026/NĐ-CP', [
  article('1', [], 'Phạm vi của sổ góp ý.'),
  article('2', [
    ['1', 'Người bán phải trả lời trong 10 ngày.'],
    ['2', 'Khách có quyền xem sổ.'],
  ]),
])

describe('a document that only the association has taken in', () => {
  const laid = withPublished(library, published(NEW))

  it('is found, cited and in force like any other, in its own words and said to be so', () => {
    const citation = cite(laid, parsePointer('901/2026/NĐ-CP#2.1.a'))
    expect(citation).toMatchObject({
      label: 'điểm a khoản 1 Điều 2 Nghị định về sổ góp ý (901/2026/NĐ-CP)',
      verbatim: '1. Người bán phải trả lời trong 10 ngày.\na) một điểm',
      verbatimOnly: true,
      inForceFrom: '2026-05-01',
      inForceTo: null,
    })
    expect(laid.documents.get('901/2026/NĐ-CP')).toMatchObject({ shelf: 'whole', articles: 2, issuer: 'Chính phủ' })
    expect(laid.articles.get('901/2026/NĐ-CP#2')?.map(({ id }) => id)).toEqual(['901/2026/NĐ-CP#2.1', '901/2026/NĐ-CP#2.2'])
  })

  it('can be searched for: a text that is long is cut, so that no part of it drowns', () => {
    const entries = entriesOf(laid).filter(({ id }) => id.startsWith('901/'))
    expect(entries.map(({ id }) => id)).toEqual(['901/2026/NĐ-CP#1', '901/2026/NĐ-CP#2.1', '901/2026/NĐ-CP#2.2'])
    const long = law('901/2026/NĐ-CP', [article('1', [], Array.from({ length: 500 }, (_, i) => `tiếng${i}`).join(' '))])
    const [entry] = entriesOf(withPublished(library, published(long))).filter(({ id }) => id.startsWith('901/'))
    expect(entry?.faces.length).toBe(1 + Math.ceil(500 / 120))
    expect(entry?.faces.some((face) => face.includes('tiếng499'))).toBe(true)
  })

  it('an excerpt is called one, and changes the digest by which the index is known', () => {
    const excerpt = withPublished(library, published(law('901/2026/NĐ-CP', [article('7', [], 'Một điều.')])))
    expect(excerpt.documents.get('901/2026/NĐ-CP')).toMatchObject({ shelf: 'excerpt', articles: 7 })
    expect(new Set([library.digest, laid.digest, excerpt.digest]).size).toBeGreaterThan(1)
  })

  it('sets no rules where its kind does not: a plan, a letter, a decision in one case', () => {
    for (const kind of ['kế hoạch', 'công văn', 'thông báo'])
      expect(withPublished(library, published(law('9/2026/KH-UBND', NEW.articles, { kind })))).toBe(library)
    expect(withPublished(library, published(law('1234/QĐ-UBND', NEW.articles, { kind: 'quyết định' })))).toBe(library)
  })
})

describe('a document that we have restated', () => {
  const { document, article: number } = OWN
  const clause = OWN.clause ?? '1'
  const same = law(document, [article(number, [[clause, 'Đúng chữ của luật.']])], { kind: 'luật' })
  const sources = sourceDigestsOf(same)
  const pointer = parsePointer(OWN.id)

  it('gains its own words beside the restatement, which stays', () => {
    const citation = cite(withPublished(library, published(same), sources), pointer)
    expect(citation?.verbatim).toContain('Đúng chữ của luật.')
    expect(citation?.restatement).toBe(cite(library, pointer)?.restatement)
    expect(citation?.restatementInDoubt).toBeUndefined()
    expect(driftedFrom({ law: same }, library, sources).filter(({ id }) => id === OWN.id)).toEqual([])
  })

  it('whose words are others now is in doubt, for the reader and on the list for review', () => {
    const changed = law(document, [article(number, [[clause, 'Chữ khác hẳn.']])], { kind: 'luật' })
    expect(cite(withPublished(library, published(changed), sources), pointer)?.restatementInDoubt).toBe(true)
    expect(driftedFrom({ law: changed }, library, sources)).toContainEqual({ id: OWN.id, why: 'other_words' })
  })

  it('that lost a place is on the list too', () => {
    const shorter = law(document, [article('999', [])], { kind: 'luật' })
    expect(driftedFrom({ law: shorter }, library, sources)).toContainEqual({ id: OWN.id, why: 'missing' })
  })

  it('articles that nobody has restated stand in their own words', () => {
    const more = withPublished(
      library,
      published(law(document, [...same.articles, article('999', [], 'Điều chưa ai diễn giải.')], { kind: 'luật' })),
      sources,
    )
    expect(cite(more, parsePointer(`${document}#999`))).toMatchObject({ verbatimOnly: true, restatement: 'Điều chưa ai diễn giải.' })
  })
})

it('layout, punctuation, composition and the place of a tone mark are not words; a number is', () => {
  expect(wordsDigest('Hoà giải,\ntrong 07 ngày.')).toBe(wordsDigest('Hòa giải trong 07 ngày'.normalize('NFD')))
  expect(wordsDigest('trong 07 ngày')).not.toBe(wordsDigest('trong 10 ngày'))
})
