import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDistractors } from '../../retrieval/evaluate/distractors.ts'
import { chooseRows, type Expectation, readFollowUps, readHalf, readShorthand } from '../../retrieval/evaluate/rows.ts'
import { formatShare, type Given, judge, share, type Verdict } from '../../retrieval/evaluate/score.ts'
import { smallLibrary } from './small-library.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'antam-evaluate-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const EXPECT: Expectation = {
  status: ['answered', 'clarify'],
  anyOf: [
    { document: '19/2023/QH15', article: '38', clause: '3' },
    { document: '19/2023/QH15', article: '30' },
  ],
  mustMention: [['30 ngày', 'ba mươi ngày'], ['hoàn tiền']],
  mustNot: ['7 ngày'],
}
const cites = (...list: readonly string[]): Given['citations'] =>
  list.map((text) => {
    const [document = '', path] = text.split('#')
    const [article, clause] = path?.split('.') ?? []
    return { document, ...(article ? { article } : {}), ...(clause ? { clause } : {}) }
  })
const GOOD: Given = { status: 'answered', text: 'Được HOÀN  TIỀN\ntrong ba mươi ngày.', citations: cites('19/2023/QH15#38.3') }
const ALL_WELL: Verdict = {
  status: true,
  answered: true,
  firstArticle: true,
  anyArticle: true,
  anyClause: true,
  mention: true,
  forbidden: false,
  sources: 1,
}

const VERDICTS: readonly (readonly [name: string, given: Partial<Given>, changed: Partial<Verdict>])[] = [
  ['a right answer', {}, {}],
  ['another status that is also right', { status: 'clarify' }, { answered: false }],
  ['a wrong status', { status: 'abstained' }, { status: false, answered: false }],
  ['an answer in another status', { status: 'refused' }, { status: false, answered: false }],
  ['no citation', { citations: [] }, { firstArticle: false, anyArticle: false, anyClause: false, sources: 0 }],
  ['a whole document only', { citations: cites('19/2023/QH15') }, { firstArticle: false, anyArticle: false, anyClause: false, sources: 0 }],
  ['the right clause second', { citations: cites('19/2023/QH15#9.1', '19/2023/QH15#38.3') }, { firstArticle: false, sources: 2 }],
  ['the right article, another clause', { citations: cites('19/2023/QH15#38.1') }, { anyClause: false }],
  ['the right article, no clause named', { citations: cites('19/2023/QH15#38') }, {}],
  ['an article wanted without a clause', { citations: cites('19/2023/QH15#30.2') }, {}],
  ['the same article of another law', { citations: cites('122/2025/QH15#38.3') }, { firstArticle: false, anyArticle: false, anyClause: false }],
  ['two clauses of one article', { citations: cites('19/2023/QH15#38.3', '19/2023/QH15#38.1') }, { sources: 1 }],
  ['one group of words missing', { text: 'trong 30 ngày' }, { mention: false }],
  ['letters decomposed', { text: 'hoàn tiền trong 30 ngày'.normalize('NFD') }, {}],
  ['a forbidden phrase', { text: `${GOOD.text} Hoặc 7 NGÀY.` }, { forbidden: true }],
]

describe('judge', () => {
  it.each(VERDICTS)('%s', (_name, given, changed) => expect(judge({ ...GOOD, ...given }, EXPECT)).toEqual({ ...ALL_WELL, ...changed }))

  it('asks for no word and forbids none when none is named', () => {
    const { mention, forbidden } = judge({ ...GOOD, text: '' }, { ...EXPECT, mustMention: [], mustNot: [] })
    expect({ mention, forbidden }).toEqual({ mention: true, forbidden: false })
  })
})

describe('share', () => {
  it('holds its value in its interval, within 0…1, the same for the same hits', () =>
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 80 }), (hits) => {
        const s = share(hits)
        expect(s.n).toBe(hits.length)
        expect(s.value).toBe(hits.filter(Boolean).length / hits.length)
        expect(0 <= s.low && s.low <= s.value && s.value <= s.high && s.high <= 1).toBe(true)
        expect(share(hits)).toEqual(s)
      }),
      { seed: 7 },
    ))

  it('is narrower of more', () => {
    const of = (n: number) => share(Array.from({ length: n }, (_, i) => i % 4 !== 0))
    const width = (n: number) => of(n).high - of(n).low
    expect(width(400)).toBeLessThan(width(40) / 2)
    // 1.96·√(p(1−p)/n), the textbook interval of a large sample.
    expect(Math.abs(width(400) - 2 * 1.96 * Math.sqrt((0.75 * 0.25) / 400))).toBeLessThan(0.01)
  })

  it('of nothing is no number', () => {
    expect(share([])).toEqual({ value: Number.NaN, low: Number.NaN, high: Number.NaN, n: 0 })
  })

  it('is written with its interval', () => expect(formatShare({ value: 0.9116, low: 0.86, high: 0.951, n: 95 })).toBe('0.912 [0.86–0.95] n=95'))
})

