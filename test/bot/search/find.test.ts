import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newCaseNumber } from '../../../bot/case/number.ts'
import { excerptOf, LONGEST_EXCERPT } from '../../../bot/search/excerpt.ts'
import { type Hit, hitsOf, type Search, searchFor } from '../../../bot/search/find.ts'
import { type Gathered, gather, NOTHING_YET, verdictOf } from '../../../bot/search/gather.ts'
import { parseQuery } from '../../../bot/search/query.ts'

function searchOf(typed: string): Search {
  const terms = parseQuery(typed)
  return typeof terms === 'string' ? expect.unreachable(terms) : searchFor(terms)
}

const found = (typed: string, text: string) => searchOf(typed).map((finder) => hitsOf(finder, text).map(({ start, end }) => text.slice(start, end)))

// ── the naive model: words that are known one by one ────────────────────────────────────────────

/** A word as it stands in a text: written in one of the ways in which the same word can be written. */
interface Written {
  readonly word: string
  readonly form: string
}

const WORDS = ['ban', 'bán', 'bạn', 'bàn', 'đổi', 'doi', 'đôi', 'dời', 'lừa', 'lua', 'lưa', 'lúa', 'hoà', 'hòa', 'hoa', 'xe', 'a1', '12'] as const
const written: fc.Arbitrary<Written> = fc
  .record({ word: fc.constantFrom(...WORDS), decomposed: fc.boolean(), upper: fc.boolean(), hidden: fc.boolean() })
  .map(({ word, decomposed, upper, hidden }) => {
    const spread = hidden ? [...word].join('\u200b') : word
    const cased = upper ? spread.toUpperCase() : spread
    return { word, form: decomposed ? cased.normalize('NFD') : cased }
  })
const between = fc.constantFrom(' ', '\n', ', ', '. ', ' – ', '; ')
const sentence = fc.array(fc.tuple(written, between), { maxLength: 30 })

const marks = (word: string) => word.normalize('NFD').replace(/[^\u0300-\u036fđ]/g, '')
const plain = (word: string) =>
  word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
const countOf = (mark: string, word: string) => [...marks(word)].filter((one) => one === mark).length

/** exact, loose or not at all: `word` in a text for `typed` in the box. */
function same(typed: string, word: string): 'exact' | 'loose' | undefined {
  if (plain(typed) !== plain(word)) return undefined
  const all = [...new Set(marks(typed) + marks(word))]
  if (marks(typed) === '' || all.every((mark) => countOf(mark, typed) === countOf(mark, word))) return 'exact'
  return all.every((mark) => countOf(mark, word) <= countOf(mark, typed)) ? 'loose' : undefined
}

function naive(phrase: readonly string[], text: readonly (readonly [Written, string])[]): Hit[] {
  const starts: number[] = []
  let length = 0
  for (const [{ form }, gap] of text) {
    starts.push(length)
    length += form.length + gap.length
  }
  const hits: Hit[] = []
  for (let i = 0; i + phrase.length <= text.length; i++) {
    const judged = phrase.map((word, k) => same(word, text[i + k]?.[0].word ?? ''))
    if (judged.includes(undefined)) continue
    const last = i + phrase.length - 1
    hits.push({ start: starts[i] ?? 0, end: (starts[last] ?? 0) + (text[last]?.[0].form.length ?? 0), exact: !judged.includes('loose') })
    i = last
  }
  return hits
}

const joined = (text: readonly (readonly [Written, string])[]) => text.map(([{ form }, gap]) => form + gap).join('')

describe('finding', () => {
  it('is as a naive reader finds it, whatever the text is made of', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }), sentence, (phrase, text) => {
        const [finder] = searchFor([{ kind: 'words', words: phrase }])
        expect(finder && hitsOf(finder, joined(text))).toEqual(naive(phrase, text))
      }),
      { seed: 8, numRuns: 500 },
    )
  })

  it.each([
    ['ban', 'bạn bàn BÁN băn khoăn', [['bạn', 'bàn', 'BÁN', 'băn']]],
    ['bạn', 'bạn bàn ban', [['bạn', 'ban']]],
    [
      'đổi trả',
      'Đổi hay trả? doi tra, đôi',
      [
        ['Đổi', 'doi', 'đôi'],
        ['trả', 'tra'],
      ],
    ],
    ['an', 'bạn ăn', [['ăn']]],
    ['"bạn bàn"', 'bán bạn bàn', [['bạn bàn']]],
    ['"hoa mai"', 'Hoa  Mai, hoa-mai, hoamai', [['Hoa  Mai', 'hoa-mai']]],
    ['0905123456', 'gọi 0905 123 456 hoặc +84 905.123.456, không phải 10905123456', [['0905 123 456', '+84 905.123.456']]],
    ['0905 123 456', 'sđt0905123456đ', [['0905123456']]],
    ['1.200.000', 'mất 1200000đ, không phải 11.200.000', [['1200000']]],
  ])('%s in %s', (typed, text, hits) => {
    expect(found(typed, text)).toEqual(hits)
  })

  it('a case number in any grouping', () => {
    const number = newCaseNumber(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]), 2026)
    const told = [number, number.replaceAll('-', ''), number.toLowerCase().replaceAll('-', ' ')]
    for (const typed of told) expect(found(typed, told.join('; '))).toEqual([told])
    expect(found(number, `${number}9`)).toEqual([[]])
  })
})

