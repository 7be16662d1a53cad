/** The CSV file, read back by a reader of its own; and what a spreadsheet must not run. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../../adapters/report/csv.ts'
import type { Cell } from '../../../bot/report/cells.ts'

/** RFC 4180, character by character. */
function read(file: Buffer): string[][] {
  const rows: string[][] = []
  let [cells, cell, inside] = [[] as string[], '', false]
  const text = file.toString().slice(1)
  for (let i = 0; i < text.length; i++) {
    const here = text[i] ?? ''
    if (inside && here === '"' && text[i + 1] === '"') cell += text[++i]
    else if (here === '"') inside = !inside
    else if (!inside && here === ',') [cells, cell] = [[...cells, cell], '']
    else if (!inside && here === '\r' && text[i + 1] === '\n') {
      rows.push([...cells, cell])
      ;[cells, cell] = [[], '']
      i++
    } else cell += here
  }
  return rows
}

const safe = (cell: Cell): string => (typeof cell === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : String(cell ?? ''))

describe('a CSV file', () => {
  it('begins with the mark of UTF-8, and each row ends as the rule says', () => {
    expect(
      writeCsv([
        ['Số hồ sơ', 'Xã'],
        ['GL26-1', 'Ia Krai'],
      ]).toString(),
    ).toBe('\uFEFFSố hồ sơ,Xã\r\nGL26-1,Ia Krai\r\n')
    expect([...writeCsv([]).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })

  it('runs nothing in a spreadsheet: what begins like a formula begins with an apostrophe, quoted or not', () => {
    const evil = ['=1+1', '+84', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"]
    for (const cell of evil) expect([cell, read(writeCsv([[cell]]))[0]?.[0]]).toEqual([cell, `'${cell}`])
    expect(read(writeCsv([[-2, 'a=b', 'a-b', null]]))).toEqual([['-2', 'a=b', 'a-b', '']])
  })

  it('is read back as it was, whatever is in it', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'ữ', '"', ',', '\r', '\n', '=', '-', ' ', ';', '\t'), maxLength: 8 })
    const cell = fc.oneof(words, fc.integer(), fc.constant(null))
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        expect(read(writeCsv(rows))).toEqual(rows.map((cells) => cells.map(safe)))
      }),
      { numRuns: 300, seed: 4180 },
    )
  })
})
