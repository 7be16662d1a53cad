/** The yearly report in words: every number in it is a figure, and what is not known is said. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyFigure, figuresOf } from '../../../bot/report/figures.ts'
import type { ReportBlock } from '../../../bot/report/paper.ts'
import type { Basis } from '../../../bot/report/shape.ts'
import { dueOn, yearlyPaper, yearPeriod } from '../../../bot/report/yearly.ts'
import { figureText, REPORT, YEARLY } from '../../../bot/wording/report.ts'
import { anyBasis, EMPTY, LINE } from './basis.ts'

const paper = (basis: Basis) => yearlyPaper(figuresOf(basis), { year: 2026, office: 'Hội Bảo vệ Người tiêu dùng tỉnh Gia Lai' })
const all = <K extends ReportBlock['kind']>(basis: Basis, kind: K) =>
  paper(basis).blocks.filter((block): block is Extract<ReportBlock, { kind: K }> => block.kind === kind)
const said = (basis: Basis) => all(basis, 'paragraph').map(({ text }) => text)

describe('the yearly report', () => {
  it('goes to the provincial committee through the department, before 15 December', () => {
    expect([all(EMPTY, 'to')[0]?.name, dueOn(2026), yearPeriod(2026)]).toEqual([
      'Ủy ban nhân dân tỉnh Gia Lai (qua Sở Công Thương)',
      '2026-12-14',
      { from: '2026-01-01', to: '2026-12-31' },
    ])
  })

  it('names the plan as the reason for date and addressee, and says that it is no legal basis', () => {
    expect(said(EMPTY)[1]).toMatch(/319\/QĐ-TTg.*trước ngày 15 tháng 12.*không coi là căn cứ pháp lý/s)
    expect(said(EMPTY)[0]).toContain('khoản 1 Điều 50')
  })

  it('has a number only where a figure is, each with its place', () => {
    fc.assert(
      fc.property(anyBasis, (basis) => {
        const texts = new Map(everyFigure(figuresOf(basis)).map((figure) => [figure.no, figureText(figure)]))
        const cells = all(basis, 'table').flatMap(({ rows }) => rows.flatMap((row) => row.cells))
        const inWords = said(basis).flatMap((text) =>
          [...text.matchAll(/(\S+(?: %)?) \[(\d+)\]/g)].map(([, value, no]) => ({ text: value, no: Number(no) })),
        )
        expect(inWords.length).toBe(21)
        for (const { text, no } of [...cells, ...inWords]) expect([no, text]).toEqual([no, texts.get(no)])
        expect(new Set(cells.map(({ no }) => no)).size).toBe(texts.size)
      }),
      { numRuns: 50, seed: 319 },
    )
  })

  it('says in words what the figures say', () => {
    const cases = [1, 2, 2].map((person, i) => ({ ...LINE, number: `GL26-${i}`, person, overdue: i > 0 }))
    const words = said({ ...EMPTY, cases: [...cases, { ...LINE, number: 'GL25-1', carried: true }] }).join('\n')
    expect(words).toMatch(/tiếp nhận 3 \[\d+\] hồ sơ của 2 \[\d+\] người; ngoài ra có 1 \[\d+\] hồ sơ kỳ trước/)
    expect(words).toMatch(/Có 3 \[\d+\] hồ sơ nêu số tiền, cộng lại là 750\.000 \[\d+\] đồng/)
    expect(words).toMatch(/Có 2 \[\d+\] hồ sơ được xem lần đầu trễ/)
  })

  it('of an empty year is a whole report that says so', () => {
    expect(said(EMPTY)).toContain(YEARLY.empty(2026))
    expect(said(EMPTY)).toContain(YEARLY.chatsNever)
    expect(said(EMPTY).filter((text) => text === REPORT.none)).toHaveLength(8)
    expect(all(EMPTY, 'heading').map(({ text }) => text.split('.')[0])).toEqual(['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'])
    expect(said({ ...EMPTY, cases: [LINE] })).not.toContain(YEARLY.empty(2026))
  })

  it('says when it was made before its days were over, and since when conversations are known', () => {
    const early = said({ ...EMPTY, chatsFrom: '2026-08-28' })
    expect(early).toContain(YEARLY.unfinished('10/12/2026'))
    expect(early).toContain(YEARLY.chatsFrom('28/08/2026'))
    const late = said({ ...EMPTY, readAt: Date.parse('2027-01-01T00:00:00+07:00'), chatsFrom: '2025-03-01' })
    expect(late.some((text) => /chưa hết|chưa được ghi/.test(text))).toBe(false)
  })

  it('leaves to the hand what only the office can say', () => {
    expect(all(EMPTY, 'blanks')).toHaveLength(2)
    expect(all(EMPTY, 'office')[0]?.number).toBe('Số: ………/………')
  })
})
