import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LexicalDocument, LexicalIndex, type LexicalSettings, terms } from '../../retrieval/lexical/bm25f.ts'
import { Random } from '../../retrieval/model/random.ts'

type Words = readonly string[]
/** A document as words already cut, so that the oracle needs no tokeniser. */
type Cut = readonly Words[]

const pairs = (words: Words) => words.slice(1).map((word, i) => `${words[i]}_${word}`)
const termsOf = (words: Words) => [...words, ...pairs(words)]
const count = (words: Words, term: string) => termsOf(words).filter((t) => t === term).length

/** BM25F straight from its definition, a field's average length taken over the documents that have it: no index, every term looked at anew. */
function oracle(documents: readonly Cut[], query: Words, { k1, pairWeight, fields }: LexicalSettings): Map<number, number> {
  const average = fields.map((_, f) => {
    const having = documents.filter((d) => (d[f] ?? []).length > 0)
    return having.reduce((sum, d) => sum + (d[f] ?? []).length, 0) / Math.max(1, having.length)
  })
  const scores = new Map<number, number>()
  for (const term of new Set(termsOf(query))) {
    const holders = documents.filter((d) => d.some((words) => count(words, term) > 0)).length
    const idf = Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5))
    documents.forEach((document, i) => {
      if (!document.some((words) => count(words, term) > 0)) return
      let tf = 0
      fields.forEach(({ weight, b }, f) => {
        const words = document[f] ?? []
        if (words.length > 0) tf += (weight * count(words, term)) / (1 - b + (b * words.length) / Math.max(1, average[f] ?? 0))
      })
      scores.set(i, (scores.get(i) ?? 0) + ((term.includes('_') ? pairWeight : 1) * idf * tf) / (k1 + tf))
    })
  }
  return scores
}

const FIELDS = ['heading', 'body', 'questions'] as const
const word = fc.constantFrom('mua', 'bán', 'trả', 'hàng', 'đổi', 'tiền', '7', 'ngày', 'hòa', 'giải')
const words = (maxLength: number) => fc.array(word, { maxLength })
const settings: fc.Arbitrary<LexicalSettings> = fc.record({
  k1: fc.double({ min: 0.1, max: 3, noNaN: true }),
  pairWeight: fc.double({ min: 0, max: 2, noNaN: true }),
  fields: fc.tuple(
    ...FIELDS.map((name) =>
      fc.record({ name: fc.constant(name), weight: fc.double({ min: 0, max: 6, noNaN: true }), b: fc.double({ min: 0, max: 1, noNaN: true }) }),
    ),
  ),
})

function asDocuments(cut: readonly Cut[]): LexicalDocument[] {
  return cut.map((document, i) => ({ id: `d${i}`, fields: Object.fromEntries(FIELDS.map((name, f) => [name, (document[f] ?? []).join(' ')])) }))
}

const ranked = (scores: ReadonlyMap<number, number>) => [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0])

const PLAIN: LexicalSettings = {
  k1: 0.7,
  pairWeight: 0.6,
  fields: [
    { name: 'heading', weight: 5, b: 0.6 },
    { name: 'body', weight: 1, b: 0.7 },
  ],
}
const build = (...bodies: readonly string[]) =>
  LexicalIndex.build(
    bodies.map((body, i) => ({ id: `d${i}`, fields: { body } })),
    PLAIN,
  )
/** One search as a map from document to score. */
function searched(index: LexicalIndex, query: string): { scores: Map<number, number>; ceiling: number } {
  const { docs, scores, ceiling } = index.search(query)
  return { scores: new Map([...docs].map((doc, i) => [doc, scores[i] ?? Number.NaN])), ceiling }
}
const best = (index: LexicalIndex, query: string) => ranked(searched(index, query).scores)[0]?.[0]
/** Weights are kept in 16 bits: so far a score may lie from its definition. */
const ROUNDING = 1e-3

