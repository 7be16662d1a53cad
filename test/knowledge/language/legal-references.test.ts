import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KnownDocument, readReferences } from '../../../knowledge/language/legal-references.ts'

const DOCUMENTS: readonly KnownDocument[] = [
  {
    number: '19/2023/QH15',
    kind: 'luật',
    name: 'Luật Bảo vệ quyền lợi người tiêu dùng',
    aliases: ['luật bảo vệ người tiêu dùng', 'luật bvntd', 'luật người tiêu dùng', 'luật 19', 'luật bảo vệ quyền lợi người tiêu dùng 2023'],
  },
  { number: '122/2025/QH15', kind: 'luật', aliases: ['luật thương mại điện tử', 'luật tmđt', 'luật 122', 'luật thương mại điện tử 2025'] },
  { number: '59/2010/QH12', kind: 'luật', aliases: ['luật bảo vệ người tiêu dùng 2010', 'luật bvntd 2010', 'luật bảo vệ người tiêu dùng cũ'] },
  { number: '52/2013/NĐ-CP', kind: 'nghị định', aliases: ['nghị định 52', 'nđ 52'] },
  { number: '85/2021/NĐ-CP', kind: 'nghị định', aliases: ['nghị định 85', 'nđ 85'] },
  { number: '248/2026/NĐ-CP', kind: 'nghị định', aliases: ['nghị định 248', 'nđ 248'] },
  { number: '07/2024/QĐ-TTg', kind: 'quyết định', aliases: ['quyết định 07/2024'] },
  { number: '91/2015/QH13', kind: 'bộ luật', name: 'Bộ luật Dân sự', aliases: ['bộ luật dân sự', 'luật dân sự'] },
  { number: '91/2025/QH15', kind: 'luật', aliases: ['luật bảo vệ dữ liệu cá nhân'] },
  { number: '36/2005/QH11', kind: 'luật', aliases: ['luật thương mại'] },
  { number: '05/2007/QH12', kind: 'luật', name: 'Luật Chất lượng sản phẩm, hàng hóa', aliases: ['luật chất lượng sản phẩm'] },
]

/** "19/2023/QH15#38.3.a"; "?" for no document, "??text" for an unknown one. */
const brief = (text: string) =>
  readReferences(text, DOCUMENTS).map((r) => {
    const place = [r.article ?? (r.clause ? '_' : undefined), r.clause, r.point].filter(Boolean).join('.')
    return `${r.document ?? (r.unknownDocument ? `??${r.unknownDocument}` : '?')}${place ? `#${place}` : ''}`
  })

const CONSUMER = '19/2023/QH15'
const REFERENCES: [text: string, ...expected: string[]][] = [
  ['điều 39 luật 19/2023', `${CONSUMER}#39`],
  ['dieu 39 luat 19/2023', `${CONSUMER}#39`],
  ['khoản 2 điều 38 luật bảo vệ người tiêu dùng', `${CONSUMER}#38.2`],
  ['khoan 2 dieu 38 luat bao ve nguoi tieu dung', `${CONSUMER}#38.2`],
  ['điểm a khoản 2 Điều 39', '?#39.2.a'],
  ['điểm đ khoản 1 điều 10 luật 19', `${CONSUMER}#10.1.đ`],
  ['đ38 k3', '?#38.3'],
  ['k3 đ38 luật 19', `${CONSUMER}#38.3`],
  ['d39 luat 19', `${CONSUMER}#39`],
  ['dieu 38 khoan 3 luat 19', `${CONSUMER}#38.3`],
  ['Điều 39 khoản 2 điểm b của Luật BVNTD', `${CONSUMER}#39.2.b`],
  ['điều 39.2', '?#39.2'],
  ['điểm a, b khoản 2 điều 39 luật 19', `${CONSUMER}#39.2.a`, `${CONSUMER}#39.2.b`],
  ['điều 15', '?#15'],
  ['Điều 15 quy định gì', '?#15'],
  ['còn khoản 3 thì sao', '?#_.3'],
  ['luật 19', CONSUMER],
  ['luật 19/2023/QH15', CONSUMER],
  ['19/2023/QH15', CONSUMER],
  ['Luật số 19/2023/QH15', CONSUMER],
  ['luật 19 năm 2023', CONSUMER],
  ['Luật Bảo vệ quyền lợi người tiêu dùng số 19/2023/QH15', CONSUMER],
  ['luật bảo vệ quyền lợi người tiêu dùng (59/2010/QH12)', '59/2010/QH12'],
  ['luật người tiêu dùng', CONSUMER],
  ['luật người tiêu dùng 2024', CONSUMER],
  ['theo luật người tiêu dùng năm 2022 tôi mua', CONSUMER],
  ['luật bvntd 2010', '59/2010/QH12'],
  ['luật bảo vệ người tiêu dùng năm 2010', '59/2010/QH12'],
  ['luật bảo vệ người tiêu dùng cũ', '59/2010/QH12'],
  ['nđ 248/2026', '248/2026/NĐ-CP'],
  ['nd 248/2026', '248/2026/NĐ-CP'],
  ['nghị định số 52/2013/NĐ-CP', '52/2013/NĐ-CP'],
  ['nghi dinh 52/2013/ND-CP', '52/2013/NĐ-CP'],
  ['nghị định 52', '52/2013/NĐ-CP'],
  ['nghị định 85 năm 2021', '85/2021/NĐ-CP'],
  ['theo 52/2013', '52/2013/NĐ-CP'],
  ['quyết định 07/2024', '07/2024/QĐ-TTg'],
  ['quyết định số 7/2024/QĐ-TTg', '07/2024/QĐ-TTg'],
  ['luật thương mại điện tử', '122/2025/QH15'],
  ['luat thuong mai dien tu dieu 12', '122/2025/QH15#12'],
  ['luật thương mại điều 3', '36/2005/QH11#3'],
  ['luật tmđt 2026', '122/2025/QH15'],
  ['Điều 57 Luật Thương mại điện tử năm 2025', '122/2025/QH15#57'],
  ['bộ luật dân sự điều 428', '91/2015/QH13#428'],
  ['luật 91/2015', '91/2015/QH13'],
  ['luật chất lượng sản phẩm, hàng hóa', '05/2007/QH12'],
  ['luat chat luong san pham hang hoa', '05/2007/QH12'],
  ['luật 122 quy định tại điều 12 khoản 1', '122/2025/QH15#12.1'],
  ['luật 19, điều 5', `${CONSUMER}#5`],
  ['điều 38, 39 và 40 luật 19', `${CONSUMER}#38`, `${CONSUMER}#39`, `${CONSUMER}#40`],
  ['điều 38 và điều 39 luật 19', `${CONSUMER}#38`, `${CONSUMER}#39`],
  ['điều 5 luật 19, điều 6 luật 122', `${CONSUMER}#5`, '122/2025/QH15#6'],
  ['nghị định 52/2013 và luật 19/2023', '52/2013/NĐ-CP', CONSUMER],
  ['nghị định 999/2027', '??nghị định 999/2027'],
  ['điều 3 nghị định 999/2027/NĐ-CP', '??nghị định 999/2027/NĐ-CP#3'],
  ['Thông tư 888/2026/TT-BCT', '??Thông tư 888/2026/TT-BCT'],
  ['999/2026/NĐ-CP', '??999/2026/NĐ-CP'],
  ['nghị định 19/2023', '??nghị định 19/2023'],
  ['luật 19/2024', '??luật 19/2024'],
  ['luật người tiêu dùng 1999', '??luật người tiêu dùng 1999'],
  ['ＬＵẬＴ １９/２０２３', CONSUMER],
]

