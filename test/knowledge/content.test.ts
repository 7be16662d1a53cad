import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clausesOf, readLawTexts } from '../../knowledge/law-texts.ts'
import { CONTENT, ContentError, type Library, loadLibrary } from '../../knowledge/library.ts'
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

describe('the first shelf', () => {
  it('holds both laws whole, and enough guides of each kind', () => {
    const count = (kind: string) => [...library.guides.values()].filter((g) => g.kind === kind).length
    expect(library.articles.size).toBe(80 + 41)
    expect(count('consumer')).toBeGreaterThanOrEqual(20)
    expect(count('seller')).toBeGreaterThanOrEqual(9)
    expect(count('scam')).toBeGreaterThanOrEqual(10)
    expect(count('procedure')).toBeGreaterThanOrEqual(6)
  })

  it('has no fault of its own', () => expect(checkLibrary(library)).toEqual([]))

  it.skipIf(!existsSync(LAW))('agrees with the texts of the law (skipped where they are not beside the project)', () => {
    expect(checkLibrary(library, readLawTexts(LAW))).toEqual([])
  })

  it.skipIf(!existsSync(LAW))('passes the citation checker from outside (skipped where it is not beside the project)', () => {
    expect(checkedOutside(library)).toMatch(/ 0 faults/)
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

describe('drafts', () => {
  const withDrafts = loadLibrary(undefined, { drafts: true })
  const drafted = [...withDrafts.provisions.values()].filter(({ id }) => !library.provisions.has(id))

  it('are no part of what people are answered from, and change nothing of it', () => {
    expect(drafted.length).toBeGreaterThan(500)
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

const ARTICLE_38 = 'provisions/19-2023-QH15/dieu-38.yaml'

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