describe('BM25F', () => {
  it('agrees with the definition, document by document, in score and order', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(words(6), words(30), words(12)), { maxLength: 10 }), words(8), settings, (documents, query, set) => {
        const { scores, ceiling } = searched(LexicalIndex.build(asDocuments(documents), set), query.join(' '))
        const expected = oracle(documents, query, set)
        // What weighs next to nothing may be lost in rounding; nothing else is found or lost.
        for (const doc of scores.keys()) expect(expected.has(doc)).toBe(true)
        for (const [doc, score] of expected) {
          if (!scores.has(doc)) expect(score).toBeLessThan(ROUNDING)
          expect(Math.abs((scores.get(doc) ?? 0) - score)).toBeLessThan(ROUNDING)
          expect(score).toBeLessThanOrEqual(ceiling + ROUNDING)
        }
        const order = ranked(scores).map(([doc]) => expected.get(doc) ?? Number.NaN)
        order.forEach((score, i) => {
          if (i > 0) expect(score).toBeLessThanOrEqual((order[i - 1] ?? Number.NaN) + 2 * ROUNDING)
        })
      }),
      { seed: 20261123, numRuns: 300 },
    ))

  it('counts a heading more than a body by its weight', () => {
    const documents = [
      { id: 'body', fields: { heading: 'khác hẳn', body: 'bảo hành' } },
      { id: 'heading', fields: { heading: 'bảo hành', body: 'khác hẳn' } },
    ]
    const weighted = (heading: number, body: number): LexicalSettings => ({
      ...PLAIN,
      fields: [
        { name: 'heading', weight: heading, b: 0.6 },
        { name: 'body', weight: body, b: 0.7 },
      ],
    })
    expect(best(LexicalIndex.build(documents, weighted(5, 1)), 'bảo hành')).toBe(1)
    expect(best(LexicalIndex.build(documents, weighted(1, 5)), 'bảo hành')).toBe(0)
  })

  it('does not let documents without a field make that field look long elsewhere', () => {
    const asked = { id: 'a', fields: { heading: 'trả hàng', body: 'mua bán' } }
    const other = { id: 'b', fields: { heading: 'khác hẳn', body: 'mua bán' } }
    const crowd = Array.from({ length: 50 }, (_, i) => ({ id: `c${i}`, fields: { body: `thứ ${i}` } }))
    const share = (documents: readonly LexicalDocument[]) => {
      const { scores, ceiling } = searched(LexicalIndex.build(documents, PLAIN), 'trả')
      return (scores.get(0) ?? Number.NaN) / ceiling
    }
    expect(share([asked, other, ...crowd])).toBeCloseTo(share([asked, other]), 6)
  })

  it('does not index a field without settings', () => {
    const index = LexicalIndex.build([{ id: 'a', fields: { body: 'mua', secret: 'trả' } }], PLAIN)
    expect(index.search('trả').docs).toHaveLength(0)
  })

  it('prefers words in the order of the question: pairs count', () => {
    expect(best(build('hàng trả người bán', 'trả hàng bán người', 'mua'), 'trả hàng')).toBe(1)
  })

  it('prefers the shorter of two texts that hold a word once', () => {
    expect(best(build('phạt một hai ba bốn năm sáu', 'phạt một', 'tám chín'), 'phạt')).toBe(1)
  })

  it('reads capitals, decomposed letters and both tone placements as one', () => {
    const index = build('Hoà giải tranh chấp', 'khởi kiện')
    for (const query of ['HÒA GIẢI', 'hoà giải', 'hòa giải'.normalize('NFD')]) expect(best(index, query)).toBe(0)
  })

  it('repeats of a word in the question change nothing', () => {
    const index = build('trả hàng', 'hàng tốt')
    expect(index.search('hàng lạ hàng').scores).toEqual(index.search('hàng').scores)
  })
})

