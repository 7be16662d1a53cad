/** A file as it comes: its size, its bytes, and what it really is, whatever its name says. */
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { IngestFault } from './fault.ts'

export type Format = 'docx' | 'pdf' | 'html' | 'text'

export interface SourceFile {
  readonly name: string
  readonly format: Format
  readonly bytes: Uint8Array
  /** Hex. */
  readonly sha256: string
}

/** The longest law at hand is under 1 MB of text; a gazette's PDF with its forms a few tens. */
export const MOST_BYTES = 60 * 1024 * 1024

const NAMED: Readonly<Record<string, Format>> = { '.docx': 'docx', '.pdf': 'pdf', '.html': 'html', '.htm': 'html', '.txt': 'text', '.md': 'text' }
const SPOKEN: Readonly<Record<Format, string>> = { docx: 'Word (.docx)', pdf: 'PDF', html: 'trang web (.html)', text: 'chữ thường (.txt)' }

/** Reads `path`. Throws {@link IngestFault} for a file that is missing, empty, too large, of a kind that is not read, or named as another kind. */
export function readSourceFile(path: string): SourceFile {
  const name = basename(path)
  const bytes = bytesOf(path, name)
  const format = sniff(bytes, name)
  const named = NAMED[extname(name).toLowerCase()]
  if (!named) throw new IngestFault(`${name}: chỉ nạp được .docx, .pdf, .html, .txt và .md.`)
  if (named !== format)
    throw new IngestFault(`${name}: đuôi tệp nói là ${SPOKEN[named]} nhưng bên trong là ${SPOKEN[format]}; đổi lại đuôi cho đúng rồi nạp lại.`)
  return { name, format, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

function bytesOf(path: string, name: string): Uint8Array {
  const size = sizeOf(path, name)
  if (size === 0) throw new IngestFault(`${name}: tệp rỗng.`)
  if (size > MOST_BYTES)
    throw new IngestFault(`${name}: tệp nặng ${Math.round(size / 1048576)} MB, quá ${MOST_BYTES / 1048576} MB; một văn bản luật không lớn đến thế.`)
  return new Uint8Array(readFileSync(path))
}

function sizeOf(path: string, name: string): number {
  try {
    const found = statSync(path)
    if (found.isFile()) return found.size
  } catch {
    // Told below, as what is no file.
  }
  throw new IngestFault(`${name}: không có tệp này.`)
}

const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0]
const startsWith = (bytes: Uint8Array, head: readonly number[]) => head.every((byte, i) => bytes[i] === byte)

function sniff(bytes: Uint8Array, name: string): Format {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096))
  if (head.slice(0, 1024).includes('%PDF-')) return 'pdf'
  if (startsWith(bytes, OLD_OFFICE))
    throw new IngestFault(`${name}: là tệp Word đời cũ (.doc) hoặc có đặt mật khẩu; mở bằng Word, lưu lại thành .docx không mật khẩu rồi nạp lại.`)
  if (startsWith(bytes, [0x50, 0x4b])) return 'docx'
  if (/<(?:!doctype\s+html|html|head|body|div|p|table|span)[\s>]/i.test(head)) return 'html'
  return 'text'
}
