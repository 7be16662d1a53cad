/** What a reviewer is told of a document before it may be published. `stop` = it cannot be; `look` = a person must have looked; `note` = for information. */

import { vietnamese } from '../language/legacy.ts'
import { fold } from '../language/normalise.ts'
import { syllables } from '../language/syllables.ts'
import type { LegalDocument } from '../schema.ts'
import { articleWords, type LawText } from './law-text.ts'
import type { Printed } from './line.ts'
import type { Mended } from './mend.ts'
import { commandsIn } from './suspicious.ts'

export interface Finding {
  readonly severity: 'stop' | 'look' | 'note'
  readonly text: string
}

export interface Review {
  readonly counts: {
    readonly articles: number
    readonly highest: number
    readonly clauses: number
    readonly points: number
    readonly appendices: number
    readonly tables: number
  }
  readonly findings: readonly Finding[]
}

/** Everything that a review looks at. */
export interface Reviewed {
  readonly law: LawText
  readonly printed: Printed
  readonly mended: Mended
  /** What the library already says of a document of this number. */
  readonly known?: LegalDocument | undefined
  /** The number that the operator, or the name of the file, gives the document. */
  readonly expected?: string | undefined
  /** ISO day. */
  readonly today: string
  /** What became of bodies that the text names, as sentences. */
  readonly bodies: readonly string[]
}

type Check = (reviewed: Reviewed) => Finding[]

/** @returns counts and findings, the gravest first. */
export function review(reviewed: Reviewed): Review {
  const findings = CHECKS.flatMap((check) => check(reviewed))
  const order = { stop: 0, look: 1, note: 2 }
  return { counts: countsOf(reviewed), findings: findings.sort((a, b) => order[a.severity] - order[b.severity]) }
}

/** Acts that set rules for everybody: their number has a year, and their kind is one of these. */
const CITABLE = new Set(['luật', 'bộ luật', 'pháp lệnh', 'nghị quyết', 'nghị định', 'thông tư', 'thông tư liên tịch', 'quyết định'])

/** @returns whether a document may be the basis of an answer; plans, letters and decisions in single cases may not. */
export function isCitable({ header: { kind = '', number = '' }, articles }: LawText): boolean {
  return CITABLE.has(kind) && /^\d+\/\d{4}\//.test(number) && articles.length > 0
}

const stop = (text: string): Finding => ({ severity: 'stop', text })
const look = (text: string): Finding => ({ severity: 'look', text })
const note = (text: string): Finding => ({ severity: 'note', text })

function isADocument({ law: { articles, sections } }: Reviewed): Finding[] {
  return articles.length + sections.length > 0
    ? []
    : [stop('Không thấy Điều nào và cũng không thấy mục đánh số La Mã: đây không phải văn bản pháp luật hay hành chính.')]
}

/** Bare text says nothing surely: "ban" may be bán, bạn or bản. */
function isVietnamese({ mended }: Reviewed): Finding[] {
  const text = mended.lines
    .map((line) => line.text)
    .join('\n')
    .slice(0, 200_000)
  const marked = (text.normalize('NFD').match(/\p{M}|đ/giu)?.length ?? 0) / Math.max(1, text.length)
  return vietnamese(text) > 0.5 && marked > 0.05
    ? []
    : [stop('Chữ trong tệp không phải tiếng Việt có dấu; nếu là bản không dấu hay bản quét lỗi thì tìm bản khác.')]
}

function numberAgrees({ law, expected }: Reviewed): Finding[] {
  const { number, kind, title } = law.header
  const name = [kind, title].filter(Boolean).join(' – ') || 'không rõ là văn bản gì'
  if (expected && number && fold(number) !== fold(expected))
    return [stop(`Tệp được gọi là ${expected}, nhưng đầu văn bản ghi số ${number} (${name}).`)]
  if (expected && !number) return [stop(`Tệp được gọi là ${expected}, nhưng đầu văn bản không ghi số đó (${name}).`)]
  if (number) return []
  return law.articles.length > 0
    ? [stop('Không đọc được số hiệu ở đầu văn bản; kiểm tra lại tệp, hoặc nói rõ bằng --as SỐ-HIỆU nếu bản in có ghi.')]
    : [look('Văn bản không ghi số và không ghi ngày: giữ nguyên như vậy, không tự điền.')]
}

