import { describe, expect, it } from 'vitest'
import { parsePointer } from '../../knowledge/citation.ts'
import { cite } from '../../knowledge/cite.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { pointerInForce, spanOf, textFrom } from '../../knowledge/validity.ts'

const library = loadLibrary()
const holds = (pointer: string, day: string) => pointerInForce(library, parsePointer(pointer), day)

describe('an article that ended before its document', () => {
  it('holds until the day before, and its document beyond', () => {
    expect(holds('55/2024/NĐ-CP#25.1', '2026-06-30')).toBe(true)
    expect(holds('55/2024/NĐ-CP#25.1', '2026-07-01')).toBe(false)
    expect(holds('55/2024/NĐ-CP#24', '2026-07-01')).toBe(true)
    expect(holds('55/2024/NĐ-CP', '2026-07-01')).toBe(true)
  })

  it('is cited with its own end', () => {
    expect(cite(library, parsePointer('55/2024/NĐ-CP#25.1.b'))).toMatchObject({ inForceFrom: '2024-07-01', inForceTo: '2026-07-01' })
    expect(cite(library, parsePointer('55/2024/NĐ-CP#24.1'))).toMatchObject({ inForceTo: null })
  })
})

describe('an amended text', () => {
  it('holds from the day of its amendment; its document held before', () => {
    expect(holds('98/2020/NĐ-CP#9.1', '2025-02-20')).toBe(false)
    expect(holds('98/2020/NĐ-CP#9.1', '2025-02-21')).toBe(true)
    expect(holds('98/2020/NĐ-CP', '2024-01-01')).toBe(true)
    expect(holds('16/2012/QH13#8.11', '2025-12-31')).toBe(false)
  })

  it('is cited from that day on, with what a reader must know of it', () => {
    expect(cite(library, parsePointer('98/2020/NĐ-CP#9.1'))).toMatchObject({
      inForceFrom: '2025-02-21',
      caveat: expect.stringContaining('chưa đối chiếu bản gốc'),
    })
  })

  it('only the text carries the caveat, not the bare number of its document', () => {
    expect(cite(library, parsePointer('98/2020/NĐ-CP'))?.caveat).toBeUndefined()
    expect(cite(library, parsePointer('19/2023/QH15#38.3'))?.caveat).toBeUndefined()
  })
})

describe('spans', () => {
  it('nothing is known of an unknown document', () => expect(spanOf(library, parsePointer('1/1999/QH1#2'))).toBeUndefined())

  it('no text begins before its document, and every article of its own days lies within them', () => {
    for (const document of library.documents.values())
      if (document.textFrom) expect(document.textFrom > (document.inForceFrom ?? ''), document.number).toBe(true)
    for (const p of library.provisions.values()) {
      const document = library.documents.get(p.document)
      const { inForceFrom, inForceTo } = spanOf(library, parsePointer(p.id)) ?? {}
      expect((inForceFrom ?? '') >= ((document && textFrom(document)) ?? ''), p.id).toBe(true)
      if (document?.inForceTo) expect((inForceTo ?? '9') <= document.inForceTo, p.id).toBe(true)
    }
  })
})
