/** A list of published names out of a file of any usual kind: every row that cannot be taken is said, and nothing is guessed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../../adapters/report/csv.ts'
import { readCsv, readSheet } from '../../../adapters/report/read-sheet.ts'
import { type Entry, entrySchema, identityOf, keysOf } from '../../../bot/violators/entry.ts'
import { readFileRows } from '../../../bot/violators/file.ts'
import { dayIn, readRows } from '../../../bot/violators/table.ts'

const HEAD = [
  'Tên',
  'Tên khác',
  'Trang, tài khoản',
  'Mã số thuế',
  'Hành vi',
  'Cơ quan công bố',
  'Số quyết định',
  'Ngày quyết định',
  'Ngày công bố',
  'Nguồn',
  'Hiện đến ngày',
]
const ROW = [
  'Shop Hoa Mai',
  'Hoa Mai Store; HM',
  'hoamai.top; facebook.com/hoamai',
  '0312345678',
  'Bán hàng giả',
  'Cục thử nghiệm',
  '12/QĐ-TN',
  '05/03/2026',
  '6-3-2026',
  'https://co-quan.example/tin/1',
  '',
]
const TODAY = '2026-11-28'
const sheet = (...rows: readonly (readonly string[])[]) => [HEAD, ...rows]
const row = (over: Readonly<Record<number, string>>) => ROW.map((cell, i) => over[i] ?? cell)

const ENTRY: Entry = entrySchema.parse({
  ...{
    name: 'Shop Hoa Mai',
    otherNames: ['Hoa Mai Store', 'HM'],
    links: ['hoamai.top', 'facebook.com/hoamai'],
    tax: '0312345678',
    what: 'Bán hàng giả',
  },
  ...{
    authority: 'Cục thử nghiệm',
    decision: '12/QĐ-TN',
    decidedOn: '2026-03-05',
    publishedOn: '2026-03-06',
    source: 'https://co-quan.example/tin/1',
  },
})

describe('a row', () => {
  it('is an entry, whatever the order and the names of the columns', () => {
    expect(readRows(sheet(ROW)).entries).toEqual([{ line: 2, entry: ENTRY }])
    const other = [HEAD.toReversed().map((name) => name.toUpperCase()), ROW.toReversed()]
    expect(readRows([[''], ...other]).entries).toEqual([{ line: 3, entry: ENTRY }])
    const official = ['STT', 'Tên tổ chức, cá nhân', 'MST', 'Nội dung vi phạm', 'Đơn vị công bố', 'Số QĐ', 'Ngày công bố', 'Link nguồn']
    const cells = ['1', 'Công ty Hoa Mai', '', 'Quảng cáo sai', 'Sở thử nghiệm', '', '2026-03-06', 'https://co-quan.example/2']
    expect(readRows([official, cells]).entries[0]?.entry).toMatchObject({
      name: 'Công ty Hoa Mai',
      what: 'Quảng cáo sai',
      source: 'https://co-quan.example/2',
      tax: '',
    })
  })

  it.each([
    [{ 0: '' }, 'Trống ở “Tên”'],
    [{ 3: '123' }, 'Mã số thuế'],
    [{ 7: '31/02/2026' }, 'Ngày quyết định'],
    [{ 8: 'hôm qua' }, 'Ngày công bố'],
    [{ 8: '06/03/2027' }, 'sau hôm nay'],
    [{ 9: 'trang của Cục' }, 'Nguồn phải là đường dẫn'],
    [{ 9: 'javascript:alert(1)' }, 'Nguồn phải là đường dẫn'],
  ])('%j is refused with why', (over, why) => {
    const { entries, bad } = readFileRows(sheet(ROW, row(over)), TODAY)
    expect(entries).toHaveLength(1)
    expect(bad).toEqual([{ line: 3, why: expect.stringContaining(why) }])
  })

  it('that says the same decision again is said to do so', () => {
    const { bad } = readFileRows(sheet(ROW, row({ 0: 'SHOP HOA MAI', 4: 'Khác' })), TODAY)
    expect(bad).toEqual([{ line: 3, why: 'Trùng với dòng 2 trong cùng tệp.' }])
  })

  it('needs its columns, and at least one', () => {
    expect(
      readRows([
        ['Tên', 'Hành vi'],
        ['a', 'b'],
      ]).bad[0]?.why,
    ).toContain('“Cơ quan công bố”, “Ngày công bố”, “Nguồn”')
    expect(readRows([HEAD]).bad).toHaveLength(1)
    expect(readRows([]).bad).toHaveLength(1)
  })

  it('takes days as people and sheets write them', () => {
    expect(['5/3/2026', '05-03-2026', '05.03.2026', '2026-3-5', '46086'].map(dayIn)).toEqual(Array(5).fill('2026-03-05'))
    expect(['2026', '32/1/2026', '', '5/3/26'].map(dayIn)).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('an entry', () => {
  it('is found by every name, site, page and number of its own', () => {
    expect(keysOf(ENTRY)).toEqual([
      { kind: 'name', key: 'shop hoa mai' },
      { kind: 'name', key: 'hoa mai store' },
      { kind: 'name', key: 'hm' },
      { kind: 'host', key: 'hoamai.top' },
      { kind: 'link', key: 'facebook.com/hoamai' },
      { kind: 'tax', key: '0312345678' },
    ])
  })
  it('is the same decision however it is written', () =>
    expect(identityOf({ ...ENTRY, name: 'shop  HOA MAI.', what: 'khác' })).toBe(identityOf(ENTRY)))
})

describe('a file', () => {
  const read = async (bytes: Uint8Array) => readRows((await readSheet(bytes)) ?? []).entries.map(({ entry }) => entry)
  const csv = (between: string, line = '\r\n') =>
    sheet(ROW)
      .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(between))
      .join(line)

  it.each([';', ',', '\t'])('is read with "%s" between cells, any end of line, with a mark or without', async (between) => {
    for (const line of ['\n', '\r\n', '\r'])
      for (const mark of ['', '\uFEFF']) expect(await read(Buffer.from(mark + csv(between, line)))).toEqual([ENTRY])
  })

  it('is read in UTF-16 and in Windows-1258', async () => {
    expect(await read(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv('\t'), 'utf16le')]))).toEqual([ENTRY])
    expect(await read(windows1258(csv(';')))).toEqual([ENTRY])
  })

  it('that is a workbook is read by its first sheet, days and links included', async () => {
    const { default: excel } = await import('exceljs')
    const book = new excel.Workbook()
    const page = book.addWorksheet('Danh sách')
    page.addRow(HEAD)
    page.addRow([
      ...ROW.slice(0, 8),
      new Date(Date.UTC(2026, 2, 6)),
      { text: 'https://co-quan.example/tin/1', hyperlink: 'https://co-quan.example/tin/1' },
      '',
    ])
    expect(await read(new Uint8Array(await book.xlsx.writeBuffer()))).toEqual([ENTRY])
  })

  it('that is no text and no workbook is none', async () => {
    expect(await readSheet(Buffer.from([0, 1, 2, 3, 255, 0]))).toBeUndefined()
    expect(await readSheet(Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9]))).toBeUndefined()
  })

  it('gives back whatever cells were written', () => {
    const cell = fc.stringMatching(/^[a-zđ0-9 ",;\n\t]{0,12}$/)
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (rows) => {
        const head = ['cột một', 'cột hai', 'cột ba']
        const text = writeCsv([head, ...rows]).toString('utf8')
        expect(readCsv(text)).toEqual([head, ...rows])
      }),
    )
  })

  it('never throws for any text', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', '\t') }), (text) => void readRows(readCsv(text))))
  })
})

/** As an office of twenty years ago would have saved it: letters and combining marks. */
function windows1258(text: string): Buffer {
  const decoder = new TextDecoder('windows-1258')
  const byLetter = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  const marks: Readonly<Record<string, string>> = {
    '\u0300': '\u0300',
    '\u0301': '\u0301',
    '\u0303': '\u0303',
    '\u0309': '\u0309',
    '\u0323': '\u0323',
  }
  const bytes: number[] = []
  for (const letter of text.normalize('NFC')) {
    const known = byLetter.get(letter)
    if (known !== undefined) bytes.push(known)
    else {
      const parts = [...letter.normalize('NFD')]
      const tone = parts.findIndex((part) => part in marks)
      const base = parts
        .filter((_, i) => i !== tone)
        .join('')
        .normalize('NFC')
      for (const part of [base, parts[tone] ?? '']) bytes.push(byLetter.get(part) ?? 63)
    }
  }
  return Buffer.from(bytes)
}