/** Words that any title may have. */
const GENERIC = new Set(
  syllables(
    'luật bộ luật nghị định thông tư quyết định quy định chi tiết hướng dẫn thi hành một số điều của về việc và các trong cho sửa đổi bổ sung ban hành',
  ),
)
const telling = (title: string) => new Set(syllables(title).filter((word) => !GENERIC.has(word)))

/** Share of the telling words of the shorter title that both have; undefined where one has too few to judge by. */
function likeness(a: string, b: string): number | undefined {
  const [left, right] = [telling(a), telling(b)]
  const shorter = Math.min(left.size, right.size)
  return shorter < 2 ? undefined : [...left].filter((word) => right.has(word)).length / shorter
}

/** Half of the words of the shorter name; a public copy may call it otherwise. */
const LIKE = 0.5

function titleAgrees({ law: { header }, known }: Reviewed): Finding[] {
  if (!known || !header.title) return []
  const names = [known.name, known.about ?? '', ...known.aliases]
  const alike = names.map((name) => likeness(name, header.title as string)).filter((share) => share !== undefined)
  return alike.length === 0 || alike.some((share) => share >= LIKE)
    ? []
    : [stop(`Thư viện biết ${known.number} là “${known.name}”, nhưng tệp này tên là “${header.title}”: không phải văn bản đó.`)]
}

function oneDocument({ law: { others } }: Reviewed): Finding[] {
  if (others.length === 0) return []
  return [
    stop(
      `Tệp có hơn một văn bản (còn có ${others.map(({ number, title }) => number ?? title ?? 'một văn bản khác').join(', ')}); tách ra từng tệp rồi nạp lại.`,
    ),
  ]
}

function nothingHidden({ printed, mended }: Reviewed): Finding[] {
  const hidden = printed.lines.filter((line) => line.hidden)
  const first = hidden[0]?.text.slice(0, 80)
  return [
    ...(first === undefined ? [] : [stop(`Có ${hidden.length} đoạn chữ giấu không cho người đọc thấy, như “${first}…”; xóa khỏi tệp rồi nạp lại.`)]),
    ...(mended.invisible > 0 ? [look(`Có ${mended.invisible} ký tự vô hình; đã bỏ đi.`)] : []),
  ]
}

function noCommands({ mended }: Reviewed): Finding[] {
  return commandsIn(mended.lines).map(({ text, page }) =>
    stop(`Có đoạn như lệnh cho máy${page ? ` (trang ${page})` : ''}: “${text.slice(0, 100)}”; văn bản pháp luật không viết vậy, tìm bản gốc.`),
  )
}

function starts({ law }: Reviewed): Finding[] {
  const { inForceFrom, issued } = law.header
  return [
    ...(inForceFrom || !isCitable(law)
      ? []
      : [stop('Không đọc được ngày có hiệu lực; xem điều khoản thi hành rồi nói rõ bằng --from NGÀY (như 2026-07-01).')]),
    ...(issued || law.articles.length === 0 ? [] : [look('Không đọc được ngày ban hành ở đầu văn bản.')]),
  ]
}

function complete({ law: { articles }, known }: Reviewed): Finding[] {
  const numbers = new Set(articles.map(({ number }) => Number.parseInt(number, 10)))
  const highest = Math.max(0, ...numbers)
  const missing = Array.from({ length: highest }, (_, i) => i + 1).filter((n) => !numbers.has(n) && !known?.without.includes(n))
  const whole = known?.shelf === 'whole' && known.articles !== undefined && known.articles > highest
  return [
    ...(missing.length > 0 ? [look(`Thiếu ${missing.length} điều so với số lớn nhất (Điều ${highest}): ${ranges(missing)}.`)] : []),
    ...(whole ? [look(`Thư viện biết văn bản này có ${known.articles} điều, tệp chỉ tới Điều ${highest}.`)] : []),
  ]
}