describe('an excerpt', () => {
  const query = fc.uniqueArray(fc.constantFrom(...WORDS.slice(0, 15)), { minLength: 1, maxLength: 3 })
  const long = fc.array(fc.tuple(written, between), { maxLength: 120 })

  it('is short, a piece of the text, and marks what was found', () => {
    fc.assert(
      fc.property(query, long, (words, text) => {
        const search = searchFor(words.map((word) => ({ kind: 'words', words: [word] })))
        const whole = joined(text)
        const excerpt = excerptOf(search, whole)
        expect(excerpt.text.length).toBeLessThanOrEqual(LONGEST_EXCERPT)
        expect(whole.replace(/\s/g, ' ')).toContain(excerpt.text.replace(/^…|…$/g, ''))
        expect(excerpt.text).not.toMatch(/^…?\p{M}|\n/u)
        for (const { start, end } of excerpt.hits) {
          const marked = plain(excerpt.text.slice(start, end).replaceAll('\u200b', '').toLowerCase())
          expect(words.map(plain)).toContain(marked)
        }
        expect(excerpt.hits.length > 0).toBe(search.some((finder) => hitsOf(finder, whole).length > 0))
      }),
      { seed: 8, numRuns: 1_000 },
    )
  })

  it('never cuts a character, also where there is no blank', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('ậ'.normalize('NFD'), '😀', '~'), { minLength: 150, maxLength: 250 }),
        fc.constantFrom(' ', '~'),
        (letters, gap) => {
          const text = `${letters.join('')}${gap}xe${gap}${letters.join('')}`
          const { text: piece } = excerptOf(searchOf('xe'), text)
          expect(piece.length).toBeLessThanOrEqual(LONGEST_EXCERPT)
          expect(piece.isWellFormed()).toBe(true)
          expect(piece.length).toBeGreaterThan(100)
          const inner = piece.replace(/^…|…$/g, '')
          expect(inner).not.toMatch(/^\p{M}/u)
          expect(text.slice(text.indexOf(inner) + inner.length)).not.toMatch(/^\p{M}/u)
        },
      ),
      { seed: 8, numRuns: 300 },
    )
  })

  it('shows where most of it stands together', () => {
    const text = `bếp. ${'chữ khác '.repeat(40)} bếp gas cũ ${'chữ khác '.repeat(40)}`
    const { text: piece, hits } = excerptOf(searchOf('bếp gas cũ'), text)
    expect(hits.map(({ start, end }) => piece.slice(start, end))).toEqual(['bếp', 'gas', 'cũ'])
    expect(piece).toMatch(/^….*…$/)
  })

  it('begins at the beginning where nothing is found', () => {
    expect(excerptOf(searchOf('xe'), 'một hai')).toEqual({ text: 'một hai', hits: [] })
    expect(excerptOf(searchOf('xe'), 'chữ '.repeat(99)).text).toMatch(/^chữ chữ .*chữ…$/)
  })

  it('marks what touches or overlaps once', () => {
    expect(excerptOf(searchOf('"hoa mai" mai'), 'shop Hoa Mai').hits).toEqual([{ start: 5, end: 12 }])
  })
})

const START: Gathered<string> = NOTHING_YET

describe('gathering', () => {
  const passages = (texts: readonly string[]) => texts.map((text, at) => ({ place: 'person', text, at }))
  const gathered = (typed: string, texts: readonly string[]) => passages(texts).reduce((seen, one) => gather(searchOf(typed), seen, one), START)

  it('finds all of it, wherever in a conversation each stands', () => {
    const query = fc.uniqueArray(fc.constantFrom(...WORDS.slice(0, 15)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(query, fc.array(sentence, { maxLength: 5 }), (words, texts) => {
        const judged = words.map((word) => new Set(texts.flatMap((text) => text.map(([{ word: there }]) => same(word, there)))))
        const all = judged.every((seen) => seen.has('exact') || seen.has('loose'))
        const expected = !all ? undefined : judged.every((seen) => seen.has('exact')) ? 'exact' : 'loose'
        const search = searchFor(words.map((word) => ({ kind: 'words', words: [word] })))
        const seen = passages(texts.map(joined)).reduce((before, one) => gather(search, before, one), START)
        expect(verdictOf(seen)).toBe(expected)
      }),
      { seed: 8, numRuns: 1_000 },
    )
  })

  it('keeps the passage with most of it, the latest of several', () => {
    const best = (typed: string, texts: readonly string[]) => gathered(typed, texts).best?.passage.at
    expect(best('bếp gas', ['bếp', 'bếp gas', 'gas'])).toBe(1)
    expect(best('bếp', ['bếp', 'bếp', 'xe'])).toBe(1)
    expect(best('bếp', ['bếp', 'bep'])).toBe(0)
    expect(best('bếp', ['xe'])).toBeUndefined()
  })
})
