/** The figures of the retrieval benchmark: as a JSON object, as a table beside each other, and each peer against ours. */
import type { BenchQuestion } from '../../retrieval/evaluate/questions.ts'
import { MEASURES, type Mean, type Measure, type Measures, mean, means, measure, percentile } from '../../retrieval/evaluate/ranking.ts'
import type { EngineName } from './bench-job.ts'
import type { EngineRun } from './bench-run.ts'

/** The figures of one engine. Of one that did not finish they are those of the questions it had answered, if there are any. */
export interface EngineFigures extends Partial<Measures> {
  readonly p50ms?: number
  readonly p95ms?: number
  /** Null where nothing lies on disk, or it was not reached. */
  readonly indexBytes: number | null
  readonly buildSeconds: number | null
  readonly peakBytes: number | null
  /** Of an index opened from its files, and the memory that it holds while it answers. */
  readonly openSeconds: number | null
  readonly residentBytes: number | null
  /** How many questions were answered. */
  readonly questions: number
  readonly intervals?: Readonly<Record<Measure, readonly [low: number, high: number]>>
  readonly unfinished?: true
  readonly failed?: string
}

/** @returns the measures of every answered question by its number. */
export function judged(run: EngineRun, questions: readonly BenchQuestion[]): Map<number, Measures> {
  return new Map([...run.answers].map(([at, { ids }]) => [at, measure(ids, (questions[at] as BenchQuestion).gold)]))
}

/** @returns what is printed as JSON of one engine. */
export function figuresOf(run: EngineRun, questions: readonly BenchQuestion[]): EngineFigures {
  return {
    ...(run.answers.size === 0 ? {} : { ...quality([...judged(run, questions).values()]), ...times(run) }),
    buildSeconds: run.buildSeconds ?? null,
    indexBytes: run.indexBytes ?? null,
    peakBytes: run.peakBytes ?? null,
    openSeconds: run.openSeconds ?? null,
    residentBytes: run.residentBytes ?? null,
    questions: run.answers.size,
    ...(run.state === 'unfinished' ? { unfinished: true } : {}),
    ...(run.state === 'failed' ? { failed: run.message ?? '' } : {}),
  }
}

function quality(rows: readonly Measures[]): Measures & Pick<Required<EngineFigures>, 'intervals'> {
  const all = Object.entries(means(rows)) as [Measure, Mean][]
  return {
    ...(Object.fromEntries(all.map(([name, { value }]) => [name, value])) as Measures),
    intervals: Object.fromEntries(all.map(([name, { low, high }]) => [name, [low, high]])) as Record<Measure, [number, number]>,
  }
}

function times({ answers }: EngineRun, asked: Iterable<number> = answers.keys()): { p50ms: number; p95ms: number } {
  const ms = Array.from(asked, (at) => answers.get(at)?.ms ?? Number.NaN)
  return { p50ms: percentile(ms, 0.5), p95ms: percentile(ms, 0.95) }
}

export const SHOWN: Readonly<Record<EngineName, string>> = {
  antam: 'An Tâm',
  minisearch: 'MiniSearch',
  orama: 'Orama',
  fts5: 'SQLite FTS5',
  memoryvectors: 'LangChain véc-tơ',
}
const ROW: Readonly<Record<Measure, string>> = {
  recall1: 'Recall@1 (%)',
  recall5: 'Recall@5 (%)',
  recall10: 'Recall@10 (%)',
  recall20: 'Recall@20 (%)',
  mrr10: 'MRR@10 (%)',
  ndcg10: 'nDCG@10 (%)',
}
const NOTHING = '—'

const decimal = (value: number, digits: number) => value.toLocaleString('vi-VN', { minimumFractionDigits: digits, maximumFractionDigits: digits })
const percent = (share: number) => decimal(share * 100, 1)
const megabytes = (bytes: number | null) => (bytes === null ? NOTHING : decimal(bytes / 1e6, 1))
const number = (value: number | null | undefined, digits: number) => (value === null || value === undefined ? NOTHING : decimal(value, digits))

/** @returns the table, a line a row, an engine a column, with 95 % intervals. */
export function table(all: ReadonlyMap<EngineName, EngineFigures>): string[] {
  const rows: string[][] = [['', ...[...all.keys()].map((name) => SHOWN[name])]]
  const add = (label: string, cell: (figures: EngineFigures) => string) => rows.push([label, ...[...all.values()].map(cell)])
  for (const name of MEASURES) add(ROW[name], (figures) => withInterval(figures, name))
  add('Trung vị mỗi câu (ms)', (f) => number(f.p50ms, 2))
  add('p95 mỗi câu (ms)', (f) => number(f.p95ms, 2))
  add('Lập chỉ mục (giây)', (f) => number(f.buildSeconds, 1))
  add('Chỉ mục trên đĩa (MB)', (f) => megabytes(f.indexBytes))
  add('Bộ nhớ cao nhất (MB)', (f) => megabytes(f.peakBytes))
  add('Mở lại từ tệp (giây)', (f) => number(f.openSeconds, 2))
  add('Bộ nhớ khi trả lời (MB)', (f) => megabytes(f.residentBytes))
  add('Số câu đã hỏi', (f) => decimal(f.questions, 0))
  return aligned(rows)
}

function withInterval(figures: EngineFigures, name: Measure): string {
  const [value, interval] = [figures[name], figures.intervals?.[name]]
  return value === undefined || !interval ? NOTHING : `${percent(value)} [${percent(interval[0])}–${percent(interval[1])}]`
}

function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] as string[]).map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)))
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number))).join('  '),
  )
}

/** @returns one sentence for each engine that did not come to its end. */
export function troubles(all: ReadonlyMap<EngineName, EngineFigures>, asked: number, limitMs: number): string[] {
  return [...all].flatMap(([name, figures]) => {
    if (figures.failed !== undefined) return [`${SHOWN[name]}: hỏng. ${figures.failed}`]
    if (figures.unfinished) return [`${SHOWN[name]}: chưa xong sau ${minutes(limitMs)} phút, ${reached(figures, asked)}.`]
    return []
  })
}

const minutes = (ms: number) => (ms / 60_000).toLocaleString('vi-VN', { maximumFractionDigits: 2 })

function reached(figures: EngineFigures, asked: number): string {
  if (figures.buildSeconds === null) return 'còn đang lập chỉ mục'
  return `mới hỏi ${figures.questions}/${asked} câu${figures.questions > 0 ? ' (số liệu trong bảng là của các câu đó)' : ''}`
}

/** @returns how one peer stands against ours, on the questions that both have answered; undefined when there are none. */
export function against(ours: EngineRun, peer: EngineRun, name: EngineName, questions: readonly BenchQuestion[]): string | undefined {
  const [a, b] = [judged(ours, questions), judged(peer, questions)]
  const both = [...a.keys()].filter((at) => b.has(at))
  if (both.length === 0) return undefined
  const { value, low, high } = mean(both.map((at) => (a.get(at) as Measures).mrr10 - (b.get(at) as Measures).mrr10))
  const faster = times(peer, both).p95ms / times(ours, both).p95ms
  return `So với ${SHOWN[name]} trên ${both.length} câu: MRR@10 chênh ${signed(value)} điểm [${signed(low)}; ${signed(high)}], p95 của họ gấp ${decimal(faster, 1)} lần.`
}

const signed = (share: number) => `${share > 0 ? '+' : ''}${percent(share)}`
