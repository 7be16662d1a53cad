import { describe, expect, it } from 'vitest'
import { Basis } from '../../bot/answer/basis.ts'
import { composeProvision, composeRelated } from '../../bot/answer/compose.ts'
import type { Section } from '../../bot/answer/outcome.ts'
import { loadLibrary, type ShelfProvision } from '../../knowledge/library.ts'
import type { Guide } from '../../knowledge/schema.ts'

const library = loadLibrary()
const provision = (id: string): ShelfProvision => library.provisions.get(id) as ShelfProvision
/** Words in common, which is all that choosing points needs. */
const shared = (query: string, text: string) => text.split(/\W+/u).filter((word) => word !== '' && query.split(/\W+/u).includes(word)).length
const blind = () => 0
const texts = (sections: readonly Section[], kind: Section['kind']) =>
  sections.filter((s) => s.kind === kind).flatMap((s) => s.lines.map((l) => l.text))

describe('the points of a long clause that are shown first', () => {
  const platform = provision('122/2025/QH15#17.2')

  it('are those with a figure when a time is asked for, though no word is shared', () => {
    const direct = texts(composeProvision(new Basis(library), platform, 'khóa gian thì báo trước mấy ngày', blind, '2026-11-23'), 'answer').join('\n')
    expect(direct).toContain('05 ngày')
    expect(direct).toContain('03 năm')
  })

  it('are those nearest to the question otherwise, and every point is said somewhere', () => {
    const sections = composeProvision(new Basis(library), platform, 'đánh giá phản hồi', shared, '2026-11-23')
    expect(texts(sections, 'answer').some((text) => text.startsWith('h)'))).toBe(true)
    const all = [...texts(sections, 'answer'), ...texts(sections, 'conditions')]
    for (const letter of Object.keys(platform.points)) expect(all.some((text) => text.startsWith(`${letter})`))).toBe(true)
  })
})

describe('a guide in short', () => {
  it('opens with its direct reply and goes on with what is nearest to the question, conditions included', () => {
    const guide = library.guides.get('thu-hoi-hang-khuyet-tat') as Guide
    const related = composeRelated(library, new Basis(library), [guide], 'thông báo phải mô tả món hàng', shared, '2026-11-26')
    const [first, ...rest] = texts(related, 'related')
    expect(first).toContain(guide.answer[0]?.text)
    expect(rest.some((text) => text.startsWith('Thông báo thu hồi phải mô tả món hàng'))).toBe(true)
    expect(rest.length).toBeLessThanOrEqual(4)
  })
})

describe('a duty that need not be done yet', () => {
  const seventeen = library.provisions.get('122/2025/QH15#17.1')
  const said = (day: string) => {
    const basis = new Basis(library)
    const text = composeProvision(basis, seventeen as NonNullable<typeof seventeen>, 'xác thực người bán', blind, day)
    return { text: texts(text, 'answer').join('\n'), cited: basis.citations.map(({ id }) => id) }
  }

  it('is said to be none before its day, by the clause that defers it', () => {
    expect(said('2026-12-31').text).toContain('Riêng việc xác thực điện tử danh tính người bán: từ 01/01/2027 mới bắt buộc.')
    expect(said('2026-12-31').cited).toContain('248/2026/NĐ-CP#52.2')
  })

  it('and from that day on nothing is said', () => expect(said('2027-01-01').text).not.toContain('mới bắt buộc'))

  it('is said in short as well', () => {
    const related = composeRelated(library, new Basis(library), [seventeen as NonNullable<typeof seventeen>], 'xác thực', blind, '2026-12-31')
    expect(texts(related, 'related').join('\n')).toContain('từ 01/01/2027 mới bắt buộc')
  })
})
