import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapsByWeek, type Unanswered } from '../../../bot/report/gaps.ts'

const at = (moment: string) => Date.parse(`${moment}+07:00`)
const asked = (text: string, moment = '2026-11-24T09:00:00', chat = 'c1'): Unanswered => ({ chat, at: at(moment), text })

describe('questions without an answer', () => {
  it('stand by week, Monday to Sunday in Vietnam, the latest first', () => {
    const weeks = gapsByWeek([
      asked('mua vé số trúng thưởng bị từ chối', '2026-11-22T23:59:59'),
      asked('đất nền dự án chậm bàn giao', '2026-11-23T00:00:00'),
    ])
    expect(weeks.map(({ from, to }) => [from, to])).toEqual([
      ['2026-11-23', '2026-11-29'],
      ['2026-11-16', '2026-11-22'],
    ])
  })

  it('that are alike stand together, with marks or without, the most asked first', () => {
    const [week] = gapsByWeek([
      asked('cây cảnh mua về chết có được đền không'),
      asked('vé máy bay hủy chuyến có được hoàn không', '2026-11-24T10:00:00', 'c2'),
      asked('ve may bay huy chuyen co duoc hoan khong a', '2026-11-25T10:00:00', 'c3'),
    ])
    expect(week?.gaps.map(({ text, asked: times }) => [text, times.map(({ chat }) => chat)])).toEqual([
      ['vé máy bay hủy chuyến có được hoàn không', ['c2', 'c3']],
      ['cây cảnh mua về chết có được đền không', ['c1']],
    ])
  })

  it('of a word or two are none', () => expect(gapsByWeek([asked('alo'), asked('hả bạn')])).toEqual([]))

  it('are all there, each once, however they fall together', () => {
    const words = fc
      .array(fc.constantFrom('mua', 'vé', 'hủy', 'đền', 'cây', 'hoàn', 'tiền', 'shop'), { minLength: 3, maxLength: 8 })
      .map((list) => list.join(' '))
    const question = fc.record({ chat: fc.uuid(), at: fc.integer({ min: at('2026-01-01T00:00:00'), max: at('2026-12-31T00:00:00') }), text: words })
    fc.assert(
      fc.property(fc.array(question, { maxLength: 40 }), (questions) => {
        const found = gapsByWeek(questions).flatMap(({ gaps }) => gaps.flatMap(({ asked: times }) => times))
        expect(found.map(({ chat }) => chat).sort()).toEqual(questions.map(({ chat }) => chat).sort())
      }),
      { seed: 20_261_128 },
    )
  })
})
