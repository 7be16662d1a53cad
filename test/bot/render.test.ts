import { describe, expect, it } from 'vitest'
import { isNonEmpty, type Outcome, plain, type Section } from '../../bot/answer/outcome.ts'
import { renderText, validity } from '../../bot/answer/render.ts'
import { answerRow } from '../../bot/main/answer-row.ts'
import { parsePointer } from '../../knowledge/citation.ts'
import { type Citation, cite } from '../../knowledge/cite.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { TODAY } from './open.ts'

const library = loadLibrary()

function citation(id: string): Citation {
  const made = cite(library, parsePointer(id))
  if (!made) throw new Error(id)
  return made
}

function reply(sections: Section[], ...ids: string[]): Outcome {
  const citations = ids.map(citation)
  if (!isNonEmpty(citations)) return { kind: 'abstained', reason: 'x', sections, choices: [], citations }
  return { kind: 'answered', sections, choices: ['Gặp cán bộ'], citations, confidence: 1 }
}

const section = (kind: Section['kind'], heading: string, ...lines: string[]): Section => ({ kind, heading, lines: lines.map(plain) })

describe('a reply as plain text', () => {
  it('numbers what is to be done, lists what is to be known, and says the answer plainly', () => {
    const outcome = reply([
      section('urgent', 'Làm ngay', 'ngừng', 'gọi'),
      section('answer', '', 'một', 'hai'),
      section('conditions', 'Điều kiện và thời hạn', 'ba'),
      section('steps', 'Việc nên làm tiếp', 'bốn', 'năm'),
      section('evidence', 'Bằng chứng nên giữ', 'sáu'),
    ])
    expect(renderText(outcome, TODAY)).toBe(
      [
        'Làm ngay:\n1. ngừng\n2. gọi',
        'một\nhai',
        'Điều kiện và thời hạn:\n– ba',
        'Việc nên làm tiếp:\n1. bốn\n2. năm',
        'Bằng chứng nên giữ:\n– sáu',
      ].join('\n\n'),
    )
  })

  it('writes each clause of the basis once, its points together', () => {
    const outcome = reply([section('answer', '', 'x')], '19/2023/QH15#30.2.c', '19/2023/QH15#30.1', '19/2023/QH15#30.2.đ')
    expect(renderText(outcome, TODAY)).toBe(
      [
        'x\n\nCăn cứ:',
        '– điểm c, đ khoản 2 Điều 30 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15), có hiệu lực từ 01/07/2024',
        '– khoản 1 Điều 30 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15), có hiệu lực từ 01/07/2024',
      ].join('\n'),
    )
  })

  it('has no basis where nothing is cited', () => {
    expect(renderText(reply([section('answer', '', 'x')]), TODAY)).toBe('x')
  })

  it('says of every document of the library whether it holds, from or until when', () => {
    for (const document of library.documents.values()) {
      const said = validity(citation(document.number), TODAY)
      if (document.inForceTo) expect(said).toMatch(/^đã hết hiệu lực từ \d\d\/\d\d\/\d{4}$/)
      else expect(said).toMatch(/^(?:có hiệu lực từ \d\d\/\d\d\/\d{4}|còn hiệu lực)$/)
    }
  })

  it('names every clause of the library in words, never by its id', () => {
    for (const provision of library.provisions.values()) {
      const said = renderText(reply([section('answer', '', 'x')], provision.id), TODAY)
      expect(said).not.toContain('#')
      expect(said).toContain(`Điều ${provision.article} `)
      if (provision.clause) expect(said).toContain(`khoản ${provision.clause} Điều ${provision.article} `)
    }
  })
})

describe('a reply as a row', () => {
  it('holds what outside checks read', () => {
    expect(answerRow(reply([section('answer', '', 'x')], '19/2023/QH15#38.3.b'), TODAY, '7')).toEqual({
      id: '7',
      status: 'answered',
      text: expect.stringContaining('Căn cứ:'),
      citations: [
        {
          document: '19/2023/QH15',
          article: '38',
          clause: '3',
          point: 'b',
          title: expect.any(String),
          inForceFrom: '2024-07-01',
          inForceTo: null,
        },
      ],
      choices: ['Gặp cán bộ'],
    })
  })

  it('tells what a reader must know of the text, in words and in the row', () => {
    const made = answerRow(reply([section('answer', '', 'x')], '98/2020/NĐ-CP#9.1'), TODAY)
    expect(made.text).toMatch(/\(98\/2020\/NĐ-CP\), có hiệu lực từ 21\/02\/2025, bản đã gộp sửa đổi .*, chưa đối chiếu bản gốc/u)
    expect(made.citations[0]).toMatchObject({ caveat: expect.stringContaining('chưa đối chiếu bản gốc') })
  })

  it('says once what must be known of a document, however many of its places are cited', () => {
    const places = ['98/2020/NĐ-CP#9.1', '98/2020/NĐ-CP#11.1', '19/2023/QH15#38.3'].map((id) => cite(library, parsePointer(id)))
    const outcome = { kind: 'abstained', reason: 'x', sections: [], choices: [], citations: places.filter((c) => c !== undefined) } as const
    const text = renderText(outcome, '2026-11-28')
    expect(text.match(/chưa đối chiếu bản gốc/g)).toHaveLength(1)
    expect(text.match(/98\/2020\/NĐ-CP/g)?.length).toBeGreaterThanOrEqual(2)
  })

  it('marks a document of which no text is on the shelf, without an article', () => {
    const [cited] = answerRow(reply([section('answer', '', 'x')], '52/2013/NĐ-CP'), TODAY).citations
    expect(cited).toEqual({
      kind: 'document',
      document: '52/2013/NĐ-CP',
      title: 'Nghị định về thương mại điện tử',
      inForceFrom: '2013-07-01',
      inForceTo: '2026-07-01',
    })
  })

  it('has no id where none was given', () => {
    expect(Object.keys(answerRow(reply([section('answer', '', 'x')]), TODAY))).toEqual(['status', 'text', 'citations', 'choices'])
  })
})
