/** Real files for the tests of ingest: a decree in the layout of the administration, as Word, PDF, HTML and text. Made here, of invented law. */
import { AlignmentType, Document, Footer, Packer, PageNumber, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx'

/** One paragraph each; the decree is invented: no such number exists. */
export const HEAD = { issuer: 'CHÍNH PHỦ', number: '901/2026/NĐ-CP', place: 'Hà Nội, ngày 05 tháng 3 năm 2026' }
export const SUBJECT = 'Quy định thử nghiệm về sổ ghi nhận góp ý của người mua hàng'
export const ARTICLES: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[] = [
  { heading: 'Điều 1. Phạm vi điều chỉnh', paragraphs: ['Nghị định này quy định việc lập, giữ và trả lời sổ ghi nhận góp ý tại nơi bán hàng.'] },
  {
    heading: 'Điều 2. Sổ góp ý',
    paragraphs: [
      '1. Nơi bán hàng có từ 05 người làm việc trở lên phải đặt sổ góp ý ở chỗ khách dễ thấy.',
      '2. Sổ góp ý gồm:',
      'a) Ngày khách ghi;',
      'b) Nội dung góp ý;',
      'đ) Chữ ký của người tiếp nhận.',
      '3. Người bán phải trả lời góp ý trong thời hạn 10 ngày kể từ ngày khách ghi, trừ trường hợp khách không để lại cách liên lạc.',
    ],
  },
  ...Array.from({ length: 30 }, (_, i) => ({
    heading: `Điều ${i + 3}. Trách nhiệm giữ sổ góp ý thứ ${i + 3}`,
    paragraphs: [
      `1. Người bán hàng phải giữ sổ góp ý thứ ${i + 3} ở nơi khô ráo, không được xé bỏ, tẩy xóa hoặc viết đè lên nội dung mà khách hàng đã ghi, kể cả khi hai bên đã giải quyết xong việc góp ý đó bằng thương lượng.`,
      `2. Sổ góp ý thứ ${i + 3} được giữ ít nhất 02 năm kể từ ngày ghi trang cuối cùng.`,
    ],
  })),
  {
    heading: 'Điều 33. Hiệu lực thi hành',
    paragraphs: ['Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2026.'],
  },
]
const CHAPTER = ['Chương I', 'QUY ĐỊNH CHUNG']
const TAIL = ['Nơi nhận:', '- Như trên;', 'TM. CHÍNH PHỦ']

/** The decree as plain lines. */
export function plainLines(): string[] {
  return [
    HEAD.issuer,
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    `Số: ${HEAD.number}`,
    HEAD.place,
    'NGHỊ ĐỊNH',
    SUBJECT,
    'Căn cứ Luật Bảo vệ quyền lợi người tiêu dùng ngày 20 tháng 6 năm 2023;',
    'Chính phủ ban hành Nghị định quy định thử nghiệm.',
    ...CHAPTER,
    ...ARTICLES.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs]),
    ...TAIL,
  ]
}

const centred = (text: string, bold = true) => new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text, bold })] })
const body = (text: string) => new Paragraph({ alignment: AlignmentType.JUSTIFIED, children: [new TextRun(text)] })
const cell = (...texts: string[]) => new TableCell({ width: { size: 50, type: WidthType.PERCENTAGE }, children: texts.map((text) => centred(text)) })

/** The decree as a Word file: two-column heading, chapter, articles, a table, page numbers in the foot. */
export async function docxFile(extra: readonly Paragraph[] = []): Promise<Buffer> {
  const heading = new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({
        children: [
          cell(HEAD.issuer, '-------', `Số: ${HEAD.number}`),
          cell('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', '---------------', HEAD.place),
        ],
      }),
    ],
  })
  const table = new Table({
    rows: [
      ['Loại nơi bán', 'Cỡ sổ'],
      ['Chợ', 'A5'],
    ].map((row) => new TableRow({ children: row.map((text) => new TableCell({ children: [body(text)] })) })),
  })
  const [, , ...lines] = plainLines()
  const from = lines.indexOf('NGHỊ ĐỊNH')
  const parts = lines.slice(from).map((line) => (/^(NGHỊ ĐỊNH|Chương|QUY ĐỊNH)/.test(line) ? centred(line) : body(line)))
  return Packer.toBuffer(
    new Document({
      sections: [
        {
          footers: { default: new Footer({ children: [new Paragraph({ children: [new TextRun({ children: [PageNumber.CURRENT] })] })] }) },
          children: [heading, ...parts.slice(0, -TAIL.length), ...extra, table, ...parts.slice(-TAIL.length)],
        },
      ],
    }),
  )
}

/** The decree as a page of a portal: menus around it, the heading in a table, entities and decomposed letters inside. */
export function htmlFile(): string {
  const [, , ...lines] = plainLines()
  const from = lines.indexOf('NGHỊ ĐỊNH')
  const paragraphs = lines.slice(from).map((line, i) => `<p>${i % 3 === 0 ? line.normalize('NFD') : line.replace(/&/g, '&amp;')}</p>`)
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Cổng</title><style>p{margin:0}</style><script>alert(1)</script></head>
<body><nav><a href="/">Trang chủ</a> Điều 1. Không phải luật</nav>
<div><table><tr><td><p><b>${HEAD.issuer}</b></p><p>Số: ${HEAD.number}</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>${HEAD.place}</p></td></tr></table>
${paragraphs.join('\n')}</div><footer>Bản quyền</footer></body></html>`
}

/** HTML that a browser prints to PDF: A4, justified, a running foot, articles across pages. */
export function printable(): string {
  const [, , ...lines] = plainLines()
  const from = lines.indexOf('NGHỊ ĐỊNH')
  const paragraphs = lines.slice(from).map((line) => (/^(NGHỊ ĐỊNH|Chương|QUY ĐỊNH)/.test(line) ? `<h3>${line}</h3>` : `<p>${line}</p>`))
  return `<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><style>
@page{size:A4;margin:25mm 20mm 25mm 30mm}body{font:14pt/1.4 "Noto Serif",serif}p{text-align:justify;margin:6pt 0}h3{text-align:center}
table{width:100%}td{width:50%;text-align:center;vertical-align:top}</style>
<table><tr><td>${HEAD.issuer}<br>-------<br>Số: ${HEAD.number}</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc<br>${HEAD.place}</td></tr></table>
${paragraphs.join('\n')}</html>`
}
