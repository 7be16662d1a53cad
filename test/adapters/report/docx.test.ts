/** The Word file: opened as a zip, its XML read by a parser that forgives nothing. */
import { DOMParser } from '@xmldom/xmldom'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { writeReportDocx } from '../../../adapters/report/docx.ts'
import { everyFigure } from '../../../bot/report/figures.ts'
import type { FrozenReport } from '../../../bot/report/frozen.ts'
import { STATE_HEAD } from '../../../bot/wording/letter.ts'
import { figureText, REPORT, YEARLY } from '../../../bot/wording/report.ts'
import { EMPTY } from '../../bot/report/basis.ts'
import { BASIS, report } from './report.ts'

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

async function opened(frozen: FrozenReport) {
  const files = unzipSync(await writeReportDocx(frozen))
  const xml = strFromU8(files['word/document.xml'] ?? new Uint8Array())
  // Some parsers let them pass; Word does not.
  for (const refused of ['\u0000', '\uFFFE', '&#x0;']) expect(xml).not.toContain(refused)
  const onError = (level: string, message: string) => (level === 'warning' ? undefined : expect.unreachable(message))
  return new DOMParser({ onError }).parseFromString(xml, 'text/xml')
}

type Opened = Awaited<ReturnType<typeof opened>>
type Element = ReturnType<Opened['getElementsByTagNameNS']>[number]

const within = (node: Opened | Element, name: string): Element[] => [...node.getElementsByTagNameNS(W, name)]
const textOf = (node: Element): string =>
  within(node, 't')
    .map((t) => t.textContent)
    .join('')
const paragraphs = (document: Opened): string[] => within(document, 'p').map(textOf).filter(Boolean)
const tables = (document: Opened): string[][][] =>
  within(document, 'tbl').map((table) => within(table, 'tr').map((row) => within(row, 'tc').map(textOf)))

describe('the yearly report as a Word file', () => {
  it('is A4, with the office and the state at its head, and says all that the paper says', async () => {
    const document = await opened(report())
    const [size] = within(document, 'pgSz')
    expect([size?.getAttributeNS(W, 'w'), size?.getAttributeNS(W, 'h')]).toEqual(['11906', '16838'])
    const said = paragraphs(document)
    expect(said.slice(0, 6)).toEqual([...['HỘI BẢO VỆ NGƯỜI TIÊU DÙNG TỈNH GIA LAI', YEARLY.number, ...STATE_HEAD, YEARLY.place, YEARLY.title]])
    for (const block of report().paper.blocks) if ('text' in block) expect(said).toContain(block.text)
    expect(said).toContain(YEARLY.signer)
  })

  it('has each number with its place, and in the annex each figure with its cases', async () => {
    const document = await opened(report())
    const annex = tables(document).at(-1) ?? []
    const figures = everyFigure(report().figures)
    expect(annex[0]).toEqual([...YEARLY.annexColumns])
    expect(annex.slice(1).map(([no, label]) => [no, label])).toEqual(figures.map(({ no, label }) => [String(no), label]))
    for (const [i, { of, on }] of figures.entries()) if (of === 'case') expect(annex[i + 1]?.[3]).toBe(on.join(', '))
    const cells = new Set(tables(document).flat(2))
    for (const figure of figures) expect(cells).toContain(`${figureText(figure)}[${figure.no}]`)
  })

  it('repeats the head of a table on the next page, and tears no row of it', async () => {
    const document = await opened(report())
    const ruled = within(document, 'tbl').slice(1)
    expect(ruled.every((table) => within(table, 'tblHeader').length === 1)).toBe(true)
    expect(ruled.slice(0, -1).every((table) => within(table, 'cantSplit').length === within(table, 'tr').length)).toBe(true)
  })

  it('of an empty year is a whole report', async () => {
    const said = paragraphs(await opened(report(EMPTY)))
    expect(said).toContain(YEARLY.empty(2026))
    expect(said.filter((text) => text === REPORT.none)).toHaveLength(8)
  })

  it('holds what XML may not hold as something else, and is still read', async () => {
    const cases = BASIS.cases.map((line) => ({ ...line, commune: 'xã <Ia> & \u0000\uFFFE\uD800' }))
    expect(
      tables(await opened(report({ ...BASIS, cases })))
        .flat(2)
        .some((text) => text.startsWith('xã <Ia> &')),
    ).toBe(true)
  })
})