describe('edges of the index', () => {
  it('finds nothing for words that no document has, and they still raise the ceiling', () => {
    const { scores, ceiling } = searched(build('mua hàng', 'trả hàng'), 'xyzzy qwrt')
    expect(scores.size).toBe(0)
    expect(ceiling).toBeCloseTo(2 * Math.log(3), 6)
  })

  it.each(['', '   ', '?!…', '\u200b'])('finds nothing for %j', (query) => {
    expect(searched(build('mua hàng'), query)).toEqual({ scores: new Map(), ceiling: 0 })
  })

  it('searches an empty corpus, and one of empty documents', () => {
    expect(build().size).toBe(0)
    expect(build().search('mua hàng').docs).toHaveLength(0)
    expect(build('', '').search('mua hàng').docs).toHaveLength(0)
  })

  it('gives the rarity of a word, seen or not', () => {
    const index = build('mua hàng', 'trả hàng', 'đổi')
    expect(index.idf('đổi')).toBeCloseTo(Math.log(1 + 2.5 / 1.5), 6)
    expect(index.idf('hàng')).toBeCloseTo(Math.log(1 + 1.5 / 2.5), 6)
    expect(index.idf('lạ')).toBeCloseTo(Math.log(4), 6)
  })

  it('answers a question of 10,000 syllables as the definition does', () => {
    const random = new Random(11)
    const known = Array.from({ length: 300 }, (_, i) => `t${i}`)
    const documents = Array.from({ length: 8 }, () => [[], Array.from({ length: 40 }, () => random.pick(known)), []])
    const query = Array.from({ length: 10_000 }, () => random.pick([...known, 'lạ', 'hoắc']))
    const set = { ...PLAIN, fields: FIELDS.map((name) => ({ name, weight: 2, b: 0.5 })) }
    const { scores } = searched(LexicalIndex.build(asDocuments(documents), set), query.join(' '))
    const expected = oracle(documents, query, set)
    expect(scores.size).toBe(8)
    for (const [doc, score] of scores) expect(Math.abs(score - (expected.get(doc) ?? Number.NaN))).toBeLessThan(ROUNDING)
  })

  it('indexes a document of 2 MB to its last word', () => {
    const many = Array.from({ length: 340_000 }, (_, i) => `t${(i * 7919) % 90_000}`).join(' ')
    expect(many.length).toBeGreaterThan(2e6 - 50_000)
    const index = build(`đầu ${many} cuối`, 'khác', 'cuối')
    expect([...index.search('đầu').docs]).toEqual([0])
    const last = searched(index, 'cuối').scores
    expect([...last.keys()].sort()).toEqual([0, 2])
    expect(last.get(2)).toBeGreaterThan(last.get(0) ?? Number.NaN)
    expect(searched(index, 't0 t7919 t15838').scores.get(0)).toBeGreaterThan(0)
  })

  it('cuts a text into syllables, then pairs', () => {
    expect(terms('Trả hàng, 7 ngày!')).toEqual(['trả', 'hàng', '7', 'ngày', 'trả_hàng', 'hàng_7', '7_ngày'])
  })
})

describe('an index that is edited', () => {
  const cuts = fc.array(fc.tuple(words(4), words(12), words(6)), { minLength: 1, maxLength: 8 })
  const changes = fc.record({ kept: fc.array(fc.constantFrom('kept', 'gone', 'told anew'), { minLength: 8, maxLength: 8 }), told: cuts, added: cuts })

  it('is the index that would be built anew', () => {
    fc.assert(
      fc.property(cuts, changes, settings, words(6), (before, { kept, told, added }, how, query) => {
        const [old, anew, more] = [asDocuments(before), asDocuments(told), asDocuments(added)]
        const replace = new Map(old.flatMap((_, i) => (kept[i] === 'told anew' ? [[i, anew[i % anew.length] as LexicalDocument] as const] : [])))
        const remove = new Set(old.flatMap((_, i) => (kept[i] === 'gone' ? [i] : [])))
        const edited = LexicalIndex.build(old, how).edited({ remove, replace, add: more })
        const wanted = [...old.flatMap((document, i) => (remove.has(i) ? [] : [replace.get(i) ?? document])), ...more]
        const fresh = LexicalIndex.build(wanted, how).search(query.join(' '))
        expect(edited.search(query.join(' '))).toEqual(fresh)
        expect(edited.size).toBe(wanted.length)
      }),
      { numRuns: 300, seed: 12 },
    )
  })

  it('counts only what counted before', () => {
    const [a, b, c] = asDocuments([[['mua']], [['bán']], [['trả']]])
    const index = LexicalIndex.build([a, b, c] as LexicalDocument[], PLAIN, 2)
    expect(index.edited({ remove: new Set([0]) }).size).toBe(1)
    expect(index.edited({ remove: new Set([2]), add: [a as LexicalDocument] }).size).toBe(2)
  })
})