const ROW = { id: 'r1', slice: 'consumer', question: 'Hỏi?', expect: { status: ['answered'] } }

/** Writes a half of a set made of `lines` and reads it. */
function half(...lines: readonly (string | object)[]) {
  writeFileSync(join(root, 'dev.jsonl'), lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return readHalf(root, 'dev')
}

describe('rows of the evaluation set', () => {
  it('are read, what is not said filled in', () => {
    expect(half(ROW, '', { ...ROW, id: 'r2', asOf: '2025-01-01', audience: 'seller' }, '')).toEqual([
      { ...ROW, expect: { status: ['answered'], anyOf: [], mustMention: [], mustNot: [] } },
      { ...ROW, id: 'r2', asOf: '2025-01-01', audience: 'seller', expect: { status: ['answered'], anyOf: [], mustMention: [], mustNot: [] } },
    ])
  })

  it.each<readonly [string, string | object]>([
    ['not JSON', '{"id": '],
    ['not an object', '[]'],
    ['without a question', { ...ROW, question: undefined }],
    ['in an unknown slice', { ...ROW, slice: 'other' }],
    ['for an unknown audience', { ...ROW, audience: 'judge' }],
    ['that expects no status', { ...ROW, expect: { status: [] } }],
    ['with an empty group of words', { ...ROW, expect: { status: ['answered'], mustMention: [[]] } }],
    ['with a pointer without an article', { ...ROW, expect: { status: ['answered'], anyOf: [{ document: '19/2023/QH15' }] } }],
  ])('a row %s is refused with file and line, blank lines counted', (_name, bad) => {
    expect(() => half(ROW, '', bad)).toThrow(/dev\.jsonl:3: ./)
  })

  it('are chosen by how their id begins and by the parity of its number', () => {
    const rows = ['dev-1', 'dev3-v-002', 'dev3-v-003', 'dev3-x'].map((id) => ({ id }))
    const chosen = (only?: string, parity?: 'even' | 'odd') => chooseRows(rows, { only, parity }).map((r) => r.id)
    expect(chosen()).toEqual(rows.map((r) => r.id))
    expect(chosen('dev3-')).toEqual(['dev3-v-002', 'dev3-v-003', 'dev3-x'])
    expect(chosen('dev3-', 'even')).toEqual(['dev3-v-002'])
    expect(chosen(undefined, 'odd')).toEqual(['dev-1', 'dev3-v-003'])
  })

  it('dialogues need two turns', () => {
    writeFileSync(join(root, 'followups.jsonl'), JSON.stringify({ id: 'f', turns: ['một'], expectLast: ROW.expect }))
    expect(() => readFollowUps(root)).toThrow(/followups\.jsonl:1: ./)
    writeFileSync(join(root, 'followups.jsonl'), JSON.stringify({ id: 'f', turns: ['một', 'hai'], expectLast: ROW.expect }))
    expect(readFollowUps(root)).toHaveLength(1)
  })

  it('shorthand may be absent', () => {
    expect(readShorthand(root)).toEqual(new Map())
    writeFileSync(join(root, 'shorthand.jsonl'), '{"id":"r1","question":"hoi?"}\n')
    expect(readShorthand(root)).toEqual(new Map([['r1', 'hoi?']]))
  })
})

describe('distractors', () => {
  it('leave out what is on the shelf and count it', async () => {
    const line = (doc_no: string | null, dieu: string, text = 'Nội dung') => JSON.stringify({ doc_no, dieu, title: `Điều 1.2.LQ.${dieu}. Tên`, text })
    const lines = [
      line('2/2023/QH15', '2'),
      line('2/2023/qh15', '3'),
      line('2/2023/QH15', '9'),
      line('9/2020/QH14', '1'),
      line('9/2020/QH14', '1'),
      line(null, '4'),
      '{',
    ]
    const file = join(root, 'law.jsonl.gz')
    writeFileSync(file, gzipSync(lines.join('\n')))
    const { entries, report } = await readDistractors(file, smallLibrary())
    expect(report).toEqual({ read: 7, notJson: 1, withoutDocument: 1, duplicate: 1, onShelf: 2 })
    expect(entries.map((e) => e.id)).toEqual(['x:2/2023/qh15#9', 'x:9/2020/qh14#1'])
    expect(entries.every((e) => e.kind === 'distractor')).toBe(true)
  })

  it('are embedded by their heading and first 110 syllables, and indexed whole', async () => {
    const text = Array.from({ length: 300 }, (_, i) => `t${i}`).join(' ')
    const file = join(root, 'long.jsonl')
    writeFileSync(file, JSON.stringify({ doc_no: '9/2020/QH14', dieu: '1', heading: 'Tên', doc_title: 'Luật Chín', text }))
    const { entries } = await readDistractors(file, smallLibrary())
    expect(entries[0]?.faces).toEqual([`Tên. ${text.split(' ').slice(0, 110).join(' ')}`])
    expect(entries[0]?.fields).toMatchObject({ heading: 'Tên', body: text, document: 'Luật Chín ' })
  })
})
