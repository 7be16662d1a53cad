import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCitation, parsePointer, pointerId } from '../../knowledge/citation.ts'

const number = fc.integer({ min: 1, max: 200 }).map(String)
const point = fc.constantFrom('a', 'b', 'c', 'd', 'đ', 'e')
const pointer = fc.oneof(
  fc.constant({ document: '19/2023/QH15' }),
  fc.record({ document: fc.constantFrom('19/2023/QH15', '52/2013/NĐ-CP'), article: number }),
  fc.record({ document: fc.constant('122/2025/QH15'), article: number, clause: number }),
  fc.record({ document: fc.constant('122/2025/QH15'), article: number, clause: number, point }),
)

describe('pointers', () => {
  it('are read back as written', () =>
    fc.assert(
      fc.property(pointer, (p) => {
        expect(parsePointer(pointerId(p))).toEqual(p)
      }),
      { seed: 1 },
    ))

  it('read as a lawyer writes them', () => {
    expect(formatCitation(parsePointer('19/2023/QH15#39.2.a'), 'Luật Bảo vệ quyền lợi người tiêu dùng')).toBe(
      'điểm a khoản 2 Điều 39 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)',
    )
  })

  it.each(['', '#38', '19/2023/QH15#', '19/2023/QH15#x', '19/2023/QH15#38.1.a.b', '19/2023/QH15 38'])('refuse %j', (text) => {
    expect(() => parsePointer(text)).toThrow(/không phải là một con trỏ/)
  })
})