/** "1–13, 15". */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = []
  for (const n of numbers) {
    const last = parts.at(-1)
    if (last && last[1] === n - 1) last[1] = n
    else parts.push([n, n])
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
}

const SELF = /Điều\s+(\d{1,4})\s+(?:của\s+)?(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quyết định)\s+này/giu

function refersWithin({ law: { articles } }: Reviewed): Finding[] {
  const highest = Math.max(0, ...articles.map(({ number }) => Number.parseInt(number, 10)))
  const beyond = articles.flatMap((article) =>
    [...articleWords(article).matchAll(SELF)].filter(([, n]) => Number(n) > highest).map(([, n]) => `Điều ${article.number} dẫn tới Điều ${n}`),
  )
  return beyond.length > 0 ? [look(`Văn bản tự dẫn tới điều không có trong tệp: ${some(beyond)}.`)] : []
}

function wellNumbered({ law: { oddities } }: Reviewed): Finding[] {
  return oddities.map(({ where, what }) => look(`${where}: ${what}.`))
}

function nothingEmpty({ law: { articles } }: Reviewed): Finding[] {
  const empty = articles.filter((article) => articleWords(article).length < 3).map(({ number }) => `Điều ${number}`)
  return empty.length > 0 ? [look(`Điều không có nội dung: ${some(empty)}.`)] : []
}

/** Damage of scanning shows in lines most of whose words are no syllables. */
function readable({ mended }: Reviewed): Finding[] {
  const broken = mended.lines.filter(({ text, table }) => !table && (text.match(/\p{L}+/gu)?.length ?? 0) >= 8 && vietnamese(text) < 0.6)
  const first = broken[0]
  return first ? [look(`${broken.length} dòng có nhiều chữ không phải tiếng Việt, như “${first.text.slice(0, 80)}”.`)] : []
}

function mendedWords({ mended: { joined } }: Reviewed): Finding[] {
  return joined.length > 0 ? [look(`Đã nối các tiếng bị tách rời: ${some(joined)}.`)] : []
}

function sectionsApart({ law: { sections } }: Reviewed): Finding[] {
  return sections.length === 0 ? [] : [note('Không có Điều: các phần được dẫn bằng tên mục, không bằng số, vì số có thể trùng.')]
}

function standing({ law }: Reviewed): Finding[] {
  return isCitable(law) ? [] : [note('Không phải văn bản quy phạm pháp luật: được giữ để đối chiếu, không dùng làm căn cứ cho câu trả lời nào.')]
}

/** A plan runs to a year; what it set out is no promise for later. */
function horizon({ law, today }: Reviewed): Finding[] {
  const year = law.header.title?.match(/đến năm (\d{4})/iu)?.[1]
  return year && !isCitable(law) && today.slice(0, 4) > year ? [look(`Tài liệu chỉ nói tới hết năm ${year}: mốc đó đã qua.`)] : []
}

const CHECKS: readonly Check[] = [
  ...[isADocument, isVietnamese, numberAgrees, titleAgrees, oneDocument, nothingHidden, noCommands, starts, complete, refersWithin],
  ...[wellNumbered, nothingEmpty, readable, mendedWords, sectionsApart, standing, horizon],
  ({ printed }) => printed.notes.map(look),
  ({ bodies }) => bodies.map(note),
]

const MOST_NAMED = 12
const some = (list: readonly string[]) =>
  list.length > MOST_NAMED ? `${list.slice(0, MOST_NAMED).join(', ')} và ${list.length - MOST_NAMED} nữa` : list.join(', ')

function countsOf({ law: { articles, appendices }, printed }: Reviewed): Review['counts'] {
  const clauses = articles.flatMap((article) => article.clauses)
  return {
    articles: articles.length,
    highest: Math.max(0, ...articles.map(({ number }) => Number.parseInt(number, 10))),
    clauses: clauses.length,
    points: [...articles, ...clauses].reduce((sum, { points }) => sum + points.length, 0),
    appendices: appendices.length,
    tables: printed.lines.filter(({ table }, i) => table && !printed.lines[i - 1]?.table).length,
  }
}
