/** The review of a version as an operator reads it. */
import { isCitable, type Review } from '../../knowledge/ingest/review.ts'
import type { Version } from '../../knowledge/ingest/versions.ts'
import { formatDay } from '../../knowledge/validity.ts'

const MARK = { stop: 'DỪNG', look: 'XEM ', note: 'ghi ' } as const

/** @returns head, counts, findings and what comes next. */
export function reviewText(version: Version, when: 'new' | 'before'): string {
  const { law, review } = version
  return [
    headLine(version, when),
    ...headerLines(version),
    countLine(review),
    ...review.findings.map(({ severity, text }) => `  ${MARK[severity]}  ${text}`),
    nextLine(version, isCitable(law)),
  ].join('\n')
}

function headLine({ file, slug, name }: Version, when: 'new' | 'before'): string {
  return `${file}: ${when === 'new' ? 'đã nạp thành' : 'đã nạp từ trước,'} bản ${name} của ${slug}`
}

function headerLines({ law: { header } }: Version): string[] {
  const { number, kind, title, issuer, issued, inForceFrom } = header
  const days = [
    issued ? `ban hành ${formatDay(issued)}` : 'không rõ ngày ban hành',
    inForceFrom ? `hiệu lực từ ${formatDay(inForceFrom)}` : 'không rõ ngày hiệu lực',
  ]
  return [
    `  ${number ?? 'không có số'} · ${kind ?? 'không rõ loại'} · ${issuer ?? 'không rõ nơi ban hành'} · ${days.join(' · ')}`,
    ...(title ? [`  ${title}`] : []),
  ]
}

function countLine({ counts }: Review): string {
  const { articles, highest, clauses, points, appendices, tables } = counts
  return `  ${articles} điều (số lớn nhất ${highest}), ${clauses} khoản, ${points} điểm, ${appendices} phụ lục, ${tables} bảng`
}

function nextLine({ law, review, slug }: Version, citable: boolean): string {
  if (review.findings.some(({ severity }) => severity === 'stop')) return '  → Chưa công bố được: sửa điều ghi DỪNG ở trên rồi nạp lại.'
  const number = law.header.number ?? slug
  return citable
    ? `  → Soát xong thì công bố: npm run -s ingest -- --publish ${number}`
    : `  → Giữ để đối chiếu. Đánh dấu đã soát: npm run -s ingest -- --publish ${number}`
}
