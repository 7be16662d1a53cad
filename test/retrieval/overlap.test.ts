import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairKey } from '../../retrieval/lexical/forward.ts'
import { type AskedWords, type Overlap, OverlapReader } from '../../retrieval/rerank/overlap.ts'

const SYLLABLES = 8
const WINDOW = 60
const rarity = (id: number) => 1 + id / 3
const pairRarity = (first: number, second: number) => 2 + first / 5 + second / 7

/** A question as numbers of syllables; 8 stands for one that no document has. */
function asked(question: readonly number[]): AskedWords {
  const known = question.map((id) => (id < SYLLABLES ? id : -1))
  const distinct = [...new Set(known.filter((id) => id >= 0))]
  const pairs = known.slice(1).flatMap((second, i) => {
    const first = known[i] as number
    return first < 0 || second < 0 ? [] : [[pairKey(first, second), pairRarity(first, second)] as const]
  })
  return { distinct, rarity: distinct.map(rarity), pairs: new Map(pairs), order: known.map((id) => distinct.indexOf(id)) }
}

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
const runsIn = (question: readonly number[], text: readonly number[], length: number) =>
  question.flatMap((_, from) => {
    const run = question.slice(from, from + length)
    const there = run.length === length && text.some((_, at) => run.every((id, i) => id < SYLLABLES && text[at + i] === id))
    return there ? [from] : []
  })

/** The same straight from the definitions, every part of the text looked at anew. */
function oracle(question: readonly number[], text: readonly number[]): Omit<Overlap, 'windowAt'> {
  const { distinct, pairs } = asked(question)
  const total = sum(distinct.map(rarity))
  const held = (part: readonly number[]) => sum(distinct.filter((id) => part.includes(id)).map(rarity)) / total
  const standing = new Set(text.slice(1).map((second, i) => pairKey(text[i] as number, second)))
  const lengths = question.map((_, i) => i + 1).filter((length) => runsIn(question, text, length).length > 0)
  return {
    syllables: held(text),
    pairs: pairs.size === 0 ? 0 : sum([...pairs].map(([key, rare]) => (standing.has(key) ? rare : 0))) / sum(pairs.values()),
    covered: text.filter((id) => distinct.includes(id)).length / text.length,
    run: Math.max(0, ...lengths) / question.length,
    triples: question.length > 2 ? runsIn(question, text, 3).length / (question.length - 2) : 0,
    window: Math.max(...text.map((_, end) => held(text.slice(Math.max(0, end - WINDOW + 1), end + 1)))),
  }
}

const question = fc.array(fc.nat(SYLLABLES), { minLength: 1, maxLength: 8 }).filter((ids) => ids.some((id) => id < SYLLABLES))
/** More syllables than are asked for, so that texts have gaps; some longer than a window. */
const text = fc.array(fc.nat(SYLLABLES - 1), { minLength: 1, maxLength: 90 })

describe('OverlapReader', () => {
  it('finds what the definitions say, text after text and question after question', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(question, fc.array(text, { minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 3 }), (asks) => {
        const reader = new OverlapReader(SYLLABLES)
        for (const [ids, texts] of asks) {
          reader.take(asked(ids))
          for (const tokens of texts) {
            const { windowAt, ...found } = reader.read(Uint32Array.from(tokens))
            const expected = oracle(ids, tokens)
            for (const [name, value] of Object.entries(expected)) expect(found[name as keyof typeof found], name).toBeCloseTo(value, 9)
            expect(windowAt).toBeGreaterThanOrEqual(0)
            expect(windowAt).toBeLessThan(1)
          }
        }
      }),
      { seed: 20261126, numRuns: 400 },
    ))

  it('says where the best window begins', () => {
    const reader = new OverlapReader(SYLLABLES)
    reader.take(asked([1, 2]))
    expect(reader.read(Uint32Array.from([...Array.from({ length: 140 }, () => 5), 1, 2, 5, 5])).windowAt).toBeCloseTo((141 - WINDOW) / 144, 9)
    expect(reader.read(Uint32Array.from([1, 2, 5, 5])).windowAt).toBe(0)
  })

  it('forgets what has left the window', () => {
    const reader = new OverlapReader(SYLLABLES)
    reader.take(asked([1, 2]))
    const apart = [1, ...Array.from({ length: WINDOW }, () => 5), 2]
    expect(reader.read(Uint32Array.from(apart)).window).toBeCloseTo(rarity(2) / (rarity(1) + rarity(2)), 9)
    expect(reader.read(Uint32Array.from(apart.toSpliced(1, 2))).window).toBeCloseTo(1, 9)
  })

  it('finds nothing in an empty text, and nothing for a question of unknown words', () => {
    const reader = new OverlapReader(SYLLABLES)
    reader.take(asked([1, 2]))
    expect(Object.values(reader.read(new Uint32Array(0)))).toEqual([0, 0, 0, 0, 0, 0, 0])
    reader.take({ distinct: [], rarity: [], pairs: new Map(), order: [-1, -1] })
    expect(Object.values(reader.read(Uint32Array.from([1, 2])))).toEqual([0, 0, 0, 0, 0, 0, 0])
  })
})
