/** What the library says of itself to officers. */
import { describe, expect, it } from 'vitest'
import { askShelf, type GuideLines } from '../../../bot/main/shelf-desk.ts'
import { loadLibrary } from '../../../knowledge/library.ts'

const base = loadLibrary()
const DAY = '2026-11-28'
const linesOf = (library = base, faulty = []) => (askShelf({ base, library, faulty }, { kind: 'guides', day: DAY }) as GuideLines).lines

describe('guides whose law has changed', () => {
  it('are none as things are', () => {
    expect(linesOf().filter(({ touched }) => touched.length > 0)).toEqual([])
  })

  it('are all that rest on a document that has ended, each with the clauses', () => {
    const law = base.documents.get('122/2025/QH15')
    const documents = new Map([...base.documents, ['122/2025/QH15', { ...law, inForceTo: '2026-11-01' }]] as [string, never][])
    const lines = linesOf({ ...base, documents })
    const touched = lines.filter((line) => line.touched.length > 0)
    expect(touched.length).toBeGreaterThan(10)
    expect(touched.length).toBeLessThan(lines.length)
    for (const { touched: why } of touched) for (const sentence of why) expect(sentence).toMatch(/122\/2025\/QH15.* đã hết hiệu lực từ 01\/11\/2026/)
  })

  it('are those of a clause that is gone, and of one whose restatement is in doubt', () => {
    const cited = base.guides.get('dat-coc-bi-mat')?.answer[0]?.cites[0]
    const id = `${cited?.document}#${cited?.article}.${cited?.clause}`
    const provisions = new Map([...base.provisions].filter(([one]) => one !== id))
    const why = (library: typeof base) =>
      linesOf(library)
        .find((line) => line.id === 'dat-coc-bi-mat')
        ?.touched.join(' ')
    expect(why({ ...base, provisions })).toContain('Không còn thấy')
    expect(why({ ...base, verbatims: new Map([[id, { text: 'khác', agrees: false }]]) })).toContain('viết từ bản chữ khác')
  })

  it('show what was taken off as hidden, and what ships under a digest', () => {
    const guides = new Map([...base.guides].filter(([id]) => id !== 'dat-coc-bi-mat'))
    expect(linesOf({ ...base, guides }).find(({ id }) => id === 'dat-coc-bi-mat')).toMatchObject({ hidden: true, baseDigest: expect.any(String) })
    expect(askShelf({ base, library: base, faulty: [] }, { kind: 'guide', id: 'khong-co' })).toBeNull()
  })
})
