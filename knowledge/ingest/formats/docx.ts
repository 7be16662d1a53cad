/** Word files: checked for what they would inflate to, then read by mammoth into HTML and from there into lines. */
import { Unzip, UnzipInflate } from 'fflate'
import mammoth from 'mammoth'
import { IngestFault } from '../fault.ts'
import type { Line, Printed } from '../line.ts'
import type { SourceFile } from '../source-file.ts'
import { linesOfHtml } from './html.ts'

/** All parts of a Word file inflated; a decree of 100 pages has about 10 MB. */
const MOST_INFLATED = 200 * 1024 * 1024
const SLICE = 64 * 1024
const BODY = 'word/document.xml'

/** Throws {@link IngestFault} for a file that is damaged, no Word file, or would inflate beyond measure. */
export async function readDocx({ bytes, name }: SourceFile): Promise<Printed> {
  const body = inflateBody(bytes, name)
  const { value, messages } = await mammoth
    .convertToHtml({ buffer: Buffer.from(bytes) }, { convertImage: mammoth.images.imgElement(async () => ({ src: '' })) })
    .catch((cause) => {
      throw new IngestFault(`${name}: tệp Word bị hỏng, không đọc được.`, { cause })
    })
  const seen = linesOfHtml(value)
  const unseen = hiddenRuns(body)
  const notes = messages.some(({ type }) => type === 'error') ? ['Word báo lỗi ở vài chỗ khi đọc; soát lại với bản in.'] : []
  return {
    lines: [...seen.lines.map((line) => markHidden(line, unseen)), ...unseen.map((text) => ({ text, hidden: true }))],
    notes: [...seen.notes, ...notes],
  }
}

/** mammoth shows hidden runs like any other: where a whole line is one, it is marked and not read as law. */
function markHidden(line: Line, unseen: readonly string[]): Line {
  return line.text.trim() !== '' && unseen.includes(line.text.trim()) ? { ...line, hidden: true } : line
}

/** Inflates piece by piece and stops at the limit: what a zip says of its own size may be a lie. */
function inflateBody(bytes: Uint8Array, name: string): string {
  let total = 0
  let body = ''
  const decoder = new TextDecoder()
  const unzip = new Unzip((file) => {
    file.ondata = (error, piece, last) => {
      if (error) throw error
      total += piece.length
      if (total > MOST_INFLATED)
        throw new IngestFault(`${name}: bung ra quá ${MOST_INFLATED / 1048576} MB, không phải một văn bản bình thường; không đọc.`)
      if (file.name === BODY) body += decoder.decode(piece, { stream: !last })
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length; at += SLICE) unzip.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length)
  } catch (cause) {
    throw cause instanceof IngestFault ? cause : new IngestFault(`${name}: tệp nén bị hỏng, không mở được.`, { cause })
  }
  if (body === '') throw new IngestFault(`${name}: không phải tệp Word (thiếu ${BODY}) hoặc bị hỏng.`)
  return body
}

/** A run of letters, or the end of a paragraph. */
const RUN = /<w:r[ >].*?<\/w:r>|<\/w:p>/gs
const UNSEEN = /<w:vanish(?:\s*\/>|\s+w:val="(?:1|true|on)")|<w:color\s+w:val="(?:FFFFFF|FEFEFE)"|<w:sz\s+w:val="[1-4]"/
const SEEN = '\0'

/** @returns the texts of runs that are hidden, white or too small to read, adjacent ones of a paragraph joined. */
function hiddenRuns(xml: string): string[] {
  const runs = xml.match(RUN) ?? []
  const texts = runs.map((run) => (UNSEEN.test(run) ? [...run.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('') : SEEN))
  return texts
    .join('')
    .split(SEEN)
    .map((text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').trim())
    .filter((text) => text !== '')
}
