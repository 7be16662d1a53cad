/** What the office writes for the library: read, laid over, refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkEdit,
  contentOf,
  type Edit,
  editSchema,
  type GuideContent,
  glossaryWith,
  guideFrom,
  readEdits,
  withEdits,
  wordKey,
  writeEdits,
} from '../../knowledge/edits.ts'
import { figuresIn } from '../../knowledge/figures.ts'
import { loadGlossary } from '../../knowledge/glossary.ts'
import { remembered } from '../../knowledge/language/remembered.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import type { Guide } from '../../knowledge/schema.ts'

const library = loadLibrary()
const first = library.guides.get('dat-coc-bi-mat') as Guide
const content: GuideContent = {
  ...contentOf(first),
  title: 'Thuê xe điện đẩy',
  questions: ['thuê xe điện đẩy thu thừa', 'xe điện đẩy lấy dư cọc', 'cọc xe điện đẩy bị giữ'],
}
const guideEdit = (key: string, change: Partial<GuideContent> = {}): Edit => ({ kind: 'guide', key, content: { ...content, ...change } })
const wordEdit = (legal: string[], everyday: string[]): Edit => ({ kind: 'word', key: wordKey(legal[0] ?? ''), content: { legal, everyday } })

describe('a guide as it is edited', () => {
  it('is the same guide again when nothing was changed, each of those that ship', () => {
    for (const guide of library.guides.values()) {
      const { figures: _, ...back } = guideFrom(guide.id, contentOf(guide), guide) as Guide
      const { figures: __, ...before } = guide
      expect(back).toEqual(before)
      expect(checkEdit(library, { kind: 'guide', key: guide.id, content: contentOf(guide) })).toEqual([])
    }
  })

  it('is refused with a sentence for what does not rest on the law', () => {
    const wrong = guideEdit('moi-them', { answer: [{ text: 'Phải trả trong 45 ngày.', cites: ['19/2023/QH15#999', '19/2023/QH15#30.2'] }] })
    const said = checkEdit(library, wrong).join('\n')
    expect(said).toContain('19/2023/QH15#999')
    expect(said).toContain('45 ngày')
    expect(checkEdit(library, guideEdit('moi-them', { answer: [{ text: 'x', cites: ['# #'] }] })).join()).toContain('không chỉ tới điều khoản nào')
    expect(checkEdit(library, guideEdit('moi-them', { questions: ['một'] })).join()).toContain('ít nhất 3')
    expect(checkEdit(library, guideEdit('moi-them', { kind: 'scam', signs: [] })).join()).toContain('dấu hiệu')
    expect(checkEdit(library, guideEdit('moi-them', { tries: [content.questions[0] as string] })).join()).toContain('trùng')
    const taken = [...library.guides.values()].find(({ id }) => id !== first.id)?.questions[0]?.text ?? ''
    expect(checkEdit(library, guideEdit('moi-them', { questions: [...content.questions, taken] })).join()).toContain('đã có ở hướng dẫn')
  })

  it('never throws, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.array(fc.string({ maxLength: 40 }), { maxLength: 4 }), (text, cites) => {
        const made = guideFrom('x-y-z', { ...content, answer: [{ text, cites }] })
        expect('faults' in made ? made.faults.length > 0 : made.answer.length === 1).toBe(true)
      }),
    )
  })

  it('is looked through for figures in no time that grows with brackets', () => {
    expect(figuresIn('1('.repeat(100_000))).toEqual([])
    expect(figuresIn('trong 30 (ba mươi) ngày')).toEqual(['30 (ba mươi) ngày'])
  })
})

describe('the library with edits', () => {
  it('has what was written, hides what was taken off, and leaves out what does not hold, for that alone', () => {
    const { library: edited, faulty } = withEdits(library, [
      guideEdit('moi-them'),
      { kind: 'guide', key: first.id, content: null },
      guideEdit('hong', { answer: [{ text: 'x', cites: ['19/2023/QH15#999'] }] }),
    ])
    expect(edited.guides.get('moi-them')?.title).toBe('Thuê xe điện đẩy')
    expect(edited.guides.has(first.id)).toBe(false)
    expect(edited.guides.has('hong')).toBe(false)
    expect(faulty).toEqual([{ key: 'hong', faults: [expect.stringContaining('#999')] }])
    expect(edited.digest).not.toBe(library.digest)
    expect(library.guides.has('moi-them')).toBe(false)
  })

  it('keeps what ships where what stands in for it does not hold', () => {
    const { library: edited } = withEdits(library, [guideEdit(first.id, { answer: [{ text: 'x', cites: ['19/2023/QH15#999'] }] })])
    expect(edited.guides.get(first.id)).toEqual(first)
  })
})

describe('words', () => {
  it('stand in for the entry of the same word of the law, however it is written', () => {
    const entry = loadGlossary().words[0]
    const legal = (entry?.legal[0] ?? '').toUpperCase()
    const merged = glossaryWith(loadGlossary(), [wordEdit([legal], ['nói lái'])])
    expect(merged.words).toHaveLength(loadGlossary().words.length)
    expect(merged.words.at(-1)).toEqual({ legal: [legal], everyday: ['nói lái'] })
    expect(editSchema.safeParse({ kind: 'word', key: 'khác', content: { legal: ['bảo hành'], everyday: ['bao sửa'] } }).success).toBe(false)
  })

  it('that stand under another entry already are refused', () => {
    const [one] = loadGlossary().words
    expect(checkEdit(library, wordEdit(['chữ mới toanh'], [one?.everyday[0] as string]), loadGlossary()).join()).toContain('đứng ở cả')
    expect(checkEdit(library, wordEdit(['chữ mới toanh'], ['chữ mới toanh']), loadGlossary()).join()).toContain('cả hai bên')
  })
})

describe('the file beside the library', () => {
  it('gives back what was written, and nothing of a file that is damaged or not there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'an-tam-edits-'))
    expect(readEdits(folder)).toEqual([])
    const edits = [guideEdit('moi-them'), wordEdit(['bảo hành'], ['bao sửa'])]
    writeEdits(folder, edits)
    expect(readEdits(folder)).toEqual(edits)
    writeFileSync(join(folder, 'knowledge', 'edits.bin'), 'hỏng')
    expect(readEdits(folder)).toEqual([])
    rmSync(folder, { recursive: true })
  })
})

describe('what is remembered of words', () => {
  it('is found once, and nothing with a digit or longer than a word is held', () => {
    const asked: string[] = []
    const find = remembered((text: string) => {
      asked.push(text)
      return text.length > 3 ? text.toUpperCase() : undefined
    })
    for (const word of ['không', 'không', 'ừ', 'ừ']) expect(find(word)).toBe(word.length > 3 ? word.toUpperCase() : undefined)
    expect(asked).toEqual(['không', 'ừ'])
    for (const own of ['0912345678', 'nguyenthihoaithuong']) {
      find(own)
      find(own)
      expect(asked.filter((one) => one === own)).toHaveLength(2)
    }
  })
})
