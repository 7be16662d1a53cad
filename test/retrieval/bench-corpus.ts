/** A small corpus for the benchmark's tests: every article is about its own thing, and one question asks for each of the first few. */
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const THINGS = [
  'nghỉ hưu sớm',
  'giấy phép lái xe',
  'thuế nhập khẩu',
  'hoàn tiền hàng lỗi',
  'bảo hành máy giặt',
  'đăng ký kết hôn',
  'cấp hộ chiếu',
  'xử phạt tiếng ồn',
  'thời giờ làm việc',
  'học phí đại học',
  'tàu biển chở dầu',
  'trồng rừng phòng hộ',
]

/** @returns an article as a line of a corpus has it. */
export function lawLine(i: number, change: Record<string, unknown> = {}): Record<string, unknown> {
  const thing = THINGS[i % THINGS.length] as string
  return {
    doc_no: `${i + 1}/2020/NĐ-CP`,
    dieu: String(i + 2),
    title: `Điều 1.1.NĐ.1.${i}. Quy định về ${thing}`,
    text: `Cơ quan có thẩm quyền xem xét việc ${thing} trong ${i + 3} ngày làm việc.`,
    note: `(Điều ${i + 2} Nghị định số ${i + 1}/2020/NĐ-CP Nghị định về ${thing} ngày 01/01/2020 có hiệu lực)`,
    demuc_name: thing,
    ...change,
  }
}

export const LAW = THINGS.map((_, i) => lawLine(i))

/** @returns a question about an article of {@link LAW}. */
export function askOf(i: number): Record<string, unknown> {
  return {
    id: `q${i}`,
    question: `Việc ${THINGS[i]} được quy định thế nào?`,
    relevant: [{ document: `${i + 1}/2020/nđ-cp`, article: String(i + 2) }],
    fold: i % 5,
  }
}

/** Writes one JSON a line, packed when `file` ends in .gz; strings as they are. */
export function writeLines(file: string, lines: readonly (object | string)[]): string {
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
  writeFileSync(file, file.endsWith('.gz') ? gzipSync(text) : text)
  return file
}
