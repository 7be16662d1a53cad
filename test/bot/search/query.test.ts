import { describe, expect, it } from 'vitest'
import { newCaseNumber } from '../../../bot/case/number.ts'
import { LONGEST_QUERY, MOST_TERMS, parseQuery, type Term } from '../../../bot/search/query.ts'

const word = (...words: string[]): Term => ({ kind: 'words', words })
const number = (digits: string): Term => ({ kind: 'number', digits })
const CASE = newCaseNumber(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]), 2026)

describe('what is typed into the search box', () => {
  it.each([
    ['lừa đảo Pleiku', [word('lừa'), word('đảo'), word('Pleiku')]],
    ['"bếp gas" cũ', [word('bếp', 'gas'), word('cũ')]],
    ['“bếp gas”', [word('bếp', 'gas')]],
    ['"bếp gas', [word('bếp'), word('gas')]],
    ['0905 123 456', [number('0905123456')]],
    ['(+84) 905.123.456', [number('0905123456')]],
    ['84905123456', [number('0905123456')]],
    ['gọi 2 lần 0905-123-456 ngày 5', [number('0905123456'), word('gọi'), word('2'), word('lần'), word('ngày'), word('5')]],
    ['1800.6838', [number('18006838')]],
    ['1.200.000đ', [number('1200000')]],
    ['1,200,000 đồng', [number('1200000'), word('đồng')]],
    ['1200', [word('1200')]],
    ['19/2023/QH15', [number('192023'), word('QH15')]],
    ['shopee.vn/hoa-mai', [word('shopee'), word('vn'), word('hoa'), word('mai')]],
  ] as const)('%s', (typed, terms) => {
    expect(parseQuery(typed)).toEqual(terms)
  })

  it.each([CASE, CASE.toLowerCase(), CASE.replaceAll('-', ' '), CASE.replaceAll('-', '')])('a case number: %s', (typed) => {
    expect(parseQuery(`${typed} bếp`)).toEqual([{ kind: 'case', number: CASE }, word('bếp')])
  })

  it.each([
    ['', 'empty'],
    ['  … !?', 'empty'],
    ['""', 'empty'],
    ['a', 'too_short'],
    ['a ố', 'too_short'],
    ['x'.repeat(LONGEST_QUERY + 1), 'too_long'],
    [Array.from({ length: MOST_TERMS + 1 }, (_, i) => `từ${i}`).join(' '), 'too_many'],
  ] as const)('what cannot be searched for: %j', (typed, problem) => {
    expect(parseQuery(typed)).toBe(problem)
  })
})
