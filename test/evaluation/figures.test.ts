import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Judged } from '../../bot/main/evaluate-ask.ts'
import { curves, figures } from '../../bot/main/evaluate-figures.ts'
import { keep, type Measured, printMeasured } from '../../bot/main/evaluate-report.ts'
import type { Slice } from '../../retrieval/evaluate/rows.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antam-figures-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const RIGHT = { status: true, answered: true, firstArticle: true, anyArticle: true, anyClause: true, mention: true, forbidden: false, sources: 2 }

/** A question judged right in everything but what `changed` says. */
function judged(slice: Slice, changed: Partial<Omit<Judged, 'row'>> & { status?: string; expects?: string } = {}): Judged {
  const { expects = slice === 'out_of_scope' ? 'abstained' : 'answered', ...rest } = changed
  const row = { id: 'r', slice, question: 'Hỏi?', expect: { status: [expects], anyOf: [], mustMention: [], mustNot: [] } }
  const answered = slice !== 'out_of_scope'
  return {
    ...{ row, status: 'answered', basis: '', verdict: { ...RIGHT, answered }, recalled: [true, true, true] },
    ...{ probability: answered ? 0.9 : 0.1, score: answered ? 0.9 : 0.1, firstRight: answered },
    ...rest,
  }
}

const SET: readonly Judged[] = [
  ...Array.from({ length: 9 }, () => judged('consumer')),
  judged('seller', { probability: 0.3, score: 0.3, firstRight: false, recalled: [false, false, true] }),
  ...Array.from({ length: 4 }, () => judged('out_of_scope')),
  judged('out_of_scope', { score: 1, verdict: { ...RIGHT, status: false } }),
  // Judged by other steps: no part in the probability; one wish not served that is not answered, one question that may be answered.
  judged('out_of_scope', { expects: 'refused', probability: 0.99, score: 0 }),
  judged('out_of_scope', { expects: 'answered', probability: 0.5, firstRight: true, score: 1 }),
  judged('scam', { probability: 0.99 }),
]

describe('figures', () => {
  const table = figures(SET)
  const value = (label: string) => table[label]?.value

  it('of what search alone finds, per slice', () => {
    expect(['engine: recall@1', 'engine: recall@5', 'engine: recall@10'].map(value)).toEqual([0.9, 0.9, 1])
    expect(value('  seller: recall@1')).toBe(0)
    expect(table['  consumer: recall@1']).toMatchObject({ value: 1, n: 9 })
    expect(value('  procedure: recall@1')).toBeUndefined()
  })

  it('of the probability: of the questions that it decides', () => {
    expect(table['probability: AUROC']).toMatchObject({ value: 1, n: 16 })
    expect(value('first source right')).toBe(0.9)
    expect(value('  seller: calibration error')).toBeCloseTo(0.3, 12)
    // Nine of one kind say nothing of how well two are told apart.
    expect(value('  consumer: AUROC')).toBeUndefined()
  })

  it('of keeping silent: wishes not served count as well, what may be answered does not', () => {
    expect(table['out of scope: not answered']).toMatchObject({ value: 5 / 6, n: 6 })
    expect(table['abstention at answer rate 0.90']).toMatchObject({ value: 5 / 6, n: 16 })
    // No threshold loses nothing here: all ten are answered up to 0.3.
    expect(value('abstention at answer rate 0.93')).toBe(5 / 6)
  })

  it('all have an interval that holds them, and none is without a value', () => {
    for (const [label, s] of Object.entries(table)) expect([label, s.low <= s.value && s.value <= s.high && s.n > 0]).toEqual([label, true])
  })
})

const measured = (set: readonly Judged[]): Measured => ({ name: 'riêng · dev · clean', figures: figures(set), curves: curves(set) })
const read = (name: string) => JSON.parse(readFileSync(join(folder, 'evaluation', name), 'utf8'))

describe('what an evaluation keeps', () => {
  it('is every figure, the bins and the curve, and a picture; a second run says what changed', () => {
    expect(keep(folder, [measured(SET)])).toEqual([])
    const { figures: table, curves: drawn } = measured(SET)
    expect(read('last.json')).toEqual({ 'riêng · dev · clean': table })
    expect(read('curves.json')['riêng · dev · clean']).toEqual(drawn)
    expect(Object.keys(table)).toEqual(expect.arrayContaining(['probability: AUROC', 'abstention at answer rate 0.93', 'engine: recall@5']))
    expect(readFileSync(join(folder, 'evaluation', 'do-tin-cay-rieng-dev-clean.svg'), 'utf8')).toContain('AUROC của xác suất: 1.000')

    const changes = keep(folder, [measured([...SET, judged('consumer', { recalled: [false, true, true], probability: 0.2, score: 0.05 })])])
    expect(changes).toContain('so với lần trước: riêng · dev · clean · engine: recall@1: 0.900 → 0.818')
    expect(changes.join('\n')).toContain('probability: calibration error')
    expect(changes.join('\n')).not.toContain('recall@10')
  })

  it('stays for runs of another name', () => {
    keep(folder, [{ ...measured(SET), name: 'với kho luật · dev · bare' }])
    expect(Object.keys(read('last.json'))).toEqual(['riêng · dev · clean', 'với kho luật · dev · bare'])
    expect(Object.keys(read('curves.json'))).toEqual(['riêng · dev · clean', 'với kho luật · dev · bare'])
  })

  it('is printed with the diagram, and says where no threshold answers so many', () => {
    const lines: string[] = []
    const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
    printMeasured(measured([...SET, judged('consumer', { score: 0 })]))
    log.mockRestore()
    const printed = lines.join('\n')
    expect(printed).toMatch(/engine: recall@5 +0\.909 \[/)
    expect(printed).toContain('số câu')
    expect(printed).toMatch(/0\.90 +0\.833 \[/)
    expect(printed).toMatch(/0\.93 +không ngưỡng nào trả lời được nhiều đến thế/)
  })
})
