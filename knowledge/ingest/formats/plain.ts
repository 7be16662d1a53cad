/** Plain text and Markdown in whatever encoding it was saved in. */
import { fromBytes } from '../../language/legacy.ts'
import { IngestFault } from '../fault.ts'
import type { Line, Printed } from '../line.ts'
import type { SourceFile } from '../source-file.ts'

/** Throws {@link IngestFault} for bytes that are no Vietnamese text in any encoding that is known. */
export function readPlain(source: SourceFile): Printed {
  const { text, notes } = decoded(source)
  return { lines: text.split(/\r\n?|\n/).map(lineOf), notes }
}

/** @returns the text of a file of letters and what a reviewer should know of its encoding. Throws {@link IngestFault} like {@link readPlain}. */
export function decoded({ bytes, name }: SourceFile): { readonly text: string; readonly notes: readonly string[] } {
  const read = fromBytes(bytes)
  if (!read)
    throw new IngestFault(`${name}: không đọc được chữ (không phải UTF-8, UTF-16, Windows-1258, TCVN3 hay VNI); lưu lại bằng UTF-8 rồi nạp lại.`)
  const notes = read.from ? [`Tệp lưu bằng bảng mã ${read.from}, đã chuyển sang Unicode: soát lại các chữ hoa có dấu.`] : []
  return { text: read.text, notes }
}

/** Markdown's marks of headings and emphasis are no part of the words. */
function lineOf(text: string): Line {
  if (/^\s*\|.*\|\s*$/.test(text))
    return {
      text: text
        .trim()
        .replace(/^\||\|$/g, '')
        .trim(),
      table: true,
    }
  return {
    text: text
      .replace(/^\s*#{1,6}\s+/, '')
      .replace(/(\*\*|__)(?=\S)(.*?\S)\1/g, '$2')
      .replace(/^\*\((.*)\)\*$/, '($1)')
      .trim(),
  }
}
