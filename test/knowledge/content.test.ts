import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parsePointer, pointerId } from '../../knowledge/citation.ts'
import { clausesOf, readLawTexts } from '../../knowledge/law-texts.ts'
import { CONTENT, ContentError, type Library, loadLibrary, resolve as resolvePointer } from '../../knowledge/library.ts'
import { checkLibrary, citationRows } from '../../knowledge/proofs.ts'

const SHARED = resolve(import.meta.dirname, '../../../shared')
const LAW = join(SHARED, 'law/articles.jsonl')
const library = loadLibrary()

/** @returns what the citation checker beside the project says of every citation. */
function checkedOutside(content: Library): string {
  const input = citationRows(content)
    .map((row) => JSON.stringify(row))
    .join('\n')
  return spawnSync('node', [join(SHARED, 'tools/check-citations.mjs')], { input, encoding: 'utf8', maxBuffer: 1e8 }).stdout
}

describe('the shelf', () => {
  it('holds the documents that it says it holds whole, and enough guides of each kind', () => {
    const count = (kind: string) => [...library.guides.values()].filter((g) => g.kind === kind).length
    const articles = (number: string) => [...library.articles.keys()].filter((key) => key.startsWith(`${number}#`)).length
    const whole = [...library.documents.values()].filter((d) => d.shelf === 'whole')
    expect(whole.map((d) => [d.number, articles(d.number)])).toEqual([
      ['19/2023/QH15', 80],
      ['122/2025/QH15', 41],
      ['91/2025/QH15', 39],
      ['16/2012/QH13', 43],
      ['55/2024/NĐ-CP', 30],
      ['248/2026/NĐ-CP', 54],
      ['137/2026/NĐ-CP', 60],
      ['07/2024/QĐ-TTg', 3],
      ['20/2023/QH15', 53],
      ['05/2007/QH12', 72],
      ['31/2026/TT-BCT', 19],
      ['91/2020/NĐ-CP', 35],
      ['81/2018/NĐ-CP', 33],
    ])
    expect(articles('98/2020/NĐ-CP')).toBe(39)
    expect(count('consumer')).toBeGreaterThanOrEqual(40)
    expect(count('seller')).toBeGreaterThanOrEqual(40)
    expect(count('scam')).toBeGreaterThanOrEqual(30)
    expect(count('procedure')).toBeGreaterThanOrEqual(14)
  })

  it('has no fault of its own', () => expect(checkLibrary(library)).toEqual([]))

  it.skipIf(!existsSync(LAW))('agrees with the texts of the law (skipped where they are not beside the project)', () => {
    expect(checkLibrary(library, readLawTexts(LAW))).toEqual([])
  })

  it.skipIf(!existsSync(LAW))('passes the citation checker from outside (skipped where it is not beside the project)', () => {
    expect(checkedOutside(library)).toMatch(/ 0 faults/)
  })
})

