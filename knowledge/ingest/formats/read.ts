/** Any source into lines: its format, then its letters. */
import { fromLegacy } from '../../language/legacy.ts'
import type { Line, Printed } from '../line.ts'
import type { SourceFile } from '../source-file.ts'
import { readDocx } from './docx.ts'
import { linesOfHtml } from './html.ts'
import { readPdf } from './pdf.ts'
import { decoded, readPlain } from './plain.ts'

/** Throws IngestFault with one sentence when the file cannot be read. */
export async function readPrinted(source: SourceFile): Promise<Printed> {
  switch (source.format) {
    case 'docx':
      return inUnicode(await readDocx(source))
    case 'pdf':
      return inUnicode(await readPdf(source))
    case 'html': {
      const { text, notes } = decoded(source)
      const page = linesOfHtml(text)
      return inUnicode({ lines: page.lines, notes: [...notes, ...page.notes] })
    }
    case 'text':
      return readPlain(source)
  }
}

const BETWEEN = '\n'

/** Letters of old fonts are converted all together: one line alone is too little to judge by. */
function inUnicode({ lines, notes }: Printed): Printed {
  const { text, from } = fromLegacy(lines.map((line) => line.text.replaceAll(BETWEEN, ' ')).join(BETWEEN))
  if (!from) return { lines, notes }
  const texts = text.split(BETWEEN)
  const converted: Line[] = lines.map((line, i) => ({ ...line, text: texts[i] ?? '' }))
  return { lines: converted, notes: [...notes, `Tệp dùng phông chữ ${from}, đã chuyển sang Unicode: soát lại các chữ hoa có dấu.`] }
}
