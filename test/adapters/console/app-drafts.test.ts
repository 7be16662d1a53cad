import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Draft,
  type DraftStorage,
  Drafts,
  departing,
  EMPTY_DRAFT,
  insertInto,
  returned,
  withCitations,
} from '../../../adapters/console/app/drafts.ts'
import { newId } from '../../../adapters/console/app/new-id.ts'
import type { CitationView } from '../../../adapters/console/contract.ts'

function inMemory(): DraftStorage {
  const map = new Map<string, string>()
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    key: (index) => [...map.keys()][index] ?? null,
    get length() {
      return map.size
    },
  }
}

const clause = (pointer: string): CitationView => ({ pointer, text: `Điều ${pointer}`, note: '' })
const text = fc.string({ unit: 'grapheme' })
const citations = fc.array(fc.constantFrom('30', '38', '39').map(clause), { maxLength: 4 })
const draft = fc.record({ text, citations, outgoing: fc.constant(null) })

describe('drafts', () => {
  it('come back as they were left, each in its own conversation', () => {
    fc.assert(
      fc.property(draft, draft, (one, two) => {
        const drafts = new Drafts(inMemory(), 'lan')
        drafts.write('a', one)
        drafts.write('b', two)
        expect([drafts.read('a'), drafts.read('b'), drafts.read('c')]).toEqual([one, two, EMPTY_DRAFT])
      }),
    )
  })

  it('leave nothing behind when they are empty', () => {
    const storage = inMemory()
    const drafts = new Drafts(storage, 'lan')
    drafts.write('a', { ...EMPTY_DRAFT, text: 'chào' })
    drafts.write('a', EMPTY_DRAFT)
    expect(storage.length).toBe(0)
  })

  it('of one officer are not seen by another on the same computer', () => {
    const storage = inMemory()
    new Drafts(storage, 'lan').write('a', { ...EMPTY_DRAFT, text: 'của Lan' })
    expect(new Drafts(storage, 'minh').read('a')).toEqual(EMPTY_DRAFT)
  })

  it('of everybody are gone after signing out, and nothing else is', () => {
    const storage = inMemory()
    storage.setItem('khac', '1')
    for (const officer of ['lan', 'minh']) for (const chat of ['a', 'b']) new Drafts(storage, officer).write(chat, { ...EMPTY_DRAFT, text: 'x' })
    new Drafts(storage, 'lan').clear()
    expect([storage.length, storage.getItem('khac')]).toEqual([1, '1'])
  })

  it.each(['{', 'null', '"chữ"', '{"text":1}', '{"text":"a"}', '[]'])('are empty where %s is stored', (stored) => {
    const storage = inMemory()
    storage.setItem('antam.draft.lan.a', stored)
    expect(new Drafts(storage, 'lan').read('a')).toEqual(EMPTY_DRAFT)
  })
})

describe('what is put into a draft', () => {
  it('stands below what was typed, and what was typed stays', () => {
    expect(insertInto({ ...EMPTY_DRAFT, text: 'Chào anh.  ' }, 'Câu mẫu', []).text).toBe('Chào anh.\n\nCâu mẫu')
    expect(insertInto({ ...EMPTY_DRAFT, text: '  ' }, 'Câu mẫu', []).text).toBe('Câu mẫu')
  })

  it('brings each clause once', () => {
    expect(withCitations([clause('30')], [clause('38'), clause('30')]).map(({ pointer }) => pointer)).toEqual(['30', '38'])
  })
})

describe('a message that goes out', () => {
  it('empties the box and keeps its words under one id', () => {
    const { outgoing, ...rest } = departing({ text: ' Chào anh. ', citations: [clause('30')], outgoing: null }, 'id-1')
    expect([outgoing, rest]).toEqual([
      { id: 'id-1', text: 'Chào anh.', citations: [clause('30')] },
      { text: '', citations: [] },
    ])
  })

  it('comes back whole when it is refused, above what was typed since', () => {
    fc.assert(
      fc.property(draft, text, citations, (before, since, more) => {
        const typedOn: Draft = { ...departing(before, 'id'), text: since, citations: more }
        const back = returned(typedOn)
        expect(back.outgoing).toBeNull()
        if (since === '') expect(back.text).toBe(before.text.trim())
        expect(back.text.startsWith(before.text.trim())).toBe(true)
        expect(back.text.endsWith(since)).toBe(true)
        for (const { pointer } of [...before.citations, ...more]) expect(back.citations.map((one) => one.pointer)).toContain(pointer)
      }),
    )
  })

  it('has an id of its own also where the browser makes none', () => {
    const { randomUUID } = crypto
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true })
    const ids = Array.from({ length: 200 }, newId)
    Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true })
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(new Set(ids).size).toBe(200)
  })
})
