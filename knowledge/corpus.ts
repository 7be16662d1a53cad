/** Reading a corpus of law articles from outside the project: a JSONL file, plain or gzip, one article a line. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'

/** One article of a corpus. `heading` is without its code, `topic` and `documentTitle` may be empty. */
export interface CorpusArticle {
  readonly id: string
  readonly document: string
  readonly article: string
  readonly heading: string
  readonly documentTitle: string
  readonly topic: string
  readonly text: string
}

/** How many lines were read, and why some were left out. */
export interface CorpusReport {
  read: number
  notJson: number
  withoutDocument: number
  duplicate: number
}

const row = z.object({
  id: z.string().optional(),
  doc_no: z.string().nullish(),
  dieu: z.union([z.string(), z.number()]).transform(String),
  title: z.string().nullish(),
  heading: z.string().nullish(),
  doc_title: z.string().nullish(),
  text: z.string(),
  note: z.string().nullish(),
  demuc_name: z.string().nullish(),
})
type Row = z.infer<typeof row>

const HEADING_CODE = /^Điều\s+[\w.đĐ]+\.\s*/u
/** "(Điều 1 Luật số 57/2020/QH14 Luật Thanh niên ngày 16/06/2020 …)" → "Luật Thanh niên"; nothing in "(Điều 2 Luật số 57/2020/QH14, có hiệu lực từ ngày …)". */
const TITLE_IN_NOTE = /số\s+[^\s,]+\s+(.+?)\s+ngày\s+\d/u

/** The name of a document stands with its first article only; `titles` remembers it for the others. */
function titleOf(r: Row, document: string, titles: Map<string, string>): string {
  const title = r.doc_title ?? r.note?.match(TITLE_IN_NOTE)?.[1] ?? titles.get(document) ?? ''
  if (title !== '') titles.set(document, title)
  return title
}

function toArticle(r: Row, document: string, titles: Map<string, string>): CorpusArticle {
  return {
    id: `${document.toLowerCase()}#${r.dieu.toLowerCase()}`,
    document,
    article: r.dieu,
    heading: (r.heading ?? r.title ?? '').replace(HEADING_CODE, ''),
    documentTitle: titleOf(r, document, titles),
    topic: r.demuc_name ?? '',
    text: r.text,
  }
}

function parseLine(line: string): Row | undefined {
  try {
    return row.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

/**
 * Streams the articles of `file` (.jsonl or .jsonl.gz); rows without a document number, repeated ones and broken lines are counted in `report`.
 * Throws when the file cannot be opened.
 */
export async function* readCorpus(file: string, report: CorpusReport = emptyReport()): AsyncGenerator<CorpusArticle> {
  const bytes = createReadStream(file)
  // pipeline, unlike pipe, hands an error of the file on to who reads: with pipe a missing .gz ends the process.
  const input = file.endsWith('.gz') ? pipeline(bytes, createGunzip(), () => {}) : bytes
  const seen = new Set<string>()
  const titles = new Map<string, string>()
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const text = line.trim()
    if (text === '') continue
    report.read++
    const parsed = parseLine(text)
    if (!parsed) report.notJson++
    else if (!parsed.doc_no) report.withoutDocument++
    else {
      const article = toArticle(parsed, parsed.doc_no, titles)
      if (seen.has(article.id)) report.duplicate++
      else {
        seen.add(article.id)
        yield article
      }
    }
  }
}

/** @returns a report with every count at zero. */
export function emptyReport(): CorpusReport {
  return { read: 0, notJson: 0, withoutDocument: 0, duplicate: 0 }
}