const NONE = [
  'theo luật',
  'đúng luật không',
  'luật nào cũng vậy',
  'luật sư bảo thế',
  'luật giao thông',
  'luật 3 người',
  'nghị định nào',
  'tài khoản 2 của tôi',
  'tai khoan 123',
  'điều khoản 5',
  'khoản 2 triệu',
  'chuyển khoản 500k',
  'giá 38đ',
  'đ38',
  'điều này',
  'có 2 điều',
  'điều 3 hợp đồng',
  'khoản 2 của hợp đồng',
  'điều 2 bên thỏa thuận',
  'quyết định 3 ngày sau mua',
  'hoàn 12/2023',
  'ngày 15/8/2025',
  'hôm 2/7/2024',
  'hồi tháng 7/2024',
  'luật 2023',
  'may khoan 60',
  'theo luật, người tiêu dùng được gì',
  'điểm 10',
  '',
]

describe('readReferences', () => {
  it.each(REFERENCES)('%s', (text, ...expected) => expect(brief(text)).toEqual(expected))
  it.each(NONE)('no reference: %s', (text) => expect(brief(text)).toEqual([]))
  it('has at least fifty forms', () => expect(REFERENCES.length).toBeGreaterThanOrEqual(50))

  it('leaves fields out that are not there', () => {
    expect(readReferences('Theo điều 39 luật 19 nhé', DOCUMENTS)).toEqual([{ document: CONSUMER, article: '39', text: 'điều 39 luật 19', index: 5 }])
    expect(readReferences('điều 39', DOCUMENTS)).toEqual([{ article: '39', text: 'điều 39', index: 0 }])
  })

  it('knows no document when none are given', () => {
    expect(readReferences('luật 19/2023', [])).toEqual([{ unknownDocument: 'luật 19/2023', text: 'luật 19/2023', index: 0 }])
    expect(readReferences('luật bảo vệ người tiêu dùng', [])).toEqual([])
  })
})

const PIECES = [
  'điều',
  'khoản',
  'điểm',
  'a',
  'đ',
  'k',
  '2',
  '39',
  '19/2023',
  'luật',
  'nghị định',
  'bảo vệ người tiêu dùng',
  ',',
  'và',
  'năm',
  '2010',
  '/QH15',
  'của',
  '(',
  '\u200b',
]
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((words) => words.join(' ')),
)

describe('properties of readReferences', () => {
  it('never throws; spans lie in the text; documents are known ones; nothing is empty', () => {
    const numbers = new Set(DOCUMENTS.map((document) => document.number))
    fc.assert(
      fc.property(texts, (text) => {
        for (const found of readReferences(text, DOCUMENTS)) {
          expect(text.slice(found.index, found.index + found.text.length)).toBe(found.text)
          expect(found.document === undefined || numbers.has(found.document)).toBe(true)
          expect(found.document ?? found.unknownDocument ?? found.article ?? found.clause).toBeTruthy()
        }
      }),
      { seed: 7, numRuns: 600 },
    )
  })

  it('reads every pointer back in both orders', () => {
    const pointer = fc.record({
      article: fc.integer({ min: 1, max: 120 }),
      clause: fc.integer({ min: 1, max: 20 }),
      point: fc.constantFrom(...'abcdđeghik'),
      document: fc.constantFrom(...DOCUMENTS),
    })
    fc.assert(
      fc.property(pointer, ({ article, clause, point, document }) => {
        const expected = [`${document.number}#${article}.${clause}.${point}`]
        expect(brief(`điểm ${point} khoản ${clause} Điều ${article} ${document.kind} ${document.number}`)).toEqual(expected)
        expect(brief(`${document.kind} ${document.number} điều ${article} khoản ${clause} điểm ${point}`)).toEqual(expected)
      }),
      { seed: 8, numRuns: 200 },
    )
  })
})