describe('what rests on the shelf', () => {
  it('agencies and kinds of complaint point at clauses that are there, where their document is', () => {
    const text = ['agencies.yaml', 'complaint-kinds.yaml'].map((file) => readFileSync(join(CONTENT, file), 'utf8')).join('\n')
    const pointers = [...new Set(text.match(/\d+\/\d{4}\/[\p{L}\d-]+#[\da-zđ]+(?:\.[\da-zđ]+)*/gu))].map(parsePointer)
    const shelved = pointers.filter(({ document }) => library.documents.get(document)?.shelf !== 'none')
    expect(shelved.length).toBeGreaterThan(30)
    expect(shelved.filter((pointer) => resolvePointer(library, pointer).length === 0).map(pointerId)).toEqual([])
  })
})

describe('texts of the law', () => {
  it('end where it says whom they were sent to: forms behind the last article are none of its clauses', () => {
    const folder = mkdtempSync(join(tmpdir(), 'antam-law-'))
    const row = { doc_no: '1/2026/NĐ-CP', dieu: 9, text: '1. Giữ.\n2. Giữ: Nơi nhận: chợ.\nNơi nhận:\n- Chính phủ;\n3. Mẫu đơn' }
    writeFileSync(join(folder, 'luật.jsonl'), JSON.stringify(row))
    expect([...clausesOf(readLawTexts(join(folder, 'luật.jsonl')).get('1/2026/NĐ-CP#9') ?? '').keys()]).toEqual(['1', '2'])
    rmSync(folder, { recursive: true })
  })
})

const ARTICLE_38 = 'provisions/19-2023-QH15/dieu-38.yaml'

describe('drafts', () => {
  const withDrafts = loadLibrary(undefined, { drafts: true })
  const drafted = [...withDrafts.provisions.values()].filter(({ id }) => !library.provisions.has(id))

  it('are no part of what people are answered from, and change nothing of it', () => {
    expect(drafted.length).toBeGreaterThan(50)
    expect([...library.provisions.keys()].filter((id) => !withDrafts.provisions.has(id))).toEqual([])
    expect(new Set(drafted.map(({ document }) => library.documents.get(document)?.shelf))).toEqual(new Set(['none']))
    expect(loadLibrary().digest).toBe(library.digest)
  })

  it('have no fault of their own', () => expect(checkLibrary(withDrafts)).toEqual([]))

  it.skipIf(!existsSync(LAW))('agree with the texts of the law, article by article (skipped where they are not beside the project)', () => {
    expect(checkLibrary(withDrafts, readLawTexts(LAW))).toEqual([])
  })

  it.skipIf(!existsSync(LAW))('pass the citation checker from outside (skipped where it is not beside the project)', () => {
    expect(checkedOutside(withDrafts)).toMatch(/ 0 faults/)
  })
})

describe('the library as it is kept between two starts', () => {
  const inCopy = (use: (root: string, cache: string) => void) => {
    const root = mkdtempSync(join(tmpdir(), 'antam-kept-'))
    try {
      cpSync(CONTENT, root, { recursive: true })
      use(root, join(root, 'library.bin'))
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  }
  const title = '19/2023/QH15#38.3'
  const retitle = (root: string) =>
    writeFileSync(join(root, ARTICLE_38), readFileSync(join(root, ARTICLE_38), 'utf8').replace(/title: .*/g, 'title: Tên khác'))

  it('is the same as when every file is read, and follows every change of a file', () =>
    inCopy((root, cache) => {
      const read = loadLibrary(root)
      expect(loadLibrary(root, { cache })).toEqual(read)
      expect(existsSync(cache)).toBe(true)
      expect(loadLibrary(root, { cache })).toEqual(read)
      retitle(root)
      expect(loadLibrary(root, { cache }).provisions.get(title)?.title).toBe('Tên khác')
    }))

  it('is read from the files when what was kept is damaged or cannot be kept', () =>
    inCopy((root, cache) => {
      const read = loadLibrary(root, { cache })
      writeFileSync(cache, readFileSync(cache).subarray(0, 5000))
      expect(loadLibrary(root, { cache })).toEqual(read)
      expect(loadLibrary(root, { cache: join(root, 'documents.yaml', 'x') })).toEqual(read)
    }))

  it('is never kept from files with a fault', () =>
    inCopy((root, cache) => {
      writeFileSync(join(root, ARTICLE_38), 'hỏng: [')
      expect(() => loadLibrary(root, { cache })).toThrow(/không đọc được YAML/)
      expect(existsSync(cache)).toBe(false)
    }))
})

/** A copy of the content with one file changed, loaded. */
function withChange(file: string, change: (text: string) => string) {
  const root = mkdtempSync(join(tmpdir(), 'antam-content-'))
  try {
    cpSync(CONTENT, root, { recursive: true })
    writeFileSync(join(root, file), change(readFileSync(join(root, file), 'utf8')))
    return checkLibrary(loadLibrary(root))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

describe('faults in content', () => {
  it('a lost figure is named', () => {
    expect(
      withChange(ARTICLE_38, (t) => t.replaceAll('30 ngày', '45 ngày').replace(/figures: \[45 ngày\]/, 'figures: [30 ngày]')).join('\n'),
    ).toMatch(/45 ngày/)
  })
  it('a dangling pointer is named', () => {
    expect(withChange(ARTICLE_38, (t) => t.replaceAll('19/2023/QH15#37', '19/2023/QH15#99')).join('\n')).toMatch(
      /19\/2023\/QH15#99.*không có trong thư viện/,
    )
  })
  it('a repeated id is named', () => {
    expect(() => withChange(ARTICLE_38, (t) => t.replace('article: "38"', 'article: "37"'))).toThrow(/có hai lần/)
  })
  it('a missing article is named', () => {
    expect(withChange(ARTICLE_38, (t) => t.replace('article: "38"', 'article: "380"')).join('\n')).toMatch(/thiếu Điều 38/)
  })
  it('a clause that is said to defer a duty, or to end an article, must be there', () => {
    const deferred = withChange('provisions/122-2025-QH15/dieu-17.yaml', (t) => t.replace('by: "248/2026/NĐ-CP#52.2"', 'by: "248/2026/NĐ-CP#95.2"'))
    expect(deferred.join('\n')).toMatch(/122\/2025\/QH15#17\.1: dẫn 248\/2026\/NĐ-CP#95\.2 không có trong thư viện/)
    const ended = withChange('provisions/55-2024-ND-CP/dieu-25.yaml', (t) => t.replace('by: "137/2026/NĐ-CP#58.3"', 'by: "137/2026/NĐ-CP#98.3"'))
    expect(ended.join('\n')).toMatch(/55\/2024\/NĐ-CP#25\.1: dẫn 137\/2026\/NĐ-CP#98\.3 không có trong thư viện/)
  })
  it('an article that a document no longer has is not missed, any other is', () => {
    const faults = withChange('documents.yaml', (t) => t.replace('without: [5]', 'without: [6]')).join('\n')
    expect(faults).toMatch(/16\/2012\/QH13: thiếu Điều 5/)
  })
  it('too few questions are named', () => {
    expect(withChange(ARTICLE_38, (t) => t.replace(/^ {6}- \w+: .*\n/gm, '').replaceAll('questions:\n', 'questions: []\n')).join('\n')).toMatch(
      /câu hỏi đời thường/,
    )
  })
  it('a field that is not in the schema is refused, with file and place', () => {
    expect(() => withChange(ARTICLE_38, (t) => `${t}\nstray: 1\n`)).toThrow(ContentError)
  })
  it('broken YAML is one sentence with the file', () => {
    expect(() => withChange(ARTICLE_38, (t) => `${t}\n  - [`)).toThrow(/dieu-38\.yaml: không đọc được YAML/)
  })
})
