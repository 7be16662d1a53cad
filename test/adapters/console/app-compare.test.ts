import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, type Piece, type Row } from '../../../adapters/console/app/shelf/compare.ts'
import type { GuideContent } from '../../../knowledge/edits.ts'

const BEFORE: GuideContent = {
  ...{ kind: 'consumer', title: 'Trả lại hàng', audience: ['consumer'], topics: ['doi-tra-hoan-tien'], signs: [], firstAid: [], conditions: [] },
  answer: [
    { text: 'Bạn được trả lại hàng trong 7 ngày.', cites: ['1'] },
    { text: 'Giữ nguyên hộp.', cites: [] },
  ],
  steps: [{ text: 'Nhắn người bán.', cites: [] }],
  ...{ evidence: ['hóa đơn'], questions: ['trả hàng'], tries: [] },
}
const named = (pointer: string) => `khoản ${pointer}`
const shown = ({ kind, pieces }: Row) =>
  `${kind}: ${pieces.map((piece) => (piece.kind === 'same' ? piece.text : `[${piece.kind === 'added' ? '+' : '-'}${piece.text}]`)).join('')}`
const changes = (after: GuideContent | null) => compare(BEFORE, after, named).map(({ title, rows }) => [title, ...rows.map(shown)])

describe('what an edit changes', () => {
  it('is shown word by word in a line that was changed, with its clause as people read it, and the lines around it', () => {
    const answer = [{ text: 'Bạn được trả lại hàng trong 30 ngày làm việc.', cites: ['2'] }, ...BEFORE.answer.slice(1)]
    expect(changes({ ...BEFORE, answer })).toEqual([
      ['Trả lời', 'changed: Bạn được trả lại hàng trong [-7 ngày. ][+30 ngày làm việc. ](khoản [-1)][+2)]', 'same: Giữ nguyên hộp.'],
    ])
  })

  it('is shown line by line where nothing of a line is left, was added or taken out', () => {
    expect(changes({ ...BEFORE, evidence: ['ảnh chụp màn hình', 'tin nhắn'], steps: [] })).toEqual([
      ['Các bước', 'removed: [-Nhắn người bán.]'],
      ['Bằng chứng nên giữ', 'removed: [-hóa đơn]', 'added: [+ảnh chụp màn hình]', 'added: [+tin nhắn]'],
    ])
  })

  it('names kinds and topics as officers read them', () => {
    expect(changes({ ...BEFORE, kind: 'seller', topics: ['doi-tra-hoan-tien', 'gia-ca'] }).map(([title]) => title)).toEqual(['Loại', 'Chủ đề'])
  })

  it('is nothing where nothing was changed, and everything where it is taken off the shelf', () => {
    expect(changes(BEFORE)).toEqual([])
    const rows = compare(BEFORE, null, named).flatMap((part) => part.rows)
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['removed']))
  })

  it('of words is told in both lists', () => {
    const before = { legal: ['kinh doanh đa cấp'], everyday: ['đa cấp'] }
    expect(compare(before, { ...before, everyday: ['đa cấp', 'bán hàng mạng lưới'] }, named)).toMatchObject([
      { title: 'Người dân gọi là', rows: [{ kind: 'same' }, { kind: 'added' }] },
    ])
  })

  const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'ờ', ' ', '.'), maxLength: 12 }), { maxLength: 6 })
  const side = (rows: readonly Row[], mine: Piece['kind'], whole: Row['kind']) =>
    rows
      .filter(({ kind }) => kind === 'same' || kind === 'changed' || kind === whole)
      .map(({ pieces }) => pieces.flatMap(({ kind, text }) => (kind === 'same' || kind === mine ? [text] : [])).join(''))

  it('never leaves out or makes up a word: both texts can be read out of it', () => {
    fc.assert(
      fc.property(lines, lines, (old, written) => {
        const [part] = compare({ ...BEFORE, evidence: old }, { ...BEFORE, evidence: written }, named)
        if (!part) return void expect(written).toEqual(old)
        expect(side(part.rows, 'removed', 'removed')).toEqual(old)
        expect(side(part.rows, 'added', 'added')).toEqual(written)
      }),
    )
  })
})
