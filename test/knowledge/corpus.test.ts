import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CorpusArticle, emptyReport, readCorpus } from '../../knowledge/corpus.ts'

let root: string
let next = 0
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'antam-corpus-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const ROW = { doc_no: '57/2020/QH14', dieu: '1', title: 'Điều 36.3.LQ.1. Thanh niên', text: 'Thanh niên là công dân.' }
const lines = (...rows: readonly (string | object)[]) => rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n')

/** Writes `bytes` as a corpus file and reads all of it. */
async function read(bytes: string | Uint8Array, ending = 'jsonl') {
  const file = join(root, `${next++}.${ending}`)
  writeFileSync(file, bytes)
  const report = emptyReport()
  const articles: CorpusArticle[] = []
  for await (const article of readCorpus(file, report)) articles.push(article)
  return { articles, report }
}

describe('a corpus of law', () => {
  it('gives articles with the code cut from the heading and the name of the law read from the note', async () => {
    const note = '(Điều 1 Luật số 57/2020/QH14 Luật Thanh niên ngày 16/06/2020 của Quốc hội, có hiệu lực)'
    const { articles } = await read(lines({ ...ROW, note, demuc_name: 'Thanh niên' }))
    expect(articles).toEqual([
      {
        id: '57/2020/qh14#1',
        document: '57/2020/QH14',
        article: '1',
        heading: 'Thanh niên',
        documentTitle: 'Luật Thanh niên',
        topic: 'Thanh niên',
        text: ROW.text,
      },
    ])
  })

  it('prefers a heading and a title of their own, takes a number for an article, and bears what is empty', async () => {
    const { articles } = await read(lines({ doc_no: 'A', dieu: 7, heading: 'Tên', doc_title: 'Luật A', title: null, note: null, text: '' }))
    expect(articles).toEqual([{ id: 'a#7', document: 'A', article: '7', heading: 'Tên', documentTitle: 'Luật A', topic: '', text: '' }])
  })

  it('takes the name of a document, told with one of its articles, for those that follow, and no date for a name', async () => {
    const bare = '(Điều 2 Luật số 57/2020/QH14, có hiệu lực thi hành kể từ ngày 01/01/2021)'
    const named = '(Điều 1 Luật số 57/2020/QH14 Luật Thanh niên ngày 16/06/2020 của Quốc hội)'
    const { articles } = await read(
      lines({ ...ROW, doc_no: 'B', note: bare }, { ...ROW, note: named }, { ...ROW, dieu: '2', note: bare }, { ...ROW, dieu: '3' }),
    )
    expect(articles.map(({ documentTitle }) => documentTitle)).toEqual(['', 'Luật Thanh niên', 'Luật Thanh niên', 'Luật Thanh niên'])
  })

  const FAULTY = lines(
    ROW,
    '{"doc_no": "A',
    '[]',
    { doc_no: 'A', dieu: '1' },
    '',
    { ...ROW, doc_no: null },
    { ...ROW, doc_no: '' },
    { ...ROW, doc_no: undefined },
    { ...ROW, doc_no: '57/2020/qh14', text: 'lần nữa' },
    { ...ROW, dieu: '2' },
  )

  it.each([
    ['plain', 'jsonl', FAULTY],
    ['gzip', 'jsonl.gz', gzipSync(FAULTY)],
    ['with the line ends of Windows', 'jsonl', FAULTY.replaceAll('\n', '\r\n')],
    ['with a mark of byte order', 'jsonl', `\uFEFF${FAULTY}`],
  ])('%s: what cannot be used is left out and counted, the rest is read', async (_name, ending, bytes) => {
    const { articles, report } = await read(bytes, ending)
    expect(articles.map((a) => a.id)).toEqual(['57/2020/qh14#1', '57/2020/qh14#2'])
    expect(articles[0]?.text).toBe(ROW.text)
    expect(report).toEqual({ read: 9, notJson: 3, withoutDocument: 3, duplicate: 1 })
  })

  it('is cut at line feeds only: other separators may stand inside a text', async () => {
    const text = 'một\u2028hai\u2029ba\u0085bốn'
    const { articles, report } = await read(lines({ ...ROW, text }))
    expect(articles[0]?.text).toBe(text)
    expect(report.notJson).toBe(0)
  })

  it('keeps letters whole wherever the file is cut into pieces', async () => {
    const text = 'ế'.repeat(100_000)
    const { articles } = await read(lines({ ...ROW, text: `a${text}` }, { ...ROW, dieu: '2', text }))
    expect(articles.map((a) => a.text)).toEqual([`a${text}`, text])
  })

  it('may be empty', async () => {
    expect(await read('')).toEqual({ articles: [], report: emptyReport() })
    expect(await read('\n \n')).toEqual({ articles: [], report: emptyReport() })
    expect(await read(gzipSync(''), 'jsonl.gz')).toEqual({ articles: [], report: emptyReport() })
  })

  it('may be left before its end', async () => {
    const file = join(root, 'left.jsonl')
    writeFileSync(file, lines(...Array.from({ length: 50 }, (_, i) => ({ ...ROW, dieu: i }))))
    const report = emptyReport()
    for await (const article of readCorpus(file, report)) if (article.article === '3') break
    expect(report.read).toBe(4)
  })
})

describe('a corpus that cannot be read', () => {
  it.each(['missing.jsonl', 'missing.jsonl.gz'])('%s: rejects and names the file', async (name) => {
    const first = readCorpus(join(root, name)).next()
    await expect(first).rejects.toThrow(name)
  })

  it('a folder: rejects', async () => {
    await expect(readCorpus(root).next()).rejects.toThrow(/EISDIR/)
  })

  it('gzip that is none, or cut short: rejects', async () => {
    await expect(read('đây không phải gzip', 'jsonl.gz')).rejects.toThrow()
    const whole = gzipSync(lines(ROW, ...Array.from({ length: 200 }, (_, i) => ({ ...ROW, dieu: i, text: `chữ ${i ** 3}` }))))
    await expect(read(whole.subarray(0, whole.length >> 1), 'jsonl.gz')).rejects.toThrow()
  })
})
