/** The Word file: opened as a zip, its XML read by a parser that forgives nothing. */
import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { writeDocx } from '../../../adapters/letter/docx.ts'
import { printable, printableLines } from '../../../adapters/letter/printable.ts'
import type { Paper } from '../../../bot/complaint/paper.ts'
import { LETTER, LETTER_LABEL, STATE_HEAD } from '../../../bot/wording/letter.ts'
import { BARE, blocks, FULL, letter, NUMBER, receipt, STORY, told } from './papers.ts'

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

async function opened(paper: Paper) {
  const files = unzipSync(await writeDocx(paper))
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
  return { names: Object.keys(files), text, document: parsed(text('word/document.xml')) }
}

/** Throws for anything that is not well-formed. */
function parsed(xml: string) {
  return new DOMParser({ onError: (level, message) => (level === 'warning' ? undefined : expect.unreachable(message)) }).parseFromString(
    xml,
    'text/xml',
  )
}

type Node = ReturnType<typeof parsed>

const elements = (document: Node, name: string) => [...document.getElementsByTagNameNS(W, name)]
const paragraphs = (document: Node) => elements(document, 'p').map((p) => [...p.getElementsByTagNameNS(W, 't')].map((t) => t.textContent).join(''))
/** Lines that are dotted up to the margin. */
const dottedLines = (document: Node) => elements(document, 'tab').filter((tab) => tab.getAttributeNS(W, 'leader') === 'dot')

describe('the Word file', () => {
  it('is A4 with customary margins, in Times New Roman 13, as Vietnamese', async () => {
    const { document, text } = await opened(letter(FULL))
    const [size, margin] = [elements(document, 'pgSz')[0], elements(document, 'pgMar')[0]]
    expect([size?.getAttributeNS(W, 'w'), size?.getAttributeNS(W, 'h')]).toEqual(['11906', '16838'])
    expect(['top', 'right', 'bottom', 'left'].map((side) => margin?.getAttributeNS(W, side))).toEqual(['1134', '1134', '1134', '1701'])
    expect(text('word/styles.xml')).toMatch(/Times New Roman.*w:sz w:val="26".*w:lang w:val="vi-VN"/s)
  })

  it('says everything that the paper says, in its order', async () => {
    const { document } = await opened(letter(FULL))
    const said = paragraphs(document).filter(Boolean)
    expect(said.slice(0, 5)).toEqual([...STATE_HEAD, LETTER.place, 'ĐƠN KHIẾU NẠI', 'Về việc: hàng nhận về không giống quảng cáo'])
    expect(said).toContain('Kính gửi: Sở Công Thương tỉnh Gia Lai')
    for (const line of STORY.split('\n')) expect(said).toContain(line)
    expect(said).toContain(`${LETTER_LABEL.name}: Nguyễn Thị Hạnh`)
    expect(said.slice(-3)).toEqual([LETTER.signer, LETTER.sign, 'Nguyễn Thị Hạnh'])
  })

  it('has a dotted line for each blank and for nothing else', async () => {
    for (const paper of [letter(BARE), letter(FULL), letter(BARE, { agency: 'cong-an-tinh' }), receipt(FULL)]) {
      const lines = blocks(paper, 'blanks').reduce((sum, { count }) => sum + count, 0)
      const fields = blocks(paper, 'field').filter(({ value }) => value === '').length
      expect(dottedLines((await opened(paper)).document)).toHaveLength(lines + fields)
    }
  })

  it('keeps a heading with what follows, and what is signed for with the signature', async () => {
    const { document } = await opened(letter(FULL))
    const kept = elements(document, 'p').filter((p) => p.getElementsByTagNameNS(W, 'keepNext').length > 0)
    const texts = kept.map((p) => p.textContent)
    expect(texts).toEqual(expect.arrayContaining(['1. Người làm đơn', LETTER.oath, LETTER.thanks, LETTER.signer, LETTER.sign]))
  })

  it('counts its pages from the second on, with the case number at the foot of each', async () => {
    const { names, text, document } = await opened(letter(FULL))
    expect(elements(document, 'titlePg').map((one) => one.getAttributeNS(W, 'val'))).toEqual([null])
    const headers = names.filter((name) => /^word\/header\d/.test(name)).map(text)
    expect(headers.filter((xml) => xml.includes('PAGE'))).toHaveLength(1)
    for (const name of names.filter((one) => /^word\/footer\d/.test(one))) expect(text(name)).toContain(NUMBER)
  })

  it('tells nobody on its outside who it is about, and which machine wrote it', async () => {
    const { text } = await opened(letter(FULL))
    const core = text('docProps/core.xml')
    expect(core).toContain('ĐƠN KHIẾU NẠI')
    expect(core).not.toMatch(/Hạnh|0905|Hoa Xinh|Un-named/)
  })

  it('holds a story as long as stories may be, a paragraph a line', async () => {
    const story = Array.from({ length: 500 }, (_, i) => `dòng ${i}`).join('\n')
    const { document } = await opened(letter({ ...FULL, story }))
    expect(paragraphs(document).filter((text) => text.startsWith('dòng '))).toHaveLength(500)
  })
})

const HOSTILE = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  // Halves of pairs, control characters, reversed order, what is never a character, markup, entities.
  fc
    .array(
      fc.constantFrom(
        '\uD800',
        '\uDFFF',
        '\0',
        '\u0001',
        '\u001B',
        '\u202E',
        '\uFFFE',
        '\uFFFF',
        '\u{1FFFE}',
        '</w:t>',
        ']]>',
        '&#0;',
        '<!--',
        '\r\n',
        'ế',
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join('')),
)

describe('whatever people write', () => {
  it('is always XML that can be read, and still says it', async () => {
    await fc.assert(
      fc.asyncProperty(HOSTILE, HOSTILE, HOSTILE, async (story, name, caption) => {
        const record = {
          ...FULL,
          story,
          facts: told({ name, goods: story }),
          issueTitle: name,
          evidence: [{ attachment: 'a', caption, clear: null }],
        }
        const { names, text, document } = await opened(letter(record))
        for (const file of names.filter((one) => /\.(xml|rels)$/.test(one))) {
          parsed(text(file))
          // The parser lets some of these pass; Word does not.
          expect(text(file)).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u)
        }
        const said = paragraphs(document)
        for (const line of printableLines(story)) expect(said).toContain(line)
      }),
      { numRuns: 60, seed: 7 },
    )
  })

  it('is printed as it was written, but for what cannot be seen', () => {
    expect(printable('Áo  rách\u202E\0, 5 < 6 & "vải"\uD800')).toBe('Áo rách , 5 < 6 & "vải"\uFFFD')
    expect(printableLines('một\r\n\n\nhai\u2028ba')).toEqual(['một', 'hai', 'ba'])
  })
})
