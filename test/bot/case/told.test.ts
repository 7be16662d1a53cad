/** What a person is told of a change: every one says what it means and what can be done, and what is said of the law rests on a clause that says so. */
import { describe, expect, it } from 'vitest'
import type { OfficerEvent } from '../../../bot/case/life.ts'
import { toldOf } from '../../../bot/case/told.ts'
import { CASE_RESULTS } from '../../../bot/complaint/status.ts'
import { CASE_CHOICE, WHAT_ELSE } from '../../../bot/wording/cases.ts'
import { parsePointer } from '../../../knowledge/citation.ts'
import { cite } from '../../../knowledge/cite.ts'
import { loadLibrary } from '../../../knowledge/library.ts'

const library = loadLibrary()
const citeText = (pointer: string) => cite(library, parsePointer(pointer))
const telling = { number: 'GL26-4K7-9HX-2MR', day: '2026-11-26', cite: citeText }
const AGENCY = { id: 'x', name: 'Sở Công Thương' }

function told(event: OfficerEvent, more: Partial<typeof telling> = {}) {
  const outgoing = toldOf(event, { ...telling, ...more })
  return outgoing?.kind === 'reply' ? outgoing : undefined
}

describe('a change', () => {
  const public_: readonly OfficerEvent[] = [
    { kind: 'receive' },
    { kind: 'handle' },
    { kind: 'reopen' },
    { kind: 'ask_info', text: 'ảnh hóa đơn' },
    { kind: 'answer', text: 'bên bán hẹn trả' },
    { kind: 'transfer', agency: AGENCY },
  ]

  it.each(public_.map((event) => [event.kind, event] as const))('%s names the case and says how to go on', (_kind, event) => {
    const { text } = told(event) ?? expect.unreachable('nothing told')
    expect(text).toContain(telling.number)
    expect(text).toMatch(/nhắn “/)
    if ('text' in event) expect(text).toContain(event.text)
    if ('agency' in event) expect(text).toContain(event.agency.name)
  })

  it.each([{ kind: 'choose', agency: AGENCY, why: 'x' }, { kind: 'hold', why: 'x' }, { kind: 'release' }] satisfies OfficerEvent[])(
    '$kind is the office’s own matter',
    (event) => {
      expect(told(event)).toBeUndefined()
    },
  )
})

describe('the end', () => {
  it.each(CASE_RESULTS)('%s asks how it was, in two taps', (result) => {
    expect(told({ kind: 'close', result, text: 'lời của Hội' })?.choices).toEqual([CASE_CHOICE.satisfied, CASE_CHOICE.dissatisfied])
  })

  it('says what else can be done where it did not help, each with its clause', () => {
    const { text, citations, sections } = told({ kind: 'close', result: 'not', text: 'x' }) ?? expect.unreachable('nothing told')
    const steps = sections.flatMap(({ kind, lines }) => (kind === 'conditions' ? lines : []))
    expect(steps).toHaveLength(WHAT_ELSE.length)
    expect(steps.every((line) => line.citations.length > 0 && line.citations.every((position) => citations[position]))).toBe(true)
    expect(text).toMatch(/thủ tục rút gọn[\s\S]*Căn cứ:[\s\S]*khoản 2 Điều 70/)
  })

  it('says nothing of the law where it helped, or where the clause is not on the shelf', () => {
    expect(told({ kind: 'close', result: 'resolved', text: 'x' })?.citations).toEqual([])
    expect(told({ kind: 'close', result: 'not', text: 'x' }, { cite: () => undefined })?.sections.some(({ kind }) => kind === 'conditions')).toBe(
      false,
    )
  })
})
